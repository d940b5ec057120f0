"""XML that is not well-formed is mended: every word stays, and every mend is reported.

libxml2 can recover too, but what it cannot place it drops (`R&D` becomes `R`, all that follows an
end tag too many is gone).
Here the text of a file is never touched but for its signs; only tags are left out, added or taken
for others.
"""

from __future__ import annotations

import html.entities
import re
import sys
from collections import Counter

from ...errors import Position
from .._reading import Repair

__all__ = ["mended"]

#: The official files that are not well-formed have one to four faults; what has more than this is
#: no XML.
MAX_REPAIRS = 200
#: libxml2 itself stops there.
DEEPEST = 255
#: The largest official file has 1.5 MB.
MAX_BYTES = 10_000_000

_NAME = r"[A-Za-z_][\w.-]*+(?::[A-Za-z_][\w.-]*+)?"
_TAG = re.compile(rf"""<(/?)({_NAME})((?:[^<>"']|"[^"<]*"|'[^'<]*')*+|[^<>]*)>""")
_ATTRIBUTE = re.compile(rf"""\s*({_NAME})(\s*=\s*)("[^"]*"|'[^']*'|[^\s"'=/]++)""")
#: Signs that XML has no way to write.
_NO_SIGN = r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]"
_SIGN = re.compile(
    rf"&(?:#([0-9]{{1,7}})|#[xX]([0-9a-fA-F]{{1,6}})|([A-Za-z]\w{{0,30}}));|&|\]\]>|{_NO_SIGN}"
)
_XML_ENTITIES = frozenset(("amp", "lt", "gt", "quot", "apos"))
_ENCODING = re.compile(rb"""<\?xml[^>]{0,100}?encoding\s*=\s*["']([A-Za-z0-9_-]{1,20})["']""")
_ENCODINGS = re.compile(r"utf-?8|us-ascii|iso-8859-[0-9]{1,2}|windows-125[0-8]", re.IGNORECASE)


class _NotMendableError(Exception):
    """A file that cannot be mended."""


def mended(name: str, data: bytes) -> tuple[bytes, tuple[Repair, ...]] | None:
    """The file as well-formed XML, its lines where they were, and what was mended; None where that
    cannot be done.

    An end tag that nothing opened closes the element that stands open, where that has no end tag of
    its own, and is left out otherwise, as is one where others stand open and another of its name
    follows; an element that is still open when one around it ends, ends there. A file that stops
    before its root element ends is not mended: nobody knows what it lacks.
    """
    declared = _ENCODING.match(data)
    encoding = declared[1].decode() if declared else "utf-8"
    if len(data) > MAX_BYTES or not _ENCODINGS.fullmatch(encoding):
        return None
    try:
        mender = _Mender(name, data.decode(encoding).removeprefix("\ufeff"))
        return mender.mend().encode(), tuple(mender.repairs)
    except (UnicodeError, LookupError, _NotMendableError):
        return None


class _Mender:
    """A file while it is mended."""

    def __init__(self, name: str, text: str) -> None:
        self.name = name
        self.text = text
        self.repairs: list[Repair] = []
        self._out: list[str] = []
        self._root = -1
        """Where in the output the root element begins."""
        self._prefixes: dict[str, int] = {}
        """Prefixes that are used, and where first."""
        self._open: list[tuple[str, int]] = []
        """The elements that are open: their names, and where they begin."""
        self._opened: Counter[str] = Counter()
        """How many elements of a name are open."""
        self._ends_to_come: Counter[str] = Counter()
        """How many elements of a name end in what is to come, less those that begin there."""
        for tag in _TAG.finditer(text):
            if not tag[3].endswith("/"):
                self._ends_to_come[tag[2]] += 1 if tag[1] else -1
        self._last = len(text.rstrip())
        while text.endswith("-->", 0, self._last):  # comments may follow the root element
            self._last = len(text[: max(text.rfind("<!--", 0, self._last), 0)].rstrip())

    def mend(self) -> str:
        """The whole text.

        Raises:
            _NotMendableError: It declares a document type, has too many faults, or stops in the
                middle.
        """
        at = 0
        while (start := self.text.find("<", at)) >= 0:
            self._text(at, start)
            at = self._markup(start)
        self._text(at, len(self.text))
        if len(self._open) == 1 and self._ends_to_come[self._open[0][0]] < 0:
            self._close()
        if self._open or self._root < 0:
            raise _NotMendableError
        self._declare_prefixes()
        return "".join(self._out)

    def _repair(self, code: str, at: int, found: str, done: str) -> None:
        if len(self.repairs) == MAX_REPAIRS:
            raise _NotMendableError
        position = Position(self.name, self._line(at), at - self.text.rfind("\n", 0, at))
        self.repairs.append(Repair(code, position, found[:60], done))

    def _line(self, at: int) -> int:
        return self.text.count("\n", 0, at) + 1

    def _markup(self, start: int) -> int:
        """Write what begins with a `<`; the index where it ends."""
        text = self.text
        for opening, ending in (("<!--", "-->"), ("<![CDATA[", "]]>"), ("<?", "?>")):
            if text.startswith(opening, start) and (end := text.find(ending, start)) >= 0:
                whole = text[start : end + len(ending)]
                kept = whole if opening == "<![CDATA[" else "\n" * whole.count("\n")
                self._out.append(kept)
                return start + len(whole)
        if text.startswith("<!DOCTYPE", start):
            raise _NotMendableError
        tag = _TAG.match(text, start)
        if tag is None:
            self._repair("stray-sign", start, "<", "read as text")
            self._out.append("&lt;")
            return start + 1
        if tag[1]:
            self._end(tag[2], start, tag.end())
        else:
            self._begin(tag[2], tag[3], start)
        return tag.end()

    def _begin(self, name: str, attributes_text: str, start: int) -> None:
        if not self._open:
            if self._root >= 0:
                raise _NotMendableError
            self._root = len(self._out)
        empty = attributes_text.endswith("/")
        self._note_prefix(name, start)
        attributes = self._attributes(attributes_text.removesuffix("/"), start)
        self._out += (f"<{name}", attributes, "/>" if empty else ">")
        if not empty:
            if len(self._open) == DEEPEST:
                raise _NotMendableError
            self._open.append((name, start))
            self._opened[name] += 1
            self._ends_to_come[name] += 1

    def _end(self, name: str, start: int, end: int) -> None:
        found = self.text[start:end]
        self._ends_to_come[name] -= 1
        if not self._opened[name]:
            top, begun = self._open[-1] if self._open else ("", 0)
            if len(self._open) > 1 and self._ends_to_come[top] < self._opened[top]:
                done = f"taken for the end of <{top}> in line {self._line(begun)}"
                self._repair("misnamed-end-tag", start, found, done)
                self._close()
            else:
                self._repair("stray-end-tag", start, found, "left out")
        elif self._open[-1][0] != name and self._ends_to_come[name] >= self._opened[name]:
            self._repair("stray-end-tag", start, found, "left out, as another follows")
        elif self._opened[name] == 1 and self._open[0][0] == name and end < self._last:
            self._repair("stray-end-tag", start, found, "left out, as more of the file follows")
            self._ends_to_come[name] -= 1
        else:
            while self._open[-1][0] != name:
                top, begun = self._open[-1]
                done = f"closed before the end of <{name}> in line {self._line(start)}"
                self._repair("unclosed-element", begun, f"<{top}>", done)
                self._close()
            self._close()

    def _close(self) -> None:
        name, _ = self._open.pop()
        self._opened[name] -= 1
        self._out.append(f"</{name}>")

    def _attributes(self, attributes_text: str, start: int) -> str:
        """The attributes of a start tag, each once and in quotes, on as many lines as they were."""
        kept: dict[str, str] = {}
        at = 0
        while found := _ATTRIBUTE.match(attributes_text, at):
            at = found.end()
            name, equals, value = found.groups()
            if value[0] not in "\"'":
                self._repair("broken-attribute", start, found[0].strip(), "put in quotes")
                value = f'"{value}"'
            if name in kept:
                self._repair(
                    "broken-attribute", start, found[0].strip(), "left out, being there twice"
                )
            else:
                self._note_prefix(name, start)
                kept[name] = f"{equals}{self._signs(value, start)}"
        if rest := attributes_text[at:].strip():
            self._repair("broken-attribute", start, rest, "left out")
        made = "".join(f" {name}{value}" for name, value in kept.items())
        return made + "\n" * (attributes_text.count("\n") - made.count("\n"))

    def _note_prefix(self, name: str, start: int) -> None:
        """Record the prefix of a name; a prefix that the file declares is marked as declared."""
        prefix, colon, rest = name.partition(":")
        if colon:
            self._prefixes.setdefault(rest if prefix == "xmlns" else prefix, start)
            if prefix == "xmlns":
                self._prefixes[rest] = -1

    def _declare_prefixes(self) -> None:
        """Declare on the root element the prefixes that the file does not declare."""
        for prefix, start in self._prefixes.items():
            if start >= 0 and prefix != "xml":
                self._repair("undeclared-prefix", start, f"{prefix}:", "declared")
                self._out[self._root + 1] += f' xmlns:{prefix}="urn:x-undeclared:{prefix}"'

    def _text(self, start: int, end: int) -> None:
        """Write text between tags."""
        text = self.text[start:end]
        if not self._open and text and not text.isspace():
            raise _NotMendableError
        self._out.append(self._signs(text, start))

    def _signs(self, text: str, start: int) -> str:
        return _SIGN.sub(lambda sign: self._sign(sign, start + sign.start()), text)

    def _sign(self, sign: re.Match[str], at: int) -> str:
        """One sign as XML writes it."""
        found, decimal, hexadecimal, entity = sign[0], sign[1], sign[2], sign[3]
        if decimal or hexadecimal:
            number = int(decimal or hexadecimal, 10 if decimal else 16)
            if number <= sys.maxunicode and not re.match(_NO_SIGN, chr(number)):
                return found
        elif entity in _XML_ENTITIES:
            return found
        elif entity in html.entities.name2codepoint:
            char = chr(html.entities.name2codepoint[entity])
            self._repair("undefined-entity", at, found, f"read as U+{ord(char):04X}")
            return char
        elif found[0] in "&]":
            code = "undefined-entity" if entity else "stray-sign"
            self._repair(code, at, found, "read as text")
            return found.replace("&", "&amp;").replace(">", "&gt;")
        self._repair("stray-sign", at, found, "left out")
        return ""
