"""Workbooks with everything that Excel puts into them come back with every other byte as it was."""

import io
import re
import struct
import subprocess
import sys
import zipfile
import zlib
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest
import xlsxwriter

from flows.annotate.annotate import annotate
from flows.annotate.given import Annotated
from flows.reading.workbook import open_workbook
from tests.flows.test_annotate import RESULTS, a_finding, opened, parts_of
from tests.reading import hostile, twins

SHEET = "Biểu 1"
MACROS = twins.ole_file("dir", b"Attribute VB_Name" * 400)
OURS = {
    "[Content_Types].xml",
    "xl/workbook.xml",
    "xl/_rels/workbook.xml.rels",
    "xl/styles.xml",
    "xl/worksheets/sheet1.xml",
    "xl/comments1.xml",
    "xl/drawings/vmlDrawing1.vml",
}
"""What is patched: the marked sheet, its comments and their boxes, and who knows of them."""


def tiny_png() -> bytes:
    """One red pixel."""

    def chunk(name: bytes, data: bytes) -> bytes:
        return (
            struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))
        )

    head = chunk(b"IHDR", struct.pack(">IIBBBBB", 1, 1, 8, 2, 0, 0, 0))
    return (
        b"\x89PNG\r\n\x1a\n"
        + head
        + chunk(b"IDAT", zlib.compress(b"\0\xff\0\0"))
        + chunk(b"IEND", b"")
    )


@pytest.fixture
def crowded(tmp_path: Path) -> Path:
    """
    |   | A         | B         |  a picture, a chart, a text box, a button with its macro, a
    | 1 | Tổng      | =B2+B3: 8 |  sparkline, a validation, a name, conditional formats, rich text,
    | 2 | Huyện Một | 7         |  a comment, a table, a link, a picture in the header, a second
    | 3 | Huyện Hai | 1         |  sheet, a protected hidden one
    """
    path = tmp_path / "day-du.xlsm"
    book = xlsxwriter.Workbook(path)
    sheet = book.add_worksheet(SHEET)
    bold = book.add_format({"bold": True, "font_color": "red"})
    sheet.write_row("A1", ["Tổng"])
    sheet.write_formula("B1", "=B2+B3", book.add_format({"num_format": "#,##0"}), 8)
    sheet.write_rich_string("A2", "Huyện ", bold, "Một")
    sheet.write("B2", 7)
    sheet.write_row("A3", ["Huyện Hai", 1])
    sheet.write_comment("B3", "Số của huyện", {"author": "Văn thư"})
    picture = io.BytesIO(tiny_png())
    sheet.insert_image("D2", "dau.png", {"image_data": picture})
    sheet.set_header("&L&G", {"image_left": "dau.png", "image_data_left": picture})
    chart = book.add_chart({"type": "column"})
    chart.add_series({"values": [SHEET, 1, 1, 2, 1]})
    sheet.insert_chart("D8", chart)
    sheet.insert_textbox("H2", "Ghi chú của tỉnh")
    sheet.insert_button("H8", {"macro": "Tinh", "caption": "Tính lại"})
    sheet.insert_checkbox("C2", True)
    sheet.add_sparkline("C1", {"range": f"'{SHEET}'!B2:B3"})
    sheet.data_validation("B2:B3", {"validate": "integer", "criteria": ">=", "value": 0})
    sheet.conditional_format("B2:B3", {"type": "data_bar", "data_bar_2010": True})
    sheet.conditional_format("B2:B3", {"type": "cell", "criteria": "<", "value": 0, "format": bold})
    sheet.write_url("A6", "internal:'Phụ'!A1", string="xem phụ lục")
    sheet.freeze_panes(1, 1)
    other = book.add_worksheet("Phụ")
    other.add_table("A1:B3", {"data": [["x", 1], ["y", 2]]})
    hidden = book.add_worksheet("Ẩn")
    hidden.hide()
    hidden.protect("mật khẩu")
    book.define_name("TongSo", f"='{SHEET}'!$B$1")
    book.add_vba_project(io.BytesIO(MACROS), is_stream=True)
    book.close()
    return path


@pytest.fixture
def marked(crowded: Path) -> Annotated:
    finding = a_finding("B2", "B1", "B3", sheet=SHEET)
    return annotate(crowded, crowded.name, [finding])


def test_every_part_that_is_not_patched_is_the_same_to_the_byte(
    crowded: Path, marked: Annotated
) -> None:
    assert (marked.how, marked.ending) == ("patched", ".xlsm")
    old, new = parts_of(crowded.read_bytes()), parts_of(marked.content)
    assert {name for name in old if new[name] != old[name]} == OURS
    assert set(new) - set(old) == {"xl/worksheets/baophu1.xml"}
    for kept in ("vbaProject", "media/image", "charts/chart", "drawings/drawing", "tables/table"):
        assert any(kept in name for name in set(old) - OURS), kept
    assert new["xl/vbaProject.bin"] == MACROS


def test_in_the_marked_sheet_nothing_but_looks_and_the_selected_tab_changed(
    crowded: Path, marked: Annotated
) -> None:
    """Without the styles of the three marked cells both texts are the same."""

    def without_looks(content: bytes) -> bytes:
        content = re.sub(rb'(<c r="B[123]") s="\d+"', rb"\1", content)
        return re.sub(rb' tabSelected="[01]"', b"", content)

    name = "xl/worksheets/sheet1.xml"
    old, new = parts_of(crowded.read_bytes())[name], parts_of(marked.content)[name]
    assert without_looks(new) == without_looks(old)
    for special in (b"x14:sparkline", b"x14:dataBar", b"legacyDrawingHF", b"<f>B2+B3</f><v>8</v>"):
        assert special in new


def test_names_validations_formats_and_comments_are_read_as_before(
    crowded: Path, marked: Annotated
) -> None:
    before = openpyxl.load_workbook(crowded, keep_vba=True, rich_text=True)
    after = openpyxl.load_workbook(io.BytesIO(marked.content), keep_vba=True, rich_text=True)
    assert after.sheetnames == [RESULTS, *before.sheetnames]
    assert after["Ẩn"].sheet_state == "hidden"
    assert after.defined_names["TongSo"].value == before.defined_names["TongSo"].value
    for sheet in before:
        twin = after[sheet.title]
        assert [[cell.value for cell in row] for row in twin] == [
            [cell.value for cell in row] for row in sheet
        ]
        assert [str(one.sqref) for one in twin.conditional_formatting] == [
            str(one.sqref) for one in sheet.conditional_formatting
        ]
        assert len(twin.data_validations.dataValidation) == len(
            sheet.data_validations.dataValidation
        )
    assert after[SHEET]["B3"].comment.text.startswith("Số của huyện")
    assert after[SHEET]["B2"].number_format == before[SHEET]["B2"].number_format
    assert after[SHEET]["B1"].fill.fgColor.rgb != before[SHEET]["B1"].fill.fgColor.rgb


@pytest.mark.parametrize(
    ("ending", "write"),
    [
        ("xls", twins.write_xls),
        ("xlsb", twins.write_xlsb),
        ("ods", twins.write_ods),
        ("csv", twins.write_csv),
        ("html", twins.write_html),
        ("mht", twins.write_mhtml),
        ("xml", twins.write_xml2003),
        ("docx", twins.write_docx),
    ],
)
def test_every_other_file_type_comes_back_as_a_twin_with_the_same_cells(
    tmp_path: Path, ending: str, write: Callable[[Path], None]
) -> None:
    path = tmp_path / f"bao-cao.{ending}"
    write(path)
    [sheet] = _sheets_of(path)
    given = annotate(path, path.name, [a_finding("B3", "B4", sheet=sheet)])
    assert (given.how, given.ending) == ("twin", ".xlsx")
    assert "được chép sang xlsx" in given.why_vi
    copied = opened(given.content).worksheets[1]
    texts = {place: _said(copied.cell(*place).value) for place in twins.SHOWN}
    assert texts == {place: _value(text) for place, text in twins.SHOWN.items()}
    assert copied["B3"].fill.fgColor.rgb != copied["B4"].fill.fgColor.rgb != "00000000"
    assert "Gợi ý: 8" in copied["B3"].comment.text


def _sheets_of(path: Path) -> list[str]:
    return [grid.sheet for grid in open_workbook(path).grids]


def _said(value: object) -> object:
    """A number as exact as it was stored; a text of a number as that number."""
    if isinstance(value, int | float):
        return round(Decimal(str(value)), 6)
    return _value(str(value))


def _value(text: str) -> object:
    """`519,538` and `94.6%` as numbers, for twins hold them as numbers or as typed."""
    numbers = {"519,538": "519538", "94.6%": "0.946", "(823)": "-823", "12.90": "12.9"}
    plain = numbers.get(text.strip(), text.strip())
    return round(Decimal(plain), 6) if re.fullmatch(r"-?\d+(\.\d+)?", plain) else plain


@pytest.mark.parametrize(
    "make",
    [
        hostile.one_huge_part,
        hostile.entity_bomb,
        hostile.path_traversal,
        hostile.countless_cells,
        hostile.broken_xml,
        hostile.random_bytes,
    ],
    ids=lambda make: make.__name__,
)
def test_a_hostile_file_gives_its_results_apart_and_says_why(
    tmp_path: Path, make: Callable[[Path], None]
) -> None:
    path = tmp_path / "x.xlsx"
    make(path)
    given = annotate(path, path.name, [a_finding("B2")])
    assert given.how == "results"
    assert "kết quả ở tệp riêng" in given.why_vi
    assert "reading." not in given.why_vi + given.why_en
    assert opened(given.content)[RESULTS]["D5"].value == "B2"


def test_only_a_child_process_opens_the_workbook() -> None:
    """The parent that asks it does not even load the readers."""
    code = (
        "import sys, flows.annotate.annotate as _; "
        "print([m for m in sys.modules if m in ('flows.reading.workbook', 'flows.annotate.patch')])"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "[]"


def test_a_child_that_does_not_answer_is_ended_and_leaves_nothing(
    crowded: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """No child starts within a millisecond, however fast the machine is."""
    scratch = tmp_path / "scratch"
    scratch.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(scratch))
    given = annotate(crowded, crowded.name, [a_finding("B2", sheet=SHEET)], 0.001)
    assert given.how == "results"
    assert list(scratch.iterdir()) == []


def test_a_package_that_names_a_part_twice_is_left_alone(crowded: Path, tmp_path: Path) -> None:
    double = tmp_path / "double.xlsm"
    double.write_bytes(crowded.read_bytes())
    with pytest.warns(UserWarning, match="Duplicate name"), zipfile.ZipFile(double, "a") as package:
        package.writestr("xl/styles.xml", b"<styleSheet/>")
    assert annotate(double, double.name, [a_finding("B2", sheet=SHEET)]).how == "results"
