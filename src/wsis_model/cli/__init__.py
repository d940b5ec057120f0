"""The command line: `wsis-model check | show | new | report | coverage | calendar | progress | gaps
| diff | convert ...`.

A command reads its arguments, calls the library, and prints. Modules that are slow to import
(pydantic, the records, the rules) are imported by the commands that need them, so that `--help` and
`--version` are fast.
"""

from __future__ import annotations

import argparse
import shutil
import sys
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

from .._messages import in_language, sentence
from .._version import __version__
from .._width import readable, visible
from ..errors import (
    AmbiguousName,
    LoadError,
    UnknownIdentifier,
    WriteError,
    WsisModelError,
    excerpt,
)
from ..tables import json_text
from . import pages
from .console import (
    Source,
    Target,
    Unusable,
    add_lang,
    check_targets,
    colours,
    language_of,
    print_errors,
    progress,
    read_stdin,
    with_streams,
    write,
    write_folder,
    write_text,
    write_with,
)
from .drafting import add_draft
from .inputs import join, load_all, only_own_records, read
from .new import add_new
from .roadmaps import Run, add_commands, add_force, add_guard_formulas, add_output, day

if TYPE_CHECKING:
    from ..checks import Report, Rule, Waiver
    from ..corpus import Corpus
    from ..model import Record
    from .exports import Export

__all__ = ["main"]

SOUND, UNSOUND, UNUSABLE, INTERRUPTED = 0, 1, 2, 130
EXIT_CODES = """\
exit codes:
  0    sound: nothing was found, or only warnings
  1    something is wrong: an error was found, or a warning with --strict
  2    the files could not be read or fetched, nothing has that name, or the arguments are wrong
  130  interrupted
"""
DESCRIPTION = (
    "Read, check and convert road maps and outcome documents of the World Summit on the "
    "Information Society."
)
PROFILES = ("draft", "publish")
LANGUAGES = ("ar", "en", "es", "fr", "ru", "zh")
WIDTH = 100


def main(argv: Sequence[str] | None = None) -> int:
    """Run a command and give its exit code."""
    with with_streams():
        return _run(argv)


def _run(argv: Sequence[str] | None) -> int:
    if reconfigure := getattr(sys.stderr, "reconfigure", None):  # on Windows a pipe is not UTF-8
        reconfigure(encoding="utf-8", errors="backslashreplace")
    options, unknown = _parser().parse_known_args(argv)
    if unknown:
        options.parser.refuse(unknown)
    try:
        check_targets(options)
        return options.run(options) or SOUND
    except (LoadError, WriteError) as error:
        print_errors(*map(str, error.problems))
    except WsisModelError as error:
        print_errors(f"wsis-model: {error}")
    except OSError as error:
        place = f"{error.filename}: " if error.filename is not None else ""
        print_errors(f"wsis-model: {place}{error.strerror or error}")
    except KeyboardInterrupt:
        return INTERRUPTED
    return UNUSABLE


# --- check ----------------------------------------------------------------------------------------


def _check(options: argparse.Namespace) -> int:
    from ..checks import RULES, check, load_waivers
    from ..loading import Partial

    paths: Sequence[str] = options.paths
    if options.fix is not None:
        from .fixing import mended_copy

        paths = (mended_copy(options),)
    if options.stream:
        return _check_stream(options)
    with progress() as show_progress:
        parts, problems = read(paths, options.unknown, show_progress, options.from_)
        waivers: tuple[Waiver, ...] = ()
        try:
            waivers = load_waivers(options.waivers) if options.waivers else ()
        except LoadError as error:
            problems += error.problems
        given = [part.corpus for part in parts]
        whole, clashes = join(given, alone=options.alone)
        problems += clashes
        show_progress(f"checking {len(whole):,} records")
        lost = frozenset[tuple[str, str]]().union(*(part.lost for part in parts))
        report = check(
            Partial(whole, tuple(problems), lost),
            profile=options.profile,
            rules=RULES,
            waivers=waivers,
            as_of=options.as_of,
        )
    if paths:
        report = only_own_records(report, given, len(problems))
    report = report.in_language(language_of(options))
    note = ""
    if options.as_of is None and any(part.roadmaps for part in given):
        note = _skipped_without_date(report)
    _write_report(report, options, note)
    if options.mark is not None:
        from .marking import marked_copy

        copy = None
        try:
            copy = marked_copy(options.paths, report.findings)
        except LoadError as error:
            print_errors(*(str(each) for each in error.problems if each not in problems))
            return UNUSABLE
        if isinstance(copy, dict):
            write_folder(copy, options, options.mark)
        elif copy is not None:
            write(copy, options, options.mark)
    return _outcome(report, options, len(problems))


def _check_stream(options: argparse.Namespace) -> int:
    """`check --stream`: files that need not fit into the memory."""
    from ..checks import RULES, load_waivers
    from ..corpus import Corpus
    from ..formats import CODES
    from ..scale import check_stream

    if not options.paths or "-" in options.paths or options.mark is not None:
        raise Unusable(reason="--stream reads files and folders twice, and marks no copies")
    waivers = load_waivers(options.waivers) if options.waivers else ()
    with progress() as show_progress:
        show_progress("reading and checking")
        report = check_stream(
            *options.paths,
            profile=options.profile,
            waivers=waivers,
            as_of=options.as_of,
            unknown=options.unknown,
            known=Corpus() if options.alone else None,
        )
    ran = {each.code for each in report.rules}
    left = [
        each.code for each in RULES if options.profile in each.profiles and each.code not in ran
    ]
    note = f"\n{_counted(len(left), 'rule')} skipped that need the whole corpus ({', '.join(left)})"
    report = report.in_language(language_of(options))
    if options.as_of is None:
        note += _skipped_without_date(report)
    _write_report(report, options, note)
    problems = sum(each.code in CODES for each in report.findings)
    return _outcome(report, options, problems)


def _write_report(report: Report, options: argparse.Namespace, note: str) -> None:
    colour = options.output.is_stdout and colours(sys.stdout)
    rendered = _rendered(report, options, colour=colour)
    if not options.output.is_stdout:
        print_errors(report.summary())
    write_text(rendered + note if options.format == "text" else rendered, options)


def _outcome(report: Report, options: argparse.Namespace, problems: int) -> int:
    if problems:
        message = (
            sentence("{count} problem in reading; what could be read was checked", count=problems)
            if problems == 1
            else sentence(
                "{count} problems in reading; what could be read was checked", count=problems
            )
        )
        print_errors(in_language(message, report.language))
        return UNUSABLE
    return UNSOUND if not report.ok or (options.strict and report.findings) else SOUND


def _counted(count: int, what: str) -> str:
    return f"{count} {what}{'' if count == 1 else 's'}"


def _skipped_without_date(report: Report) -> str:
    """A line about the rules that were skipped without a date; empty if there are none."""
    codes = [each.code for each in report.rules if each.dated]
    if not codes:
        return ""
    count, listed = len(codes), ", ".join(codes)
    message = (
        sentence(
            "{count} rule skipped without a date ({codes}); add --as-of today",
            count=count,
            codes=listed,
        )
        if count == 1
        else sentence(
            "{count} rules skipped without a date ({codes}); add --as-of today",
            count=count,
            codes=listed,
        )
    )
    return f"\n{in_language(message, report.language)}"


def _rendered(report: Report, options: argparse.Namespace, *, colour: bool = False) -> str:
    form: str = options.format
    if form == "csv":
        return report.to_csv(guard_formulas=options.guard_formulas)
    if form == "sarif":
        from ..editing import replacements

        return json_text(report.to_sarif(replacements(report.fixes)))
    if form == "text":
        return report.to_text(colour=colour)
    return {"json": report.to_json, "github": report.to_github}[form]()


# --- show -----------------------------------------------------------------------------------------


def _show(options: argparse.Namespace) -> int:
    corpus = load_all(options.paths, "keep")
    records, unknown = _records_named(corpus, options.references)
    if records:
        write_text(_record_texts(corpus, records, options.format), options)
    for error in unknown:
        count = "several are" if isinstance(error, AmbiguousName) else "nothing is"
        print_errors(
            f"wsis-model: {count} called {excerpt(error.identifier)}"
            + (f"; the last paragraph there is {error.last}" if error.last else ""),
            *_bullets(error.near),
        )
    return UNUSABLE if unknown else SOUND


def _records_named(
    corpus: Corpus, words: Sequence[str]
) -> tuple[list[Record], list[UnknownIdentifier]]:
    """The records that words name: all words together if they make references (`80/173 para 99`),
    otherwise each word.
    """
    whole = " ".join(words)
    resolution = corpus.names.resolve(whole)
    if resolution.identifiers or resolution.ambiguous:
        words = (whole,)
    records: dict[str, Record] = {}
    unknown: list[UnknownIdentifier] = []
    for word in words:
        for each in corpus.resolve(word) or (word,):
            try:
                records.setdefault(each, corpus.find(each))
            except UnknownIdentifier as error:
                unknown.append(error)
    return list(records.values()), unknown


def _record_texts(corpus: Corpus, records: Sequence[Record], form: str) -> str:
    if form == "json":
        return "\n".join(json_text(each.to_dict()) for each in records)
    if form == "yaml":
        return _yaml([each.to_dict() for each in records])
    from .terminal import record_text

    width = min(shutil.get_terminal_size((WIDTH, 24)).columns, WIDTH)
    colour = colours(sys.stdout)
    return "\n\n".join(record_text(corpus, each, width=width, colour=colour) for each in records)


def _yaml(documents: Sequence[dict[str, Any]]) -> str:
    """Plain data as YAML; texts with invisible characters in quotes, with escapes."""
    import yaml

    class Dumper(yaml.SafeDumper):
        pass

    def text(dumper: Any, data: str) -> Any:
        style = None if readable(data, lines=True) == data else '"'
        return dumper.represent_scalar("tag:yaml.org,2002:str", data, style)

    Dumper.add_representer(str, text)
    library: Any = yaml  # its stubs are newer than the type checker knows
    options = {"sort_keys": False, "allow_unicode": True, "width": WIDTH}
    return readable(library.dump_all(documents, Dumper=Dumper, **options), lines=True)


# --- convert, fetch, rules, schema ----------------------------------------------------------------


def _convert(options: argparse.Namespace) -> None:
    from ..errors import UnknownFormat
    from ..formats import FORMATS, format_of
    from ..loading import dumps, load, loads, save
    from .exports import EXPORTS, export_of, options_of

    reads_stdin, writes_stdout = options.source == "-", options.target.is_stdout
    if (reads_stdin and options.from_ is None) or (writes_stdout and options.to is None):
        raise Unusable(reason="- has no name that shows a format: give --from or --to")
    asked = options.to or options.target.name
    export = export_of(asked)
    given = options_of(export, options.option)
    if export is None:
        try:
            format_of(asked)
        except UnknownFormat as error:
            known = (*(each.name for each in FORMATS), *(each.name for each in EXPORTS))
            raise UnknownFormat(error.name, known) from None
    source = None if reads_stdin else export_of(options.from_ or options.source)
    if reads_stdin:
        corpus = loads(read_stdin(), options.from_, name="<stdin>", unknown=options.unknown)
    elif source is not None and source.read is not None:
        corpus = source.read(Path(options.source))
    else:
        corpus = load(options.source, format=options.from_, unknown=options.unknown)
    try:
        if export is not None:
            _export(export, corpus, given, options)
        elif options.target.is_stdout:
            write(dumps(corpus, options.to), options, options.target)
        else:
            write_with(lambda path: save(corpus, path, format=options.to), options, options.target)
    except WsisModelError:
        raise
    except ValueError as error:  # a CSV file holds one table
        raise Unusable(reason=str(error)) from None


def _export(
    export: Export, corpus: Corpus, given: Mapping[str, str], options: argparse.Namespace
) -> None:
    """Write a corpus in a format of other people's."""
    context, clashes = join([corpus])
    if clashes:
        raise LoadError(tuple(clashes))
    if export.write is not None:
        write(export.write(corpus, context, given), options, options.target)
    elif options.target.is_stdout:
        raise Unusable(reason=f"{export.name} is no single stream of bytes; name a file or folder")
    elif (save := export.save) is not None:
        write_with(lambda path: save(corpus, context, path, given), options, options.target)


def _fetch(options: argparse.Namespace) -> None:
    from ..sources import fetch

    with progress() as show_progress:
        show_progress(f"getting {options.symbol}")
        path = fetch(
            options.symbol, language=options.lang, format=options.format, folder=options.folder
        )
    write_text(str(path), options)


def _rules(options: argparse.Namespace) -> int:
    from ..checks import RULES, UNUSED_WAIVER
    from ..checks.texts import TEXT_RULES

    known = {each.code: each for each in (*RULES, *TEXT_RULES, UNUSED_WAIVER)}
    codes = [code.upper() for code in options.codes]
    unknown = [code for code in codes if code not in known]
    for code in unknown:
        print_errors(
            f"wsis-model: no rule has the code {excerpt(code)}", *_bullets(_near(code, known))
        )
    if unknown:
        return UNUSABLE
    chosen = [known[code] for code in codes] or list(known.values())
    if options.format == "json":
        text = json_text([_plain(each) for each in chosen])
    elif codes:
        text = "\n\n".join(
            f"{each.code} {each.severity.value}, profile {' and '.join(each.profiles)}\n{each.doc}"
            for each in chosen
        )
    else:
        text = "\n".join(f"{each.code}  {each.severity.value:<7}  {each.title}" for each in chosen)
    write_text(text, options)
    return SOUND


def _plain(rule: Rule) -> dict[str, Any]:
    return {
        "code": rule.code,
        "severity": rule.severity.value,
        "profiles": rule.profiles,
        "title": rule.title,
        "documentation": rule.doc,
    }


def _schema(options: argparse.Namespace) -> int:
    from ..schema import schemas

    made = schemas()
    if options.all is not None:
        files = {f"{name}.json": f"{json_text(each)}\n".encode() for name, each in made.items()}
        write_folder(files, options, options.all)
    elif options.name is None:
        lines = (f"{name:<18} {each['description']}" for name, each in made.items())
        write_text("\n".join(lines), options)
    elif options.name in made:
        write_text(json_text(made[options.name]), options)
    else:
        print_errors(
            f"wsis-model: no record is called {excerpt(options.name)}",
            *_bullets(_near(options.name, made)),
        )
        return UNUSABLE
    return SOUND


def _bullets(names: Iterable[str]) -> list[str]:
    return [f"- {each}" for each in names]


def _near(word: str, known: Iterable[str]) -> list[str]:
    import difflib

    return difflib.get_close_matches(word[:100], list(known))


def _mcp(options: argparse.Namespace) -> None:
    from .mcp import serve

    serve(load_all(options.paths, "keep"))


# --- arguments ------------------------------------------------------------------------------------


class _Parser(argparse.ArgumentParser):
    """A parser that suggests a correction for a mistyped word, and escapes invisible characters."""

    def refuse(self, unknown: Sequence[str]) -> NoReturn:
        """Refuse arguments that no option takes."""
        wrong = [each for each in unknown if each.startswith("-")] or unknown
        near = _near_hint(wrong[0].partition("=")[0], self._option_string_actions)
        self.error(f"unknown here: {' '.join(unknown)}{near}")

    def _check_value(self, action: argparse.Action, value: Any) -> None:
        if action.choices is not None and value not in action.choices:
            choices = [str(each) for each in action.choices]
            near = _near_hint(str(value), choices) or f"; choose from {', '.join(choices)}"
            raise argparse.ArgumentError(action, f"there is no {excerpt(value)}{near}")

    def error(self, message: str) -> NoReturn:
        super().error(visible(message))


def _near_hint(word: str, known: Iterable[str]) -> str:
    """A suggestion, as the end of a message; empty if there is none."""
    near = _near(word, known)
    return f"; did you mean {excerpt(near[0])}?" if near else ""


def _parser() -> argparse.ArgumentParser:
    parser = _Parser(
        "wsis-model",
        description=DESCRIPTION,
        epilog=EXIT_CODES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--version", action="version", version=f"%(prog)s {__version__}")
    commands = parser.add_subparsers(title="commands", metavar="COMMAND", required=True)

    def command(name: str, run: Run, help_text: str) -> argparse.ArgumentParser:
        made = commands.add_parser(
            name,
            help=help_text,
            description=help_text,
            epilog=EXIT_CODES,
            formatter_class=argparse.RawDescriptionHelpFormatter,
        )
        made.set_defaults(run=run, parser=made)
        return made

    _check_arguments(
        command("check", _check, "Check files, or the shipped catalogue, for errors and warnings.")
    )
    _show_arguments(
        command(
            "show",
            _show,
            (
                "Show a paragraph, a mandate, an actor, a concept: any record, by any way of "
                "naming it."
            ),
        )
    )
    _convert_arguments(command("convert", _convert, "Write a file or folder in another format."))
    _fetch_arguments(
        command(
            "fetch",
            _fetch,
            "Get an official file of a document from the United Nations, and print its path.",
        )
    )
    add_draft(command)
    add_new(command)
    add_commands(command)
    pages.add_commands(command)
    rules = command("rules", _rules, "List the rules, or explain some of them.")
    rules.add_argument("codes", nargs="*", metavar="CODE", help="code of a rule, e.g. R201")
    rules.add_argument("--format", choices=("text", "json"), default="text")
    schema = command("schema", _schema, "List the JSON Schemas, print one, or write all.")
    chosen = schema.add_mutually_exclusive_group()
    chosen.add_argument(
        "name",
        nargs="?",
        metavar="NAME",
        help="name of a record, e.g. roadmap; file for whole files",
    )
    chosen.add_argument(
        "--all", type=Target, metavar="DIR", help="write every schema to this folder"
    )
    add_force(schema)
    mcp = command("mcp", _mcp, "Answer an assistant over the Model Context Protocol (stdio).")
    mcp.add_argument(
        "paths",
        nargs="*",
        type=Source,
        metavar="PATH",
        help="files or folders to answer about, together with the shipped catalogue",
    )
    return parser


def _check_arguments(check: argparse.ArgumentParser) -> None:
    check.add_argument(
        "paths",
        nargs="*",
        type=Source,
        metavar="PATH",
        help="a file, or a folder with parts of one; - is standard input; none: the catalogue",
    )
    check.add_argument(
        "--profile", choices=PROFILES, default="draft", help="which rules to apply (draft)"
    )
    check.add_argument(
        "--format",
        choices=("text", "json", "sarif", "github", "csv"),
        default="text",
        help="how to write the report (text)",
    )
    check.add_argument(
        "--waivers",
        type=Source,
        metavar="FILE",
        help="YAML list of code, record and reason: findings that are accepted",
    )
    check.add_argument(
        "--as-of",
        type=day,
        metavar="DATE",
        help="day for rules that need one: YYYY-MM-DD or today; without it they are skipped",
    )
    check.add_argument(
        "--from",
        dest="from_",
        metavar="FORMAT",
        help="format of standard input: yaml, json, ndjson, csv or xlsx",
    )
    check.add_argument(
        "--alone", action="store_true", help="do not join the files with the shipped catalogue"
    )
    _add_unknown(check)
    add_output(check)
    add_guard_formulas(check)
    check.add_argument(
        "--mark",
        type=Target,
        metavar="COPY",
        help="write a copy of the workbook or folder of CSV tables, with faulty cells marked",
    )
    check.add_argument(
        "--fix",
        type=Target,
        metavar="COPY",
        help="write a copy of the file or folder with what is certain mended, and check that",
    )
    check.add_argument(
        "--stream",
        action="store_true",
        help="files of any size: in bounded memory, without the rules that need all at once",
    )
    add_lang(check, "the report")
    check.add_argument("--strict", action="store_true", help="warnings fail too")


def _add_unknown(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--unknown",
        choices=("keep", "forbid"),
        default="forbid",
        help="what to do with fields that this version does not know (forbid)",
    )


def _show_arguments(show: argparse.ArgumentParser) -> None:
    show.add_argument(
        "references",
        nargs="+",
        metavar="REFERENCE",
        help="an identifier, a reference, an acronym, a name; quote each if there are several",
    )
    show.add_argument(
        "--in",
        dest="paths",
        nargs="+",
        type=Source,
        default=(),
        metavar="PATH",
        help="files to search together with the shipped catalogue",
    )
    show.add_argument("--format", choices=("text", "json", "yaml"), default="text")


def _convert_arguments(convert: argparse.ArgumentParser) -> None:
    convert.add_argument(
        "source", type=Source, metavar="A", help="a file or folder; - is standard input"
    )
    convert.add_argument(
        "target", type=Target, metavar="B", help="a file, or a folder for CSV; - is standard output"
    )
    convert.add_argument(
        "--from",
        dest="from_",
        metavar="FORMAT",
        help="yaml, json, ndjson, csv or xlsx, where the name does not tell",
    )
    convert.add_argument(
        "--to",
        metavar="FORMAT",
        help="yaml, json, ndjson, csv, xlsx, or a format of other people's programs, where the "
        "name does not tell",
    )
    convert.add_argument(
        "--option",
        action="append",
        default=[],
        metavar="NAME=VALUE",
        help="what a format of other people's programs has to be told (see the manual)",
    )
    _add_unknown(convert)
    add_force(convert)


def _fetch_arguments(fetch: argparse.ArgumentParser) -> None:
    fetch.add_argument(
        "symbol",
        metavar="SYMBOL",
        help="symbol, identifier or name of a document, e.g. A/RES/80/173",
    )
    fetch.add_argument("--lang", choices=LANGUAGES, default="en", help="in which language (en)")
    fetch.add_argument(
        "--format",
        choices=("akn", "pdf", "docx"),
        default="akn",
        help="akn is the UN's XML, which keeps most (akn)",
    )
    fetch.add_argument(
        "--folder",
        type=Path,
        metavar="DIR",
        help="where to keep the file; without it, the cache folder of the user",
    )
