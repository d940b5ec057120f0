"""What every check does around its rules: which of them run, what is waived, in what order."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ..errors import Finding, Severity
from ._report import Report, Waived, Waiver
from ._rule import CheckContext, Found, Rule

__all__ = ["PROFILES", "UNUSED_WAIVER", "reported", "rules_of"]

#: The profiles: a draft is asked little, what is published is asked everything.
PROFILES: tuple[str, ...] = ("draft", "publish")


def _excuses_something(context: CheckContext) -> Iterator[Found]:  # noqa: ARG001 - as every rule
    """Every waiver excuses a finding.

    A waiver that excuses nothing hides the next real finding of that rule. `check` itself reports
    it.

    Mend: remove the waiver.
    """
    yield from ()


UNUSED_WAIVER = Rule("W901", Severity.WARNING, _excuses_something)


def rules_of(profile: str, rules: Iterable[Rule]) -> tuple[Rule, ...]:
    """The rules that run in a profile.

    Raises:
        ValueError: There is no such profile.
    """
    if profile not in PROFILES:
        msg = f"there is no profile {profile!r}; there are {' and '.join(map(repr, PROFILES))}"
        raise ValueError(msg)
    return tuple(each for each in rules if profile in each.profiles)


def reported(
    found: Iterable[Finding],
    rules: tuple[Rule, ...],
    waivers: Iterable[Waiver],
    records: int,
    problems: tuple[Finding, ...] = (),
) -> Report:
    """The report of what some rules found: what is waived apart, the rest in the order of files and
    records, after the problems of reading.
    """
    findings: list[Finding] = []
    waived: list[Waived] = []
    all_waivers = tuple(waivers)
    used: set[Waiver] = set()
    for finding in found:
        waiver = next((w for w in all_waivers if w.excuses(finding)), None)
        if waiver is None:
            findings.append(finding)
        else:
            used.add(waiver)
            waived.append(Waived(finding, waiver))
    for waiver in all_waivers:
        if waiver not in used:
            message = f"the waiver of {waiver.code} excuses nothing"
            unused = Found(waiver.record, message, hint="remove it")
            findings.append(unused.finding(UNUSED_WAIVER, None))
    findings.sort(key=_place)
    return Report((*problems, *findings), tuple(waived), rules, records)


def _place(finding: Finding) -> tuple[str, int, int, str, str, str]:
    place = finding.position
    of = (finding.record, finding.code, finding.field)
    return (place.file, place.line or 0, place.column or 0, *of)
