"""Districts told of for a time after the reform of 1 July 2025: a commune may be meant."""

import pytest

from tests.reading.draw import read, told

REPORT = """
Số người tham gia BHYT tỉnh Lâm Đồng {when}
{letter}
| Đơn vị | Số người tham gia BHYT |
| Đức Trọng | 41.235 |
| Di Linh | 38.410 |
"""
BOTH = ["Đức Trọng", "Di Linh"]


@pytest.mark.parametrize(
    ("when", "letter", "said"),
    [
        ("đến ngày 30/9/2025", "", BOTH),
        ("năm 2026", "", BOTH),
        ("đến ngày 31/5/2025", "", []),
        ("đến ngày 31/12/2018", "", []),
        # The year of the reform itself: it hangs on when the report was written.
        ("năm 2025", "(Kèm theo Báo cáo số 12/BC-BHXH ngày 15/01/2026)", BOTH),
        ("năm 2025", "(Kèm theo Kế hoạch số 12/KH-UBND ngày 15/02/2025)", []),
        ("năm 2025", "", []),
    ],
)
def test_a_district_told_of_after_its_end_is_said(when: str, letter: str, said: list[str]) -> None:
    reading = read(REPORT.format(when=when, letter=letter))
    assert told(reading)["B4"].startswith("Đức Trọng bhyt_participants 202") or "2018" in when
    found = [one for one in reading.findings if one.rule == "reading.abolished_area"]
    assert [one.facts["area"] for one in found] == said
    assert all(one.facts["end"] == "01/07/2025" for one in found)


@pytest.mark.parametrize("when", ["Quý I", "6 tháng đầu năm", "tháng 12", "tháng 13/2025"])
def test_a_period_of_no_year_is_no_period(when: str) -> None:
    reading = read(REPORT.format(when=when, letter=""))
    assert told(reading) == {}
    assert [one.rule for one in reading.findings] == ["reading.no_period"]


@pytest.mark.parametrize("when", ["15 tháng năm 2018", "đến ngày 30/02/2018"])
def test_a_period_of_no_calendar_stops_no_reading(when: str) -> None:
    assert "2018" in told(read(REPORT.format(when=when, letter="")))["B4"]
