"""What is measured, one function each; `run.py` calls every one in a process of its own.

    python benchmarks/measures.py load_json /tmp/corpus-10000.json

Each function prepares and gives back the work to be timed in process CPU seconds. What the work
makes is kept until the clock has stopped, so that taking it down again is not counted. Work that
gives a `float` is a figure of its own and is not timed. Everything is warmed up on a small corpus
first, so that the times are of the work and not of building validators; the first use has rows of
its own (`catalogue_first`, and the imports in `run.py`).
"""

from __future__ import annotations

import gc
import json
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from synthetic import corpus, json_of

__all__ = ["MEASURES", "SMALL_FILES", "measure"]

Work = Callable[[], object]
SMALL_FILES = "small-files"
"""The folder of small files, beside the corpora."""
WARM = 20
"""Provisions of the corpus that everything is warmed up on."""


def _warm() -> Any:
    import wsis_model

    made = wsis_model.loads(json_of(corpus(WARM)), "json")
    made.broken_references()
    wsis_model.dumps(made)
    gc.collect()
    return wsis_model


def load_json(path: Path) -> Work:
    wsis, data = _warm(), path.read_bytes()
    return lambda: wsis.loads(data, "json")


def load_json_paused(path: Path) -> Work:
    gc.disable()
    return load_json(path)


def read_json_paused(path: Path) -> Work:
    _warm()
    from wsis_model import formats

    data, (form, _) = path.read_bytes(), formats.format_of("json")
    gc.disable()
    return lambda: formats.read(data, path.name, form).complete()


def load_json_msgspec_paused(path: Path) -> Work:
    import models_msgspec
    import msgspec

    decoder, data = msgspec.json.Decoder(models_msgspec.File), path.read_bytes()
    decoder.decode(json_of(corpus(WARM)))
    gc.disable()
    return lambda: decoder.decode(data)


def load_json_naive(path: Path) -> Work:
    import models_naive

    models_naive.File.model_validate(corpus(WARM))
    data = path.read_bytes()
    gc.collect()
    return lambda: models_naive.File.model_validate(json.loads(data))


def load_yaml(path: Path) -> Work:
    wsis, data = _warm(), path.with_suffix(".yaml").read_bytes()
    wsis.loads("entities: [{id: a, name: A}]", "yaml")
    gc.collect()
    return lambda: wsis.loads(data, "yaml")


def load_yaml_stock(path: Path) -> Work:
    import yaml

    data = path.with_suffix(".yaml").read_bytes()
    yaml.load("a: [1]", Loader=yaml.CSafeLoader)
    gc.collect()
    return lambda: yaml.load(data, Loader=yaml.CSafeLoader)


def load_folder(path: Path) -> Work:
    wsis = _warm()
    wsis.loads("roadmaps: [{id: a, title: A, owners: [ITU]}]", "yaml")  # reads the catalogue
    gc.collect()
    return lambda: wsis.load(path.parent / SMALL_FILES)


def load_folder_stock(path: Path) -> Work:
    import yaml

    yaml.load("a: [1]", Loader=yaml.CSafeLoader)
    gc.collect()
    return lambda: [
        yaml.load(each.read_bytes(), Loader=yaml.CSafeLoader)
        for each in sorted((path.parent / SMALL_FILES).iterdir())
    ]


def union(path: Path) -> Work:
    """As many corpora as the name of the file says, of one record each, are joined."""
    wsis = _warm()
    count = int(path.stem.partition("-")[2])
    parts = [
        wsis.load({"entities": [{"id": f"e{n}", "name": f"Entity {n}"}]}) for n in range(count)
    ]
    gc.collect()
    return lambda: wsis.Corpus.union(parts)


def dump_json(path: Path) -> Work:
    wsis = _warm()
    held = wsis.loads(path.read_bytes(), "json")
    gc.collect()
    return lambda: wsis.dumps(held, "json")


def dump_json_msgspec(path: Path) -> Work:
    import models_msgspec
    import msgspec

    held = msgspec.json.decode(path.read_bytes(), type=models_msgspec.File)
    gc.collect()
    return lambda: msgspec.json.encode(held)


def _resident() -> int:
    """Bytes of memory that this process holds (Linux)."""
    return int(Path("/proc/self/statm").read_text().split()[1]) * 4096


def memory(path: Path) -> Work:
    """Kilobytes that a loaded corpus takes, a provision."""
    wsis = _warm()
    before = _resident()

    def work() -> float:
        held = wsis.load(path)
        gc.collect()
        return (_resident() - before) / 1000 / len(held.provisions)

    return work


def broken_references(path: Path) -> Work:
    held = _warm().loads(path.read_bytes(), "json")
    gc.collect()
    return lambda: held.broken_references()


def references(path: Path) -> Work:
    """How many references there are."""
    held = _warm().loads(path.read_bytes(), "json")
    return lambda: float(len(held.references()))


def check(path: Path) -> Work:
    wsis = _warm()
    wsis.check(wsis.loads(json_of(corpus(WARM)), "json"), profile="publish")
    held = wsis.loads(path.read_bytes(), "json")
    gc.collect()
    return lambda: wsis.check(held, profile="publish")


def catalogue_first(path: Path) -> Work:
    import wsis_model

    return lambda: wsis_model.catalogue()


def catalogue_second(path: Path) -> Work:
    import wsis_model

    wsis_model.catalogue()
    return lambda: wsis_model.catalogue()


MEASURES: dict[str, Callable[[Path], Work]] = {
    each.__name__: each
    for each in (
        load_json,
        load_json_paused,
        read_json_paused,
        load_json_msgspec_paused,
        load_json_naive,
        load_yaml,
        load_yaml_stock,
        load_folder,
        load_folder_stock,
        union,
        dump_json,
        dump_json_msgspec,
        memory,
        broken_references,
        references,
        check,
        catalogue_first,
        catalogue_second,
    )
}


def measure(name: str, path: Path) -> float:
    """CPU seconds of the work of this name, or the figure that it gives."""
    work = MEASURES[name](path)
    start = time.process_time()
    made = work()
    spent = time.process_time() - start
    return made if isinstance(made, float) else spent


if __name__ == "__main__":
    print(measure(sys.argv[1], Path(sys.argv[2])))
