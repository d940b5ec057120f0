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

CODES: dict[str, str] = {'unreadable': 'The file cannot be opened or read.', 'empty': 'The file holds nothing.', 'encoding': 'The file is not UTF-8.', 'gzip': 'The compressed file is damaged, or expands beyond all measure.', 'yaml-syntax': 'The file is not YAML.', 'yaml-tag': 'A YAML tag (`!name`) has no meaning here.', 'yaml-key': 'A mapping key is not a plain piece of text.', 'yaml-alias': 'A YAML alias names nothing before it, or itself.', 'yaml-merge': 'A YAML merge key takes something that is no mapping.', 'yaml-documents': 'The file holds a second YAML document.', 'alias-bomb': 'Aliases repeat more values than any honest file.', 'json-syntax': 'The file is not JSON.', 'too-deep': 'Lists and mappings are nested deeper than any record.', 'duplicate-key': 'A key stands twice in one mapping.', 'half-saved': 'A folder of tables was being saved, and its tables may not belong together.', 'too-many': 'The file has more problems than are listed; mend those first.', 'duplicate-record': 'Two records that differ claim one identifier.', 'unknown-field': 'A record has no field of this name.', 'unknown-kind': 'A line, a table or a sheet names no kind of record.', 'missing-field': 'A mandatory field is not there.', 'wrong-shape': 'A list stands where a mapping belongs, a text where a list belongs, and so on.', 'wrong-value': 'The value is of the right shape but not one the field takes.', 'wrong-identifier': 'The value is not written as an identifier.', 'ambiguous-name': 'Several records bear the name that stands where one of them belongs.', 'several-names': 'The text names several records, and one of them belongs there.', 'wrong-date': 'The value is not a date as the field takes it.', 'wrong-heading': 'A column has no heading, a heading no language, or headings are repeated.', 'wrong-column': 'What a cell names belongs into another column.', 'no-owner': 'A row or line belongs to a record that the file does not hold.', 'workbook': 'The file is not a workbook that can be read.', 'csv-syntax': 'The table is not CSV: a quote is not closed, or no commas separate the columns.', 'parquet': 'The file is not Parquet, or is damaged.', 'missing-table': 'A folder of Parquet files lacks a table.', 'docx': 'The file is not a Word document that can be read.', 'pdf': 'The file is not a PDF that can be read.', 'not-xml': 'The file is not XML.', 'dtd': 'The XML declares a document type, which can define entities and lead to other files.', 'too-large': 'The file is larger than any document.', 'not-akn': 'The file is not Akoma Ntoso, or holds no document.', 'not-a-document': 'What was read makes no document: a field has a value that it does not take.', 'no-document': 'There is no language version to join.', 'other-document': 'Language versions to join are of another document.', 'same-language': 'Two language versions to join are in one language.', 'not-there': 'What is to be changed in a file is not there.', 'shared': 'What is to be changed is repeated elsewhere in the file, by an alias.', 'compressed': 'A compressed file cannot be changed in place.', 'changed': 'Somebody else has written the file meanwhile.', 'not-in-place': 'The change cannot be made without writing the file anew.'}

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
