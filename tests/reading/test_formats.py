"""Numbers and dates as their format codes print them, drawn as a table of examples."""

import datetime as dt
from decimal import Decimal

import pytest

from flows.reading.dates import from_serial, render_date
from flows.reading.formatcodes import BUILT_IN, is_date
from flows.reading.formats import exact, render

NUMBERS = [
    # stored              format                        text          printed    decimals percent
    ("0.946", "0.0%", "94.6%", "94.6", 1, True),
    ("0.94599999999999995", "0.0%", "94.6%", "94.6", 1, True),
    ("1.09", "0%", "109%", "109", 0, True),
    ("12.9", "0.00", "12.90", "12.90", 2, False),
    ("2.675", "0.00", "2.68", "2.68", 2, False),
    ("0.5", "0", "1", "1", 0, False),
    ("-0.4", "0", "0", "0", 0, False),
    ("519538", "#,##0", "519,538", "519538", 0, False),
    ("999.5", "#,##0", "1,000", "1000", 0, False),
    ("-823", "#,##0", "-823", "-823", 0, False),
    ("-823", "#,##0;(#,##0)", "(823)", "-823", 0, False),
    ("823", "#,##0;(#,##0)", "823", "823", 0, False),
    ("0", "#,##0;(#,##0)", "0", "0", 0, False),
    ("94.6", '0.0"%"', "94.6%", "94.6", 1, True),
    ("94.6", "0.0\\%", "94.6%", "94.6", 1, True),
    ("519538", "#,##0,", "520", "520", 0, False),
    ("519538", '#,##0.0," nghìn"', "519.5 nghìn", "519.5", 1, False),
    ("1234567", '0.0,,"tr"', "1.2tr", "1.2", 1, False),
    ("0", BUILT_IN[41], "-", "0", 0, False),
    ("0", BUILT_IN[43], "-", "0", 0, False),
    ("519538", BUILT_IN[41], "519,538", "519538", 0, False),
    ("-5", BUILT_IN[43], "(5.00)", "-5.00", 2, False),
    ("0", '_(* #,##0_);_(* "-"_)', "0", "0", 0, False),
    ("0", "#,##0;-#,##0;", "", "0", 0, False),
    ("312.15", "General", "312.15", "312.15", 2, False),
    ("2009", "General", "2009", "2009", 0, False),
    ("1E-7", "General", "0.0000001", "0.0000001", 7, False),
    ("1E+20", "General", "100000000000000000000", "100000000000000000000", 0, False),
    ("5", "@", "5", "5", 0, False),
    ("12.5", "0.##", "12.5", "12.5", 1, False),
    ("12", "0.##", "12.", "12", 0, False),
    ("0.5", "#.##", ".5", "0.5", 1, False),
    ("7", "000", "007", "7", 0, False),
    ("519538", '#"."##0', "519.538", "519538", 0, False),
    ("123456789", "000-000-000", "123-456-789", "123456789", 0, False),
    ("1234567", "#,##0 [$₫-42A]", "1,234,567 ₫", "1234567", 0, False),
    ("-12", "[Red]0.0;[Blue]-0.0", "-12.0", "-12.0", 1, False),
    ("5", '[<10]"ít";[>=10]0.0', "ít", None, None, False),
    ("15", '[<10]"ít";[>=10]0.0', "15.0", "15.0", 1, False),
    ("1.5", "# ?/?", "1.5", "1.5", 1, False),
    ("1500", "0.00E+00", "1500", "1500", 0, False),
    ("3", '0" người"', "3 người", "3", 0, False),
    ("3.25", '[Red]General" người"', "3.25 người", "3.25", 2, False),
]


@pytest.mark.parametrize(("stored", "code", "text", "printed", "decimals", "percent"), NUMBERS)
def test_a_number_is_printed_by_its_format(stored, code, text, printed, decimals, percent):
    shown = render(exact(stored), code)
    assert shown.text == text
    assert shown.printed == (None if printed is None else Decimal(printed))
    assert (shown.decimals, shown.percent) == (decimals, percent)


@pytest.mark.parametrize(
    ("stored", "typed"),
    [
        ("0.94599999999999995", "0.946"),
        ("0.1", "0.1"),
        ("1E3", "1000"),
        ("100.00", "100"),
        ("-1339", "-1339"),
        ("123456789012345678", "123456789012346000"),
        ("0.29999999999999999", "0.3"),
    ],
)
def test_stored_numbers_become_the_decimals_that_were_typed(stored, typed):
    assert str(exact(stored)) == typed


@pytest.mark.parametrize("stored", ["", "abc", "NaN", "Infinity", "1E999999999", "12,5"])
def test_what_is_no_number_is_refused(stored):
    with pytest.raises(ValueError):
        exact(stored)


def test_a_rounded_print_leaves_the_value_exact():
    assert render(Decimal("12.345"), "0.0").printed == Decimal("12.3")


NEW_YEARS_EVE = dt.datetime(2018, 12, 31, 15, 4, 5)


@pytest.mark.parametrize(
    ("code", "text"),
    [
        ("m/d/yyyy", "12/31/2018"),
        ("dd/mm/yyyy", "31/12/2018"),
        ("yyyy-mm-dd", "2018-12-31"),
        ("d-mmm-yy", "31-Dec-18"),
        ("[$-42A]dd mmmm yyyy", "31 December 2018"),
        ('"Ngày "dd" tháng "mm', "Ngày 31 tháng 12"),
        ("mm/yyyy", "12/2018"),
        ("yyyy", "2018"),
        ("h:mm AM/PM", "3:04 PM"),
        ("hh:mm:ss", "15:04:05"),
        ("dd\\/mm\\/yyyy;@", "31/12/2018"),
    ],
)
def test_a_date_is_printed_by_its_format(code, text):
    assert is_date(code)
    assert render_date(NEW_YEARS_EVE, code) == text


@pytest.mark.parametrize(
    "code", ["General", "0.00", "#,##0", '0" ngày"', "[Red]0", "0%", "@", "[h]:mm"]
)
def test_a_number_format_is_no_date(code):
    assert not is_date(code)


@pytest.mark.parametrize(
    ("serial", "from_1904", "moment"),
    [
        ("43465", False, dt.datetime(2018, 12, 31)),
        ("42003", True, dt.datetime(2018, 12, 31)),
        ("1", False, dt.datetime(1900, 1, 1)),
        ("59", False, dt.datetime(1900, 2, 28)),
        ("61", False, dt.datetime(1900, 3, 1)),
        ("43465.5", False, dt.datetime(2018, 12, 31, 12)),
        ("-1", False, None),
        ("99999999", False, None),
    ],
)
def test_serial_days_of_both_calendars(serial, from_1904, moment):
    assert from_serial(Decimal(serial), from_1904) == moment
