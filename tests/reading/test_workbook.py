"""xlsx files are read as openpyxl reads them: every value, format, merge and hidden flag."""

import datetime as dt
import re
import zipfile
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.styles import Alignment, Font
from openpyxl.utils.datetime import CALENDAR_MAC_1904

from flows.reading.crosscheck import disagreements
from flows.reading.grid import Grid, Unreadable
from flows.reading.workbook import open_workbook

SAMPLES = sorted((Path(__file__).parents[2] / "raw" / "samples").glob("*.xlsx"))


def assert_reads_like_openpyxl(path: Path) -> None:
    """Compare every cell, merge and hidden flag of every sheet."""
    workbook, formulas = open_workbook(path), openpyxl.load_workbook(path)
    values = openpyxl.load_workbook(path, data_only=True)
    assert [grid.sheet for grid in workbook.grids] == formulas.sheetnames
    for grid in workbook.grids:
        assert_same_sheet(grid, formulas[grid.sheet], values[grid.sheet])


def assert_same_sheet(grid: Grid, sheet, values) -> None:
    theirs = {
        (cell.row, cell.column): cell
        for row in sheet.iter_rows()
        for cell in row
        if cell.value is not None and str(cell.value).strip()
    }
    assert set(grid.cells) == set(theirs)
    for place, cell in grid.cells.items():
        assert cell.value == as_ours(values.cell(*place)), cell
        assert cell.number_format == theirs[place].number_format, cell
        assert (cell.font, cell.bold) == (theirs[place].font.name or "", theirs[place].font.b)
        assert cell.indent == theirs[place].alignment.indent
        assert (cell.formula is not None) == (theirs[place].data_type == "f")
    merges = {(m.min_row, m.min_col, m.max_row, m.max_col) for m in sheet.merged_cells.ranges}
    assert {(m.top, m.left, m.bottom, m.right) for m in grid.merges} == merges
    assert grid.hidden == (sheet.sheet_state != "visible")
    assert grid.hidden_rows == {r for r, d in sheet.row_dimensions.items() if d.hidden}


def as_ours(cell):
    """openpyxl's value as ours: exact decimals, errors apart."""
    if cell.data_type == "e":
        return None
    if isinstance(cell.value, bool | str | dt.datetime) or cell.value is None:
        return cell.value
    return Decimal(repr(cell.value))


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.stem)
def test_samples_are_read_like_openpyxl(path):
    assert_reads_like_openpyxl(path)


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.stem)
def test_samples_have_the_numbers_that_calamine_sees(path):
    assert disagreements(path, open_workbook(path)) == []


def test_the_second_opinion_names_a_number_that_differs(tmp_path):
    book = openpyxl.Workbook()
    book.active["C7"] = 12.9
    path = tmp_path / "a.xlsx"
    book.save(path)
    workbook = open_workbook(path)
    book.active["C7"] = 12.83
    book.save(path)
    assert disagreements(path, workbook) == ["Sheet!C7: 12.9 / 12.83"]


def save_busy_book(path: Path, chart: bool = False) -> None:
    """A book with one of everything that a cell can be."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "Biểu 1"
    sheet["B2"] = "  chữ có dấu\nhai dòng "
    sheet["B3"] = "\xa0 "
    sheet["B4"] = 0.1 + 0.2
    sheet["C4"] = -1234.5
    sheet["C4"].number_format = '_(* #,##0.0_);_(* (#,##0.0);_(* "-"??_);_(@_)'
    sheet["D4"] = True
    sheet["E4"] = "#DIV/0!"
    sheet["F4"] = dt.datetime(2018, 12, 31)
    sheet["F4"].number_format = "dd/mm/yyyy"
    sheet["G4"] = "=SUM(B4:C4)"
    sheet["H4"] = "'=không phải công thức"
    sheet["I4"] = 1e-7
    sheet["J4"] = 123456789012
    sheet["B5"].font = Font(name=".VnTime", bold=True)
    sheet["B5"].alignment = Alignment(indent=2)
    sheet["B5"] = "§ång V¨n"
    sheet.merge_cells("B7:D9")
    sheet["B7"] = "gộp"
    sheet.row_dimensions[5].hidden = True
    sheet.column_dimensions["C"].hidden = True
    sheet.column_dimensions["B"].width = 46
    draft = book.create_sheet("Nháp")
    draft["A1"] = "cũ"
    draft.sheet_state = "hidden"
    book.create_sheet("Trống")
    if chart:
        book.create_chartsheet("Biểu đồ")
    book.save(path)


def test_a_busy_book_is_read_like_openpyxl(tmp_path):
    path = tmp_path / "busy.xlsx"
    save_busy_book(path)
    assert_reads_like_openpyxl(path)
    workbook = open_workbook(path)
    cells = workbook.grids[0].cells
    assert cells[2, 2].typed_text == "  chữ có dấu\nhai dòng "
    assert cells[4, 2].value == Decimal("0.3")
    assert (cells[4, 3].typed_text, cells[4, 3].hidden) == ("(1,234.5)", True)
    assert (cells[4, 4].typed_text, cells[4, 4].value) == ("TRUE", True)
    assert (cells[4, 5].error, cells[4, 5].value) == ("#DIV/0!", None)
    assert (cells[4, 6].typed_text, cells[4, 6].printed) == ("31/12/2018", None)
    assert (cells[4, 7].formula, cells[4, 7].value) == ("=SUM(B4:C4)", None)
    assert cells[5, 2].hidden
    assert workbook.grids[0].hidden_columns == {3}
    assert workbook.grids[0].column_widths[2] == 46
    assert all(cell.hidden for cell in workbook.grids[1].cells.values())


def test_a_sheet_that_is_a_chart_is_remarked(tmp_path):
    save_busy_book(tmp_path / "busy.xlsx", chart=True)
    assert open_workbook(tmp_path / "busy.xlsx").remarks == ["Biểu đồ: chartsheet"]


CONTENTS = st.one_of(
    st.integers(-(10**14), 10**14),
    st.decimals(-(10**8), 10**8, places=4).map(float),
    st.booleans(),
    st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]), max_size=12).filter(
        lambda text: text.strip() and not text.startswith(("=", "#")) and "_x" not in text
    ),
)
FORMATS = st.sampled_from(["General", "#,##0", "0.00", "0.0%", "#,##0;(#,##0)", "@", '0.0"%"'])
PLACES = st.tuples(st.integers(1, 60), st.integers(1, 40))


@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.dictionaries(PLACES, st.tuples(CONTENTS, FORMATS), min_size=1, max_size=40))
def test_any_book_is_read_like_openpyxl(tmp_path, contents):
    book = openpyxl.Workbook()
    for place, (value, code) in contents.items():
        cell = book.active.cell(*place, value)
        cell.number_format = code
    path = tmp_path / "any.xlsx"
    book.save(path)
    assert_reads_like_openpyxl(path)


def test_rich_text_has_the_font_of_most_of_its_letters(tmp_path):
    book = openpyxl.Workbook()
    font = InlineFont(rFont=".VnTimeH", b=True)
    book.active["A1"] = CellRichText("1. ", TextBlock(font, "TæNG CéNG"))
    path = tmp_path / "rich.xlsx"
    book.save(path)
    cell = open_workbook(path).grids[0].cells[1, 1]
    assert (cell.typed_text, cell.font, cell.bold) == ("1. TæNG CéNG", ".VnTimeH", True)


def test_days_are_counted_from_1904_where_the_book_says_so(tmp_path):
    book = openpyxl.Workbook()
    book.epoch = CALENDAR_MAC_1904
    book.active["A1"] = dt.datetime(2018, 12, 31)
    path = tmp_path / "mac.xlsx"
    book.save(path)
    assert open_workbook(path).grids[0].cells[1, 1].value == dt.datetime(2018, 12, 31)


def rewrite(source: Path, target: Path, changes: dict[str, list[tuple[str, str]]]) -> None:
    """Copy a package with texts replaced in some of its parts."""
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            data = old.read(name).decode("utf-8")
            for pattern, replacement in changes.get(name, []) + changes.get("*", []):
                data = re.sub(pattern, replacement, data)
            new.writestr(name, data)


def test_strict_ooxml_is_the_same_workbook(tmp_path):
    save_busy_book(tmp_path / "busy.xlsx")
    strict = [
        ("http://schemas.openxmlformats.org/spreadsheetml/2006/main",
         "http://purl.oclc.org/ooxml/spreadsheetml/main"),
        ("http://schemas.openxmlformats.org/officeDocument/2006/relationships",
         "http://purl.oclc.org/ooxml/officeDocument/relationships"),
    ]  # fmt: skip
    rewrite(tmp_path / "busy.xlsx", tmp_path / "strict.xlsx", {"*": strict})
    ours, theirs = (open_workbook(tmp_path / f"{name}.xlsx") for name in ("strict", "busy"))
    assert [grid.cells for grid in ours.grids] == [grid.cells for grid in theirs.grids]


SHEET1 = "xl/worksheets/sheet1.xml"


def with_sheet_data(tmp_path: Path, data: str, rest: str = "") -> Path:
    """A workbook whose first sheet holds this XML in place of its own."""
    openpyxl.Workbook().save(tmp_path / "source.xlsx")
    path = tmp_path / "written.xlsx"
    changes = {
        SHEET1: [
            (r"<sheetData ?/>|<sheetData></sheetData>", f"<sheetData>{data}</sheetData>{rest}")
        ]
    }
    rewrite(tmp_path / "source.xlsx", path, changes)
    return path


def only_cells(path: Path) -> dict[tuple[int, int], str]:
    return {place: cell.typed_text for place, cell in open_workbook(path).grids[0].cells.items()}


def test_cells_without_addresses_follow_each_other(tmp_path):
    path = with_sheet_data(
        tmp_path,
        "<row><c><v>1</v></c><c/><c><v>3</v></c></row><row r='4'><c r='B4'><v>2</v></c></row>",
    )
    assert only_cells(path) == {(1, 1): "1", (1, 3): "3", (4, 2): "2"}


def test_a_formula_has_its_cached_value_and_shared_ones_name_their_master(tmp_path):
    path = with_sheet_data(
        tmp_path,
        "<row r='1'><c r='A1'><f t='shared' ref='A1:A2' si='0'>B1*2</f><v>4</v></c></row>"
        "<row r='2'><c r='A2'><f t='shared' si='0'/><v>6</v></c>"
        "<c r='C2' t='str'><f>B2&amp;\"x\"</f><v>chữ</v></c></row>",
    )
    cells = open_workbook(path).grids[0].cells
    assert [(cell.value, cell.formula) for cell in cells.values()] == [
        (4, "=B1*2"), (6, "=B1*2 [A1]"), ("chữ", '=B2&"x"'),
    ]  # fmt: skip


def test_characters_that_xml_cannot_hold_are_unescaped(tmp_path):
    path = with_sheet_data(
        tmp_path, "<row r='1'><c r='A1' t='inlineStr'><is><t>a_x000D_b_x005F_x</t></is></c></row>"
    )
    assert only_cells(path) == {(1, 1): "a\rb_x"}


def test_a_dimension_of_a_million_rows_costs_nothing(tmp_path):
    path = with_sheet_data(tmp_path, "<row r='2'><c r='B2'><v>7</v></c></row>")
    rewrite(path, tmp_path / "wide.xlsx", {SHEET1: [(r'ref="[A-Z0-9:]+"', 'ref="A1:XFD1048576"')]})
    assert only_cells(tmp_path / "wide.xlsx") == {(2, 2): "7"}


def test_one_value_in_the_last_cell_costs_nothing(tmp_path):
    path = with_sheet_data(tmp_path, "<row r='1048576'><c r='XFD1048576'><v>7</v></c></row>")
    assert only_cells(path) == {(1_048_576, 16_384): "7"}


@pytest.mark.parametrize(
    "data",
    [
        "<row r='1048577'><c><v>1</v></c></row>",
        "<row r='1'><c r='XFE1'><v>1</v></c></row>",
        "<row r='0'><c r='A0'><v>1</v></c></row>",
        "<row r='x'><c><v>1</v></c></row>",
        "<row r='1'><c r='A1' t='s'><v>99</v></c></row>",
    ],
)
def test_cells_outside_of_any_sheet_are_damage(data, tmp_path):
    with pytest.raises(Unreadable, match=r"reading\.damaged"):
        open_workbook(with_sheet_data(tmp_path, data))


def test_a_sheet_whose_part_is_missing_is_never_dropped_silently(tmp_path):
    save_busy_book(tmp_path / "busy.xlsx")
    rewrite(
        tmp_path / "busy.xlsx", tmp_path / "lost.xlsx", {"xl/workbook.xml": [("rId2", "rId99")]}
    )
    with pytest.raises(Unreadable, match=r"reading\.missing_part"):
        open_workbook(tmp_path / "lost.xlsx")


def test_a_large_sheet_is_read_piece_by_piece_to_the_same_grid(tmp_path):
    """Above a quarter megabyte the part is streamed; columns, rows and merges are the same."""
    book = openpyxl.Workbook()
    for row in range(1, 3_001):
        book.active.append([f"Xã {row}", row * 1000, row / 8])
    book.active.merge_cells("A1:A2")
    book.active.column_dimensions["B"].hidden = True
    path = tmp_path / "large.xlsx"
    book.save(path)
    assert_reads_like_openpyxl(path)
    assert open_workbook(path).grids[0].hidden_columns == {2}
