"""What changed, written down for people: as Markdown, as HTML, as text for a terminal.

Each change becomes a run of words that are the same, deleted or inserted, whatever it is a change
of; the three ways of writing differ in their marks only.
"""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import groupby
from typing import Any

import attrs

from .._width import readable, width_of
from .change import TITLE, Change, ChangeKind, brief, plural, tells_place, titled
from .words import Op, Words, keys_of

__all__ = ["NEAR", "fragment", "markdown", "page", "text"]

NEAR = 8
"""So many words around a change are shown where there is little room."""
NAMED = 12
"""Of members in another order, so many are named."""
COLUMNS = 80
"""The title of a record is cut so that its line in a terminal takes no more."""
NARROW = 20
"""So much of a title is always shown."""

#: What stands under the heading of something else: mandates with their paragraph.
_UNDER = {"mandate": "paragraph", "milestone": "activity"}
_TITLES = {"document": "The document", "road map": "The road map"}
#: As `Any`, so that `isinstance` leaves what it looks at `Any`.
_SEVERAL: Any = tuple
_PART = re.compile(r"\S+")
_SPACE = re.compile(r"\s+")


# --- what is written ------------------------------------------------------------------------------


@attrs.frozen
class _Item:
    """A record that changed, and what of it."""

    label: str
    title: str
    """Its title; empty where the lines tell it, and where its label is enough."""
    within: str
    """What it belongs to, e.g. `"in activity “Draw a map”"`; empty where that is not to be told."""
    how: str
    """In which ways, e.g. `"moved, changed"`."""
    lines: tuple[tuple[str, Words], ...]
    """The fields with what became of their words; no field where it is the text itself."""


def _groups(changes: Iterable[Change], context: int | None) -> Iterator[tuple[str, list[_Item]]]:
    """The changes by kind of record, then by record, in their order."""
    by_title: dict[str, list[Change]] = {}
    for change in changes:
        by_title.setdefault(_title(change), []).append(change)
    for title, mine in by_title.items():
        if tells_place(mine[0]):
            yield title, [_Item(_moved(change), change.title, "", "", ()) for change in mine]
        else:
            records = groupby(mine, key=lambda change: (change.label, change.record, change.was))
            yield title, [_item(label, tuple(of_it), context) for (label, _, _), of_it in records]


def _moved(change: Change) -> str:
    if change.kind is ChangeKind.RENUMBERED:
        return f"{brief(change.before)} → {brief(change.after)}"
    return f"{change.label}: {brief(change.before) or 'no heading'} → {brief(change.after) or 'no heading'}"


def _title(change: Change) -> str:
    if tells_place(change):
        return "Renumbered" if change.kind is ChangeKind.RENUMBERED else "Under another heading"
    what = _UNDER.get(change.what, change.what)
    return _TITLES.get(what) or plural(2, what).removeprefix("2 ").capitalize()


def _item(label: str, changes: Sequence[Change], context: int | None) -> _Item:
    hows = dict.fromkeys(
        (ChangeKind.CHANGED if change.field else change.kind).value for change in changes
    )
    lines = tuple(_told(change, context) for change in changes)
    first = changes[0]
    told = (
        first.kind in (ChangeKind.ADDED, ChangeKind.REMOVED) and not first.field
    )  # its title is what is told
    moved = first.kind is ChangeKind.MOVED and not first.field  # so is what it is in
    within = (
        f"in {_UNDER[first.what]}" if first.within and not moved and first.what in _UNDER else ""
    )
    return _Item(
        label,
        "" if told else first.title,
        titled(within, first.within) if within else "",
        ", ".join(hows),
        lines,
    )


def _capital(said: str) -> str:
    return said[:1].upper() + said[1:]


def _told(change: Change, context: int | None) -> tuple[str, Words]:
    """A field, and what became of its words."""
    words = _words(change)
    heading = "" if change.field.startswith("text.") else _capital(change.heading)
    if change.kind is ChangeKind.MOVED and isinstance(change.before, tuple):
        heading += ", in another order"
    elif heading and words and all(op == "same" for op, _ in words):
        heading += ", only spaces or signs written otherwise"
    return heading, _near(words, context)


def _words(change: Change) -> Words:
    """Any change as words."""
    if change.words:
        return change.words
    before, after = change.before, change.after
    if isinstance(before, _SEVERAL) and isinstance(after, _SEVERAL):
        if change.kind is ChangeKind.MOVED:
            before, after = _first(before), _first(after)
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
    return tuple((op, f" {said}") for op, said in parts if said)


def _first(names: Sequence[str]) -> list[str]:
    return [*names[:NAMED], *(("…",) if len(names) > NAMED else ())]


def _near(words: Words, context: int | None) -> Words:
    """The words, of those that are the same only so many next to a change."""
    if context is None or not any(op != "same" for op, _ in words):
        return words
    last = len(words) - 1
    return tuple(
        (op, _cut(said, context, index > 0, index < last) if op == "same" else said)
        for index, (op, said) in enumerate(words)
    )


def _cut(said: str, context: int, after: bool, before: bool) -> str:
    """A stretch that is the same, cut to what stands right after a change and right before the
    next.
    """
    parts = list(_PART.finditer(said))
    if len(parts) <= context * (after + before) + 1:
        return said
    head = said[: parts[context - 1].end()] if after and context else ""
    tail = said[parts[-context].start() :] if before and context else ""
    return f"{head} … {tail}" if tail else f"{head} …"


def _clean(said: str) -> str:
    """Text with single spaces, and escapes in place of what no page and no terminal should get."""
    return _SPACE.sub(" ", readable(said))


# --- Markdown -------------------------------------------------------------------------------------

#: What makes Markdown (also GitHub's and MkDocs') anywhere, and what does at the beginning of a
#: line.
_ACTIVE = re.compile(r"[\\`*_\[\]<>~|&$^{]")
_LEADING = re.compile(r"^(?:[-+=#:/]|\d+[.)])")


def markdown(
    a: str, b: str, summary: str, changes: Sequence[Change], *, context: int | None = None
) -> str:
    """Minutes as Markdown."""
    lines = [
        f"# What changed from {_escaped(a)} to {_escaped(b)}",
        "",
        _sentence(summary, _escaped),
    ]
    if changes:
        lines += ["", "~~struck through~~: deleted; **bold**: added"]
    for title, items in _groups(changes, context):
        lines += ["", f"## {title}", ""]
        for item in items:
            if not item.lines:
                lines.append(f"- {_escaped(_named(item))}")
                continue
            lines += ["", f"### {_escaped(_named(item))}: {item.how}", ""]
            if item.within:
                lines += [_escaped(_capital(item.within)), ""]
            for field, words in item.lines:
                said = _marked(words) or "(no words)"
                lines += [f"- {_escaped(field)}: {said}"] if field else [f"> {said}", ""]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).rstrip("\n") + "\n"


def _named(item: _Item) -> str:
    return titled(_capital(item.label), item.title)


def _sentence(said: str, write: Callable[[str], str]) -> str:
    return write(_capital(said)) + "."


def _escaped(said: str) -> str:
    """Text that Markdown shows as it is, on one line."""
    line = _line(said)
    return _LEADING.sub(
        lambda found: found[0][:-1] + "\\" + found[0][-1], _ACTIVE.sub(r"\\\g<0>", line)
    )


_MARKS: dict[Op, str] = {"deleted": "~~", "inserted": "**"}


def _marked(words: Words) -> str:
    """Words with marks. A mark that stands against a letter on one side and a sign on the other is
    none: a space keeps them apart.
    """
    made = ""
    for op, said in words:
        line = _escaped(said)
        if not line:
            continue
        mark = _MARKS.get(op, "")
        touching = mark or (
            made[-2:] in _MARKS.values() and not (line[0] in ",.;)" and _letter(made[-3:-2]))
        )
        gap = " " if made and (said[:1].isspace() or touching) else ""
        made += f"{gap}{mark}{line}{mark}"
    return made


def _letter(sign: str) -> bool:
    return sign.isalnum()


# --- HTML -----------------------------------------------------------------------------------------

_STYLE = """\
.wsis-difference del { text-decoration: line-through; text-decoration-thickness: 2px; background: #fbe3e0; color: #5c1a13; }
.wsis-difference ins { text-decoration: underline; text-decoration-thickness: 2px; font-weight: 600; background: #dff0e2; color: #0d3d1a; }
.wsis-difference .wsis-said { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
.wsis-difference .wsis-text { margin: .25em 0 .75em; padding-left: .8em; border-left: 3px solid #767676; text-align: start; }
.wsis-difference .wsis-how { font-weight: normal; border: 1px solid #767676; border-radius: 3px; padding: 0 .35em; font-size: .85em; }
.wsis-difference .wsis-within { margin: 0; }
.wsis-difference ul { text-align: start; }
"""
_PAGE = """\
body { font: 1rem/1.5 system-ui, "Segoe UI", "Noto Sans", sans-serif; max-width: 46rem; margin: 2rem auto; padding: 0 1rem; color: #1a1a1a;
  background: #fff; overflow-wrap: anywhere; }
h1 { font-size: 1.5rem; line-height: 1.25; } h2 { font-size: 1.25rem; margin-top: 2rem; } h3 { font-size: 1rem; margin-bottom: .25rem; }
@media print { body { margin: 0; max-width: none; font-size: 10pt; } h2, h3 { break-after: avoid; }
  del, ins { print-color-adjust: exact; -webkit-print-color-adjust: exact; } }
"""
_TAGS: dict[Op, tuple[str, str]] = {
    "deleted": ("del", "[deleted: "),
    "inserted": ("ins", "[added: "),
}
_RIGHT_TO_LEFT = ("ar", "fa", "he", "ur")


def page(
    a: str,
    b: str,
    summary: str,
    changes: Sequence[Change],
    language: str | None,
    *,
    context: int | None = None,
) -> str:
    """A page of its own."""
    title = f"What changed from {_safe(a)} to {_safe(b)}"
    inside = _section(summary, changes, language, context, level=2)
    return (
        f'<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        f'<meta name="viewport" content="width=device-width, initial-scale=1">\n<title>{title}</title>\n'
        f"<style>\n{_PAGE}{_STYLE}</style>\n</head>\n<body>\n<main>\n<h1>{title}</h1>\n{inside}</main>\n</body>\n</html>\n"
    )


def fragment(
    a: str,
    b: str,
    summary: str,
    changes: Sequence[Change],
    language: str | None,
    *,
    context: int | None = None,
) -> str:
    """A section to stand in another page or in a notebook."""
    inside = _section(summary, changes, language, context, level=4)
    return f"<style>\n{_STYLE}</style>\n<p><strong>What changed from {_safe(a)} to {_safe(b)}</strong></p>\n{inside}"


def _section(
    summary: str,
    changes: Sequence[Change],
    language: str | None,
    context: int | None,
    *,
    level: int,
) -> str:
    spoken = (
        ""
        if language is None
        else f' lang="{_safe(language)}" dir="{"rtl" if language[:2] in _RIGHT_TO_LEFT else "ltr"}"'
    )
    made = [f'<div class="wsis-difference">\n<p>{_sentence(summary, _safe)}</p>\n']
    if changes:
        made.append(
            f"<p>{_tagged((('deleted', 'struck through'),))}: deleted; {_tagged((('inserted', 'underlined'),))}: added.</p>\n"
        )
    for title, items in _groups(changes, context):
        made.append(f"<h{level}>{title}</h{level}>\n")
        if not items[0].lines:
            rows = "".join(f"<li>{_safe(_named(item))}</li>\n" for item in items)
            made.append(f"<ul>\n{rows}</ul>\n")
            continue
        for item in items:
            made.append(
                f'<h{level + 1}>{_safe(_named(item))} <span class="wsis-how">{item.how}</span></h{level + 1}>\n'
            )
            if item.within:
                made.append(f'<p class="wsis-within">{_safe(_capital(item.within))}</p>\n')
            made += _lines(item.lines, spoken)
    return "".join((*made, "</div>\n"))


def _lines(lines: Iterable[tuple[str, Words]], spoken: str) -> Iterator[str]:
    for of_fields, some in groupby(lines, key=lambda line: bool(line[0])):
        if of_fields:
            rows = "".join(f"<li>{_safe(field)}: {_tagged(words)}</li>\n" for field, words in some)
            yield f"<ul>\n{rows}</ul>\n"
        else:
            yield from (f'<p class="wsis-text"{spoken}>{_tagged(words)}</p>\n' for _, words in some)


def _tagged(words: Words) -> str:
    """Words in elements; for those who hear them or see no style, with the word for each."""
    made = ""
    for op, said in words:
        if op == "same":
            made += _safe(said)
            continue
        tag, name = _TAGS[op]
        inner = _line(said)
        gap = " " if made and (said[:1].isspace() or made.endswith(("</del>", "</ins>"))) else ""
        made += f'{gap}<{tag}><span class="wsis-said">{name}</span>{html.escape(inner)}<span class="wsis-said">] </span></{tag}>'
    return made.strip()


def _safe(said: str) -> str:
    return html.escape(_clean(said))


# --- text -----------------------------------------------------------------------------------------

_BRACKETS: dict[Op, tuple[str, str]] = {
    "same": ("", ""),
    "deleted": ("[-", "-]"),
    "inserted": ("{+", "+}"),
}


def text(a: str, b: str, summary: str, changes: Sequence[Change]) -> str:
    """Lines for a terminal, with a few words around each change."""
    lines = [f"{_line(a)} → {_line(b)}", _line(summary)]
    for title, items in _groups(changes, NEAR):
        lines += ["", title]
        for item in items:
            how = f": {item.how}" if item.how else ""
            room = COLUMNS - width_of(f"  {_line(item.label)} “”{how}")
            lines.append(
                f"  {_line(titled(item.label, item.title, max(NARROW, min(room, TITLE))))}{how}"
            )
            lines += [f"    {_line(item.within)}"] if item.within else []
            lines += [
                f"    {_line(field)}{': ' if field else ''}{_bracketed(words)}"
                for field, words in item.lines
            ]
    return "\n".join(lines)


def _line(said: str) -> str:
    return _clean(said).strip()


def _bracketed(words: Words) -> str:
    made = ""
    for op, said in words:
        before, after = _BRACKETS[op]
        gap = (
            " "
            if made and (said[:1].isspace() or (made.endswith(("-]", "+}")) and op != "same"))
            else ""
        )
        made += f"{gap}{before}{_line(said)}{after}"
    return made
