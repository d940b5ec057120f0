__all__ = [
    'LeftOut',
    'NotTaken',
    'Reading',
    'Repair',
    'RepairedFile',
]

class LeftOut():
    def __init__(self, position: Position, text: str, reason: str) -> None: ...
    position: Position
    reason: str
    text: str

class NotTaken():
    def __init__(self, element: str, count: int, words: int, position: Position) -> None: ...
    count: int
    element: str
    position: Position
    words: int

class Reading():
    def __init__(
        self,
        documents: tuple[Document, ...],
        left_out: tuple[LeftOut, ...] = (),
        repairs: tuple[Repair, ...] = (),
        not_taken: tuple[NotTaken, ...] = (),
    ) -> None: ...
    annexes: tuple[Document, ...]
    document: Document
    documents: tuple[Document, ...]
    left_out: tuple[LeftOut, ...]
    not_taken: tuple[NotTaken, ...]
    records: tuple[TopRecord, ...]
    repairs: tuple[Repair, ...]

class Repair():
    def __init__(self, code: str, position: Position, found: str, done: str) -> None: ...
    code: str
    done: str
    found: str
    position: Position

class RepairedFile(UserWarning):
    def __init__(self, repairs: tuple[Repair, ...]) -> None: ...
    repairs: Any
