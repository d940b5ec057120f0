"""Elements, names, dates, addresses and links as the UN's Akoma Ntoso files write them."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable, Sequence
from typing import TypeAlias
from urllib.parse import quote
from xml.etree.ElementTree import Element, SubElement

from ...model import Citation, Document, cite
from .._wording import day_text
from .build import citation_of

__all__ = [
    "NO_DATE",
    "Mark",
    "Names",
    "REFERENCES",
    "add_element",
    "body_of",
    "date_text",
    "day_in_words",
    "indent",
    "iri_of",
    "link_to",
    "linked",
    "marked",
    "uri_of",
]

#: How the UN's files say that there is no date.
NO_DATE = "0001-01-01"
#: Body to its name in IRIs, in references, and in words.
_BODIES = {
    "general-assembly": ("unga", "generalAssembly", "General Assembly"),
    "ecosoc": ("unecosoc", "economicSocialCouncil", "Economic and Social Council"),
    "security-council": ("unsc", "securityCouncil", "Security Council"),
}
_NO_BODY = ("un", "unitedNations", "United Nations")
REFERENCES = (
    ("TLCProcess", "editor", "process/un/wsis_model", "wsis_model"),
    ("TLCConcept", "dateOfIssuance", "concept/un/dateOfIssuance", "Date of issuance"),
    ("TLCConcept", "adoptionDate", "concept/un/dateOfAdoption", "Date of adoption"),
    ("TLCConcept", "adoptionMeeting", "concept/un/meeting", "Meeting of adoption"),
    ("TLCConcept", "symbol", "reference/un/symbol", "Symbol"),
    ("TLCConcept", "session", "concept/un/session", "Session"),
    ("TLCConcept", "agenda", "concept/un/agenda", "Agenda"),
    ("TLCConcept", "preamble", "concept/un/preamble", "Preamble"),
    ("TLCEvent", "adoption", "event/un/adoption", "Adoption"),
    ("TLCRole", "author", "role/un/author", "Author"),
    ("TLCRole", "issuer", "role/un/issuer", "Issuer"),
    ("TLCTerm", "resolutionTitle", "reference/un/resolutionTitle", "Resolution title"),
    ("TLCTerm", "title", "reference/un/title", "Title"),
    ("TLCTerm", "memberState", "organization/un/memberState", "Member State"),
    ("TLCTerm", "inFavour", "concept/un/voting/inFavour", "In favour"),
    ("TLCTerm", "against", "concept/un/voting/against", "Against"),
    ("TLCTerm", "abstaining", "concept/un/voting/abstaining", "Abstaining"),
)
#: Elements whose white space is part of a sentence.
_MIXED = frozenset(("p", "num", "heading", "crossHeading", "listWrapUp"))


#: Words, and the element with its attributes that they are to stand in.
Mark: TypeAlias = "tuple[str, str, dict[str, str]]"


class Names:
    """The eIds given so far: none may come twice in a file."""

    def __init__(self) -> None:
        self._taken = {name for _, name, _, _ in REFERENCES}

    def free(self, name: str) -> str:
        """*name*, or with a further number where it is taken."""
        found, again = name, 1
        while found in self._taken:
            again += 1
            found = f"{name}_{again}"
        self._taken.add(found)
        return found


def iri_of(document: Document) -> str:
    """The IRI of a work, as the UN makes it from the date and the symbol."""
    if document.akn_iri:
        return uri_of(document.akn_iri)
    number = re.sub(r"^[AES]/RES/", "", document.symbol or document.id)
    number = re.sub(r"[^A-Za-z0-9.]+", "-", number).strip("-") or "document"
    body, day = body_of(document)[0], date_text(document.adopted)
    return f"/akn/un/statement/deliberation/{body}/{day}/{number}/"


def body_of(document: Document) -> tuple[str, str, str]:
    """The body that adopted a document: its name in addresses, as an identifier and to be shown."""
    return _BODIES.get(document.body or "", _NO_BODY)


def date_text(day: datetime.date | None) -> str:
    """A day as files write it; a day of year 1 where there is none."""
    return day.isoformat() if day else NO_DATE


def day_in_words(day: datetime.date | None, language: str) -> str:
    """A day as documents print it, in English; in other languages as ISO writes it."""
    if day is None:
        return ""
    return day_text(day) if language == "en" else day.isoformat()


def uri_of(text: str) -> str:
    """*text* as the schema's type for addresses takes it."""
    return quote(re.sub(r"%(?![0-9A-Fa-f]{2})", "%25", text), safe="%/:?#@!$&'()*+,;=~")


def _symbol(target: str, text: str) -> str:
    """The symbol of a cited document, as its official address has it: known, as spelt in *text*,
    or guessed; empty where it has none.
    """
    written = cite(target)
    if old := re.fullmatch(r"resolution (\d+)(?: ([A-Z]))? (\([IVXL]+\))", written):
        return f"A/RES/{old[1]}{old[3]}{old[2] or ''}"
    if "/" in written:
        return written
    if not re.match(r"(?:a|e|s|st)-", target):
        return ""
    spelling = "[/. ()]{1,2}".join(map(re.escape, target.split("-")))
    spelt = re.search(rf"(?<![\w/]){spelling}(?!\w|/\w)", text, re.IGNORECASE)
    return spelt[0] if spelt else target.upper().replace("-", "/")


def link_to(citation: Citation, text: str, start: int) -> tuple[int, int, str]:
    """Where *text* names what is cited, from *start* on, and the address to link to; an empty
    place at *start* where it does not.
    """
    text_cited, href = citation.text or "", ""
    words: tuple[str, ...] = (text_cited,)
    if citation.target is not None:
        work = citation.target.partition("/")[0]
        symbol, written = _symbol(work, text), cite(work)
        href = f"https://docs.un.org/en/{quote(symbol, safe='/()')}"
        words = (symbol, written.removeprefix("resolution "), re.sub(r"^[AE]/RES/", "", symbol))
        if not symbol or citation_of(href, "") != (work, None):
            text_cited, href, words = written, "", (written,)
    if not href:
        is_address = re.match(r"https?://", text_cited)
        href = uri_of(text_cited) if is_address else quote(text_cited, safe="")
    for word in filter(None, words):
        if found := re.compile(rf"(?<![\w/]){re.escape(word)}(?!\w|/\w)").search(text, start):
            return *found.span(), href
    return start, start, href


def _append_text(block: Element, text: str) -> None:
    """Add text after the content of a block."""
    if len(block):
        block[-1].tail = (block[-1].tail or "") + text
    else:
        block.text = (block.text or "") + text


def add_element(parent: Element, tag: str, text: str = "", **attributes: str) -> Element:
    """A new element below *parent*, with its text and attributes."""
    element = SubElement(parent, tag, attributes)
    if text:
        element.text = text
    return element


def marked(block: Element, text: str, marks: Sequence[Mark]) -> Sequence[Mark]:
    """Write *text* with what it says marked up, and give the marks whose words it does not have."""
    used: list[str] = []
    cursor = 0
    for mark in sorted(marks, key=lambda each: text.find(each[0])):
        words, tag, attributes = mark
        start = text.find(words)
        if words and start >= cursor:
            _append_text(block, text[cursor:start])
            add_element(block, tag, words, **attributes)
            cursor = start + len(words)
            used.append(words)
    _append_text(block, text[cursor:])
    return [mark for mark in marks if mark[0] not in used]


def linked(block: Element, text: str, citations: Iterable[Citation]) -> None:
    """Write *text* with links, in the order of the citations."""
    cursor = 0
    for citation in citations:
        start, end, href = link_to(citation, text, cursor)
        _append_text(block, text[cursor:start])
        add_element(block, "a", text[start:end], href=href)
        cursor = end
    _append_text(block, text[cursor:])


def indent(element: Element, depth: int) -> None:
    """Put each element on a line of its own, down to those that hold sentences."""
    if element.tag in _MIXED or not len(element):
        return
    element.text = "\n" + "  " * (depth + 1)
    for child in element:
        indent(child, depth + 1)
        child.tail = element.text
    element[-1].tail = "\n" + "  " * depth
