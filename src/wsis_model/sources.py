"""Where the official files are, and getting them.

Nothing of this library looks at the network unless [`fetch`][wsis_model.fetch] is called. The
addresses and the SHA-256 that are known are data (`data/official_files.yaml`); the rest is made
from the symbol.
"""

from __future__ import annotations

import contextlib
import functools
import hashlib
import os
import re
from collections.abc import Generator
from importlib import import_module
from importlib.resources import files
from pathlib import Path
from typing import Any, Literal
from urllib.parse import quote

import attrs

from .errors import FetchError, MissingExtra
from .model import cite, parse_reference

__all__ = ["OfficialFile", "fetch", "sources_of"]

FileFormat = Literal["akn", "pdf", "docx"]

#: The official languages, with the names that the UN's repositories give to their folders.
LANGUAGES = {
    "ar": "Arabic",
    "en": "English",
    "es": "Spanish",
    "fr": "French",
    "ru": "Russian",
    "zh": "Chinese",
}
#: The formats, each with the suffix of its files, and with what such a file has in its first bytes.
FORMATS: dict[str, tuple[str, bytes]] = {
    "akn": ("xml", b"<akomaNtoso"),
    "pdf": ("pdf", b"%PDF-"),
    "docx": ("docx", b"PK\x03\x04"),
}
#: How many seconds to wait for a server.
TIMEOUT = 30
_HEAD = 4096
_PAGES = "https://docs.un.org"
_DOWNLOADS = "https://documents.un.org/api/symbol/access"
_REPOSITORIES = "https://github.com/UNxml"


@attrs.frozen
class OfficialFile:
    """An official file of a document: in which language and format, where it is, and how to know it
    again.
    """

    symbol: str
    """The document, e.g. `"A/RES/80/173"`."""
    language: str
    """Language, e.g. `"fr"`."""
    format: FileFormat
    """`"akn"` (Akoma Ntoso, the UN's XML), `"pdf"` or `"docx"`."""
    url: str
    """Its address; of a PDF or Word file the page that shows it."""
    sha256: str | None = None
    """SHA-256 of the file, where it is known."""
    note: str = ""
    """What to know about it."""

    @property
    def name(self) -> str:
        """What the file is called where `fetch` keeps it, e.g. `"A_RES_80_173.fr.xml"`."""
        stem = re.sub(r"[^A-Za-z0-9.()-]+", "_", self.symbol)
        return f"{stem}.{self.language}.{FORMATS[self.format][0]}"

    @property
    def download(self) -> str:
        """The address that gives the file itself."""
        if self.format == "akn":
            return self.url
        kind = {"pdf": "pdf", "docx": "doc"}[self.format]
        return f"{_DOWNLOADS}?s={_quoted(self.symbol)}&l={self.language}&t={kind}"


def sources_of(reference: str) -> tuple[OfficialFile, ...]:
    """The official files of a document, by its symbol, identifier or name; empty for a work that
    has no symbol.

    The UN publishes resolutions of the General Assembly since 2019 and of ECOSOC since 2021 as XML;
    listed are those of which we know the commit and the SHA-256. A work that is published within
    another document is listed with that document's files.

    Raises:
        NotAReference: The text names no document.

    Examples:
        >>> [file.language for file in sources_of("A/RES/80/173") if file.format == "akn"]
        ['ar', 'en', 'es', 'fr', 'ru', 'zh']
        >>> sources_of("80/118")[0].url.rpartition("/")[2]
        'A_RES_80_118-2520736E.xml'
        >>> {file.symbol for file in sources_of("Global Digital Compact")}
        {'A/RES/79/1'}
    """
    symbol = _symbol(reference)
    return () if symbol is None else tuple(_files(symbol))


def _quoted(symbol: str) -> str:
    return quote(symbol.replace(" ", ""), safe="/()")


def _symbol(reference: str) -> str | None:
    """The symbol of the document that is meant, or of the one that it is published in."""
    work = parse_reference(reference).partition("/")[0]
    within: dict[str, str] = _official_files()["within"]
    symbol = within.get(work) or cite(work)
    if old := re.fullmatch(r"resolution ([0-9]+)(?: [A-Z])? (\([IVXL]+\))", symbol):
        return f"A/RES/{old[1]} {old[2]}"
    return symbol if "/" in symbol else None


def _files(symbol: str) -> Generator[OfficialFile]:
    known_files = _official_files()
    for language, known in known_files["akn"].get(symbol, {}).items():
        repository = known_files["repositories"][known["in"]]
        url = f"{repository}/{known['commit']}/{quote(known['path'])}"
        note = "an unofficial copy, made by the UN from the official file"
        yield OfficialFile(symbol, language, "akn", url, known["sha256"], note)
    notes: dict[FileFormat, str] = {
        "pdf": "the official text; not every document is in every language",
        "docx": "older documents are in a Word format that cannot be read here",
    }
    for language in LANGUAGES:
        address = f"{_PAGES}/{language}/{_quoted(symbol)}"
        for form, note in notes.items():
            yield OfficialFile(symbol, language, form, address, note=note)


@functools.cache
def _official_files() -> dict[str, Any]:
    import yaml

    data = files("wsis_model").joinpath("data", "official_files.yaml").read_bytes()
    known: dict[str, Any] = yaml.safe_load(data)
    return known


# --- getting them ---------------------------------------------------------------------------------


def fetch(
    reference: str,
    *,
    language: str = "en",
    format: FileFormat = "akn",
    folder: str | os.PathLike[str] | None = None,
    base_url: str | None = None,
) -> Path:
    """Get an official file; the path where it is kept. What was fetched once, or was put there by
    hand, is not fetched again.

    The file is compared with the SHA-256 that is known; where none is known, only its format is
    checked. Needs the extra `fetch`.

    Args:
        reference: Symbol, identifier or name of the document.
        language: One of the six official languages: `ar`, `en`, `es`, `fr`, `ru`, `zh`.
        format: `"akn"` (the UN's XML), `"pdf"` or `"docx"`.
        folder: Where to keep the file; without it, the user's cache folder.
        base_url: A mirror that has the files under the names by which they are kept here, e.g.
            `A_RES_80_173.fr.xml`.

    Raises:
        FetchError: The file could not be got, or is not the one that is known; the error has what
            to download by hand and where to put it.
        NotAReference: The text names no document.
        MissingExtra: pooch is not installed.
    """
    pooch = _pooch()
    wanted = _file_to_fetch(reference, language, format)
    path = Path(pooch.os_cache("wsis_model") if folder is None else folder) / wanted.name
    if path.exists():
        _verify(wanted, path)
        return path
    if base_url is None and wanted.url.startswith(_REPOSITORIES):
        raise _failed(wanted, "the address of this file is not known here", path)
    url = wanted.download if base_url is None else f"{base_url.rstrip('/')}/{quote(wanted.name)}"
    with _without_logging(pooch):
        try:
            pooch.retrieve(
                url,
                wanted.sha256,
                fname=path.name,
                path=path.parent,
                downloader=_downloader(pooch, wanted.format),
            )
        except OSError as error:
            raise _failed(wanted, _reason(error, url), path) from error
        except _WrongFormatError as error:
            raise _failed(
                wanted, f"what came from {url} is no file of that format, and was not kept", path
            ) from error
        except ValueError as error:
            reason = (
                f"what came from {url} has another SHA-256 than the file that is known, "
                "and was not kept"
            )
            raise _failed(wanted, reason, path, by_hand=False) from error
    return path


def _file_to_fetch(reference: str, language: str, form: FileFormat) -> OfficialFile:
    """The file to fetch; for the XML of a document that we do not know, where the UN keeps such
    files.
    """
    symbol = _symbol(reference)
    for kind, given, known in (("language", language, LANGUAGES), ("format", form, FORMATS)):
        if given not in known:
            reason = f"there is no such {kind}; there are {', '.join(known)}"
            raise FetchError(symbol or reference, language, form, reason)
    if symbol is None:
        raise FetchError(reference, language, form, "it has no symbol to fetch it by")
    known_files = (
        file for file in _files(symbol) if (file.language, file.format) == (language, form)
    )
    return next(known_files, None) or OfficialFile(
        symbol, language, form, _folder_address(symbol, language)
    )


def _folder_address(symbol: str, language: str) -> str:
    """Where to look for the XML of a document that we do not know: the folder of its session, or
    all repositories.
    """
    if assembly := re.fullmatch(r"A/RES/([0-9]+)/.*", symbol):
        return f"{_REPOSITORIES}/GAresolutions/tree/HEAD/{assembly[1]}session/{LANGUAGES[language]}"
    if council := re.fullmatch(r"E/RES/([0-9]+)/.*", symbol):
        return f"{_REPOSITORIES}/ECOSOCresolutions/tree/HEAD/{council[1]}/{LANGUAGES[language]}"
    return _REPOSITORIES


def _failed(wanted: OfficialFile, reason: str, path: Path, *, by_hand: bool = True) -> FetchError:
    where = (wanted.url, str(path)) if by_hand else (None, None)
    return FetchError(wanted.symbol, wanted.language, wanted.format, reason, *where)


def _verify(wanted: OfficialFile, path: Path) -> None:
    """Refuse a file that is there already and is not the one that is known."""
    try:
        data = path.read_bytes()
    except OSError as error:
        reason = f"{path} cannot be read: {error.strerror}"
        raise _failed(wanted, reason, path, by_hand=False) from error
    if wanted.sha256 is not None and hashlib.sha256(data).hexdigest() != wanted.sha256:
        reason = (
            f"{path} has another SHA-256 than the file that is known; remove it to fetch it anew"
        )
    elif not _is_of_format(data[:_HEAD], wanted.format):
        reason = f"{path} is no file of that format; remove it to fetch it anew"
    else:
        return
    raise _failed(wanted, reason, path, by_hand=False)


def _is_of_format(head: bytes, form: str) -> bool:
    return FORMATS[form][1] in head


def _pooch() -> Any:
    try:
        return import_module("pooch")
    except ImportError:
        raise MissingExtra("fetch", "pooch") from None  # noqa: EM101 - facts, no sentence


class _WrongFormatError(ValueError):
    """What a server gave is something else: a page that asks to log in, say."""


def _downloader(pooch: Any, form: str) -> Any:
    """A downloader for pooch that checks the format while the file is still a temporary one."""
    get = pooch.HTTPDownloader(timeout=TIMEOUT)

    def download(url: str, output_file: str, asking: Any) -> None:
        get(url, output_file, asking)
        with Path(output_file).open("rb") as stream:
            if not _is_of_format(stream.read(_HEAD), form):
                raise _WrongFormatError

    return download


@contextlib.contextmanager
def _without_logging(pooch: Any) -> Generator[None]:
    """Keep pooch from logging to standard error: a library prints nothing."""
    logger = pooch.get_logger()
    before = logger.level
    logger.setLevel("ERROR")
    try:
        yield
    finally:
        logger.setLevel(before)


def _reason(error: OSError, url: str) -> str:
    """Why a download failed, in a few words: the message of `requests` fills a screen."""
    response = getattr(error, "response", None)
    if response is not None:
        response.close()  # pooch leaves it open
        return f"the server answered {response.status_code} for {url}"
    return (
        f"{error.filename} cannot be written: {error.strerror}"
        if error.strerror
        else f"{url} cannot be reached"
    )
