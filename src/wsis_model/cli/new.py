"""The command that starts a road map: new."""

from __future__ import annotations

import argparse

from ..errors import UnknownIdentifier, WsisModelError
from .console import (
    Source,
    Target,
    Unusable,
    add_lang,
    language_of,
    print_errors,
    write,
    write_folder,
    write_text,
)
from .inputs import load_all
from .roadmaps import SHOWN, Command, add_of_roadmap, add_output, roadmap_of, suffix_of

__all__ = ["add_new"]

SUFFIXES: dict[str, tuple[str, ...]] = {"yaml": (".yaml", ".yml"), "xlsx": (".xlsx",)}


def add_new(command: Command) -> None:
    """Add the command to the parser."""
    _new_arguments(
        command(
            "new",
            _new,
            (
                "Start a road map: a commented YAML file, a workbook, or a folder of CSV tables "
                "to fill in."
            ),
        )
    )


def _new(options: argparse.Namespace) -> None:
    from ..authoring import new_roadmap

    if options.source is not None:
        _resume(options)
        return
    suffix = suffix_of(options)
    form = options.format or ("xlsx" if suffix == ".xlsx" else "yaml")
    if suffix is not None and form != "csv" and suffix not in SUFFIXES[form]:
        raise Unusable(
            reason=f"{options.output} is no name for {form}; let it end in "
            f"{' or '.join(SUFFIXES[form])}"
        )
    try:
        draft = new_roadmap(
            load_all(options.paths),
            action_line=options.action_line,
            kind=options.kind,
            owners=tuple(options.owner),
            id=options.id,
            title=options.title,
            language=language_of(options),
        )
    except UnknownIdentifier as error:
        own = "; describe who is not in the catalogue in a file, under 'entities', and give it"
        own = f"{own} with --in" if options.owner else ""
        raise Unusable(reason=f"{error}{own}") from None
    except WsisModelError:
        raise
    except ValueError as error:
        reason = f"{error} (--action-line, --kind, --owner, --id)"
        raise Unusable(reason=reason) from None
    name = draft.roadmap.id
    target = options.output or Target({"yaml": "-", "xlsx": f"{name}.xlsx", "csv": name}[form])
    if form == "csv":
        tables = {f"{table}.csv": data for table, data in draft.tables().items()}
        write_folder(tables, options, target)
    elif form == "xlsx":
        write(draft.to_xlsx(), options, target)
    else:
        write_text(draft.to_yaml(), options, target)
    _print_next_step(target)


def _print_next_step(target: Target) -> None:
    if not target.is_stdout:
        print_errors(f"fill it in, then: wsis-model check {target}")


def _resume(options: argparse.Namespace) -> None:
    """Write a workbook to fill in, from an existing road map."""
    from ..authoring import resume

    if options.format not in (None, "xlsx") or suffix_of(options) not in (None, *SUFFIXES["xlsx"]):
        raise Unusable(
            reason="--from makes a workbook with drop-down lists (.xlsx); for other formats "
            "use wsis-model convert"
        )
    given = [
        f"--{name.replace('_', '-')}"
        for name in ("action_line", "kind", "owner", "id", "title")
        if getattr(options, name)
    ]
    if given:
        raise Unusable(reason=f"{', '.join(given)}: the road map of --from has its own")
    corpus = load_all((options.source, *options.paths))
    roadmap = roadmap_of(corpus, (options.source,), options.roadmap).id
    draft = resume(corpus, roadmap, language=language_of(options))
    target = options.output or Target(f"{draft.roadmap.id}.xlsx")
    write(draft.to_xlsx(), options, target)
    contents, known = load_all((options.source,)), load_all(())
    for kind in ("documents", "vocabularies", "groups", "sessions", "roadmaps"):
        left = [
            each.id
            for each in getattr(contents, kind)
            if each.id not in known and each.id != draft.roadmap.id
        ]
        if left:
            more = " ..." if len(left) > SHOWN else ""
            print_errors(
                f"left out: {', '.join(left[:SHOWN])}{more} ({kind}); the workbook holds one road "
                "map and its entities"
            )
    _print_next_step(target)


def _new_arguments(new: argparse.ArgumentParser) -> None:
    new.add_argument("what", choices=("roadmap",), help="what to start")
    new.add_argument(
        "--from",
        dest="source",
        type=Source,
        metavar="PATH",
        help="continue the road map in this file, as a workbook with drop-down lists",
    )
    add_of_roadmap(new)
    new.add_argument(
        "--action-line", metavar="LINE", help='whose road map, e.g. C2 or "C7: e-health"'
    )
    new.add_argument(
        "--kind",
        choices=("action-line", "joint", "national", "organisational"),
        help="whose it is, without --action-line",
    )
    new.add_argument(
        "--owner",
        action="append",
        default=[],
        metavar="ACTOR",
        help="who answers for it; several times for several",
    )
    new.add_argument(
        "--in",
        dest="paths",
        nargs="+",
        type=Source,
        default=(),
        metavar="PATH",
        help="files in which owners are described, beside the catalogue",
    )
    add_lang(new, "explanations, headings and texts to write")
    new.add_argument("--id", metavar="ID", help="its identifier, e.g. c2-roadmap")
    new.add_argument("--title", metavar="TEXT")
    new.add_argument(
        "--format",
        type=_form,
        choices=("yaml", "xlsx", "csv"),
        help="commented YAML, a workbook, or CSV tables; the output's name tells",
    )
    add_output(new, None)


def _form(text: str) -> str:
    """The format of a new road map; `excel` means `xlsx`."""
    return "xlsx" if text == "excel" else text
