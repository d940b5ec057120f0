"""The particulars of a document: its metadata, its cover page, its closing formula."""

from __future__ import annotations

import datetime
import functools
import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

import attrs

from ...model import Alignment, Basis, Subject
from .._xml import local, plain
from .build import SERIES, identifier_of
from .numbers import label_of
from .xml import has_blocks

if TYPE_CHECKING:
    from .._xml import Element

__all__ = ["LANGUAGES", "NO_KIND", "TAKEN", "Facts", "facts_of", "add_symbol_fields"]

#: Official languages as ISO 639-2 writes them in files, to the tags of BCP 47.
LANGUAGES = {
    "ara": "ar",
    "zho": "zh",
    "chi": "zh",
    "eng": "en",
    "fra": "fr",
    "fre": "fr",
    "rus": "ru",
    "spa": "es",
    "deu": "de",
    "ger": "de",
    "por": "pt",
    "ita": "it",
}
_BODIES = {"A": "general-assembly", "E": "ecosoc", "S": "security-council"}
_SESSION_BODIES = {"A": "ga", "E": "ecosoc", "S": "sc"}
_SPECIAL = re.compile(r"A/(?:RES/)?(ES|S)-(\d{1,3})/")
_SDG_CODE = re.compile(r"(?:[1-9]|1[0-7])(?:\.(?:\d{1,2}|[a-d])(?:\.\d{1,2})?)?")
_AGENDA = re.compile(r"(\d{1,3})\s*(?:\(?\s*([a-z])\s*\))?", re.IGNORECASE)
_WORK = re.compile(r"/akn/un/[^/]+/[^/]+/(?P<body>[a-z]+)/\d{4}-\d{2}-\d{2}/(?P<number>[^/]+)/?")
#: What the name of a document is where nothing is known of its kind; the schema wants one.
NO_KIND = "document"
#: Parts of the metadata whose content is in the records; references only say what names in the text
#: mean.
TAKEN = frozenset(
    ("identification", "classification", "workflow", "analysis", "references", "notes")
)
_PRINTED = ("{*}docNumber", "{*}docTitle", "{*}docDate", "{*}session", "{*}inline")
_SYMBOL = re.compile(r"(?:A|E|S|ST)/\S")
_VOTES = {
    "adoptedWithoutVote": "consensus",
    "adoptedRecordedVote": "vote",
    "adoptedByVote": "vote",
    "adoptedNonRecordedVote": "vote",
}


@attrs.define(eq=False)
class Facts:
    """What a file says of a document beside its text."""

    symbol: str = ""
    language: str = "und"
    title: str = ""
    number: str = ""
    """Its number within a collection, e.g. `"A"`."""
    fields: dict[str, Any] = attrs.Factory(dict[str, Any])
    extensions: dict[str, Any] = attrs.Factory(dict[str, Any])


def _date(text: str | None) -> datetime.date | None:
    """A day; the file's way of saying that there is none is the first day of year 1."""
    try:
        found = datetime.date.fromisoformat((text or "").strip()[:10])
    except ValueError:
        return None
    return found if found.year > 1800 else None


def _lines(element: Element) -> Iterator[str]:
    """The text of each block of an element."""
    if has_blocks(element):
        if element.text and element.text.strip():
            yield " ".join(element.text.split())
        for child in element:
            yield from _lines(child)
            if child.tail and child.tail.strip():
                yield " ".join(child.tail.split())
    elif text := plain(element):
        yield text


@functools.lru_cache(maxsize=8192)
def _keyword_of(value: str, shown: str, href: str, dictionary: str) -> Subject | Alignment | None:
    """What a keyword says: an SDG, or a subject. The same few thousand come again in every
    resolution.
    """
    value, shown, href = value.strip(), shown.strip(), href.strip()
    if (dictionary == "SDGO" or "/sdg/" in href) and _SDG_CODE.fullmatch(
        code := value or href.rpartition("/")[2]
    ):
        return Alignment(concept=f"sdg/{code.lower()}", basis=Basis.STATED)
    if not (shown or value):
        return None
    return (
        Subject(label=shown or value, iri=href) if _is_iri(href) else Subject(label=shown or value)
    )


class _Reader:
    def __init__(self, document: Element, file_language: str) -> None:
        self.document = document
        self.facts = Facts()
        language = (
            document.get("{http://www.w3.org/XML/1998/namespace}lang", "").lower().partition("-")[0]
        )
        self.facts.language = LANGUAGES.get(
            language, language if re.fullmatch("[a-z]{2,3}", language) else file_language
        )
        self.titles: dict[str, str] = {}
        self.subjects: dict[tuple[str, str | None], Subject] = {}
        self.alignments: dict[str, Alignment] = {}

    def read(self) -> Facts:
        parts: dict[str, list[Element]] = {}
        for child in self.document:
            parts.setdefault(local(child), []).append(child)
        for meta in parts.get("meta", ()):
            self._meta(meta)
        self.facts.fields.update(
            subjects=tuple(self.subjects.values()), alignments=tuple(self.alignments.values())
        )
        cover: list[str] = []
        for page in (*parts.get("coverPage", ()), *parts.get("preface", ())):
            self._cover(page, preface=local(page) == "preface")
            cover += _lines(page)
        closing: list[str] = []
        for page in parts.get("conclusions", ()):
            self._closing(page)
            closing += _lines(page)
        facts = self.facts
        if cover:
            facts.extensions[f"akn:cover-{facts.language}"] = cover
        if closing:
            facts.extensions[f"akn:closing-{facts.language}"] = closing
        facts.title = next(
            (
                self.titles[name]
                for name in ("preface", "cover", "number", "catalogue")
                if self.titles.get(name)
            ),
            "",
        )
        self._add_symbol()
        return facts

    # Metadata

    def _meta(self, meta: Element) -> None:
        for part in meta:
            name = local(part)
            if name == "identification":
                self._identification(part)
            elif name == "classification":
                for keyword in part:
                    self._keyword(keyword)
            elif name == "workflow":
                self._workflow(part)
            elif name == "analysis":
                self._votes(part)

    def _identification(self, identification: Element) -> None:
        fields = self.facts.fields
        for level in identification:
            for each in level:
                name = local(each)
                if name == "FRBRlanguage":
                    code = each.get("language", "").strip()
                    self.facts.language = LANGUAGES.get(
                        code.lower(),
                        code if re.fullmatch("[a-z]{2,3}", code) else self.facts.language,
                    )
                elif name == "FRBRdate":
                    day = _date(each.get("date"))
                    if day and each.get("name") == "adoption":
                        fields.setdefault("adopted", day)
                    elif day and each.get("name") == "publication":
                        fields.setdefault("distributed", day)
                elif name == "FRBRuri" and local(level) == "FRBRWork" and each.get("value"):
                    fields["akn_iri"] = each.get("value", "").strip() or None

    def _keyword(self, keyword: Element) -> None:
        get = keyword.get
        value, shown, about = get("value", ""), get("showAs", ""), get("refersTo")
        if about is not None and about.lstrip("#") in ("agenda", "title"):
            self._library_entry(
                about.lstrip("#"), value.strip(), shown.strip(), get("dictionary", "")
            )
            return
        found = _keyword_of(value, shown, get("href", ""), get("dictionary", ""))
        if isinstance(found, Alignment):
            self.alignments[found.concept] = found
        elif found is not None:
            self.subjects[found.label, found.iri] = found

    def _library_entry(self, about: str, value: str, shown: str, dictionary: str) -> None:
        """How the library has it: under an item of an agenda, or its title."""
        if about == "title":
            self.titles.setdefault("catalogue", shown or value)
            return
        if found := _AGENDA.fullmatch(value):
            self.facts.fields.setdefault("agenda_item", _agenda(found))
        self.facts.extensions.setdefault("akn:agenda", []).append(
            {"item": value, "title": shown, "agenda": dictionary}
        )

    def _workflow(self, workflow: Element) -> None:
        steps: list[dict[str, str]] = []
        for step in workflow:
            outcome, symbol = step.get("outcome", ""), step.get("as", "").strip()
            day = _date(step.get("date"))
            given = {
                "outcome": outcome,
                "date": day.isoformat() if day else "",
                "as": symbol,
                "by": step.get("by", "").strip(),
                "refersTo": step.get("refersTo", "").strip(),
            }
            kept = {name: value for name, value in given.items() if value}
            if len(kept) > 1:
                steps.append(kept)
            if (
                outcome == "draftResolution"
                and _SYMBOL.match(symbol)
                and (draft := identifier_of(symbol))
            ):
                self.facts.fields.setdefault("draft", draft)
            elif outcome == "adopted":
                if day:
                    self.facts.fields.setdefault("adopted", day)
                if meeting := re.search(
                    r"\d+\w*\s+(?:plenary\s+)?meeting", f"{symbol} {given['by']}"
                ):
                    self.facts.fields.setdefault("meeting", meeting[0])
        if steps:
            self.facts.extensions["akn:workflow"] = steps

    def _votes(self, analysis: Element) -> None:
        for voting in analysis.iter("{*}voting"):
            how = _VOTES.get(voting.get("outcome", ""))
            counts: dict[str, Any] = {}
            for count in voting.iter("{*}count"):
                name = count.get("refersTo", "").lstrip("#") or "count"
                voters = [plain(voter) for voter in count.iter("{*}organization", "{*}person")]
                counts[name] = (
                    {"count": count.get("value", ""), "voters": voters}
                    if voters
                    else {"count": count.get("value", "")}
                )
            if counts:
                self.facts.extensions["akn:votes"] = counts
            if how or counts:
                self.facts.fields.setdefault("adoption", how or "vote")

    # What is printed

    def _cover(self, page: Element, *, preface: bool) -> None:
        fields, facts = self.facts.fields, self.facts
        for element in page.iter(*_PRINTED):
            name = local(element)
            if name == "docNumber":
                text = plain(element)
                if _SYMBOL.match(text):
                    facts.symbol = facts.symbol or text
                elif not facts.number:
                    facts.number = text.strip(" .")
            elif name == "docTitle":
                text = plain(element).lstrip("-–— ")
                kind = element.get("refersTo", "")
                if preface or kind == "#resolutionTitle":
                    self.titles["preface"] = " ".join(
                        filter(None, (self.titles.get("preface"), text))
                    )
                elif kind == "#resolutionNumber":
                    self.titles["number"] = text
                elif kind != "#adoption":
                    self.titles.setdefault("cover", "")
            elif name == "docDate":
                day = _date(element.get("date"))
                about = element.get("refersTo", "")
                if day and about == "#dateOfIssuance":
                    fields["distributed"] = day
                elif day and about == "#adoptionDate":
                    fields.setdefault("adopted", day)
            elif name == "session":
                facts.extensions.setdefault(
                    "akn:session", element.get("value", "").strip() or plain(element)
                )
            elif name == "inline":
                self._marked_text(element)

    def _marked_text(self, element: Element) -> None:
        about, text = element.get("name", ""), plain(element)
        fields = self.facts.fields
        if about == "agenda item":
            if found := _AGENDA.search(element.get("title") or text):
                fields["agenda_item"] = _agenda(found)
        elif about == "originating document":
            if "/L." in text and (draft := identifier_of(text.partition(",")[0].strip())):
                fields.setdefault("draft", draft)
        elif about in ("adoptionMeeting", "meeting"):
            fields["meeting"] = text or fields.get("meeting")

    def _closing(self, page: Element) -> None:
        fields = self.facts.fields
        for element in page.iter("{*}location", "{*}inline", "{*}docDate", "{*}date"):
            if local(element) in ("docDate", "date"):
                if day := _date(element.get("date")):
                    fields.setdefault("adopted", day)
            elif (text := plain(element)) and (
                element.get("title")
                or "eeting" in element.get("refersTo", "") + element.get("name", "")
            ):
                fields["meeting"] = text

    # What follows from the symbol

    def _add_symbol(self) -> None:
        facts = self.facts
        if not facts.symbol and (work := _WORK.match(facts.fields.get("akn_iri") or "")):
            facts.symbol = _symbol_of_work(work["body"], work["number"])
        add_symbol_fields(facts)


def _symbol_of_work(body: str, number: str) -> str:
    if body in ("unsc", "sc") and (found := re.fullmatch(r"(\d+)-(\d{4})", number)):
        return f"S/RES/{found[1]} ({found[2]})"
    found = re.fullmatch(r"((?:ES-|S-)?\d+)-(\d+)\s*([A-Z])?(?:-[A-Z])?", number)
    if body not in SERIES or found is None:
        return ""
    return f"{SERIES[body]}{found[1]}/{found[2]}" + (f" {found[3]}" if found[3] else "")


def add_symbol_fields(facts: Facts) -> None:
    """Add the fields that follow from a symbol: the body, the session, the address."""
    symbol, fields = facts.symbol, facts.fields
    session = facts.extensions.pop("akn:session", None)
    if not symbol:
        return
    head = symbol[0].upper()
    fields["symbol"] = symbol
    fields["body"] = _BODIES.get(head)
    if special := _SPECIAL.match(symbol.upper()):
        fields["session"] = f"sessions/ga-{special[1].lower()}-{special[2]}"
    elif session and (number := label_of(session).digit):
        fields["session"] = f"sessions/{_SESSION_BODIES.get(head, 'ga')}-{number}"
    elif session is None and (regular := re.match(r"A/RES/(\d{2,3})/", symbol)):
        fields["session"] = f"sessions/ga-{regular[1]}"
    language = facts.language if facts.language in LANGUAGES.values() else "en"
    fields["urls"] = [f"https://docs.un.org/{language}/{quote(symbol, safe='/()')}"]


def _agenda(found: re.Match[str]) -> str:
    return f"{int(found[1])} ({found[2].lower()})" if found[2] else str(int(found[1]))


def _is_iri(text: str) -> bool:
    return re.fullmatch(r"[a-zA-Z][a-zA-Z0-9+.-]*:[^\s<>\"{}|\\^`]{1,1900}", text) is not None


def facts_of(document: Element, language: str = "und") -> Facts:
    """Read the particulars of one document of a file; *language* is that of the file, where the
    document says none.
    """
    return _Reader(document, language).read()
