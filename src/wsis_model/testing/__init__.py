"""Records for tests, ours and yours: Hypothesis strategies, and builders of records with changes.

Needs the extra `testing` (`pip install 'wsis_model[testing]'`).

* **Any record**: [`records`][wsis_model.testing.records] of a class, or by name: `documents()`,
  `provisions()`, `mandates()` ... They are only *valid*: texts are hard to read and write, and
  identifiers refer to nothing.
* **Whole**: [`files`][wsis_model.testing.files] are valid and their identifiers unique;
  [`corpora`][wsis_model.testing.corpora] are *sound*, so that [`check`][wsis_model.check] finds
  nothing, even for publishing and on the day [`AS_OF`][wsis_model.testing.AS_OF];
  [`broken`][wsis_model.testing.broken] corpora are sound except that they break one rule.
* **By hand**: `a_document(...)`, `a_mandate(...)`, `a_roadmap(...)` ... always make the same sound
  record; give the fields to change. [`a_corpus`][wsis_model.testing.a_corpus] holds them all, and
  [`changed`][wsis_model.testing.changed] changes one record in a corpus.

Examples:
    >>> from wsis_model import check
    >>> corpus = changed(a_corpus(), "91-1/1.1", addressees=())
    >>> [finding.code for finding in check(corpus).findings]
    ['D402']
"""

from __future__ import annotations

from importlib.util import find_spec

from ..errors import MissingExtra

if find_spec("hypothesis") is None:
    extra = "testing"
    raise MissingExtra(extra, "hypothesis")

from ._breaks import broken
from ._builders import (
    AS_OF,
    a_concept,
    a_corpus,
    a_document,
    a_group,
    a_mandate,
    a_provision,
    a_roadmap,
    a_section,
    a_session,
    a_source,
    a_vocabulary,
    an_activity,
    an_entity,
    an_indicator,
    changed,
)
from ._corpora import corpora
from ._records import (
    activities,
    alignments,
    citations,
    concepts,
    documents,
    dues,
    entities,
    evidence,
    files,
    groups,
    indicators,
    mandates,
    milestones,
    notes,
    objectives,
    observations,
    periods,
    provisions,
    records,
    resources,
    roadmaps,
    roles,
    sections,
    sessions,
    sources,
    subjects,
    targets,
    text_rows,
    text_tables,
    updates,
    vocabularies,
)
from ._values import extensions, identifiers, references, texts, translations

__all__ = [
    "AS_OF",
    "a_concept",
    "a_corpus",
    "a_document",
    "a_group",
    "a_mandate",
    "a_provision",
    "a_roadmap",
    "a_section",
    "a_session",
    "a_source",
    "a_vocabulary",
    "activities",
    "alignments",
    "an_activity",
    "an_entity",
    "an_indicator",
    "broken",
    "changed",
    "citations",
    "concepts",
    "corpora",
    "documents",
    "dues",
    "entities",
    "evidence",
    "extensions",
    "files",
    "groups",
    "identifiers",
    "indicators",
    "mandates",
    "milestones",
    "notes",
    "objectives",
    "observations",
    "periods",
    "provisions",
    "records",
    "references",
    "resources",
    "roadmaps",
    "roles",
    "sections",
    "sessions",
    "sources",
    "subjects",
    "targets",
    "text_rows",
    "text_tables",
    "texts",
    "translations",
    "updates",
    "vocabularies",
]
