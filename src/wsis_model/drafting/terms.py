"""Rules that see what comes of a mandate, when, to whom it is reported, within which limits."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..interop._wording import MONTHS, ordinal
from ._actors import Named
from ._rule import Clause, Seen, suggests
from .addressees import listed

_MONTH = "|".join(MONTHS)
_DATE = re.compile(
    rf"\b(?P<lead>[Bb]y|in|before|until|no later than|not later than|from|during|on|of),?\s+"
    rf"(?:(?:the\s+)?end\s+of\s+|early\s+|mid-|late\s+|the\s+year\s+)?"
    rf"(?:(?P<day>\d{{1,2}})\s+)?(?:(?P<month>{_MONTH})\s+)?(?P<year>20[2-9]\d)\b(?![-–/])"
)
#: A number of a session in words, and what stands around it.
_SESSION = re.compile(
    r"\b(?:at|during|for|to|of|in|by|until|before|no later than|in time for|prior to)\s+"
    r"(?:the|its)\s+"
    r"(?:(?:resumed|regular|annual|forthcoming|next)\s+)?(?P<number>[a-z]+(?:-[a-z]+)?)"
    r"(?:,\s+[a-z-]+)*(?:\s+and\s+(?P<other>[a-z]+(?:-[a-z]+)?))?\s+(?:annual\s+)?sessions?\b"
)
_YEAR_SESSION = re.compile(r"\b(?:at|during|for)\s+its\s+(?P<year>20\d\d)\s+session\b")
#: What recurs when an adjective says how often; the annual meetings of a body do whatever is asked.
_RECURRING = (
    r"\s+(?:[\w-]+\s+){0,2}?(?:reports?|reporting|reviews?|basis|cycle|updates?|briefings?|"
    r"assessments?|surveys?|consultations?|dialogues?|progress)\b"
)
_OFTEN = {
    "annual": rf"annually|every year|each year|yearly|once a year|annual(?={_RECURRING})",
    "biennial": rf"biennially|every two years|every second year|biennial(?={_RECURRING})",
    "periodic": r"periodically|regularly|at regular intervals|every (?:three|four|five|ten) years|"
    rf"(?:periodic|regular|triennial|quadrennial|quinquennial)(?={_RECURRING})",
    "standing": r"permanently|made (?:an? )?permanent|"
    r"on (?:a permanent|a standing|an ongoing) basis",
}


def _day(found: re.Match[str]) -> str:
    made = found["year"]
    if found["month"]:
        made += f"-{MONTHS.index(found['month']) + 1:02d}"
        if found["day"]:
            made += f"-{int(found['day']):02d}"
    return made


def _own_text(clause: Clause) -> tuple[int, int]:
    return clause.head.end, clause.end


@suggests("V301")
def by_a_date(clause: Clause) -> Iterator[Seen]:
    """It is due by a date: "by 2030", "no later than June 2027", "in 2035", or "By 2030, we will".
    The date of a text that is cited ("resolution 70/1 of 25 September 2015") is none.
    """
    text = clause.paragraph.text
    opening = (clause.opening, clause.head.start)
    for place in (_own_text(clause), opening):
        for found in _DATE.finditer(text, *place):
            lead = found["lead"].casefold()
            if lead == "of" or (lead in ("in", "on", "from") and _is_past(clause, found)):
                continue
            if place == opening and (lead != "by" or text[found.end()] != ","):
                continue
            yield Seen("due.date", _day(found), found.start(), found.end())
            return
    chapeau = clause.paragraph.chapeau
    if clause.head.inherited and chapeau is not None:
        for seen in by_a_date.look(chapeau):
            yield Seen("due.date", seen.value, 0, 0)


#: What says of the past when it was.
_TOLD = re.compile(
    r"\b(?:adopted|held|convened|issued|concluded|signed|established|launched|contained|"
    r"[Rr]esolution \S+)(?:\s+\S+){0,6}\s*$"
)


def _is_past(clause: Clause, found: re.Match[str]) -> bool:
    """Whether a date says when something was, and not when something is to be."""
    adopted = clause.paragraph.year
    if adopted is not None:
        return int(found["year"]) < adopted
    before = clause.paragraph.text[max(0, found.start() - 90) : found.start()]
    return _TOLD.search(before) is not None


@suggests("V302")
def at_a_session(clause: Clause) -> Iterator[Seen]:
    """It is due at a session of a body: "to the Commission at its thirtieth session", "at the
    eighty-second session of the General Assembly".
    """
    text = clause.paragraph.text
    for found in _SESSION.finditer(text, *_own_text(clause)):
        number = ordinal(found["number"])
        if number is not None and (session := _session(clause, found, str(number))) is not None:
            yield Seen("due.session", session, found.start(), found.end())
            return
    for found in _YEAR_SESSION.finditer(text, *_own_text(clause)):
        session = _session(clause, found, found["year"])
        if session is not None and session.startswith("sessions/ecosoc-"):
            yield Seen("due.session", session, found.start(), found.end())
            return


def _session(clause: Clause, found: re.Match[str], number: str) -> str | None:
    """The session of a number: of the body named after it, else of the last one named before it
    that the calendar has a session of this number for.
    """
    paragraph = clause.paragraph
    after = re.compile(r"\s+of\s+(?:the\s+)?").match(paragraph.text, found.end())
    if after is not None:
        named: list[Named] = list(listed(clause, after.end()))[:1]
    else:
        named = list(paragraph.named_before(found.start()))[::-1]
    bodies = [each.actor for each in named]
    if after is None:
        bodies.append(paragraph.body or "general-assembly")
    sessions = [
        f"sessions/{'ga' if each == 'general-assembly' else each}-{number}" for each in bodies
    ]
    known = [each for each in sessions if each in paragraph.sessions]
    fallback = (each for each in sessions if re.match(r"sessions/(?:ga|cstd|ecosoc)-", each))
    return next(iter(known), next(fallback, None))


_MEETING = re.compile(r"\b(?:high-level meeting|summit|conference|Conference|Global Dialogue)\b")


@suggests("V304")
def at_a_meeting(clause: Clause) -> Iterator[Seen]:
    """It is due at a meeting that the calendar holds, if the paragraph gives its year and the words
    of its title: "the high-level meeting to review the Compact, in 2027".
    """
    text = clause.paragraph.text
    own = text[clause.head.end : clause.end]
    if _MEETING.search(own) is None:
        return
    spoken = _words(text[: clause.end])
    best: tuple[float, str] | None = None
    for name, session in clause.paragraph.sessions.items():
        title = str(session.title)
        numbered = session.number is not None and "session" in title
        if session.year and not numbered and re.search(rf"\b{session.year}\b", text):
            words = _words(title.partition(",")[0])
            share = len(words & spoken) / max(len(words), 1)
            if share >= 0.5 and (best is None or share > best[0]):
                best = (share, name)
    if best is not None:
        year = str(clause.paragraph.sessions[best[1]].year)
        yield Seen("due.session", best[1], clause.head.end, clause.end)
        yield Seen("due.date", year, clause.head.end, clause.end)


def _words(text: str) -> set[str]:
    return {word for word in re.findall(r"[\w-]+", text.casefold()) if len(word) > 3}


@suggests("V303")
def again_and_again(clause: Clause) -> Iterator[Seen]:
    """It recurs: "annually", "a biennial report", "periodically review". "The annual meetings of
    the Forum" are annual whatever is asked.
    """
    text = clause.paragraph.text
    for recurrence, words in _OFTEN.items():
        for found in re.compile(rf"\b(?:{words})\b").finditer(text, *_own_text(clause)):
            yield Seen("due.recurrence", recurrence, found.start(), found.end())
            return


_REPORT = re.compile(
    r"\b(?:report(?:s|ed|ing)?|submit(?:s|ted)?|present(?:s|ed)?|transmit(?:ted)?|convey|brief|inform|"
    r"submission|presentation|for (?:the )?(?:consideration|adoption|approval))\b"
)
_TO_BODY = re.compile(
    r"\b(?:to|through|for(?: the)? (?:consideration|adoption|approval) (?:of|by))\s+(?:the\s+)?"
)
_BRIEF = re.compile(r"\b(?:brief|inform|update)\s+(?:the\s+)?")


@suggests("V401")
def to_whom_it_is_reported(clause: Clause) -> Iterator[Seen]:
    """The body to which something is to be reported or submitted: "to report annually to **the
    Commission**".
    """
    text = clause.paragraph.text
    reported = _REPORT.search(text, *_own_text(clause))
    if reported is None:
        return
    places = [found.end() for found in _TO_BODY.finditer(text, reported.start(), clause.end)]
    places += [found.end() for found in _BRIEF.finditer(text, *_own_text(clause))]
    bodies = [list(listed(clause, place, place + 160)) for place in places]
    starts_there = (
        named
        for place, named in zip(places, bodies, strict=True)
        if named and named[0].start <= place + 24 and _receives(named[0].actor)
    )
    for each in next(starts_there, ()):
        if _receives(each.actor) and each.start < clause.end:
            yield Seen("reports_to", each.actor, each.start, each.end)


def _receives(actor: str) -> bool:
    """Whether an actor is one to report to: a body, or the bodies of the United Nations."""
    return not actor.startswith("groups/") or actor.startswith("groups/un-")


_LIMITS = re.compile(
    r"\b(?:within (?:\w+ ){0,3}(?:available|existing) (?:\w+ ){0,3}?(?:mandates and resources|"
    r"resources and mandates|resources|mandates|frameworks?)|"
    r"within (?:its|their|his)(?: \w+){0,2} (?:mandates?(?: and (?:existing )?resources)?|"
    r"competences?)|"
    r"in accordance with (?:its|their)(?: \w+){0,2} mandates?(?: and resources)?|"
    r"according to (?:its|their)(?: \w+){0,2} mandates?(?: and resources)?|"
    r"subject to the availability of (?:\w+ )?(?:resources|funds|funding)|"
    r"through voluntary contributions|from extrabudgetary resources|on a voluntary basis|"
    r"(?:up)?on (?:\w+ )?request|where requested|as appropriate|where appropriate|as necessary|"
    r"on (?:voluntary and )?mutually agreed terms|"
    r"in their respective roles(?: and responsibilities)?|"
    r"without prejudice to ongoing \w+|in accordance with United Nations budgetary procedures|"
    r"in (?:line|accordance) with (?:their )?national (?:laws?|legislation|circumstances|"
    r"priorities|policies)(?: and (?:priorities|policies|circumstances|legislation))?)\b"
)


@suggests("V501")
def within_limits(clause: Clause) -> Iterator[Seen]:
    """The limits that the text sets, in the set phrases of such texts: "within existing resources",
    "where requested", "on mutually agreed terms".
    """
    for found in _LIMITS.finditer(clause.paragraph.text, *_own_text(clause)):
        yield Seen("caveats", found[0], found.start(), found.end())


@suggests("V601")
def what_is_to_come(clause: Clause) -> Iterator[Seen]:
    """The first kind of product that is named after a verb that brings something forth: "to submit
    **a report**", "to develop **road maps**".
    """
    deliverables = clause.paragraph.deliverables
    text = clause.paragraph.text
    names = "|".join(re.escape(each) for each in sorted(deliverables, key=len, reverse=True))
    if not names:
        return
    wanted = re.compile(
        rf"\b(?:{_MAKE})\s*(?:,[^,;]{{1,80}},)?\s+(?:[\w,-]+\s+){{0,6}}?(?P<what>{names})\b"
        rf"|\b(?P<deed>{'|'.join(_DEEDS)})\b",
        re.IGNORECASE,
    )
    for found in wanted.finditer(text, *_own_text(clause)):
        what = found["what"] or found["deed"]
        concept = deliverables.get(what.casefold()) or _DEEDS.get(what.casefold())
        if concept in deliverables.values():
            group = "what" if found["what"] else "deed"
            yield Seen("deliverable", concept, found.start(group), found.end(group))
            return


_MAKE = (
    "submit|prepare|develop|establish|create|convene|hold|organize|issue|publish|produce|provide|"
    "draft|launch|conduct|adopt|design|formulate|elaborate|present|set up|undertake|initiate|"
    "appoint|"
    "maintain|make|building|developing|establishing|contribute to|strengthening of"
)
#: Words that mean one kind of product, whatever is said of it.
_DEEDS = {
    "to report": "deliverables/report",
    "be reported": "deliverables/report",
    "to map": "deliverables/mapping",
    "periodically review": "deliverables/review",
    "promote capacity-building": "deliverables/capacity-building-programme",
    "promoting capacity-building": "deliverables/capacity-building-programme",
    "support capacity-building": "deliverables/capacity-building-programme",
    "build capacities": "deliverables/capacity-building-programme",
    "permanent forum": "deliverables/forum",
}
