"""Keys that stand twice in JSON are found by counting: never missed, and seldom looked for."""

from __future__ import annotations

import json
import random
import threading
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from pydantic import ValidationError

from wsis_model import Concept, dumps, load, loads
from wsis_model.formats.json import doubled_keys, may_have_doubled_keys, read_record
from wsis_model.formats.ndjson import KINDS
from wsis_model.model import RECORDS, File, Record
from wsis_model.model.given import keys_given
from wsis_model.model.text import plain_texts
from wsis_model.testing import files

ROADMAP = Path(__file__).parents[1] / "examples" / "data" / "c2-roadmap.yaml"
#: As `Any`, so that `isinstance` leaves what it looks at `Any`.
MAPPING: Any = dict
LIST: Any = list
#: Texts that hold what looks like the end of a key.
TEXTS = ('he said: "so": done', ":begins", 'ends\\":', "Médias : ceci", '\\\\":', 'a "', " :")
EXTENSIONS: list[Any] = json.loads(r"""[
    {"z": {"k\":": [{"a": 1, "b": {"": ": "}}, {"a": {}}], "\\": "\":"}, "a": ":", " :": 2},
    {"c": [{"d": 1}, {"e": {}}]}
]""")


class Writer:
    """Writes plain data as JSON in ways in which nobody writes it, with some keys twice."""

    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)
        #: How often each of these is done: a key twice, blanks before a colon, a plain string for
        #: English, another text.
        self.twice, self.blank, self.plain, self.text = (
            self.random.choice((0, 0.01, 0.2)) for _ in range(4)
        )

    def may(self, often: float) -> bool:
        return self.random.random() < often

    def blanks(self, often: float) -> str:
        return self.random.choice((" ", "\n", "\t ", "\r\n", "  ")) if self.may(often) else ""

    def key(self, key: str) -> str:
        written = json.dumps(key, ensure_ascii=False)
        if key and self.may(0.01):
            written = f'"\\u{ord(key[0]):04x}{written[2:]}' if key[0].isalpha() else written
        return written + self.blanks(self.blank) + ":" + self.blanks(0.02)

    def value(self, value: Any, key: str = "") -> str:
        if isinstance(value, MAPPING):
            if list(value) == ["en"] and self.may(self.plain):
                return self.value(value["en"], "en")
            members = list(value.items())
            while members and self.may(self.twice):
                name, again = self.random.choice(members)
                if self.may(0.5):
                    again = self.random.choice(members)[1]
                members.insert(self.random.randint(0, len(members)), (name, again))
            return f"{{{','.join(self.key(name) + self.value(v, name) for name, v in members)}}}"
        if isinstance(value, LIST):
            return f"[{','.join(self.value(each) for each in value)}]"
        if key in {"en", "fr", "note"} and self.may(self.text):
            value = self.random.choice(TEXTS)
        return json.dumps(value, ensure_ascii=self.may(0.5))


@pytest.fixture(scope="module")
def trees() -> list[Any]:
    """Small files of everything there is."""
    tree = json.loads(dumps(load(ROADMAP), "json"))
    tree["roadmaps"][0]["extensions"] = {"a:b": EXTENSIONS[0], "a:c": 'x":'}
    found: list[Any] = [tree]
    lines = dumps(load(ROADMAP) | loads(ACTORS, "yaml"), "ndjson").splitlines()
    for line in lines:
        record = json.loads(line)
        kind = record.pop("record")
        if kind in KINDS:
            for extension in EXTENSIONS:
                extended = {**record, "extensions": {"a:b": extension}}
                found.append({KINDS[kind][1]: [record, extended]})
    return found


ACTORS = """
entities: [{id: itu, name: {en: ITU, fr: UIT}}, {id: undp, name: UNDP}]
sessions: [{id: sessions/cstd-30, title: CSTD 30, source: {title: Some source}}]
vocabularies: [{id: themes, title: Themes, concepts: [{id: themes/igf, label: IGF}]}]
documents:
- {id: 80-1, title: A, kind: resolution, provisions: [{id: 80-1/1, number: "1", text: Said}]}
"""


def tried(trees: Sequence[Any], seeds: range) -> tuple[int, int, int]:
    """How many of the files written with *seeds* were read, had a key twice, and were in doubt."""
    read = twice = doubted = 0
    for seed in seeds:
        data = Writer(seed).value(trees[seed % len(trees)]).encode()
        before = plain_texts.seen
        try:
            made = File.model_validate_json(data)
        except ValidationError:
            continue
        doubt = may_have_doubled_keys(data, [made], plain_texts.seen - before)
        known = doubled_keys(data)
        assert doubt or not known, data
        assert (read_record(File, data) is None) == known, data
        read, twice, doubted = read + 1, twice + known, doubted + doubt
    return read, twice, doubted


class TestNeverMissed:
    """Whatever stands twice, at whatever depth, is found."""

    def test_thousands_of_files(self, trees: list[Any]) -> None:
        read, twice, doubted = tried(trees, range(3_000))
        assert read > 1_500
        assert twice > 400
        assert doubted < read - 300

    @pytest.mark.heavy
    def test_many_thousands_of_files(self, trees: list[Any]) -> None:
        read, twice, _ = tried(trees, range(100_000, 200_000))
        assert read > 50_000
        assert twice > 15_000

    @given(files())
    def test_any_file(self, file: File) -> None:
        data = file.__pydantic_serializer__.to_json(file, exclude_defaults=True, by_alias=True)
        assert read_record(File, data) == file
        tried([json.loads(data)], range(5))

    @pytest.mark.parametrize(
        "data",
        [
            b'{"id":"a/b","label":"L","label":"M"}',
            b'{"id":"a/b","label":{"en":"L"},"label":"M"}',
            b'{"id":"a/b","label":"M","label":{"en":"L"}}',
            b'{"id":"a/b","label":{"en":"L","en":"M"}}',
            b'{"id":"a/b","label":"L","label" :"M"}',
            b'{"id":"a/b","label" :"\\":"}',
            b'{"id":"a/b","label" :"\\":","label" :"\\":"}',
            b'{"id":"a/b","label":"L","extensions":{"a:b":{"c":{"d":1,"d":1}}}}',
            b'{"id":"a/b","label":"L","extensions":{"a:b":1},"extensions":{"a:b":1}}',
            b'{"id":"a/b","l\\u0061bel":"L","label":"L"}',
        ],
    )
    def test_what_makes_up_for_a_key(self, data: bytes) -> None:
        assert (read_record(Concept, data) is None) == doubled_keys(data)


class TestSeldomLookedFor:
    """What we write, and what people write, is told to be sound without reading it again."""

    @pytest.mark.parametrize("label", ['a "b": c', "L : M", "L", '"'])
    def test_texts(self, label: str) -> None:
        for text in (label, {"en": label}):
            data = json.dumps({"id": "a/b", "label": text}, indent=2).encode()
            before = plain_texts.seen
            made = Concept.model_validate_json(data)
            assert not may_have_doubled_keys(data, [made], plain_texts.seen - before)

    def test_lines_together(self) -> None:
        lines = [b'{"id":"a/%d","label":{"en":"L"}}' % number for number in range(9)]
        made = [Concept.model_validate_json(line) for line in lines]
        assert not may_have_doubled_keys(b"\n".join(lines), made)
        assert may_have_doubled_keys(b"\n".join(lines), made[1:])

    def test_none(self) -> None:
        assert not may_have_doubled_keys(b"", [])


class TestCounting:
    """The counts themselves."""

    @pytest.mark.parametrize("record", RECORDS)
    def test_nothing_that_was_not_given(self, record: type[Record]) -> None:
        assert keys_given(record, [record.model_construct()]) == 0

    def test_each_thread_counts_its_own(self) -> None:
        before = plain_texts.seen
        seen: list[int] = []

        def read() -> None:
            Concept.model_validate({"id": "a/b", "label": "L"})
            seen.append(plain_texts.seen)

        thread = threading.Thread(target=read)
        thread.start()
        thread.join()
        assert (seen, plain_texts.seen) == ([1], before)
