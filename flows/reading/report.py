"""What a reading has to say of each cell: roles with reasons, and findings."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from expectations.reasons import sentence
from warehouse.model import Cell, CellRole, FindingCell, ReadingFinding, Role, Severity, a1

SEVERITIES: dict[str, Severity] = {
    "reading.unread_cell": "warning",
    "reading.not_collected": "warning",
    "reading.below_district": "warning",
    "reading.second_plan": "warning",
    "reading.abolished_area": "warning",
    "reading.partly_understood": "warning",
    "reading.legacy_unclear": "warning",
    "reading.form_broken": "warning",
    "reading.form_ambiguous": "warning",
    "reading.form_table_missing": "warning",
    "reading.exception_lapsed": "warning",
    "reading.known_exception": "info",
    "reading.series_length": "warning",
    "reading.no_header": "critical",
    "reading.fraction": "warning",
    "reading.fuzzy_match": "info",
    "reading.legacy_text": "info",
    "reading.mixed_forms": "info",
    "reading.marks_open": "info",
    "reading.asides": "info",
    "reading.no_formats": "info",
    "reading.unknown_unit": "critical",
    "reading.rate_open": "warning",
    "reading.period_inferred": "info",
    "reading.hidden": "info",
}


@dataclass(slots=True)
class Report:
    """Collects the role of every cell and the findings of one workbook."""

    roles: dict[tuple[str, int, int], CellRole] = field(default_factory=dict)
    findings: list[ReadingFinding] = field(default_factory=list)

    def give(self, cell: Cell, role: Role, why: str, table_id: str = "") -> None:
        """The role of a cell; the first one given stays."""
        key = (cell.sheet, cell.row, cell.column)
        if key not in self.roles:
            sheet, row, column = key
            said = (sheet, a1(row, column), row, column, cell.typed_text, role, why, table_id)
            # Half the time of `CellRole(...)`, and a night gives a million roles.
            self.roles[key] = tuple.__new__(CellRole, said)

    def reassign(self, cell: Cell, role: Role, why: str) -> None:
        """Another role for a cell that has one."""
        key = (cell.sheet, cell.row, cell.column)
        self.roles[key] = self.roles[key]._replace(role=role, why=why)

    def find(
        self,
        rule: str,
        cells: list[Cell],
        part: str = "cell",
        culprit: Cell | None = None,
        facts: Mapping[str, str] | None = None,
        **more: str,
    ) -> None:
        """A finding on some cells; its severity is the rule's, critical where none is declared."""
        named = ", ".join(cell.address for cell in cells[:12])
        facts = {"cells": named, **(facts or {}), **more}
        facts.setdefault("sheet", cells[0].sheet if cells else "")
        facts.setdefault("text", cells[0].typed_text[:80] if cells else "")
        vi, en = sentence(rule, facts)
        self.findings.append(
            ReadingFinding(
                rule,
                SEVERITIES.get(rule, "critical"),
                tuple(
                    FindingCell(
                        cell.sheet,
                        a1(cell.row, cell.column),
                        cell.typed_text,
                        "culprit" if cell is culprit else part,
                    )
                    for cell in cells
                ),
                facts,
                vi,
                en,
            )
        )
