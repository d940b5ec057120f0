"""The language versions of one document joined into one, paragraph by paragraph."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, TypeVar

import attrs

from ...errors import Finding, LoadError, Position, excerpt
from ...model import (
    Citation,
    Document,
    Extensions,
    Note,
    Provision,
    Section,
    Translations,
    is_identifier,
)
from .._reading import Reading

__all__ = ["Joined", "Mismatch", "join"]

R = TypeVar("R", Document, Provision, Section, Note)


@attrs.frozen
class Mismatch:
    """A place where the language versions of a document do not agree in their numbers, headings or
    notes.
    """

    code: str
    """Code of the rule for texts that disagree: `"P608"`."""
    record: str
    """Identifier of what only some languages have, e.g. `"79-1/20-a"`; of a note, of its document.
    """
    language: str
    """The language that lacks it, e.g. `"fr"`."""
    message: str
    """What is wrong, in a sentence."""

    def __str__(self) -> str:
        return f"{self.code} {self.record}: {self.message}"


@attrs.frozen
class Joined(Reading):
    """One document in several languages, with its annexes, and where the languages do not agree.
    What was left out, mended and not taken is listed file by file.
    """

    findings: tuple[Mismatch, ...] = ()
    """Where the languages do not agree; a paragraph that only some have is kept all the same."""


def join(readings: Sequence[Reading]) -> Joined:
    """Join what was read of each language version. English leads where it is there, the first
    otherwise.

    Raises:
        LoadError: There is nothing to join, the files hold different documents, or two of them are
            in one language.
    """
    if not readings:
        message = "there is no language version to join"
        raise LoadError.of(Position("<data>"), "no-document", message)
    ordered = sorted(readings, key=lambda reading: "en" not in reading.document.languages)
    _same_document(ordered)
    found: list[Mismatch] = []
    names = dict.fromkeys(document.id for reading in ordered for document in reading.documents)
    documents: list[Document] = []
    for name in names:
        versions: dict[str, Document] = {}
        for reading in ordered:
            language = reading.document.languages[0]
            version = next(
                (document for document in reading.documents if document.id == name), None
            )
            if version is None:
                found.append(
                    Mismatch("P608", name, language, f"the {language} version has no such document")
                )
            else:
                versions[language] = version
        documents.append(_Versions(versions, found).joined())
    return Joined(
        tuple(documents),
        left_out=tuple(left for reading in readings for left in reading.left_out),
        repairs=tuple(each for reading in readings for each in reading.repairs),
        not_taken=tuple(each for reading in readings for each in reading.not_taken),
        findings=tuple(found),
    )


def _same_document(readings: Sequence[Reading]) -> None:
    problems: list[Finding] = []
    languages: set[str] = set()
    for reading in readings:
        document = reading.document
        if document.id != readings[0].document.id:
            first = excerpt(readings[0].document.id)
            message = f"{excerpt(document.id)} is another document than {first}"
            hint = "join the language versions of one document"
            problems.append(Finding("other-document", message, Position("<data>"), hint=hint))
        elif document.languages[0] in languages:
            message = f"two versions are in {document.languages[0]!r}"
            problems.append(Finding("same-language", message, Position("<data>")))
        languages.add(document.languages[0])
    if problems:
        raise LoadError(tuple(problems))


def _merged(texts: Iterable[Translations]) -> Translations:
    return Translations({language: text for each in texts for language, text in each.items()})


class _Versions:
    """The versions of one document by language, while they are joined."""

    def __init__(self, versions: dict[str, Document], found: list[Mismatch]) -> None:
        self.versions = versions
        self.lead = next(iter(versions.values()))
        self.found = found

    def joined(self) -> Document:
        versions = list(self.versions.values())
        extensions: dict[str, Any] = {}
        for each in reversed(versions):
            extensions.update(each.extensions)
        changes: dict[str, Any] = {
            "title": _merged(each.title for each in versions),
            "opening": _merged(each.opening for each in versions),
            "languages": tuple(self.versions),
            "urls": tuple(dict.fromkeys(url for each in versions for url in each.urls)),
            "provisions": self._provisions(),
            "notes": self._notes(),
            "tables": tuple(table for each in versions for table in each.tables),
            "extensions": Extensions(extensions),
        }
        changes["sections"] = self._sections()
        return self.lead.replace(**changes)

    def _aligned(self, kind: str, keyed: dict[str, dict[str, R]]) -> list[list[R]]:
        """Records by key in the order of the leading version; what it lacks comes after what
        precedes it in the others.
        """
        order: list[str] = []
        for records in keyed.values():
            known = set(order)
            new: dict[str, list[str]] = {}
            before = ""
            for key in records:
                if key in known:
                    before = key
                else:
                    new.setdefault(before, []).append(key)
            if new:
                order = [
                    *new.get("", ()),
                    *(each for key in order for each in (key, *new.get(key, ()))),
                ]
        for language, records in keyed.items():
            for key in order:
                if key not in records:
                    name = key if is_identifier(key) and "/" in key else self.lead.id
                    self.found.append(
                        Mismatch(
                            "P608", name, language, f"the {language} version has no {kind} {key}"
                        )
                    )
        return [[records[key] for records in keyed.values() if key in records] for key in order]

    def _provisions(self) -> tuple[Provision, ...]:
        keyed = {
            language: {provision.id: provision for provision in each.provisions}
            for language, each in self.versions.items()
        }
        made: list[Provision] = []
        for group in self._aligned("paragraph", keyed):
            first, *others = group
            if not others:
                made.append(first)
                continue
            extensions = {name: value for each in group for name, value in each.extensions.items()}
            cited = {citation.target for citation in first.citations}
            # What only another version links to is cited too; the mark of its note may stand
            # elsewhere in this one.
            more = dict.fromkeys(
                each.target
                for other in others
                for each in other.citations
                if each.target and each.target not in cited
            )
            citations = (*first.citations, *(Citation(target=target) for target in more))
            changes: dict[str, Any] = {
                "text": _merged(each.text for each in group),
                "citations": citations,
            }
            if extensions:
                changes["extensions"] = Extensions(extensions)
            made.append(first.replace(**changes))
        sections = {section.id for section in self.lead.sections}
        return tuple(
            each if each.section in sections or each.section is None else each.replace(section=None)
            for each in made
        )

    def _sections(self) -> tuple[Section, ...]:
        """Headings go together that stand before the same paragraph, in the same order."""
        keyed: dict[str, dict[str, Section]] = {}
        for language, document in self.versions.items():
            first: dict[str, str] = {}
            for provision in document.provisions:
                if provision.section is not None:
                    first.setdefault(provision.section, provision.id)
            backwards: list[tuple[str, Section]] = []
            anchor, distance = "the end", 0
            for section in reversed(document.sections):
                if section.id in first:
                    anchor, distance = first[section.id], 0
                distance += 1
                backwards.append(
                    (anchor if distance == 1 else f"{anchor} ({distance} before it)", section)
                )
            keyed[language] = dict(reversed(backwards))
        made: list[Section] = []
        taken = {section.id for section in self.lead.sections}
        for group in self._aligned("heading before", keyed):
            first_of, *others = group
            if first_of not in self.lead.sections:
                number = len(taken) + 1
                while f"{self.lead.id}/s{number}" in taken:
                    number += 1
                taken.add(f"{self.lead.id}/s{number}")
                first_of = first_of.replace(id=f"{self.lead.id}/s{number}", parent=None)
            made.append(
                first_of.replace(heading=_merged(each.heading for each in group))
                if others
                else first_of
            )
        return tuple(made)

    def _notes(self) -> tuple[Note, ...]:
        keyed: dict[str, dict[str, Note]] = {}
        for language, document in self.versions.items():
            marks: dict[str, Note] = {}
            for note in document.notes:
                key, again = note.mark, 1
                while key in marks:
                    again += 1
                    key = f"{note.mark} ({again})"
                marks[key] = note
            keyed[language] = marks
        made: list[Note] = []
        for group in self._aligned("note", keyed):
            first, *others = group
            for other in others:
                if other.provision != first.provision:
                    (language,) = other.text or (self.lead.languages[0],)
                    message = (
                        f"note {first.mark} stands in {other.provision} in the {language} version, "
                        f"in {first.provision} in the leading one"
                    )
                    self.found.append(Mismatch("P608", self.lead.id, language, message))
            made.append(
                first.replace(text=_merged(each.text for each in group)) if others else first
            )
        return tuple(made)
