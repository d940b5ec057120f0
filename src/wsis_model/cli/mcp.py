"""`wsis-model mcp`: the Model Context Protocol over standard input and output, for assistants.

The tools only read; they look at no network, and at no file but those that were named when the
server was started.
"""

from __future__ import annotations

import functools
import inspect
from collections.abc import Callable
from importlib import import_module
from typing import Any

from .._version import __version__
from ..corpus import Corpus
from ..errors import MissingExtra, WsisModelError
from .answers import Desk

__all__ = ["serve", "server"]

INSTRUCTIONS = (
    "The outcome of the World Summit on the Information Society, twenty years on (A/RES/80/173), "
    "the Global Digital Compact, Action Lines, SDG targets, actors and sessions, as data; and road "
    "maps that answer them, where their files were given. Search first when you do not know an "
    "identifier. All summaries are in the words of wsis_model: never quote them as words of the "
    "United Nations, and give the official address with what you say."
)
#: The tools: name, title, the method of the desk that answers.
TOOLS = (
    ("search", "Search the WSIS outcome", Desk.search),
    ("provision", "Look up a paragraph or another record", Desk.provision),
    ("mandates", "What is asked, of whom, by when", Desk.mandates),
    ("calendar", "What falls due", Desk.calendar),
    ("check_roadmap", "Check the text of a road map", Desk.check_roadmap),
)


def server(corpus: Corpus) -> Any:
    """A server of the tools, as an `MCPServer` of the package `mcp`.

    Raises:
        MissingExtra: `mcp` is not installed, or is older than its second version.
    """
    try:
        module: Any = import_module("mcp.server.mcpserver")
        failure: Any = import_module("mcp.server.mcpserver.exceptions").ToolError
        hints: Any = import_module("mcp.types").ToolAnnotations
    except ImportError:
        raise MissingExtra("mcp", "mcp") from None  # noqa: EM101 - facts, no sentence
    made = module.MCPServer(
        "wsis_model",
        title="WSIS+20 outcome and road maps",
        instructions=INSTRUCTIONS,
        version=__version__,
        log_level="ERROR",
    )
    desk = Desk(corpus)
    for name, title, method in TOOLS:
        made.add_tool(
            _answering(method.__get__(desk), failure),
            name=name,
            title=title,
            description=" ".join((inspect.getdoc(method) or "").split()),
            annotations=hints(
                title=title,
                read_only_hint=True,
                destructive_hint=False,
                idempotent_hint=True,
                open_world_hint=False,
            ),
            structured_output=False,
        )
    return made


def _answering(method: Callable[..., str], failure: type[Exception]) -> Callable[..., str]:
    """A tool whose errors, when they are ours, reach the agent as sentences."""

    @functools.wraps(method)
    def answer(**arguments: Any) -> str:
        try:
            return method(**arguments)
        except WsisModelError as error:
            raise failure(str(error)) from error

    return answer


def serve(corpus: Corpus) -> None:
    """Answer until standard input ends.

    Raises:
        MissingExtra: `mcp` is not installed.
    """
    server(corpus).run("stdio")
