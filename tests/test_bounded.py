"""What dies or hangs in a child is told, and the next call finds a child that answers."""

from __future__ import annotations

import os

import pytest

pytest.importorskip("resource", reason="children are bounded as Unix does it")

from bounded import MEMORY, Outcome, Pool


def does(what: str) -> int:
    """What the children of these tests do."""
    if what == "asks for too much":
        return len(bytes(2 * MEMORY))
    if what == "dies":
        os.abort()
    while what == "never ends":
        pass
    return len(b"x" * int(what))


def outcomes(*what: str) -> list[Outcome]:
    with Pool("test_bounded:does", children=1) as pool:
        return list(pool.map(what))


@pytest.mark.parametrize(
    ("what", "told"),
    [
        ("asks for too much", "ran out of memory"),
        ("dies", "died of SIGABRT"),
        pytest.param("never ends", "ran out of time", marks=pytest.mark.heavy),
    ],
)
def test_what_a_child_dies_of_is_told(what: str, told: str) -> None:
    """A child that dies is told of, and another takes its place."""
    dead, alive = outcomes(what, "7")

    assert (told, False) == (dead.failed, dead.lived)
    assert (7, "", True) == (alive.value, alive.failed, alive.lived)


def test_what_a_call_raises_is_told() -> None:
    """An exception is told by its class and words; the child lives on."""
    (outcome,) = outcomes("seven")

    assert outcome.failed.startswith("ValueError: invalid literal")
    assert outcome.lived


def test_memory_is_that_of_one_call() -> None:
    """The most memory that a call took is told, whatever others took before it."""
    _, large, small = outcomes("1", "50_000_000", "1")
    if not large.memory:
        pytest.skip("memory is measured on Linux only")

    assert small.memory < 10_000_000 < 50_000_000 <= large.memory + 1_000_000
