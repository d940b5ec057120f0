"""The XML under an Akoma Ntoso file: parsed with everything switched off that a document does not
need, and its elements sorted by kind.

**Why lxml, and not defusedxml.** Its support of lxml is deprecated, and what it adds to the
standard library (refusing DTDs and entities) is a check of two lines here. lxml itself has the rest
as switches of one parser: no network, no DTD, no entity, no huge tree (so that libxml2's own limits
on depth, on names and on text hold). It gives line numbers, which the standard library's tree does
not, and it is three times as fast.
"""

from __future__ import annotations

import functools
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NoReturn, Protocol, TypeAlias, overload

from ...errors import LoadError, MissingExtra, Position, excerpt
from .._reading import Repair
from .mend import mended


class Element(Protocol):
    """The part of lxml's elements that is used here: lxml has no public name for them."""

    tag: str
    text: str | None
    tail: str | None
    sourceline: int | None

    def __len__(self) -> int: ...
    def __iter__(self) -> Iterator[Element]: ...
    @overload
    def __getitem__(self, index: int, /) -> Element: ...
    @overload
    def __getitem__(self, index: slice, /) -> list[Element]: ...
    @overload
    def get(self, key: str) -> str | None: ...
    @overload
    def get(self, key: str, default: str) -> str: ...
    def iter(self, *tags: str) -> Iterator[Element]: ...
    def iterchildren(self, *tags: str) -> Iterator[Element]: ...
    def itertext(self) -> Iterator[str]: ...
    def getnext(self) -> Element | None: ...
    def getprevious(self) -> Element | None: ...
    def getparent(self) -> Element | None: ...
    def iterancestors(self) -> Iterator[Element]: ...
    def getroottree(self) -> Any: ...
    def clear(self, keep_tail: bool = False) -> None: ...


Source: TypeAlias = "str | os.PathLike[str] | bytes"
"""A path, or the bytes themselves."""

NAMESPACE = "http://docs.oasis-open.org/legaldocml/ns/akn/3.0"
#: The largest official file has 1.5 MB.
MAX_BYTES = 50_000_000
#: The deepest official file has 14 levels; the walks below recurse.
MAX_DEPTH = 100

#: What an element is to a reader, whatever its name says to a lawyer.
KINDS: dict[str, str] = {}
_NAMES: dict[str, str] = {
    "num": "num",
    "heading": "heading subheading crossHeading crossheading",
    "content": "content intro listIntroduction wrapUp listWrapUp listConclusion",
    # One paragraph or item, with its number.
    "unit": "paragraph subparagraph point item li indent alinea clause subclause rule subrule "
    "proviso level recital citation",
    # What has paragraphs under a heading.
    "group": "article book chapter subchapter division subdivision hcontainer part subpart section "
    "subsection title subtitle tome transitional tblock debateSection "
    "administrationOfOath rollCall prayers oralStatements writtenStatements "
    "personalStatements ministerialStatements resolutions nationalInterest "
    "declarationOfVote communication petitions papers noticesOfMotion questions address "
    "proceduralMotions pointOfOrder adjournment motivation introduction background "
    "arguments remedies decision",
    "list": "list blockList ol ul sublist",
    "block": "p block longTitle summary narrative scene other from interstitial",
    "table": "table",
    "formula": "formula",
    # What is quoted within a sentence: a whole document, or a piece of one.
    "quoted": "embeddedStructure quotedStructure",
    "wrapper": "container blockContainer recitals citations speech speechGroup question answer "
    "preamble mainBody body debateBody judgmentBody amendmentBody collectionBody "
    "conclusions components component attachments attachment fragmentBody header",
    "document": "statement doc act bill debateReport debate judgment officialGazette portion "
    "amendment amendmentList documentCollection",
    "note": "authorialNote",
    "noteRef": "noteRef",
    "link": "a ref rref documentRef componentRef",
    "break": "eol br",
    "mark": "sup",
    "image": "img foreign math svg placeholder",
    "contents": "toc",
    "meta": "meta",
    "words": "span inline b i u sub date organization person role location event term concept",
}
for _kind, _names in _NAMES.items():
    for _name in _names.split():
        KINDS[f"{{{NAMESPACE}}}{_name}"] = KINDS[_name] = _kind
#: What stands between paragraphs; everything else is part of one.
BLOCKS = frozenset(
    [
        "heading",
        "content",
        "unit",
        "group",
        "list",
        "block",
        "table",
        "formula",
        "wrapper",
        "quoted",
        "document",
        "num",
        "contents",
    ]
)


def kind_of(tag: str) -> str:
    """What an element of this tag is, also in another version's namespace; `""` for what is part of
    a sentence.
    """
    return KINDS.get(tag) or KINDS.get(tag.rpartition("}")[2], "")


def local(element: Element) -> str:
    """The name of an element without its namespace."""
    return element.tag.rpartition("}")[2]


def has_blocks(element: Element) -> bool:
    """Whether paragraphs or headings stand in an element."""
    for child in element[:]:  # noqa: SIM110 - for every paragraph: a generator takes twice as long
        if (KINDS.get(child.tag) or kind_of(child.tag)) in BLOCKS:
            return True
    return False


def clean(text: str) -> str:
    r"""*text* with any run of white space as one space.

    Most paragraphs have nothing to mend but a hard space or a tab between words: to look for these
    and to replace them is faster than to split and join.

    Examples:
        >>> clean("\t17\xa0December  2025\n")
        '17 December 2025'
    """
    text = text.strip()
    if "\xa0" in text:
        text = text.replace("\xa0", " ")
    if "\t" in text:
        text = text.replace("\t", " ")
    if "  " in text or "\n" in text or "\u202f" in text or "\u3000" in text:
        return " ".join(text.split())
    return text


def plain(element: Element) -> str:
    """The whole text of an element, single-spaced."""
    return clean("".join(element.itertext()) if len(element) else element.text or "")


def refuse(
    code: str,
    message: str,
    name: str,
    line: int | None = None,
    column: int | None = None,
    hint: str = "",
) -> NoReturn:
    """Raise a LoadError with one problem."""
    raise LoadError.of(Position(name, line, column), code, message, hint) from None


def bounded(depth: int, element: Element, name: str) -> None:
    """Refuse elements nested deeper than in any document, before Python's own stack overflows."""
    if depth > MAX_DEPTH:
        refuse(
            "too-deep", f"elements are nested more than {MAX_DEPTH} deep", name, element.sourceline
        )


def read_bytes(source: Source) -> tuple[str, bytes]:
    """The name to call a source by, and its bytes."""
    if isinstance(source, bytes):
        name, data = "<data>", source
    else:
        path = Path(source)
        name = str(path)
        try:
            with path.open("rb") as stream:
                size = os.fstat(stream.fileno()).st_size
                # What has no size of its own, such as a pipe, is read up to the limit.
                data = stream.read() if 0 < size <= MAX_BYTES else stream.read(MAX_BYTES + 1)
        except (OSError, ValueError) as error:  # ValueError: a null character in the name
            reason = getattr(error, "strerror", None) or str(error)
            refuse("unreadable", f"cannot be read: {reason}", excerpt(name, 300).strip("'"))
    if len(data) > MAX_BYTES:
        refuse("too-large", f"is larger than {MAX_BYTES // 1_000_000} MB", name)
    return name, data


@functools.cache
def _parser() -> tuple[Any, Any]:
    try:
        from lxml import etree
    except ImportError:
        extra = "akn"
        raise MissingExtra(extra, "lxml") from None
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        dtd_validation=False,
        attribute_defaults=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
        collect_ids=False,
        recover=False,
    )
    return etree, parser


def parse(name: str, data: bytes) -> tuple[Element, tuple[Repair, ...]]:
    """The root of an XML file, and what had to be mended before it could be parsed.

    Raises:
        LoadError: It is not well-formed and cannot be mended, is nested too deep, or has a
            document type declaration.
        MissingExtra: lxml is not installed.
    """
    etree, parser = _parser()
    # Where it usually stands it is seen before anything is parsed; null bytes are UTF-16's.
    if b"<!DOCTYPE" in data[:4096].replace(b"\0", b""):
        _refuse_dtd(name)
    repairs: tuple[Repair, ...] = ()
    try:
        root: Element = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        found = _parse_mended(name, data)
        if found is None:
            line, column = error.position
            refuse(
                "not-xml",
                f"is not well-formed XML: {excerpt(error.msg or 'no element', 200)}",
                name,
                line or None,
                column or None,
            )
        root, repairs = found
    except (etree.LxmlError, LookupError, ValueError) as error:
        refuse("not-xml", f"is not well-formed XML: {excerpt(str(error), 200)}", name)
    # A declaration may stand behind a long comment, or in an encoding that hides it.
    if root.getroottree().docinfo.internalDTD is not None:
        _refuse_dtd(name)
    return root, repairs


def _parse_mended(name: str, data: bytes) -> tuple[Element, tuple[Repair, ...]] | None:
    """What is not well-formed, mended and parsed as strictly as all else; None where that fails, or
    gives no Akoma Ntoso.
    """
    etree, parser = _parser()
    if (found := mended(name, data)) is None:
        return None
    try:
        root: Element = etree.fromstring(found[0], parser)
    except (etree.LxmlError, ValueError):
        return None
    return (root, found[1]) if is_akn(root) else None


def is_akn(root: Element) -> bool:
    """Whether a file with this root is Akoma Ntoso, or one document of it."""
    return local(root) == "akomaNtoso" or kind_of(root.tag) == "document"


def _refuse_dtd(name: str) -> NoReturn:
    refuse(
        "dtd",
        "declares a document type, which can define entities and lead to other files",
        name,
        hint="remove the DOCTYPE",
    )
