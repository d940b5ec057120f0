"""Differences word by word."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st
from versions import marked

from wsis_model.diff import Change, ChangeKind
from wsis_model.diff.words import keys_of, words_of
from wsis_model.testing import (
    texts,
)


def solid(text: str) -> str:
    """The signs of a text as they are compared, without spaces."""
    return unicodedata.normalize("NFC", "".join(keys_of(text)))


WORDY = st.lists(
    texts() | st.sampled_from(("well", "wells", "the", "a", ",", "of", "non-binding", "“")),
    max_size=12,
).map(" ".join)


@given(WORDY, WORDY)
def test_words_make_up_both_texts(before: str, after: str) -> None:
    """What is the same or inserted is the new text, as printed; what is the same or deleted is the
    old one, as compared.
    """
    words = words_of(before, after)

    assert after.startswith(new := "".join(said for op, said in words if op != "deleted"))
    assert keys_of(after.removeprefix(new)) == ()
    assert solid("".join(said for op, said in words if op != "inserted")) == solid(before)


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        ("a map, a well", "a map, a bridge, a well", "a map, a[+ bridge, a+] well"),
        ("the map", "the map, in time,", "the map[+, in time,+]"),
        ("wells, old", "wells, deep, old", "wells,[+ deep,+] old"),
        (
            "one two three four five six",
            "six five four three and one",
            "[-one two three four five six-][+six five four three and one+]",
        ),
        ("same", "same", "same"),
        ("", "new", "[+new+]"),
    ],
)
def test_changes_read_as_an_editor_makes_them(before: str, after: str, said: str) -> None:
    """An insertion ends with its comma, and single words that happen to be the same are not picked
    out of a rewritten line.
    """
    change = Change(
        ChangeKind.CHANGED, "paragraph", "91-1/1", "para. 1", words=words_of(before, after)
    )

    assert marked(change) == said


def test_a_very_long_rewriting_is_one_change() -> None:
    """Beyond a bound the differing part is told whole."""
    words = words_of("Start " + "a b " * 400 + "end", "Start " + "b a a " * 400 + "end")

    assert [op for op, _ in words] == ["same", "deleted", "inserted", "same"]
