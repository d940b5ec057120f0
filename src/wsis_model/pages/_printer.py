"""A page as PDF: printed by a program that is there for browsing or writing."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from collections.abc import Callable
from pathlib import Path

from ..errors import MissingProgram

__all__ = ["printed"]

BROWSERS = (
    "chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome", "msedge",
)  # fmt: skip
OFFICES = ("soffice", "libreoffice")
#: Seconds that a program may take.
PATIENCE = 120
_PURPOSE, _PROGRAMS = "to print a page as PDF", ("Chromium (or Chrome)", "LibreOffice")


def printed(html: Callable[[], str], docx: Callable[[], bytes]) -> bytes:
    """A page as PDF: its HTML printed by a browser, or else its Word document by LibreOffice.

    Raises:
        MissingProgram: Neither is found on the path, or it did not write a PDF.
        MissingExtra: A package is missing to make the HTML or the Word document.
    """
    browser, office = _found(BROWSERS), _found(OFFICES)
    if browser is None and office is None:
        raise MissingProgram(_PURPOSE, _PROGRAMS)
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as name:
        folder = Path(name)
        target = folder / "page.pdf"
        if browser is not None:
            source = folder / "page.html"
            source.write_text(html(), encoding="utf-8", newline="\n")
            # A browser that root runs needs this, and the page runs no script.
            root = getattr(os, "geteuid", lambda: 1)() == 0
            _run(
                browser, "--headless", *(("--no-sandbox",) if root else ()), "--disable-gpu",
                "--no-first-run", "--disable-background-networking", "--disable-sync",
                "--disable-component-update", "--host-resolver-rules=MAP * ~NOTFOUND",
                f"--user-data-dir={folder / 'profile'}", "--no-pdf-header-footer",
                "--generate-pdf-document-outline", f"--print-to-pdf={target}", source.as_uri(),
            )  # fmt: skip
        if not _is_pdf(target) and office is not None:
            source = folder / "page.docx"
            source.write_bytes(docx())
            _run(
                office, "--headless", f"-env:UserInstallation={(folder / 'office').as_uri()}",
                "--convert-to", "pdf", "--outdir", str(folder), str(source),
            )  # fmt: skip
        if not _is_pdf(target):
            raise MissingProgram(_PURPOSE, _PROGRAMS, "was found, but wrote no PDF")
        return target.read_bytes()


def _found(names: tuple[str, ...]) -> str | None:
    return next(filter(None, map(shutil.which, names)), None)


def _run(*command: str) -> None:
    """Run a program to its end; what it could not do shows in what it wrote."""
    try:
        subprocess.run(  # noqa: S603 - a program of the path, with arguments of ours
            command, capture_output=True, timeout=PATIENCE, check=False
        )
    except (OSError, subprocess.TimeoutExpired):
        return


def _is_pdf(path: Path) -> bool:
    return path.is_file() and path.read_bytes()[:5] == b"%PDF-"
