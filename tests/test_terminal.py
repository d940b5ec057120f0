"""What `wsis-model show` prints of a record: names whole, within the width, whatever the writing."""

from __future__ import annotations

from wsis_model import Corpus, loads
from wsis_model._width import width_of
from wsis_model.cli.terminal import record_text

HELD = loads(
    """
vocabularies:
- id: lines
  title: Lines
  concepts:
  - id: lines/c1
    label: The role of governments and all stakeholders in the promotion of ICTs for development
    definition: 接続されていない学校と診療所をすべて地図に載せ、誰もが手頃な価格で使えるようにするための長い計画の一部として
  - {id: lines/c2, label: 情報通信基盤の整備と人々の暮らし}
entities:
- id: club
  name: Club
  url: https://club.example/a-very-long-address/that/nobody/reads/but/everybody/wants/to/click
  roles: [{role: facilitator, of: lines/c1, since: 2025, until: 2026}, {role: partner, of: lines/c2}]
roadmaps:
- id: plan
  title: Plan
  owners: [club]
  activities:
  - {id: plan/a1, title: Advise countries in Africa on cross-border backbones and on exchange points}
  - {id: plan/a2, title: 地図}
  - {id: plan/a3, title: Long and longer and longer and longer and longer and longer and longer and longer and longest of all titles}
""",
    "yaml",
)


def lines_of(corpus: Corpus, identifier: str, width: int) -> list[str]:
    """What is printed of a record."""
    return record_text(corpus, corpus[identifier], width=width).splitlines()


def test_a_name_is_never_cut() -> None:
    """What somebody has a role in is read whole, with its identifier, in further lines where one is
    not enough.
    """
    lines = lines_of(HELD, "club", 70)
    at = lines.index("Roles")

    assert lines[at + 1 :] == [
        "  facilitator of The role of governments and    since 2025, until 2026",
        "    all stakeholders in the promotion of ICTs",
        "    for development (lines/c1)",
        "  partner of",
        "    情報通信基盤の整備と人々の暮らし",
        "    (lines/c2)",
    ]


def test_a_title_is_not_cut_to_save_a_line() -> None:
    """Titles go on in a second line; what takes more is cut in the first."""
    lines = lines_of(HELD, "plan", 60)
    at = lines.index("Activities (3)")

    assert lines[at + 1 : at + 5] == [
        "  plan/a1  Advise countries in Africa on cross-border",
        "           backbones and on exchange points",
        "  plan/a2  地図",
        "  plan/a3  Long and longer and longer and longer and …",
    ]


def test_writing_without_spaces_is_broken_and_an_address_is_not() -> None:
    """A paragraph in Japanese stays within the width; an address stays whole, so that it can be
    clicked.
    """
    assert all(width_of(line) <= 40 for line in lines_of(HELD, "lines/c1", 40)[1:])
    assert (
        "https://club.example/a-very-long-address/that/nobody/reads/but/everybody/wants/to/click"
        in lines_of(HELD, "club", 40)
    )


def test_what_others_have_added_stands_below_what_is_known() -> None:
    """With names of its own, also where a field is called the same; names stand in one column."""
    activity = (
        HELD.roadmaps[0]
        .activities[1]
        .replace(
            extensions={"unknown:status": "stalled", "x:cost-centre-of-the-club": {"code": 12}}
        )
    )
    lines = record_text(HELD, activity, width=60).splitlines()

    assert lines[2:5] == [
        "status:                    planned",
        "status:                    stalled",
        'x:cost-centre-of-the-club: {"code": 12}',
    ]
