__all__ = [
    'graph',
    'ontology',
    'shapes',
    'write',
]

def graph(corpus: Corpus, *, context: Corpus | None = None, base: str = BASE_IRI) -> rdflib.Graph: ...

def ontology() -> bytes: ...

def shapes() -> bytes: ...

def write(
    corpus: Corpus,
    *,
    context: Corpus | None = None,
    base: str = BASE_IRI,
    format: RdfFormat = 'turtle',
) -> bytes: ...
