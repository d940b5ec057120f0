__all__ = [
    'context',
    'to_jsonld',
    'write',
]

def context(base: str = BASE_IRI) -> dict[str, Any]: ...

def to_jsonld(corpus: Corpus, *, context: Corpus | None = None, base: str = BASE_IRI) -> dict[str, Any]: ...

def write(corpus: Corpus, *, context: Corpus | None = None, base: str = BASE_IRI) -> bytes: ...
