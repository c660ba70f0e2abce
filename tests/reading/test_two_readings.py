"""Two readings of a number or of a rate: the one under which the table agrees with itself."""

# ruff: noqa: E501 (tables are drawn as wide as they are)

import pytest

from tests.reading.draw import read, rules, told

THOUSANDS = """
SỐ NGƯỜI THAM GIA BHXH TỈNH CÀ MAU
Đơn vị: nghìn người
| Chỉ tiêu | 2018 | 2019 |
| Số người tham gia BHXH | {total} |
| - BHXH bắt buộc | {compulsory} |
| - BHXH tự nguyện | {voluntary} |
"""
RATES = """
BHXH TỰ NGUYỆN TỈNH CÀ MAU NĂM 2019
| Huyện | Lực lượng lao động | Số người tham gia BHXH tự nguyện | Số người tham gia BHXH | Tỷ lệ (%) |
| Đầm Dơi | 100.000 | 2.000 | 9.000 | {first} |
| Ngọc Hiển | 50.000 | 1.500 | 6.000 | {second} |
"""


@pytest.mark.parametrize(
    ("total", "compulsory", "voluntary", "people"),
    [
        ("1.030 | 1.120", "900 | 950", "130 | 170", "1030000"),  # only grouped does it add up
        ("1.030 | 1.120", "0,900 | 0,950", "0.130 | 0.170", "1030"),
    ],
)
def test_sums_tell_thousands_from_decimals(
    total: str, compulsory: str, voluntary: str, people: str
) -> None:
    reading = read(THOUSANDS.format(total=total, compulsory=compulsory, voluntary=voluntary))
    assert told(reading)["B4"] == f"Cà Mau bhxh_participants 2018 {people}"
    assert "reading.marks_open" not in rules(reading)


def test_the_evidence_is_kept_with_the_cell() -> None:
    reading = read(
        THOUSANDS.format(total="1.030 | 1.120", compulsory="900 | 950", voluntary="130 | 170")
    )
    [cell] = [cell for cell in reading.cells if cell.cell == "B4"]
    assert cell.why == (
        "bhxh_participants; '.' groups thousands: 2 relations of the table hold and 0 fail; "
        "the other way 0 hold and 2 fail"
    )


def test_where_both_readings_hold_it_is_said() -> None:
    reading = read(
        THOUSANDS.format(total="1.030 | 1.120", compulsory="1.030 | 1.120", voluntary="- | -")
    )
    assert "reading.marks_open" in rules(reading)


@pytest.mark.parametrize(
    ("first", "second", "group"),
    [("2,0", "3,0", "@voluntary"), ("9,0", "12,0", ""), ("2,0", "9,9", "")],
)
def test_the_counts_say_what_a_bare_rate_is_of(first: str, second: str, group: str) -> None:
    """One figure that agrees is none: then the words' own reading stays."""
    figures = told(read(RATES.format(first=first, second=second)))
    assert figures["E3"].startswith(f"Đầm Dơi bhxh_coverage_pct{group} 2019 ")


def test_a_rate_beside_parts_alone_is_said_to_be_open() -> None:
    reading = read("""
        BHXH TỈNH CÀ MAU NĂM 2019
        | Huyện | BHXH bắt buộc | BHXH tự nguyện | Tỷ lệ tham gia (%) |
        | Đầm Dơi | 7.000 | 2.000 | 9,0 |
        | Ngọc Hiển | 4.500 | 1.500 | 12,0 |
    """)
    assert "reading.rate_open" in rules(reading)


def test_a_payer_group_s_rate_is_its_coverage_or_its_share() -> None:
    table = """
        SỐ NGƯỜI THAM GIA BHYT TỈNH CÀ MAU NĂM 2019
        | Nhóm đối tượng | Số người tham gia | Tỷ lệ tham gia (%) |
        | NLĐ và NSDLĐ đóng | 100 | {} |
        | Tổ chức BHXH đóng | 50 | {} |
        | NSNN đóng | 500 | {} |
        | NSNN hỗ trợ đóng | 150 | {} |
        | Hộ gia đình | 200 | {} |
    """
    shares = told(read(table.format("10,0", "5,0", "50,0", "15,0", "20,0")))
    rates = told(read(table.format("96,0", "100", "100", "91,5", "60,2")))
    assert shares["C7"] == "Cà Mau bhyt_participant_share_pct@household 2019 20"
    assert rates["C7"] == "Cà Mau bhyt_card_coverage_pct@household 2019 60.2"


@pytest.mark.parametrize(("times", "group"), [(50, "@voluntary"), (150, "")])
def test_a_place_told_hundreds_of_times_settles_no_rate(times: int, group: str) -> None:
    """Every two counts of a place are tried; one of 150 rows was misread, so its are not."""
    *head, first, second = RATES.format(first="2,0", second="3,0").strip().splitlines()
    figures = told(read("\n".join([*head, *[first] * times, *[second] * times])))
    assert figures["E3"] == f"Đầm Dơi bhxh_coverage_pct{group} 2019 2"
