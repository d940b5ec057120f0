__all__ = [
    'mermaid',
    'save_neo4j',
    'write',
]

def mermaid(
    corpus: Corpus,
    identifier: str,
    depth: int = 1,
    *,
    limit: int = LIMIT,
    context: Corpus | None = None,
) -> str: ...

def save_neo4j(
    corpus: Corpus,
    folder: str | os.PathLike[str],
    *,
    context: Corpus | None = None,
) -> None: ...

def write(corpus: Corpus, *, context: Corpus | None = None) -> bytes: ...
