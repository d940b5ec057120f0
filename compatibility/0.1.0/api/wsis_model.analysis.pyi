__all__ = [
    'Answer',
    'Conflict',
    'ConflictKind',
    'Count',
    'Course',
    'Coverage',
    'CoverageRow',
    'Dated',
    'Dependency',
    'Editions',
    'Entry',
    'Gap',
    'HORIZON',
    'History',
    'Joint',
    'Load',
    'Measured',
    'ObjectiveProgress',
    'Overlap',
    'Progress',
    'Reached',
    'Reporting',
    'Slip',
    'SlipKind',
    'Standing',
    'Turn',
    'TurnKind',
    'Unmeasured',
    'calendar',
    'checklist',
    'coverage',
    'editions',
    'events',
    'gaps',
    'history',
    'joint',
    'progress',
    'to_ical',
    'watch',
    'workload',
]

class Answer(str, Enum):
    ANSWERED = 'answered'
    NOT = 'not'
    PARTLY = 'partly'

class Conflict():
    def __init__(
        self,
        kind: ConflictKind,
        about: str,
        records: tuple[str, ...],
        roadmaps: tuple[str, ...],
        values: tuple[str, ...],
    ) -> None: ...
    about: str
    kind: ConflictKind
    records: tuple[str, ...]
    roadmaps: tuple[str, ...]
    values: tuple[str, ...]

class ConflictKind(str, Enum):
    BASELINES = 'two baselines'
    CIRCLE = 'circle'
    DATES = 'dates'
    DIRECTIONS = 'two directions'
    LEADS = 'two leads'
    TARGETS = 'two targets'
    UNITS = 'two units'
    VALUES = 'two values'

class Count():
    def __init__(
        self,
        kind: str,
        answered: int,
        partly: int,
        not_: int,
        total: int,
        missing: int,
    ) -> None: ...
    answered: int
    kind: str
    missing: int
    not_: int
    partly: int
    total: int

class Course(str, Enum):
    AHEAD = 'ahead'
    BEHIND = 'behind'
    NO_DATA = 'no data'
    ON_COURSE = 'on course'

class Coverage():
    def __init__(
        self,
        mandates: Table[CoverageRow],
        action_lines: Table[CoverageRow],
        sdg_targets: Table[CoverageRow],
        commitments: Table[CoverageRow],
        groups: Table[CoverageRow],
        document: str | None = None,
        roadmap: str | None = None,
    ) -> None: ...
    action_lines: Table[CoverageRow]
    commitments: Table[CoverageRow]
    document: str | None
    groups: Table[CoverageRow]
    mandates: Table[CoverageRow]
    roadmap: str | None
    sdg_targets: Table[CoverageRow]
    summary: Table[Count]
    tables: dict[str, Table[CoverageRow]]
    title: str
    def to_dict(self) -> dict[str, Any]: ...
    def to_text(self, width: int | None = None) -> str: ...

class CoverageRow():
    def __init__(
        self,
        record: str,
        label: str,
        answer: Answer,
        by: tuple[str, ...],
        route: str,
        roadmaps: tuple[str, ...],
        expected: bool,
        why: str = '',
        asked: tuple[str, ...] = (),
    ) -> None: ...
    answer: Answer
    asked: tuple[str, ...]
    by: tuple[str, ...]
    expected: bool
    label: str
    record: str
    roadmaps: tuple[str, ...]
    route: str
    why: str

class Dated():
    def __init__(
        self,
        record: str,
        title: str,
        first_planned: Window,
        planned: Window,
        actual: datetime.date | None,
        status: str,
        days: int | None,
    ) -> None: ...
    actual: datetime.date | None
    days: int | None
    first_planned: Window
    planned: Window
    record: str
    status: str
    title: str

class Dependency():
    def __init__(
        self,
        record: str,
        needs: str,
        roadmap: str,
        on: str,
        by: Window,
        ready: Window,
        done: bool,
    ) -> None: ...
    by: Window
    done: bool
    needs: str
    on: str
    ready: Window
    record: str
    roadmap: str

class Editions():
    def __init__(self, roadmaps: tuple[Roadmap, ...]) -> None: ...
    def as_of(self, day: datetime.date) -> Roadmap: ...
    latest: Roadmap
    roadmaps: tuple[Roadmap, ...]

class Entry():
    def __init__(
        self,
        what: str,
        title: str,
        kind: Literal['mandate', 'milestone'],
        window: Window,
        due: Due,
        who: tuple[str, ...] = (),
        reports_to: tuple[str, ...] = (),
        status: str = '',
        occurrence: int | None = None,
        counted: bool = False,
        roadmap: str | None = None,
        document: str | None = None,
        session: str | None = None,
        note: str = '',
    ) -> None: ...
    counted: bool
    document: str | None
    due: Due
    kind: Literal['mandate', 'milestone']
    note: str
    occurrence: int | None
    reports_to: tuple[str, ...]
    roadmap: str | None
    session: str | None
    status: str
    title: str
    what: str
    when: str
    who: tuple[str, ...]
    window: Window

class Gap():
    def __init__(
        self,
        owner: str,
        record: str,
        field: str,
        code: str,
        what: str,
        hint: str,
        position: Position | None,
    ) -> None: ...
    code: str
    field: str
    hint: str
    owner: str
    position: Position | None
    record: str
    what: str

HORIZON: Any

class History():
    def __init__(self, editions: Editions, slips: Table[Slip], dates: Table[Dated]) -> None: ...
    dates: Table[Dated]
    editions: Editions
    slips: Table[Slip]
    def to_dict(self) -> dict[str, Any]: ...
    def to_text(self, width: int | None = None) -> str: ...

class Joint():
    def __init__(
        self,
        roadmaps: tuple[str, ...],
        overlaps: Table[Overlap],
        conflicts: Table[Conflict],
        dependencies: Table[Dependency],
        unanswered: Table[CoverageRow],
        unmeasured: Table[Unmeasured],
        workload: Table[Load],
    ) -> None: ...
    conflicts: Table[Conflict]
    dependencies: Table[Dependency]
    overlaps: Table[Overlap]
    roadmaps: tuple[str, ...]
    tables: dict[str, Table[Any]]
    title: str
    def to_dict(self) -> dict[str, Any]: ...
    def to_text(self, width: int | None = None) -> str: ...
    unanswered: Table[CoverageRow]
    unmeasured: Table[Unmeasured]
    workload: Table[Load]

class Load():
    def __init__(
        self,
        actor: str,
        name: str,
        owns: tuple[str, ...],
        leads: tuple[str, ...],
        joins: tuple[str, ...],
        milestones: tuple[str, ...],
        asked: tuple[str, ...],
        asked_through: tuple[str, ...],
        reports: tuple[Reporting, ...],
        receives: tuple[str, ...],
        next_due: Window | None,
        overdue: tuple[str, ...] = (),
    ) -> None: ...
    actor: str
    asked: tuple[str, ...]
    asked_through: tuple[str, ...]
    burden: int
    joins: tuple[str, ...]
    leads: tuple[str, ...]
    milestones: tuple[str, ...]
    name: str
    next_due: Window | None
    overdue: tuple[str, ...]
    owns: tuple[str, ...]
    receives: tuple[str, ...]
    reports: tuple[Reporting, ...]

class Measured():
    def __init__(
        self,
        indicator: Indicator,
        course: Course,
        observed: Observation | None,
        expected: Decimal | None,
        target: Target | None,
        share: Decimal | None,
        arithmetic: str,
        shown: str = '',
    ) -> None: ...
    arithmetic: str
    course: Course
    expected: Decimal | None
    indicator: Indicator
    observed: Observation | None
    share: Decimal | None
    shown: str
    target: Target | None

class ObjectiveProgress():
    def __init__(
        self,
        objective: Objective,
        activities: int,
        done: int,
        statuses: FrozenMap[int],
        milestones: FrozenMap[int],
        indicators: FrozenMap[int],
    ) -> None: ...
    activities: int
    done: int
    indicators: FrozenMap[int]
    milestones: FrozenMap[int]
    objective: Objective
    statuses: FrozenMap[int]

class Overlap():
    def __init__(
        self,
        activities: tuple[str, ...],
        roadmaps: tuple[str, ...],
        answers: tuple[str, ...],
        leads: tuple[str, ...],
        beneficiaries: tuple[str, ...],
    ) -> None: ...
    activities: tuple[str, ...]
    answers: tuple[str, ...]
    beneficiaries: tuple[str, ...]
    leads: tuple[str, ...]
    roadmaps: tuple[str, ...]

class Progress():
    def __init__(
        self,
        roadmap: Roadmap,
        as_of: datetime.date,
        indicators: Table[Measured],
        milestones: Table[Reached],
        objectives: Table[ObjectiveProgress],
    ) -> None: ...
    as_of: datetime.date
    indicators: Table[Measured]
    milestones: Table[Reached]
    objectives: Table[ObjectiveProgress]
    roadmap: Roadmap
    summary: str
    tables: dict[str, Table[Any]]
    def to_dict(self) -> dict[str, Any]: ...
    def to_text(self, width: int | None = None) -> str: ...

class Reached():
    def __init__(
        self,
        milestone: Milestone,
        activity: Activity,
        standing: Standing,
        window: Window,
        why: str,
        session: str | None = None,
        waits_for: str | None = None,
    ) -> None: ...
    activity: Activity
    milestone: Milestone
    session: str | None
    standing: Standing
    waits_for: str | None
    why: str
    window: Window

class Reporting():
    def __init__(self, what: str, to: tuple[str, ...], window: Window) -> None: ...
    to: tuple[str, ...]
    what: str
    window: Window

class Slip():
    def __init__(
        self,
        kind: SlipKind,
        record: str,
        title: str,
        planned: Window,
        became: Window | None,
        days: int | None,
        told: datetime.date,
        by: tuple[str, ...],
        why: str,
    ) -> None: ...
    became: Window | None
    by: tuple[str, ...]
    days: int | None
    kind: SlipKind
    planned: Window
    record: str
    title: str
    told: datetime.date
    why: str

class SlipKind(str, Enum):
    BROUGHT_FORWARD = 'brought forward'
    CANCELLED = 'cancelled'
    DROPPED = 'dropped'
    LATE = 'late'
    OVERDUE = 'overdue'
    POSTPONED = 'postponed'

class Standing(str, Enum):
    AT_RISK = 'at risk'
    CANCELLED = 'cancelled'
    COMING = 'coming'
    DONE = 'done'
    LATE = 'late'
    NO_DATE = 'no date'

class Turn():
    def __init__(
        self,
        day: datetime.date,
        kind: TurnKind,
        record: str,
        title: str,
        of: str,
        who: tuple[str, ...],
    ) -> None: ...
    day: datetime.date
    kind: TurnKind
    of: str
    record: str
    title: str
    who: tuple[str, ...]

class TurnKind(str, Enum):
    CLOSES = 'closes'
    FALLS_DUE = 'falls due'
    OPENS = 'opens'

class Unmeasured():
    def __init__(self, target: str, label: str, roadmaps: tuple[str, ...], by: tuple[str, ...]) -> None: ...
    by: tuple[str, ...]
    label: str
    roadmaps: tuple[str, ...]
    target: str

def calendar(
    corpus: Corpus,
    *,
    document: str | None = None,
    roadmap: str | None = None,
    actor: str | None = None,
    reporting_lines: bool = False,
    session: str | None = None,
    start: datetime.date | None = None,
    horizon: datetime.date = HORIZON,
) -> Table[Entry]: ...

def checklist(gaps: Iterable[Gap]) -> str: ...

def coverage(corpus: Corpus, *, roadmap: str | None = None, document: str | None = '80-173') -> Coverage: ...

def editions(roadmaps: Iterable[Roadmap]) -> Editions: ...

def events(entries: Iterable[Entry], corpus: Corpus) -> tuple[ical.Event, ...]: ...

def gaps(
    corpus: Corpus,
    roadmap: str | None = None,
    *,
    as_of: datetime.date | None = None,
    waivers: Iterable[Waiver] = (),
) -> Table[Gap]: ...

def history(
    corpus: Corpus,
    roadmaps: Editions | Iterable[Roadmap],
    *,
    as_of: datetime.date | None = None,
) -> History: ...

def joint(
    corpus: Corpus,
    roadmaps: Iterable[str] | None = None,
    *,
    document: str | None = '80-173',
    as_of: datetime.date | None = None,
) -> Joint: ...

def progress(corpus: Corpus, roadmap: str, *, as_of: datetime.date) -> Progress: ...

def to_ical(
    entries: Iterable[Entry],
    corpus: Corpus,
    *,
    name: str = 'WSIS: what is due',
    stamp: datetime.datetime | None = None,
) -> bytes: ...

def watch(
    corpus: Corpus,
    first: datetime.date,
    last: datetime.date,
    *,
    actor: str | None = None,
    document: str | None = None,
    roadmap: str | None = None,
) -> Table[Turn]: ...

def workload(
    corpus: Corpus,
    actor: str | None = None,
    *,
    document: str | None = None,
    as_of: datetime.date | None = None,
) -> Table[Load]: ...
