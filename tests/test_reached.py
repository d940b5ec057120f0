"""Who is reached by what A/RES/80/173 asks, held against a table made by reading it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from wsis_model import Corpus, MandateKind

TABLE = yaml.safe_load(Path(__file__).with_name("reached.yaml").read_text(encoding="utf-8"))
ACTORS: list[dict[str, Any]] = TABLE["actors"]


def each_actor() -> list[Any]:
    return [pytest.param(row, id=row["actor"]) for row in ACTORS]


@pytest.mark.parametrize("row", each_actor())
def test_what_is_asked_reaches_whom_the_text_names(catalogue: Corpus, row: dict[str, Any]) -> None:
    """The paragraphs that ask something of an actor, and by which names, are those of the table."""
    expected = {
        (paragraph, tuple(way["through"]))
        for way in row["reached"]
        for paragraph in way["paragraphs"]
    }
    found = {
        (int(asked.provision.number), tuple(step.to for step in asked.route))
        for asked in catalogue.mandates(addressee=row["actor"], document="80-173")
        if asked.mandate.kind is not MandateKind.COMMITMENT
    }

    assert expected == found


@pytest.mark.parametrize("row", each_actor())
def test_what_is_pledged_is_pledged_by_governments(catalogue: Corpus, row: dict[str, Any]) -> None:
    """Commitments are upon the Governments who make them, all of them, and upon nobody else."""
    pledged = {
        asked.mandate.id
        for asked in catalogue.mandates(kind="commitment", document="80-173")
        if asked.mandate.addressees
    }
    found = {
        asked.mandate.id
        for asked in catalogue.mandates(
            addressee=row["actor"], kind="commitment", document="80-173"
        )
    }

    assert found == (pledged if row.get("pledges") else set())
