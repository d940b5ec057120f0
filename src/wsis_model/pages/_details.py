"""What the tables have no room for."""

from __future__ import annotations

import json
from collections.abc import Iterator

from ..model import Record, Translations
from ..model.fields import shape_of
from ..pictures._labels import clean, counted, fit
from ._content import Block, Fold, Foreign, Line, grid, shown_in
from ._facts import RoadmapFacts
from ._lines import part_of, titled

__all__ = ["other_details"]

LONGEST = 300


def other_details(facts: RoadmapFacts) -> Iterator[Block]:
    """What the tables have no room for: titles in other languages, and fields that others have
    added.
    """
    texts: list[tuple[str, Translations]] = []
    added: list[tuple[Line, ...]] = []
    for owner, record in _all(facts.roadmap, facts.roadmap.id):
        said_in = [
            getattr(record, field.name)
            for field in shape_of(type(record))
            if field.what == "translations"
        ]
        texts += [(owner, text) for text in said_in if len(text) > 1]
        for key, value in record.to_dict()["extensions"].items() if record.extensions else ():
            written = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
            added.append(
                (
                    part_of(facts.corpus, owner),
                    (clean(key.removeprefix("unknown:")),),
                    (fit(written, LONGEST),),
                )
            )
    if texts:
        others = [
            (owner, text, {each: text[each] for each in text if each != shown_in(text)})
            for owner, text in texts
        ]
        spoken = sorted({language for _, _, more in others for language in more})
        rows: list[tuple[Line, ...]] = [
            (
                titled(text, owner),
                *((Foreign(clean(more[each]), each) if each in more else "",) for each in spoken),
            )
            for owner, text, more in others
        ]
        table = grid(
            "Titles in other languages",
            ("Title", *spoken),
            rows,
            facts.call("corpus.roadmap(ID).to_dict()"),
        )
        yield Fold(
            (f"{counted(len(rows), 'title')} in other languages: {', '.join(spoken)}",), (table,)
        )
    if added:
        table = grid(
            "Fields that others have added",
            ("Of", "Field", "What it says"),
            added,
            facts.call("corpus.roadmap(ID).to_dict()"),
        )
        yield Fold((f"{counted(len(added), 'field')} that others have added",), (table,))


def _all(record: Record, owner: str) -> Iterator[tuple[str, Record]]:
    """A record and all that it holds, each with the identifier of itself or of what it belongs to."""
    name = getattr(record, "id", owner)
    yield name, record
    for field in shape_of(type(record)):
        held = getattr(record, field.name)
        if field.what == "records":
            for each in held:
                yield from _all(each, name)
        elif field.what == "record" and held is not None:
            yield from _all(held, name)
