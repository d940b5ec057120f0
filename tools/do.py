"""Run a job of the project in an environment that this script makes for it. Needs nothing but
Python 3.11 or newer.

    python3 tools/do.py demo | test | lint | types | docs | examples | compatibility
    python3 tools/do.py spark | web | bench | catalogue | publish-docs

Arguments that follow go to the last command of a job.

The environment is `.venv` (another folder: WSIS_VENV). It is made when it is not there, and brought
up to date when `pyproject.toml` has changed or a job needs more than is installed.
"""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
#: What GitHub reads, by the name of its schema.
GITHUB: dict[str, tuple[str, ...]] = {
    "workflows": (".github/workflows/ci.yml", ".github/workflows/release.yml"),
    "issue-config": (".github/ISSUE_TEMPLATE/config.yml",),
    "issue-forms": (
        ".github/ISSUE_TEMPLATE/bug.yml",
        ".github/ISSUE_TEMPLATE/data-correction.yml",
    ),
}
#: Job to what it needs installed (dependency groups) and what it runs.
JOBS: dict[str, tuple[tuple[str, ...], tuple[tuple[str, ...], ...]]] = {
    "demo": ((), (("examples/first_look.py",),)),
    "test": (("test",), (("-m", "pytest", "-n", "auto"),)),
    "lint": (
        ("lint",),
        (
            ("-m", "ruff", "check"),
            ("-m", "ruff", "format", "--check"),
            ("-c", "from importlinter.cli import lint_imports_command as c; c()"),
            *(
                ("-m", "check_jsonschema", "--builtin-schema", f"vendor.github-{schema}", *paths)
                for schema, paths in GITHUB.items()
            ),
        ),
    ),
    "types": (
        ("types", "spark", "web", "bench", "docs"),
        (("-m", "mypy"), ("-m", "pyright"), ("tools/check_type_completeness.py",)),
    ),
    "docs": (
        ("docs",),
        (
            ("-m", "mkdocs", "build", "--strict"),
            ("tools/check_links.py",),
            ("tools/check_public_docs.py",),
        ),
    ),
    "examples": (("test",), (("-m", "pytest", "-q", "tests/test_examples.py"),)),
    "compatibility": (("test",), (("tools/check_compatibility.py",),)),
    "spark": (("spark",), (("-m", "pytest", "-q", "tests/spark"),)),
    "web": (
        ("web",),
        (("tools/web/build_web.py",), ("-m", "pytest", "-q", "tests/web")),
    ),
    "catalogue": ((), (("tools/compile_catalogue.py",),)),
    "publish-docs": (("docs",), (("tools/web/build_web.py",), ("tools/publish_docs.py",))),
    "bench": (("bench",), (("benchmarks/run.py",),)),
}


def python() -> Path:
    """The interpreter of the environment."""
    folder = ROOT / os.environ.get("WSIS_VENV", ".venv")
    return folder / ("Scripts/python.exe" if os.name == "nt" else "bin/python")


def ready(groups: tuple[str, ...]) -> None:
    """Make the environment, or bring it up to date."""
    interpreter = python()
    state = interpreter.parents[1] / "wsis_model.state"
    stamp = hashlib.sha256((ROOT / "pyproject.toml").read_bytes()).hexdigest()
    known = state.read_text(encoding="utf-8").split() if state.exists() else []
    have: set[str] = set(known[1:]) if known[:1] == [stamp] else set()
    if known[:1] == [stamp] and have >= set(groups):
        return
    if not interpreter.exists():
        print(f"making {interpreter.parents[1].name} ...", file=sys.stderr, flush=True)
        subprocess.run([sys.executable, "-m", "venv", str(interpreter.parents[1])], check=True)
    pip = [str(interpreter), "-m", "pip", "--quiet", "--disable-pip-version-check", "install"]
    # Dependency groups came with pip 25.1, and the pip that a new environment brings may be older.
    subprocess.run([*pip, "--upgrade", "pip>=25.1"], check=True, cwd=ROOT)
    wanted = [argument for group in sorted({*groups, *have}) for argument in ("--group", group)]
    subprocess.run([*pip, "--editable", ".", *wanted], check=True, cwd=ROOT)
    state.write_text(" ".join([stamp, *sorted({*groups, *have})]), encoding="utf-8")


def main() -> int:
    if sys.version_info < (3, 11):  # noqa: UP036 - whatever Python is at hand runs this
        print("wsis_model needs Python 3.11 or newer", file=sys.stderr)
        return 2
    job, *rest = sys.argv[1:] or [""]
    if job not in JOBS:
        print(__doc__, file=sys.stderr)
        return 2
    groups, commands = JOBS[job]
    ready(groups)
    # As activating it would: tools that look for an interpreter on the path (pyright) find the one
    # of the environment.
    path = os.pathsep.join((str(python().parent), os.environ.get("PATH", "")))
    for number, command in enumerate(commands):
        extra = rest if number == len(commands) - 1 else []
        code = subprocess.run(
            [str(python()), *command, *extra], cwd=ROOT, env={**os.environ, "PATH": path}
        ).returncode
        if code:
            return code
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
