__all__ = [
    'save',
]

def save(
    corpus: Corpus,
    folder: str | os.PathLike[str],
    *,
    name: str | None = None,
    title: str | None = None,
    licenses: Sequence[Mapping[str, str]] = (),
) -> None: ...
