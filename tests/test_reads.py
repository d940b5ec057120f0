"""What a rule says that it reads, it reads, and nothing else: its cases without a field tell."""

from __future__ import annotations

import copy
from collections import Counter
from collections.abc import Iterator
from typing import Any, cast

import pytest
from test_rules import look

import wsis_model as wsis
from wsis_model import RULES, LoadError, Rule
from wsis_model.testing._breaks import cases

#: Records by their identifiers, each with a field of it.
Fields = tuple[tuple[str, str], ...]


def losses(value: object, around: Fields = ()) -> Iterator[Fields]:
    """Leave out one field of a record after the other, or a part of it. Yields what is then not
    known: in each of the records that stand in one another the field that holds the next; last,
    that of which something was left out.
    """
    if isinstance(value, list):
        members = cast("list[object]", value)
        for number, each in enumerate(members):
            yield from losses(each, around)
            if around and not (isinstance(each, dict) and "id" in each):
                kept = members.pop(number)
                yield around
                members.insert(number, kept)
    elif isinstance(value, dict):
        record = cast("dict[str, object]", value)
        for field, kept in list(record.items()):
            lost = (*around, (str(record["id"]), field)) if "id" in record else around
            yield from losses(kept, lost)
            if lost and field != "id":
                del record[field]
                yield lost
                record[field] = kept


def read(each: Rule, profile: str, case: dict[str, Any]) -> tuple[set[str], set[str]]:
    """The fields beside the one it names without which more is found about a record: those that the
    rule says it reads, and others, each with its record and that of the finding.
    """
    data = copy.deepcopy(case["corpus"])
    said: set[str] = set()
    unsaid: set[str] = set()
    before = look({**case, "corpus": data}, each, profile=profile).findings
    places = {(one.record, one.field) for one in before}
    for lost in losses(data):
        try:
            corpus = wsis.load(data)
        except LoadError:  # the field is mandatory
            continue
        after = look({**case, "corpus": data}, each, profile=profile).findings
        more = Counter(one.record for one in after) - Counter(one.record for one in before)
        for record, path in {(one.record, one.field) for one in after} - places:
            named = path.partition(".")[0].partition("[")[0]
            if record in more and record in corpus and (record, named) not in lost:
                near = (record, record.rpartition(".")[0], record.partition("/")[0])
                said.update(field for of, field in lost if of in near and field in each.reads)
                of, field = lost[-1]
                if of in near and field not in each.reads:
                    unsaid.add(f"{field} of {of}: {record} {path}")
    return said, unsaid


@pytest.mark.parametrize("each", RULES, ids=lambda each: each.code)
def test_a_rule_reads_what_it_says(each: Rule) -> None:
    """What could not be read brings no finding: if a field is left out of a record, of what holds
    it, or of its document or road map, and more is found about the record, the rule says that it
    reads the field, or names it. And of all that it says it reads this is so in some case.
    """
    given = [
        case if "corpus" in case else {"corpus": case}
        for kind in ("sound", "broken")
        for case in cases(each.code)[kind]
    ]
    results = [read(each, profile, case) for profile in each.profiles for case in given]

    assert set() == set().union(*(unsaid for _, unsaid in results))
    assert set(each.reads) == set().union(*(said for said, _ in results))
