__all__ = [
    'Change',
    'Editor',
    'Mended',
    'edit',
    'mend',
    'replacements',
]

class Change():
    def __init__(self, finding: Finding) -> None: ...
    finding: Finding
    text: str

class Editor():
    def __enter__(self) -> Editor: ...
    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None: ...
    def __getitem__(self, field: FieldPath) -> Any: ...
    def __init__(
        self,
        path: str | os.PathLike[str],
        *,
        unknown: Unknown = 'forbid',
        names: Corpus | None = None,
    ) -> None: ...
    def append(self, record: str | None, field: FieldPath, value: Any) -> None: ...
    data: bytes
    def get(self, record: str | None, field: FieldPath = (), default: Any = None) -> Any: ...
    path: FilePath
    def remove(self, record: str | None, field: FieldPath = ()) -> None: ...
    def set(self, record: str | None, field: FieldPath, value: Any) -> None: ...
    text: str
    def write(self) -> None: ...

class Mended():
    def __init__(
        self,
        files: Mapping[str, bytes],
        is_folder: bool,
        changes: tuple[Change, ...],
        left: tuple[Finding, ...],
        refused: tuple[Finding, ...] = (),
    ) -> None: ...
    changes: tuple[Change, ...]
    data: bytes
    files: Mapping[str, bytes]
    is_folder: bool
    left: tuple[Finding, ...]
    refused: tuple[Finding, ...]

def edit(
    path: str | os.PathLike[str],
    *,
    unknown: Unknown = 'forbid',
    names: Corpus | None = None,
) -> Editor: ...

mend: module

def replacements(findings: Iterable[Finding]) -> dict[Finding, tuple[Replacement, ...]]: ...
