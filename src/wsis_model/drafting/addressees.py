"""Rules that see whom a mandate is addressed to, and with whom it is to be done."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..model import MandateKind
from ._actors import Named
from ._rule import Clause, Seen, suggests

GOVERNMENTS = "groups/governments"
#: "to" before what is to be done, and not before a noun: "to submit", ", to the Council".
_TO_DO = re.compile(
    r"\bto\b(?!\s+(?:the|an?|all|its|their|our|this|these|those|which|whom|other|relevant)\b)"
    r"|\bto(?=\s+(?:inter alia|all)\b)"
)
#: What says how or with whom between the addressee and the deed.
_ASIDE = re.compile(
    r"(?:[,;]\s+(?:in(?! particular)|with|within|through|by|working|taking|following|building|"
    r"under|as(?! well)|where|when|without|pursuant|subject|upon|on|at|which|who|that|bearing|"
    r"consistent)\b"
    r"|\s+(?:in (?:consultation|cooperation|collaboration|coordination|partnership|accordance|"
    r"line|their|its|his|close|a position|keeping|conformity)|that have|which|who|whose|within)\b)"
)
_PRONOUN = re.compile(r"\s*(?:also\s+)?(?:(?:up)?on\s+)?(it|them|they|all of them)\b(?=[\s,])")


def _object(clause: Clause) -> tuple[int, int] | None:
    """Where those stand who are asked: from the verb to what they are to do."""
    text = clause.paragraph.text
    found = _TO_DO.search(text, clause.head.end, clause.end)
    if found is None and not clause.is_chapeau:
        return None
    end = found.start() if found is not None else clause.end
    aside = _ASIDE.search(text, clause.head.end, end)
    return clause.head.end, aside.start() if aside is not None else end


def _named_before(clause: Clause) -> list[Named]:
    """The actors that the words before a clause name last."""
    paragraph, before = clause.paragraph, clause.before
    if before is None:
        return list(paragraph.named_in(0, clause.head.start))
    while before is not None:
        if named := paragraph.named_in(before.head.start, before.end):
            return list(named)
        before = before.before
    return []


def _mentioned(clause: Clause) -> tuple[str, ...]:
    """The actors named before this clause, the last named last."""
    here = clause.paragraph.named_before(clause.head.start)
    return (*clause.paragraph.mentioned, *(each.actor for each in here))


def _seen(named: Iterator[Named] | list[Named], field: str = "addressees") -> Iterator[Seen]:
    for each in named:
        yield Seen(field, each.actor, each.start, each.end)


def listed(clause: Clause, start: int, end: int | None = None) -> Iterator[Named]:
    """The actors of a list that begins at a place and ends with the first word of another thing."""
    paragraph = clause.paragraph
    stop = clause.end if end is None else end
    return paragraph.actors.listed(paragraph.text, start, stop, _mentioned(clause), one=True)


def _asks(clause: Clause) -> bool:
    return clause.head.kind in (MandateKind.CALL, MandateKind.REQUEST)


@suggests("V201")
def who_is_asked_to_act(clause: Clause) -> Iterator[Seen]:
    """The object of a verb that asks, before what is to be done: "Requests **the
    Secretary-General** to", "invites **the Council and the Commission**, within their mandates,
    to".
    """
    if not _asks(clause) or clause.head.subject is not None or clause.head.inherited:
        return
    text = clause.paragraph.text
    place = _object(clause)
    if place is None or re.match(r"\s+that\b", text[clause.head.end :]):
        return
    if clause.head.verb.endswith("call-for") and not _for_whom(text, place):
        return
    pronoun = _PRONOUN.match(text, *place)
    if pronoun is not None:
        named = _named_before(clause)
        if pronoun[1] == "it":
            named = named[:1]
        for each in named:
            yield Seen("addressees", each.actor, pronoun.start(1), pronoun.end(1))
        place = (pronoun.end(), place[1])
    yield from _seen(clause.paragraph.actors.listed(text, *place, _mentioned(clause)))


def _for_whom(text: str, place: tuple[int, int]) -> bool:
    """Whether a call for something is one for somebody to do it: no noun stands before "to"."""
    return (
        re.search(r"\b(?:of|in|on|between|action|efforts?|support)\b", text[slice(*place)]) is None
    )


#: What somebody does, and by whom.
_BY = re.compile(
    r"\b(?:action|collaboration|contributions?|cooperation|efforts?|measures|participation|steps|"
    r"support)\s+(?:by|from)\s+"
)


@suggests("V202")
def by_whom_it_is_done(clause: Clause) -> Iterator[Seen]:
    """Those by whom something that is called for is to be done: "calls for action **by all
    stakeholders**".
    """
    if not _asks(clause) or clause.head.inherited:
        return
    text, end = clause.paragraph.text, min(clause.end, clause.head.end + 160)
    if not clause.head.verb.endswith(("-call", "call-for", "encourage", "recommend")):
        return
    if (found := _BY.search(text, clause.head.end, end)) is not None:
        yield from _seen(listed(clause, found.end()))


@suggests("V203")
def who_shall_do_it(clause: Clause) -> Iterator[Seen]:
    """The subject of what is requested or decided: "requests that **the Commission** consider",
    "decides that **the Forum** shall".
    """
    if clause.head.kind is MandateKind.COMMITMENT or clause.head.inherited:
        return
    text = clause.paragraph.text
    found = re.compile(r"[,\s]+that\s+").match(text, clause.head.end, clause.end)
    if found is not None:
        yield from _seen(listed(clause, found.end()))


@suggests("V204")
def the_subject_of_the_passive(clause: Clause) -> Iterator[Seen]:
    """The subject where the verb is in the passive: "**States** are urged to"."""
    if clause.head.subject is not None:
        text = clause.paragraph.text
        start, end = clause.head.subject
        start = max(start, *(text.rfind(sign, start, end) + 1 for sign in (" that ", ";")))
        if " that " in text[clause.head.subject[0] : end]:
            start = text.rindex(" that ", clause.head.subject[0], end) + 6
        yield from _seen(clause.paragraph.actors.listed(text, start, end, _mentioned(clause)))


@suggests("V205")
def the_authors_themselves(clause: Clause) -> Iterator[Seen]:
    """The authors, where they pledge something: the Governments where they say "we", else the body
    that speaks. What a body decides and gives to nobody else, it is to do itself.
    """
    head = clause.head
    if head.kind is MandateKind.COMMITMENT or (
        head.kind is MandateKind.DECISION
        and not any(who_shall_do_it.look(clause))
        and not any(those_of_the_chapeau.look(clause))
    ):
        actor = GOVERNMENTS if head.ours else clause.paragraph.body
    else:
        return
    if actor is not None:
        yield Seen("addressees", actor, head.start, head.end)


@suggests("V206")
def those_of_the_chapeau(clause: Clause) -> Iterator[Seen]:
    """An item is addressed to those whom its paragraph addresses; where that names nobody ("We call
    upon:"), to those whom the item begins with.
    """
    chapeau = clause.paragraph.chapeau
    pledge = clause.head.kind is MandateKind.COMMITMENT
    if not clause.head.inherited or chapeau is None or pledge:
        return
    rules = (who_is_asked_to_act, who_shall_do_it, the_subject_of_the_passive)
    above = [seen for rule in rules for seen in rule.look(chapeau)]
    for seen in above:
        yield Seen("addressees", seen.value, 0, 0)
    if not above and _asks(clause) and (place := _object(clause)) is not None:
        yield from _seen(clause.paragraph.actors.listed(clause.paragraph.text, *place))


_WITH = re.compile(
    r"\b(?:in (?:close |full |the )?(?:consultation|cooperation|collaboration|coordination|"
    r"partnership|conjunction)s?(?: and \w+)? with|working (?:closely )?with|together with|"
    r"with the (?:full |active |meaningful )?(?:support|assistance|participation|involvement|"
    r"engagement|cooperation) of|with (?:the )?support from|following consultations with|"
    r"involving(?: the (?:input|participation|input and participation) of)?)\s+"
)


@suggests("V207")
def with_whom(clause: Clause) -> Iterator[Seen]:
    """Those with whom it is to be done: "in consultation with **Member States**", "with the support
    of".
    """
    text = clause.paragraph.text
    for found in _WITH.finditer(text, clause.head.end, clause.end):
        stop = re.compile(r"\bto\s+(?!the\b)|;|\.\s").search(text, found.end(), clause.end)
        end = stop.start() if stop else clause.end
        yield from _seen(listed(clause, found.end(), end), "with")
