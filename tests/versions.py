"""Versions of documents to compare, and what comes of it."""

from __future__ import annotations

import json
from html.parser import HTMLParser
from typing import Any

from wsis_model import Document
from wsis_model.diff import Change, Difference

ONE = "Requests the secretariat to draw a map of all wells in the northern valleys"
TWO = "Invites every village to send a report about its bridges before the spring"
THREE = "Decides to meet again when the snow has melted and the roads are open"
FOUR = "Thanks the cooks, the singers and the people who carried the chairs"


def document(*said: str, name: str = "91-1", language: str = "en", **more: Any) -> Document:
    """A document of numbered paragraphs that say this."""
    provisions = [
        {"id": f"{name}/{n}", "number": str(n), "text": {language: text}}
        for n, text in enumerate(said, 1)
    ]
    return Document.model_validate({"id": name, "title": "Wells", "provisions": provisions, **more})


def told(found: Difference) -> list[tuple[str, str, str]]:
    """The changes as kind, label and field."""
    return [(change.kind.value, change.label, change.field) for change in found.changes]


def marked(change: Change) -> str:
    """The words of a change with marks."""
    marks = {"same": "{}", "deleted": "[-{}-]", "inserted": "[+{}+]"}
    return "".join(marks[op].format(said) for op, said in change.words)


def writes_well(found: Difference) -> None:
    """Write a difference in every way."""
    assert json.loads(json.dumps(found.to_dict()))["summary"] == found.summary()
    assert "\n" not in found.summary()
    assert len(found.changes.to_csv()) > 0
    assert (
        str(found) and str(found.changes) and found.to_markdown() and found.to_markdown(context=2)
    )
    read_html(found.to_page())
    read_html(found._repr_html_())  # pyright: ignore[reportPrivateUsage]  # the notebook protocol


# --- minutes --------------------------------------------------------------------------------------

TAGS = frozenset(
    "html head meta title style body main h1 h2 h3 h4 h5 p strong div ul li del ins span".split()
)


class _Page(HTMLParser):
    """Collects what a page says, and its elements."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.seen: list[tuple[str, dict[str, str | None]]] = []
        self.said: list[tuple[str, str]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen.append((tag, dict(attrs)))
        if tag != "meta":
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if "style" not in self.open:
            self.said.append((self.open[-1] if self.open else "", data))


def read_html(page: str) -> _Page:
    """A page read back: well nested, with no elements but ours."""
    read = _Page()
    read.feed(page)
    read.close()
    assert not read.open
    assert {tag for tag, _ in read.seen} <= TAGS
    assert {name for _, attributes in read.seen for name in attributes} <= {
        "lang",
        "dir",
        "class",
        "charset",
        "name",
        "content",
    }
    return read
