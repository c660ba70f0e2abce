"""The marts as one workbook for people: a sheet a mart, texts that no formula hides in."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter

from warehouse import catalog
from warehouse.exports.package import Resource
from warehouse.tables_out import harmless

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

Sheet = Any  # openpyxl's stubs know no width of a column of a write-only sheet
MOST_ROWS = 1_048_575  # Excel's rows below the header
ROWS = 10_000
WIDEST = 48
HEAD = PatternFill("solid", fgColor="DCE9F5")
BOLD = Font(bold=True)


class TooManyRows(ValueError):
    """A mart has more rows than a sheet can hold."""


def write_workbook(connection: "DuckDBPyConnection", path: Path) -> list[Resource]:
    """Write every mart of an open publication into one workbook, a list of them in front.

    Raises TooManyRows: CSV or Parquet hold more.
    """
    book = Workbook(write_only=True)
    made = [one for one in catalog.offers(connection) if one.name != "recipe"]
    rows = {one.name: catalog.count_rows(connection, one) for one in made}
    _write_contents(book.create_sheet("contents"), made, rows)
    resources = []
    for offer in made:
        if rows[offer.name] > MOST_ROWS:
            raise TooManyRows(
                f"mart.{offer.name} has {rows[offer.name]} rows, more than a sheet holds; "
                "export Parquet or CSV."
            )
        columns = catalog.columns(connection, offer)
        _write_sheet(connection, book.create_sheet(offer.name[:31]), offer, columns)
        resources.append(Resource(offer, columns, [path], rows[offer.name]))
    book.save(path)
    return resources


def _write_contents(sheet: Sheet, made: list[catalog.Offer], rows: dict[str, int]) -> None:
    sheet.column_dimensions["A"].width = 36
    sheet.column_dimensions["C"].width = 110
    sheet.append([_head(sheet, text) for text in ("mart", "rows", "question")])
    for offer in made:
        sheet.append([offer.name, rows[offer.name], _text(sheet, offer.question)])


def _write_sheet(
    connection: "DuckDBPyConnection",
    sheet: Sheet,
    offer: catalog.Offer,
    columns: list[catalog.Column],
) -> None:
    sheet.freeze_panes = "A2"
    for number, column in enumerate(columns, 1):
        width = min(max(len(column.name) + 2, 10), WIDEST)
        sheet.column_dimensions[get_column_letter(number)].width = width
    sheet.append([_head(sheet, column.name) for column in columns])
    cursor = connection.execute(f"FROM {offer.schema}.{offer.name}")
    while batch := cursor.fetchmany(ROWS):
        for row in batch:
            sheet.append([_cell(sheet, value) for value in row])


def _cell(sheet: Sheet, value: Any) -> Any:
    return _text(sheet, value) if isinstance(value, str) else value


def _text(sheet: Sheet, value: str) -> Any:
    """A text that stays a text: openpyxl would store `=1+1` as a formula."""
    cell = WriteOnlyCell(sheet, harmless(value))
    cell.data_type = "s"
    return cell


def _head(sheet: Sheet, name: str) -> Any:
    cell = _text(sheet, name)
    cell.font, cell.fill, cell.alignment = BOLD, HEAD, Alignment(wrap_text=True)
    return cell
