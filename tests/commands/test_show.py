"""The command `show`."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import yaml
from running import Ran

import wsis_model as wsis


def test_a_provision_is_shown_with_all_it_asks(capsys: pytest.CaptureFixture[str]) -> None:
    """Paragraph 113: citation, section, who is asked, by when, to whom it is reported, with whom."""
    ran = Ran(capsys, ("show", "80/173", "para", "113"))

    assert 0 == ran.code
    assert "A/RES/80/173, para. 113  80-173/113" == ran.out.splitlines()[0]
    for said in (
        "Request: Action Line facilitators",
        "2027",
        "reports to:  CSTD (cstd)",
        "with:        UNGIS (ungis)",
        "(themes/road-maps)",
    ):
        assert said in ran.out


def test_an_entity_is_shown_with_its_routes(capsys: pytest.CaptureFixture[str]) -> None:
    """RIPE NCC: through whom it is addressed, and what is asked of it."""
    ran = Ran(capsys, ("show", "ripe-ncc"))

    assert (
        "Technical community (groups/technical-community): belongs to groups/technical-community"
        in ran.out
    )
    assert len(wsis.catalogue().mandates(addressee="ripe-ncc")) == int(
        re.findall(r"Asked of it \((\d+)\)", ran.out)[0]
    )


def test_an_entity_that_ended_says_what_took_over(capsys: pytest.CaptureFixture[str]) -> None:
    """The Office of the Envoy: when it ended, and what took over; nothing is asked of it now."""
    ran = Ran(capsys, ("show", "OSET"))
    said = dict(re.findall(r"^(ended|now): +(.*)$", ran.out, re.MULTILINE))

    assert {"ended": "2024-12", "now": "ODET (odet)"} == said
    assert "Asked of it (0)" in ran.out


def test_a_name_of_two_is_shown_as_two(capsys: pytest.CaptureFixture[str]) -> None:
    """Who asks for ICC is given both bodies to choose from, and shown neither."""
    ran = Ran(capsys, ("show", "ICC"))

    assert (2, "") == (ran.code, ran.out)
    assert [
        "wsis-model: several are called 'ICC'",
        "- international-chamber-of-commerce",
        "- international-criminal-court",
    ] == ran.err.splitlines()


def test_every_record_of_the_catalogue_can_be_shown() -> None:
    """A page of every record, of every kind, within the width and without control characters."""
    from wsis_model.cli.terminal import record_text

    corpus = wsis.catalogue()
    by_kind: dict[str, list[str]] = {}
    for identifier in corpus:
        by_kind.setdefault(corpus.kind(identifier), []).append(identifier)
    for identifier in (
        each for held in by_kind.values() for each in held[:: max(len(held) // 8, 1)]
    ):
        lines = record_text(corpus, corpus[identifier], width=80).splitlines()
        assert identifier in lines[0] or "-" in identifier
        assert all(
            len(line) <= 80 or re.fullmatch(r"(\S+: +)?\S+", line.strip()) or line == lines[0]
            for line in lines
        ), identifier
        assert not re.search(r"[\x00-\x09\x0b-\x1f]", "".join(lines))


def test_what_a_file_says_does_not_steer_the_terminal(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Control characters of a file are not printed."""
    (folder / "sly.yaml").write_text(
        'entities: [{id: sly, name: "a\\e[2Jb", url: "https://x.example"}]', encoding="utf-8"
    )

    ran = Ran(capsys, ("show", "sly", "--in", "sly.yaml"))

    assert 0 == ran.code
    assert "\033" not in ran.out


def test_records_are_printed_as_data(capsys: pytest.CaptureFixture[str]) -> None:
    """As JSON and YAML, one document after the other, the record as it is."""
    itu = wsis.catalogue()["itu"].to_dict()

    assert itu == Ran(capsys, ("show", "ITU", "--format", "json")).data
    assert [itu, wsis.catalogue()["unesco"].to_dict()] == list(
        yaml.safe_load_all(Ran(capsys, ("show", "ITU", "UNESCO", "--format", "yaml")).out)
    )


def test_unknown_names_get_near_misses_and_the_others_are_shown(
    capsys: pytest.CaptureFixture[str],
) -> None:
    """Of several references those that lead somewhere are shown; the exit code is 2."""
    ran = Ran(capsys, ("show", "itu", "ripe-nc"))

    assert 2 == ran.code
    assert ran.out.startswith("ITU  itu\n")
    assert ["wsis-model: nothing is called 'ripe-nc'", "- ripe-ncc"] == ran.err.splitlines()[:2]


def test_words_of_one_reference_are_not_taken_apart(capsys: pytest.CaptureFixture[str]) -> None:
    """A paragraph that is not there is unknown; the document is not shown in its stead."""
    ran = Ran(capsys, ("show", "80/173", "para", "999"))

    assert (2, "") == (ran.code, ran.out)
    assert "80-173/999" in ran.err
