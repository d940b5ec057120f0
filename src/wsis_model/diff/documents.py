"""Two texts of a document held against each other: headings, paragraphs and notes matched by what
they say.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, TypeVar

import attrs

from ..model import Document, Note, Part, Provision, Record, Section
from ..model.fields import shape_of
from .change import WHOLE, ChangeKind, noun, said
from .compare import Fields, Subject, Walk, span
from .match import NEARBY, Entry, counted, kept_order, pair_same, pair_texts, runs
from .words import keys_of, likeness, whole

__all__ = ["TwoTexts", "two_texts"]

R = TypeVar("R", bound=Record)
Pairs = Mapping[int, int]
"""Indexes of new members to indexes of old ones."""
Member = Section | Provision

#: What a text says. All else that is said of a document tells which document it is.
_TEXT = frozenset(("title", "opening", "sections", "provisions", "notes", "tables"))
#: What may be missing throughout one of two documents, because of where it was read.
_SOURCES = ("text", "summary", "mandates", "citations", "alignments", "mentions")
_WHOLE = ("opening", "tables")


@attrs.frozen
class TwoTexts:
    """What came of the comparison."""

    walk: Walk
    language: str
    missing: tuple[str, ...]


def two_texts(a: Document, b: Document, language: str) -> TwoTexts:
    """Hold two texts of a document against each other."""
    language = _spoken(a, b, language)
    missing = _missing(a, b, language)
    by_name = a.id == b.id
    source = next((name for name in ("text", "summary") if name not in missing), "")
    sections = pair_texts(_headings(a, language), _headings(b, language), by_name=by_name)
    provisions = pair_texts(
        _texts(a, source, language), _texts(b, source, language), by_name=by_name
    )

    walk = Walk(language, _left_out(a, b, missing), _renamed(a, b, sections, provisions))
    walk.record(a, b, Subject(noun(Document), b.id, b.symbol or b.id, a.id))
    _sections(walk, a, b, sections)
    _provisions(walk, a, b, provisions)
    _notes(walk, a, b, "" if "text" in missing else language)
    return TwoTexts(walk, language, missing)


def _spoken(a: Document, b: Document, language: str) -> str:
    """The language to compare in: the one that is asked for, if the two have text in it or none in
    common.
    """
    mine, theirs = (
        {each for provision in document.provisions for each in provision.text}
        for document in (a, b)
    )
    both = sorted(mine & theirs)
    return language if language in both or not both else both[0]


def _missing(a: Document, b: Document, language: str) -> tuple[str, ...]:
    """What only one of the two says anything of, where that is no change: they are different
    documents, or one is the other's text.
    """

    def says(document: Document, name: str) -> bool:
        if name == "text":
            return any(language in provision.text for provision in document.provisions)
        of: Sequence[Record] = (document,) if name in _WHOLE else document.provisions
        return any(getattr(each, name) for each in of)

    if a.id == b.id and says(a, "text") == says(b, "text"):  # two versions of one record
        return ()
    return tuple(name for name in (*_SOURCES, *_WHOLE) if says(a, name) != says(b, name))


def _left_out(a: Document, b: Document, missing: tuple[str, ...]) -> Fields:
    """What is not compared field by field: the members, which are matched here; what is missing;
    and what no text says.
    """
    found: set[tuple[type[Record], str]] = {
        (Document, name) for name in ("sections", "provisions", "notes")
    }
    found |= {(Provision, "number"), (Provision, "section")}
    found |= {
        (Document if name in _WHOLE else record, name)
        for record in (Provision, Note)
        for name in missing
    }
    if a.id != b.id or "text" in missing:  # two documents, or a document and what is said of it
        found |= {(Document, field.name) for field in shape_of(Document) if field.name not in _TEXT}
        found |= {(record, "extensions") for record in (Section, Provision, Note)} | {
            (Note, "mark")
        }
        # What a reader found in the text: the text itself is compared.
        found |= {
            (record, name) for record in (Provision, Note) for name in ("citations", "mentions")
        }
    return frozenset(found)


def _entries(
    document: Document, members: Sequence[Member], say: Callable[[Any], str]
) -> list[Entry]:
    names = counted(each.id.removeprefix(f"{document.id}/") for each in members)
    return [Entry(name, keys_of(say(each))) for name, each in zip(names, members, strict=True)]


def _headings(document: Document, language: str) -> list[Entry]:
    def say(section: Section) -> str:
        return section.heading.pick(language)

    return _entries(document, document.sections, say)


def _texts(document: Document, source: str, language: str) -> list[Entry]:
    def say(provision: Provision) -> str:
        if source == "text":
            return provision.text.get(language, "")
        return (provision.summary or "") if source else ""

    return _entries(document, document.provisions, say)


def _renamed(a: Document, b: Document, sections: Pairs, provisions: Pairs) -> dict[str, str]:
    """What is called otherwise now: the document, and what was shifted in it, with the mandates of
    paragraphs.
    """
    found = {a.id: b.id} | {a.sections[old].id: b.sections[new].id for new, old in sections.items()}
    for after, before in provisions.items():
        old, new = a.provisions[before], b.provisions[after]
        found[old.id] = new.id
        found.update(
            (each.id, new.id + each.id.removeprefix(old.id))
            for each in old.mandates
            if each.id.startswith(f"{old.id}.")
        )
    return {old: new for old, new in found.items() if old != new}


def _in_place(before: int, after: int, pairs: Pairs) -> Iterator[tuple[int, int]]:
    """Indexes of old and new members in the order of the new list, those that are gone behind what
    they stood behind; -1 for none.
    """
    now = {old: new for new, old in pairs.items()}
    behind: defaultdict[int, list[int]] = defaultdict(list)
    last = -1
    for old in range(before):
        last = now.get(old, last)
        if old not in now:
            behind[last].append(old)
    for new in range(-1, after):
        if new >= 0:
            yield pairs.get(new, -1), new
        yield from ((old, -1) for old in behind[new])


def _told(walk: Walk, old: Record | None, new: Record | None, on: Subject) -> None:
    """A member that was added, that is gone, or that may have changed."""
    if old is None and new is not None:
        walk.tell(
            ChangeKind.ADDED, on, after=new, words=whole("inserted", said(new, walk.language or ""))
        )
    elif new is None and old is not None:
        walk.tell(
            ChangeKind.REMOVED,
            on,
            before=old,
            words=whole("deleted", said(old, walk.language or "")),
        )
    elif new is not None and old is not None:
        walk.record(old, new, on)


# --- headings -------------------------------------------------------------------------------------


def _sections(walk: Walk, a: Document, b: Document, pairs: Pairs) -> None:
    what = noun(Section)
    for before, after in _in_place(len(a.sections), len(b.sections), pairs):
        old = a.sections[before] if before >= 0 else None
        new = b.sections[after] if after >= 0 else None
        one = new or old
        assert one is not None
        label = f"{'' if new else 'former '}{what} {one.id}"
        _told(walk, old, new, Subject(what, one.id, label, old.id if old else ""))
    if (
        a.id == b.id
    ):  # identifiers are ours, not the text's: only between versions of one record are they of interest
        shifted = [
            (old, new, None)
            for new, old in sorted(pairs.items())
            if a.sections[old].id != b.sections[new].id
        ]
        for run in runs(shifted):
            ids = [(a.sections[old].id, b.sections[new].id) for old, new in run]
            _renumbered(
                walk, what, ids, (span(*(old for old, _ in ids)), span(*(new for _, new in ids)))
            )
    order = [pairs[new] for new in sorted(pairs)]
    if order != sorted(order):
        on = Subject(noun(Document), b.id, b.symbol or b.id, a.id)
        names = [b.sections[new].id for new in sorted(pairs)]
        walk.tell(
            ChangeKind.MOVED,
            on,
            WHOLE.at("sections"),
            tuple(walk.meant(a.sections[old].id) for old in sorted(order)),
            tuple(names),
        )


def _renumbered(
    walk: Walk, what: str, ids: Sequence[tuple[str, str]], spans: tuple[str, str], prefix: str = ""
) -> None:
    before, after = spans
    on = Subject(what, ids[0][1], f"{prefix}{after}", ids[0][0])
    walk.tell(ChangeKind.RENUMBERED, on, WHOLE.at("number"), before, after, count=len(ids))


# --- paragraphs -----------------------------------------------------------------------------------


def _printed(provision: Provision) -> str:
    """The number without the letter that stands for a part of the document, e.g. `"3"` for `"P3"`."""
    return (
        provision.number[1:]
        if provision.part is Part.PREAMBULAR and provision.number[:1] == "P"
        else provision.number
    )


def _called(*provisions: Provision) -> str:
    first = provisions[0]
    part = "preambular " if first.part is Part.PREAMBULAR else ""
    return f"{part}para{'s' if len(provisions) > 1 else ''}. {span(*map(_printed, provisions))}"


def _known_by(document: Document, provision: Provision) -> tuple[str, str]:
    """What people and what files know a paragraph by, whatever document it is in."""
    return _called(provision), provision.id.removeprefix(f"{document.id}/")


def _stands(document: Document, index: int) -> str:
    """Where a paragraph stands, for one that went elsewhere and has its number all the same."""
    return f"{_called(document.provisions[index])}, {f'behind {_called(document.provisions[index - 1])}' if index else 'first'}"


def _provisions(walk: Walk, a: Document, b: Document, pairs: Pairs) -> None:
    same = {
        old
        for new, old in pairs.items()
        if _known_by(a, a.provisions[old]) == _known_by(b, b.provisions[new])
    }
    order = [pairs[new] for new in sorted(pairs)]
    kept = kept_order(order, same)
    kept |= kept_order(
        [old for old in order if old in same], kept
    )  # where all the others went, what has its number has its place
    for before, after in _in_place(len(a.provisions), len(b.provisions), pairs):
        old = a.provisions[before] if before >= 0 else None
        new = b.provisions[after] if after >= 0 else None
        on = _paragraph(old, new)
        if old and new and before not in kept:
            was, now = _called(old), _called(new)
            if was == now:
                was, now = _stands(a, before), _stands(b, after)
            walk.tell(ChangeKind.MOVED, on, before=was, after=now)
        _told(walk, old, new, on)
    stayed = [(old, new) for new, old in sorted(pairs.items()) if old in kept]
    _numbers(walk, a, b, stayed)
    _elsewhere(walk, a, b, sorted((old, new) for new, old in pairs.items()))


def _paragraph(old: Provision | None, new: Provision | None) -> Subject:
    one = new or old
    assert one is not None
    label = _called(one) if new else f"former {_called(one)}"
    if old and new and _called(old) != _called(new):
        label += f" (was {_printed(old) if old.part is new.part else _called(old)})"
    return Subject(noun(Provision), one.id, label, old.id if old else "")


def _numbers(walk: Walk, a: Document, b: Document, pairs: Sequence[tuple[int, int]]) -> None:
    """Paragraphs that stand where they stood, under other numbers."""
    olds, news = a.provisions, b.provisions
    steps = [
        (old, new, (olds[old].part, news[new].part))
        for old, new in pairs
        if olds[old].number != news[new].number or walk.meant(olds[old].id) != news[new].id
    ]
    for run in runs(steps):
        before, after = [olds[old] for old, _ in run], [news[new] for _, new in run]
        on = Subject(noun(Provision), after[0].id, _called(*after), before[0].id)
        walk.tell(
            ChangeKind.RENUMBERED,
            on,
            WHOLE.at("number"),
            _called(*before),
            _called(*after),
            count=len(run),
        )


def _elsewhere(walk: Walk, a: Document, b: Document, pairs: Sequence[tuple[int, int]]) -> None:
    """Paragraphs under another heading than before."""
    headings = {
        section.id: section.heading.pick(walk.language or "")
        for section in (*a.sections, *b.sections)
    }

    def under(identifier: str | None) -> str | None:
        return None if identifier is None else headings.get(identifier, identifier)

    steps: list[tuple[int, int, Any]] = []
    for old, new in pairs:
        before, after = a.provisions[old].section, b.provisions[new].section
        if before != after and (before is None or walk.meant(before) != after):
            steps.append((old, new, (before, after)))
    for run in runs(steps):
        news = [b.provisions[new] for _, new in run]
        first = a.provisions[run[0][0]]
        on = Subject(noun(Provision), news[0].id, _called(*news), first.id)
        walk.tell(
            ChangeKind.MOVED,
            on,
            WHOLE.at("section"),
            under(first.section),
            under(news[0].section),
            count=len(run),
        )


# --- notes ----------------------------------------------------------------------------------------


def _notes(walk: Walk, a: Document, b: Document, language: str) -> None:
    """Notes of the same words, of the same paragraph first; then those that are alike and of one
    paragraph. Without a language, where only one of the documents has texts, notes by their place
    alone.
    """
    mine = _noted(a.notes, language, lambda note: walk.meant(note.provision or ""))
    theirs = _noted(b.notes, language, lambda note: note.provision or "")
    pairs = pair_same(mine, theirs)
    _same_place(mine, theirs, pairs, by_place=a.id == b.id)
    of_a, of_b = ({each.id: each for each in document.provisions} for document in (a, b))
    for before, after in _in_place(len(a.notes), len(b.notes), pairs):
        old = a.notes[before] if before >= 0 else None
        new = b.notes[after] if after >= 0 else None
        one, known = (new, of_b) if new else (old, of_a)
        assert one is not None
        place = f" ({_called(known[one.provision])})" if one.provision in known else ""
        label = f"{'' if new else 'former '}{noun(Note)} {one.mark}{place}"
        _told(
            walk,
            old,
            new,
            Subject(
                noun(Note), one.provision or b.id, label, (old.provision or a.id) if old else ""
            ),
        )


def _same_place(
    old: Sequence[Entry], new: Sequence[Entry], pairs: dict[int, int], *, by_place: bool
) -> None:
    """Add the pairs of notes of one paragraph that are alike, or, where the place decides, that are
    left.
    """
    taken = set(pairs.values())
    left: defaultdict[Any, list[int]] = defaultdict(list)
    for index, entry in enumerate(old):
        if index not in taken:
            left[_of(entry)].append(index)
    for index, entry in enumerate(new):
        others = left[_of(entry)]
        if (
            index not in pairs
            and others
            and (by_place or likeness(old[others[0]].text, entry.text) >= NEARBY)
        ):
            pairs[index] = others.pop(0)


def _noted(notes: Sequence[Note], language: str, place: Callable[[Note], str]) -> list[Entry]:
    return [
        Entry(name, keys_of(note.text.get(language, "")))
        for name, note in zip(counted(map(place, notes)), notes, strict=True)
    ]


def _of(entry: Entry) -> Any:
    """The paragraph in the name of a note."""
    name: Any = entry.name
    return name[0]
