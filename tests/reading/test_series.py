"""Figures inside a note's sentence."""

import pytest

from flows.reading.series import Series, find_series
from tests.reading.draw import read, rules, told


def test_a_sentence_lists_one_figure_a_year() -> None:
    assert find_series("- Dân số TB các năm lần lượt là: 462.705; 473.251; 484.215.") == [
        Series("Dân số TB các năm lần lượt là", ("462.705", "473.251", "484.215"))
    ]


@pytest.mark.parametrize(
    "text",
    [
        "Dân số: 462.705; 473.251; 484.215",
        "Dân số các năm lần lượt là: 462.705; 473.251",
        "Dân số trung bình các năm lấy theo niên giám",
        "Số: 12/BC; ngày 3; tháng 4",
        "",
    ],
)
def test_other_sentences_list_nothing(text: str) -> None:
    assert find_series(text) == []


TABLE = """
    Tham gia BHYT tỉnh Kon Tum
    | Chỉ tiêu                | 2012    | 2013    | 2014    |
    | Số người tham gia BHYT  | 381.000 | 392.000 | 402.000 |
    Ghi chú: Dân số TB các năm lần lượt là: {figures}
"""


def test_they_follow_the_periods_of_the_table() -> None:
    reading = read(TABLE.format(figures="462.705; 473.251; 484.215"))
    assert [one for one in told(reading).values() if "population" in one] == [
        "Kon Tum population_avg 2014 484215"  # one cell holds three figures: the last is shown
    ]
    series = [o for o in reading.observations if o.indicator == "population_avg"]
    assert [(o.position, o.period, o.value_literal) for o in series] == [
        (1, "2012", 462705),
        (2, "2013", 473251),
        (3, "2014", 484215),
    ]
    assert rules(reading) == set()


def test_too_many_figures_are_said() -> None:
    reading = read(TABLE.format(figures="462.705; 473.251; 484.215; 495.876"))
    assert rules(reading) == {"reading.series_length"}
