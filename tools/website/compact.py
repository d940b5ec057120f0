"""The page of the Global Digital Compact: who takes up which of its commitments."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from addresses import COMPACT, OUTCOME, address, escaped, links, name, paragraph_link
from paragraphs import due_text

from wsis_model import Corpus, Mandate, Provision

__all__ = ["compact"]


def compact(corpus: Corpus) -> tuple[str, str]:
    """Each paragraph and item of the Compact in our words, with what it asks of whom and the
    paragraphs of the outcome that are aligned with it, as source file and Markdown.
    """
    page, _ = address(COMPACT)
    return page, "\n".join(_lines(corpus, page))


def _lines(corpus: Corpus, page: str) -> Iterator[str]:
    document = corpus.document(COMPACT)
    aligned: dict[str, list[str]] = defaultdict(list)
    for provision in corpus.document(OUTCOME).provisions:
        for each in provision.alignments:
            aligned[each.concept].append(paragraph_link(page, provision))
    by_section: dict[str | None, list[Provision]] = defaultdict(list)
    for provision in document.provisions:
        by_section[provision.section].append(provision)
    yield "---\ntitle: Global Digital Compact\n---"
    yield "# The Global Digital Compact, and where the outcome takes it up\n"
    yield (
        "In our words; the official text is the United Nations' "
        f"([annex I of A/RES/79/1]({document.urls[0]})). Numbers after *in the outcome* lead to the "
        "paragraphs of A/RES/80/173 that are aligned with a paragraph or item.\n"
    )
    for section in document.sections:
        anchor = section.id.partition("/")[2]
        level = "#" * (section.level + 1)
        yield f"{level} {escaped(section.heading)} {{ #{anchor} data-search-exclude }}\n"
        for provision in by_section[section.id]:
            yield f"{_mark(provision.id)}**{escaped(provision.number)}** {escaped(provision.summary)}\n"
            items = [_mandate(corpus, page, each) for each in provision.mandates]
            if found := aligned[provision.id]:
                items.append(f"*in the outcome*: {', '.join(found)}")
            yield "\n".join(f"- {each}" for each in items) + "\n"


def _mandate(corpus: Corpus, page: str, mandate: Mandate) -> str:
    verb = f"*{mandate.kind.value}* ({escaped(name(corpus, mandate.verb))})"
    said = [f"{verb}: {links(corpus, page, mandate.addressees)}" if mandate.addressees else verb]
    if mandate.due:
        said.append(due_text(corpus, page, mandate.due))
    return f"{_mark(mandate.id)}{'; '.join(said)}"


def _mark(identifier: str) -> str:
    """A place that the address of a record leads to."""
    return f'<span id="{identifier.partition("/")[2]}"></span>'
