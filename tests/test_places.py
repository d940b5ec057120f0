"""Where records are loaded from and saved to: odd paths, pipes, open files."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest
from faulty import faults

import wsis_model as wsis
from wsis_model import LoadError

RECORDS = "roadmaps: [{id: r, title: T, owners: [itu]}]"


@pytest.mark.parametrize("name", ["", "/" + "a" * 5000 + ".yaml", "nul\0.yaml", "nothing.yaml"])
def test_a_name_that_no_file_has(name: str) -> None:
    """A name that is empty, too long, impossible or of nothing is a problem of loading."""
    with pytest.raises(LoadError) as caught:
        wsis.load(name)

    assert ["unreadable"] == [problem.code for problem in caught.value.problems]


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no named pipes here")
def test_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    """A named pipe is no file: alone it is a problem, in a folder it is passed over."""
    os.mkfifo(tmp_path / "pipe.yaml")
    (tmp_path / "r.yaml").write_text(RECORDS, encoding="utf-8")

    assert "r" in wsis.load(tmp_path)
    assert ["unreadable"] == [each.code for each in faults(wsis.load, tmp_path / "pipe.yaml")]


def test_a_link_that_leads_nowhere_is_told(tmp_path: Path) -> None:
    """A dangling link in a folder is a problem, not a missing record."""
    (tmp_path / "gone.yaml").symlink_to(tmp_path / "nothing.yaml")

    assert ["unreadable"] == [each.code for each in faults(wsis.load, tmp_path)]


def test_a_file_opened_in_another_encoding(tmp_path: Path) -> None:
    """A file opened as text that is not in the encoding is a problem of loading."""
    path = tmp_path / "latin.yaml"
    path.write_bytes("roadmaps: [{id: r, title: Médias, owners: [itu]}]".encode("latin-1"))

    with path.open(encoding="utf-8") as stream:
        assert ["encoding"] == [each.code for each in faults(wsis.load, stream)]


@pytest.mark.parametrize(
    "data", [RECORDS.encode(), bytearray(RECORDS.encode()), memoryview(RECORDS.encode()), RECORDS]
)
def test_any_bytes_like_object_is_read(data: Any) -> None:
    """Bytes, byte arrays, memory views and text are all read."""
    assert "r" in wsis.loads(data, "yaml")


@pytest.mark.parametrize("source", [None, b"bytes", 3])
def test_what_is_no_source_is_a_type_error(source: Any) -> None:
    """What names no file and is none is the caller's mistake, and says what would do."""
    with pytest.raises(TypeError, match="loads"):
        wsis.load(source)


def test_a_misspelt_option_is_refused() -> None:
    """`unknown` takes its two words and no other."""
    with pytest.raises(ValueError, match="forbid"):
        wsis.load({}, unknown="kep")  # type: ignore[arg-type]  # that is the claim


def test_saving_where_there_is_no_folder(tmp_path: Path) -> None:
    """The error names the folder that is missing, not a file of our own making."""
    with pytest.raises(FileNotFoundError, match="nowhere") as caught:
        wsis.save(wsis.loads(RECORDS, "yaml"), tmp_path / "nowhere" / "r.json")

    assert ".part" not in str(caught.value)
