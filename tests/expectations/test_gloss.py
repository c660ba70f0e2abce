"""Bilingual labels are read by their Vietnamese part alone."""

import pytest

from expectations.folding import tidy
from expectations.gloss import without_gloss
from expectations.vocabulary import read_label, read_unit


@pytest.mark.parametrize(
    ("typed", "left"),
    [
        ("TỔNG SỐ - TOTAL", "TỔNG SỐ"),
        ("Tổng số Total", "Tổng số"),
        ("Nam\nMale", "Nam"),
        ("Huyện Hải Hậu - Hai Hau district", "Huyện Hải Hậu"),
        ("Sơ bộ\nPrel.\n2022", "Sơ bộ 2022"),
        ("Người - Person", "Người"),
        ("Grand Total", "Grand Total"),
        ("So the BHYT", "So the BHYT"),
        ("Average population by district", "Average population by district"),
    ],
)
def test_the_english_part_is_set_aside_where_something_is_left(typed: str, left: str) -> None:
    assert tidy(without_gloss(typed)) == left


def test_a_bilingual_unit_line_names_its_unit() -> None:
    unit = read_unit("ĐVT: Nghìn người - Unit: Thous. persons")
    assert unit is not None
    assert (unit.code, unit.factor) == ("people", 1000)


def test_a_block_of_indexes_says_so_in_both_languages() -> None:
    meaning = read_label("Chỉ số phát triển (Năm trước = 100) - Index (Previous year = 100) - %")
    assert meaning.all("modifier") == ("index",)
    assert meaning.unit is not None
    assert meaning.unit.code == "percent"
