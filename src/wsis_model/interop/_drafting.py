"""A document put together paragraph by paragraph, as several readers do it."""

from __future__ import annotations

import contextlib
import os
from collections import Counter
from collections.abc import Generator
from pathlib import Path
from typing import Any

import attrs
from pydantic import ValidationError

from ..errors import LoadError, NotAReference, Position, excerpt
from ..model import (
    Citation,
    Document,
    Note,
    Part,
    Provision,
    Section,
    Source,
    TextTable,
    Translations,
)
from ..model.identifiers import is_identifier, number_to_segment
from ._reading import LeftOut, Reading
from ._wording import annex_of, identifier_of, labels_after, session_of_symbol

__all__ = ["Draft", "Drafts", "OpenItems", "bytes_of", "faults_of"]


def bytes_of(source: str | os.PathLike[str] | bytes) -> tuple[bytes, str]:
    """The bytes of *source* and what to call it in messages.

    Raises:
        LoadError: The file cannot be read.
    """
    if isinstance(source, bytes):
        return source, "<data>"
    path = Path(source)
    try:
        return path.read_bytes(), str(path)
    except (OSError, ValueError) as error:  # ValueError: a null character in the name
        reason = getattr(error, "strerror", None) or str(error)
        name = excerpt(str(path), 300).strip("'")
        raise LoadError.of(Position(name), "unreadable", f"cannot be read: {reason}") from None


@contextlib.contextmanager
def faults_of(file: str, places: str = "masthead nor file name nor title") -> Generator[None]:
    """Raise what is wrong with the symbol or the fields of a document as a `LoadError` of its file;
    *places* are those where its symbol was looked for.
    """
    try:
        yield
    except NotAReference:
        message = f"neither {places} tells the document's symbol"
        raise LoadError.of(Position(file), "missing-field", message, "give symbol=") from None
    except ValidationError as error:
        raise LoadError.of(
            Position(file), "wrong-value", excerpt(str(error), 200).strip("'\"")
        ) from None


@attrs.define(eq=False)
class _OpenParagraph:
    """A paragraph that items may still follow."""

    depth: int
    provision: dict[str, Any]
    items: int = 0


@attrs.define(eq=False)
class Draft:
    """A document that a reader puts together in the order of the file."""

    id: str
    language: str
    title: str = ""
    facts: dict[str, Any] = attrs.Factory(dict[str, Any])
    """Values of fields of the document."""
    opening: list[str] = attrs.Factory(list[str])
    sections: list[Section] = attrs.Factory(list[Section])
    provisions: list[dict[str, Any]] = attrs.Factory(list[dict[str, Any]])
    notes: list[Note] = attrs.Factory(list[Note])
    tables: list[TextTable] = attrs.Factory(list[TextTable])
    left_out: list[LeftOut] = attrs.Factory(list[LeftOut])
    part: Part = Part.OPERATIVE
    """The part of paragraphs that a reader gives no part."""
    _open_sections: list[Section] = attrs.Factory(list[Section])
    _open_paragraphs: list[_OpenParagraph] = attrs.Factory(list[_OpenParagraph])
    _wrap_up_of: dict[str, Any] | None = None
    _ids: set[str] = attrs.Factory(set[str])
    _counts: Counter[str] = attrs.Factory(Counter[str])

    @classmethod
    def of_symbol(cls, symbol: str, language: str, source: Source) -> Draft:
        """A draft with what its symbol says of the document.

        Raises:
            NotAReference: *symbol* is no symbol.
        """
        made = cls(identifier_of(symbol), language)
        made.facts |= {"symbol": symbol, "source": source}
        if "/RES/" in symbol:
            made.facts["kind"] = "resolution"
        if (session := session_of_symbol(symbol)) is not None:
            made.facts["session"] = session
        return made

    def leave_out(self, text: str, reason: str, position: Position) -> None:
        """Report a text that has no place."""
        self.left_out.append(LeftOut(position, text, reason))

    def add_facts(self, facts: dict[str, Any], text: str, position: Position) -> None:
        """Add what a line states; where an earlier line states another value, that one is kept and
        this line is reported.
        """
        for name, value in facts.items():
            if self.facts.setdefault(name, value) != value:
                self.leave_out(text, f"an earlier line has another value of {name!r}", position)

    def note(
        self, mark: str, text: str, provision: str | None, citations: tuple[Citation, ...]
    ) -> None:
        """Add a note."""
        words = Translations({self.language: text}) if text else Translations()
        self.notes.append(Note(mark=mark, provision=provision, text=words, citations=citations))

    def heading(self, text: str, level: int) -> None:
        """Begin a section."""
        level = min(max(level, 1), 9)
        while self._open_sections and self._open_sections[-1].level >= level:
            self._open_sections.pop()
        parent = self._open_sections[-1].id if self._open_sections else None
        made = Section(
            id=f"{self.id}/s{len(self.sections) + 1}",
            heading=Translations({self.language: text}),
            level=level,
            parent=parent,
        )
        self._open_sections.append(made)
        self.sections.append(made)
        del self._open_paragraphs[
            1:
        ]  # items after a heading still belong to their numbered paragraph
        self._wrap_up_of = None

    def paragraph(
        self,
        text: str,
        position: Position,
        *,
        label: str = "",
        depth: int = 1,
        part: Part | None = None,
    ) -> dict[str, Any]:
        """Add a paragraph or, with a *depth* of more than 1, an item; the fields of its provision,
        to be added to.

        Args:
            text: What it says.
            position: Where it stands.
            label: Its own number as printed, without that of the paragraph it belongs to: `"99"`,
                `"(a)"`; empty where it has none.
            depth: 1 for a paragraph, 2 for an item of one, and so on.
            part: The part it stands in.
        """
        part = part or self.part
        if (
            not label
            and depth == 1
            and part is not Part.PREAMBULAR
            and self._wrap_up_of is not None
            and text[:1].islower()
        ):
            owner, self._wrap_up_of = self._wrap_up_of, None
            owner["text"] += f"\n{text}"
            return owner
        while self._open_paragraphs and self._open_paragraphs[-1].depth >= depth:
            self._open_paragraphs.pop()
        above = self._open_paragraphs[-1] if self._open_paragraphs else None
        number, identifier = self._numbering(
            label, above, position, text, preambular=part is Part.PREAMBULAR
        )
        made: dict[str, Any] = {"id": identifier, "number": number, "part": part, "text": text}
        if self.sections:
            made["section"] = self.sections[-1].id
        if above is not None:
            made["parent"] = above.provision["id"]
            above.items += 1
        self._wrap_up_of = self._open_paragraphs[0].provision if above is not None else None
        self._open_paragraphs.append(_OpenParagraph(depth, made))
        self.provisions.append(made)
        return made

    def _numbering(
        self,
        label: str,
        above: _OpenParagraph | None,
        position: Position,
        text: str,
        *,
        preambular: bool,
    ) -> tuple[str, str]:
        """The number and the identifier of a paragraph; one whose number is taken or cannot be
        read is counted instead.
        """
        if label:
            number = (
                above.provision["number"] + (label if label.startswith("(") else f"({label})")
                if above is not None
                else label
            )
            segment = number_to_segment(label)
            if not segment and above is not None:  # a letter of another alphabet: its place tells
                segment = number_to_segment(f"{above.items + 1}")
            base = above.provision["id"] + "-" if above is not None else f"{self.id}/"
            if segment and self._claim(f"{base}{segment}"):
                return number, f"{base}{segment}"
            section = self.sections[-1].id.rpartition("/")[2] if self.sections else ""
            # Where numbers start again under a heading, the heading is part of the identifier.
            identifier = f"{self.id}/{section}-{segment}"
            if segment and section and above is None and self._claim(identifier):
                return number, identifier
            reason = f"a number that cannot be read, or comes twice, before {excerpt(text, 40)}"
            self.leave_out(label, reason, position)
        while True:
            letter = "P" if preambular and not label else "U"
            self._counts[letter] += 1
            number = f"{letter}{self._counts[letter]}"
            if self._claim(f"{self.id}/{number.lower()}"):
                return number, f"{self.id}/{number.lower()}"

    def _claim(self, identifier: str) -> bool:
        if identifier in self._ids or not is_identifier(identifier):
            return False
        self._ids.add(identifier)
        return True

    def annex(self, identifier: str, title: str) -> Draft:
        """A document annexed to this one."""
        made = Draft(
            identifier, self.language, title=title, left_out=self.left_out, part=Part.ANNEX
        )
        made.facts |= {"annex_of": self.id, "kind": "annex", "source": self.facts["source"]}
        return made

    @property
    def last(self) -> str | None:
        """The identifier of the last provision so far."""
        return self.provisions[-1]["id"] if self.provisions else None

    def document(self) -> Document:
        """The document."""
        language = self.language
        title = self.title or self.facts.get("symbol") or self.id
        given: dict[str, Any] = dict(self.facts)
        if self.opening:
            given["opening"] = {language: "\n".join(self.opening)}
        return Document(
            id=self.id,
            title=Translations({language: title}),
            languages=(language,),
            sections=tuple(self.sections),
            provisions=tuple(self._provision(each) for each in self.provisions),
            notes=tuple(self.notes),
            tables=tuple(self.tables),
            **given,
        )

    def _provision(self, fields: dict[str, Any]) -> Provision:
        return Provision.model_validate(
            {**fields, "text": {self.language: fields["text"]} if fields["text"] else {}}
        )


@attrs.define(eq=False)
class Drafts:
    """The documents of one file while a reader puts them together, the main one first."""

    symbol: str
    drafts: list[Draft]
    annex_title_due: bool = attrs.field(default=False, init=False)
    """Whether the next heading is the title of an annex."""

    @property
    def main(self) -> Draft:
        """The document itself."""
        return self.drafts[0]

    @property
    def draft(self) -> Draft:
        """The document or annex that the reader is in."""
        return self.drafts[-1]

    def begin_annex(self, heading: str) -> bool:
        """Begin an annex, if a heading opens one; whether it does."""
        name = annex_of(heading, self.main.id, self.symbol, (draft.id for draft in self.drafts))
        if name is not None:
            self.drafts.append(self.main.annex(name, heading))
            self.annex_title_due = True
        return name is not None

    def add_heading(self, text: str, level: int) -> None:
        """Add a heading: the title of an annex right after its name, else a section."""
        if self.annex_title_due:
            self.draft.title = text
        elif text:
            self.draft.heading(text, level)
        self.annex_title_due = False

    def reading(self) -> Reading:
        """The documents, and what found no place in them."""
        return Reading(tuple(draft.document() for draft in self.drafts), tuple(self.main.left_out))


#: Labels with which a list may begin.
_FIRST_LABELS = ("a", "i", "1")
#: Items stand no deeper than this.
_DEEPEST = 8


@attrs.frozen(eq=False)
class _Item:
    """An item that is open: its label, and its left edge where the reader knows one."""

    label: str
    left: float


@attrs.define(eq=False)
class OpenItems:
    """The last item at each depth, which tell how deep the next one stands."""

    items: list[_Item] = attrs.Factory(list[_Item])

    def add(self, label: str, left: float = 0.0, indent: float = 0.0) -> int:
        """Open an item, and give its depth, from 1: it follows an open item, or is the first of a
        list of its own. One that stands more than *indent* to the right of the last begins a list,
        if its label may.
        """
        first = label in _FIRST_LABELS
        inner = bool(self.items) and left > self.items[-1].left + indent
        if not (inner and first):
            for depth in range(len(self.items), 0, -1):
                if label in labels_after(self.items[depth - 1].label):
                    del self.items[depth - 1 :]
                    break
            else:
                if not first:
                    del self.items[-1:]
        del self.items[_DEEPEST - 1 :]
        self.items.append(_Item(label, left))
        return len(self.items)
