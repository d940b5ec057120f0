__all__ = [
    'Activity',
    'ActivityStatus',
    'Alignment',
    'Basis',
    'Certainty',
    'Citation',
    'Concept',
    'ConceptStatus',
    'Date',
    'Direction',
    'Document',
    'Due',
    'Entity',
    'Evidence',
    'Extensions',
    'File',
    'FrozenMap',
    'Identifier',
    'Indicator',
    'Iri',
    'Mandate',
    'MandateKind',
    'Milestone',
    'MilestoneStatus',
    'Note',
    'Objective',
    'Observation',
    'Part',
    'PartialDate',
    'Period',
    'Provision',
    'RECORDS',
    'Record',
    'Recurrence',
    'Refers',
    'Resource',
    'Roadmap',
    'RoadmapKind',
    'RoadmapStatus',
    'Role',
    'RoleKind',
    'Section',
    'Session',
    'Source',
    'StakeholderGroup',
    'Subject',
    'Target',
    'Text',
    'TextRow',
    'TextTable',
    'Translations',
    'Update',
    'Vocabulary',
    'Window',
    'Year',
    'cite',
    'is_identifier',
    'number_to_segment',
    'owner_of',
    'parse_reference',
]
from wsis_model import Activity as Activity
from wsis_model import ActivityStatus as ActivityStatus
from wsis_model import Alignment as Alignment
from wsis_model import Basis as Basis
from wsis_model import Certainty as Certainty
from wsis_model import Citation as Citation
from wsis_model import Concept as Concept
from wsis_model import ConceptStatus as ConceptStatus

Date: Any
from wsis_model import Direction as Direction
from wsis_model import Document as Document
from wsis_model import Due as Due
from wsis_model import Entity as Entity
from wsis_model import Evidence as Evidence

class Extensions(FrozenMap[Any]):
    ...

class File(Record):
    def __init__(
        self,
        *,
        extensions: Extensions = NO_EXTENSIONS,
        wsis_model: Annotated[Literal['1'], BeforeValidator(_as_text)] = '1',
        documents: tuple[Document, ...] = (),
        vocabularies: tuple[Vocabulary, ...] = (),
        groups: tuple[StakeholderGroup, ...] = (),
        entities: tuple[Entity, ...] = (),
        sessions: tuple[Session, ...] = (),
        roadmaps: tuple[Roadmap, ...] = (),
    ) -> None: ...
    documents: tuple[Document, ...]
    entities: tuple[Entity, ...]
    groups: tuple[StakeholderGroup, ...]
    roadmaps: tuple[Roadmap, ...]
    sessions: tuple[Session, ...]
    vocabularies: tuple[Vocabulary, ...]
    wsis_model: Annotated[Literal['1'], BeforeValidator(_as_text)]

class FrozenMap(dict[str, V]):
    def __hash__(self) -> int: ...
    clear: Any
    pop: Any
    popitem: Any
    setdefault: Any
    update: Any

Identifier: Any
from wsis_model import Indicator as Indicator

Iri: Any
from wsis_model import Mandate as Mandate
from wsis_model import MandateKind as MandateKind
from wsis_model import Milestone as Milestone
from wsis_model import MilestoneStatus as MilestoneStatus
from wsis_model import Note as Note
from wsis_model import Objective as Objective
from wsis_model import Observation as Observation
from wsis_model import Part as Part

PartialDate: Any
from wsis_model import Period as Period
from wsis_model import Provision as Provision

RECORDS: tuple[type[Record], ...]
from wsis_model import Record as Record
from wsis_model import Recurrence as Recurrence

class Refers():
    def __init__(self, kinds: tuple[str, ...] = ()) -> None: ...
    kinds: tuple[str, ...]
from wsis_model import Resource as Resource
from wsis_model import Roadmap as Roadmap
from wsis_model import RoadmapKind as RoadmapKind
from wsis_model import RoadmapStatus as RoadmapStatus
from wsis_model import Role as Role
from wsis_model import RoleKind as RoleKind
from wsis_model import Section as Section
from wsis_model import Session as Session
from wsis_model import Source as Source
from wsis_model import StakeholderGroup as StakeholderGroup
from wsis_model import Subject as Subject
from wsis_model import Target as Target

Text: Any
from wsis_model import TextRow as TextRow
from wsis_model import TextTable as TextTable
from wsis_model import Translations as Translations
from wsis_model import Update as Update
from wsis_model import Vocabulary as Vocabulary
from wsis_model import Window as Window

Year: Any
from wsis_model import cite as cite

def is_identifier(text: str) -> bool: ...

def number_to_segment(number: str) -> str: ...

def owner_of(identifier: str) -> str: ...
from wsis_model import parse_reference as parse_reference
