__all__ = [
    'FORMAT',
    'from_parquet',
    'from_tables',
    'schemas',
    'tables',
    'to_parquet',
]

FORMAT = '1'

def from_parquet(folder: str | os.PathLike[str]) -> Corpus: ...

def from_tables(tables: Mapping[str, Any]) -> Corpus: ...

def schemas() -> dict[str, Schema]: ...

def tables(source: Corpus | Iterable[Record]) -> dict[str, ArrowTable]: ...

def to_parquet(source: Corpus | Iterable[Record], folder: str | os.PathLike[str]) -> None: ...
