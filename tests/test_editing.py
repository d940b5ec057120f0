"""Editing in place: a value changes, and everything else in the file stays as its author wrote it."""

from __future__ import annotations

import copy
import datetime
import os
import pickle
import re
import stat
import tempfile
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import yaml as pyyaml
from hypothesis import given
from hypothesis import strategies as st

from wsis_model import (
    Activity,
    DuplicateIdentifier,
    EditError,
    LoadError,
    Milestone,
    MilestoneStatus,
    Observation,
    Resource,
    Translations,
    UnknownIdentifier,
    catalogue,
    dumps,
)
from wsis_model.editing import Editor, edit
from wsis_model.formats.yaml import parse
from wsis_model.testing import corpora

ROOT = Path(__file__).resolve().parents[1]
SHIPPED = sorted(
    path
    for path in [
        *(ROOT / "src" / "wsis_model" / "data").rglob("*.yaml"),
        *(ROOT / "examples" / "data").rglob("*.yaml"),
    ]
    if path.name
    not in ("ten-faults.yaml", "official_files.yaml")  # no sound YAML on purpose; no records
)

Call = tuple[Any, ...]
"""The name of a method, and its arguments."""


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


#: The top of a road map, for what stands below it.
MAP = "roadmaps:\n  - id: m\n    title: Media\n    owners: [itu]\n"

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
        "    description: >-  # in short\n      One line,\n      and another.\n\n    status: draft\n",
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
        "    activities:\n      - {id: m/a1, title: Go, milestones: [{id: m/a1.m1, title: There}]}\n",
        [("set", "m/a1.m1", "due.year", 2027)],
        "    activities:\n      - {id: m/a1, title: Go, milestones: [{id: m/a1.m1, title: There, due: {year: 2027}}]}\n",
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
        "    activities: [{id: m/a1, title: Go, milestones: [{id: m/a1.m1, title: 'A, b', status: done}]}]  # c\n",
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
            "    activities:\n      - {id: m/a1, title: Go, lead:   # who?\n        }\n      - {\n          id: m/a2,\n          title: Come,\n"
            "          lead:  # who?\n        }\n"
        ),
        [("set", "m/a1", "status", "planned"), ("set", "m/a2", "status", "planned")],
        (
            "    activities:\n      - {id: m/a1, title: Go, lead: , status: planned   # who?\n        }\n      - {\n          id: m/a2,\n"
            "          title: Come,\n          lead: ,  # who?\n          status: planned\n        }\n"
        ),
    ),
    "an empty value between brackets is filled": (
        "    activities:\n      - {id: m/a1, title: Go, lead:   # who?\n        }\n    source: {title: T, terms}\n    description: &d   # in short\n",
        [
            ("set", "m/a1", "lead", "itu"),
            ("set", "m", "source.terms", "free"),
            ("set", "m", "description", "Text"),
        ],
        (
            "    activities:\n      - {id: m/a1, title: Go, lead: itu   # who?\n        }\n    source: {title: T, terms: free}\n"
            "    description: &d   Text   # in short\n"
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
        "    updates: [{\n      date: 2026-10-05,\n      about: m,  # whose\n      by: itu\n    }]\n",
    ),
    "a key is added to brackets with commas at the beginning of lines": (
        "    source: { title: T  # t\n      , url: https://example.org  # u\n      }\n",
        [("set", "m", "source.terms", "free")],
        "    source: { title: T  # t\n      , url: https://example.org, terms: free  # u\n      }\n",
    ),
    "a comma in a comment is none": (
        "    scope: [gdc, 80-173  # not sdg/9.c, they say\n      ]\n    mandated_by: [\n      gdc,\n      80-173  # not sdg/9.c, they say\n    ]\n",
        [("remove", "m", "scope[1]"), ("append", "m", "mandated_by", "sdg/4.a")],
        (
            "    scope: [gdc  # not sdg/9.c, they say\n      ]\n    mandated_by: [\n      gdc,\n      80-173,  # not sdg/9.c, they say\n"
            "      sdg/4.a\n    ]\n"
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
        "    updates:\n      - {date: 2026-10-05, about: m}  # c\n      - {date: 2026-11-05, about: m, note: 'a, b'}\n",
    ),
    "a mapping in a list is in lines if the others are, and follows the comments on the last": (
        "    updates:\n      - date: 2026-10-05\n        about: m\n        # on this one\n      # on the list\n    source: {title: T}\n",
        [("append", "m", "updates", {"date": datetime.date(2026, 11, 5), "about": "m"})],
        (
            "    updates:\n      - date: 2026-10-05\n        about: m\n        # on this one\n      - date: 2026-11-05\n        about: m\n"
            "      # on the list\n    source: {title: T}\n"
        ),
    ),
    "records that are set apart by blank lines stay so": (
        "    activities:\n      - {id: m/a1, title: One}\n\n      # the second\n      - {id: m/a2, title: Two}\n",
        [("append", "m", "activities", Activity(id="m/a3", title=Translations(en="Three")))],
        "    activities:\n      - {id: m/a1, title: One}\n\n      # the second\n      - {id: m/a2, title: Two}\n\n      - {id: m/a3, title: Three}\n",
    ),
    "a list is made, as its like is written elsewhere": (
        "    indicators:\n      - id: m/i1\n        name: One\n        observations:\n          - {value: 1, when: 2025}\n      - id: m/i2\n        name: Two\n",
        [("append", "m/i2", "observations", Observation(value=Decimal("76.5"), when="2026"))],
        (
            "    indicators:\n      - id: m/i1\n        name: One\n        observations:\n          - {value: 1, when: 2025}\n      - id: m/i2\n        name: Two\n"
            '        observations:\n          - {value: 76.5, when: "2026"}\n'
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
            "    activities:\n      # the first\n      - {id: m/a1, title: One}\n      # the second\n      - id: m/a2\n        title: Two  # c\n"
            "        # inside\n      - {id: m/a3, title: Three}\n"
        ),
        [("remove", "m/a2")],
        "    activities:\n      # the first\n      - {id: m/a1, title: One}\n      # the second\n      - {id: m/a3, title: Three}\n",
    ),
    "one of two blank lines goes with a record": (
        "    activities:\n      - {id: m/a1, title: One}\n\n      - {id: m/a2, title: Two}\n\n      - {id: m/a3, title: Three}\n",
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
        "    scope:\n      - gdc  # one\n      - sdg/4.a  # two\n      - sdg/9.c  # three\n      - sdg/1.4\n",
    ),
    "a mapping is changed where it differs": (
        "    source:\n      title: T  # t\n      url: https://example.org  # u\n",
        [("set", "m", "source", {"title": "T", "terms": "free"})],
        "    source:\n      title: T  # t\n      terms: free\n",
    ),
    "a record is changed where it differs, and says its defaults where it said them": (
        "    activities:\n      - id: m/a1\n        title: {en: Go}  # c\n        status: planned  # so far\n        lead: itu\n",
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
            "    activities:\n      - id: m/a1\n        title: {en: Come}  # c\n        status: planned  # so far\n        lead: itu\n"
            "        resources:\n          - {kind: staff}\n"
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


#: What is refused rather than guessed at: the road map's lines, and the call.
BY_HAND: dict[str, tuple[str, Call]] = {
    "a text with a tag": (
        "    description: !!str |  # in short\n      One\n",
        ("set", "m", "description", "Two"),
    ),
    "a text of several lines above a comment that it would take in": (
        "    description: One\n        # deeper\n    status: draft\n",
        ("set", "m", "description", "Two\nthree"),
    ),
    "the first key of an item, with a comment on the next": (
        "    updates:\n      - by: itu  # who\n        # when\n        date: 2026-10-05\n",
        ("remove", "m", "updates[0].by"),
    ),
    "an item between brackets with a comment that may be on it or on another": (
        "    scope: [gdc  # one\n      , 80-173, sdg/9.c]\n",
        ("remove", "m", "scope[0]"),
    ),
    "a list with comments in it that becomes a text": (
        "    extensions:\n      x:a:\n        - one  # c\n        - two\n",
        ("set", "m", ("extensions", "x:a"), "one"),
    ),
    "a field that comes through a merge key": (
        "    extensions: {x:p: &p {a: 1, b: 2}, x:q: {<<: *p, c: 3}}\n",
        ("set", "m", ("extensions", "x:q", "a"), 5),
    ),
}


@pytest.mark.parametrize("claim", BY_HAND)
def test_what_cannot_be_done_exactly_is_refused_with_its_line(claim: str, tmp_path: Path) -> None:
    """Each case: the line to change by hand is told, and the file is as it was."""
    before, (name, *arguments) = BY_HAND[claim]
    path = tmp_path / "map.yaml"
    path.write_text(MAP + before)
    with pytest.raises(EditError) as caught, edit(path) as file:
        getattr(file, name)(*arguments)

    assert caught.value.problem.code in ("not-in-place", "shared")
    assert (caught.value.problem.position.line or 0) > 4
    assert path.read_text() == MAP + before


WHOLE: dict[str, tuple[str, list[Call], str]] = {
    "a byte order mark, another line end and no final one stay": (
        "\ufeffroadmaps:\r\n- id: m\r\n  title: é 😀 # ü\r\n  owners: [itu]\r\n  status: draft",
        [
            ("set", "m", "status", "published"),
            ("set", "m", "title", "ç"),
            ("append", "m", "owners", "unesco"),
        ],
        "\ufeffroadmaps:\r\n- id: m\r\n  title: ç # ü\r\n  owners: [itu, unesco]\r\n  status: published",
    ),
    "a key is added where there is no final line end": (
        "roadmaps:\n- id: m\n  title: T\n  owners: [itu]",
        [("set", "m", "status", "draft"), ("set", "m", "description", "One\ntwo\n")],
        "roadmaps:\n- id: m\n  title: T\n  owners: [itu]\n  description: |\n    One\n    two\n  status: draft",
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
        "roadmaps:\n- id: m\n  title:  # c\n    en: Media  # d\n    fr: Médias\n  owners:\n  - itu\n",
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
        "---\nroadmaps:\n- {id: m, title: T, owners: [itu]}\n- {id: n, title: U, owners: [itu]}\nextensions: {'x:y': 1}\n...\n",
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
            "documents:\n- id: d\n  title: D\n  symbol: D/1\n  provisions:\n  - id: d/1\n    number: 1\n    summary: S\n    mandates:\n"
            "    - {id: d/1.1, kind: request, verb: verbs/request, action: A}\n"
        ),
        [("set", "d/1.1", "with_", ["itu"])],
        (
            "documents:\n- id: d\n  title: D\n  symbol: D/1\n  provisions:\n  - id: d/1\n    number: 1\n    summary: S\n    mandates:\n"
            "    - {id: d/1.1, kind: request, verb: verbs/request, action: A, with: [itu]}\n"
        ),
    ),
}


@pytest.mark.parametrize("claim", WHOLE)
def test_a_whole_file_stays_as_it_was_but_for_the_change(claim: str) -> None:
    """Each case: this file, these calls, that file."""
    before, calls, after = WHOLE[claim]

    assert edited(before, *calls).decode() == after


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A small road map in a file."""
    made = tmp_path / "map.yaml"
    made.write_text(
        MAP
        + "    status: draft  # c\n    period: &p {start: 2026}\n    activities:\n      - {id: m/a1, title: One, period: *p}\n"
        "      - {id: m/a2, title: Two, lead: itu, milestones: [{id: m/a2.m1, title: There, due: {year: 2027}}]}\n",
        encoding="utf-8",
    )
    return made


class TestReading:
    """What stands in the file, as plain data."""

    def test_fields_are_found_by_record_and_path(self, path: Path) -> None:
        """A path is one text, or its steps; through lists, aliases and from the top."""
        file = edit(path)

        assert (
            "There"
            == file.get("m/a2", "milestones[0].title")
            == file.get("m/a2", ("milestones", -1, "title"))
        )
        assert {"start": "2026"} == file.get("m/a1", "period")
        assert (
            "2026"
            == file.get("m/a1", "period.start")
            == file["roadmaps.0.activities.0.period.start"]
        )
        assert "m/a2.m1" == file.get("m/a2.m1")["id"]

    def test_what_is_not_there_is_the_default(self, path: Path) -> None:
        """`get` gives a default, indexing from the top raises."""
        file = edit(path)

        assert file.get("m/a1", "lead") is None
        assert "?" == file.get("m/a1", ("milestones", 0, "due", "year"), "?")
        with pytest.raises(UnknownIdentifier, match=r"roadmaps\[1\]"):
            file["roadmaps[1]"]

    def test_merged_keys_are_read(self, tmp_path: Path) -> None:
        """A key that comes through `<<` is read like any other, below extensions with its type."""
        made = tmp_path / "map.yaml"
        made.write_text(
            MAP + "    extensions: {x:p: &p {a: 1, d: {e: f}}, x:q: {<<: [*p, {g: 2}], c: 3}}\n"
        )
        file = edit(made)

        assert {"a": 1, "d": {"e": "f"}, "g": 2, "c": 3} == file.get("m", ("extensions", "x:q"))
        assert [1, "f", 2] == [
            file.get("m", ("extensions", "x:q", *steps)) for steps in (("a",), ("d", "e"), ("g",))
        ]


REFUSED: dict[str, tuple[Call, type[Exception], str]] = {
    "an unknown record": (
        ("set", "m/a3", "lead", "itu"),
        UnknownIdentifier,
        "'m/a2' or 'm/a1'|'m/a1' or 'm/a2'",
    ),
    "an unknown field": (
        ("set", "m/a1", "leed", "itu"),
        EditError,
        r"'leed' is not a field of Activity; did you mean 'lead'\?",
    ),
    "an unknown field far from any": (
        ("get", "m/a1", "xyzzy"),
        EditError,
        "Activity has id, title",
    ),
    "an unknown field on the way": (
        ("set", "m/a1", "deu.year", 2027),
        EditError,
        "'deu' is not a field",
    ),
    "a path through a single value": (
        ("set", "m", "status.x", 1),
        EditError,
        "a single value belongs there",
    ),
    "a path by number through a mapping": (
        ("set", "m", "period[0]", 1),
        EditError,
        "a mapping belongs there",
    ),
    "an item that is not there": (("set", "m", "owners[1]", "itu"), EditError, "1 is not there"),
    "an item of a list that is not there": (
        ("set", "m/a1", ("milestones", 0, "title"), "T"),
        EditError,
        "no item 0; add items with append",
    ),
    "an item of what takes none": (
        ("append", "m", "status", "x"),
        EditError,
        "no list stands there",
    ),
    "an item of what is not there and takes none": (
        ("append", "m", "kind", "x"),
        EditError,
        "no list stands there",
    ),
    "nothing to take out": (("remove", "m/a1", "lead"), EditError, "lead is not there"),
    "the file itself": (("remove", None), EditError, "cannot be taken out"),
    "a file that is no mapping": (("set", None, (), ["x"]), EditError, "a file is a mapping"),
    "what an alias repeats": (
        ("set", "m", "period.start", "2027"),
        EditError,
        r"map.yaml:\d+:\d+: .*by an alias",
    ),
    "what an alias stands for": (
        ("set", "m/a1", "period.end", "2027"),
        EditError,
        "in several places",
    ),
    "taking out what an alias repeats": (("remove", "m", "period"), EditError, "in several places"),
    "replacing what an alias repeats": (
        ("set", "m", "period", None),
        EditError,
        "in several places",
    ),
    "something that no file holds": (("set", "m", "version", {1, 2}), TypeError, "not set"),
    "a time of day": (
        ("set", "m", "version", datetime.datetime(2026, 1, 1, tzinfo=datetime.UTC)),
        TypeError,
        "not datetime",
    ),
    "a key that is no text": (
        ("set", "m", "extensions", {1: 2}),
        TypeError,
        "keys are text, not 1",
    ),
    "half of a surrogate pair": (("set", "m", "version", "\ud800"), ValueError, "surrogates"),
    "a path that is none": (
        ("set", "m", "owners[x]", "itu"),
        ValueError,
        "is not the path of a field",
    ),
}


@pytest.mark.parametrize("claim", REFUSED)
def test_what_cannot_be_done_is_told_and_changes_nothing(claim: str, path: Path) -> None:
    """Each case: this call raises that, with these words, and the file is as it was."""
    (name, *arguments), error, words = REFUSED[claim]
    before = path.read_bytes()
    file = edit(path)
    with pytest.raises(error, match=words):
        getattr(file, name)(*arguments)

    assert file.data == before == path.read_bytes()


class TestWhatWouldBeUnsoundIsNotWritten:
    """The result is read as any file is before it is written."""

    def test_every_problem_is_told_with_its_place_in_the_new_text(self, path: Path) -> None:
        """A wrong value and a wrong date, each on its line as it would be."""
        before = path.read_bytes()
        file = edit(path)
        file.set("m", "description", "Two\nlines")
        file.set("m/a2.m1", "due.date", "2027-02-30")
        file.set("m", "status", "drat")
        with pytest.raises(LoadError) as caught:
            file.write()

        assert [("wrong-value", 8), ("wrong-date", 12)] == [
            (each.code, each.position.line) for each in caught.value.problems
        ]
        assert path.read_bytes() == before

    def test_nothing_is_written_when_the_block_fails(self, path: Path) -> None:
        """An error of the caller leaves the file alone."""
        before = path.read_bytes()
        file = edit(path)
        file.set("m", "status", "published")
        with pytest.raises(ZeroDivisionError), file:
            raise ZeroDivisionError

        assert path.read_bytes() == before

    @pytest.mark.parametrize(
        ("written", "field"),
        [
            ("[a: 1, b]", ("x:a", 0, "c")),
            ("\n        ? a", ("x:a", "a")),
            ("{a: 'one'\n\t\n    }", ("x:a", "b")),
        ],
    )
    def test_a_way_of_writing_that_does_not_allow_the_change_is_told(
        self, path: Path, written: str, field: tuple[str | int, ...]
    ) -> None:
        """The file stays as it is, rather than saying something else than was asked for."""
        path.write_text(MAP + f"    extensions:\n      x:a: {written}\n")
        before = path.read_bytes()
        refused = pytest.raises(EditError, match=r"make it by hand \[not-in-place\]")
        with refused, edit(path) as file:
            file.set("m", ("extensions", *field), 5)

        assert before == path.read_bytes()

    def test_a_list_that_changes_in_part_changes_not_at_all(self, path: Path) -> None:
        """Where one part of a value cannot be replaced, no part is."""
        file = edit(path)
        with pytest.raises(EditError, match="several places"):
            file.set("m", (), {"id": "m", "title": "New", "owners": ["itu"]})

        assert (file.get("m", "title"), file.data) == ("Media", path.read_bytes())

    def test_a_file_that_is_no_yaml_is_not_opened(self, path: Path) -> None:
        """Syntax, emptiness, absence, compression: told on opening."""
        path.write_text("roadmaps: [")
        with pytest.raises(LoadError, match="yaml-syntax"):
            edit(path)
        path.write_text("# nothing\n")
        with pytest.raises(LoadError, match="empty"):
            edit(path)
        with pytest.raises(LoadError, match="unreadable"):
            edit(path.parent)
        with pytest.raises(LoadError, match="unreadable"):
            edit(path.with_name("none.yaml"))
        with pytest.raises(EditError, match=r"compressed.*expand it first"):
            edit(path.with_name("map.yaml.gz"))

    def test_two_records_of_one_identifier_are_not_guessed_at(self, tmp_path: Path) -> None:
        """Which of them is meant, nobody can know."""
        made = tmp_path / "map.yaml"
        made.write_text(MAP + "    activities: [{id: m/a1, title: A}, {id: m/a1, title: B}]\n")
        with pytest.raises(DuplicateIdentifier, match="m/a1"):
            edit(made).set("m/a1", "lead", "itu")

    def test_an_error_is_made_of_facts(self, path: Path) -> None:
        """It pickles, compares, and names place, field and code."""
        with pytest.raises(EditError) as caught:
            edit(path).set("m/a1", "leed", "itu")

        assert pickle.loads(pickle.dumps(caught.value)) == caught.value
        assert ("unknown-field", "leed", 8) == (
            caught.value.problem.code,
            caught.value.problem.field,
            caught.value.problem.position.line,
        )


class TestWriting:
    """The file is replaced as a whole, and only when there is something to write."""

    def test_what_is_the_same_is_not_written(self, path: Path) -> None:
        """A value set to itself leaves the file untouched, its time of change too."""
        os.utime(path, (1, 1))
        with edit(path) as file:
            file.set("m", "status", "draft")
            file.set("m", "owners", ("itu",))

        assert 1 == path.stat().st_mtime

    def test_permissions_stay_and_links_are_followed(self, path: Path) -> None:
        """The link stays a link, and the file behind it keeps its mode."""
        path.chmod(0o640)
        link = path.with_name("link.yaml")
        link.symlink_to(path)
        with edit(link) as file:
            file.set("m", "status", "published")

        assert link.is_symlink()
        assert 0o640 == stat.S_IMODE(path.stat().st_mode)
        assert "status: published  # c" in path.read_text()
        assert ["link.yaml", "map.yaml"] == sorted(each.name for each in path.parent.iterdir())

    def test_a_file_that_is_write_protected_is_left_alone(
        self, path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """That it could be replaced is no reason to."""

        def no(*_: object) -> bool:
            return False

        monkeypatch.setattr(os, "access", no)  # the tests may run as root, who may write everything
        with pytest.raises(PermissionError), edit(path) as file:
            file.set("m", "status", "published")

    def test_what_somebody_else_wrote_meanwhile_is_not_overwritten(self, path: Path) -> None:
        """The change is refused, and theirs stays."""
        file = edit(path)
        file.set("m", "status", "published")
        path.write_text("theirs")
        with pytest.raises(EditError, match="changed by somebody else"):
            file.write()

        assert "theirs" == path.read_text()

    def test_the_result_can_be_had_without_writing(self, path: Path) -> None:
        """`text` and `data` are what would be written; writing is the last step, and can be
        repeated.
        """
        before = path.read_text()
        file = edit(path)
        file.set("m", "status", "published")

        assert (file.text, file.data.decode()) == (before.replace("draft", "published"),) * 2
        file.set("m", "status", "draft")
        assert before == file.text
        file.set("m", "status", "published")
        assert before == path.read_text()
        file.write()
        file.set("m", "status", "draft")
        file.write()
        assert before == path.read_text()

    def test_names_and_unknown_fields_are_read_as_load_reads_them(self, path: Path) -> None:
        """A file with names for identifiers is understood by the catalogue, one of a newer version
        with `unknown="keep"`.
        """
        path.write_text("roadmaps:\n- {id: m, title: T, owners: [UNESCO], mood: good}\n")
        with edit(path, unknown="keep", names=catalogue()) as file:
            file.set("m", "mood", "better")
            file.append("m", "mandated_by", "para. 113")

        assert "owners: [UNESCO], mandated_by: [para. 113], mood: better}" in path.read_text()


#: Fields that take any text.
WORDED = (
    "summary",
    "action",
    "note",
    "title",
    "name",
    "en",
    "description",
    "statement",
    "definition",
    "label",
)


Steps = tuple[str | int, ...]
#: As `Any`, so that `isinstance` leaves what it looks at `Any`.
CONTAINERS: Any = (dict, list)
LIST: Any = list


def trees(node: Any, path: Steps = ()) -> list[tuple[Steps, Any]]:
    """Every value below *node*, with its path."""
    found: list[tuple[Steps, Any]] = []
    for step, value in node.items() if hasattr(node, "items") else enumerate(node):
        found.append(((*path, step), value))
        if isinstance(value, CONTAINERS):
            found += trees(value, (*path, step))
    return found


@pytest.mark.parametrize("shipped", SHIPPED, ids=lambda path: path.name)
class TestShippedFiles:
    """Every YAML file that is shipped or shown."""

    def test_a_value_set_to_itself_changes_nothing(self, shipped: Path) -> None:
        """All values, one after the other."""
        file = edit(shipped)
        for path, value in trees(parse(shipped.read_bytes(), "")[0]):
            file.set(None, path, value)

        assert file.data is file._data  # pyright: ignore[reportPrivateUsage]  # the very same: nothing was rendered

    def test_a_value_set_and_set_back_leaves_the_bytes(self, shipped: Path) -> None:
        """Texts of every style, in one sitting."""
        found = trees(parse(shipped.read_bytes(), "")[0])
        # What stands in a source may be repeated by an alias.
        texts = [
            (path, value)
            for path, value in found
            if path[-1] in WORDED and isinstance(value, str) and "source" not in path
        ]
        file = edit(shipped)
        for path, _ in texts:
            file.set(None, path, "Something else: in short")
        changed = file.text
        for path, value in texts:
            file.set(None, path, value)

        assert file.data == shipped.read_bytes()
        assert len(texts) == changed.count("Something else: in short")


def decorated(draw: st.DrawFn, plain: bytes) -> str:
    """A file of our own writing with comments and blank lines where people put them."""
    lines = plain.decode().split("\n")
    begins: set[int] = set()
    ends: set[int] = set()
    events: Any = pyyaml.parse(plain, Loader=pyyaml.CSafeLoader)
    for event in events:
        row, column = int(event.start_mark.line), int(event.start_mark.column)
        last, end = int(event.end_mark.line), int(event.end_mark.column)
        if isinstance(event, pyyaml.ScalarEvent) and row == last:
            if re.fullmatch(r" *(- )*", lines[row][:column]):
                begins.add(row)
            if not lines[row][end:]:
                ends.add(row)
    chosen = draw(st.sets(st.sampled_from(sorted(begins)), max_size=12))
    trailing = draw(st.sets(st.sampled_from(sorted(ends)), max_size=12)) if ends else set[int]()
    made: list[str] = []
    for row, line in enumerate(lines):
        if row in chosen:
            made += draw(
                st.lists(
                    st.sampled_from(["", "# a: [comment", "      # deep", "  #- x"]), max_size=3
                )
            )
        made.append(f"{line}  # {row}: c" if row in trailing else line)
    return "\n".join(made)


def changes(tree: dict[str, Any]) -> list[tuple[str, Steps]]:
    """What can be changed in a tree: texts that can be set, lists to which more of the same can be
    added, items to take out.
    """
    found = trees(tree)
    made = [("set", path) for path, value in found if path[-1] in WORDED and isinstance(value, str)]
    made += [
        ("append", path)
        for path, value in found
        if isinstance(value, LIST) and value and "extensions" not in path
    ]
    several = [
        path
        for path, value in found
        if isinstance(value, LIST) and len(value) > 1 and "extensions" not in path
    ]
    made += [("remove", (*path, index)) for path in several for index in (0, -1)]
    made += [
        ("remove", path)
        for path, _ in found
        if path[-1] in ("note", "source", "mandates", "alignments", "url")
    ]
    return made


@st.composite
def changed_files(draw: st.DrawFn) -> tuple[str, str, Steps, Any]:
    """A decorated file, and a change: its name, its path, and its value."""
    plain = dumps(draw(corpora()), "yaml")
    text = decorated(draw, plain)
    tree = parse(text.encode(), "")[0]
    assert tree == parse(plain, "")[0]
    name, path = draw(st.sampled_from(changes(tree)))
    if path[-1] == -1:
        path = (*path[:-1], len(at(tree, path[:-1])) - 1)
    return text, name, path, draw(st.text(min_size=1).filter(encodable)) if name == "set" else None


def encodable(text: str) -> bool:
    """Whether UTF-8 has every character of a text."""
    return not re.search("[\ud800-\udfff]", text)


def sound(file: Editor) -> bool:
    """Whether what would be written can be read: a mandate or a title may have to be there."""
    try:
        return bool(file.data)
    except LoadError:
        return False


def at(tree: Any, path: Steps) -> Any:
    """What stands at a path."""
    for step in path:
        tree = tree[step]
    return tree


def asked_for(tree: Any, name: str, path: Steps, value: Any) -> Any:
    """The tree that a change asks for, made without the editor."""
    made = copy.deepcopy(tree)
    inside = at(made, path[:-1])
    if name == "set":
        inside[path[-1]] = value
    elif name == "append":
        inside[path[-1]].append(inside[path[-1]][0])
    else:
        del inside[path[-1]]
    return made


def lines_of(text: str, path: Steps) -> tuple[int, int]:
    """The lines, from 0, on which the value at a path begins (with its key) and the first value
    behind it does.
    """
    tree, places, _ = parse(text.encode(), "")
    order = [each for each, _ in trees(tree)]
    behind = next(
        (each for each in order[order.index(path) + 1 :] if each[: len(path)] != path), None
    )
    first = places.find(path, key=True).line
    after = None if behind is None else places.find(behind, key=True).line
    assert first is not None
    return first - 1, len(text.split("\n")) if after is None else after - 1


@given(changed_files())
def test_a_change_gives_the_tree_that_it_asks_for_and_leaves_all_other_lines(
    case: tuple[str, str, Steps, Any],
) -> None:
    """In files of our own writing, decorated with comments: the tree is right, and lines before and
    behind are as they were.
    """
    text, name, path, value = case
    tree = parse(text.encode(), "")[0]
    if name == "append":
        value = at(tree, path)[0]
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder) / "map.yaml"
        place.write_bytes(text.encode())
        file = edit(place)
        getattr(file, name)(None, path, *(() if name == "remove" else (value,)))
        if name == "remove" and not sound(file):
            return
        file.write()
        after = place.read_bytes().decode()

    assert parse(after.encode(), "")[0] == asked_for(tree, name, path, value)
    first, behind = lines_of(text, path)
    old, new = text.split("\n"), after.split("\n")
    shared = (
        old[:first] if name != "remove" else "\n".join(old[:first]).rstrip("\n").split("\n")
    )  # a blank line may go
    moved_up = name == "remove" and old[first].lstrip().startswith("- ")
    rest = old[behind + moved_up :]
    assert new[: len(shared)] == shared or first == 0
    assert not rest or new[-len(rest) :] == rest


def test_a_file_that_names_things_as_people_do_is_edited_as_it_is(tmp_path: Path) -> None:
    """Names that people write where identifiers belong stay as they are written, and new ones may
    be given.
    """
    path = tmp_path / "map.yaml"
    path.write_text("roadmaps:\n- {id: m, title: M, owners: [UNESCO]}  # the lead agency\n")
    with edit(path) as file:
        file.append("m", "owners", "ITU")

    assert (
        path.read_text()
        == "roadmaps:\n- {id: m, title: M, owners: [UNESCO, ITU]}  # the lead agency\n"
    )


#: What people put around the commas of a list or mapping in brackets.
GAPS = st.sampled_from(
    [
        "",
        "",
        " ",
        " ",
        "  ",
        "\n      ",
        "\n        ",
        "  # c, d: [e\n      ",
        "\n\n      # on the next\n      ",
    ]
)


@st.composite
def bracketed(draw: st.DrawFn) -> tuple[str, dict[str, str | None]]:
    """A mapping in brackets, and what it says."""
    said: dict[str, str | None] = {
        f"x:{letter}": draw(st.sampled_from(["v", "w, x", None]))
        for letter in "abcd"[: draw(st.integers(1, 4))]
    }
    pairs = [
        f"{draw(st.sampled_from([key, repr(key)]))}: " + ("" if value is None else repr(value))
        for key, value in said.items()
    ]
    commas = [draw(GAPS) + "," + draw(GAPS) for _ in pairs[1:]] + [draw(st.sampled_from(["", ","]))]
    inside = "".join(
        part for pair, comma in zip(pairs, commas, strict=True) for part in (pair, comma)
    )
    return "{" + draw(GAPS) + inside + draw(GAPS) + "}", said


@given(bracketed(), st.data())
def test_what_stands_in_brackets_can_be_changed_however_it_is_laid_out(
    case: tuple[str, dict[str, str | None]], data: st.DataObject
) -> None:
    """Keys are set, added and taken out in any order: the file says it, or the change is refused."""
    text, said = case
    refused: list[str] = []
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder) / "map.yaml"
        place.write_text(MAP + f"    extensions: {text}\n")
        with edit(place) as file:
            for _ in range(data.draw(st.integers(1, 4))):
                key = data.draw(st.sampled_from([*said, "x:n", "x:o"]))
                if key in said and len(said) > 1 and data.draw(st.booleans()):
                    try:
                        file.remove("m", ("extensions", key))
                    except EditError as error:  # whose comment it is, nobody can know
                        refused.append(error.problem.code)
                    else:
                        del said[key]
                else:
                    said[key] = data.draw(st.sampled_from(["new", "a: b, c"]))
                    file.set("m", ("extensions", key), said[key])
        after = place.read_bytes().decode()

    assert not refused or (set(refused) == {"not-in-place"} and "#" in text)
    assert said == parse(after.encode(), "")[0]["roadmaps"][0]["extensions"]
    assert all(line.startswith("    ") or not line for line in after.removeprefix(MAP).split("\n"))
