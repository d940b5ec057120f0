__all__ = [
    'ActionPlan',
    'read',
]

class ActionPlan():
    def __init__(
        self,
        roadmap: Roadmap,
        entities: tuple[Entity, ...] = (),
        left_out: tuple[LeftOut, ...] = (),
        repairs: tuple[Repair, ...] = (),
    ) -> None: ...
    corpus: Corpus
    entities: tuple[Entity, ...]
    left_out: tuple[LeftOut, ...]
    records: tuple[TopRecord, ...]
    repairs: tuple[Repair, ...]
    roadmap: Roadmap

def read(
    source: str | os.PathLike[str] | bytes,
    *,
    corpus: Corpus | None = None,
    owners: Sequence[str] = ('secretary-general',),
    published: datetime.date | None = None,
) -> ActionPlan: ...
