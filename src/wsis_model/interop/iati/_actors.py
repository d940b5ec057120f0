"""Organisations that a file of IATI names, as actors of ours."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict

from ...corpus import Corpus
from ...model import Entity, Translations, is_identifier
from .codelists import organisation_refs
from .publishing import refs_in

__all__ = ["Actors", "Names", "slug"]

_APART = re.compile(r"[^a-z0-9]+")
#: Longer names of organisations than this are cut in identifiers; nobody looks them up.
_LONGEST = 60


def slug(text: str) -> str:
    """A text as a segment of an identifier; empty where it has no letter or digit of ASCII.

    Examples:
        >>> slug("GB-COH-1234567"), slug("Médias & Co."), slug("国际")
        ('gb-coh-1234567', 'medias-co', '')
    """
    plain = unicodedata.normalize("NFKD", text[: 4 * _LONGEST]).encode("ascii", "ignore").decode()
    return _APART.sub("-", plain.casefold())[:_LONGEST].strip("-")


class Names:
    """Identifiers that are each given once."""

    def __init__(self) -> None:
        self._taken: set[str] = set()
        self._counts: dict[str, int] = defaultdict(int)

    def take(self, wanted: str) -> str:
        """The identifier wanted, or with a number behind it where it is taken."""
        name = wanted
        while name in self._taken:
            self._counts[wanted] += 1
            name = f"{wanted}-{self._counts[wanted] + 1}"
        self._taken.add(name)
        return name


class Actors:
    """Finds the actor that a reference or a name stands for, or makes an entity of them."""

    def __init__(self, context: Corpus | None, names: Names) -> None:
        self._context = context
        self._names = names
        self._by_ref = {ref: actor for actor, ref in organisation_refs().items()}
        if context is not None:
            self._by_ref |= {ref: actor for actor, ref in refs_in(context)}
        self._found: dict[tuple[str, str], str] = {}
        self.made: dict[str, Entity] = {}

    def of(self, ref: str, texts: Translations) -> str:
        """The identifier of the actor with this reference, or else of this name."""
        name = str(texts)
        key = (ref, "" if ref else name)
        if key not in self._found:
            known = self._by_ref.get(ref) or self._named(name)
            self._found[key] = known or self._entity(ref, texts)
        return self._found[key]

    def _named(self, name: str) -> str | None:
        if self._context is None or not name or len(name) > 200:
            return None
        found = self._context.resolve(name, ("entity", "group"))
        kinds = {self._context.kind(each) for each in found if each in self._context}
        return found[0] if len(found) == 1 and kinds <= {"entity", "group"} and kinds else None

    def _entity(self, ref: str, texts: Translations) -> str:
        wanted = slug(ref) or slug(str(texts)) or "organisation"
        if not is_identifier(wanted):
            wanted = f"organisation-{wanted}"
        identifier = self._names.take(wanted)
        extensions = {"iati:ref": ref} if ref else {}
        self.made[identifier] = Entity.model_validate(
            {"id": identifier, "name": texts or {"en": ref or "?"}, "extensions": extensions}
        )
        return identifier
