"""How many columns a text takes, held against wcwidth; and that no letter is taken apart."""

from __future__ import annotations

import pytest

from wsis_model._width import beginning, cut, cut_start, letters, width_of, wrap

HARD = {
    "accents": "Me\u0301dias",
    "one letter with many marks": "Z\u0351\u036b\u0313\u036a\u0302\u036b\u033d\u034f",
    "a mark alone": "\u0301",
    "Chinese": "信息社会世界首脑会议",
    "Chinese, a variant": "葛\U000e0100",
    "Japanese": "接続されていない学校",
    "Japanese, parts": "か\u3099き\u3099",
    "Japanese, narrow": "ｱｲｳﾞ",
    "wide Latin": "ＷＳＩＳ\u3000",
    "Korean": "정보사회",
    "Korean, parts": "\u1112\u1161\u11ab\u1100\u116e\u11a8",
    "Korean, old parts": "\ua97c\ud7b0",
    "Thai": "ประเทศไทยกำลังพัฒนาที่น้ำ",
    "Lao": "ພາສາລາວ",
    "Khmer": "ភាសាខ្មែរ",
    "Burmese": "မြန်မာဘာသာ",
    "Hindi": "हिन्दी में डिजिटल विकास",
    "Hindi, joined consonants": "क्षत्रिय की शक्ति",
    "Hindi, joiners": "क्\u200dष क्\u200cष",
    "Bengali": "বাংলা ভাষা",
    "Tamil": "தமிழ் மொழி",
    "Telugu": "తెలుగు",
    "Malayalam": "മലയാളം",
    "Sinhala": "ශ්\u200dරී ලංකාව",
    "Tibetan": "བོད་ཡིག",
    "Mongolian": "ᠮᠣᠩᠭᠣᠯ",
    "Arabic": "اللَّجْنَة الدولية",
    "Arabic, sign of numbers": "\u0600123",
    "Persian, joiners": "می\u200cخواهم",
    "Hebrew": "שָׁלוֹם",
    "emoji": "🌍⭐⌚",
    "emoji shown as text": "❤☎",
    "text shown as emoji": "❤\ufe0f☎\ufe0f©\ufe0f",
    "profession": "👩\u200d💻",
    "family": "👨\u200d👩\u200d👧\u200d👦",
    "tone of skin": "👍🏽",
    "tone of skin alone": "🏽 a🏽",
    "profession with tone of skin": "👩🏽\u200d🚀",
    "sex": "🏃\u200d♂\ufe0f",
    "flags": "🇨🇭🇫🇷",
    "half a flag": "🇨🇭🇫",
    "rainbow flag": "🏳\ufe0f\u200d🌈",
    "flag of a part of a country": "🏴\U000e0067\U000e0062\U000e0073\U000e0063\U000e0074\U000e007f",
    "keys": "1\ufe0f\u20e3#\ufe0f\u20e3",
    "punctuation": "… — ’ “ ” €",
    "hyphens and spaces that are not seen": "ab\xadc a\u200bb",
}
hard = pytest.mark.parametrize("text", HARD.values(), ids=HARD)


@hard
def test_texts_are_as_wide_as_wcwidth_says(text: str) -> None:
    """In all kinds of writing, together with what stands around it."""
    wcwidth = pytest.importorskip("wcwidth", reason="held against wcwidth")

    assert wcwidth.wcswidth(text) == width_of(text)
    assert wcwidth.wcswidth(f"({text}) {text}") == width_of(f"({text}) {text}")


@hard
def test_a_text_is_cut_and_broken_between_letters(text: str) -> None:
    """What is kept is made of whole letters, and fits."""
    whole = list(letters(text))

    assert "".join(whole) == text
    for width in range(2, width_of(text) + 1):
        kept = beginning(text, width)
        assert width_of(kept) <= width and list(letters(kept)) == whole[: len(list(letters(kept)))]
        assert width_of(cut(text, width)) <= width and width_of(cut_start(text, width)) <= width
        for line in wrap(text, width):
            assert width_of(line) <= width and {*letters(line)} <= {*whole}


def test_what_is_one_letter_stays_one() -> None:
    """A flag, a family, a syllable."""
    assert ["🇨🇭", "🇫🇷"] == list(letters("🇨🇭🇫🇷"))
    assert ["a", "👩🏽\u200d🚀", "b"] == list(letters("a👩🏽\u200d🚀b"))
    assert ["हि", "न्दी"] == list(letters("हिन्दी"))
    assert "👩🏽\u200d🚀…" == cut("👩🏽\u200d🚀👩🏽\u200d🚀", 3)
    assert "…👩🏽\u200d🚀" == cut_start("👩🏽\u200d🚀👩🏽\u200d🚀", 3)
