"""Corpora as SQLite databases: every field has its column, references are foreign keys, and only
databases of ours are replaced.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import sqlite3
import tempfile
import threading
from contextlib import closing
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import assume, given, settings

import wsis_model as wsis
from wsis_model import (
    Concept,
    Corpus,
    DuplicateIdentifier,
    LoadError,
    Mandate,
    Section,
    Target,
    Translations,
)
from wsis_model.interop import sqlite
from wsis_model.model import File
from wsis_model.model.fields import shape_of
from wsis_model.model.kinds import KINDS, LISTS
from wsis_model.testing import (
    a_corpus,
    a_document,
    a_roadmap,
    a_vocabulary,
    an_indicator,
    corpora,
    files,
)

EXAMPLES = Path(__file__).resolve().parents[1] / "examples" / "data"


def saved(corpus: Corpus, folder: Path, **options: Any) -> Path:
    path = folder / "corpus.sqlite"
    sqlite.save(corpus, path, **options)
    return path


def rows(path: Path, query: str, *values: object) -> list[tuple[Any, ...]]:
    with closing(sqlite3.connect(path)) as connection:
        return connection.execute(query, values).fetchall()


@pytest.fixture(scope="module")
def outcome(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The catalogue with the road maps of the examples, not to be changed."""
    corpus = wsis.catalogue()
    for name in ("c2-roadmap", "rir-commitments", "joint-roadmap"):
        corpus |= wsis.load(EXAMPLES / f"{name}.yaml")
    return saved(corpus, tmp_path_factory.mktemp("outcome"))


@pytest.fixture(scope="module")
def pages(outcome: Path) -> dict[str, Any]:
    """Some pages of Datasette over the database, as it is."""
    app = pytest.importorskip("datasette.app", reason="the test extra datasette is optional")
    addresses = {
        "record": "/corpus/provisions/80-173~2F99.json?_shape=array",
        "found": "/corpus/search.json?_search=splinternet&_shape=array",
        "view": "/corpus/mandates_and_addressees.json?_shape=array&mandate=80-173/67.2",
        "page": "/corpus/mandates",
    }

    async def get() -> dict[str, Any]:
        client = app.Datasette([str(outcome)]).client
        return {name: await client.get(address) for name, address in addresses.items()}

    return asyncio.run(get())


class TestSchema:
    @pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
    def test_every_field_has_its_column_once(self, outcome: Path, kind: Any) -> None:
        """By its name in files; a record in a field has one for each of its own."""
        columns = [each[1] for each in rows(outcome, f'PRAGMA table_info("{kind.field}")')]

        assert columns[:3] == ["id", "belongs_to", "position"]
        assert len({each.lower() for each in columns}) == len(columns)
        for field in shape_of(kind.record):
            if field.name in LISTS.get(kind.record, ()):
                assert field.key not in columns
            elif field.what == "record":
                assert any(each.startswith(f"{field.key}_") for each in columns)
            else:
                assert field.key in columns

    def test_the_header_says_whose_it_is_and_which_layout(self, outcome: Path) -> None:
        assert rows(outcome, "PRAGMA application_id") == [(sqlite.APPLICATION_ID,)]
        assert rows(outcome, "PRAGMA user_version") == [(1,)]
        assert rows(outcome, "SELECT * FROM about") == [("format", "1")]

    def test_what_a_column_is_for_stands_beside_it(self, outcome: Path) -> None:
        ((schema,),) = rows(outcome, "SELECT sql FROM sqlite_master WHERE name = 'milestones'")
        assert '"title" TEXT, -- What will be reached.' in schema

    def test_the_database_is_whole_and_every_reference_leads_somewhere(self, outcome: Path) -> None:
        assert rows(outcome, "PRAGMA integrity_check") == [("ok",)]
        assert rows(outcome, "PRAGMA foreign_key_check") == []


class TestRows:
    @settings(max_examples=15)
    @given(corpora())
    def test_records_and_references_are_those_of_the_corpus(self, corpus: Corpus) -> None:
        with tempfile.TemporaryDirectory() as folder:
            path = saved(corpus, Path(folder))
            found = rows(path, "SELECT id, kind FROM names")
            assert {name: kind for name, kind in found if name in corpus} == {
                name: corpus.kind(name) for name in corpus
            }
            assert rows(path, 'SELECT source, field, target FROM "references" ORDER BY n') == [
                (each.source, each.field, each.target) for each in corpus.references()
            ]
            for kind in KINDS:
                ((count,),) = rows(path, f'SELECT count(*) FROM "{kind.field}"')
                assert count == len(_records(corpus, kind.name))

    def test_references_that_lead_nowhere_are_foreign_keys_that_do_not_hold(
        self, tmp_path: Path
    ) -> None:
        """Names of what is elsewhere are looked up where the caller says."""
        corpus = wsis.load(EXAMPLES / "c2-roadmap.yaml")
        alone = saved(corpus, tmp_path)
        assert rows(alone, "PRAGMA foreign_key_check")
        assert rows(alone, "SELECT * FROM names WHERE id = 'itu'") == []

        informed = saved(corpus, tmp_path, context=wsis.catalogue() | corpus)
        assert rows(informed, "PRAGMA foreign_key_check") == []
        ((title,),) = rows(informed, "SELECT title FROM names WHERE id = 'itu'")
        assert title == "International Telecommunication Union (ITU)"
        assert rows(informed, "SELECT count(*) FROM entities") == [(len(corpus.all_entities),)]
        assert sqlite.search(informed, "broadband", kinds=["activity"])
        lead = "SELECT lead_title FROM activities_and_answers WHERE lead = 'itu'"
        assert {each for (each,) in rows(informed, lead)} == {title}

    def test_long_amounts_keep_their_digits(self, tmp_path: Path) -> None:
        value = Decimal("123456789012345678.123456789012")
        indicator = an_indicator(targets=(Target(value=value, by="2030"),))
        path = saved(Corpus.of(a_roadmap(indicators=(indicator,))), tmp_path)

        ((text,),) = rows(path, "SELECT targets FROM indicators")
        assert Decimal(json.loads(text)[0]["value"]) == value

    def test_a_number_that_no_column_holds_is_told_and_nothing_written(
        self, tmp_path: Path
    ) -> None:
        concept = Concept(id="v/a", label=Translations(en="A"), rank=2**63)
        with pytest.raises(LoadError) as caught:
            saved(Corpus.of(a_vocabulary(id="v", concepts=(concept,))), tmp_path)

        (problem,) = caught.value.problems
        assert (problem.code, problem.record, problem.path) == ("wrong-value", "v/a", ("rank",))
        assert list(tmp_path.iterdir()) == []

    def test_two_records_with_one_identifier_are_refused(self, tmp_path: Path) -> None:
        sections = tuple(Section(id="9-1/s1", heading=Translations(en=each)) for each in "ab")
        with pytest.raises(DuplicateIdentifier) as caught:
            saved(Corpus.of(a_document(id="9-1", sections=sections, provisions=())), tmp_path)
        assert (caught.value.identifier, caught.value.kinds) == ("9-1/s1", ("section", "section"))

    @pytest.mark.parametrize(
        "text",
        [
            "it's",
            'say "x"',
            "a\0b",
            "a\r\nb",
            "=1+1",
            "'; DROP TABLE names;--",
            "水壶 🙂",
            "\x1b[2J",
        ],
    )
    def test_texts_stand_as_they_are(self, tmp_path: Path, text: str) -> None:
        corpus = Corpus.of(a_roadmap(title=Translations(en=text, fr=f"{text}!"), description=text))
        path = saved(corpus, tmp_path)

        assert rows(path, "SELECT title, description FROM roadmaps") == [(text, text)]
        found = rows(path, "SELECT language, text FROM translations WHERE field = 'title'")
        assert {("en", text), ("fr", f"{text}!")} <= set(found)

    @settings(max_examples=25)
    @given(files())
    def test_any_records_are_written_or_refused(self, file: File) -> None:
        try:
            corpus = Corpus.from_file(file)
        except DuplicateIdentifier:
            assume(False)
            raise
        with tempfile.TemporaryDirectory() as folder:
            try:
                path = saved(corpus, Path(folder))
            except (DuplicateIdentifier, LoadError):
                return
            assert rows(path, "PRAGMA integrity_check") == [("ok",)]
            extensions = dict(rows(path, "SELECT * FROM about")).get("extensions", "{}")
            assert json.loads(extensions) == json.loads(json.dumps(file.extensions))

    def test_views_tell_who_is_asked_and_what_is_answered(self, outcome: Path) -> None:
        corpus = wsis.catalogue()
        asked = rows(outcome, "SELECT mandate, addressee FROM mandates_and_addressees")
        mandates = [each for each in corpus.values() if isinstance(each, Mandate)]
        assert asked == [(each.id, who) for each in mandates for who in each.addressees or (None,)]
        aligned = rows(
            outcome, "SELECT record FROM records_and_concepts WHERE concept = 'themes/igf'"
        )
        about = {each.id for each in corpus.about("themes/igf")}
        assert about <= {record for (record,) in aligned}
        answered = rows(outcome, "SELECT DISTINCT activity FROM activities_and_answers")
        assert len(answered) == rows(outcome, "SELECT count(*) FROM activities")[0][0]


def _records(corpus: Corpus, kind: str) -> list[Any]:
    if kind == "update":  # which may have no identifier
        return [each for roadmap in corpus.roadmaps for each in roadmap.updates]
    return [record for name, record in corpus.items() if corpus.kind(name) == kind]


class TestPlaces:
    def test_the_same_corpus_gives_the_same_bytes(self, tmp_path: Path) -> None:
        first = saved(wsis.catalogue(), tmp_path).read_bytes()
        assert saved(wsis.catalogue(), tmp_path).read_bytes() == first

    @pytest.mark.parametrize("data", [b"mine", b"SQLite format 3\0" + b"\0" * 200])
    def test_what_we_did_not_write_stays(self, tmp_path: Path, data: bytes) -> None:
        path = tmp_path / "corpus.sqlite"
        path.write_bytes(data)
        with pytest.raises(ValueError, match="no database that we wrote"):
            saved(a_corpus(), tmp_path)
        assert path.read_bytes() == data
        assert list(tmp_path.iterdir()) == [path]

    def test_a_database_of_another_program_stays(self, tmp_path: Path) -> None:
        with closing(sqlite3.connect(tmp_path / "corpus.sqlite")) as connection:
            connection.execute("CREATE TABLE mine (x)")
        with pytest.raises(ValueError, match="no database that we wrote"):
            saved(a_corpus(), tmp_path)

    def test_a_database_that_another_program_writes_to_stays(self, tmp_path: Path) -> None:
        """What it has not moved into the file yet would be taken for part of the new one."""
        path = saved(a_corpus(), tmp_path)
        with closing(sqlite3.connect(path)) as connection:
            connection.execute("PRAGMA journal_mode = WAL")
            connection.execute("CREATE TABLE mine (x)")
            before = path.read_bytes()
            with pytest.raises(ValueError, match="another program"):
                saved(a_corpus(), tmp_path)
            assert path.read_bytes() == before

    def test_what_is_no_database_cannot_be_searched(self, tmp_path: Path) -> None:
        path = tmp_path / "corpus.sqlite"
        for data in (None, b"", b"mine", b"SQLite format 3\0" + b"\xff" * 5000):
            if data is not None:
                path.write_bytes(data)
            with pytest.raises(LoadError) as caught:
                sqlite.search(path, "x")
            (problem,) = caught.value.problems
            assert problem.code == ("unreadable" if data is None else "sqlite")

    def test_any_damage_is_told(self, tmp_path: Path) -> None:
        data = saved(a_corpus(), tmp_path).read_bytes()
        path = tmp_path / "damaged.sqlite"
        for at in range(0, len(data), len(data) // 60):
            path.write_bytes(data[:at] + b"\xff" * 40 + data[at + 40 :])
            with contextlib.suppress(LoadError, sqlite.NoFullText):
                sqlite.search(path, "kettles")

    def test_without_fts5_the_database_has_no_index_and_a_search_says_so(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """All else is there."""

        class Without(sqlite3.Connection):
            def execute(self, sql: str, /, *args: Any) -> sqlite3.Cursor:
                if "USING fts5" in sql:
                    raise sqlite3.OperationalError("no such module: fts5")
                return super().execute(sql, *args)

        with monkeypatch.context() as patched:
            patched.setattr(sqlite3, "connect", Without)
            path = saved(a_corpus(), tmp_path)
        assert rows(path, "SELECT count(*) FROM names") != [(0,)]
        with pytest.raises(sqlite.NoFullText) as caught:
            sqlite.search(path, "kettles")
        assert caught.value.database == str(path)

    def test_a_file_is_searched_and_stays_as_it_is(self, outcome: Path) -> None:
        before = outcome.stat()
        assert sqlite.search(outcome, "splinternet", limit=1)[0].record == "themes/fragmentation"
        assert outcome.stat() == before
        assert [each.name for each in outcome.parent.iterdir()] == [outcome.name]

    def test_an_index_is_read_from_any_thread(self) -> None:
        connection = sqlite.index(a_corpus())
        found: list[object] = []
        thread = threading.Thread(target=lambda: found.append(sqlite.search(connection, "road")))
        thread.start()
        thread.join()
        connection.close()
        assert found


class TestDatasette:
    def test_records_views_and_search_are_there(self, pages: dict[str, Any]) -> None:
        assert {each.status_code for each in pages.values()} == {200}
        (record,) = pages["record"].json()
        assert record["id"] == "80-173/99"
        assert "themes/fragmentation" in {each["record"] for each in pages["found"].json()}
        assert {each["addressee"] for each in pages["view"].json()} == {
            *wsis.catalogue()["80-173/67.2"].addressees
        }

    def test_a_reference_is_a_link_with_the_title_of_what_it_names(
        self, pages: dict[str, Any]
    ) -> None:
        assert 'href="/corpus/names/verbs~2Frequest">Request</a>' in pages["page"].text
