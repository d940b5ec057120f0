"""Files and folders that commands read, joined with the shipped catalogue."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

from ..errors import Finding, LoadError, Position, UnknownFormat
from .console import progress, read_stdin

if TYPE_CHECKING:
    from ..checks import Report
    from ..corpus import Corpus
    from ..formats import Unknown
    from ..loading import Partial
    from ..model import Document, Record

__all__ = ["join", "load_all", "only_own_records", "read"]


def read(
    paths: Iterable[str],
    unknown: Unknown,
    show_progress: Callable[[str], None],
    stdin: str | None = None,
) -> tuple[list[Partial], list[Finding]]:
    """The contents of files and folders, and all problems in them; `-` is standard input, in the
    format *stdin*.
    """
    from ..loading import salvage

    names = tuple(paths)
    parts: list[Partial] = []
    problems: list[Finding] = []
    for number, path in enumerate(names, 1):
        show_progress(f"reading {number} of {len(names)} files")
        if path == "-" and stdin is None:
            hint = "say --from yaml"
            problems.append(
                Finding(
                    "unreadable",
                    "standard input has no name that shows a format",
                    Position("<stdin>"),
                    hint=hint,
                )
            )
            continue
        try:
            if path == "-":
                part = salvage(read_stdin(), format=stdin, name="<stdin>", unknown=unknown)
            else:
                part = salvage(path, unknown=unknown)
        except UnknownFormat as error:
            problems.append(Finding("unreadable", str(error), Position(path)))
        else:
            parts.append(part)
            problems += part.problems
    return parts, problems


def join(parts: Iterable[Corpus], *, alone: bool = False) -> tuple[Corpus, list[Finding]]:
    """The files joined with each other and with the shipped catalogue, and different records with
    the same identifier.
    """
    import attrs

    from .. import corpus
    from .._catalogue import catalogue

    whole = known = corpus.Corpus() if alone else catalogue()
    problems: list[Finding] = []
    for part in parts:
        texts = [each for each in part.documents if _completes(each, known.get(each.id))]
        rest = attrs.evolve(part, documents=[each for each in part.documents if each not in texts])
        known, clashes = corpus.join((known, rest))
        problems += [each.finding() for each in clashes]
        if not clashes:
            whole, _ = corpus.join((whole, rest))
            # The positions of a completed document are those in the file.
            origins = {each.id: part.origins[each.id] for each in texts if each.id in part.origins}
            whole = attrs.evolve(whole, origins={**origins, **whole.origins}).with_text(texts)
    return whole, problems


def _completes(document: Document, known: Record | None) -> bool:
    """Whether a document completes the one in the catalogue: with official text for our summaries,
    or with provisions if we have none.
    """
    from ..model import Document

    if not isinstance(known, Document):
        return False
    return not known.provisions or not any(
        provision.summary or provision.mandates for provision in document.provisions
    )


def load_all(paths: Iterable[str], unknown: Unknown = "forbid") -> Corpus:
    """The files and folders, joined with the shipped catalogue.

    Raises:
        LoadError: There are problems in any of them.
    """
    with progress() as show_progress:
        parts, problems = read(paths, unknown, show_progress)
        corpus, clashes = join([part.corpus for part in parts])
    if problems or clashes:
        raise LoadError((*problems, *clashes))
    return corpus


def only_own_records(report: Report, parts: Iterable[Corpus], problems: int) -> Report:
    """The report without findings about the catalogue, which the reader cannot correct. Its first
    findings are *problems* of reading.
    """
    import attrs

    from ..checks import UNUSED_WAIVER

    given = {identifier for part in parts for identifier in part}
    findings = tuple(
        each
        for number, each in enumerate(report.findings)
        if number < problems or each.record in given or each.code == UNUSED_WAIVER.code
    )
    waived = tuple(each for each in report.waived if each.finding.record in given)
    return attrs.evolve(report, findings=findings, waived=waived, records=len(given))
