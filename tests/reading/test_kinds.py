"""What one cell looks like before its table is known."""

import pytest

from flows.reading.kinds import is_code, is_column_number_row, kind_of, kind_of_text
from tests.reading.draw import grid


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("519.538", "number"), ("94,6%", "number"), ("(823)", "number"), ("-1.339", "number"),
        ("-", "dash"), ("–", "dash"),
        ("2018", "year"), ("1989", "number"), ("2051", "number"), ("2.018", "number"),
        ("Năm 2018", "period"), ("31/12/2018", "period"), ("Quý I/2018", "period"),
        ("Tháng 6 năm 2018", "period"), ("ngày 31/12/2018", "period"),
        ("Ước thực hiện 2018", "text"), ("Dân số", "text"), ("6 quận", "text"),
        ("x", "mark"), ("[ ]", "mark"), ("[_x]", "mark"), ("………", "mark"),
    ],
)  # fmt: skip
def test_texts(text: str, kind: str) -> None:
    assert kind_of_text(text) == kind


@pytest.mark.parametrize(
    ("drawn", "kind"),
    [
        ("=2018", "year"),
        ("=2018:0", "year"),
        ("=2018:#,##0", "number"),
        ("=2018.5", "number"),
        ("=0.946:0.0%", "number"),
        ("=2018-12-31:d/m/yyyy", "period"),
        ("=#DIV/0!", "error"),
    ],
)
def test_stored_values(drawn: str, kind: str) -> None:
    assert kind_of(grid(f"| {drawn} |").cells[1, 1]) == kind


@pytest.mark.parametrize(
    "text", ["I", "IV.", "A", "a)", "1", "01", "1.", "1.1", "1.2.3", "-", "+", "•", "Đ"]
)
def test_codes(text: str) -> None:
    assert is_code(text)


@pytest.mark.parametrize("text", ["Sa Pa", "1234", "I.1 Dân số", "BHYT", "1,5", "Nữ", ""])
def test_no_codes(text: str) -> None:
    assert not is_code(text)


@pytest.mark.parametrize(
    "row",
    [
        "| A | B | 1 | 2 | 3 |",
        "| (1) | (2) | (3=2/1) |",
        "| 1 | 2 | 3 | 4=3/2 | 5 |",
        "| a | b | 1 | 2 |",
        "| A | B | 1 | 2 | A | B | 1 | 2 |",
        "| (A) | (B) | (1) | (2)=(1)/3*100 |",
    ],
)
def test_rows_that_number_the_columns(row: str) -> None:
    assert is_column_number_row(list(grid(row).cells.values()))


@pytest.mark.parametrize(
    "row", ["| 1 | Sa Pa | 2 |", "| 1 | 5 | 9 |", "| 3 | 2 | 1 |", "| 1 |", "| C | B | 1 |"]
)
def test_rows_that_do_not(row: str) -> None:
    assert not is_column_number_row(list(grid(row).cells.values()))
