"""The paragraph JSON of the United Nations Mandate Source Registry, read and written.

The registry cuts a document into blocks and lets a machine annotate its paragraphs: which verbs, who is to act, what is to come of it.
[`read`][wsis_model.interop.registry.read] gives the document with those annotations as mandates, **marked as machine-made**: every mandate
has the basis `editorial` and says so in its note, and the document's source is `reported`. Check them before you rely on them.

**Kept**: title, session, agenda item, draft, day and meeting of adoption; headings; preambular paragraphs, paragraphs and items with their
numbers; text; links as citations; verbs, assignees, deliverables and mentioned entities as mandates and mentions; what the registry says
beyond that, under the keys `registry:...` of a provision's `extensions`.

**Lost when reading**: `textWithHighlights`, which repeats the text with marks; the words of links whose address tells the document. All
else that finds no place is in [`Reading.left_out`][wsis_model.interop.Reading].

**Lost when writing**: numbered notes, tables, summaries, alignments, subjects, text in other languages, the part `annex`, and of a mandate
all but its verb, addressees, action and deliverable. Its kind follows from its verb. What the format can hold, reading gives back.

The registry numbers no paragraph that has no number: preambular ones are `P1`, `P2` ... here, others `U1`, `U2` ...
"""

from __future__ import annotations

import bisect
import json
import os
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

import attrs
from pydantic import BaseModel, ConfigDict, ValidationError

from ..corpus import Corpus
from ..errors import LoadError, NotAReference, Position, Problem, excerpt
from ..formats import paused_collector
from ..formats._text import decode
from ..model import (
    Basis,
    Certainty,
    Citation,
    Document,
    Mandate,
    MandateKind,
    Note,
    Part,
    Provision,
    Section,
    Source,
    Translations,
    cite,
)
from ..model.identifiers import is_identifier
from ._drafting import (
    Draft,
    annex_of,
    bytes_of,
    cited,
    day_text,
    front_fact,
    identifier_of,
    is_opening,
    number_in_title,
    one_line,
    session_of,
    symbol_in_name,
    symbol_in_title,
)
from ._reading import LeftOut, Reading

__all__ = ["MACHINE_MADE", "read", "reading", "write"]

MACHINE_MADE = "machine-made by the UN Mandate Source Registry"
"""What the note of every mandate read here begins with."""

ADDRESS = "https://github.com/UN-EOSG-Analytics/un-mandates-housekeeping"
_LANGUAGE = "en"
#: Verbs of the registry's class "deciding" with which the authors pledge something of themselves.
_PLEDGES = frozenset(
    f"verbs/{verb}"
    for verb in ("aim", "be-determined", "commit", "pledge", "recommit", "will", "will-support")
)
#: Verbs of its class "directive" that give somebody a task; the others ask widely.
_REQUESTS = frozenset(("verbs/invite", "verbs/request"))
#: Fields of a block that nobody annotated, found by program.
_ON_THE_BLOCK = ("action_verb", "action_verb_type", "action_verb_normalized")
#: The registry's own short forms that are nobody's acronym.
_SHORT_FORMS = {
    "ga": "general assembly",
    "un secretary-general": "secretary-general",
    "un": "united nations",
}
_ADVERBS = re.compile(
    r"\b(?:also|further|furthermore|moreover|therefore|strongly|fully|highly|ourselves)\b"
)
_STARRED = re.compile(r"([*†‡]+)\s+(.*)", re.DOTALL)


# --- the format -------------------------------------------------------------------------------------------------------


class _Wire(BaseModel):
    """Something in the registry's file; fields it may have beyond these are kept apart and reported."""

    model_config = ConfigDict(extra="allow", frozen=True)


class _Assignee(_Wire):
    assignee: str | None = None
    assignee_normalized: str | None = None
    assignee_type: str | None = None


class _Deliverable(_Wire):
    deliverable: str | None = None
    deliverable_normalized: str | None = None
    deliverable_type: str | None = None


class _Mentioned(_Wire):
    mentioned_entity: str | None = None
    mentioned_entity_normalized: str | None = None
    mentioned_entity_type: str | None = None


class _Annotation(_Wire):
    """What the machine found in a paragraph: one verb and what hangs on it."""

    action_verb: str | None = None
    action_verb_normalized: str | None = None
    action_verb_type: str | None = None
    assignees: tuple[_Assignee, ...] = ()
    deliverables: tuple[_Deliverable, ...] = ()
    mentioned_entities: tuple[_Mentioned, ...] = ()


class _Block(_Wire):
    """A piece of a document: a line of the front, the title, a heading, a paragraph, a line of the back.

    Files that nobody annotated yet have a verb found by program on the block itself.
    """

    text: str
    type: str
    heading_level: int | None = None
    paragraph_type: str | None = None
    paragraph_level: int | None = None
    prefix: str | None = None
    links: tuple[tuple[str | None, str | None], ...] = ()
    mandates: tuple[_Annotation, ...] = ()
    textWithHighlights: str | None = None  # noqa: N815 - the registry's name
    uncertainties: str | None = None
    action_verb: str | None = None
    action_verb_type: str | None = None
    action_verb_normalized: str | None = None

    @property
    def annotations(self) -> tuple[_Annotation, ...]:
        """The machine's annotations, those on the block itself included."""
        if self.action_verb is None:
            return self.mandates
        return (_Annotation(action_verb=self.action_verb), *self.mandates)


@attrs.frozen
class _Placed:
    """A block and where it stands."""

    block: _Block
    position: Position
    index: int


@attrs.frozen
class _Lines:
    """Turns offsets in a text into lines and columns, each in the time of a look-up."""

    file: str
    text: str
    starts: Sequence[int]

    @classmethod
    def of(cls, text: str, file: str) -> _Lines:
        return cls(file, text, [0, *(found.end() for found in re.finditer("\n", text))])

    def at(self, offset: int) -> Position:
        line = bisect.bisect_right(self.starts, offset)
        return Position(self.file, line, offset - self.starts[line - 1] + 1)


def _values(lines: _Lines) -> Iterator[tuple[Any, Position]]:
    """The values of the list that the text holds, each with its place.

    Raises:
        LoadError: It holds no JSON, or no list.
    """
    text = lines.text
    blank = re.compile(r"[ \t\r\n]*")
    decoder = json.JSONDecoder()

    def after_blanks(at: int) -> int:
        found = blank.match(text, at)
        return found.end() if found else at

    def wrong(at: int, code: str, what: str) -> LoadError:
        return LoadError(
            (Problem(code, what, lines.at(at), hint="the registry's files are a list of blocks"),)
        )

    at = after_blanks(0)
    if at == len(text):
        raise wrong(0, "empty", "the file holds nothing")
    if text[at] != "[":
        raise wrong(at, "wrong-shape", "no list stands at the top of the file")
    at = after_blanks(at + 1)
    first = True
    while text[at : at + 1] != "]":
        if not first:
            if text[at : at + 1] != ",":
                raise wrong(
                    at, "json-syntax", "not JSON: a comma or the end of the list is missing"
                )
            at = after_blanks(at + 1)
        first = False
        try:
            value, end = decoder.raw_decode(text, at)
        except json.JSONDecodeError as error:
            raise wrong(
                min(error.pos, len(text)), "json-syntax", f"not JSON: {excerpt(error.msg, 120)}"
            ) from None
        except RecursionError:
            raise wrong(at, "too-deep", "lists and mappings are nested too deep") from None
        except ValueError as error:  # an integer of more digits than Python converts
            raise wrong(at, "json-syntax", f"not JSON: {excerpt(str(error), 120)}") from None
        yield value, lines.at(at)
        at = after_blanks(end)
    if after_blanks(at + 1) != len(text):
        raise wrong(
            after_blanks(at + 1), "json-syntax", "not JSON: something stands behind the list"
        )


def _blocks(data: bytes, file: str) -> list[_Placed]:
    """The blocks of a file.

    Raises:
        LoadError: Every problem of the file.
    """
    text, problems = decode(data, file)
    found: list[_Placed] = []
    escapes = "\\u" in text  # only an escape can write what no UTF-8 file can hold
    if not problems:
        for index, (value, position) in enumerate(_values(_Lines.of(text, file))):
            if escapes and _halved(value):
                problems.append(
                    Problem(
                        "wrong-value",
                        "a text holds half of a surrogate pair",
                        position,
                        f"[{index}]",
                    )
                )
                continue
            try:
                found.append(_Placed(_Block.model_validate(value), position, index))
            except ValidationError as error:
                problems += [
                    _problem(each["loc"], each["msg"], index, position)
                    for each in error.errors(include_url=False, include_input=False)
                ]
            except RecursionError:
                problems.append(_problem((), "nested too deep", index, position))
    if not problems and not any(placed.block.text.strip() for placed in found):
        problems.append(Problem("empty", "the file holds no text", Position(file, 1, 1)))
    if problems:
        raise LoadError(tuple(problems))
    return found


def _halved(value: Any) -> bool:
    """Whether a text in JSON data holds half of a surrogate pair, which no record takes."""
    try:
        json.dumps(value, ensure_ascii=False).encode()
    except UnicodeEncodeError:
        return True
    return False


def _problem(path: tuple[str | int, ...], said: str, index: int, position: Position) -> Problem:
    field = "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in (index, *path))
    said = said[:1].lower() + said[1:]
    code = "missing-field" if said == "field required" else "wrong-shape"
    return Problem(
        code,
        excerpt(said, 160).strip("'\""),
        position,
        field if len(field) <= 300 else field[:299] + "…",
    )


# --- names ------------------------------------------------------------------------------------------------------------


def _key(name: str) -> str:
    """A name for comparing: without case, article, and a short form in brackets."""
    plain = re.sub(r"\s*\([^()]*\)$", "", one_line(name).casefold().replace("_", " ")).replace(
        "’", "'"
    )
    plain = plain.removeprefix("the ")
    return _SHORT_FORMS.get(plain, plain)


@attrs.frozen(eq=False)
class _Names:
    """What a corpus calls its actors, verbs and kinds of deliverable, to match names with."""

    actors: Mapping[str, str]
    verbs: Mapping[str, str]
    deliverables: Mapping[str, str]
    classes: Mapping[str, str]
    """Class of each verb, e.g. `{"verbs/request": "directive"}`."""
    shown: Mapping[str, str]
    """The name under which each identifier is written."""

    @classmethod
    def of(cls, corpus: Corpus | None) -> _Names:
        """The names in *corpus*; of none, no names."""
        actors: dict[str, str] = {}
        shown: dict[str, str] = {}
        concepts: dict[str, dict[str, str]] = {"verbs": {}, "deliverables": {}}
        classes: dict[str, str] = {}
        if corpus is None:
            return cls(actors, concepts["verbs"], concepts["deliverables"], classes, shown)
        for entity in corpus.all_entities:
            _name(
                entity.id, (entity.acronym, *entity.name.values(), *entity.aliases), actors, shown
            )
        for group in corpus.groups:
            _name(group.id, (*group.label.values(), *group.aliases), actors, shown)
        for vocabulary in corpus.vocabularies:
            if vocabulary.id not in concepts:
                continue
            for concept in vocabulary.concepts:
                _name(
                    concept.id,
                    (concept.code, *concept.label.values(), *concept.aliases),
                    concepts[vocabulary.id],
                    shown,
                )
                if concept.parent and concept.parent.startswith("verbs/class-"):
                    classes[concept.id] = concept.parent.removeprefix("verbs/class-")
        return cls(actors, concepts["verbs"], concepts["deliverables"], classes, shown)

    def why_not(self, reason: str) -> str:
        """The reason why a name was not matched."""
        return reason if self.actors else "no corpus was given to match the name with"

    def actor(self, *names: str | None) -> str | None:
        """The actor of the first of these names that is known."""
        return next(
            (self.actors[_key(name)] for name in names if name and _key(name) in self.actors), None
        )

    def verb(self, annotation: _Annotation) -> str | None:
        """The verb of an annotation, of whatever form; None where no word of it is known."""
        for words in (annotation.action_verb_normalized, annotation.action_verb):
            for form in (words or "", _ADVERBS.sub("", words or "")):
                if (found := self.verbs.get(_key(form))) is not None:
                    return found
        return None

    def deliverable(self, deliverable: _Deliverable) -> str | None:
        """The kind of a deliverable: by its name, else by the registry's type."""
        for name in (deliverable.deliverable_normalized, deliverable.deliverable_type):
            if name and (found := self.deliverables.get(_key(name))) is not None:
                return found
        return None


def _name(
    identifier: str, names: Iterable[str | None], known: dict[str, str], shown: dict[str, str]
) -> None:
    for name in (*names, identifier):
        if name and known.setdefault(_key(name), identifier) == identifier:
            shown.setdefault(identifier, name)


# --- annotations and mandates -----------------------------------------------------------------------------------------


def _kind(verb: str, verb_class: str | None) -> MandateKind | None:
    """What a verb does to those addressed; None where it asks, decides and pledges nothing."""
    if verb_class == "deciding":
        return MandateKind.COMMITMENT if verb in _PLEDGES else MandateKind.DECISION
    if verb_class == "directive":
        return MandateKind.REQUEST if verb in _REQUESTS else MandateKind.CALL
    return None


@attrs.define(eq=False)
class _Derived:
    """The mandates and mentions of a paragraph, and what of its annotations found no place in them."""

    mandates: list[Mandate] = attrs.Factory(list[Mandate])
    mentions: list[str] = attrs.Factory(list[str])
    left: list[tuple[str, str]] = attrs.Factory(list[tuple[str, str]])


def _derive(provision: str, annotations: Iterable[_Annotation], names: _Names) -> _Derived:
    """Mandates and mentions from what the machine found in a paragraph."""
    made = _Derived()
    for annotation in annotations:
        for mentioned in annotation.mentioned_entities:
            actor = names.actor(mentioned.mentioned_entity_normalized, mentioned.mentioned_entity)
            if actor is None:
                name = mentioned.mentioned_entity_normalized or mentioned.mentioned_entity or ""
                made.left.append(
                    (name, names.why_not("a name mentioned that the corpus does not hold"))
                )
            elif actor not in made.mentions:
                made.mentions.append(actor)
        _derive_mandate(f"{provision}.{len(made.mandates) + 1}", annotation, names, made)
    made.left = [(text, reason) for text, reason in made.left if text]
    return made


def _derive_mandate(
    identifier: str, annotation: _Annotation, names: _Names, made: _Derived
) -> None:
    said = annotation.action_verb_normalized or annotation.action_verb or ""
    known = names.verb(annotation)
    slug = "-".join(re.findall(r"[a-z0-9]+", said.lower()))
    verb = known or f"verbs/{slug}"
    kind = (
        _kind(verb, annotation.action_verb_type or names.classes.get(verb))
        if slug and is_identifier(verb)
        else None
    )
    deliverables = [
        one_line(each.deliverable_normalized or each.deliverable or "")
        for each in annotation.deliverables
    ]
    if kind is None:
        if annotation.assignees or annotation.deliverables:
            made.left.append(
                (
                    said or "; ".join(filter(None, deliverables)),
                    "an annotation whose verb asks nothing",
                )
            )
        return
    if known is None:
        made.left.append((said, names.why_not("a verb that the corpus does not hold")))
    addressees: list[str] = []
    unknown: list[str] = []
    for each in annotation.assignees:
        actor = names.actor(each.assignee_normalized, each.assignee)
        name = one_line(each.assignee_normalized or each.assignee or "")
        if actor is None and name:
            unknown.append(name)
        elif actor is not None and actor not in addressees:
            addressees.append(actor)
    kinds = [names.deliverable(each) for each in annotation.deliverables]
    unmatched = [
        one_line(each.deliverable_type)
        for each, found in zip(annotation.deliverables, kinds, strict=True)
        if found is None and each.deliverable_type
    ]
    made.left += [
        (name, names.why_not("an assignee that the corpus does not hold")) for name in unknown
    ]
    note = [MACHINE_MADE]
    if unknown:
        note.append(f"addressees not matched: {', '.join(unknown)}")
    if unmatched:
        note.append(f"kinds of deliverable not matched: {', '.join(dict.fromkeys(unmatched))}")
    mandate = Mandate(
        id=identifier,
        kind=kind,
        verb=verb,
        action="; ".join(filter(None, deliverables)) or one_line(annotation.action_verb or said),
        addressees=tuple(addressees),
        deliverable=next(filter(None, kinds), None),
        basis=Basis.EDITORIAL,
        note="; ".join(note),
    )
    made.mandates.append(mandate)


def _annotations_of(provision: Provision, names: _Names) -> list[dict[str, Any]]:
    """The annotations that say what the mandates and mentions of a provision say."""
    made = [_annotation_of(mandate, names) for mandate in provision.mandates]
    if provision.mentions:
        if not made:
            made.append(_plain(_Annotation()))
        made[0]["mentioned_entities"] = [
            {
                "mentioned_entity": names.shown.get(actor, actor),
                "mentioned_entity_normalized": names.shown.get(actor, actor),
                "mentioned_entity_type": "other",
            }
            for actor in provision.mentions
        ]
    return made


def _annotation_of(mandate: Mandate, names: _Names) -> dict[str, Any]:
    verb = names.shown.get(mandate.verb, mandate.verb.rpartition("/")[2].replace("-", " "))
    decides = mandate.kind in (MandateKind.DECISION, MandateKind.COMMITMENT)
    kind = (
        None
        if mandate.deliverable is None
        else names.shown.get(mandate.deliverable, mandate.deliverable.rpartition("/")[2])
    )
    shown = [names.shown.get(actor, actor) for actor in mandate.addressees]
    return {
        "action_verb": verb,
        "action_verb_normalized": verb,
        "action_verb_type": "deciding" if decides else "directive",
        "assignees": [
            {"assignee": name, "assignee_normalized": name, "assignee_type": "other"}
            for name in shown
        ],
        "deliverables": [
            {
                "deliverable": mandate.action,
                "deliverable_normalized": mandate.action,
                "deliverable_type": kind,
            }
        ],
        "mentioned_entities": [],
    }


def _plain(wire: _Annotation) -> dict[str, Any]:
    """An annotation as JSON data, without fields that the format does not have."""
    named: tuple[tuple[str, tuple[_Wire, ...]], ...] = (
        ("assignees", wire.assignees),
        ("deliverables", wire.deliverables),
        ("mentioned_entities", wire.mentioned_entities),
    )
    plain: dict[str, Any] = {
        name: getattr(wire, name)
        for name in ("action_verb", "action_verb_normalized", "action_verb_type")
    }
    for name, values in named:
        plain[name] = [
            {field: getattr(each, field) for field in type(each).model_fields} for each in values
        ]
    return plain


# --- reading ----------------------------------------------------------------------------------------------------------


def read(
    source: str | os.PathLike[str] | bytes,
    *,
    symbol: str | None = None,
    corpus: Corpus | None = None,
) -> Document:
    """The document in a file of the registry.

    Args:
        source: Path of the file, or its bytes.
        symbol: The document's symbol, where neither the file's name (`A_RES_70_125.json`) nor the number in its title tells it.
        corpus: Where to look up who is meant by a name, which verb by a word and which kind of deliverable, e.g.
            [`catalogue()`][wsis_model.catalogue]. Without it nobody is addressed: all names are in the notes of the mandates.

    Raises:
        LoadError: The file is not of this format; every problem.
        NotAReference: *symbol* is no symbol.

    Examples:
        >>> text = '[{"text": "The General Assembly,", "type": "paragraph", "paragraph_type": "preambular"},'
        >>> text += '{"text": "Asks for a map.", "type": "paragraph", "paragraph_type": "operative", "paragraph_level": 1, "prefix": "1."}]'
        >>> read(text.encode(), symbol="A/RES/99/1").provisions[0].id
        '99-1/1'
    """
    return reading(source, symbol=symbol, corpus=corpus).document


def reading(
    source: str | os.PathLike[str] | bytes,
    *,
    symbol: str | None = None,
    corpus: Corpus | None = None,
) -> Reading:
    """What a file of the registry holds: the document, its annexes, and what found no place in them.

    Annotations that name nobody and nothing the corpus knows are reported here, and kept with the paragraph.

    Args:
        source: As for [`read`][wsis_model.interop.registry.read].
        symbol: As there.
        corpus: As there.

    Raises:
        LoadError: The file is not of this format; every problem.
        NotAReference: *symbol* is no symbol.
    """
    given = identifier_of(symbol) if symbol is not None else None
    data, file = bytes_of(source)
    with paused_collector():
        blocks = _blocks(data, file)
        title = next(
            (one_line(placed.block.text) for placed in blocks if placed.block.type == "title"), ""
        )
        found = symbol or symbol_in_name(file) or symbol_in_title(title)
        if found is None:
            raise LoadError((_no_symbol(file),))
        try:
            identifier = given or identifier_of(found)
            return _Reader.of(identifier, found, _Names.of(corpus)).reading(blocks)
        except NotAReference:
            raise LoadError((_no_symbol(file),)) from None
        except (
            ValidationError
        ) as error:  # a value that one of our fields does not take, e.g. half of a surrogate pair
            raise LoadError(
                (Problem("wrong-value", excerpt(str(error), 200).strip("'\""), Position(file)),)
            ) from None


def _no_symbol(file: str) -> Problem:
    return Problem(
        "missing-field",
        "neither the file's name nor its title tells the document's symbol",
        Position(file),
        hint="give symbol=",
    )


@attrs.define(eq=False)
class _Reader:
    """Puts the blocks of a file in their places."""

    symbol: str
    names: _Names
    drafts: list[Draft]
    left_out: list[LeftOut]
    annex_title_due: bool = False

    @classmethod
    def of(cls, identifier: str, symbol: str, names: _Names) -> _Reader:
        left_out: list[LeftOut] = []
        draft = Draft(identifier, _LANGUAGE, left_out=left_out)
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

    def reading(self, blocks: Iterable[_Placed]) -> Reading:
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

    def _leave(self, placed: _Placed, text: str, reason: str) -> None:
        self.left_out.append(LeftOut(placed.position, text, reason))

    def _line(self, placed: _Placed, text: str) -> None:
        facts = front_fact(text)
        if facts:
            self.drafts[0].take(facts, placed.position, text)
        else:
            self._leave(placed, text, "a line of the front that no field takes")

    def _title(self, placed: _Placed, text: str) -> None:
        _, title = number_in_title(text)
        if self.drafts[0].title or not title:
            self._leave(placed, text, "a second title")
        else:
            self.drafts[0].title = title

    def _heading(self, placed: _Placed, text: str) -> None:
        main = self.drafts[0]
        if annex := annex_of(text, main.id, self.symbol, (draft.id for draft in self.drafts)):
            self.drafts.append(main.annex(annex, text))
            self.annex_title_due = True
        elif self.annex_title_due:
            self.draft.title = text
            self.annex_title_due = False
        else:
            self.draft.heading(text, placed.block.heading_level or 1)

    def _back(self, placed: _Placed, text: str) -> None:
        facts = front_fact(text)
        if facts:
            self.drafts[0].take(facts, placed.position, text)
        else:
            self._paragraph(placed, text)

    def _paragraph(self, placed: _Placed, text: str) -> None:
        block, draft = placed.block, self.draft
        self.annex_title_due = False
        if note := _STARRED.fullmatch(text):
            draft.notes.append(
                Note(
                    mark=note[1],
                    text=Translations({_LANGUAGE: note[2]}),
                    citations=_citations(block),
                )
            )
            return
        preambular = block.paragraph_type == "preambular"
        if preambular and not draft.provisions and is_opening(text):
            draft.opening.append(text)
            self._annotate(placed, {"id": draft.id}, kept=False)
            return
        label, depth = _label(block)
        part = Part.PREAMBULAR if preambular else None
        made = draft.paragraph(text, placed.position, label=label, depth=depth, part=part)
        if citations := _citations(block):
            made["citations"] = (*made.get("citations", ()), *citations)
        self._annotate(placed, made, kept=True)

    def _annotate(self, placed: _Placed, made: dict[str, Any], *, kept: bool) -> None:
        """Give a provision the mandates that the machine found in it, and keep what they do not say."""
        block = placed.block
        for annotation in block.mandates:
            extra = [
                *(annotation.model_extra or ()),
                *(name for each in _inner(annotation) for name in each.model_extra or ()),
            ]
            if extra:
                self._leave(placed, ", ".join(extra), "fields that the format does not have")
        derived = _derive(made["id"], block.annotations, self.names)
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


def _inner(annotation: _Annotation) -> Iterator[_Wire]:
    yield from annotation.assignees
    yield from annotation.deliverables
    yield from annotation.mentioned_entities


def _kept_apart(block: _Block, derived: _Derived, names: _Names) -> dict[str, Any]:
    """What the registry says of a paragraph and our records do not, as extensions."""
    made: dict[str, Any] = {}
    if block.uncertainties:
        made["registry:uncertainties"] = block.uncertainties
    if block.action_verb is not None:
        made |= {f"registry:{name}": getattr(block, name) for name in _ON_THE_BLOCK}
    found = [_plain(annotation) for annotation in block.mandates]
    said = Provision.model_construct(
        mandates=tuple(derived.mandates), mentions=tuple(derived.mentions)
    )
    if found != _annotations_of(said, names):
        made["registry:mandates"] = found
    return made


def _citations(block: _Block) -> tuple[Citation, ...]:
    found = (cited(text or "", url or "") for text, url in block.links)
    return tuple(dict.fromkeys(citation for citation in found if citation is not None))


def _label(block: _Block) -> tuple[str, int]:
    """The number of a paragraph as it is printed, without dots and blanks around it, and how deep it stands."""
    prefix = one_line(block.prefix or "").rstrip(".").strip()
    depth = min(max(block.paragraph_level or 1, 1), 9)
    return (prefix if re.search(r"\w", prefix) else "", depth)


# --- writing ----------------------------------------------------------------------------------------------------------


def write(document: Document, *, corpus: Corpus | None = None) -> str:
    """The document as the registry writes it: one JSON list of blocks, English text.

    Args:
        document: What to write. An annex is a document of its own here, and in the registry part of its resolution: write it apart.
        corpus: Where to take the names of actors, verbs and deliverables from; without it identifiers are written. Reading with the
            same corpus finds them again.

    Examples:
        >>> document = Document(
        ...     id="99-1",
        ...     symbol="A/RES/99/1",
        ...     title="Maps",
        ...     provisions=[Provision(id="99-1/1", number="1", text="Asks.")],
        ... )
        >>> read(write(document).encode()).provisions == document.provisions
        True
    """
    names = _Names.of(corpus)
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
    yield _block((f"{number[1]}.\t" if number else "") + document.title.pick(_LANGUAGE), "title")


def _back_of(document: Document) -> Iterator[dict[str, Any]]:
    for note in document.notes:
        if re.fullmatch(r"[*†‡]+", note.mark) and (text := note.text.get(_LANGUAGE)):
            yield _block(f"{note.mark} {text}", "backmatter", links=_links(note.citations))
    lines = [document.meeting, day_text(document.adopted) if document.adopted else None]
    if any(lines):
        yield _block("\n".join(filter(None, lines)), "backmatter")


def _body(document: Document, names: _Names) -> Iterator[dict[str, Any]]:
    """Opening, headings and paragraphs in their order, wrap-ups behind the items they follow."""
    for line in document.opening.get(_LANGUAGE, "").splitlines():
        yield _block(line, "paragraph", paragraph_type="preambular")
    sections = iter(document.sections)
    pending = {section.id for section in document.sections}
    held = {provision.id: provision for provision in document.provisions}
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
        chapeau, _, wrap_up = provision.text.get(_LANGUAGE, "").partition("\n")
        if wrap_up:
            wrap_ups.append((provision.id, wrap_up))
        yield _paragraph(provision, chapeau, held, names)
    while wrap_ups:
        yield _block(wrap_ups.pop()[1], "paragraph", paragraph_type="operative", paragraph_level=1)
    for section in sections:
        yield _heading(section)


def _heading(section: Section) -> dict[str, Any]:
    return _block(section.heading.pick(_LANGUAGE), "heading", heading_level=section.level)


def _paragraph(
    provision: Provision, text: str, held: Mapping[str, Provision], names: _Names
) -> dict[str, Any]:
    depth, over = 1, held.get(provision.parent or "")
    label = provision.number.removeprefix(over.number) if over else provision.number
    while over is not None and depth < 9:
        depth, over = depth + 1, held.get(over.parent or "")
    counted = re.fullmatch(r"[PU][0-9]+", provision.number) is not None
    made = _block(
        text,
        "paragraph",
        paragraph_type="preambular" if provision.part is Part.PREAMBULAR else "operative",
        paragraph_level=None if counted and depth == 1 else depth,
        prefix=("•" if depth > 1 else None) if counted else label if depth > 1 else f"{label}.",
        links=_links(provision.citations),
        mandates=_annotations_of(provision, names),
    )
    return made | _said_apart(provision, names)


def _said_apart(provision: Provision, names: _Names) -> dict[str, Any]:
    """The registry's own words on a paragraph, as far as they still say what its records say."""
    made: dict[str, Any] = {}
    found = provision.extensions
    if "registry:uncertainties" in found:
        made["uncertainties"] = found["registry:uncertainties"]
    made |= {
        name: found[f"registry:{name}"] for name in _ON_THE_BLOCK if f"registry:{name}" in found
    }
    try:
        block = _Block.model_validate(
            {"text": "", "type": "", **made, "mandates": found.get("registry:mandates", ())}
        )
    except ValidationError:  # somebody else's extension of the same name
        return {}
    derived = _derive(provision.id, block.annotations, names)
    if (tuple(derived.mandates), tuple(derived.mentions)) != (
        provision.mandates,
        provision.mentions,
    ):
        return {key: value for key, value in made.items() if key == "uncertainties"}
    return made | {"mandates": [_plain(annotation) for annotation in block.mandates]}


def _links(citations: Iterable[Citation]) -> list[list[str | None]]:
    made: list[list[str | None]] = []
    for citation in citations:
        if citation.target is None:
            made.append([citation.text, None])
        else:
            words = cite(citation.target)
            symbol = re.sub(r",.*", "", words)
            made.append(
                [
                    words,
                    f"https://docs.un.org/en/{symbol}"
                    if "/" in symbol and " " not in symbol
                    else None,
                ]
            )
    return made
