"""Provenance: facts have sources, judgements are marked, and summaries are in our own words."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from .._messages import sentence
from ..errors import excerpt
from ..model import (
    Activity,
    Alignment,
    Basis,
    Certainty,
    Document,
    Entity,
    Objective,
    Provision,
    Record,
    Session,
    Source,
    StakeholderGroup,
    Vocabulary,
)
from ._contents import parts
from ._rule import PUBLISH, CheckContext, Found, Path, Severity, found, rule

#: A run of this many equal words is a quotation.
RUN = 14
_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)?")


def _faults(source: Source | None, *, terms: bool) -> Iterator[tuple[str, Path]]:
    """What a source does not say. What was remembered was not read on any day."""
    if source is None:
        yield sentence("says no source"), ("source",)
        return
    if (
        source.date is None
        and source.retrieved is None
        and source.certainty is not Certainty.MEMORY
    ):
        yield "the source has neither its date nor the day on which it was read", ("source",)
    if terms and source.terms is None:
        yield "the source does not say on what terms it may be used", ("source", "terms")


@rule("P601", profiles=PUBLISH)
def records_say_their_source(context: CheckContext) -> Iterator[Found]:
    """Every document, vocabulary, entity and session has a source with a day; for documents and
    vocabularies, with terms too.

    Without a source a fact cannot be checked, and without terms it cannot be passed on. For a group
    A504 asks for the source; this rule asks for its day. Facts from memory have no day.

    Mend: add `source` with `title`, `url`, `date` or `retrieved`, and `terms`.
    """
    corpus = context.corpus
    groups = (each for each in corpus.groups if each.source is not None)
    sourced: tuple[Document | Vocabulary | StakeholderGroup | Entity | Session, ...]
    sourced = (
        *corpus.documents,
        *corpus.vocabularies,
        *groups,
        *corpus.all_entities,
        *corpus.sessions,
    )
    for record in sourced:
        for message, path in _faults(
            record.source, terms=isinstance(record, (Document, Vocabulary))
        ):
            yield found(record, message, path)


def _unsourced(
    context: CheckContext,
    record: Record,
    alignments: Iterable[Alignment],
    vocabulary: Vocabulary | None = None,
) -> Iterator[Found]:
    """The alignments by an official matrix that neither have a source nor stand in, or lead to, a
    vocabulary that has one.
    """
    for number, alignment in enumerate(alignments):
        if alignment.basis is Basis.OFFICIAL_MATRIX and context.get(alignment.concept):
            led_to = context.get(alignment.concept.partition("/")[0], Vocabulary)
            if not any(
                each is not None and each.source is not None
                for each in (alignment, vocabulary, led_to)
            ):
                yield found(
                    record,
                    "is by an official matrix and does not say which",
                    ("alignments", number, "source"),
                )


@rule("P602", reads=("source",), whole="an alignment may lead to a paragraph of another document")
def judgements_are_marked(context: CheckContext) -> Iterator[Found]:
    """An editorial mandate has a note that says why, and an alignment by an official matrix names
    the matrix.

    Readers who disagree must see that it is a judgement, and on what ground.

    Mend: add the `note` of the mandate, or the `source` of the alignment or of the vocabulary.
    """
    corpus = context.corpus
    for provision in corpus.provisions:
        for mandate in provision.mandates:
            if mandate.basis is Basis.EDITORIAL and mandate.note is None:
                yield found(mandate, "is our judgement and does not say why", "note")
        yield from _unsourced(context, provision, provision.alignments)
    for vocabulary in corpus.vocabularies:
        for concept in vocabulary.concepts:
            yield from _unsourced(context, concept, concept.alignments, vocabulary)
    for roadmap in corpus.roadmaps:
        aligned: tuple[Objective | Activity, ...] = (*roadmap.objectives, *roadmap.activities)
        for record in aligned:
            yield from _unsourced(context, record, record.alignments)


@rule("P608", profiles=PUBLISH)
def somebody_has_read_what_a_machine_suggested(context: CheckContext) -> Iterator[Found]:
    """What is to be published does not rest on a machine alone.

    Rules that read a text find most of what it asks, and not all of it rightly; the action that a
    machine writes is an extract, and not in anybody's own words.

    Mend: read the paragraph, write the action in your own words, and make the basis `stated`, or
    `editorial` with a note.
    """
    for provision in context.corpus.provisions:
        for mandate in provision.mandates:
            if mandate.basis is Basis.MACHINE:
                yield found(mandate, "was suggested by a machine and read by nobody", "basis")
    for name, path, alignment in parts(context.corpus, Alignment):
        if alignment.basis is Basis.MACHINE:
            message = "has an alignment that was suggested by a machine and read by nobody"
            yield found(name, message, (*path, "basis"))


def _runs(text: str) -> Iterator[tuple[str, ...]]:
    """Every run of words in *text* that is long enough to be a quotation."""
    words = _WORD.findall(text.casefold())
    return (tuple(words[start : start + RUN]) for start in range(len(words) - RUN + 1))


def _official(provision: Provision) -> set[tuple[str, ...]]:
    return {run for text in provision.text.values() for run in _runs(text)}


def _own_words(provision: Provision) -> Iterator[tuple[str, Path, list[tuple[str, ...]]]]:
    """What we say of a provision, where it is long enough to hold a quotation: the record, the
    field, and the runs of words.
    """
    said: list[tuple[str, Path, str]] = [
        (each.id, ("action",), each.action) for each in provision.mandates
    ]
    if provision.summary is not None:
        said.append((provision.id, ("summary",), provision.summary))
    for name, path, text in said:
        if runs := list(_runs(text)):
            yield name, path, runs


@rule("P603")
def summaries_are_in_own_words(context: CheckContext) -> Iterator[Found]:
    """No summary or action repeats fourteen or more words of the official text, if that is there,
    in any language.

    A summary that copies the sentence tells readers nothing new, and the official text has its own
    terms of use. For a lettered item the text of its paragraph counts too.

    Mend: write it in your own words.
    """
    parents: dict[str, set[tuple[str, ...]]] = {}
    for provision in context.corpus.provisions:
        ours = list(_own_words(provision))
        if not ours:
            continue
        parent = context.get(provision.parent, Provision)
        if parent is not None and parent.id not in parents:
            parents[parent.id] = _official(parent)
        official = (
            _official(provision),
            parents[parent.id] if parent is not None else set[tuple[str, ...]](),
        )
        for name, path, runs in ours:
            copied = next((run for run in runs if any(run in theirs for theirs in official)), None)
            if copied:
                yield found(name, f"repeats the official text: {excerpt(' '.join(copied))}", path)


@rule("P604", Severity.WARNING)
def no_field_is_unknown(context: CheckContext) -> Iterator[Found]:
    """No record has fields that this version of the library does not know.

    They were kept when the file was read, under `extensions` as `unknown:name`, and are written
    back; but the library does not use them.

    Mend: upgrade the library, correct the name of the field, or give it a prefix of your own:
    `apnic:programme`.
    """
    records_with_extensions = (
        (name, path, record.extensions)
        for name, path, record in parts(context.corpus, Record)
        if record.extensions
    )
    for name, path, extensions in (*records_with_extensions, ("", (), context.corpus.extensions)):
        for key in extensions:
            if key.startswith("unknown:"):
                yield found(
                    name,
                    f"the field {excerpt(key.removeprefix('unknown:'))} is not known",
                    (*path, "extensions", key),
                )


@rule("P605")
def sources_are_read_after_they_are_written(context: CheckContext) -> Iterator[Found]:
    """No source was read before it was written.

    One of the two dates is wrong, or another edition was read.

    Mend: correct `date` or `retrieved`.
    """
    for name, path, source in parts(context.corpus, Source):
        if source.date and source.retrieved and source.retrieved < source.date:
            yield found(
                name, f"read on {source.retrieved}, dated {source.date}", (*path, "retrieved")
            )


@rule("P606", Severity.WARNING, profiles=PUBLISH)
def actors_and_sessions_say_their_terms(context: CheckContext) -> Iterator[Found]:
    """The source of a group, entity or session gives its terms of use.

    Names and dates are facts, but lists of them may have terms.

    Mend: add `terms` to the source, e.g. "names and addresses are facts".
    """
    corpus = context.corpus
    sourced: tuple[StakeholderGroup | Entity | Session, ...] = (
        *corpus.groups,
        *corpus.all_entities,
        *corpus.sessions,
    )
    for record in sourced:
        if record.source is not None and record.source.terms is None:
            yield found(
                record, "the source does not say on what terms it may be used", ("source", "terms")
            )


@rule("P607", profiles=PUBLISH)
def road_maps_say_their_source(context: CheckContext) -> Iterator[Found]:
    """A road map that is to be published has a source with a day and terms.

    Others will quote it, and must know its source and date, and whether they may.

    Mend: add `source` with `title`, `date` and `terms`.
    """
    for roadmap in context.corpus.roadmaps:
        for message, path in _faults(roadmap.source, terms=True):
            yield found(roadmap, message, path)
