"""From a figure's cell to its exact value: marks settled per table, units applied."""

from decimal import Decimal

import pytest

from tests.reading.draw import read, rules
from warehouse.model import Observation, Reading


def values(reading: Reading) -> dict[str, Decimal]:
    return {one.cell: one.value_literal for one in reading.observations}


def halves(reading: Reading) -> dict[str, Decimal]:
    return {one.cell: one.half_width for one in reading.observations}


def people(*texts: str, unit: str = "người") -> Reading:
    """A column of participants in a unit, one district a row."""
    names = ("Mường Tè", "Sìn Hồ", "Phong Thổ", "Than Uyên")
    body = "\n".join(f"| {name} | {text} |" for name, text in zip(names, texts, strict=False))
    return read(f"""
SỐ NGƯỜI THAM GIA BHYT TỈNH LAI CHÂU
Đơn vị tính: {unit}
| Đơn vị | Năm 2018 |
{body}""")


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("42.123", "42123"), ("42,123", "42123"), ("42 123", "42123"), ("42123", "42123"),
        ("=42123:#,##0", "42123"), ("=42123", "42123"), ("1.042.123", "1042123"),
        ("0", "0"), ("823", "823"),
    ],
)  # fmt: skip
def test_people_are_whole(text: str, value: str) -> None:
    assert values(people(text)) == {"B4": Decimal(value)}


def test_an_accounting_dash_is_zero() -> None:
    assert list(values(people("42.123", "-", "–")).values()) == [42123, 0, 0]


@pytest.mark.parametrize(
    ("texts", "found"),
    [
        (("42,1", "80,2"), ("42100", "80200")),
        (("42.1", "80.2"), ("42100", "80200")),
        (("42,123", "80,2"), ("42123", "80200")),
        (("1.042,1", "80,2"), ("1042100", "80200")),
        (("0,675", "80,123"), ("675", "80123")),
        (("=42.123:#,##0.0", "=80.2:#,##0.0"), ("42100", "80200")),
    ],
)
def test_thousands_of_people(texts: tuple[str, str], found: tuple[str, str]) -> None:
    read_values = values(people(*texts, unit="nghìn người"))
    assert tuple(str(value) for value in read_values.values()) == found


def test_more_people_than_any_province_has_are_no_thousands_of_thousands() -> None:
    """Under "nghìn người" 747,600 is 747.6 thousand."""
    reading = people("747,600", "42,100", unit="nghìn người")
    assert list(values(reading).values()) == [Decimal(747600), Decimal(42100)]


@pytest.mark.parametrize(
    ("text", "unit", "half"),
    [
        ("42.123", "người", "0.5"),
        ("42,1", "nghìn người", "50"),
        ("42,12", "nghìn người", "5"),
        ("42", "nghìn người", "500"),
    ],
)
def test_half_of_the_last_printed_digit(text: str, unit: str, half: str) -> None:
    assert list(halves(people(text, unit=unit)).values()) == [Decimal(half)]


def rates(*texts: str) -> list[str]:
    names = ("Mường Tè", "Sìn Hồ", "Phong Thổ", "Than Uyên")
    body = "\n".join(f"| {name} | {text} |" for name, text in zip(names, texts, strict=False))
    reading = read(f"TỶ LỆ BAO PHỦ BHYT TỈNH LAI CHÂU\n| Đơn vị | Năm 2018 |\n{body}")
    return [f"{one.value_literal:f}±{one.half_width:f}" for one in reading.observations]


def test_rates_have_decimals_whatever_their_mark() -> None:
    assert rates("94,6", "94.6", "94,60%", "95") == [
        "94.6±0.05",
        "94.6±0.05",
        "94.6±0.005",
        "95±0.5",
    ]
    assert rates("94,125", "94.125") == ["94.125±0.0005", "94.125±0.0005"]


def test_a_stored_fraction_is_what_its_format_prints() -> None:
    assert rates("=0.9461:0.0%", "=94.61:0.0", "=0.95:0%") == ["94.6±0.05", "94.6±0.05", "95±0.5"]


def test_facilities_are_tallied() -> None:
    [one] = read("""
        BHYT TỈNH LAI CHÂU
        | Chỉ tiêu                      | 2018 |
        | Số cơ sở khám chữa bệnh BHYT  | 115  |
    """).observations
    assert (one.indicator, one.value_literal, one.half_width) == ("bhyt_facilities", 115, 0)


def money(text: str, unit: str) -> Observation:
    [one] = read(f"""
        THU BHYT TỈNH LAI CHÂU
        | Chỉ tiêu            | 2018   |
        | Thu BHYT ({unit})   | {text} |
    """).observations
    return one


@pytest.mark.parametrize(
    ("text", "unit", "value", "half"),
    [
        ("412", "tỷ đồng", "412000000000", "500000000"),
        ("412,5", "tỷ đồng", "412500000000", "50000000"),
        ("412.500", "triệu đồng", "412500000000", "500000"),
        ("412.500.123", "nghìn đồng", "412500123000", "500"),
    ],
)
def test_money(text: str, unit: str, value: str, half: str) -> None:
    one = money(text, unit)
    assert (one.value_literal, one.half_width) == (Decimal(value), Decimal(half))


def test_a_table_that_mixes_forms_says_so() -> None:
    reading = people("42.123", "80.456", "70 789", "61.234")
    assert list(values(reading).values()) == [42123, 80456, 70789, 61234]
    assert rules(reading) == {"reading.mixed_forms"}
    [finding] = reading.findings
    assert [cell.cell for cell in finding.cells] == ["B6"]


def test_the_workbook_shows_how_its_clerk_writes() -> None:
    """`1.234` triệu đồng alone has two readings; beside 42.123 people the dot groups."""
    reading = read("""
        BHYT TỈNH LAI CHÂU
        | Chỉ tiêu                  | 2017   | 2018   |
        | Số người tham gia BHYT    | 42.123 | 43.456 |
        | Thu BHYT (triệu đồng)     | 1.234  | 1.345  |
    """)
    assert values(reading)["B4"] == 1_234_000_000
    english = read("""
        BHYT TỈNH LAI CHÂU
        | Chỉ tiêu                  | 2017   | 2018   |
        | Số người tham gia BHYT    | 42,123 | 43,456 |
        | Thu BHYT (tỷ đồng)        | 1.234  | 1.345  |
    """)
    assert values(english)["B4"] == 1_234_000_000


def test_negative_changes() -> None:
    reading = read("""
        BHYT TỈNH LAI CHÂU
        | Đơn vị   | Năm 2017 | Năm 2018 | Tăng, giảm so với năm trước |
        | Mường Tè | 42.123   | 41.300   | (823)                       |
        | Sìn Hồ   | 80.000   | 78.661   | -1.339                      |
    """)
    assert [values(reading)[cell] for cell in ("D3", "D4")] == [-823, -1339]
