"""`draft`: from an official text to a record to be reviewed."""

from __future__ import annotations

import argparse

from .console import Source, Unusable, print_errors, progress, write
from .roadmaps import Command, add_output

__all__ = ["add_draft"]

DRAFTED = """\
# Drafted by a machine from the official text. Read each paragraph, write each action in your own
# words, and make its basis stated, or editorial with a note. draft:at and draft:seen say which rule
# saw what, and where in the text of the paragraph; delete them when you have read it.
"""


def _draft(options: argparse.Namespace) -> None:
    from ..corpus import Corpus
    from ..drafting import suggest
    from ..loading import dumps, load

    with progress() as show_progress:
        show_progress(f"reading {options.source}")
        documents = load(options.source).documents
        if not any(each.text for one in documents for each in one.provisions):
            reason = "there is no document with official text here"
            raise Unusable(paths=(options.source,), reason=reason)
        drafts = [suggest(each) for each in documents]
    made = dumps(Corpus(documents=tuple(each.document for each in drafts)), "yaml")
    count = sum(len(each.suggestions) for each in drafts)
    mandates = "mandate" if count == 1 else "mandates"
    print_errors(f"{count} {mandates} suggested by rules; read each (P608)")
    write(DRAFTED.encode() + made, options)


def add_draft(command: Command) -> None:
    """Add the command to the parser."""
    made = command(
        "draft",
        _draft,
        "Draft a record from an official text: mandates suggested by rules, for somebody to read.",
    )
    made.add_argument("source", type=Source, metavar="FILE", help="an official file of a document")
    add_output(made)
