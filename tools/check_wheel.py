"""Build the source distribution and the wheel, look at what they say of themselves, install each in
an environment with nothing but its own dependencies, and use it away from the sources.

Run it with any Python that the library supports: `python3 tools/check_wheel.py`. It needs a network,
for the tools that build.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
TRY = ROOT / "tools" / "try_package.py"


def environment(folder: Path) -> str:
    """The Python of a new environment."""
    subprocess.run([sys.executable, "-m", "venv", str(folder)], check=True)
    return str(folder / ("Scripts/python.exe" if os.name == "nt" else "bin/python"))


def install(python: str, *what: str) -> None:
    pip = [python, "-m", "pip", "--quiet", "--disable-pip-version-check", "install"]
    subprocess.run([*pip, *what], check=True)


def built(folder: Path) -> tuple[Path, Path]:
    """The wheel and the source distribution, of which a wheel is built that is the same."""
    python = environment(folder / "tools")
    install(python, "build", "hatchling>=1.27", "twine")
    build = [python, "-m", "build", "--no-isolation", str(ROOT), "--outdir"]
    # Without a choice `build` makes the wheel from the source distribution.
    for where, choice in (("through-sources", ()), ("straight", ("--wheel",))):
        subprocess.run(
            [*build, str(folder / where), *choice], check=True, stdout=subprocess.DEVNULL
        )
    made = sorted((folder / "through-sources").iterdir())
    subprocess.run([python, "-m", "twine", "check", "--strict", *map(str, made)], check=True)
    (sources,) = (folder / "through-sources").glob("*.tar.gz")
    (wheel,) = (folder / "straight").glob("*.whl")
    (through,) = (folder / "through-sources").glob("*.whl")
    one, other = contents(wheel), contents(through)
    if one != other:
        unlike = sorted(name for name in {*one, *other} if one.get(name) != other.get(name))
        raise SystemExit(f"the sources make another wheel: {', '.join(unlike)}")
    return wheel, sources


def contents(wheel: Path) -> dict[str, bytes]:
    """The files of a wheel."""
    with zipfile.ZipFile(wheel) as package:
        return {name: package.read(name) for name in package.namelist()}


def main() -> int:
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        for number, package in enumerate(built(folder)):
            python = environment(folder / f"try{number}")
            install(python, str(package))
            print(f"{package.name}, {package.stat().st_size / 1e6:.1f} MB", flush=True)
            subprocess.run([python, "-I", str(TRY)], check=True, cwd=folder)
            subprocess.run([python, "-I", "-m", "wsis_model", "check"], check=True, cwd=folder)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
