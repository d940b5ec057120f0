"""What `wsis-model check --fix` makes of what was written, as data.

A case gives a file in one way: `roadmap` or `activity` (what a road map, or an activity in one, says
more, in YAML), or the text of a file as `yaml`, `json`, `ndjson` or `csv` (of activities, or of the
table in `name`). In `mended` stands what is made of it, in the same way; without it nothing is
changed. In `left` stand the codes of what is told then, in order; without it nothing is. Rules look
at it beside the shipped catalogue, those of the profile in `check`, or of a draft.

Each subject has certain cases, and the traps beside them, in which a change would be a guess.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import attrs
import yaml
from faulty import a_roadmap, an_activity

HERE = Path(__file__).parent


@attrs.frozen
class Mend:
    """One case."""

    label: str
    """Where it stands among the data, and how it begins."""
    given: Mapping[str, Any]
    """The case as it is written."""

    @property
    def format(self) -> str:
        """The format of the file."""
        return next((each for each in ("json", "ndjson", "csv") if each in self.given), "yaml")

    @property
    def name(self) -> str:
        """The name of the file."""
        return str(self.given.get("name", f"activities.{self.format}"))

    @property
    def before(self) -> bytes:
        """The file."""
        return self._file(self.given)

    @property
    def after(self) -> bytes:
        """What is made of it."""
        (key,) = {"roadmap", "activity", "yaml", "json", "ndjson", "csv"} & {*self.given}
        return self._file({key: self.given["mended"]}) if "mended" in self.given else self.before

    @property
    def left(self) -> list[str]:
        """The codes of what is told of the copy."""
        return list(self.given.get("left", ()))

    @staticmethod
    def _file(given: Mapping[str, Any]) -> bytes:
        if "roadmap" in given:
            return a_roadmap(given["roadmap"]).encode()
        if "activity" in given:
            return an_activity(given["activity"]).encode()
        (text,) = (given[each] for each in ("yaml", "json", "ndjson", "csv") if each in given)
        return str(text).encode()


def mends() -> list[Mend]:
    """All cases."""
    return [
        Mend(f"{path.stem}-{number}-{next(iter(given.values()))!s:.60}", given)
        for path in sorted(HERE.glob("*.yaml"))
        for number, given in enumerate(yaml.safe_load(path.read_text(encoding="utf-8")), 1)
    ]
