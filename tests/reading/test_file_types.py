"""The same report in every file type is the same grid; the type is told from the bytes."""

from decimal import Decimal

import pytest

from flows.reading.grid import Merge, Unreadable
from flows.reading.sniff import sniff
from flows.reading.workbook import open_workbook
from tests.reading import twins

WRITERS = {
    "xlsx": twins.write_xlsx,
    "xls": twins.write_xls,
    "ods": twins.write_ods,
    "xml2003": twins.write_xml2003,
    "html": twins.write_html,
    "mhtml": twins.write_mhtml,
    "docx": twins.write_docx,
    "csv": twins.write_csv,
}
WITH_FORMATS = ["xlsx", "xls", "ods", "xml2003"]


def written(file_type, tmp_path, name=None):
    path = tmp_path / (name or f"report.{file_type}")
    WRITERS[file_type](path)
    return path


@pytest.mark.parametrize("file_type", WRITERS)
@pytest.mark.parametrize("suffix", ["xls", "dat"])
def test_the_type_is_told_from_the_bytes(file_type, suffix, tmp_path):
    assert sniff(written(file_type, tmp_path, f"report.{suffix}")) == file_type


@pytest.mark.parametrize("file_type", WRITERS)
def test_every_type_shows_the_same_texts(file_type, tmp_path):
    workbook = open_workbook(written(file_type, tmp_path))
    assert workbook.file_type == file_type
    (grid,) = workbook.grids
    shown = {place: cell.typed_text.replace("\xa0", " ") for place, cell in grid.cells.items()}
    assert shown == twins.SHOWN


@pytest.mark.parametrize("file_type", [kind for kind in WRITERS if kind != "csv"])
def test_every_type_but_csv_keeps_merged_cells(file_type, tmp_path):
    (grid,) = open_workbook(written(file_type, tmp_path)).grids
    assert grid.merges == [Merge(1, 1, 1, 3)]


@pytest.mark.parametrize("file_type", WITH_FORMATS)
def test_types_with_formats_know_what_was_printed(file_type, tmp_path):
    (grid,) = open_workbook(written(file_type, tmp_path)).grids
    share, count = grid.cells[3, 3], grid.cells[4, 2]
    assert (share.value, share.printed, share.decimals) == (Decimal("0.946"), Decimal("94.6"), 1)
    assert share.percent
    assert (count.value, count.printed, count.decimals) == (-823, -823, 0)
    assert (grid.cells[4, 3].value, grid.cells[4, 3].decimals) == (Decimal("12.9"), 2)
    assert grid.formats_known


@pytest.mark.parametrize("file_type", WITH_FORMATS)
def test_types_with_formats_know_what_is_hidden_and_bold(file_type, tmp_path):
    (grid,) = open_workbook(written(file_type, tmp_path)).grids
    assert (grid.hidden_rows, grid.hidden_columns) == ({5}, {3})
    hidden = {place for place, cell in grid.cells.items() if cell.hidden}
    assert hidden == {place for place in twins.SHOWN if place[0] == 5 or place[1] == 3}
    assert (grid.cells[1, 1].font, grid.cells[1, 1].bold) == ("Times New Roman", True)
    assert not grid.cells[2, 1].bold


def test_xlsb_has_values_and_says_that_its_formats_are_unknown(tmp_path):
    twins.write_xlsb(tmp_path / "report.xlsb")
    workbook = open_workbook(tmp_path / "report.xlsb")
    (grid,) = workbook.grids
    assert (workbook.file_type, grid.sheet, grid.formats_known) == ("xlsb", twins.SHEET, False)
    values = {place: cell.value for place, cell in grid.cells.items()}
    texts = {place: text for place, text in twins.SHOWN.items() if isinstance(values[place], str)}
    assert {place: values[place] for place in texts} == texts
    numbers = [value for value in values.values() if isinstance(value, Decimal)]
    assert numbers == [519538, Decimal("0.946"), -823, Decimal("12.9")]


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le"])
def test_csv_in_its_dialects(delimiter, encoding, tmp_path):
    path = tmp_path / "report.csv"
    twins.write_csv(path, delimiter, encoding)
    (grid,) = open_workbook(path).grids
    assert {place: cell.typed_text for place, cell in grid.cells.items()} == twins.SHOWN


def test_csv_of_an_old_vietnamese_code_page(tmp_path):
    path = tmp_path / "report.csv"
    path.write_bytes("Mèo Vạc;Đồng Văn;Tỷ lệ\r\n".translate(_CP1258).encode("cp1258"))
    (grid,) = open_workbook(path).grids
    assert [cell.typed_text for cell in grid.cells.values()] == ["Mèo Vạc", "Đồng Văn", "Tỷ lệ"]


_CP1258 = str.maketrans({"ạ": "a\u0323", "ồ": "ô\u0300", "ỷ": "y\u0309", "ệ": "ê\u0323"})


def test_rows_spanned_in_html_push_the_next_rows_to_the_right(tmp_path):
    """
    | TT | Năm  |      |
    |    | 2014 | 2015 |
    """
    path = tmp_path / "header.xls"
    path.write_text(
        "<table><tr><td rowspan=2>TT<td colspan=2>Năm<tr><td>2014<td>2015</table>", "utf-8"
    )
    (grid,) = open_workbook(path).grids
    assert {place: cell.typed_text for place, cell in grid.cells.items()} == {
        (1, 1): "TT", (1, 2): "Năm", (2, 2): "2014", (2, 3): "2015",
    }  # fmt: skip
    assert grid.merges == [Merge(1, 1, 2, 1), Merge(1, 2, 1, 3)]


@pytest.mark.parametrize(
    ("content", "found"),
    [
        (b"%PDF-1.7\n<html><table><tr><td>1</td></tr></table></html>", "pdf"),
        (b"\x89PNG\r\n\x1a\n", "image"),
        (b"{\\rtf1 ...}", "rtf"),
        (b"\x7fELF\x02\x01\x01\x00" + bytes(range(32)), "other"),
        (twins.ole_file("WordDocument", b"letter"), "ole-other"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 garbage", "ole-other"),
    ],
)
def test_what_is_no_workbook_is_named(content, found, tmp_path):
    path = tmp_path / "report.xlsx"
    path.write_bytes(content)
    with pytest.raises(Unreadable) as refusal:
        open_workbook(path)
    assert refusal.value.reason == "reading.not_a_workbook"
    assert refusal.value.facts == {"found": found}
