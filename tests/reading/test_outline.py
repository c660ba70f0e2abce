"""The tree of row labels: codes, dashes, indents, bold, sections, subtotals, filled-down labels."""

from tests.reading.draw import outline


def paths(drawing: str) -> dict[int, str]:
    return {row: label.text for row, label in outline(drawing).items()}


def parents(drawing: str) -> dict[int, int | None]:
    """For each row the row that it stands below."""
    return {
        row: label.parents[0].row if label.parents else None
        for row, label in outline(drawing).items()
    }


def test_three_levels_of_codes() -> None:
    assert parents("""
        | TT | Chỉ tiêu | 2018 | 2019 |
        | I  | BHYT     | 1    | 1    |
        | A  | NSNN     | 2    | 2    |
        | 1  | Trẻ em   | 3    | 3    |
        | 2  | Người nghèo | 4 | 4    |
        | B  | HGĐ      | 5    | 5    |
        | II | BHXH     | 6    | 6    |
        | A  | Bắt buộc | 7    | 7    |
    """) == {2: None, 3: 2, 4: 3, 5: 3, 6: 2, 7: None, 8: 7}


def test_letters_against_romans() -> None:
    """After A and B, C and D are letters; I and V are Romans where they count up."""
    assert parents("""
        | TT | Chỉ tiêu | 2018 | 2019 |
        | I  | BHYT     | 1    | 1    |
        | A  | Nhóm A   | 1    | 1    |
        | B  | Nhóm B   | 1    | 1    |
        | C  | Nhóm C   | 1    | 1    |
        | D  | Nhóm D   | 1    | 1    |
        | II | BHXH     | 1    | 1    |
        | III| BHTN     | 1    | 1    |
        | IV | Dân số   | 1    | 1    |
        | V  | Cơ sở    | 1    | 1    |
        | 1  | Công lập | 1    | 1    |
    """) == {
        2: None, 3: 2, 4: 2, 5: 2, 6: 2, 7: None, 8: None, 9: None, 10: None, 11: 10,
    }  # fmt: skip


def test_decimal_codes() -> None:
    assert parents("""
        | TT    | Chỉ tiêu | 2018 | 2019 |
        | 1     | BHYT     | 1    | 1    |
        | 1.1   | NSNN     | 1    | 1    |
        | 1.1.1 | Trẻ em   | 1    | 1    |
        | 1.2   | HGĐ      | 1    | 1    |
        | 2     | BHXH     | 1    | 1    |
    """) == {2: None, 3: 2, 4: 3, 5: 2, 6: None}


def test_dashes_and_pluses() -> None:
    assert parents("""
        | TT | Chỉ tiêu  | 2018 | 2019 |
        | 1  | BHXH      | 1    | 1    |
        | -  | Bắt buộc  | 1    | 1    |
        | +  | Nhà nước  | 1    | 1    |
        | -  | Tự nguyện | 1    | 1    |
        | 2  | BHYT      | 1    | 1    |
    """) == {2: None, 3: 2, 4: 3, 5: 2, 6: None}


def test_codes_typed_into_the_label() -> None:
    assert parents("""
        | Chỉ tiêu         | 2018 | 2019 |
        | I. BHXH          | 1    | 1    |
        | 1. Bắt buộc      | 1    | 1    |
        | - Nhà nước       | 1    | 1    |
        | 2. Tự nguyện     | 1    | 1    |
        | II. BHYT         | 1    | 1    |
    """) == {2: None, 3: 2, 4: 3, 5: 2, 6: None}


def test_indents_of_the_format() -> None:
    assert parents("""
        | Chỉ tiêu       | 2018 | 2019 |
        | BHXH           | 1    | 1    |
        | > Bắt buộc     | 1    | 1    |
        | >> Nhà nước    | 1    | 1    |
        | > Tự nguyện    | 1    | 1    |
        | BHYT           | 1    | 1    |
    """) == {2: None, 3: 2, 4: 3, 5: 2, 6: None}


def test_typed_blanks_indent_too() -> None:
    assert parents("""
        | Chỉ tiêu       | 2018 | 2019 |
        | BHXH           | 1    | 1    |
        | ···Bắt buộc    | 1    | 1    |
        | ···Tự nguyện   | 1    | 1    |
        | BHYT           | 1    | 1    |
    """) == {2: None, 3: 2, 4: 2, 5: None}


def test_bold_rows_are_parents() -> None:
    assert parents("""
        | Chỉ tiêu   | 2018 | 2019 |
        | **BHXH**   | 1    | 1    |
        | Bắt buộc   | 1    | 1    |
        | Tự nguyện  | 1    | 1    |
        | **BHYT**   | 1    | 1    |
        | NSNN đóng  | 1    | 1    |
    """) == {2: None, 3: 2, 4: 2, 5: None, 6: 5}


def test_a_table_all_in_bold_is_flat() -> None:
    assert set(
        parents("""
        | Chỉ tiêu    | 2018 | 2019 |
        | **Dân số**  | 1    | 1    |
        | **BHYT**    | 1    | 1    |
    """).values()
    ) == {None}


def test_year_blocks_head_their_rows() -> None:
    assert paths("""
        | STT | Đơn vị   | Dân số | BHYT |
        |     | Năm 2015 |        |      |
        | 1   | Mường Tè | 43     | 42   |
        |     | Năm 2016 |        |      |
        | 1   | Mường Tè | 44     | 43   |
    """) == {2: "Năm 2015", 3: "Năm 2015 › Mường Tè", 4: "Năm 2016", 5: "Năm 2016 › Mường Tè"}


def test_a_subtotal_names_its_section() -> None:
    rows = outline("""
        | TT | Đối tượng      | 2018 | 2019 |
        | I  | NSNN đóng      |      |      |
        | 1  | Trẻ em         | 1    | 1    |
        |    | Cộng nhóm I    | 1    | 1    |
        | II | HGĐ            |      |      |
        | 1  | Hộ gia đình    | 2    | 2    |
        |    | Cộng nhóm II   | 2    | 2    |
        |    | Tổng cộng      | 3    | 3    |
    """)
    assert {row: [parent.row for parent in rows[row].parents] for row in (4, 7, 8)} == {
        4: [2], 7: [5], 8: [],
    }  # fmt: skip
    assert rows[4].cells == []


def test_a_total_is_above_none() -> None:
    assert parents("""
        | Chỉ tiêu     | 2018 | 2019 |
        | **Toàn tỉnh** | 3   | 3    |
        | Sa Pa        | 1    | 1    |
        | Bắc Hà       | 2    | 2    |
    """) == {2: None, 3: None, 4: None}


def test_an_outer_label_left_blank_is_the_one_above() -> None:
    assert (
        paths("""
        | Đơn vị | Chỉ tiêu | 2018 | 2019 |
        | Sa Pa  | Dân số   | 1    | 1    |
        |        | BHYT     | 2    | 2    |
        | Bắc Hà | Dân số   | 3    | 3    |
        |        | BHYT     | 4    | 4    |
    """)[5]
        == "Bắc Hà › BHYT"
    )


def test_an_outer_label_merged_downwards() -> None:
    assert (
        paths("""
        | Đơn vị | Chỉ tiêu | 2018 | 2019 |
        | Sa Pa  | Dân số   | 1    | 1    |
        | ^      | BHYT     | 2    | 2    |
    """)[3]
        == "Sa Pa › BHYT"
    )
