"""The commands for road maps: coverage, calendar, watch, mandates, progress, workload,
joint, history, gaps, stocktaking, diff.
"""

from __future__ import annotations

import argparse
import datetime
import shutil
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ..errors import AmbiguousName, UnknownIdentifier, excerpt
from ..tables import json_text
from .console import (
    Source,
    Target,
    Unusable,
    is_terminal,
    print_errors,
    write,
    write_text,
)
from .inputs import load_all

if TYPE_CHECKING:
    from ..corpus import Corpus
    from ..diff import Difference
    from ..model import Document, Roadmap
    from ..tables import Table

__all__ = [
    "SHOWN",
    "Command",
    "Run",
    "add_as_of",
    "add_commands",
    "add_force",
    "add_guard_formulas",
    "add_of_roadmap",
    "add_output",
    "add_paths",
    "day",
    "roadmap_of",
    "suffix_of",
]

TABLE_FORMATS = ("text", "csv", "json", "markdown")
SHOWN = 4
"""How many names a message lists."""

Run = Callable[[argparse.Namespace], int | None]
"""Runs a command; gives the exit code, or None for 0."""
Command = Callable[[str, Run, str], argparse.ArgumentParser]
"""Adds a command: its name, what runs it, and what it does in a sentence."""


def day(text: str) -> datetime.date:
    """A day in an argument."""
    try:
        if text == "today":
            return datetime.date.today()  # noqa: DTZ011 - where the reader is
        return datetime.date.fromisoformat(text)
    except ValueError:
        msg = f"{excerpt(text)} is not a day; write YYYY-MM-DD or today"
        raise argparse.ArgumentTypeError(msg) from None


def suffix_of(options: argparse.Namespace) -> str | None:
    """The suffix of the output file; None if there is none."""
    target: Target | None = options.output
    return None if target is None or target.is_stdout else target.path.suffix


# --- tables ---------------------------------------------------------------------------------------


def _width(options: argparse.Namespace) -> int | None:
    """The columns of the terminal; None if the output does not go to one."""
    on_terminal = options.output.is_stdout and is_terminal(sys.stdout)
    return shutil.get_terminal_size().columns if on_terminal else None


def _rendered(table: Table[Any], options: argparse.Namespace) -> str:
    if options.format == "text":
        return table.to_text(_width(options))
    if options.format == "csv":
        return table.to_csv(guard_formulas=options.guard_formulas)
    return {"json": table.to_json, "markdown": table.to_markdown}[options.format]()


def _coverage(options: argparse.Namespace) -> None:
    from ..analysis import coverage

    corpus = load_all(options.paths)
    found = coverage(
        corpus,
        roadmap=_chosen(corpus, options),
        document=None if options.document == "all" else options.document,
    )
    if options.of is not None:
        write_text(_rendered(getattr(found, options.of.replace("-", "_")), options), options)
    elif options.format == "json":
        write_text(json_text(found.to_dict()), options)
    elif options.format == "text":
        write_text(found.to_text(_width(options)), options)
    else:
        write_text(_rendered(found.summary, options), options)


def _calendar(options: argparse.Namespace) -> None:
    from ..analysis import calendar, to_ical

    corpus = load_all(options.paths)
    entries = calendar(
        corpus,
        document=options.document,
        roadmap=_chosen(corpus, options),
        actor=options.actor,
        reporting_lines=options.reporting_lines,
        session=options.session,
        start=options.since,
        horizon=options.until,
    )
    if not entries:
        print_errors(
            "wsis-model: nothing falls due here; what has no date, session or recurrence is in no "
            "calendar"
        )
    if options.format != "ics":
        write_text(_rendered(entries, options), options)
    else:
        write(to_ical(entries, corpus), options)


def _watch(options: argparse.Namespace) -> None:
    from ..analysis import watch

    corpus = load_all(options.paths)
    first, last = options.days
    found = watch(
        corpus,
        first,
        last,
        actor=options.actor,
        document=options.document,
        roadmap=_chosen(corpus, options),
    )
    write_text(_rendered(found, options), options)


def _days(text: str) -> tuple[datetime.date, datetime.date]:
    """Two days in an argument, or all days of a year or month."""
    from ..model.record import first_day, last_day

    one, dots, other = text.partition("..")
    try:
        first, last = first_day(one), last_day(other if dots else one)
    except ValueError:
        first, last = datetime.date.max, datetime.date.min
    if last < first:
        msg = f"{excerpt(text)} is no span of days; write e.g. 2027-01-01..2027-06-30, or 2027"
        raise argparse.ArgumentTypeError(msg)
    return first, last


def _mandates(options: argparse.Namespace) -> None:
    from ..pages import actor_page

    corpus = load_all(options.paths)
    if options.format == "html":
        page = actor_page(corpus, options.actor, as_of=options.as_of, document=options.document)
        write_text(page.to_html(), options)
        return
    found = corpus.mandates(addressee=options.actor, document=options.document)
    write_text(_rendered(found, options), options)


def _progress(options: argparse.Namespace) -> None:
    from ..analysis import progress

    corpus = load_all(options.paths)
    found = progress(
        corpus, roadmap_of(corpus, options.paths, options.roadmap).id, as_of=options.as_of
    )
    if options.format == "json":
        write_text(json_text(found.to_dict()), options)
    elif options.format == "text":
        write_text(found.to_text(_width(options)), options)
    else:
        parts = (
            tuple(found.tables.values()) if options.format == "markdown" else (found.indicators,)
        )
        write_text("\n".join(_rendered(part, options) for part in parts), options)


def _workload(options: argparse.Namespace) -> None:
    from ..analysis import workload

    write_text(
        _rendered(workload(load_all(options.paths), options.actor, as_of=options.as_of), options),
        options,
    )


def _joint(options: argparse.Namespace) -> None:
    from ..analysis import joint
    from ..pages import joint_page

    corpus = load_all(options.paths)
    chosen = None
    if options.roadmap:
        chosen = [roadmap_of(corpus, options.paths, each).id for each in options.roadmap]
    if options.format in ("html", "markdown"):
        page = joint_page(corpus, chosen, as_of=options.as_of)
        write_text(page.to_html() if options.format == "html" else page.to_markdown(), options)
        return
    found = joint(corpus, chosen, as_of=options.as_of)
    text = (
        json_text(found.to_dict()) if options.format == "json" else found.to_text(_width(options))
    )
    write_text(text, options)


def _history(options: argparse.Namespace) -> None:
    from .._catalogue import catalogue
    from ..analysis import editions, history
    from ..loading import dumps, load

    found = [each for path in options.paths for each in load(path).roadmaps]
    if options.roadmap is not None:
        known = ", ".join(dict.fromkeys(each.id for each in found)) or "none"
        found = [each for each in found if each.id == options.roadmap]
        if not found:
            reason = f"no road map here is called {excerpt(options.roadmap)}; there is {known}"
            raise Unusable(paths=options.paths, reason=reason)
    try:
        all_of_them = editions(found)
    except ValueError as error:
        raise Unusable(paths=options.paths, reason=str(error)) from None
    if options.at is not None:
        data = dumps(all_of_them.as_of(options.at), "json" if options.format == "json" else "yaml")
        write(data, options)
        return
    answer = history(catalogue(), all_of_them, as_of=options.as_of)
    as_json = options.format == "json"
    write_text(json_text(answer.to_dict()) if as_json else answer.to_text(_width(options)), options)


def _gaps(options: argparse.Namespace) -> None:
    from ..analysis import checklist, gaps

    corpus = load_all(options.paths)
    found = gaps(corpus, _chosen(corpus, options), as_of=options.as_of)
    write_text(
        checklist(found) if options.format == "markdown" else _rendered(found, options),
        options,
    )


def roadmap_of(corpus: Corpus, paths: Sequence[str], identifier: str | None) -> Roadmap:
    """The given road map, or the only one.

    Raises:
        Unusable: The files hold none, or several and *identifier* is None.
    """
    if identifier is None and len(corpus.roadmaps) == 1:
        return corpus.roadmaps[0]
    if not corpus.roadmaps:
        raise Unusable(paths=paths, reason="there is no road map here")
    names = " or ".join(each.id for each in corpus.roadmaps[:SHOWN])
    if identifier is None:
        raise Unusable(
            paths=paths,
            reason=(
                f"there are {len(corpus.roadmaps)} road maps here; say which with --roadmap, e.g. "
                f"{names}"
            ),
        )
    try:
        return corpus.roadmap(identifier)
    except AmbiguousName as error:
        raise Unusable(paths=paths, reason=str(error)) from None
    except UnknownIdentifier:
        raise Unusable(
            paths=paths,
            reason=f"no road map here is called {excerpt(identifier)}; say e.g. {names}",
        ) from None


def _chosen(corpus: Corpus, options: argparse.Namespace) -> str | None:
    """The road map of the option, if it is given."""
    return (
        None if options.roadmap is None else roadmap_of(corpus, options.paths, options.roadmap).id
    )


# --- diff -----------------------------------------------------------------------------------------


def _diff(options: argparse.Namespace) -> None:
    from ..diff import difference

    compare: Callable[..., Difference] = difference  # `_pair` gives two of a kind
    found = compare(
        *_pair(options.before, options.after),
        names=_names(Path(options.before), Path(options.after)),
    )
    made: dict[str, Callable[[], str]] = {
        "text": found.__str__,
        "markdown": found.to_markdown,
        "html": found.to_page,
        "json": lambda: json_text(found.to_dict()),
    }
    write_text(made[options.format](), options)


def _names(before: Path, after: Path) -> tuple[str, str] | None:
    """The names of the two files, if both exist."""
    if not (before.exists() and after.exists()):
        return None
    return (before.name, after.name) if before.name != after.name else (str(before), str(after))


def _pair(before: str, after: str) -> tuple[Document | Roadmap, Document | Roadmap]:
    """The road maps of two files to compare, or else their documents; of several, those with the
    same identifier.

    Raises:
        Unusable: A file holds neither, the two hold different kinds, or it is not clear which
            records to compare.
    """
    (old, new), paths = (_contents(before), _contents(after)), (before, after)
    for one, other in zip(old, new, strict=True):
        if len(one) == 1 == len(other):
            return one[0], other[0]
        both = {each.id: each for each in other}
        shared = [(each, both[each.id]) for each in one if each.id in both]
        if len(shared) == 1:
            return shared[0]
        if one and other:
            raise Unusable(
                paths=paths,
                reason=(
                    "it is not clear which of several road maps or documents to compare; give "
                    "files with one each"
                ),
            )
    raise Unusable(
        paths=paths, reason="one holds a road map, the other a document; compare two of a kind"
    )


def _contents(path: str) -> tuple[tuple[Document | Roadmap, ...], tuple[Document | Roadmap, ...]]:
    """The road maps of a file, and its documents without annexes; a document of the catalogue if
    there is no such file.
    """
    from .._catalogue import catalogue
    from ..loading import load

    if not Path(path).exists():
        try:
            document = catalogue().document(path)
        except AmbiguousName as error:
            raise Unusable(paths=(path,), reason=str(error)) from None
        except UnknownIdentifier:
            raise Unusable(
                paths=(path,),
                reason="there is no such file, and no document of the catalogue is called so",
            ) from None
        if not document.provisions:
            raise Unusable(
                paths=(path,),
                reason=(
                    "the catalogue holds its particulars only; give a file of it (wsis-model "
                    "fetch gets official ones)"
                ),
            )
        return (), (document,)
    corpus = load(path)
    contents = {each.id for each in corpus.documents}
    documents = tuple(each for each in corpus.documents if each.annex_of not in contents)
    if not corpus.roadmaps and not documents:
        raise Unusable(paths=(path,), reason="there is no road map here, and no document")
    return corpus.roadmaps, documents


# --- stocktaking ----------------------------------------------------------------------------------


def _stocktaking(options: argparse.Namespace) -> None:
    from ..interop.stocktaking import sheet

    corpus = load_all(options.paths)
    roadmap = roadmap_of(corpus, options.paths, options.roadmap).id
    boxes = sheet(corpus, roadmap, category=options.category, as_of=options.as_of)
    write_text(_rendered(boxes, options), options)


# --- arguments ------------------------------------------------------------------------------------


def add_commands(command: Command) -> None:
    """Add the commands for road maps to the parser."""
    coverage = command(
        "coverage",
        _coverage,
        "Which mandates, Action Lines, SDG targets, commitments and groups road maps answer.",
    )
    _table(coverage)
    add_of_roadmap(coverage)
    coverage.add_argument(
        "--document",
        default="80-173",
        metavar="ID",
        help="whose mandates; all: of every document (80-173)",
    )
    coverage.add_argument(
        "--of",
        choices=("mandates", "action-lines", "sdg-targets", "commitments", "groups"),
        help="one table, whole, instead of the summary",
    )

    calendar = command(
        "calendar",
        _calendar,
        "Everything that is due: mandates and milestones, with all occurrences.",
    )
    _table(calendar, "ics")
    add_of_roadmap(calendar)
    calendar.add_argument("--document", metavar="ID", help="of this document only, e.g. 80-173")
    calendar.add_argument(
        "--actor", metavar="ACTOR", help="what is asked of this entity or group, or led by it"
    )
    calendar.add_argument(
        "--reporting-lines",
        action="store_true",
        help="with --actor: also what is asked of those it is part of or reports to",
    )
    calendar.add_argument(
        "--session", metavar="SESSION", help='what is due at this session, e.g. "CSTD 30"'
    )
    calendar.add_argument("--since", type=day, metavar="DATE", help="leave out what ended before")
    calendar.add_argument(
        "--until",
        type=day,
        default=datetime.date(2035, 12, 31),
        metavar="DATE",
        help="horizon (2035-12-31)",
    )

    watched = command(
        "watch", _watch, "What opens, falls due and closes between two days, in order of time."
    )
    watched.add_argument(
        "days", type=_days, metavar="DAY..DAY", help="e.g. 2027-01-01..2027-06-30, 2027-03 or 2027"
    )
    _table(watched)
    add_of_roadmap(watched)
    watched.add_argument("--document", metavar="ID", help="of this document only, e.g. 80-173")
    watched.add_argument(
        "--actor", metavar="ACTOR", help="what is asked of this entity or group, or led by it"
    )

    mandates = command(
        "mandates",
        _mandates,
        "What is asked of an entity or group; with the official text, where files have it.",
    )
    mandates.add_argument("actor", metavar="ACTOR", help='e.g. ITU or "technical community"')
    _table(mandates, "html")
    mandates.add_argument("--document", metavar="ID", help="of this document only, e.g. 80-173")
    add_as_of(mandates)

    progress = command(
        "progress",
        _progress,
        "How far a road map has come: indicators and their paths, milestones, objectives.",
    )
    _table(progress)
    add_of_roadmap(progress)
    add_as_of(progress)

    workload = command("workload", _workload, "What each entity leads, joins and must report.")
    _table(workload)
    workload.add_argument("--actor", metavar="ACTOR", help="this entity or group only")
    add_as_of(workload)

    joint = command(
        "joint",
        _joint,
        "Road maps beside each other: what is done twice, clashes, waits, and is left open.",
    )
    add_paths(joint, "the road maps' files, and others they refer to")
    joint.add_argument(
        "--format",
        choices=("text", "json", "html", "markdown"),
        default="text",
        help="how to write it: html and markdown are a page (text)",
    )
    joint.add_argument(
        "--roadmap",
        action="append",
        metavar="ID",
        help="compare this road map, several times for several; without it all of Action Lines",
    )
    add_as_of(joint)
    add_output(joint)

    past = command(
        "history",
        _history,
        "What slipped between editions of a road map, when, and who said so.",
    )
    add_paths(past, "the editions: files with one road map of the same identifier")
    add_of_roadmap(past)
    past.add_argument(
        "--format", choices=("text", "json"), default="text", help="how to write it (text)"
    )
    past.add_argument(
        "--at",
        type=day,
        metavar="DATE",
        help="instead write the road map as it stood on this day, as YAML or JSON",
    )
    add_as_of(past)
    add_output(past)

    gaps = command(
        "gaps", _gaps, "What publishing would still ask for, as a list of things to do by owner."
    )
    _table(gaps)
    add_of_roadmap(gaps)
    gaps.add_argument(
        "--as-of", type=day, metavar="DATE", help="day for what depends on one: YYYY-MM-DD or today"
    )

    stocktaking = command(
        "stocktaking",
        _stocktaking,
        "What the form of the WSIS Stocktaking and Prizes asks for, box by box.",
    )
    _table(stocktaking)
    add_of_roadmap(stocktaking)
    add_as_of(stocktaking)
    stocktaking.add_argument("--category", metavar="LINE", help='e.g. C2 or "C7: e-health"')

    diff = command(
        "diff",
        _diff,
        "What changed between two versions of a road map, or two texts of a document.",
    )
    diff.add_argument(
        "before", type=Source, metavar="A", help="a file, or a document of the catalogue"
    )
    diff.add_argument("after", type=Source, metavar="B", help="as A")
    diff.add_argument("--format", choices=("text", "markdown", "html", "json"), default="text")
    add_output(diff)


def add_paths(parser: argparse.ArgumentParser, help_text: str) -> None:
    """Add the files to read."""
    parser.add_argument("paths", nargs="+", type=Source, metavar="PATH", help=help_text)


def _table(parser: argparse.ArgumentParser, *more: str) -> None:
    parser.add_argument(
        "paths",
        nargs="*",
        type=Source,
        metavar="PATH",
        help="files or folders, joined with the shipped catalogue; none: it alone",
    )
    parser.add_argument(
        "--format", choices=(*TABLE_FORMATS, *more), default="text", help="how to write it (text)"
    )
    add_guard_formulas(parser)
    add_output(parser)


def add_of_roadmap(parser: argparse.ArgumentParser) -> None:
    """Add `--roadmap`."""
    parser.add_argument(
        "--roadmap", metavar="ID", help="of this road map, where the files hold several"
    )


def add_as_of(parser: argparse.ArgumentParser) -> None:
    """Add `--as-of`, which is today."""
    parser.add_argument(
        "--as-of",
        type=day,
        default="today",
        metavar="DATE",
        help="day of the report: YYYY-MM-DD (today)",
    )


def add_output(parser: argparse.ArgumentParser, default: str | None = "-") -> None:
    """Add `--output`, and `--force` to overwrite existing files."""
    parser.add_argument(
        "-o",
        "--output",
        type=Target,
        default=default,
        metavar="FILE",
        help="write it here instead of to standard output (-)",
    )
    add_force(parser)


def add_guard_formulas(parser: argparse.ArgumentParser) -> None:
    """Add `--guard-formulas`, for commands that write CSV."""
    parser.add_argument(
        "--guard-formulas",
        action="store_true",
        help="in CSV, for spreadsheets: an apostrophe before texts that look like formulas",
    )


def add_force(parser: argparse.ArgumentParser) -> None:
    """Add `--force`, for commands that write files."""
    parser.add_argument("--force", action="store_true", help="overwrite existing files")
