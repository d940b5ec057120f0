__all__ = [
    'Picture',
    'decade',
    'gantt',
    'heat_map',
    'indicator_paths',
    'timeline',
]

class Picture():
    def __init__(self, title: str, alt: str, spec: dict[str, Any]) -> None: ...
    alt: str
    def save(self, path: str | os.PathLike[str]) -> None: ...
    spec: dict[str, Any]
    title: str
    def to_png(self, scale: float = 2.0) -> bytes: ...
    def to_svg(self) -> str: ...

def decade(
    corpus: Corpus,
    *,
    document: str | None = None,
    roadmap: str | None = None,
    start: datetime.date | None = None,
    horizon: datetime.date = HORIZON,
    as_of: datetime.date | None = None,
) -> Picture: ...

def gantt(corpus: Corpus, roadmap: str, *, as_of: datetime.date | None = None) -> Picture: ...

def heat_map(corpus: Corpus, roadmap: str | None = None) -> Picture: ...

def indicator_paths(corpus: Corpus, roadmap: str, *, as_of: datetime.date | None = None) -> Picture: ...

def timeline(corpus: Corpus, roadmap: str, *, as_of: datetime.date, rows: int = ROWS) -> Picture: ...
