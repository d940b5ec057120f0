__all__ = [
    'Change',
    'ChangeKind',
    'Difference',
    'difference',
]

class Change():
    def __init__(
        self,
        kind: ChangeKind,
        what: str,
        record: str,
        label: str,
        field: str = '',
        before: Any = None,
        after: Any = None,
        words: Words = (),
        was: str = '',
        count: int = 1,
        heading: str = '',
        title: str = '',
        within: str = '',
    ) -> None: ...
    after: Any
    before: Any
    count: int
    field: str
    heading: str
    kind: ChangeKind
    label: str
    record: str
    title: str
    def to_dict(self) -> dict[str, Any]: ...
    was: str
    what: str
    within: str
    words: Words

class ChangeKind(str, Enum):
    ADDED = 'added'
    CHANGED = 'changed'
    MOVED = 'moved'
    REMOVED = 'removed'
    RENUMBERED = 'renumbered'

class Difference():
    def __init__(
        self,
        a: str,
        b: str,
        changes: Table[Change],
        same: tuple[tuple[str, int], ...] = (),
        language: str | None = None,
        not_compared: tuple[str, ...] = (),
        wordless: tuple[tuple[str, int], ...] = (),
    ) -> None: ...
    def __len__(self) -> int: ...
    a: str
    b: str
    changes: Table[Change]
    language: str | None
    not_compared: tuple[str, ...]
    same: tuple[tuple[str, int], ...]
    def summary(self) -> str: ...
    def to_dict(self) -> dict[str, Any]: ...
    def to_html(self, *, context: int | None = None) -> str: ...
    def to_markdown(self, *, context: int | None = None) -> str: ...
    def to_page(self, *, context: int | None = None) -> str: ...
    wordless: tuple[tuple[str, int], ...]

difference: module
