"""Build the page that checks, as static files: `build/web`, which `mkdocs build` puts on the site.

    python tools/web/build_web.py

The page is what lies in `docs/try`, with Python for WebAssembly (the package `pyodide` of npm), the
libraries of `requirements.txt` and this library beside it. All of them are checked against hashes
that are committed; none of them is. Needs npm.
"""

from __future__ import annotations

import base64
import gzip
import hashlib
import io
import json
import shutil
import subprocess
import sys
import tarfile
import tempfile
import zipfile
from pathlib import Path
from typing import Any, NoReturn

import attrs

ROOT = Path(__file__).resolve().parents[2]
HERE = Path(__file__).resolve().parent
SOURCES = ROOT / "docs" / "try"
BUILT = ROOT / "build" / "web"
DOWNLOADS = ROOT / "build" / "web-downloads"
UNAVAILABLE = 3
"""The exit code where npm or the registry is not there."""
PYODIDE = "314.0.7"
INTEGRITY = (
    "0YvXxEhfEdpLfb/XkM2BFAeMROq0iMUX2bzzH9pOttyMcWkwq+HbE5uyuGD82LN7y2q+SNvi/6V5JEsOlD2R1A=="
)
"""SHA-512 of the package, as npm has it."""
#: The files of Python, by what the page calls them.
PYTHON = {
    "loader": "pyodide.mjs",
    "module": "pyodide.asm.mjs",
    "wasm": "pyodide.asm.wasm",
    "stdlib": "python_stdlib.zip",
    "lock": "pyodide-lock.json",
}
#: What pip must find wheels for: WebAssembly, and Linux for the Python files of PyYAML.
PLATFORMS = ("pyemscripten_2026_0_wasm32", "manylinux_2_17_x86_64", "manylinux_2_28_x86_64")
PAGE = ("*.html", "*.css", "*.js", "*.json", "*.svg")


def main() -> int:
    """Build it, and say how much a reader downloads."""
    sys.path.insert(0, str(ROOT / "tools" / "website"))
    from explorer_data import outcome

    from wsis_model import __version__, catalogue

    shutil.rmtree(BUILT, ignore_errors=True)
    (BUILT / "files").mkdir(parents=True)
    DOWNLOADS.mkdir(parents=True, exist_ok=True)
    for pattern in PAGE:
        for source in SOURCES.glob(pattern):
            shutil.copy(source, BUILT / source.name)
    python = pyodide()
    files = [Shipped.of(name, (python / file).read_bytes()) for name, file in PYTHON.items()]
    files.append(Shipped.of("library", library()))
    explored = json.dumps(outcome(catalogue()), ensure_ascii=False, separators=(",", ":"))
    (BUILT / "outcome.json").write_text(explored, encoding="utf-8")
    listed: dict[str, Any] = {
        "library": __version__,
        "files": {each.name: each.write() for each in files},
    }
    listed["version"] = _digest(json.dumps(listed).encode())[:16]
    (BUILT / "files.json").write_text(json.dumps(listed, indent=1), encoding="utf-8")
    total = sum(each["size"] for each in listed["files"].values())
    print(
        f"{BUILT.relative_to(ROOT)}: {total / 1e6:.1f} MB to download once, in {len(files)} files"
    )
    for each in files:
        print(
            f"  {each.name}: {len(each.packed) / 1e6:.2f} MB, unpacked {len(each.data) / 1e6:.2f}"
        )
    return 0


def unavailable(why: str) -> NoReturn:
    """Say why this machine cannot build the page; `.ci/run` goes on without it."""
    print(f"the page that checks cannot be built here: {why}", file=sys.stderr)
    raise SystemExit(UNAVAILABLE)


def _digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


@attrs.frozen
class Shipped:
    """A file that the page loads: compressed, since not every host does it, and named after what is
    in it, so that a copy that is kept is never out of date.
    """

    name: str
    data: bytes
    packed: bytes

    @classmethod
    def of(cls, name: str, data: bytes) -> Shipped:
        """A file of some bytes."""
        return cls(name, data, gzip.compress(data, 9, mtime=0))

    def write(self) -> dict[str, Any]:
        """Write it, and give what the page must know: where it is, its size and its hash."""
        path = f"files/{self.name}-{_digest(self.data)[:12]}.gz"
        (BUILT / path).write_bytes(self.packed)
        digest = base64.b64encode(hashlib.sha256(self.packed).digest()).decode()
        return {"path": path, "size": len(self.packed), "integrity": f"sha256-{digest}"}


def pyodide() -> Path:
    """The folder of the package of npm, its hash checked.

    Raises:
        SystemExit: There is no npm, or it cannot get the package, or that is another one.
    """
    archive, folder = DOWNLOADS / f"pyodide-{PYODIDE}.tgz", DOWNLOADS / f"pyodide-{PYODIDE}"
    if not archive.exists():
        npm = shutil.which("npm") or unavailable("npm is not installed")
        command = [npm, "pack", "--silent", f"pyodide@{PYODIDE}"]
        if subprocess.run(command, cwd=DOWNLOADS, stdout=subprocess.DEVNULL).returncode:
            unavailable(f"npm cannot get pyodide {PYODIDE}")
    found = base64.b64encode(hashlib.sha512(archive.read_bytes()).digest()).decode()
    if found != INTEGRITY:
        archive.unlink()
        raise SystemExit(f"{archive.name} is not what it should be: its hash is {found}")
    if not folder.exists():
        with tarfile.open(archive) as packed:
            packed.extractall(folder, filter="data")
    return folder / "package"


def library() -> bytes:
    """Everything in Python that the page needs, as one archive."""
    pip = [sys.executable, "-m", "pip", "--quiet", "--disable-pip-version-check"]
    with tempfile.TemporaryDirectory() as scratch:
        folder, wheels = Path(scratch) / "library", Path(scratch) / "wheels"
        platforms = [argument for each in PLATFORMS for argument in ("--platform", each)]
        subprocess.run(
            [
                *pip, "download", "--no-deps", "--only-binary=:all:", "--require-hashes",
                "--python-version", "3.14", "--implementation", "cp", "--abi", "cp314",
                *platforms, "--dest", str(wheels), "--requirement", str(HERE / "requirements.txt"),
            ],
            check=True,
        )  # fmt: skip
        subprocess.run(
            [*pip, "wheel", "--no-deps", "--wheel-dir", str(wheels), str(ROOT)], check=True
        )
        for wheel in sorted(wheels.glob("*.whl")):
            with zipfile.ZipFile(wheel) as packed:
                packed.extractall(folder)  # noqa: S202 - its hash is that of the list
        for each in folder.rglob("*x86_64*.so"):
            each.unlink()
        shutil.copy(HERE / "page_checker.py", folder)
        return archive_of(folder)


def archive_of(folder: Path) -> bytes:
    """The files of a folder as one archive, not compressed, which is done to it as a whole; the same
    files give the same.
    """
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as packed:
        for each in sorted(folder.rglob("*")):
            if each.is_file():
                name = each.relative_to(folder).as_posix()
                packed.writestr(zipfile.ZipInfo(name), each.read_bytes())
    return made.getvalue()


if __name__ == "__main__":
    raise SystemExit(main())
