"""The command line: `wsis-model check | show | convert | fetch | rules | schema`.

It is thin: a command reads its arguments, asks the library, and prints. What is slow to import (pydantic, the records, the
rules) is imported by the command that needs it, so that `--help` and `--version` answer at once.
"""

from __future__ import annotations

import argparse
import contextlib
import json
import os
import shutil
import sys
from collections.abc import Callable, Generator, Iterable, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from . import __version__
from .errors import LoadError, NotAReference, Position, Problem, UnknownFormat, UnknownIdentifier, WsisModelError, excerpt

if TYPE_CHECKING:
    from .checks import Report, Rule, Waiver
    from .corpus import Corpus
    from .formats import Unknown
    from .model import Document, Record

__all__ = ["main"]

SOUND, UNSOUND, UNUSABLE, INTERRUPTED = 0, 1, 2, 130
EXIT_CODES = """\
exit codes:
  0    sound: nothing was found, or only warnings
  1    something is wrong: an error was found, or a warning with --strict
  2    the files could not be read or fetched, nothing has that name, or the arguments are wrong
  130  interrupted
"""
DESCRIPTION = "Read, check and convert road maps and outcome documents of the World Summit on the Information Society."
PROFILES = ("draft", "publish")
LANGUAGES = ("ar", "en", "es", "fr", "ru", "zh")
WIDTH = 100


def main(argv: Sequence[str] | None = None) -> int:
    """Run a command and give its exit code."""
    if reconfigure := getattr(sys.stderr, "reconfigure", None):  # on Windows a pipe is not UTF-8 unless told so
        reconfigure(encoding="utf-8", errors="backslashreplace")
    options = _parser().parse_args(argv)
    try:
        return int(options.run(options))
    except LoadError as error:
        _complain(*map(str, error.problems))
    except (WsisModelError, OSError) as error:
        _complain(f"wsis-model: {error}")
    except KeyboardInterrupt:
        return INTERRUPTED
    return UNUSABLE


# --- check ------------------------------------------------------------------------------------------------------------


def _check(options: argparse.Namespace) -> int:
    from .checks import RULES, check, load_waivers

    with _progress() as say:
        parts, problems = _read(options.paths, options.unknown, say, options.from_)
        waivers: tuple[Waiver, ...] = ()
        try:
            waivers = load_waivers(options.waivers) if options.waivers else ()
        except LoadError as error:
            problems += error.problems
        whole, clashes = _join(parts, alone=options.alone)
        problems += clashes
        if problems:
            _emit(_refusal(problems, options), options.output)
            return UNUSABLE
        say(f"checking {len(whole):,} records")
        report = check(whole, profile=options.profile, rules=RULES, waivers=waivers, as_of=options.as_of)
    if parts:
        report = _about(report, parts)
    colour = options.output is None and _colours(sys.stdout)
    _emit(_rendered(report, options.format, colour=colour), options.output)
    if options.output is not None:
        _complain(report.summary())
    return UNSOUND if not report.ok or (options.strict and report.findings) else SOUND


def _read(
    paths: Iterable[str], unknown: Unknown, say: Callable[[str], None], stdin: str | None = None
) -> tuple[list[Corpus], list[Problem]]:
    """What the files and folders hold, and everything that is wrong with any of them; `-` is standard input, in the format *stdin*."""
    from .loading import load, loads

    given = tuple(paths)
    parts: list[Corpus] = []
    problems: list[Problem] = []
    for number, path in enumerate(given, 1):
        say(f"reading {number} of {len(given)} files")
        try:
            if path == "-" and stdin is not None:
                parts.append(loads(sys.stdin.buffer.read(), stdin, name="<stdin>", unknown=unknown))
            elif path == "-":
                problems.append(
                    Problem("unreadable", "standard input has no name to tell a format", Position("<stdin>"), hint="say --from yaml")
                )
            else:
                parts.append(load(path, unknown=unknown))
        except LoadError as error:
            problems += error.problems
        except UnknownFormat as error:
            problems.append(Problem("unreadable", str(error), Position(path)))
    return parts, problems


def _join(parts: Iterable[Corpus], *, alone: bool = False) -> tuple[Corpus, list[Problem]]:
    """The files with each other and with the shipped catalogue, and the records that differ under one identifier."""
    import attrs

    from ._catalogue import catalogue
    from .corpus import Corpus

    whole = Corpus() if alone else catalogue()
    held: dict[str, Record] = {record.id: record for record in whole.top}
    problems: list[Problem] = []
    for part in parts:
        texts = [document for document in part.documents if _completes(document, held.get(document.id))]
        rest = [record for record in part.top if record not in texts]
        clashes = [record.id for record in rest if held.setdefault(record.id, record) != record]
        problems += [_clash(part, identifier, held[identifier], whole) for identifier in clashes]
        if not clashes:
            whole = (whole | attrs.evolve(part, documents=[each for each in part.documents if each not in texts])).with_text(texts)
    return whole, problems


def _completes(document: Document, held: Record | None) -> bool:
    """Whether a document completes the one that is held: official text for what we say of it, or provisions where we have none."""
    from .model import Document

    if not isinstance(held, Document):
        return False
    return not held.provisions or not any(provision.summary or provision.mandates for provision in document.provisions)


def _clash(part: Corpus, identifier: str, other: Record, whole: Corpus) -> Problem:
    place = whole.position(identifier, ("id",)) or "the shipped catalogue"
    message = f"{excerpt(identifier)} is claimed by another {type(other).__name__} in {place}"
    return Problem(
        "duplicate-record", message, part.position(identifier, ("id",)) or Position(identifier), "id", "give it another identifier"
    )


def _about(report: Report, parts: Iterable[Corpus]) -> Report:
    """The report without what is about the catalogue alone: the reader can do nothing about that."""
    import attrs

    from .checks import UNUSED_WAIVER

    mine = {identifier for part in parts for identifier in part}
    findings = tuple(each for each in report.findings if each.record in mine or each.code == UNUSED_WAIVER.code)
    waived = tuple(each for each in report.waived if each.finding.record in mine)
    return attrs.evolve(report, findings=findings, waived=waived, records=len(mine))


def _refusal(problems: Sequence[Problem], options: argparse.Namespace) -> str:
    """The problems of loading in the format asked for: other tools read them as they read findings."""
    from .checks import Finding, Report, Severity

    if options.format == "text":
        count = f"{len(problems)} problem{'' if len(problems) == 1 else 's'}"
        return "\n".join([*map(str, problems), f"{count} in reading; nothing was checked"])
    found = (Finding(each.code, Severity.ERROR, "", each.field, each.message, each.hint, each.position) for each in problems)
    return _rendered(Report(tuple(found)), options.format)


def _rendered(report: Report, form: str, *, colour: bool = False) -> str:
    if form == "sarif":
        return json.dumps(report.to_sarif(), ensure_ascii=False, indent=2)
    if form == "text":
        return report.to_text(colour=colour)
    return {"json": report.to_json, "github": report.to_github, "csv": report.to_csv}[form]()


# --- show -------------------------------------------------------------------------------------------------------------


def _show(options: argparse.Namespace) -> int:
    with _progress() as say:
        parts, problems = _read(options.paths, "keep", say)
        corpus, clashes = _join(parts)
    if problems or clashes:
        raise LoadError((*problems, *clashes))
    records, unknown = _meant(corpus, options.references)
    if records:
        _emit(_pages(corpus, records, options.format), None)
    for error in unknown:
        _complain(f"wsis-model: nothing is called {excerpt(error.identifier)}", *(f"- {each}" for each in error.near))
    return UNUSABLE if unknown else SOUND


def _meant(corpus: Corpus, words: Sequence[str]) -> tuple[list[Record], list[UnknownIdentifier]]:
    """The records meant: of all words together if they make one reference (`80/173 para 99`), else of each word."""
    from .model import parse_reference

    whole = " ".join(words)
    try:
        return [corpus.find(whole)], []
    except UnknownIdentifier as error:
        try:
            parse_reference(whole)
        except NotAReference:
            pass
        else:
            return [], [error]
    records: list[Record] = []
    unknown: list[UnknownIdentifier] = []
    for word in words:
        try:
            records.append(corpus.find(word))
        except UnknownIdentifier as error:
            unknown.append(error)
    return records, unknown


def _pages(corpus: Corpus, records: Sequence[Record], form: str) -> str:
    if form == "json":
        return "\n".join(json.dumps(each.to_dict(), ensure_ascii=False, indent=2) for each in records)
    if form == "yaml":
        import yaml

        return yaml.safe_dump_all([each.to_dict() for each in records], sort_keys=False, allow_unicode=True, width=WIDTH)
    from ._terminal import shown

    width = min(shutil.get_terminal_size((WIDTH, 24)).columns, WIDTH)
    colour = _colours(sys.stdout)
    return "\n\n".join(shown(corpus, each, width=width, colour=colour) for each in records)


# --- convert, fetch, rules, schema ------------------------------------------------------------------------------------


def _convert(options: argparse.Namespace) -> int:
    from .loading import dumps, load, loads, save

    if (options.source == "-" and options.from_ is None) or (options.target == "-" and options.to is None):
        _complain("wsis-model: - has no name to tell a format: say --from or --to")
        return UNUSABLE
    if options.source == "-":
        corpus = loads(sys.stdin.buffer.read(), options.from_, name="<stdin>", unknown=options.unknown)
    else:
        corpus = load(options.source, format=options.from_, unknown=options.unknown)
    try:
        if options.target == "-":
            _send(dumps(corpus, options.to))
        else:
            save(corpus, options.target, format=options.to)
    except ValueError as error:  # CSV holds one table a file
        _complain(f"wsis-model: {error}")
        return UNUSABLE
    return SOUND


def _fetch(options: argparse.Namespace) -> int:
    from .sources import fetch

    with _progress() as say:
        say(f"getting {options.symbol}")
        path = fetch(options.symbol, language=options.lang, format=options.format, folder=options.folder)
    _emit(str(path), None)
    return SOUND


def _rules(options: argparse.Namespace) -> int:
    from .checks import RULES, UNUSED_WAIVER
    from .checks.texts import TEXT_RULES

    known = {each.code: each for each in (*RULES, *TEXT_RULES, UNUSED_WAIVER)}
    codes = [code.upper() for code in options.codes]
    unknown = [code for code in codes if code not in known]
    for code in unknown:
        _complain(f"wsis-model: no rule has the code {excerpt(code)}", *_near(code, known))
    if unknown:
        return UNUSABLE
    chosen = [known[code] for code in codes] or list(known.values())
    if options.format == "json":
        _emit(json.dumps([_plain(each) for each in chosen], ensure_ascii=False, indent=2), None)
    elif codes:
        _emit("\n\n".join(f"{each.code} {each.severity.value}, profile {' and '.join(each.profiles)}\n{each.doc}" for each in chosen), None)
    else:
        _emit("\n".join(f"{each.code}  {each.severity.value:<7}  {each.title}" for each in chosen), None)
    return SOUND


def _plain(rule: Rule) -> dict[str, Any]:
    return {"code": rule.code, "severity": rule.severity.value, "profiles": rule.profiles, "title": rule.title, "documentation": rule.doc}


def _schema(options: argparse.Namespace) -> int:
    from .schema import schemas

    made = schemas()
    if options.all is not None:
        options.all.mkdir(parents=True, exist_ok=True)
        for name, each in made.items():
            (options.all / f"{name}.json").write_bytes((json.dumps(each, ensure_ascii=False, indent=2) + "\n").encode())
        return SOUND
    if options.name is None:
        _emit("\n".join(f"{name:<18} {each['description']}" for name, each in made.items()), None)
        return SOUND
    if options.name not in made:
        _complain(f"wsis-model: no record is called {excerpt(options.name)}", *_near(options.name, made))
        return UNUSABLE
    _emit(json.dumps(made[options.name], ensure_ascii=False, indent=2), None)
    return SOUND


def _near(word: str, known: Iterable[str]) -> list[str]:
    import difflib

    return [f"- {each}" for each in difflib.get_close_matches(word[:100], list(known))]


# --- what goes out ----------------------------------------------------------------------------------------------------


def _emit(text: str, path: Path | None) -> None:
    data = (f"{text.rstrip()}\n" if text else "").encode("utf-8", "backslashreplace")
    if path is not None:
        path.write_bytes(data)
    else:
        _send(data)


def _send(data: bytes) -> None:
    try:
        sys.stdout.buffer.write(data)
        sys.stdout.buffer.flush()
    except BrokenPipeError:
        # The reader has gone (`| head`). Python would complain when it flushes at exit: let it flush into nothing.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _complain(*lines: str) -> None:
    with contextlib.suppress(BrokenPipeError):
        print(*lines, sep="\n", file=sys.stderr)


def _colours(stream: Any) -> bool:
    """Whether to colour: NO_COLOR says no, FORCE_COLOR says yes, and else a terminal is asked for."""
    if os.environ.get("NO_COLOR"):
        return False
    return bool(os.environ.get("FORCE_COLOR")) or (stream.isatty() and os.environ.get("TERM") != "dumb")


@contextlib.contextmanager
def _progress() -> Generator[Callable[[str], None]]:
    """A function that says on a terminal, in one line written over and over, what is being done."""
    if not sys.stderr.isatty():
        yield lambda _: None
        return

    def say(text: str) -> None:
        sys.stderr.write(f"\r{text:<60}")
        sys.stderr.flush()

    try:
        yield say
    finally:
        sys.stderr.write("\r" + " " * 60 + "\r")
        sys.stderr.flush()


# --- arguments --------------------------------------------------------------------------------------------------------


def _day(text: str) -> date:
    try:
        return date.today() if text == "today" else date.fromisoformat(text)  # noqa: DTZ011 - the day where the reader is
    except ValueError:
        msg = f"{excerpt(text)} is not a day; write YYYY-MM-DD or today"
        raise argparse.ArgumentTypeError(msg) from None


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        "wsis-model", description=DESCRIPTION, epilog=EXIT_CODES, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--version", action="version", version=f"%(prog)s {__version__}")
    commands = parser.add_subparsers(title="commands", metavar="COMMAND", required=True)

    def command(name: str, run: Callable[[argparse.Namespace], int], said: str) -> argparse.ArgumentParser:
        made = commands.add_parser(
            name, help=said, description=said, epilog=EXIT_CODES, formatter_class=argparse.RawDescriptionHelpFormatter
        )
        made.set_defaults(run=run)
        return made

    _check_arguments(command("check", _check, "Look for what is unsound in files, or in the shipped catalogue."))
    _show_arguments(command("show", _show, "Show a paragraph, a mandate, an actor, a concept: any record, by any way of naming it."))
    _convert_arguments(command("convert", _convert, "Write a file or folder in another format."))
    _fetch_arguments(command("fetch", _fetch, "Get an official file of a document from the United Nations, and print where it lies."))
    rules = command("rules", _rules, "List the rules, or say all about some of them.")
    rules.add_argument("codes", nargs="*", metavar="CODE", help="code of a rule, e.g. R201")
    rules.add_argument("--format", choices=("text", "json"), default="text")
    schema = command("schema", _schema, "List the JSON Schemas, print one, or write all.")
    chosen = schema.add_mutually_exclusive_group()
    chosen.add_argument("name", nargs="?", metavar="NAME", help="name of a record, e.g. roadmap; file for whole files")
    chosen.add_argument("--all", type=Path, metavar="DIR", help="write every schema to this folder")
    return parser


def _check_arguments(check: argparse.ArgumentParser) -> None:
    check.add_argument(
        "paths", nargs="*", metavar="PATH", help="a file, or a folder that is read as one; - is standard input; none: the shipped catalogue"
    )
    check.add_argument("--profile", choices=PROFILES, default="draft", help="how much to ask for (draft)")
    check.add_argument(
        "--format", choices=("text", "json", "sarif", "github", "csv"), default="text", help="how to write the report (text)"
    )
    check.add_argument("--waivers", metavar="FILE", help="YAML list of code, record and reason: findings that are accepted")
    check.add_argument(
        "--as-of", type=_day, metavar="DATE", help="day for rules that depend on one: YYYY-MM-DD or today; they rest without it"
    )
    check.add_argument("--from", dest="from_", metavar="FORMAT", help="format of standard input: yaml, json, ndjson or csv")
    check.add_argument("--alone", action="store_true", help="do not join the files with the shipped catalogue")
    check.add_argument("--unknown", choices=("keep", "forbid"), default="forbid", help="fields that this version does not know (forbid)")
    check.add_argument("-o", "--output", type=Path, metavar="FILE", help="write the report here")
    check.add_argument("--strict", action="store_true", help="warnings fail too")


def _show_arguments(show: argparse.ArgumentParser) -> None:
    show.add_argument(
        "references", nargs="+", metavar="REFERENCE", help="an identifier, a reference, an acronym, a name; quote all but the only one"
    )
    show.add_argument("--in", dest="paths", nargs="+", default=(), metavar="PATH", help="files to look in beside the shipped catalogue")
    show.add_argument("--format", choices=("text", "json", "yaml"), default="text")


def _convert_arguments(convert: argparse.ArgumentParser) -> None:
    convert.add_argument("source", metavar="A", help="a file or folder; - is standard input")
    convert.add_argument("target", metavar="B", help="a file, or a folder for CSV; - is standard output")
    convert.add_argument("--from", dest="from_", metavar="FORMAT", help="yaml, json, ndjson or csv, where the name does not tell")
    convert.add_argument("--to", metavar="FORMAT", help="yaml, json, ndjson or csv, where the name does not tell")
    convert.add_argument("--unknown", choices=("keep", "forbid"), default="forbid", help="fields that this version does not know (forbid)")


def _fetch_arguments(fetch: argparse.ArgumentParser) -> None:
    fetch.add_argument("symbol", metavar="SYMBOL", help="symbol, identifier or name of a document, e.g. A/RES/80/173")
    fetch.add_argument("--lang", choices=LANGUAGES, default="en", help="in which language (en)")
    fetch.add_argument("--format", choices=("akn", "pdf", "docx"), default="akn", help="akn is the UN's XML, which keeps most (akn)")
    fetch.add_argument("--folder", type=Path, metavar="DIR", help="where to keep the file; without it, the cache folder of the user")
