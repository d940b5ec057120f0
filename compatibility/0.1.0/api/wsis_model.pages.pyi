__all__ = [
    'Page',
    'actor_page',
    'brief_page',
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
        day: datetime.date | None = None,
    ) -> None: ...
    day: datetime.date | None
    language: str
    lead: str
    def save(self, path: str | os.PathLike[str]) -> None: ...
    sections: tuple[Section, ...]
    title: str
    def to_docx(self, *, folded: bool = True) -> bytes: ...
    def to_html(self) -> str: ...
    def to_markdown(self) -> str: ...
    def to_pdf(self) -> bytes: ...

def actor_page(
    corpus: Corpus,
    actor: str,
    *,
    as_of: datetime.date,
    document: str | None = None,
) -> Page: ...

def brief_page(corpus: Corpus, roadmap: str, *, as_of: datetime.date, pictures: bool = True) -> Page: ...

def joint_page(corpus: Corpus, roadmaps: Iterable[str] | None = None, *, as_of: datetime.date) -> Page: ...

def roadmap_page(
    corpus: Corpus,
    roadmap: str,
    *,
    as_of: datetime.date,
    pictures: bool = True,
    drafter: bool = False,
) -> Page: ...
