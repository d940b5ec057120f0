"""The paragraph JSON of the United Nations Mandate Source Registry, read and written.

The registry cuts a document into blocks and lets a machine annotate its paragraphs: which verbs,
who is to act, what is to come of it. [`read`][wsis_model.interop.registry.read] gives the document
with those annotations as mandates, **marked as machine-made**: every mandate has the basis
`editorial` and says so in its note, and the document's source is `reported`. Check them before you
rely on them.

**Kept**: title, session, agenda item, draft, day and meeting of adoption; headings; preambular
paragraphs, paragraphs and items with their numbers; text; links as citations; verbs, assignees,
deliverables and mentioned entities as mandates and mentions; what the registry says beyond that,
under the keys `registry:...` of a provision's `extensions`.

**Lost when reading**: `textWithHighlights`, which repeats the text with marks; the words of links
whose address tells the document. All else that finds no place is in
[`Reading.left_out`][wsis_model.interop.Reading].

**Lost when writing**: numbered notes, tables, summaries, alignments, subjects, text in other
languages, the part `annex`, and of a mandate all but its verb, addressees, action and deliverable.
Its kind follows from its verb. What the format can hold, reading gives back.

The registry numbers no paragraph that has no number: preambular ones are `P1`, `P2` ... here,
others `U1`, `U2` ...
"""

from __future__ import annotations

from .mandates import MACHINE_MADE
from .reader import read
from .writer import write

__all__ = ["MACHINE_MADE", "read", "write"]
