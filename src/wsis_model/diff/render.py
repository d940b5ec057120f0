"""Changes written for people: as Markdown, as HTML, as text for a terminal.

Every change becomes words that are the same, deleted or inserted; the three forms differ only in
their marks.
"""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import groupby
from typing import Any

import attrs

from .._width import readable, width_of
from .change import TITLE, Change, ChangeKind, brief, is_position, plural, with_title
from .words import Op, Words, keys_of

__all__ = ["NEAR", "Content", "fragment", "markdown", "page", "plain_text"]

NEAR = 8
"""How many words around a change are shown in a terminal or notebook."""
NAMED = 12
"""How many items in another order are named."""
COLUMNS = 80
"""The columns of a line in a terminal, to which the title of a record is cut."""
NARROW = 20
"""How many columns of a title are always shown."""

#: Kinds of record that stand under the heading of another kind.
_UNDER = {"mandate": "paragraph", "milestone": "activity"}
_TITLES = {"document": "The document", "road map": "The road map"}
#: Typed `Any`, so that `isinstance` does not narrow the value.
_SEVERAL: Any = tuple
_PART = re.compile(r"\S+")
_SPACE = re.compile(r"\s+")


@attrs.frozen
class Content:
    """What is written of a difference, in any form."""

    a: str
    """Name of the earlier version."""
    b: str
    """Name of the later version."""
    summary: str
    """The difference in one line."""
    changes: Sequence[Change]
    """The changes."""
    language: str | None
    """The language of the texts; None for several."""


# --- what is written ------------------------------------------------------------------------------


@attrs.frozen
class _Item:
    """A record that changed, and its changes."""

    label: str
    title: str
    """Its title; empty if the lines say it, or if the label is enough."""
    within: str
    """What it belongs to, e.g. `"in activity “Draw a map”"`; may be empty."""
    how: str
    """The kinds of change, e.g. `"moved, changed"`."""
    lines: tuple[tuple[str, Words], ...]
    """The fields with their words; no field name if it is the text itself."""


def _groups(changes: Iterable[Change], context: int | None) -> Iterator[tuple[str, list[_Item]]]:
    """The changes by kind of record, then by record, in their order."""
    by_title: dict[str, list[Change]] = {}
    for change in changes:
        by_title.setdefault(_title(change), []).append(change)
    for title, of_title in by_title.items():
        if is_position(of_title[0]):
            yield title, [_Item(_position(change), change.title, "", "", ()) for change in of_title]
        else:
            records = groupby(
                of_title, key=lambda change: (change.label, change.record, change.was)
            )
            yield title, [_item_of(key[0], tuple(each), context) for key, each in records]


def _position(change: Change) -> str:
    if change.kind is ChangeKind.RENUMBERED:
        return f"{brief(change.before)} → {brief(change.after)}"
    before, after = (brief(each) or "no heading" for each in (change.before, change.after))
    return f"{change.label}: {before} → {after}"


def _title(change: Change) -> str:
    if is_position(change):
        return "Renumbered" if change.kind is ChangeKind.RENUMBERED else "Under another heading"
    what = _UNDER.get(change.what, change.what)
    return _TITLES.get(what) or plural(2, what).removeprefix("2 ").capitalize()


def _item_of(label: str, changes: Sequence[Change], context: int | None) -> _Item:
    hows = dict.fromkeys(
        (ChangeKind.CHANGED if change.field else change.kind).value for change in changes
    )
    lines = tuple(_line(change, context) for change in changes)
    first = changes[0]
    # A line that says that a record was added, removed or moved says its title or its owner.
    whole = None if first.field else first.kind
    title = "" if whole in (ChangeKind.ADDED, ChangeKind.REMOVED) else first.title
    within = ""
    if first.within and first.what in _UNDER and whole is not ChangeKind.MOVED:
        within = with_title(f"in {_UNDER[first.what]}", first.within)
    return _Item(label, title, within, ", ".join(hows), lines)


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _line(change: Change, context: int | None) -> tuple[str, Words]:
    """The heading and the words of a change."""
    words = _as_words(change)
    heading = "" if change.field.startswith("text.") else _capital(change.heading)
    if change.kind is ChangeKind.MOVED and isinstance(change.before, tuple):
        heading += ", in another order"
    elif heading and words and all(op == "same" for op, _ in words):
        heading += ", only spaces or signs written otherwise"
    return heading, _with_context(words, context)


def _as_words(change: Change) -> Words:
    """A change of any kind as words."""
    if change.words:
        return change.words
    before, after = change.before, change.after
    if isinstance(before, _SEVERAL) and isinstance(after, _SEVERAL):
        if change.kind is ChangeKind.MOVED:
            before, after = _first_names(before), _first_names(after)
        elif {*before} != {*after}:
            old, new = {*before}, {*after}
            before, after = (
                [each for each in before if each not in new],
                [each for each in after if each not in old],
            )
    was, now = brief(before), brief(after)
    if was and now and keys_of(was) == keys_of(now):  # side by side nobody would see what changed
        return (("same", now),)
    parts: tuple[tuple[Op, str], ...] = (("deleted", was), ("inserted", now))
    return tuple((op, f" {text}") for op, text in parts if text)


def _first_names(names: Sequence[str]) -> list[str]:
    return [*names[:NAMED], *(("…",) if len(names) > NAMED else ())]


def _with_context(words: Words, context: int | None) -> Words:
    """The words; of those that are the same only *context* next to each change."""
    if context is None or not any(op != "same" for op, _ in words):
        return words
    last = len(words) - 1
    return tuple(
        (op, _cut(text, context, index > 0, index < last) if op == "same" else text)
        for index, (op, text) in enumerate(words)
    )


def _cut(text: str, context: int, after: bool, before: bool) -> str:
    """Words that are the same, cut to those just after a change and just before the next."""
    parts = list(_PART.finditer(text))
    if len(parts) <= context * (after + before) + 1:
        return text
    head = text[: parts[context - 1].end()] if after and context else ""
    tail = text[parts[-context].start() :] if before and context else ""
    return f"{head} … {tail}" if tail else f"{head} …"


def _spaced(text: str) -> str:
    """Text with single spaces, and escapes for characters that no page or terminal should get."""
    return _SPACE.sub(" ", readable(text))


# --- Markdown -------------------------------------------------------------------------------------

#: Characters with a meaning in Markdown (also that of GitHub and MkDocs): anywhere, and at the
#: beginning of a line.
_ACTIVE = re.compile(r"[\\`*_\[\]<>~|&$^{]")
_LEADING = re.compile(r"^(?:[-+=#:/]|\d+[.)])")


def markdown(content: Content, context: int | None) -> str:
    """The changes as Markdown."""
    lines = [
        f"# What changed from {_escaped(content.a)} to {_escaped(content.b)}",
        "",
        _sentence(content.summary, _escaped),
    ]
    if content.changes:
        lines += ["", "~~struck through~~: deleted; **bold**: added"]
    for title, items in _groups(content.changes, context):
        lines += ["", f"## {title}", ""]
        for item in items:
            if not item.lines:
                lines.append(f"- {_escaped(_named(item))}")
                continue
            lines += ["", f"### {_escaped(_named(item))}: {item.how}", ""]
            if item.within:
                lines += [_escaped(_capital(item.within)), ""]
            for field, words in item.lines:
                text = _marked(words) or "(no words)"
                lines += [f"- {_escaped(field)}: {text}"] if field else [f"> {text}", ""]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).rstrip("\n") + "\n"


def _named(item: _Item) -> str:
    return with_title(_capital(item.label), item.title)


def _sentence(text: str, write: Callable[[str], str]) -> str:
    return write(_capital(text)) + "."


def _escaped(text: str) -> str:
    """Text on one line, escaped for Markdown."""
    line = _one_line(text)
    return _LEADING.sub(
        lambda found: found[0][:-1] + "\\" + found[0][-1], _ACTIVE.sub(r"\\\g<0>", line)
    )


_MARKS: dict[Op, str] = {"deleted": "~~", "inserted": "**"}


def _marked(words: Words) -> str:
    """Words with marks. Markdown ignores a mark between a letter and a sign: a space is added."""
    made = ""
    for op, text in words:
        line = _escaped(text)
        if not line:
            continue
        mark = _MARKS.get(op, "")
        touching = mark or (
            made[-2:] in _MARKS.values() and not (line[0] in ",.;)" and _letter(made[-3:-2]))
        )
        gap = " " if made and (text[:1].isspace() or touching) else ""
        made += f"{gap}{mark}{line}{mark}"
    return made


def _letter(sign: str) -> bool:
    return sign.isalnum()


# --- HTML -----------------------------------------------------------------------------------------

_STYLE = """\
.wsis-difference del { text-decoration: line-through; text-decoration-thickness: 2px;
  background: #fbe3e0; color: #5c1a13; }
.wsis-difference ins { text-decoration: underline; text-decoration-thickness: 2px;
  font-weight: 600; background: #dff0e2; color: #0d3d1a; }
.wsis-difference .wsis-said { position: absolute; width: 1px; height: 1px;
  overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
.wsis-difference .wsis-text { margin: .25em 0 .75em; padding-left: .8em;
  border-left: 3px solid #767676; text-align: start; }
.wsis-difference .wsis-how { font-weight: normal; border: 1px solid #767676;
  border-radius: 3px; padding: 0 .35em; font-size: .85em; }
.wsis-difference .wsis-within { margin: 0; }
.wsis-difference ul { text-align: start; }
"""
_PAGE = """\
body { font: 1rem/1.5 system-ui, "Segoe UI", "Noto Sans", sans-serif; max-width: 46rem;
  margin: 2rem auto; padding: 0 1rem; color: #1a1a1a; background: #fff; overflow-wrap: anywhere; }
h1 { font-size: 1.5rem; line-height: 1.25; }
h2 { font-size: 1.25rem; margin-top: 2rem; }
h3 { font-size: 1rem; margin-bottom: .25rem; }
@media print { body { margin: 0; max-width: none; font-size: 10pt; } h2, h3 { break-after: avoid; }
  del, ins { print-color-adjust: exact; -webkit-print-color-adjust: exact; } }
"""
_TAGS: dict[Op, tuple[str, str]] = {
    "deleted": ("del", "[deleted: "),
    "inserted": ("ins", "[added: "),
}
_RIGHT_TO_LEFT = ("ar", "fa", "he", "ur")


def page(content: Content, context: int | None) -> str:
    """A complete HTML page."""
    title = f"What changed from {_safe(content.a)} to {_safe(content.b)}"
    inside = _section(content, context, level=2)
    return (
        f'<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        f'<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{title}</title>\n<style>\n{_PAGE}{_STYLE}</style>\n</head>\n<body>\n<main>\n"
        f"<h1>{title}</h1>\n{inside}</main>\n</body>\n</html>\n"
    )


def fragment(content: Content, context: int | None) -> str:
    """A section for another page or a notebook."""
    title = f"What changed from {_safe(content.a)} to {_safe(content.b)}"
    inside = _section(content, context, level=4)
    return f"<style>\n{_STYLE}</style>\n<p><strong>{title}</strong></p>\n{inside}"


def _section(content: Content, context: int | None, *, level: int) -> str:
    language_marks = ""
    if content.language is not None:
        direction = "rtl" if content.language[:2] in _RIGHT_TO_LEFT else "ltr"
        language_marks = f' lang="{_safe(content.language)}" dir="{direction}"'
    made = [f'<div class="wsis-difference">\n<p>{_sentence(content.summary, _safe)}</p>\n']
    if content.changes:
        deleted = _tagged((("deleted", "struck through"),))
        inserted = _tagged((("inserted", "underlined"),))
        made.append(f"<p>{deleted}: deleted; {inserted}: added.</p>\n")
    for title, items in _groups(content.changes, context):
        made.append(f"<h{level}>{title}</h{level}>\n")
        if not items[0].lines:
            rows = "".join(f"<li>{_safe(_named(item))}</li>\n" for item in items)
            made.append(f"<ul>\n{rows}</ul>\n")
            continue
        for item in items:
            heading = f'{_safe(_named(item))} <span class="wsis-how">{item.how}</span>'
            made.append(f"<h{level + 1}>{heading}</h{level + 1}>\n")
            if item.within:
                made.append(f'<p class="wsis-within">{_safe(_capital(item.within))}</p>\n')
            made += _lines(item.lines, language_marks)
    return "".join((*made, "</div>\n"))


def _lines(lines: Iterable[tuple[str, Words]], language_marks: str) -> Iterator[str]:
    for of_fields, some in groupby(lines, key=lambda line: bool(line[0])):
        if of_fields:
            rows = "".join(f"<li>{_safe(field)}: {_tagged(words)}</li>\n" for field, words in some)
            yield f"<ul>\n{rows}</ul>\n"
        else:
            yield from (
                f'<p class="wsis-text"{language_marks}>{_tagged(words)}</p>\n' for _, words in some
            )


def _tagged(words: Words) -> str:
    """Words in elements, each named for people who use a screen reader or see no style."""
    made = ""
    for op, text in words:
        if op == "same":
            made += _safe(text)
            continue
        tag, name = _TAGS[op]
        inner = _one_line(text)
        gap = " " if made and (text[:1].isspace() or made.endswith(("</del>", "</ins>"))) else ""
        opening, closing = (f'<span class="wsis-said">{each}</span>' for each in (name, "] "))
        made += f"{gap}<{tag}>{opening}{html.escape(inner)}{closing}</{tag}>"
    return made.strip()


def _safe(text: str) -> str:
    return html.escape(_spaced(text))


# --- text -----------------------------------------------------------------------------------------

_BRACKETS: dict[Op, tuple[str, str]] = {
    "same": ("", ""),
    "deleted": ("[-", "-]"),
    "inserted": ("{+", "+}"),
}


def plain_text(content: Content) -> str:
    """Lines for a terminal, with a few words around each change."""
    lines = [f"{_one_line(content.a)} → {_one_line(content.b)}", _one_line(content.summary)]
    for title, items in _groups(content.changes, NEAR):
        lines += ["", title]
        for item in items:
            how = f": {item.how}" if item.how else ""
            room = COLUMNS - width_of(f"  {_one_line(item.label)} “”{how}")
            name = with_title(item.label, item.title, max(NARROW, min(room, TITLE)))
            lines.append(f"  {_one_line(name)}{how}")
            lines += [f"    {_one_line(item.within)}"] if item.within else []
            lines += [
                f"    {_one_line(field)}{': ' if field else ''}{_bracketed(words)}"
                for field, words in item.lines
            ]
    return "\n".join(lines)


def _one_line(text: str) -> str:
    return _spaced(text).strip()


def _bracketed(words: Words) -> str:
    made = ""
    for op, text in words:
        before, after = _BRACKETS[op]
        gap = (
            " "
            if made and (text[:1].isspace() or (made.endswith(("-]", "+}")) and op != "same"))
            else ""
        )
        made += f"{gap}{before}{_one_line(text)}{after}"
    return made
