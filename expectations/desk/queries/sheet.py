"""A sheet as the province laid it out: merged headers, widths, typed texts, marks of findings."""

import re
from collections.abc import Iterable, Mapping

from expectations.desk.publication import Reader, Row
from expectations.desk.queries.drawing import Mark, ShownSheet, draw
from expectations.desk.queries.layout import layout_of

WINDOW = 100
"""Rows shown at once; a longer sheet is shown in windows around what is looked at."""
WHOLE = 160
"""A sheet with no more rows than this is shown whole."""
MOST_HEADER_ROWS = 12
GRAVITY = {"critical": 0, "warning": 1, "info": 2}

SHEETS = """
SELECT c.sheet, any_value(l.layout) AS layout, coalesce(any_value(l.position), 999) AS position,
    coalesce(any_value(l.hidden), false) AS hidden, max(c.row_number) AS last_row,
    count(*) FILTER (c.role = 'unread') AS unread
FROM main.cell c
LEFT JOIN main.sheet l USING (submission_id, sheet)
WHERE c.submission_id = $id GROUP BY c.sheet ORDER BY position, c.sheet"""
CELLS = """
SELECT cell, row_number, column_number, typed_text, role, why FROM main.cell
WHERE submission_id = $id AND sheet = $sheet
    AND (row_number BETWEEN $first AND $last OR list_contains($header, row_number))"""
WIDTH = """
SELECT DISTINCT column_number FROM main.cell
WHERE submission_id = $id AND sheet = $sheet ORDER BY ALL"""
HEADER_ROWS = """
SELECT DISTINCT c.row_number FROM main.cell c JOIN (
    SELECT table_id, min(row_number) AS first_row, max(row_number) AS last_row
    FROM main.observation WHERE submission_id = $id AND sheet = $sheet GROUP BY table_id
) t USING (table_id)
WHERE c.submission_id = $id AND c.sheet = $sheet AND c.row_number < t.first_row
    AND t.first_row < $first AND t.last_row >= $first
ORDER BY 1"""
MARKS = """
SELECT c.sheet, c.cell, c.part, f.finding_id, f.severity, f.status, f.culprit_cell,
    f.sheet AS culprit_sheet
FROM main.finding_cell c JOIN main.finding f USING (finding_id, submission_id)
WHERE c.submission_id = $id AND f.status IN ('open', 'accepted', 'returned', 'corrected')"""


def sheets(reader: Reader, submission_id: str) -> list[Row]:
    """The sheets of a submission in the file's order."""
    return reader.rows(SHEETS, {"id": submission_id})


def marks(reader: Reader, submission_id: str) -> dict[tuple[str, str], Mark]:
    """The gravest mark of every cell that a finding names, by sheet and address."""
    return gravest(reader.rows(MARKS, {"id": submission_id}))


def gravest(rows: Iterable[Row]) -> dict[tuple[str, str], Mark]:
    """One mark a cell: guilty before suspected before witness, critical before warning."""
    found: dict[tuple[str, str], list[tuple[int, int, str, str]]] = {}
    for row in rows:
        kind = _kind(row)
        rank = ("culprit", "suspect", "witness").index(kind)
        key = (row["sheet"], row["cell"])
        found.setdefault(key, []).append((rank, GRAVITY[row["severity"]], kind, row["severity"]))
    return {key: Mark(*min(said)[2:], len(said)) for key, said in found.items()}


def _kind(row: Row) -> str:
    if not row["culprit_cell"]:
        return "suspect"
    guilty = (row["culprit_sheet"], row["culprit_cell"]) == (row["sheet"], row["cell"])
    return "culprit" if guilty else "witness"


def show_sheet(
    reader: Reader,
    submission_id: str,
    sheet: Row,
    around: int,
    marked: Mapping[tuple[str, str], Mark],
) -> ShownSheet:
    """The window of a sheet around a row, with the header rows of the table it cuts through."""
    first, last = window(around, sheet["last_row"])
    facts = {"id": submission_id, "sheet": sheet["sheet"]}
    header: list[int] = []
    if first > 1:
        rows = reader.rows(HEADER_ROWS, {**facts, "first": first})
        header = [row["row_number"] for row in rows][-MOST_HEADER_ROWS:]
    cells = reader.rows(CELLS, {**facts, "first": first, "last": last, "header": header})
    columns = [row["column_number"] for row in reader.rows(WIDTH, facts)]
    numbers = [*header, *range(first, last + 1)]
    layout = layout_of(sheet["layout"])
    return draw(
        sheet["sheet"],
        cells,
        columns,
        numbers,
        layout=layout,
        marked=marked,
        ends=(first, last, sheet["last_row"]),
    )


def window(around: int, last_row: int) -> tuple[int, int]:
    """The first and last row shown of a sheet."""
    if last_row <= WHOLE:
        return 1, last_row
    first = min(max(1, around - WINDOW // 4), last_row - WINDOW + 1)
    return first, first + WINDOW - 1


def row_of(address: str) -> int:
    """The row of an A1 address; 1 for anything else."""
    digits = re.fullmatch(r"[A-Z]{1,3}(\d{1,7})", address)
    return int(digits[1]) if digits else 1
