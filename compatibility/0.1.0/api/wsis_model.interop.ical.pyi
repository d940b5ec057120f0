__all__ = [
    'Event',
    'to_ical',
]

class Event():
    def __init__(
        self,
        uid: str,
        title: str,
        first: datetime.date,
        last: datetime.date,
        description: str = '',
        url: str | None = None,
        categories: tuple[str, ...] = (),
    ) -> None: ...
    categories: tuple[str, ...]
    description: str
    first: datetime.date
    last: datetime.date
    title: str
    uid: str
    url: str | None

def to_ical(
    events: Iterable[Event],
    *,
    name: str,
    description: str = '',
    stamp: datetime.datetime | None = None,
) -> bytes: ...
