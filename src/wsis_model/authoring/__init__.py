"""A new road map to start from: what asks for it, what it may answer, and every field explained
where it is to be filled in.

Paragraph 113 of A/RES/80/173 asks the facilitators of the Action Lines for road maps, paragraph 122
asks UNGIS for a joint one. [`new_roadmap`][wsis_model.authoring.new_roadmap] reads both from the
corpus, not from here: who is asked, by when, and to whom it is reported. What a drafter still has
to say begins with `TODO`. [`resume`][wsis_model.authoring.resume] takes up one that is there
already, so that others may fill it in.
"""

from __future__ import annotations

from .skeleton import EXPLAINED, TODO
from .suggestions import Candidate, Suggestions
from .template import Draft, new_roadmap, resume

__all__ = ["EXPLAINED", "TODO", "Candidate", "Draft", "Suggestions", "new_roadmap", "resume"]
