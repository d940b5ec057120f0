"""Other languages than English: messages, templates and headings, and text from right to left."""

from __future__ import annotations

import copy
import io
import json
import pickle
import re
import string
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from test_fifteen_faults import FAULTS, SOUND

import wsis_model as wsis
from wsis_model import authoring
from wsis_model._messages import (
    LANGUAGES,
    Message,
    catalogue_text,
    entries,
    in_language,
    language_of_user,
    sentence,
)
from wsis_model._width import isolated, text_in_html
from wsis_model.cli import main
from wsis_model.errors import FACT, Finding, excerpt
from wsis_model.formats.tables.columns import (
    ALIGNED,
    OF,
    SHEETS,
    TABLES,
    column_under,
    field_of,
    folded,
    is_aligned,
    known_columns,
    label_of,
    owners_of,
    sheet_of,
)
from wsis_model.formats.tables.names import plain_name, table_named
from wsis_model.formats.workbooks.template import OF_ROADMAP

OTHERS = LANGUAGES[1:]
TOOL = Path(__file__).resolve().parents[1] / "tools" / "messages.py"
FOLDER = Path(wsis.__file__).parent / "_messages"
#: At most so many texts may wait for their translators, so that a new rule is still two files.
WAITING = 10


def placeholders(text: str) -> set[str]:
    """The names in the braces of a template."""
    return {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}


# --- the catalogues -------------------------------------------------------------------------------


def test_each_language_has_a_catalogue() -> None:
    """The files are those of the languages that are offered."""
    assert {f"{each}.po" for each in OTHERS} == {each.name for each in FOLDER.glob("*.po")}


@pytest.mark.parametrize("language", OTHERS)
def test_a_translation_has_the_values_of_its_sentence(language: str) -> None:
    """Every message has the same placeholders in all languages."""
    wrong = {
        key: text
        for key, text in catalogue_text(language).items()
        if "\x04" not in key and placeholders(key) != placeholders(text)
    }
    assert not wrong
    assert all("\n" not in text for text in catalogue_text(language).values())


@pytest.mark.parametrize("language", OTHERS)
def test_an_entry_stands_once(language: str) -> None:
    """No text has two translations."""
    text = (FOLDER / f"{language}.po").read_text(encoding="utf-8")
    keys = [key for key, _ in entries(text, whole=False)]
    assert len(keys) == len(set(keys))


def test_what_the_catalogues_lack_is_counted() -> None:
    """Few texts wait for their translation, and nothing is translated that nobody says."""
    run = subprocess.run(
        [sys.executable, str(TOOL)], capture_output=True, text=True, check=True, encoding="utf-8"
    )
    lacking: dict[str, int] = {}
    for line in run.stdout.splitlines():
        if found := re.match(r"(\w+): ([0-9]+) of ([0-9]+) translated", line):
            lacking[found[1]] = int(found[3]) - int(found[2])
    assert set(lacking) == set(OTHERS)
    assert max(lacking.values()) <= WAITING, run.stdout
    assert "nobody says" not in run.stdout


def test_what_is_empty_or_doubtful_in_a_catalogue_is_passed_over() -> None:
    """An entry without a translation, or marked as fuzzy, stays English."""
    text = """msgid ""\nmsgstr "Language: fr"

#, fuzzy
msgid "one"
msgstr "un ?"

msgid "two"
msgstr ""

msgctxt "heading"
msgid "thr"
"ee"
msgstr "tro"
"is \\"3\\""
"""
    assert [("heading\x04three", 'trois "3"')] == list(entries(text))


def test_a_message_is_the_english_text_wherever_it_goes() -> None:
    """It compares, pickles, copies and becomes JSON as one, and is still put into French then."""
    message = sentence("{what} is missing", what=sentence("a list"))
    finding = Finding("missing-field", message)
    for each in (message, pickle.loads(pickle.dumps(finding)).message, copy.deepcopy(message)):
        assert each == "a list is missing"
        assert in_language(each, "fr") == "il manque une liste"
        assert json.dumps(each) == '"a list is missing"'
    assert in_language(message, "fr-CH") == "il manque une liste"
    assert in_language(message, "de") == in_language(message, "en") == message
    assert in_language(sentence("{what} is nowhere", what="x"), "fr") == "x is nowhere"


@given(
    st.sampled_from(sorted(key for key in catalogue_text("fr") if "\x04" not in key)),
    st.text(max_size=400),
    st.sampled_from((*LANGUAGES, "ar")),
)
def test_any_finding_in_any_language_is_one_line(template: str, value: str, language: str) -> None:
    """Of bounded length, whatever stands in the file."""
    values = dict.fromkeys(placeholders(template), excerpt(value))
    finding = Finding("x", Message(template, values), path=(value,), hint=Message(template, values))
    text = finding.in_language(language).text
    assert len(text.splitlines()) <= 1
    # Each text is at most as long as its template and the values, whose signs are escaped.
    assert len(text) <= 10 * (FACT + 2 * (300 + 80 * max(1, len(values))))


# --- the commonest faults -------------------------------------------------------------------------

#: What the faults say wrongly and a sound workbook has, too.
VALUES: dict[str, dict[str, Any]] = {
    "Indicators": {"Direction": "increase", "Baseline: value": 50},
    "Targets": {"Value": 80},
}


def filled(language: str, folder: Path, *, faulty: bool) -> tuple[Path, dict[tuple[str, str], str]]:
    """The template in a language, filled in soundly or in fifteen ways wrongly: the file, and the
    cells that are wrong with their codes.
    """
    openpyxl = pytest.importorskip("openpyxl", reason="needs the extra excel")
    draft = authoring.new_roadmap(wsis.catalogue(), action_line="C2", language=language)
    book = openpyxl.load_workbook(io.BytesIO(draft.to_xlsx()))
    tables = {sheet: table for table, sheet in SHEETS.items()}

    def cell(name: str, heading: str) -> Any:
        table = tables[name]
        column = column_under(table, heading)
        assert column is not None
        field = field_of(table, column)
        text = field is not None and field.what == "translations"
        label = label_of(f"{column}:{language}" if text and language != "en" else column, language)
        sheet = book[sheet_of(table, language)]
        return next(sheet.cell(2, each.column) for each in sheet[1] if each.value == label)

    for name, row in (*SOUND.items(), *VALUES.items()):
        sheet = book[sheet_of(tables[name], language)]
        if row is SOUND.get(name):
            sheet.delete_rows(2, sheet.max_row)
        for heading, value in row.items():
            cell(name, heading).value = value
    wrong: dict[tuple[str, str], str] = {}
    for name, heading, value, code in FAULTS if faulty else ():
        here = cell(name, heading)
        here.value = value
        wrong[here.parent.title, here.coordinate] = code
    path = folder / f"{language}.xlsx"
    book.save(path)
    return path, wrong


@pytest.mark.parametrize("language", OTHERS)
def test_fifteen_wrong_cells_are_named_in_the_language_of_the_workbook(
    language: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The same cells under the same codes as in English, every sentence translated."""
    path, wrong = filled(language, tmp_path, faulty=True)
    english = reported(capsys, path)
    translated = reported(capsys, path, "--lang", language)

    assert wrong == {(each["position"]["sheet"], each["position"]["cell"]): each["code"]
                     for each in translated}  # fmt: skip
    for before, after in zip(english, translated, strict=True):
        assert before["message"] != after["message"], before
        assert "hint" not in before or before["hint"] != after["hint"], before
        for facts in ("code", "position", "meant", "names", "found", "fix"):
            assert before.get(facts) == after.get(facts)


def reported(capsys: pytest.CaptureFixture[str], path: Path, *more: str) -> list[dict[str, Any]]:
    """The findings that the command reports of a file."""
    main(["check", str(path), "--format", "json", *more])
    found: list[dict[str, Any]] = json.loads(capsys.readouterr().out)["findings"]
    return found


@pytest.mark.parametrize("language", OTHERS)
def test_all_that_a_new_road_map_lacks_is_said_in_the_language(language: str) -> None:
    """Of an unfinished template under the profile for publishing."""
    drafts = (
        authoring.new_roadmap(wsis.catalogue(), action_line="C2", language=language),
        authoring.new_roadmap(wsis.catalogue(), kind="national", owners=["itu"], language=language),
    )
    for draft in drafts:
        mine = wsis.loads(draft.to_yaml(), "yaml")
        report = wsis.check(wsis.catalogue() | mine, profile="publish")
        own = [each for each in report.findings if each.record.startswith(draft.roadmap.id)]
        assert len(own) > 8
        for each in own:
            assert each.message != each.in_language(language).message, each
            assert not each.hint or each.hint != each.in_language(language).hint, each


@pytest.mark.parametrize("name", ["ten-faults.yaml", "unsound.yaml"])
def test_faults_of_the_examples_are_said_in_french(name: str) -> None:
    """Eight of ten at least: what is rare stays English."""
    path = Path(__file__).resolve().parents[1] / "examples" / "data" / name
    try:
        found = wsis.check(wsis.load(path)).findings
    except wsis.LoadError as error:
        found = error.problems
    french = [each for each in found if each.message != each.in_language("fr").message]
    assert len(french) >= 0.8 * len(found) > 0


def test_a_report_in_english_is_the_report() -> None:
    """And in French all stays that is no sentence."""
    report = wsis.check(wsis.loads("roadmaps: [{id: m, title: M, owners: [itu]}]", "yaml"))
    french = report.in_language("fr")
    assert str(report) == str(report.in_language("en")) == str(report.in_language("tlh"))
    assert french.findings == report.findings
    assert french.to_dict()["findings"][0]["message"] == "'itu' n'existe pas"
    assert "errores: 1, advertencias: 0" in report.in_language("es").summary()
    assert "erreurs\u00a0: 1, avertissements\u00a0: 0" in french.summary()
    assert report.in_language("es").to_text().startswith("error R201 (1): Todo identificador")


# --- the command line -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("arguments", "environment", "said"),
    [
        ((), {"LANG": "fr_FR.UTF-8"}, "there is no"),
        (("--lang", "fr"), {"LANG": "es_ES.UTF-8"}, "n'existe pas"),
        (("--lang", "auto"), {"LANG": "fr_FR.UTF-8"}, "n'existe pas"),
        (("--lang", "auto"), {"LC_ALL": "es_MX", "LANG": "fr_FR.UTF-8"}, "no existe"),
        (("--lang", "auto"), {"LANG": "C"}, "there is no"),
    ],
)
def test_the_environment_counts_only_when_asked(
    arguments: tuple[str, ...],
    environment: dict[str, str],
    said: str,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """`check` speaks English unless `--lang` says otherwise."""
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(name, raising=False)
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    path = tmp_path / "map.yaml"
    path.write_text("roadmaps: [{id: m, title: M, owners: [itu]}]", encoding="utf-8")
    assert main(["check", "--alone", *arguments, str(path)]) == 1
    assert said in capsys.readouterr().out


def test_a_locale_without_a_catalogue_is_english() -> None:
    """So is an environment that says nothing."""
    assert language_of_user({}) == language_of_user({"LANG": "ru_RU.UTF-8"}) == "en"


# --- the template ---------------------------------------------------------------------------------


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_template_is_read_back(language: str, tmp_path: Path) -> None:
    """Workbook and YAML give the road map that was written, whose texts are in the language."""
    pytest.importorskip("openpyxl", reason="needs the extra excel")
    draft = authoring.new_roadmap(wsis.catalogue(), action_line="C7: e-health", language=language)
    path = tmp_path / "map.xlsx"
    path.write_bytes(draft.to_xlsx())
    assert draft.roadmap == wsis.load(path)[draft.roadmap.id]
    assert draft.roadmap == wsis.loads(draft.to_yaml(), "yaml")[draft.roadmap.id]
    assert (language,) == tuple(draft.roadmap.title) == tuple(draft.roadmap.activities[0].title)
    assert wsis.check(wsis.catalogue() | wsis.load(path)).ok


@pytest.mark.parametrize("language", OTHERS)
def test_a_filled_template_is_sound(language: str, tmp_path: Path) -> None:
    """What people write under the headings of their language is read, and in that language."""
    path, _ = filled(language, tmp_path, faulty=False)
    roadmap = wsis.load(path)["c2-roadmap"]
    (activity,) = roadmap.activities
    assert dict(activity.title) == {language: "Map the schools"}
    assert (activity.lead, activity.answers, activity.objective) == (
        "itu",
        ("80-173/37",),
        "c2-roadmap/o1",
    )


@pytest.mark.parametrize("language", OTHERS)
def test_nothing_in_a_template_is_left_in_english(language: str) -> None:
    """Sheets, headings, notes and instructions: of each the text differs from the English one, but
    for words that are the same in both languages.
    """
    openpyxl = pytest.importorskip("openpyxl", reason="needs the extra excel")
    same = {
        *("ID", "URL", "Description", "Version", "Source", "Date", "Note", "Session"),
        *("Observations",),
    }

    def texts(of: str) -> list[str]:
        draft = authoring.new_roadmap(wsis.catalogue(), action_line="C2", language=of)
        book = openpyxl.load_workbook(io.BytesIO(draft.to_xlsx()))
        found = [sheet.title for sheet in book]
        found += [str(row[0].value) for row in book.worksheets[0].iter_rows() if row[0].value]
        for sheet in book.worksheets[1:]:
            found += [str(each.value) for each in sheet[1] if each.value]
            found += [each.comment.text for each in sheet[1] if each.comment]
            for each in sheet.data_validations.dataValidation:
                found += filter(None, (each.prompt, each.promptTitle, each.error))
                assert len(each.prompt or "") <= 255 and len(each.promptTitle or "") <= 32
        return found

    english, translated = texts("en"), texts(language)
    assert len(english) == len(translated) > 250
    assert {each for each in translated if each in english} <= same


@pytest.mark.parametrize("language", OTHERS)
def test_instructions_name_sheets_as_they_are_called(language: str) -> None:
    """In what order to fill them."""
    said = " ".join(catalogue_text(language).values())
    for table in OF_ROADMAP:
        name = sheet_of(table, language)
        assert said.count(name) > 1, name
        assert len(name) <= 31 and not set(name) & set("[]:*?/\\")


@pytest.mark.parametrize("language", OTHERS)
@pytest.mark.parametrize("table", TABLES)
def test_a_heading_stands_for_one_column(table: str, language: str) -> None:
    """Every heading is read as the column it was written for; of a text with its language."""
    columns = [
        *known_columns(TABLES[table]),
        *(ALIGNED if is_aligned(TABLES[table]) else ()),
        *((OF,) if owners_of(table) else ()),
    ]
    labels = {column: folded(label_of(column, language)) for column in columns}
    assert len(set(labels.values())) == len(columns)
    for column in columns:
        field = field_of(table, column)
        text = field is not None and field.what == "translations"
        here = column_under(table, label_of(column, language))
        # A word that is English, too, is read as English: a template says the language.
        assert here in (column, f"{column}:{language}")
        if text:
            whole = f"{column}:{language}"
            assert whole == column_under(table, label_of(whole, language))
            other = label_of(f"{column}:ar", language)
            assert f"{column}:ar" == column_under(table, other)


@pytest.mark.parametrize("language", OTHERS)
def test_a_sheet_is_that_of_one_table(language: str) -> None:
    """In any language."""
    for table in SHEETS:
        assert table == table_named(plain_name(sheet_of(table, language)))


def test_a_table_in_french_is_read_without_a_workbook(tmp_path: Path) -> None:
    """A folder of CSV with French names and headings, and a typographic apostrophe."""
    (tmp_path / "feuilles de route.csv").write_text(
        "ID,Titre,Responsables,Champ d’application\nm,Écoles,ITU,C2\n", encoding="utf-8"
    )
    roadmap = wsis.load(tmp_path)["m"]
    assert dict(roadmap.title) == {"fr": "Écoles"}
    assert (roadmap.owners, roadmap.scope) == (("itu",), ("action-lines/c2",))


def test_the_command_makes_a_template_in_french(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """`new roadmap --lang fr`."""
    assert main(["new", "roadmap", "--action-line", "C2", "--lang", "fr"]) == 0
    text = capsys.readouterr().out
    assert text.startswith("# Feuille de route pour la grande orientation C2")
    assert "# Qui en est responsable, p. ex. " in text
    assert wsis.loads(text, "yaml")["c2-roadmap"].title.pick("fr").startswith("Feuille")


# --- from right to left ---------------------------------------------------------------------------

ARABIC = "خطة عمل 2030"


def test_a_title_in_arabic_does_not_pull_what_stands_beside_it() -> None:
    """On a terminal it is isolated, with its number; in HTML it has an element of its own."""
    assert isolated(f"m/a1  planned: {ARABIC} (c2), 2027") == (
        f"m/a1  planned: \u2068{ARABIC}\u2069 (c2), 2027"
    )
    assert isolated(f"{ARABIC}: C2") == f"\u2068{ARABIC}\u2069: C2"
    assert isolated("Écoles 2030") == "Écoles 2030"
    assert text_in_html(ARABIC) == f"<bdi dir='auto'>{ARABIC}</bdi>"
    assert text_in_html("Écoles") == "Écoles"


def test_a_record_in_a_notebook_says_the_direction_of_its_texts() -> None:
    """Of texts that say their language, and of those that do not."""
    roadmap = wsis.loads(
        f"roadmaps: [{{id: m, title: {{ar: {ARABIC}}}, owners: [itu], description: {ARABIC}}}]",
        "yaml",
    )["m"]
    page = roadmap._repr_html_()  # pyright: ignore[reportPrivateUsage]
    assert f"<span lang='ar' dir='auto'>{ARABIC}</span>" in page
    assert f"<bdi dir='auto'>{ARABIC}</bdi>" in page


def test_isolates_are_for_a_terminal_alone(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A file, and a program that reads on, get the text as it is."""
    path = tmp_path / "map.yaml"
    path.write_text(
        f"roadmaps: [{{id: m, title: {{ar: {ARABIC}}}, owners: [itu]}}]", encoding="utf-8"
    )
    main(["show", "m", "--in", str(path)])
    assert "\u2068" not in capsys.readouterr().out
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True, raising=False)
    monkeypatch.setenv("NO_COLOR", "1")
    main(["show", "m", "--in", str(path)])
    assert f"\u2068{ARABIC}\u2069" in capsys.readouterr().out
