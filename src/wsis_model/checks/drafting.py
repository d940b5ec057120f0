"""Drafting: mandates have verbs of the vocabulary, addressees, possible dates and recipients of
reports.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator

from ..errors import excerpt
from ..model import (
    Concept,
    Document,
    Due,
    Entity,
    Mandate,
    MandateKind,
    Milestone,
    Provision,
    Session,
    StakeholderGroup,
)
from ..model.record import first_day, last_day
from ._rule import CheckContext, Found, Path, Severity, found, rule

VERBS = "verbs"
DELIVERABLES = "deliverables"
REPORT = "deliverables/report"
DECIDING = "verbs/class-deciding"
GOVERNMENTS = "groups/governments"
#: Items of items of items: deeper than this no text goes, and a circle of parents ends.
DEPTH = 9


def _mandates(context: CheckContext) -> Iterator[tuple[Document, Provision, Mandate]]:
    for document in context.corpus.documents:
        for provision in document.provisions:
            for mandate in provision.mandates:
                yield document, provision, mandate


def _under(context: CheckContext, wider: str) -> set[str]:
    """A concept or group and all that are under it; none where the corpus does not hold it."""
    if wider not in context.corpus:
        return set()
    below: dict[str, list[str]] = {}
    for vocabulary in context.corpus.vocabularies:
        for concept in vocabulary.concepts:
            if concept.parent:
                below.setdefault(concept.parent, []).append(concept.id)
    for group in context.corpus.groups:
        if group.parent:
            below.setdefault(group.parent, []).append(group.id)
    reached, queue = {wider}, [wider]
    for identifier in queue:
        new = [each for each in below.get(identifier, ()) if each not in reached]
        reached.update(new)
        queue += new
    return reached


def _verbs_used(context: CheckContext) -> Iterator[tuple[Provision, str, Path, str]]:
    """Every verb of a mandate or citation that is a concept: the provision, the record and field in
    which it is used, and it.
    """
    for provision in context.corpus.provisions:
        for mandate in provision.mandates:
            if context.get(mandate.verb, Concept):
                yield provision, mandate.id, ("verb",), mandate.verb
        for number, citation in enumerate(provision.citations):
            if citation.verb is not None and context.get(citation.verb, Concept):
                yield provision, provision.id, ("citations", number, "verb"), citation.verb


@rule("D401")
def verbs_are_in_the_vocabulary(context: CheckContext) -> Iterator[Found]:
    """The verb of a mandate or citation is one of the vocabulary `verbs`, and not a class of verbs.

    The class and the force of a verb come from the vocabulary: another verb counts neither as a
    decision nor as a request.

    Mend: name the verb of the text; add it to the vocabulary if it is new.
    """
    verbs = context.concepts(VERBS)
    classes = {each.parent for each in verbs.values()}
    for _, name, path, verb in _verbs_used(context) if verbs else ():
        if verb not in verbs:
            yield found(
                name, f"{verb!r} is no verb of the vocabulary {VERBS!r}", path, names=(verb, VERBS)
            )
        elif verb in classes:
            yield found(
                name,
                f"{verb!r} is a class of verbs",
                path,
                hint="name the verb itself",
                names=(verb,),
            )


@rule("D402", Severity.WARNING)
def requests_name_someone(context: CheckContext) -> Iterator[Found]:
    """A request names who should act.

    A task without an addressee is nobody's task, and appears in no list of tasks by actor.

    Mend: name the addressees; if the text names nobody, it is a call.
    """
    for _, _, mandate in _mandates(context):
        if mandate.kind is MandateKind.REQUEST and not mandate.addressees:
            yield found(mandate, "is a request and names nobody", "addressees")


@rule("D403", Severity.WARNING)
def reports_go_to_someone(context: CheckContext) -> Iterator[Found]:
    """A mandate whose deliverable is a report says to whom.

    Whoever follows up must know where the report will arrive.

    Mend: name the body in `reports_to`; if the text does not name one, waive the rule with that
    reason.
    """
    reports = _under(context, REPORT)
    for _, _, mandate in _mandates(context):
        if mandate.deliverable in reports and not mandate.reports_to:
            yield found(mandate, "asks for a report and does not say to whom", "reports_to")


@rule("D404")
def mandates_are_due_after_adoption(context: CheckContext) -> Iterator[Found]:
    """A mandate is due after its document was adopted.

    Nobody can be asked to have finished before the request: one of the two dates is wrong.

    Mend: correct the due date, the session or the day of adoption.
    """
    calendar = context.corpus.calendar
    for document, _, mandate in _mandates(context):
        if mandate.due is not None and document.adopted is not None:
            latest = mandate.due.window(calendar).latest
            if latest is not None and latest < document.adopted:
                yield found(
                    mandate,
                    f"is due by {latest}, before {document.id} was adopted on {document.adopted}",
                    "due",
                )


@functools.lru_cache(maxsize=1024)
def _standing(verb: Concept) -> re.Pattern[str]:
    """Finds any form of a verb: its identifier, code, label and aliases, by whole words, in any
    case.
    """
    forms = {
        verb.id.rpartition("/")[2].replace("-", " "),
        verb.code or "",
        verb.label.get("en", ""),
        *verb.aliases,
    }
    written = (r"\s+".join(map(re.escape, form.split())) for form in forms)
    return re.compile(rf"(?<!\w)(?:{'|'.join(sorted(filter(None, written)))})(?!\w)", re.IGNORECASE)


def _english(context: CheckContext, provision: Provision) -> str | None:
    """The English text of a provision and of what it is an item of; None where any of it is not
    there.
    """
    texts: list[str] = []
    current: Provision | None = provision
    while current is not None and len(texts) < DEPTH:
        text = current.text.get("en")
        if text is None:
            return None
        texts.append(text)
        current = context.get(current.parent, Provision)
    return "\n".join(texts)


@rule("D405", reads=("parent",))
def verbs_stand_in_the_text(context: CheckContext) -> Iterator[Found]:
    """The verb of a mandate or citation stands in the official text, in any form, if the English
    text is there.

    Whether a body was requested, invited or encouraged decides what it must do. For a lettered item
    the text of its paragraph counts too.

    Mend: name the verb that the text uses; or add the form in the text to the aliases of the verb.
    """
    for provision, name, path, verb in _verbs_used(context):
        text = _english(context, provision)
        if text is not None and not _standing(context.corpus[verb]).search(text):
            yield found(name, f"{verb!r} does not stand in the text", path, names=(verb,))


@rule("D406")
def mandates_are_numbered(context: CheckContext) -> Iterator[Found]:
    """The mandates of a provision are numbered 1, 2, 3.

    "The second mandate of paragraph 67" is `80-173/67.2`; a skipped number looks like a lost
    mandate.

    Mend: renumber the mandates; once they are published, keep the numbers and add new ones at the
    end.
    """
    for provision in context.corpus.provisions:
        for number, mandate in enumerate(provision.mandates, 1):
            expected = f"{provision.id}.{number}"
            # What does not start with the provision's identifier is reported by I102.
            if mandate.id != expected and mandate.id.startswith(f"{provision.id}."):
                yield found(
                    mandate,
                    f"is mandate {number} of its provision",
                    "id",
                    hint=f"expected {expected}",
                )
                break


def _milestones(context: CheckContext) -> Iterator[Milestone]:
    return (
        each
        for roadmap in context.corpus.roadmaps
        for activity in roadmap.activities
        for each in activity.milestones
    )


def _dues(context: CheckContext) -> Iterator[tuple[str, Due]]:
    """Every due, with the identifier of the mandate or milestone that it is of."""
    for _, _, mandate in _mandates(context):
        if mandate.due is not None:
            yield mandate.id, mandate.due
    for milestone in _milestones(context):
        if milestone.due is not None:
            yield milestone.id, milestone.due


def _disagreement(due: Due, session: Session | None) -> str | None:
    """How the date and the session of a due disagree, if they do."""
    meeting = session.window() if session else None
    if not due.date or meeting is None or meeting.earliest is None or meeting.latest is None:
        return None
    if last_day(due.date) < meeting.earliest or meeting.latest < first_day(due.date):
        return f"{due.session} is not {'on' if due.day else 'in'} {due.date} ({meeting})"
    return None


@rule("D407")
def dues_agree_with_themselves(context: CheckContext) -> Iterator[Found]:
    """The date and the session of a due agree.

    The thirtieth session of CSTD is in 2027; a report due at that session in 2026 would be late and
    early at once.

    Mend: correct the date or the session; the dates of sessions are in the calendar.
    """
    for name, due in _dues(context):
        wrong = _disagreement(due, context.get(due.session, Session))
        if wrong is not None:
            yield found(name, wrong, ("due", "date"))


@rule("D408")
def dues_are_not_empty(context: CheckContext) -> Iterator[Found]:
    """A due gives a date, a session, an event or a recurrence.

    An empty due looks like a deadline and is none.

    Mend: say when, or remove the due.
    """
    for name, due in _dues(context):
        if all(part is None for part in (due.date, due.session, due.event, due.recurrence)):
            yield found(name, "says nothing", "due")


@rule("D409", Severity.WARNING, reads=("body",))
def kinds_agree_with_verbs_and_addressees(context: CheckContext) -> Iterator[Found]:
    """A decision has a deciding verb, and a commitment is one of the Governments or of the body
    that adopts it.

    "Decides" and "resolves" settle something; a call does not. And a body can commit only itself.

    Mend: make it a request or a call, or correct the verb or the addressees.
    """
    deciding, adopting = _under(context, DECIDING), _under(context, GOVERNMENTS)
    for document, _, mandate in _mandates(context):
        if (
            mandate.kind is MandateKind.DECISION
            and deciding
            and context.get(mandate.verb, Concept)
            and mandate.verb not in deciding
        ):
            yield found(
                mandate,
                f"is a decision, and {mandate.verb!r} is no deciding verb",
                "verb",
                names=(mandate.verb,),
            )
        if mandate.kind is MandateKind.COMMITMENT and adopting:
            for number, actor in enumerate(mandate.addressees):
                if (
                    actor not in adopting
                    and actor != document.body
                    and context.get(actor, Entity, StakeholderGroup)
                ):
                    yield found(
                        mandate,
                        f"is a commitment of {actor!r}, which did not adopt it",
                        ("addressees", number),
                        names=(actor,),
                    )


@rule("D410")
def deliverables_are_in_the_vocabulary(context: CheckContext) -> Iterator[Found]:
    """The deliverable of a mandate or milestone is one of the vocabulary `deliverables`.

    Reports and road maps are found and counted by their kind of deliverable.

    Mend: name a kind of deliverable; add it to the vocabulary if it is new.
    """
    vocabulary = context.concepts(DELIVERABLES)
    mandates = (mandate for _, _, mandate in _mandates(context))
    records: tuple[Mandate | Milestone, ...] = (
        (*mandates, *_milestones(context)) if vocabulary else ()
    )
    for record in records:
        if context.get(record.deliverable, Concept) and record.deliverable not in vocabulary:
            yield found(
                record,
                f"{excerpt(record.deliverable)} is no kind of deliverable",
                "deliverable",
                names=(str(record.deliverable),),
            )
