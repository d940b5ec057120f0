"""A page as GitHub-flavoured Markdown."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Iterator, Sequence
from urllib.parse import quote

from .._version import __version__
from .._width import readable
from ..pictures._labels import fit
from ._content import (
    Block,
    Bullets,
    Code,
    Facts,
    Figure,
    Fold,
    Foreign,
    Grid,
    Heading,
    Line,
    Link,
    Paragraph,
    Section,
    Strong,
    Words,
)

__all__ = ["markdown_of"]

_MARKS = re.compile(r"([\\`*_\[\]#|~$])")
_SENTENCES = re.compile(r"(?<=\.) (?=[A-Z])")
#: A description longer than this is left out if the page says the same; sentences of others are cut
#: to this length.
LONGEST = 600
_PICTURES = (
    "The pictures, with all of them in words, are in the HTML form of this page (`-o NAME.html`)."
)


def markdown_of(title: str, lead: str, sections: Sequence[Section]) -> str:
    """A page as Markdown."""
    parts = [f"# {_escaped(title)}", _escaped(lead)]
    told = False
    for section in sections:
        parts.append(f"## {_escaped(section.title)}")
        if not told and _has_picture(section.blocks):
            parts.append(_PICTURES)
            told = True
        for block in section.blocks:
            parts += _block(block)
    parts.append(f"Made with wsis\\_model {__version__}.")
    return "\n\n".join(part for part in parts if part) + "\n"


def _has_picture(blocks: Sequence[Block]) -> bool:
    return any(
        isinstance(each, Figure) or (isinstance(each, Fold) and _has_picture(each.blocks))
        for each in blocks
    )


def _block(block: Paragraph | Heading | Facts | Bullets | Grid | Figure | Fold) -> Iterator[str]:
    match block:
        case Paragraph(line, notice):
            yield f"{'> ' if notice else ''}{_line(line)}"
        case Heading(text):
            yield f"### {_escaped(text)}"
        case Facts(pairs):
            yield "\n".join(f"- **{_escaped(name)}**: {_line(line)}" for name, line in pairs)
        case Bullets(lines, more):
            yield "\n".join(f"- {_line(line)}" for line in lines)
            yield _escaped(more)
        case Grid(caption, heads, rows, more, numbers):
            rule = "|" + "".join("---:|" if each in numbers else "---|" for each in heads)
            yield f"**{_escaped(caption)}**"
            yield "\n".join([_row((each,) for each in heads), rule, *map(_row, rows)])
            yield _escaped(more)
        case Figure(picture, elsewhere):
            yield f"**{_escaped(picture.title)}**"
            if elsewhere and len(picture.alt) > LONGEST:
                yield _line(elsewhere)
            else:
                yield "\n".join(
                    f"- {_escaped(_cut(each))}" for each in _SENTENCES.split(picture.alt)
                )
        case Fold(line, blocks):
            yield _line(line)
            for each in blocks:
                yield from _block(each)


def _cut(sentence: str) -> str:
    """A sentence of a description, cut if it is too long to read."""
    if len(sentence) <= LONGEST:
        return sentence
    whole, _, _ = sentence[:LONGEST].rpartition("; ")
    return f"{whole}; and more." if whole else fit(sentence, LONGEST)


def _row(cells: Iterable[Line]) -> str:
    return "| " + " | ".join(map(_line, cells)) + " |"


def _line(line: Line) -> str:
    return "".join(map(_words, line))


def _words(words: Words) -> str:
    match words:
        case Link(text, url):
            return f"[{_escaped(text)}](<{_address(url)}>)"
        case Code(text):
            return _code(text)
        case Strong(text):
            return f"**{_escaped(text)}**"
        case Foreign(text, _):
            return _escaped(text)
        case _:
            return _escaped(words)


def _code(text: str) -> str:
    """Code between backticks; as text if it holds a backtick, or a bar, which would end a cell."""
    shown = readable(text)
    return _escaped(text) if "`" in shown or "|" in shown else f"`{shown}`"


def _address(url: str) -> str:
    """An address with escapes for characters that would end the link or the cell."""
    return re.sub(r"[\s<>|\\]", lambda found: quote(found[0]), readable(url))


def _escaped(text: str) -> str:
    """Words escaped for Markdown: no markup, no entity, no list or quotation at the beginning of a
    line.
    """
    shown = _MARKS.sub(r"\\\1", html.escape(readable(text), quote=False))
    return re.sub(
        r"^(\s*)([-+=]|\d+(?=[.)]))",
        lambda m: f"{m[1]}\\{m[2]}" if not m[2][0].isdigit() else m[0],
        shown,
    )
