"""Blocks of the registry as a document."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator
from typing import Any

import attrs
from pydantic import ValidationError

from ..._collector import paused_collector
from ...corpus import Corpus
from ...errors import Finding, LoadError, NotAReference, Position, excerpt
from ...model import (
    Certainty,
    Citation,
    Note,
    Part,
    Provision,
    Source,
    Translations,
)
from .._drafting import Draft, bytes_of
from .._reading import LeftOut, Reading
from .._wording import (
    annex_of,
    cited,
    front_fact,
    identifier_of,
    is_opening,
    number_in_title,
    one_line,
    session_of,
    symbol_in_name,
    symbol_in_title,
)
from .mandates import LANGUAGE, Derived, EntityNames, annotations_of, derive, plain_annotation
from .wire import ON_THE_BLOCK, Annotation, Block, PlacedBlock, Wire, blocks_of

__all__ = ["read"]

ADDRESS = "https://github.com/UN-EOSG-Analytics/un-mandates-housekeeping"

_STARRED = re.compile(r"([*†‡]+)\s+(.*)", re.DOTALL)


def read(
    source: str | os.PathLike[str] | bytes,
    *,
    symbol: str | None = None,
    corpus: Corpus | None = None,
) -> Reading:
    """What a file of the registry holds: the document, its annexes, and what found no place in
    them.

    Annotations that name nobody and nothing the corpus knows are reported here, and kept with the
    paragraph.

    Args:
        source: Path of the file, or its bytes.
        symbol: The document's symbol, where neither the file's name (`A_RES_70_125.json`) nor the
            number in its title tells it.
        corpus: Where to look up who is meant by a name, which verb by a word and which kind of
            deliverable, e.g. [`catalogue()`][wsis_model.catalogue]. Without it nobody is addressed:
            all names are in the notes of the mandates.

    Raises:
        LoadError: The file is not of this format; every problem.
        NotAReference: *symbol* is no symbol.

    Examples:
        >>> text = '[{"text": "The General Assembly,", "type": "paragraph", "paragraph_type": "preambular"},'
        >>> text += '{"text": "Asks for a map.", "type": "paragraph", "paragraph_type": "operative", "paragraph_level": 1, "prefix": "1."}]'
        >>> read(text.encode(), symbol="A/RES/99/1").document.provisions[0].id
        '99-1/1'
    """
    given = identifier_of(symbol) if symbol is not None else None
    data, file = bytes_of(source)
    with paused_collector():
        blocks = blocks_of(data, file)
        title = next(
            (one_line(placed.block.text) for placed in blocks if placed.block.type == "title"), ""
        )
        found = symbol or symbol_in_name(file) or symbol_in_title(title)
        if found is None:
            raise LoadError((_no_symbol(file),))
        try:
            identifier = given or identifier_of(found)
            return _Reader.of(identifier, found, EntityNames.of(corpus)).reading(blocks)
        except NotAReference:
            raise LoadError((_no_symbol(file),)) from None
        except (
            ValidationError
        ) as error:  # a value that one of our fields does not take, e.g. half of a surrogate pair
            raise LoadError(
                (Finding("wrong-value", excerpt(str(error), 200).strip("'\""), Position(file)),)
            ) from None


def _no_symbol(file: str) -> Finding:
    return Finding(
        "missing-field",
        "neither the file's name nor its title tells the document's symbol",
        Position(file),
        hint="give symbol=",
    )


@attrs.define(eq=False)
class _Reader:
    """Puts the blocks of a file in their places."""

    symbol: str
    names: EntityNames
    drafts: list[Draft]
    left_out: list[LeftOut]
    annex_title_due: bool = False

    @classmethod
    def of(cls, identifier: str, symbol: str, names: EntityNames) -> _Reader:
        left_out: list[LeftOut] = []
        draft = Draft(identifier, LANGUAGE, left_out=left_out)
        draft.facts["symbol"] = symbol
        if "/RES/" in symbol:
            draft.facts["kind"] = "resolution"
        if (session := session_of("", symbol)) is not None:
            draft.facts["session"] = session
        draft.facts["source"] = Source(
            title=f"{symbol} in the UN Mandate Source Registry",
            url=ADDRESS,
            terms="United Nations document; the annotations are machine-made",
            certainty=Certainty.REPORTED,
        )
        return cls(symbol, names, [draft], left_out)

    @property
    def draft(self) -> Draft:
        """The document, or the annex, that the reader is in."""
        return self.drafts[-1]

    def reading(self, blocks: Iterable[PlacedBlock]) -> Reading:
        """The documents that the blocks make."""
        for placed in blocks:
            block = placed.block
            if block.model_extra:
                self._leave(
                    placed, ", ".join(block.model_extra), "fields that the format does not have"
                )
            if not (text := one_line(block.text)):
                continue
            match block.type:
                case "frontmatter":
                    self._line(placed, text)
                case "title":
                    self._title(placed, text)
                case "heading":
                    self._heading(placed, text)
                case "paragraph":
                    self._paragraph(placed, text)
                case "backmatter":
                    self._back(placed, text)
                case _:
                    self._leave(placed, text, f"a block of the type {excerpt(block.type, 40)}")
        return Reading(tuple(draft.document() for draft in self.drafts), tuple(self.left_out))

    def _leave(self, placed: PlacedBlock, text: str, reason: str) -> None:
        self.left_out.append(LeftOut(placed.position, text, reason))

    def _line(self, placed: PlacedBlock, text: str) -> None:
        facts = front_fact(text)
        if facts:
            self.drafts[0].take(facts, placed.position, text)
        else:
            self._leave(placed, text, "a line of the front that no field takes")

    def _title(self, placed: PlacedBlock, text: str) -> None:
        _, title = number_in_title(text)
        if self.drafts[0].title or not title:
            self._leave(placed, text, "a second title")
        else:
            self.drafts[0].title = title

    def _heading(self, placed: PlacedBlock, text: str) -> None:
        main = self.drafts[0]
        if annex := annex_of(text, main.id, self.symbol, (draft.id for draft in self.drafts)):
            self.drafts.append(main.annex(annex, text))
            self.annex_title_due = True
        elif self.annex_title_due:
            self.draft.title = text
            self.annex_title_due = False
        else:
            self.draft.heading(text, placed.block.heading_level or 1)

    def _back(self, placed: PlacedBlock, text: str) -> None:
        facts = front_fact(text)
        if facts:
            self.drafts[0].take(facts, placed.position, text)
        else:
            self._paragraph(placed, text)

    def _paragraph(self, placed: PlacedBlock, text: str) -> None:
        block, draft = placed.block, self.draft
        self.annex_title_due = False
        if note := _STARRED.fullmatch(text):
            draft.notes.append(
                Note(
                    mark=note[1],
                    text=Translations({LANGUAGE: note[2]}),
                    citations=_citations(block),
                )
            )
            return
        preambular = block.paragraph_type == "preambular"
        if preambular and not draft.provisions and is_opening(text):
            draft.opening.append(text)
            self._annotate(placed, {"id": f"{draft.id}/opening"}, kept=False)
            return
        label, depth = _label(block)
        part = Part.PREAMBULAR if preambular else None
        made = draft.paragraph(text, placed.position, label=label, depth=depth, part=part)
        if citations := _citations(block):
            made["citations"] = (*made.get("citations", ()), *citations)
        self._annotate(placed, made, kept=True)

    def _annotate(self, placed: PlacedBlock, made: dict[str, Any], *, kept: bool) -> None:
        """Give a provision the mandates that the machine found in it, and keep what they do not
        say.
        """
        block = placed.block
        for annotation in block.mandates:
            extra = [
                *(annotation.model_extra or ()),
                *(name for each in _inner(annotation) for name in each.model_extra or ()),
            ]
            if extra:
                self._leave(placed, ", ".join(extra), "fields that the format does not have")
        derived = derive(made["id"], block.annotations, self.names)
        for text, reason in derived.left:
            self._leave(placed, text, reason)
        if not kept:
            if derived.mandates:
                self._leave(
                    placed,
                    ", ".join(mandate.verb for mandate in derived.mandates),
                    "an annotation of the opening words",
                )
            return
        if derived.mandates:
            made["mandates"] = (*made.get("mandates", ()), *derived.mandates)
        if derived.mentions:
            made["mentions"] = tuple(dict.fromkeys((*made.get("mentions", ()), *derived.mentions)))
        if kept_apart := _kept_apart(block, derived, self.names):
            made["extensions"] = {**made.get("extensions", {}), **kept_apart}


def _inner(annotation: Annotation) -> Iterator[Wire]:
    yield from annotation.assignees
    yield from annotation.deliverables
    yield from annotation.mentioned_entities


def _kept_apart(block: Block, derived: Derived, names: EntityNames) -> dict[str, Any]:
    """What the registry says of a paragraph and our records do not, as extensions."""
    made: dict[str, Any] = {}
    if block.uncertainties:
        made["registry:uncertainties"] = block.uncertainties
    if block.action_verb is not None:
        made |= {f"registry:{name}": getattr(block, name) for name in ON_THE_BLOCK}
    found = [plain_annotation(annotation) for annotation in block.mandates]
    said = Provision.model_construct(
        mandates=tuple(derived.mandates), mentions=tuple(derived.mentions)
    )
    if found != annotations_of(said, names):
        made["registry:mandates"] = found
    return made


def _citations(block: Block) -> tuple[Citation, ...]:
    found = (cited(text or "", url or "") for text, url in block.links)
    return tuple(dict.fromkeys(citation for citation in found if citation is not None))


def _label(block: Block) -> tuple[str, int]:
    """The number of a paragraph as it is printed, without dots and blanks around it, and how deep
    it stands.
    """
    prefix = one_line(block.prefix or "").rstrip(".").strip()
    depth = min(max(block.paragraph_level or 1, 1), 9)
    return (prefix if re.search(r"\w", prefix) else "", depth)
