"""Values of fields: texts, identifiers, dates and amounts, and what people write for them."""

from __future__ import annotations

import datetime
from decimal import Decimal

from hypothesis import strategies as st

from ..model import Extensions, Record, Translations, is_identifier

__all__ = [
    "Strategy",
    "amounts",
    "extensions",
    "identifiers",
    "partial_dates",
    "references",
    "texts",
    "translations",
]

Strategy = st.SearchStrategy

#: Texts that are hard for formats: they look like other types, or like markup.
_HOSTILE = (
    "yes", "NO", "null", "~", "true", "1.10", "12:30", "0x1F", "1e5", "2027", "2027-01-01",
    "<<", "=", "-", "{}", "[]", "''",
    "a: b", "a #b", "# a", "- a", "? a", "& a", "* a", "! a", "| a", "> a", "% a", "@ a", "` a",
    '"a"', "'a'",
    "a;b", "a; b", ";", "\\", "\\;", "\\e", "a\\",
    " a", "a ", "\ta", " ", "\n", "a\nb", "a\n\n b\n", "a\r\nb", "a\rb",
    "a\x85b", "a\u2028b", "a\u2029", "\ufeff", "\x00", "\x1b", "a,b", "=1+1",
    "🌍", "👩‍💻", "اللجنة", "e\u0301", "\u200f", "Ａ", "\U0010ffff", "unknown:x", "---", "...",
)  # fmt: skip
_LANGUAGES = ("en", "ar", "zh", "fr", "ru", "es", "zh-Hant", "pt-BR")
_DOCUMENTS = (
    "80-173",
    "79-1",
    "gdc",
    "tunis-agenda",
    "217-a-iii",
    "e-res-2025-18",
    "a-80-l-41",
    "a-conf-157-24",
    "s-res-1325-2000",
    "un-charter",
)
_OTHERS = (
    "sdg/9",
    "sdg/9.c",
    "sdg/9.c.1",
    "action-lines/c2",
    "action-lines/c7-e-health",
    "verbs/request",
    "groups/youth",
    "itu",
    "sessions/cstd-30",
    "my-roadmap/a1",
)


def texts() -> Strategy[str]:
    """Any text that a field can hold, hard ones first: quotes, colons, line breaks of all kinds,
    texts that look like numbers, control characters.
    """
    anything = st.text(st.characters(codec="utf-8"), min_size=1, max_size=20)
    return st.sampled_from(_HOSTILE) | anything


def translations() -> Strategy[Translations]:
    """A text in one or more languages."""
    made = st.dictionaries(st.sampled_from(_LANGUAGES), texts(), min_size=1, max_size=3)
    return made.map(lambda given: Translations(dict(sorted(given.items()))))


def extensions() -> Strategy[Extensions]:
    """Extensions: any JSON data under `prefix:name`, without the prefix `unknown` of the loader."""
    numbers = st.integers() | st.floats(allow_nan=False, allow_infinity=False)
    data = st.recursive(
        st.none() | st.booleans() | numbers | texts(),
        lambda inner: st.lists(inner, max_size=2) | st.dictionaries(texts(), inner, max_size=2),
        max_leaves=4,
    )
    keys = st.from_regex(r"[a-t][a-z0-9-]{0,5}:[A-Za-z0-9_.-]{1,6}", fullmatch=True)
    return st.dictionaries(keys, data, max_size=2).map(
        lambda given: Record(extensions=Extensions(given)).extensions
    )


def _numbers() -> Strategy[int]:
    return st.integers(1, 250)


def identifiers() -> Strategy[str]:
    """A canonical identifier: of every shape in the grammar, and free ones."""
    resolutions = st.builds("{}-{}".format, _numbers(), _numbers())
    works = st.sampled_from(_DOCUMENTS) | resolutions
    items = st.sampled_from(("", "-a", "-k", "-b-ii"))
    provisions_ = st.builds(
        "{}/{}{}{}".format, works, st.sampled_from(("", "p")), _numbers(), items
    )
    mandates_ = st.builds("{}.{}".format, provisions_, _numbers())
    sections_ = st.builds("{}/s{}".format, works, _numbers())
    segments = st.from_regex(r"[a-z0-9]{1,5}(?:[.-][a-z0-9]{1,4}){0,2}", fullmatch=True)
    free = st.lists(segments, min_size=1, max_size=3).map("/".join).filter(is_identifier)
    return works | st.sampled_from(_OTHERS) | provisions_ | mandates_ | sections_ | free


@st.composite
def references(draw: st.DrawFn) -> tuple[str, str]:
    """A reference as people write it, with its identifier."""
    return draw(
        st.one_of(
            _paragraph_references(),
            _goal_references(),
            _line_references(),
            identifiers().map(lambda name: (name, name)),
        )
    )


@st.composite
def _paragraph_references(draw: st.DrawFn) -> tuple[str, str]:
    session, number, paragraph = (draw(_numbers()) for _ in range(3))
    resolution = draw(
        st.sampled_from(
            (
                "A/RES/{}/{}",
                "a/res/{}/{}",
                "{}/{}",
                "resolution {}/{}",
                "GA resolution {}/{}",
                "General Assembly resolution {}/{}",
            )
        )
    )
    named = (
        ("GDC", "gdc"),
        ("Global Digital Compact", "gdc"),
        ("Tunis Agenda", "tunis-agenda"),
        ("A/80/L.41", "a-80-l-41"),
        ("E/RES/2025/18", "e-res-2025-18"),
    )
    work, document = draw(
        st.sampled_from(((resolution.format(session, number), f"{session}-{number}"), *named))
    )
    tails = (
        (" {}{}", ""),
        (", para. {}{}", ""),
        (" para {}{}", ""),
        (", paragraph {}{}", ""),
        (" § {}{}", ""),
        (" OP {}{}", ""),
        (" PP{}{}", "p"),
        (", preambular para. {}{}", "p"),
    )
    tail, part = draw(st.sampled_from(tails))
    written, item = draw(
        st.sampled_from((("", ""), ("(a)", "-a"), (" (b)", "-b"), (" (b) (ii)", "-b-ii")))
    )
    text, identifier = work + tail.format(paragraph, written), f"{document}/{part}{paragraph}{item}"
    if draw(st.booleans()):
        return f"{text}, mandate {number}", f"{identifier}.{number}"
    return text, identifier


def _goal_references() -> Strategy[tuple[str, str]]:
    goals, letters = st.integers(1, 17), st.sampled_from("123abc")
    return st.one_of(
        st.tuples(
            st.sampled_from(("SDG {}", "sdg {}", "Goal {}", "Sustainable Development Goal {}")),
            goals,
        ),
        st.tuples(
            st.sampled_from(("SDG {}", "SDG target {}", "target {}")),
            st.builds("{}.{}".format, goals, letters),
        ),
        st.tuples(
            st.sampled_from(("SDG {}", "SDG indicator {}", "indicator {}")),
            st.builds("{}.{}.{}".format, goals, letters, st.integers(1, 9)),
        ),
    ).map(lambda drawn: (drawn[0].format(drawn[1]), f"sdg/{drawn[1]}"))


def _line_references() -> Strategy[tuple[str, str]]:
    lines = st.tuples(
        st.sampled_from(("C{}", "c {}", "Action Line C{}", "WSIS Action Line C{}", "AL C{}")),
        st.integers(1, 11),
    )
    subs = st.tuples(
        st.sampled_from(("C7: {}", "C7 {}", "Action Line C7: {}")),
        st.sampled_from(("e-health", "e-science", "e-government")),
    )
    return lines.map(
        lambda drawn: (drawn[0].format(drawn[1]), f"action-lines/c{drawn[1]}")
    ) | subs.map(lambda drawn: (drawn[0].format(drawn[1]), f"action-lines/c7-{drawn[1]}"))


def amounts() -> Strategy[Decimal]:
    """A decimal number, negative or not, with up to six places."""

    def amount(digits: int, places: int) -> Decimal:
        return Decimal(digits).scaleb(-places)

    return st.builds(amount, st.integers(-(10**12), 10**12), st.integers(0, 6))


def partial_dates() -> Strategy[str]:
    """A year, a month or a day."""

    def partial_date(day: datetime.date, length: int) -> str:
        return day.isoformat()[:length]

    return st.builds(partial_date, st.dates(), st.sampled_from((4, 7, 10)))
