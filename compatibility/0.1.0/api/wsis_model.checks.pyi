__all__ = [
    'CheckContext',
    'FAMILIES',
    'Finding',
    'Found',
    'PROFILES',
    'RULES',
    'Report',
    'Rule',
    'Severity',
    'UNUSED_WAIVER',
    'Waived',
    'Waiver',
    'check',
    'found',
    'load_waivers',
    'rule',
]

class CheckContext():
    def __init__(
        self,
        corpus: Corpus,
        as_of: datetime.date | None = None,
        publishing: bool = False,
    ) -> None: ...
    as_of: datetime.date | None
    broken_references: tuple[Reference, ...]
    def concepts(self, vocabulary: str) -> dict[str, Concept]: ...
    corpus: Corpus
    def get(self, identifier: str | None, *kinds: type[Record]) -> Any: ...
    publishing: bool

FAMILIES: dict[str, str]
from wsis_model import Finding as Finding

class Found():
    def __init__(
        self,
        record: str,
        message: str,
        path: Path = (),
        hint: str = '',
        column: str = '',
        hint_fields: tuple[str, ...] = (),
        names: tuple[str, ...] = (),
        meant: tuple[str, ...] = (),
        fix: Fix | None = None,
    ) -> None: ...
    column: str
    def finding(self, rule: Rule, place: Position | None) -> Finding: ...
    fix: Fix | None
    hint: str
    hint_fields: tuple[str, ...]
    meant: tuple[str, ...]
    message: str
    names: tuple[str, ...]
    path: Path
    record: str
from wsis_model import PROFILES as PROFILES
from wsis_model import RULES as RULES
from wsis_model import Report as Report
from wsis_model import Rule as Rule
from wsis_model import Severity as Severity

UNUSED_WAIVER: Any

class Waived():
    def __init__(self, finding: Finding, waiver: Waiver) -> None: ...
    finding: Finding
    waiver: Waiver
from wsis_model import Waiver as Waiver
from wsis_model import check as check

def found(
    record: Record | str,
    message: str,
    at: str | Path = (),
    *,
    hint: str = '',
    column: str = '',
    hint_fields: tuple[str, ...] = (),
    names: Iterable[str] = (),
    meant: tuple[str, ...] = (),
    fix: Fix | None = None,
) -> Found: ...

def load_waivers(path: str | os.PathLike[str]) -> tuple[Waiver, ...]: ...

def rule(
    code: str,
    severity: Severity = Severity.ERROR,
    profiles: tuple[str, ...] = ('draft', 'publish'),
    *,
    dated: bool = False,
    reads: tuple[str, ...] = (),
    of_values: bool = False,
    whole: str = '',
) -> Callable[[Callable[[CheckContext], Iterator[Found]]], Rule]: ...
