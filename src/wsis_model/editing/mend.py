"""What is certain, mended in a copy: the fixes of problems and findings, made one after the other
until nothing is left that has one.
"""

from __future__ import annotations

import bisect
import json
import os
import shutil
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path as FilePath
from typing import Any

import attrs

from .. import corpus as corpora
from .. import formats
from .._catalogue import catalogue
from .._width import visible
from ..checks import Waiver, check
from ..corpus import Corpus
from ..errors import Finding, LoadError, Position, Replacement, UnknownFormat, excerpt
from ..formats import CSV, EXCEL, JSON, NDJSON, YAML, Format, Unknown
from ..formats._files import SAVING, files_of, read_bytes
from ..formats._text import decode
from ..loading import Partial, salvage
from ..names.index import Context
from .csv_edits import CsvDocument
from .edits import Document, Meaning, back, make
from .json_edits import JsonDocument, NdjsonDocument
from .text import BREAK, Splice
from .workbook_edits import Workbook
from .yaml_edits import YamlDocument

__all__ = ["Change", "Mended", "mend", "replacements"]

ROUNDS = 100
"""A file is checked again at most this often."""
OWN = 5_000
"""Among so many records of the files themselves near misses are looked for."""
TRIALS = 64
"""Changes that rules ask for are taken back and tried in parts at most this often."""
SHOWN = 200
"""No value is told with more characters."""
BOM = b"\xef\xbb\xbf"
_DOCUMENTS: dict[Format, type[Document]] = {
    YAML: YamlDocument,
    JSON: JsonDocument,
    NDJSON: NdjsonDocument,
    CSV: CsvDocument,
}


@attrs.frozen
class Change:
    """A change that was made.

    Examples:
        >>> data = b"roadmaps: [{id: m, title: Media, owners: [UNSECO]}]"
        >>> (change,) = mend(data, format="yaml", name="map.yaml").changes
        >>> print(change)
        map.yaml:1:43: 'UNSECO' -> 'unesco' [wrong-identifier]
    """

    finding: Finding
    """What was wrong, where it stood in the original, and the fix."""

    @property
    def text(self) -> str:
        """What stood there and what stands there now, e.g. `'Planned' -> 'planned'`."""
        fix = self.finding.fix
        assert fix is not None
        new = ", ".join(map(_shown, fix.new)) if fix.several else _shown(fix.new)
        return visible(f"{_shown(fix.old)} -> {new}")

    def __str__(self) -> str:
        position = self.finding.position
        place = f"{position}: " if position else ""
        return f"{place}{self.text} [{visible(self.finding.code)}]"


def _shown(value: Any) -> str:
    """A value in a line that tells a change."""
    if value is None:
        return "nothing"
    if isinstance(value, str):
        return excerpt(value)
    written = json.dumps(value, ensure_ascii=False)
    return written if len(written) <= SHOWN else excerpt(value)


@attrs.frozen
class Mended:
    """A copy of a file, or of the files of a folder, in which what is certain is mended."""

    files: Mapping[str, bytes]
    """The files by their names in the folder; of one file, that under its own name."""
    is_folder: bool
    """Whether it is a folder, which may hold a single file."""
    changes: tuple[Change, ...]
    """What was changed, in the order in which it was."""
    left: tuple[Finding, ...]
    """What is wrong with the copy: it has two readings, or none that is certain."""
    refused: tuple[Finding, ...] = ()
    """What is certain, and could not be changed without touching what stands around it: a value
    that an alias repeats, a cell with a formula. It is among what is left.
    """

    @property
    def data(self) -> bytes:
        """The bytes of the one file.

        Raises:
            ValueError: There are several.
        """
        if len(self.files) != 1:
            msg = f"there are {len(self.files)} files; see `files`"
            raise ValueError(msg)
        return next(iter(self.files.values()))


def mend(
    source: str | os.PathLike[str] | bytes,
    *,
    format: str | None = None,
    name: str | None = None,
    unknown: Unknown = "forbid",
    names: Corpus | None = None,
    known: Corpus | None = None,
    profile: str = "draft",
    waivers: Iterable[Waiver] = (),
    as_of: date | None = None,
) -> Mended:
    """Mend what is certain in a copy of a file or folder. The original stays as it is.

    The fixes of the problems and findings ([`Finding.fix`][wsis_model.Finding]) are made, and the
    copy is checked again, until none is left: of two that touch the same place the second is made
    in the next round. So what is mended has nothing left to mend, and a file without faults is
    copied byte by byte. Nothing else in a file changes: in YAML not a comment, in CSV not a quote.
    A workbook is written anew, as [`mark`](../checking.md) does, with a comment in each cell that
    changed.

    Args:
        source: Path of a file or folder, or the bytes of a file.
        format: Name of the format, if the suffix does not give it; needed for bytes.
        name: What to call bytes in messages.
        unknown: As for [`load`][wsis_model.load].
        names: As for [`load`][wsis_model.load].
        known: The records beside which rules look at those of the file; without it the shipped
            catalogue.
        profile: The rules whose findings are mended, too: `"draft"` or `"publish"`.
        waivers: Findings that are accepted, and stay.
        as_of: The day for rules that need one.

    Raises:
        LoadError: The file cannot be opened, or a save to the folder was cut off.
        UnknownFormat: The name gives no format, and none was given.
        MissingExtra: It is a workbook, and the extra `excel` is not installed.

    Examples:
        >>> data = b"roadmaps: [{id: m, titel: Media, owners: [itu], status: Draft}]  # ours"
        >>> mended = mend(data, format="yaml")
        >>> print(mended.data.decode())
        roadmaps: [{id: m, title: Media, owners: [itu], status: draft}]  # ours
        >>> len(mended.changes), mended.left
        (2, ())
    """
    beside = catalogue() if known is None else known

    def checked(part: Partial) -> tuple[Finding, ...]:
        whole, clashes = corpora.join((beside, part.corpus))
        if clashes:
            return tuple(each.finding() for each in clashes)
        both = attrs.evolve(part, corpus=whole)
        report = check(both, profile=profile, waivers=waivers, as_of=as_of)
        found = report.findings[len(part.problems) :]
        return tuple(each for each in found if each.record in part.corpus)

    def also(part: Partial, found: Sequence[Finding]) -> Iterator[Finding]:
        whole, clashes = corpora.join((beside, part.corpus))
        return iter(()) if clashes else _at_all_places(whole, found)

    with tempfile.TemporaryDirectory(prefix="wsis-model-") as folder:
        work = _Work.of(FilePath(folder), source, format, name)

        def read() -> Partial:
            return salvage(work.root, format=format, unknown=unknown, names=names)

        def means(text: str) -> str | None:
            index = (catalogue() if names is None else names).names
            return index.find_or_none(text, Context())

        left = _until_nothing_is_left(work, read, checked, also, means)
        return Mended(
            {each: path.read_bytes() for each, path in work.files.items()},
            work.root.is_dir(),
            tuple(work.changes),
            tuple(map(work.named, left)),
            tuple(map(work.named, (each for each in left if _key(each) in work.refused))),
        )


def _until_nothing_is_left(
    work: _Work,
    read: Callable[[], Partial],
    checked: Callable[[Partial], tuple[Finding, ...]],
    also: Callable[[Partial, Sequence[Finding]], Iterable[Finding]],
    means: Meaning,
) -> tuple[Finding, ...]:
    """Make the fixes round by round, and give what is left. What rules find waits until a file can
    be read as far as that is certain.
    """
    for _ in range(ROUNDS):
        part = read()
        certain = [each for each in part.problems if not _may_be_own(part, each)]
        if work.make(certain, means):
            continue
        found = checked(part)
        known, problems = frozenset(map(_key, found)), len(part.problems)

        def is_sound(known: frozenset[Any] = known, problems: int = problems) -> bool:
            """Whether the rules find nothing that they did not find before."""
            again = read()
            return not again.problems[problems:] and known.issuperset(map(_key, checked(again)))

        fixable = [each for each in found if each.fix is not None]
        if not fixable or not work.make([*fixable, *also(part, fixable)], means, is_sound):
            return (*part.problems, *found)
    part = read()
    return (*part.problems, *checked(part))


def _may_be_own(part: Partial, finding: Finding) -> bool:
    """Whether a text that names nothing in its file may be the name of a record of another file
    that is mended with it.
    """
    text, fix = finding.found, finding.fix
    if finding.code != "wrong-identifier" or fix is None or fix.path[-1:] == ("id",):
        return False
    names = part.corpus.names
    found = names.resolve(str(text))
    near = names.near(str(text)) if len(part.corpus) <= OWN else ()
    return any(each != fix.new for each in (*(found.identifiers if found.known else ()), *near))


def _at_all_places(whole: Corpus, found: Sequence[Finding]) -> Iterator[Finding]:
    """The same findings at the other places that name what is not there: a rule tells the first."""
    fixes = {each.fix.old: each for each in found if each.fix and isinstance(each.fix.old, str)}
    places = [each for each in whole.broken_references() if each.target in fixes]
    told = {(each.record, each.path) for each in found}
    kinds = {each.target: each.kinds for each in places if (each.source, each.path) in told}
    for each in places:
        if (each.source, each.path) not in told and each.kinds == kinds.get(each.target):
            first = fixes[each.target]
            assert first.fix is not None
            yield attrs.evolve(
                first,
                record=each.source,
                path=each.path,
                position=whole.position(each.source, each.path) or Position(""),
                fix=attrs.evolve(first.fix, path=each.path),
            )


def _key(finding: Finding) -> tuple[Any, ...]:
    """What tells a finding apart from round to round: not its line, which may shift."""
    place = finding.position
    cell = (place.sheet, place.cell) if place.cell else (place.heading, place.line)
    where = cell if place.heading else ()
    fix = finding.fix
    return (place.file, finding.code, finding.record, finding.path, where, repr(fix and fix.old))


@attrs.define(eq=False)
class _Work:
    """A copy that is being mended, in a folder of its own."""

    root: FilePath
    """The copy: a file or a folder."""
    files: dict[str, FilePath]
    """The files of it by their names in the original."""
    format: str | None
    """The format that was given."""
    given: str
    """The name of the original."""
    changes: list[Change] = attrs.Factory(list[Change])
    """What was changed so far."""
    refused: set[tuple[Any, ...]] = attrs.Factory(set[tuple[Any, ...]])
    """The findings whose fixes cannot be made."""
    trials: int = TRIALS
    """So often changes that a rule asks for may still turn out to break another."""
    books: dict[FilePath, Workbook] = attrs.Factory(dict[FilePath, Workbook])
    """The workbooks that were changed."""
    shifts: dict[FilePath, list[tuple[_Lines, tuple[Splice, ...]]]] = attrs.Factory(
        dict[FilePath, list[tuple["_Lines", tuple[Splice, ...]]]]
    )
    """The changes of each text, round by round: the lines before, and the changes."""

    @classmethod
    def of(
        cls,
        folder: FilePath,
        source: str | os.PathLike[str] | bytes,
        format: str | None,
        name: str | None,
    ) -> _Work:
        """A copy of a source in a folder."""
        if isinstance(source, bytes):
            given = name or "<data>"
            root = folder / _safe(given, format)
            root.write_bytes(source)
            return cls(root, {given: root}, format, given)
        path = FilePath(source)
        given = name or str(path)
        root = folder / (path.name or "data")
        if not path.is_dir():
            root.write_bytes(read_bytes(path))
            return cls(root, {path.name: root}, format, given)
        root.mkdir(exist_ok=True)
        files: dict[str, FilePath] = {}
        for each in files_of(path):
            inside = each.relative_to(path)
            if SAVING in inside.parts:
                message = "a save to this folder was cut off"
                raise LoadError.of(Position(given), "half-saved", message, "save to it again")
            files[inside.as_posix()] = root / inside
            files[inside.as_posix()].parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(each, root / inside)
        return cls(root, files, format, given)

    def named(self, finding: Finding) -> Finding:
        """A finding of the copy, with the name of the original."""
        file = finding.position.file
        if not file:
            return finding
        inside = FilePath(file)
        if self.root.is_dir() and inside.is_relative_to(self.root):
            file = str(FilePath(self.given, inside.relative_to(self.root)))
        elif inside == self.root:
            file = self.given
        return attrs.evolve(finding, position=attrs.evolve(finding.position, file=file))

    def make(
        self,
        findings: Sequence[Finding],
        means: Meaning,
        is_sound: Callable[[], bool] | None = None,
    ) -> bool:
        """Make the fixes of some findings, and give whether any was made.

        Args:
            findings: The findings, of any file.
            means: What names mean.
            is_sound: Whether the copy is as good as it was, besides; where it is not, the changes
                of a file are taken back, and made one by one.
        """
        by_file: dict[FilePath, list[Finding]] = {}
        for each in findings:
            if each.fix is not None and each.position and _key(each) not in self.refused:
                by_file.setdefault(FilePath(each.position.file), []).append(each)
        # Every file, whatever came of the one before.
        changed = [self._file(*each, means, is_sound) for each in by_file.items()]
        return any(changed)

    def _file(
        self,
        path: FilePath,
        findings: list[Finding],
        means: Meaning,
        is_sound: Callable[[], bool] | None,
    ) -> bool:
        """Make the fixes of some findings in one file."""
        if is_sound is None:
            return self._attempt(path, findings, means)
        before = self._state(path)
        if not self._attempt(path, findings, means):
            return False
        if is_sound():
            return True
        self._restore(path, before)
        self.trials -= 1
        if len(findings) == 1 or self.trials < 0:
            self.refused.update(map(_key, findings))
            return False
        half = len(findings) // 2
        return self._file(path, findings[:half], means, is_sound) or self._file(
            path, findings[half:], means, is_sound
        )

    def _state(self, path: FilePath) -> tuple[bytes, int, int, Workbook | None]:
        shifts, book = self.shifts.get(path, ()), self.books.get(path)
        kept = None if book is None else attrs.evolve(book)
        return path.read_bytes(), len(self.changes), len(shifts), kept

    def _restore(self, path: FilePath, state: tuple[bytes, int, int, Workbook | None]) -> None:
        data, changes, shifts, book = state
        path.write_bytes(data)
        del self.changes[changes:]
        del self.shifts.get(path, [])[shifts:]
        self.books.pop(path, None)
        if book is not None:
            self.books[path] = book

    def _attempt(self, path: FilePath, findings: list[Finding], means: Meaning) -> bool:
        """Make the fixes that the text or the workbook allows."""
        form, compressed = self._form(path)
        if path not in self.files.values() or (form != EXCEL and form not in _DOCUMENTS):
            self.refused.update(map(_key, findings))
            return False
        data = read_bytes(path, compressed=compressed)
        if form == EXCEL:
            data, made, refused = self._in_workbook(path, data, findings)
        else:
            data, made, refused = self._in_text(path, data, form, findings, means)
        self.refused.update(map(_key, refused))
        if made:
            self.changes += map(Change, made)
            path.write_bytes(b"".join(formats.compress((data,))) if compressed else data)
        return bool(made)

    def _form(self, path: FilePath) -> tuple[Format | None, bool]:
        """The format of a file, and whether it is compressed."""
        try:
            if self.format is not None:
                form, compressed = formats.format_of(self.format)
                return form, compressed or path.name.endswith(".gz")
            return formats.format_of(path.name)
        except UnknownFormat:
            return None, False

    def _in_workbook(
        self, path: FilePath, data: bytes, findings: list[Finding]
    ) -> tuple[bytes, list[Finding], list[Finding]]:
        book = self.books.setdefault(path, Workbook.of(data, str(path)))
        notes = (f"{Change(each).text} ({each.code})" for each in findings)
        try:
            made, refused = book.make(findings, notes)
        except LoadError:
            return data, [], findings
        return book.data, [self.named(each) for each in made], refused

    def _in_text(
        self,
        path: FilePath,
        data: bytes,
        form: Format | None,
        findings: list[Finding],
        means: Meaning,
    ) -> tuple[bytes, list[Finding], list[Finding]]:
        text, problems = decode(data, str(path))
        if problems or form is None:
            return data, [], findings
        made = make(_DOCUMENTS[form](text, str(path), means), findings)
        lines = _Lines.of(text)
        done = [self._placed(path, lines, each.finding) for each in made.edits]
        splices = tuple(splice for each in made.edits for splice in each.splices)
        self.shifts.setdefault(path, []).append((lines, splices))
        head = BOM if data.startswith(BOM) else b""
        return head + made.document.text.encode(), done, [*made.refused]

    def _placed(self, path: FilePath, now: _Lines, finding: Finding) -> Finding:
        """A finding with its place in the original, before the rounds so far."""
        place, rounds = finding.position, self.shifts.get(path, [])
        if rounds and place.line is not None and place.column is not None:
            at = now.offset(place.line, place.column)
            for _, splices in reversed(rounds):
                at = back(splices, at)
            line, column = rounds[0][0].place(at)
            place = attrs.evolve(place, line=line, column=column)
        return self.named(attrs.evolve(finding, position=place))


@attrs.frozen(eq=False)
class _Lines:
    """Where the lines of a text begin."""

    starts: Sequence[int]

    @classmethod
    def of(cls, text: str) -> _Lines:
        """The lines of a text, which end as those of YAML do."""
        return cls((0, *(each.end() for each in BREAK.finditer(text))))

    def place(self, at: int) -> tuple[int, int]:
        """The line and column, from 1, of an offset."""
        line = bisect.bisect_right(self.starts, at)
        return line, at - self.starts[line - 1] + 1

    def offset(self, line: int, column: int) -> int:
        """The offset of a line and column."""
        return self.starts[min(line, len(self.starts)) - 1] + column - 1


def _safe(name: str, format: str | None) -> str:
    """The name for a copy of bytes, which tells what they are as *name* does."""
    plain = FilePath(name).name.replace("\0", "")
    return plain if plain and name != "<data>" else f"data.{format or 'yaml'}"


def replacements(findings: Iterable[Finding]) -> dict[Finding, tuple[Replacement, ...]]:
    """What the fixes of findings change in the texts of their files, for tools that show changes
    beside the text. Those of workbooks, and those that cannot be made in place, are left out.

    Args:
        findings: Problems or findings of files that are still there.
    """
    by_file: dict[str, list[Finding]] = {}
    for each in findings:
        if each.fix is not None and each.position:
            by_file.setdefault(each.position.file, []).append(each)
    return dict(found for each in by_file.items() for found in _replacements_in(*each))


def _replacements_in(
    file: str, findings: list[Finding]
) -> Iterator[tuple[Finding, tuple[Replacement, ...]]]:
    try:
        form, compressed = formats.format_of(file)
        data = b"" if compressed or form not in _DOCUMENTS else read_bytes(FilePath(file))
    except (UnknownFormat, LoadError):
        return
    text, problems = decode(data, file)
    if not data or problems:
        return
    document, lines = _DOCUMENTS[form](text, file, lambda _: None), _Lines.of(text)
    while findings:  # those that touch the same place are made one by one
        made = make(document, findings)
        done = {id(each.finding) for each in made.edits} | {*map(id, made.refused)}
        findings = [each for each in findings if id(each) not in done]
        for edit in made.edits:
            yield (
                edit.finding,
                tuple(
                    Replacement(Position(file, *lines.place(start)), lines.place(end), new)
                    for start, end, new in edit.splices
                ),
            )
