"""A workbook is read whole: every cell has a role, and what is not understood is said."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.reading.draw import grid, read, roles, rules, told

REPORT = """
    BÁO CÁO THAM GIA BHYT TỈNH LAI CHÂU NĂM 2018
    | STT | Đơn vị    | Dân số  | Số người tham gia BHYT | Tỷ lệ (%) |
    | 1   | Mường Tè  | 43.000  | 42.000                 | 97,7      |
    | 2   | Sìn Hồ    | 80.000  | 79.000                 | 98,8      |
    |     | Toàn tỉnh | 123.000 | 121.000                | 98,4      |
"""


def test_a_plain_report() -> None:
    reading = read(REPORT)
    assert told(reading) == {
        "C3": "Mường Tè population 2018 43000",
        "D3": "Mường Tè bhyt_participants 2018 42000",
        "E3": "Mường Tè bhyt_coverage_pct 2018 97.7",
        "C4": "Sìn Hồ population 2018 80000",
        "D4": "Sìn Hồ bhyt_participants 2018 79000",
        "E4": "Sìn Hồ bhyt_coverage_pct 2018 98.8",
        "C5": "Lai Châu population 2018 123000",
        "D5": "Lai Châu bhyt_participants 2018 121000",
        "E5": "Lai Châu bhyt_coverage_pct 2018 98.4",
    }
    assert reading.findings == ()
    assert (reading.province_name, reading.reference_year) == ("Lai Châu", 2018)


def test_the_title_belongs_to_the_province_of_the_folder() -> None:
    drawing = "| Đơn vị | Năm 2018 |\n| Số thẻ BHYT | 42.000 |"
    assert list(told(read(drawing, reporter="lai-chau")).values()) == [
        "Lai Châu bhyt_participants 2018 42000"
    ]


def test_an_unknown_province_is_one_finding_and_no_figure() -> None:
    reading = read("| Nội dung | Năm 2018 |\n| Số thẻ BHYT | 42.000 |")
    assert told(reading) == {}
    assert "reading.no_province" in rules(reading)
    assert roles(reading, "unread") != []


def test_row_and_column_of_different_years() -> None:
    reading = read("""
        SỐ THẺ BHYT TỈNH LAI CHÂU
        | Năm  | Năm 2017 | Năm 2018 |
        | 2019 | 42.000   | 43.000   |
    """)
    assert told(reading) == {}
    assert "reading.contradicting_periods" in rules(reading)
    assert {"B3", "C3"} <= set(roles(reading, "unread"))


def test_an_unknown_label_names_its_cell_and_candidates() -> None:
    reading = read("""
        SỐ THẺ BHYT TỈNH LAI CHÂU
        | Đơn vị         | Năm 2018 |
        | Mường Tề Xuyên | 42.000   |
        | Sìn Hồ         | 79.000   |
    """)
    assert told(reading) == {"B4": "Sìn Hồ bhyt_participants 2018 79000"}
    [finding] = reading.findings
    assert finding.rule == "reading.unknown_label"
    assert finding.severity == "critical"
    assert finding.facts["label"] == "Mường Tề Xuyên"
    assert finding.facts["cell"] == "A3"
    assert "Huyện Mường Tè" in finding.facts["candidates"]
    assert "Mường Tề Xuyên" in finding.message_vi
    assert roles(reading, "unread") == ["B3"]


def test_a_slip_in_a_name_is_read_and_said() -> None:
    reading = read("""
        SỐ THẺ BHYT TỈNH LAI CHÂU
        | Đơn vị    | Năm 2018 |
        | Phong Tho | 42.000   |
        | Sìn Hồo   | 79.000   |
    """)
    assert told(reading) == {
        "B3": "Phong Thổ bhyt_participants 2018 42000",
        "B4": "Sìn Hồ bhyt_participants 2018 79000",
    }
    assert [(f.rule, f.cells[0].cell, f.facts["taken"]) for f in reading.findings] == [
        ("reading.fuzzy_match", "A4", "Huyện Sìn Hồ")
    ]


@pytest.mark.parametrize("said", ["chưa có số liệu", "Không có", "Chưa báo cáo", "…", "Đạt"])
def test_a_cell_that_says_that_there_is_no_figure_is_a_note(said: str) -> None:
    reading = read(f"""
        SỐ THẺ BHYT TỈNH LAI CHÂU
        | Đơn vị    | Năm 2017 | Năm 2018 |
        | Phong Thổ | 41.000   | 42.000   |
        | Sìn Hồ    | {said}   | {said}   |
    """)
    assert [roles(reading, "note"), roles(reading, "unread")] == [["B4", "C4"], []]


@pytest.mark.parametrize(
    ("cell", "rule"),
    [
        ("xem phụ lục 2", "reading.not_a_number"),
        ("79.O00", "reading.not_a_number"),
        ("1.234.56", "reading.not_a_number"),
        ("=#DIV/0!", "reading.error_cell"),
        ("=#REF!", "reading.error_cell"),
    ],
)
def test_a_cell_that_is_no_figure_is_unread(cell: str, rule: str) -> None:
    reading = read(f"""
        SỐ THẺ BHYT TỈNH LAI CHÂU
        | Đơn vị    | Năm 2017 | Năm 2018 |
        | Phong Thổ | 41.000   | 42.000   |
        | Sìn Hồ    | {cell}   | 79.000   |
    """)
    assert (rules(reading), roles(reading, "unread")) == ({rule}, ["B4"])
    assert len(reading.observations) == 3


@pytest.mark.parametrize("cell", ["…", "...", "x", ""])
def test_a_missing_figure_is_a_note(cell: str) -> None:
    reading = read(f"""
        SỐ THẺ BHYT TỈNH LAI CHÂU
        | Đơn vị    | Năm 2017 | Năm 2018 |
        | Phong Thổ | 41.000   | 42.000   |
        | Sìn Hồ    | {cell}   | 79.000   |
    """)
    assert (reading.findings, len(reading.observations)) == ((), 3)
    assert roles(reading, "note") == (["B4"] if cell else [])


def test_an_ambiguous_place_is_a_finding_that_names_both() -> None:
    reading = read("""
        SỐ THẺ BHYT TỈNH HÀ TĨNH
        | Đơn vị    | Năm 2018 |
        | Kỳ Anh    | 75.000   |
        | Hương Sơn | 100.000  |
    """)
    [finding] = reading.findings
    assert finding.rule == "reading.ambiguous_place"
    named = finding.facts["candidates"].split(", ")
    assert len(named) == 2
    assert any("Huyện Kỳ Anh" in name for name in named)
    assert any("Thị xã Kỳ Anh" in name for name in named)
    assert roles(reading, "unread") == ["B3"]


def test_figures_outside_any_table_are_unread() -> None:
    reading = read(REPORT, "Ghi nhớ\n| =12345:#,##0 |")
    assert "reading.unread_cell" in rules(reading)


def test_a_hidden_sheet_is_read_and_marked() -> None:
    reading = read(REPORT, grid(REPORT, "Nháp", hidden=True))
    hidden = {one.sheet for one in reading.observations if one.hidden}
    assert hidden == {"Nháp"}
    assert len(reading.observations) == 18


def test_one_sheet_a_year() -> None:
    table = """
        SỐ THẺ BHYT TỈNH LAI CHÂU
        | Đơn vị    | Số thẻ BHYT |
        | Phong Thổ | 42.000      |
        | Sìn Hồ    | 79.000      |
    """
    reading = read(grid(table, "2017"), grid(table, "Năm 2018"))
    assert {(one.sheet, one.period) for one in reading.observations} == {
        ("2017", "2017"),
        ("Năm 2018", "2018"),
    }


def test_an_empty_workbook_has_nothing_to_say() -> None:
    reading = read("")
    assert (reading.observations, reading.cells, reading.tables) == ((), (), ())


cells = st.sampled_from(
    ("", "", "STT", "Đơn vị", "Năm 2018", "2017", "BHYT", "Dân số", "Sìn Hồ", "Toàn tỉnh", "I", "1",
     "-", "12.345", "94,6%", "Ghi chú: xem sau", "Đơn vị tính: người", "x", "=#N/A", "=3:0", "<",
     "=2018-12-31:d/m/yyyy", "TỈNH LAI CHÂU", "không rõ", "(823)")
)  # fmt: skip


@settings(max_examples=150, deadline=None, derandomize=True)
@given(st.lists(st.lists(cells, min_size=1, max_size=5), min_size=1, max_size=9))
def test_every_cell_of_any_sheet_has_one_role(rows: list[list[str]]) -> None:
    """Whatever stands on a sheet: nothing is lost, nothing is told twice, nothing crashes."""
    drawn = grid("\n".join(f"| {' | '.join(row)} |" for row in rows))
    reading = read(drawn)
    assert sorted((c.row, c.column) for c in reading.cells) == sorted(drawn.cells)
    observed = {(one.row, one.column) for one in reading.observations}
    assert observed == {(c.row, c.column) for c in reading.cells if c.role == "observation"}
    said = {cell.cell for finding in reading.findings for cell in finding.cells}
    assert set(roles(reading, "unread")) <= said
