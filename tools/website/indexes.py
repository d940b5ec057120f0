"""The paragraphs of A/RES/80/173 by actor, by theme and by date; and every record of the catalogue,
so that each identifier leads somewhere.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

import attrs
from addresses import COMPACT, FOLDER, OUTCOME, address, escaped, link, links, name, paragraph_link
from paragraphs import route_text

from wsis_model import (
    Concept,
    Corpus,
    Document,
    Entity,
    Provision,
    Session,
    StakeholderGroup,
    analysis,
)
from wsis_model.analysis import Entry

__all__ = ["by_actor", "by_date", "by_theme", "records"]

HEAD = """---
title: {title}
search:
  exclude: true
---
# {title}

{lead}
"""


def by_actor(corpus: Corpus) -> tuple[str, str]:
    """What reaches each group and entity, by route."""
    page = f"{FOLDER}/actors.md"
    lead = (
        "Which mandates of A/RES/80/173 reach whom, and why: by its own name, by a group that it belongs to, or by a "
        "body in which it holds a role. Numbers are mandates: 67.2 is the second of paragraph 67. Whoever no mandate "
        "reaches is left out. [How this is worked out](../../glossary.md)"
    )
    parts = [HEAD.format(title="The outcome by actor", lead=lead)]
    for heading, actors in (
        ("Groups", corpus.groups),
        ("Entities", sorted(corpus.entities(), key=lambda each: name(corpus, each.id).casefold())),
    ):
        parts.append(f"## {heading}\n")
        parts += filter(None, (_actor(corpus, page, each.id) for each in actors))
    return page, "\n".join(parts)


def _actor(corpus: Corpus, page: str, actor: str) -> str:
    by_route: dict[str, list[str]] = defaultdict(list)
    matches = corpus.mandates(addressee=actor, document=OUTCOME)
    for match in sorted(matches, key=lambda match: len(match.route)):
        number = match.mandate.id.partition("/")[2]
        by_route[route_text(corpus, match.route)].append(link(page, match.mandate.id, number))
    named = [p for p in corpus.document(OUTCOME).provisions if actor in p.mentions]
    if not by_route and not named:
        return ""
    lines = [f"### {link(page, actor, name(corpus, actor))} {{ #{actor} }}\n"]
    lines += [f"- **{escaped(route)}**: {', '.join(found)}" for route, found in by_route.items()]
    if named:
        lines.append(f"- *mentioned in*: {', '.join(paragraph_link(page, p) for p in named)}")
    return "\n".join((*lines, ""))


def by_theme(corpus: Corpus) -> tuple[str, str]:
    """The paragraphs that are about each theme, Action Line, Goal and target."""
    page = f"{FOLDER}/themes.md"
    lead = (
        "Which paragraphs of A/RES/80/173 are about what. Numbers in italics are our judgement, the others stand in the "
        f"text. The commitments of the Compact have {link(page, COMPACT, 'a page of their own')}."
    )
    parts = [HEAD.format(title="The outcome by theme", lead=lead)]
    aligned = _aligned(corpus, page)
    for head in ("themes", "action-lines", "sdg"):
        parts.append(f"## {escaped(corpus[head].title)}\n")
        parts += [
            f"- {link(page, each.id, name(corpus, each.id))}: {', '.join(aligned[each.id])}"
            for each in corpus.concepts(head)
            if each.id in aligned
        ]
        parts.append("")
    return page, "\n".join(parts)


def _aligned(corpus: Corpus, page: str) -> Mapping[str, list[str]]:
    """Links to the paragraphs that are aligned with each concept."""
    found: dict[str, list[str]] = defaultdict(list)
    for provision in corpus.document(OUTCOME).provisions:
        for each in provision.alignments:
            to = paragraph_link(page, provision)
            found[each.concept].append(f"*{to}*" if each.basis.value == "editorial" else to)
    return dict(found)


def by_date(corpus: Corpus) -> tuple[str, str]:
    """What is due, by year."""
    page = f"{FOLDER}/dates.md"
    lead = (
        "Everything that A/RES/80/173 sets a date, a session or a rhythm for, to the end of 2035. As a file for calendar "
        "programs: `wsis-model calendar --document 80-173 --format ics -o outcome.ics` (`pip install 'wsis_model[ical]'`)."
    )
    parts = [HEAD.format(title="The outcome by date", lead=lead)]
    by_year: dict[str, list[Entry]] = defaultdict(list)
    for entry in analysis.calendar(corpus, document=OUTCOME):
        last = entry.window.latest
        by_year[str(last.year) if last else "Without an end"].append(entry)
    for year, entries in by_year.items():
        parts += [f"## {year}\n", *(_due(corpus, page, each) for each in entries), ""]
    return page, "\n".join(parts)


def _due(corpus: Corpus, page: str, entry: Entry) -> str:
    """A line of the calendar: when, which mandate, who, what, and to whom it is reported."""
    who = links(corpus, page, entry.who) or "nobody is named"
    reported = links(corpus, page, entry.reports_to)
    after = [f"reported to {reported}" if reported else "", escaped(entry.note)]
    told = "; ".join(filter(None, after))
    mandate = link(page, entry.what, entry.what.partition("/")[2])
    return f"- **{entry.when}** · {mandate} · {who}: {escaped(entry.title)}" + (
        f" *({told})*" if told else ""
    )


def _table(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> Iterator[str]:
    yield f"| {' | '.join(heads)} |"
    yield "|" + "---|" * len(heads)
    for row in rows:
        yield f"| {' | '.join(row)} |"
    yield ""


@attrs.frozen
class _Row:
    """A record in the list of its page."""

    identifier: str
    name: str
    told: str = ""
    where: str = ""


def records(corpus: Corpus) -> Iterator[tuple[str, str]]:
    """A page for the records of one segment (documents, entities, vocabularies, groups of files),
    and one for each first segment of the rest: groups, sessions, the concepts of each vocabulary.
    """
    rows: dict[str, list[_Row]] = defaultdict(list)
    for identifier, record in corpus.items():
        page, _ = address(identifier)
        if page.startswith("outcome/records/"):
            rows[page].append(_row(corpus, page, identifier, record))
    # Every other page of records is reached from the first.
    others = [page for page in rows if not page.endswith("/index.md")]
    for page, listed in rows.items():
        head = page.rpartition("/")[2].removesuffix(".md")
        vocabulary = corpus.get(head)
        title = (
            "All records" if page not in others else str(getattr(vocabulary, "title", head.title()))
        )
        lead = "What each identifier of the catalogue stands for."
        if page not in others:
            heads = [each.rpartition("/")[2] for each in others]
            also = (f"[{each.removesuffix('.md')}]({each})" for each in heads)
            lead += f" Also: {', '.join(also)}."
        yield (
            page,
            "\n".join(
                (
                    HEAD.format(title=escaped(title), lead=lead),
                    *_table(
                        ("identifier", "name", "", "in the outcome"),
                        (
                            (
                                f'<span id="{r.identifier}"></span>`{r.identifier}`',
                                r.name,
                                r.told,
                                r.where,
                            )
                            for r in listed
                        ),
                    ),
                )
            ),
        )


def _row(corpus: Corpus, page: str, identifier: str, record: object) -> _Row:
    match record:
        case Entity(name=full, acronym=acronym, kind=kind, url=url):
            title = f"{full} ({acronym})" if acronym else str(full)
            return _Row(
                identifier,
                _official(title, url),
                escaped(kind or ""),
                _reached(corpus, identifier),
            )
        case StakeholderGroup(label=label, definition=definition):
            return _Row(
                identifier,
                escaped(label),
                escaped(definition or ""),
                _reached(corpus, identifier),
            )
        case Document(symbol=symbol, title=title, urls=urls):
            told = ", ".join(filter(None, (symbol, str(title))))
            return _Row(
                identifier,
                _official(told, urls[0] if urls else None),
                "document",
                _citing(corpus, page, identifier),
            )
        case Session(title=title) as session:
            due = [
                link(page, each.source, each.source.partition("/")[2])
                for each in corpus.cited_by(identifier)
                if each.source.startswith(f"{OUTCOME}/")
            ]
            return _Row(identifier, escaped(title), str(session.window()), ", ".join(due))
        case Concept(label=label, code=code, definition=definition, iri=iri):
            told = (
                f"{code} {label}"
                if code and identifier.startswith(("sdg/", "action-lines/"))
                else str(label)
            )
            return _Row(
                identifier,
                _official(told, iri),
                escaped(definition or ""),
                _citing(corpus, page, identifier),
            )
        case _:
            title = getattr(record, "title", identifier)
            where = link(page, f"{identifier}/all", "its concepts").replace(
                f"#{identifier}/all", ""
            )
            return _Row(identifier, escaped(title), "vocabulary", where)


def _official(text: str, url: str | None) -> str:
    return f"[{escaped(text)}]({url})" if url else escaped(text)


def _reached(corpus: Corpus, actor: str) -> str:
    count = len(corpus.mandates(addressee=actor, document=OUTCOME))
    return f"[{count} mandates](../{OUTCOME}/actors.md#{actor})" if count else ""


def _citing(corpus: Corpus, page: str, identifier: str) -> str:
    """The paragraphs that cite a document, or are aligned with a concept or use it."""
    numbers: dict[str, Provision] = {}
    for each in corpus.cited_by(identifier):
        holder = corpus.get(each.source.partition(".")[0])
        if isinstance(holder, Provision) and holder.id.startswith(f"{OUTCOME}/"):
            numbers.setdefault(holder.id, holder)
    return ", ".join(paragraph_link(page, each) for each in numbers.values())
