"""The codes of currencies, as ISO 4217 has them: data, read when first asked for."""

from __future__ import annotations

import functools
from importlib.resources import files

__all__ = ["CURRENCIES_CALLED", "SHARED_SIGNS", "currencies"]

#: What some currencies are called but by their codes. A dollar or a yen may be of several
#: countries.
CURRENCIES_CALLED = {
    "€": "EUR",
    "EURO": "EUR",
    "EUROS": "EUR",
    "£": "GBP",
    "UKP": "GBP",
    "STG": "GBP",
    "US$": "USD",
    "SFR": "CHF",
    "RMB": "CNY",
}

#: Signs in that table which other currencies have, too: those of Egypt, Lebanon and the Sudan.
SHARED_SIGNS = frozenset("£")


@functools.cache
def currencies() -> frozenset[str]:
    """The codes of currencies and funds (`data/currencies.txt`).

    Examples:
        >>> "CHF" in currencies(), "EURO" in currencies(), "UKP" in currencies()
        (True, False, False)
    """
    text = files("wsis_model").joinpath("data", "currencies.txt").read_text(encoding="utf-8")
    lines = (line for line in text.splitlines() if not line.startswith("#"))
    return frozenset(code for line in lines for code in line.split())
