"""A document put together paragraph by paragraph, as several readers do it."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import attrs

from ..errors import Finding, LoadError, Position, excerpt
from ..model import Document, Note, Part, Provision, Section, TextTable, Translations
from ..model.identifiers import is_identifier, number_to_segment
from ._reading import LeftOut

__all__ = ["Draft", "bytes_of"]


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
        raise LoadError(
            (
                Finding(
                    "unreadable",
                    f"cannot be read: {reason}",
                    Position(excerpt(str(path), 300).strip("'")),
                ),
            )
        ) from None


@attrs.define(eq=False)
class _Open:
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
    """The part of what is neither preambular nor said to be anything else."""
    _over: list[Section] = attrs.Factory(list[Section])
    _open: list[_Open] = attrs.Factory(list[_Open])
    _wrap_up_of: dict[str, Any] | None = None
    _ids: set[str] = attrs.Factory(set[str])
    _unnumbered: int = 0
    _preambular: int = 0

    def take(self, facts: dict[str, Any], position: Position, text: str) -> None:
        """Add *facts* of a line; where an earlier line said otherwise, it stands, and this one is
        reported.
        """
        for name, value in facts.items():
            if self.facts.setdefault(name, value) != value:
                self.left_out.append(
                    LeftOut(position, text, f"another line says otherwise of the field {name!r}")
                )

    def heading(self, text: str, level: int) -> None:
        """Begin a section."""
        level = min(max(level, 1), 9)
        while self._over and self._over[-1].level >= level:
            self._over.pop()
        parent = self._over[-1].id if self._over else None
        made = Section(
            id=f"{self.id}/s{len(self.sections) + 1}",
            heading=Translations({self.language: text}),
            level=level,
            parent=parent,
        )
        self._over.append(made)
        self.sections.append(made)
        del self._open[1:]  # items after a heading still belong to their numbered paragraph
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
        while self._open and self._open[-1].depth >= depth:
            self._open.pop()
        over = self._open[-1] if self._open else None
        number, identifier = self._named(
            label, over, position, text, preambular=part is Part.PREAMBULAR
        )
        made: dict[str, Any] = {"id": identifier, "number": number, "part": part, "text": text}
        if self.sections:
            made["section"] = self.sections[-1].id
        if over is not None:
            made["parent"] = over.provision["id"]
            over.items += 1
        self._wrap_up_of = self._open[0].provision if over is not None else None
        self._open.append(_Open(depth, made))
        self.provisions.append(made)
        return made

    def _named(
        self, label: str, over: _Open | None, position: Position, text: str, *, preambular: bool
    ) -> tuple[str, str]:
        """The number and the identifier of a paragraph; one whose number is taken or says nothing
        is counted instead.
        """
        if label:
            number = (
                over.provision["number"] + (label if label.startswith("(") else f"({label})")
                if over is not None
                else label
            )
            segment = number_to_segment(label)
            if not segment and over is not None:  # a letter of another alphabet: its place tells
                segment = number_to_segment(f"{over.items + 1}")
            base = over.provision["id"] + "-" if over is not None else f"{self.id}/"
            if segment and self._claim(f"{base}{segment}"):
                return number, f"{base}{segment}"
            section = self.sections[-1].id.rpartition("/")[2] if self.sections else ""
            if (
                segment
                and section
                and over is None
                and self._claim(f"{self.id}/{section}-{segment}")
            ):
                return (
                    number,
                    f"{self.id}/{section}-{segment}",
                )  # numbers start again under a heading: it stands in the identifier
            self.left_out.append(
                LeftOut(
                    position,
                    label,
                    f"a number that names no paragraph, or two, before {excerpt(text, 40)}",
                )
            )
        while True:
            if preambular and not label:
                self._preambular += 1
                number = f"P{self._preambular}"
            else:
                self._unnumbered += 1
                number = f"U{self._unnumbered}"
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
        """The provision that the reader stands at."""
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
