"""Findings, and the report that renders them for people and for other tools."""

from __future__ import annotations

import functools
import html
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import attrs

from .._messages import in_language, sentence
from .._version import BASE_IRI, __version__
from .._width import visible
from ..errors import Finding, Position, Replacement, Severity
from ..formats import CODES
from ..tables import Table, csv_text, json_text
from ._rule import Rule

__all__ = ["Report", "Waived", "Waiver"]

PLACES = 8
"""At most this many positions per message; of the others the number."""
_COLOURS = {Severity.ERROR: "\033[31m", Severity.WARNING: "\033[33m"}
_PLAIN, _DIM = "\033[0m", "\033[2m"


def _not_blank(waiver: Waiver, _: attrs.Attribute[str], value: str) -> None:
    if not value.strip():
        msg = f"the waiver of {waiver.code} for {waiver.record} gives no reason"
        raise ValueError(msg)


@attrs.frozen
class Waiver:
    """A finding that is accepted, and why. A waiver that excuses nothing is a finding itself
    (`W901`).
    """

    code: str
    """Code of the rule that is waived, e.g. `"A501"`."""
    record: str
    """Identifier of the record it is waived for; a trailing `*` stands for any ending, e.g.
    `"80-173/*"`.
    """
    reason: str = attrs.field(validator=_not_blank)
    """Why, in a sentence."""

    def excuses(self, finding: Finding) -> bool:
        """Whether this waiver accepts the finding."""
        if finding.code != self.code:
            return False
        return (
            finding.record.startswith(self.record[:-1])
            if self.record.endswith("*")
            else finding.record == self.record
        )


@attrs.frozen
class Waived:
    """A finding that a waiver accepts."""

    finding: Finding
    """The finding."""
    waiver: Waiver
    """The waiver, with its reason."""


@attrs.frozen(repr=False)
class Report:
    """What a check found. It is data first; `str`, `to_json`, `to_sarif`, `to_github` and `to_csv`
    render it.
    """

    findings: tuple[Finding, ...]
    """What was found, in the order of files and records."""
    waived: tuple[Waived, ...] = ()
    """What was found and is accepted."""
    rules: tuple[Rule, ...] = ()
    """The rules that were run."""
    records: int = 0
    """How many records were looked at."""
    language: str = attrs.field(default="en", kw_only=True)
    """The language of what is rendered for people."""

    def in_language(self, language: str) -> Report:
        """The same report in another language: what is said of findings, and the sentences around
        them. What the catalogue of messages does not have stays English; codes, names and values
        are the same in every language.

        Args:
            language: `"fr"`, `"es"` or `"en"`. For any other all stays English.

        Examples:
            >>> import wsis_model as wsis
            >>> mine = wsis.loads("roadmaps: [{id: m, title: Media, owners: [itu]}]", "yaml")
            >>> wsis.check(mine).in_language("es").findings[0].message
            "'itu' no existe"
        """
        return attrs.evolve(
            self,
            findings=tuple(each.in_language(language) for each in self.findings),
            waived=tuple(
                attrs.evolve(each, finding=each.finding.in_language(language))
                for each in self.waived
            ),
            language=language,
        )

    def _said(self, text: str) -> str:
        """A text in the language of the report."""
        return in_language(text, self.language)

    @property
    def ok(self) -> bool:
        """Whether there is no error. Warnings do not make a report bad."""
        return not any(each.severity is Severity.ERROR for each in self.findings)

    def by_code(self) -> dict[str, tuple[Finding, ...]]:
        """The findings under the code of their rule, in the order of codes."""
        return {
            code: tuple(f for f in self.findings if f.code == code)
            for code in sorted({f.code for f in self.findings})
        }

    @property
    def fixes(self) -> tuple[Finding, ...]:
        """The findings that one change certainly mends, each with its `fix`.
        `wsis_model.editing.mend` makes these changes in a copy.
        """
        return tuple(each for each in self.findings if each.fix is not None)

    def summary(self) -> str:
        """One line: how many errors and warnings, over how many records and rules."""
        counts = Counter(each.severity for each in self.findings)
        errors, warnings = counts[Severity.ERROR], counts[Severity.WARNING]
        found = sentence(
            "{errors}, {warnings}",
            errors=sentence("{count} error", count=errors)
            if errors == 1
            else sentence("{count} errors", count=errors),
            warnings=sentence("{count} warning", count=warnings)
            if warnings == 1
            else sentence("{count} warnings", count=warnings),
        )
        if self.waived:
            found = sentence("{found}, {count} waived", found=found, count=len(self.waived))
        return self._said(
            sentence(
                "{found} in {records} records under {rules} rules",
                found=found,
                records=f"{self.records:,}",
                rules=len(self.rules),
            )
        )

    def to_text(self, *, colour: bool = False) -> str:
        """The report for a terminal: findings grouped by code with the rule's sentence, then a
        summary.

        Findings with the same text share one line, with all their positions. For a workbook the
        findings are counted by sheet.
        """
        titles = CODES | {each.code: each.title for each in self.rules}
        lines: list[str] = []
        for code, findings in self.by_code().items():
            severity = findings[0].severity
            title = self._said(titles.get(code, ""))
            head = self._said(
                sentence(
                    "{severity} {code} ({count}): {title}",
                    severity=in_language(severity.value, self.language, "severity"),
                    code=code,
                    count=len(findings),
                    title=title,
                )
            )
            head = visible(head.rstrip(": \u202f"))
            lines.append(f"{_COLOURS[severity]}{head}{_PLAIN}" if colour else head)
            by_text: dict[str, list[Position]] = {}
            for each in findings:
                by_text.setdefault(each.text, []).extend([each.position] if each.position else [])
            for text, places in by_text.items():
                place = f"{self._said(_places(places))}: " if places else ""
                place = f"{_DIM}{place}{_PLAIN}" if colour and place else place
                lines.append(f"  {place}{text}")
        lines.extend(
            visible(
                self._said(
                    sentence(
                        "waived {code} {record}: {reason}",
                        code=each.finding.code,
                        record=each.finding.record,
                        reason=each.waiver.reason,
                    )
                )
            )
            for each in self.waived
        )
        sheets = Counter(each.position.sheet for each in self.findings if each.position.sheet)
        if sheets:
            counts = ", ".join(f"{sheet} {count}" for sheet, count in sheets.items())
            lines.append(visible(self._said(sentence("by sheet: {counts}", counts=counts))))
        lines.append(self.summary())
        return "\n".join(lines)

    __str__ = to_text

    def __repr__(self) -> str:
        return f"<Report: {self.summary()}>"

    def to_dict(self) -> dict[str, Any]:
        """The report as plain data."""
        return {
            "ok": self.ok,
            "summary": self.summary(),
            "findings": [_plain(each) for each in self.findings],
            "waived": [
                {**_plain(each.finding), "reason": each.waiver.reason} for each in self.waived
            ],
            "rules": [each.code for each in self.rules],
            "records": self.records,
        }

    def to_json(self) -> str:
        """The report as JSON."""
        return json_text(self.to_dict())

    def to_csv(self, *, guard_formulas: bool = False) -> str:
        """The findings as CSV, one a line.

        Args:
            guard_formulas: For a spreadsheet: as for [`Table.to_csv`][wsis_model.Table.to_csv].
        """
        rows = ([show(each) for show in _IN_CSV.values()] for each in self.findings)
        return csv_text(_IN_CSV, rows, guard_formulas=guard_formulas)

    def to_github(self) -> str:
        """The findings as workflow commands, shown beside the lines of a pull request on GitHub."""

        def value(text: str) -> str:
            return visible(text).replace("%", "%25")

        def setting(text: object) -> str:
            return value(str(text)).replace(":", "%3A").replace(",", "%2C")

        lines: list[str] = []
        for f in self.findings:
            settings = {"title": f.code}
            if f.position:
                settings |= {"file": f.position.file}
                settings |= {
                    k: str(v)
                    for k, v in (("line", f.position.line), ("col", f.position.column))
                    if v
                }
            given = ",".join(f"{key}={setting(each)}" for key, each in settings.items())
            lines.append(f"::{f.severity.value} {given}::{value(f.text)}")
        return "\n".join(lines)

    def to_sarif(
        self, replacements: Mapping[Finding, Sequence[Replacement]] | None = None
    ) -> dict[str, Any]:
        """The report in SARIF 2.1.0, which code-scanning tools read. Waived findings are suppressed
        results.

        Args:
            replacements: What the fixes change in the files, for tools that offer to change it; as
                `wsis_model.editing.replacements` finds it. Without it there are no fixes.
        """
        indexes = {each.code: index for index, each in enumerate(self.rules)}

        def result(f: Finding, reason: str | None = None) -> dict[str, Any]:
            hint = f" ({f.hint})" if f.hint else ""
            made: dict[str, Any] = {
                "ruleId": f.code,
                "level": f.severity.value,
                "message": {"text": visible(f"{f.message}{hint}")},
                "locations": [
                    {
                        "logicalLocations": [
                            {"fullyQualifiedName": ".".join(filter(None, (f.record, _field(f))))}
                        ]
                    }
                ],
                "partialFingerprints": {"record/v1": f"{f.code}:{f.record}:{_field(f)}"},
            }
            if f.code in indexes:
                made["ruleIndex"] = indexes[f.code]
            if f.position:
                physical: dict[str, Any] = {"artifactLocation": {"uri": _uri(f.position.file)}}
                region = {
                    k: v
                    for k, v in (("startLine", f.position.line), ("startColumn", f.position.column))
                    if v
                }
                if region:
                    physical["region"] = region
                made["locations"][0]["physicalLocation"] = physical
            if parts := (replacements or {}).get(f):
                made["fixes"] = [_sarif_fix(f, parts)]
            if reason is not None:
                justification = visible(reason)
                made["suppressions"] = [{"kind": "external", "justification": justification}]
            return made

        driver = {
            "name": "wsis_model",
            "version": __version__,
            "informationUri": BASE_IRI,
            "rules": [
                {
                    "id": each.code,
                    "name": each.name.title().replace(" ", ""),
                    "shortDescription": {"text": each.title or each.code},
                    "fullDescription": {"text": each.doc or each.code},
                    **({"helpUri": each.url} if each.url else {}),
                    "defaultConfiguration": {"level": each.severity.value},
                }
                for each in self.rules
            ],
        }
        results = [result(each) for each in self.findings] + [
            result(each.finding, each.waiver.reason) for each in self.waived
        ]
        return {
            "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
            "version": "2.1.0",
            "runs": [
                {"tool": {"driver": driver}, "results": results, "columnKind": "unicodeCodePoints"}
            ],
        }

    @functools.cached_property
    def table(self) -> Table[Finding]:
        """The findings as a table."""
        return Table(self.findings, _COLUMNS)

    def _repr_html_(self) -> str:
        colour = "#1a7f37" if self.ok else "#b42318"
        head = f"<p><strong style='color:{colour}'>{html.escape(self.summary())}</strong></p>"
        if not self.findings:
            return head
        # The notebook protocol.
        return head + self.table._repr_html_()  # pyright: ignore[reportPrivateUsage]


def _sarif_fix(finding: Finding, parts: Sequence[Replacement]) -> dict[str, Any]:
    """The fix of a finding, as SARIF has it: parts of the text that are replaced."""
    return {
        "description": {"text": visible(finding.hint or "mend it")},
        "artifactChanges": [
            {
                "artifactLocation": {"uri": _uri(finding.position.file)},
                "replacements": [
                    {
                        "deletedRegion": {
                            "startLine": each.position.line or 1,
                            "startColumn": each.position.column or 1,
                            "endLine": each.end[0],
                            "endColumn": each.end[1],
                        },
                        **({"insertedContent": {"text": each.text}} if each.text else {}),
                    }
                    for each in parts
                ],
            }
        ],
    }


_NOTHING = (None, "", (), Position(""))
_FACTS = (
    *("code", "severity", "record", "field", "path", "message", "hint", "position"),
    *("found", "expected", "meant", "names", "fix"),
)


def _plain(finding: Finding) -> dict[str, Any]:
    """A finding as plain data; what is not known is left out."""
    data = attrs.asdict(
        finding, filter=lambda field, value: value not in _NOTHING or field.name in ("old", "new")
    )
    data["severity"] = finding.severity.value
    if field := _field(finding):
        data["field"] = field
    return {key: data[key] for key in _FACTS if key in data}


def _field(finding: Finding) -> str:
    """The field, unless the heading of a cell says it better than its path in a file."""
    return "" if finding.position.heading and not finding.record else finding.field


_COLUMNS: dict[str, Callable[[Finding], Any]] = {
    "code": lambda f: f.code,
    "severity": lambda f: f.severity.value,
    "record": lambda f: f.record,
    "field": _field,
    "message": lambda f: f.message,
    "hint": lambda f: f.hint,
    "place": lambda f: f.position or None,
}


_IN_CSV: dict[str, Callable[[Finding], Any]] = {
    "code": lambda f: f.code,
    "severity": lambda f: f.severity.value,
    "record": lambda f: f.record,
    "field": _field,
    "file": lambda f: f.position.file,
    "line": lambda f: f.position.line,
    "column": lambda f: f.position.column,
    "sheet": lambda f: f.position.sheet,
    "cell": lambda f: f.position.cell,
    "message": lambda f: f.message,
    "hint": lambda f: f.hint,
}


def _uri(file: str) -> str:
    from pathlib import Path
    from urllib.parse import quote

    path = Path(file)
    return path.as_uri() if path.is_absolute() else quote(path.as_posix())


def _places(places: list[Position]) -> str:
    """The places of one thing that is wrong: the first in full, of the others in its file the line
    or cell.
    """
    first = places[0]
    others = [
        visible(each.cell or str(each.line))
        if (each.file, each.sheet) == (first.file, first.sheet)
        else str(each)
        for each in places[1:PLACES]
    ]
    listed = ", ".join([str(first), *others])
    if len(places) <= PLACES:
        return listed
    return sentence("{places} and {count} more", places=listed, count=len(places) - PLACES)
