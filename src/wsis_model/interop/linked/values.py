"""Single values as linked data has them: language tags, addresses, dates, numbers."""

from __future__ import annotations

import ipaddress
import json
import re
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from ...model import Record
from .mapping import NAMESPACES

__all__ = ["address", "by_language", "decimal", "is_iri", "json_text", "language_tag", "partial"]

#: RFC 5646, section 2.1, as far as our tags go: they have no subtags of one character.
_TAG = re.compile(
    r"[a-z]{2,3}(?:-[a-z]{3}){0,3}(?:-[a-z]{4})?(?:-(?:[a-z]{2}|[0-9]{3}))?"
    r"(?:-(?:[a-z0-9]{5,8}|[0-9][a-z0-9]{3}))*"
)
_UCS = (
    "\xa0-\ud7ff\uf900-\ufdcf\ufdf0-\uffef"
    + "".join(f"{chr(plane << 16)}-{chr((plane << 16) + 0xFFFD)}" for plane in range(1, 14))
    + "\U000e1000-\U000efffd"
)
_CHAR = rf"(?:[A-Za-z0-9._~!$&'()*+,;=:@{_UCS}-]|%[0-9A-Fa-f]{{2}})"
_PRIVATE = "\ue000-\uf8ff\U000f0000-\U000ffffd\U00100000-\U0010fffd"
#: RFC 3987, section 2.2.
_IRI = re.compile(
    r"(?P<scheme>[A-Za-z][A-Za-z0-9+.-]*):"
    rf"(?:(?P<authority>//(?:(?:(?!@){_CHAR})*@)?(?:\[(?P<ip>[0-9A-Fa-f:.]+)\]"
    rf"|(?:(?![:@]){_CHAR})*)(?::[0-9]*)?)(?P<path>(?:/{_CHAR}*)*)"
    rf"|(?P<rootless>/?(?:{_CHAR}+(?:/{_CHAR}*)*)?))"
    rf"(?:\?(?:{_CHAR}|[/?{_PRIVATE}])*)?(?:\#(?:{_CHAR}|[/?])*)?"
)


def language_tag(tag: str) -> str:
    """A language tag in lower case, in which RDF compares them, and well-formed (RFC 5646): from
    the first subtag that has no place there, it is for private use.

    Examples:
        >>> language_tag("zh-Hant"), language_tag("en-12")
        ('zh-hant', 'en-x-12')
    """
    lower = tag.lower()
    if _TAG.fullmatch(lower):
        return lower
    subtags = lower.split("-")
    for count in range(len(subtags) - 1, 0, -1):
        if _TAG.fullmatch(head := "-".join(subtags[:count])):
            return f"{head}-x-{'-'.join(subtags[count:])}"
    return f"x-{lower}"  # a record has no such tag


def by_language(texts: Mapping[str, str]) -> dict[str, str]:
    """Texts by well-formed language tag. SKOS allows one preferred label in each language, so tags
    that differ only by case are told apart with a subtag for private use.

    Examples:
        >>> by_language({"en-GB": "Colour", "en-gb": "colour"})
        {'en-gb': 'Colour', 'en-gb-x-2': 'colour'}
    """
    found: dict[str, str] = {}
    for language, text in texts.items():
        tag = first = language_tag(language)
        number = 1
        while tag in found:
            number += 1
            tag = f"{first}{'-' if '-x-' in first else '-x-'}{number}"
        found[tag] = text
    return found


def is_iri(text: str) -> bool:
    """Whether a text is an absolute IRI (RFC 3987) that readers of JSON-LD take as it is.

    Examples:
        >>> is_iri("https://www.itu.int/net4/wsis/"), is_iri("http://a b"), is_iri("dct:title")
        (True, False, False)
    """
    found = _IRI.fullmatch(text)
    if found is None or found["scheme"] in NAMESPACES:  # it would be read as a term of ours
        return False
    if found["rootless"] is not None and found["rootless"].startswith("//"):
        return False
    if found["ip"] is not None:
        try:
            ipaddress.IPv6Address(found["ip"])
        except ValueError:
            return False
    return True


def address(text: str) -> str | dict[str, str]:
    """An address as an IRI; as a text of type `xsd:anyURI` where it is none."""
    return text if is_iri(text) else {"@type": "xsd:anyURI", "@value": text}


def partial(date: str) -> str | dict[str, str]:
    """A day, a month or a year, each in its type of XML Schema.

    Examples:
        >>> partial("2027"), partial("2027-06-30")
        ({'@type': 'xsd:gYear', '@value': '2027'}, '2027-06-30')
    """
    if len(date) == 10:
        return date
    return {"@type": "xsd:gYear" if len(date) == 4 else "xsd:gYearMonth", "@value": date}


def decimal(number: Decimal) -> str:
    """A number as `xsd:decimal` has it in canonical form, which all readers leave alone.

    Examples:
        >>> decimal(Decimal("250000")), decimal(Decimal("0.5"))
        ('250000.0', '0.5')
    """
    text = format(number, "f")
    return text if "." in text else f"{text}.0"


def json_text(value: Any) -> str:
    """JSON data as one text; of records that are rows, their cells."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, default=_cells)


def _cells(value: Any) -> Any:
    assert isinstance(value, Record)
    return value.to_dict()
