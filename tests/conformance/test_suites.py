"""What we make of the suites of others is what the board says, case by case."""

from __future__ import annotations

from pathlib import Path

import pytest

pytest.importorskip("resource", reason="children are bounded as Unix does it")

from .board import FOLDER, UNFILLED, known, page, run
from .suites import SUITES

PAGE = Path(__file__).parents[2] / "docs" / "conformance.md"
#: Takes longer than the whole rest.
HEAVY = "naughty"


@pytest.mark.parametrize(
    "name",
    [pytest.param(each, marks=pytest.mark.heavy if each == HEAVY else ()) for each in SUITES],
)
def test_a_suite_deviates_where_the_board_says_so(name: str) -> None:
    """Each case does what its suite expects, or what stands in `deviations.yaml`: no more, no less,
    no other.
    """
    if not (FOLDER / name).is_dir():
        pytest.skip(f"did not run: there is no folder 'shared/suites/{name}' beside the project")
    said = {case: each.happens for each in known().get(name, ()) for case in each.cases}

    assert run(SUITES[name]).deviating == said


def test_each_deviation_has_its_reason() -> None:
    """Somebody has said of each deviation why it is so, and no case is listed twice."""
    for suite, listed in known().items():
        cases = [case for each in listed for case in each.cases]

        assert len(set(cases)) == len(cases), suite
        assert all(each.reason not in ("", UNFILLED) for each in listed), suite


def test_the_page_is_fresh() -> None:
    """`docs/conformance.md` says what the files say from which it is written."""
    assert PAGE.read_text(encoding="utf-8") == page()
