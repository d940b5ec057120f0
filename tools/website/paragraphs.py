"""A page for each paragraph of A/RES/80/173, and the list of them."""

from __future__ import annotations

import functools
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping

import attrs
from addresses import FOLDER, OUTCOME, address, escaped, link, links, name, paragraph_link

from wsis_model import (
    Alignment,
    Basis,
    Citation,
    Corpus,
    Document,
    Due,
    Mandate,
    Part,
    Provision,
    Reference,
    RouteStep,
    cite,
)
from wsis_model._version import BASE_IRI

__all__ = ["Paragraphs", "due_text", "route_text"]

_BASIS = {
    Basis.STATED: "stated in the text",
    Basis.EDITORIAL: "our judgement",
    Basis.OFFICIAL_MATRIX: "a published matrix",
}
_EXCLUDED = "{ data-search-exclude }"


def due_text(corpus: Corpus, page: str, due: Due) -> str:
    """When something is due, in words, with a link to its session."""
    said = [
        link(page, due.session, name(corpus, due.session)) if due.session else "",
        escaped(due.event) if due.event else "",
        str(due.date) if due.date else "",
        due.recurrence.value if due.recurrence else "",
    ]
    window = due.window(corpus.calendar)
    days = f" ({window})" if window.latest is not None and due.day is None else ""
    return ", ".join(filter(None, said)) + days


@attrs.frozen
class Paragraphs:
    """The pages of the paragraphs of the outcome."""

    corpus: Corpus
    """The catalogue."""

    @property
    def document(self) -> Document:
        """The outcome."""
        return self.corpus.document(OUTCOME)

    @functools.cached_property
    def _routes(self) -> Mapping[str, Mapping[str, tuple[RouteStep, ...]]]:
        """For each entity that goes on, the names it is addressed by."""
        return {
            each.id: self.corpus.routes(each.id)
            for each in self.corpus.entities()
            if each.until is None
        }

    def pages(self) -> Iterator[tuple[str, str]]:
        """Each page as source file and Markdown."""
        provisions = self.document.provisions
        for before, provision, after in zip(
            (None, *provisions[:-1]), provisions, (*provisions[1:], None), strict=True
        ):
            page, _ = address(provision.id)
            yield page, "\n".join(self._page(page, before, provision, after))
        yield f"{FOLDER}/index.md", "\n".join(self._list(f"{FOLDER}/index.md"))

    def _page(
        self, page: str, before: Provision | None, provision: Provision, after: Provision | None
    ) -> Iterator[str]:
        said = (
            f"Preambular paragraph {provision.number.removeprefix('P')}"
            if provision.part is Part.PREAMBULAR
            else f"Paragraph {provision.number}"
        )
        yield from ("---", f"title: {said}", f'description: "{_plain(provision.summary)}"', "---")
        yield f"# {said} of A/RES/80/173 {{ #top }}\n"
        yield self._neighbours(page, before, provision, after)
        yield f'!!! quote "In our words"\n    {escaped(provision.summary)}\n'
        yield (
            f"The official text is the United Nations': {self._official()}. Cite this as "
            f"{escaped(cite(provision.id))}.\n"
        )
        yield "## What it asks, decides or pledges\n"
        if not provision.mandates:
            yield "Nothing: it recalls, recognizes or states, and leaves nobody with a task.\n"
        for mandate in provision.mandates:
            yield from self._mandate(page, mandate)
        yield from self._about(page, provision)
        yield from self._ways(provision)

    def _official(self) -> str:
        """Links to the official text, in each of its languages."""
        document, address = self.document, self.document.urls[0]
        names = {each: self.corpus[f"languages/{each}"].label for each in document.languages}
        others = [
            f"[{escaped(label[each])}]({address.replace('/en/', f'/{each}/')})"
            for each, label in names.items()
            if each != "en"
        ]
        return f"[{document.symbol}]({address}) ({' · '.join(others)})"

    def _neighbours(
        self, page: str, before: Provision | None, provision: Provision, after: Provision | None
    ) -> str:
        section = self.corpus.get(provision.section) if provision.section else None
        steps = [
            f"← {paragraph_link(page, before)}" if before else "",
            link(page, provision.section, str(section.heading))
            if section and provision.section
            else "[All paragraphs](index.md)",
            f"{paragraph_link(page, after)} →" if after else "",
        ]
        return f"{' · '.join(filter(None, steps))}\n{{ .neighbours data-search-exclude }}\n"

    def _mandate(self, page: str, mandate: Mandate) -> Iterator[str]:
        corpus, number = self.corpus, mandate.id.partition("/")[2]
        verb = escaped(name(corpus, mandate.verb))
        yield f"### {number} {verb} {{ #{number} }}\n"
        yield f"{escaped(mandate.action)}\n"
        who = links(corpus, page, mandate.addressees)
        facts = {
            "Kind": mandate.kind.value,
            "Who": who or "the text names nobody",
            "By when": due_text(corpus, page, mandate.due) if mandate.due else "no date is set",
            "Brings about": links(corpus, page, filter(None, (mandate.deliverable,))),
            "Reported to": links(corpus, page, mandate.reports_to),
            "With": links(corpus, page, mandate.with_),
            "Limits": escaped("; ".join(mandate.caveats)),
            "Ground": _BASIS[mandate.basis],
            "Note": escaped(mandate.note or ""),
        }
        yield "\n".join(f"- **{label}**: {text}" for label, text in facts.items() if text) + "\n"
        yield from self._reached(mandate)

    def _reached(self, mandate: Mandate) -> Iterator[str]:
        """Who is reached by a mandate, by route, below a line that unfolds."""
        by_route: dict[tuple[RouteStep, ...], list[str]] = defaultdict(list)
        for entity, routes in self._routes.items():
            reached = [routes[each] for each in mandate.addressees if each in routes]
            if reached:
                by_route[min(reached, key=len)].append(entity)
        if not by_route or set(by_route) == {()}:
            return
        count = sum(map(len, by_route.values()))
        yield f'<details markdown="1" data-search-exclude><summary>{count} of the entities in the catalogue are reached, and why</summary>\n'
        for route in sorted(by_route, key=lambda route: (len(route), str(route))):
            names = escaped(", ".join(name(self.corpus, each) for each in by_route[route]))
            yield f"- **{escaped(route_text(self.corpus, route))}**: {names}"
        yield "\n</details>\n"

    def _about(self, page: str, provision: Provision) -> Iterator[str]:
        corpus = self.corpus
        marks = [note for note in self.document.notes if note.provision == provision.id]
        cited = [*provision.citations, *(each for note in marks for each in note.citations)]
        compact = [each for each in provision.alignments if each.concept.startswith("gdc/")]
        concepts = [each for each in provision.alignments if each not in compact]
        parts = {
            "It is about": [self._alignment(page, each) for each in concepts],
            "In the Global Digital Compact": [self._alignment(page, each) for each in compact],
            "It cites": [self._citation(page, each) for each in cited],
            "It names": [links(corpus, page, provision.mentions)] if provision.mentions else [],
            "It is referred to by": self._referring(page, provision),
        }
        if any(parts.values()):
            yield f"## Links {_EXCLUDED}\n"
        for heading, items in parts.items():
            if items:
                yield f"**{heading}**\n\n" + "\n".join(f"- {each}" for each in items) + "\n"

    def _alignment(self, page: str, each: Alignment) -> str:
        note = f": {escaped(each.note)}" if each.note else ""
        return f"{links(self.corpus, page, (each.concept,))} ({_BASIS[each.basis]}{note})"

    def _citation(self, page: str, each: Citation) -> str:
        if each.target is None:
            return escaped(each.text or "")
        verb = f"{escaped(name(self.corpus, each.verb))}: " if each.verb else ""
        target = self.corpus.get(each.target)
        title = (
            f", {escaped(target.title)}" if isinstance(target, Document) and target.symbol else ""
        )
        url = (
            f" ([official]({target.urls[0]}))"
            if isinstance(target, Document) and target.urls
            else ""
        )
        return f"{verb}{links(self.corpus, page, (each.target,))}{title}{url}"

    def _referring(self, page: str, provision: Provision) -> list[str]:
        """What refers to a provision or its mandates: groups that it names, other provisions."""
        own = (provision.id, *(each.id for each in provision.mandates))
        found: dict[str, Reference] = {}
        for identifier in own:
            if identifier in self.corpus:
                for each in self.corpus.cited_by(identifier):
                    found.setdefault(each.source, each)
        return [
            f"{links(self.corpus, page, (source,))} ({str(each.path[0]).replace('_', ' ')})"
            for source, each in found.items()
            if source != OUTCOME
        ]

    def _ways(self, provision: Provision) -> Iterator[str]:
        iri = f"{BASE_IRI}id/{provision.id}"
        yield f"## In your own work {_EXCLUDED}\n"
        yield f"- **Identifier**: `{provision.id}`"
        yield f"- **Address that stays**: `{iri}`"
        yield f'- **Python**: `wsis_model.catalogue()["{provision.id}"]`'
        yield f"- **Terminal**: `wsis-model show {provision.id}`"
        yield (
            "- **A mistake?** Please tell us the paragraph and what the official text says: "
            "[to help](../../contributing.md)\n"
        )

    def _list(self, page: str) -> Iterator[str]:
        """The list of all paragraphs, by section."""
        document = self.document
        yield "---\ntitle: Paragraph by paragraph\n---\n# A/RES/80/173, paragraph by paragraph\n"
        yield (
            f"{escaped(document.title)}, adopted on {document.adopted} ([official text]"
            f"({document.urls[0]})). Each paragraph has a page: what it says in our words, what it asks of whom by "
            "when, who is reached and why, and what it is linked to. "
            "[By actor](actors.md) · [by theme](themes.md) · [by date](dates.md)\n"
        )
        sections = {each.id: each for each in document.sections}
        by_section: dict[str | None, list[Provision]] = defaultdict(list)
        for provision in document.provisions:
            by_section[provision.section].append(provision)
        for identifier, provisions in by_section.items():
            if identifier is None:
                yield f"## Preamble {_EXCLUDED}\n"
            else:
                anchor = identifier.partition("/")[2]
                heading = escaped(sections[identifier].heading)
                yield f"## {heading} {{ #{anchor} data-search-exclude }}\n"
            for provision in provisions:
                verbs = dict.fromkeys(name(self.corpus, m.verb) for m in provision.mandates)
                asks = f" **{escaped(', '.join(verbs))}**" if verbs else ""
                yield f"- {paragraph_link(page, provision)}{asks} {escaped(provision.summary)}"
            yield ""


def route_text(corpus: Corpus, route: Iterable[RouteStep]) -> str:
    """A route in words and names.

    Examples:
        >>> from wsis_model import catalogue
        >>> corpus = catalogue()
        >>> route_text(corpus, corpus.routes("ripe-ncc")["groups/technical-community"])
        'belongs to Technical community'
    """
    return ", ".join(f"{step.how} {name(corpus, step.to)}" for step in route) or "named"


def _plain(text: object) -> str:
    """A text between double quotes of YAML."""
    return " ".join(str(text or "").split()).replace("\\", "\\\\").replace('"', '\\"')
