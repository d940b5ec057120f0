"""What the command line reads: files and folders, with each other and with the shipped catalogue."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

from ..errors import LoadError, Position, Problem, UnknownFormat, excerpt
from .console import progress, received

if TYPE_CHECKING:
    from ..corpus import Corpus
    from ..formats import Unknown
    from ..loading import Salvaged
    from ..model import Document, Record

__all__ = ["join", "joined", "read"]


def read(
    paths: Iterable[str], unknown: Unknown, say: Callable[[str], None], stdin: str | None = None
) -> tuple[list[Salvaged], list[Problem]]:
    """What the files and folders hold, and everything that is wrong with any of them; `-` is
    standard input, in the format *stdin*.
    """
    from ..loading import salvage

    given = tuple(paths)
    parts: list[Salvaged] = []
    problems: list[Problem] = []
    for number, path in enumerate(given, 1):
        say(f"reading {number} of {len(given)} files")
        if path == "-" and stdin is None:
            hint = "say --from yaml"
            problems.append(
                Problem(
                    "unreadable",
                    "standard input has no name to tell a format",
                    Position("<stdin>"),
                    hint=hint,
                )
            )
            continue
        try:
            if path == "-":
                part = salvage(received(), format=stdin, name="<stdin>", unknown=unknown)
            else:
                part = salvage(path, unknown=unknown)
        except UnknownFormat as error:
            problems.append(Problem("unreadable", str(error), Position(path)))
        else:
            parts.append(part)
            problems += part.problems
    return parts, problems


def join(parts: Iterable[Corpus], *, alone: bool = False) -> tuple[Corpus, list[Problem]]:
    """The files with each other and with the shipped catalogue, and the records that differ under
    one identifier.
    """
    import attrs

    from .._catalogue import catalogue
    from ..corpus import Corpus

    whole = Corpus() if alone else catalogue()
    held: dict[str, Record] = {record.id: record for record in whole.top}
    problems: list[Problem] = []
    for part in parts:
        texts = [
            document for document in part.documents if _completes(document, held.get(document.id))
        ]
        rest = [record for record in part.top if record not in texts]
        clashes = [record.id for record in rest if held.setdefault(record.id, record) != record]
        problems += [_clash(part, identifier, held[identifier], whole) for identifier in clashes]
        if not clashes:
            whole = (
                whole
                | attrs.evolve(
                    part, documents=[each for each in part.documents if each not in texts]
                )
            ).with_text(texts)
    return whole, problems


def _completes(document: Document, held: Record | None) -> bool:
    """Whether a document completes the one that is held: official text for what we say of it, or
    provisions where we have none.
    """
    from ..model import Document

    if not isinstance(held, Document):
        return False
    return not held.provisions or not any(
        provision.summary or provision.mandates for provision in document.provisions
    )


def _clash(part: Corpus, identifier: str, other: Record, whole: Corpus) -> Problem:
    place = whole.position(identifier, ("id",)) or "the shipped catalogue"
    message = f"{excerpt(identifier)} is claimed by another {type(other).__name__} in {place}"
    return Problem(
        "duplicate-record",
        message,
        part.position(identifier, ("id",)) or Position(identifier),
        "id",
        "give it another identifier",
    )


def joined(paths: Iterable[str], unknown: Unknown = "forbid") -> Corpus:
    """The files and folders, joined with the shipped catalogue.

    Raises:
        LoadError: Something is wrong with any of them.
    """
    with progress() as say:
        parts, problems = read(paths, unknown, say)
        corpus, clashes = join([part.corpus for part in parts])
    if problems or clashes:
        raise LoadError((*problems, *clashes))
    return corpus
