"""Periods as clerks write them."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from expectations.periods import Period, find_periods, of_date, spell_out_sheet


@pytest.mark.parametrize(
    ("text", "period"),
    [
        ("2018", "2018"), ("Năm 2018", "2018"), ("NĂM 2018", "2018"), ("năm\u00a02018", "2018"),
        ("Sơ bộ 2019", "2019"), ("Ước TH 2020", "2020"), ("KH 2021", "2021"), ("TH 2020", "2020"),
        ("31/12/2018", "2018"), ("31-12-2018", "2018"), ("31.12.2018", "2018"),
        ("12/31/2018", "2018"), ("Tính đến ngày 31 tháng 12 năm 2018", "2018"),
        ("30/6/2018", "2018-06-30"), ("ngày 30 tháng 6 năm 2018", "2018-06-30"),
        ("đến 15/8/2019", "2019-08-15"),
        ("Quý I/2018", "2018-Q1"), ("Quý IV năm 2018", "2018-Q4"), ("quý 2 năm 2018", "2018-Q2"),
        ("Q3/2018", "2018-Q3"), ("Quý III - 2018", "2018-Q3"),
        ("6 tháng đầu năm 2018", "2018-H1"), ("6 tháng cuối năm 2018", "2018-H2"),
        ("6 tháng năm 2018", "2018-H1"), ("sáu tháng đầu năm 2018", "2018-H1"),
        ("9 tháng năm 2018", "2018-9M"), ("9 tháng đầu năm 2018", "2018-9M"),
        ("3 tháng đầu năm 2018", "2018-Q1"), ("11 tháng năm 2018", "2018-11M"),
        ("Tháng 6 năm 2018", "2018-06"), ("tháng 06/2018", "2018-06"), ("T6/2018", "2018-06"),
        ("6/2018", "2018-06"), ("Tháng 12/2018", "2018-12"),
        ("Quý I", "None-Q1"), ("6 tháng đầu năm", "None-H1"), ("Tháng 5", "None-05"),
        ("Năm 2018 (người)", "2018"), ("N\u0103m 2018", "2018"), ("Nam 2018", "2018"),
    ],
)  # fmt: skip
def test_one_period(text: str, period: str) -> None:
    assert [str(found) for found in find_periods(text).periods] == [period]


@pytest.mark.parametrize(
    "text",
    ["Dân số", "12018", "2018.5", "1.2018", "20180", "80 tuổi", "trên 80", "Quận 12", "13/2018"],
)
def test_no_period(text: str) -> None:
    assert find_periods(text).periods == ()


@pytest.mark.parametrize(
    ("text", "years"),
    [
        ("giai đoạn 2015 - 2020", (2015, 2020)), ("giai đoạn 2015-2020", (2015, 2020)),
        ("2015–2020", (2015, 2020)), ("từ năm 2009 đến năm 2018", (2009, 2018)),
        ("từ 2009 đến 2018", (2009, 2018)),
    ],
)  # fmt: skip
def test_a_range_is_no_period(text: str, years: tuple[int, int]) -> None:
    found = find_periods(text)
    assert (found.ranges, found.periods) == ((years,), ())


@pytest.mark.parametrize(
    "text", ["Số với năm 2013", "So với năm 2013", "so với cùng kỳ năm 2013", "So với 2013"]
)
def test_the_year_compared_with_is_not_the_period(text: str) -> None:
    found = find_periods(text)
    assert (found.compared_with, found.periods) == (2013, ())


def test_a_comparison_keeps_its_own_year() -> None:
    found = find_periods("Năm 2014 so với năm 2013")
    assert (found.compared_with, found.periods) == (2013, (Period(2014),))


def test_several_periods_are_all_told() -> None:
    found = find_periods("Năm 2016, 2017 và 2018")
    assert [str(period) for period in found.periods] == ["2016", "2017", "2018"]


@pytest.mark.parametrize(
    ("text", "rest"),
    [
        ("Tỷ lệ bao phủ BHYT năm 2018 (%)", "Tỷ lệ bao phủ BHYT (%)"),
        ("Số thẻ Quý I/2018", "Số thẻ"),
        ("Dân số", "Dân số"),
    ],
)
def test_the_other_words_survive_with_their_accents(text: str, rest: str) -> None:
    assert " ".join(find_periods(text).rest.split()) == rest


def test_an_impossible_date_is_none() -> None:
    assert [str(one) for one in find_periods("31/02/2018").periods] != ["2018-02-31"]


@given(st.dates(dt.date(1990, 1, 1), dt.date(2049, 12, 31)))
def test_any_date_is_found(day: dt.date) -> None:
    assert find_periods(f"Tính đến {day:%d/%m/%Y}").periods == (of_date(day),)
    assert find_periods(f"ngày {day.day} tháng {day.month} năm {day.year}").periods == (
        of_date(day),
    )


@pytest.mark.parametrize(
    ("near", "far", "both"),
    [
        (Period(None, "Q1"), Period(2018), "2018-Q1"),
        (Period(2018), Period(None, "Q1"), "2018-Q1"),
        (Period(2018), Period(2018), "2018"),
        (Period(2018), Period(2019), "None"),
        (Period(2018, "Q1"), Period(2018, "Q2"), "None"),
    ],
)
def test_a_period_within_another(near: Period, far: Period, both: str) -> None:
    assert str(near.within(far)) == both


@pytest.mark.parametrize(
    ("name", "period"),
    [
        ("T6.2023", Period(2023, "06")), ("T12_2023", Period(2023, "12")),
        ("Tháng 6 2023", Period(2023, "06")), ("6T.2023", Period(2023, "H1")),
        ("9T 2023", Period(2023, "9M")), ("Q1.2023", Period(2023, "Q1")),
        ("Quý IV-2022", Period(2022, "Q4")), ("2023", Period(2023)),
    ],
)  # fmt: skip
def test_the_name_of_a_sheet_is_short_for_a_period(name: str, period: Period) -> None:
    assert find_periods(spell_out_sheet(name)).periods == (period,)
