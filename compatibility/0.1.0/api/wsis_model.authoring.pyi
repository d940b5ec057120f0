__all__ = [
    'Candidate',
    'Draft',
    'EXPLAINED',
    'Suggestions',
    'TODO',
    'new_roadmap',
    'resume',
]

class Candidate():
    def __init__(self, record: str, written: str, label: str, why: str, due: Due | None = None) -> None: ...
    due: Due | None
    label: str
    record: str
    why: str
    written: str

class Draft():
    def __init__(
        self,
        roadmap: Roadmap,
        suggestions: Suggestions,
        corpus: Corpus,
        *,
        language: str = 'en',
    ) -> None: ...
    def choices(self) -> Mapping[str, tuple[tuple[str, str], ...]]: ...
    corpus: Corpus
    language: str
    roadmap: Roadmap
    suggestions: Suggestions
    def tables(self) -> dict[str, bytes]: ...
    def to_xlsx(self) -> bytes: ...
    def to_yaml(self) -> str: ...

EXPLAINED: tuple[type[Record], ...]

class Suggestions():
    def __init__(
        self,
        mandates: Table[Candidate],
        sdg_targets: Table[Candidate],
        commitments: Table[Candidate],
        actors: Table[Candidate],
    ) -> None: ...
    actors: Table[Candidate]
    commitments: Table[Candidate]
    mandates: Table[Candidate]
    sdg_targets: Table[Candidate]

TODO = 'TODO'

def new_roadmap(
    corpus: Corpus,
    *,
    action_line: str | None = None,
    kind: RoadmapKind | str | None = None,
    owners: Iterable[str] = (),
    id: str | None = None,
    title: str | None = None,
    language: str = 'en',
) -> Draft: ...

def resume(corpus: Corpus, roadmap: str, *, language: str = 'en') -> Draft: ...
