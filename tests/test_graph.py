"""Graphs: networkx reads GraphML back, Neo4j's files are as its manual has them, and Mermaid draws
any title as it is.
"""

from __future__ import annotations

import csv
import io
import json
import re
import shutil
import subprocess
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings

import wsis_model as wsis
from wsis_model import Corpus, Translations, UnknownIdentifier
from wsis_model.interop import graph
from wsis_model.testing import a_corpus, a_roadmap, an_activity, corpora

ROOT = Path(__file__).resolve().parents[1]
EXAMPLES = ROOT / "examples" / "data"
HOSTILE = [
    *('say "no"', "<b>bold</b> & <script>alert(1)</script>", "1. list", "12) x", "- dash", "+ x"),
    *("`code` *em* _x_ ~y~", "[a](http://x.y) {z} | ;", "#35; #quot; &amp;", "end", "%% c"),
    *("subgraph x", "水壶 ة", "a\nb\tc\r\nd", "$$x^2$$", "@{shape: x}", '"`md`"', '\\n \\"'),
    *("graph TD; A-->B", "click n0 href x", "=1+1", "a\0b\x1b[2J", "\u2028", "\ufffe", "a,b"),
]


def titled(titles: list[str]) -> Corpus:
    """A road map with an activity for each title."""
    activities = tuple(
        an_activity(id=f"plan/a{number}", title=Translations(en=title), milestones=())
        for number, title in enumerate(titles)
    )
    return Corpus.of(a_roadmap(id="plan", activities=activities))


def edges_of(corpus: Corpus) -> Counter[tuple[str, str, str]]:
    """What the edges should be, by another way: references, and what holds each record."""
    found = Counter(
        (each.source, each.target, ".".join(step for step in each.path if isinstance(step, str)))
        for each in corpus.references()
    )
    for name in corpus:
        if holders := corpus.ancestors(name):
            found[name, holders[-1].id, "belongs_to"] += 1
    return found


class TestGraphML:
    def read(self, data: bytes) -> Any:
        networkx: Any = pytest.importorskip("networkx", reason="reads GraphML as others do")
        return networkx.read_graphml(io.BytesIO(data), force_multigraph=True)

    @settings(max_examples=15)
    @given(corpora())
    def test_networkx_reads_back_every_record_and_reference(self, corpus: Corpus) -> None:
        read = self.read(graph.write(corpus))

        assert Counter((a, b, data["field"]) for a, b, data in read.edges(data=True)) == edges_of(
            corpus
        )
        kinds = {name: data["kind"] for name, data in read.nodes(data=True)}
        assert {name: kind for name, kind in kinds.items() if kind != "unknown"} == {
            name: corpus.kind(name) for name in corpus
        }
        assert {name for name, kind in kinds.items() if kind == "unknown"} == {
            each.target for each in corpus.references() if each.target not in corpus
        }

    def test_what_is_elsewhere_is_looked_up_where_the_caller_says(self) -> None:
        corpus = wsis.load(EXAMPLES / "c2-roadmap.yaml")
        alone, informed = (
            self.read(graph.write(corpus, context=context)).nodes["itu"]
            for context in (None, wsis.catalogue())
        )
        assert alone == {"kind": "unknown", "label": "itu"}
        assert informed["label"] == "International Telecommunication Union (ITU)"

    @pytest.mark.parametrize("title", HOSTILE)
    def test_titles_stand_as_they_are(self, title: str) -> None:
        """But for signs that XML has no way to write."""
        read = self.read(graph.write(titled([title])))
        assert read.nodes["plan/a0"]["label"] == re.sub("[\0\x1b\ufffe]", "\ufffd", title)


class TestNeo4j:
    def test_the_files_are_as_the_importer_wants_them(self, tmp_path: Path) -> None:
        """Headers of its own types; each identifier once; no relationship without its ends; a line
        for each row, every cell in quotes.
        """
        corpus = wsis.catalogue() | wsis.load(EXAMPLES / "c2-roadmap.yaml")
        graph.save_neo4j(corpus, tmp_path / "graph")

        files = {each.name: each.read_bytes().decode() for each in (tmp_path / "graph").iterdir()}
        head, *nodes = csv.reader(io.StringIO(files["nodes.csv"], newline=""))
        assert head == ["id:ID", "kind", "title", ":LABEL"]
        assert len(nodes) + 1 == files["nodes.csv"].count("\n")
        names = [each[0] for each in nodes]
        assert len(set(names)) == len(names)
        assert {name: label for name, _, _, label in nodes if name in corpus} == {
            name: type(record).__name__ for name, record in corpus.items()
        }
        head, *relationships = csv.reader(io.StringIO(files["relationships.csv"], newline=""))
        assert head == [":START_ID", ":END_ID", ":TYPE"]
        assert {name for row in relationships for name in row[:2]} <= set(names)
        assert Counter(map(tuple, relationships)) == Counter(
            {
                (a, b, field.replace(".", "_").upper()): count
                for (a, b, field), count in edges_of(corpus).items()
            }
        )
        assert all(re.fullmatch("[A-Z_]+", row[2]) for row in relationships)
        assert all(line.startswith('"') for line in files["nodes.csv"].splitlines()[1:])

    @pytest.mark.parametrize("title", HOSTILE)
    def test_a_title_is_one_line(self, tmp_path: Path, title: str) -> None:
        graph.save_neo4j(titled([title]), tmp_path / "graph")
        text = (tmp_path / "graph" / "nodes.csv").read_text(encoding="utf-8")
        rows = {each[0]: each for each in csv.reader(io.StringIO(text, newline=""))}
        assert rows["plan/a0"][2] == re.sub("[\\s\0\x1b]+", " ", title).strip()
        assert text.count("\n") == len(rows)

    def test_only_files_of_ours_are_replaced(self, tmp_path: Path) -> None:
        place = tmp_path / "graph"
        graph.save_neo4j(a_corpus(), place)
        graph.save_neo4j(titled(["Map"]), place)
        (place / "mine.txt").touch()
        with pytest.raises(ValueError, match="mine"):
            graph.save_neo4j(a_corpus(), place)
        assert "plan/a0" in (place / "nodes.csv").read_text(encoding="utf-8")


#: The grammar of what is written, a small part of Mermaid's.
_BOX = r'  (?:n\d+|more)(?:\["LABEL"\]|\("LABEL"\)|\(\["LABEL"\]\))'.replace(
    "LABEL", r"(?!<)[^\"\n<>&`*\[\]{}|\\]+(?:<br/>[^\"\n<>&`*\[\]{}|\\]*)?"
)
_LINE = re.compile(
    rf'flowchart LR|{_BOX}|  n\d+ -->\|"[a-z, #0-9;]+"\| n\d+|  n\d+ -\.- more'
    "|  classDef start stroke-width:4px|  class n0 start"
)


class TestMermaid:
    def test_what_stands_around_a_paragraph_is_drawn(self) -> None:
        text = graph.mermaid(wsis.catalogue(), "A/RES/80/173, para. 99")
        for shown in (
            'n0["A/RES/80/173, para. 99<br/>Decides that the IGF becomes a permanent forum',
            '("Internet Governance Forum (IGF)")',
            '["A/RES/80/173, para. 99, mandate 1<br/>',
            '|"alignments"|',
            '|"belongs to"| n0',
        ):
            assert shown in text

    @settings(max_examples=25)
    @given(corpora())
    def test_every_line_is_of_the_grammar_and_arrows_lead_to_boxes(self, corpus: Corpus) -> None:
        for name in [*corpus][::17]:
            for depth in (0, 1, 2):
                text = graph.mermaid(corpus, name, depth, limit=7)
                assert [each for each in text.splitlines() if not _LINE.fullmatch(each)] == []
                boxes = re.findall(r"^  (n\d+)[\[(]", text, re.MULTILINE)
                assert len(boxes) == len(set(boxes)) <= 7
                assert set(re.findall(r"n\d+(?= -)|(?<=\| )n\d+", text)) <= set(boxes)

    def test_what_is_left_out_is_counted(self) -> None:
        corpus = titled([str(each) for each in range(50)])
        whole = graph.mermaid(corpus, "plan", limit=1000)
        count = whole.count('["') + whole.count('("')
        assert f'more["and {count - 10} more"]' in graph.mermaid(corpus, "plan", limit=10)
        assert "more" not in whole

    def test_a_depth_leads_so_far_and_no_further(self) -> None:
        corpus = wsis.catalogue()
        alone, near, far = (
            graph.mermaid(corpus, "80-173/99.1", depth, limit=10_000) for depth in (0, 1, 2)
        )
        assert alone.count("-->") == 0
        around = {each.target for each in corpus.references("80-173/99.1")} | {"80-173/99"}
        cited = {each.source for each in corpus.cited_by("80-173/99.1")}
        assert near.count('["') + near.count('("') == 1 + len(around | cited)
        assert far.count("-->") > near.count("-->")

    def test_the_middle_may_be_what_the_corpus_names(self) -> None:
        """Of a road map alone, by the name that the catalogue knows."""
        corpus = wsis.load(EXAMPLES / "c2-roadmap.yaml")
        name = "80/173 para 113, mandate 1"
        text = graph.mermaid(corpus, name, context=wsis.catalogue())
        assert 'n0["A/RES/80/173, para. 113, mandate 1<br/>' in text
        assert '|"mandated by"| n0' in text
        with pytest.raises(UnknownIdentifier):
            graph.mermaid(corpus, name)

    def test_what_is_not_there_and_bounds_that_are_none_are_refused(self) -> None:
        with pytest.raises(UnknownIdentifier):
            graph.mermaid(wsis.catalogue(), "80-173/999")
        for depth, limit in ((-1, 1), (1, 0)):
            with pytest.raises(ValueError, match="at least"):
                graph.mermaid(wsis.catalogue(), "itu", depth, limit=limit)

    def test_mermaid_itself_shows_every_title_as_it_is(self, tmp_path: Path) -> None:
        """Parsed by the real one, where Node finds it with `mermaid` and `jsdom` beside it."""
        node = shutil.which("node")
        if node is None or not (ROOT / "node_modules" / "mermaid").is_dir():
            pytest.skip("needs node, and mermaid and jsdom of npm in node_modules")
        (tmp_path / "chart.mmd").write_text(
            graph.mermaid(titled(HOSTILE), "plan", limit=100), "utf-8"
        )
        script = """
            import { JSDOM } from 'jsdom'; import fs from 'fs';
            globalThis.window = new JSDOM('').window; globalThis.document = window.document;
            const mermaid = (await import('mermaid')).default;
            const text = fs.readFileSync(process.argv[1], 'utf8');
            await mermaid.parse(text);
            const chart = await mermaid.mermaidAPI.getDiagramFromText(text);
            console.log(JSON.stringify([...chart.db.getVertices().values()].map(x => x.text)));
        """
        done = subprocess.run(
            [node, "--input-type=module", "-e", script, str(tmp_path / "chart.mmd")],
            cwd=ROOT,
            capture_output=True,
            check=True,
            timeout=60,
            encoding="utf-8",
        )
        labels = {
            re.sub("ﬂ°°(\\d+)¶ß", lambda x: chr(int(x[1])), each)
            for each in json.loads(done.stdout)
        }
        shown = {re.sub("[\\s\0\x1b]+", " ", each).strip() for each in HOSTILE} - {""}
        assert shown <= labels
