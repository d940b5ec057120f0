"""Editing in place: a change is written in the style of its place."""

from __future__ import annotations

import datetime
import tempfile
from decimal import Decimal
from pathlib import Path

import pytest
from edits import BY_HAND, MAP, Call

from wsis_model import (
    Activity,
    EditError,
    Milestone,
    MilestoneStatus,
    Observation,
    Resource,
    Translations,
)
from wsis_model.editing import edit


def edited(before: str | bytes, *calls: Call, newline: str = "\n") -> bytes:
    """The bytes of a file after some calls of an editor."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "map.yaml"
        path.write_bytes(
            before if isinstance(before, bytes) else before.replace("\n", newline).encode()
        )
        with edit(path) as file:
            for name, *arguments in calls:
                getattr(file, name)(*arguments)
        return path.read_bytes()


#: What is claimed, the road map's lines before, the calls, its lines after.
CASES: dict[str, tuple[str, list[Call], str]] = {
    "a plain text keeps its comment": (
        "    status: draft   # since May\n",
        [("set", "m", "status", "published")],
        "    status: published   # since May\n",
    ),
    "quotes are kept": (
        "    version: \"0.1\"\n    description: 'It is ours'\n",
        [("set", "m", "version", "0.2"), ("set", "m", "description", "It's theirs")],
        "    version: \"0.2\"\n    description: 'It''s theirs'\n",
    ),
    "a text is quoted where it would be read as something else": (
        "    description: text\n",
        [("set", "m", "description", "one: two # three")],
        "    description: 'one: two # three'\n",
    ),
    "a text that looks like nothing is quoted": (
        "    version: a\n",
        [("set", "m", "version", "~")],
        '    version: "~"\n',
    ),
    "a year without quotes stays without": (
        "    period: {start: 2026, end: 2027}\n",
        [("set", "m", "period.end", "2028")],
        "    period: {start: 2026, end: 2028}\n",
    ),
    "a text in block style stays in it, with the comment on its sign": (
        (
            "    description: >-  # in short\n      One line,\n      and another.\n\n    status:"
            " draft\n"
        ),
        [("set", "m", "description", "Something else.")],
        "    description: >-  # in short\n      Something else.\n\n    status: draft\n",
    ),
    "a text over several lines in quotes is replaced whole": (
        '    description: "One\n      two"  # c\n    status: draft\n',
        [("set", "m", "description", "Three")],
        '    description: "Three"  # c\n    status: draft\n',
    ),
    "a text of several lines takes its comment to the sign": (
        "    description: One  # c\n    status: draft\n",
        [("set", "m", "description", "Two\nthree\n")],
        "    description: |  # c\n      Two\n      three\n    status: draft\n",
    ),
    "a text of several lines takes the place of the spaces behind the old one": (
        "    description: One  \n    status: draft\n",
        [("set", "m", "description", "Two\nthree")],
        "    description: |-\n      Two\n      three\n    status: draft\n",
    ),
    "an empty value is filled": (
        "    kind:   # which?\n    description:\n",
        [("set", "m", "kind", "joint"), ("set", "m", "description", "Text")],
        "    kind: joint   # which?\n    description: Text\n",
    ),
    "a key is added behind those that precede it in the record": (
        "    kind: joint  # c\n\n    status: draft\n",
        [("set", "m", "description", "Text")],
        "    kind: joint  # c\n    description: Text\n\n    status: draft\n",
    ),
    "a key is added before those that follow it": (
        "    updates:\n      - about: m  # c\n        by: itu\n",
        [("set", "m", "updates[0].date", datetime.date(2026, 10, 5))],
        "    updates:\n      - date: 2026-10-05\n        about: m  # c\n        by: itu\n",
    ),
    "missing parents are made": (
        (
            "    activities:\n      - {id: m/a1, title: Go, milestones: [{id: m/a1.m1, title:"
            " There}]}\n"
        ),
        [("set", "m/a1.m1", "due.date", 2027)],
        (
            "    activities:\n      - {id: m/a1, title: Go, milestones: [{id: m/a1.m1, title:"
            " There, due: {date: 2027}}]}\n"
        ),
    ),
    "what is set in brackets is written in brackets": (
        "    activities: [{id: m/a1, title: Go}]  # c\n",
        [
            (
                "set",
                "m/a1",
                "milestones",
                [
                    Milestone(
                        id="m/a1.m1", title=Translations(en="A, b"), status=MilestoneStatus.DONE
                    )
                ],
            )
        ],
        (
            "    activities: [{id: m/a1, title: Go, milestones: [{id: m/a1.m1, title: 'A, b',"
            " status: done}]}]  # c\n"
        ),
    ),
    "an item is added in brackets": (
        "    scope: [gdc, 80-173 ]  # c\n",
        [("append", "m", "scope", "sdg/9.c")],
        "    scope: [gdc, 80-173, sdg/9.c ]  # c\n",
    ),
    "an item is added to brackets over several lines, each with its comment": (
        "    scope: [\n      gdc,  # one\n      80-173  # two\n    ]\n",
        [("append", "m", "scope", "sdg/9.c")],
        "    scope: [\n      gdc,  # one\n      80-173,  # two\n      sdg/9.c\n    ]\n",
    ),
    "a key is added behind one that was left empty": (
        "    activities: [{id: m/a1, title: Go, lead: }]\n",
        [("set", "m/a1", "status", "planned")],
        "    activities: [{id: m/a1, title: Go, lead: , status: planned }]\n",
    ),
    "a key is added behind an empty one with a comment": (
        (
            "    activities:\n      - {id: m/a1, title: Go, lead:   # who?\n        }\n      - {\n "
            "         id: m/a2,\n          title: Come,\n          lead:  # who?\n        }\n"
        ),
        [("set", "m/a1", "status", "planned"), ("set", "m/a2", "status", "planned")],
        (
            "    activities:\n      - {id: m/a1, title: Go, lead: , status: planned   # who?\n     "
            "   }\n      - {\n          id: m/a2,\n          title: Come,\n          lead: ,  #"
            " who?\n          status: planned\n        }\n"
        ),
    ),
    "an empty value between brackets is filled": (
        (
            "    activities:\n      - {id: m/a1, title: Go, lead:   # who?\n        }\n    source:"
            " {title: T, terms}\n    description: &d   # in short\n"
        ),
        [
            ("set", "m/a1", "lead", "itu"),
            ("set", "m", "source.terms", "free"),
            ("set", "m", "description", "Text"),
        ],
        (
            "    activities:\n      - {id: m/a1, title: Go, lead: itu   # who?\n        }\n   "
            " source: {title: T, terms: free}\n    description: &d   Text   # in short\n"
        ),
    ),
    "an empty value does not touch the bracket when what follows is taken out": (
        "    activities: [{id: m/a1, title: Go, lead: ,status: planned}]\n",
        [("remove", "m/a1", "status")],
        "    activities: [{id: m/a1, title: Go, lead: }]\n",
    ),
    "what is put before others between brackets has a line of its own if they have": (
        "    updates: [{\n      about: m,  # whose\n      by: itu\n    }]\n",
        [("set", "m", "updates[0].date", datetime.date(2026, 10, 5))],
        (
            "    updates: [{\n      date: 2026-10-05,\n      about: m,  # whose\n      by: itu\n   "
            " }]\n"
        ),
    ),
    "a key is added to brackets with commas at the beginning of lines": (
        "    source: { title: T  # t\n      , url: https://example.org  # u\n      }\n",
        [("set", "m", "source.terms", "free")],
        (
            "    source: { title: T  # t\n      , url: https://example.org, terms: free  # u\n    "
            "  }\n"
        ),
    ),
    "a comma in a comment is none": (
        (
            "    scope: [gdc, 80-173  # not sdg/9.c, they say\n      ]\n    mandated_by: [\n     "
            " gdc,\n      80-173  # not sdg/9.c, they say\n    ]\n"
        ),
        [("remove", "m", "scope[1]"), ("append", "m", "mandated_by", "sdg/4.a")],
        (
            "    scope: [gdc  # not sdg/9.c, they say\n      ]\n    mandated_by: [\n      gdc,\n   "
            "   80-173,  # not sdg/9.c, they say\n      sdg/4.a\n    ]\n"
        ),
    ),
    "a comma at the end stays at the end": (
        "    scope: [\n      gdc,\n      80-173,  # two\n    ]\n",
        [("append", "m", "scope", "sdg/9.c")],
        "    scope: [\n      gdc,\n      80-173,  # two\n      sdg/9.c,\n    ]\n",
    ),
    "an item is added with a dash, as deep as the others": (
        "    scope:\n    - gdc  # one\n    # the end\n    status: draft\n",
        [("append", "m", "scope", "80-173")],
        "    scope:\n    - gdc  # one\n    - 80-173\n    # the end\n    status: draft\n",
    ),
    "a mapping in a list is in brackets if the others are": (
        "    updates:\n      - {date: 2026-10-05, about: m}  # c\n",
        [
            (
                "append",
                "m",
                "updates",
                {"date": datetime.date(2026, 11, 5), "about": "m", "note": "a, b"},
            )
        ],
        (
            "    updates:\n      - {date: 2026-10-05, about: m}  # c\n      - {date: 2026-11-05,"
            " about: m, note: 'a, b'}\n"
        ),
    ),
    "a mapping in a list is in lines if the others are, and follows the comments on the last": (
        (
            "    updates:\n      - date: 2026-10-05\n        about: m\n        # on this one\n     "
            " # on the list\n    source: {title: T}\n"
        ),
        [("append", "m", "updates", {"date": datetime.date(2026, 11, 5), "about": "m"})],
        (
            "    updates:\n      - date: 2026-10-05\n        about: m\n        # on this one\n     "
            " - date: 2026-11-05\n        about: m\n      # on the list\n    source: {title: T}\n"
        ),
    ),
    "records that are set apart by blank lines stay so": (
        (
            "    activities:\n      - {id: m/a1, title: One}\n\n      # the second\n      - {id:"
            " m/a2, title: Two}\n"
        ),
        [("append", "m", "activities", Activity(id="m/a3", title=Translations(en="Three")))],
        (
            "    activities:\n      - {id: m/a1, title: One}\n\n      # the second\n      - {id:"
            " m/a2, title: Two}\n\n      - {id: m/a3, title: Three}\n"
        ),
    ),
    "a list is made, as its like is written elsewhere": (
        (
            "    indicators:\n      - id: m/i1\n        name: One\n        observations:\n         "
            " - {value: 1, when: 2025}\n      - id: m/i2\n        name: Two\n"
        ),
        [("append", "m/i2", "observations", Observation(value=Decimal("76.5"), when="2026"))],
        (
            "    indicators:\n      - id: m/i1\n        name: One\n        observations:\n         "
            " - {value: 1, when: 2025}\n      - id: m/i2\n        name: Two\n       "
            ' observations:\n          - {value: 76.5, when: "2026"}\n'
        ),
    ),
    "an empty list is filled": (
        "    scope: []  # none yet\n",
        [("append", "m", "scope", "gdc")],
        "    scope: [gdc]  # none yet\n",
    ),
    "a field is taken out with its comment, and those of others stay": (
        "    kind: joint  # its comment\n    # on the status\n    status: draft\n",
        [("remove", "m", "kind")],
        "    # on the status\n    status: draft\n",
    ),
    "a record is taken out with what is in it": (
        (
            "    activities:\n      # the first\n      - {id: m/a1, title: One}\n      # the"
            " second\n      - id: m/a2\n        title: Two  # c\n        # inside\n      - {id:"
            " m/a3, title: Three}\n"
        ),
        [("remove", "m/a2")],
        (
            "    activities:\n      # the first\n      - {id: m/a1, title: One}\n      # the"
            " second\n      - {id: m/a3, title: Three}\n"
        ),
    ),
    "one of two blank lines goes with a record": (
        (
            "    activities:\n      - {id: m/a1, title: One}\n\n      - {id: m/a2, title: Two}\n\n "
            "     - {id: m/a3, title: Three}\n"
        ),
        [("remove", "m/a2")],
        "    activities:\n      - {id: m/a1, title: One}\n\n      - {id: m/a3, title: Three}\n",
    ),
    "the first key of an item is taken out": (
        "    updates:\n      - by: itu  # who\n        date: 2026-10-05\n        about: m\n",
        [("remove", "m", "updates[0].by")],
        "    updates:\n      - date: 2026-10-05\n        about: m\n",
    ),
    "items are taken out of brackets": (
        "    scope: [gdc, 80-173, sdg/9.c, sdg/4.a]\n",
        [("remove", "m", "scope[0]"), ("remove", "m", "scope[1]")],
        "    scope: [80-173, sdg/4.a]\n",
    ),
    "several are taken out at the end of brackets, and another is put there": (
        "    scope: [\n      gdc,  # one\n      80-173,  # two\n      sdg/9.c  # three\n    ]\n",
        [
            ("remove", "m", "scope[-1]"),
            ("remove", "m", "scope[-1]"),
            ("append", "m", "scope", "sdg/4.a"),
        ],
        "    scope: [\n      gdc,  # one\n      sdg/4.a,\n    ]\n",
    ),
    "the last item leaves an empty list": (
        "    scope:\n      - gdc  # c\n    status: draft\n",
        [("remove", "m", "scope.0")],
        "    scope: []\n    status: draft\n",
    ),
    "a list is changed where it differs": (
        "    scope:\n      - gdc  # one\n      - 80-173  # two\n      - sdg/9.c  # three\n",
        [("set", "m", "scope", ["gdc", "sdg/4.a", "sdg/9.c", "sdg/1.4"])],
        (
            "    scope:\n      - gdc  # one\n      - sdg/4.a  # two\n      - sdg/9.c  # three\n    "
            "  - sdg/1.4\n"
        ),
    ),
    "a mapping is changed where it differs": (
        "    source:\n      title: T  # t\n      url: https://example.org  # u\n",
        [("set", "m", "source", {"title": "T", "terms": "free"})],
        "    source:\n      title: T  # t\n      terms: free\n",
    ),
    "a record is changed where it differs, and says its defaults where it said them": (
        (
            "    activities:\n      - id: m/a1\n        title: {en: Go}  # c\n        status:"
            " planned  # so far\n        lead: itu\n"
        ),
        [
            (
                "set",
                "m/a1",
                (),
                Activity(
                    id="m/a1",
                    title=Translations(en="Come"),
                    lead="itu",
                    resources=(Resource(kind="staff"),),
                ),
            )
        ],
        (
            "    activities:\n      - id: m/a1\n        title: {en: Come}  # c\n        status:"
            " planned  # so far\n        lead: itu\n        resources:\n          - {kind: staff}\n"
        ),
    ),
    "what is new can be changed like the rest": (
        "    activities: []\n",
        [
            ("append", "m", "activities", {"id": "m/a1", "title": "One"}),
            ("set", "m/a1", "lead", "itu"),
            ("append", "m/a1", "partners", "unesco"),
            ("append", "m/a1", "partners", "undp"),
            ("remove", "m/a1", "partners[0]"),
        ],
        "    activities:\n      - {id: m/a1, title: One, lead: itu, partners: [undp]}\n",
    ),
    "what is taken out and put back is as it was": (
        "    kind: joint\n    status: draft  # since May\n",
        [
            ("remove", "m", "kind"),
            ("set", "m", "status", "published"),
            ("set", "m", "kind", "joint"),
            ("set", "m", "status", "draft"),
        ],
        "    kind: joint\n    status: draft  # since May\n",
    ),
    "what is below extensions is typed": (
        "    extensions: {x:a: 1, x:b: text}\n",
        [
            ("set", "m", ("extensions", "x:a"), "1"),
            ("set", "m", ("extensions", "x:b"), True),
            ("set", "m", ("extensions", "x:c"), [1.5, None]),
        ],
        "    extensions: {x:a: \"1\", x:b: true, 'x:c': [1.5, null]}\n",
    ),
    "an anchor that nothing repeats stays": (
        "    description: &d One  # c\n",
        [("set", "m", "description", "Two")],
        "    description: &d Two  # c\n",
    ),
    "an alias can be written out, and what it stands for is not changed": (
        "    description: &d One\n    version: *d  # c\n",
        [("set", "m", "version", "Two")],
        "    description: &d One\n    version: Two  # c\n",
    ),
    "what an alias repeated can be changed once the alias is gone": (
        "    scope: &s [gdc]  # c\n    mandated_by: *s\n    description: &d One\n    version: *d\n",
        [
            ("remove", "m", "mandated_by"),
            ("append", "m", "scope", "sdg/9.c"),
            ("set", "m", "version", "Two"),
            ("remove", "m", "description"),
        ],
        "    scope: &s [gdc, sdg/9.c]  # c\n    version: Two\n",
    ),
}


@pytest.mark.parametrize("newline", ["\n", "\r\n"], ids=["LF", "CRLF"])
@pytest.mark.parametrize("claim", CASES)
def test_a_change_is_written_in_the_style_of_its_place(claim: str, newline: str) -> None:
    """Each case: these lines, these calls, those lines; with either kind of line end."""
    before, calls, after = CASES[claim]

    assert edited(MAP + before, *calls, newline=newline).decode() == (MAP + after).replace(
        "\n", newline
    )


@pytest.mark.parametrize("claim", BY_HAND)
def test_what_cannot_be_done_exactly_is_refused_with_its_line(claim: str, tmp_path: Path) -> None:
    """Each case: the line to change by hand is told, and the file is as it was."""
    before, (name, *arguments), facts = BY_HAND[claim]
    path = tmp_path / "map.yaml"
    path.write_text(MAP + before)
    with pytest.raises(EditError) as caught, edit(path) as file:
        getattr(file, name)(*arguments)

    problem = caught.value.problem
    assert facts == (problem.code, problem.field, problem.position.line)
    assert path.read_text() == MAP + before


WHOLE: dict[str, tuple[str, list[Call], str]] = {
    "a byte order mark, another line end and no final one stay": (
        "\ufeffroadmaps:\r\n- id: m\r\n  title: é 😀 # ü\r\n  owners: [itu]\r\n  status: draft",
        [
            ("set", "m", "status", "published"),
            ("set", "m", "title", "ç"),
            ("append", "m", "owners", "unesco"),
        ],
        (
            "\ufeffroadmaps:\r\n- id: m\r\n  title: ç # ü\r\n  owners: [itu, unesco]\r\n  status:"
            " published"
        ),
    ),
    "a key is added where there is no final line end": (
        "roadmaps:\n- id: m\n  title: T\n  owners: [itu]",
        [("set", "m", "status", "draft"), ("set", "m", "description", "One\ntwo\n")],
        (
            "roadmaps:\n- id: m\n  title: T\n  owners: [itu]\n  description: |\n    One\n    two\n "
            " status: draft"
        ),
    ),
    "a tab in a comment stays": (
        "roadmaps: #\tours\n  - {id: m, title: T, owners: [itu]}\t#\tc\n",
        [("set", "m", "title", "U")],
        "roadmaps: #\tours\n  - {id: m, title: U, owners: [itu]}\t#\tc\n",
    ),
    "a text becomes a mapping, in lines where the file has no brackets": (
        "roadmaps:\n- id: m\n  title: Media  # c\n  owners:\n  - itu\n",
        [("set", "m", "title", {"en": "Media", "fr": "Médias"})],
        "roadmaps:\n- id: m\n  title:  # c\n    en: Media\n    fr: Médias\n  owners:\n  - itu\n",
    ),
    "a mapping becomes a text": (
        (
            "roadmaps:\n- id: m\n  title:  # c\n    en: Media  # d\n    fr: Médias\n  owners:\n  -"
            " itu\n"
        ),
        [("set", "m", "title", {"fr": "Médias"}), ("set", "m", "title", "Presse")],
        "roadmaps:\n- id: m\n  title: Presse  # c\n  owners:\n  - itu\n",
    ),
    "an English text stays where its language is named": (
        "roadmaps:\n- id: m\n  title:\n    en: Media  # d\n  owners:\n  - itu\n",
        [("set", "m", "title", "Press")],
        "roadmaps:\n- id: m\n  title:\n    en: Press  # d\n  owners:\n  - itu\n",
    ),
    "the end of a document stays the end": (
        "---\nroadmaps:\n- {id: m, title: T, owners: [itu]}\n...\n",
        [
            ("append", None, "roadmaps", {"id": "n", "title": "U", "owners": ["itu"]}),
            ("set", None, "extensions", {"x:y": 1}),
        ],
        (
            "---\nroadmaps:\n- {id: m, title: T, owners: [itu]}\n- {id: n, title: U, owners:"
            " [itu]}\nextensions: {'x:y': 1}\n...\n"
        ),
    ),
    "a file in JSON's style is one of YAML": (
        '{"roadmaps": [{"id": "m", "title": "T", "owners": ["itu"]}]}\n',
        [
            ("set", "m", "title", "U"),
            ("set", "m", "status", "draft"),
            ("append", "m", "owners", "cstd"),
        ],
        '{"roadmaps": [{"id": "m", "title": "U", "owners": ["itu", cstd], status: draft}]}\n',
    ),
    "a field is known by its name in Python too": (
        (
            "documents:\n- id: d\n  title: D\n  symbol: D/1\n  provisions:\n  - id: d/1\n   "
            " number: 1\n    summary: S\n    mandates:\n    - {id: d/1.1, kind: request, verb:"
            " verbs/request, action: A}\n"
        ),
        [("set", "d/1.1", "with_", ["itu"])],
        (
            "documents:\n- id: d\n  title: D\n  symbol: D/1\n  provisions:\n  - id: d/1\n   "
            " number: 1\n    summary: S\n    mandates:\n    - {id: d/1.1, kind: request, verb:"
            " verbs/request, action: A, with: [itu]}\n"
        ),
    ),
}


@pytest.mark.parametrize("claim", WHOLE)
def test_a_whole_file_stays_as_it_was_but_for_the_change(claim: str) -> None:
    """Each case: this file, these calls, that file."""
    before, calls, after = WHOLE[claim]

    assert edited(before, *calls).decode() == after
