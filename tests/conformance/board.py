"""The board: what the suites give now, what is known of it, and the page that says so."""

from __future__ import annotations

import datetime
import platform
from pathlib import Path
from typing import Any

import attrs
import yaml
from bounded import MEMORY, SECONDS, Pool

from .suites import SUITES, Suite

__all__ = ["FOLDER", "UNFILLED", "Deviation", "Ran", "known", "page", "run", "written"]

HERE = Path(__file__).parent
FOLDER = HERE.parents[2] / "shared" / "suites"
"""Where the suites are, on a machine that has them."""
KNOWN = HERE / "deviations.yaml"
MEASURED = HERE / "measured.yaml"
UNFILLED = "?"
"""Stands for a reason that somebody has yet to write."""

_HEAD = """# What the suites of others expect and we do otherwise: suite, what happens, why, and which cases.
# A test fails where a case deviates and does not stand here, and where one stands here and deviates
# no longer. `python tools/write_conformance_page.py --update` rewrites the cases; a new reason,
# `?`, is for a person to write.
"""


@attrs.frozen
class Deviation:
    """What happens to some cases of a suite instead of what it expects, and why that is so."""

    happens: str
    """What happens, e.g. `"refused: yaml-tag"`."""
    reason: str
    """Why that is so, for who reads the page."""
    cases: tuple[str, ...]
    """The names of the cases."""


@attrs.frozen
class Ran:
    """What a suite gave."""

    cases: int
    """How many cases it has."""
    deviating: dict[str, str]
    """What happens to those that deviate, by their names."""
    seconds: float
    """Processor time of the slowest case."""
    slowest: str
    """Its name."""
    megabytes: float
    """Memory of the largest case."""
    largest: str
    """Its name."""


def run(suite: Suite, folder: Path = FOLDER) -> Ran:
    """Judge each case of a suite, in children bounded by the machine."""
    cases = list(suite.cases(folder / suite.name))
    asked = [(suite.name, name, needed) for name, needed in cases]
    with Pool("conformance.suites:judge") as pool:
        list(pool.map(asked[:2]))  # the first call of a child also imports what it needs
        done = list(pool.map(asked))
    outcomes = {name: outcome for (name, _), outcome in zip(cases, done, strict=True)}
    slowest = max(outcomes, key=lambda name: outcomes[name].seconds)
    largest = max(outcomes, key=lambda name: outcomes[name].memory)
    return Ran(
        len(cases),
        {
            name: outcome.failed or outcome.value
            for name, outcome in outcomes.items()
            if outcome.failed or outcome.value
        },
        outcomes[slowest].seconds,
        slowest,
        outcomes[largest].memory / 2**20,
        largest,
    )


def known() -> dict[str, list[Deviation]]:
    """The deviations that are known, by suite."""
    held: dict[str, list[dict[str, Any]]] = yaml.safe_load(KNOWN.read_text("utf-8")) or {}
    return {
        suite: [Deviation(each["happens"], each["reason"], tuple(each["cases"])) for each in listed]
        for suite, listed in held.items()
    }


def written(ran: dict[str, Ran]) -> None:
    """Write what the suites gave into the file of known deviations; a reason stays as long as one
    of its cases deviates so.
    """
    held = known()
    for name, result in ran.items():
        reasons = {
            (case, each.happens): each.reason for each in held.get(name, ()) for case in each.cases
        }
        grouped: dict[tuple[str, str], list[str]] = {}
        for case, happens in result.deviating.items():
            reason = reasons.get((case, happens), UNFILLED)
            grouped.setdefault((happens, reason), []).append(case)
        held[name] = [
            Deviation(happens, reason, tuple(cases))
            for (happens, reason), cases in sorted(grouped.items())
        ]
    plain = {
        name: [
            {"happens": each.happens, "reason": each.reason, "cases": [*each.cases]}
            for each in held[name]
        ]
        for name in SUITES
        if held.get(name)
    }
    KNOWN.write_text(_HEAD + _dumped(plain), encoding="utf-8")


def measured(ran: dict[str, Ran]) -> None:
    """Write down how many cases there were, and how long and how large the worst was."""
    held: dict[str, Any] = yaml.safe_load(MEASURED.read_text("utf-8"))
    today = datetime.datetime.now(tz=datetime.UTC).date().isoformat()
    on = {"date": today, "python": platform.python_version()}
    for name, result in ran.items():
        held[name] = {
            "cases": result.cases,
            "seconds": _coarse(result.seconds),
            "slowest": result.slowest,
            "megabytes": _coarse(result.megabytes),
            "largest": result.largest,
            **on,
        }
    plain = {name: held[name] for name in SUITES if name in held}
    said = (
        "# Written by tools/write_conformance_page.py: how many cases the suites have, and the"
        " worst of each.\n"
    )
    MEASURED.write_text(said + _dumped(plain), encoding="utf-8")


def _dumped(plain: Any) -> str:
    text: str = yaml.safe_dump(  # pyright: ignore[reportUnknownMemberType]  # newer stubs than the checker knows
        plain, sort_keys=False, allow_unicode=True, width=95
    )
    return text


def _coarse(figure: float) -> float:
    """To one digit, two from ten on: more would say that it could be measured."""
    return float(f"{figure:.2g}") if figure >= 10 else float(f"{figure:.1g}")


# --- the page -------------------------------------------------------------------------------------


def page() -> str:
    """`docs/conformance.md`, from the two files."""
    held, figures = known(), yaml.safe_load(MEASURED.read_text("utf-8"))
    lines = [
        "# What other people's suites say",
        "",
        (
            "Suites that others wrote for their own readers of JSON, YAML, CSV, workbooks, Word,"
            " PDF and XML are put through ours. Each case runs"
        ),
        (
            f"in a process that the machine stops at {MEMORY // 2**20:,} MB of address space and"
            f" {SECONDS} seconds of processor time. Cases that do other than the suite"
        ),
        (
            "expects are listed below with the reason. A test fails where a new one comes, and"
            " where one of these goes."
        ),
        "",
        (
            "JSON, YAML and CSV are looked at as the plain data that they are read into, before"
            " records are made of it. The slowest case is told in"
        ),
        "processor time, the largest by what the process grew for it; neither is asserted.",
        "",
        (
            "| suite | licence | cases | as expected | deviating | slowest case | largest case |"
            " measured |"
        ),
        "|---|---|--:|--:|--:|---|---|---|",
    ]
    for suite in SUITES.values():
        if suite.name not in figures:
            continue
        row = figures[suite.name]
        deviating = sum(len(each.cases) for each in held.get(suite.name, ()))
        lines.append(
            f"| [{suite.title}]({suite.source}) | {suite.licence} | {row['cases']:,} |"
            f" {row['cases'] - deviating:,} | {deviating:,} | {_figure(row['seconds'], 's', 0.1)}"
            f" `{row['slowest']}` | {_figure(row['megabytes'], 'MB', 1)} `{row['largest']}` |"
            f" {row['date']}, Python {row['python']} |"
        )
    for suite in SUITES.values():
        lines += ["", f"## {suite.title}", "", f"{suite.expected}.", ""]
        if not held.get(suite.name):
            lines.append("No case deviates.")
            continue
        lines += ["| what happens | why | cases |", "|---|---|---|"]
        lines += [
            f"| {_cell(each.happens)} | {_cell(each.reason)} |"
            f" {', '.join(f'`{case}`' for case in each.cases)} |"
            for each in held[suite.name]
        ]
    return "\n".join(lines) + "\n"


def _figure(figure: float, unit: str, least: float) -> str:
    return f"under {least:g} {unit}" if figure < least else f"{figure:g} {unit}"


def _cell(text: str) -> str:
    return text.replace("|", r"\|").replace("<", "&lt;")
