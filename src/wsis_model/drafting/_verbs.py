"""The operative verbs of a corpus, in the forms in which the authors of a text speak."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable

import attrs

from ..corpus import Corpus
from ..model import Concept, MandateKind, Vocabulary

__all__ = ["ADVERBS", "LEAD", "Verbs"]

#: Adverbs with which one operative verb follows another.
ADVERBS = (
    r"(?:also|further|furthermore|moreover|once again|once more|again|strongly|fully|firmly|"
    r"hereby|therefore|thus|likewise|additionally|highly|in particular|particularly|especially|"
    r"accordingly|consequently|subsequently|solemnly|urgently|earnestly|respectfully|deeply|"
    r"(?:in|to|for|with|at) (?:this|that|these|such) \w+|at the same time|as appropriate|"
    r"inter alia|now|still|equally|continues? to)"
)
#: What may stand before a verb of the authors: "also ", ", in this regard, ".
LEAD = rf"(?:,?\s*{ADVERBS}\b,?\s+)*"
#: Words of a form between which an adverb may stand: "calls once again upon".
_BETWEEN = rf"(?:,?\s+{ADVERBS}\b,?)?\s+"
_STATES = frozenset(("is", "are", "remain", "remains"))
#: The kinds of mandate that verbs of a class make, the weaker and the stronger.
_KINDS = {
    "verbs/class-deciding": (MandateKind.COMMITMENT, MandateKind.DECISION),
    "verbs/class-directive": (MandateKind.CALL, MandateKind.REQUEST),
}
BINDING, DECISIVE = 5, 8
"""From these ranks on a verb makes the weaker kind, and the stronger."""
_USES = ("third", "base", "state", "passive", "participle")


@attrs.frozen(eq=False)
class Verbs:
    """The operative verbs of a corpus in English."""

    kinds: dict[str, MandateKind | None]
    """Kind of mandate of each verb; None for one that asks, settles and pledges nothing."""
    forms: dict[str, dict[str, str]]
    """The forms of each use and their verbs. The uses are `third` ("requests"), `base` ("request",
    after "we"), `state` ("are committed"), `passive` ("are urged") and `participle`
    ("requesting").
    """

    @classmethod
    def of(cls, corpus: Corpus) -> Verbs:
        """The verbs of the vocabulary `verbs`; none where the corpus does not hold it."""
        vocabulary = corpus.get("verbs")
        concepts = vocabulary.concepts if isinstance(vocabulary, Vocabulary) else ()
        kinds: dict[str, MandateKind | None] = {}
        forms: dict[str, dict[str, str]] = {use: {} for use in _USES}
        for concept in concepts:
            if concept.parent is None:  # a class of verbs
                continue
            kinds[concept.id] = _kind(concept)
            asks = kinds[concept.id] in (MandateKind.CALL, MandateKind.REQUEST)
            for form in _forms(concept):
                if (use := _use(form, concept, asks=asks)) is not None:
                    forms[use].setdefault(form, concept.id)
        return cls(kinds, forms)

    @functools.cached_property
    def _patterns(self) -> dict[str, str]:
        return {use: _alternation(forms) for use, forms in self.forms.items()}

    def pattern(self, *uses: str) -> str:
        """A regular expression, in one group, for the forms of some uses."""
        return rf"((?i:{'|'.join(self._patterns[use] for use in uses)}))\b"

    def verb_of(self, words: str, *uses: str) -> str:
        """The verb of a form as it is written in a text."""
        plain = _plain(words)
        return next(self.forms[use][plain] for use in uses if plain in self.forms[use])


def _kind(verb: Concept) -> MandateKind | None:
    """The kind of mandate that a verb makes, by its class and its force."""
    weaker, stronger = _KINDS.get(verb.parent or "", (None, None))
    rank = verb.rank or 0
    return stronger if rank >= DECISIVE else weaker if rank >= BINDING else None


def _forms(concept: Concept) -> Iterable[str]:
    written = (concept.code or "", concept.label.get("en", ""), *concept.aliases)
    return dict.fromkeys(_plain(form) for form in written if form)


def _use(form: str, concept: Concept, *, asks: bool) -> str | None:
    """How a form is used; None for a past tense, which asks nothing now."""
    first = form.partition(" ")[0]
    base = (concept.code or form).casefold().partition(" ")[0]
    if first in _STATES:
        return "passive" if asks else "state"
    if first == base:
        return None if base == "be" else "base"
    if first.endswith("ing"):
        return "participle"
    if first.endswith("s"):
        return "third"
    return "base" if first == "will" else None


def _alternation(forms: Iterable[str]) -> str:
    ordered = sorted(forms, key=lambda form: (-len(form), form))
    return "|".join(_BETWEEN.join(map(re.escape, form.split())) for form in ordered) or "(?!)"


def _plain(words: str) -> str:
    """The words of a form, without the signs and adverbs that stand between them."""
    bare = re.sub(
        rf"(?<=\s){ADVERBS}\b\s+", "", " ".join(words.casefold().replace(",", "").split())
    )
    return " ".join(bare.split())
