"""Lists of documents are tables too."""

from tests.reading.draw import read, told

LIST = """
    DANH MỤC VĂN BẢN CỦA TỈNH LAI CHÂU
    | Số TT | Cơ quan ban hành | Số hiệu văn bản | Ngày ban hành | Trích yếu nội dung |
    | I     | Cấp tỉnh         | | | |
    | 1     | UBND tỉnh        | 12/CT-UBND      | 12-01-2010    | Về BHYT toàn dân   |
    | 2     | ^                | 15/KH-UBND      | =2010-03-05:dd/mm/yyyy | Kế hoạch BHYT |
    | II    | Cấp huyện        | | | |
    | 1     | Huyện ủy Mường Tè | 3-CT/HU        | 01/2011       | Về BHXH            |
"""


def test_one_document_a_row() -> None:
    documents = read(LIST).documents
    assert [(one.section, one.ordinal, one.issuer, one.number) for one in documents] == [
        ("Cấp tỉnh", "1", "UBND tỉnh", "12/CT-UBND"),
        ("Cấp tỉnh", "2", "UBND tỉnh", "15/KH-UBND"),
        ("Cấp huyện", "1", "Huyện ủy Mường Tè", "3-CT/HU"),
    ]
    assert [one.issued_on for one in documents] == ["12-01-2010", "05/03/2010", "01/2011"]
    assert documents[0].title == "Về BHYT toàn dân"


def test_a_list_holds_no_figures_and_leaves_no_cell_unread() -> None:
    reading = read(LIST)
    assert told(reading) == {}
    assert [table.kind for table in reading.tables] == ["documents"]
    assert {cell.role for cell in reading.cells} <= {"label", "note"}


def test_a_table_of_figures_is_no_list() -> None:
    assert (
        read("""
        BHYT TỈNH LAI CHÂU
        | Đơn vị   | Năm 2018 | Ghi chú |
        | Mường Tè | 42.000   |         |
    """).documents
        == ()
    )
