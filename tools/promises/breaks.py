"""What breaks a promise."""

from __future__ import annotations

import attrs

__all__ = ["Break"]


@attrs.frozen(order=True)
class Break:
    """Something that worked with the version that was promised, and does not work today."""

    place: str
    """What was promised, e.g. `wsis_model.load(unknown)` or `Roadmap.title`."""
    what: str
    """What became of it, e.g. `removed`."""

    def __str__(self) -> str:
        return f"{self.place}: {self.what}"
