"""A new road map to start from: its mandates, what it may answer, and an explanation of every
field.

Paragraph 113 of A/RES/80/173 asks the facilitators of the Action Lines for road maps, paragraph 122
asks UNGIS for a joint one. [`new_roadmap`][wsis_model.authoring.new_roadmap] reads from the corpus
who is asked, by when, and to whom it is reported. Texts that a drafter has to write begin with
`TODO`. [`resume`][wsis_model.authoring.resume] continues an existing road map, so that others may
fill it in.
"""

from __future__ import annotations

from .skeleton import EXPLAINED, TODO
from .suggestions import Candidate, Suggestions
from .template import Draft, new_roadmap, resume

__all__ = ["EXPLAINED", "TODO", "Candidate", "Draft", "Suggestions", "new_roadmap", "resume"]
