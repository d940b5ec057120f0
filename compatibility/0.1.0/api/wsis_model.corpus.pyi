__all__ = [
    'Batch',
    'Clash',
    'Corpus',
    'Reference',
    'TopRecord',
    'join',
]

class Batch():
    def __init__(
        self,
        records: Iterable[tuple[TopRecord, Origin | None]],
        extensions: Extensions,
        origin: Origin | None = None,
    ) -> None: ...
    extensions: Extensions
    origin: Origin | None
    records: Iterable[tuple[TopRecord, Origin | None]]

class Clash():
    def __init__(
        self,
        identifier: str,
        types: tuple[type, type],
        origins: tuple[Origin | None, Origin | None],
    ) -> None: ...
    def finding(self) -> Finding: ...
    identifier: str
    origins: tuple[Origin | None, Origin | None]
    types: tuple[type, type]
from wsis_model import Corpus as Corpus
from wsis_model import Reference as Reference

TopRecord: Any

def join(parts: Iterable[Corpus | Batch], *, lists: bool = False) -> tuple[Corpus, tuple[Clash, ...]]: ...
