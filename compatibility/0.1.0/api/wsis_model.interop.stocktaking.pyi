__all__ = [
    'Box',
    'PLATFORM',
    'WORDS',
    'categories',
    'sheet',
    'word_count',
]

class Box():
    def __init__(self, name: str, text: str, remark: str = '') -> None: ...
    name: str
    remark: str
    text: str
    words: int

PLATFORM = 'wsis-stocktaking'

WORDS = (150, 200)

def categories(corpus: Corpus) -> tuple[Concept, ...]: ...

def sheet(
    corpus: Corpus,
    roadmap: str,
    *,
    category: str | None = None,
    description: str | None = None,
    challenges: str | None = None,
    links: Sequence[str] = (),
    contact: str | None = None,
    as_of: datetime.date | None = None,
) -> Table[Box]: ...

def word_count(text: str) -> int: ...
