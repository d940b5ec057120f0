"""What these tests share."""

from __future__ import annotations

import pytest
from page_makers import DAY, EXAMPLE, LONG, NAMES

from wsis_model import Corpus, Roadmap, load
from wsis_model.pages import Page, roadmap_page

HOSTILE = (
    "</title><script>alert('1')</script><img src=x onerror=alert(1)> & | `code`"
    " [a](javascript:alert(1)) **b** \x07\u202e"
)


def hostile() -> Roadmap:
    """A road map that says something wicked in every text it has."""
    source = {"title": HOSTILE, "url": "javascript:alert(1)", "terms": HOSTILE}
    return Roadmap.model_validate(
        {
            "id": "wicked",
            "title": HOSTILE,
            "description": HOSTILE,
            "version": HOSTILE,
            "owners": ["itu"],
            "objectives": [{"id": "wicked/o1", "statement": HOSTILE}],
            "activities": [
                {
                    "id": "wicked/a1",
                    "title": HOSTILE,
                    "objective": "wicked/o1",
                    "period": {"start": "2026", "end": "2027"},
                    "milestones": [
                        {
                            "id": "wicked/a1.m1",
                            "title": HOSTILE,
                            "due": {"date": "2026", "event": HOSTILE},
                        }
                    ],
                }
            ],
            "indicators": [
                {
                    "id": "wicked/i1",
                    "name": HOSTILE,
                    "unit": HOSTILE,
                    "baseline": {"value": 1, "when": "2025", "source": source},
                }
            ],
            "updates": [
                {"date": "2026-11-24", "about": "wicked/a1", "status": HOSTILE, "note": HOSTILE}
            ],
            "source": source,
        }
    )


def lengthy() -> Roadmap:
    """A road map with words too long for a column, and numbers."""
    milestone = {
        "id": "lengthy/a1.m1",
        "title": LONG,
        "due": {"date": "2026"},
        "evidence": [{"title": LONG, "url": f"https://example.org/{LONG}"}],
    }
    resources = [{"kind": "funding", "amount": amount, "note": LONG} for amount in (250000, 12)]
    activity = {
        "id": "lengthy/a1",
        "title": {"fr": LONG},
        "lead": "groups/action-line-facilitators",
        "answers": ["80-173/37.1"],
        "partners": ["itu"],
        "milestones": [milestone],
        "resources": resources,
    }
    return Roadmap.model_validate(
        {
            "id": "lengthy",
            "title": LONG,
            "kind": "action-line",
            "owners": ["itu"],
            "activities": [activity],
        }
    )


def large(size: int) -> Roadmap:
    """A road map of many activities, each with a milestone."""
    activities = [
        {
            "id": f"large/a{n}",
            "title": f"Activity {n}",
            "milestones": [{"id": f"large/a{n}.m", "title": f"M {n}", "due": {"date": "2030"}}],
        }
        for n in range(size)
    ]
    return Roadmap.model_validate(
        {"id": "large", "title": "Large", "owners": ["itu"], "activities": activities}
    )


@pytest.fixture(scope="module")
def corpus(catalogue: Corpus) -> Corpus:
    """The catalogue with the worked example and the road maps of this module."""
    bare = Roadmap.model_validate(
        {"id": "bare", "title": {"ar": "خريطة الطريق"}, "owners": ["itu"]}
    )
    return catalogue | load(EXAMPLE) | Corpus.of(hostile(), lengthy(), large(500), bare)


@pytest.fixture(scope="module")
def written(corpus: Corpus) -> dict[str, str]:
    """The pages as HTML, with pictures."""
    pytest.importorskip("vl_convert", reason="pictures need the extra plot")
    return {name: roadmap_page(corpus, name, as_of=DAY).to_html() for name in NAMES}


@pytest.fixture(scope="module")
def example(corpus: Corpus) -> Page:
    """The page of the worked example, without pictures."""
    return roadmap_page(corpus, "c2-roadmap", as_of=DAY, pictures=False)
