"""The road map itself: what asks for it, and what readers ask first."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..._messages import sentence
from ...errors import excerpt
from ...interop.stocktaking import PLATFORM, WORDS, word_count
from ...model import RoadmapKind
from .._contents import texts
from .._rule import PUBLISH, CheckContext, Found, Severity, found, rule

#: Made of one's own accord: nobody asks for them, and they need not be reported to anybody.
_OWN_ACCORD = (RoadmapKind.NATIONAL, RoadmapKind.ORGANISATIONAL)
_TO_DO = re.compile(r"\s*TODO\b")


@rule("M701", profiles=PUBLISH, reads=("kind",))
def road_maps_name_their_mandate(context: CheckContext) -> Iterator[Found]:
    """A road map names the mandate that asks for it.

    Those who asked must find the answer: paragraph 113 of A/RES/80/173 asks the Action Line
    facilitators for road maps, paragraph 122 asks UNGIS for the joint one. Nobody asks for national
    or organisational road maps, which need no mandate.

    Mend: add `mandated_by`, e.g. `80-173/113.1`; or say in `kind` that it is national or
    organisational.
    """
    for roadmap in context.corpus.roadmaps:
        if not roadmap.mandated_by and roadmap.kind not in _OWN_ACCORD:
            yield found(
                roadmap,
                sentence("does not say what asks for it"),
                "mandated_by",
                hint=sentence("e.g. {example}", example="80-173/113.1"),
            )


@rule("M721", profiles=PUBLISH, reads=("kind",))
def road_maps_have_a_period_and_a_version(context: CheckContext) -> Iterator[Found]:
    """A road map has a period and a version, and says to whom it is reported.

    Readers quote road maps by version, and the Commission must know which ones to expect. `status`
    says how far the road map is; the default is a draft. A national or organisational road map need
    not be reported to anybody.

    Mend: add `period`, `version`, `reports_to`.
    """
    for roadmap in context.corpus.roadmaps:
        if roadmap.period is None or (roadmap.period.start is None and roadmap.period.end is None):
            hint = sentence("e.g. start 2026, end 2030")
            yield found(roadmap, sentence("has no period"), "period", hint=hint)
        if roadmap.version is None:
            hint = sentence("e.g. {example}", example='"0.1"')
            yield found(roadmap, sentence("has no version"), "version", hint=hint)
        if not roadmap.reports_to and roadmap.kind not in _OWN_ACCORD:
            message = sentence("does not say to whom it is reported")
            hint = sentence("e.g. {example}", example="cstd")
            yield found(roadmap, message, "reports_to", hint=hint)


@rule("M735", Severity.WARNING, PUBLISH)
def entries_of_the_stocktaking_have_a_description_that_fits(
    context: CheckContext,
) -> Iterator[Found]:
    """A road map that is reported to the WSIS Stocktaking has a description of 150 to 200 words.

    So long is the short description that the form of the WSIS Prizes takes, and on which the public
    votes; a longer or shorter one is sent back. The rule applies to road maps with
    `wsis-stocktaking` in `reports_to`.

    Mend: lengthen or shorten `description`.
    """
    least, most = WORDS
    for roadmap in context.corpus.roadmaps:
        count = word_count(roadmap.description or "")
        if PLATFORM in roadmap.reports_to and not least <= count <= most:
            yield found(
                roadmap,
                f"has a description of {count:,} word{'' if count == 1 else 's'}",
                "description",
                hint=f"the form of the stocktaking takes {least} to {most}",
            )


@rule("M722", profiles=PUBLISH)
def no_text_is_still_to_be_written(context: CheckContext) -> Iterator[Found]:
    """No text of a road map begins with "TODO".

    Skeletons mark texts that are still to be written with it. Drafts may have them.

    Mend: write the text, or remove the field.
    """
    for roadmap in context.corpus.roadmaps:
        for name, path, text in texts(roadmap):
            if _TO_DO.match(text):
                message = sentence("is yet to be written: {text}", text=excerpt(text))
                yield found(name, message, path)
