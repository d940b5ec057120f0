"""Seeds of every format that we read, and what may happen to them: each number of a kind always
makes the same bytes.
"""

from __future__ import annotations

import copy
import functools
import gzip
import io
import json
import random
import re
import zipfile
import zlib
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any, cast

import pdf_maker
import test_docx
from lxml import etree

import wsis_model as wsis
from wsis_model import testing
from wsis_model.formats import csv as tables
from wsis_model.interop import registry

__all__ = ["BETWEEN", "KINDS", "SEED", "made"]

SEED = 20261126
"""Changed when other inputs are wanted; the same gives the same inputs on every machine."""

ROOT = Path(__file__).parents[2]
DOCUMENTS = ROOT.parent / "shared" / "documents"
SMALL = 60_000
"""Larger documents are left out: what is tried is how files are made, not how long they are."""

KINDS: dict[str, int] = {
    "yaml": 28_000,
    "json": 24_000,
    "ndjson": 12_000,
    "csv": 12_000,
    "akn": 8_000,
    "registry": 5_000,
    "excel": 4_000,
    "docx": 2_500,
    "pdf": 2_500,
    "gz": 2_000,
}
"""How many inputs of each kind there are: many of those that are read in a millisecond, few of
those that take longer."""

BETWEEN = b"\x1c"
"""Stands between the tables of an input of CSV; each begins with a line that is its name."""

Mutation = Callable[[bytes, random.Random], bytes]

# --- seeds ----------------------------------------------------------------------------------------


def _corpora() -> Iterator[wsis.Corpus]:
    whole = testing.a_corpus()
    yield wsis.Corpus.of(testing.a_roadmap())
    yield wsis.Corpus.of(testing.a_document(), testing.an_entity())
    yield wsis.Corpus.of(testing.a_vocabulary(), testing.a_group(), testing.a_session())
    yield whole


def _folder(folder: Path, suffix: str) -> list[bytes]:
    found = (path.read_bytes() for path in sorted(folder.glob(f"*{suffix}")))
    return [data for data in found if len(data) <= SMALL]


@functools.cache
def seeds(kind: str) -> tuple[bytes, ...]:
    """What inputs of a kind begin as: files of the project, and real ones where they are at
    hand.
    """
    if kind in ("yaml", "json", "ndjson", "excel"):
        made = [wsis.dumps(corpus, kind) for corpus in _corpora()]
        examples = sorted((ROOT / "examples" / "data").glob("*faults.yaml"))
        return (*made, *(path.read_bytes() for path in examples if kind == "yaml"))
    if kind == "csv":
        return tuple(
            BETWEEN.join(
                f"{name}\n".encode() + table
                for name, table in tables.tables(corpus.to_file()).items()
            )
            for corpus in _corpora()
        )
    if kind == "akn":
        own = _folder(ROOT / "tests" / "fixtures" / "akn", ".xml")
        return (*own, *_folder(DOCUMENTS / "akn", ".xml"))
    if kind == "registry":
        own = _folder(ROOT / "tests" / "fixtures" / "registry", ".json")
        return (*own, registry.write(testing.a_document()).encode())
    if kind == "docx":
        with zipfile.ZipFile(io.BytesIO(test_docx.resolution().bytes())) as made_now:
            return (zipped({name: made_now.read(name) for name in made_now.namelist()}),)
    if kind == "pdf":
        suite = _folder(ROOT.parent / "shared" / "suites" / "pdf", ".pdf")
        maps = pdf_maker.resolution()
        return (*[maps, _deflated(maps)] * 4, *suite)
    return tuple(gzip.compress(data, mtime=0) for data in seeds("yaml"))


def _deflated(pdf: bytes) -> bytes:
    """A PDF whose streams are compressed; its table of places is wrong then, as that of many real
    ones.
    """

    def packed(found: re.Match[bytes]) -> bytes:
        stream = zlib.compress(found[1])
        head = b"<< /Filter /FlateDecode /Length %d >>" % len(stream)
        return b"%s\nstream\n%s\nendstream" % (head, stream)

    return re.sub(rb"<< /Length \d+ >>\nstream\n(.*?)\nendstream", packed, pdf, flags=re.DOTALL)


# --- what may happen to any bytes -----------------------------------------------------------------


def _span(size: int, dice: random.Random, most: int = 200) -> tuple[int, int]:
    start = dice.randrange(size + 1)
    return start, min(size, start + dice.randint(1, most))


def flip(data: bytes, dice: random.Random) -> bytes:
    """Some bytes are others."""
    changed = bytearray(data or b" ")
    for _ in range(dice.choice((1, 1, 2, 8, 64))):
        changed[dice.randrange(len(changed))] = dice.choice((dice.randrange(256), 0, 0x0A, 0xFF))
    return bytes(changed)


def truncate(data: bytes, dice: random.Random) -> bytes:
    """The end is missing."""
    return data[: dice.randrange(len(data) + 1)]


def cut(data: bytes, dice: random.Random) -> bytes:
    """A piece is missing."""
    start, end = _span(len(data), dice)
    return data[:start] + data[end:]


def repeat(data: bytes, dice: random.Random) -> bytes:
    """A piece stands there more than once."""
    start, end = _span(len(data), dice)
    return data[:end] + data[start:end] * dice.choice((1, 1, 2, 50)) + data[end:]


def move(data: bytes, dice: random.Random) -> bytes:
    """A piece stands elsewhere."""
    start, end = _span(len(data), dice)
    rest = data[:start] + data[end:]
    at = dice.randrange(len(rest) + 1)
    return rest[:at] + data[start:end] + rest[at:]


BYTES: tuple[Mutation, ...] = (flip, truncate, cut, repeat, move)

# --- what may happen to texts ---------------------------------------------------------------------

_TOKEN = re.compile(rb"[\w./:+-]+|[^\w\s]")
_LINE = re.compile(rb"[^\n]*\n?")
#: What stands for a word, a number or a sign.
NASTY: tuple[bytes, ...] = (
    *(b"", b" ", b"null", b"true", b"NaN", b"-Infinity", b"1e999", b"-0", b"1_0", b"0x1F", b"9" * 5000),
    *(b"1." + b"0" * 400, b"2027-02-30", b"0000-00-00", b"9999-12-31", b"12:30", b"1.10", b"NO", b"~"),
    *(b"<<", b"<<: *a", b"&a", b"*a", b"!!python/object:os.system", b"!", b"|", b">-", b"---", b"...", b"? "),
    *(b"- " * 150, b"[" * 150, b'{"a":' * 150, b"[" * 20_000, b'"', b"'", b"\\", b"\\ud800", b"\\u0000", b"#"),
    *(b"{}", b"[]", b"''", b"- ", b": ", b":", b";", b"\t", b"\r", b"\x85", b"\xe2\x80\xa8", b"\xef\xbb\xbf"),
    *(b"\xe2\x80\xae", b"\xed\xa0\x80", b"\xf0\x9f\x87\xba\xf0\x9f\x87\xb3", b"x" * 3000, b"a/" * 300, b"80-173"),
    *(b"80-173/99", b"SDG 9.c", b"para. 26", b"UNESCO", b"BDT", b"id", b"extensions", b"a:b", b"unknown:x"),
    *(b"<", b">", b"&", b"&lt;", b"&x;", b"]]>", b"<!--", b"<![CDATA[", b"<p>", b"</p>", b"xml:lang=''"),
)  # fmt: skip


def word(data: bytes, dice: random.Random) -> bytes:
    """A word is something nasty, or another word of the file."""
    found = list(_TOKEN.finditer(data))
    if not found:
        return dice.choice(NASTY)
    at, other = dice.choice(found), dice.choice(found)
    new = dice.choice(NASTY) if dice.random() < 0.5 else other[0]
    return data[: at.start()] + new + data[at.end() :]


def line(data: bytes, dice: random.Random) -> bytes:
    """A line is missing, stands twice, has changed places, or is indented otherwise."""
    lines = _LINE.findall(data)
    at, other = dice.randrange(len(lines)), dice.randrange(len(lines))
    what = dice.randrange(4)
    if what == 0:
        del lines[at]
    elif what == 1:
        lines.insert(other, lines[at])
    elif what == 2:
        lines[at], lines[other] = lines[other], lines[at]
    else:
        blanks = dice.choice((b"", b"  ", b"\t", b"- ", b"    "))
        lines[at] = blanks + lines[at].lstrip(b" ")
    return b"".join(lines)


TEXTS: tuple[Mutation, ...] = (*[word] * 6, *[line] * 4, *BYTES)

# --- what may happen to data ----------------------------------------------------------------------

_VALUES: tuple[Any, ...] = (
    *(None, True, 0, -1, 10**40, 1.5, 1e300, "", " ", "x", "NaN", "2027-13-01", "\x00", "\ud800", "\u202e"),
    *([], {}, [[]], [None], {"": None}, {"en": ""}, {"en": None}, ["a", "a"], {"a": {"b": {}}}, "itu", "80-173/99"),
    *("SDG 9.c", "Any words at all", "x" * 500, "a/b/c/d", "é" * 60, "١٢", "２０２７", "\u200b"),
)  # fmt: skip


def _containers(tree: Any) -> Iterator[Any]:
    if isinstance(tree, dict):
        yield tree
        for each in cast("dict[str, Any]", tree).values():
            yield from _containers(each)
    elif isinstance(tree, list):
        yield tree
        for each in cast("Sequence[Any]", tree):
            yield from _containers(each)


def grow(tree: Any, dice: random.Random) -> None:
    """Somewhere in plain data a value is another, missing, one deeper, twice there, or under
    another name.
    """
    places = [each for each in _containers(tree) if each]
    if not places:
        return
    here, there = dice.choice(places), dice.choice(places)
    listed = hasattr(here, "append")
    keys: Sequence[Any] = range(len(here)) if listed else tuple(here)
    values: Sequence[Any] = tuple(there if hasattr(there, "append") else there.values())
    key, other = dice.choice(keys), dice.choice(values)
    what = dice.randrange(8)
    if what < 3:
        here[key] = dice.choice(_VALUES)
    elif what == 3:
        here[key] = json.loads(json.dumps(other))
    elif what == 4:
        del here[key]
    elif what == 5:
        for _ in range(dice.choice((1, 2, 120))):
            deeper: Sequence[Any] = ([here[key]], {"en": here[key]})
            here[key] = dice.choice(deeper)
    elif listed:
        here += [json.loads(json.dumps(here[key])) for _ in range(dice.choice((1, 2, 30)))]
    else:
        here[dice.choice((f"{key}s", "id", "", "extensions", "unknown:x", "x" * 300))] = other


_CALLED = ("BDT", "Ministry of ICT", "SDG 9.c", "80/173 para 99", "Any words at all", "itu", "a b")


def call(tree: Any, dice: random.Random) -> None:
    """A record has human words for its identifier, wherever it is named; and often for its name
    too.
    """
    named = [each for each in _containers(tree) if hasattr(each, "get") and each.get("id")]
    if not named:
        return
    record = dice.choice(named)
    old, words = record["id"], dice.choice(_CALLED)
    for each in _containers(tree):
        keys: Sequence[Any] = range(len(each)) if hasattr(each, "append") else tuple(each)
        for key in keys:
            if each[key] == old:
                each[key] = words
    record |= {name: words for name in ("name", "acronym", "title", "label") if dice.random() < 0.3}


def data(given: bytes, dice: random.Random) -> bytes:
    """JSON, or lines of it, whose values have changed, and whose keys may stand twice."""
    try:
        trees = [json.loads(given)]
    except ValueError:
        trees = [json.loads(each) for each in given.splitlines() if each.strip()]
    for _ in range(dice.choice((1, 1, 2, 5))):
        dice.choice((grow, grow, grow, call))(dice.choice(trees), dice)
    text = "\n".join(json.dumps(tree) for tree in trees)
    if dice.random() < 0.2:
        text = re.sub(r'("\w+"): ("\w*"|\d+)', r"\1: \2, \1: \2", text, count=dice.choice((1, 30)))
    return text.encode()


def element(given: bytes, dice: random.Random) -> bytes:
    """An element or its attributes are those of another, missing, or there many times."""
    tags = list(re.finditer(rb"<[^<>]+>", given))
    if not tags:
        return given
    at, other = dice.choice(tags), dice.choice(tags)
    new = dice.choice(
        (b"", other[0], at[0] * 2, at[0] * 300, other[0].replace(b" ", b" x='1' ", 1))
    )
    return given[: at.start()] + new + given[at.end() :]


def subtree(given: bytes, dice: random.Random) -> bytes:
    """XML that stays well-formed: an element is missing, there twice, elsewhere, another, or
    without its words.
    """
    root = etree.fromstring(given, _PARSER)
    found = [each for each in root.iter() if isinstance(each.tag, str)]
    for _ in range(dice.choice((1, 1, 3))):
        here, there = dice.choice(found), dice.choice(found)
        above = here.getparent()
        what = dice.randrange(7)
        if what == 0 and above is not None:
            above.remove(here)
        elif what == 1:
            there.append(copy.deepcopy(here))
        elif what == 2 and here not in there.iterancestors():
            there.insert(0, here)
        elif what == 3:
            here.tag = there.tag
        elif what == 4:
            here.attrib.update(there.attrib)
        elif what == 5:
            here.attrib.clear()
        else:
            here.text = dice.choice(
                ("", "1.", "(a)", "A/RES/1/1", "x" * 3000, "٣", there.text or "")
            )
    return etree.tostring(root)


# --- what may happen to containers ----------------------------------------------------------------


def zipped(parts: dict[str, bytes]) -> bytes:
    """A zip file that says nothing of the time at which it was made."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as new:
        for name, content in parts.items():
            info = zipfile.ZipInfo(name)
            info.compress_type = zipfile.ZIP_DEFLATED
            new.writestr(info, content, compresslevel=1)
    return stream.getvalue()


def part(given: bytes, dice: random.Random) -> bytes:
    """Of the parts of a zip file one is changed, missing, empty, or there twice."""
    with zipfile.ZipFile(io.BytesIO(given)) as old:
        parts = [(each.filename, old.read(each)) for each in old.infolist()]
    at = dice.randrange(len(parts))
    name, content = parts[at]
    what = dice.randrange(12)
    if what == 0:
        del parts[at]
    elif what == 1:
        parts[at] = (name, b"")
    elif what == 2:
        parts[at] = (dice.choice(parts)[0].upper(), content)
    else:
        how = dice.choice((*[subtree] * 14, element, *TEXTS))
        parts[at] = (name, how(content, dice))
    return zipped(dict(parts))


def inside(given: bytes, dice: random.Random) -> bytes:
    """What is compressed has changed; now and then it is much."""
    plain = gzip.decompress(given)
    if dice.random() < 0.02:
        plain += b" " * dice.choice((10**6, 10**8))
    return gzip.compress(dice.choice(TEXTS)(plain, dice), compresslevel=1, mtime=0)


def figure(given: bytes, dice: random.Random) -> bytes:
    """A number is another: a length, a place, a count."""
    found = list(re.finditer(rb"\d+", given))
    if not found:
        return given
    at = dice.choice(found)
    new = dice.choice(
        (b"0", b"-1", b"1", b"65536", b"2147483648", b"9" * 30, dice.choice(found)[0])
    )
    return given[: at.start()] + new + given[at.end() :]


_PARSER = etree.XMLParser(resolve_entities=False, no_network=True)
#: What happens to inputs of each kind. Most of it leaves a text that can be read, so that what is
#: behind reading is tried too.
HAPPENS: dict[str, tuple[Mutation, ...]] = {
    "yaml": (*[data] * 6, *TEXTS),
    "json": (*[data] * 18, *TEXTS),
    "ndjson": (*[data] * 14, *TEXTS),
    "csv": TEXTS,
    "akn": (*[subtree] * 30, element, *TEXTS),
    "registry": (*[data] * 18, *TEXTS),
    "excel": (*[part] * 18, flip, cut),
    "docx": (*[part] * 18, flip, cut),
    "pdf": (figure, figure, word, *BYTES),
    "gz": (*[inside] * 10, *BYTES),
}


def made(kind: str, number: int) -> bytes:
    """The input of this number: a seed to which a few things happened."""
    dice = random.Random(f"{SEED} {kind} {number}")
    given = dice.choice(seeds(kind))
    if kind == "yaml" and dice.random() < 0.4:
        given = dice.choice(seeds("json"))
    if kind not in ("csv", "excel", "docx", "pdf", "gz") and dice.random() < 0.05:
        other = dice.choice(seeds(kind))  # the head of one file and the tail of another
        given = given[: dice.randrange(len(given))] + other[dice.randrange(len(other)) :]
    for _ in range(dice.choice((1, 1, 1, 1, 2, 3))):
        try:
            given = dice.choice(HAPPENS[kind])(given, dice)
        except Exception:  # noqa: BLE001 - what happened before left nothing that could be taken apart
            given = word(given, dice)
    return given
