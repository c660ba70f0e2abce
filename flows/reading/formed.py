"""What a report's form says of its labels, its cells and its findings."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from itertools import chain

from expectations.folding import squash, strip_text
from expectations.form import Form, Forms, KnownException, LabelMeaning
from flows.reading.areas import Place
from flows.reading.grid import Workbook
from flows.reading.path import Label
from flows.reading.report import Report
from warehouse import reference
from warehouse.model import Cell, Observation, ReadingFinding, Table


@dataclass(slots=True)
class Formed:
    """The form of one workbook, as it speaks to the table of a title; without one, silent."""

    form: Form | None = None
    title: str = ""
    _labels: dict[str, list[LabelMeaning]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for one in self.form.labels if self.form else ():
            self._labels.setdefault(squash(one.label), []).append(one)

    def to_table(self, title: str) -> "Formed":
        """The same form, speaking to the table of a title."""
        return Formed(self.form, title)

    def label(self, cell: Cell) -> Label | None:
        """What the form says of a label of the table."""
        for one in self._labels.get(squash(cell.typed_text), ()) if self._labels else ():
            if strip_text(one.table) in strip_text(self.title):
                areas = [a for a in reference.areas() if a.code == one.area_code]
                return Label(cell, one.meaning, Place((areas[-1],), 1.0) if areas else None)
        return None

    def reason_to_ignore(self, cell: Cell, *paths: Iterable[Label]) -> str:
        """Why a cell is no figure: by its own text or by a label at its row or column."""
        for one in self.form.ignored if self.form else ():
            if one.text and squash(one.text) == squash(cell.typed_text):
                return one.reason
            labels = chain.from_iterable(paths)
            if one.label and any(squash(one.label) == squash(x.meaning.text) for x in labels):
                return one.reason
        return ""


def find_form(
    forms: Forms, captions: list[str], province: str, day: dt.date | None, report: Report
) -> Form | None:
    """The form of a workbook; findings where forms are broken, or several fit as well."""
    for error in forms.broken:
        report.find("reading.form_broken", [], error=error)
    fitting = forms.find(captions, province, day)
    if len(fitting) > 1:
        report.find("reading.form_ambiguous", [], forms=", ".join(one.form_id for one in fitting))
    return fitting[0] if len(fitting) == 1 else None


def check_form(
    formed: Formed, tables: list[Table], observations: list[Observation], report: Report
) -> None:
    """Findings on expected tables that are absent or lack an indicator."""
    if formed.form is None:
        return
    for expected in formed.form.tables:
        words = strip_text(expected.title)
        ids = {t.table_id for t in tables if words in strip_text(f"{t.title} {t.sheet}")}
        given = {one.indicator for one in observations if one.table_id in ids}
        missing = [code for code in expected.indicators if code not in given]
        if not ids or missing:
            told = ", ".join(missing) or expected.title
            facts = {"table": expected.title, "missing": told, "form": formed.form.form_id}
            report.find("reading.form_table_missing", [], facts=facts)


def settle_exceptions(formed: Formed, workbook: Workbook, report: Report) -> None:
    """Turn the findings that a form knows into remarks, while their cells say the same."""
    cells = (
        {
            (grid.sheet, cell.address): cell
            for grid in workbook.grids
            for cell in grid.cells.values()
        }
        if formed.form and formed.form.exceptions
        else {}
    )
    for known in formed.form.exceptions if formed.form else ():
        cell = cells.get((known.sheet, known.cell))
        if cell is None or cell.typed_text.strip() != known.typed.strip():
            _lapse(known, cell, "changed", report)
        elif not _excuse(known, cell, report):
            _lapse(known, cell, "nothing to excuse", report)


def _lapse(known: KnownException, cell: Cell | None, why: str, report: Report) -> None:
    facts = {"where": known.where, "cell": known.cell, "typed": known.typed, "why": why}
    facts |= {"sheet": known.sheet, "found": cell.typed_text if cell else ""}
    report.find("reading.exception_lapsed", [cell] if cell else [], facts=facts)


def _excuse(known: KnownException, cell: Cell, report: Report) -> bool:
    """Take the cell out of its finding and say it as a known exception."""
    for place, finding in enumerate(report.findings):
        mine = [one for one in finding.cells if (one.sheet, one.cell) == (known.sheet, known.cell)]
        if finding.rule != known.finding or not mine:
            continue
        rest = tuple(one for one in finding.cells if one not in mine)
        report.findings[place : place + 1] = [_without(finding, rest)] if rest else []
        report.find("reading.known_exception", [cell], reason=known.reason, where=known.where)
        report.reassign(cell, "ignored", known.reason)
        return True
    return False


def _without(finding: ReadingFinding, rest: tuple[object, ...]) -> ReadingFinding:
    return replace(finding, cells=rest)  # type: ignore[arg-type]
