__all__ = [
    'AS_OF',
    'a_concept',
    'a_corpus',
    'a_document',
    'a_group',
    'a_mandate',
    'a_provision',
    'a_roadmap',
    'a_section',
    'a_session',
    'a_source',
    'a_vocabulary',
    'activities',
    'alignments',
    'an_activity',
    'an_entity',
    'an_indicator',
    'broken',
    'changed',
    'citations',
    'concepts',
    'corpora',
    'documents',
    'dues',
    'entities',
    'evidence',
    'extensions',
    'files',
    'groups',
    'identifiers',
    'indicators',
    'mandates',
    'milestones',
    'notes',
    'objectives',
    'observations',
    'periods',
    'provisions',
    'records',
    'references',
    'resources',
    'roadmaps',
    'roles',
    'sections',
    'sessions',
    'sources',
    'subjects',
    'targets',
    'text_rows',
    'text_tables',
    'texts',
    'translations',
    'updates',
    'vocabularies',
]

AS_OF: Any

def a_concept(**changes: Any) -> Concept: ...

def a_corpus(*records: Record) -> Corpus: ...

def a_document(**changes: Any) -> Document: ...

def a_group(**changes: Any) -> StakeholderGroup: ...

def a_mandate(**changes: Any) -> Mandate: ...

def a_provision(**changes: Any) -> Provision: ...

def a_roadmap(**changes: Any) -> Roadmap: ...

def a_section(**changes: Any) -> Section: ...

def a_session(**changes: Any) -> Session: ...

def a_source(**changes: Any) -> Source: ...

def a_vocabulary(**changes: Any) -> Vocabulary: ...

activities: functools.partial[Strategy[Activity]]

alignments: functools.partial[Strategy[Alignment]]

def an_activity(**changes: Any) -> Activity: ...

def an_entity(**changes: Any) -> Entity: ...

def an_indicator(**changes: Any) -> Indicator: ...

def broken(code: str) -> Strategy[Corpus]: ...

def changed(corpus: Corpus, identifier: str, **changes: Any) -> Corpus: ...

citations: functools.partial[Strategy[Citation]]

concepts: functools.partial[Strategy[Concept]]

def corpora(draw: st.DrawFn) -> Corpus: ...

documents: functools.partial[Strategy[Document]]

dues: functools.partial[Strategy[Due]]

entities: functools.partial[Strategy[Entity]]

evidence: functools.partial[Strategy[Evidence]]

def extensions() -> Strategy[Extensions]: ...

def files(draw: st.DrawFn) -> File: ...

groups: functools.partial[Strategy[StakeholderGroup]]

def identifiers() -> Strategy[str]: ...

indicators: functools.partial[Strategy[Indicator]]

mandates: functools.partial[Strategy[Mandate]]

milestones: functools.partial[Strategy[Milestone]]

notes: functools.partial[Strategy[Note]]

objectives: functools.partial[Strategy[Objective]]

observations: functools.partial[Strategy[Observation]]

periods: functools.partial[Strategy[Period]]

provisions: functools.partial[Strategy[Provision]]

def records(record: type[R]) -> Strategy[R]: ...

def references(draw: st.DrawFn) -> tuple[str, str]: ...

resources: functools.partial[Strategy[Resource]]

roadmaps: functools.partial[Strategy[Roadmap]]

roles: functools.partial[Strategy[Role]]

sections: functools.partial[Strategy[Section]]

sessions: functools.partial[Strategy[Session]]

sources: functools.partial[Strategy[Source]]

subjects: functools.partial[Strategy[Subject]]

targets: functools.partial[Strategy[Target]]

text_rows: functools.partial[Strategy[TextRow]]

text_tables: functools.partial[Strategy[TextTable]]

def texts() -> Strategy[str]: ...

def translations() -> Strategy[Translations]: ...

updates: functools.partial[Strategy[Update]]

vocabularies: functools.partial[Strategy[Vocabulary]]
