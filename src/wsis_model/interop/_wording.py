"""What lines of United Nations documents say: symbols, sessions, days, annexes, opening words."""

from __future__ import annotations

import datetime as dt
import itertools
import re
from collections.abc import Callable, Iterable
from pathlib import PurePath
from typing import Any

from ..errors import NotAReference
from ..model import Citation, parse_reference
from ..model.identifiers import is_identifier

__all__ = [
    "MONTHS",
    "annex_of",
    "citation_of",
    "citations_of",
    "day_text",
    "facts_of_line",
    "facts_of_masthead",
    "identifier_of",
    "is_opening",
    "labels_after",
    "language_of_script",
    "letters_and_digits",
    "number_in_title",
    "one_line",
    "ordinal",
    "session_of_symbol",
    "symbol_in_name",
    "symbol_in_title",
]

_SYMBOL = re.compile(
    r"(?:A|E|S|ST)(?:/[A-Z0-9][A-Za-z0-9-]*(?:\.[0-9]+)*)+(?:\s?\([A-Za-z0-9. -]+\))?"
)
_NUMBER_IN_TITLE = re.compile(r"(\d{1,4}/\d+(?:\s[A-Z])?)\.\s*")
MONTHS = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]
_DATE = re.compile(rf"(\d{{1,2}})\s+({'|'.join(MONTHS)})\s+(\d{{4}})")
_MEETING = re.compile(r"(\d+(?:st|nd|rd|th)\s+(?:\(\w+\)\s+)?(?:plenary\s+)?meeting)")
_ADOPTED_BY = re.compile(
    r"Resolution adopted by the "
    r"(General Assembly|Economic and Social Council|Security Council)(?:\s+on\s+(.+))?"
)
_AGENDA = re.compile(
    r"(?:Agenda\s+items?|Items?)\s+(\d[^A-Z]*?)"
    r"(?:\s+of\s+the\s+(?:preliminary|provisional)\b.*)?[*†]*"
)
_ANNEX = re.compile(
    r"(?:Annexe?|Anexo|Приложение|附件|المرفق|مرفق)(?:\s+([IVXLC]{1,6}|\d{1,3}))?", re.IGNORECASE
)
_BODIES = {
    "General Assembly": "general-assembly",
    "Economic and Social Council": "ecosoc",
    "Security Council": "security-council",
    "Human Rights Council": "human-rights-council",
}
_ROMANS = [
    "i",
    "ii",
    "iii",
    "iv",
    "v",
    "vi",
    "vii",
    "viii",
    "ix",
    "x",
    "xi",
    "xii",
    "xiii",
    "xiv",
    "xv",
    "xvi",
    "xvii",
    "xviii",
    "xix",
    "xx",
]
_SCRIPTS = {
    "ar": re.compile("[\u0600-\u06ff]"),
    "zh": re.compile("[\u4e00-\u9fff]"),
    "ru": re.compile("[\u0400-\u04ff]"),
}

#: No document has as many annexes; more such headings are headings.
ANNEXES = 200

#: How documents open, in the six languages: the body that speaks, what it adopts, or the authors
#: themselves ("We").
_SPEAKER = re.compile(
    "The (?:General Assembly|Economic and Social Council|Security Council|Human Rights Council)"
    "|L[’']Assemblée générale|Le Conseil (?:économique et social|de sécurité)"
    "|La Asamblea General|El Consejo (?:Económico y Social|de Seguridad)"
    "|Генеральная Ассамблея|Экономический и Социальный Совет|Совет Безопасности"
    "|大会|经济及社会理事会|安全理事会"
    "|إن الجمعية العامة|إن المجلس الاقتصادي والاجتماعي|إن مجلس الأمن"
)
_ADOPTS = re.compile(r"(?:Adopts|Adopte|Aprueba|Принимает|通过|تعتمد)\s?\S")
_WE = re.compile(r"(?:We|Nous|Nosotr[oa]s|Мы|我们|نحن)\b.{0,400}[,:，：،]")
_UNITS = [
    "first",
    "second",
    "third",
    "fourth",
    "fifth",
    "sixth",
    "seventh",
    "eighth",
    "ninth",
    "tenth",
    "eleventh",
    "twelfth",
    "thirteenth",
    "fourteenth",
    "fifteenth",
    "sixteenth",
    "seventeenth",
    "eighteenth",
    "nineteenth",
]
_TENS = ("twent", "thirt", "fort", "fift", "sixt", "sevent", "eight", "ninet")


def one_line(text: str) -> str:
    r"""*text* with every run of white space, of whatever kind, as one space.

    Examples:
        >>> one_line("  25\u00a0March\t2025 ")
        '25 March 2025'
    """
    return " ".join(text.split())


def symbol_in_name(name: str) -> str | None:
    """The document symbol in a file's name, with `/` written as `_`.

    Examples:
        >>> (
        ...     symbol_in_name("docs/A_RES_80_173.json"),
        ...     symbol_in_name("A_80_L.41.docx"),
        ...     symbol_in_name("notes.docx"),
        ... )
        ('A/RES/80/173', 'A/80/L.41', None)
    """
    stem = re.sub(r"\.(?:json|docx)$", "", PurePath(name).name, flags=re.IGNORECASE)
    found = _SYMBOL.match(stem.replace("_", "/"))
    return found[0] if found else None


def identifier_of(symbol: str) -> str:
    """The identifier of the document of this symbol, also of symbols that end in words.

    Raises:
        NotAReference: It is no symbol.

    Examples:
        >>> identifier_of("A/RES/80/173"), identifier_of("A/80/6 (Plan outline)")
        ('80-173', 'a-80-6-plan-outline')
    """
    try:
        return parse_reference(symbol)
    except NotAReference:
        made = "-".join(re.findall(r"[a-z0-9]+", symbol.lower()))
        if _SYMBOL.fullmatch(symbol) and is_identifier(made):
            return made
        raise


def citation_of(text: str, url: str) -> Citation | None:
    """What a link cites: the document whose symbol is in its address, or a paragraph of it where
    its words name one; without a symbol, the words.

    Examples:
        >>> (
        ...     citation_of("70/1", "https://undocs.org/en/A/RES/70/1").target,
        ...     citation_of("its charter", "https://example.org").text,
        ... )
        ('70-1', 'its charter')
    """
    words = one_line(text)
    named = _reference(words)
    symbol = _SYMBOL.search(re.sub(r"^[a-z]+://[^/]*", "", url.replace("%20", " ")))
    address = _reference(symbol[0]) if symbol else None
    if address is not None:
        return Citation(
            target=named if named is not None and named.startswith(f"{address}/") else address
        )
    if named is not None:
        return Citation(target=named)
    return Citation(text=words) if words else None


def citations_of(
    links: Iterable[tuple[str, str]],
    citation: Callable[[str, str], Citation | None] = citation_of,
) -> tuple[Citation, ...]:
    """What links cite, each thing once; a link is its words and its address."""
    found = itertools.starmap(citation, links)
    return tuple(dict.fromkeys(each for each in found if each is not None))


def annex_of(heading: str, main: str, symbol: str | None, taken: Iterable[str]) -> str | None:
    """The identifier of the annex that a heading begins; None where it begins none.

    Examples:
        >>> (
        ...     annex_of("Annex I", "79-1", "A/RES/79/1", ()),
        ...     annex_of("Annex", "99-1", None, ()),
        ...     annex_of("Annexed maps", "99-1", None, ()),
        ... )
        ('gdc', '99-1-annex', None)
    """
    found = _ANNEX.fullmatch(heading)
    if found is None:
        return None
    number = found[1]
    made = f"{main}-annex-{number.lower()}" if number else f"{main}-annex"
    if number and symbol:
        made = _reference(f"{symbol}, annex {number.upper()}") or made
    names = set(taken)
    if len(names) > ANNEXES:
        return None
    return made if made not in names else f"{main}-annex-{len(names)}"


def _reference(text: str) -> str | None:
    try:
        return parse_reference(text)
    except NotAReference:
        return None


def is_opening(text: str) -> bool:
    """Whether a paragraph is the opening of a document, as "The General Assembly," is.

    Examples:
        >>> (
        ...     is_opening("The General Assembly,"),
        ...     is_opening("We, the delegations,"),
        ...     is_opening("Recalling its decision,"),
        ... )
        (True, True, False)
    """
    speaker = _SPEAKER.match(text)
    if speaker is not None and len(text) <= speaker.end() + 1:
        return True
    return _ADOPTS.match(text) is not None or _WE.fullmatch(text) is not None


def ordinal(words: str) -> int | None:
    """The number of an ordinal in words; None where they are none.

    Examples:
        >>> ordinal("eighty-first"), ordinal("fourth"), ordinal("last")
        (81, 4, None)
    """
    words = words.lower()
    for tens, stem in enumerate(_TENS, 2):
        if words == f"{stem}ieth":
            return tens * 10
        if words.startswith(f"{stem}y-") and words[len(stem) + 2 :] in _UNITS[:9]:
            return tens * 10 + _UNITS.index(words[len(stem) + 2 :]) + 1
    return _UNITS.index(words) + 1 if words in _UNITS else None


def session_of(text: str) -> str | None:
    """The session that a line names, e.g. "Eightieth session".

    Examples:
        >>> session_of("Eightieth session"), session_of("2024 session")
        ('sessions/ga-80', 'sessions/ecosoc-2024')
    """
    if year := re.fullmatch(r"(\d{4}) session", text):
        return f"sessions/ecosoc-{year[1]}"
    if (named := re.fullmatch(r"([A-Za-z-]+) session", text)) and (number := ordinal(named[1])):
        return f"sessions/ga-{number}"
    return None


def session_of_symbol(symbol: str) -> str | None:
    """The session in a symbol: of the General Assembly in its resolutions and drafts, of the
    Economic and Social Council in its resolutions.

    Examples:
        >>> session_of_symbol("A/C.2/80/L.58"), session_of_symbol("E/RES/2024/13")
        ('sessions/ga-80', 'sessions/ecosoc-2024')
    """
    if assembly := re.match(r"A/(?:RES/|C\.\d/)?(\d{1,3})/", symbol):
        return f"sessions/ga-{assembly[1]}"
    council = re.match(r"E/RES/(\d{4})/", symbol)
    return f"sessions/ecosoc-{council[1]}" if council else None


def _date_in(text: str) -> dt.date | None:
    found = _DATE.search(text)
    if found is None:
        return None
    try:
        return dt.date(int(found[3]), MONTHS.index(found[2]) + 1, int(found[1]))
    except ValueError:
        return None


def facts_of_line(text: str) -> dict[str, Any]:
    """The fields of a document that a line before or after its text states, with their values.

    Examples:
        >>> facts_of_line("Agenda item 18 (b)"), facts_of_line("68th plenary meeting")
        ({'agenda_item': '18 (b)'}, {'meeting': '68th plenary meeting'})
        >>> facts_of_line("[without reference to a Main Committee (A/80/L.41)]")
        {'draft': 'a-80-l-41'}
    """
    if len(text) > 500:  # no line of particulars is as long, and the patterns below need a bound
        return {}
    if adopted := _ADOPTED_BY.fullmatch(text):
        day = _date_in(adopted[2] or "")
        return {"body": _BODIES[adopted[1]]} | ({"adopted": day} if day else {})
    if (
        text.startswith("[")
        and (symbol := _SYMBOL.search(text))
        and "/L." in symbol[0]
        and (draft := _reference(symbol[0]))
    ):
        return {"draft": draft}
    if agenda := _AGENDA.fullmatch(text):
        return {"agenda_item": agenda[1].strip()}
    if meeting := _MEETING.fullmatch(text):
        return {"meeting": meeting[1]}
    if (session := session_of(text)) is not None:
        return {"session": session}
    if _DATE.fullmatch(text) and (day := _date_in(text)):
        return {"adopted": day}
    if (
        (both := _MEETING.match(text))
        and _DATE.fullmatch(text[both.end() :].strip())
        and (day := _date_in(text))
    ):
        return {"meeting": both[1], "adopted": day}
    return {}


def facts_of_masthead(text: str) -> dict[str, Any]:
    """As `facts_of_line`, for a line of the masthead: the body, and a day alone is that of
    distribution.

    Examples:
        >>> facts_of_masthead("General Assembly"), facts_of_masthead("17 December 2025")
        ({'body': 'general-assembly'}, {'distributed': datetime.date(2025, 12, 17)})
    """
    if text in _BODIES:
        return {"body": _BODIES[text]}
    facts = facts_of_line(text)
    return {"distributed": facts["adopted"]} if set(facts) == {"adopted"} else facts


def number_in_title(title: str) -> tuple[str | None, str]:
    """The resolution number with which a title begins, and the title without it.

    Examples:
        >>> number_in_title("80/173. Outcome document"), number_in_title("Plan outline")
        (('80/173', 'Outcome document'), (None, 'Plan outline'))
    """
    found = _NUMBER_IN_TITLE.match(title)
    return (found[1], title[found.end() :]) if found else (None, title)


def symbol_in_title(title: str) -> str | None:
    """The symbol of the resolution whose number the title begins with.

    Examples:
        >>> (
        ...     symbol_in_title("80/173. Outcome document"),
        ...     symbol_in_title("2024/13. Assessment"),
        ...     symbol_in_title("Maps"),
        ... )
        ('A/RES/80/173', 'E/RES/2024/13', None)
    """
    number, _ = number_in_title(title)
    if number is None:
        return None
    return f"{'E' if int(number.partition('/')[0]) > 1900 else 'A'}/RES/{number}"


def day_text(day: dt.date) -> str:
    """A day as the documents write it, whatever the computer's language.

    Examples:
        >>> day_text(dt.date(2025, 12, 17))
        '17 December 2025'
    """
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def labels_after(label: str) -> tuple[str, ...]:
    """The labels that may follow an item with this label."""
    found: list[str] = []
    if label.isdecimal():
        found.append(str(int(label) + 1))
    if label in _ROMANS[:-1]:
        found.append(_ROMANS[_ROMANS.index(label) + 1])
    if len(set(label)) == 1 and "a" <= label[0] < "z":
        found.append(chr(ord(label[0]) + 1) * len(label))
    if label == "z":
        found.append("aa")
    return tuple(found)


def language_of_script(text: str) -> str | None:
    """The language of a text in Arabic, Chinese or Cyrillic script; None where it is in another."""
    letters = sum(sign.isalpha() for sign in text)
    return next(
        (
            language
            for language, script in _SCRIPTS.items()
            if 2 * len(script.findall(text)) > letters
        ),
        None,
    )


def letters_and_digits(text: str) -> str:
    """The letters and digits of a text, whatever their case.

    Examples:
        >>> letters_and_digits("I. Follow-up") == letters_and_digits("I FOLLOW UP")
        True
    """
    return "".join(filter(str.isalnum, text.casefold()))
