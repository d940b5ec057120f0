"""Reading Akoma Ntoso: folders, and the official files."""

from __future__ import annotations

import shutil
import sys
from collections import Counter
from pathlib import Path
from typing import Any, ClassVar

import pytest
from akoma_ntoso import FIXTURES, NAMES, NAMESPACE, numbers, resolution

from wsis_model import Corpus, LoadError, MissingExtra, check
from wsis_model.interop import akn
from wsis_model.model import Document

SIX = ("Arabic", "Chinese", "English", "French", "Russian", "Spanish")


def test_missing_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without lxml the error says what to install."""
    from wsis_model.interop import _xml

    _xml._parser.cache_clear()  # pyright: ignore[reportPrivateUsage] - the parser is made once; here as if lxml were not there
    monkeypatch.setitem(sys.modules, "lxml", None)
    with pytest.raises(MissingExtra) as caught:
        akn.read(resolution("<mainBody/>")).document
    _xml._parser.cache_clear()  # pyright: ignore[reportPrivateUsage] - as above

    assert caught.value.extra == "akn"


class TestFolder:
    """Folders of files as a stream."""

    @pytest.fixture
    def folder(self, tmp_path: Path) -> Path:
        for name in NAMES:
            shutil.copy(FIXTURES / name, tmp_path / name)
        (tmp_path / "broken.xml").write_text("<akomaNtoso>", encoding="utf-8")
        (tmp_path / "README.txt").write_text("no XML", encoding="utf-8")
        return tmp_path

    def test_goes_on_past_a_bad_file(self, folder: Path) -> None:
        """Every file comes, in the order of the names, the bad one with its error."""
        found = list(akn.read_folder(folder))

        assert [file.path.name for file in found] == sorted((*NAMES, "broken.xml"))
        assert [file.path.name for file in found if file.error] == ["broken.xml"]
        assert all((file.reading is None) == (file.error is not None) for file in found)

    def test_is_a_stream(self, folder: Path) -> None:
        """Nothing is read before it is asked for."""
        stream = akn.read_folder(folder)
        (folder / "kettles.en.xml").write_text("changed", encoding="utf-8")

        assert [file.path.name for file in stream if file.error] == ["broken.xml", "kettles.en.xml"]

    @pytest.mark.heavy
    def test_on_two_cores(self, folder: Path) -> None:
        """Several processes give what one gives, in the same order."""
        for copy in range(40):
            shutil.copy(FIXTURES / "council.xml", folder / f"copy{copy}.xml")

        assert list(akn.read_folder(folder, processes=2)) == list(akn.read_folder(folder))

    def test_progress(self, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
        """Progress is counted on standard error."""
        list(akn.read_folder(folder, progress=True))

        total = len(NAMES) + 1
        assert f"{total} of {total} files, 1 not readable" in capsys.readouterr().err

    def test_rows_to_parquet(self, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        """Parquet holds what the rows hold, in groups that are written as they come."""
        parquet: Any = pytest.importorskip("pyarrow.parquet", reason="needs the extra arrow")
        monkeypatch.setattr("wsis_model.interop.akn.folder.GROUP", 7)
        rows = list(akn.rows(akn.read_folder(folder)))
        target = folder / "rows.parquet"

        assert akn.to_parquet(iter(rows), target) == len(rows) > 7

        table = parquet.read_table(target)
        assert parquet.ParquetFile(target).num_row_groups == -(-len(rows) // 7)
        assert table.column_names == list(rows[0])
        assert str(table.schema.field("adopted").type) == "date32[day]"
        assert [
            row | {"adopted": row["adopted"] and row["adopted"].isoformat()}
            for row in table.to_pylist()
        ] == rows

    def test_no_rows_to_parquet(self, tmp_path: Path) -> None:
        """No rows make a table with all columns."""
        parquet: Any = pytest.importorskip("pyarrow.parquet", reason="needs the extra arrow")

        assert akn.to_parquet([], tmp_path / "none.parquet") == 0
        assert parquet.read_table(tmp_path / "none.parquet").num_columns == 11

    def test_a_failure_leaves_no_half_of_a_parquet_file(self, tmp_path: Path) -> None:
        """What was there stays when the rows end in an error."""
        pytest.importorskip("pyarrow", reason="needs the extra arrow")
        target = tmp_path / "rows.parquet"
        target.write_bytes(b"before")

        with pytest.raises(ZeroDivisionError):
            akn.to_parquet(({"text": str(1 // number)} for number in (1, 0)), target)

        assert [path.name for path in tmp_path.iterdir()] == ["rows.parquet"]
        assert target.read_bytes() == b"before"

    def test_parquet_without_pyarrow(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        """Without pyarrow the error says what to install."""
        monkeypatch.setitem(sys.modules, "pyarrow", None)

        with pytest.raises(MissingExtra) as caught:
            akn.to_parquet([], tmp_path / "none.parquet")

        assert caught.value.extra == "arrow"

    def test_no_folder(self, tmp_path: Path) -> None:
        """A folder that is none, or holds nothing, is refused at once."""
        for path in (tmp_path, tmp_path / "nowhere"):
            with pytest.raises(LoadError):
                akn.read_folder(path)


@pytest.mark.heavy
class TestOfficialFiles:
    """The UN's own files, where they lie beside the project."""

    @pytest.fixture
    def folder(self, shared: Path) -> Path:
        return shared / "documents" / "akn"

    def test_nothing_is_lost_in_any(self, folder: Path) -> None:
        """Every text of every file is in a record; none is left out."""
        for path in sorted(folder.glob("*.xml")):
            assert akn.unplaced(path) == (), path.name
            assert akn.read(path).left_out == (), path.name

    HARD: ClassVar[dict[str, tuple[list[int], int]]] = {
        "E_RES_2023_25": ([1, 23], 0),
        "E_RES_2025_17": ([1, 42], 0),
        "S_PRST_2001_21": ([14], 1),
        "S_PRST_2004_22": ([7], 2),
        "A_RES_78_253": ([263], 0),
        "A_RES_79_298": ([27], 0),
        "A_RES_80_135": ([54], 0),
    }

    @pytest.mark.parametrize("name", HARD)
    def test_hard_files(self, shared: Path, name: str) -> None:
        """Drafts quoted whole, XML that is not well-formed, sections numbered beside their
        headings: all read, and read back.
        """
        path = shared / "documents" / "hard" / f"{name}.English.xml"
        found = akn.read(path)
        provisions, repairs = self.HARD[name]

        assert [len(each.provisions) for each in found.documents] == provisions
        assert len(found.repairs) == repairs
        assert (akn.unplaced(path), found.left_out) == ((), ())
        written = akn.write(found.document, annexes=found.documents[1:])
        assert akn.read(written.encode()).documents == found.documents

    def test_other_profiles(self, shared: Path) -> None:
        """Bills, acts, debates and judgments of other states have provisions, and no text of them
        is lost.
        """
        for path in sorted((shared / "suites" / "akn").glob("*.xml")):
            assert any(each.provisions for each in akn.read(path).documents), path.name
            assert akn.unplaced(path) == (), path.name

    @pytest.mark.parametrize("language", SIX)
    def test_the_outcome(self, folder: Path, language: str) -> None:
        """A/RES/80/173 has 127 paragraphs, 17 headings, 12 notes and 7 preambular paragraphs in
        every language.
        """
        document = akn.read(folder / f"A_RES_80_173.{language}.xml").document

        assert numbers(document) == [*(f"P{n}" for n in range(1, 8)), *map(str, range(1, 128))]
        assert (len(document.sections), [note.mark for note in document.notes]) == (
            17,
            [str(n) for n in range(1, 13)],
        )
        assert (str(document.adopted), document.agenda_item, document.draft, document.adoption) == (
            "2025-12-17",
            "15",
            "a-80-l-41",
            "consensus",
        )
        assert "68" in (document.meeting or "")

    def test_the_outcome_is_what_the_catalogue_says(self, folder: Path, catalogue: Corpus) -> None:
        """Identifiers, numbers, sections, headings, notes and particulars agree with the shipped
        data.
        """
        read, ours = akn.read(folder / "A_RES_80_173.English.xml").document, catalogue["80-173"]
        assert isinstance(ours, Document)

        assert [(p.id, p.number, p.part, p.section) for p in read.provisions] == [
            (p.id, p.number, p.part, p.section) for p in ours.provisions
        ]
        assert [(s.id, s.level, s.heading["en"]) for s in read.sections] == [
            (s.id, s.level, s.heading["en"]) for s in ours.sections
        ]
        assert [(n.mark, n.provision) for n in read.notes] == [
            (n.mark, n.provision) for n in ours.notes
        ]
        for field in (
            "symbol",
            "kind",
            "body",
            "adopted",
            "adoption",
            "session",
            "agenda_item",
            "draft",
            "akn_iri",
            "urls",
        ):
            assert getattr(read, field) == getattr(ours, field), field

    def test_the_compact_is_what_the_catalogue_says(self, folder: Path, catalogue: Corpus) -> None:
        """Annex I of A/RES/79/1 has the Compact's sections and every provision of the shipped data."""
        compact, ours = (
            akn.read(folder / "A_RES_79_1.English.xml").documents[1],
            catalogue["gdc"],
        )
        assert isinstance(ours, Document)
        known = {provision.id for provision in compact.provisions}

        assert compact.id == "gdc"
        assert {provision.id for provision in ours.provisions} <= known
        assert [(s.id, s.level, s.parent) for s in compact.sections] == [
            (s.id, s.level, s.parent) for s in ours.sections
        ]

    def test_numbers_are_those_of_the_file(self, folder: Path) -> None:
        """An independent count of `num` elements gives as many provisions and numbered headings."""
        etree = pytest.importorskip("lxml.etree")
        for path in sorted(folder.glob("*.xml")):
            printed = Counter(
                "".join(num.itertext()).strip(" \t.-")
                for num in etree.parse(path).iter(f"{{{NAMESPACE}}}num")
            )
            digits = sum(count for number, count in printed.items() if number.isdigit())
            found = akn.read(path).documents
            counted = sum(
                p.number.rstrip(")").rpartition("(")[2].isdigit()
                for document in found
                for p in document.provisions
            )
            assert counted - digits in (
                0,
                1,
            ), path.name  # in the Arabic 79/1 one number is part of the text

    @pytest.mark.parametrize(("symbol", "moved"), [("80_173", 1), ("79_1", 0)])
    def test_six_languages_join(self, folder: Path, symbol: str, moved: int) -> None:
        """Every paragraph and heading of the six versions is aligned; a note that the Arabic has
        elsewhere is a finding.
        """
        joined = akn.translations(folder / f"A_RES_{symbol}.{language}.xml" for language in SIX)

        assert len(joined.findings) == moved
        for document in joined.documents:
            assert all(len(provision.text) == 6 for provision in document.provisions)
            assert all(len(section.heading) == 6 for section in document.sections)

    def test_what_is_read_is_sound(self, folder: Path) -> None:
        """Nothing is found in what is read but citations of what is not there."""
        for path in sorted(folder.glob("*.English.xml")):
            codes = {
                finding.code for finding in check(Corpus.of(*akn.read(path).documents)).findings
            }
            assert codes <= {"R201"}, path.name
