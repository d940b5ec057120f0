"""Documents as Akoma Ntoso: AKN4UN that is valid against the schema and named as the UN names its
own files.

Reading undoes writing (`akn.read(akn.write(reading).encode()).documents == reading.documents`) for
what the format holds, which is all that reading a UN file gives: particulars, opening, headings
with their levels, paragraphs and items, notes, tables, citations of documents that have a symbol,
subjects, SDGs that the document as a whole is about, and the `akn:` extensions (the words of the
cover page and of the closing formula, the steps of the procedure, the votes).

* **Not kept**: mandates, mentions, alignments but the SDGs above, sources, other extensions,
  summaries (unless asked for), verbs of citations, the paragraph within a cited document, addresses
  other than the official one, agenda items without a number, levels of headings that stand among
  items or skip a level, all languages but one.
* **Not known to us**, so chosen: a mark of a note stands at the end of its paragraph; after a
  chapeau, which ends with a colon, come the items, then what the text holds beside it; a link
  stands where the text names the symbol, and has no text where it does not.
* **Gained** on reading back: an Akoma Ntoso IRI, official address and session, where the record has
  none and the symbol implies it; of a document that never was Akoma Ntoso, the words of the cover
  page and the closing formula.

The standard library's ElementTree does the writing: it needs no extra.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any
from urllib.parse import quote
from xml.etree.ElementTree import Element, SubElement, tostring

from ...errors import excerpt
from ...model import Alignment, Basis, Document, Subject, cite
from .._reading import Reading
from .markup import (
    NO_DATE,
    REFERENCES,
    Mark,
    Names,
    add_element,
    body_of,
    date_text,
    day_in_words,
    indent,
    iri_of,
    marked,
    uri_of,
)
from .meta import LANGUAGES, NO_KIND
from .text_writer import TextWriter
from .xml import NAMESPACE

__all__ = ["write"]

_UN = "http://un.org/akn4un"
#: Tag of a language to its code in files; of two codes the first is the UN's.
_CODES = {tag: code for code, tag in reversed(LANGUAGES.items())}
_KINDS = {"draft-resolution": "resolutionDraft"}
_OUTCOMES = {"consensus": "adoptedWithoutVote", "vote": "adoptedRecordedVote"}
_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_SESSION = re.compile(r"sessions/(?:ga|ecosoc|sc)-([0-9]+)")
#: The lines of a cover page that name the session and the agenda item, in the six languages.
_SESSION_LINE = re.compile(r"session|sesión|сессия|届|会议|دورة", re.IGNORECASE)
_AGENDA_LINE = re.compile(
    r"agenda item|ordre du jour|tema .{1,12} del|повестки дня|议程项目|جدول الأعمال", re.IGNORECASE
)
_REMARK = (
    "Where the official text is not given, a summary stands in its place. "
    "A summary is not official."
)


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
        >>> try:
        ...     write(a_document())
        ... except ValueError as error:
        ...     print(str(error).partition(":")[0])
        91-1 has no text in 'en' for P1, P2, 1, 2, 2(a) and 4 more
    """
    parts = list(annexes)
    if isinstance(document, Reading):
        parts, document = [*document.annexes, *parts], document.document
    language = language or _language_of((document, *parts))
    for each in (document, *parts):
        _refuse_without_text(each, language, summaries=summaries)
    if not any(map(_has_text, (document, *parts))):
        msg = f"{document.id} has no text in {language!r}: join the official text with with_text()"
        raise ValueError(msg)
    root = Element("akomaNtoso", {"xmlns": NAMESPACE, "xmlns:akn4un": _UN})
    names = Names()
    main = _Writer(document, language, summaries, names, iri_of(document))
    _write_parts(main.write(root), main, parts)
    indent(root, 0)
    text = tostring(root, encoding="unicode")
    if found := _NOT_XML.search(text):
        around = text[max(found.start() - 20, 0) : found.end() + 20]
        sign = f"U+{ord(found[0]):04X}"
        msg = f"{document.id} holds {sign}, which XML has no way to write, in {excerpt(around)}"
        raise ValueError(msg)
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{text}\n'


def _refuse_without_text(document: Document, language: str, *, summaries: bool) -> None:
    """Refuse a document without its official text, or without summaries where they will do. A
    paragraph that is only a number above its items needs no text.
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
        msg = (
            f"{document.id} has no text in {language!r} for {named}: "
            "join the official text with with_text(), or write summaries=True"
        )
        raise ValueError(msg)


def _has_text(document: Document) -> bool:
    """Whether there is anything to write; a collection may have all of it in its parts, and an
    annex may be only a table.
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
    """Write annexes as attachments and other parts (resolutions A and B under one number) as
    components, each in the document that it belongs to.
    """
    if not owner.name:
        known = {owner.document.id, *(each.id for each in parts if each.kind != "annex")}
        unowned = [each for each in parts if each.annex_of not in known]
    else:
        unowned = []
    owned = [each for each in parts if each.annex_of == owner.document.id or each in unowned]
    annexed = [each for each in owned if each.kind == "annex"]
    others = [each for each in owned if each.kind != "annex"]
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


#: As `Any`, so that `isinstance` leaves what it looks at `Any`: extensions hold any JSON data.
_LIST: Any = tuple
_MAPPING: Any = Mapping


def _strings(value: Any) -> tuple[str, ...]:
    """The texts in an extension that is a list."""
    return (
        tuple(each for each in value if isinstance(each, str)) if isinstance(value, _LIST) else ()
    )


def _strings_by_name(value: Any) -> dict[str, str]:
    """The texts in an extension that is a mapping."""
    return (
        {str(name): each for name, each in value.items() if isinstance(each, str)}
        if isinstance(value, _MAPPING)
        else {}
    )


def _mappings(value: Any) -> Iterator[dict[str, str]]:
    """The mappings in an extension that is a list of them."""
    if isinstance(value, _LIST):
        yield from filter(None, map(_strings_by_name, value))


class _Writer:
    """Writes one document of a file."""

    def __init__(
        self,
        document: Document,
        language: str,
        summaries: bool,
        names: Names,
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

    def body(self) -> TextWriter:
        """Writes its text."""
        return TextWriter(
            self.document,
            self.language,
            summaries=self.summaries,
            names=self.names,
            name=self.name,
        )

    def part(self, document: Document, name: str) -> _Writer:
        """A writer for an annex or part of this document."""
        return _Writer(
            document,
            self.language,
            self.summaries,
            self.names,
            uri_of(document.akn_iri or self.iri),
            name,
            self.document,
        )

    def write(self, parent: Element) -> Element:
        """The document under an element: metadata, cover page, text, closing formula."""
        kind = self.document.kind or NO_KIND
        element = add_element(
            parent, "statement", name=_KINDS.get(kind, kind), contains="originalVersion"
        )
        self._meta(element)
        self._cover(element)
        self._remark(element)
        self.body().write(element)
        self._closing(element)
        return element

    def write_annex(self, attachment: Element) -> None:
        """The document as an annex. Where its text begins with a heading, its title stands above
        that, as in the UN's files.
        """
        document, language = self.document, self.language
        heading = document.extensions.get(f"akn:annex-{language}")
        if not isinstance(heading, str):
            heading = (document.symbol or "").rpartition(", ")[2].capitalize()
        if heading:
            add_element(attachment, "heading", heading)
        element = add_element(attachment, "doc", name="annex", contains="originalVersion")
        self._meta(element)
        body = self.body()
        if document.extensions.get(f"akn:cover-{language}"):
            self._cover(element)
        elif self.title not in (heading, self._untitled) and not body.begins_with_heading:
            self._preface(element, (self.title,))
        self._remark(element)
        body.write(element, self.title if self._repeats_title(body) else "")
        self._closing(element)

    @property
    def _untitled(self) -> str:
        """The title that a reader gives the document where the file has none: it need not be
        written.
        """
        document = self.document
        whole = (
            self.owner.title.pick(self.language) if self.owner and document.kind != "annex" else ""
        )
        return document.symbol or whole or document.id

    def _repeats_title(self, body: TextWriter) -> bool:
        """Whether a heading with the title must come before the first heading, which a reader
        would take for the title.
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
        meta = add_element(element, "meta")
        self._identification(meta)
        self._goals(meta)
        self._subjects(meta)
        self._workflow(meta)
        self._votes(meta)
        if not self.name:
            references = add_element(meta, "references", source="#editor")
            for tag, name, href, shown in REFERENCES:
                add_element(references, tag, eId=name, href=f"/akn/ontology/{href}", showAs=shown)
            _, name, shown = body_of(self.document)
            add_element(
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
        author = f"#{body_of(document)[1]}"
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
        identification = add_element(meta, "identification", source="#editor")
        for level, this, address, day, event, by, role in levels:
            part = add_element(identification, f"FRBR{level}")
            add_element(part, "FRBRthis", value=this)
            add_element(part, "FRBRuri", value=address)
            add_element(part, "FRBRdate", date=date_text(day), name=event)
            add_element(part, "FRBRauthor", **{"href": by, "as": role})
            if level == "Work":
                add_element(part, "FRBRcountry", value="un")
            elif level == "Expression":
                add_element(part, "FRBRlanguage", language=code)

    def _goals(self, meta: Element) -> None:
        codes = [
            each.concept.removeprefix("sdg/") for each in self.document.alignments if _is_goal(each)
        ]
        if codes:
            classification = add_element(
                meta, "classification", source="https://metadata.un.org/sdg"
            )
            for code in codes:
                href = f"http://metadata.un.org/sdg/{code}"
                add_element(
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
            address = {"href": uri_of(subject.iri)} if subject.iri else {}
            add_element(
                classification,
                "keyword",
                value=subject.label,
                showAs=subject.label,
                dictionary=_dictionary(subject),
                **address,
            )
        for agenda in _mappings(self.document.extensions.get("akn:agenda")):
            attributes = {
                "value": agenda.get("item", ""),
                "showAs": agenda.get("title", ""),
                "dictionary": uri_of(agenda.get("agenda", "")),
            }
            add_element(classification, "keyword", refersTo="#agenda", **attributes)
        if not self._is_printed_title():
            add_element(
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
        steps = tuple(_mappings(self.document.extensions.get("akn:workflow")))
        if steps:
            workflow = add_element(meta, "workflow", source="#editor")
            for step in steps:
                attributes = {
                    name: _loose_uri(step[name])
                    for name in ("outcome", "as", "refersTo")
                    if step.get(name)
                }
                day = (
                    step.get("date", "")
                    if re.fullmatch(r"\d{4}-\d\d-\d\d", step.get("date", ""))
                    else NO_DATE
                )
                add_element(
                    workflow, "step", date=day, by=_loose_uri(step.get("by", "")), **attributes
                )

    def _votes(self, meta: Element) -> None:
        if self.document.adoption is None:
            return
        analysis = add_element(meta, "analysis", source="#editor")
        voting = add_element(
            add_element(analysis, "parliamentary"),
            "voting",
            outcome=_OUTCOMES[self.document.adoption],
        )
        counts: Any = self.document.extensions.get("akn:votes")
        for name, facts in counts.items() if isinstance(counts, _MAPPING) else ():
            count = add_element(
                voting,
                "count",
                value=_strings_by_name(facts).get("count", ""),
                refersTo=_loose_uri(f"#{name}"),
            )
            voters = _strings(facts.get("voters")) if isinstance(facts, _MAPPING) else ()
            if voters:
                listed = add_element(count, "akn4un:voters")
                for voter in voters:
                    add_element(listed, "organization", voter, refersTo="#memberState")
        if not len(voting):
            add_element(voting, "quorum", value="")

    # What is printed

    def _cover_lines(self) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """The lines of the cover page as they were read, and those at its end with the title."""
        lines = _strings(self.document.extensions.get(f"akn:cover-{self.language}"))
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
            self._cover_as_read(
                add_element(element, "coverPage", eId=self.names.free("coverPage_1")), lines
            )
        if titled:
            self._preface(element, titled)

    def _new_cover(self, element: Element) -> None:
        """Write a cover page for a document that was not read from Akoma Ntoso, without words of
        any language; for a part, only its own particulars.
        """
        document = self._own_particulars
        cover = Element("coverPage", {"eId": self.names.free("coverPage_1")})
        session = _SESSION.fullmatch(document.session or "")
        draft = cite(document.draft) if document.draft else ""
        day, item = document.distributed, document.agenda_item
        issued = {"date": date_text(day), "refersTo": "#dateOfIssuance"}
        number = session[1] if session else ""
        marks: Sequence[Mark] = (
            (document.symbol or "", "docNumber", {"refersTo": "#symbol"}),
            (day_in_words(day, self.language), "docDate", issued),
            (number, "session", {"refersTo": "#session", "value": number}),
            (item or "", "inline", {"name": "agenda item", "title": item or ""}),
            (draft if "/" in draft else "", "inline", {"name": "originating document"}),
        )
        for words, tag, attributes in marks:
            if words:
                add_element(add_element(cover, "p"), tag, words, **attributes)
        if len(cover):
            element.append(cover)

    @property
    def _own_particulars(self) -> Document:
        """The document without the particulars that it shares with the one that it is a part of."""
        shared = {
            name: None
            for name in ("distributed", "session", "agenda_item", "draft", "meeting", "adopted")
            if self.owner and getattr(self.document, name) == getattr(self.owner, name)
        }
        return self.document.replace(**shared) if shared else self.document

    def _cover_as_read(self, cover: Element, lines: Sequence[str]) -> None:
        """Write the lines as they were read, with the facts in them marked up."""
        document = self.document
        session = _SESSION.fullmatch(document.session or "")
        numbered = {"refersTo": "#session", "value": session[1]} if session else {}
        item = (
            {"name": "agenda item", "title": document.agenda_item} if document.agenda_item else {}
        )
        issued = {"date": date_text(document.distributed), "refersTo": "#dateOfIssuance"}
        session_line = next(filter(_SESSION_LINE.search, lines), "")
        agenda_line = next(filter(_AGENDA_LINE.search, lines), "")
        draft = cite(document.draft) if document.draft else ""
        letter = (document.symbol or "").rpartition(" ")[2]
        numbered_by = letter if self.owner and letter in lines else document.symbol
        marks: Sequence[Mark] = [
            (numbered_by or "", "docNumber", {"refersTo": "#symbol"}),
            (day_in_words(document.distributed, "en"), "docDate", issued),
            (session_line if numbered else "", "session", numbered),
            (agenda_line if item else "", "inline", item),
            (draft, "inline", {"name": "originating document"}),
            (document.meeting or "", "inline", {"name": "meeting"}),
        ]
        for line in lines:
            marks = marked(add_element(cover, "p"), line, marks)
        for _, tag, attributes in marks:
            if "value" in attributes or "title" in attributes:  # a fact that no line states
                add_element(cover[0], tag, **attributes)

    def _preface(self, element: Element, lines: Sequence[str]) -> None:
        """The title in its lines, with the number that stands before it."""
        preface = add_element(element, "preface")
        before = " ".join(lines)[: -len(self.title)]
        for index, line in enumerate(lines):
            block = add_element(preface, "p")
            if index == 0 and before.strip():
                add_element(block, "docNumber", before.rstrip()).tail = before[
                    len(before.rstrip()) :
                ]
            add_element(
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
            preface = add_element(element, "preface") if preface is None else preface
            add_element(add_element(preface, "p"), "remark", _REMARK, status="editorial")

    def _closing(self, element: Element) -> None:
        document = self._own_particulars
        lines = _strings(document.extensions.get(f"akn:closing-{self.language}"))
        if not lines and document.meeting and not self._is_on_cover(document.meeting):
            lines = (f"{document.meeting} {day_in_words(document.adopted, self.language)}".strip(),)
        if not lines:
            return
        conclusions = add_element(
            element, "conclusions", eId=self.names.free(f"{self.name}__conclusions".strip("_"))
        )
        marks: Sequence[Mark] = [
            (document.meeting or "", "location", {"refersTo": "#adoptionMeeting"}),
            (
                day_in_words(document.adopted, "en"),
                "docDate",
                {"date": date_text(document.adopted), "refersTo": "#adoptionDate"},
            ),
        ]
        for line in lines:
            event = add_element(add_element(conclusions, "p"), "event", refersTo="#adoption")
            marks = marked(event, line, marks)


def _is_goal(alignment: Alignment) -> bool:
    return alignment.concept.startswith("sdg/") and alignment.basis is Basis.STATED


def _dictionary(subject: Subject) -> str:
    """The thesaurus that a subject is from, as the UN's files call it."""
    iri = subject.iri or ""
    return "EuroVoc" if "eurovoc" in iri else "UNBIS" if "metadata.un.org" in iri else "DHLAUTH"


def _loose_uri(text: str) -> str:
    """Words where the schema has an address, as the UN writes them: only characters that the
    schema refuses are escaped.
    """
    return re.sub(r"[^\w\s.,;:/?#()'’&=@!$*+~-]", lambda sign: quote(sign[0]), text)
