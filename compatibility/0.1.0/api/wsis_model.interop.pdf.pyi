__all__ = [
    'read',
]

def read(
    source: str | os.PathLike[str] | bytes,
    *,
    symbol: str | None = None,
    language: str | None = None,
    isolated: bool = True,
) -> Reading: ...
