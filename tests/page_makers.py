"""Road maps to make pages of, and how pages are taken apart."""

from __future__ import annotations

import datetime
from html.parser import HTMLParser
from pathlib import Path

import pytest

DAY = datetime.date(2027, 2, 1)
EXAMPLE = Path(__file__).resolve().parents[1] / "examples" / "data" / "c2-roadmap.yaml"


VOID = {"meta", "br", "hr", "img", "input", "link"}


class Outline(HTMLParser):
    """What a page is made of, and whether every element that opens closes."""

    def __init__(self, text: str) -> None:
        super().__init__(convert_charrefs=True)
        self.elements: list[tuple[str, dict[str, str]]] = []
        self.open: list[str] = []
        self.text: list[str] = []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, {name: value or "" for name, value in attrs}))
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, {name: value or "" for name, value in attrs}))

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if self.open and self.open[-1] not in ("style", "desc"):
            self.text.append(data)

    def all(self, *tags: str) -> list[dict[str, str]]:
        """The attributes of every element of these names."""
        return [attrs for tag, attrs in self.elements if tag in tags]


LONG = "Averyveryverylongword" * 6


NAMES = ("c2-roadmap", "wicked", "lengthy", "large", "bare")


each = pytest.mark.parametrize("name", NAMES)
