"""What is certain, mended in a copy of the file or folder that is checked."""

from __future__ import annotations

import argparse
from pathlib import Path

from ..errors import UnknownFormat
from .console import Source, Unusable, print_errors, progress, write, write_folder

__all__ = ["mended_copy"]


def mended_copy(options: argparse.Namespace) -> Source:
    """Write a mended copy to `--fix`, tell each change, and give its name.

    Raises:
        Unusable: There are several files, or none with a name; or the copy is called as one of
            another format.
        Refused: It would overwrite something.
        LoadError: The file, or that of the waivers, cannot be read.
        MissingExtra: It is a workbook, and the extra `excel` is not installed.
    """
    from ..checks import load_waivers
    from ..corpus import Corpus
    from ..editing import mend

    if len(options.paths) != 1 or options.paths[0] == "-":
        raise Unusable(reason="--fix mends a copy of one file or one folder")
    if options.mark is not None or options.stream:
        raise Unusable(reason="--fix writes the copy: mark that, or stream it, in a second run")
    if options.fix.is_stdout:
        raise Unusable(reason="--fix needs the name of a file or folder for the copy")
    source = options.paths[0]
    if not Path(source).is_dir():
        _check_format(source, options.fix.name)
    with progress() as show_progress:
        show_progress("mending")
        mended = mend(
            source,
            unknown=options.unknown,
            known=Corpus() if options.alone else None,
            profile=options.profile,
            waivers=load_waivers(options.waivers) if options.waivers else (),
            as_of=options.as_of,
        )
    if mended.is_folder:
        write_folder(mended.files, options, options.fix)
    else:
        write(mended.data, options, options.fix)
    print_errors(*map(str, mended.changes))
    print_errors(
        *(f"not changed, since it does not stand alone: {each}" for each in mended.refused)
    )
    count = len(mended.changes)
    print_errors(f"{count or 'no'} change{'' if count == 1 else 's'}")
    return Source(options.fix.name)


def _check_format(source: str, copy: str) -> None:
    """See that a copy is called as what it is."""
    from ..formats import CSV, format_of

    try:
        form = format_of(source)
    except UnknownFormat:
        return
    if form[0] == CSV:
        table, named = Path(source).name, CSV.module.named
        if named(table)[1] != named(Path(copy).name)[1]:
            reason = f"a table is known by its name: call the copy {table}, in another folder"
            raise Unusable(reason=reason)
    try:
        if format_of(copy) == form:
            return
    except UnknownFormat:
        pass
    suffix = form[0].suffixes[0] + (".gz" if form[1] else "")
    raise Unusable(reason=f"the copy has the format of {source}: give it the suffix {suffix}")
