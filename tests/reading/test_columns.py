"""What each column is, and the heads over it."""

import pytest

from tests.reading.draw import columns, read, told


def described(drawing: str) -> list[tuple[str, str]]:
    return [(column.role, column.text) for column in columns(drawing)]


def test_merged_heads_are_shared() -> None:
    assert described("""
        | STT | Đơn vị | Năm 2018 | <       | Năm 2019 | <       |
        | ^   | ^      | Số người | Tỷ lệ   | Số người | Tỷ lệ   |
        | 1   | Sa Pa  | 60.000   | 98,3    | 61.000   | 98,4    |
    """) == [
        ("ordinal", "STT"),
        ("label", "Đơn vị"),
        ("figure", "Năm 2018 › Số người"),
        ("figure", "Năm 2018 › Tỷ lệ"),
        ("figure", "Năm 2019 › Số người"),
        ("figure", "Năm 2019 › Tỷ lệ"),
    ]


def test_heads_typed_over_the_first_of_their_columns() -> None:
    assert [text for _role, text in described("""
        | STT | Đơn vị | Năm 2018 |       | Năm 2019 |       |
        |     |        | Số người | Tỷ lệ | Số người | Tỷ lệ |
        | 1   | Sa Pa  | 60.000   | 98,3  | 61.000   | 98,4  |
    """)][2:] == [
        "Năm 2018 › Số người", "Năm 2018 › Tỷ lệ", "Năm 2019 › Số người", "Năm 2019 › Tỷ lệ",
    ]  # fmt: skip


def test_a_head_merged_downwards_is_told_once() -> None:
    assert described("""
        | Đơn vị | Dân số | BHYT |
        | ^      | ^      | ^    |
        | Sa Pa  | 60     | 59   |
    """)[1] == ("figure", "Dân số")


@pytest.mark.parametrize(
    ("head", "cells", "role"),
    [
        ("Năm", ("2018", "2019"), "period"),
        ("ĐVT", ("Người", "%"), "unit"),
        ("Ghi chú", ("x", "Số sơ bộ"), "remark"),
        ("STT", ("1", "2"), "ordinal"),
        ("TT", ("I", "1"), "ordinal"),
        ("Chỉ tiêu", ("Dân số", "BHYT"), "label"),
    ],
)
def test_a_column_is_what_its_head_says(head: str, cells: tuple[str, str], role: str) -> None:
    drawn = columns(f"""
        | {head}     | Nội dung | 2018 | 2019 |
        | {cells[0]} | Dân số   | 60   | 61   |
        | {cells[1]} | BHYT     | 59   | 60   |
    """)
    assert drawn[0].role == role


def test_labels_without_a_head_are_told_by_their_cells() -> None:
    assert [
        role
        for role, _text in described("""
        |   |        | 2018 | 2019 |
        | 1 | Sa Pa  | 60   | 61   |
        | 2 | Bắc Hà | 63   | 64   |
    """)
    ] == ["ordinal", "label", "figure", "figure"]


def test_text_right_of_the_figures_is_a_remark() -> None:
    assert (
        described("""
        | Đơn vị | Dân số | BHYT | Nhận xét    |
        | Sa Pa  | 60     | 59   | Tăng nhanh  |
        | Bắc Hà | 63     | 62   | Chưa đạt    |
    """)[-1][0]
        == "remark"
    )


def test_an_error_or_a_word_does_not_make_a_column_of_figures_text() -> None:
    assert [
        role
        for role, _ in described("""
        | Đơn vị   | Dân số | BHYT    |
        | Sa Pa    | 60     | =#REF!  |
        | Bắc Hà   | 63     | 62      |
        | Bát Xát  | 70     | chưa có |
    """)
    ][1:] == ["figure", "figure"]


def test_line_breaks_in_a_head_are_blanks() -> None:
    assert (
        described("""
        | Đơn vị | Số người\\ntham gia BHYT | Dân số |
        | Sa Pa  | 60                       | 61     |
    """)[1][1]
        == "Số người tham gia BHYT"
    )


def test_a_total_typed_over_the_ordinals_leaves_them_ordinals() -> None:
    drawing = """
        SỐ THẺ BHYT TỈNH GIA LAI
        | STT       | Huyện     | 2018    | 2019    |
        | 1         | Chư Prông | 110.000 | 111.000 |
        | 2         | Ia Grai   | 98.000  | 99.000  |
        | TỔNG CỘNG | <         | 208.000 | 210.000 |
    """
    assert columns(drawing)[0].role == "ordinal"
    assert told(read(drawing)) == {
        "C3": "Chư Prông bhyt_participants 2018 110000",
        "D3": "Chư Prông bhyt_participants 2019 111000",
        "C4": "Ia Grai bhyt_participants 2018 98000",
        "D4": "Ia Grai bhyt_participants 2019 99000",
        "C5": "Gia Lai bhyt_participants 2018 208000",
        "D5": "Gia Lai bhyt_participants 2019 210000",
    }


def test_section_titles_over_the_ordinals() -> None:
    assert (
        columns("""
        | TT | Đơn vị | 2018 | 2019 |
        | Khối thành phố |
        | 1  | Sa Pa  | 60   | 61   |
        | 2  | Bắc Hà | 60   | 61   |
    """)[0].role
        == "ordinal"
    )
