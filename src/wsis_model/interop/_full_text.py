"""Full-text search over the records of a corpus, in SQLite's own index (FTS5)."""

from __future__ import annotations

import contextlib
import functools
import os
import re
import sqlite3
from collections import defaultdict
from collections.abc import Collection, Generator, Iterable, Iterator
from pathlib import Path
from typing import Any, cast

import attrs

from ..corpus import Corpus
from ..errors import LoadError, Position, WsisModelError, excerpt
from ..formats.tables.columns import known_columns
from ..model import Concept, Document, Entity, Record, Source, StakeholderGroup, cite
from ..model.fields import Field, shape_of
from ..model.kinds import KIND_OF, KINDS, LISTS
from ..model.record import identifier_of

__all__ = ["Hit", "NoFullText", "add_index", "index", "opened", "search", "title_of"]

TABLE = "search"
"""The table of the index."""
#: Its columns that are searched, each with the weight of a word found there.
WEIGHTS = {"title": 12.0, "names": 8.0, "text": 4.0, "themes": 4.0, "related": 1.0}
WORDS, LENGTH = 64, 10_000
"""So many words of a question count, and so many characters."""
EXCERPT = 24
"""So many words of a text are shown."""
#: Fields whose texts name a record besides its title; the others say something.
_NAMING = frozenset(("acronym", "aliases", "code", "kind", "number", "symbol"))
#: Words that stand in every question and tell nothing of what is asked for.
_EMPTY_WORDS = frozenset((
    "a", "about", "an", "and", "any", "are", "as", "at", "be", "been", "by", "can", "do", "does",
    "for", "from", "had", "has", "have", "how", "i", "in", "is", "it", "its", "me", "my", "of",
    "on", "or", "our", "shall", "should", "so", "than", "that", "the", "their", "them", "there",
    "these", "they", "this", "those", "to", "was", "we", "were", "what", "when", "where", "which",
    "who", "whom", "whose", "why", "will", "with", "would", "you", "your",
))  # fmt: skip
#: A word with what may stand inside one ("9.c", "e-health", "l'accès"); marks of FTS5's language
#: are outside.
_WORD = re.compile(r"[^\W_](?:[^\s\"*^(){}\[\]:;,+|<>/\\\x00-\x1f]*[^\W_])?")
#: Scripts without spaces between words are indexed sign by sign.
_SIGN = (
    "[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]"
)
_BETWEEN_SIGNS = re.compile(f"(?<={_SIGN})(?={_SIGN})")
_GAP = "\u200b"
"""Parts words and is not seen: a space without width."""
_KIND_NAMES = tuple(kind.name for kind in KINDS)


@attrs.frozen(slots=False, auto_exc=False)
class NoFullText(WsisModelError, RuntimeError):
    """There is no index to search: the SQLite of this Python was built without FTS5, or the
    database has none.
    """

    database: str = ""
    """The database; empty where it is SQLite that lacks it."""

    def _sentence(self) -> str:
        if self.database:
            return f"{excerpt(self.database)} has no full-text index; save the corpus again"
        return "the SQLite of this Python was built without full-text search (FTS5)"


@attrs.frozen
class Hit:
    """A record that a search found."""

    record: str
    """Its identifier, e.g. `"80-173/26"`."""
    kind: str
    """The kind of record, e.g. `"provision"`."""
    title: str
    """What it is called; of a provision or mandate, how it is cited."""
    excerpt: str
    """The part of its own text in which the words stand, or the beginning of it; empty where it has
    none besides its title."""
    score: float
    """How well it fits: the more, the better; comparable within one search only."""


# --- writing --------------------------------------------------------------------------------------


def index(corpus: Corpus, *, context: Corpus | None = None) -> sqlite3.Connection:
    """A database in memory with the full-text index of a corpus, for
    [`search`][wsis_model.interop.sqlite.search].

    It may be read from any thread, and refuses to be written to. Close it when it is not needed any
    more.

    Args:
        corpus: The records: all with an identifier are found.
        context: Where the names of what they refer to are looked up; without it, among themselves.

    Raises:
        NoFullText: The SQLite of this Python was built without FTS5.

    Examples:
        >>> from wsis_model import catalogue
        >>> connection = index(catalogue())
        >>> [hit.record for hit in search(connection, "splinternet", limit=1)]
        ['themes/fragmentation']
        >>> connection.close()
    """
    connection = sqlite3.connect(":memory:", check_same_thread=False)
    try:
        if not add_index(connection, corpus, corpus if context is None else context):
            raise NoFullText
        connection.commit()
        connection.execute("PRAGMA query_only = ON")
    except BaseException:
        connection.close()
        raise
    return connection


def add_index(connection: sqlite3.Connection, corpus: Corpus, context: Corpus) -> bool:
    """Add the index to a database; False where SQLite was built without FTS5."""
    columns = ", ".join(("record UNINDEXED", "kind UNINDEXED", *WEIGHTS))
    options = 'tokenize = "porter unicode61 remove_diacritics 2", detail = full'
    try:
        connection.execute(f"CREATE VIRTUAL TABLE {TABLE} USING fts5({columns}, {options})")
    except sqlite3.OperationalError as error:
        if "fts5" not in str(error):
            raise
        return False
    weights = ", ".join(map(str, (0.0, 0.0, *WEIGHTS.values())))
    connection.execute(
        f"INSERT INTO {TABLE}({TABLE}, rank) VALUES ('rank', 'bm25({weights})')"  # noqa: S608
    )
    marks = ", ".join("?" * (2 + len(WEIGHTS)))
    connection.executemany(f"INSERT INTO {TABLE} VALUES ({marks})", _rows(corpus, context))  # noqa: S608
    connection.execute(f"INSERT INTO {TABLE}({TABLE}) VALUES ('optimize')")  # noqa: S608
    return True


def _rows(corpus: Corpus, context: Corpus) -> Iterator[tuple[str, ...]]:
    """A row for each record with an identifier, in the order of the corpus."""
    about: defaultdict[str, dict[str, None]] = defaultdict(dict)
    named: defaultdict[str, dict[str, None]] = defaultdict(dict)
    for each in corpus.references():
        aligned = each.path[0] == "alignments" and each.path[-1] == "concept"
        (about if aligned else named)[each.source][each.target] = None

    @functools.cache
    def names(identifier: str) -> str:
        return " ; ".join(_names(context.get(identifier)))

    for identifier, record in corpus.items():
        themes = about[identifier]
        if "alignments" not in type(record).model_fields:
            for holder in corpus.ancestors(identifier):  # a mandate is about what its provision is
                themes = themes | about[holder.id]
        others = named[identifier]
        columns = (
            title_of(record),
            "\n".join(dict.fromkeys(_texts(record, naming=True))),
            "\n".join(dict.fromkeys(_texts(record, naming=False))),
            "\n".join(filter(None, map(names, themes))),
            "\n".join(filter(None, map(names, others))),
        )
        yield identifier, KIND_OF[type(record)], *map(_parted, columns)


def _parted(text: str) -> str:
    text = text.replace("\0", " ")  # FTS5 shows no text behind it
    return _BETWEEN_SIGNS.sub(_GAP, text)


@functools.cache
def _title_field(record: type[Record]) -> Field | None:
    """The field with what records of a class are called: the text that each must have."""
    return next(
        (
            field
            for field in shape_of(record)
            if field.what == "translations" and record.model_fields[field.name].is_required()
        ),
        None,
    )


def title_of(record: Record) -> str:
    """What a record is called; of a provision or mandate, how it is cited."""
    field = _title_field(type(record))
    title = cite(identifier_of(record)) if field is None else str(getattr(record, field.name))
    acronym = record.acronym if isinstance(record, Entity) else None
    return f"{title} ({acronym})" if acronym else title


@functools.cache
def _text_fields(record: type[Record]) -> tuple[Field, ...]:
    """The fields with free text, and those with parts that have no identifier of their own."""
    known = known_columns(record)
    return tuple(
        field
        for field in shape_of(record)
        if field.name not in LISTS.get(record, ())
        and (field.record is not Source if field.record else known[field.key].free)
    )


def _texts(record: Record, *, naming: bool) -> Iterator[str]:
    """The texts of a record: its names besides the title that is shown, or what it says."""
    title = _title_field(type(record))
    for field in _text_fields(type(record)):
        value = getattr(record, field.name)
        if field.record is not None:
            parts = value if field.what == "records" else filter(None, (value,))
            yield from () if naming else _all_texts(parts)
        elif naming == (field is title or field.name in _NAMING):
            shown = str(value) if field is title else None
            yield from (text for text in _texts_in(field, value) if text != shown)


def _all_texts(parts: Iterable[Record]) -> Iterator[str]:
    """The texts of parts that have no identifier."""
    for part in parts:
        for naming in (True, False):
            yield from _texts(part, naming=naming)


def _texts_in(field: Field, value: Any) -> Iterable[str]:
    match field.what:
        case "values":
            return cast("tuple[str, ...]", value)
        case "translations":
            return cast("dict[str, str]", value).values()
        case _:
            return () if value is None else (cast(str, value),)


def _names(record: Record | None) -> Iterable[str]:
    """How people call what a record names."""
    match record:
        case Concept() | StakeholderGroup():
            return (*record.label.values(), *record.aliases)
        case Entity():
            return (*record.name.values(), *filter(None, (record.acronym,)), *record.aliases)
        case Document():
            return (*record.title.values(), *filter(None, (record.symbol,)))
        case None:
            return ()
        case _:
            field = _title_field(type(record))
            return () if field is None else getattr(record, field.name).values()


# --- reading --------------------------------------------------------------------------------------


def expression(question: str) -> str:
    """A question in people's words as an expression of FTS5, which finds what has any of the words;
    empty where there is none.

    Whatever is written, it is never an error of syntax: each word is quoted, and operators are
    words.

    Args:
        question: What is looked for; 64 words of it count, those that tell nothing left out.

    Examples:
        >>> expression('Who pays for "e-health" OR broadband?')
        '"pays" OR "e-health" OR "broadband"'
        >>> expression("*) NEAR(")
        '"NEAR"'
    """
    plain = question[:LENGTH].encode("utf-8", "ignore").decode()  # without halves of pairs
    words = dict.fromkeys(each[0] for each in _WORD.finditer(plain))
    telling = [each for each in words if each.lower() not in _EMPTY_WORDS] or list(words)
    return " OR ".join(f'"{_parted(each)}"' for each in telling[:WORDS])


def search(
    source: sqlite3.Connection | str | os.PathLike[str],
    question: str,
    *,
    kinds: Collection[str] | None = None,
    limit: int = 20,
) -> tuple[Hit, ...]:
    """The records in which words of a question stand, the best first.

    A record need not have all of the words. It is found by its title and its texts, in every
    language that they are in; by the labels and aliases of the themes, Action Lines and other
    concepts that it is about (a mandate by those of its provision); and by the names of whom and
    what it names. Forms of English words are one ("schools", "school"); accents and case do not
    count.

    Args:
        source: A connection that [`index`][wsis_model.interop.sqlite.index] gave; or a database
            that [`save`][wsis_model.interop.sqlite.save] wrote, or a connection to one.
        question: What is looked for, in people's words.
        kinds: Only records of these kinds, e.g. `("provision", "mandate")`; None for all.
        limit: At most this many.

    Raises:
        NoFullText: The database has no index.
        LoadError: The file cannot be read, or is no database.
        ValueError: There is no such kind, or the limit is less than 1.

    Examples:
        >>> from wsis_model import catalogue
        >>> connection = index(catalogue())
        >>> hits = search(connection, "who pays for broadband?", kinds=["mandate"], limit=3)
        >>> len(hits), hits[0].kind
        (3, 'mandate')
        >>> connection.close()
    """
    if unknown := [each for each in kinds or () if each not in _KIND_NAMES]:
        msg = f"no kind of record is called {excerpt(unknown[0])}; there are {_listed()}"
        raise ValueError(msg)
    if limit < 1:
        msg = f"a limit is at least 1, not {limit}"
        raise ValueError(msg)
    if isinstance(source, sqlite3.Connection):
        return _search(source, question, kinds, limit, "the database")
    with opened(Path(source)) as connection:
        return _search(connection, question, kinds, limit, str(source))


def _listed() -> str:
    return ", ".join(_KIND_NAMES)


def _search(
    connection: sqlite3.Connection,
    question: str,
    kinds: Collection[str] | None,
    limit: int,
    name: str,
) -> tuple[Hit, ...]:
    wanted = expression(question)
    if not wanted:
        return ()
    only = "" if kinds is None else f"AND kind IN ({', '.join('?' * len(kinds))})"
    text = 2 + list(WEIGHTS).index("text")
    query = (
        f"SELECT record, kind, title, snippet({TABLE}, {text}, '', '', '…', {EXCERPT}), rank "  # noqa: S608
        f"FROM {TABLE} WHERE {TABLE} MATCH ? {only} ORDER BY rank, rowid LIMIT ?"
    )
    try:
        found = connection.execute(query, (wanted, *(kinds or ()), min(limit, 2**31)))
        return tuple(
            Hit(record, kind, _joined(title), " ".join(_joined(part).split()), -rank)
            for record, kind, title, part, rank in found
        )
    except sqlite3.OperationalError as error:
        if "no such" in str(error):
            raise NoFullText(name) from None
        raise


def _joined(text: object) -> str:
    """A text as it was; in a damaged database there may be none."""
    return "" if text is None else str(text).replace(_GAP, "")


@contextlib.contextmanager
def opened(path: Path) -> Generator[sqlite3.Connection]:
    """A database on disk, open for reading only.

    Raises:
        LoadError: It cannot be read, or is no database.
    """
    place = Position(excerpt(str(path), 300).strip("'"))
    try:
        with path.open("rb") as stream:
            head = stream.read(16)
    except (OSError, ValueError) as error:  # ValueError: a null character in the name
        reason = getattr(error, "strerror", None) or error
        raise LoadError.of(place, "unreadable", f"cannot be read: {reason}") from None
    if head != b"SQLite format 3\0":
        raise LoadError.of(place, "sqlite", "the file is no SQLite database")
    with contextlib.closing(
        sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)
    ) as connection:
        try:
            yield connection
        except sqlite3.DatabaseError as error:
            message = f"the database is damaged: {excerpt(str(error), 200)}"
            raise LoadError.of(place, "sqlite", message) from None
