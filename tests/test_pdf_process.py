"""PDFs are read in another process, whose memory and time are bounded: with the same result, from
wherever it is asked for.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from pdf_maker import assembled, resolution

from wsis_model import LoadError
from wsis_model.interop import Reading, _pdf_process
from wsis_model.interop import pdf as reader

posix = pytest.mark.skipif(os.name != "posix", reason="is of processes as POSIX has them")


@pytest.fixture(autouse=True)
def _none_left() -> Iterator[None]:
    """Each test begins and ends without another process."""
    _pdf_process.end_all()
    yield
    _pdf_process.end_all()


def _facts(found: Reading) -> object:
    return found, [each.model_dump(exclude_unset=True) for each in found.documents]


def _files(shared: Path) -> list[Path]:
    folders = (
        shared / "documents" / "pdf",
        shared / "documents" / "hard",
        shared / "suites" / "pdf",
    )
    return [path for folder in folders for path in sorted(folder.glob("*.pdf"))]


def _outcome(path: Path, *, isolated: bool) -> object:
    try:
        return _facts(reader.read(path, symbol="A/RES/99/1", isolated=isolated))
    except LoadError as error:
        return error


def test_a_file_reads_the_same_in_another_process() -> None:
    """Documents, the fields that were set, and what was left out."""
    made = resolution()
    assert _facts(reader.read(made)) == _facts(reader.read(made, isolated=False))


def test_real_files_read_the_same_in_another_process(shared: Path) -> None:
    """Results and problems, of official files and of those that others test with."""
    files = _files(shared)
    assert files
    for path in files:
        assert _outcome(path, isolated=True) == _outcome(path, isolated=False), path


def test_one_process_reads_many_files() -> None:
    """It is started once."""
    made = resolution()
    seen = set[int]()
    for _ in range(5):
        reader.read(made).document
        seen |= {child.process.pid for child in _pdf_process.waiting}
    assert len(seen) == 1


# --- bombs ----------------------------------------------------------------------------------------


def _bomb(size: int, content: bytes) -> bytes:
    """A mebibyte of *content* over and over, deflated twice: kilobytes that stand for *size* bytes."""
    head = zlib.compress(b"")[:2]
    raw = zlib.compressobj(9, wbits=-15)
    block = raw.compress(content * (2**20 // len(content))) + raw.flush(zlib.Z_FULL_FLUSH)
    return zlib.compress(head + block * (size >> 20), 9)


_PAGE = (
    b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Contents 4 0 R/Resources<</Font<</F 5 0"
    b" R>>/XObject<</I 6 0 R>>>>>>"
)
_TEXT = b"BT /F 10 Tf 100 700 Td (A text) Tj ET"
_TWICE = b"/Filter[/FlateDecode/FlateDecode]"


def _stream(keys: bytes, data: bytes) -> bytes:
    return b"<<%b/Length %d>>\nstream\n%b\nendstream" % (keys, len(data), data)


def _file(**parts: bytes) -> bytes:
    """A PDF of one page, in which some parts are others."""
    objects = {
        "catalogue": b"<</Type/Catalog/Pages 2 0 R>>",
        "pages": b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        "page": _PAGE,
        "content": _stream(b"", _TEXT),
        "font": b"<</Type/Font/Subtype/Type1/BaseFont/Times-Roman>>",
        "form": _stream(b"/Type/XObject/Subtype/Form/BBox[0 0 9 9]", b""),
        **parts,
    }
    return assembled(list(objects.values()))


_GIB = 2**30


def _slow(size: int) -> bytes:
    """A PDF whose font says over and over which letters it has: it takes little memory, and long."""
    letters = b"1 beginbfrange <0000> <ffff> <0041> endbfrange\n"
    return _file(
        font=b"<</Type/Font/Subtype/Type1/BaseFont/Times-Roman/ToUnicode 7 0 R>>",
        letters=_stream(_TWICE, _bomb(size, letters)),
    )


_FONT = (
    b"<</Type/Font/Subtype/TrueType/BaseFont/F/FontDescriptor 7 0 R/FirstChar 32/LastChar"
    b" 32/Widths[500]>>"
)
_FACE = (
    b"<</Type/FontDescriptor/FontName/F/Flags 32/FontBBox[0 0 1 1]/ItalicAngle 0/Ascent 1/Descent"
    b" 0/CapHeight 1/StemV 1/FontFile2 8 0 R>>"
)
_CALLED = b"BT /F 10 Tf (A text) Tj ET /I Do"
BOMBS = {
    "content": _file(content=_stream(_TWICE, _bomb(3 * _GIB, b" "))),
    "paths": _file(content=_stream(_TWICE, _bomb(_GIB // 16, b"0 0 m 1 1 l S \n"))),
    "letters": _file(content=_stream(_TWICE, _bomb(_GIB // 16, b"BT /F 1 Tf (aaaa) Tj ET\n"))),
    "form": _file(
        content=_stream(b"", _CALLED),
        form=_stream(b"/Type/XObject/Subtype/Form/BBox[0 0 9 9]" + _TWICE, _bomb(3 * _GIB, b" ")),
    ),
    "font": _file(font=_FONT, face=_FACE, program=_stream(_TWICE, _bomb(3 * _GIB, b"\0"))),
    "letters of a font": _slow(_GIB),
}
_IMAGE = (
    b"/Type/XObject/Subtype/Image/Width 30000/Height 30000/ColorSpace/DeviceGray/BitsPerComponent 8"
)
PICTURE = _file(
    content=_stream(b"", b"/I Do " + _TEXT), form=_stream(_IMAGE + _TWICE, _bomb(_GIB, b"\0"))
)


@posix
@pytest.mark.skipif(sys.platform == "darwin", reason="macOS bounds no memory")
@pytest.mark.parametrize("name", BOMBS)
def test_a_bomb_is_refused(name: str) -> None:
    """The next file is read."""
    assert len(BOMBS[name]) < 50_000
    with pytest.raises(LoadError) as caught:
        reader.read(BOMBS[name], symbol="A/RES/99/1").document
    assert [each.code for each in caught.value.problems] == ["too-large"]
    assert reader.read(resolution()).document.provisions


@posix
def test_a_picture_is_not_unpacked() -> None:
    """No text is in it, however large it is."""
    assert reader.read(PICTURE, symbol="A/RES/99/1").document.provisions


def _bounded(seconds: int) -> Callable[[int], tuple[int, int]]:
    """Bounds of time alone."""

    def bounds(size: int) -> tuple[int, int]:
        return 2**31, seconds

    return bounds


def test_time_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    """What takes more of it than it may is refused, in other words than what takes more memory."""
    monkeypatch.setattr(_pdf_process, "bounds", _bounded(1))
    with pytest.raises(LoadError, match="more than 1 seconds") as caught:
        reader.read(_slow(_GIB // 8), symbol="A/RES/99/1").document
    assert [each.code for each in caught.value.problems] == ["too-large"]


# --- wherever it is asked from --------------------------------------------------------------------


def _run(program: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    path = os.pathsep.join(sys.path)
    return subprocess.run(
        [sys.executable, "-W", "error", "-c", program, *arguments],
        env={**os.environ, "PYTHONPATH": path},
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )


_SCRIPT = """
import sys, threading
from wsis_model.interop import pdf
read = []
threads = [threading.Thread(target=lambda: read.append(pdf.read(sys.argv[1]).document)) for _ in range(3)]
[each.start() for each in threads]
[each.join() for each in threads]
read.append(pdf.read(sys.argv[1]).document)
print(len(read), len(set(read)))
"""


def test_a_script_without_a_guard_and_its_threads_read(tmp_path: Path) -> None:
    """The script is not run again; nothing is warned of at its end."""
    path = tmp_path / "A_RES_99_1.pdf"
    path.write_bytes(resolution())
    done = _run(_SCRIPT, str(path))
    assert (done.stdout, done.stderr) == ("4 1\n", "")


_FORKED = """
import os, sys
from wsis_model.interop import _pdf_process, pdf
first = pdf.read(sys.argv[1]).document
before = {child.process.pid for child in _pdf_process.waiting}
if (other := os.fork()) == 0:
    again = pdf.read(sys.argv[1]).document
    after = {child.process.pid for child in _pdf_process.waiting}
    sys.exit(0 if again == first and after and not after & before else 1)
status = os.waitpid(other, 0)[1]
print(status, pdf.read(sys.argv[1]).document == first, before == {child.process.pid for child in _pdf_process.waiting})
"""


@posix
def test_a_forked_process_has_its_own(tmp_path: Path) -> None:
    """Two that spoke to one would take each other's answers."""
    path = tmp_path / "A_RES_99_1.pdf"
    path.write_bytes(resolution())
    done = _run(_FORKED, str(path))
    assert (done.stdout, done.stderr) == ("0 True True\n", "")


_KILLED = """
import os, signal, sys
from wsis_model.interop import _pdf_process, pdf
pdf.read(sys.argv[1]).document
print(*(child.process.pid for child in _pdf_process.waiting), flush=True)
os.kill(os.getpid(), signal.SIGKILL)
"""


@posix
def test_it_ends_with_whoever_started_it(tmp_path: Path) -> None:
    """Also when that is killed."""
    path = tmp_path / "A_RES_99_1.pdf"
    path.write_bytes(resolution())
    done = _run(_KILLED, str(path))
    other = int(done.stdout)
    for _ in range(1000):
        if not _is_running(other):
            return
        time.sleep(0.02)
    pytest.fail("it still runs")


def _is_running(process: int) -> bool:
    try:
        os.kill(process, 0)
        # An orphan that ended may wait for init, where there is one.
        return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except (ProcessLookupError, FileNotFoundError):
        return False


@posix
def test_one_that_was_killed_meanwhile_is_replaced() -> None:
    """The next file is not to blame."""
    made = resolution()
    first = reader.read(made).document
    (child,) = _pdf_process.waiting
    os.kill(child.process.pid, signal.SIGKILL)
    child.process.wait()
    assert reader.read(made).document == first


@posix
def test_one_that_is_killed_as_it_reads_is_told_of(monkeypatch: pytest.MonkeyPatch) -> None:
    """As a file that cannot be read; it is none of the bounds."""
    monkeypatch.setattr(_pdf_process, "bounds", _bounded(60))
    reader.read(resolution()).document
    (child,) = _pdf_process.waiting
    clock = threading.Timer(0.3, os.kill, (child.process.pid, signal.SIGSEGV))
    clock.start()
    with pytest.raises(LoadError) as caught:
        reader.read(_slow(_GIB // 8), symbol="A/RES/99/1").document
    clock.join()
    assert [each.code for each in caught.value.problems] == ["pdf"]


def test_where_none_can_be_started_it_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    """With the way to read the file all the same."""
    monkeypatch.setattr(sys, "executable", "")
    with pytest.raises(LoadError, match="isolated=False"):
        reader.read(resolution()).document
    assert reader.read(resolution(), isolated=False).document.provisions


def test_a_browser_reads_in_its_own_process(monkeypatch: pytest.MonkeyPatch) -> None:
    """It has no other, and is shut off itself."""
    monkeypatch.setattr(sys, "platform", "emscripten")
    assert reader.read(resolution()).document.provisions
    assert not _pdf_process.waiting
