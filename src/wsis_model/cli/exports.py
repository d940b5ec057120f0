"""The formats of other people's programs that `convert` writes beside our own. But for Parquet, no
program of ours reads them back as they were.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, cast

import attrs

from ..errors import excerpt
from .console import Unusable

if TYPE_CHECKING:
    from ..corpus import Corpus
    from ..interop import iati

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
    read: Callable[[Path], Corpus] | None = None
    """Reads it back, where that can be done."""
    options: tuple[str, ...] = ()
    """The options that it takes, e.g. `("reporting-org",)`."""


def _jsonld(corpus: Corpus, context: Corpus, options: Options) -> bytes:
    from ..interop import jsonld

    return _with_base(options, lambda base: jsonld.write(corpus, context=context, base=base))


def _turtle(corpus: Corpus, context: Corpus, options: Options) -> bytes:
    from ..interop import rdf

    return _with_base(options, lambda base: rdf.write(corpus, context=context, base=base))


def _ntriples(corpus: Corpus, context: Corpus, options: Options) -> bytes:
    from ..interop import rdf

    return _with_base(
        options, lambda base: rdf.write(corpus, context=context, base=base, format="nt")
    )


def _with_base(options: Options, write: Callable[[str], bytes]) -> bytes:
    """What is written under the base of `--option base=...`, or under ours."""
    from .._version import BASE_IRI
    from ..interop.linked.nodes import base_of

    try:
        base = base_of(options.get("base", BASE_IRI))
    except ValueError as error:
        raise Unusable(reason=str(error)) from None
    return write(base)


def _parquet(corpus: Corpus, _context: Corpus, path: Path, _options: Options) -> None:
    from ..relational import to_parquet

    to_parquet(corpus, path)


def _from_parquet(path: Path) -> Corpus:
    from ..relational import from_parquet

    return from_parquet(path)


def _datapackage(corpus: Corpus, _context: Corpus, path: Path, options: Options) -> None:
    from ..interop.datapackage import save

    licenses = [{"name": options["license"]}] if "license" in options else []
    save(corpus, path, name=options.get("name"), title=options.get("title"), licenses=licenses)


def _sqlite(corpus: Corpus, context: Corpus, path: Path, options: Options) -> None:
    from ..interop.sqlite import save

    if (beside := options.get("with", "catalogue")) != "catalogue":
        raise Unusable(reason=f"sqlite is written with=catalogue, not with={excerpt(beside)}")
    save(context if "with" in options else corpus, path, context=context)


def _graphml(corpus: Corpus, context: Corpus, _options: Options) -> bytes:
    from ..interop.graph import write

    return write(corpus, context=context)


def _neo4j(corpus: Corpus, context: Corpus, path: Path, _options: Options) -> None:
    from ..interop.graph import save_neo4j

    save_neo4j(corpus, path, context=context)


def _mermaid(corpus: Corpus, context: Corpus, options: Options) -> bytes:
    from ..interop.graph import LIMIT, mermaid

    of = options.get("of") or (corpus.roadmaps[0].id if len(corpus.roadmaps) == 1 else "")
    if not of:
        raise Unusable(reason="mermaid draws what stands around one record: say --option of=RECORD")
    depth = _number("depth", options.get("depth", "1"))
    limit = _number("limit", options.get("limit", str(LIMIT)))
    return mermaid(corpus, of, depth, limit=limit, context=context).encode()


def _number(name: str, text: str) -> int:
    """The value of an option that is a number.

    Raises:
        Unusable: It is none.
    """
    if not (text.isascii() and text.isdecimal() and len(text) < 10):
        raise Unusable(reason=f"the option {name} is a whole number, not {excerpt(text)}")
    return int(text)


def _iati(corpus: Corpus, context: Corpus, options: Options) -> bytes:
    from ..interop.iati import Organisation, write

    given: dict[str, str | None] = {name: options.get(name) for name in _IATI}
    organisation: str | Organisation | None = given["reporting-org"]
    kind, name = given["reporting-org-type"], given["reporting-org-name"]
    if kind or name:
        organisation = Organisation(given["reporting-org"] or "", kind or "", name or "")
    return write(
        corpus,
        given["roadmap"],
        reporting_org=organisation,
        recipient=given["recipient"],
        sector=given["sector"],
        scope=given["scope"],
        default_currency=given["currency"],
        planned_start=_day("planned-start", given["planned-start"]),
        # What is neither of the two is told with all else that is wrong.
        long_budgets=cast("iati.LongBudgets", given["long-budgets"] or "refuse"),
        language=given["language"] or "en",
        refs=dict(_pairs("refs", given["refs"])),
        context=context,
    )


def _from_iati(path: Path) -> Corpus:
    from .._catalogue import catalogue
    from ..interop.iati import read

    return read(path, context=catalogue()).corpus


_IATI = (
    "roadmap",
    "reporting-org",
    "reporting-org-type",
    "reporting-org-name",
    "recipient",
    "sector",
    "scope",
    "currency",
    "planned-start",
    "long-budgets",
    "language",
    "refs",
)


def _day(option: str, text: str | None) -> datetime.date | None:
    try:
        return None if text is None else datetime.date.fromisoformat(text)
    except ValueError:
        reason = f"--option {option} takes a day written YYYY-MM-DD, not {excerpt(text)}"
        raise Unusable(reason=reason) from None


def _pairs(option: str, text: str | None) -> Iterator[tuple[str, str]]:
    for part in (text or "").split(","):
        name, equals, value = (each.strip() for each in part.partition("="))
        if equals and name and value:
            yield name, value
        elif part.strip():
            reason = f"--option {option} takes NAME=VALUE, NAME=VALUE ..., not {excerpt(part)}"
            raise Unusable(reason=reason)


#: The formats. A new one is a function above and a line here.
EXPORTS: tuple[Export, ...] = (
    Export("parquet", (".parquet",), save=_parquet, read=_from_parquet),
    Export("datapackage", save=_datapackage, options=("name", "title", "license")),
    Export("sqlite", (".sqlite", ".sqlite3", ".db"), save=_sqlite, options=("with",)),
    Export("graphml", (".graphml",), write=_graphml),
    Export("neo4j", save=_neo4j),
    Export("mermaid", (".mmd", ".mermaid"), write=_mermaid, options=("of", "depth", "limit")),
    Export("jsonld", (".jsonld",), write=_jsonld, options=("base",)),
    Export("nt", (".nt",), write=_ntriples, options=("base",)),
    Export("turtle", (".ttl",), write=_turtle, options=("base",)),
    Export("iati", (".iati.xml", ".iati"), write=_iati, read=_from_iati, options=_IATI),
)


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
