__all__ = [
    'Page',
    'actor_page',
    'joint_page',
    'roadmap_page',
]

class Page():
    def __init__(
        self,
        title: str,
        lead: str,
        sections: tuple[Section, ...],
        language: str = 'en',
    ) -> None: ...
    language: str
    lead: str
    def save(self, path: str | os.PathLike[str]) -> None: ...
    sections: tuple[Section, ...]
    title: str
    def to_html(self) -> str: ...
    def to_markdown(self) -> str: ...

def actor_page(
    corpus: Corpus,
    actor: str,
    *,
    as_of: datetime.date,
    document: str | None = None,
) -> Page: ...

def joint_page(corpus: Corpus, roadmaps: Iterable[str] | None = None, *, as_of: datetime.date) -> Page: ...

def roadmap_page(corpus: Corpus, roadmap: str, *, as_of: datetime.date, pictures: bool = True) -> Page: ...
