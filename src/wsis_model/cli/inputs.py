"""What the command line reads: files and folders, with each other and with the shipped catalogue."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

from ..errors import Finding, LoadError, Position, UnknownFormat
from .console import progress, received

if TYPE_CHECKING:
    from ..corpus import Corpus
    from ..formats import Unknown
    from ..loading import Partial
    from ..model import Document, Record

__all__ = ["join", "joined", "read"]


def read(
    paths: Iterable[str], unknown: Unknown, say: Callable[[str], None], stdin: str | None = None
) -> tuple[list[Partial], list[Finding]]:
    """What the files and folders hold, and everything that is wrong with any of them; `-` is
    standard input, in the format *stdin*.
    """
    from ..loading import salvage

    given = tuple(paths)
    parts: list[Partial] = []
    problems: list[Finding] = []
    for number, path in enumerate(given, 1):
        say(f"reading {number} of {len(given)} files")
        if path == "-" and stdin is None:
            hint = "say --from yaml"
            problems.append(
                Finding(
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
            problems.append(Finding("unreadable", str(error), Position(path)))
        else:
            parts.append(part)
            problems += part.problems
    return parts, problems


def join(parts: Iterable[Corpus], *, alone: bool = False) -> tuple[Corpus, list[Finding]]:
    """The files with each other and with the shipped catalogue, and the records that differ under
    one identifier.
    """
    import attrs

    from .. import corpus
    from .._catalogue import catalogue

    whole = held = corpus.Corpus() if alone else catalogue()
    problems: list[Finding] = []
    for part in parts:
        texts = [each for each in part.documents if _completes(each, held.get(each.id))]
        rest = attrs.evolve(part, documents=[each for each in part.documents if each not in texts])
        held, clashes = corpus.join((held, rest))
        problems += [each.finding() for each in clashes]
        if not clashes:
            whole, _ = corpus.join((whole, rest))
            # What completes a document of the catalogue stands in the file.
            origins = {each.id: part.origins[each.id] for each in texts if each.id in part.origins}
            whole = attrs.evolve(whole, origins={**origins, **whole.origins}).with_text(texts)
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
