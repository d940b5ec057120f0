"""Files of IATI that are none, and road maps that cannot be written as one, with what the caller
says.
"""

from __future__ import annotations

import datetime
from typing import Any

from wsis_model import Roadmap

__all__ = ["READ", "WRITTEN"]

READ: dict[str, bytes] = {
    "organisations": b"<iati-organisations/>",
    "version 1": b"<iati-activities version='1.05'><iati-activity/></iati-activities>",
    "no activity": b"<iati-activities version='2.03'/>",
}
"""What is read, by what it is."""

_MONEY = {"kind": "funding", "amount": 5, "currency": "CHF"}


def _plan(**activity: Any) -> Roadmap:
    return Roadmap.model_validate(
        {
            "id": "plan",
            "title": "Plan",
            "owners": ["itu"],
            "activities": [{"id": "plan/a1", "title": "Map", **activity}],
        }
    )


def _said(**changes: Any) -> dict[str, Any]:
    return {
        "reporting_org": "XM-DAC-41303",
        "recipient": "998",
        "sector": "22040",
        "planned_start": datetime.date(2026, 1, 1),
        "generated": datetime.datetime(2026, 11, 27, tzinfo=datetime.UTC),
        **changes,
    }


WRITTEN: dict[str, tuple[Roadmap, dict[str, Any]]] = {
    "nothing said": (_plan(resources=[_MONEY]), {}),
    "codes": (
        _plan(),
        _said(recipient="KEN:60, UG:20", sector="2204", scope="global", default_currency="sfr"),
    ),
    "dates": (
        _plan(period={"start": "2027", "end": "2026"}, started="2026-12-01"),
        _said(),
    ),
    "long budgets": (
        _plan(resources=[{**_MONEY, "period": {"start": "2026", "end": "2028"}}]),
        _said(),
    ),
    "identifiers": (_plan(extensions={"iati:identifier": "GB-COH-1-X"}), _said()),
}
"""What is written, and what the caller says, by what is wrong."""
