__all__ = [
    'Activity',
    'ActivityMatch',
    'ActivityStatus',
    'Alignment',
    'AmbiguousName',
    'Basis',
    'Certainty',
    'Citation',
    'Concept',
    'ConceptStatus',
    'Corpus',
    'Direction',
    'Document',
    'Due',
    'DuplicateIdentifier',
    'EditError',
    'Entity',
    'Evidence',
    'FetchError',
    'Finding',
    'Fix',
    'Indicator',
    'LoadError',
    'Mandate',
    'MandateKind',
    'MandateMatch',
    'Milestone',
    'MilestoneStatus',
    'MissingExtra',
    'MissingProgram',
    'NotAReference',
    'Note',
    'Objective',
    'Observation',
    'OfficialFile',
    'PROFILES',
    'Part',
    'Partial',
    'Period',
    'Position',
    'Provision',
    'RULES',
    'Record',
    'Recurrence',
    'Reference',
    'Report',
    'Resource',
    'Roadmap',
    'RoadmapKind',
    'RoadmapStatus',
    'Role',
    'RoleKind',
    'RouteStep',
    'Rule',
    'Section',
    'Session',
    'Severity',
    'Source',
    'StakeholderGroup',
    'Stream',
    'Streamed',
    'Subject',
    'Table',
    'Target',
    'TextRow',
    'TextTable',
    'Translations',
    'UnknownFormat',
    'UnknownIdentifier',
    'Update',
    'Vocabulary',
    'Waiver',
    'Window',
    'WriteError',
    'WsisModelError',
    'catalogue',
    'check',
    'cite',
    'dumps',
    'fetch',
    'load',
    'loads',
    'parse_reference',
    'salvage',
    'save',
    'sources_of',
    'stream',
]

class Activity(Record):
    def __init__(
        self,
        *,
        extensions: Extensions = NO_EXTENSIONS,
        id: Identifier,
        title: Label,
        description: Text | None = None,
        objective: ObjectiveId | None = None,
        answers: tuple[ProvisionOrMandateId, ...] = (),
        alignments: tuple[Alignment, ...] = (),
        lead: ActorId | None = None,
        co_leads: tuple[ActorId, ...] = (),
        lead_reason: Text | None = None,
        partners: tuple[ActorId, ...] = (),
        beneficiaries: tuple[ActorId, ...] = (),
        period: Period | None = None,
        started: Date | None = None,
        finished: Date | None = None,
        milestones: tuple[Milestone, ...] = (),
        depends_on: tuple[ActivityOrMilestoneId, ...] = (),
        resources: tuple[Resource, ...] = (),
        status: ActivityStatus = ActivityStatus.PLANNED,
    ) -> None: ...
    alignments: tuple[Alignment, ...]
    answers: tuple[ProvisionOrMandateId, ...]
    beneficiaries: tuple[ActorId, ...]
    co_leads: tuple[ActorId, ...]
    depends_on: tuple[ActivityOrMilestoneId, ...]
    description: Text | None
    finished: Date | None
    id: Identifier
    lead: ActorId | None
    lead_reason: Text | None
    leads: tuple[str, ...]
    milestones: tuple[Milestone, ...]
    objective: ObjectiveId | None
    partners: tuple[ActorId, ...]
    period: Period | None
    resources: tuple[Resource, ...]
    started: Date | None
    status: ActivityStatus
    title: Label

class ActivityMatch():
    def __init__(self, activity: Activity, roadmap: Roadmap) -> None: ...
    activity: Activity
    roadmap: Roadmap

class ActivityStatus(str, Enum):
    CANCELLED = 'cancelled'
    DONE = 'done'
    PLANNED = 'planned'
    SUSPENDED = 'suspended'
    UNDER_WAY = 'under-way'

class Alignment(Record):
    def __init__(
        self,
        *,
        extensions: Extensions = NO_EXTENSIONS,
        concept: AlignedId,
        basis: Basis,
        note: Text | None = None,
        source: Source | None = None,
    ) -> None: ...
    basis: Basis
    concept: AlignedId
    note: Text | None
    source: Source | None

class AmbiguousName(UnknownIdentifier):
    ...

class Basis(str, Enum):
    EDITORIAL = 'editorial'
    MACHINE = 'machine'
    OFFICIAL_MATRIX = 'official-matrix'
    STATED = 'stated'

class Certainty(str, Enum):
    MEMORY = 'memory'
    REPORTED = 'reported'
    VERIFIED = 'verified'

class Citation(Record):
    def __init__(
        self,
        *,
        extensions: Extensions = NO_EXTENSIONS,
        target: AnyId | None = None,
        text: Text | None = None,
        verb: ConceptId | None = None,
        mark: Text | None = None,
    ) -> None: ...
    mark: Text | None
    target: AnyId | None
    text: Text | None
    verb: ConceptId | None

class Concept(Record):
    def __init__(
        self,
        *,
        extensions: Extensions = NO_EXTENSIONS,
        id: Identifier,
        label: Label,
        code: Text | None = None,
        definition: Text | None = None,
        parent: ConceptId | None = None,
        iri: Iri | None = None,
        exact_matches: tuple[Iri, ...] = (),
        aliases: tuple[Text, ...] = (),
        rank: int | None = None,
        status: ConceptStatus = ConceptStatus.CURRENT,
        replaced_by: ConceptId | None = None,
        alignments: tuple[Alignment, ...] = (),
    ) -> None: ...
    aliases: tuple[Text, ...]
    alignments: tuple[Alignment, ...]
    code: Text | None
    definition: Text | None
    exact_matches: tuple[Iri, ...]
    id: Identifier
    iri: Iri | None
    label: Label
    parent: ConceptId | None
    rank: int | None
    replaced_by: ConceptId | None
    status: ConceptStatus

class ConceptStatus(str, Enum):
    CURRENT = 'current'
    RETIRED = 'retired'

class Corpus(Mapping[str, Record], abc.ABC):
    def __init__(
        self,
        documents: tuple[Document, ...] = (),
        vocabularies: tuple[Vocabulary, ...] = (),
        groups: tuple[StakeholderGroup, ...] = (),
        all_entities: tuple[Entity, ...] = (),
        sessions: tuple[Session, ...] = (),
        roadmaps: tuple[Roadmap, ...] = (),
        extensions: Extensions = ...,
        origins: Mapping[str, Origin] = ...,
    ) -> None: ...
    def __contains__(self, identifier: object) -> bool: ...
    def __getitem__(self, identifier: str) -> Any: ...
    def __iter__(self) -> Iterator[str]: ...
    def __len__(self) -> int: ...
    def __or__(self, other: Corpus) -> Corpus: ...
    def about(self, concept: str, *, document: str | None = None, basis: Basis | None = None) -> tuple[Provision, ...]: ...
    def activities(
        self,
        *,
        lead: str | None = None,
        partner: str | None = None,
        answers: str | None = None,
        action_line: str | None = None,
        due_before: datetime.date | int | str | None = None,
        status: str | None = None,
    ) -> Table[ActivityMatch]: ...
    all_entities: tuple[Entity, ...]
    def ancestors(self, identifier: str) -> tuple[Any, ...]: ...
    def broken_references(self) -> tuple[Reference, ...]: ...
    calendar: Mapping[str, Session]
    def cited_by(self, identifier: str) -> tuple[Reference, ...]: ...
    def concept(self, reference: str) -> Concept: ...
    def concepts(self, vocabulary: str | None = None, *, under: str | None = None) -> Table[Concept]: ...
    def counts(self) -> dict[str, int]: ...
    def document(self, reference: str) -> Document: ...
    documents: tuple[Document, ...]
    def entities(
        self,
        *,
        group: str | None = None,
        role: str | None = None,
        of: str | None = None,
        kind: str | None = None,
        current: bool = True,
    ) -> Table[Entity]: ...
    def entity(self, reference: str) -> Entity: ...
    extensions: Extensions
    def find(self, reference: str, kinds: tuple[str, ...] = ()) -> Any: ...
    @classmethod
    def from_file(cls, file: File) -> Corpus: ...
    def get(self, identifier: str, default: Any = None) -> Any: ...
    groups: tuple[StakeholderGroup, ...]
    def kind(self, identifier: str) -> str: ...
    def mandates(
        self,
        *,
        addressee: str | None = None,
        reporting_lines: bool = False,
        verb: str | None = None,
        kind: str | None = None,
        due_before: datetime.date | int | str | None = None,
        action_line: str | None = None,
        about: str | None = None,
        document: str | None = None,
    ) -> Table[MandateMatch]: ...
    names: Index
    def near(self, identifier: str, count: int = 3, kinds: tuple[str, ...] = ()) -> tuple[str, ...]: ...
    @classmethod
    def of(cls, *records: Record) -> Corpus: ...
    origins: Mapping[str, Origin]
    def position(self, identifier: str, path: tuple[str | int, ...] = ()) -> Position | None: ...
    def provision(self, reference: str) -> Provision: ...
    provisions: tuple[Provision, ...]
    def references(self, identifier: str | None = None) -> tuple[Reference, ...]: ...
    def resolve(self, text: str, kinds: tuple[str, ...] = ()) -> tuple[str, ...]: ...
    def roadmap(self, reference: str) -> Roadmap: ...
    roadmaps: tuple[Roadmap, ...]
    def routes(self, actor: str, *, reporting_lines: bool = False) -> dict[str, tuple[RouteStep, ...]]: ...
    sessions: tuple[Session, ...]
    def to_file(self) -> File: ...
    top: Iterator[Any]
    @staticmethod
    def union(corpora: Iterable[Corpus]) -> Corpus: ...
    vocabularies: tuple[Vocabulary, ...]
    def with_text(self, documents: Document | Iterable[Document]) -> Corpus: ...

class Direction(str, Enum):
    DECREASE = 'decrease'
    INCREASE = 'increase'
    MAINTAIN = 'maintain'

class Document(Record):
    def __init__(
        self,
        *,
        extensions: Extensions = NO_EXTENSIONS,
        id: Identifier,
        title: Label,
        symbol: Text | None = None,
        kind: Text | None = None,
        body: ActorId | None = None,
        adopted: Date | None = None,
        adoption: Literal['consensus', 'vote'] | None = None,
        session: SessionId | None = None,
        agenda_item: Text | None = None,
        draft: DocumentId | None = None,
        annex_of: DocumentId | None = None,
        urls: tuple[Iri, ...] = (),
        akn_iri: Text | None = None,
        distributed: Date | None = None,
        meeting: Text | None = None,
        subjects: tuple[Subject, ...] = (),
        alignments: tuple[Alignment, ...] = (),
        opening: Translations = NO_TEXT,
        languages: tuple[Text, ...] = (),
        sections: tuple[Section, ...] = (),
        provisions: tuple[Provision, ...] = (),
        notes: tuple[Note, ...] = (),
        tables: tuple[TextTable, ...] = (),
        source: Source | None = None,
    ) -> None: ...
    adopted: Date | None
    adoption: Literal['consensus', 'vote'] | None
    agenda_item: Text | None
    akn_iri: Text | None
    alignments: tuple[Alignment, ...]
    annex_of: DocumentId | None
    body: ActorId | None
    distributed: Date | None
    draft: DocumentId | None
    id: Identifier
    kind: Text | None
    languages: tuple[Text, ...]
    meeting: Text | None
    notes: tuple[Note, ...]
    opening: Translations
    provisions: tuple[Provision, ...]
    sections: tuple[Section, ...]
    session: SessionId | None
    source: Source | None
    subjects: tuple[Subject, ...]
    symbol: Text | None
    tables: tuple[TextTable, ...]
    title: Label
    urls: tuple[Iri, ...]

class Due(Record):
    def __init__(
        self,
        *,
        extensions: Extensions = NO_EXTENSIONS,
        date: PartialDate | None = None,
        session: SessionId | None = None,
        event: Text | None = None,
        recurrence: Recurrence | None = None,
    ) -> None: ...
    date: PartialDate | None
    day: datetime.date | None
    event: Text | None
    recurrence: Recurrence | None
    session: SessionId | None
    def window(self, calendar: Mapping[str, Session]) -> Window: ...

class DuplicateIdentifier(WsisModelError, ValueError):
    def __init__(self, identifier: str, kinds: tuple[str, str]) -> None: ...
    identifier: str
    kinds: tuple[str, str]

class EditError(WsisModelError, ValueError):
    def __init__(self, problem: Finding) -> None: ...
    problem: Finding

class Entity(Record):
    def __init__(
        self,
        *,
        extensions: Extensions = NO_EXTENSIONS,
        id: Identifier,
        name: Label,
        acronym: Text | None = None,
        kind: Text | None = None,
        groups: tuple[GroupId, ...] = (),
        parent: EntityId | None = None,
        until: PartialDate | None = None,
        succeeded_by: EntityId | None = None,
        url: Iri | None = None,
        aliases: tuple[Text, ...] = (),
        roles: tuple[Role, ...] = (),
        source: Source | None = None,
    ) -> None: ...
    acronym: Text | None
    aliases: tuple[Text, ...]
    groups: tuple[GroupId, ...]
    id: Identifier
    kind: Text | None
    name: Label
    parent: EntityId | None
    roles: tuple[Role, ...]
    source: Source | None
    succeeded_by: EntityId | None
    until: PartialDate | None
    url: Iri | None

class Evidence(Record):
    def __init__(
        self,
        *,
        extensions: Extensions = NO_EXTENSIONS,
        title: Text,
        url: Iri | None = None,
        date: Date | None = None,
        note: Text | None = None,
    ) -> None: ...
    date: Date | None
    note: Text | None
    title: Text
    url: Iri | None

class FetchError(WsisModelError, OSError):
    def __init__(
        self,
        symbol: str,
        language: str,
        format: str,
        reason: str,
        url: str | None = None,
        path: str | None = None,
    ) -> None: ...
    format: str
    language: str
    path: str | None
    reason: str
    symbol: str
    url: str | None

class Finding():
    def __init__(
        self,
        code: str,
        message: str,
        position: Position = Position(''),
        path: Path = (),
        hint: str = '',
        severity: Severity = Severity.ERROR,
        *,
        record: str = '',
        found: str | int | float | bool | None = None,
        expected: str = '',
        meant: tuple[str, ...] = (),
        names: tuple[str, ...] = (),
        fix: Fix | None = None,
    ) -> None: ...
    code: str
    expected: str
    field: str
    fix: Fix | None
    found: str | int | float | bool | None
    hint: str
    def in_language(self, language: str) -> Finding: ...
    meant: tuple[str, ...]
    message: str
    names: tuple[str, ...]
    path: Path
    position: Position
    record: str
    severity: Severity
    text: str
    where: str

class Fix():
    def __init__(self, path: Path, old: Any, new: Any, key: bool = False, several: bool = False) -> None: ...
    key: bool
    new: Any
    old: Any
    path: Path
    several: bool

class Indicator(Record):
    def __init__(
        self,
        *,
        extensions: Extensions = NO_EXTENSIONS,
        id: Identifier,
        name: Label,
        unit: Text | None = None,
        direction: Direction | None = None,
        definition: Text | None = None,
        method: Text | None = None,
        frequency: Recurrence | None = None,
        disaggregation: tuple[Text, ...] = (),
        measures: tuple[ObjectiveOrActivityId, ...] = (),
        baseline: Observation | None = None,
        targets: tuple[Target, ...] = (),
        observations: tuple[Observation, ...] = (),
        sdg_indicator: ConceptId | None = None,
        source: Source | None = None,
    ) -> None: ...
    baseline: Observation | None
    definition: Text | None
    direction: Direction | None
    disaggregation: tuple[Text, ...]
    frequency: Recurrence | None
    id: Identifier
    measures: tuple[ObjectiveOrActivityId, ...]
    method: Text | None
    name: Label
    observations: tuple[Observation, ...]
    sdg_indicator: ConceptId | None
    source: Source | None
    targets: tuple[Target, ...]
    unit: Text | None

class LoadError(WsisModelError, ValueError):
    def __init__(self, problems: tuple[Finding, ...]) -> None: ...
    @classmethod
    def of(cls, position: Position, code: str, message: str, hint: str = '') -> LoadError: ...
    problems: tuple[Finding, ...]

class Mandate(Record):
    def __init__(
        self,
        *,
        extensions: Extensions = NO_EXTENSIONS,
        id: Identifier,
        kind: MandateKind,
        verb: ConceptId,
        action: Text,
        addressees: tuple[ActorId, ...] = (),
        deliverable: ConceptId | None = None,
        due: Due | None = None,
        reports_to: tuple[ActorId, ...] = (),
        with_: tuple[ActorId, ...] = (),
        caveats: tuple[Text, ...] = (),
        basis: Basis = Basis.STATED,
        note: Text | None = None,
    ) -> None: ...
    action: Text
    addressees: tuple[ActorId, ...]
    basis: Basis
    caveats: tuple[Text, ...]
    deliverable: ConceptId | None
    due: Due | None
    id: Identifier
    kind: MandateKind
    note: Text | None
    reports_to: tuple[ActorId, ...]
    verb: ConceptId
    with_: tuple[ActorId, ...]

class MandateKind(str, Enum):
    CALL = 'call'
    COMMITMENT = 'commitment'
    DECISION = 'decision'
    REQUEST = 'request'

class MandateMatch():
    def __init__(
        self,
        mandate: Mandate,
        provision: Provision,
        document: Document,
        route: tuple[RouteStep, ...] = (),
    ) -> None: ...
    by_route: str
    document: Document
    mandate: Mandate
    provision: Provision
    route: tuple[RouteStep, ...]

class Milestone(Record):
    def __init__(
        self,
        *,
        extensions: Extensions = NO_EXTENSIONS,
        id: Identifier,
        title: Label,
        due: Due | None = None,
        deliverable: ConceptId | None = None,
        status: MilestoneStatus = MilestoneStatus.PLANNED,
        reached: Date | None = None,
        depends_on: tuple[ActivityOrMilestoneId, ...] = (),
        evidence: tuple[Evidence, ...] = (),
    ) -> None: ...
    deliverable: ConceptId | None
    depends_on: tuple[ActivityOrMilestoneId, ...]
    due: Due | None
    effective_status: MilestoneStatus
    evidence: tuple[Evidence, ...]
    id: Identifier
    reached: Date | None
    status: MilestoneStatus
    title: Label

class MilestoneStatus(str, Enum):
    AT_RISK = 'at-risk'
    CANCELLED = 'cancelled'
    DONE = 'done'
    PLANNED = 'planned'
    UNDER_WAY = 'under-way'

class MissingExtra(WsisModelError, ImportError):
    def __init__(self, extra: str, module: str) -> None: ...
    extra: str
    module: str

class MissingProgram(WsisModelError, OSError):
    def __init__(self, purpose: str, programs: tuple[str, ...], reason: str = 'is not found') -> None: ...
    programs: tuple[str, ...]
    purpose: str
    reason: str

class NotAReference(WsisModelError, ValueError):
    def __init__(self, reference: str) -> None: ...
    reference: str

class Note(Record):
    def __init__(
        self,
        *,
        extensions: Extensions = NO_EXTENSIONS,
        mark: Text,
        provision: ProvisionId | None = None,
        text: Translations = NO_TEXT,
        citations: tuple[Citation, ...] = (),
    ) -> None: ...
    citations: tuple[Citation, ...]
    mark: Text
    provision: ProvisionId | None
    text: Translations

class Objective(Record):
    def __init__(
        self,
        *,
        extensions: Extensions = NO_EXTENSIONS,
        id: Identifier,
        statement: Label,
        alignments: tuple[Alignment, ...] = (),
    ) -> None: ...
    alignments: tuple[Alignment, ...]
    id: Identifier
    statement: Label

class Observation(Record):
    def __init__(
        self,
        *,
        extensions: Extensions = NO_EXTENSIONS,
        value: Amount,
        when: PartialDate,
        source: Source | None = None,
        note: Text | None = None,
    ) -> None: ...
    note: Text | None
    source: Source | None
    value: Amount
    when: PartialDate

class OfficialFile():
    def __init__(
        self,
        symbol: str,
        language: str,
        format: FileFormat,
        url: str,
        sha256: str | None = None,
        note: str = '',
    ) -> None: ...
    download: str
    format: FileFormat
    language: str
    name: str
    note: str
    sha256: str | None
    symbol: str
    url: str

PROFILES: tuple[str, ...] = ('draft', 'publish')

class Part(str, Enum):
    ANNEX = 'annex'
    OPERATIVE = 'operative'
    PREAMBULAR = 'preambular'

class Partial():
    def __init__(
        self,
        corpus: Corpus,
        problems: tuple[Finding, ...],
        lost: frozenset[tuple[str, str]],
    ) -> None: ...
    corpus: Corpus
    def explains(self, finding: Finding, reads: Iterable[str] = (), *, of_value: bool = False) -> bool: ...
    fixes: tuple[Finding, ...]
    lost: frozenset[tuple[str, str]]
    problems: tuple[Finding, ...]

class Period(Record):
    def __init__(
        self,
        *,
        extensions: Extensions = NO_EXTENSIONS,
        start: PartialDate | None = None,
        end: PartialDate | None = None,
    ) -> None: ...
    end: PartialDate | None
    start: PartialDate | None
    def window(self) -> Window: ...

class Position():
    def __init__(
        self,
        file: str,
        line: int | None = None,
        column: int | None = None,
        sheet: str | None = None,
        cell: str | None = None,
        heading: str | None = None,
    ) -> None: ...
    cell: str | None
    column: int | None
    file: str
    heading: str | None
    line: int | None
    sheet: str | None

class Provision(Record):
    def __init__(
        self,
        *,
        extensions: Extensions = NO_EXTENSIONS,
        id: Identifier,
        number: Text,
        part: Part = Part.OPERATIVE,
        section: SectionId | None = None,
        parent: ProvisionId | None = None,
        summary: Text | None = None,
        text: Translations = NO_TEXT,
        mandates: tuple[Mandate, ...] = (),
        citations: tuple[Citation, ...] = (),
        alignments: tuple[Alignment, ...] = (),
        mentions: tuple[ActorId, ...] = (),
    ) -> None: ...
    alignments: tuple[Alignment, ...]
    citations: tuple[Citation, ...]
    id: Identifier
    mandates: tuple[Mandate, ...]
    mentions: tuple[ActorId, ...]
    number: Text
    parent: ProvisionId | None
    part: Part
    section: SectionId | None
    summary: Text | None
    text: Translations

RULES: tuple[Rule, ...]

class Record(BaseModel):
    def __init__(self, *, extensions: Extensions = NO_EXTENSIONS) -> None: ...
    extensions: Extensions
    def replace(self, **changes: Any) -> Self: ...
    def to_dict(self) -> dict[str, Any]: ...

class Recurrence(str, Enum):
    ANNUAL = 'annual'
    BIENNIAL = 'biennial'
    ONCE = 'once'
    PERIODIC = 'periodic'
    STANDING = 'standing'

class Reference():
    def __init__(
        self,
        source: str,
        path: tuple[str | int, ...],
        target: str,
        kinds: tuple[str, ...],
    ) -> None: ...
    field: str
    kinds: tuple[str, ...]
    path: tuple[str | int, ...]
    source: str
    target: str

class Report():
    def __init__(
        self,
        findings: tuple[Finding, ...],
        waived: tuple[Waived, ...] = (),
        rules: tuple[Rule, ...] = (),
        records: int = 0,
        *,
        language: str = 'en',
    ) -> None: ...
    def by_code(self) -> dict[str, tuple[Finding, ...]]: ...
    findings: tuple[Finding, ...]
    fixes: tuple[Finding, ...]
    def in_language(self, language: str) -> Report: ...
    language: str
    ok: bool
    records: int
    rules: tuple[Rule, ...]
    def summary(self) -> str: ...
    table: Table[Finding]
    def to_csv(self, *, guard_formulas: bool = False) -> str: ...
    def to_dict(self) -> dict[str, Any]: ...
    def to_github(self) -> str: ...
    def to_json(self) -> str: ...
    def to_sarif(self, replacements: Mapping[Finding, Sequence[Replacement]] | None = None) -> dict[str, Any]: ...
    def to_text(self, *, colour: bool = False) -> str: ...
    waived: tuple[Waived, ...]

class Resource(Record):
    def __init__(
        self,
        *,
        extensions: Extensions = NO_EXTENSIONS,
        kind: Text,
        amount: Amount | None = None,
        currency: Annotated[str, StringConstraints(pattern='^[A-Z]{3}$')] | None = None,
        period: Period | None = None,
        funder: ActorId | None = None,
        status: Text | None = None,
        within_existing: bool | None = None,
        note: Text | None = None,
    ) -> None: ...
    amount: Amount | None
    currency: Annotated[str, StringConstraints(pattern='^[A-Z]{3}$')] | None
    funder: ActorId | None
    kind: Text
    note: Text | None
    period: Period | None
    status: Text | None
    within_existing: bool | None

class Roadmap(Record):
    def __init__(
        self,
        *,
        extensions: Extensions = NO_EXTENSIONS,
        id: Identifier,
        title: Label,
        owners: Annotated[tuple[ActorId, ...], Field(min_length=1)],
        kind: RoadmapKind | None = None,
        description: Text | None = None,
        mandated_by: tuple[ProvisionOrMandateId, ...] = (),
        scope: tuple[ScopeId, ...] = (),
        period: Period | None = None,
        status: RoadmapStatus = RoadmapStatus.DRAFT,
        version: Text | None = None,
        issued: Date | None = None,
        reports_to: tuple[ActorId, ...] = (),
        objectives: tuple[Objective, ...] = (),
        activities: tuple[Activity, ...] = (),
        indicators: tuple[Indicator, ...] = (),
        updates: tuple[Update, ...] = (),
        source: Source | None = None,
    ) -> None: ...
    activities: tuple[Activity, ...]
    description: Text | None
    id: Identifier
    indicators: tuple[Indicator, ...]
    issued: Date | None
    kind: RoadmapKind | None
    mandated_by: tuple[ProvisionOrMandateId, ...]
    objectives: tuple[Objective, ...]
    owners: Annotated[tuple[ActorId, ...], Field(min_length=1)]
    period: Period | None
    reports_to: tuple[ActorId, ...]
    scope: tuple[ScopeId, ...]
    source: Source | None
    status: RoadmapStatus
    title: Label
    updates: tuple[Update, ...]
    version: Text | None

class RoadmapKind(str, Enum):
    ACTION_LINE = 'action-line'
    JOINT = 'joint'
    NATIONAL = 'national'
    ORGANISATIONAL = 'organisational'

class RoadmapStatus(str, Enum):
    CONSULTATION = 'consultation'
    DRAFT = 'draft'
    PUBLISHED = 'published'
    SUPERSEDED = 'superseded'

class Role(Record):
    def __init__(
        self,
        *,
        extensions: Extensions = NO_EXTENSIONS,
        role: RoleKind,
        of: AnyId,
        since: PartialDate | None = None,
        until: PartialDate | None = None,
        source: Source | None = None,
    ) -> None: ...
    of: AnyId
    role: RoleKind
    since: PartialDate | None
    source: Source | None
    until: PartialDate | None

class RoleKind(str, Enum):
    ADVISER = 'adviser'
    CHAIR = 'chair'
    CO_FACILITATOR = 'co-facilitator'
    FACILITATOR = 'facilitator'
    MEMBER = 'member'
    PARTNER = 'partner'
    SECRETARIAT = 'secretariat'
    VICE_CHAIR = 'vice-chair'

class RouteStep():
    def __init__(self, how: str, to: str) -> None: ...
    how: str
    to: str

class Rule():
    def __init__(
        self,
        code: str,
        severity: Severity,
        look: Callable[[CheckContext], Iterator[Found]],
        profiles: tuple[str, ...] = ('draft', 'publish'),
        dated: bool = False,
        reads: tuple[str, ...] = (),
        of_values: bool = False,
        whole: str = '',
    ) -> None: ...
    code: str
    dated: bool
    doc: str
    look: Callable[[CheckContext], Iterator[Found]]
    name: str
    of_values: bool
    profiles: tuple[str, ...]
    reads: tuple[str, ...]
    severity: Severity
    title: str
    url: str
    whole: str

class Section(Record):
    def __init__(
        self,
        *,
        extensions: Extensions = NO_EXTENSIONS,
        id: Identifier,
        heading: Label,
        level: Annotated[int, Field(ge=1, le=9)] = 1,
        parent: SectionId | None = None,
    ) -> None: ...
    heading: Label
    id: Identifier
    level: Annotated[int, Field(ge=1, le=9)]
    parent: SectionId | None

class Session(Record):
    def __init__(
        self,
        *,
        extensions: Extensions = NO_EXTENSIONS,
        id: Identifier,
        title: Label,
        body: ActorId | None = None,
        number: int | None = None,
        year: Year | None = None,
        opens: PartialDate | None = None,
        closes: PartialDate | None = None,
        place: Text | None = None,
        source: Source | None = None,
    ) -> None: ...
    body: ActorId | None
    closes: PartialDate | None
    id: Identifier
    number: int | None
    opens: PartialDate | None
    place: Text | None
    source: Source | None
    title: Label
    def window(self) -> Window: ...
    year: Year | None

class Severity(str, Enum):
    ERROR = 'error'
    WARNING = 'warning'

class Source(Record):
    def __init__(
        self,
        *,
        extensions: Extensions = NO_EXTENSIONS,
        title: Text,
        url: Iri | None = None,
        date: Date | None = None,
        retrieved: Date | None = None,
        terms: Text | None = None,
        checked: Text | None = None,
        certainty: Certainty = Certainty.VERIFIED,
    ) -> None: ...
    certainty: Certainty
    checked: Text | None
    date: Date | None
    retrieved: Date | None
    terms: Text | None
    title: Text
    url: Iri | None

class StakeholderGroup(Record):
    def __init__(
        self,
        *,
        extensions: Extensions = NO_EXTENSIONS,
        id: Identifier,
        label: Label,
        parent: GroupId | None = None,
        definition: Text | None = None,
        roles: tuple[RoleKind, ...] = (),
        rest_of: GroupId | None = None,
        aliases: tuple[Text, ...] = (),
        named_in: tuple[ProvisionId, ...] = (),
        source: Source | None = None,
    ) -> None: ...
    aliases: tuple[Text, ...]
    definition: Text | None
    id: Identifier
    label: Label
    named_in: tuple[ProvisionId, ...]
    parent: GroupId | None
    rest_of: GroupId | None
    roles: tuple[RoleKind, ...]
    source: Source | None

class Stream():
    def __init__(
        self,
        paths: tuple[Path, ...],
        format: str | None = None,
        unknown: Unknown = 'forbid',
        names: Corpus | None = None,
        on_problem: Callable[[Finding], object] | None = None,
    ) -> None: ...
    def __iter__(self) -> Iterator[Record]: ...
    extensions: dict[str, Any]
    format: str | None
    def items(self) -> Iterator[Streamed]: ...
    lost: set[tuple[str, str]]
    names: Corpus | None
    on_problem: Callable[[Finding], object] | None
    paths: tuple[Path, ...]
    unknown: Unknown

class Streamed():
    def __init__(self, record: Record, kind: str, belongs_to: str | None, position: Position) -> None: ...
    belongs_to: str | None
    kind: str
    position: Position
    record: Record

class Subject(Record):
    def __init__(
        self,
        *,
        extensions: Extensions = NO_EXTENSIONS,
        label: Text,
        iri: Iri | None = None,
    ) -> None: ...
    iri: Iri | None
    label: Text

class Table(Sequence[Row], Generic[Row]):
    def __init__(self, rows: tuple[Row, ...], columns: dict[str, Callable[[Row], Any]]) -> None: ...
    def __getitem__(self, index: int | slice) -> Row | Table[Row]: ...
    def __iter__(self) -> Iterator[Row]: ...
    def __len__(self) -> int: ...
    columns: dict[str, Callable[[Row], Any]]
    rows: tuple[Row, ...]
    def to_arrow(self) -> Any: ...
    def to_csv(self, *, guard_formulas: bool = False) -> str: ...
    def to_dicts(self, *, plain: bool = False) -> list[dict[str, Any]]: ...
    def to_frame(self, library: Literal['pandas', 'polars'] = 'pandas') -> Any: ...
    def to_json(self) -> str: ...
    def to_markdown(self) -> str: ...
    def to_text(self, width: int | None = None) -> str: ...

class Target(Record):
    def __init__(
        self,
        *,
        extensions: Extensions = NO_EXTENSIONS,
        value: Amount,
        by: PartialDate,
        note: Text | None = None,
    ) -> None: ...
    by: PartialDate
    note: Text | None
    value: Amount

class TextRow(Record):
    def __init__(
        self,
        *,
        extensions: Extensions = NO_EXTENSIONS,
        cells: Annotated[tuple[str, ...], Field(min_length=1)],
    ) -> None: ...
    cells: Annotated[tuple[str, ...], Field(min_length=1)]

class TextTable(Record):
    def __init__(
        self,
        *,
        extensions: Extensions = NO_EXTENSIONS,
        provision: ProvisionId | None = None,
        language: Text | None = None,
        rows: tuple[TextRow, ...] = (),
    ) -> None: ...
    language: Text | None
    provision: ProvisionId | None
    rows: tuple[TextRow, ...]

class Translations(FrozenMap[str]):
    def pick(self, *languages: str) -> str: ...

class UnknownFormat(WsisModelError, ValueError):
    def __init__(self, name: str, known: tuple[str, ...] = ()) -> None: ...
    known: tuple[str, ...]
    name: str

class UnknownIdentifier(WsisModelError, KeyError):
    def __init__(self, identifier: str, near: tuple[str, ...] = (), last: str = '') -> None: ...
    identifier: str
    last: str
    near: tuple[str, ...]

class Update(Record):
    def __init__(
        self,
        *,
        extensions: Extensions = NO_EXTENSIONS,
        id: Identifier | None = None,
        date: Date,
        about: AnyId,
        by: ActorId | None = None,
        status: Text | None = None,
        note: Text | None = None,
        evidence: tuple[Evidence, ...] = (),
    ) -> None: ...
    about: AnyId
    by: ActorId | None
    date: Date
    evidence: tuple[Evidence, ...]
    id: Identifier | None
    note: Text | None
    status: Text | None

class Vocabulary(Record):
    def __init__(
        self,
        *,
        extensions: Extensions = NO_EXTENSIONS,
        id: Identifier,
        title: Label,
        edition: Text | None = None,
        source: Source | None = None,
        concepts: tuple[Concept, ...] = (),
    ) -> None: ...
    concepts: tuple[Concept, ...]
    edition: Text | None
    id: Identifier
    source: Source | None
    title: Label

class Waiver():
    def __init__(self, code: str, record: str, reason: str) -> None: ...
    code: str
    def excuses(self, finding: Finding) -> bool: ...
    reason: str
    record: str

class Window():
    def __init__(self, earliest: datetime.date | None, latest: datetime.date | None) -> None: ...
    def __lt__(self, other: Window) -> bool: ...
    earliest: datetime.date | None
    latest: datetime.date | None

class WriteError(WsisModelError, ValueError):
    def __init__(self, format: str, problems: tuple[Finding, ...]) -> None: ...
    format: str
    problems: tuple[Finding, ...]

class WsisModelError(Exception):
    ...

def catalogue() -> Corpus: ...

def check(
    source: Corpus | Partial,
    *,
    profile: str = 'draft',
    rules: Iterable[Rule] = RULES,
    waivers: Iterable[Waiver] = (),
    as_of: datetime.date | None = None,
) -> Report: ...

def cite(identifier: str) -> str: ...

def dumps(what: Corpus | Record | Iterable[Record], format: str = 'json') -> bytes: ...

def fetch(
    reference: str,
    *,
    language: str = 'en',
    format: FileFormat = 'akn',
    folder: str | os.PathLike[str] | None = None,
    base_url: str | None = None,
) -> Path: ...

def load(
    source: str | os.PathLike[str] | IO[bytes] | IO[str] | Mapping[str, Any],
    *,
    format: str | None = None,
    unknown: Unknown = 'forbid',
    names: Corpus | None = None,
) -> Corpus: ...

def loads(
    data: bytes | str,
    format: str,
    *,
    name: str = '<data>',
    unknown: Unknown = 'forbid',
    names: Corpus | None = None,
) -> Corpus: ...

def parse_reference(text: str, of: str = '') -> str: ...

def salvage(
    source: str | os.PathLike[str] | bytes | Mapping[str, Any],
    *,
    format: str | None = None,
    name: str | None = None,
    unknown: Unknown = 'forbid',
    names: Corpus | None = None,
) -> Partial: ...

def save(
    what: Corpus | Record | Iterable[Record],
    path: str | os.PathLike[str],
    *,
    format: str | None = None,
) -> None: ...

def sources_of(reference: str) -> tuple[OfficialFile, ...]: ...

def stream(
    *paths: str | os.PathLike[str],
    format: str | None = None,
    unknown: Unknown = 'forbid',
    names: Corpus | None = None,
    on_problem: Callable[[Finding], object] | None = None,
) -> Stream: ...
