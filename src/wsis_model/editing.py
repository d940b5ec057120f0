"""Changes to a YAML file that leave the rest of it as its author wrote it."""

from __future__ import annotations

import difflib
import os
import re
from collections.abc import Iterator, Sequence
from pathlib import Path as FilePath
from types import TracebackType
from typing import Any, Literal, NoReturn

import attrs

from ._catalogue import catalogue
from .errors import (
    DuplicateIdentifier,
    EditError,
    LoadError,
    Position,
    Problem,
    UnknownIdentifier,
    excerpt,
)
from .formats import Names, Unknown, paused_collector, read_tree
from .formats._files import opened, write_whole
from .formats._problems import field_text, nearest_field
from .formats._text import decode, line_and_column
from .formats._yaml_nodes import Entry, Node, Source, compose, fields_of, fresh, plain, same, within
from .formats._yaml_splices import rewritten
from .formats.yaml import parse
from .model import File, Record
from .model._shape import Field
from .positions import Path

__all__ = ["Editor", "edit"]

BOM = b"\xef\xbb\xbf"
FieldPath = str | int | Sequence[str | int]
"""A field below a record: `"status"`, `"due.year"`, `"milestones[0].status"`, or its steps, `("milestones", 0, "status")`."""
_STEP = re.compile(r"\.?([^.\[\]]+)|\[(-?[0-9]+)\]")


@attrs.frozen
class _Shape:
    """What belongs at a place of a file."""

    what: Literal["value", "values", "record", "records", "translations", "free"]
    record: type[Record] | None = None
    typed: bool = False
    """Whether it is below `extensions`."""

    def item(self) -> _Shape:
        """What belongs in a list of this shape."""
        if self.what == "records":
            return _Shape("record", self.record)
        return self if self.what == "free" else _VALUE

    @classmethod
    def of(cls, field: Field) -> _Shape:
        return _EXTENSIONS if field.what == "extensions" else cls(field.what, field.record)


_VALUE = _Shape("value")
_FREE = _Shape("free")
_EXTENSIONS = _Shape("free", typed=True)
_FILE = _Shape("record", File)


@attrs.frozen(eq=False)
class _Held:
    """A value, what it stands in, and what belongs there."""

    entry: Entry
    inside: Node | None
    shape: _Shape
    borrowed: bool = False
    """Whether it comes through a merge key (`<<`) and stands elsewhere: it can be read, and not be changed from here."""


def _steps(path: FieldPath) -> Path:
    if isinstance(path, int):
        return (path,)
    if not isinstance(path, str):
        return tuple(path)
    found = [(int(index) if index else name) for name, index in _STEP.findall(path)]
    if "".join(match[0] for match in _STEP.finditer(path)) != path:
        msg = f"{excerpt(path)} is not the path of a field; write for example 'due.year', or its steps: ('milestones', 0, 'status')"
        raise ValueError(msg)
    return tuple(found)


class _Shipped:
    """What things are called in the shipped catalogue, which is read when something is asked."""

    def meant(self, text: str, kinds: tuple[str, ...] = ()) -> str | None:
        return catalogue().meant(text, kinds)

    def near(self, identifier: str, count: int = 3, kinds: tuple[str, ...] = ()) -> tuple[str, ...]:
        return catalogue().near(identifier, count, kinds)


class Editor:
    r"""A YAML file that is being changed. What no change concerns stays as it is, byte for byte.

    Used with `with`, it is written on leaving the block, if nothing failed and anything changed. Records are named by their
    identifiers (`None` is the file itself), what is in them by the path of a field: `"status"`, `"due.year"`,
    `"milestones[0].status"` or `("milestones", 0, "status")`.

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
        names: Names | None = None,
    ) -> None:
        self.path = FilePath(path)
        self._unknown: Unknown = unknown
        self._names: Names = _Shipped() if names is None else names
        if self.path.name.lower().endswith(".gz"):
            raise EditError(
                self._problem(
                    "compressed", "a compressed file cannot be changed in place", "expand it first"
                )
            )
        with paused_collector():
            self._open(self._on_disk())

    def _on_disk(self) -> bytes:
        with opened(self.path) as stream:
            return stream.read()

    def _open(self, data: bytes) -> None:
        text, problems = decode(data, str(self.path))
        if problems:
            raise LoadError(tuple(problems))
        tree, _, problems = parse(data, str(self.path))
        if problems:
            raise LoadError(tuple(problems))
        if not isinstance(tree, dict) or not tree:
            hint = "list records under 'documents', 'roadmaps' ..."
            raise LoadError(
                (
                    Problem(
                        "empty",
                        "the file holds no records",
                        Position(str(self.path), 1, 1),
                        hint=hint,
                    ),
                )
            )
        self._data = data
        self._source = Source.of(text)
        self._root = compose(data, self._source)
        if not same(plain(self._root), tree):
            raise EditError(
                self._problem(
                    "not-in-place", "the file is written in a way that cannot be followed"
                )
            )
        self._top = _Held(Entry(None, self._root, self._root), None, _FILE)
        self._index: dict[str, list[_Held]] | None = None
        self._result: bytes | None = data

    def _problem(
        self, code: str, message: str, hint: str = "", node: Node | None = None, path: Path = ()
    ) -> Problem:
        place = Position(str(self.path))
        if node is not None and node.outer >= 0:
            place = Position(str(self.path), *line_and_column(self._source.text, node.outer))
        return Problem(code, message, place, field_text(path), hint)

    # Reading.

    def get(self, record: str | None, field: FieldPath = (), default: Any = None) -> Any:
        """What stands in a field of a record, as plain data in which numbers and dates are text, as the file has them.

        Args:
            record: Identifier of the record; None for the file itself.
            field: Path of the field below it; without it, the whole record.
            default: What to give where nothing stands there.

        Raises:
            UnknownIdentifier: The file has no such record; with the near misses.
            EditError: No record has such a field.
        """
        held, _, missing = self._reach(record, field)
        return default if missing else plain(held.entry.node)

    def __getitem__(self, field: FieldPath) -> Any:
        """What stands at a path from the top of the file, e.g. `file["wsis_model"]`.

        Raises:
            UnknownIdentifier: Nothing stands there.
            EditError: No record has such a field.
        """
        held, steps, missing = self._reach(None, field)
        if missing:
            raise UnknownIdentifier(field_text(steps))
        return plain(held.entry.node)

    # Changing.

    def set(self, record: str | None, field: FieldPath, value: Any) -> None:
        """Let a field of a record have a value. What it has already is not touched; what stands on the way is made.

        A mapping or list is changed where it differs, so that comments on the rest of it stay.

        Args:
            record: Identifier of the record; None for the file itself.
            field: Path of the field below it; `()` for the whole record.
            value: Plain data, dates, Decimals, members of Enums, records, or lists and mappings of them.

        Raises:
            UnknownIdentifier: The file has no such record; with the near misses.
            EditError: No record has such a field, or an alias elsewhere repeats what would change.
            TypeError: The value is nothing that a file holds.
        """
        held, steps, missing = self._reach(record, field)
        if missing:
            self._add(held, missing, value)
            return
        key = next((step for step in reversed(steps) if isinstance(step, str)), None)
        new = fresh(value, held.inside, typed=held.shape.typed and key != "extensions", key=key)
        before = [
            (node, [(each, each.node, each.gone) for each in node.entries])
            for node in within(held.entry.node)
        ]
        try:
            self._put(held, new)
        except EditError as error:  # all of it is changed, or nothing
            for node, entries in before:
                node.entries = [
                    attrs.evolve(each, node=was, gone=gone) for each, was, gone in entries
                ]
            self._index = None
            raise EditError(attrs.evolve(error.problem, field=field_text(steps))) from None

    def append(self, record: str | None, field: FieldPath, value: Any) -> None:
        """Add an item at the end of a list, which is made if it is not there.

        Args:
            record: Identifier of the record; None for the file itself.
            field: Path of the list below it, e.g. `"observations"`.
            value: As for `set`.

        Raises:
            UnknownIdentifier: The file has no such record; with the near misses.
            EditError: No record has such a field, it takes no list, or an alias elsewhere repeats what would change.
            TypeError: The value is nothing that a file holds.
        """
        held, steps, missing = self._reach(record, field)
        if missing:
            self._add(held, missing, [value], many=True)
            return
        node = held.entry.node
        if held.borrowed or node.target is not None:
            self._refuse_shared(node, steps)
        if held.shape.what not in ("values", "records", "free") or (
            node.kind != "list" and plain(node) is not None
        ):
            raise EditError(
                self._problem(
                    "wrong-shape", "no list stands there that takes items", "", node, steps
                )
            )
        item = fresh(value, node, typed=held.shape.typed)
        if node.kind != "list":
            made = Node("list", inside=held.inside, entries=[Entry(None, item)])
            item.inside = made
            self._replace(held, made)
        else:
            self._changeable(node, steps)
            self._insert(node, len(node.entries), Entry(None, item), held.shape.item())

    def remove(self, record: str | None, field: FieldPath = ()) -> None:
        """Take out a field of a record, an item of a list, or the record itself, with the comments inside it.

        Comments above it stay, and a list that is left empty stays as `[]`.

        Args:
            record: Identifier of the record; None for the file itself.
            field: Path of what to take out below it; without it, the whole record.

        Raises:
            UnknownIdentifier: The file has no such record; with the near misses.
            EditError: Nothing stands there, or an alias elsewhere repeats it.
        """
        held, steps, missing = self._reach(record, field)
        if missing:
            raise EditError(
                self._problem(
                    "not-there", f"{field_text(steps)} is not there", "", held.entry.node, steps
                )
            )
        self._drop(held, steps)

    # Finding the way.

    def _record(self, identifier: str | None) -> _Held:
        if identifier is None:
            return self._top
        if self._index is None:
            self._index = {}
            self._learn(self._top)
        found = self._index.get(identifier, ())
        if not found:
            raise UnknownIdentifier(
                identifier,
                tuple(difflib.get_close_matches(identifier[:200], self._index, n=3, cutoff=0.7)),
            )
        if len(found) > 1:
            kinds = [
                each.shape.record.__name__.lower()
                for each in found[:2]
                if each.shape.record is not None
            ]
            raise DuplicateIdentifier(identifier, (kinds[0], kinds[1]))
        return found[0]

    def _reach(self, record: str | None, field: FieldPath) -> tuple[_Held, Path, Path]:
        """What stands at a path below a record, or the last thing on the way to it; the path; and what of it is missing."""
        held, steps = self._record(record), _steps(field)
        for index, step in enumerate(steps):
            below = self._below(held, step, steps)
            if below is None:
                return held, steps, steps[index:]
            held = below
        return held, steps, ()

    def _below(self, held: _Held, step: str | int, path: Path) -> _Held | None:
        """What stands one step below; None where nothing does."""
        node = held.entry.node
        if node.target is not None:
            held, node = attrs.evolve(held, entry=Entry(None, node.target)), node.target
        if node.kind == "list" and isinstance(step, str) and re.fullmatch("-?[0-9]+", step):
            step = int(step)
        shape = self._shape_below(held, step, path)
        if isinstance(step, int):
            live = node.live() if node.kind == "list" else []
            return (
                _Held(live[step], node, shape, held.borrowed)
                if -len(live) <= step < len(live)
                else None
            )
        if node.kind != "map":
            return None
        key = self._key(held.shape, step)
        entry = node.own(key)
        if entry is None and node.merging and key in (merged := plain(node)):
            return _Held(
                Entry(key, fresh(merged[key], node, typed=shape.typed, key=key)),
                node,
                shape,
                borrowed=True,
            )
        return None if entry is None else _Held(entry, node, shape, held.borrowed)

    @staticmethod
    def _key(shape: _Shape, step: str) -> str:
        """The name in files of a field, which is also known by its name in Python (`with_`)."""
        if shape.record is None or shape.what != "record" or step in fields_of(shape.record):
            return step
        return next(
            (field.key for field in fields_of(shape.record).values() if field.name == step), step
        )

    def _shape_below(self, held: _Held, step: str | int, path: Path) -> _Shape:
        shape, node = held.shape, held.entry.node
        if shape.what == "free":
            return shape
        if isinstance(step, int) and shape.what in ("values", "records"):
            return shape.item()
        if isinstance(step, str) and shape.what == "translations":
            return _VALUE
        if isinstance(step, str) and shape.what == "record" and shape.record is not None:
            fields = fields_of(shape.record)
            key = self._key(shape, step)
            if key in fields:
                return _Shape.of(fields[key])
            if self._unknown == "keep":
                return _FREE
            meant = nearest_field(step, fields)
            hint = (
                f"did you mean {meant!r}?"
                if meant
                else f"{shape.record.__name__} has {', '.join(fields)}"
            )
            message = f"{excerpt(step)} is not a field of {shape.record.__name__}"
            raise EditError(self._problem("unknown-field", message, hint, node, path))
        what = {"values": "a list", "records": "a list", "record": "a mapping"}.get(
            shape.what, "a single value"
        )
        raise EditError(
            self._problem(
                "wrong-shape",
                f"{excerpt(step)} leads nowhere: {what} belongs there",
                "",
                node,
                path,
            )
        )

    # What changes.

    def _changeable(self, node: Node | None, path: Path) -> None:
        """Refuse what stands in something that an alias repeats."""
        while node is not None:
            if node.target is not None or any(node.repeats()):
                self._refuse_shared(node, path)
            node = node.inside

    def _free(self, node: Node, path: Path) -> None:
        """Refuse to take out what an alias outside it repeats."""
        if node.outer < 0:
            return
        for each in within(node):
            for alias in each.repeats():
                if not node.outer <= alias.outer < node.end:
                    self._refuse_shared(each, path)

    def _refuse_shared(self, node: Node, path: Path) -> NoReturn:
        alias = next(node.repeats(), node)
        where = (
            f" on line {line_and_column(self._source.text, alias.outer)[0]}"
            if alias.outer >= 0
            else ""
        )
        message = f"the value stands in several places, by an alias{where}, and would change in all of them"
        raise EditError(
            self._problem("shared", message, "write it out in each place first", node, path)
        )

    def _add(self, held: _Held, steps: Path, value: Any, *, many: bool = False) -> None:
        """Let what is not there yet stand below *held*, with what it takes on the way."""
        node, shape = held.entry.node, held.shape
        first = steps[0]
        if held.borrowed or node.target is not None:
            self._refuse_shared(node, steps)
        if node.kind != "map" and not (node.kind == "scalar" and node.value is None):
            raise EditError(
                self._problem("not-there", f"{excerpt(first)} is not there", "", node, steps)
            )
        if isinstance(first, int):
            raise EditError(
                self._problem(
                    "not-there", f"there is no item {first}", "add items with append", node, steps
                )
            )
        shapes = [self._shape_below(held, first, steps)]
        for step in steps[1:]:
            shapes.append(self._shape_below(_Held(held.entry, None, shapes[-1]), step, steps))
            if isinstance(step, int):
                raise EditError(
                    self._problem(
                        "not-there",
                        f"there is no item {step}",
                        "add items with append",
                        node,
                        steps,
                    )
                )
        if many and shapes[-1].what not in ("values", "records", "free"):
            raise EditError(
                self._problem(
                    "wrong-shape", "no list stands there that takes items", "", node, steps
                )
            )
        keys = [
            self._key(above, str(step))
            for above, step in zip([shape, *shapes], steps, strict=False)
        ]
        whole = value
        for key in reversed(keys[1:]):
            whole = {key: whole}
        entry = Entry(keys[0], fresh(whole, node, typed=shape.typed, key=keys[0]))
        if node.kind == "map":
            self._changeable(node, steps)
            self._insert_field(node, entry, shape, shapes[0])
        else:
            made = Node("map", inside=held.inside, entries=[entry])
            entry.node.inside = made
            self._replace(held, made)

    def _insert_field(self, node: Node, entry: Entry, shape: _Shape, below: _Shape) -> None:
        """Put a new key in its place: where a removed one stood, else behind the last that precedes it in the record."""
        before = next((each for each in node.entries if each.key == entry.key and each.gone), None)
        if before is not None:
            before.gone, self._result = False, None
            held = _Held(before, node, below)
            self._learn(held)
            self._put(held, entry.node)
            return
        index = len(node.entries)
        order = (
            list(fields_of(shape.record))
            if shape.record is not None and shape.what == "record"
            else []
        )
        if entry.key in order:
            earlier = set(order[: order.index(entry.key)])
            index = max(
                (i + 1 for i, each in enumerate(node.entries) if each.key in earlier), default=0
            )
        self._insert(node, index, entry, below)

    def _insert(self, node: Node, index: int, entry: Entry, shape: _Shape) -> None:
        node.entries.insert(index, entry)
        entry.node.inside = node
        self._result = None
        self._learn(_Held(entry, node, shape))

    def _drop(self, held: _Held, path: Path = ()) -> None:
        entry, inside = held.entry, held.inside
        if inside is None:
            raise EditError(self._problem("not-there", "the file itself cannot be taken out of it"))
        self._changeable(inside, path)
        if held.borrowed:
            self._refuse_shared(inside, path)
        self._free(entry.node, path)
        self._forget(held)
        if entry.written is None:
            inside.entries.remove(entry)
        else:
            entry.gone = True
        self._result = None

    def _replace(self, held: _Held, new: Node) -> None:
        entry, inside = held.entry, held.inside
        if inside is None:
            raise EditError(self._problem("wrong-shape", "a file is a mapping", path=()))
        self._changeable(inside, ())
        self._free(entry.node, ())
        self._forget(held)
        written = entry.written
        entry.node = (
            written
            if written is not None and written.kind == "scalar" and same(written.value, plain(new))
            else new
        )
        new.inside = inside
        self._result = None
        self._learn(held)

    def _put(self, held: _Held, new: Node) -> None:
        """Change a value into another, no more of it than differs."""
        old, shape = held.entry.node, held.shape
        if same(plain(old), plain(new)):
            return
        if held.borrowed and held.inside is not None:  # a key of its own goes before a merged one
            if not held.inside.merging:
                self._refuse_shared(held.inside, ())
            self._changeable(held.inside, ())
            self._insert(held.inside, len(held.inside.entries), Entry(held.entry.key, new), shape)
            return
        if old.kind == new.kind == "map" and not old.merging and self._alike(old, new):
            self._put_mapping(held, new)
        elif old.kind == new.kind == "list":
            self._put_list(held, new)
        elif (
            shape.what == "translations"
            and old.kind == "map"
            and new.kind == "scalar"
            and set(plain(old)) == {"en"}
        ):
            english = old.own("en")
            assert english is not None
            self._put(_Held(english, old, _VALUE), new)
        else:
            self._replace(held, new)

    @staticmethod
    def _alike(old: Node, new: Node) -> bool:
        """Whether one mapping is a change of the other: of two identifiers they are two records."""
        ids = [entry and plain(entry.node) for entry in (old.own("id"), new.own("id"))]
        return None in ids or ids[0] == ids[1]

    def _put_mapping(self, held: _Held, new: Node) -> None:
        old, shape = held.entry.node, held.shape
        for entry in old.live():
            if new.own(str(entry.key)) is None and not (
                new.of_record and self._is_default(shape, entry)
            ):
                self._drop(_Held(entry, old, self._field(shape, str(entry.key))))
        for entry in new.entries:
            known, below = old.own(str(entry.key)), self._field(shape, str(entry.key))
            if known is not None:
                self._put(_Held(known, old, below), entry.node)
            else:
                self._changeable(old, ())
                self._insert_field(old, entry, shape, below)

    @staticmethod
    def _field(shape: _Shape, key: str) -> _Shape:
        if shape.record is not None and key in fields_of(shape.record):
            return _Shape.of(fields_of(shape.record)[key])
        return shape if shape.what == "free" else _VALUE if shape.what == "translations" else _FREE

    @staticmethod
    def _is_default(shape: _Shape, entry: Entry) -> bool:
        """Whether a field says what it would mean if it were not there."""
        field = None if shape.record is None else fields_of(shape.record).get(str(entry.key))
        if field is None or shape.record is None:
            return False
        info = shape.record.model_fields[field.name]
        return not info.is_required() and same(
            plain(entry.node), plain(fresh(info.get_default(call_default_factory=True)))
        )

    def _put_list(self, held: _Held, new: Node) -> None:
        old, item = held.entry.node, held.shape.item()
        self._changeable(old, ())
        olds, news = old.live(), [each.node for each in new.entries]
        values, wanted = [plain(each.node) for each in olds], [plain(each) for each in news]
        head = 0
        while head < min(len(olds), len(news)) and same(values[head], wanted[head]):
            head += 1
        tail = 0
        while tail < min(len(olds), len(news)) - head and same(
            values[-1 - tail], wanted[-1 - tail]
        ):
            tail += 1
        olds, news = olds[head : len(olds) - tail], news[head : len(news) - tail]
        for entry, node in zip(olds, news, strict=False):
            self._put(_Held(entry, old, item), node)
        for entry in olds[len(news) :]:
            self._drop(_Held(entry, old, item))
        at = next(
            (i + 1 for i, each in enumerate(old.entries) if olds and each is olds[-1]),
            len(old.entries),
        )
        if not olds:
            live = old.live()
            at = next(
                (
                    i
                    for i, each in enumerate(old.entries)
                    if head < len(live) and each is live[head]
                ),
                len(old.entries),
            )
        for index, node in enumerate(news[len(olds) :]):
            self._insert(old, at + index, Entry(None, node), item)

    # Identifiers.

    def _records(self, held: _Held) -> Iterator[tuple[str, _Held]]:
        """The records in a value, with their identifiers."""
        queue = [held]
        while queue:
            here = queue.pop()
            node, shape = here.entry.node, here.shape
            if shape.what == "records" and node.kind == "list":
                queue += (_Held(each, node, shape.item()) for each in node.live())
            elif shape.what == "record" and shape.record is not None and node.kind == "map":
                fields = fields_of(shape.record)
                for each in node.live():
                    field = fields.get(str(each.key))
                    if (
                        each.key == "id"
                        and each.node.kind == "scalar"
                        and isinstance(each.node.value, str)
                        and "id" in fields
                    ):
                        yield each.node.value, here
                    elif field is not None and field.record is not None:
                        queue.append(_Held(each, node, _Shape.of(field)))

    def _learn(self, held: _Held) -> None:
        if self._index is not None:
            if held.entry.key == "id":
                self._index = None  # a record has another name: rare enough to look again
                return
            for identifier, each in self._records(held):
                self._index.setdefault(identifier, []).append(each)

    def _forget(self, held: _Held) -> None:
        if self._index is not None:
            for identifier, each in self._records(held):
                self._index[identifier] = [
                    other for other in self._index[identifier] if other.entry is not each.entry
                ]
                if not self._index[identifier]:
                    del self._index[identifier]

    # Writing.

    @property
    def data(self) -> bytes:
        """The file as it would be written.

        Raises:
            LoadError: It would not be a sound file: every problem, with its place in the text that would be written.
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
        try:
            made = rewritten(self._source, self._root)
        except ValueError as error:
            raise EditError(
                self._problem(
                    "not-in-place",
                    f"the change cannot be made in place: {error}",
                    "make it by hand",
                )
            ) from None
        data = (BOM if self._data.startswith(BOM) else b"") + made.encode()
        if data == self._data:
            return data
        tree, places, problems = parse(data, name)
        if problems or not same(tree, plain(self._root)):
            raise EditError(
                self._problem(
                    "not-in-place",
                    "the file is written in a way that does not allow the change",
                    "make it by hand",
                )
            )
        typed = parse(data, name, typed=True)[0] if self._unknown == "keep" else None
        read_tree(tree, places, problems, self._unknown, typed, names=self._names)
        return data

    def write(self) -> None:
        """Write the file, unless nothing changed. It is replaced as a whole or not at all; its permissions stay.

        Raises:
            LoadError: It would not be a sound file: every problem, with its place in the text that would be written.
            EditError: The change cannot be made in place, or somebody else has changed the file since it was read.
            OSError: The place cannot be written to.
        """
        data = self.data
        if data == self._data:
            return
        if self._on_disk() != self._data:
            message = "the file has been changed by somebody else since it was read"
            raise EditError(
                self._problem("changed", message, "read it again and repeat the change")
            )
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


def edit(
    path: str | os.PathLike[str], *, unknown: Unknown = "forbid", names: Names | None = None
) -> Editor:
    """Change values in a YAML file and keep its comments, its order and every byte that no change concerns.

    Args:
        path: The file.
        unknown: As for [`load`][wsis_model.load].
        names: The corpus that knows what things are called; without it the shipped catalogue, read when first needed.

    Raises:
        LoadError: The file cannot be read, or is not YAML.
        EditError: It is compressed.

    Examples:
        ```python
        with edit("c2-roadmap.yaml") as file:  # written on leaving the block, if nothing failed
            file.set("c2-roadmap/a1", "status", "under-way")
            file.set("c2-roadmap/a1.m1", "due", {"session": "sessions/cstd-30", "year": 2027})
            file.append(
                "c2-roadmap/i1", "observations", Observation(value=Decimal(76), when="2026")
            )
            file.remove("c2-roadmap/a2", "resources")
        ```
    """
    return Editor(path, unknown=unknown, names=names)
