"""What a problem says: one for each mistake, at its place, in the words of the people who write the
files.
"""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

import wsis_model as wsis
from wsis_model import LoadError, Problem, formats

HEADINGS = "id,title,owners\n"
ROADMAP = '"id": "r", "title": "T", "owners": ["itu"]'
HUGE = "9" * 5000


def told(text: str | bytes, form: str = "yaml") -> tuple[Problem, ...]:
    """The problems of a file of road maps."""
    with pytest.raises(LoadError) as caught:
        wsis.loads(text, form, name=f"roadmaps.{form}")
    return caught.value.problems


def roadmap(more: str) -> str:
    """A file of one road map in YAML that says *more*."""
    return f"roadmaps:\n- {{{ROADMAP}, {more}}}\n"


def activity(more: str) -> str:
    """A file of one road map in YAML with one activity that says *more*."""
    return roadmap(f"activities: [{{id: r/a, title: T, {more}}}]")


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("roadmaps: [{id: r, title: T, owners: ['I T?']}]", ["wrong-identifier"]),
        ("roadmaps: [{id: r, title: T, owners: [[]]}]", ["wrong-shape"]),
        ("roadmaps: [{id: r, title: T, owners: []}]", ["wrong-value"]),
    ],
)
def test_a_list_of_wrong_values_is_not_called_empty(text: str, codes: list[str]) -> None:
    """That a list is empty is said of empty lists alone."""
    assert codes == [problem.code for problem in told(text)]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (
            f'{HEADINGS}r,T,itu\ns,"open,itu\nt,T,itu\n',
            "roadmaps.csv:3: not CSV: a quote is not closed",
        ),
        (f'{HEADINGS}r,"T\nU",itu\ns,"x"y,itu\n', "roadmaps.csv:4: not CSV: ',' expected after"),
        (
            "id,title,,owners\nr,T,,itu\ns,T,note,itu\nt,T,note,itu\n",
            "roadmaps.csv:3 (column 3): column 3 has no heading, and row 3",
        ),
        (
            "id,title,title:,owners\nr,T,U,itu\n",
            "roadmaps.csv:1 (title:): the heading 'title:' names no language",
        ),
        (
            "id,title,title:en,owners\nr,T,U,itu\n",
            "the columns 'title' and 'title:en' are the same; keep one",
        ),
        ("id,title,title:fr,title:fr,owners\nr,T,U,V,itu\n", "the column 'title:fr' stands twice"),
        (
            "id,title,owners,period.start,period\nr,T,itu,2026,soon\n",
            "roadmaps.csv:2 (period): 'soon' stands where",
        ),
        ("id,id:,title,owners\nr,s,T,itu\n", "names no language; write id"),
    ],
)
def test_tables_lose_nothing_in_silence(text: str, said: str) -> None:
    """Cells that would be swallowed, dropped or overwritten are one problem, at their row and
    column.
    """
    (problem,) = told(text, "csv")

    assert said in str(problem)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("what;else\nr;T\n", "columns are separated by ';'; save the table with commas"),
        ("what\telse\nr\tT\n", "columns are separated by tabs; save the table with commas"),
        ("sep=|\nid|title\nr|T\n", "columns are separated by '|'; save the table with commas"),
        ("sep=;\nid;title\nr;T\n", "roadmaps.csv:2 (owners): the table has no column 'owners'"),
        (
            "id,Titel,owners\nr,T,itu\ns,T,itu\n",
            "'Titel' is not a column of Roadmap; did you mean 'title'?",
        ),
        ("id,title,owners,Report To\nr,T,itu,cstd\n", "did you mean 'reports_to'?"),
        (f"{HEADINGS}r,T,itu\ns,,itu\n", "roadmaps.csv:3 (title): 'title' is missing"),
        (
            "id,title:english,owners\nr,T,itu\n",
            "roadmaps.csv:2 (title:english): 'english' is not a language tag",
        ),
        ("id,title:en,title:fr,owners\nr,T,U,I T?\n", "roadmaps.csv:2 (owners)"),
        (
            f'id,title,owners,extensions\nr,T,itu,"{{""a:b"": {HUGE}}}"\n',
            "roadmaps.csv:2 (extensions)",
        ),
    ],
)
def test_tables_from_spreadsheets(text: str, said: str) -> None:
    """What spreadsheets and their people do to a table is one problem, with the heading as it is
    written.
    """
    (problem,) = told(text, "csv")

    assert said in str(problem)


def test_a_heading_may_name_english() -> None:
    """`title:en` is the column `title`."""
    assert wsis.loads("id,title,owners\nr,T,itu\n", "csv", name="roadmaps.csv") == wsis.loads(
        "id,title:en,owners\nr,T,itu\n", "csv", name="roadmaps.csv"
    )


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        ("roadmaps: [{id: My Road Map, title: T, owners: [itu]}]", "did you mean 'my-road-map'?"),
        (activity("lead: UNESCCO"), "did you mean 'unesco'?"),
        (
            roadmap("reports_to: [Groups/Technical Community]"),
            "did you mean 'groups/technical-community'?",
        ),
        (
            roadmap("reports_to: ['I T!']"),
            "write a name such as UNESCO or an identifier such as groups/youth, or describe it under 'entities'",
        ),
        (
            activity("answers: ['soon!']"),
            "write a name such as UNESCO, a reference such as SDG 9.c or para. 26, or an identifier such as groups/youth",
        ),
        (
            "roadmaps: [{id: '?', title: T, owners: [itu]}]",
            "write an identifier in lower case such as '80-173/99', 'sdg/9.c' or 'groups/youth'",
        ),
        (activity("resources: [{kind: funding, currency: chf}]"), "did you mean CHF?"),
        (activity("resources: [{kind: funding, currency: US$}]"), "did you mean USD?"),
        (activity("resources: [{kind: funding, currency: €}]"), "did you mean EUR?"),
        (activity("resources: [{kind: funding, currency: $}]"), "write three capitals, e.g. CHF"),
        (
            "roadmaps: [{id: r, title: {english: T}, owners: [itu]}]",
            "write a language tag such as en",
        ),
        (roadmap("extensions: {programme: 1}"), "write prefix:name, e.g. apnic:programme"),
        (
            roadmap("source: {title: T, url: docs.un.org}"),
            "write an address such as https://docs.un.org/en/A/RES/80/173",
        ),
        ("wsis_model: 2", "written for a newer version of the format; upgrade wsis_model"),
        ("wsis_model: one", ""),
        (
            activity("milestones: [{id: r/m, title: T, due: 2027-06-30}]"),
            "write {date: 2027-06-30}",
        ),
        (activity("milestones: [{id: r/m, title: T, due: 2027}]"), "write {date: 2027}"),
        (
            activity("milestones: [{id: r/m, title: T, due: sessions/cstd-30}]"),
            "write {session: sessions/cstd-30}",
        ),
        (activity("milestones: [{id: r/m, title: T, due: soon}]"), "write {event: soon}"),
        (activity("milestones: [{id: r/m, title: T, due: 30.6.2027}]"), "write {date: 2027-06-30}"),
        (activity("period: {start: 30/06/2027}"), "did you mean 2027-06-30?"),
        (
            activity("period: {start: 4/5/2027}"),
            "write 2027-05-04 if the day stands first, or 2027-04-05 if the month does",
        ),
        (activity("period: {start: 2026/12/31}"), "did you mean 2026-12-31?"),
        (activity("period: {start: 2026-2-3}"), "did you mean 2026-02-03?"),
        (activity("period: {start: 2026/31/12}"), "write YYYY, YYYY-MM or YYYY-MM-DD"),
        (activity("period: {start: 03/2026}"), "did you mean 2026-03?"),
        (activity("period: {start: 13/2026}"), "write YYYY, YYYY-MM or YYYY-MM-DD"),
        (roadmap("updates: [{date: '2026-12-31 00:00:00', about: r}]"), "did you mean 2026-12-31?"),
        (activity("period: {start: mid-2027}"), "did you mean 2027-06?"),
        (
            activity("period: {end: Q3 2027}"),
            "write 2027-07 for its beginning or 2027-09 for its end",
        ),
        (
            activity("period: {end: 2027 Q4}"),
            "write 2027-10 for its beginning or 2027-12 for its end",
        ),
        (
            activity("period: {end: by H1 2027}"),
            "write 2027-01 for its beginning or 2027-06 for its end",
        ),
        (
            activity("milestones: [{id: r/m, title: T, due: Q3 2027}]"),
            "write {date: 2027-07} for its beginning or {date: 2027-09} for its end",
        ),
        (activity("period: {start: June 2027}"), "did you mean 2027-06?"),
        (activity("period: {start: 2026-2028}"), "a period has a start and an end: 2026 and 2028"),
        (roadmap("updates: [{date: 30 June 2026, about: r}]"), "did you mean 2026-06-30?"),
        (roadmap("updates: [{date: June 2026, about: r}]"), "write a day, e.g. 2026-06-30"),
        (activity("resources: [{kind: k, amount: '1,500,000'}]"), "write 1500000"),
        (activity("resources: [{kind: k, amount: '41,5'}]"), "write 41.5"),
        (activity("resources: [{kind: k, amount: 35%}]"), "write 35; the % belongs in the unit"),
        (
            roadmap("reports_to: ['ITU/UNESCO']"),
            "several make a list: [ITU, UNESCO]",
        ),
        (
            activity("answers: ['para. 77/para. 78']"),
            "several make a list: [para. 77, para. 78]",
        ),
        (
            activity("lead: UNESCO and ITU"),
            "only one belongs here: write UNESCO, and ITU under partners",
        ),
        (
            activity("lead: 'UNESCO; ITU, UNICEF'"),
            "only one belongs here: write UNESCO, and ITU; UNICEF under partners",
        ),
        (
            activity("lead: UNESCO and Somebody Else"),
            "only one belongs here; the others go under partners",
        ),
        (activity("resources: [{kind: k, funder: UNESCO and ITU}]"), "only one belongs here"),
        (
            activity("milestones: [{id: r/m, title: T, due: {session: CSTD 31}}]"),
            "write what is due there under 'event' or 'date'",
        ),
        (roadmap("period: 2026-2030"), "write {start: 2026, end: 2030}"),
        (roadmap("period: 2026-01 to 2030-06"), "write {start: 2026-01, end: 2030-06}"),
        (roadmap("period: 2026"), "write {start: 2026, end: 2026}"),
        (activity("alignments: [sdg/4.4]"), "write {concept: sdg/4.4, basis: editorial}"),
        (roadmap("source: A book"), ""),
        (roadmap("period: [2026, 2030]"), ""),
        ("roadmaps:\n- title: a: b", "put the text in quotes if it holds a colon"),
        ("- {id: r}", "list records under 'documents', 'roadmaps' ..."),
        ("title: T\nowners: [itu]", "put it in a list under 'documents', 'roadmaps' ..."),
    ],
)
def test_hints_are_words(text: str, hint: str) -> None:
    """What would do is said in words and examples that can be copied."""
    (problem,) = told(text)

    assert hint == problem.hint


_CURRENCY = "; the currency goes into its own field or the unit"


@pytest.mark.parametrize(
    ("written", "hint"),
    [
        ("0,125", "write 0.125"),
        ("-0,125", "write -0.125"),
        ("74,125", "write 74125, or 74.1250 if that is meant"),
        ("1,125", "write 1125, or 1.1250 if that is meant"),
        ("1,500", "write 1500, or 1.5 if that is meant"),
        ("1,000", "write 1000, or 1 if that is meant"),
        ("12,5", "write 12.5"),
        ("CHF 150,000", f"write 150000, or 150 if that is meant{_CURRENCY}"),
        ("CHF 150.000", f"write 150000, or 150 if that is meant{_CURRENCY}"),
        ("1.125 million", "write 1125000"),
        ("1,125 million", "write 1125000000, or 1125000 if that is meant"),
        ("2 FTE", "write 2; FTE belongs in the unit"),
        ("1,500,000", "write 1500000"),
        ("1.500.000", "write 1500000"),
        ("1,500.50", "write 1500.50"),
        ("1.500,50", "write 1500.50"),
        ("74 125", "write 74125"),
        ("0125", "write 125 or 0.125"),
        ("-007.5", "write -7.5"),
        ("1.5 million", "write 1500000"),
        ("3 million", "write 3000000"),
        ("1,5 Mio", "write 1500000"),
        ("2 Mio.", "write 2000000"),
        ("2.5 billion", "write 2500000000"),
        ("1.5m", "write 1500000 if millions are meant"),
        ("USD 1.5m", f"write 1500000{_CURRENCY}"),
        ("USD 1,500,000", f"write 1500000{_CURRENCY}"),
        ("250 000 CHF", f"write 250000{_CURRENCY}"),
        ("EUR 74,125", f"write 74125, or 74.1250 if that is meant{_CURRENCY}"),
        ("12,5 per cent", "write 12.5; the % belongs in the unit"),
        (
            "74 schools",
            "write a number alone, e.g. 74 or 41.5; what else there is to say goes into the unit or a note",
        ),
        (
            "1,500,00",
            "write a number alone, e.g. 74 or 41.5; what else there is to say goes into the unit or a note",
        ),
    ],
)
def test_a_number_that_is_offered_is_the_one_that_was_meant(written: str, hint: str) -> None:
    """Whoever writes what the hint says has written what was meant; where nobody can tell, both are
    offered, and none is taken.
    """
    (problem,) = told(activity(f"resources: [{{kind: k, amount: '{written}'}}]"))

    assert ("wrong-value", hint) == (problem.code, problem.hint)


@pytest.mark.parametrize(
    ("form", "said"), [("json", '"0125"'), ("yaml", "0125"), ("yaml", "'00.5'")]
)
def test_a_nought_in_front_is_refused(form: str, said: str) -> None:
    """What may be a number that lost its point is read as none, in any format; a nought before the
    point is fine.
    """
    text = f'{{"roadmaps": [{{{ROADMAP}, "activities": [{{"id": "r/a", "title": "T", "resources": [{{"kind": "k", "amount": %s}}]}}]}}]}}'

    assert ["wrong-value"] == [problem.code for problem in told(text % said, form)]
    assert wsis.loads(text % '"0.5"', form).roadmap("r").activities


@pytest.mark.parametrize(
    ("form", "text", "line", "column", "said"),
    [
        (
            "yaml",
            roadmap("extensions: {'a:b': [1, 1e999]}"),
            2,
            72,
            "JSON has no infinite numbers and no NaN",
        ),
        (
            "json",
            f'{{"roadmaps": [{{{ROADMAP},\n"extensions": {{"a:b": [1, NaN]}}}}]}}',
            2,
            27,
            "not JSON: NaN is no number",
        ),
        (
            "yaml",
            roadmap(f"extensions: {{'a:b': {HUGE}}}"),
            2,
            68,
            "a number of 5,000 digits is more than can be read",
        ),
        (
            "ndjson",
            f'{{"record": "roadmap", {ROADMAP}, "extensions": {{"a:b": {HUGE}}}}}',
            1,
            89,
            "a number of 5,000 digits is more than can be read",
        ),
        (
            "json",
            f'{{"roadmaps": [{{{ROADMAP}, "status": true}}]}}',
            1,
            70,
            "true is not one of 'draft'",
        ),
        ("json", '{"roadmaps": [null]}', 1, 15, "nothing stands where a mapping belongs"),
        ("ndjson", '{"record": null}', 1, 12, "the line names no kind of record"),
        ("yaml", b"\xef\xbb\xbfa: b\rc: \xe9", 2, 4, "the byte 0xe9 is not UTF-8"),
        ("yaml", b"\xff\xfe\x00\x00a\x00\x00\x00", 1, 1, "the file is UTF-32, not UTF-8"),
        ("yaml", b"\xfe\xff\x00a", 1, 1, "the file is UTF-16, not UTF-8"),
        ("yaml", "a: b\nc: x\x07y", 2, 5, "not YAML: the character U+0007 may not stand in it"),
        (
            "yaml",
            "roadmaps:\n- title: 'abc\n  owners: [itu]\n",
            2,
            10,
            "not YAML: this quote is not closed",
        ),
    ],
)
def test_messages_are_told_at_their_place(
    form: str, text: str | bytes, line: int, column: int, said: str
) -> None:
    """Each sentence stands by itself, in no words of Python, at the innermost place there is."""
    (problem,) = told(text, form)

    assert (line, column) == (problem.position.line, problem.position.column)
    assert problem.message.startswith(said)


@pytest.mark.parametrize(
    ("form", "text", "place"),
    [
        ("yaml", f"roadmaps:\n- {{{ROADMAP},\n   risk: {{a: 1}}}}", "roadmaps.yaml:3:4"),
        ("json", f'{{"roadmaps": [{{{ROADMAP},\n "risk": {{"a": 1}}}}]}}', "roadmaps.json:2:2"),
        ("ndjson", f'\n{{"record": "roadmap", "risk": 1, {ROADMAP}}}', "roadmaps.ndjson:2:23"),
        ("csv", "id,title,owners,risk\nr,T,itu,high\n", "roadmaps.csv:2 (risk)"),
    ],
)
def test_a_kept_field_is_found_where_it_is_written(form: str, text: str, place: str) -> None:
    """A finding about a field that was kept names its key in the file."""
    corpus = wsis.loads(text, form, name=f"roadmaps.{form}", unknown="keep")
    report = wsis.check(corpus, rules=[rule for rule in wsis.RULES if rule.code == "P604"])

    assert [place] == [str(finding.position) for finding in report.findings]


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
        "roadmap": roadmap(rest),
        "milestone": activity(f"milestones: [{{id: r/a.m1, title: M, {rest}}}]"),
        "indicator": roadmap(f"indicators: [{{id: r/i1, name: I, {rest}}}]"),
        "session": f"roadmaps: [{{{ROADMAP}}}]\nsessions: [{{id: sessions/x, title: X, {rest}}}]\n",
    }.get(where, activity(field))


@pytest.mark.parametrize(("field", "written", "right"), RIGHT)
def test_every_hint_that_says_what_to_write_is_right(
    field: str, written: str, right: tuple[str, ...]
) -> None:
    """Whoever writes what the hint says has a file that loads; where two may be meant, both are
    offered.
    """
    text = placed(field)
    (problem,) = told(text.replace("%s", written))

    assert [each for each in right if each not in problem.hint] == []
    assert [len(wsis.loads(text.replace("%s", each), "yaml").roadmaps) for each in right] == [
        1 for _ in right
    ]


@pytest.mark.parametrize(
    ("field", "written"),
    # What has the form of a code is told by a rule.
    [
        (each, said)
        for each in EMPTY
        for said in NOTHING
        if (said, "currency" in each) != ("TBD", True)
    ],
)
def test_what_says_nothing_is_to_be_left_out(field: str, written: str) -> None:
    """It is one problem, the hint is to leave it out, and the file loads without it."""
    text = placed(field)
    (problem,) = told(text.replace("%s", written))

    assert problem.hint == "leave it out until it is known"
    key = field[: field.index("%s")].rpartition("{")[2].rpartition(", ")[2]
    assert wsis.loads(text.replace(f", {key}%s", "").replace(f"{key}%s", ""), "yaml").roadmaps


def test_what_must_be_filled_is_not_to_be_left_empty() -> None:
    """A target without a value is none: its row waits; who owns a road map must be named."""
    (target,) = told(
        roadmap("indicators: [{id: r/i1, name: I, targets: [{value: tbc, by: 2030}]}]")
    )

    assert "leave the whole record out" in target.hint
    (update,) = told(roadmap("updates: [{date: 2027-01-01, about: '-'}]"))
    assert not update.hint.startswith("leave it out")


def test_a_source_that_says_nothing_lacks_nothing() -> None:
    """Where all that stands in a record says that there is nothing, what is missing in it is not
    told too.
    """
    found = told(roadmap("source: {date: tbc, url: '-'}"))

    assert ["source.date", "source.url"] == sorted(
        each.field.removeprefix("roadmaps[0].") for each in found
    )


SOURCE = Path(formats.__file__).resolve().parents[1]


def codes_in_the_source() -> set[str]:
    """Each text that is given as `code` to a function of the source or to `Problem`; not those of
    rules.
    """
    trees = [ast.parse(path.read_text(encoding="utf-8")) for path in SOURCE.rglob("*.py")]
    taking = {"Problem": 0}
    own: list[dict[str, int | None]] = []
    for tree in trees:
        here: dict[str, int | None] = {}
        for each in ast.walk(tree):
            if isinstance(each, ast.FunctionDef):
                names = [argument.arg for argument in each.args.args if argument.arg != "self"]
                here[each.name] = names.index("code") if "code" in names else None
        own.append(here)
        taking |= {name: at for name, at in here.items() if at is not None}
    found: set[str] = set()
    for tree, here in zip(trees, own, strict=True):
        for call in (each for each in ast.walk(tree) if isinstance(each, ast.Call)):
            name = getattr(call.func, "attr", getattr(call.func, "id", ""))
            at = here.get(name, taking.get(name))
            if at is not None:
                given = [
                    *call.args[at : at + 1],
                    *(each.value for each in call.keywords if each.arg == "code"),
                ]
                found |= {
                    each.value
                    for value in given
                    for each in ast.walk(value)
                    if isinstance(each, ast.Constant) and isinstance(each.value, str)
                }
    return {each for each in found if re.fullmatch("[a-z]+(-[a-z]+)*", each)}


def test_every_code_is_on_the_page() -> None:
    """The guides list each code that a reader, an edit in place or a repair of XML can give."""
    guides = SOURCE.parents[1] / "docs"
    page, texts = (
        (guides / name).read_text(encoding="utf-8") for name in ("problems.md", "texts.md")
    )
    found = codes_in_the_source() - set(re.findall(r"^\| `([a-z-]+)` \|", texts, re.MULTILINE))

    assert {"unreadable", "workbook", "dtd", "not-in-place", "wrong-value"} <= found
    assert found <= set(formats.CODES)
    assert set(formats.CODES) == set(re.findall(r"^\| `([a-z-]+)` \|", page, re.MULTILINE))


@pytest.mark.parametrize("date", ["2027", "'2027'", "2027-06", "2027-06-30"])
def test_a_due_takes_a_year_a_month_or_a_day(date: str) -> None:
    """It is kept as it was written, beside a session."""
    text = activity(f"milestones: [{{id: r/a.m1, title: M, due: {{date: {date}, event: E}}}}]")
    due = wsis.loads(text, "yaml").roadmaps[0].activities[0].milestones[0].due

    assert due == wsis.Due(date=date.strip("'"), event="E")


def test_the_year_of_a_due_is_its_date() -> None:
    """People write `year`, and are told the field that takes one."""
    (problem,) = told(activity("milestones: [{id: r/a.m1, title: M, due: {year: 2027}}]"))

    assert ("unknown-field", "did you mean 'date'?") == (problem.code, problem.hint)
