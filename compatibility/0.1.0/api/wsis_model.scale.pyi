__all__ = [
    'RELATIONAL',
    'check',
    'check_stream',
    'tables',
    'unanswered',
]

RELATIONAL: dict[str, Callable[[Tables], Iterator[Found]]]

def check(
    source: Any,
    *,
    rules: Iterable[Rule] = RULES,
    profile: str = 'draft',
    waivers: Iterable[Waiver] = (),
) -> Report: ...

def check_stream(
    *paths: str | os.PathLike[str],
    profile: str = 'draft',
    rules: Iterable[Rule] = RULES,
    waivers: Iterable[Waiver] = (),
    as_of: datetime.date | None = None,
    unknown: Unknown = 'forbid',
    known: Corpus | None = None,
) -> Report: ...

def tables(folder: Folder, engine: Any) -> dict[str, Any]: ...

def unanswered(source: Any) -> tuple[str, ...]: ...
