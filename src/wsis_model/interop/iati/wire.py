"""What writer and reader of IATI share: names, texts that XML can hold, and how our identifiers
stand in its codes.

IATI lets a file carry attributes of other namespaces. Ours (`wsis:`) say what IATI has no code for
and what the road map would else lose its thread without: identifiers, the field in which a
reference stands, statuses, and how exact a date is.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

import attrs

from ..._version import BASE_IRI
from ...model import ActivityStatus, Resource, Translations, is_identifier
from ...model.record import first_day, last_day

__all__ = [
    "COMMITTED",
    "NAMESPACE",
    "SDG_INDICATORS",
    "STATUSES",
    "VERSION",
    "Code",
    "address",
    "clean",
    "cleaned",
    "code_of",
    "identifier_in",
    "is_money",
    "own_code",
    "partial_between",
    "titled",
]

VERSION: Final = "2.03"
#: That of our attributes; it does not follow the argument `base`, so that any reader knows it.
NAMESPACE: Final = f"{BASE_IRI}iati#"
#: Where the UN publishes goals, targets and indicators; IATI has no tag vocabulary for the last.
SDG_INDICATORS: Final = "http://metadata.un.org/sdg"

#: How far an activity has come, in the codes of `ActivityStatus`.
STATUSES: Final = {
    ActivityStatus.PLANNED: "1",
    ActivityStatus.UNDER_WAY: "2",
    ActivityStatus.DONE: "4",
    ActivityStatus.CANCELLED: "5",
    ActivityStatus.SUSPENDED: "6",
}
#: Statuses of a resource, in lower case, for which a budget is committed and not indicative.
COMMITTED: Final = frozenset(
    ("committed", "confirmed", "secured", "approved", "allocated", "received", "disbursed")
)

#: What XML 1.0 cannot hold, escaped or not.
_ILLEGAL = re.compile("[^\t\n\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_BREAK = re.compile("\r\n?")
_LONE_PERCENT = re.compile("%(?![0-9A-Fa-f]{2})")
#: What `xsd:anyURI` takes, up to its path.
_ADDRESS = re.compile(
    r"(?P<head>[a-zA-Z][a-zA-Z0-9+.-]*:"
    r"(?://(?:[^\[\]@/?#]*@)?(?:[^\[\]@:/?#]*|\[[0-9a-fA-F:.]+\])(?::[0-9]{1,5})?(?=[/?#]|$)"
    r"|(?!//)))(?P<rest>.*)",
    re.DOTALL,
)
_SDG = re.compile(r"sdg/(?P<code>[0-9]{1,2}(?:\.[0-9a-z]{1,2}(?P<indicator>\.[0-9]{1,2})?)?)")
_SDG_CODE = re.compile(r"[0-9]{1,2}(\.[0-9a-z]{1,2}(\.[0-9]{1,2})?)?")


def clean(text: str) -> str:
    r"""A text as XML can hold it and IATI wants it: no control characters, one kind of line break,
    no space around it.

    Examples:
        >>> clean(" a\r\nb\x00 ")
        'a\nb'
    """
    return _ILLEGAL.sub("", _BREAK.sub("\n", text)).strip()


def cleaned(texts: Translations) -> dict[str, str]:
    """The texts that say something once they are clean, by language."""
    return {language: said for language, text in texts.items() if (said := clean(text))}


def address(url: str | None) -> str | None:
    """An address as the schema takes it: signs that stand where they may not are escaped; None for
    what is none, or has a host that is none.

    Examples:
        >>> address("https://a.example/100%[x]"), address("https://a.example:x/")
        ('https://a.example/100%25%5Bx%5D', None)
    """
    found = _ADDRESS.fullmatch(url or "")
    if found is None:
        return None
    path, hash_, fragment = found["rest"].partition("#")
    rest = f"{path}{hash_}{fragment.replace('#', '%23')}".replace("[", "%5B").replace("]", "%5D")
    return _LONE_PERCENT.sub("%25", found["head"] + rest)


@attrs.frozen
class Code:
    """A code in a vocabulary of tags, of results or of indicators."""

    vocabulary: str
    """Code of the vocabulary, e.g. `"3"` for SDG targets, `"99"` for one that the publisher names.
    """
    code: str
    """The code, e.g. `"9.c"`."""
    uri: str | None = None
    """Where a vocabulary of the publisher's is defined."""


def code_of(identifier: str, base: str = BASE_IRI) -> Code:
    """How a record is tagged: SDG goals and targets in the vocabularies that IATI has for them, all
    else in our own.

    Examples:
        >>> code_of("sdg/9.c")
        Code(vocabulary='3', code='9.c', uri=None)
        >>> code_of("sdg/9.c.1").uri, code_of("80-173/113.1").code
        ('http://metadata.un.org/sdg', '113.1')
        >>> code_of("action-lines/c2")
        Code(vocabulary='99', code='c2', uri='https://w3id.org/wsis-model/action-lines')
    """
    if sdg := _SDG.fullmatch(identifier):
        if sdg["indicator"]:
            return Code("99", sdg["code"], SDG_INDICATORS)
        return Code("3" if "." in sdg["code"] else "2", sdg["code"])
    return own_code(identifier, base)


def identifier_in(found: Code, base: str = BASE_IRI) -> str | None:
    """The identifier of the record that a tag names; None for a vocabulary that is neither that of
    the Sustainable Development Goals nor ours.

    Examples:
        >>> [identifier_in(code_of(each)) for each in ("sdg/9", "gdc/11-a", "itu")]
        ['sdg/9', 'gdc/11-a', 'itu']
        >>> identifier_in(Code("1", "c_2018")) is None
        True
    """
    code = found.code.strip()
    own_sdg = (found.uri or "").rstrip("/") == SDG_INDICATORS
    if found.vocabulary in ("2", "3", "4") or (found.vocabulary in ("98", "99") and own_sdg):
        code = code.lower()
        return f"sdg/{code}" if _SDG_CODE.fullmatch(code) else None
    uri = found.uri
    if found.vocabulary not in ("98", "99") or uri is None or not uri.startswith(base):
        return None
    owner = uri.removeprefix(base).strip("/")
    identifier = f"{owner}/{code}" if owner else code
    return identifier if is_identifier(identifier) else None


def partial_between(first: str, last: str) -> str | None:
    """The year, month or day that lasts from one day to another; None where none does.

    Examples:
        >>> partial_between("2027-01-01", "2027-12-31"), partial_between("2027-02-01", "2027-02-28")
        ('2027', '2027-02')
        >>> partial_between("2027-01-01", "2027-03-31") is None
        True
    """
    for length in (10, 7, 4):
        partial = first[:length]
        if (first_day(partial).isoformat(), last_day(partial).isoformat()) == (first, last):
            return partial
    return None


def own_code(identifier: str, base: str = BASE_IRI) -> Code:
    """How a record is named where IATI has no vocabulary for its kind: in our own.

    Examples:
        >>> own_code("deliverables/report").code, own_code("sdg/9.c").vocabulary
        ('report', '99')
    """
    owner, _, code = identifier.partition("/")
    return Code("99", code, f"{base}{owner}") if code else Code("99", owner, base)


def titled(texts: Mapping[str, str], identifier: str, language: str) -> dict[str, str]:
    """A title that IATI takes: where the texts say nothing, the identifier."""
    return cleaned(Translations(texts)) or {language: identifier}


def is_money(resource: Resource) -> bool:
    """Whether a resource can be a budget: an amount in a currency."""
    return resource.amount is not None and resource.currency is not None
