__all__ = [
    'MACHINE_MADE',
    'read',
    'write',
]

MACHINE_MADE = 'machine-made by the UN Mandate Source Registry'

def read(
    source: str | os.PathLike[str] | bytes,
    *,
    symbol: str | None = None,
    corpus: Corpus | None = None,
) -> Reading: ...

def write(document: Document, *, corpus: Corpus | None = None) -> str: ...
