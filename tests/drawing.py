"""Road maps to draw, and what can be read out of their pictures."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from typing import Any
from xml.etree import ElementTree

import pytest

from wsis_model import Corpus, Roadmap
from wsis_model.pictures import Picture, decade, gantt, heat_map, indicator_paths, timeline

pytest.importorskip("vl_convert", reason="pictures need the extra plot")

DAY = datetime.date(2027, 2, 1)
SVG = "{http://www.w3.org/2000/svg}"
ARABIC = "خريطة الطريق لخط العمل جيم 2"


def small(**changes: Any) -> Roadmap:
    """A road map of four activities: one in each way that dates may be given."""
    plan: dict[str, Any] = {
        "id": "plan",
        "title": "A small plan",
        "owners": ["itu"],
        "scope": ["action-lines/c2"],
        "objectives": [{"id": "plan/o1", "statement": "Everyone is connected"}],
        "activities": [
            {
                "id": "plan/a1",
                "title": "Map the schools",
                "objective": "plan/o1",
                "lead": "itu",
                "status": "under-way",
                "period": {"start": "2026", "end": "2028-06"},
                "alignments": [
                    {"concept": "action-lines/c2", "basis": "editorial"},
                    {"concept": "sdg/9.c", "basis": "editorial"},
                ],
                "milestones": [
                    {
                        "id": "plan/a1.m1",
                        "title": "Method agreed",
                        "due": {"date": "2026-09-30"},
                        "status": "done",
                    },
                    {"id": "plan/a1.m2", "title": "Pilot over", "due": {"date": "2026-12-31"}},
                    {
                        "id": "plan/a1.m3",
                        "title": "Report sent",
                        "due": {"session": "sessions/cstd-30"},
                    },
                ],
            },
            {
                "id": "plan/a2",
                "title": "Go on for ever",
                "period": {"start": "2027"},
                "alignments": [{"concept": "sdg/4.a", "basis": "editorial"}],
            },
            {
                "id": "plan/a3",
                "title": "Came to an end",
                "period": {"end": "2026"},
                "status": "done",
            },
            {"id": "plan/a4", "title": "Some time", "lead": "groups/technical-community"},
        ],
        "indicators": [
            {
                "id": "plan/i1",
                "name": "Internet users",
                "unit": "percent of population",
                "direction": "increase",
                "baseline": {"value": 74, "when": "2025"},
                "targets": [{"value": 90, "by": "2030"}],
                "observations": [{"value": "75.5", "when": "2026"}],
            },
            {"id": "plan/i2", "name": "Something that nobody measured"},
        ],
    }
    return Roadmap.model_validate(plan | changes)


def large(size: int) -> Roadmap:
    """A road map of many activities, milestones and indicators."""
    activities = [
        {
            "id": f"large/a{n}",
            "title": f"Activity {n}",
            "lead": "itu",
            "period": {"start": str(2026 + n % 4), "end": str(2030 + n % 4)},
            "alignments": [
                {"concept": "action-lines/c4", "basis": "editorial"},
                {"concept": "sdg/4.4", "basis": "editorial"},
            ],
            "milestones": [
                {
                    "id": f"large/a{n}.m1",
                    "title": f"Milestone {n}",
                    "due": {"date": str(2027 + n % 8)},
                }
            ],
        }
        for n in range(size)
    ]
    indicators = [
        {
            "id": f"large/i{n}",
            "name": f"Indicator {n}",
            "baseline": {"value": n, "when": "2025"},
            "targets": [{"value": n + 9, "by": "2030"}],
        }
        for n in range(size // 10)
    ]
    return Roadmap.model_validate(
        {
            "id": "large",
            "title": "Large",
            "owners": ["itu"],
            "activities": activities,
            "indicators": indicators,
        }
    )


Draw = Callable[[Corpus, str], Picture]
EVERY: dict[str, Draw] = {
    "gantt": lambda corpus, roadmap: gantt(corpus, roadmap, as_of=DAY),
    "gantt without a day": gantt,
    "timeline": lambda corpus, roadmap: timeline(corpus, roadmap, as_of=DAY),
    "heat map": heat_map,
    "indicator paths": lambda corpus, roadmap: indicator_paths(corpus, roadmap, as_of=DAY),
    "indicator paths without a day": indicator_paths,
    "decade": lambda corpus, roadmap: decade(corpus, roadmap=roadmap, as_of=DAY),
    "decade without a day": lambda corpus, roadmap: decade(corpus, roadmap=roadmap),
}


def words(picture: Picture) -> list[str]:
    """Every text that is drawn."""
    return [
        "".join(each.itertext())
        for each in ElementTree.fromstring(picture.to_svg()).iter(f"{SVG}text")
    ]


def rows(spec: dict[str, Any], *fields: str) -> list[dict[str, Any]]:
    """The rows of data in a specification that have all of these fields; those of words with a halo
    once.
    """
    charts, found = [spec], list[list[dict[str, Any]]]()
    for chart in charts:
        charts += chart.get("vconcat", chart.get("layer", ()))
        held = chart.get("data", {}).get("values", [])
        if held not in found:
            found.append(held)
    return [row for held in found for row in held if all(field in row for field in fields)]


def one_activity(*milestones: dict[str, Any], **changes: Any) -> Corpus:
    """A road map of one activity from 2026 to 2030 with these milestones."""
    held = [
        {"id": f"plan/a1.m{n}", "title": f"Milestone {n}", **each}
        for n, each in enumerate(milestones)
    ]
    activity = {
        "id": "plan/a1",
        "title": "Do it",
        "period": {"start": "2026", "end": "2030"},
        "milestones": held,
        **changes,
    }
    return Corpus.of(small(activities=[activity], indicators=[]))
