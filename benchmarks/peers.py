"""Peers side by side: what it costs to read a typical document of some ten thousand records, for
each library its own kind of document.

    python benchmarks/peers.py [--rounds 5] [--records 10000] [--only pystac] [--folder FOLDER]

Each peer is installed by name into a virtual environment of its own, below a folder that is thrown
away afterwards (or kept, with `--folder`); what cannot be installed or does not run is told in the
table. Each round measures every library once, one after the other, each in a fresh process: process
CPU seconds from the text of the document in memory, or from its path where the library reads
nothing else, to its records, with the import and a first small document before the clock starts.
Ratios are the medians of the ratios of the rounds.

The documents differ as the standards do, so look at all three measures: a record is what the
standard is about (a control, an item, an indicator, a slot, a row, a component, an observation, a
code), an object is any mapping in the file, whether or not the library makes an object of it.
Peers run with the settings that their documentation shows.
"""

from __future__ import annotations

import argparse
import gc
import importlib
import json
import os
import random
import statistics
import subprocess
import sys
import tempfile
import time
import uuid
import venv
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

Work = Callable[[], object]
WORDS = [
    "access",
    "bridge",
    "capacity",
    "data",
    "development",
    "digital",
    "divide",
    "economy",
    "education",
    "forum",
    "governance",
    "health",
    "inclusion",
    "internet",
    "knowledge",
    "media",
    "network",
    "policy",
    "privacy",
    "science",
    "skills",
    "youth",
]
WARM = 20
DAY = "2026-11-26T00:00:00Z"


def _says(rng: random.Random, words: int) -> str:
    return " ".join(rng.choices(WORDS, k=words)).capitalize()


def _uuid(rng: random.Random) -> str:
    return str(uuid.UUID(int=rng.getrandbits(128), version=4))


# --- documents ------------------------------------------------------------------------------------


def provisions(_: random.Random, count: int) -> Any:
    from synthetic import corpus

    return corpus(count)


def oscal_catalog(rng: random.Random, count: int) -> Any:
    """Controls in groups of 25, each with a parameter, a statement of two items and guidance."""

    def control(number: int) -> dict[str, Any]:
        name = f"ac-{number}"
        return {
            "id": name,
            "class": "SP800-53",
            "title": _says(rng, 4),
            "params": [{"id": f"{name}_prm_1", "label": _says(rng, 3)}],
            "props": [{"name": "label", "value": name.upper()}],
            "links": [{"href": f"#ac-{max(number - 1, 1)}", "rel": "related"}],
            "parts": [
                {
                    "id": f"{name}_smt",
                    "name": "statement",
                    "parts": [
                        {
                            "id": f"{name}_smt.{letter}",
                            "name": "item",
                            "props": [{"name": "label", "value": f"{letter}."}],
                            "prose": _says(rng, 20),
                        }
                        for letter in "ab"
                    ],
                },
                {"id": f"{name}_gdn", "name": "guidance", "prose": _says(rng, 60)},
            ],
        }

    groups = [
        {
            "id": f"g-{start}",
            "title": _says(rng, 2),
            "controls": [control(n) for n in range(start + 1, min(start + 25, count) + 1)],
        }
        for start in range(0, count, 25)
    ]
    metadata = {"title": "Controls", "last-modified": DAY, "version": "1", "oscal-version": "1.1.3"}
    return {"catalog": {"uuid": _uuid(rng), "metadata": metadata, "groups": groups}}


def stac_items(rng: random.Random, count: int) -> Any:
    """Items with three links and three assets each."""

    def item(number: int) -> dict[str, Any]:
        x, y = rng.uniform(-170, 170), rng.uniform(-80, 80)
        ring = [[x, y], [x + 1, y], [x + 1, y + 1], [x, y + 1], [x, y]]
        return {
            "type": "Feature",
            "stac_version": "1.1.0",
            "stac_extensions": [],
            "id": f"item-{number}",
            "geometry": {"type": "Polygon", "coordinates": [ring]},
            "bbox": [x, y, x + 1, y + 1],
            "properties": {"datetime": DAY, "title": _says(rng, 4), "gsd": 10},
            "links": [
                {"rel": rel, "href": f"https://example.org/{rel}.json", "type": "application/json"}
                for rel in ("root", "parent", "collection")
            ],
            "assets": {
                name: {
                    "href": f"https://example.org/{number}/{name}.tif",
                    "type": "image/tiff; application=geotiff",
                    "title": _says(rng, 2),
                    "roles": ["data"],
                }
                for name in ("red", "green", "blue")
            },
            "collection": "images",
        }

    return {"type": "FeatureCollection", "features": [item(n) for n in range(count)]}


def stix_bundle(rng: random.Random, count: int) -> Any:
    """Attack patterns, indicators, and relationships between the two, a third each."""
    common = {"spec_version": "2.1", "created": DAY, "modified": DAY}
    objects: list[dict[str, Any]] = []
    for number in range(count):
        kind = ("attack-pattern", "indicator", "relationship")[number % 3]
        made: dict[str, Any] = {"type": kind, "id": f"{kind}--{_uuid(rng)}", **common}
        if kind == "attack-pattern":
            made |= {
                "name": _says(rng, 4),
                "description": _says(rng, 60),
                "kill_chain_phases": [{"kill_chain_name": "chain", "phase_name": "delivery"}],
                "external_references": [{"source_name": "list", "external_id": f"T{number}"}],
            }
        elif kind == "indicator":
            made |= {
                "name": _says(rng, 4),
                "pattern": f"[file:name = 'file-{number}.exe']",
                "pattern_type": "stix",
                "valid_from": DAY,
                "indicator_types": ["malicious-activity"],
            }
        else:
            made |= {
                "relationship_type": "indicates",
                "source_ref": objects[-1]["id"],
                "target_ref": objects[-2]["id"],
            }
        objects.append(made)
    return {"type": "bundle", "id": f"bundle--{_uuid(rng)}", "objects": objects}


def linkml_schema(rng: random.Random, count: int) -> Any:
    """A schema of slots."""
    slots = {
        f"slot_{n}": {
            "description": _says(rng, 20),
            "range": "string",
            "required": n % 2 == 0,
            "aliases": [f"alias_{n}"],
            "annotations": {"source": {"tag": "source", "value": _says(rng, 3)}},
        }
        for n in range(count)
    }
    head = {"id": "https://example.org/schema", "name": "schema", "default_range": "string"}
    return {**head, "slots": slots}


def table(rng: random.Random, count: int) -> str:
    """A CSV file of ten columns, of the types of `TABLE`."""
    lines = [",".join(name for name, _ in TABLE)]
    for number in range(count):
        text = (_says(rng, words) for words in (3, 8, 15, 2))
        lines.append(
            f"r{number},{','.join(text)},2026-11-26,{number},{rng.random():.6f},"
            f"{str(number % 2 == 0).lower()},2027"
        )
    return "\n".join(lines) + "\n"


TABLE = (
    ("id", "string"),
    ("title", "string"),
    ("summary", "string"),
    ("text", "string"),
    ("lead", "string"),
    ("start", "date"),
    ("number", "integer"),
    ("value", "number"),
    ("done", "boolean"),
    ("year", "year"),
)


def cyclonedx_bom(rng: random.Random, count: int) -> Any:
    """Components, each with a hash, a licence and a dependency."""
    names = [f"pkg:pypi/package{n}@1.{n}" for n in range(count)]
    components = [
        {
            "type": "library",
            "bom-ref": name,
            "name": f"package{n}",
            "version": f"1.{n}",
            "description": _says(rng, 12),
            "hashes": [{"alg": "SHA-256", "content": f"{rng.getrandbits(256):064x}"}],
            "licenses": [{"license": {"id": "Apache-2.0"}}],
            "purl": name,
            "externalReferences": [{"type": "website", "url": f"https://example.org/{n}"}],
        }
        for n, name in enumerate(names)
    ]
    edges = [{"ref": name, "dependsOn": names[max(n - 1, 0) : n]} for n, name in enumerate(names)]
    return {
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "version": 1,
        "serialNumber": f"urn:uuid:{_uuid(rng)}",
        "components": components,
        "dependencies": edges,
    }


def fhir_bundle(rng: random.Random, count: int) -> Any:
    """Observations, each with two codings, a quantity, a reference range and a note."""

    def entry(number: int) -> dict[str, Any]:
        coding = [
            {"system": "http://loinc.org", "code": f"{rng.randrange(10**5)}-1", "display": "Weight"}
            for _ in range(2)
        ]
        kilograms = {"value": 70.5, "unit": "kg", "system": "http://unitsofmeasure.org"}
        return {
            "fullUrl": f"urn:uuid:{_uuid(rng)}",
            "resource": {
                "resourceType": "Observation",
                "id": f"o{number}",
                "status": "final",
                "code": {"coding": coding, "text": _says(rng, 3)},
                "subject": {"reference": f"Patient/{number}"},
                "effectiveDateTime": DAY,
                "valueQuantity": kilograms,
                "referenceRange": [{"low": {"value": 60}, "high": {"value": 80}}],
                "note": [{"text": _says(rng, 12)}],
            },
        }

    entries = [entry(n) for n in range(count)]
    return {"resourceType": "Bundle", "type": "collection", "entry": entries}


def sdmx_codelist(rng: random.Random, count: int) -> Any:
    """One codelist: flat codes with a name and a description."""
    codes = [
        {"id": f"C{n}", "name": _says(rng, 4), "description": _says(rng, 12)} for n in range(count)
    ]
    codelist = {"id": "CL", "agencyID": "UN", "version": "1.0", "name": "Codes", "codes": codes}
    meta = {"id": "m1", "test": False, "prepared": DAY, "sender": {"id": "UN"}, "schema": SDMX}
    return {"meta": meta, "data": {"codelists": [codelist]}}


SDMX = (
    "https://raw.githubusercontent.com/sdmx-twg/sdmx-json/master/structure-message/tools/schemas/"
    "2.0.0/sdmx-json-structure-schema.json"
)


# --- readers, each in the environment of its library ----------------------------------------------


def _imported(module: str) -> Any:
    return importlib.import_module(module)


def ours(path: Path) -> Work:
    import wsis_model

    text = path.read_bytes()
    return lambda: wsis_model.loads(text, "json")


def trestle(path: Path) -> Work:
    catalog = _imported("trestle.oscal.catalog")
    return lambda: catalog.Catalog.oscal_read(path)


def pystac(path: Path) -> Work:
    stac, text = _imported("pystac"), path.read_bytes()
    return lambda: stac.ItemCollection.from_dict(json.loads(text))


def stix2(path: Path) -> Work:
    stix, text = _imported("stix2"), path.read_text(encoding="utf-8")
    return lambda: stix.parse(text)


def linkml(path: Path) -> Work:
    schema = _imported("linkml_runtime.linkml_model").SchemaDefinition
    loader = _imported("linkml_runtime.loaders").json_loader
    text = path.read_text(encoding="utf-8")
    return lambda: loader.loads(text, target_class=schema)


def frictionless(path: Path) -> Work:
    tables = _imported("frictionless")
    fields = [{"name": name, "type": kind} for name, kind in TABLE]
    schema = tables.Schema.from_descriptor({"fields": fields})
    os.chdir(path.parent)  # it reads no absolute path without being told to trust it

    def rows() -> object:  # a row reads its cells when it is asked whether they are valid
        resource = tables.Resource(path.name, schema=schema)
        return [row for row in resource.read_rows() if row.valid]

    return rows


def cyclonedx(path: Path) -> Work:
    bom, text = _imported("cyclonedx.model.bom"), path.read_bytes()
    return lambda: bom.Bom.from_json(json.loads(text))


def fhir(path: Path) -> Work:
    bundle, text = _imported("fhir.resources.bundle"), path.read_bytes()
    return lambda: bundle.Bundle.model_validate_json(text)


def pysdmx(path: Path) -> Work:
    io, text = _imported("pysdmx.io"), path.read_text(encoding="utf-8")
    return lambda: io.read_sdmx(text, validate=False)


def pysdmx_validated(path: Path) -> Work:
    io, text = _imported("pysdmx.io"), path.read_text(encoding="utf-8")
    return lambda: io.read_sdmx(text)


class Peer(NamedTuple):
    """A library: what to install, its document, what a record of it is, how it reads it."""

    install: str
    make: Callable[[random.Random, int], Any]
    record: str
    read: Callable[[Path], Work]


PEERS = {
    "wsis_model": Peer("", provisions, "provision", ours),
    "compliance-trestle": Peer("compliance-trestle", oscal_catalog, "control", trestle),
    "pystac": Peer("pystac", stac_items, "item", pystac),
    "stix2": Peer("stix2", stix_bundle, "object", stix2),
    "linkml": Peer("linkml-runtime", linkml_schema, "slot", linkml),
    "frictionless": Peer("frictionless", table, "row", frictionless),
    "cyclonedx-python-lib": Peer("cyclonedx-python-lib", cyclonedx_bom, "component", cyclonedx),
    "fhir.resources": Peer("fhir.resources", fhir_bundle, "observation", fhir),
    "pysdmx": Peer("pysdmx", sdmx_codelist, "code", pysdmx),
    "pysdmx, validated": Peer("pysdmx[json]", sdmx_codelist, "code", pysdmx_validated),
}


def measure(name: str, path: Path, small: Path) -> float:
    """CPU seconds to read a document, after a small one."""
    read = PEERS[name].read
    read(small)()
    work = read(path)
    gc.collect()
    start = time.process_time()
    kept = work()
    took = time.process_time() - start
    del kept
    return took


# --- one run --------------------------------------------------------------------------------------


class Document(NamedTuple):
    path: Path
    small: Path
    objects: int
    bytes: int


def _mappings(text: str) -> int:
    """How many mappings stand in a text of JSON."""
    count = 0

    def counted(_: object) -> None:
        nonlocal count
        count += 1

    json.loads(text, object_hook=counted)
    return count


def written(name: str, folder: Path, records: int) -> Document:
    """The documents of a library, the large one and a small one to warm up on."""
    paths: list[Path] = []
    objects = size = 0
    for count in (WARM, records):
        made = PEERS[name].make(random.Random(80_173), count)
        text = made if isinstance(made, str) else json.dumps(made, separators=(",", ":"))
        suffix = "csv" if isinstance(made, str) else "json"
        path = folder / f"{name.replace(', ', '-')}-{count}.{suffix}"
        path.write_text(text, encoding="utf-8")
        paths.append(path)
        objects = count if isinstance(made, str) else _mappings(text)
        size = path.stat().st_size
    return Document(paths[1], paths[0], objects, size)


def installed(name: str, folder: Path) -> tuple[str, str]:
    """The interpreter that has a library, and its version; or "" and why there is none."""
    package = PEERS[name].install
    if not package:
        from wsis_model import __version__

        return sys.executable, __version__
    place = folder / "".join(sign if sign.isalnum() else "-" for sign in package)
    python = str(place / ("Scripts/python.exe" if os.name == "nt" else "bin/python"))
    pip = [python, "-m", "pip", "--disable-pip-version-check", "-q"]
    if not Path(python).exists():
        venv.create(place, with_pip=True)
    done = subprocess.run([*pip, "install", package], capture_output=True, text=True)
    if done.returncode:
        return "", f"cannot be installed: {(done.stderr.strip().splitlines() or ['?'])[-1]}"
    asked = f"from importlib.metadata import version; print(version({package.split('[')[0]!r}))"
    return python, subprocess.run(
        [python, "-c", asked], capture_output=True, text=True, check=True
    ).stdout.strip()


def one(python: str, name: str, document: Document) -> float | str:
    """What a fresh process measures, or the last line of what it says instead."""
    place = [str(document.path), str(document.small)]
    done = subprocess.run(
        [python, __file__, "--measure", name, *place], capture_output=True, text=True
    )
    if done.returncode:
        return (done.stderr.strip().splitlines() or ["?"])[-1][:200]
    return float(done.stdout.strip().splitlines()[-1])


def _three_digits(value: float) -> str:
    return f"{value:,.0f}" if value >= 100 else f"{value:.2f}" if value < 1 else f"{value:.1f}"


def run(names: list[str], records: int, rounds: int, folder: Path) -> list[str]:
    """The lines of the table."""
    lines = [
        "| library | a record is | file | CPU | a record | an object | a byte |",
        "|---|---|---|---|---|---|---|",
    ]
    ready: dict[str, tuple[str, str, Document]] = {}
    told: list[str] = []
    for name in names:
        python, version = installed(name, folder)
        if python:
            ready[name] = python, version, written(name, folder, records)
            print(f"{name} {version}", file=sys.stderr)
        else:
            told.append(f"| {name} | {version} | | | | | |")
    times: dict[str, list[float]] = {name: [] for name in ready}
    for number in range(rounds):
        print(f"round {number + 1} of {rounds}", file=sys.stderr)
        for name in list(ready):
            python, version, document = ready[name]
            took = one(python, name, document)
            if isinstance(took, str):
                told.append(f"| {name} {version} | does not run: {took} | | | | | |")
                del ready[name]
            else:
                times[name].append(took)
    mine = ready["wsis_model"][2]
    for name, (_, version, document) in ready.items():
        took = statistics.median(times[name])
        ratio = statistics.median(
            theirs / own for theirs, own in zip(times[name], times["wsis_model"], strict=True)
        )
        cells = (
            (took / records * 1e6, "µs", ratio),
            (took / document.objects * 1e6, "µs", ratio * mine.objects / document.objects),
            (took / document.bytes * 1e9, "ns", ratio * mine.bytes / document.bytes),
        )
        lines.append(
            f"| {name} {version} | {PEERS[name].record}, {document.objects / records:.1f} objects"
            f" | {document.bytes / 1e6:.1f} MB | {took:.3f} s | "
            + " | ".join(
                f"{_three_digits(value)} {unit}"
                + (f" ({_three_digits(times_ours)}x)" if name != "wsis_model" else "")
                for value, unit, times_ours in cells
            )
            + " |"
        )
    return lines + told


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--records", type=int, default=10_000)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--only", action="append", choices=[*PEERS][1:])
    parser.add_argument("--folder", type=Path, help="where to keep what is installed")
    parser.add_argument("--measure", nargs=3, help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.measure:
        name, path, small = given.measure
        print(measure(name, Path(path), Path(small)))
        return
    names = ["wsis_model", *(name for name in PEERS if name in (given.only or [*PEERS][1:]))]
    with tempfile.TemporaryDirectory() as scratch:
        folder = given.folder or Path(scratch)
        folder.mkdir(parents=True, exist_ok=True)
        print("\n".join(run(names, given.records, given.rounds, folder.resolve())))


if __name__ == "__main__":
    main()
