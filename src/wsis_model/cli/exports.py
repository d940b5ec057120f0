"""The formats of other people's programs that `convert` writes beside our own, and which no program
of ours reads back as it was.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import attrs

from ..errors import excerpt
from .console import Unusable

if TYPE_CHECKING:
    from ..corpus import Corpus

__all__ = ["EXPORTS", "Export", "Options", "export_of", "options_of"]

Options = Mapping[str, str]
"""What `--option NAME=VALUE` gave, by name."""


@attrs.frozen
class Export:
    """A format of other people's, and the function that writes it: `write` makes one file, `save` a
    folder or a database. Each is given what is to be written, and the same joined with the shipped
    catalogue, in which it looks up what that refers to.
    """

    name: str
    """Name, as `--to` takes it, e.g. `"jsonld"`."""
    suffixes: tuple[str, ...] = ()
    """Ends of file names that mean it, e.g. `(".jsonld",)`."""
    write: Callable[[Corpus, Corpus, Options], bytes] | None = None
    """Gives the bytes of the file."""
    save: Callable[[Corpus, Corpus, Path, Options], None] | None = None
    """Writes the folder or database."""
    options: tuple[str, ...] = ()
    """The options that it takes, e.g. `("reporting-org",)`."""


def _parquet(corpus: Corpus, _context: Corpus, path: Path, _options: Options) -> None:
    from ..relational import to_parquet

    to_parquet(corpus, path)


#: The formats. A new one is a function above and a line here.
EXPORTS: tuple[Export, ...] = (Export("parquet", (".parquet",), save=_parquet),)


def export_of(name: str) -> Export | None:
    """The format with this name, or that a file of this name is in; None if it is none of these.

    Examples:
        >>> [each and each.name for each in (export_of("out.parquet"), export_of("out.yaml"))]
        ['parquet', None]
    """
    plain = name.lower()
    for each in EXPORTS:
        if plain == each.name or f".{plain}".endswith(each.suffixes):
            return each
    return None


def options_of(export: Export | None, given: list[str]) -> Options:
    """The options that were given, by name.

    Raises:
        Unusable: One is no `NAME=VALUE`, or is not an option of the format.
    """
    known = export.options if export else ()
    options: dict[str, str] = {}
    for each in given:
        name, equals, value = each.partition("=")
        if not equals:
            raise Unusable(reason=f"--option takes NAME=VALUE, not {excerpt(each)}")
        if name not in known:
            listed = f"it takes {', '.join(known)}" if known else "it takes none"
            what = f"the format {export.name}" if export else "a format of our own"
            raise Unusable(reason=f"{what} has no option {excerpt(name)}; {listed}")
        options[name] = value
    return options
