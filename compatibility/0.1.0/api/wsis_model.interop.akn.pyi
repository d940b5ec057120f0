__all__ = [
    'Joined',
    'LeftOut',
    'Mismatch',
    'NotTaken',
    'ReadFile',
    'Reading',
    'Repair',
    'RepairedFile',
    'read',
    'read_folder',
    'rows',
    'to_parquet',
    'translations',
    'unplaced',
    'write',
]

class Joined(Reading):
    def __init__(
        self,
        documents: tuple[Document, ...],
        left_out: tuple[LeftOut, ...] = (),
        repairs: tuple[Repair, ...] = (),
        not_taken: tuple[NotTaken, ...] = (),
        findings: tuple[Mismatch, ...] = (),
    ) -> None: ...
    findings: tuple[Mismatch, ...]
from wsis_model.interop import LeftOut as LeftOut

class Mismatch():
    def __init__(self, code: str, record: str, language: str, message: str) -> None: ...
    code: str
    language: str
    message: str
    record: str
from wsis_model.interop import NotTaken as NotTaken

class ReadFile():
    def __init__(
        self,
        path: Path,
        reading: Reading | None = None,
        error: LoadError | None = None,
    ) -> None: ...
    error: LoadError | None
    path: Path
    reading: Reading | None
from wsis_model.interop import Reading as Reading
from wsis_model.interop import Repair as Repair
from wsis_model.interop import RepairedFile as RepairedFile

def read(source: Source) -> Reading: ...

def read_folder(path: str | os.PathLike[str], *, processes: int = 1, progress: bool = False) -> Iterator[ReadFile]: ...

def rows(files: Iterable[ReadFile]) -> Iterator[dict[str, str | None]]: ...

def to_parquet(rows: Iterable[Mapping[str, str | None]], path: str | os.PathLike[str]) -> int: ...

def translations(sources: Iterable[Source]) -> Joined: ...

def unplaced(source: Source) -> tuple[LeftOut, ...]: ...

def write(
    document: Document | Reading,
    *,
    language: str | None = None,
    annexes: Iterable[Document] = (),
    summaries: bool = False,
) -> str: ...
