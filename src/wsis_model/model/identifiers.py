"""How things are named: canonical identifiers, and the ways in which people of the field write
references.

**Identifiers** read like paths: lower case, safe in a URL, one namespace, never reused.

```text
identifier = first *( "/" segment )
segment    = 1*alnum *( ( "." / "-" ) 1*alnum )          ; alnum is a-z and 0-9
first      = a segment without "." that is not a bare number  ; para.26 and 9.c are references
document   = session "-" number                          ; 80-173          A/RES/80/173
           / symbol, "/" and "." written "-"             ; a-80-l-41       A/80/L.41
           / name                                        ; gdc             Global Digital Compact
provision  = document "/" [ "p" ] number *( "-" item )   ; 80-173/99, 80-173/p1, gdc/21-a
mandate    = provision "." ordinal                       ; 80-173/67.2
section    = document "/s" ordinal                       ; 80-173/s14
concept    = vocabulary "/" code                         ; sdg/9.c, action-lines/c7-e-health
group      = "groups/" name      session = "sessions/" body "-" number
entity     = acronym             part of a road map = roadmap "/" name
```

**References** are what a person writes; [`parse_reference`][wsis_model.parse_reference] reads them
leniently (case, spaces, `para`, `para.`, `paragraph`, `§`, `¶`), and [`cite`][wsis_model.cite]
writes them the way the field does:

```text
reference  = work [ [","] tail ]         ; A/RES/80/173, para. 99 · 80/173 para 67 · GDC 21(a)
work       = symbol / [ "resolution" ] session "/" number
           / "resolution" number letter "(" roman ")" / name
tail       = [ "/" / "preambular" ] [ "para." / "paragraph" / "§" / "¶" / "OP" / "PP" ]
             number *( "(" item ")" ) [ ", mandate" ordinal ]
           / "section" ordinal
sdg        = ( "SDG" / "Goal" / "target" / "indicator" … ) code
                                         ; SDG 9 · SDG target 9.c · SDG indicator 9.c.1
line       = [ "WSIS" ] [ "Action Line" ] "C" number [ ":" / "." ] [ sub-line ]
```
"""

from __future__ import annotations

import re
from typing import Annotated

from pydantic import StringConstraints

from ..errors import NotAReference
from .record import Refers

__all__ = [
    "ActorId",
    "AlignedId",
    "AnyId",
    "ConceptId",
    "DocumentId",
    "Identifier",
    "ProvisionId",
    "SessionId",
    "cite",
    "is_identifier",
    "number_to_segment",
    "owner_of",
    "parse_reference",
]

SEGMENT = r"[a-z0-9]+(?:[.-][a-z0-9]+)*"
FIRST = r"(?:[a-z][a-z0-9]*|[0-9]+(?:[a-z]|-[a-z0-9])[a-z0-9]*)(?:-[a-z0-9]+)*"
PATTERN = rf"^{FIRST}(?:/{SEGMENT})*$"
_IDENTIFIER = re.compile(rf"{FIRST}(?:/{SEGMENT})*")

Identifier = Annotated[str, StringConstraints(pattern=PATTERN, max_length=200)]
"""A canonical identifier, e.g. `"80-173/99"`."""
AlignedId = Annotated[Identifier, Refers(("concept", "provision"))]
"""Names what something can be aligned with: a concept, or a commitment of the Compact."""

AnyId = Annotated[Identifier, Refers()]
"""Names a record of any kind."""
DocumentId = Annotated[Identifier, Refers(("document",))]
"""Names a document, e.g. `"80-173"`."""
ProvisionId = Annotated[Identifier, Refers(("provision",))]
"""Names a provision, e.g. `"80-173/99"`."""
ConceptId = Annotated[Identifier, Refers(("concept",))]
"""Names a concept of a vocabulary, e.g. `"verbs/request"`."""
ActorId = Annotated[Identifier, Refers(("group", "entity"))]
"""Names a stakeholder group or an entity, e.g. `"groups/technical-community"`, `"itu"`."""
SessionId = Annotated[Identifier, Refers(("session",))]
"""Names a session or meeting, e.g. `"sessions/cstd-30"`."""

#: Works that are cited by name. The first name is the one `cite` writes.
NAMES: dict[str, tuple[str, ...]] = {
    "gdc": (
        "Global Digital Compact",
        "GDC",
        "Compact",
        "A/RES/79/1, annex I",
        "A/RES/79/1 annex I",
    ),
    "tunis-agenda": ("Tunis Agenda", "Tunis Agenda for the Information Society"),
    "tunis-commitment": ("Tunis Commitment",),
    "geneva-plan": ("Geneva Plan of Action", "Geneva Plan"),
    "geneva-declaration": ("Geneva Declaration of Principles", "Geneva Declaration"),
    "sevilla-commitment": ("Sevilla Commitment",),
    "un-charter": ("Charter of the United Nations", "UN Charter", "United Nations Charter"),
}
#: Names that are another way of writing a symbol; `cite` writes the symbol.
ALSO = {
    "pact for the future": "79-1",
    "2030 agenda": "70-1",
    "2030 agenda for sustainable development": "70-1",
    "wsis+20 outcome": "80-173",
    "wsis+10 outcome": "70-125",
    "universal declaration of human rights": "217-a-iii",
    "udhr": "217-a-iii",
}
_WORKS = {name.casefold(): work for work, names in NAMES.items() for name in names} | ALSO
_NAMED = re.compile(
    r"(?:the\s+)?("
    + "|".join(sorted((re.escape(name) for name in _WORKS), key=len, reverse=True))
    + r")(?![\w/-])",
    re.IGNORECASE,
)

#: In a symbol these are followed by a dot and a number: A/80/L.41, A/C.2/80/L.17, E/CN.16/2025/2,
#: A/CONF.157/24.
_DOTTED = frozenset((
    "l", "c", "conf", "cn", "ac", "wg", "wp", "crp", "inf", "rev", "add", "corr", "pv", "sr", "ngo",
    "pc", "sub", "dec",
))  # fmt: skip
_SYMBOL_HEADS = frozenset(("a", "e", "s", "st"))
_BODIES = _DOTTED | frozenset(("res", "hrc", "dec", "ec", "es", "dp", "sgb"))
_SYMBOL = re.compile(
    r"(?:A|E|S|ST)(?:/[A-Z0-9-]+(?:\.[0-9]+)?(?:\s?\([A-Z0-9-]+\))?)+", re.IGNORECASE
)
_RESOLUTION = re.compile(
    r"(?:(?:UN\s+)?(?P<body>GA|UNGA|General\s+Assembly|ECOSOC"
    r"|Economic\s+and\s+Social\s+Council)\s+)?"
    r"(?P<word>resolutions?|res\.?)?\s*(?:A/RES/)?(?P<session>\d{1,4})\s*/\s*(?P<number>\d+)"
    r"(?:\s(?P<part>[A-Z])(?![\w.]))?",
    re.IGNORECASE,
)
_OLD = re.compile(
    r"(?:(?:GA|UNGA|General\s+Assembly)\s+)?(?:resolution\s+|res\.?\s+|A/RES/)"
    r"(?P<number>\d+)\s*(?:(?P<part>[A-Z])\s*)?\((?P<roman>[IVXL]+)\)"
    r"(?:\s*(?P<after>[A-Z])(?!\w))?",
    re.IGNORECASE,
)
_TAIL = re.compile(
    r"(?:\s*,?\s*|/)(?P<part>preambular|operative|preamble)?\s*"
    r"(?P<word>paragraphs?|paras?\.?|§§?|¶¶?|OP\.?|PP\.?)?\s*"
    r"(?P<number>\d+)\s*(?P<items>(?:\s*\(\s*[a-z]+\s*\))*)"
    r"(?:\s*,?\s*mandate\s+(?P<mandate>\d+))?\s*\.?",
    re.IGNORECASE,
)
_SECTION = re.compile(r"\s*,?\s*(?:section|sect\.|sec\.)\s*(?P<number>\d+)\s*", re.IGNORECASE)
_SDG = re.compile(
    r"(?:(?:UN\s+)?(?:SDGs?|Sustainable\s+Development\s+Goals?)\s*,?\s*"
    r"(?:(?:goal|target|indicator)s?)?|(?:goal|target|indicator)s?)\s*"
    r"(?P<code>\d{1,2}(?:\.(?:\d{1,2}|[a-d])(?:\.\d{1,2})?)?)\s*",
    re.IGNORECASE,
)
_LINE = re.compile(
    r"(?:WSIS\s+)?(?:(?:Action\s+Lines?|AL)\s+)?C\s?(?P<line>\d{1,2})"
    r"(?:\s*[.:/,–-]?\s*(?P<sub>e-?[a-z]+))?\s*",
    re.IGNORECASE,
)
_LINE_TITLE = re.compile(r"\s*:\s*(?!e-)\S.*", re.IGNORECASE | re.DOTALL)
SUB_LINES = (
    "e-government",
    "e-business",
    "e-learning",
    "e-health",
    "e-employment",
    "e-environment",
    "e-agriculture",
    "e-science",
)


def is_identifier(text: str) -> bool:
    """Whether *text* is a canonical identifier.

    Examples:
        >>> is_identifier("80-173/99"), is_identifier("A/RES/80/173")
        (True, False)
    """
    return len(text) <= 200 and _IDENTIFIER.fullmatch(text) is not None


def owner_of(identifier: str) -> str:
    """The identifier of what *identifier* belongs to; of a top-level thing, the empty string.

    Examples:
        >>> owner_of("80-173/67.2"), owner_of("80-173/67"), owner_of("80-173")
        ('80-173/67', '80-173', '')
    """
    path, _, last = identifier.rpartition("/")
    if (
        "." in last
        and path
        and "." in last
        and (mandate := re.fullmatch(r"(p?[0-9]+(?:-[a-z0-9]+)*)\.[0-9]+", last))
        and "/" not in path
        and path != "sdg"
    ):
        return f"{path}/{mandate[1]}"
    return path


def number_to_segment(number: str) -> str:
    """The last segment of the identifier of a provision with this printed number.

    Examples:
        >>> (
        ...     number_to_segment("99"),
        ...     number_to_segment("21(a)"),
        ...     number_to_segment("P1"),
        ...     number_to_segment("8 (b) (ii)"),
        ... )
        ('99', '21-a', 'p1', '8-b-ii')
    """
    return "-".join(re.findall(r"[a-z0-9]+", number.lower()))


def _symbol_to_identifier(symbol: str) -> str:
    text = re.sub(r"^A/RES/(?=[0-9ES])", "", symbol.upper())
    return "-".join(re.findall(r"[a-z0-9]+", text.lower()))


def _work(text: str) -> tuple[str, str] | None:
    """The document that *text* starts with, and what stands behind it."""
    if named := _NAMED.match(text):
        return _WORKS[re.sub(r"\s+", " ", named[1]).casefold()], text[named.end() :]
    if old := _OLD.match(text):
        part = (old["part"] or old["after"] or "").lower()
        return "-".join(filter(None, (old["number"], part, old["roman"].lower()))), text[
            old.end() :
        ]
    if resolution := _RESOLUTION.match(text):
        session, number = int(resolution["session"]), int(resolution["number"])
        ecosoc = (resolution["body"] or "").casefold().startswith("e") or session > 1900
        part = (resolution["part"] or "").lower()
        stem = f"e-res-{session}-{number}" if ecosoc else f"{session}-{number}"
        return stem + (f"-{part}" if part else ""), text[resolution.end() :]
    if symbol := _SYMBOL.match(text):
        return _symbol_to_identifier(symbol[0]), text[symbol.end() :]
    return None


def _tail(work: str, rest: str) -> str | None:
    if section := _SECTION.fullmatch(rest):
        return f"{work}/s{int(section['number'])}"
    tail = _TAIL.fullmatch(rest)
    if tail is None:
        return None
    preambular = (tail["part"] or "").lower().startswith("pream") or (
        tail["word"] or ""
    ).upper().startswith("PP")
    items = re.findall(r"[a-z]+", tail["items"].lower())
    provision = "-".join([f"{'p' if preambular else ''}{int(tail['number'])}", *items])
    return f"{work}/{provision}" + (f".{int(tail['mandate'])}" if tail["mandate"] else "")


def parse_reference(text: str, of: str = "") -> str:
    """The canonical identifier of what a person of the field wrote.

    Reading is by grammar alone: whether anything of that name exists is asked of a corpus
    ([`Corpus.find`][wsis_model.Corpus.find]).

    Args:
        text: What was written.
        of: The document of which a paragraph or section is that is cited without one, e.g.
            `"80-173"`; without it such a text is no reference.

    Raises:
        NotAReference: The text is none of the forms in this module's grammar.

    Examples:
        >>> parse_reference("A/RES/80/173, para. 99"), parse_reference("80/173 para 67")
        ('80-173/99', '80-173/67')
        >>> (
        ...     parse_reference("C7: e-health"),
        ...     parse_reference("SDG target 9.c"),
        ...     parse_reference("GDC 21(a)"),
        ... )
        ('action-lines/c7-e-health', 'sdg/9.c', 'gdc/21-a')
        >>> parse_reference("resolution 217 A (III)"), parse_reference("A/80/L.41")
        ('217-a-iii', 'a-80-l-41')
        >>> parse_reference("para. 26", of="80-173"), parse_reference("21 (a)", of="gdc")
        ('80-173/26', 'gdc/21-a')
    """
    if len(text) > 300:  # longer than any reference, and the bound on the work below
        raise NotAReference(text)
    cleaned = re.sub(r"\s+", " ", text.replace("\u2011", "-").replace("\u2010", "-")).strip()
    if is_identifier(cleaned):
        return cleaned
    if line := _LINE.match(cleaned):
        number, sub, rest = int(line["line"]), line["sub"], cleaned[line.end() :]
        slug = f"e-{sub.lower().removeprefix('e').removeprefix('-')}" if sub else ""
        if (
            1 <= number <= 11
            and (not sub or (number == 7 and slug in SUB_LINES))
            and (not rest or _LINE_TITLE.fullmatch(rest))
        ):
            return f"action-lines/c{number}" + (f"-{slug}" if slug else "")
    if (sdg := _SDG.fullmatch(cleaned)) and 1 <= int(sdg["code"].split(".")[0]) <= 17:
        return f"sdg/{sdg['code'].lower()}"
    if work := _work(cleaned):
        document, rest = work
        made = document if not rest.strip(" .,") else _tail(document, rest)
    else:
        made = _tail(of, cleaned) if of else None
    if made is not None and is_identifier(made):
        return made
    raise NotAReference(text)


def _cite_work(document: str) -> str | None:
    """How the field writes a document, or None if the identifier does not show it."""
    if document in NAMES:
        return NAMES[document][0]
    if resolution := re.fullmatch(r"([1-9][0-9]{0,2})-([1-9][0-9]*)(?:-([a-z]))?", document):
        part = f" {resolution[3].upper()}" if resolution[3] else ""
        return f"A/RES/{resolution[1]}/{resolution[2]}{part}"
    if old := re.fullmatch(r"([1-9][0-9]*)(?:-([a-z]))?-([ivxl]+)", document):
        return f"resolution {old[1]} {old[2].upper() + ' ' if old[2] else ''}({old[3].upper()})"
    if special := re.fullmatch(r"(es|s)-([1-9][0-9]*)-([1-9][0-9]*)", document):
        return f"A/RES/{special[1].upper()}-{special[2]}/{special[3]}"
    tokens = document.split("-")
    if (
        len(tokens) < 3
        or tokens[0] not in _SYMBOL_HEADS
        or not (tokens[1] in _BODIES or tokens[1].isdigit())
    ):
        return None
    if tokens[:2] == ["s", "res"] and len(tokens) == 4 and tokens[3].isdigit():
        return f"S/RES/{tokens[2]} ({tokens[3]})"
    written, previous = "", ""
    for token in tokens:
        glue = "" if not written else "." if previous in _DOTTED and token.isdigit() else "/"
        written, previous = written + glue + token.upper(), token
    return written


def cite(identifier: str) -> str:
    """An identifier the way the field writes it; what has no such way stays as it is.

    `parse_reference(cite(x)) == x` for every identifier `x`.

    Examples:
        >>> cite("gdc/21-a"), cite("80-173/67.2")
        ('Global Digital Compact, para. 21 (a)', 'A/RES/80/173, para. 67, mandate 2')
        >>> cite("sdg/9"), cite("sdg/9.c"), cite("sdg/9.c.1")
        ('SDG 9', 'SDG target 9.c', 'SDG indicator 9.c.1')
        >>> (
        ...     cite("action-lines/c2"),
        ...     cite("action-lines/c7-e-health"),
        ...     cite("e-res-2025-18"),
        ...     cite("itu"),
        ... )
        ('Action Line C2', 'C7: e-health', 'E/RES/2025/18', 'itu')
    """
    head, _, last = identifier.partition("/")
    written: str | None = None
    if head == "sdg":
        kinds = ("SDG", "SDG target", "SDG indicator")
        written = f"{kinds[min(last.count('.'), 2)]} {last}"
    elif head == "action-lines" and (line := re.fullmatch(r"c([0-9]+)(?:-(e-[a-z]+))?", last)):
        written = f"C{line[1]}: {line[2]}" if line[2] else f"Action Line C{line[1]}"
    elif work := _cite_work(head):
        if not last:
            written = work
        elif section := re.fullmatch(r"s([0-9]+)", last):
            written = f"{work}, section {section[1]}"
        elif provision := re.fullmatch(r"(p)?([0-9]+)((?:-[a-z]+)*)(?:\.([0-9]+))?", last):
            items = "".join(f" ({item})" for item in provision[3].split("-")[1:])
            part = "preambular para." if provision[1] else "para."
            written = f"{work}, {part} {provision[2]}{items}"
            if provision[4]:
                written += f", mandate {provision[4]}"
    if written is None:
        return identifier
    try:
        return written if parse_reference(written) == identifier else identifier
    except NotAReference:
        return identifier
