"""Rules that see what a paragraph cites, and what it says that it is about."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..errors import NotAReference
from ..model import Alignment, Basis, Citation, Concept, parse_reference
from ..model.identifiers import NAMES
from ._rule import Passage, Seen, suggests

#: Numbers of resolutions: "resolution 70/1 of 25 September 2015", "resolutions 72/305 and 75/290".
_RESOLUTIONS = re.compile(
    r"\b(?:[Rr]esolutions?|[Dd]ecisions?)\s+(?P<all>(?:[AES]/RES/)?\d{1,4}/\d{1,3}[^.;:]*)"
)
_NUMBER = re.compile(r"(?<![\w/])(?P<number>(?:[AES]/RES/)?\d{1,4}/\d{1,3}(?: [A-Z])?)(?![\w/])")


@suggests("V701")
def what_it_cites(passage: Passage) -> Iterator[Seen]:
    """A resolution is cited by its number, with the verb in whose clause it stands: "Recalling its
    resolution **70/1**".
    """
    text = passage.paragraph.text
    for cited in _RESOLUTIONS.finditer(text):
        for found in _NUMBER.finditer(text, *cited.span("all")):
            try:
                target = parse_reference(found["number"])
            except NotAReference:
                continue
            if target != passage.document:
                yield Seen("citations", _citation(passage, target, found.start()), *found.span())


def _citation(passage: Passage, target: str, place: int) -> Citation:
    """A citation with the verb in whose clause it stands."""
    verbs = [each.head.verb for each in passage.clauses if each.holds(place)]
    return Citation(target=target, verb=verbs[-1] if verbs else None)


#: Names of works that are cited by name, and no short form of one.
_WORKS = {name: work for work, names in NAMES.items() for name in names if name.count(" ") > 1}
_NAMED = re.compile(rf"\b(?:{'|'.join(sorted(map(re.escape, _WORKS), key=len, reverse=True))})\b")


@suggests("V702")
def what_it_cites_by_name(passage: Passage) -> Iterator[Seen]:
    """A work with a name of its own is cited by it: "Reaffirming the **Geneva Plan of Action**"."""
    for found in _NAMED.finditer(passage.paragraph.text):
        target = _WORKS[found[0]]
        if target != passage.document:
            yield Seen("citations", _citation(passage, target, found.start()), *found.span())


#: "(SDGs 4, 5 and 17)", "Sustainable Development Goal 6", "Goal target 14.6".
_GOALS = re.compile(
    r"\b(?:SDGs?|Sustainable Development Goals?)(?: targets?)?\s+"
    r"(?P<all>\d{1,2}(?:\.[\da-z])?(?:(?:,| and|, and)\s+\d{1,2}(?:\.[\da-z])?)*)\b"
)


@suggests("V801")
def what_it_says_it_is_about(passage: Passage) -> Iterator[Seen]:
    """The text itself names the goals or targets that it serves: "(SDGs **4** and **5**)". A goal
    is no target: none is inferred.
    """
    for found in _GOALS.finditer(passage.paragraph.text):
        for one in re.finditer(r"\d{1,2}(?:\.[\da-z]{1,2})?", found["all"]):
            concept = f"sdg/{one[0]}"
            if isinstance(passage.corpus.get(concept), Concept):
                place = found.start("all") + one.start()
                alignment = Alignment(concept=concept, basis=Basis.MACHINE)
                yield Seen("alignments", alignment, place, place + len(one[0]))
