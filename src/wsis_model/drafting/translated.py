"""A rule that finds the verbs of the authors in texts in other languages than English."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator
from importlib import resources
from typing import Any

import attrs
import yaml

from ._rule import Head, Paragraph, suggests
from .mandates import sentences

__all__ = ["LANGUAGES", "verbs_of_the_table"]

LANGUAGES = ("fr", "es", "ru", "ar", "zh")
"""The languages of the table, in the order in which one is chosen where there is no English."""


@attrs.frozen
class _Table:
    """The verbs of one language."""

    we: re.Pattern[str]
    body: re.Pattern[str]
    onward: re.Pattern[str]
    verbs: tuple[str, ...]
    """The verb of each group of the patterns."""


@functools.cache
def _table(language: str) -> _Table:
    file = resources.files("wsis_model.drafting") / "languages.yaml"
    table: dict[str, Any] = yaml.safe_load(file.read_text(encoding="utf-8"))[language]
    verbs = tuple(dict.fromkeys((*table["we"], *table["body"])))
    joined = language == "zh"  # words are not set apart
    joins = "|".join(
        (",", "，", "；", ";", "、", *(rf"\b{re.escape(each)}\b" for each in table["joins"]))
    )
    body = _forms(verbs, table["body"], joined=joined)
    return _Table(
        we=re.compile(_forms(verbs, table["we"], joined=joined), re.IGNORECASE),
        body=re.compile(body, re.IGNORECASE),
        onward=re.compile(rf"(?:{joins})\s*(?:{joins})?\s*(?:并|又|还)?{body}", re.IGNORECASE),
        verbs=verbs,
    )


def _forms(verbs: tuple[str, ...], forms: dict[str, list[str]], *, joined: bool) -> str:
    """A pattern with a group for each verb, longer forms first."""
    written = sorted(
        ((form, verbs.index(verb)) for verb, listed in forms.items() for form in listed),
        key=lambda one: -len(one[0]),
    )
    edge = "" if joined else r"\b"
    made = (
        f"(?P<v{number}_{place}>{edge}{_words(form)}{edge})"
        for place, (form, number) in enumerate(written)
    )
    return f"(?:{'|'.join(made)})"


def _words(form: str) -> str:
    """A pattern for a form; a star stands for letters."""
    return r"[\w-]+".join(map(re.escape, form.split("*")))


@suggests("V111")
def verbs_of_the_table(paragraph: Paragraph) -> Iterator[Head]:
    """In another language than English the verbs come from a table: "Nous prions", "Insta",
    "призываем", "ندعو", "我们请". The same paragraphs are found; whom they ask is not looked for.
    """
    if paragraph.language not in LANGUAGES or paragraph.preambular:
        return
    table, text = _table(paragraph.language), paragraph.text
    for found in table.we.finditer(text):
        if head := _head(paragraph, table, found, ours=True):
            yield head
    for start, end in sentences(text):
        opened = table.body.match(text, start, end)
        if opened is not None and (head := _head(paragraph, table, opened, ours=False)):
            yield head
        if start == 0:
            for found in table.onward.finditer(text, start, end):
                if head := _head(paragraph, table, found, ours=False):
                    yield head


def _head(paragraph: Paragraph, table: _Table, found: re.Match[str], *, ours: bool) -> Head | None:
    group = found.lastgroup or ""
    verb = table.verbs[int(group[1:].partition("_")[0])]
    if verb not in paragraph.verbs.kinds:
        return None
    return Head(verb, paragraph.verbs.kinds[verb], *found.span(group), ours=ours)
