"""What people write in fields of YAML files that is not what the field takes: as tables, for each is
tried in several fields.
"""

from __future__ import annotations

from . import A_ROADMAP, a_roadmap, an_activity

#: What people write, where, and what the hint says to write instead: each must be what was meant,
#: and load.
RIGHT: list[tuple[str, str, tuple[str, ...]]] = [
    *(
        (field, written, right)
        for field in (
            "period: {start: %s}",
            "period: {end: %s}",
            "indicator targets: [{value: 1, by: %s}]",
            "indicator baseline: {value: 1, when: %s}",
            "indicator observations: [{value: 1, when: %s}]",
            "milestone due: {date: %s}",
        )
        for written, right in (
            ("June 2027", ("2027-06",)),
            ("juin 2027", ("2027-06",)),
            ("1er juin 2027", ("2027-06-01",)),
            ("junio de 2027", ("2027-06",)),
            ("июнь 2027", ("2027-06",)),
            ("30 June 2027", ("2027-06-30",)),
            ("'June 30, 2027'", ("2027-06-30",)),
            ("2027 Q3", ("2027-07", "2027-09")),
            ("Q3 2027", ("2027-07", "2027-09")),
            ("3Q 2027", ("2027-07", "2027-09")),
            ("T3 2027", ("2027-07", "2027-09")),
            ("T3/2027", ("2027-07", "2027-09")),
            ("third quarter of 2027", ("2027-07", "2027-09")),
            ("3e trimestre 2027", ("2027-07", "2027-09")),
            ("S1 2027", ("2027-01", "2027-06")),
            ("H1 2027", ("2027-01", "2027-06")),
            ("first half of 2027", ("2027-01", "2027-06")),
            ("mid-2027", ("2027-06",)),
            ("mi-2027", ("2027-06",)),
            ("end of 2027", ("2027-12",)),
            ("fin 2027", ("2027-12",)),
            ("by the end of 2027", ("2027-12",)),
            ("by 2027", ("2027",)),
            ("early 2027", ("2027",)),
            ("05/06/2027", ("2027-06-05", "2027-05-06")),
            ("31/12/2027", ("2027-12-31",)),
            ("12/31/2027", ("2027-12-31",)),
            ("5.6.2027", ("2027-06-05",)),
            ("２０２７-06-30", ("2027-06-30",)),
            ("２０２７／０６／３０", ("2027-06-30",)),
            ("٢٠٢٧-٠٦-٣٠", ("2027-06-30",)),
            ("٢٠٢٧", ("2027",)),
            ("2027年6月30日", ("2027-06-30",)),
            ("2027年6月", ("2027-06",)),
            ("2027-6", ("2027-06",)),
            ("2027-02-30", ("2027-02-28",)),
        )
    ),
    *(
        (field, written, right)
        for field in (
            "roadmap source: {title: S, date: %s}",
            "milestone evidence: [{title: E, date: %s}]",
            "roadmap updates: [{date: %s, about: r}]",
        )
        for written, right in (
            ("June 2027", ("2027-06-30",)),
            ("2027 Q3", ("2027-09-30",)),
            ("T3 2027", ("2027-09-30",)),
            ("mid-2027", ("2027-06-30",)),
            ("end of 2027", ("2027-12-31",)),
            ("S1 2027", ("2027-06-30",)),
            ("2027", ("2027-12-31",)),
            ("05/06/2027", ("2027-06-05", "2027-05-06")),
            ("31/12/2027", ("2027-12-31",)),
            ("٣٠/٠٦/٢٠٢٧", ("2027-06-30",)),
        )
    ),
    ("session year: %s", "2027 Q3", ("2027",)),
    ("session year: %s", "05/06/2027", ("2027",)),
    ("session year: %s", "２０２７", ("2027",)),
    ("milestone due: %s", "Q3 2027", ("{date: 2027-07}", "{date: 2027-09}")),
    ("milestone due: %s", "June 2027", ("{date: 2027-06}",)),
    ("milestone due: %s", "05/06/2027", ("{date: 2027-06-05}", "{date: 2027-05-06}")),
    ("milestone due: %s", "'the review: part 2'", ('{event: "the review: part 2"}',)),
    ("period: %s", "2026", ("{start: 2026, end: 2026}",)),
    ("period: %s", "2026-2028", ("{start: 2026, end: 2028}",)),
    ("period: %s", "Q3 2027", ("{start: 2027-07, end: 2027-09}",)),
    ("period: %s", "June 2026 to mid-2027", ("{start: 2026-06, end: 2027-06}",)),
    ("period: %s", "soon", ("{start: 2026, end: 2030-06}",)),
    ("alignments: [%s]", "'C7: e-health'", ('{concept: "C7: e-health", basis: editorial}',)),
    ("partners: [%s]", "'ITU/UNESCO'", ("ITU, UNESCO",)),
    ("answers: [%s]", "para. 26/para. 27", ("para. 26, para. 27",)),
    ("resources: [{kind: k, amount: %s}]", "'９０ %'", ("90",)),
    ("resources: [{kind: k, currency: %s}]", "euro", ("EUR",)),
    ("resources: [{kind: k, currency: %s}]", "chf", ("CHF",)),
]

NOTHING = ("tbc", "TBD", "N/A", "n.a.", "'-'", "–", "'?'", "none", "'(to be confirmed)'", "s.o.")

#: Fields that may be left empty.
EMPTY = (
    "period: {start: %s}",
    "roadmap source: {title: S, date: %s}",
    "milestone due: {date: %s}",
    "resources: [{kind: k, amount: %s}]",
    "resources: [{kind: k, currency: %s}]",
    "resources: [{kind: k, within_existing: %s}]",
    "status: %s",
    "milestone evidence: [{title: E, url: %s}]",
)


def placed(field: str) -> str:
    """A file of one road map in which a field stands in an activity, or in what its first word
    says.
    """
    where, _, rest = field.partition(" ")
    return {
        "roadmap": a_roadmap(rest),
        "milestone": an_activity(f"milestones: [{{id: r/a.m1, title: M, {rest}}}]"),
        "indicator": a_roadmap(f"indicators: [{{id: r/i1, name: I, {rest}}}]"),
        "session": (
            f"roadmaps: [{{{A_ROADMAP}}}]\nsessions: [{{id: sessions/x, title: X, {rest}}}]\n"
        ),
    }.get(where, an_activity(field))


def texts() -> list[tuple[str, str]]:
    """Each of them in its file, with a name."""
    said = [(field, written) for field, written, _ in RIGHT]
    nothing = [(field, written) for field in EMPTY for written in NOTHING]
    return [
        (f"{field} {written}", placed(field).replace("%s", written))
        for field, written in (*said, *nothing)
        # What has the form of a code is told by a rule.
        if (written, "currency" in field) != ("TBD", True)
    ]
