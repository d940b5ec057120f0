"""A document as blocks of the registry."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from pydantic import ValidationError

from ...corpus import Corpus
from ...model import (
    Citation,
    Document,
    Part,
    Provision,
    Section,
    cite,
)
from .._wording import day_text
from .mandates import LANGUAGE, EntityNames, annotations_of, derive, plain_annotation
from .wire import VERB_FIELDS, Block

__all__ = ["write"]


def write(document: Document, *, corpus: Corpus | None = None) -> str:
    """The document as the registry writes it: one JSON list of blocks, English text.

    Args:
        document: What to write. An annex is a document of its own here, and in the registry part of
            its resolution: write it apart.
        corpus: Where to take the names of actors, verbs and deliverables from; without it
            identifiers are written. Reading with the same corpus finds them again.

    Examples:
        >>> from wsis_model.interop.registry import read
        >>> document = Document(
        ...     id="99-1",
        ...     symbol="A/RES/99/1",
        ...     title="Maps",
        ...     provisions=[Provision(id="99-1/1", number="1", text="Asks.")],
        ... )
        >>> read(write(document).encode()).document.provisions == document.provisions
        True
    """
    names = EntityNames.of(corpus)
    blocks = [*_front(document), *_body(document, names), *_back_of(document)]
    return json.dumps(blocks, ensure_ascii=False, indent=1) + "\n"


def _block(text: str, kind: str, **fields: Any) -> dict[str, Any]:
    blank: dict[str, Any] = {
        "heading_level": None,
        "paragraph_type": None,
        "paragraph_level": None,
        "prefix": None,
        "links": [],
    }
    return {"text": text, "type": kind, **blank, **fields}


def _front(document: Document) -> Iterator[dict[str, Any]]:
    if document.session and (year := re.fullmatch(r"sessions/ecosoc-([0-9]{4})", document.session)):
        yield _block(f"{year[1]} session", "frontmatter")
    if document.agenda_item:
        yield _block(f"Agenda item {document.agenda_item}", "frontmatter")
    body = {"general-assembly": "General Assembly", "ecosoc": "Economic and Social Council"}.get(
        document.body or ""
    )
    if body:
        yield _block(
            f"Resolution adopted by the {body}"
            + (f" on {day_text(document.adopted)}" if document.adopted else ""),
            "frontmatter",
        )
    if document.draft:
        yield _block(
            f"[without reference to a Main Committee ({cite(document.draft)})]", "frontmatter"
        )
    number = re.fullmatch(r"[AE]/RES/([0-9]+/[0-9]+(?: [A-Z])?)", document.symbol or "")
    yield _block((f"{number[1]}.\t" if number else "") + document.title.pick(LANGUAGE), "title")


def _back_of(document: Document) -> Iterator[dict[str, Any]]:
    for note in document.notes:
        if re.fullmatch(r"[*†‡]+", note.mark) and (text := note.text.get(LANGUAGE)):
            yield _block(f"{note.mark} {text}", "backmatter", links=_links(note.citations))
    lines = [document.meeting, day_text(document.adopted) if document.adopted else None]
    if any(lines):
        yield _block("\n".join(filter(None, lines)), "backmatter")


def _body(document: Document, names: EntityNames) -> Iterator[dict[str, Any]]:
    """Opening, headings and paragraphs in their order, each wrap-up after the items that it
    follows.
    """
    for line in document.opening.get(LANGUAGE, "").splitlines():
        yield _block(line, "paragraph", paragraph_type="preambular")
    sections = iter(document.sections)
    pending = {section.id for section in document.sections}
    by_id = {provision.id: provision for provision in document.provisions}
    wrap_ups: list[tuple[str, str]] = []
    for provision in document.provisions:
        while (
            wrap_ups
            and provision.parent != wrap_ups[-1][0]
            and not provision.id.startswith(f"{wrap_ups[-1][0]}-")
        ):
            yield _block(
                wrap_ups.pop()[1], "paragraph", paragraph_type="operative", paragraph_level=1
            )
        while provision.section in pending:
            section = next(sections)
            pending.discard(section.id)
            yield _heading(section)
        chapeau, _, wrap_up = provision.text.get(LANGUAGE, "").partition("\n")
        if wrap_up:
            wrap_ups.append((provision.id, wrap_up))
        yield _paragraph(provision, chapeau, by_id, names)
    while wrap_ups:
        yield _block(wrap_ups.pop()[1], "paragraph", paragraph_type="operative", paragraph_level=1)
    for section in sections:
        yield _heading(section)


def _heading(section: Section) -> dict[str, Any]:
    return _block(section.heading.pick(LANGUAGE), "heading", heading_level=section.level)


def _paragraph(
    provision: Provision, text: str, by_id: Mapping[str, Provision], names: EntityNames
) -> dict[str, Any]:
    depth, parent = 1, by_id.get(provision.parent or "")
    label = provision.number.removeprefix(parent.number) if parent else provision.number
    while parent is not None and depth < 9:
        depth, parent = depth + 1, by_id.get(parent.parent or "")
    counted = re.fullmatch(r"[PU][0-9]+", provision.number) is not None
    made = _block(
        text,
        "paragraph",
        paragraph_type="preambular" if provision.part is Part.PREAMBULAR else "operative",
        paragraph_level=None if counted and depth == 1 else depth,
        prefix=("•" if depth > 1 else None) if counted else label if depth > 1 else f"{label}.",
        links=_links(provision.citations),
        mandates=annotations_of(provision, names),
    )
    return made | _registry_fields(provision, names)


def _registry_fields(provision: Provision, names: EntityNames) -> dict[str, Any]:
    """The registry's annotations of a paragraph, as far as they still agree with its records."""
    made: dict[str, Any] = {}
    found = provision.extensions
    if "registry:uncertainties" in found:
        made["uncertainties"] = found["registry:uncertainties"]
    made |= {name: found[f"registry:{name}"] for name in VERB_FIELDS if f"registry:{name}" in found}
    try:
        block = Block.model_validate(
            {"text": "", "type": "", **made, "mandates": found.get("registry:mandates", ())}
        )
    except ValidationError:  # somebody else's extension of the same name
        return {}
    derived = derive(provision.id, block.annotations, names)
    if (tuple(derived.mandates), tuple(derived.mentions)) != (
        provision.mandates,
        provision.mentions,
    ):
        return {key: value for key, value in made.items() if key == "uncertainties"}
    return made | {"mandates": [plain_annotation(annotation) for annotation in block.mandates]}


def _links(citations: Iterable[Citation]) -> list[list[str | None]]:
    return [[_text(each), _address(each)] for each in citations]


def _text(citation: Citation) -> str | None:
    return citation.text if citation.target is None else cite(citation.target)


def _address(citation: Citation) -> str | None:
    """The address of a cited document; None where it has no symbol."""
    symbol = cite(citation.target).partition(",")[0] if citation.target is not None else ""
    return f"https://docs.un.org/en/{symbol}" if "/" in symbol and " " not in symbol else None
