__all__ = [
    'APPLICATION_ID',
    'Hit',
    'NoFullText',
    'index',
    'save',
    'search',
]

APPLICATION_ID: Any

class Hit():
    def __init__(self, record: str, kind: str, title: str, excerpt: str, score: float) -> None: ...
    excerpt: str
    kind: str
    record: str
    score: float
    title: str

class NoFullText(WsisModelError, RuntimeError):
    def __init__(self, database: str = '') -> None: ...
    database: str

def index(corpus: Corpus, *, context: Corpus | None = None) -> sqlite3.Connection: ...

def save(corpus: Corpus, path: str | os.PathLike[str], *, context: Corpus | None = None) -> None: ...

def search(
    source: sqlite3.Connection | str | os.PathLike[str],
    question: str,
    *,
    kinds: Collection[str] | None = None,
    limit: int = 20,
) -> tuple[Hit, ...]: ...
