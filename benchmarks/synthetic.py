"""A corpus of any size in the shape of ours, the same one for the same size: canonical JSON, about
1.6 KB a provision.

    python benchmarks/synthetic.py 10000 > corpus.json

The words are drawn from a small list and say nothing; the identifiers, the spread of optional
fields and the lengths are those of the shipped catalogue. The corpus is sound: every reference
leads to a record of the right kind, and no rule finds anything.
"""

from __future__ import annotations

import json
import random
import sys
from collections.abc import Iterator
from typing import Any

__all__ = ["SEED", "corpus", "json_of", "road_maps"]

SEED = 80_173
PROVISIONS = 125
"""Provisions of one document."""
WORDS = [
    "access",
    "affordable",
    "agenda",
    "bridge",
    "capacity",
    "children",
    "coherence",
    "connectivity",
    "cooperation",
    "countries",
    "data",
    "development",
    "digital",
    "divides",
    "economy",
    "education",
    "ethics",
    "forum",
    "gender",
    "governance",
    "health",
    "inclusion",
    "infrastructure",
    "innovation",
    "internet",
    "knowledge",
    "languages",
    "media",
    "meaningful",
    "monitoring",
    "multistakeholder",
    "networks",
    "online",
    "partnerships",
    "policies",
    "privacy",
    "regional",
    "resilience",
    "rights",
    "science",
    "security",
    "skills",
    "standards",
    "sustainable",
    "technologies",
    "trust",
    "universal",
    "vision",
    "workers",
    "youth",
]
VERBS = tuple(
    f"verbs/{name}"
    for name in (
        "call-for",
        "commit",
        "decide",
        "encourage",
        "invite",
        "note",
        "reaffirm",
        "recall",
        "request",
        "urge",
    )
)
KINDS = ("decision", "request", "call", "commitment")
DELIVERABLES = tuple(
    f"deliverables/{name}" for name in ("guidance", "meeting", "report", "review", "road-map")
)
THEMES = tuple(f"themes/theme-{number}" for number in range(40))
TARGETS = tuple(f"sdg/{goal}.{number}" for goal in range(1, 18) for number in range(1, 8))
LINES = tuple(f"action-lines/c{number}" for number in range(1, 12))
GROUPS = tuple(f"groups/group-{number}" for number in range(12))
ENTITIES = tuple(f"entity-{number}" for number in range(90))
SESSIONS = tuple(f"sessions/cstd-{number}" for number in range(29, 39))
OPENS = {name: 1997 + int(name[-2:]) for name in SESSIONS}
REPORT = "deliverables/report"


def _sentence(rng: random.Random, words: int) -> str:
    return " ".join(rng.choices(WORDS, k=words)).capitalize() + "."


def _due(rng: random.Random) -> dict[str, Any]:
    session = rng.choice(SESSIONS)
    return rng.choice(
        (
            {"date": str(OPENS[session]), "session": session},
            {"date": f"{rng.randint(2026, 2034)}-{rng.randint(1, 12):02}-{rng.randint(1, 28):02}"},
            {"recurrence": rng.choice(("annual", "biennial", "standing"))},
        )
    )


def _mandate(rng: random.Random, provision: str, ordinal: int) -> dict[str, Any]:
    made: dict[str, Any] = {
        "id": f"{provision}.{ordinal}",
        "kind": rng.choice(KINDS),
        "verb": rng.choice(VERBS),
        "action": _sentence(rng, 22),
        "addressees": [rng.choice(GROUPS), *rng.sample(ENTITIES, rng.choice((0, 0, 1)))],
    }
    if rng.random() < 0.4:
        made["deliverable"] = rng.choice(DELIVERABLES)
    if rng.random() < 0.5:
        made["due"] = _due(rng)
    if rng.random() < 0.2 or made.get("deliverable") == REPORT:
        made["reports_to"] = rng.sample(ENTITIES, 1)
    if rng.random() < 0.3:
        made["with"] = rng.sample(ENTITIES, 2)
    if rng.random() < 0.2:
        made["caveats"] = [_sentence(rng, 5)]
    return made


def _alignment(rng: random.Random, concept: str) -> dict[str, Any]:
    made: dict[str, Any] = {"concept": concept, "basis": rng.choice(("stated", "editorial"))}
    if rng.random() < 0.3:
        made["note"] = _sentence(rng, 8)
    return made


def _provision(rng: random.Random, document: str, cited: str, number: int) -> dict[str, Any]:
    name = f"{document}/{number}"
    made: dict[str, Any] = {
        "id": name,
        "number": str(number),
        "section": f"{document}/s{number * 10 // (PROVISIONS + 1) + 1}",
    }
    made["summary"] = _sentence(rng, 32)
    mandates = [_mandate(rng, name, ordinal + 1) for ordinal in range(rng.choice((0, 1, 1, 2)))]
    citations = [
        {"target": f"{cited}/{number % 10 + 1}", "verb": rng.choice(VERBS)},
        {"target": document, "mark": str(number)},
    ]
    verbs = [citations[0]["verb"], *(mandate["verb"] for mandate in mandates)]
    made["text"] = {
        "en": _sentence(rng, 55)
        + "".join(f" They {verb.partition('/')[2].replace('-', ' ')} it." for verb in verbs)
    }
    if mandates:
        made["mandates"] = mandates
    made["citations"] = citations[: rng.choice((1, 2))]
    concepts = (rng.choice(THEMES), rng.choice(TARGETS), rng.choice(LINES))
    made["alignments"] = [_alignment(rng, concept) for concept in concepts[: rng.choice((2, 3))]]
    if mentions := rng.sample(ENTITIES, rng.choice((0, 1, 2))):
        made["mentions"] = mentions
    return made


def _source() -> dict[str, str]:
    return {
        "title": "A made-up source",
        "url": "https://example.org/source",
        "date": "2025-12-17",
        "terms": "free",
    }


def _document(rng: random.Random, index: int, count: int) -> dict[str, Any]:
    name = f"{index // 300 + 1}-{index % 300 + 1}"
    before = max(index - 1, 0)
    cited = f"{before // 300 + 1}-{before % 300 + 1}"
    return {
        "id": name,
        "title": {"en": _sentence(rng, 12), "fr": _sentence(rng, 12)},
        "symbol": f"A/RES/{name.replace('-', '/')}",
        "kind": "resolution",
        "body": ENTITIES[0],
        "adopted": "2025-12-17",
        "session": SESSIONS[0],
        "urls": [f"https://example.org/{name}"],
        "languages": ["en", "fr"],
        "sections": [
            {"id": f"{name}/s{number}", "heading": {"en": _sentence(rng, 4)}}
            for number in range(1, 11)
        ],
        "provisions": [_provision(rng, name, cited, number) for number in range(1, count + 1)],
        "source": _source(),
    }


def _vocabulary(name: str, concepts: tuple[str, ...]) -> dict[str, Any]:
    made = [
        {"id": each, "label": {"en": each.partition("/")[2]}, "code": each.partition("/")[2]}
        for each in concepts
    ]
    return {"id": name, "title": {"en": name.capitalize()}, "source": _source(), "concepts": made}


def _entity(index: int) -> dict[str, Any]:
    role = {
        "role": "facilitator",
        "of": LINES[index % len(LINES)],
        "since": "2006",
        "source": _source(),
    }
    groups = [GROUPS[index % len(GROUPS)]]
    return {
        "id": ENTITIES[index],
        "name": {"en": f"Entity {index}"},
        "kind": "agency",
        "groups": groups,
        "roles": [role],
        "source": _source(),
    }


def _group(name: str) -> dict[str, Any]:
    return {"id": name, "label": {"en": name}, "named_in": ["1-1/1"], "source": _source()}


def _session(name: str) -> dict[str, Any]:
    return {"id": name, "title": {"en": name}, "year": OPENS[name], "source": _source()}


def _sizes(provisions: int) -> Iterator[int]:
    """How many provisions each document has."""
    while provisions > 0:
        yield min(provisions, PROVISIONS)
        provisions -= PROVISIONS


def corpus(provisions: int) -> dict[str, Any]:
    """The plain data of a file with this many provisions."""
    rng = random.Random(SEED)
    vocabularies = (
        ("verbs", VERBS),
        ("deliverables", DELIVERABLES),
        ("themes", THEMES),
        ("sdg", TARGETS),
        ("action-lines", LINES),
    )
    documents = [_document(rng, index, count) for index, count in enumerate(_sizes(provisions))]
    return {
        "wsis_model": "1",
        "documents": sorted(documents, key=lambda document: str(document["id"])),
        "vocabularies": sorted(
            (_vocabulary(*each) for each in vocabularies),
            key=lambda vocabulary: str(vocabulary["id"]),
        ),
        "groups": [_group(name) for name in sorted(GROUPS)],
        "entities": sorted(
            (_entity(index) for index in range(len(ENTITIES))), key=lambda entity: str(entity["id"])
        ),
        "sessions": [_session(name) for name in SESSIONS],
    }


def json_of(plain: dict[str, Any]) -> bytes:
    """Canonical JSON: what `wsis_model.dumps` writes for the same records."""
    return json.dumps(plain, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"


ACTORS = ("ITU", "UNESCO", "UNDP", "UN DESA", "UNCTAD", "UNICEF", "WHO", "FAO", "CSTD")
SPOKEN_TARGETS = ("SDG 9.c", "SDG 4.4", "SDG 5.b", "SDG 17.8")


def _spoken_activity(rng: random.Random, roadmap: str, number: int) -> str:
    name = f"{roadmap}/a{number}"
    return f"""\
  - id: {name}
    title: {_sentence(rng, 6)}
    objective: {roadmap}/o1
    lead: {rng.choice(ACTORS)}
    partners: [{", ".join(rng.sample(ACTORS, 2))}]
    answers: [para. {rng.randint(20, 120)}]
    alignments:
    - {{concept: {rng.choice(SPOKEN_TARGETS)}, basis: editorial}}
    - {{concept: C{rng.randint(1, 6)}, basis: stated}}
    period: {{start: 2026, end: 2029-06}}
    status: planned
    milestones:
    - id: {name}.m1
      title: {_sentence(rng, 2)}
      due: {{date: 2027-03-15}}
"""


def road_maps(count: int) -> Iterator[tuple[str, str]]:
    """So many names of files, each with its text: a small road map in YAML as people write it, with
    fourteen references by the names of what the catalogue holds.
    """
    rng = random.Random(SEED)
    for number in range(count):
        name = f"map-{number}"
        yield (
            f"{name}.yaml",
            f"""\
roadmaps:
- id: {name}
  title: {_sentence(rng, 4)}
  owners: [{rng.choice(ACTORS)}]
  scope: [C2]
  period: {{start: 2026, end: 2030}}
  objectives:
  - id: {name}/o1
    statement: {_sentence(rng, 9)}
  activities:
{"".join(_spoken_activity(rng, name, each) for each in (1, 2))}""",
        )


if __name__ == "__main__":
    sys.stdout.buffer.write(json_of(corpus(int(sys.argv[1]))))
