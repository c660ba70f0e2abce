"""Where tables stand on a sheet, and what of the text around belongs to them."""

import pytest

from flows.reading.beside import split_beside
from flows.reading.heads import is_note_start, is_unit_line
from flows.reading.regions import Region
from tests.reading.draw import region, regions


def texts(cells: list) -> list[str]:
    return [cell.typed_text for cell in cells]


def test_a_caption_a_unit_line_and_a_note() -> None:
    table = region("""
        BIỂU 01: DÂN SỐ TỈNH LÀO CAI
        |            |      | Đơn vị tính: người |
        | Đơn vị     | 2018 | 2019               |
        | Sa Pa      | 60   | 61                 |
        | Bắc Hà     | 63   | 64                 |
        Ghi chú: số liệu sơ bộ
        - Sa Pa là thị xã từ năm 2020
    """)
    assert texts(table.captions) == ["BIỂU 01: DÂN SỐ TỈNH LÀO CAI"]
    assert texts(table.units) == ["Đơn vị tính: người"]
    assert (table.header_rows, table.body_rows) == ([3], [4, 5])
    assert texts(table.notes) == ["Ghi chú: số liệu sơ bộ", "- Sa Pa là thị xã từ năm 2020"]


def test_a_unit_line_inside_the_table() -> None:
    table = region("""
        | Đơn vị | 2018 | 2019 |
        | Đơn vị tính: nghìn người |
        | Sa Pa  | 60,1 | 61,2 |
    """)
    assert texts(table.units) == ["Đơn vị tính: nghìn người"]
    assert table.body_rows == [3]


def test_column_numbers_are_no_figures() -> None:
    table = region("""
        | STT | Đơn vị | Dân số | BHYT | Tỷ lệ   |
        | A   | B      | (1)    | (2)  | (3=2/1) |
        | 1   | Sa Pa  | 60     | 59   | 98,3    |
    """)
    assert (table.number_rows, table.body_rows) == ([2], [3])


def test_a_page_break_repeats_the_header() -> None:
    table = region("""
        | STT | Đơn vị | Năm 2018 | <    |
        | ^   | ^      | Dân số   | BHYT |
        | 1   | Sa Pa  | 60       | 59   |
        | STT | Đơn vị | Năm 2018 | <    |
        | ^   | ^      | Dân số   | BHYT |
        | 2   | Bắc Hà | 63       | 62   |
    """)
    assert (table.header_rows, table.repeated_rows, table.body_rows) == ([1, 2], [4, 5], [3, 6])


def test_three_header_rows() -> None:
    table = region("""
        | STT | Đơn vị | Năm 2018 | <        | <       |
        | ^   | ^      | Dân số   | Tham gia BHYT | <  |
        | ^   | ^      | ^        | Số người | Tỷ lệ % |
        | 1   | Sa Pa  | 60       | 59       | 98,3    |
    """)
    assert (table.header_rows, table.body_rows) == ([1, 2, 3], [4])


def test_years_over_a_header_without_merging() -> None:
    table = region("""
        |     |        | Năm 2018 |      | Năm 2019 |      |
        | STT | Đơn vị | Dân số   | BHYT | Dân số   | BHYT |
        | 1   | Sa Pa  | 60       | 59   | 61       | 60   |
    """)
    assert (table.header_rows, table.body_rows) == ([1, 2], [3])


def test_a_table_starts_anywhere() -> None:
    table = region("""


        |  |  | DÂN SỐ TỈNH LÀO CAI |

        |  |  | Đơn vị | 2018 | 2019 |
        |  |  | Sa Pa  | 60   | 61   |
    """)
    assert texts(table.captions) == ["DÂN SỐ TỈNH LÀO CAI"]
    assert (table.header_rows, table.body_rows) == ([5], [6])


def test_blank_rows_inside_do_not_end_a_table() -> None:
    table = region("""
        | Đơn vị | 2018 | 2019 |

        | Sa Pa  | 60   | 61   |


        | Bắc Hà | 63   | 64   |
    """)
    assert table.body_rows == [3, 6]


def test_tables_below_each_other_have_their_own_captions() -> None:
    first, second = regions("""
        I. Dân số
        | Đơn vị | 2018 | 2019 |
        | Sa Pa  | 60   | 61   |
        II. Tham gia BHYT
        Đơn vị tính: nghìn người
        | Đơn vị | 2018 | 2019 |
        | Sa Pa  | 59   | 60   |
    """).tables
    assert (texts(first.captions), texts(second.captions)) == (["I. Dân số"], ["II. Tham gia BHYT"])
    assert (texts(first.units), texts(second.units)) == ([], ["Đơn vị tính: nghìn người"])
    assert (first.body_rows, second.body_rows) == ([3], [7])


def test_a_notes_table_knows_its_host() -> None:
    host, noted = regions("""
        | Đơn vị | 2018 | 2019 |
        | Sa Pa  | 60   | 61   |
        Ghi chú: dân số lấy theo số liệu sau
        | Chỉ tiêu | 2018 | 2019 |
        | Dân số   | 70   | 71   |
    """).tables
    assert noted.host is host
    assert noted.body_rows == [5]


def test_signatures_are_no_table() -> None:
    found = regions("""
        | Đơn vị | 2018 | 2019 |
        | Sa Pa  | 60   | 61   |
        |        |      | Lào Cai, ngày 15 tháng 01 năm 2020 |
        | NGƯỜI LẬP BIỂU |  | GIÁM ĐỐC |

        | Nguyễn Văn A |  | Trần Thị B |
    """)
    [table] = found.tables
    assert table.body_rows == [2]


def test_section_rows_belong_to_the_body() -> None:
    table = region("""
        | STT | Đơn vị   | Dân số | BHYT |
        |     | Năm 2015 |        |      |
        | 1   | Mường Tè | 43     | 42   |
        |     | Năm 2016 |        |      |
        | 1   | Mường Tè | 44     | 43   |
    """)
    assert table.body_rows == [2, 3, 4, 5]


SIDE_BY_SIDE = """
    BẢNG 1. DÂN SỐ VÀ BHYT
    | STT | Đơn vị | 2018 |  | STT | Đơn vị | 2018 |
    | 1   | Sa Pa  | 60   |  | 1   | Sa Pa  | 59   |
    | 2   | Bắc Hà | 63   |  | 2   | Bắc Hà | 62   |
"""


def extent(part: Region) -> list[str]:
    return texts(part.rows_of_cells(part.body_rows))


def test_tables_side_by_side() -> None:
    left, right = split_beside(region(SIDE_BY_SIDE))
    assert extent(left) == ["1", "Sa Pa", "60", "2", "Bắc Hà", "63"]
    assert extent(right) == ["1", "Sa Pa", "59", "2", "Bắc Hà", "62"]
    assert texts(right.captions) == ["BẢNG 1. DÂN SỐ VÀ BHYT"]


def test_captions_over_each_of_two_tables() -> None:
    left, right = split_beside(
        region("""
        | Dân số |        |      |  | Số người tham gia BHYT |        |      |
        | STT    | Đơn vị | 2018 |  | STT                    | Đơn vị | 2018 |
        | 1      | Sa Pa  | 60   |  | 1                      | Sa Pa  | 59   |
        """)
    )
    assert (texts(left.captions), texts(right.captions)) == (
        ["Dân số"],
        ["Số người tham gia BHYT"],
    )


def test_a_blank_column_alone_divides_nothing() -> None:
    table = region("""
        | STT | Đơn vị |  | 2018 | 2019 |
        | 1   | Sa Pa  |  | 60   | 61   |
    """)
    assert split_beside(table) == [table]


@pytest.mark.parametrize(
    "text", ["Đơn vị tính: nghìn người", "ĐVT: %", "(Đơn vị: người)", "Đơn vị tính : Triệu đồng"]
)
def test_unit_lines(text: str) -> None:
    assert is_unit_line(text)


@pytest.mark.parametrize(
    "text", ["Đơn vị", "Đơn vị báo cáo", "Đơn vị sử dụng lao động đóng", "người"]
)
def test_no_unit_lines(text: str) -> None:
    assert not is_unit_line(text)


@pytest.mark.parametrize("text", ["Ghi chú: x", "* Ghi chú:", "Nguồn: BHXH", "Chú thích", "Lưu ý:"])
def test_starts_of_notes(text: str) -> None:
    assert is_note_start(text)


def test_a_sheet_without_figures_has_no_table() -> None:
    found = regions("BÁO CÁO\nKính gửi: Ủy ban nhân dân tỉnh")
    assert found.tables == []
    assert len(found.loose) == 2
