"""What is measured, one function each; `run.py` calls every one in a process of its own.

    python benchmarks/measures.py load_json /tmp/corpus-10000.json

A function is a generator: what stands before `yield` prepares, what stands after is timed (process CPU seconds). It may return a
number of its own instead of the time. Everything is warmed up on a small corpus first, so that the times are of the work and not
of building validators; the first use has rows of its own (`catalogue_first`, and the imports in `run.py`).
"""

from __future__ import annotations

import gc
import json
import sys
import time
from collections.abc import Callable, Generator
from pathlib import Path
from typing import Any

from synthetic import corpus, json_of

__all__ = ["MEASURES", "measure"]

Measure = Callable[[Path], Generator[None, None, "float | None"]]
MEASURES: dict[str, Measure] = {}


def measured(function: Measure) -> Measure:
    MEASURES[function.__name__] = function
    return function


def _warm() -> Any:
    import wsis_model

    made = wsis_model.loads(json_of(corpus(20)), "json")
    made.misdirected()
    wsis_model.dumps(made)
    gc.collect()
    return wsis_model


def _resident() -> int:
    """Bytes that this process holds now (Linux)."""
    return int(Path("/proc/self/statm").read_text().split()[1]) * 4096


@measured
def load_json(path: Path) -> Generator[None, None, None]:
    wsis, data = _warm(), path.read_bytes()
    yield
    wsis.loads(data, "json")


@measured
def load_json_paused(path: Path) -> Generator[None, None, None]:
    wsis, data = _warm(), path.read_bytes()
    gc.disable()
    yield
    wsis.loads(data, "json")


@measured
def read_json_paused(path: Path) -> Generator[None, None, None]:
    _warm()
    from wsis_model import formats

    data, (form, _) = path.read_bytes(), formats.format_of("json")
    gc.disable()
    yield
    formats.read(data, "corpus.json", form)


@measured
def load_json_msgspec_paused(path: Path) -> Generator[None, None, None]:
    import models_msgspec
    import msgspec

    decoder, data = msgspec.json.Decoder(models_msgspec.File), path.read_bytes()
    decoder.decode(json_of(corpus(20)))
    gc.disable()
    yield
    decoder.decode(data)


@measured
def load_json_naive(path: Path) -> Generator[None, None, None]:
    import models_naive

    models_naive.File.model_validate(corpus(20))
    data = path.read_bytes()
    gc.collect()
    yield
    models_naive.File.model_validate(json.loads(data))


@measured
def load_yaml(path: Path) -> Generator[None, None, None]:
    wsis, data = _warm(), path.with_suffix(".yaml").read_bytes()
    wsis.loads("entities: [{id: a, name: A}]", "yaml")
    gc.collect()
    yield
    wsis.loads(data, "yaml")


@measured
def load_yaml_stock(path: Path) -> Generator[None, None, None]:
    import yaml

    data = path.with_suffix(".yaml").read_bytes()
    yaml.load("a: [1]", Loader=yaml.CSafeLoader)
    gc.collect()
    yield
    yaml.load(data, Loader=yaml.CSafeLoader)  # noqa: S506 - CSafeLoader is the safe one


@measured
def dump_json(path: Path) -> Generator[None, None, None]:
    wsis = _warm()
    held = wsis.loads(path.read_bytes(), "json")
    gc.collect()
    yield
    wsis.dumps(held, "json")


@measured
def dump_json_msgspec(path: Path) -> Generator[None, None, None]:
    import models_msgspec
    import msgspec

    held = msgspec.json.decode(path.read_bytes(), type=models_msgspec.File)
    gc.collect()
    yield
    msgspec.json.encode(held)


@measured
def memory(path: Path) -> Generator[None, None, float]:
    """Kilobytes that a loaded corpus takes, a provision."""
    wsis = _warm()
    before = _resident()
    yield
    held = wsis.load(path)
    gc.collect()
    return (_resident() - before) / 1000 / len(held.provisions)


@measured
def misdirected(path: Path) -> Generator[None, None, None]:
    held = _warm().loads(path.read_bytes(), "json")
    gc.collect()
    yield
    assert not held.misdirected()


@measured
def references(path: Path) -> Generator[None, None, float]:
    """How many references there are."""
    held = _warm().loads(path.read_bytes(), "json")
    yield
    return float(len(held.references()))


@measured
def check(path: Path) -> Generator[None, None, None]:
    wsis = _warm()
    wsis.check(wsis.loads(json_of(corpus(20)), "json"), profile="publish")
    held = wsis.loads(path.read_bytes(), "json")
    gc.collect()
    yield
    wsis.check(held, profile="publish")


@measured
def catalogue_first(path: Path) -> Generator[None, None, None]:
    import wsis_model

    yield
    wsis_model.catalogue()


@measured
def catalogue_second(path: Path) -> Generator[None, None, None]:
    import wsis_model

    wsis_model.catalogue()
    yield
    wsis_model.catalogue()


def measure(name: str, path: Path) -> float:
    """CPU seconds of what the function of this name does after its `yield`, or what it returns."""
    steps = MEASURES[name](path)
    next(steps)
    start = time.process_time()
    try:
        next(steps)
    except StopIteration as stop:
        spent = time.process_time() - start
        return spent if stop.value is None else float(stop.value)
    msg = f"{name} yields twice"
    raise RuntimeError(msg)


if __name__ == "__main__":
    print(measure(sys.argv[1], Path(sys.argv[2])))
