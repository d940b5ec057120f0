__all__ = [
    'LongBudgets',
    'Organisation',
    'RoadmapReading',
    'Share',
    'kept',
    'read',
    'write',
]

LongBudgets: TypeAlias

class Organisation():
    def __init__(self, ref: str, type: str = '', name: Translations | str = '') -> None: ...
    name: Translations | str
    ref: str
    type: str

class RoadmapReading():
    def __init__(
        self,
        roadmaps: tuple[Roadmap, ...],
        entities: tuple[Entity, ...] = (),
        left_out: tuple[LeftOut, ...] = (),
    ) -> None: ...
    corpus: Corpus
    entities: tuple[Entity, ...]
    left_out: tuple[LeftOut, ...]
    records: tuple[TopRecord, ...]
    repairs: tuple[Repair, ...]
    roadmap: Roadmap
    roadmaps: tuple[Roadmap, ...]

class Share():
    def __init__(
        self,
        code: str,
        percentage: Decimal | None = None,
        vocabulary: str = '1',
        vocabulary_uri: str | None = None,
        name: str = '',
    ) -> None: ...
    code: str
    name: str
    percentage: Decimal | None
    vocabulary: str
    vocabulary_uri: str | None

def kept(roadmap: Roadmap, *, language: str = 'en') -> Roadmap: ...

def read(source: Source, *, context: Corpus | None = None, base: str = BASE_IRI) -> RoadmapReading: ...

def write(
    corpus: Corpus,
    roadmap: Roadmap | str | None = None,
    *,
    reporting_org: Organisation | str | None = None,
    recipient: Shares | None = None,
    sector: Shares | None = None,
    scope: str | None = None,
    default_currency: str | None = None,
    planned_start: datetime.date | None = None,
    long_budgets: LongBudgets = 'refuse',
    language: str = 'en',
    refs: Mapping[str, str] | None = None,
    base: str = BASE_IRI,
    context: Corpus | None = None,
    generated: datetime.datetime | None = None,
) -> bytes: ...
