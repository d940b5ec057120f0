"""From an official text to a record to be reviewed.

[`suggest`][wsis_model.drafting.suggest] reads the official text of a document with rules and
suggests its mandates: verb and kind, addressees, what is to come of them, when, to whom they are
reported, their limits; besides that, what each paragraph cites and mentions. Whatever it suggests
has the basis `machine`, names the rules that saw it, and says where in the text it stands. The
action is an extract of at most twelve words that waits to be written in somebody's own.
"""

from __future__ import annotations

from ._rule import Rule, Seen
from ._suggest import RULES, Draft, Suggestion, suggest

__all__ = ["RULES", "Draft", "Rule", "Seen", "Suggestion", "suggest"]
