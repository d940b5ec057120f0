"""Records compared with the official text.

These rules need both, so they are applied where both are given: in
[`join`][wsis_model.checks.texts.join]. They are not in `RULES`, and find nothing in a corpus alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

import attrs

from ..corpus import Corpus
from ..errors import Finding, excerpt
from ..model import Citation, Document, cite
from ..model.identifiers import NAMES
from ..texts import headings
from ._rule import CheckContext, Found, Path, Rule, Severity, found, rule
from .drafting import verbs_stand_in_the_text

__all__ = ["TEXT_RULES", "Joined", "compare", "join"]


#: Ends of identifiers that links often omit: part and corrigendum, and of an old resolution (217 A
#: (III)) the letter.
_OFTEN_OMITTED = re.compile(r"-(?:part|corr)-.*|(?<=[0-9])-[a-z](?=-[ivxl]+$)")


@attrs.frozen
class Joined:
    """A corpus with official text, and the differences between its records and that text."""

    corpus: Corpus
    """The corpus, with the text."""
    findings: tuple[Finding, ...]
    """The differences; empty when record and text agree."""


@attrs.frozen
class Pair:
    """A record of ours, and the official texts of the same document."""

    record: Document
    texts: tuple[Document, ...]


@attrs.frozen
class Comparison(CheckContext):
    """What these rules check: a corpus, and its documents with their official texts."""

    pairs: tuple[Pair, ...] = ()


def join(corpus: Corpus, documents: Document | Iterable[Document]) -> Joined:
    """The corpus with the official text of *documents*, and what differs between the two.

    The corpus is that of [`with_text`][wsis_model.Corpus.with_text].

    Examples:
        >>> from wsis_model import Provision
        >>> ours = Document(
        ...     id="99-1", title="Maps", provisions=[Provision(id="99-1/1", number="1")]
        ... )
        >>> read = Document(
        ...     id="99-1",
        ...     title="Maps",
        ...     provisions=[Provision(id="99-1/2", number="2", text="Asks for maps.")],
        ... )
        >>> for finding in join(Corpus.of(ours), read).findings:
        ...     print(finding)
        99-1/1: does not stand in the official text [P611]
        99-1/2: stands in the official text in en and not in the record [P611]
    """
    read = _as_tuple(documents)
    joined = corpus.with_text(read)
    return Joined(joined, _differences(corpus, joined, read))


def compare(corpus: Corpus, documents: Document | Iterable[Document]) -> tuple[Finding, ...]:
    """What differs between the records of a corpus and the official text of *documents*.

    Documents that the corpus does not hold, or holds without provisions, are not compared: there is
    nothing to hold against the text. The verbs of mandates are looked for in the text by rule D405.
    """
    return join(corpus, documents).findings


def _as_tuple(documents: Document | Iterable[Document]) -> tuple[Document, ...]:
    return (documents,) if isinstance(documents, Document) else tuple(documents)


def _differences(corpus: Corpus, joined: Corpus, read: Iterable[Document]) -> tuple[Finding, ...]:
    texts: dict[str, list[Document]] = {}
    for document in read:
        texts.setdefault(document.id, []).append(document)
    pairs = tuple(
        Pair(record, tuple(texts[record.id]))
        for record in corpus.documents
        if record.id in texts and record.provisions
    )
    compared = {pair.record.id for pair in pairs}
    context = Comparison(corpus, pairs=pairs)
    findings = [_finding(corpus, each, one) for each in TEXT_RULES for one in each.look(context)]
    verbs = verbs_stand_in_the_text
    missing = (
        one for one in verbs.look(CheckContext(joined)) if one.record.partition("/")[0] in compared
    )
    return (*findings, *(_finding(corpus, verbs, one) for one in missing))


def _finding(corpus: Corpus, of: Rule, one: Found) -> Finding:
    return one.finding(of, corpus.position(one.record, one.path))


def _pairs(context: CheckContext) -> tuple[Pair, ...]:
    return context.pairs if isinstance(context, Comparison) else ()


def _in(languages: Iterable[str]) -> str:
    return f" in {', '.join(sorted(languages))}"


@rule("P611")
def numbers_are_those_of_the_text(context: CheckContext) -> Iterator[Found]:
    """Every provision of a record stands in the official text in every language, and every
    provision of the text in the record.

    "Paragraph 113" must be the same paragraph for everybody. A number that only one of the two has
    was invented, lost or misread.

    Mend: look up the number in the official text; correct the record, or give the text in another
    format.
    """
    for pair in _pairs(context):
        in_text = _languages_by_provision(pair.texts)
        languages = set[str]().union(*in_text.values())
        for provision in pair.record.provisions:
            missing = languages - in_text.get(provision.id, set())
            if missing == languages:
                yield found(provision, "does not stand in the official text")
            elif missing:
                yield found(provision, f"does not stand in the official text{_in(missing)}", "text")
        in_record = {provision.id for provision in pair.record.provisions}
        for identifier, where in in_text.items():
            if identifier not in in_record:
                message = f"stands in the official text{_in(where)} and not in the record"
                yield found(identifier, message)


def _languages_by_provision(read: Iterable[Document]) -> dict[str, set[str]]:
    """The languages that each provision of the texts is in."""
    found_in: dict[str, set[str]] = {}
    for document in read:
        languages = set[str]().union(*(provision.text for provision in document.provisions)) or set(
            document.title
        )
        for provision in document.provisions:
            found_in.setdefault(provision.id, set()).update(provision.text or languages)
    return found_in


@rule("P612", Severity.WARNING)
def headings_are_those_of_the_text(context: CheckContext) -> Iterator[Found]:
    """Every heading of a record reads as in the official text, and every heading of the text is in
    the record.

    Readers find their way by headings. Headings are compared if both are in the same language,
    without case and punctuation. A heading is found by the first provision under it.

    Mend: correct the heading, or say in the record why it is shortened.
    """
    for pair in _pairs(context):
        yield from dict.fromkeys(
            one for document in pair.texts for one in _heading_differences(pair.record, document)
        )


def _heading_differences(record: Document, read: Document) -> Iterator[Found]:
    known = headings(record, read)
    theirs = {known[section.id]: section for section in read.sections if section.id in known}
    for section in record.sections:
        if section.id not in theirs:
            languages = set[str]().union(*(each.heading for each in read.sections)) or set(
                read.title
            )
            yield found(section, f"has no heading in the official text{_in(languages)}", "heading")
            continue
        for language, text in theirs[section.id].heading.items():
            if _letters(section.heading.get(language, text)) != _letters(text):
                yield found(
                    section, f"the official text has {excerpt(text)}", ("heading", language)
                )
    for section in read.sections:
        if section.id not in known:
            yield found(
                record,
                f"the official text has a heading {excerpt(str(section.heading))}",
                "sections",
            )


def _letters(text: str) -> str:
    return "".join(sign for sign in text.casefold() if sign.isalnum())


@rule("P613", Severity.WARNING)
def citations_are_those_of_the_text(context: CheckContext) -> Iterator[Found]:
    """The record cites what the official text cites in the same provision, and what the record
    cites stands in the text.

    A missing citation leaves a gap in every list of citations; an extra one claims a link that the
    text does not make. The notes of a provision and its lettered items count as the provision. A
    work and the document it is annexed to count as one, and works that the record cites by name
    alone are not looked for.

    Mend: look at the paragraph and its notes; correct `citations`, or the `provision` of a note.
    """
    for pair in _pairs(context):
        ours = list(_placed_citations(pair.record))
        theirs = [one for document in pair.texts for one in _placed_citations(document)]
        yield from _missing_citations(context, pair, ours, theirs)
        yield from _unfounded_citations(context, pair, ours, theirs)


@attrs.frozen
class _PlacedCitation:
    """A citation, and where it stands."""

    top: str
    """The numbered paragraph; of a note that names none, the document."""
    target: str
    """The work cited."""
    record: str
    path: Path


def _placed_citations(document: Document) -> Iterator[_PlacedCitation]:
    parents = {provision.id: provision.parent for provision in document.provisions}

    def of(
        record: str, place: str, path: Path, citations: Iterable[Citation]
    ) -> Iterator[_PlacedCitation]:
        seen: set[str] = set()
        while (above := parents.get(place)) and place not in seen:
            seen.add(place)
            place = above
        for number, citation in enumerate(citations):
            if (
                citation.target is not None
                and (target := citation.target.partition("/")[0]) != document.id
            ):
                yield _PlacedCitation(place, target, record, (*path, "citations", number))

    for provision in document.provisions:
        yield from of(provision.id, provision.id, (), provision.citations)
    for number, note in enumerate(document.notes):
        yield from of(document.id, note.provision or document.id, ("notes", number), note.citations)


def _missing_citations(
    context: CheckContext,
    pair: Pair,
    ours: Iterable[_PlacedCitation],
    theirs: Iterable[_PlacedCitation],
) -> Iterator[Found]:
    """What the text cites and the record does not."""
    known: dict[str, set[str]] = {provision.id: set() for provision in pair.record.provisions}
    for one in ours:
        for place in (one.top, pair.record.id):
            known.setdefault(place, set()).update(_works(context, one.target))
    for top, target in dict.fromkeys((one.top, one.target) for one in theirs):
        if top in known and not _share_a_work(_works(context, target), known[top]):
            yield found(
                top,
                f"the official text cites {cite(target)}, and the record does not",
                "citations",
                names=(target,),
            )


def _unfounded_citations(
    context: CheckContext,
    pair: Pair,
    ours: Iterable[_PlacedCitation],
    theirs: Iterable[_PlacedCitation],
) -> Iterator[Found]:
    """What the record cites by a symbol that stands nowhere in the text."""
    linked = {work for one in theirs for work in _works(context, one.target)}
    words = "".join(_all_texts(pair.texts))
    for one in ours:
        symbol = _symbol(one.target)
        if (
            symbol
            and not _share_a_work(_works(context, one.target), linked)
            and _without_spaces(symbol) not in words
        ):
            yield found(
                one.record, f"cites {symbol}, which does not stand in the official text", one.path
            )


def _works(context: CheckContext, target: str) -> set[str]:
    """A work, and what it is annexed to."""
    record = context.get(target, Document)
    return {target} if record is None or record.annex_of is None else {target, record.annex_of}


def _share_a_work(works: Iterable[str], others: Iterable[str]) -> bool:
    """Whether any of the works is among the others, whatever links omit of an identifier."""
    stems = {_OFTEN_OMITTED.sub("", other) for other in others}
    return any(_OFTEN_OMITTED.sub("", work) in stems for work in works)


def _symbol(target: str) -> str | None:
    """The symbol by which a work is cited; None for one that is cited by name."""
    written = cite(target)
    return written if written != target and target not in NAMES else None


def _all_texts(read: Iterable[Document]) -> Iterator[str]:
    for document in read:
        texts = [each.text for each in document.provisions]
        texts += [each.text for each in document.notes]
        yield from (_without_spaces(text) for each in texts for text in each.values())


def _without_spaces(text: str) -> str:
    """A text without spaces; a symbol as it is written in running text, without the name of its
    series.
    """
    return "".join(text.removeprefix("A/RES/").split()).casefold()


#: The rules for comparing. They find nothing in a corpus alone.
TEXT_RULES: tuple[Rule, ...] = (
    numbers_are_those_of_the_text,
    headings_are_those_of_the_text,
    citations_are_those_of_the_text,
)
