"""What the records in tables are called: enough of each to find near misses among them."""

from __future__ import annotations

import functools
from typing import Any, cast

import attrs

from ..checks.references import Named, near_in
from ..corpus import Reference
from ..model import Provision, Record, Translations, Vocabulary
from ..model.kinds import KINDS
from ..names.index import Index
from ._tables import Row, Tables, in_order, nw, rows_of

__all__ = ["HINTED", "HeldInTables"]

HINTED = 1000
"""So many targets that are not there get a near miss, at most."""
FEW = 50_000
"""Up to so many identifiers, all are looked through; of more, those of whole records and concepts,
and those in the records that the missing ones would belong to."""
_CLASSES = {kind.name: kind.record for kind in KINDS}
_NAMELESS = {name: record.model_construct(id="") for name, record in _CLASSES.items()}
_FIELDS = {kind.name: kind.field for kind in KINDS}
#: What names records in people's texts, besides their identifiers, by kind.
_CALLED: dict[str, tuple[str, ...]] = {
    "document": ("symbol", "title"),
    "concept": ("label", "aliases"),
    "group": ("label", "aliases"),
    "entity": ("acronym", "name", "aliases"),
    "session": ("body", "number", "title"),
    "roadmap": ("title",),
}
_NOTHING: dict[str, Any] = {
    **dict.fromkeys(("title", "label", "name"), Translations()),
    "aliases": (),
}


@attrs.frozen(eq=False)
class HeldInTables:
    """What tables hold, as the sentences about references ask for it."""

    tables: Tables
    missing: tuple[Named, ...] = attrs.field(converter=tuple[Named, ...])
    """The targets that are asked about."""

    def __len__(self) -> int:
        return len(self.names.records)

    def kind(self, identifier: str) -> str:
        """The kind of a record."""
        return self.tables.kinds_of((identifier,))[identifier]

    def last_number(self, document: str) -> str | None:
        """The number of the last paragraph of a document."""
        if document not in self._documents:
            return None
        last = self._last.get(document)
        return str(last["number"]) if last else ""

    def near(self, place: Reference) -> tuple[tuple[str, ...], str | None]:
        """What a missing target may mean."""
        if place.target not in self._hinted:
            return (), None
        return near_in(self.names, place)

    @functools.cached_property
    def _hinted(self) -> frozenset[str]:
        return frozenset(each.place.target for each in self.missing[:HINTED])

    @functools.cached_property
    def _heads(self) -> list[str]:
        """The records that the missing ones would belong to."""
        targets = (each.place.target.partition("/") for each in self.missing)
        return sorted({head for head, slash, _ in targets if slash})

    @functools.cached_property
    def _documents(self) -> frozenset[str]:
        """Those of them that are documents, and held."""
        return frozenset(row["id"] for row in self._where("documents", "id", ("id",)))

    @functools.cached_property
    def _last(self) -> dict[str, Row]:
        """The last paragraph of each of these documents."""
        return self._last_of(None if len(self._heads) > HINTED else self._heads)

    def _where(self, table: str, column: str, columns: tuple[str, ...]) -> list[Row]:
        """The rows of a table that have one of the heads in a column."""
        if not self._heads:
            return []
        frame = self.tables[table].select(*columns)
        if len(self._heads) <= HINTED:
            return rows_of(frame.filter(nw.col(column).is_in(self._heads)))
        heads = frozenset(self._heads)
        return [row for row in rows_of(frame) if row[column] in heads]

    def _last_of(self, documents: list[str] | None) -> dict[str, Row]:
        """The last paragraph of some documents, or of all."""
        columns = ("id", "belongs_to", "position", "number")
        provisions = self.tables["provisions"].select(*columns)
        if documents is not None:
            provisions = provisions.filter(nw.col("belongs_to").is_in(documents))
        last = provisions.group_by("belongs_to").agg(nw.col("position").max())
        joined = provisions.join(last, ["belongs_to", "position"], "semi")
        return {row["belongs_to"]: row for row in rows_of(joined)}

    # --- the names ----------------------------------------------------------------------------

    @functools.cached_property
    def names(self) -> Index:
        """The names among which near misses are looked for."""
        rows, whole = self._listed()
        records: dict[str, Record] = {}
        named = self._named({row["kind"] for row in rows} if whole else set())
        for row in rows:
            kind, identifier = row["kind"], row["id"]
            if kind in _CALLED:
                made = named.get((kind, identifier)) or _made(kind, identifier, {})
            else:  # one stands for all that are called by nothing but their identifiers
                made = named.get((kind, identifier)) or _NAMELESS[kind]
            records[identifier] = made
        return Index(records)

    def _listed(self) -> tuple[list[Row], bool]:
        """The identifiers to look through, in the order of a corpus, and whether all whole records
        are among them.
        """
        tables, col = self.tables, nw.col
        identifiers = tables["identifiers"]
        whole = True
        if tables.count > FEW:
            broad = (col("depth") == 0) | (col("kind") == "concept")
            (row,) = rows_of(identifiers.filter(broad).select(nw.len().alias("count")))
            whole = row["count"] <= FEW
            near = col("top").is_in(self._heads[:HINTED])
            identifiers = identifiers.filter(broad | near if whole else near)
        rows = sorted(rows_of(identifiers.select("n", "id", "kind", "depth", "top")), key=in_order)
        firsts = {identifier: row["n"] for identifier, row in tables.firsts.items()}
        return [row for row in rows if firsts.get(row["id"], row["n"]) == row["n"]], whole

    def _named(self, kinds: set[str]) -> dict[tuple[str, str], Record]:
        """The records of these kinds that people call by names."""
        found: dict[tuple[str, str], Record] = {}
        concepts: dict[str, list[Record]] = {}
        last = self._last_of(None) if "document" in kinds else {}
        for kind, columns in _CALLED.items():
            if kind not in kinds:
                continue
            frame = self.tables[_FIELDS[kind]].select("id", "belongs_to", "position", *columns)
            rows = rows_of(frame)
            rows.sort(key=lambda row: (row["belongs_to"] or "", row["position"]))
            for row in rows:
                end = last.get(row["id"]) if kind == "document" else None
                parts = {"provisions": (Provision.model_construct(id=end["id"]),)} if end else {}
                record = _made(kind, row["id"], row, **parts)
                found.setdefault((kind, row["id"]), record)
                if kind == "concept":
                    concepts.setdefault(row["belongs_to"], []).append(record)
        for name, members in concepts.items():
            made = Vocabulary.model_construct(id=name, concepts=tuple(members))
            found["vocabulary", name] = made
        return found


def _made(kind: str, identifier: str, row: Row, **others: Any) -> Record:
    """A record with its names, as far as a row has them."""
    names = {name: _plain(row.get(name)) or _NOTHING.get(name) for name in _CALLED.get(kind, ())}
    return _CLASSES[kind].model_construct(id=identifier, **names, **others)


def _plain(value: Any) -> Any:
    """A value of a column as a record has it. Translations come as a mapping, or a list of pairs,
    and so do the texts of a list.
    """
    if not _is_list(value):
        return value
    pairs = [_pair(each) for each in value]
    if pairs and all(isinstance(each, tuple) for each in pairs):
        return Translations(pairs)
    return tuple(pairs)


def _is_list(value: object) -> bool:
    return isinstance(value, list)


def _pair(value: Any) -> Any:
    """A pair of a mapping, however the engine gives it; any other value as it is."""
    return tuple(cast("Row", value).values()) if isinstance(value, dict) else value
