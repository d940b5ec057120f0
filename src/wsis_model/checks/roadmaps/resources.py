"""Resources: amounts and currencies."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..._messages import sentence
from ...errors import Fix, excerpt
from ...model import Resource
from ...model._currencies import CURRENCIES_CALLED, currencies
from ...names.typos import says_nothing
from .._contents import parts
from .._rule import PUBLISH, CheckContext, Found, found, rule
from .common import plain

_MONEY = re.compile(
    r"\b(?:money|fund(?:s|ing)?|financ(?:e|ing|ial)|budget|costs?|grants?|loans?|cash)\b",
    re.IGNORECASE,
)
_IN_KIND = re.compile(r"\bin[- ]kind\b", re.IGNORECASE)


@rule("M719", profiles=PUBLISH)
def money_has_a_currency(context: CheckContext) -> Iterator[Found]:
    """An amount of money has a currency.

    An amount means nothing without its currency. Words in `kind` such as funding, budget or costs
    show that it is money, and not staff, things or a contribution in kind. Codes that ISO 4217 does
    not have are reported by M732.

    Mend: add `currency`, e.g. `CHF`.
    """
    for name, path, resource in parts(context.corpus, Resource):
        money = _MONEY.search(resource.kind) and not _IN_KIND.search(resource.kind)
        if money and resource.amount is not None and resource.currency is None:
            message = sentence(
                "{amount} is an amount of {kind}, in no currency",
                amount=plain(resource.amount),
                kind=excerpt(resource.kind),
            )
            hint = sentence("e.g. {example}", example="CHF")
            yield found(name, message, (*path, "currency"), hint=hint)


@rule("M728")
def amounts_are_not_negative(context: CheckContext) -> Iterator[Found]:
    """The amount of a resource is not negative.

    Resources are what an activity needs, which cannot be less than nothing.

    Mend: correct the amount.
    """
    for name, path, resource in parts(context.corpus, Resource):
        if resource.amount is not None and resource.amount < 0:
            message = sentence("{amount} is negative", amount=plain(resource.amount))
            yield found(name, message, (*path, "amount"))


@rule("M732")
def currencies_are_those_of_iso_4217(context: CheckContext) -> Iterator[Found]:
    """A currency is a code of ISO 4217.

    Amounts are added and converted by their code; an unknown code is left out of every sum.

    Mend: correct the code, e.g. `GBP` for pounds sterling.
    """
    for name, path, resource in parts(context.corpus, Resource):
        code = resource.currency
        if code is not None and code not in currencies():
            meant = CURRENCIES_CALLED.get(code)
            hint = f"did you mean {meant!r}?" if meant else ""
            yield found(
                name,
                f"{code!r} is no currency of ISO 4217",
                (*path, "currency"),
                hint="leave it out until it is known" if says_nothing(code) else hint,
                meant=(meant,) if meant else (),
                fix=Fix((*path, "currency"), code, meant) if meant else None,
            )
