"""Blocks of the registry as a document."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator
from typing import Any

import attrs

from ..._collector import paused_collector
from ...corpus import Corpus
from ...errors import excerpt
from ...model import Certainty, Citation, Part, Provision, Source
from .._drafting import Draft, Drafts, bytes_of, faults_of
from .._reading import Reading
from .._wording import (
    citations_of,
    facts_of_line,
    identifier_of,
    is_opening,
    number_in_title,
    one_line,
    symbol_in_name,
    symbol_in_title,
)
from .mandates import LANGUAGE, Derived, EntityNames, annotations_of, derive, plain_annotation
from .wire import VERB_FIELDS, Annotation, Block, PlacedBlock, Wire, blocks_of

__all__ = ["read"]

ADDRESS = "https://github.com/UN-EOSG-Analytics/un-mandates-housekeeping"

_STARRED = re.compile(r"([*†‡]+)\s+(.*)", re.DOTALL)


def read(
    source: str | os.PathLike[str] | bytes,
    *,
    symbol: str | None = None,
    corpus: Corpus | None = None,
) -> Reading:
    """Read a file of the registry: the document, its annexes, and what found no place in them.

    Annotations whose names the corpus does not have are reported in `left_out`, and kept with the
    paragraph.

    Args:
        source: Path of the file, or its bytes.
        symbol: The document's symbol, where neither the file's name (`A_RES_70_125.json`) nor the
            number in its title has it.
        corpus: Where to look up actors, verbs and kinds of deliverable by their names, e.g.
            [`catalogue()`][wsis_model.catalogue]. Without it mandates have no addressees: all names
            are in their notes.

    Raises:
        LoadError: The file is not of this format; every problem.
        NotAReference: *symbol* is no symbol.

    Examples:
        >>> text = '''[
        ...  {"text": "The General Assembly,", "type": "paragraph", "paragraph_type": "preambular"},
        ...  {"text": "Asks for a map.", "type": "paragraph", "paragraph_type": "operative",
        ...   "paragraph_level": 1, "prefix": "1."}
        ... ]'''
        >>> read(text.encode(), symbol="A/RES/99/1").document.provisions[0].id
        '99-1/1'
    """
    if symbol is not None:
        identifier_of(symbol)
    data, file = bytes_of(source)
    with paused_collector(), faults_of(file, "the file's name nor its title"):
        blocks = blocks_of(data, file)
        titles = (one_line(each.block.text) for each in blocks if each.block.type == "title")
        found = symbol or symbol_in_name(file) or symbol_in_title(next(titles, "")) or ""
        registry = Source(
            title=f"{found} in the UN Mandate Source Registry",
            url=ADDRESS,
            terms="United Nations document; the annotations are machine-made",
            certainty=Certainty.REPORTED,
        )
        draft = Draft.of_symbol(found, LANGUAGE, registry)
        return _Reader(found, [draft], EntityNames.of(corpus)).read(blocks)


@attrs.define(eq=False)
class _Reader(Drafts):
    """Puts the blocks of a file into its documents."""

    names: EntityNames

    def read(self, blocks: Iterable[PlacedBlock]) -> Reading:
        """The documents that the blocks make."""
        for placed in blocks:
            block = placed.block
            if block.model_extra:
                fields = ", ".join(block.model_extra)
                self._leave_out(placed, fields, "fields that the format does not have")
            if not (text := one_line(block.text)):
                continue
            match block.type:
                case "frontmatter":
                    if not self._add_facts(placed, text):
                        self._leave_out(placed, text, "a line before the text that has no field")
                case "title":
                    self._title(placed, text)
                case "heading":
                    if not self.begin_annex(text):
                        self.add_heading(text, block.heading_level or 1)
                case "paragraph":
                    self._paragraph(placed, text)
                case "backmatter":
                    if not self._add_facts(placed, text):
                        self._paragraph(placed, text)
                case _:
                    self._leave_out(placed, text, f"a block of the type {excerpt(block.type, 40)}")
        return self.reading()

    def _leave_out(self, placed: PlacedBlock, text: str, reason: str) -> None:
        self.main.leave_out(text, reason, placed.position)

    def _add_facts(self, placed: PlacedBlock, text: str) -> bool:
        """Take what a line states; whether it states anything."""
        facts = facts_of_line(text)
        self.main.add_facts(facts, text, placed.position)
        return bool(facts)

    def _title(self, placed: PlacedBlock, text: str) -> None:
        _, title = number_in_title(text)
        if self.main.title or not title:
            self._leave_out(placed, text, "a second title")
        else:
            self.main.title = title

    def _paragraph(self, placed: PlacedBlock, text: str) -> None:
        block, draft = placed.block, self.draft
        self.annex_title_due = False
        if note := _STARRED.fullmatch(text):
            draft.note(note[1], note[2], None, _citations(block))
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
        """Give a provision the mandates that the machine found in it, and keep what these do not
        state.
        """
        block = placed.block
        for annotation in block.mandates:
            extra = [
                *(annotation.model_extra or ()),
                *(name for each in _annotated_names(annotation) for name in each.model_extra or ()),
            ]
            if extra:
                self._leave_out(placed, ", ".join(extra), "fields that the format does not have")
        derived = derive(made["id"], block.annotations, self.names)
        for text, reason in derived.left_out:
            self._leave_out(placed, text, reason)
        if not kept:
            if derived.mandates:
                self._leave_out(
                    placed,
                    ", ".join(mandate.verb for mandate in derived.mandates),
                    "an annotation of the opening words",
                )
            return
        if derived.mandates:
            made["mandates"] = (*made.get("mandates", ()), *derived.mandates)
        if derived.mentions:
            made["mentions"] = tuple(dict.fromkeys((*made.get("mentions", ()), *derived.mentions)))
        if extensions := _registry_extensions(block, derived, self.names):
            made["extensions"] = {**made.get("extensions", {}), **extensions}


def _annotated_names(annotation: Annotation) -> Iterator[Wire]:
    yield from annotation.assignees
    yield from annotation.deliverables
    yield from annotation.mentioned_entities


def _registry_extensions(block: Block, derived: Derived, names: EntityNames) -> dict[str, Any]:
    """What the registry says of a paragraph beyond our records, as extensions."""
    made: dict[str, Any] = {}
    if block.uncertainties:
        made["registry:uncertainties"] = block.uncertainties
    if block.action_verb is not None:
        made |= {f"registry:{name}": getattr(block, name) for name in VERB_FIELDS}
    found = [plain_annotation(annotation) for annotation in block.mandates]
    provision = Provision.model_construct(
        mandates=tuple(derived.mandates), mentions=tuple(derived.mentions)
    )
    if found != annotations_of(provision, names):
        made["registry:mandates"] = found
    return made


def _citations(block: Block) -> tuple[Citation, ...]:
    return citations_of((text or "", url or "") for text, url in block.links)


def _label(block: Block) -> tuple[str, int]:
    """The number of a paragraph as it is printed, without dots and blanks around it, and how deep
    it stands.
    """
    prefix = one_line(block.prefix or "").rstrip(".").strip()
    depth = min(max(block.paragraph_level or 1, 1), 9)
    return (prefix if re.search(r"\w", prefix) else "", depth)
