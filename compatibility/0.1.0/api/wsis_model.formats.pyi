__all__ = [
    'Built',
    'CODES',
    'CSV',
    'EXCEL',
    'FORMATS',
    'Format',
    'Input',
    'JSON',
    'NDJSON',
    'NameIndexProvider',
    'Parsed',
    'PartialFile',
    'ShiftedPlaces',
    'SourceIndexes',
    'UNREAD',
    'Unknown',
    'YAML',
    'build',
    'compress',
    'expand',
    'format_of',
    'parse',
    'places',
    'read',
    'read_trusted',
    'write',
]

class Built():
    def __init__(
        self,
        records: File | None,
        problems: tuple[Finding, ...] = (),
        tree: Any = None,
        source_indexes: SourceIndexes = attrs.Factory(dict[Path, Sequence[int]]),
    ) -> None: ...
    def complete(self) -> File: ...
    def partial(self) -> PartialFile: ...
    problems: tuple[Finding, ...]
    records: File | None
    source_indexes: SourceIndexes
    tree: Any

CODES: dict[str, str]

CSV: Any

EXCEL: Any

FORMATS: tuple[Format, ...]

class Format():
    def __init__(self, name: str, suffixes: tuple[str, ...]) -> None: ...
    module: Any
    name: str
    suffixes: tuple[str, ...]

Input: Any

JSON: Any

NDJSON: Any

NameIndexProvider: Any

class Parsed():
    def __init__(
        self,
        file: str,
        tree: Any,
        places: Places,
        problems: Sequence[Finding] = (),
        unknown: Unknown = 'forbid',
        parse_typed: Callable[[], tuple[Any, Places, Sequence[Finding]]] | None = None,
        small: bool = False,
    ) -> None: ...
    file: str
    parse_typed: Callable[[], tuple[Any, Places, Sequence[Finding]]] | None
    places: Places
    problems: Sequence[Finding]
    small: bool
    tree: Any
    unknown: Unknown

class PartialFile():
    def __init__(
        self,
        records: File,
        problems: tuple[Finding, ...] = (),
        lost: frozenset[tuple[str, str]] = frozenset(),
        source_indexes: Sequence[SourceIndexes] = (),
    ) -> None: ...
    lost: frozenset[tuple[str, str]]
    problems: tuple[Finding, ...]
    records: File
    source_indexes: Sequence[SourceIndexes]

class ShiftedPlaces():
    def __init__(self, places: Places, source_indexes: Sequence[SourceIndexes]) -> None: ...
    def find(self, path: Path, *, key: bool = False) -> Position: ...
    def in_file(self, path: Path) -> Path: ...
    def is_reported(self, path: Path) -> bool: ...
    places: Places
    source_indexes: Sequence[SourceIndexes]

SourceIndexes: Any

UNREAD = 'unread'

Unknown: Any

YAML: Any

def build(parsed: Parsed, names: NameIndexProvider | None = None) -> Built: ...

def compress(pieces: Iterable[bytes]) -> Iterator[bytes]: ...

def expand(data: bytes, file: str) -> bytes: ...

def format_of(name: str) -> tuple[Format, bool]: ...

def parse(
    source: Input,
    file: str,
    form: Format | None = None,
    unknown: Unknown = 'forbid',
) -> Parsed: ...

def places(
    source: Input,
    file: str,
    form: Format | None = None,
    unknown: Unknown = 'forbid',
) -> Places: ...

def read(
    source: Input,
    file: str,
    form: Format | None = None,
    unknown: Unknown = 'forbid',
    names: NameIndexProvider | None = None,
) -> Built: ...

def read_trusted(data: bytes) -> File: ...

def write(file: File, form: Format) -> Iterator[bytes]: ...
