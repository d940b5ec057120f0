"""Where official files are, and getting them: from a server on this computer, never from the
network.
"""

from __future__ import annotations

import builtins
import hashlib
import http.server
import pickle
import re
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

import wsis_model.sources as home
from wsis_model.cli import main
from wsis_model.errors import FetchError, MissingExtra, NotAReference
from wsis_model.sources import OfficialFile, fetch, sources_of

DATA = Path(home.__file__).parent / "data" / "official_files.yaml"
XML = b'<akomaNtoso xmlns="http://docs.oasis-open.org/legaldocml/ns/akn/3.0"/>'


class Server:
    """Files by their path, and what was asked for."""

    def __init__(self) -> None:
        self.files: dict[str, bytes] = {}
        self.asked: list[str] = []
        outer = self

        class Handler(http.server.BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                outer.asked.append(self.path)
                data = outer.files.get(self.path)
                self.send_response(404 if data is None else 200)
                self.send_header("Content-Length", str(len(data or b"")))
                self.end_headers()
                self.wfile.write(data or b"")

            def log_message(self, format: str, *args: object) -> None:
                pass

        self.http = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.http.server_port}"


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[Server]:
    """A server on this computer, asked without any proxy."""
    pytest.importorskip("pooch")
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    made = Server()
    thread = threading.Thread(target=made.http.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield made
    made.http.shutdown()
    thread.join()
    made.http.server_close()


@pytest.fixture
def known(monkeypatch: pytest.MonkeyPatch, server: Server) -> OfficialFile:
    """A/RES/99/1 in French, a file whose SHA-256 is known, at the address that the data tells."""
    record = {
        "in": "here",
        "commit": "0" * 40,
        "path": "99 session/f.xml",
        "sha256": hashlib.sha256(XML).hexdigest(),
    }
    data: dict[str, Any] = {
        "repositories": {"here": server.url},
        "within": {},
        "akn": {"A/RES/99/1": {"fr": record}},
    }
    monkeypatch.setattr(home, "_official_files", lambda: data)
    server.files[f"/{'0' * 40}/99%20session/f.xml"] = XML
    return sources_of("A/RES/99/1")[0]


def failure(*arguments: Any, **settings: Any) -> FetchError:
    with pytest.raises(FetchError) as caught:
        fetch(*arguments, **settings)
    return caught.value


# --- where they are -------------------------------------------------------------------------------


def test_the_outcome_is_listed_in_every_language_and_format() -> None:
    """A/RES/80/173: six XML files at a fixed commit with their SHA-256, and the pages of
    docs.un.org.
    """
    files = sources_of("A/RES/80/173")

    assert {(language, form) for language in home.LANGUAGES for form in home.FORMATS} == {
        (each.language, each.format) for each in files
    }
    assert "https://docs.un.org/fr/A/RES/80/173" in {each.url for each in files}
    assert all(
        re.search(r"/[0-9a-f]{40}/80session/", each.url) and each.sha256
        for each in files
        if each.format == "akn"
    )
    assert all(each.sha256 is None for each in files if each.format != "akn")


@pytest.mark.parametrize(
    "said", ["80/173", "80-173", "resolution 80/173", "A/RES/80/173, para. 113", "80-173/113.1"]
)
def test_a_document_is_found_however_it_is_written(said: str) -> None:
    """References, identifiers, and whatever lies within the document."""
    assert sources_of("A/RES/80/173") == sources_of(said)


def test_works_within_documents_and_old_symbols() -> None:
    """A work published within another document is there; old symbols are written as their addresses
    are; a treaty has none.
    """
    assert (
        {"A/RES/79/1"}
        == {each.symbol for each in sources_of("GDC")}
        == {each.symbol for each in sources_of("A/RES/79/1, annex I")}
    )
    assert "https://docs.un.org/en/A/RES/217(III)" in {
        each.url for each in sources_of("resolution 217 A (III)")
    }
    assert "https://docs.un.org/en/A/80/L.41" in {each.url for each in sources_of("A/80/L.41")}
    assert () == sources_of("un-charter")
    with pytest.raises(NotAReference):
        sources_of("no document at all")


def test_names_and_downloads() -> None:
    """What a file is called here is a file name on every system; PDF and Word files come from where
    the UN gives them.
    """
    files = {
        (each.language, each.format): each
        for symbol in ("80/173", "S/RES/1325 (2000)")
        for each in sources_of(symbol)
    }

    assert "S_RES_1325_(2000).ru.pdf" == files["ru", "pdf"].name
    assert (
        "https://documents.un.org/api/symbol/access?s=S/RES/1325(2000)&l=ru&t=doc"
        == files["ru", "docx"].download
    )
    assert files["ru", "akn"].url == files["ru", "akn"].download


def test_the_data_is_whole() -> None:
    """Every known file has an address at a commit, a SHA-256 of its own, and a path that is its
    symbol's and language's.
    """
    data = yaml.safe_load(DATA.read_text(encoding="utf-8"))
    files = [
        (symbol, language, each)
        for symbol, languages in data["akn"].items()
        for language, each in languages.items()
    ]

    assert (
        len(files)
        == len({each["sha256"] for _, _, each in files})
        == len({each["path"] for _, _, each in files})
    )
    for symbol, language, each in files:
        assert re.fullmatch(r"[0-9a-f]{40}", each["commit"]), each
        assert re.fullmatch(r"[0-9a-f]{64}", each["sha256"]), each
        name = f"{symbol.replace('/', '_')}-[0-9]{{7}}{home.LANGUAGES[language][0]}.xml"
        assert re.fullmatch(
            rf"(?:[0-9]+session|20[0-9]+)/{home.LANGUAGES[language]}/{name}", each["path"]
        ), each
        assert each["in"] == ("ecosoc" if symbol.startswith("E/") else "ga"), each


def test_the_sums_are_those_of_the_files(shared: Path) -> None:
    """Every real file whose SHA-256 is known has it."""
    for symbol, languages in yaml.safe_load(DATA.read_text(encoding="utf-8"))["akn"].items():
        for language, each in languages.items():
            file = (
                shared
                / "documents"
                / "akn"
                / f"{symbol.replace('/', '_')}.{home.LANGUAGES[language]}.xml"
            )
            assert hashlib.sha256(file.read_bytes()).hexdigest() == each["sha256"], each


# --- getting them ---------------------------------------------------------------------------------


def test_a_file_is_fetched_once(
    known: OfficialFile, server: Server, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    """It comes from the address that is known, is kept under its name, and is not asked for again;
    nothing is printed.
    """
    path = fetch("A/RES/99/1", language="fr", folder=tmp_path / "new")

    assert (tmp_path / "new" / "A_RES_99_1.fr.xml", XML) == (path, path.read_bytes())
    assert path == fetch("99-1", language="fr", folder=str(path.parent))
    assert 1 == len(server.asked)
    assert ("", "") == capfd.readouterr()


def test_the_cache_folder_is_where_files_are_kept(
    known: OfficialFile, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Without a folder it is the user's cache."""

    def cache(name: str) -> Path:
        return tmp_path / name

    monkeypatch.setattr("pooch.os_cache", cache)

    assert tmp_path / "wsis_model" / known.name == fetch("A/RES/99/1", language="fr")


def test_a_mirror_has_files_by_their_names_here(server: Server, tmp_path: Path) -> None:
    """Any symbol, language and format can come from a mirror, known or not."""
    server.files = {"/un/A_RES_75_240.es.pdf": b"%PDF-1.7 ...", "/un/A_RES_75_240.es.xml": XML}

    for form in ("pdf", "akn"):
        path = fetch(
            "A/RES/75/240",
            language="es",
            format=form,
            folder=tmp_path,
            base_url=f"{server.url}/un/",
        )
        assert server.files[f"/un/{path.name}"] == path.read_bytes(), form


def test_a_file_that_is_not_there(known: OfficialFile, server: Server, tmp_path: Path) -> None:
    """A 404 is told with the address, and with where to put the file; no file is left."""
    server.files.clear()
    error = failure("A/RES/99/1", language="fr", folder=tmp_path)

    assert ("A/RES/99/1", "fr", "akn", known.url, str(tmp_path / known.name)) == (
        error.symbol,
        error.language,
        error.format,
        error.url,
        error.path,
    )
    assert "404" in str(error)
    assert f"download it from {known.url} by hand and put it at {tmp_path / known.name}" in str(
        error
    )
    assert [] == list(tmp_path.iterdir())


def test_no_network(known: OfficialFile, server: Server, tmp_path: Path) -> None:
    """A server that is away is told like that."""
    server.http.server_close()
    error = failure("A/RES/99/1", language="fr", folder=tmp_path)

    assert f"{known.url} cannot be reached" == error.reason
    assert error.url == known.url
    assert isinstance(error, OSError)
    assert error == pickle.loads(pickle.dumps(error))
    assert [] == list(tmp_path.iterdir())


def test_another_file_than_the_one_that_is_known(
    known: OfficialFile, server: Server, tmp_path: Path
) -> None:
    """What has another SHA-256 is not kept, and nobody is told to get it by hand."""
    server.files = dict.fromkeys(server.files, XML + b" ")
    error = failure("A/RES/99/1", language="fr", folder=tmp_path)

    assert "another SHA-256" in error.reason
    assert "was not kept" in error.reason
    assert error.url is None
    assert [] == list(tmp_path.iterdir())


@pytest.mark.parametrize("form", ["akn", "pdf", "docx"])
def test_a_page_in_the_place_of_a_file(form: Any, server: Server, tmp_path: Path) -> None:
    """A page that asks to log in is no official file, whatever its address: it is not kept."""
    suffix = home.FORMATS[form][0]
    server.files = {
        f"/A_RES_75_240.en.{suffix}": b"<!doctype html><html><title>Log in</title></html>"
    }
    error = failure("A/RES/75/240", format=form, folder=tmp_path, base_url=server.url)

    assert "is no file of that format" in error.reason
    assert [] == list(tmp_path.iterdir())


def test_a_file_put_there_by_hand(known: OfficialFile, server: Server, tmp_path: Path) -> None:
    """It is used without asking anybody, and held to what is known; what is wrong stays, and is
    said to be wrong.
    """
    place = tmp_path / known.name
    place.write_bytes(XML)
    assert place == fetch("A/RES/99/1", language="fr", folder=tmp_path)

    for data, said in ((XML + b" ", "another SHA-256"), (b"", "another SHA-256")):
        place.write_bytes(data)
        assert said in failure("A/RES/99/1", language="fr", folder=tmp_path).reason
        assert data == place.read_bytes()
    (tmp_path / "A_RES_99_1.en.pdf").write_bytes(b"<html>")
    assert (
        "is no file of that format" in failure("A/RES/99/1", format="pdf", folder=tmp_path).reason
    )
    assert [] == server.asked


def test_a_file_whose_address_is_not_known(
    known: OfficialFile, server: Server, tmp_path: Path
) -> None:
    """The folder of the UN's repository where it may be is told; a file put in place is used."""
    error = failure("A/RES/99/2", language="zh", folder=tmp_path)

    assert "https://github.com/UNxml/GAresolutions/tree/HEAD/99session/Chinese" == error.url
    assert (
        "https://github.com/UNxml/ECOSOCresolutions/tree/HEAD/2031/English"
        == failure("E/RES/2031/4", folder=tmp_path).url
    )
    assert "https://github.com/UNxml" == failure("A/80/L.41", folder=tmp_path).url
    assert error.path is not None
    Path(error.path).write_bytes(XML)
    assert Path(error.path) == fetch("A/RES/99/2", language="zh", folder=tmp_path)
    assert [] == server.asked


def test_what_cannot_be_asked_for(server: Server, tmp_path: Path) -> None:
    """Languages and formats that there are not, and works without a symbol."""
    wrong: Any = "doc"

    assert (
        "ar, en, es, fr, ru, zh" in failure("A/RES/80/173", language="de", folder=tmp_path).reason
    )
    assert "akn, pdf, docx" in failure("A/RES/80/173", format=wrong, folder=tmp_path).reason
    assert "no symbol" in failure("un-charter", folder=tmp_path).reason
    assert [] == server.asked


def test_a_folder_that_cannot_be_one(known: OfficialFile, tmp_path: Path) -> None:
    """A folder that is a file, and a file that is a folder, are told as what they are."""
    (tmp_path / "file").write_bytes(b"")
    (tmp_path / "A_RES_99_1.fr.xml").mkdir()

    assert "file" in failure("A/RES/99/1", language="fr", folder=tmp_path / "file").reason
    assert "cannot be read" in failure("A/RES/99/1", language="fr", folder=tmp_path).reason


def test_without_the_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    """Listing needs nothing; fetching says what to install."""
    monkeypatch.setitem(sys.modules, "pooch", None)

    assert sources_of("A/RES/80/173")
    with pytest.raises(MissingExtra, match=r"wsis_model\[fetch\]"):
        fetch("A/RES/80/173")


def test_nothing_of_the_network_is_imported_to_list(monkeypatch: pytest.MonkeyPatch) -> None:
    """`sources_of` never asks for a module that opens connections."""
    asked: list[str] = []
    real = builtins.__import__

    def noting(name: str, *arguments: Any, **settings: Any) -> Any:
        asked.append(name)
        return real(name, *arguments, **settings)

    monkeypatch.setattr(builtins, "__import__", noting)
    sources_of("A/RES/80/118")

    assert not {"socket", "http.client", "requests", "pooch", "urllib.request"} & set(asked)


# --- the command ----------------------------------------------------------------------------------


def test_the_command_prints_where_the_file_lies(
    known: OfficialFile, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """`wsis-model fetch SYMBOL --lang fr --format akn --folder DIR`."""
    code = main(
        ["fetch", "A/RES/99/1", "--lang", "fr", "--format", "akn", "--folder", str(tmp_path)]
    )

    assert (0, f"{tmp_path / known.name}\n") == (code, capsys.readouterr().out)


def test_the_command_says_what_went_wrong(
    known: OfficialFile, server: Server, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """One line on standard error, and the exit code 2."""
    server.files.clear()
    code = main(["fetch", "99/1", "--lang", "fr", "--folder", str(tmp_path)])
    printed = capsys.readouterr()

    assert (2, "") == (code, printed.out)
    assert re.fullmatch(
        r"wsis-model: A/RES/99/1 in 'fr' \(akn\): the server answered 404 .* by hand and put it at"
        r" .*\n",
        printed.err,
    )
