"""Rules that find the verbs of the authors, and so the mandates of a paragraph."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..model import MandateKind
from ._rule import Head, Paragraph, suggests
from ._verbs import ADVERBS, LEAD

#: Where a sentence, or a part of one that stands for itself, begins.
_SENTENCE = re.compile(r"(?:^|(?<=[.;:!?])\s+|(?<=[.;:][”\"’)])\s+|\n)[\s“\"]*(?:\d+\.\s+)?")
#: What may follow a form that is a noun as well: "requests for", "calls made by".
_NOUN = re.compile(
    r"\s*(?:for(?! the (?:development|strengthening))|from|by|of|made|received|contained|and|or|to|"
    r"set|relating|concerning|on|in|are|were|was|is|have|has|[,.;)])\b|\s*[,.;)]"
)
_OPENING_NOUN = re.compile(r"\s+(?:for|from|made|by)\b")
_NOUNS = frozenset(("verbs/request", "verbs/urge", "verbs/support", "verbs/stress", "verbs/aim"))
#: "to" with what is to be done: a gerund, or a verb that such texts use.
_DEEDS = re.compile(
    r"\s+(?:that\b|to\s+(?:\w+ly\s+)?(?:\w+ing|and|accelerate|achieve|act|adopt|advance|apply|"
    r"assist|build|close|combat|continue|contribute|cooperate|create|develop|eliminate|empower|"
    r"encourage|end|enhance|ensure|eradicate|establish|expand|facilitate|foster|help|implement|"
    r"improve|increase|intensify|invest|keep|leave|leverage|maintain|make|mobilize|prevent|promote|"
    r"protect|provide|pursue|realize|reduce|reform|respect|respond|share|strengthen|strive|"
    r"support|take|tackle|uphold|use|work)\b)"
)
#: What is no deed, though somebody is committed to it.
_OF_TEXTS = re.compile(r"\s+to\s+(?:the\s+)?(?:outcomes?|principles?|purposes)\b")
_COMMITTING = "verbs/reaffirm-commitment"


def _is_verb(paragraph: Paragraph, verb: str, end: int, *, capital: bool) -> bool:
    """Whether a form is a verb where it stands, and does what its kind says."""
    after = paragraph.text[end : end + 80]
    return verb not in _NOUNS or (_OPENING_NOUN if capital else _NOUN).match(after) is None


def _kind(paragraph: Paragraph, verb: str, end: int) -> MandateKind | None:
    """The kind of mandate that a verb begins where it stands."""
    if verb == "verbs/commit" and _OF_TEXTS.match(paragraph.text, end):
        return None
    if verb == _COMMITTING and not _DEEDS.match(paragraph.text, end):
        return None  # a commitment to a text or a principle, reaffirmed like any other
    return paragraph.verbs.kinds[verb]


def _head(
    paragraph: Paragraph, found: re.Match[str], *uses: str, ours: bool = False
) -> Head | None:
    """The head of a form found, in the last group."""
    group = found.lastindex or 0
    start, end = found.span(group)
    verb = paragraph.verbs.verb_of(found[group], *uses)
    capital = found[group][:1].isupper()
    if not _is_verb(paragraph, verb, end, capital=capital):
        return None
    return Head(verb, _kind(paragraph, verb, end), start, end, ours=ours)


def sentences(text: str) -> Iterator[tuple[int, int]]:
    """Where each sentence stands."""
    starts = [found.end() for found in _SENTENCE.finditer(text)]
    for start, end in zip(starts, [*starts[1:], len(text)], strict=True):
        if start < end:
            yield start, end


#: A body that speaks of itself by its name.
_BODY = r"The (?:General Assembly|(?:[A-Z]\w+ ){0,4}(?:Council|Commission|Conference|Assembly))\s+"


def _opening(paragraph: Paragraph) -> re.Pattern[str]:
    aside = r"(?:(?:[A-Z]\w+ing|In|On|To|For|With|As|At|Mindful|Guided)\b[^.;:]{0,600}?,\s+)?"
    third, base = paragraph.verbs.pattern("third"), paragraph.verbs.pattern("base")
    return re.compile(
        rf"(?:{aside}|{_BODY})(?i:{ADVERBS}\b,?\s+)*(?:{third}|(?<=ontinues to ){base})"
    )


@suggests("V101")
def opens_with_a_verb(paragraph: Paragraph) -> Iterator[Head]:
    """A sentence opens with a verb in the third person, whose subject is the body: "Requests",
    "Also invites", "In this regard, urges".
    """
    opening = _opening(paragraph)
    for start, end in sentences(paragraph.text):
        found = opening.match(paragraph.text, start, end)
        if found is not None and (head := _head(paragraph, found, "third", "base")):
            yield head


#: A body speaks, with whatever verb: "Expresses serious concern".
_SPEAKS = re.compile(
    rf"(?:{_BODY}(?:(?i:{ADVERBS})\s+)?[a-z]|(?:(?i:{ADVERBS})\s+)?[A-Z])[a-z]+s\b"
    r"(?!\s+(?:shall|will|should|must|are)\b)"
)


@suggests("V102")
def goes_on_with_a_verb(paragraph: Paragraph) -> Iterator[Head]:
    """A sentence that opened so goes on with another verb: "and invites", ", in this regard calls
    upon".
    """
    opening = _opening(paragraph)
    onward = re.compile(
        rf"(?:[,;]|\b(?:and|while|but|as well as)\b)\s*(?:and\b)?{LEAD}\s*"
        + paragraph.verbs.pattern("third")
    )
    for start, end in sentences(paragraph.text):
        opened = opening.match(paragraph.text, start, end) or _SPEAKS.match(
            paragraph.text, start, end
        )
        if opened is None:
            continue
        for found in onward.finditer(paragraph.text, opened.end(), end):
            if head := _head(paragraph, found, "third"):
                yield head


def _we(paragraph: Paragraph) -> re.Pattern[str]:
    verb = paragraph.verbs.pattern("base", "state")
    return re.compile(rf"\b[Ww]e(?:,\s[^,.;]{{1,80}},)?\s+(?:(?i:{ADVERBS})\b,?\s+)*{verb}")


#: What stands before a "we" that is the subject of its sentence.
_MAIN = re.compile(rf"(?:^|[.;:]|,|\band|\btherefore|\band (?i:{ADVERBS}),?|\n|[“\"])\s*$")


def _first_person(paragraph: Paragraph, start: int, end: int) -> Iterator[tuple[Head, int]]:
    for found in _we(paragraph).finditer(paragraph.text, start, end):
        place = found.start()
        if place == start or _MAIN.search(paragraph.text, max(start, place - 60), place):
            head = _head(paragraph, found, "base", "state", ours=True)
            if head is not None:
                yield head, place


@suggests("V103")
def says_we(paragraph: Paragraph) -> Iterator[Head]:
    """The authors speak of themselves: "We call upon", "we therefore request", "We are committed",
    "We will".
    """
    for start, end in sentences(paragraph.text):
        for head, _ in _first_person(paragraph, start, end):
            yield head


#: Verbs whose base form is an adjective as well.
_ADJECTIVES = frozenset(("verbs/appropriate",))
#: The authors speak, with whatever verb: "We thank".
_WE_SPEAK = re.compile(rf"We\s+(?:(?i:{ADVERBS})\b,?\s+)*[a-z]+\b")


@suggests("V104")
def we_go_on(paragraph: Paragraph) -> Iterator[Head]:
    """A sentence that says "we" goes on with another verb: "We commend ..., and urge all
    stakeholders to". After a verb that asks somebody to act, the second must be set off by a comma:
    "We call upon them to share and encourage" is what they are called upon to do.
    """
    onward = re.compile(
        rf"(,|\band)(?:\s+and)?{LEAD}\s*" + paragraph.verbs.pattern("base", "state")
    )
    for start, end in sentences(paragraph.text):
        first = next((head for head, _ in _first_person(paragraph, start, end)), None)
        speaks = _WE_SPEAK.match(paragraph.text, start, end)
        if first is None and speaks is None:
            continue
        asked = first is not None and first.kind is not None
        place = first.end if first is not None else speaks.end() if speaks else start
        for found in onward.finditer(paragraph.text, place, end):
            verb = paragraph.verbs.verb_of(found[2], "base", "state")
            kind = _kind(paragraph, verb, found.end(2))
            if kind in (None, MandateKind.COMMITMENT) or verb in _ADJECTIVES:
                continue
            after = paragraph.text[found.end(2) : min(end, found.end(2) + 400)]
            if not _OBJECT.match(after):
                continue
            set_off = found[1] == "," or ", and" in found[0]
            if asked and not set_off and not (verb in _NEVER_DONE and _TASK.match(after)):
                continue
            asked = True
            yield Head(verb, kind, *found.span(2), ours=True)


#: What nobody is asked to do without being told of whom: to request, or to call for.
_NEVER_DONE = frozenset(("verbs/request", "verbs/call-upon", "verbs/call-for"))
#: Somebody, and then what he is to do.
_TASK = re.compile(r"(?:\s+[\w-]+){1,12}\s+to\b")
#: A verb of the authors asks somebody to do something, or asks for something, or that it be.
_OBJECT = re.compile(r"\s+(?:that|for|of|(?:up)?on|\S+(?:\s+\S+){0,40}?\s+to)\b")


@suggests("V105")
def is_asked(paragraph: Paragraph) -> Iterator[Head]:
    """Somebody is asked in the passive: "States are strongly urged to"."""
    if paragraph.preambular:
        return
    passive = re.compile(paragraph.verbs.pattern("passive") + r"\s+to\b", re.IGNORECASE)
    for start, end in sentences(paragraph.text):
        for found in passive.finditer(paragraph.text, start, end):
            verb = paragraph.verbs.verb_of(found[1], "passive")
            yield Head(
                verb, paragraph.verbs.kinds[verb], *found.span(1), subject=(start, found.start(1))
            )


@suggests("V106")
def our_work_will(paragraph: Paragraph) -> Iterator[Head]:
    """The authors say what their common work will do: "Our cooperation will"."""
    for start, end in sentences(paragraph.text):
        ours = re.compile(rf"Our (?:\w+ ){{1,2}}(?=will\b){paragraph.verbs.pattern('base')}")
        if found := ours.match(paragraph.text, start, end):
            verb = paragraph.verbs.verb_of(found[1], "base")
            yield Head(verb, paragraph.verbs.kinds[verb], *found.span(1), ours=True)


#: A sentence that orders something.
_SHALL = re.compile(r"\b(?:shall|will|should)\b")


@suggests("V107")
def items_inherit(paragraph: Paragraph) -> Iterator[Head]:
    """An item goes on where its paragraph stops at a colon, and has the verb of that paragraph.
    What is pledged as a whole ("we will pursue the following objectives:") is one pledge, unless
    an item orders something.
    """
    chapeau = paragraph.chapeau
    if chapeau is None or chapeau.head.kind is None or not paragraph.text.strip():
        return
    pledge = chapeau.head.kind is MandateKind.COMMITMENT
    if chapeau.is_complete and pledge and not _SHALL.search(paragraph.text):
        return
    head = chapeau.head
    yield Head(head.verb, head.kind, 0, 0, ours=head.ours, inherited=True)


@suggests("V108")
def opens_with_a_participle(paragraph: Paragraph) -> Iterator[Head]:
    """A preambular paragraph says in participles what the body has in mind: "Recalling". That asks
    nothing of anybody.
    """
    if not paragraph.preambular:
        return
    participle = re.compile(
        rf"(?:^|,|\band\b)\s*{LEAD}\s*{paragraph.verbs.pattern('participle')}", re.IGNORECASE
    )
    for found in participle.finditer(paragraph.text):
        verb = paragraph.verbs.verb_of(found[1], "participle")
        yield Head(verb, None, *found.span(1))


#: The authors begin to speak, and their verbs stand in the items.
_WE_ALONE = re.compile(rf"\b[Ww]e(?:,?\s+(?:\w+ly|{ADVERBS}))*,?\s*:\s*$")


@suggests("V109")
def items_of_we(paragraph: Paragraph) -> Iterator[Head]:
    """The verb stands in the item where its paragraph only says "We urgently:"."""
    if _WE_ALONE.search(paragraph.above):
        verb = re.compile(rf"(?i:{ADVERBS}\b,?\s+)*{paragraph.verbs.pattern('base')}")
        found = verb.match(paragraph.text)
        if found is not None and (head := _head(paragraph, found, "base", ours=True)):
            yield head


#: What is said to recur: "that the biennial review of progress ... will".
_DUTY = re.compile(
    r"\b(?:annual|biennial|periodic|regular) (?:\w+ )?(?:reviews?|reports?|assessments?)\b"
    r"[^.;]{0,200}\b(?:will|shall|should)\b"
)


@suggests("V110")
def upholds_a_recurring_duty(paragraph: Paragraph) -> Iterator[Head]:
    """The authors reaffirm that something is done again and again: "We reaffirm that the biennial
    review will be essential".
    """
    verbs = [verb for verb in ("verbs/reaffirm",) if verb in paragraph.verbs.kinds]
    for start, end in sentences(paragraph.text):
        for head, _ in _first_person(paragraph, start, end):
            if head.verb in verbs and _DUTY.search(paragraph.text, head.end, end):
                yield Head(head.verb, MandateKind.COMMITMENT, head.start, head.end)
