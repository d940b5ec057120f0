"""Whatever happens to a file, reading it gives records or a `LoadError`, within bounds that the
machine holds.
"""

from __future__ import annotations

import itertools
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

pytest.importorskip("resource", reason="children are bounded as Unix does it")

from bounded import Pool

from .mutations import KINDS, SEED, made

BATCH = 50
#: So many seconds are spent on making the input of a failure smaller.
SHRINKING = 30.0
#: After so many failures of a kind the rest is not tried.
TOLD = 3


def smallest(data: bytes, fails: Callable[[bytes], bool], seconds: float = SHRINKING) -> bytes:
    """A piece of *data* that still fails, and fails no longer when any part of it is left out, or
    as far as time allowed.
    """
    until = time.monotonic() + seconds
    size = max(len(data) // 2, 1)
    while size and time.monotonic() < until:
        at = 0
        while at < len(data) and time.monotonic() < until:
            less = data[:at] + data[at + size :]
            if fails(less):
                data = less
            else:
                at += size
        size //= 2
    return data


def failures(pool: Pool, kind: str) -> Iterator[tuple[int, str]]:
    """The numbers of the inputs of a kind that give something else, each with what that is."""
    ranges = [range(at, min(at + BATCH, KINDS[kind])) for at in range(0, KINDS[kind], BATCH)]
    for numbers, outcome in zip(ranges, pool.map((kind, each) for each in ranges), strict=True):
        yield from outcome.value or ()
        if (
            outcome.failed
        ):  # the child died, or took too long for all: each by itself tells whose fault it is
            for number in numbers:
                alone = pool.ask((kind, range(number, number + 1)))
                yield from [(number, alone.failed)] if alone.failed else alone.value


@pytest.mark.heavy
@pytest.mark.parametrize("kind", KINDS)
def test_any_damage_gives_records_or_a_load_error(kind: str, tmp_path: Path) -> None:
    """No damaged file raises anything but a `LoadError`, none takes more memory or time than
    `bounded` gives it.
    """
    said: list[str] = []
    with Pool("fuzz.readers:batch") as pool:
        for number, what in itertools.islice(failures(pool, kind), TOLD):

            def fails(data: bytes, what: str = what) -> bool:
                outcome = pool.ask((kind, data))
                now = outcome.failed or (outcome.value[0][1] if outcome.value else "")
                return now.partition(":")[0] == what.partition(":")[0]

            path = tmp_path / f"{kind}-{number}"
            path.write_bytes(smallest(made(kind, number), fails))
            said.append(f"number {number}: {what}\n    {path}: {path.read_bytes()[:300]!r}")

    assert not said, "\n".join((f"seed {SEED}, {kind}, so far:", *said))


def test_the_same_number_makes_the_same_input() -> None:
    """What failed can be made again from its kind and number, and there are a hundred thousand
    inputs.
    """
    assert all(made(kind, 7) == made(kind, 7) for kind in KINDS)
    assert 100_000 <= sum(KINDS.values())


def test_an_input_that_fails_is_made_smaller() -> None:
    """Of what fails the smallest piece that fails is told."""
    assert smallest(b"xx a xx b" * 9, lambda data: b"a" in data and b"b" in data) in (b"ab", b"ba")
