"""The codelists of IATI whose codes are written or checked: data, read when first asked for."""

from __future__ import annotations

import functools
from collections.abc import Iterable, Mapping
from difflib import get_close_matches
from importlib.resources import files
from typing import Any

import yaml

from ...corpus import Corpus

__all__ = [
    "codes",
    "country_named",
    "near_codes",
    "organisation_refs",
]


@functools.cache
def _data() -> dict[str, Any]:
    text = files("wsis_model").joinpath("data", "iati.yaml").read_text(encoding="utf-8")
    data: dict[str, Any] = yaml.safe_load(text)
    return data


@functools.cache
def codes(name: str) -> Mapping[str, str]:
    """The codes of a list of IATI, each with its name; of `Sector`, `Country`, the code again.

    Args:
        name: Name of the list as IATI spells it, e.g. `"OrganisationType"`.

    Raises:
        KeyError: The list is not among those that ship (`data/iati.yaml`).

    Examples:
        >>> codes("OrganisationType")["40"], "KE" in codes("Country"), "22040" in codes("Sector")
        ('Multilateral', True, True)
    """
    if name == "Sector":
        return {code: code for code in _data()["sectors"].split()}
    if name == "Country":
        return dict(pair.split(":") for pair in _data()["countries"].split())
    found: dict[str, str] = _data()["lists"][name]
    return found


@functools.cache
def organisation_refs() -> Mapping[str, str]:
    """The identifiers in IATI of entities of the catalogue, where known: UN entities with a channel
    code of the OECD.

    Examples:
        >>> organisation_refs()["itu"]
        'XM-DAC-41303'
    """
    found: dict[str, str] = _data()["organisations"]
    return found


def near_codes(name: str, written: str) -> tuple[str, ...]:
    """Codes of a list that may be meant by what is not one of them, the nearest first: by the name
    that the list has for it, or by its signs.

    Examples:
        >>> near_codes("OrganisationType", "multilateral"), near_codes("Region", "Africa")
        (('40',), ('298',))
        >>> near_codes("Sector", "2204")
        ('22040',)
    """
    known = codes(name)
    wanted = written.strip().casefold()
    named = {label.casefold(): code for code, label in known.items() if label != code}
    if wanted in named:
        return (named[wanted],)
    if begun := [code for label, code in named.items() if wanted and label.startswith(wanted)]:
        return tuple(begun[:2])
    if len(wanted) > 3 and (alike := get_close_matches(wanted, named, 2, 0.7)):
        return tuple(named[each] for each in alike)
    return tuple(get_close_matches(written.strip().upper(), known, 2, 0.8))


def country_named(name: str, context: Iterable[Corpus]) -> str | None:
    """The code of a country from its code of three letters, or from what the vocabulary `regions`
    of a corpus calls it; None for what is no country.

    Examples:
        >>> from wsis_model import catalogue
        >>> country_named("ken", ()), country_named("Kenya", (catalogue(),))
        ('KE', 'KE')
    """
    by_three = {three: two for two, three in codes("Country").items()}
    if (found := by_three.get(name.strip().upper())) is not None:
        return found
    for corpus in context:
        for identifier in corpus.resolve(name, ("concept",)):
            if identifier.startswith("regions/"):
                return by_three.get(identifier.removeprefix("regions/").upper())
    return None
