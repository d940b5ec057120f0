"""Hold today's version to what the last ones promised.

    python tools/check_compatibility.py            # what breaks, and which version may break it
    python tools/check_compatibility.py --record   # writes compatibility/VERSION anew

`compatibility/VERSION` holds what a version promised: `api` (stubs of the public modules), `schema.json`
(of files), `words.json` (codes, columns, commands) and `files` (one of each form that we read, with
something in every field). `docs/compatibility.md` says which version may change what.

A version is recorded as often as one likes until `CHANGELOG.md` gives it a date; from then on it is
closed, and `--record` refuses. Where a break is none, because the comparison sees only text,
`compatibility/accepted.yaml` says so: version, the break as it is told, the reason.
"""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Iterable, Mapping
from pathlib import Path

import yaml
from promises import files
from promises.breaks import Break
from promises.promise import Promise, Version

from wsis_model import __version__

ROOT = Path(__file__).resolve().parents[1]
FOLDER = ROOT / "compatibility"
RECORD = "python tools/check_compatibility.py --record"


def dated(changelog: str) -> set[Version]:
    """The versions to which a changelog gives a date."""
    found = re.findall(r"^## \[(\d+\.\d+\.\d+)\] - \d{4}-\d{2}-\d{2}\s*$", changelog, re.MULTILINE)
    return {Version.of(each) for each in found}


def complaints(
    promised: Mapping[Version, Promise],
    today: Promise,
    version: Version,
    closed: Iterable[Version] = (),
    accepted: Mapping[str, Iterable[str]] = {},
) -> list[str]:
    """What is wrong with calling *today* by this version, given what older ones promised.

    Args:
        promised: The promises, by version.
        today: What the sources say now.
        version: The version that they call themselves.
        closed: The versions that are released.
        accepted: By version, the breaks that are none.
    """
    said: list[str] = []
    older = max((each for each in promised if each < version), default=None)
    if older is not None:
        excused = {*accepted.get(str(older), ())}
        breaks = _told(promised[older], today, older, version)
        said += [told for each, told in breaks if str(each) not in excused]
        for text in sorted(excused - {str(each) for each, _ in breaks}):
            said.append(f"{text}: accepted, but nothing breaks there")
        if not version.may_add(older) and (more := _breaks(today, promised[older])):
            said.append(
                f"{more[0].place} and {len(more) - 1} others are new; that needs {older.adding()}"
            )
    own = promised.get(version)
    if version in closed and own is None:
        said.append(f"{version} is released and was not recorded; {RECORD}")
    elif version in closed and own is not None:
        unlike = [str(each) for each in _breaks(own, today)]
        unlike += [f"{each.place}: is new" for each in _breaks(today, own) if not unlike]
        if unlike:
            unlike.append(
                f"{version} is released, and these sources offer something else: raise it"
            )
        said += unlike
    elif own is not None and (breaks_of_own := _breaks(own, today)):
        said += [str(each) for each in breaks_of_own]
        said.append(f"{version} is not released yet; where this is meant: {RECORD}")
    return said


def _breaks(old: Promise, new: Promise) -> list[Break]:
    return [*old.broken_by(new), *old.broken_in_files_by(new)]


def _told(
    old: Promise, new: Promise, promised: Version, version: Version
) -> list[tuple[Break, str]]:
    """The breaks that the version does not allow, each with what it would need."""
    may_break = version.may_break(promised)
    needs = f"since {promised}; that needs {promised.breaking()}"
    found = [] if may_break else [(each, f"{each} {needs}") for each in old.broken_by(new)]
    if not may_break or old.format_version == new.format_version:
        needs += " and a new version of the file format"
        found += [(each, f"{each} {needs}") for each in old.broken_in_files_by(new)]
    return found


def recorded(folder: Path = FOLDER) -> dict[Version, Path]:
    """The folders of the versions that were recorded."""
    return {Version.of(path.name): path for path in folder.iterdir() if path.is_dir()}


def record(version: Version, closed: Iterable[Version], folder: Path = FOLDER) -> str | None:
    """Write down what a version promises, and give what speaks against it, if something does."""
    place = folder / str(version)
    if version in closed and place.exists():
        return f"{version} is released: what it promised does not change; raise the version first"
    corpus = files.sample()
    if mute := files.silent(corpus):
        return f"no record says anything in {', '.join(mute)}: give these fields examples"
    Promise.today().write(place)
    files.write(corpus, place / "files")
    return None


def main(argv: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument(
        "--record", action="store_true", help="write down what this version promises"
    )
    options = parser.parse_args(argv)
    version = Version.of(__version__)
    closed = dated((ROOT / "CHANGELOG.md").read_text(encoding="utf-8"))
    if options.record:
        refusal = record(version, closed)
        print(refusal or f"wrote compatibility/{version}", file=sys.stderr)
        return 1 if refusal else 0
    folders = recorded()
    promised = {each: Promise.read(folder) for each, folder in folders.items()}
    accepted: dict[str, dict[str, str]] = {}
    if (listed := FOLDER / "accepted.yaml").exists():
        accepted = yaml.safe_load(listed.read_text(encoding="utf-8")) or {}
    today = Promise.today()
    said = complaints(promised, today, version, closed, accepted)
    for each, folder in sorted(folders.items()):
        same_format = promised[each].format_version == today.format_version
        said += map(str, files.breaks(folder / "files", same_format=same_format))
    for line in said:
        print(line, file=sys.stderr)
    if not said:
        print(f"{version} keeps what {', '.join(map(str, sorted(promised)))} promised")
    return 1 if said else 0


if __name__ == "__main__":
    raise SystemExit(main())
