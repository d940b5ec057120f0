"""What IATI demands and no road map says: who publishes, where, in which sector. The caller says
it; what is missing or wrong is told, all of it at once.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal, InvalidOperation
from typing import Any, Literal, TypeAlias, cast, get_args

import attrs

from ..._version import BASE_IRI
from ...corpus import Corpus
from ...errors import Finding, UnknownIdentifier, bounded, excerpt
from ...model import Translations
from ...model._currencies import CURRENCIES_CALLED, currencies
from ...model.text import LANGUAGE_TAG
from .codelists import codes, country_named, near_codes, organisation_refs
from .wire import clean, cleaned

__all__ = [
    "LongBudgets",
    "Organisation",
    "Publication",
    "Share",
    "Shares",
    "organisation_type",
    "publication",
    "refs_in",
    "shares_in",
]

LongBudgets: TypeAlias = Literal["refuse", "split"]
"""What becomes of money for more than a year, which no budget of IATI may last: `"refuse"` it, or
`"split"` it into equal parts, one a year.
"""

#: The rules of IATI forbid these signs in identifiers.
_REF = re.compile(r"[^\s/&|?]+")
_SHARE = re.compile(
    r"(?:(?P<vocabulary>[0-9]+)/)?(?P<code>[^:,/%]+?)(?::(?P<percentage>[0-9.]+)\s*%?)?"
)
#: How far percentages may be from 100 together, as IATI's validator has it.
_TOLERANCE = Decimal("0.01")
_HUNDRED = Decimal(100)
#: Groups and kinds of entity that are of one type of organisation.
_TYPES = {
    "groups/governments": "10",
    "groups/un-system": "40",
    "groups/international-organizations": "40",
    "groups/intergovernmental-organizations": "40",
    "intergovernmental-organization": "40",
    "specialized-agency": "40",
    "groups/philanthropic-actors": "60",
    "groups/private-sector": "70",
    "groups/academia": "80",
}


@attrs.frozen
class Organisation:
    """An organisation as IATI names it."""

    ref: str
    """Its identifier in IATI, e.g. `"XM-DAC-41304"`."""
    type: str = ""
    """Code of its type in the list `OrganisationType`, e.g. `"40"` for a multilateral one."""
    name: Translations | str = ""
    """What it is called."""


@attrs.frozen
class Share:
    """A country, region or sector, and how much of an activity goes there."""

    code: str
    """Code, e.g. `"KE"`, `"298"`, `"22040"`."""
    percentage: Decimal | None = attrs.field(
        default=None, converter=attrs.converters.optional(Decimal)
    )
    """Out of a hundred; may be left out where there is one alone."""
    vocabulary: str = "1"
    """Code of the vocabulary of sectors or of regions; the OECD's where nothing is said. It means
    nothing for countries.
    """
    vocabulary_uri: str | None = None
    """Where the vocabulary is defined, for one of the publisher's own (98 and 99)."""
    name: str = ""
    """What it is called, which IATI demands of sectors in a vocabulary of the publisher's own."""


Shares: TypeAlias = "str | Iterable[Share]"
"""Shares, or how people write them: `"KE:60, UG:40"`, `"22040"`, `"2/220"`."""


@attrs.frozen
class Publication:
    """What the caller says, checked."""

    reporting_org: Organisation
    name: Mapping[str, str]
    countries: tuple[Share, ...]
    regions: tuple[Share, ...]
    sectors: tuple[Share, ...]
    scope: str | None
    currency: str | None
    planned_start: datetime.date | None
    long_budgets: LongBudgets
    language: str
    refs: Mapping[str, str]
    context: Corpus
    base: str
    generated: datetime.datetime


def publication(
    context: Corpus,
    *,
    reporting_org: Organisation | str | None,
    recipient: Shares | None,
    sector: Shares | None,
    scope: str | None = None,
    default_currency: str | None = None,
    planned_start: datetime.date | None = None,
    long_budgets: LongBudgets = "refuse",
    language: str = "en",
    refs: Mapping[str, str] | None = None,
    base: str = BASE_IRI,
    generated: datetime.datetime | None = None,
) -> tuple[Publication, list[Finding]]:
    """What the caller says, and everything that is wrong with it: not to be used where there is
    anything.
    """
    problems: list[Finding] = []
    organisation = _organisation(reporting_org, context, problems)
    places = _shares("recipient", recipient, problems)
    countries, regions = _places(places, context, problems)
    sectors = _shares("sector", sector, problems)
    for each in sectors:
        _check_sector(each, problems)
    _hundred("recipient", places, problems)
    for vocabulary in dict.fromkeys(each.vocabulary for each in sectors):
        _hundred("sector", [each for each in sectors if each.vocabulary == vocabulary], problems)
    if scope is not None:
        _in_list("scope", "ActivityScope", scope, problems)
    if default_currency is not None and default_currency not in currencies():
        meant = CURRENCIES_CALLED.get(default_currency.upper(), default_currency.upper())
        near = (meant,) if meant in currencies() else ()
        problems.append(_wrong("default_currency", default_currency, "a code of ISO 4217", near))
    if long_budgets not in get_args(LongBudgets):
        problems.append(
            _wrong("long_budgets", long_budgets, "one of", tuple(get_args(LongBudgets)))
        )
    if not re.fullmatch(LANGUAGE_TAG, language):
        problems.append(_wrong("language", language, "a language tag such as 'en'"))
    for actor, ref in (refs or {}).items():
        if not _REF.fullmatch(ref):
            problems.append(
                _wrong(f"refs.{actor}", ref, "an identifier of IATI, without space, /, &, | and ?")
            )
    made = generated or datetime.datetime.now(datetime.UTC)
    made = made.replace(tzinfo=datetime.UTC) if made.tzinfo is None else made
    return (
        Publication(
            organisation,
            _names(organisation),
            countries,
            regions,
            sectors,
            scope,
            default_currency,
            planned_start,
            long_budgets,
            language,
            {**organisation_refs(), **dict(refs_in(context)), **(refs or {})},
            context,
            base,
            made.astimezone(datetime.UTC),
        ),
        problems,
    )


def organisation_type(actor: Any) -> str | None:
    """The type of an entity or group, where its kind or its groups leave no doubt.

    Examples:
        >>> from wsis_model import catalogue
        >>> organisation_type(catalogue()["itu"]), organisation_type(catalogue()["apnic"])
        ('40', None)
    """
    told = (actor.id, getattr(actor, "kind", None), *getattr(actor, "groups", ()))
    found = {_TYPES[each] for each in told if each in _TYPES}
    return found.pop() if len(found) == 1 else None


def shares_in(text: str) -> tuple[Share, ...]:
    """The shares that people write in a line.

    Raises:
        ValueError: A part is none; with the part.

    Examples:
        >>> [(each.code, each.percentage) for each in shares_in("KE:60, UG:40%")]
        [('KE', Decimal('60')), ('UG', Decimal('40'))]
        >>> shares_in("2/220")[0].vocabulary
        '2'
    """
    found: list[Share] = []
    for part in text.split(","):
        match = _SHARE.fullmatch(part.strip())
        if match is None:
            raise ValueError(part.strip())
        try:
            share = Share(match["code"].strip(), match["percentage"], match["vocabulary"] or "1")
        except InvalidOperation:
            raise ValueError(part.strip()) from None
        found.append(share)
    return tuple(found)


def refs_in(context: Corpus) -> Iterator[tuple[str, str]]:
    """The entities of a corpus that say what they are called in IATI, under `iati:ref` in their
    extensions: identifier and reference.
    """
    for entity in context.all_entities:
        ref = entity.extensions.get("iati:ref")
        if isinstance(ref, str) and _REF.fullmatch(ref):
            yield entity.id, ref


def _names(organisation: Organisation) -> dict[str, str]:
    name = organisation.name
    return cleaned(Translations(en=name) if isinstance(name, str) else name)


def _organisation(
    given: Organisation | str | None, context: Corpus, problems: list[Finding]
) -> Organisation:
    """The publisher: as given, with what the corpus and the list of identifiers know of it."""
    if given is None:
        problems.append(_missing("reporting_org", "who publishes, with reference, type and name"))
        return Organisation("")
    known = Organisation(given) if isinstance(given, str) else given
    refs = {**organisation_refs(), **dict(refs_in(context))}
    by_ref = {ref: actor for actor, ref in refs.items()}
    actor = by_ref.get(known.ref) or _actor(known.ref, context)
    if actor is not None:
        record: Any = context.get(actor)
        known = Organisation(
            refs.get(actor, known.ref if known.ref in by_ref else ""),
            known.type or (record and organisation_type(record)) or "",
            known.name or getattr(record, "name", ""),
        )
        if not known.ref:
            problems.append(
                _missing("reporting_org.ref", f"the identifier of {actor!r} in IATI", actor)
            )
    if known.ref and not _REF.fullmatch(known.ref):
        problems.append(
            _wrong(
                "reporting_org.ref",
                known.ref,
                "an identifier of IATI, without space, /, &, | and ?",
            )
        )
    if not known.type:
        problems.append(_missing("reporting_org.type", "its code in the list OrganisationType"))
    else:
        _in_list("reporting_org.type", "OrganisationType", known.type, problems)
    if not _names(known):
        problems.append(_missing("reporting_org.name", "what it is called"))
    return known


def _actor(name: str, context: Corpus) -> str | None:
    try:
        return cast(str, context.find(name, ("entity", "group")).id)
    except UnknownIdentifier:
        return None


def _shares(argument: str, given: Shares | None, problems: list[Finding]) -> tuple[Share, ...]:
    shares: tuple[Share, ...] = ()
    if given is not None:
        try:
            shares = shares_in(given) if isinstance(given, str) else tuple(given)
        except ValueError as error:
            problems.append(_wrong(argument, str(error), "a code, with or without its percentage"))
            return ()
    if not shares:
        what = {"recipient": "the countries or regions that benefit", "sector": "the sectors"}
        problems.append(_missing(argument, what[argument]))
    return shares


def _places(
    places: Iterable[Share], context: Corpus, problems: list[Finding]
) -> tuple[tuple[Share, ...], tuple[Share, ...]]:
    """Countries, then regions: which is which is told by the code."""
    countries: list[Share] = []
    regions: list[Share] = []
    for each in places:
        if each.code in codes("Country"):
            countries.append(each)
        elif each.vocabulary in ("2", "99") or each.code in codes("Region"):
            if _in_list("recipient", "RegionVocabulary", each.vocabulary, problems):
                regions.append(each)
        else:
            country = country_named(each.code, (context,))
            near = (country,) if country else near_codes("Region", each.code)
            problems.append(
                _wrong("recipient", each.code, "a code of the lists Country and Region", near)
            )
    return tuple(countries), tuple(regions)


def _check_sector(sector: Share, problems: list[Finding]) -> None:
    if not _in_list("sector", "SectorVocabulary", sector.vocabulary, problems):
        return
    if sector.vocabulary == "1":
        _in_list("sector", "Sector", sector.code, problems)
    elif sector.vocabulary in ("98", "99") and not clean(sector.name):
        problems.append(
            _missing("sector.name", f"what {excerpt(sector.code)} is called, as IATI demands")
        )


def _hundred(argument: str, shares: Iterable[Share], problems: list[Finding]) -> None:
    """Percentages are there where there are several, and are 100 together."""
    given = tuple(shares)
    told = [each.percentage for each in given if each.percentage is not None]
    if not given or (len(given) == 1 and not told):
        return
    total = sum(told, Decimal(0))
    if len(told) < len(given) or any(each < 0 for each in told):
        listed = ", ".join(each.code for each in given)
        problems.append(_missing(f"{argument}.percentage", f"the percentage of each of {listed}"))
    elif abs(total - _HUNDRED) > _TOLERANCE:
        problems.append(
            Finding(
                "iati-code",
                f"the percentages add up to {bounded(str(total))}, not to 100",
                path=f"{argument}.percentage",
                found=str(total),
                expected="percentages that add up to 100",
            )
        )


def _in_list(argument: str, name: str, code: str, problems: list[Finding]) -> bool:
    if code in codes(name):
        return True
    problems.append(_wrong(argument, code, f"a code of the list {name}", near_codes(name, code)))
    return False


def _missing(argument: str, what: str, record: str = "") -> Finding:
    return Finding(
        "iati-missing",
        f"IATI demands what no road map says: {what}",
        path=argument,
        hint=f"give the argument {argument.partition('.')[0]}",
        expected=what,
        names=(record,) if record else (),
    )


def _wrong(argument: str, found: str, expected: str, meant: tuple[str, ...] = ()) -> Finding:
    return Finding(
        "iati-code",
        f"{excerpt(found)} is not {expected}",
        path=argument,
        hint=f"did you mean {' or '.join(map(repr, meant))}?" if meant else "",
        found=found,
        expected=expected,
        meant=meant,
    )
