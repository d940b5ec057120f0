"""The rules on a stream: documents and road maps a few at a time, references in tables."""

from __future__ import annotations

import datetime
import os
import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import attrs

from .. import relational
from .._catalogue import catalogue
from ..checks import RULES, Finding, Report, Rule, Waiver
from ..checks import check as check_corpus
from ..checks._reported import reported, rules_of
from ..corpus import Corpus
from ..errors import Position
from ..formats import Unknown, truncate
from ..formats._text import MAX_PROBLEMS
from ..loading import Partial
from ..model import Document, Provision, Record, Roadmap
from ..model.identifiers import owner_of
from ..model.record import identifier_of
from ..streams import Stream, Streamed, stream
from ._check import RELATIONAL, check

__all__ = ["check_stream"]

BATCH = 4000
"""So many paragraphs and road maps, roughly, are looked at together."""
_LARGE = (Document, Roadmap)


@attrs.define(eq=False)
class _Files:
    """The records of files, and what is found out about them while they are read."""

    source: Stream
    small: list[Record] = attrs.Factory(list[Record])
    """The vocabularies with their concepts, groups, entities and sessions."""
    tops: set[str] = attrs.Factory(set[str])
    """The identifiers of all records that are in no other."""
    places: dict[str, Position] = attrs.Factory(dict[str, Position])
    """Where each of the small records begins."""

    def all(self) -> Iterator[Record]:
        """All records; the small ones are kept."""
        for item in self._in_order():
            if item.belongs_to is None:
                self.tops.add(identifier_of(item.record))
            if not isinstance(item.record, (*_LARGE, Provision)):
                self.small.append(item.record)
                self.places[identifier_of(item.record)] = item.position
            yield item.record

    def _in_order(self) -> Iterator[Streamed]:
        """The records, each after the one that it belongs to; without those that belong to none,
        which is told as a problem.
        """
        came: set[str] = set()
        early: dict[str, list[Streamed]] = {}
        for item in self.source.items():
            if item.belongs_to is not None and item.belongs_to not in came:
                early.setdefault(item.belongs_to, []).append(item)
                continue
            yield item
            if item.belongs_to is None:
                name = identifier_of(item.record)
                came.add(name)
                yield from early.pop(name, ())

    def batches(self) -> Iterator[tuple[list[Record], dict[str, Position]]]:
        """Documents, with their provisions, and road maps, some at a time, and where they begin."""
        batch: list[Record] = []
        places: dict[str, Position] = {}
        for item in self._in_order():
            name = identifier_of(item.record)
            if isinstance(item.record, _LARGE):
                if len(batch) >= BATCH:
                    yield batch, places
                    batch, places = [], {}
            elif not isinstance(item.record, Provision) or item.belongs_to not in places:
                continue
            batch.append(item.record)
            places[name] = item.position
        yield batch, places


def check_stream(
    *paths: str | os.PathLike[str],
    profile: str = "draft",
    rules: Iterable[Rule] = RULES,
    waivers: Iterable[Waiver] = (),
    as_of: datetime.date | None = None,
    unknown: Unknown = "forbid",
    known: Corpus | None = None,
) -> Report:
    """Look at files of any size under the rules, in bounded memory. The files are read twice.

    The rules over references and identifiers run on tables, which DuckDB reads
    ([`check`][wsis_model.scale.check]). Those that need one document or road map at a time run on a
    few of them together, with the vocabularies, actors and sessions. The others need the whole
    corpus (`Rule.whole` says why) and do not run; they are not in `Report.rules`.

    Args:
        paths: Files and folders, as [`stream`][wsis_model.stream] takes them. Provisions should
            follow their document: those before it are held until it comes, and of those long after
            it only identifiers and references are looked at.
        profile: As for [`check`][wsis_model.check].
        rules: As for [`check`][wsis_model.check].
        waivers: As for [`check`][wsis_model.check].
        as_of: As for [`check`][wsis_model.check].
        unknown: As for [`load`][wsis_model.load].
        known: The corpus to which references may lead besides; without it the shipped catalogue.
            A record of the files takes the place of one in it.

    Raises:
        MissingExtra: DuckDB or pyarrow is not installed.
        ValueError: There is no such profile.

    Examples:
        >>> import pathlib, tempfile
        >>> import wsis_model as wsis
        >>> file = pathlib.Path(tempfile.mkdtemp()) / "map.ndjson"
        >>> wsis.save(wsis.Roadmap(id="r", title="R", owners=("itu", "nobody")), file)
        >>> [(each.code, each.position.line, each.field) for each in check_stream(file).findings]
        [('R201', 2, 'owners[1]')]
    """
    chosen = tuple(
        each for each in rules_of(profile, rules) if not each.whole or each.code in RELATIONAL
    )
    base = catalogue() if known is None else known
    problems: list[Finding] = []

    def tell(problem: Finding) -> None:
        if len(problems) < MAX_PROBLEMS:
            problems.append(problem)

    files = _Files(stream(*paths, unknown=unknown, names=known, on_problem=tell))
    with tempfile.TemporaryDirectory() as folder:
        tables = Path(folder, "tables")
        relational.to_parquet(_with_known(files, base), tables)
        on_tables = [each for each in chosen if each.code in RELATIONAL]
        report = check(tables, rules=on_tables, profile=profile)
    found = list(report.findings)
    alone = [each for each in chosen if each.code not in RELATIONAL]
    lost = Partial(Corpus(), (), frozenset(files.source.lost))
    files.source.on_problem = _ignore
    small = (*files.small, *(each for each in _small(base) if each.id not in files.tops))

    def found_in(records: Iterable[Record]) -> Iterator[Finding]:
        corpus = Corpus.of(*records)
        yield from check_corpus(corpus, profile=profile, rules=alone, as_of=as_of).findings

    found += found_in(small)
    by_code = {each.code: each for each in chosen}
    told: list[Finding] = []
    wanted = {name for each in found for name in _names(each.record)}
    beginnings = files.places
    for batch, places in files.batches():
        own = {identifier_of(each) for each in batch if isinstance(each, _LARGE)}
        told += (
            attrs.evolve(each, position=_place(each.record, places))
            for each in (found_in((*small, *batch)) if batch else ())
            if not own.isdisjoint(_names(each.record))
        )
        beginnings |= {name: places[name] for name in wanted & places.keys()}
    told += (
        attrs.evolve(each, position=_place(each.record, beginnings))
        for each in found
        if not files.tops.isdisjoint(_names(each.record))
    )
    kept = (
        each
        for each in told
        if not lost.explains(each, by_code[each.code].reads, of_value=by_code[each.code].of_values)
    )
    records = report.records - len(Corpus.of(*_others(files, base)))
    return reported(kept, chosen, waivers, records, tuple(truncate(problems)))


def _ignore(problem: Finding) -> None:
    """What was told when the files were read for the first time."""


def _with_known(files: _Files, known: Corpus) -> Iterator[Record]:
    """The records of the files, and those known of which the files hold no other."""
    yield from files.all()
    yield from _others(files, known)


def _others(files: _Files, known: Corpus) -> Iterator[Any]:
    """The records known besides those of the files."""
    return (each for each in known.top if each.id not in files.tops)


def _small(corpus: Corpus) -> Iterator[Any]:
    yield from corpus.vocabularies
    yield from corpus.groups
    yield from corpus.all_entities
    yield from corpus.sessions


def _names(record: str) -> set[str]:
    """The identifier of a record, and those of all that hold it."""
    names = {record}
    while record := owner_of(record):
        names.add(record)
    return names


def _place(record: str, places: dict[str, Position]) -> Position:
    """Where a record begins, or the nearest that holds it."""
    while record:
        if record in places:
            return places[record]
        record = owner_of(record)
    return Position("")
