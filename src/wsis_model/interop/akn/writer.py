"""Documents as Akoma Ntoso: AKN4UN that is valid against the schema and named as the UN names its
own files.

Reading undoes writing (`akn.read(akn.write(reading).encode()).documents == reading.documents`) for
what the format holds, which is all that reading a UN file gives: particulars, opening, headings
with their levels, paragraphs and items, notes, tables, citations of documents that have a symbol, subjects, SDGs that
the document as a whole is about, and the `akn:` extensions (the words of the cover page and of the
closing formula, the steps of the procedure, the votes).

* **Not kept**: mandates, mentions, alignments but the SDGs above, sources, other extensions,
  summaries (unless asked for), verbs of citations, the paragraph within a cited document, addresses
  other than the official one, agenda items without a number, levels of headings that stand among
  items or skip a level, all languages but one.
* **Not known to us**, so chosen: a mark of a note stands at the end of its paragraph; after a
  chapeau, which ends with a colon, come the items, then what the text holds beside it; a link
  stands where the text names the symbol, and has no text where it does not.
* **Gained** on reading back: an Akoma Ntoso IRI, official address and session, where the record has
  none and the symbol tells; of a document that never was Akoma Ntoso, the words of the cover page
  and the closing formula.

The standard library's ElementTree does the writing: it needs no extra.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any
from urllib.parse import quote
from xml.etree.ElementTree import Element, SubElement, tostring

from ...errors import excerpt
from ...model import (
    Alignment,
    Basis,
    Citation,
    Document,
    Note,
    Part,
    Provision,
    Section,
    Subject,
    TextTable,
    cite,
    number_to_segment,
)
from .._reading import Reading
from .build import citation_of
from .meta import LANGUAGES, NO_KIND
from .xml import NAMESPACE

__all__ = ["write"]

_UN = "http://un.org/akn4un"
#: How the UN's files say that there is no date.
_NO_DATE = "0001-01-01"
#: Tag of a language to its code in files; of two codes the first is the UN's.
_CODES = {tag: code for code, tag in reversed(LANGUAGES.items())}
_MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
#: Body to its name in IRIs, in references, and in words.
_BODIES = {
    "general-assembly": ("unga", "generalAssembly", "General Assembly"),
    "ecosoc": ("unecosoc", "economicSocialCouncil", "Economic and Social Council"),
    "security-council": ("unsc", "securityCouncil", "Security Council"),
}
_NO_BODY = ("un", "unitedNations", "United Nations")
_KINDS = {"draft-resolution": "resolutionDraft"}
_OUTCOMES = {"consensus": "adoptedWithoutVote", "vote": "adoptedRecordedVote"}
_REFERENCES = (
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
_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_COUNTED = re.compile(r"[PU][0-9]+")
_ITEM = re.compile(r"\([^()]+\)$")
_DIGITS = re.compile(r"[0-9]+(?:[a-z]| [a-z]+)?")
_SESSION = re.compile(r"sessions/(?:ga|ecosoc|sc)-([0-9]+)")
#: The lines of a cover page that name the session and the agenda item, in the six languages.
_SESSION_LINE = re.compile(r"session|sesión|сессия|届|会议|دورة", re.IGNORECASE)
_AGENDA_LINE = re.compile(
    r"agenda item|ordre du jour|tema .{1,12} del|повестки дня|议程项目|جدول الأعمال", re.IGNORECASE
)
#: Deeper items than any document has are written as paragraphs.
_DEEPEST = 12
_REMARK = "Where the official text is not given, a summary stands in its place. A summary is not official."


def write(
    document: Document | Reading,
    *,
    language: str | None = None,
    annexes: Iterable[Document] = (),
    summaries: bool = False,
) -> str:
    """A document in one language as Akoma Ntoso, the same for the same document; to be saved as
    UTF-8.

    Args:
        document: The document, with its official text; or what was read of a file, with its
            annexes.
        language: The language to write; without it, the one that the texts are in, and English
            where they are in several.
        annexes: The documents annexed to it or part of it (`80-1-a`), in order; each stands in
            the document that it is annexed to.
        summaries: Let our summary stand where a paragraph has no official text; a remark in the
            file says so.

    Raises:
        ValueError: A paragraph has no text in that language, or a text holds a character that XML
            has no way to write.

    Examples:
        >>> from wsis_model.testing import a_document
        >>> text = write(a_document(), summaries=True)
        >>> text[:38], "<num>2.</num>" in text
        ('<?xml version="1.0" encoding="UTF-8"?>', True)
        >>> write(a_document())
        Traceback (most recent call last):
        ...
        ValueError: 91-1 has no text in 'en' for P1, P2, 1, 2, 2(a) and 4 more: join the official text with with_text(), or write summaries=True
    """
    parts = list(annexes)
    if isinstance(document, Reading):
        parts, document = [*document.annexes, *parts], document.document
    language = language or _language_of((document, *parts))
    for each in (document, *parts):
        _refuse_without_text(each, language, summaries=summaries)
    if not any(map(_says_anything, (document, *parts))):
        msg = f"{document.id} has no text in {language!r}: join the official text with with_text()"
        raise ValueError(msg)
    root = Element("akomaNtoso", {"xmlns": NAMESPACE, "xmlns:akn4un": _UN})
    names = _Names()
    main = _Writer(document, language, summaries, names, _iri(document))
    _write_parts(main.write(root), main, parts)
    _indent(root, 0)
    text = tostring(root, encoding="unicode")
    if found := _NOT_XML.search(text):
        around = text[max(found.start() - 20, 0) : found.end() + 20]
        msg = f"{document.id} holds U+{ord(found[0]):04X}, which XML has no way to write, in {excerpt(around)}"
        raise ValueError(msg)
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{text}\n'


def _refuse_without_text(document: Document, language: str, *, summaries: bool) -> None:
    """Official text or nothing, unless summaries will do. A paragraph that is but a number above
    its items has no text to miss.
    """
    if language in document.opening or any(language in each.text for each in document.provisions):
        missing = [
            each
            for each in document.provisions
            if language not in each.text and (each.text or each.summary)
        ]
    else:
        missing = list(document.provisions)
    if summaries:
        missing = [each for each in missing if not each.summary and each.text]
    if missing:
        named = ", ".join(each.number for each in missing[:5]) + (
            f" and {len(missing) - 5} more" if len(missing) > 5 else ""
        )
        msg = f"{document.id} has no text in {language!r} for {named}: join the official text with with_text(), or write summaries=True"
        raise ValueError(msg)


def _says_anything(document: Document) -> bool:
    """Whether there is anything to write; a collection has it all in its parts, and an annex may be
    but a table.
    """
    return bool(document.opening or document.provisions or document.tables)


def _language_of(documents: Iterable[Document]) -> str:
    """The only language that there is text in; English where there are several, or none."""
    found = {
        language
        for document in documents
        for text in (document.opening, *(each.text for each in document.provisions))
        for language in text
    }
    return found.pop() if len(found) == 1 else "en"


def _write_parts(element: Element, owner: _Writer, parts: Sequence[Document]) -> None:
    """Annexes as attachments, other parts (resolutions A and B under one number) as components,
    each in what it belongs to.
    """
    if not owner.name:
        known = {owner.document.id, *(each.id for each in parts if each.kind != "annex")}
        homeless = [each for each in parts if each.annex_of not in known]
    else:
        homeless = []
    held = [each for each in parts if each.annex_of == owner.document.id or each in homeless]
    annexed = [each for each in held if each.kind == "annex"]
    others = [each for each in held if each.kind != "annex"]
    prefix = f"{owner.name}__" if owner.name else ""
    if annexed:
        attachments = SubElement(element, "attachments")
        for ordinal, annex in enumerate(annexed, 1):
            name = f"{prefix}annex_{ordinal}" if len(annexed) > 1 else f"{prefix}annex"
            attachment = SubElement(attachments, "attachment", {"eId": owner.names.free(name)})
            owner.part(annex, name).write_annex(attachment)
    if others:
        components = SubElement(element, "components")
        for ordinal, other in enumerate(others, 1):
            name = f"{prefix}comp_{ordinal}"
            component = SubElement(components, "component", {"eId": owner.names.free(name)})
            part = owner.part(other, name)
            _write_parts(part.write(component), part, parts)


# Names and dates


class _Names:
    """The eIds given so far: none may come twice in a file."""

    def __init__(self) -> None:
        self._taken = {name for _, name, _, _ in _REFERENCES}

    def free(self, name: str) -> str:
        """*name*, or with a further number where it is taken."""
        found, again = name, 1
        while found in self._taken:
            again += 1
            found = f"{name}_{again}"
        self._taken.add(found)
        return found


def _iri(document: Document) -> str:
    """The IRI of a work, as the UN makes it from the date and the symbol."""
    if document.akn_iri:
        return _uri(document.akn_iri)
    number = re.sub(r"^[AES]/RES/", "", document.symbol or document.id)
    number = re.sub(r"[^A-Za-z0-9.]+", "-", number).strip("-") or "document"
    return (
        f"/akn/un/statement/deliberation/{_body(document)[0]}/{_date(document.adopted)}/{number}/"
    )


def _body(document: Document) -> tuple[str, str, str]:
    return _BODIES.get(document.body or "", _NO_BODY)


def _date(day: datetime.date | None) -> str:
    return day.isoformat() if day else _NO_DATE


def _in_words(day: datetime.date | None, language: str) -> str:
    """A day as documents print it, in English; in other languages as ISO writes it."""
    if day is None:
        return ""
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}" if language == "en" else day.isoformat()


def _uri(text: str) -> str:
    """*text* as the schema's type for addresses takes it."""
    return quote(re.sub(r"%(?![0-9A-Fa-f]{2})", "%25", text), safe="%/:?#@!$&'()*+,;=~")


def _symbol(target: str, text: str) -> str:
    """The symbol of a cited document, as its official address has it: known, spelt in *text*, or
    guessed; empty for what has none.
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


def _link(citation: Citation, text: str, start: int) -> tuple[int, int, str]:
    """Where *text* names what is cited, from *start* on (an empty place there where it does not),
    and the address to lead to.
    """
    said, href = citation.text or "", ""
    words: tuple[str, ...] = (said,)
    if citation.target is not None:
        work = citation.target.partition("/")[0]
        symbol, written = _symbol(work, text), cite(work)
        href = f"https://docs.un.org/en/{quote(symbol, safe='/()')}"
        words = (symbol, written.removeprefix("resolution "), re.sub(r"^[AE]/RES/", "", symbol))
        if not symbol or citation_of(href, "") != (work, None):
            said, href, words = written, "", (written,)
    href = href or (_uri(said) if re.match(r"https?://", said) else quote(said, safe=""))
    for word in filter(None, words):
        if found := re.compile(rf"(?<![\w/]){re.escape(word)}(?!\w|/\w)").search(text, start):
            return *found.span(), href
    return start, start, href


# Elements


def _say(block: Element, text: str) -> None:
    """Add text behind what a block holds."""
    if len(block):
        block[-1].tail = (block[-1].tail or "") + text
    else:
        block.text = (block.text or "") + text


def _add(parent: Element, tag: str, text: str = "", **attributes: str) -> Element:
    element = SubElement(parent, tag, attributes)
    if text:
        element.text = text
    return element


def _marked(
    block: Element, text: str, marks: Iterable[tuple[str, str, dict[str, str]]]
) -> list[str]:
    """Write *text* with what it says marked up: each mark is words, an element and its attributes.
    The words that were found.
    """
    found = [
        (text.find(words), words, tag, attributes)
        for words, tag, attributes in marks
        if words and words in text
    ]
    done: list[str] = []
    cursor = 0
    for start, words, tag, attributes in sorted(found, key=lambda each: each[0]):
        if start >= cursor:
            _say(block, text[cursor:start])
            _add(block, tag, words, **attributes)
            cursor = start + len(words)
            done.append(words)
    _say(block, text[cursor:])
    return done


def _linked(block: Element, text: str, citations: Iterable[Citation]) -> None:
    """Write *text* with links, in the order of the citations."""
    cursor = 0
    for citation in citations:
        start, end, href = _link(citation, text, cursor)
        _say(block, text[cursor:start])
        _add(block, "a", text[start:end], href=href)
        cursor = end
    _say(block, text[cursor:])


def _indent(element: Element, depth: int) -> None:
    """Put each element on a line of its own, down to those that hold sentences."""
    if element.tag in _MIXED or not len(element):
        return
    element.text = "\n" + "  " * (depth + 1)
    for child in element:
        _indent(child, depth + 1)
        child.tail = element.text
    element[-1].tail = "\n" + "  " * depth


#: As `Any`, so that `isinstance` leaves what it looks at `Any`: extensions hold any JSON data.
_LIST: Any = tuple
_MAPPING: Any = Mapping


def _texts(value: Any) -> tuple[str, ...]:
    """The texts in an extension that is a list."""
    return (
        tuple(each for each in value if isinstance(each, str)) if isinstance(value, _LIST) else ()
    )


def _facts(value: Any) -> dict[str, str]:
    """The texts in an extension that is a mapping."""
    return (
        {str(name): each for name, each in value.items() if isinstance(each, str)}
        if isinstance(value, _MAPPING)
        else {}
    )


def _each(value: Any) -> Iterator[dict[str, str]]:
    """The mappings in an extension that is a list of them."""
    if isinstance(value, _LIST):
        yield from filter(None, map(_facts, value))


# Documents


class _Writer:
    """Writes one document of a file."""

    def __init__(
        self,
        document: Document,
        language: str,
        summaries: bool,
        names: _Names,
        iri: str,
        name: str = "",
        owner: Document | None = None,
    ) -> None:
        self.document = document
        self.owner = owner
        """The document that it is a part of."""
        self.language = language
        self.summaries = summaries
        self.names = names
        self.iri = iri
        self.name = name
        """Its name within the work; of the main document empty."""
        self.title = document.title.pick(language)

    def part(self, document: Document, name: str) -> _Writer:
        """A writer for an annex or part of this document."""
        return _Writer(
            document,
            self.language,
            self.summaries,
            self.names,
            _uri(document.akn_iri or self.iri),
            name,
            self.document,
        )

    def write(self, parent: Element) -> Element:
        """The document under an element: metadata, cover page, text, closing formula."""
        kind = self.document.kind or NO_KIND
        element = _add(parent, "statement", name=_KINDS.get(kind, kind), contains="originalVersion")
        self._meta(element)
        self._cover(element)
        self._remark(element)
        _Body(self).write(element)
        self._closing(element)
        return element

    def write_annex(self, attachment: Element) -> None:
        """The document as an annex. Where its text begins with a heading, its title stands above
        that, as in the UN's files.
        """
        document, language = self.document, self.language
        said = document.extensions.get(f"akn:annex-{language}")
        heading = (
            said
            if isinstance(said, str)
            else (document.symbol or "").rpartition(", ")[2].capitalize()
        )
        if heading:
            _add(attachment, "heading", heading)
        element = _add(attachment, "doc", name="annex", contains="originalVersion")
        self._meta(element)
        body = _Body(self)
        if document.extensions.get(f"akn:cover-{language}"):
            self._cover(element)
        elif self.title not in (heading, self._untitled) and not body.begins_with_heading:
            self._preface(element, (self.title,))
        self._remark(element)
        body.write(element, self.title if self._repeats_title(body) else "")
        self._closing(element)

    @property
    def _untitled(self) -> str:
        """What a reader calls the document where the file has no title: that need not be
        written.
        """
        document = self.document
        whole = (
            self.owner.title.pick(self.language) if self.owner and document.kind != "annex" else ""
        )
        return document.symbol or whole or document.id

    def _repeats_title(self, body: _Body) -> bool:
        """Whether a heading with the title has to go before the first heading, lest that be taken
        for the title.
        """
        sections = self.document.sections
        if not body.begins_with_heading:
            return False
        alone = (
            bool(self.document.provisions) and self.document.provisions[0].section == sections[0].id
        )
        return sections[0].heading.pick(self.language) != self.title or not alone

    # Metadata

    def _meta(self, element: Element) -> None:
        meta = _add(element, "meta")
        self._identification(meta)
        self._goals(meta)
        self._subjects(meta)
        self._workflow(meta)
        self._votes(meta)
        if not self.name:
            references = _add(meta, "references", source="#editor")
            for tag, name, href, shown in _REFERENCES:
                _add(references, tag, eId=name, href=f"/akn/ontology/{href}", showAs=shown)
            _, name, shown = _body(self.document)
            _add(
                references,
                "TLCOrganization",
                eId=self.names.free(name),
                href=f"/akn/ontology/organization/un/{name}",
                showAs=shown,
            )

    def _identification(self, meta: Element) -> None:
        """Work, expression and manifestation, as the UN's own files name them."""
        document = self.document
        code = _CODES.get(self.language, self.language)
        uri, stem = self.iri, self.iri.rstrip("/")
        expression = f"{stem}/{code}@"
        author = f"#{_body(document)[1]}"
        file = f"{expression}/!main/{self.name}.xml" if self.name else f"{expression}/!main.xml"
        levels = (
            (
                "Work",
                f"{stem}/!main/{self.name}",
                uri,
                document.adopted,
                "adoption",
                author,
                "#author",
            ),
            (
                "Expression",
                f"{expression}!main/{self.name}",
                f"{expression}/",
                document.distributed,
                "publication",
                author,
                "#issuer",
            ),
            ("Manifestation", file, f"{expression}.xml", None, "markup", "#editor", "#author"),
        )
        identification = _add(meta, "identification", source="#editor")
        for level, this, address, day, event, by, role in levels:
            part = _add(identification, f"FRBR{level}")
            _add(part, "FRBRthis", value=this)
            _add(part, "FRBRuri", value=address)
            _add(part, "FRBRdate", date=_date(day), name=event)
            _add(part, "FRBRauthor", **{"href": by, "as": role})
            if level == "Work":
                _add(part, "FRBRcountry", value="un")
            elif level == "Expression":
                _add(part, "FRBRlanguage", language=code)

    def _goals(self, meta: Element) -> None:
        codes = [
            each.concept.removeprefix("sdg/") for each in self.document.alignments if _is_goal(each)
        ]
        if codes:
            classification = _add(meta, "classification", source="https://metadata.un.org/sdg")
            for code in codes:
                href = f"http://metadata.un.org/sdg/{code}"
                _add(
                    classification,
                    "keyword",
                    value=code,
                    href=href,
                    showAs=f"sdg_{code}",
                    dictionary="SDGO",
                )

    def _subjects(self, meta: Element) -> None:
        classification = Element("classification", {"source": "#editor"})
        for subject in self.document.subjects:
            address = {"href": _uri(subject.iri)} if subject.iri else {}
            _add(
                classification,
                "keyword",
                value=subject.label,
                showAs=subject.label,
                dictionary=_dictionary(subject),
                **address,
            )
        for agenda in _each(self.document.extensions.get("akn:agenda")):
            said = {
                "value": agenda.get("item", ""),
                "showAs": agenda.get("title", ""),
                "dictionary": _uri(agenda.get("agenda", "")),
            }
            _add(classification, "keyword", refersTo="#agenda", **said)
        if not self._is_printed_title():
            _add(
                classification,
                "keyword",
                refersTo="#title",
                value=self.title,
                showAs=self.title,
                dictionary="#editor",
            )
        if len(classification):
            meta.append(classification)

    def _workflow(self, meta: Element) -> None:
        steps = tuple(_each(self.document.extensions.get("akn:workflow")))
        if steps:
            workflow = _add(meta, "workflow", source="#editor")
            for step in steps:
                said = {
                    name: _loose_uri(step[name])
                    for name in ("outcome", "as", "refersTo")
                    if step.get(name)
                }
                day = (
                    step.get("date", "")
                    if re.fullmatch(r"\d{4}-\d\d-\d\d", step.get("date", ""))
                    else _NO_DATE
                )
                _add(workflow, "step", date=day, by=_loose_uri(step.get("by", "")), **said)

    def _votes(self, meta: Element) -> None:
        if self.document.adoption is None:
            return
        analysis = _add(meta, "analysis", source="#editor")
        voting = _add(
            _add(analysis, "parliamentary"), "voting", outcome=_OUTCOMES[self.document.adoption]
        )
        counts: Any = self.document.extensions.get("akn:votes")
        for name, said in counts.items() if isinstance(counts, _MAPPING) else ():
            count = _add(
                voting,
                "count",
                value=_facts(said).get("count", ""),
                refersTo=_loose_uri(f"#{name}"),
            )
            voters = _texts(said.get("voters")) if isinstance(said, _MAPPING) else ()
            if voters:
                listed = _add(count, "akn4un:voters")
                for voter in voters:
                    _add(listed, "organization", voter, refersTo="#memberState")
        if not len(voting):
            _add(voting, "quorum", value="")

    # What is printed

    def _cover_lines(self) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """The lines of the cover page as they were read, and of them those, at the end, in which
        the title stands.
        """
        lines = _texts(self.document.extensions.get(f"akn:cover-{self.language}"))
        for start in range(len(lines) - 1, -1, -1):
            if " ".join(lines[start:]).endswith(self.title):
                return lines[:start], lines[start:]
        return lines, ()

    def _is_on_cover(self, words: str) -> bool:
        return any(words in line for line in self._cover_lines()[0])

    def _is_printed_title(self) -> bool:
        lines, titled = self._cover_lines()
        return bool(titled) or not lines

    def _cover(self, element: Element) -> None:
        lines, titled = self._cover_lines()
        if not lines and not titled:
            self._new_cover(element)
            if self.title != self._untitled:
                self._preface(element, (self.title,))
            return
        if lines:
            self._old_cover(_add(element, "coverPage", eId=self.names.free("coverPage_1")), lines)
        if titled:
            self._preface(element, titled)

    def _new_cover(self, element: Element) -> None:
        """What is known of a document that was not read from Akoma Ntoso, in words of no language;
        of a part, what is its own.
        """
        document = self._own
        cover = Element("coverPage", {"eId": self.names.free("coverPage_1")})
        session = _SESSION.fullmatch(document.session or "")
        draft = cite(document.draft) if document.draft else ""
        if document.symbol:
            _add(_add(cover, "p"), "docNumber", document.symbol, refersTo="#symbol")
        if document.distributed:
            day = document.distributed
            _add(
                _add(cover, "p"),
                "docDate",
                _in_words(day, self.language),
                date=day.isoformat(),
                refersTo="#dateOfIssuance",
            )
        if session:
            _add(_add(cover, "p"), "session", session[1], refersTo="#session", value=session[1])
        if document.agenda_item:
            _add(
                _add(cover, "p"),
                "inline",
                document.agenda_item,
                name="agenda item",
                title=document.agenda_item,
            )
        if "/" in draft:
            _add(_add(cover, "p"), "inline", draft, name="originating document")
        if len(cover):
            element.append(cover)

    @property
    def _own(self) -> Document:
        """The document without the particulars that it shares with the one that it is a part of."""
        shared = {
            name: None
            for name in ("distributed", "session", "agenda_item", "draft", "meeting", "adopted")
            if self.owner and getattr(self.document, name) == getattr(self.owner, name)
        }
        return self.document.replace(**shared) if shared else self.document

    def _old_cover(self, cover: Element, lines: Sequence[str]) -> None:
        """The lines as they were read, with the facts marked up where they stand."""
        document = self.document
        session = _SESSION.fullmatch(document.session or "")
        numbered = {"refersTo": "#session", "value": session[1]} if session else {}
        item = (
            {"name": "agenda item", "title": document.agenda_item} if document.agenda_item else {}
        )
        issued = {"date": _date(document.distributed), "refersTo": "#dateOfIssuance"}
        letter = (document.symbol or "").rpartition(" ")[2]
        numbered_by = letter if self.owner and letter in lines else document.symbol
        marks = [
            (numbered_by or "", "docNumber", {"refersTo": "#symbol"}),
            (_in_words(document.distributed, "en"), "docDate", issued),
            (
                next(filter(_SESSION_LINE.search, lines), "") if numbered else "",
                "session",
                numbered,
            ),
            (next(filter(_AGENDA_LINE.search, lines), "") if item else "", "inline", item),
            (
                cite(document.draft) if document.draft else "",
                "inline",
                {"name": "originating document"},
            ),
            (document.meeting or "", "inline", {"name": "meeting"}),
        ]
        for line in lines:
            done = _marked(_add(cover, "p"), line, marks)
            marks = [mark for mark in marks if mark[0] not in done]
        for _, tag, attributes in marks:
            if (
                "value" in attributes or "title" in attributes
            ):  # a fact that no line can be told to state
                _add(cover[0], tag, **attributes)

    def _preface(self, element: Element, lines: Sequence[str]) -> None:
        """The title in its lines, with the number that stands before it."""
        preface = _add(element, "preface")
        before = " ".join(lines)[: -len(self.title)]
        for index, line in enumerate(lines):
            block = _add(preface, "p")
            if index == 0 and before.strip():
                _add(block, "docNumber", before.rstrip()).tail = before[len(before.rstrip()) :]
            _add(
                block,
                "docTitle",
                line if index else line[len(before) :],
                refersTo="#resolutionTitle",
            )

    def _remark(self, element: Element) -> None:
        """Say that summaries stand in the text, if any do."""
        if self.summaries and any(
            self.language not in each.text and each.summary for each in self.document.provisions
        ):
            preface = element.find("preface")
            preface = _add(element, "preface") if preface is None else preface
            _add(_add(preface, "p"), "remark", _REMARK, status="editorial")

    def _closing(self, element: Element) -> None:
        document = self._own
        lines = _texts(document.extensions.get(f"akn:closing-{self.language}"))
        if not lines and document.meeting and not self._is_on_cover(document.meeting):
            lines = (f"{document.meeting} {_in_words(document.adopted, self.language)}".strip(),)
        if not lines:
            return
        conclusions = _add(
            element, "conclusions", eId=self.names.free(f"{self.name}__conclusions".strip("_"))
        )
        marks = [
            (document.meeting or "", "location", {"refersTo": "#adoptionMeeting"}),
            (
                _in_words(document.adopted, "en"),
                "docDate",
                {"date": _date(document.adopted), "refersTo": "#adoptionDate"},
            ),
        ]
        for line in lines:
            done = _marked(_add(_add(conclusions, "p"), "event", refersTo="#adoption"), line, marks)
            marks = [mark for mark in marks if mark[0] not in done]


def _is_goal(alignment: Alignment) -> bool:
    return alignment.concept.startswith("sdg/") and alignment.basis is Basis.STATED


def _dictionary(subject: Subject) -> str:
    """The thesaurus that a subject is from, as the UN's files call it."""
    iri = subject.iri or ""
    return "EuroVoc" if "eurovoc" in iri else "UNBIS" if "metadata.un.org" in iri else "DHLAUTH"


def _loose_uri(text: str) -> str:
    """Words where the schema has an address, as the UN writes them: only what it refuses is
    escaped.
    """
    return re.sub(r"[^\w\s.,;:/?#()'’&=@!$*+~-]", lambda sign: quote(sign[0]), text)


# The text


class _Body:
    """Writes the text of one document: opening, preamble, headings, paragraphs, items, notes and
    tables.
    """

    def __init__(self, writer: _Writer) -> None:
        document = writer.document
        self.writer = writer
        self.language = writer.language
        self.names = writer.names
        self.prefix = f"{writer.name}__" if writer.name else ""
        self.opening = [
            line for line in document.opening.get(self.language, "").split("\n") if line.strip()
        ]
        self.sections = list(document.sections)
        self.top: list[Provision] = []
        self.items: dict[str, list[Provision]] = {}
        self.notes: dict[str, list[Note]] = {}
        self.tables: dict[str, list[TextTable]] = {}
        self._recitals = 0
        self._unwritten = self.sections
        self._sort(document)

    def _sort(self, document: Document) -> None:
        """What belongs to which paragraph; items of no paragraph before them stand alone."""
        depths: dict[str, int] = {}
        for each in document.provisions:
            depth = depths.get(each.parent or "", _DEEPEST)
            if each.parent and depth < _DEEPEST:
                self.items.setdefault(each.parent, []).append(each)
                depths.setdefault(each.id, depth + 1)
            else:
                self.top.append(each)
                depths.setdefault(each.id, 0)
        for table in document.tables:
            if table.language in (None, self.language) and any(row.cells for row in table.rows):
                self.tables.setdefault(
                    table.provision if table.provision in depths else "", []
                ).append(table)
        before = ""
        for note in document.notes:
            if note.provision in depths:
                before = note.provision
                self.notes.setdefault(before, []).append(note)
            else:
                self.notes.setdefault(self._heading_after(before), []).append(note)

    def _heading_after(self, provision: str) -> str:
        """Where a note stands that is in no paragraph: the heading after that paragraph; before all
        of them, the opening.
        """
        if not provision and self.opening:
            return ""
        names = [section.id for section in self.sections]
        section = next(
            (each.section for each in self.writer.document.provisions if each.id == provision), None
        )
        following = names[names.index(section) + 1 if section in names else 0 :]
        return following[0] if following else provision or (self.top[0].id if self.top else "")

    @property
    def begins_with_heading(self) -> bool:
        """Whether a heading is the first thing that is printed."""
        first = self.top[0] if self.top else None
        if (
            self.opening
            or not self.sections
            or (first is not None and first.part is Part.PREAMBULAR)
        ):
            return False
        return first is None or first.section in {section.id for section in self.sections}

    def write(self, element: Element, title: str = "") -> None:
        """The preamble and the body; *title* is a heading to begin with."""
        recitals: list[Provision] = []
        for each in self.top:
            if each.part is not Part.PREAMBULAR:
                break
            recitals.append(each)
        tables = self.tables.pop("", [])
        if self.opening or recitals:
            preamble = _add(element, "preamble")
            self._write_opening(preamble)
            self._write_tables(preamble, f"{self.prefix}preamble", tables)
            self._write_recitals(preamble, recitals)
            tables = []
        body = _add(element, "mainBody")
        self._write_tables(body, f"{self.prefix}body", tables)
        if title:
            _add(
                _add(body, "hcontainer", eId=self.names.free(f"{self.prefix}title"), name="title"),
                "heading",
                title,
            )
        self._write_sections(body, self.top[len(recitals) :])
        if not len(body):
            _add(body, "p")

    def _name(self, parent: str, name: str) -> str:
        return self.names.free(f"{parent}__{name}" if parent else f"{self.prefix}{name}")

    # Preamble

    def _write_opening(self, preamble: Element) -> None:
        if self.opening:
            formula = _add(
                preamble, "formula", eId=self._name("", "formula_1"), name="enactingFormula"
            )
            for line in self.opening:
                _add(formula, "p", line)
            self._write_notes(formula[-1], self.notes.pop("", []), ())

    def _write_recitals(self, preamble: Element, provisions: Sequence[Provision]) -> None:
        if not provisions:
            return
        recitals = _add(preamble, "recitals", eId=self._name("", "recitals_1"))
        for each in provisions:
            self._recitals += 1
            name = self._name("", f"recital_{self._recitals}")
            recital = _add(recitals, "recital", eId=name)
            self._write_block_text(recital, each, name)

    def _write_block_text(self, holder: Element, provision: Provision, name: str) -> None:
        """Text and items where the schema has no room for paragraphs: in a preamble."""
        items = self.items.pop(provision.id, [])
        lines, wrap_up = self._lines(provision, wrapped=bool(items))
        blocks = [_add(holder, "p") for _ in lines]
        listed = None
        if items:
            listed = Element("blockList", {"eId": self._name(name, "list_1")})
            for each in items:
                printed = self._printed(each)
                inner = self._name(name, f"item_{_segment(printed)}")
                item = _add(listed, "item", eId=inner)
                _add(item, "num", printed)
                self._write_block_text(item, each, inner)
            blocks += [
                _add(listed, "listWrapUp", eId=self._name(name, "wrapUp")) for _ in wrap_up[:1]
            ]
        self._fill(blocks, [*lines, *([" ".join(wrap_up)] if wrap_up else [])], provision)
        self._write_tables(holder, name, self.tables.pop(provision.id, []))
        if listed is not None:
            holder.append(listed)

    # Headings and paragraphs

    def _write_sections(self, body: Element, provisions: Sequence[Provision]) -> None:
        """Paragraphs under their headings, the deeper heading within the higher."""
        opened: list[tuple[int, Element, str]] = []
        for each in provisions:
            for section in self._headings_before(each):
                self._open_section(body, section, opened)
            holder, name = (opened[-1][1], opened[-1][2]) if opened else (body, "")
            if each.part is Part.PREAMBULAR:
                self._write_late_recital(holder, each, name)
            else:
                self._write_paragraph(holder, each, name)
        for section in self._unwritten:
            self._open_section(body, section, opened)

    def _headings_before(self, provision: Provision) -> list[Section]:
        """The headings down to that of this provision which are not written yet; they then count as
        written.
        """
        names = [section.id for section in self._unwritten]
        until = names.index(provision.section) + 1 if provision.section in names else 0
        found, self._unwritten = self._unwritten[:until], self._unwritten[until:]
        return found

    def _open_section(
        self, body: Element, section: Section, opened: list[tuple[int, Element, str]]
    ) -> None:
        while opened and opened[-1][0] >= section.level:
            opened.pop()
        holder, within = (opened[-1][1], opened[-1][2]) if opened else (body, "")
        same = sum(child.tag == "section" for child in holder) + 1
        name = self._name(within, f"sec_{same}")
        element = _add(holder, "section", eId=name)
        self._write_heading(element, "heading", section)
        opened.append((section.level, element, name))

    def _write_heading(
        self, holder: Element, tag: str, section: Section, **attributes: str
    ) -> None:
        heading = _add(holder, tag, section.heading.pick(self.language), **attributes)
        self._write_notes(heading, self.notes.pop(section.id, []), ())

    def _write_late_recital(self, holder: Element, provision: Provision, within: str) -> None:
        """A preambular paragraph after the body has begun: the guidelines make it a cross heading."""
        self._recitals += 1
        name = self._name(within, f"hcontainer_{self._recitals}")
        container = _add(holder, "hcontainer", eId=name, name="preamble")
        items, tables = self.items.pop(provision.id, []), self.tables.pop(provision.id, [])
        lines, wrap_up = self._lines(provision, wrapped=bool(items))
        blocks = [
            _add(
                container,
                "crossHeading",
                eId=self._name(name, "crossHeading_1"),
                refersTo="#preamble",
            )
        ]
        if items or tables:
            blocks += self._write_list(container, name, items, tables, (0, len(wrap_up)))
        self._fill(blocks, [" ".join(lines), *wrap_up], provision)

    def _write_paragraph(self, holder: Element, provision: Provision, within: str) -> None:
        printed = self._printed(provision)
        name = self._name(within, f"para_{_segment(printed or provision.number)}")
        paragraph = _add(holder, "paragraph", eId=name)
        if printed:
            _add(paragraph, "num", printed)
        self._write_text(paragraph, provision, name)

    def _write_text(self, unit: Element, provision: Provision, name: str) -> None:
        """The text of a paragraph or item; with items, as a list with its introduction and its end."""
        items, tables = self.items.pop(provision.id, []), self.tables.pop(provision.id, [])
        lines, wrap_up = self._lines(provision, wrapped=bool(items))
        if items:
            blocks = self._write_list(unit, name, items, tables, (len(lines), len(wrap_up)))
        else:
            content = _add(unit, "content", eId=self._name(name, "content"))
            blocks = [_add(content, "p") for _ in lines]
            self._write_tables(content, name, tables)
        self._fill(blocks, [*lines, *wrap_up], provision)

    def _write_list(
        self,
        unit: Element,
        name: str,
        items: Sequence[Provision],
        tables: Sequence[TextTable],
        counts: tuple[int, int],
    ) -> list[Element]:
        """A list of items; the blocks, still empty, for as many lines before and after them as
        *counts* says.
        """
        inner = self._name(name, "list_1")
        listed = _add(unit, "list", eId=inner)
        before, after = counts
        blocks: list[Element] = []
        if before or tables:
            intro = _add(listed, "intro", eId=self._name(inner, "intro"))
            blocks += [_add(intro, "p") for _ in range(before)]
            self._write_tables(intro, inner, tables)
        for each in items:
            for section in self._headings_before(each):
                self._write_heading(
                    listed, "crossHeading", section, eId=self._name(inner, "crossHeading_1")
                )
            printed = self._printed(each)
            point = self._name(inner, f"point_{_segment(printed)}")
            element = _add(listed, "point", eId=point)
            _add(element, "num", printed)
            self._write_text(element, each, point)
        if after:
            ending = _add(listed, "wrapUp", eId=self._name(inner, "wrapUp"))
            blocks += [_add(ending, "p") for _ in range(after)]
        return blocks

    def _lines(self, provision: Provision, *, wrapped: bool) -> tuple[list[str], list[str]]:
        """The text of a paragraph line by line: what comes before its items, and what after."""
        text = provision.text.get(self.language, "")
        if not text and self.writer.summaries:
            text = provision.summary or ""
        lines = [line for line in text.split("\n") if line.strip()]
        if not lines and (not wrapped or provision.citations or provision.id in self.notes):
            lines = [""]
        if not wrapped:
            return lines, []
        chapeau = (
            max(
                (index for index, line in enumerate(lines) if line.rstrip().endswith((":", "："))),
                default=0,
            )
            + 1
        )
        return lines[:chapeau], lines[chapeau:]

    def _printed(self, provision: Provision) -> str:
        """The number as it is printed; of an item, its own part of it. Empty where the number is
        but a count.
        """
        said = provision.extensions.get(f"akn:num-{self.language}")
        if isinstance(said, str):
            return said
        number = provision.number
        if provision.parent and (item := _ITEM.search(number)):
            return item[0]
        if _COUNTED.fullmatch(number):
            return ""
        return f"{number}." if _DIGITS.fullmatch(number) else number

    # Sentences

    def _fill(self, blocks: Sequence[Element], lines: Sequence[str], provision: Provision) -> None:
        """Write the lines of a paragraph into their blocks, with its links and notes; what is ours
        and not official is marked.
        """
        notes = self.notes.pop(provision.id, [])
        marks = {note.mark for note in notes}
        links: list[list[Citation]] = [[] for _ in blocks]
        standing = dict.fromkeys(marks, 0)
        at, noted = 0, False
        for citation in provision.citations:
            if citation.mark in marks:
                standing[citation.mark], noted = at, True
                continue
            if noted:  # a reader lists the links of a block, then those of its notes: this is of a further block
                at, noted = min(at + 1, len(blocks) - 1), False
            at = next(
                (index for index in range(at, len(lines)) if _names(lines[index], citation)), at
            )
            links[at].append(citation)
        for block, line, cited in zip(blocks, lines, links, strict=True):
            _linked(block, line, cited)
            if self.language not in provision.text and line and block.tag == "p":
                block.set("status", "editorial")
        place = 0
        for note in notes:
            place = max(place, standing[note.mark])
            self._write_notes(blocks[place], [note], provision.citations)

    def _write_notes(
        self, block: Element, notes: Iterable[Note], cited: Sequence[Citation]
    ) -> None:
        for note in notes:
            name = self.names.free(f"{self.prefix}authorialNote_{_segment(note.mark)}")
            element = _add(block, "authorialNote", marker=note.mark, placement="bottom", eId=name)
            known = {(each.target, each.text) for each in note.citations}
            more = [
                each
                for each in cited
                if each.mark == note.mark and (each.target, each.text) not in known
            ]
            _linked(_add(element, "p"), note.text.get(self.language, ""), [*note.citations, *more])

    def _write_tables(self, holder: Element, within: str, tables: Iterable[TextTable]) -> None:
        for table in tables:
            element = _add(holder, "table", eId=self._name(within, "table_1"))
            for index, row in enumerate(row for row in table.rows if row.cells):
                line = _add(element, "tr")
                for cell in row.cells:
                    _add(_add(line, "td" if index else "th"), "p", cell)


def _names(text: str, citation: Citation) -> bool:
    start, end, _ = _link(citation, text, 0)
    return end > start


def _segment(printed: str) -> str:
    """The part of an eId for a printed number."""
    return number_to_segment(printed) or "x"
