"""Two texts of a document compared: headings, paragraphs and notes, matched by their words."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, TypeVar

from ..model import Document, Note, Part, Provision, Record, Section
from ..model.fields import shape_of
from .change import WHOLE, ChangeKind, noun, text_of
from .compare import FORMER, Comparison, Fields, Subject, span
from .match import NEARBY, Entry, counted, kept_order, pair_same, pair_texts, runs
from .words import keys_of, likeness, whole

__all__ = ["compare_documents"]

T = TypeVar("T")
Pairs = Mapping[int, int]
"""Indexes of new members to indexes of old ones."""
Member = Section | Provision

#: The fields of a document that are text. The others tell which document it is.
_TEXT = frozenset(("title", "opening", "sections", "provisions", "notes", "tables"))
#: Fields of paragraphs that one of two documents may lack, depending on where it was read.
_SOURCES = ("text", "summary", "mandates", "citations", "alignments", "mentions")
_WHOLE = ("opening", "tables")


def compare_documents(
    a: Document, b: Document, language: str
) -> tuple[Comparison, tuple[str, ...]]:
    """Compare two texts of a document; gives also the fields that are not compared, because only
    one of the two has them.
    """
    language = _language_of(a, b, language)
    missing = _only_in_one(a, b, language)
    by_name = a.id == b.id
    source = next((name for name in ("text", "summary") if name not in missing), "")
    sections = pair_texts(_headings(a, language), _headings(b, language), by_name=by_name)
    provisions = pair_texts(
        _texts(a, source, language), _texts(b, source, language), by_name=by_name
    )
    comparison = Comparison(
        language, _left_out(a, b, missing), _new_names(a, b, sections, provisions)
    )
    comparison.compare(a, b, _whole_document(a, b))
    _compare_sections(comparison, a, b, sections)
    _compare_provisions(comparison, a, b, provisions)
    _compare_notes(comparison, a, b, "" if "text" in missing else language)
    return comparison, missing


def _whole_document(a: Document, b: Document) -> Subject:
    return Subject(noun(Document), b.id, b.symbol or b.id, a.id)


def _language_of(a: Document, b: Document, language: str) -> str:
    """The language to compare in: the given one, unless the two have text only in another one."""
    in_old, in_new = (
        {each for provision in document.provisions for each in provision.text}
        for document in (a, b)
    )
    both = sorted(in_old & in_new)
    return language if language in both or not both else both[0]


def _only_in_one(a: Document, b: Document, language: str) -> tuple[str, ...]:
    """The fields that only one of the two has, where that is no change: they are different
    documents, or one is the text of the other.
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
    """The fields that are not compared one by one: the members, which are matched here; those that
    only one of the two has; and those that are no text.
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
    if a.id != b.id or "text" in missing:  # two documents, or a text and our summary
        found |= {(Document, field.name) for field in shape_of(Document) if field.name not in _TEXT}
        found |= {(record, "extensions") for record in (Section, Provision, Note)} | {
            (Note, "mark")
        }
        # These come from the text, and the text itself is compared.
        found |= {
            (record, name) for record in (Provision, Note) for name in ("citations", "mentions")
        }
    return frozenset(found)


def _entries(
    document: Document, members: Sequence[Member], text_in: Callable[[Any], str]
) -> list[Entry]:
    names = counted(each.id.removeprefix(f"{document.id}/") for each in members)
    return [Entry(name, keys_of(text_in(each))) for name, each in zip(names, members, strict=True)]


def _headings(document: Document, language: str) -> list[Entry]:
    return _entries(document, document.sections, lambda section: section.heading.pick(language))


def _texts(document: Document, source: str, language: str) -> list[Entry]:
    def text(provision: Provision) -> str:
        if source == "text":
            return provision.text.get(language, "")
        return (provision.summary or "") if source else ""

    return _entries(document, document.provisions, text)


def _new_names(a: Document, b: Document, sections: Pairs, provisions: Pairs) -> dict[str, str]:
    """Old identifiers to new ones, if they differ: of the document, and of headings, paragraphs
    and mandates in it.
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


def _in_order(
    old: Sequence[T], new: Sequence[T], pairs: Pairs
) -> Iterator[tuple[T | None, T | None]]:
    """Old and new members in the order of the new list; a removed member follows the one that it
    followed in the old list.
    """
    now = {before: after for after, before in pairs.items()}
    removed: defaultdict[int, list[T]] = defaultdict(list)
    last = -1
    for index, each in enumerate(old):
        last = now.get(index, last)
        if index not in now:
            removed[last].append(each)
    yield from ((each, None) for each in removed[-1])
    for index, each in enumerate(new):
        yield (old[pairs[index]] if index in pairs else None), each
        yield from ((gone, None) for gone in removed[index])


def _compare_member(
    comparison: Comparison, old: Record | None, new: Record | None, subject: Subject
) -> None:
    """Compare a member, or add that it is new or removed."""
    language = comparison.language or ""
    if old is not None and new is not None:
        comparison.compare(old, new, subject)
    elif new is not None:
        words = whole("inserted", text_of(new, language))
        comparison.add(ChangeKind.ADDED, subject, after=new, words=words)
    elif old is not None:
        words = whole("deleted", text_of(old, language))
        comparison.add(ChangeKind.REMOVED, subject, before=old, words=words)


# --- headings -------------------------------------------------------------------------------------


def _compare_sections(comparison: Comparison, a: Document, b: Document, pairs: Pairs) -> None:
    what = noun(Section)
    for old, new in _in_order(a.sections, b.sections, pairs):
        either = new or old
        assert either is not None
        label = f"{'' if new else FORMER}{what} {either.id}"
        _compare_member(
            comparison, old, new, Subject(what, either.id, label, old.id if old else "")
        )
    if a.id == b.id:  # identifiers are ours: they matter only in two versions of one record
        renumbered = (
            (old, new, None)
            for new, old in sorted(pairs.items())
            if a.sections[old].id != b.sections[new].id
        )
        for run in runs(renumbered):
            before, after = (
                [a.sections[old] for old, _ in run],
                [b.sections[new] for _, new in run],
            )
            comparison.add_renumbering(what, before, after, _span_of_identifiers, "number")
    order = [pairs[new] for new in sorted(pairs)]
    if order != sorted(order):
        comparison.add(
            ChangeKind.MOVED,
            _whole_document(a, b),
            WHOLE.at("sections"),
            tuple(comparison.new_name(a.sections[old].id) for old in sorted(order)),
            tuple(b.sections[new].id for new in sorted(pairs)),
        )


def _span_of_identifiers(*sections: Section) -> str:
    return span(*(each.id for each in sections))


# --- paragraphs -----------------------------------------------------------------------------------


def _printed(provision: Provision) -> str:
    """The number without the letter for a part of the document, e.g. `"3"` for `"P3"`."""
    preambular = provision.part is Part.PREAMBULAR
    return provision.number.removeprefix("P") if preambular else provision.number


def _called(*provisions: Provision) -> str:
    first = provisions[0]
    part = "preambular " if first.part is Part.PREAMBULAR else ""
    return f"{part}para{'s' if len(provisions) > 1 else ''}. {span(*map(_printed, provisions))}"


def _identifier_within(document: Document, index: int) -> str:
    return document.provisions[index].id.removeprefix(f"{document.id}/")


def _place(document: Document, index: int) -> str:
    """Where a paragraph stands; for one that moved and kept its number."""
    behind = f"behind {_called(document.provisions[index - 1])}" if index else "first"
    return f"{_called(document.provisions[index])}, {behind}"


def _compare_provisions(comparison: Comparison, a: Document, b: Document, pairs: Pairs) -> None:
    both = [(old, new) for new, old in sorted(pairs.items())]
    same = {
        old
        for old, new in both
        if _called(a.provisions[old]) == _called(b.provisions[new])
        and _identifier_within(a, old) == _identifier_within(b, new)
    }
    order = [old for old, _ in both]
    kept = kept_order(order, same)
    # Where all others moved, a paragraph that has its old number has its old place.
    kept |= kept_order([old for old in order if old in same], kept)
    for before, after in _in_order(range(len(a.provisions)), range(len(b.provisions)), pairs):
        old = None if before is None else a.provisions[before]
        new = None if after is None else b.provisions[after]
        subject = _paragraph(old, new)
        if before is not None and after is not None and before not in kept:
            was, now = _called(a.provisions[before]), _called(b.provisions[after])
            if was == now:
                was, now = _place(a, before), _place(b, after)
            comparison.add(ChangeKind.MOVED, subject, before=was, after=now)
        _compare_member(comparison, old, new, subject)
    _compare_numbers(comparison, a, b, [(old, new) for old, new in both if old in kept])
    _compare_headings(comparison, a, b, sorted(both))


def _paragraph(old: Provision | None, new: Provision | None) -> Subject:
    either = new or old
    assert either is not None
    label = _called(either) if new else f"{FORMER}{_called(either)}"
    if old and new and _called(old) != _called(new):
        label += f" (was {_printed(old) if old.part is new.part else _called(old)})"
    return Subject(noun(Provision), either.id, label, old.id if old else "")


def _compare_numbers(
    comparison: Comparison, a: Document, b: Document, pairs: Sequence[tuple[int, int]]
) -> None:
    """Paragraphs that have the same place and another number."""
    olds, news = a.provisions, b.provisions
    steps = [
        (old, new, (olds[old].part, news[new].part))
        for old, new in pairs
        if olds[old].number != news[new].number or comparison.new_name(olds[old].id) != news[new].id
    ]
    for run in runs(steps):
        before, after = [olds[old] for old, _ in run], [news[new] for _, new in run]
        comparison.add_renumbering(noun(Provision), before, after, _called, "number")


def _compare_headings(
    comparison: Comparison, a: Document, b: Document, pairs: Sequence[tuple[int, int]]
) -> None:
    """Paragraphs that stand under another heading."""
    headings = {
        section.id: section.heading.pick(comparison.language or "")
        for section in (*a.sections, *b.sections)
    }

    def under(identifier: str | None) -> str | None:
        return None if identifier is None else headings.get(identifier, identifier)

    steps: list[tuple[int, int, Any]] = []
    for old, new in pairs:
        before, after = a.provisions[old].section, b.provisions[new].section
        if before != after and (before is None or comparison.new_name(before) != after):
            steps.append((old, new, (before, after)))
    for run in runs(steps):
        news = [b.provisions[new] for _, new in run]
        first = a.provisions[run[0][0]]
        subject = Subject(noun(Provision), news[0].id, _called(*news), first.id)
        comparison.add(
            ChangeKind.MOVED,
            subject,
            WHOLE.at("section"),
            under(first.section),
            under(news[0].section),
            count=len(run),
        )


# --- notes ----------------------------------------------------------------------------------------


def _compare_notes(comparison: Comparison, a: Document, b: Document, language: str) -> None:
    """Compare notes with the same words, those of the same paragraph first; then those of one
    paragraph that are alike. Without a language, as only one of the documents has texts, notes are
    matched by place alone.
    """
    old_entries = _note_entries(
        a.notes, language, lambda note: comparison.new_name(note.provision or "")
    )
    new_entries = _note_entries(b.notes, language, lambda note: note.provision or "")
    pairs = pair_same(old_entries, new_entries)
    _pair_notes(old_entries, new_entries, pairs, by_place=a.id == b.id)
    of_a, of_b = ({each.id: each for each in document.provisions} for document in (a, b))
    for old, new in _in_order(a.notes, b.notes, pairs):
        either, known = (new, of_b) if new else (old, of_a)
        assert either is not None
        place = f" ({_called(known[either.provision])})" if either.provision in known else ""
        label = f"{'' if new else FORMER}{noun(Note)} {either.mark}{place}"
        was = (old.provision or a.id) if old else ""
        subject = Subject(noun(Note), either.provision or b.id, label, was)
        _compare_member(comparison, old, new, subject)


def _pair_notes(
    old: Sequence[Entry], new: Sequence[Entry], pairs: dict[int, int], *, by_place: bool
) -> None:
    """Add to *pairs* the notes of one paragraph that are alike or, if the place decides, all that
    are left.
    """
    taken = set(pairs.values())
    left: defaultdict[Any, list[int]] = defaultdict(list)
    for index, entry in enumerate(old):
        if index not in taken:
            left[_paragraph_of(entry)].append(index)
    for index, entry in enumerate(new):
        others = left[_paragraph_of(entry)]
        if (
            index not in pairs
            and others
            and (by_place or likeness(old[others[0]].text, entry.text) >= NEARBY)
        ):
            pairs[index] = others.pop(0)


def _note_entries(
    notes: Sequence[Note], language: str, place: Callable[[Note], str]
) -> list[Entry]:
    return [
        Entry(name, keys_of(note.text.get(language, "")))
        for name, note in zip(counted(map(place, notes)), notes, strict=True)
    ]


def _paragraph_of(entry: Entry) -> Any:
    """The paragraph in the name of a note."""
    name: Any = entry.name
    return name[0]
