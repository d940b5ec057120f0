"""PDFs that cannot be read: empty, foreign, cut off, scanned, encrypted, beyond measure."""

from __future__ import annotations

from pdf_maker import Sheet, pdf, resolution

ENCRYPTED = (
    "/Encrypt << /Filter /Standard /V 1 /R 2 /O <{0}> /U <{0}> /P -4 >> /ID [<00> <00>]".format(
        "5A" * 32
    )
)
#: What each is, with its content and the code under which it is told.
PDFS: dict[str, tuple[bytes, str]] = {
    "nothing": (b"", "empty"),
    "a letter": (b"Dear colleagues", "pdf"),
    "a head alone": (b"%PDF-1.7 and that was all", "pdf"),
    "no pages": (b"%PDF-1.7\n%%EOF\n", "pdf"),
    "a part of a file": (resolution()[:6000], "pdf"),
    "a scan": (pdf([Sheet()]), "empty"),
    "a file with a password": (pdf([Sheet()], trailer=ENCRYPTED), "pdf"),
    "very many pages": (pdf([Sheet()], count=10**6), "too-large"),
}
