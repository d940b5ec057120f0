"""Identity: identifiers are unique, have the right form, and hold only visible characters."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from .._messages import sentence
from ..errors import excerpt
from ..model import (
    Mandate,
    Milestone,
    Part,
    Provision,
    Record,
    Section,
    Session,
    StakeholderGroup,
    number_to_segment,
)
from ..model.kinds import KIND_OF
from ..model.record import identifier_of
from ._contents import holdings, texts
from ._rule import CheckContext, Found, Path, Severity, found, rule

__all__ = ["agrees"]


def _named(context: CheckContext) -> Iterator[tuple[Record, Path, Record, bool]]:
    """Every record that stands in another: the holder, the path in it, the record, and whether its
    identifier is taken already.
    """
    holders: list[Record] = list(context.corpus.top)
    identifiers = {holder.id for holder in context.corpus.top}
    for holder in holders:
        for path, member in holdings(holder):
            name = identifier_of(member)
            yield holder, path, member, name in identifiers
            if name not in identifiers:
                identifiers.add(name)
                holders.append(member)


def is_taken(holder: str, path: Path, name: str, kind: str) -> Found:
    """What I101 says of a record whose identifier is already that of another, of some kind: its
    holder, the path in it, and the identifier.
    """
    return found(
        holder,
        sentence("{name} is already the name of a {kind}", name=repr(name), kind=kind),
        (*path, "id"),
        hint=sentence("identifiers are one namespace"),
        names=(name,),
    )


@rule("I101", whole="an identifier may be taken by a record of another document or road map")
def identifiers_are_unique(context: CheckContext) -> Iterator[Found]:
    """No two records have the same identifier, of whatever kind they are.

    A reference to the identifier leads to the first of the two records; the second is never found.

    Mend: give the second record another identifier, or remove it if it is a copy.
    """
    for holder, path, member, taken in _named(context):
        if taken:
            kind = KIND_OF[type(context.corpus[identifier_of(member)])]
            yield is_taken(identifier_of(holder), path, identifier_of(member), kind)


def _beginnings(holder: Record, member: Record) -> tuple[str, ...]:
    name = identifier_of(holder)
    if isinstance(member, Mandate):
        return (f"{name}.",)
    return (f"{name}.", f"{name}/") if isinstance(member, Milestone) else (f"{name}/",)


@rule("I102")
def identifiers_start_with_their_owners(context: CheckContext) -> Iterator[Found]:
    """An identifier starts with the identifier of the record that holds it.

    `80-173/67.2` shows that it is a mandate of paragraph 67 of A/RES/80/173; tools and people rely
    on that.

    Mend: write the holder's identifier first: `80-173/s14` for a section, `80-173/67.2` for a
    mandate, `c2-roadmap/a1` for an activity, `c2-roadmap/a1.m1` for its milestone.
    """
    for holder, path, member, _ in _named(context):
        beginnings = _beginnings(holder, member)
        if not identifier_of(member).startswith(beginnings):
            own = identifier_of(member).rpartition("/")[2]
            meant = (
                f"{beginnings[0]}{own}" if isinstance(member, Milestone) and "." not in own else ""
            )
            near = meant and meant not in context.corpus
            hint = sentence("did you mean {meant}?", meant=repr(meant)) if near else ""
            yield found(
                holder,
                sentence(
                    "{name} does not start with {beginning}",
                    name=repr(identifier_of(member)),
                    beginning=repr(beginnings[0]),
                ),
                (*path, "id"),
                hint=hint,
                names=(identifier_of(member),),
            )


def _segment(provision: Provision) -> str:
    return provision.id.rpartition("/")[2]


def agrees(provision: Provision, segment: str) -> bool:
    """Whether the identifier of a provision ends in its number, given as a part of identifiers."""
    # Annexes may each start again from 1, so what comes before the number is theirs to choose.
    return _segment(provision) == segment or (
        provision.part is Part.ANNEX and _segment(provision).endswith(f"-{segment}")
    )


@rule("I103", reads=("part",))
def identifiers_agree_with_numbers(context: CheckContext) -> Iterator[Found]:
    """The identifier of a provision ends in its printed number.

    Otherwise "paragraph 67" and `80-173/67` are two different paragraphs. If the number is that of
    another provision, S302 reports it.

    Mend: correct the number or the identifier: `99` goes with `80-173/99`, `21(a)` with `gdc/21-a`,
    `P1` with `80-173/p1`.
    """
    for document in context.corpus.documents:
        segments = [(each, number_to_segment(each.number)) for each in document.provisions]
        right = {(each.part, segment) for each, segment in segments if agrees(each, segment)}
        for each, segment in segments:
            if segment and not agrees(each, segment) and (each.part, segment) not in right:
                ends = f"the identifier ends in {_segment(each)!r}"
                message = f"{ends}, the printed number is {excerpt(each.number)}"
                hint = f"expected {document.id}/{segment}" if len(segment) < 50 else ""
                yield found(each, message, "number", hint=hint)


@rule("I104")
def codes_are_unique(context: CheckContext) -> Iterator[Found]:
    """No two concepts of a vocabulary have the same code.

    People type codes, and tables are joined by them; the second concept with a code is never found
    by it.

    Mend: correct the code of one of the two.
    """
    for vocabulary in context.corpus.vocabularies:
        first: dict[str, str] = {}
        for concept in vocabulary.concepts:
            code = concept.code or ""
            other = first.setdefault(code, concept.id) if code else concept.id
            if other != concept.id:
                message = f"{other} has the code {excerpt(code)} too"
                yield found(concept, message, "code", names=(other,))


#: Fields that hold names to be compared exactly.
_NAMES = frozenset(("code", "number", "symbol", "acronym"))
#: Fields that hold official words, which are as they were printed.
_OFFICIAL = frozenset(("text", "opening", "cells", "subjects"))
_INVISIBLE = frozenset(("Cc", "Cf", "Cn", "Co", "Cs", "Zl", "Zp"))
#: Invisible too, though Unicode counts them among letters and marks.
_BLANK = frozenset(
    "\u034f\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0" + "".join(map(chr, range(0xFE00, 0xFE10)))
)
#: Joiners and marks of direction belong to the writing of Hebrew, Arabic, Persian and the languages
#: of South Asia.
_JOINERS = frozenset("\u061c\u200c\u200d\u200e\u200f")
#: A picture with what belongs to it and is not seen: how it is shown, its colour, the region of a
#: flag, and others joined to it.
_PICTURE = (
    "[\u00a9\u00ae\u203c\u2049\u2122\u2139\u2190-\u21ff\u2300-\u23ff\u24c2\u25a0-\u27bf"
    "\u2900-\u297f\u2b00-\u2bff\u3030\u303d\u3297\u3299\U0001f000-\U0001faff]"
    "[\ufe0e\ufe0f]?[\U0001f3fb-\U0001f3ff]?(?:[\U000e0020-\U000e007e]+\U000e007f)?"
)
_EMOJI = re.compile(f"{_PICTURE}(?:\u200d{_PICTURE})*|[0-9#*]\ufe0f\u20e3")
_SCRIPTS_WITH_JOINERS = re.compile("[\u0590-\u1cff]")
_LATIN = "A-Za-z\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u024f"
_CYRILLIC = "\u0400-\u052f"
#: Letters that look like Latin ones: "ΑΒΕΖΗΙΚΜΝΟΡΤΥΧικνορυχ" and "АВЕЅІЈКМНОРСТУХаеѕіјорсух".
_GREEK_ALIKE = (
    "\u0391\u0392\u0395\u0396\u0397\u0399\u039a\u039c\u039d\u039f\u03a1\u03a4\u03a5\u03a7"
    "\u03b9\u03ba\u03bd\u03bf\u03c1\u03c5\u03c7"
)
_CYRILLIC_ALIKE = (
    "\u0410\u0412\u0415\u0405\u0406\u0408\u041a\u041c\u041d\u041e\u0420\u0421\u0422\u0423\u0425"
    "\u0430\u0435\u0455\u0456\u0458\u043e\u0440\u0441\u0443\u0445"
)
_MIXED = re.compile(rf"\b(?=\w*[{_LATIN}])\w*?([{_CYRILLIC}{_GREEK_ALIKE}])\w*")
_ALIKE = re.compile(
    rf"[^\W\d_{_LATIN}{_CYRILLIC_ALIKE}{_GREEK_ALIKE}]|([{_CYRILLIC_ALIKE}{_GREEK_ALIKE}])"
)


def _unseen(text: str, *, name: bool) -> str | None:
    """The first character of *text* that cannot be seen."""
    joined = _SCRIPTS_WITH_JOINERS.search(text) is not None
    for character in _EMOJI.sub("", text):
        if character in "\n\t" and not name:
            continue  # a text may have lines and columns
        if character in _JOINERS and joined:
            continue
        if (
            character in _BLANK
            or unicodedata.category(character) in _INVISIBLE
            or (name and character != " " and character.isspace())
        ):
            return character
    return None


def _alike(text: str, *, name: bool) -> str | None:
    """The first letter of *text* that passes for a Latin one: in a Latin word, or in a name that is
    all look-alikes.
    """
    if mixed := _MIXED.search(text):
        return mixed[1]
    if not name:
        return None
    letters = [found[1] for found in _ALIKE.finditer(text)]
    return letters[0] if letters and all(letters) else None


def _character_name(character: str) -> str:
    return f"U+{ord(character):04X} {unicodedata.name(character, 'control character')}"


@rule("I105")
def characters_are_not_misleading(context: CheckContext) -> Iterator[Found]:
    """Codes, names, titles and all texts of our own hold no invisible characters and no letters
    that look like others.

    Copied text can bring a zero-width space or a Cyrillic letter in a Latin word: two names look
    alike and are not equal, and a search misses one. Texts in any script are fine, and so are emoji
    with their joiners and colours; a word that mixes Latin with Cyrillic or Greek is not. Official
    texts stay as they were printed, and are not looked at.

    Mend: type the word again.
    """
    for top in context.corpus.top:
        for record, path, text in texts(top):
            if (text.isascii() and text.isprintable()) or not _OFFICIAL.isdisjoint(path):
                continue
            exact = path[-1] in _NAMES
            what = "an invisible character"
            if (wrong := _unseen(text, name=exact)) is None:
                what, wrong = "a letter that passes for a Latin one", _alike(text, name=exact)
            if wrong is not None:
                message = f"holds {what}, {_character_name(wrong)}, in {excerpt(text)}"
                yield found(record, message, path, hint="type it again")


#: The form of an identifier for the kinds that have one of their own, and the form in words.
_FORMS: dict[type[Record], tuple[re.Pattern[str], str]] = {
    StakeholderGroup: (re.compile(r"groups/.+"), "groups/name"),
    Session: (re.compile(r"sessions/.+"), "sessions/body-number"),
    Section: (re.compile(r".+/s[0-9]+(?:[.-][0-9a-z]+)*"), "document/s and an ordinal"),
}
_ONE_SEGMENT = (re.compile(r"[^/]+"), "one segment, without a slash")


@rule("I106")
def identifiers_have_the_form_of_their_kind(context: CheckContext) -> Iterator[Found]:
    """An identifier has the form of its kind: `groups/...`, `sessions/...`, `document/s1` for a
    section, one segment for the rest.

    People and tools see from the form what an identifier names, and where to look for it.

    Mend: rename the record: `groups/technical-community`, `sessions/cstd-30`, `80-173/s14`,
    `c2-roadmap`.
    """
    sections = (section for document in context.corpus.documents for section in document.sections)
    records: tuple[Record, ...] = (*context.corpus.top, *sections)
    for record in records:
        form, words = _FORMS.get(type(record), _ONE_SEGMENT)
        if not form.fullmatch(identifier_of(record)):
            yield found(record, f"is not of the form {words}", "id")


#: Letters by the script they are of, with the languages that are most likely written in it.
_SCRIPTS = {
    "Arabic": ("\u0600-\u06ff\u0750-\u077f\ufb50-\ufdff\ufe70-\ufeff", "ar"),
    "Chinese": ("\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff", "zh"),
    "Cyrillic": (_CYRILLIC, "ru"),
    "Devanagari": ("\u0900-\u097f", "hi"),
    "Greek": ("\u0370-\u03ff\u1f00-\u1fff", "el"),
    "Hebrew": ("\u0590-\u05ff", "he"),
    "Japanese": ("\u3040-\u30ff", "ja"),
    "Korean": ("\u1100-\u11ff\uac00-\ud7af", "ko"),
    "Thai": ("\u0e00-\u0e7f", "th"),
}
_LETTERS = {
    script: re.compile(rf"[{letters}](?<![\W\d])") for script, (letters, _) in _SCRIPTS.items()
}
_LATIN_LETTER = re.compile(f"[{_LATIN}]")


@rule("I107", Severity.WARNING)
def english_is_written_in_latin_letters(context: CheckContext) -> Iterator[Found]:
    """A text that is stored as English is mostly written in Latin letters.

    A plain text counts as English. A plain text in Russian, Arabic or Chinese is shown to readers
    of English, and is not found under its language.

    Mend: say which language it is in: `title: {ru: ...}`, or a column `Title (ru)` in a table.
    """
    for top in context.corpus.top:
        for record, path, text in texts(top):
            if text.isascii() or path[-1] != "en":
                continue
            counts = {script: len(each.findall(text)) for script, each in _LETTERS.items()}
            script = max(counts, key=lambda each: counts[each])
            if counts[script] > len(_LATIN_LETTER.findall(text)):
                yield found(
                    record,
                    f"{excerpt(text)} is stored as English, and written in {script} letters",
                    path,
                    hint="say which language it is in, e.g. {}",
                    hint_fields=(f"{path[-2]}:{_SCRIPTS[script][1]}",),
                )
