"""Short names of records, for sentences, tables and pictures."""

from __future__ import annotations

from ..corpus import Corpus
from ..model import Concept, Entity, Provision, Session, StakeholderGroup

__all__ = ["short_name"]


def short_name(corpus: Corpus, identifier: str) -> str:
    """The short name of a record: an acronym, a code and label, a label, e.g. `"CSTD 30"`; the
    identifier if the corpus does not hold it.
    """
    match corpus.get(identifier):
        case Entity() as entity:
            return entity.acronym or str(entity.name)
        case StakeholderGroup() as group:
            return str(group.label)
        case Concept() as concept:
            return f"{concept.code or ''} {concept.label}"
        case Provision() as provision:
            return f"para. {provision.number}"
        case Session() as session:
            body = corpus.get(session.body) if session.body else None
            if isinstance(body, Entity) and body.acronym and session.number is not None:
                return f"{body.acronym} {session.number}"
            return str(session.title)
        case _:
            return identifier
