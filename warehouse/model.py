"""The nouns that every room speaks of, as frozen dataclasses without any I/O.

The two that a night makes a million of are named tuples, made in a third of the time; they go
to the warehouse by columns, and `zip` makes columns of tuples.
"""

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from typing import Literal, NamedTuple

CellValue = str | Decimal | bool | dt.datetime | None
SubmissionStatus = Literal["received", "read", "accepted", "quarantined", "rejected", "superseded"]
Role = Literal["observation", "label", "note", "ignored", "unread"]
Scenario = Literal["actual", "plan", "estimate"]
AreaLevel = Literal["country", "province", "district", "commune"]
TableKind = Literal["figures", "documents", "checklist", "note"]
Severity = Literal["critical", "warning", "info"]
RelationStatus = Literal["holds", "rounding", "fails", "unknown"]


@dataclass(frozen=True, slots=True)
class Cell:
    """One non-empty cell as the workbook holds it.

    `typed_text` is what a person sees: a text cell's own text, a stored number
    rendered by its number format (`0.946` under `0.0%` is `94.6%`). `printed`
    is that rendered number as an exact decimal without the percent sign
    (`94.6`) and `decimals` how many decimals were printed; both are None for
    cells that do not store a number.
    """

    sheet: str
    row: int
    column: int
    typed_text: str
    value: CellValue
    number_format: str = "General"
    printed: Decimal | None = None
    decimals: int | None = None
    percent: bool = False
    font: str = ""
    bold: bool = False
    indent: int = 0
    formula: str | None = None
    error: str | None = None
    hidden: bool = False

    @property
    def address(self) -> str:
        """The A1 address, `C7`."""
        return a1(self.row, self.column)


@lru_cache(maxsize=65_536)
def a1(row: int, column: int) -> str:
    """The A1 address of a 1-based row and column: `a1(7, 3) == "C7"`."""
    letters = ""
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return f"{letters}{row}"


@dataclass(frozen=True, slots=True)
class Table:
    """One region of a sheet that was understood as a table."""

    table_id: str
    sheet: str
    first_cell: str
    last_cell: str
    kind: TableKind
    title: str
    unit_text: str
    number_style: str
    hidden: bool = False


class CellRole(NamedTuple):
    """What became of one non-empty cell, and why."""

    sheet: str
    cell: str
    row: int
    column: int
    typed_text: str
    role: Role
    why: str
    table_id: str = ""


class Observation(NamedTuple):
    """One figure with its meaning, its printed precision and its cell.

    `value_literal` is the printed number times the printed unit, in base units
    (people, VND, percent, visits, facilities, staff); `half_width` is half a
    unit of the last printed digit in the same base unit, 0 for tallied figures.
    `position` is 1 but for notes that hold several figures in one cell.
    """

    observation_id: str
    table_id: str
    sheet: str
    cell: str
    position: int
    typed_text: str
    area_code: str
    area_name: str
    area_level: AreaLevel
    indicator: str
    group_code: str
    period: str
    scenario: Scenario
    value_literal: Decimal
    unit: str
    unit_printed: str
    decimals: int
    half_width: Decimal
    obs_status: str
    header_path: str
    label_path: str
    match_score: float
    row: int
    column: int
    hidden: bool = False


@dataclass(frozen=True, slots=True)
class Document:
    """One row of a list of documents (Phụ lục 01, Biểu 1)."""

    table_id: str
    sheet: str
    row: int
    section: str
    ordinal: str
    issuer: str
    number: str
    issued_on: str
    title: str
    remark: str


@dataclass(frozen=True, slots=True)
class FindingCell:
    """One cell of a finding and its part in it (`culprit`, `total`, `term` ...)."""

    sheet: str
    cell: str
    typed_text: str
    part: str


@dataclass(frozen=True, slots=True)
class ReadingFinding:
    """Something that could not be understood while reading.

    `rule` names a sentence of `expectations/reasons.yml`; `facts` fill it into the messages.
    """

    rule: str
    severity: Severity
    cells: tuple[FindingCell, ...]
    facts: dict[str, str]
    message_vi: str = ""
    message_en: str = ""


@dataclass(frozen=True, slots=True)
class Reading:
    """All that was understood of one workbook, or why it was rejected."""

    file_name: str
    sha256: str
    status: Literal["read", "rejected"]
    reason: str
    reason_vi: str
    reason_en: str
    file_type: str
    title: str
    province_code: str
    province_name: str
    reference_year: int | None
    document_number: str
    document_date: str
    tables: tuple[Table, ...]
    cells: tuple[CellRole, ...]
    observations: tuple[Observation, ...]
    documents: tuple[Document, ...]
    findings: tuple[ReadingFinding, ...]
    layout: tuple[dict[str, object], ...] = ()
