"""YAML files that tests edit in place."""

from __future__ import annotations

import datetime
from typing import Any

from wsis_model import EditError, UnknownIdentifier

Call = tuple[Any, ...]
"""The name of a method, and its arguments."""


#: The top of a road map, for what stands below it.
MAP = "roadmaps:\n  - id: m\n    title: Media\n    owners: [itu]\n"

#: A small road map in a whole file.
SMALL = (
    MAP
    + "    status: draft  # c\n    period: &p {start: 2026}\n    activities:\n      - {id: m/a1,"
    " title: One, period: *p}\n      - {id: m/a2, title: Two, lead: itu, milestones: [{id:"
    " m/a2.m1, title: There, due: {date: 2027}}]}\n"
)

#: What is refused rather than guessed at: the road map's lines, the call, and
#: code, field and line of what is told.
BY_HAND: dict[str, tuple[str, Call, tuple[str, str, int]]] = {
    "a text with a tag": (
        "    description: !!str |  # in short\n      One\n",
        ("set", "m", "description", "Two"),
        ("not-in-place", "roadmaps[0].description", 5),
    ),
    "a text of several lines above a comment that it would take in": (
        "    description: One\n        # deeper\n    status: draft\n",
        ("set", "m", "description", "Two\nthree"),
        ("not-in-place", "roadmaps[0].description", 5),
    ),
    "the first key of an item, with a comment on the next": (
        "    updates:\n      - by: itu  # who\n        # when\n        date: 2026-10-05\n",
        ("remove", "m", "updates[0].by"),
        ("not-in-place", "roadmaps[0].updates[0].by", 6),
    ),
    "an item between brackets with a comment that may be on it or on another": (
        "    scope: [gdc  # one\n      , 80-173, sdg/9.c]\n",
        ("remove", "m", "scope[0]"),
        ("not-in-place", "roadmaps[0].scope[0]", 5),
    ),
    "a list with comments in it that becomes a text": (
        "    extensions:\n      x:a:\n        - one  # c\n        - two\n",
        ("set", "m", ("extensions", "x:a"), "one"),
        ("not-in-place", "roadmaps[0].extensions.x:a", 7),
    ),
    "a field that comes through a merge key": (
        "    extensions: {x:p: &p {a: 1, b: 2}, x:q: {<<: *p, c: 3}}\n",
        ("set", "m", ("extensions", "x:q", "a"), 5),
        ("shared", "roadmaps[0].extensions.x:q.a", 5),
    ),
}

#: What cannot be done to the small road map: the call, what it raises, and the facts of that: code,
#: field and line of an `EditError`, the near misses of an unknown identifier.
REFUSED: dict[str, tuple[Call, type[Exception], tuple[Any, ...]]] = {
    "an unknown record": (
        ("set", "m/a3", "lead", "itu"),
        UnknownIdentifier,
        ("m/a2", "m/a1"),
    ),
    "an unknown field": (
        ("set", "m/a1", "leed", "itu"),
        EditError,
        ("unknown-field", "leed", 8),
    ),
    "an unknown field far from any": (
        ("get", "m/a1", "xyzzy"),
        EditError,
        ("unknown-field", "xyzzy", 8),
    ),
    "an unknown field on the way": (
        ("set", "m/a1", "deu.year", 2027),
        EditError,
        ("unknown-field", "deu.year", 8),
    ),
    "a path through a single value": (
        ("set", "m", "status.x", 1),
        EditError,
        ("wrong-shape", "status.x", 5),
    ),
    "a path by number through a mapping": (
        ("set", "m", "period[0]", 1),
        EditError,
        ("wrong-shape", "period[0]", 6),
    ),
    "an item that is not there": (
        ("set", "m", "owners[1]", "itu"),
        EditError,
        ("not-there", "[1]", 4),
    ),
    "an item of a list that is not there": (
        ("set", "m/a1", ("milestones", 0, "title"), "T"),
        EditError,
        ("not-there", "milestones[0].title", 8),
    ),
    "an item of what takes none": (
        ("append", "m", "status", "x"),
        EditError,
        ("wrong-shape", "roadmaps[0].status", 5),
    ),
    "an item of what is not there and takes none": (
        ("append", "m", "kind", "x"),
        EditError,
        ("wrong-shape", "kind", 2),
    ),
    "nothing to take out": (("remove", "m/a1", "lead"), EditError, ("not-there", "lead", 8)),
    "the file itself": (("remove", None), EditError, ("not-there", "", 1)),
    "a file that is no mapping": (("set", None, (), ["x"]), EditError, ("wrong-shape", "", 1)),
    "what an alias repeats": (
        ("set", "m", "period.start", "2027"),
        EditError,
        ("shared", "roadmaps[0].period.start", 2),
    ),
    "what an alias stands for": (
        ("set", "m/a1", "period.end", "2027"),
        EditError,
        ("shared", "roadmaps[0].activities[0].period", 6),
    ),
    "taking out what an alias repeats": (
        ("remove", "m", "period"),
        EditError,
        ("shared", "roadmaps[0].period", 2),
    ),
    "replacing what an alias repeats": (
        ("set", "m", "period", None),
        EditError,
        ("shared", "roadmaps[0].period", 2),
    ),
    "something that no file holds": (("set", "m", "version", {1, 2}), TypeError, ()),
    "a time of day": (
        ("set", "m", "version", datetime.datetime(2026, 1, 1, tzinfo=datetime.UTC)),
        TypeError,
        (),
    ),
    "a key that is no text": (
        ("set", "m", "extensions", {1: 2}),
        TypeError,
        (),
    ),
    "half of a surrogate pair": (("set", "m", "version", "\ud800"), ValueError, ()),
    "a path that is none": (
        ("set", "m", "owners[x]", "itu"),
        ValueError,
        (),
    ),
}
