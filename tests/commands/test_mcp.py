"""The command `mcp`, spoken to over standard input and output by the official client."""

from __future__ import annotations

import datetime
import functools
import os
import sys
from pathlib import Path
from typing import Any, get_args

import anyio
import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st
from mcp import ClientSession, StdioServerParameters
from mcp.client.stdio import stdio_client
from running import FILES, Ran

import wsis_model as wsis
from wsis_model import Corpus, WsisModelError, cli
from wsis_model.cli import answers
from wsis_model.cli.answers import LONGEST, WHOSE, Desk
from wsis_model.model.kinds import KINDS

OFFICIAL = "Official: A/RES/80/173, https://docs.un.org/en/A/RES/80/173"
BROKEN = "roadmaps:\n- id: My Plan\n  titel: Schools\n  owners: [itu]\n"


@attrs.frozen
class Call:
    """A call of a tool, and what its answer says or does not say."""

    tool: str
    arguments: dict[str, Any]
    says: tuple[str, ...]
    not_says: tuple[str, ...] = ()
    fails: bool = False


CALLS = {
    "a search": Call("search", {"question": "splinternet"}, ("the best first", "themes/fragmentation (concept)")),
    "a search of kinds": Call("search", {"question": "road map", "kinds": ["mandate"], "limit": 2}, ("2 records", "(mandate)", OFFICIAL), ("(concept)",)),
    "a search of given files": Call("search", {"question": "unconnected schools"}, ("my-roadmap/a1",)),
    "a search in vain": Call("search", {"question": "zzzqqq"}, ("Nothing was found", OFFICIAL)),
    "a search for nothing": Call("search", {"question": "?!"}, ("Nothing was found",)),
    "a search for marks of its language": Call("search", {"question": 'NEAR(" OR *'}, (WHOSE,)),
    "a search of no such kind": Call("search", {"question": "a", "kinds": ["paragraph"]}, ("kinds",), fails=True),
    "a paragraph": Call("provision", {"reference": "A/RES/80/173, para. 113"}, (
        "80-173/113.1", "sessions/cstd-30", "Who is reached by 80-173/113.1",
        "ITU (itu): as facilitator of action-lines/c2 belongs to", "Cites", OFFICIAL,
    )),
    "a mandate": Call("provision", {"reference": "80-173/122.1"}, ("UNGIS (ungis): named",)),
    "an actor": Call("provision", {"reference": "RIPE NCC"}, ("ripe-ncc", "Asked of it")),
    "a given record": Call("provision", {"reference": "my-roadmap/a1"}, ("Map the unconnected schools",)),
    "a vocabulary, which is long": Call("provision", {"reference": "sdg"}, ("sdg",)),
    "a name that is nearly one": Call("provision", {"reference": "UNSECO"}, ("did you mean 'unesco'",), fails=True),
    "a paragraph beyond the last": Call("provision", {"reference": "para. 999"}, ("80-173/127",), fails=True),
    "a name of two": Call("provision", {"reference": "ICC"}, ("international-criminal-court",), fails=True),
    "a name with signs that nobody sees": Call("provision", {"reference": "a\0\u202eb"}, (r"\x00", r"\u202e"), fails=True),
    "a name without end": Call("provision", {"reference": "x" * 100_000}, ("at most 500",), fails=True),
    "no name": Call("provision", {}, ("reference",), fails=True),
    "mandates of an actor": Call("mandates", {"addressee": "ripe-ncc", "limit": 3}, ("of which the first 3", "reached: ")),
    "mandates by a session": Call("mandates", {"document": "A/RES/80/173", "due_by": "CSTD 30", "kind": "request"}, ("80-173/113.1", "due 2027", OFFICIAL), ("reached: ",)),
    "mandates of nobody": Call("mandates", {"addressee": "ripe-ncc", "action_line": "C2", "kind": "decision"}, ("No mandate fits", OFFICIAL)),
    "mandates of a misspelt theme": Call("mandates", {"about": "themes/fragmentatoin"}, ("themes/fragmentation",), fails=True),
    "mandates of no such kind": Call("mandates", {"kind": "wish"}, ("'commitment'",), fails=True),
    "a calendar": Call("calendar", {"since": "2027-01-01", "until": "2027-12-31", "document": "80-173"}, ("80-173/113.1", "CSTD 30 (sessions/cstd-30)", OFFICIAL), ("- 2026",)),
    "a calendar of an actor": Call("calendar", {"until": "2026-12-31", "who": "UNGIS"}, ("- 2026: 80-173/122.1",), ("- 2028",)),
    "a calendar of no days": Call("calendar", {"since": "2028-01-01", "until": "2027-01-01"}, ("the first day is the later",), fails=True),
    "a calendar before all": Call("calendar", {"until": "1990-01-01", "document": "gdc", "who": "ripe-ncc"}, (WHOSE,)),
    "a calendar of no day": Call("calendar", {"since": "soon"}, ("since",), fails=True),
    "a sound road map": Call("check_roadmap", {"text": FILES["roadmap.yaml"]}, ("Nothing is wrong in 1 road map",)),
    "a road map for publishing": Call("check_roadmap", {"text": FILES["roadmap.yaml"], "profile": "publish"}, ("[M721]", "roadmap.yaml:2:")),
    "a broken road map": Call("check_roadmap", {"text": BROKEN}, (
        "roadmap.yaml:2:7", "[wrong-identifier]", "write my-plan at roadmaps[0].id", "rename the last part of roadmaps[0].titel to title",
    )),
    "a road map as JSON": Call("check_roadmap", {"text": '{"roadmaps": [{"id": "p", "title": "P", "owners": ["unseco"]}]}', "format": "json"}, ("[R201]", "unesco", "roadmap.json:1:")),
    "a path": Call("check_roadmap", {"text": "roadmap.yaml"}, ("'roadmap.yaml' stands where a mapping belongs",), ("schools",)),
    "bytes that are no YAML": Call("check_roadmap", {"text": "roadmaps: [\0"}, ("[yaml-syntax]",)),
    "a deep road map": Call("check_roadmap", {"text": "[" * 50_000, "format": "json"}, ("roadmap.json",)),
    "a road map without end": Call("check_roadmap", {"text": "#" * (LONGEST + 1)}, (f"at most {LONGEST}",), fails=True),
    "a format that is not taken": Call("check_roadmap", {"text": "a", "format": "csv"}, ("'yaml' or 'json'",), fails=True),
    "no such tool": Call("delete_roadmap", {}, ("delete_roadmap",), fails=True),
}  # fmt: skip


@attrs.frozen
class Spoken:
    """What a server said in one session."""

    name: str
    version: str
    tools: dict[str, Any]
    answers: dict[str, tuple[bool, list[str]]]


async def _speak(folder: Path) -> Spoken:
    (folder / "roadmap.yaml").write_text(FILES["roadmap.yaml"], encoding="utf-8")
    server = StdioServerParameters(
        command=sys.executable,
        args=["-m", "wsis_model", "mcp", "roadmap.yaml"],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
    )
    async with stdio_client(server) as streams, ClientSession(*streams) as session:
        started = await session.initialize()
        tools = {each.name: each for each in (await session.list_tools()).tools}
        answers: dict[str, tuple[bool, list[str]]] = {}
        for name, call in CALLS.items():
            said = await session.call_tool(call.tool, call.arguments)
            texts = [str(getattr(each, "text", None)) for each in said.content]
            answers[name] = bool(said.is_error), texts
    return Spoken(started.server_info.name, started.server_info.version, tools, answers)


@pytest.fixture(scope="module")
def spoken(tmp_path_factory: pytest.TempPathFactory) -> Spoken:
    """One session with all calls."""
    return anyio.run(functools.partial(_speak, tmp_path_factory.mktemp("mcp")))


def test_the_server_says_what_it_is(spoken: Spoken) -> None:
    """Its name, its version, and five tools that only read."""
    assert ("wsis_model", wsis.__version__) == (spoken.name, spoken.version)
    assert ["search", "provision", "mandates", "calendar", "check_roadmap"] == list(spoken.tools)
    for tool in spoken.tools.values():
        hints = tool.annotations
        assert (True, False, False) == (
            hints.read_only_hint,
            hints.destructive_hint,
            hints.open_world_hint,
        )
        assert tool.title
        assert len(tool.description) > 80


def test_every_argument_has_a_bounded_schema(spoken: Spoken) -> None:
    """Each argument has a type; texts have a greatest length or a format, numbers a greatest
    value.
    """
    for tool in spoken.tools.values():
        for name, schema in tool.input_schema["properties"].items():
            for each in schema.get("anyOf", [schema]):
                bounds = {"string": {"maxLength", "format", "enum"}, "integer": {"maximum"}}
                bounding = bounds.get(each["type"], set(each))
                assert bounding & set(each), (tool.name, name)


@pytest.mark.parametrize("name", CALLS)
def test_each_call_is_answered(name: str, spoken: Spoken) -> None:
    """With one text, which says whose words it holds, and where the official ones are; or with an
    error that tells what was meant.
    """
    call, (failed, texts) = CALLS[name], spoken.answers[name]

    (text,) = texts
    assert call.fails == failed, text
    assert [] == [each for each in call.says if each not in text], text
    assert [] == [each for each in call.not_says if each in text], text
    assert len(text) < 60_000
    assert failed or (WHOSE in text and "https://" in text)


def test_kinds_offered_are_the_kinds_there_are() -> None:
    """The schema lists every kind of record."""
    assert [each.name for each in KINDS] == list(get_args(answers.Kinds))


def test_a_file_that_cannot_be_read_is_told_before_anything_is_served(
    capsys: pytest.CaptureFixture[str],
) -> None:
    """The command ends as all commands do."""
    ran = Ran(capsys, ("mcp", "broken.yaml"))

    assert 2 == ran.code
    assert "broken.yaml:2:" in ran.err


def test_without_the_package_the_command_says_what_to_install(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Or that of another age, which has no such module."""
    monkeypatch.setitem(sys.modules, "mcp.server.mcpserver", None)

    ran = Ran(capsys, ("mcp",))

    assert (2, True) == (ran.code, "pip install 'wsis_model[mcp]'" in ran.err)


@pytest.fixture(scope="module")
def desk(catalogue: Corpus) -> Desk:
    """A desk over the catalogue."""
    return Desk(catalogue)


@given(text=st.text(max_size=200) | st.text("[]{}:-&*!|>\"'\0\n a\ud800", max_size=60))
def test_whatever_is_asked_there_is_an_answer(text: str, desk: Desk) -> None:
    """A text, or one of our errors; never another."""
    for ask in (desk.search, desk.provision, desk.mandates, desk.check_roadmap):
        try:
            assert WHOSE in ask(text)
        except WsisModelError as error:
            assert len(str(error)) < 2_000  # noqa: PT017 - either is right


def test_a_road_map_that_was_given_is_checked_in_its_new_version(catalogue: Corpus) -> None:
    """The text takes the place of the road map that was given under the same identifier, and
    nothing is kept of it.
    """
    given = wsis.loads(FILES["roadmap.yaml"], "yaml")
    desk = Desk(catalogue | given)
    changed = FILES["roadmap.yaml"].replace("owners: [itu]", "owners: [unesco]")

    assert "Nothing is wrong in 1 road map" in desk.check_roadmap(changed)
    assert given.roadmaps == desk.corpus.roadmaps


def test_a_milestone_is_told_with_what_is_said_of_it(catalogue: Corpus) -> None:
    """Status, and who leads; of a road map that was given."""
    mine = wsis.loads(
        """roadmaps: [{id: m, title: M, owners: [itu], activities: [{id: m/a1, title: A, lead: unesco,
        milestones: [{id: m/a1.1, title: Survey, due: {date: 2027-03}, status: under-way}]}]}]""",
        "yaml",
    )
    said = Desk(catalogue | mine).calendar(
        datetime.date(2027, 3, 1), datetime.date(2027, 3, 31), "unesco"
    )

    assert "2027-03: m/a1.1 (milestone); by UNESCO (unesco); under-way: Survey" in said


def test_the_command_is_listed() -> None:
    """Among the others, with what it does."""
    assert "mcp" in cli._parser().format_help()  # pyright: ignore[reportPrivateUsage]  # all commands are asked of it
