"""The public face: what is exposed, where it lives, what it costs to import."""

from __future__ import annotations

import re
import subprocess
import sys
from importlib import import_module
from pathlib import Path

import pytest

import wsis_model

ROOT = Path(__file__).resolve().parents[1]


def test_the_public_names_are_sorted_and_there() -> None:
    """`__all__` is sorted (constants first), without repeats, and every name in it can be had."""
    assert sorted(set(wsis_model.__all__), key=lambda name: (not name.isupper(), name)) == list(
        wsis_model.__all__
    )
    for name in wsis_model.__all__:
        assert getattr(wsis_model, name) is not None, name
    assert set(wsis_model.__all__) <= set(dir(wsis_model))


def test_what_is_lazy_is_what_type_checkers_see() -> None:
    """The table of lazy names, the imports for type checkers, and `__all__` say the same."""
    text = (ROOT / "src" / "wsis_model" / "__init__.py").read_text(encoding="utf-8")
    seen = re.findall(
        r"\b[A-Za-z]\w+", text.partition("if TYPE_CHECKING:")[2].partition("_EXPORTS")[0]
    )

    assert set(wsis_model._MODULE_OF) == set(wsis_model.__all__)  # pyright: ignore[reportPrivateUsage]  # held to the public list here
    assert set(wsis_model.__all__) <= set(seen)


@pytest.mark.parametrize(
    "name",
    [
        "wsis_model.model",
        "wsis_model.formats",
        "wsis_model.checks",
        "wsis_model.corpus",
        "wsis_model.errors",
        "wsis_model.loading",
        "wsis_model.testing",
    ],
)
def test_modules_list_what_they_offer(name: str) -> None:
    """Every name in a module's `__all__` is there."""
    module = import_module(name)

    assert not [each for each in module.__all__ if not hasattr(module, each)]


def test_an_unknown_name_is_an_attribute_error() -> None:
    """A misspelt name fails as on any module."""
    with pytest.raises(AttributeError, match="Corpse"):
        wsis_model.Corpse  # the access is the claim


def loaded_by(statement: str) -> set[str]:
    """The modules that a statement loads in a fresh interpreter."""
    code = (
        f"import sys; before = set(sys.modules); {statement}; print(*sorted(set(sys.modules) -"
        " before))"
    )
    return set(
        subprocess.run(
            [sys.executable, "-c", code], capture_output=True, text=True, check=True
        ).stdout.split()
    )


def test_importing_costs_next_to_nothing() -> None:
    """`import wsis_model` loads neither pydantic nor YAML nor data; the records load no YAML."""
    assert not {"pydantic", "yaml", "attrs", "attr"} & loaded_by("import wsis_model")
    assert "yaml" not in loaded_by("import wsis_model; wsis_model.Document")
    assert "yaml" not in loaded_by("import wsis_model; wsis_model.catalogue()")


def test_nothing_looks_at_the_network() -> None:
    """Loading, checking, showing, copying and pickling open no socket."""
    code = """
import socket
def refuse(*_, **__): raise SystemExit("a socket was opened")
socket.socket.connect = socket.create_connection = socket.getaddrinfo = refuse
import copy, pickle, wsis_model
corpus = wsis_model.catalogue()
repr(corpus), corpus._repr_html_(), corpus["80-173"]._repr_html_(), copy.deepcopy(corpus), pickle.loads(pickle.dumps(corpus))
wsis_model.check(wsis_model.loads(wsis_model.dumps(corpus, "yaml"), "yaml"))
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)

    assert 0 == done.returncode, done.stderr


@pytest.mark.parametrize(
    "record", import_module("wsis_model.model").RECORDS, ids=lambda record: record.__name__
)
def test_every_field_is_documented(record: type[wsis_model.Record]) -> None:
    """Every field of every record has a docstring, and so has the record."""
    from wsis_model.model.record import field_docs

    assert record.__doc__
    assert set(record.model_fields) <= set(field_docs(record))


def test_no_module_takes_the_place_of_a_name() -> None:
    """Whatever submodules somebody imports, the public names stay what they are."""
    code = """
import importlib, pkgutil, types, wsis_model
for each in pkgutil.walk_packages(wsis_model.__path__, "wsis_model."):
    if not each.name.endswith("__main__"):
        importlib.import_module(each.name)
taken = [name for name in wsis_model.__all__ if isinstance(getattr(wsis_model, name), types.ModuleType)]
raise SystemExit(" ".join(taken) or None)
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)

    assert 0 == done.returncode, done.stderr
