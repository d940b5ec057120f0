"""Where each identifier of the catalogue stands on the site, and links between the pages."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterable

from wsis_model import Concept, Corpus, Document, Entity, Provision, Session, StakeholderGroup
from wsis_model.model.identifiers import owner_of

__all__ = ["FOLDER", "OUTCOME", "address", "escaped", "link", "links", "name", "paragraph_link"]

OUTCOME = "80-173"
"""The document that has a page for each of its paragraphs."""
COMPACT = "gdc"
FOLDER = f"outcome/{OUTCOME}"
"""Where these pages lie."""

_MARKS = re.compile(r"([\\`*_\[\]#|~$<>{}])")


def escaped(text: object) -> str:
    """A text of the catalogue as Markdown, on one line, with none of its signs taken for markup."""
    return _MARKS.sub(r"\\\1", " ".join(str(text).split()))


def address(identifier: str) -> tuple[str, str]:
    """The source file of the page that tells most of a record, and the anchor there.

    It goes by the form of the identifier alone, as the redirects of `w3id/.htaccess` do, so that
    the two agree on records that are yet to come.

    Examples:
        >>> address("80-173/99"), address("80-173/67.2")
        (('outcome/80-173/99.md', ''), ('outcome/80-173/67.md', '67.2'))
        >>> address("gdc/21-a"), address("themes/igf"), address("itu")
        (('outcome/gdc/index.md', '21-a'), ('outcome/records/themes.md', 'themes/igf'), ('outcome/records/index.md', 'itu'))
    """
    head, _, rest = identifier.partition("/")
    if head == OUTCOME:
        number, dot, _ = rest.partition(".")
        if re.fullmatch(r"p?[0-9]+", number):
            return f"{FOLDER}/{number}.md", rest if dot else ""
        return f"{FOLDER}/index.md", rest
    if head == COMPACT:
        return "outcome/gdc/index.md", rest
    return (
        (f"outcome/records/{head}.md", identifier) if rest else ("outcome/records/index.md", head)
    )


def link(page: str, identifier: str, text: str) -> str:
    """A Markdown link from a page to a record; *page* is the source file it stands in."""
    target, anchor = address(identifier)
    if target == page:
        where = f"#{anchor}"
    else:
        where = posixpath.relpath(target, posixpath.dirname(page))
        where += f"#{anchor}" if anchor else ""
    return f"[{escaped(text)}]({where})"


def links(corpus: Corpus, page: str, identifiers: Iterable[str]) -> str:
    """Links to some records by their names, with commas between."""
    return ", ".join(link(page, each, name(corpus, each)) for each in identifiers)


def paragraph_link(page: str, provision: Provision) -> str:
    """A link to a provision by its number."""
    return link(page, provision.id, provision.number)


def name(corpus: Corpus, identifier: str) -> str:
    """What people call a record: acronym, label, code and label, symbol and title, number.

    Examples:
        >>> from wsis_model import catalogue
        >>> corpus = catalogue()
        >>> name(corpus, "itu"), name(corpus, "action-lines/c6"), name(corpus, "gdc/21-a")
        ('ITU', 'C6 Enabling environment', 'Global Digital Compact 21(a)')
    """
    match corpus.get(identifier):
        case Entity(acronym=acronym, name=full):
            return acronym or str(full)
        case StakeholderGroup(label=label):
            return str(label)
        case Concept(id=own, code=code, label=label):
            # Codes of themes and of deliverables only repeat their label.
            told = own.startswith(("sdg/", "action-lines/")) and code
            head = "SDG " if own.startswith("sdg/") else ""
            return f"{head}{code} {label}" if told else str(label)
        case Session(title=title):
            return str(title)
        case Document(symbol=symbol, title=title):
            return symbol or str(title)
        case Provision(number=number):
            document = corpus.get(owner_of(identifier))
            of = document.title if isinstance(document, Document) else owner_of(identifier)
            return f"paragraph {number}" if owner_of(identifier) == OUTCOME else f"{of} {number}"
        case _:
            return identifier
