"""Use an installed package, with nothing but its own dependencies, and ask for what each extra
brings. `check_wheel.py` runs it away from the sources.
"""

from __future__ import annotations

import datetime
import importlib
import importlib.metadata
import io
import tempfile
import zipfile
from collections.abc import Callable
from pathlib import Path

import wsis_model
from wsis_model import Corpus, MissingExtra
from wsis_model.interop import ical
from wsis_model.pages import roadmap_page

CORPUS = wsis_model.catalogue()


def use() -> None:
    """Load, check, join, write a page."""
    mandate = CORPUS["80-173/113"].mandates[0]
    assert mandate.due.date == "2027"
    assert wsis_model.check(CORPUS).ok
    mine = wsis_model.loads("roadmaps: [{id: mine, title: Mine, owners: [itu]}]", "yaml")
    day = datetime.date(2027, 2, 1)
    page = roadmap_page(CORPUS | mine, "mine", as_of=day, pictures=False)
    assert "@media print" in page.to_html()


def module(name: str) -> Callable[[], object]:
    """To import a module of the package."""
    return lambda: importlib.import_module(f"wsis_model.{name}")


def foreign(name: str, data: bytes) -> Callable[[], object]:
    """To read a file of others."""
    return lambda: importlib.import_module(f"wsis_model.interop.{name}").read(data)


def package() -> bytes:
    """A package with the one part by which Word's files are known."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as parts:
        parts.writestr("[Content_Types].xml", "<Types/>")
        parts.writestr("word/document.xml", "<document/>")
    return made.getvalue()


#: What needs an extra, by the extra. Those that only bring what others call need no entry:
#: `all`, and `spark`, of which a user gives the session.
NEEDS: dict[str, Callable[[], object]] = {
    "testing": module("testing"),
    "akn": foreign("akn", b"<akomaNtoso/>"),
    "pdf": foreign("pdf", b"%PDF-1.7\nstartxref\n0\n%%EOF\n"),
    "docx": foreign("docx", package()),
    "fetch": lambda: wsis_model.fetch("A/RES/80/173", folder=tempfile.gettempdir()),
    "excel": lambda: wsis_model.save(Corpus(), Path(tempfile.gettempdir()) / "none.xlsx"),
    "ical": lambda: ical.to_ical((), name="Calendar"),
    "pandas": lambda: CORPUS.mandates().to_frame("pandas"),
    "polars": lambda: CORPUS.mandates().to_frame("polars"),
    "plot": lambda: wsis_model.pictures.decade(CORPUS).to_svg(),
    "arrow": module("relational"),
    "iati": foreign("iati", b"<iati-activities/>"),
    "rdf": lambda: importlib.import_module("wsis_model.interop.rdf").graph(CORPUS),
    "duckdb": module("scale"),
    "mcp": lambda: importlib.import_module("wsis_model.cli.mcp").server(CORPUS),
}
#: Extras that bring another, which is missed first.
FIRST = {"duckdb": "arrow"}


def ask_for_extras() -> None:
    """Each extra is asked for by its name, with the command that installs it."""
    told = importlib.metadata.metadata("wsis_model").get_all("Provides-Extra") or []
    extras = {*told} - {"all", "spark"}
    if extras != {*NEEDS}:
        raise SystemExit(f"extras that are not tried, or are none: {sorted(extras ^ {*NEEDS})}")
    for extra, ask in NEEDS.items():
        wanted = f"pip install 'wsis_model[{FIRST.get(extra, extra)}]'"
        try:
            ask()
        except MissingExtra as error:
            if wanted not in str(error):
                raise SystemExit(f"{extra}: {error}, where {wanted} belongs") from error
        else:
            raise SystemExit(f"what {extra} brings was not missed")


if __name__ == "__main__":
    use()
    ask_for_extras()
    print(f"{wsis_model.__version__}, {CORPUS}, {len(NEEDS)} extras asked for")
