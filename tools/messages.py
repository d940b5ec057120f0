"""What translators have to translate, and what they have not translated yet.

`python tools/messages.py` lists what each catalogue of messages lacks, and what it has that nobody
says any more. `python tools/messages.py --add` adds what is lacking to the catalogues, without a
translation, for a translator to fill in.
"""

from __future__ import annotations

import argparse
import ast
import json
from collections.abc import Iterator
from pathlib import Path

from wsis_model import _messages
from wsis_model.checks import RULES
from wsis_model.errors import Severity
from wsis_model.formats import CODES
from wsis_model.formats.tables.columns import (
    BETWEEN,
    HEADING,
    SHEET,
    SHEETS,
    TABLES,
    about_column,
    heading_parts,
    in_order,
)
from wsis_model.formats.tables.names import FAULTS_SHEET, LISTS, READ_ME
from wsis_model.formats.workbooks import template
from wsis_model.formats.workbooks.book import MUST, NOTE
from wsis_model.model import Record, Roadmap
from wsis_model.model.fields import EXAMPLE, shape_of
from wsis_model.model.record import field_docs

FOLDER = Path(_messages.__file__).parent
SOURCE = FOLDER.parent
CONTEXT = "\x04"


def wanted() -> dict[str, str]:
    """All that is to be translated, by its key in `catalogue_text`, and where it stands."""
    found = dict(_sentences())
    for key, where in (*_headings(), *_notes(), *_instructions(), *_titles()):
        found.setdefault(key, where)
    return found


def _sentences() -> Iterator[tuple[str, str]]:
    """The templates of all sentences in the source."""
    for path in sorted(SOURCE.rglob("*.py")):
        module, source = path.relative_to(SOURCE).as_posix(), path.read_text(encoding="utf-8")
        if path.parent == FOLDER or "sentence(" not in source:
            continue
        for node in ast.walk(ast.parse(source)):
            match node:
                case ast.Call(func=ast.Name(id="sentence"), args=[ast.Constant(value=str(text))]):
                    yield text, module
                case ast.Call(func=ast.Name(id="sentence")):
                    message = f"{module}:{node.lineno}: write the template of the sentence out"
                    raise ValueError(message)
                case _:
                    pass


def _columns() -> Iterator[tuple[str, str]]:
    """The columns of the tables that a template asks for."""
    for table in template.OF_ROADMAP:
        for column in in_order(table, template.asked(table, 2), human=True):
            yield table, column


def _headings() -> Iterator[tuple[str, str]]:
    yield f"{HEADING}{CONTEXT}{BETWEEN}", "between the parts of a heading"
    for table, column in _columns():
        for part in heading_parts(column):
            yield f"{HEADING}{CONTEXT}{part}", f"{table}.{column}"
    for sheet in (READ_ME, LISTS, FAULTS_SHEET, *map(SHEETS.__getitem__, template.OF_ROADMAP)):
        yield f"{SHEET}{CONTEXT}{sheet}", "name of a sheet"


def _notes() -> Iterator[tuple[str, str]]:
    """What notes on headings and the comments of a skeleton say of fields."""
    for text in (MUST, EXAMPLE, " or "):
        yield f"{NOTE}{CONTEXT}{text}", "notes on headings"
    for table, column in _columns():
        if text := about_column(table, column)[0]:
            yield f"{NOTE}{CONTEXT}{text}", f"{table}.{column}"
    for record in _below(Roadmap, {TABLES["roadmaps"]}):
        for name, text in field_docs(record).items():
            yield f"{NOTE}{CONTEXT}{' '.join(text.split())}", f"{record.__name__}.{name}"


def _below(record: type[Record], seen: set[type[Record]]) -> Iterator[type[Record]]:
    yield record
    for field in shape_of(record):
        if field.record is not None and field.record not in seen:
            seen.add(field.record)
            yield from _below(field.record, seen)


def _instructions() -> Iterator[tuple[str, str]]:
    said = (text for look, text in template.INSTRUCTIONS if look != "title")
    rest = (
        *(template.TITLE, template.DAY, template.PARTIAL, template.SEVERAL),
        *(template.SEVERAL_LISTED, template.NOT_LISTED, template.NO_NUMBER),
        *template.LISTED.values(),
    )
    for text in (*said, *rest):
        yield f"{template.TEMPLATE}{CONTEXT}{text}", "instructions in a workbook"


def _titles() -> Iterator[tuple[str, str]]:
    for severity in Severity:
        yield f"severity{CONTEXT}{severity.value}", "how much a finding matters"
    for code, text in CODES.items():
        yield text, f"code {code}"
    for rule in RULES:
        yield rule.title, f"rule {rule.code}"


def lacking(language: str) -> list[str]:
    """The keys of what a catalogue does not have."""
    there = _messages.catalogue_text(language)
    return [key for key in wanted() if key not in there]


def unused(language: str) -> list[str]:
    """The keys of what a catalogue has and nobody says."""
    said = wanted()
    return [key for key in _messages.catalogue_text(language) if key not in said]


def entry(key: str, where: str, text: str = "") -> str:
    """An entry of a catalogue."""
    context, mark, plain = key.rpartition(CONTEXT)
    lines = [f"#. {where}"]
    if mark:
        lines.append(f"msgctxt {json.dumps(context, ensure_ascii=False)}")
    lines.append(f"msgid {json.dumps(plain, ensure_ascii=False)}")
    lines.append(f"msgstr {json.dumps(text, ensure_ascii=False)}")
    return "\n".join(lines) + "\n"


def add(language: str) -> int:
    """Add to a catalogue what it lacks, to be filled in; gives how many entries."""
    path = FOLDER / f"{language}.po"
    text, said = path.read_text(encoding="utf-8"), wanted()
    # What is there already, and empty or doubtful, is not added once more.
    there = {key for key, _ in _messages.entries(text, whole=False)}
    added = [entry(key, said[key]) for key in lacking(language) if key not in there]
    path.write_text("\n".join([text.rstrip("\n") + "\n", *added]), encoding="utf-8")
    return len(added)


def main() -> int:
    """List, or add, what is lacking."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--add", action="store_true", help="add what is lacking, to be filled in")
    options = parser.parse_args()
    total = len(wanted())
    for language in _messages.LANGUAGES[1:]:
        if options.add:
            print(f"{language}: {add(language)} added")
            continue
        empty = lacking(language)
        print(f"{language}: {total - len(empty)} of {total} translated")
        for key in empty:
            print(f"  lacks: {key.replace(CONTEXT, ' | ')}")
        for key in unused(language):
            print(f"  nobody says: {key.replace(CONTEXT, ' | ')}")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
