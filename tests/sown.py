"""Faults sown into a corpus: always the same ones for the same seed, of every kind that a rule on
tables finds.
"""

from __future__ import annotations

import copy
import random
from collections.abc import Callable, Iterator
from typing import Any, cast

from wsis_model import Corpus, load

Tree = dict[str, Any]


def records_in(value: object) -> Iterator[tuple[list[Any], Tree]]:
    """The records with identifiers in plain data, at any depth, each after the list it is in."""
    if isinstance(value, dict):
        for each in cast("Tree", value).values():
            yield from records_in(each)
    elif isinstance(value, list):
        members = cast("list[Any]", value)  # type: ignore[redundant-cast]  # not to pyright
        for each in members:
            yield from records_in(each)
            if isinstance(each, dict) and "id" in each:
                yield members, cast("Tree", each)


class Sower:
    """Plain data of a corpus, and what can be done to it."""

    def __init__(self, corpus: Corpus, seed: int) -> None:
        self.tree: Tree = corpus.to_file().to_dict()
        self.rng = random.Random(seed)
        self.places = list(corpus.references())
        self.kinds = {name: corpus.kind(name) for name in corpus}
        self.names = sorted(self.kinds)
        self.lists = {record["id"]: (members, record) for members, record in records_in(self.tree)}
        # No two records that files hold may share a name: such a file is not read at all.
        held = {each.id for each in corpus.top}
        self.parts = [name for name in self.names if name not in held]

    def one(self, kind: str) -> Tree:
        """Some record of a kind."""
        name = self.rng.choice([each for each in self.names if self.kinds[each] == kind])
        return self.record(name)

    def record(self, name: str) -> Tree:
        found: Tree = self.lists[name][1]
        return found

    def point(self, target: Callable[[str], str]) -> None:
        """Have some reference lead to *target* of the record that it stands in."""
        place = self.rng.choice(self.places)
        at: Any = self.record(place.source)
        for step in place.path[:-1]:
            at = at[step]
        at[place.path[-1]] = target(place.source)

    # Each of these is one fault.

    def nowhere(self) -> None:
        """R201: there is no such record; now and then the same one is missing in many places."""
        missing = f"{self.rng.choice(self.names)}-{self.rng.randrange(3)}"
        for _ in range(self.rng.choice((1, 1, 4))):
            self.point(lambda _: missing)

    def any_other(self) -> None:
        """R202, as a rule: some other record of any kind."""
        other = self.rng.choice(self.names)
        for _ in range(self.rng.choice((1, 1, 4))):
            self.point(lambda _: other)

    def beyond_the_end(self) -> None:
        """R204 where the document is held with paragraphs, else R201."""
        part = f"{self.one('document')['id']}/{self.rng.randrange(900, 903)}"
        for _ in range(self.rng.choice((1, 3))):
            self.point(lambda _: part)

    def itself(self) -> None:
        """R207, where the kind is right."""
        self.point(lambda source: source)

    def retired(self) -> None:
        """R203: what names this concept is out of date; half of them are replaced."""
        concept = self.one("concept")
        concept["status"] = "retired"
        if self.rng.random() < 0.5:
            concept["replaced_by"] = self.one("concept")["id"]

    def twice(self) -> None:
        """I101: a record, with all in it, stands a second time in its list or in another's."""
        members, record = self.lists[self.rng.choice(self.parts)]
        members.insert(self.rng.randrange(len(members) + 1), copy.deepcopy(record))

    def same_name(self) -> None:
        """I101: a part takes the name of another record, of any kind."""
        self.record(self.rng.choice(self.parts))["id"] = self.rng.choice(self.names)

    def circle(self) -> None:
        """R206: some activities depend on each other in a circle."""
        activities = [self.one("activity") for _ in range(self.rng.randrange(2, 5))]
        for this, following in zip(activities, activities[1:] + activities[:1], strict=True):
            this.setdefault("depends_on", []).append(following["id"])

    def circle_of_parents(self) -> None:
        """R205: two records are each other's parents."""
        kind = self.rng.choice(("concept", "entity", "group", "provision", "section"))
        one, other = self.one(kind), self.one(kind)
        one["parent"], other["parent"] = other["id"], one["id"]

    def circle_of_successors(self) -> None:
        """R208: two records replaced each other."""
        kind, field = self.rng.choice(
            (("concept", "replaced_by"), ("entity", "succeeded_by"), ("document", "draft"))
        )
        one, other = self.one(kind), self.one(kind)
        one[field], other[field] = other["id"], one["id"]

    def wider_scope(self) -> None:
        """C802, C806: lines on which a road map does not work."""
        lines = [each for each in self.names if each.startswith("action-lines/")]
        self.one("roadmap").setdefault("scope", []).extend(self.rng.sample(lines, 2))

    def idle_objective(self) -> None:
        """C803, C804: an objective that nobody works on or measures."""
        roadmap = self.one("roadmap")
        name = f"{roadmap['id']}/o{self.rng.randrange(900, 999)}"
        roadmap.setdefault("objectives", []).append({"id": name, "statement": "Not worked on."})

    def idle_indicator(self) -> None:
        """C805: an indicator that measures nothing."""
        roadmap = self.one("roadmap")
        name = f"{roadmap['id']}/i{self.rng.randrange(900, 999)}"
        roadmap.setdefault("indicators", []).append({"id": name, "name": "Measures nothing"})

    def given_up(self) -> None:
        """C804, C806: an activity is cancelled, and counts no longer."""
        self.one("activity")["status"] = "cancelled"

    def unanswered(self) -> None:
        """Mandates stay open: an activity answers nothing any more."""
        self.one("activity").pop("answers", None)


FAULTS = (
    Sower.nowhere,
    Sower.any_other,
    Sower.beyond_the_end,
    Sower.itself,
    Sower.retired,
    Sower.circle,
    Sower.circle_of_parents,
    Sower.circle_of_successors,
    Sower.wider_scope,
    Sower.idle_objective,
    Sower.idle_indicator,
    Sower.given_up,
    Sower.unanswered,
    Sower.same_name,
    Sower.twice,  # last, so that what stands twice is the same both times
)


def sown(corpus: Corpus, seed: int, faults: int) -> Corpus:
    """*corpus* after this many faults of each kind."""
    sower = Sower(corpus, seed)
    for fault in FAULTS:
        for _ in range(faults):
            fault(sower)
    return load(sower.tree)
