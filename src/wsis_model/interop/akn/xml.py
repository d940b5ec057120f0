"""The XML under an Akoma Ntoso file: mended where that takes little, its elements by kind."""

from __future__ import annotations

from ...errors import LoadError
from .._reading import Repair
from .._xml import NOT_XML, Element, local, parse_strictly, refuse
from .mend import mended

NAMESPACE = "http://docs.oasis-open.org/legaldocml/ns/akn/3.0"
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


def has_blocks(element: Element) -> bool:
    """Whether paragraphs or headings stand in an element."""
    for child in element[:]:  # noqa: SIM110 - for every paragraph: a generator takes twice as long
        if (KINDS.get(child.tag) or kind_of(child.tag)) in BLOCKS:
            return True
    return False


def bounded(depth: int, element: Element, name: str) -> None:
    """Refuse elements nested deeper than in any document, before Python's own stack overflows."""
    if depth > MAX_DEPTH:
        refuse(
            "too-deep", f"elements are nested more than {MAX_DEPTH} deep", name, element.sourceline
        )


def parse(name: str, data: bytes) -> tuple[Element, tuple[Repair, ...]]:
    """The root of an XML file, and what had to be mended before it could be parsed.

    Raises:
        LoadError: It is not well-formed and cannot be mended, is nested too deep, or has a
            document type declaration.
        MissingExtra: lxml is not installed.
    """
    try:
        return parse_strictly(name, data, "akn"), ()
    except LoadError as error:
        if error.problems[0].code != NOT_XML or (found := _parse_mended(name, data)) is None:
            raise
        return found


def _parse_mended(name: str, data: bytes) -> tuple[Element, tuple[Repair, ...]] | None:
    """What is not well-formed, mended and parsed as strictly as all else; None where that fails, or
    gives no Akoma Ntoso.
    """
    if (found := mended(name, data)) is None:
        return None
    try:
        root = parse_strictly(name, found[0], "akn")
    except LoadError as error:
        if error.problems[0].code != NOT_XML:
            raise
        return None
    return (root, found[1]) if is_akn(root) else None


def is_akn(root: Element) -> bool:
    """Whether a file with this root is Akoma Ntoso, or one document of it."""
    return local(root) == "akomaNtoso" or kind_of(root.tag) == "document"
