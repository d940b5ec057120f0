"""What breaks a promise is told, with the version that it needs; what does not, is not."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path
from typing import Any

import attrs
import check_compatibility as tool
import pytest
from promises import api, files, schema, words
from promises.promise import Promise, Version
from promises.public import PUBLIC

from wsis_model import __version__

ROOT = Path(__file__).resolve().parents[1]


@pytest.fixture(scope="module")
def today() -> Promise:
    """What the sources promise."""
    return Promise.today()


def test_this_version_keeps_what_was_promised(capsys: pytest.CaptureFixture[str]) -> None:
    """Nothing breaks since the last promise that this version may not break, and every file that an
    older version wrote is read.
    """
    assert 0 == tool.main([]), capsys.readouterr().err


def test_the_page_lists_what_is_public() -> None:
    """Every module that is held to its promises stands on the page *Compatibility*, those of foreign
    formats all together.
    """
    page = (ROOT / "docs" / "compatibility.md").read_text(encoding="utf-8")
    named = {each.rpartition(".")[2] for each in re.findall(r"`([\w.]+)`", page)}

    assert [] == [
        name
        for name in PUBLIC
        if not name.startswith("wsis_model.interop.") and name.rpartition(".")[2] not in named
    ]
    assert {"wsis_model.interop.akn", "wsis_model.interop.ical"} <= {*PUBLIC}


# --- names and signatures -------------------------------------------------------------------------

STUB = """
__all__ = ["PROFILES", "Kind", "Report", "Row", "check"]
PROFILES: tuple[str, ...] = ('draft', 'publish')
class Kind(str, Enum):
    CALL = 'call'
    REQUEST = 'request'
class Row():
    def __init__(self, code: str, amount: int = 0) -> None: ...
    code: str
    amount: int
class Report(Mapping[str, Row]):
    def rows(self, kind: Kind | None = None) -> tuple[Row, ...]: ...
    title: str | None
def check(corpus: Corpus, *, profile: str = 'draft') -> Report: ...
"""
BREAKING = {
    "a name gone": ("def check(", "def inspect(", "m.check"),
    "a name no longer listed": ('"check"]', "]", "m.check"),
    "a method gone": ("def rows(", "def lines(", "m.Report.rows"),
    "a field gone": ("    title: str | None\n", "", "m.Report.title"),
    "a parameter gone": (", *, profile: str = 'draft'", "", "m.check(profile)"),
    "a new mandatory parameter": ("corpus: Corpus,", "corpus: Corpus, document: str,", "m.check(document)"),
    "a new mandatory field": ("code: str, amount", "code: str, date: str, amount", "m.Row.__init__(date)"),
    "a default gone": ("amount: int = 0", "amount: int", "m.Row.__init__(amount)"),
    "a default changed": ("= 'draft'", "= 'publish'", "m.check(profile)"),
    "by keyword only": ("corpus: Corpus, *,", "*, corpus: Corpus,", "m.check(corpus)"),
    "a type changed": ("    code: str\n", "    code: int\n", "m.Row.code"),
    "more comes back": ("-> Report", "-> Report | None", "m.check()"),
    "less is taken": ("kind: Kind | None", "kind: Kind", "m.Report.rows(kind)"),
    "a value of an enumeration changed": ("'call'", "'appeal'", "m.Kind.CALL"),
    "a member of an enumeration gone": ("    CALL = 'call'\n", "", "m.Kind.CALL"),
    "a constant changed": ("('draft', 'publish')", "('publish', 'draft')", "m.PROFILES"),
    "a base gone": ("(Mapping[str, Row])", "()", "m.Report"),
    "a function for a class": ("class Row():\n    def __init__(self, code: str, amount: int = 0) -> None: ...\n    code: str\n    amount: int\n", "def Row() -> int: ...\n", "m.Row"),
}  # fmt: skip
KEEPING = {
    "a new function": ("def check(", "def fix() -> None: ...\ndef check("),
    "a new optional parameter": ("profile: str = 'draft'", "profile: str = 'draft', strict: bool = False"),
    "a new optional field": ("amount: int = 0)", "amount: int = 0, note: str = '')"),
    "a new member of an enumeration": ("    CALL", "    WISH = 'wish'\n    CALL"),
    "more is taken": ("profile: str", "profile: str | None"),
    "anything is taken": ("kind: Kind | None", "kind: Any"),
    "less comes back": ("title: str | None", "title: str"),
    "a new base": ("(Mapping[str, Row])", "(Mapping[str, Row], Sized)"),
    "another private name": ("def check(", "_N: int\ndef check("),
}  # fmt: skip


@pytest.mark.parametrize(("old", "new", "place"), BREAKING.values(), ids=BREAKING)
def test_what_breaks_programs_is_found(old: str, new: str, place: str) -> None:
    """Each such change of a stub is told, at its place."""
    assert old in STUB
    found = api.breaks({"m": STUB}, {"m": STUB.replace(old, new, 1)})

    assert place in {each.place for each in found}, found


@pytest.mark.parametrize(("old", "new"), KEEPING.values(), ids=KEEPING)
def test_what_breaks_no_program_passes(old: str, new: str) -> None:
    """What is new or wider is no break."""
    assert old in STUB
    assert [] == api.breaks({"m": STUB}, {"m": STUB.replace(old, new, 1)})


def test_a_name_that_another_module_gives_too_is_missed() -> None:
    """A name that a module takes from another is part of what it promises."""
    old = {"m": STUB, "m.n": "__all__ = ['Row']\nfrom m import Row as Row\n"}
    new = {"m": STUB, "m.n": "__all__ = []\n"}

    assert ["m.n.Row"] == [each.place for each in api.breaks(old, new)]
    assert ["m.n"] == [each.place for each in api.breaks(old, {"m": STUB})]


SOURCE = """
from __future__ import annotations
import attrs
from pydantic import BaseModel, Field
__all__ = ["Given", "Worked", "ask"]
class _Base(BaseModel):
    extensions: dict[str, str] = Field(default_factory=dict)
    def replace(self, **changes: object) -> Self: ...
class Given(_Base):
    id: str = Field(examples=["a"])
    title: str | None = Field(default=None, examples=["T"])
@attrs.frozen
class Worked:
    code: str
    rows: list[str] = attrs.field(factory=list)
    text: str = attrs.field(default="", kw_only=True)
    size: int = attrs.field(init=False)
    _cache: dict[str, str] = attrs.field(factory=dict)
    @property
    def first(self) -> str: ...
    @classmethod
    def of(cls, *codes: str) -> Worked: ...
    def _private(self) -> None: ...
def ask(question: str, /, limit: int = 20, *, strict: bool = False, **more: str) -> Worked: ...
def other() -> None: ...
"""
TOLD = """
__all__ = [
    'Given',
    'Worked',
    'ask',
]

class Given(BaseModel):
    def __init__(self, *, extensions: dict[str, str] = ..., id: str, title: str | None = None) -> None: ...
    extensions: dict[str, str]
    id: str
    def replace(self, **changes: object) -> Self: ...
    title: str | None

class Worked():
    def __init__(self, code: str, rows: list[str] = ..., *, text: str = '') -> None: ...
    code: str
    first: str
    @classmethod
    def of(cls, *codes: str) -> Worked: ...
    rows: list[str]
    size: int
    text: str

def ask(question: str, /, limit: int = 20, *, strict: bool = False, **more: str) -> Worked: ...
"""


def test_a_stub_says_what_is_public(tmp_path: Path) -> None:
    """Names that are listed, with the constructors that attrs and pydantic write; nothing private,
    and what a private base gives as if it were the class's own.
    """
    (tmp_path / "package_of_a_test").mkdir()
    (tmp_path / "package_of_a_test" / "__init__.py").write_text(SOURCE, encoding="utf-8")

    told = api.promised("package_of_a_test", tmp_path, ("package_of_a_test",))

    assert TOLD.strip() == told["package_of_a_test"].strip()


# --- files ----------------------------------------------------------------------------------------

SCHEMA: dict[str, Any] = {
    "properties": {
        "wsis_model": {"enum": ["1", 1], "default": "1"},
        "plans": {"type": "array", "items": {"$ref": "#/$defs/Plan"}},
    },
    "type": "object",
    "additionalProperties": False,
    "$defs": {
        "Plan": {
            "type": "object",
            "properties": {
                "id": {"type": "string", "pattern": "^[a-z]+$"},
                "title": {"type": "string", "minLength": 1},
                "kind": {"enum": ["national", "joint"], "default": "national"},
                "cost": {"anyOf": [{"type": "number"}, {"type": "null"}]},
                "owners": {"type": "array", "items": {"type": "string"}, "minItems": 1},
                "period": {"anyOf": [{"$ref": "#/$defs/Period"}, {"type": "null"}]},
                "notes": {"type": "object", "patternProperties": {"^x:": {}}},
                "day": {"type": "string", "format": "date"},
            },
            "required": ["id"],
            "additionalProperties": False,
        },
        "Period": {"type": "object", "properties": {"end": {"type": "string"}}},
        "Purpose": {"type": "string"},
    },
}
PLAN = "$defs/Plan/properties"
GONE = object()
#: What is set where, and the place that is told.
NARROWER: dict[str, tuple[str, Any, str]] = {
    "a type changed": (f"{PLAN}/title/type", "integer", "Plan.title"),
    "a default gone": (f"{PLAN}/kind/default", GONE, "Plan.kind"),
    "a default changed": (f"{PLAN}/kind/default", "joint", "Plan.kind"),
    "a field made mandatory": ("$defs/Plan/required", ["id", "title"], "Plan.title"),
    "a value of a list gone": (f"{PLAN}/kind/enum", ["national"], "Plan.kind"),
    "a value of a list changed": (f"{PLAN}/kind/enum", ["national", "shared"], "Plan.kind"),
    "a field gone": (f"{PLAN}/title", GONE, "Plan.title"),
    "a pattern narrowed": (f"{PLAN}/id/pattern", "^[a-f]+$", "Plan.id"),
    "a pattern where none was": (f"{PLAN}/title/pattern", "^[A-Z]", "Plan.title"),
    "a format where none was": (f"{PLAN}/title/format", "date", "Plan.title"),
    "a longer least length": (f"{PLAN}/title/minLength", 2, "Plan.title"),
    "a greatest length": (f"{PLAN}/title/maxLength", 80, "Plan.title"),
    "more items": (f"{PLAN}/owners/minItems", 2, "Plan.owners"),
    "an alternative gone": (f"{PLAN}/cost/anyOf", [{"type": "number"}], "Plan.cost"),
    "an alternative narrowed": (f"{PLAN}/cost/anyOf/0/type", "integer", "Plan.cost"),
    "an alternative that is another record": (f"{PLAN}/period/anyOf/0/$ref", "#/$defs/Plan", "Plan.period"),
    "items narrowed": (f"{PLAN}/owners/items/type", "integer", "Plan.owners[]"),
    "no other fields": ("$defs/Period/additionalProperties", False, "Period"),
    "other fields of one type": ("$defs/Period/additionalProperties", {"type": "string"}, "Period.*"),
    "no such names": (f"{PLAN}/notes/patternProperties", {}, "Plan.notes"),
    "a record gone": ("$defs/Purpose", GONE, "Purpose"),
    "a keyword that nobody knows here": (f"{PLAN}/title/not", {"const": "T"}, "Plan.title"),
    "a field of files gone": ("properties/plans", GONE, "file.plans"),
}  # fmt: skip
WIDER: dict[str, tuple[str, Any]] = {
    "a new optional field": (f"{PLAN}/note", {"type": "string"}),
    "a new value of a list": (f"{PLAN}/kind/enum", ["national", "joint", "regional"]),
    "a new alternative": (f"{PLAN}/title", {"anyOf": [{"type": "string"}, {"type": "null"}]}),
    "a field no longer mandatory": ("$defs/Plan/required", []),
    "no pattern any more": (f"{PLAN}/id/pattern", GONE),
    "a shorter least length": (f"{PLAN}/title/minLength", 0),
    "any number": (f"{PLAN}/title/type", ["string", "integer"]),
    "other fields": ("$defs/Plan/additionalProperties", True),
    "a new record": ("$defs/Reason", {"type": "object"}),
    "other words": (f"{PLAN}/title/description", "What it is called."),
    "a default where none was": (f"{PLAN}/title/default", "None"),
}


def with_change(place: str, value: Any) -> dict[str, Any]:
    """The schema with something set, or gone, at a place."""
    changed: dict[str, Any] = json.loads(json.dumps(SCHEMA))
    *way, last = place.split("/")
    at: Any = changed
    for step in way:
        at = at[int(step) if step.isdecimal() else step]
    if value is GONE:
        del at[last]
    else:
        at[last] = value
    return changed


@pytest.mark.parametrize(("at", "value", "place"), NARROWER.values(), ids=NARROWER)
def test_what_breaks_files_is_found(at: str, value: Any, place: str) -> None:
    """Each such change of a schema is told, at its place, among them the four that griffe does not
    see: another type, a default gone, a new mandatory field, a changed value of a list.
    """
    found = schema.breaks(SCHEMA, with_change(at, value))

    assert place in {each.place for each in found}, found


@pytest.mark.parametrize(("at", "value"), WIDER.values(), ids=WIDER)
def test_what_breaks_no_file_passes(at: str, value: Any) -> None:
    """What takes everything that was taken is no break."""
    assert [] == schema.breaks(SCHEMA, with_change(at, value))


def test_the_schema_of_files_keeps_itself(today: Promise) -> None:
    """The real schema, with every record, is compared without a finding."""
    assert [] == today.broken_in_files_by(today)
    assert "Roadmap" in today.schema["$defs"]


def test_every_field_is_written_and_read_in_every_form(tmp_path: Path) -> None:
    """The files that are kept hold something in every field of every record."""
    corpus = files.sample()
    files.write(corpus, tmp_path / "files")

    assert [] == files.silent(corpus)
    assert [] == files.breaks(tmp_path / "files", same_format=True)


SPOILT = {
    "a file that is not read": ("everything.yaml", b"roadmaps: [", b""),
    "a file of other records": ("everything.ndjson", b"In our own words", b"In other words"),
    "the first file of other records": ("everything.json", b"In our own words", b"In other words"),
    "a field with its default written": ("everything.json", b'"kind":', b'"extensions":{},"kind":'),
}


@pytest.mark.parametrize(("name", "old", "new"), SPOILT.values(), ids=SPOILT)
def test_a_file_that_is_read_otherwise_is_found(
    name: str, old: bytes, new: bytes, tmp_path: Path
) -> None:
    """A file of an older version that this one does not read, or reads as other records, or would
    write otherwise.
    """
    kept = tool.recorded()[max(tool.recorded())] / "files"
    shutil.copytree(kept, tmp_path / "1.0.0" / "files")
    path = tmp_path / "1.0.0" / "files" / name
    path.write_bytes(path.read_bytes().replace(old, new, 1) if new else old)

    assert files.breaks(tmp_path / "1.0.0" / "files", same_format=True)


# --- versions -------------------------------------------------------------------------------------

BASE = Promise({"m": STUB}, SCHEMA, {"codes of rules": ["R101", "R102"]})
LESS = attrs.evolve(BASE, api={"m": STUB.replace("def check(", "def inspect(")})
CODE_GONE = attrs.evolve(BASE, words={"codes of rules": ["R101"]})
MORE = attrs.evolve(
    BASE, api={"m": STUB.replace('"check"]', '"check", "fix"]') + "def fix(): ...\n"}
)
NARROW = attrs.evolve(BASE, schema=with_change("$defs/Plan/required", ["id", "title"]))
NEXT_FORMAT = attrs.evolve(
    BASE,
    schema={
        **NARROW.schema,
        "properties": {
            **NARROW.schema["properties"],
            "wsis_model": {"enum": ["1", 1, "2", 2], "default": "2"},
        },
    },
)
#: Promised version, version today, what it offers, and what is said (a part of it; "" for nothing).
VERSIONS = {
    "a patch before 1.0 breaks nothing": ("0.1.0", "0.1.1", LESS, "m.check: public object was removed since 0.1.0; that needs 0.2.0"),
    "a minor version before 1.0 may": ("0.1.0", "0.2.0", LESS, ""),
    "a minor version after 1.0 may not": ("1.2.3", "1.3.0", LESS, "that needs 2.0.0"),
    "a major version may": ("1.2.3", "2.0.0", LESS, ""),
    "1.0 may": ("0.9.0", "1.0.0", LESS, ""),
    "a code is for life": ("0.1.0", "0.1.1", CODE_GONE, "codes of rules: 'R102' is gone"),
    "a patch before 1.0 may add": ("0.1.0", "0.1.1", MORE, ""),
    "a patch after 1.0 may not": ("1.2.3", "1.2.4", MORE, "that needs 1.3.0"),
    "a minor version after 1.0 may add": ("1.2.3", "1.3.0", MORE, ""),
    "files break with a new format only": ("0.1.0", "0.2.0", NARROW, "Plan.title: is mandatory now since 0.1.0; that needs 0.2.0 and a new version of the file format"),
    "and a new version of the package": ("0.1.0", "0.1.1", NEXT_FORMAT, "Plan.title"),
    "a new format in a new version may": ("0.1.0", "0.2.0", NEXT_FORMAT, ""),
    "nothing changed": ("0.1.0", "0.1.1", BASE, ""),
}  # fmt: skip


@pytest.mark.parametrize(("old", "new", "offer", "said"), VERSIONS.values(), ids=VERSIONS)
def test_the_version_decides(old: str, new: str, offer: Promise, said: str) -> None:
    """A break is told where the version does not allow it, with the version that would."""
    found = tool.complaints({Version.of(old): BASE}, offer, Version.of(new))

    assert bool(said) == bool(found), found
    assert said in "\n".join(found)


def test_a_version_is_compared_with_the_one_before_it() -> None:
    """Of several promises the last older one counts, and the own one of a version as well."""
    promised = {Version.of("0.1.0"): LESS, Version.of("0.1.1"): BASE, Version.of("0.2.0"): BASE}

    assert [] == tool.complaints(promised, LESS, Version.of("0.1.0"))
    assert 1 == len(tool.complaints(promised, LESS, Version.of("0.1.2")))
    assert "not released" in tool.complaints(promised, LESS, Version.of("0.2.0"))[-1]
    assert [] == tool.complaints(promised, MORE, Version.of("0.2.0"))


def test_a_released_version_stays_what_it_is() -> None:
    """Sources that offer more than what they are called promised need another version."""
    released = Version.of("0.1.0")

    assert [] == tool.complaints({released: BASE}, BASE, released, {released})
    assert "raise it" in tool.complaints({released: BASE}, MORE, released, {released})[-1]
    assert "not recorded" in tool.complaints({}, BASE, released, {released})[-1]


def test_a_break_that_is_none_is_accepted_by_name() -> None:
    """A break is passed over where its text is accepted, and a text of no break is told."""
    (break_,) = BASE.broken_by(LESS)
    versions = ({Version.of("0.1.0"): BASE}, LESS, Version.of("0.1.1"))

    assert [] == tool.complaints(*versions, accepted={"0.1.0": [str(break_)]})
    assert "nothing breaks there" in "\n".join(
        tool.complaints(*versions, accepted={"0.1.0": [str(break_), "m.other: removed"]})
    )


@pytest.mark.heavy
def test_a_closed_version_is_not_written_over(tmp_path: Path) -> None:
    """A version is recorded again and again until the changelog gives it a date."""
    version = Version.of(__version__)
    open_ = f"# Changelog\n\n## [{version}] - unreleased\n"
    closed = tool.dated(open_.replace("unreleased", "2027-01-31"))

    assert set() == tool.dated(open_)
    assert {version} == closed
    for said in (tool.dated(open_), tool.dated(open_), closed):
        refusal = tool.record(version, said, tmp_path)
        assert bool(said) == bool(refusal)
    assert Promise.today() == Promise.read(tmp_path / str(version))


def test_words_hold_what_programs_read() -> None:
    """Codes, columns inside lists, and options with their choices are promised each by itself."""
    said = words.promised()

    assert "I101" in said["codes of rules"]
    assert "check --profile draft" in said["arguments of commands"]
    assert "activities.alignments[].concept string" in said["columns of tables"]


@pytest.mark.parametrize("text", ["1.2", "", "v1.2.3"])
def test_a_version_has_three_numbers(text: str) -> None:
    """Anything else is refused."""
    with pytest.raises(ValueError, match="three numbers"):
        Version.of(text)
