"""Reading Akoma Ntoso: hostile and damaged files."""

from __future__ import annotations

import re
from pathlib import Path
from typing import ClassVar

import pytest
from akoma_ntoso import FIXTURES, NAMES, NAMESPACE, paragraph, resolution, texts
from hypothesis import given
from hypothesis import strategies as st

from wsis_model import LoadError, load
from wsis_model.interop import RepairedFile, akn


class TestHostile:
    """Files made to harm, or by accident: one clear error, soon."""

    BOMB = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa">' + "".join(
        f'<!ENTITY {chr(98 + i)} "{f"&{chr(97 + i)};" * 10}">' for i in range(9)
    ) + f']><akomaNtoso xmlns="{NAMESPACE}"><statement><mainBody><p>&j;</p></mainBody></statement></akomaNtoso>'  # fmt: skip
    CASES: ClassVar[dict[str, bytes]] = {
        "empty": b"",
        "no XML": b"once upon a time",
        "not AKN": b"<html/>",
        "no document": f'<akomaNtoso xmlns="{NAMESPACE}"/>'.encode(),
        "entity bomb": BOMB.encode(),
        "entity bomb in UTF-16": BOMB.encode("utf-16"),
        "external entity": b'<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><akomaNtoso><statement><p>&e;</p></statement></akomaNtoso>',
        "external DTD": b'<!DOCTYPE akomaNtoso SYSTEM "http://example.org/x.dtd"><akomaNtoso><statement/></akomaNtoso>',
        "DTD behind a long comment": b"<!--" + b" " * 5000 + b'--><!DOCTYPE x [<!ENTITY e "e">]><akomaNtoso><statement><p>&e;</p></statement></akomaNtoso>',
        "a second document type": resolution("<mainBody><p>&nbsp;</p><!DOCTYPE x></mainBody>"),
        "faults without number": resolution("<mainBody><p>" + "</q>" * 300 + "</p></mainBody>"),
        "broken, and no AKN": b"<html><p>R&D</html>",
        "broken in an unknown encoding": b'<?xml version="1.0" encoding="punycode"?><akomaNtoso><statement>R&D</statement></akomaNtoso>',
        "deep nesting": resolution("<mainBody>" + "<container>" * 200 + "x" + "</container>" * 200 + "</mainBody>"),
        "deep sentences": resolution("<mainBody><p>" + "<span>" * 150 + "x" + "</span>" * 150 + "</p></mainBody>"),
        "deep lists": resolution("<mainBody>" + "<list><point>" * 80 + "x" + "</point></list>" * 80 + "</mainBody>"),
        "deeper than the parser goes": b"<a>" * 100_000,
        "huge attribute": b'<akomaNtoso x="' + b"y" * 11_000_000 + b'"/>',
        "truncated": resolution("<mainBody/>")[:-30],
        "wrong encoding": b'<?xml version="1.0" encoding="utf-8"?><akomaNtoso><statement><p>\xff\xfe</p></statement></akomaNtoso>',
        "unknown encoding": b'<?xml version="1.0" encoding="klingon"?><akomaNtoso/>',
        "null bytes": b"\0" * 100,
        "a symbol beyond measure": resolution("<mainBody/>").replace(b"A/RES/99/1", b"A/RES/" + b"9" * 400).replace(b"Of spoons", b""),
    }  # fmt: skip
    READ = frozenset(("a symbol beyond measure",))

    @pytest.mark.parametrize("case", CASES)
    def test_is_refused(self, case: str) -> None:
        """A LoadError with a bounded message, or a reading; never another exception."""
        if case in self.READ:
            assert akn.read(self.CASES[case]).document.id
            return
        with pytest.raises(LoadError) as caught:
            akn.read(self.CASES[case])

        assert caught.value.problems
        assert len(str(caught.value)) < 600

    @pytest.mark.parametrize(
        "case",
        [
            case
            for case in CASES
            if "DTD" in case or "entity bomb" in case or case == "external entity"
        ],
    )
    def test_says_dtd(self, case: str) -> None:
        """The reason is the document type, not some consequence of it."""
        with pytest.raises(LoadError) as caught:
            akn.read(self.CASES[case]).document

        assert caught.value.problems[0].code == "dtd"

    def test_says_where(self) -> None:
        """A fault of the XML has file, line and column."""
        with pytest.raises(LoadError) as caught:
            akn.read(b"<akomaNtoso>\n  <statement>\n</statement>").document

        position = caught.value.problems[0].position
        assert (position.file, position.line) == ("<data>", 3)
        assert position.column

    def test_too_large(self, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
        """What is larger than any document is not even parsed."""
        monkeypatch.setattr("wsis_model.interop._xml.MAX_BYTES", 1000)
        (tmp_path / "large.xml").write_bytes(b"<a>" + b" " * 2000 + b"</a>")

        for source in (tmp_path / "large.xml", b" " * 2000):
            with pytest.raises(LoadError) as caught:
                akn.read(source).document
            assert caught.value.problems[0].code == "too-large"

    @pytest.mark.parametrize("path", ["no-such.xml", ".", "nul\0.xml"])
    def test_unreadable(self, path: str) -> None:
        """A path that leads to no file is a LoadError too."""
        with pytest.raises(LoadError):
            akn.read(path).document

    def test_notes_that_lead_to_notes_end(self) -> None:
        """A note of the metadata is read once: in a circle, or where each leads to two, it does not
        come back.
        """
        notes = "".join(
            f'<note eId="n{n}"><p>Stir.<noteRef href="#n{n + 1}"/><noteRef'
            f' href="#n{n + 1}"/></p></note>'
            for n in range(40)
        )
        last = '<note eId="n40"><p>Stir.<noteRef href="#n0"/></p></note>'
        found = akn.read(
            resolution(
                f"<meta><notes>{notes}{last}</notes></meta>"
                '<mainBody><p>Taste.<noteRef href="#n0"/></p></mainBody>'
            )
        )

        assert len(found.document.notes) == 41
        assert len(found.left_out) == 41

    def test_many_parts_take_their_time_in_proportion(self) -> None:
        """Ten thousand parts of one letter have ten thousand names."""
        part = "<p><b>A</b></p><p>The General Assembly,</p>"
        found = akn.read(resolution(f"<mainBody>{part * 10_000}</mainBody>"))

        assert len({document.id for document in found.documents}) == 10_001

    def test_many_headings_take_their_time_in_proportion(self) -> None:
        """Twenty thousand headings and restarts are read; a method that compares each with all
        would not come back.
        """
        body = "".join(
            f"<paragraph class='H23'><subheading>Of {n}</subheading></paragraph>"
            + paragraph("Stir.", "1.")
            for n in range(10_000)
        )
        document = akn.read(resolution(f"<mainBody>{body}</mainBody>")).document

        assert len({provision.id for provision in document.provisions}) == 10_000

    @given(st.data())
    def test_any_damage(self, data: st.DataObject) -> None:
        """A file cut, or with bytes changed, gives a reading or a LoadError."""
        whole = bytearray((FIXTURES / data.draw(st.sampled_from(NAMES))).read_bytes())
        for _ in range(data.draw(st.integers(0, 3))):
            place = data.draw(st.integers(0, len(whole) - 1))
            whole[place] = data.draw(st.sampled_from(b"<>/&\"' 0aZ\xff\x00"))
        cut = data.draw(st.sampled_from((len(whole), len(whole), len(whole) // 2)))
        try:
            akn.read(bytes(whole[:cut]))
        except LoadError:
            pass


MENDS = {
    "an end tag of another name": (
        "<paragraph>\n<content><p>Stir.</p></content></alinea>" + paragraph("Taste.", "1."),
        [("misnamed-end-tag", 2, "</alinea>")],
        {"u1": "Stir.", "1": "Taste."},
    ),
    "end tags too many": (
        "<p>Stir.</p></p>\n</statement></akomaNtoso>" + paragraph("Taste.", "1."),
        [("stray-end-tag", 1, "</p>"), ("stray-end-tag", 2, "</statement>"), ("stray-end-tag", 2, "</akomaNtoso>")],
        {"u1": "Stir.", "1": "Taste."},
    ),
    "an end tag too few": (
        "<paragraph><num>1.</num>\n<content><p>Stir <i>well.</p></content></paragraph>" + paragraph("Taste.", "2."),
        [("unclosed-element", 2, "<i>")],
        {"1": "Stir well.", "2": "Taste."},
    ),
    "signs": (
        "<p>Salt &amp; pepper, R&D, 1 < 2,&nbsp;&oops; ]]> &#1;\x02.</p>",
        [("stray-sign", 1, "&"), ("stray-sign", 1, "<"), ("undefined-entity", 1, "&nbsp;"), ("undefined-entity", 1, "&oops;"),
         ("stray-sign", 1, "]]>"), ("stray-sign", 1, "&#1;"), ("stray-sign", 1, "\x02")],
        {"u1": "Salt & pepper, R&D, 1 < 2, &oops; ]]> ."},
    ),
    "attributes": (
        """<paragraph class=H1 eId="a" eId="b" 'c'><num\nx='1'>1.</num><content><p>Stir.</p></content></paragraph>""",
        [("broken-attribute", 1, "class=H1"), ("broken-attribute", 1, 'eId="b"'), ("broken-attribute", 1, "'c'")],
        None,
    ),
    "a prefix that nothing declares": (
        "<p>Stir <un:spoon>well</un:spoon>.</p>",
        [("undeclared-prefix", 1, "un:")],
        {"u1": "Stir well."},
    ),
}  # fmt: skip


class TestMended:
    """XML that is not well-formed is read as far as it says what it means, and every repair is
    told.
    """

    @pytest.mark.parametrize("case", MENDS)
    def test_repairs_are_told(self, case: str) -> None:
        """Each has a code, a place and what stands there; the text is whole."""
        body, repairs, said = MENDS[case]
        data = resolution(f"<mainBody>{body}</mainBody>")
        found = akn.read(data)

        assert [(each.code, each.position.line, each.found) for each in found.repairs] == repairs
        assert all(each.position.column and each.done for each in found.repairs)
        assert said is None or texts(found.document) == said
        assert akn.unplaced(data) == ()

    def test_loading_tells(self, tmp_path: Path) -> None:
        """Whoever loads a file into a corpus is warned."""
        path = tmp_path / "a.xml"
        path.write_bytes(resolution("<mainBody><p>R&D</p></mainBody>"))

        with pytest.warns(RepairedFile) as told:
            load(path)
        message = told[0].message
        assert isinstance(message, RepairedFile)
        assert [each.code for each in message.repairs] == ["stray-sign"]

    def test_an_early_end_leaves_nothing_out(self) -> None:
        """What a stray end tag puts where no text belongs is read, or reported as left out."""
        data = resolution(
            "<mainBody><p>Stir.</p></mainBody></statement>" + paragraph("Taste.", "1.")
        )
        found = akn.read(data)

        assert texts(found.document) == {"u1": "Stir.", "1": "Taste."}
        assert akn.unplaced(data) == ()

    @given(st.data())
    def test_no_word_is_lost(self, data: st.DataObject) -> None:
        """Whatever tags are dropped, doubled or renamed: what is read has every word, or says that
        it has no place.
        """
        whole = (FIXTURES / data.draw(st.sampled_from(NAMES))).read_text(encoding="utf-8")
        for _ in range(data.draw(st.integers(1, 3))):
            tags = list(re.finditer(r"</?\w+[^<>]*>", whole))
            tag = data.draw(st.sampled_from(tags))
            written = data.draw(st.sampled_from(("", tag[0] * 2, "</p>", "<p>", "<section>")))
            whole = whole[: tag.start()] + written + whole[tag.end() :]
        try:
            assert akn.unplaced(whole.encode()) == ()
        except LoadError:
            pass
