"""Akoma Ntoso that tests make, and what is read out of it."""

from __future__ import annotations

from pathlib import Path

from wsis_model.model import Document

FIXTURES = Path(__file__).parent / "fixtures" / "akn"
NAMES = sorted(path.name for path in FIXTURES.glob("*.xml"))


NAMESPACE = "http://docs.oasis-open.org/legaldocml/ns/akn/3.0"


def resolution(body: str, *, name: str = "resolution", root: str = "statement") -> bytes:
    """The bytes of a resolution A/RES/99/1 with this body."""
    return (
        f'<akomaNtoso xmlns="{NAMESPACE}"><{root}'
        f' name="{name}"><preface><p><docNumber>A/RES/99/1</docNumber><docTitle>Of'
        f" spoons</docTitle></p></preface>{body}</{root}></akomaNtoso>"
    ).encode()


def paragraph(text: str, num: str = "", cls: str = "") -> str:
    """A paragraph as the UN writes it."""
    number = f"<num>{num}</num>" if num else ""
    return (
        f'<paragraph class="{cls}">{number}<content><p'
        f' xml:space="preserve">{text}</p></content></paragraph>'
    )


def numbers(document: Document) -> list[str]:
    return [provision.number for provision in document.provisions]


def texts(document: Document, language: str = "und") -> dict[str, str]:
    return {
        provision.id.rpartition("/")[2]: provision.text.get(language, "")
        for provision in document.provisions
    }
