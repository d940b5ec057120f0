__all__ = [
    'Editor',
    'edit',
]

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

def edit(
    path: str | os.PathLike[str],
    *,
    unknown: Unknown = 'forbid',
    names: Corpus | None = None,
) -> Editor: ...
