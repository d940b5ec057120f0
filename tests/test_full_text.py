"""Full-text search: what is found, in which order, and that no question is an error."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import wsis_model as wsis
from wsis_model import Corpus, Document, Provision, Translations
from wsis_model.interop.sqlite import Hit, NoFullText, index, search


@pytest.fixture(scope="module")
def outcome() -> Iterator[sqlite3.Connection]:
    connection = index(wsis.catalogue())
    yield connection
    connection.close()


def found(connection: sqlite3.Connection, question: str, **options: object) -> list[str]:
    return [hit.record for hit in search(connection, question, **options)]  # type: ignore[arg-type] # options of several types


#: A question, the kinds asked for, and what must be among the first three.
QUESTIONS = [
    ("Is the IGF permanent?", ["provision"], "80-173/99"),
    ("is the igf permanent", ["mandate"], "80-173/99.1"),
    ("splinternet", ["concept"], "themes/fragmentation"),
    ("ITU", None, "itu"),
    ("RIPE NCC", None, "ripe-ncc"),
    ("SDG 9.c", ["concept"], "sdg/9.c"),
    ("80/173 para 99", ["provision"], "80-173/99"),
    ("financing task force", ["provision", "mandate"], "80-173/67.1"),
    ("fake news", ["concept"], "themes/information-integrity"),
]


@pytest.mark.parametrize(("question", "kinds", "record"), QUESTIONS)
def test_a_question_in_peoples_words_finds_what_it_asks_for(
    outcome: sqlite3.Connection, question: str, kinds: list[str] | None, record: str
) -> None:
    assert record in found(outcome, question, kinds=kinds, limit=3)


def test_the_alias_of_a_theme_finds_the_provisions_of_the_theme(
    outcome: sqlite3.Connection,
) -> None:
    corpus = wsis.catalogue()
    assert "splinternet" in corpus["themes/fragmentation"].aliases
    about = {each.id for each in corpus.about("themes/fragmentation")}
    assert about <= set(found(outcome, "splinternet", kinds=["provision"], limit=100))
    mandates = {each.id for name in about for each in corpus[name].mandates}
    assert mandates
    assert mandates <= set(found(outcome, "splinternet", kinds=["mandate"], limit=100))


def test_any_word_is_enough_and_more_words_come_first(outcome: sqlite3.Connection) -> None:
    hits = search(outcome, "permanent xyzzy forum", kinds=["mandate"])
    assert hits[0].record == "80-173/99.1"
    assert [hit.score for hit in hits] == sorted((hit.score for hit in hits), reverse=True)


def test_words_that_tell_nothing_count_only_where_there_are_no_others(
    outcome: sqlite3.Connection,
) -> None:
    assert found(outcome, "what is asked of the ripe ncc") == found(outcome, "asked ripe ncc")
    assert found(outcome, "the")


@pytest.mark.parametrize("language", ["ar", "en", "es", "fr", "ru", "zh"])
def test_text_is_found_in_the_six_languages_and_in_part(language: str) -> None:
    texts = {
        "ar": ("خريطة الطريق للغلايات", "الطريق"),
        "en": ("Kettles in the schools", "school"),
        "es": ("Educación sobre las teteras", "educacion"),
        "fr": ("L'accès aux bouilloires", "acces"),
        "ru": ("Чайники для школ", "школ"),
        "zh": ("信息社会世界峰会的水壶", "水壶"),
    }
    text, question = texts[language]
    corpus = Corpus.of(
        Document(
            id="99-1",
            title=Translations(en="Kettles"),
            provisions=(
                Provision(id="99-1/1", number="1", text=Translations({language: text})),
                Provision(id="99-1/2", number="2", text=Translations({language: "42"})),
            ),
        )
    )
    connection = index(corpus)
    (hit,) = search(connection, question, kinds=["provision"])
    assert (hit.record, hit.excerpt) == ("99-1/1", text)
    connection.close()


HOSTILE = [
    *('"', "'", "a OR", "AND", "NOT", "NEAR(", "NEAR(a b, 5)", "* ^ :", "title:x", "{a b}:c", "-"),
    *("'; DROP TABLE search;--", "(" * 1000, "a " * 100_000, "a" * 100_000, "\0", "a\0b", '"\0"'),
    *(
        "\ud800",
        "a\udfffb",
        "é\u0301",
        "\u0300",
        "²",
        "½",
        "🙂",
        "ा",
        "",
        " \n\t",
        "=1+1",
        "a." * 9999,
    ),
]


@pytest.mark.parametrize("question", HOSTILE, ids=range(len(HOSTILE)))
def test_no_question_is_an_error(outcome: sqlite3.Connection, question: str) -> None:
    assert all(isinstance(hit, Hit) for hit in search(outcome, question))


@settings(max_examples=200)
@given(st.text(st.sampled_from(" \"'()*:^-+{}[].,aNEARORé信息\0\ud800\u200b")) | st.text())
def test_no_text_is_an_error(question: str) -> None:
    connection = _shared()
    hits = search(connection, question, limit=3)
    assert len(hits) <= 3


_SHARED: list[sqlite3.Connection] = []


def _shared() -> sqlite3.Connection:
    """One index for all examples of a test."""
    if not _SHARED:
        text = "信息 near or é a"
        provision = Provision(id="9-1/1", number="1", summary=text)
        _SHARED.append(
            index(
                Corpus.of(Document(id="9-1", title=Translations(en="K"), provisions=(provision,)))
            )
        )
    return _SHARED[0]


def test_records_with_hostile_texts_are_found_and_shown_as_they_are() -> None:
    text = 'say "no" \0 to = <b>bold</b>\nkettles'
    provision = Provision(id="9-1/1", number="1", summary=text)
    connection = index(
        Corpus.of(Document(id="9-1", title=Translations(en="K"), provisions=(provision,)))
    )
    (hit,) = search(connection, "kettles")
    assert hit.excerpt == 'say "no" to = <b>bold</b> kettles'
    connection.close()


def test_the_index_is_not_written_to(outcome: sqlite3.Connection) -> None:
    with pytest.raises(sqlite3.OperationalError):
        outcome.execute("DELETE FROM search")


def test_the_same_corpus_gives_the_same_index() -> None:
    first, second = (index(wsis.catalogue()) for _ in range(2))
    assert first.serialize() == second.serialize()
    first.close()
    second.close()


def test_a_kind_that_is_none_and_a_limit_that_is_none_are_refused(
    outcome: sqlite3.Connection,
) -> None:
    with pytest.raises(ValueError, match="provisions"):
        search(outcome, "x", kinds=["provisions"])
    with pytest.raises(ValueError, match="at least 1"):
        search(outcome, "x", limit=0)
    assert search(outcome, "broadband", kinds=[]) == ()


def test_a_database_without_index_says_so() -> None:
    connection = sqlite3.connect(":memory:")
    with pytest.raises(NoFullText):
        search(connection, "kettles")
    connection.close()


def test_where_fts5_is_not_compiled_in_the_error_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    class Without(sqlite3.Connection):
        def execute(self, sql: str, /, *args: object) -> sqlite3.Cursor:
            if "USING fts5" in sql:
                raise sqlite3.OperationalError("no such module: fts5")
            return super().execute(sql, *args)  # type: ignore[arg-type] # handed on as it came

    def connect(database: str, *, check_same_thread: bool) -> Without:
        return Without(database, check_same_thread=check_same_thread)

    monkeypatch.setattr(sqlite3, "connect", connect)
    with pytest.raises(NoFullText, match="FTS5"):
        index(wsis.catalogue())
