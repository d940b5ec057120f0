"""The editor of a YAML file."""

from __future__ import annotations

import contextlib
import difflib
import functools
import os
import re
from collections.abc import Generator, Iterator
from pathlib import Path as FilePath
from types import TracebackType
from typing import Any, NoReturn

import attrs
import yaml

from .. import formats
from .._catalogue import catalogue
from .._collector import paused_collector
from ..corpus import Corpus
from ..errors import (
    DuplicateIdentifier,
    EditError,
    Finding,
    LoadError,
    Position,
    UnknownIdentifier,
    bounded,
    excerpt,
)
from ..formats import NameIndexProvider, Unknown
from ..formats._files import opened, write_whole
from ..formats._problems import nearest_field
from ..formats._text import decode, line_and_column
from ..formats.yaml import parse
from ..model import Record
from ..positions import Path, path_text
from .text import (
    Entry,
    NotInPlace,
    SharedValue,
    Source,
    Splice,
    inserting,
    is_single,
    replacing,
    taking_out,
)
from .values import (
    BOTH,
    DICT,
    FILE,
    FREE,
    LIST,
    VALUE,
    FieldPath,
    Slot,
    as_read,
    changed,
    plain,
    same,
    steps_of,
)

__all__ = ["Editor"]

BOM = b"\xef\xbb\xbf"

NOT_ALLOWED = "the file is written in a way that does not allow the change"

BY_HAND = "make it by hand"


@attrs.frozen
class _State:
    """A text with its content, the content after the change, and the splices still to be made."""

    source: Source
    content: Any
    """The content of the text."""
    tree: Any
    """The content that it should have."""
    splices: tuple[Splice, ...] = ()

    @property
    def text(self) -> str:
        parts: list[str] = []
        at = 0
        for start, end, new in sorted(self.splices):
            parts += (self.source.text[at:start], new)
            at = end
        return "".join((*parts, self.source.text[at:]))


class Editor:
    r"""A YAML file that is being changed. All other bytes stay the same.

    After a `with` block it is written, if nothing failed and anything changed. Records are named by
    their identifiers (`None` is the file itself), values in them by the path of a field:
    `"status"`, `"due.date"`, `"milestones[0].status"` or `("milestones", 0, "status")`.

    Examples:
        >>> import tempfile, pathlib
        >>> path = pathlib.Path(tempfile.mkdtemp()) / "map.yaml"
        >>> _ = path.write_text("roadmaps:\n  - {id: m, title: Media, owners: [itu]}  # ours\n")
        >>> with Editor(path) as file:
        ...     file.set("m", "status", "draft")
        ...     file.append("m", "owners", "unesco")
        >>> print(path.read_text().splitlines()[1])
          - {id: m, title: Media, owners: [itu, unesco], status: draft}  # ours
    """

    path: FilePath
    """The file."""

    def __init__(
        self,
        path: str | os.PathLike[str],
        *,
        unknown: Unknown = "forbid",
        names: Corpus | None = None,
    ) -> None:
        self.path = FilePath(path)
        self._unknown: Unknown = unknown
        self._names: NameIndexProvider = lambda: (catalogue() if names is None else names).names
        if self.path.name.lower().endswith(".gz"):
            message = "a compressed file cannot be changed in place"
            raise EditError(
                Finding("compressed", message, Position(str(self.path)), hint="expand it first")
            )
        with paused_collector():
            self._open(self._on_disk())

    def _on_disk(self) -> bytes:
        with opened(self.path) as stream:
            return stream.read()

    def _open(self, data: bytes) -> None:
        name = str(self.path)
        text, problems = decode(data, name)
        tree: Any = None
        if not problems:
            tree, _, problems = parse(data, name)
        if not problems and (not isinstance(tree, DICT) or not tree):
            hint = "list records under 'documents', 'roadmaps' ..."
            problems = [
                Finding("empty", "the file holds no records", Position(name, 1, 1), hint=hint)
            ]
        if problems:
            raise LoadError(tuple(problems))
        self._data = data
        self._state = _State(Source.of(text), tree, tree)
        self._index: dict[str, list[tuple[Path, type[Record]]]] | None = None
        self._result: bytes | None = data
        self._last_path: Path = ()

    def _refuse(
        self,
        code: str,
        message: str,
        path: Path,
        hint: str = "",
        field: Path | None = None,
        near: str = "",
    ) -> NoReturn:
        node: Any = self._state.source.root
        for step in path:
            entry = self._state.source.entry(node, step)
            if entry is None:
                break
            node = entry.node
        place = line_and_column(self._state.source.text, node.start_mark.index)
        position = Position(str(self.path), *place)
        steps = path if field is None else field
        meant = (near,) if near else ()
        raise EditError(Finding(code, message, position, steps, hint, meant=meant)) from None

    # Reading.

    def get(self, record: str | None, field: FieldPath = (), default: Any = None) -> Any:
        """The value of a field, as plain data in which numbers and dates are text, as in the file.

        Args:
            record: Identifier of the record; None for the file itself.
            field: Path of the field below it; without it, the whole record.
            default: The value to give if there is none.

        Raises:
            UnknownIdentifier: The file has no such record; with the near misses.
            EditError: No record has such a field.
        """
        path, _, missing = self._reach(record, field)
        return default if missing else self._at(path)

    def __getitem__(self, field: FieldPath) -> Any:
        """The value at a path from the top of the file, e.g. `file["wsis_model"]`.

        Raises:
            UnknownIdentifier: There is no value.
            EditError: No record has such a field.
        """
        path, _, missing = self._reach(None, field)
        if missing:
            raise UnknownIdentifier(bounded(path_text((*path, *missing))))
        return self._at(path)

    # Changing.

    def set(self, record: str | None, field: FieldPath, value: Any) -> None:
        """Set the value of a field. Mappings on the path are made if needed.

        A mapping or list is changed only where it differs, so that comments in the rest stay.

        Args:
            record: Identifier of the record; None for the file itself.
            field: Path of the field below it; `()` for the whole record.
            value: Plain data, dates, Decimals, members of Enums, records, or lists and mappings of
                them.

        Raises:
            UnknownIdentifier: The file has no such record; with the near misses.
            EditError: No record has such a field, or the change cannot be made in place.
            TypeError: A file cannot hold the value.
        """
        path, slot, missing = self._reach(record, field)
        data = plain(value)
        with self._all_or_nothing(path):
            if missing:
                self._add(path, slot, missing, data)
            else:
                self._change(path, slot, data, of_record=isinstance(value, Record))

    def append(self, record: str | None, field: FieldPath, value: Any) -> None:
        """Add an item at the end of a list, which is made if needed.

        Args:
            record: Identifier of the record; None for the file itself.
            field: Path of the list below it, e.g. `"observations"`.
            value: As for `set`.

        Raises:
            UnknownIdentifier: The file has no such record; with the near misses.
            EditError: No record has such a field, it takes no list, or the change cannot be made in
                place.
            TypeError: A file cannot hold the value.
        """
        path, slot, missing = self._reach(record, field)
        data = plain(value)
        with self._all_or_nothing(path):
            if missing:
                self._add(path, slot, missing, [data], as_list=True)
                return
            there = self._at(path)
            if not slot.takes_items or not (there is None or isinstance(there, LIST)):
                self._refuse("wrong-shape", "no list stands there that takes items", path)
            if there:
                self._insert(path, slot, len(there), None, data)
            else:
                self._replace(path, slot, [data])

    def remove(self, record: str | None, field: FieldPath = ()) -> None:
        """Remove a field of a record, an item of a list, or the record itself, with the comments in
        it.

        Comments above it stay, and a list that becomes empty stays as `[]`.

        Args:
            record: Identifier of the record; None for the file itself.
            field: Path of the value to remove; without it, the whole record.

        Raises:
            UnknownIdentifier: The file has no such record; with the near misses.
            EditError: There is no value, or it cannot be removed in place.
        """
        path, _, missing = self._reach(record, field)
        if missing:
            steps = steps_of(field)
            self._refuse(
                "not-there", f"{bounded(path_text(steps))} is not there", path, field=steps
            )
        if not path:
            self._refuse("not-there", "the file itself cannot be taken out of it", path)
        with self._all_or_nothing(path):
            self._take_out(path)

    # Finding the way.

    def _at(self, path: Path) -> Any:
        here = self._state.tree
        for step in path:
            here = here[step]
        return here

    def _record(self, identifier: str | None) -> tuple[Path, Slot]:
        if identifier is None:
            return (), FILE
        if self._index is None:
            self._index = {}
            for name, path, kind in _records(self._state.tree, (), FILE):
                self._index.setdefault(name, []).append((path, kind))
        found = self._index.get(identifier, [])
        if not found:
            near = difflib.get_close_matches(identifier[:200], self._index, n=3, cutoff=0.7)
            raise UnknownIdentifier(identifier, tuple(near))
        if len(found) > 1:
            first, second = (kind.__name__.lower() for _, kind in found[:2])
            raise DuplicateIdentifier(identifier, (first, second))
        return found[0][0], Slot("record", found[0][1])

    def _reach(self, record: str | None, field: FieldPath) -> tuple[Path, Slot, Path]:
        """The path of the value, or of the last one that exists on it; the slot there; the steps
        that are missing.
        """
        path, slot = self._record(record)
        steps = steps_of(field)
        here = self._at(path)
        for index, step in enumerate(steps):
            if isinstance(here, LIST) and isinstance(step, str) and re.fullmatch("-?[0-9]+", step):
                step = int(step)
            below = self._below(slot, step, path, steps)
            key = slot.key(step) if isinstance(step, str) else step
            if isinstance(here, LIST) and isinstance(key, int):
                if not -len(here) <= key < len(here):
                    return path, slot, steps[index:]
                key %= len(here)
            elif not isinstance(here, DICT) or key not in here:
                return path, slot, steps[index:]
            path, slot, here = (*path, key), below, here[key]
        return path, slot, ()

    def _below(self, slot: Slot, step: str | int, path: Path, steps: Path) -> Slot:
        """The slot one step below."""
        if slot.what == "free":
            return slot
        if isinstance(step, int) and slot.what in ("values", "records"):
            return Slot("record", slot.record) if slot.what == "records" else VALUE
        if isinstance(step, str) and slot.what == "translations":
            return VALUE
        if isinstance(step, str) and slot.record is not None and slot.what == "record":
            fields = slot.fields
            key = slot.key(step)
            if key in fields:
                return Slot.of(fields[key])
            if self._unknown == "keep":
                return FREE
            near = nearest_field(step, fields)
            kind = slot.record.__name__
            hint = f"did you mean {near!r}?" if near else f"{kind} has {', '.join(fields)}"
            message = f"{excerpt(step)} is not a field of {kind}"
            self._refuse("unknown-field", message, path, hint, field=steps, near=near)
        belongs = {"values": "a list", "records": "a list", "record": "a mapping"}.get(
            slot.what, "a single value"
        )
        message = f"{excerpt(step)} leads nowhere: {belongs} belongs there"
        return self._refuse("wrong-shape", message, path, field=steps)

    # What changes.

    @contextlib.contextmanager
    def _all_or_nothing(self, path: Path) -> Generator[None]:
        """Make all of a change, or nothing of it."""
        before, index, result = self._state, self._index, self._result
        try:
            yield
        except (EditError, NotInPlace) as error:
            self._state, self._index, self._result = before, index, result
            if isinstance(error, NotInPlace):
                self._refuse("not-in-place", NOT_ALLOWED, path, BY_HAND)
            raise

    def _add(
        self, path: Path, slot: Slot, missing: Path, data: Any, *, as_list: bool = False
    ) -> None:
        """Add a value that does not exist yet below *path*, with the mappings around it."""
        keys: list[str] = []
        below = slot
        here = self._at(path)
        for step in missing:
            if isinstance(step, int) or not (here is None or isinstance(here, DICT)):
                number = isinstance(step, int)
                message = f"there is no item {step}" if number else f"{excerpt(step)} is not there"
                if number and isinstance(here, LIST):
                    message = f"{step} is not there"
                self._refuse(
                    "not-there",
                    message,
                    path,
                    "add items with append" if number else "",
                    field=missing,
                )
            keys.append(below.key(step))
            below = self._below(below, step, path, missing)
            here = None
        if as_list and not below.takes_items:
            self._refuse(
                "wrong-shape", "no list stands there that takes items", path, field=missing
            )
        for key in reversed(keys[1:]):
            data = {key: data}
        if self._at(path) is None:
            self._replace(path, slot, {keys[0]: data})
        else:
            order = list(slot.fields)
            keys_there = list(self._at(path))
            index = len(keys_there)
            if keys[0] in order:
                earlier = set(order[: order.index(keys[0])])
                index = max(
                    (i + 1 for i, each in enumerate(keys_there) if each in earlier), default=0
                )
            self._insert(path, slot, index, keys[0], data)

    def _change(self, path: Path, slot: Slot, data: Any, *, of_record: bool = False) -> None:
        """Change a value into another, only where they differ."""
        old = self._at(path)
        if same(old, as_read(data, typed=slot.typed)):
            return
        if (
            isinstance(old, DICT)
            and isinstance(data, DICT)
            and old.get("id") == data.get("id", old.get("id"))
        ):
            for key in [each for each in old if each not in data]:
                if not (of_record and _is_default(slot, key, old[key])):
                    self._take_out((*path, key))
            for key, value in data.items():
                below = self._below(slot, key, path, (*path, key))
                if key in old:
                    self._change((*path, key), below, value)
                else:
                    self._add(path, slot, (key,), value)
        elif old and data and isinstance(old, LIST) and isinstance(data, LIST):
            self._put_list(path, slot, old, data)
        elif (
            slot.what == "translations"
            and isinstance(old, DICT)
            and set(old) == {"en"}
            and isinstance(data, str)
        ):
            self._change((*path, "en"), VALUE, data)
        else:
            self._replace(path, slot, data)

    def _put_list(self, path: Path, slot: Slot, old: list[Any], new: list[Any]) -> None:
        item = self._below(slot, 0, path, path)
        wanted = [as_read(each, typed=slot.typed) for each in new]
        head = tail = 0
        least = min(len(old), len(new))
        while head < least and same(old[head], wanted[head]):
            head += 1
        while tail < least - head and same(old[-1 - tail], wanted[-1 - tail]):
            tail += 1
        changed = least - head - tail
        for index in range(head, head + changed):
            self._change((*path, index), item, new[index])
        for index in reversed(range(head + changed, len(old) - tail)):
            self._take_out((*path, index))
        for index in range(head + changed, len(new) - tail):
            self._insert(path, slot, index, None, new[index])

    # In the text.

    def _entry_at(self, path: Path) -> tuple[Any, Entry | None]:
        """The entry at *path*, after the mapping or list with it; refused if aliases repeat it."""
        try:
            return self._state.source.reach(path)
        except SharedValue as error:
            self._refuse_shared(error.at, path)

    def _refuse_shared(self, at: Path, path: Path) -> NoReturn:
        message = "the value stands in several places, by an alias, and would change in all of them"
        self._refuse("shared", message, at, "write it out in each place first", field=path)

    def _refuse_if_shared(self, entry: Entry, path: Path) -> None:
        """Refuse to remove a value with shared parts; an alias itself may be removed."""
        try:
            self._state.source.refuse_shared(entry, path)
        except SharedValue:
            self._refuse_shared(path, path)

    def _apply_splices(self) -> None:
        """Apply the splices to the text, so that positions are right again."""
        if self._state.splices:
            self._set_text(self._state.text, self._state.tree)

    def _set_text(self, text: str, tree: Any) -> None:
        try:
            self._state = _State(Source.of(text), tree, tree)
        except yaml.YAMLError:
            raise NotInPlace from None
        self._index = self._result = None

    def _splice(self, path: Path, tree: Any, *splices: Splice) -> None:
        newline = self._state.source.newline
        made = tuple((start, end, new.replace("\n", newline)) for start, end, new in splices)
        self._last_path = path
        self._set_text(attrs.evolve(self._state, splices=made).text, tree)

    def _replace(self, path: Path, slot: Slot, data: Any) -> None:
        """Replace a value."""
        if not path:
            self._refuse("wrong-shape", "a file is a mapping", path)
        read = as_read(data, typed=slot.typed)

        def change(holder: Any) -> None:
            holder[path[-1]] = read

        tree = changed(self._state.tree, path[:-1], change)
        inside, entry = self._entry_at(path)
        assert entry is not None
        self._refuse_if_shared(entry, path)
        single = is_single(entry) and not isinstance(data, BOTH)
        if not single or path[-1] == "id":
            self._apply_splices()
            inside, entry = self._entry_at(path)
            assert entry is not None
            self._splice(
                path, tree, replacing(self._state.source, inside, entry, data, typed=slot.typed)
            )
            return
        start, end, new = replacing(self._state.source, inside, entry, data, typed=slot.typed)
        others = tuple(each for each in self._state.splices if each[:2] != (start, end))
        was = functools.reduce(lambda here, step: here[step], path, self._state.content)
        new = new.replace("\n", self._state.source.newline)
        mine = () if same(was, read) else ((start, end, new),)
        self._state = attrs.evolve(self._state, tree=tree, splices=(*others, *mine))
        self._last_path, self._result = path, None

    def _insert(self, path: Path, slot: Slot, index: int, key: str | None, data: Any) -> None:
        """Insert an item, or a key with its value, before the one at *index*."""
        self._apply_splices()
        if not self._at(path):
            self._replace(path, slot, [data] if key is None else {key: data})
            return
        typed = slot.typed or key == "extensions"
        read = as_read(data, typed=typed)

        def change(holder: Any) -> None:
            if key is None:
                holder.insert(index, read)
                return
            entries = list(holder.items())
            holder.clear()
            holder.update([*entries[:index], (key, read), *entries[index:]])

        tree = changed(self._state.tree, path, change)
        _, entry = self._entry_at(path)
        if entry is not None and entry.alias:
            self._refuse_shared(path, path)
        node = self._state.source.root if entry is None else entry.node
        splices = inserting(self._state.source, node, index, key, data, typed=typed)
        self._splice((*path, index if key is None else key), tree, *splices)

    def _take_out(self, path: Path) -> None:
        """Remove a value."""
        self._apply_splices()

        def change(holder: Any) -> None:
            del holder[path[-1]]

        tree = changed(self._state.tree, path[:-1], change)
        try:
            splice = taking_out(self._state.source, path)
        except SharedValue as error:
            self._refuse_shared(error.at, path)
        self._splice(path[:-1], tree, splice)

    # Writing.

    @property
    def data(self) -> bytes:
        """The file as it would be written.

        Raises:
            LoadError: The file would have problems, given with their positions in the new text.
            EditError: The change cannot be made in place.
        """
        if self._result is None:
            with paused_collector():
                self._result = self._checked()
        return self._result

    @property
    def text(self) -> str:
        """The text as it would be written, without a byte order mark. Raises as `data` does."""
        return decode(self.data, str(self.path))[0]

    def _checked(self) -> bytes:
        name = str(self.path)
        data = (BOM if self._data.startswith(BOM) else b"") + self._state.text.encode()
        if data == self._data:
            return data
        parsed = formats.parse(data, name, formats.YAML, self._unknown)
        if parsed.problems or not same(parsed.tree, self._state.tree):
            self._refuse("not-in-place", NOT_ALLOWED, self._last_path, BY_HAND)
        formats.build(parsed, self._names).complete()
        return data

    def write(self) -> None:
        """Write the file if anything changed. It is replaced completely or not at all; its
        permissions stay.

        Raises:
            LoadError: The file would have problems, given with their positions in the new text.
            EditError: The change cannot be made in place, or somebody else has changed the file
                since it was read.
            OSError: The file cannot be written.
        """
        data = self.data
        if data == self._data:
            return
        if self._on_disk() != self._data:
            message = "the file has been changed by somebody else since it was read"
            self._refuse("changed", message, (), "read it again and repeat the change")
        write_whole(self.path, (data,))
        with paused_collector():
            self._open(data)

    def __enter__(self) -> Editor:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        if kind is None:
            self.write()


def _is_default(slot: Slot, key: str, value: Any) -> bool:
    """Whether a field has its default value."""
    field = slot.fields.get(key)
    if field is None or slot.record is None:
        return False
    info = slot.record.model_fields[field.name]
    default = plain(info.get_default(call_default_factory=True))
    return not info.is_required() and same(value, as_read(default, typed=False))


def _records(tree: Any, path: Path, slot: Slot) -> Iterator[tuple[str, Path, type[Record]]]:
    """The records in plain data, with their identifiers and paths."""
    queue: list[tuple[Any, Path, Slot]] = [(tree, path, slot)]
    while queue:
        node, at, belongs = queue.pop()
        if belongs.what == "records" and isinstance(node, LIST):
            item = Slot("record", belongs.record)
            queue += ((each, (*at, index), item) for index, each in enumerate(node))
        elif belongs.what == "record" and belongs.record and isinstance(node, DICT):
            identifier = node.get("id")
            if "id" in belongs.fields and isinstance(identifier, str):
                yield identifier, at, belongs.record
            for key, field in belongs.fields.items():
                if field.record is not None and key in node:
                    queue.append((node[key], (*at, key), Slot.of(field)))
