"""`mend`: what is certain is mended in a copy, and nothing else."""

from __future__ import annotations

import pytest
from mended import Mend, mends

from wsis_model.editing import mend

CASES = mends()


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.label)
def test_what_is_certain_is_mended_and_the_rest_is_told(case: Mend) -> None:
    """Each case becomes what it should, byte by byte, and what is not certain stays and is told."""
    made = mend(case.before, format=case.format, name=case.name)

    assert case.after.decode() == made.data.decode()
    assert case.left == [each.code for each in made.left]
    assert bool(made.changes) == (case.before != case.after)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.label)
def test_what_is_mended_has_nothing_left_to_mend(case: Mend) -> None:
    """A second run changes nothing."""
    again = mend(case.after, format=case.format, name=case.name)

    assert case.after == again.data
    assert () == again.changes
