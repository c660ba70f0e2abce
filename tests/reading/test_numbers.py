"""Numbers as clerks type them are read back exactly, and their marks prove only what they prove."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.reading.numbers import (
    Mark,
    choose_marks,
    evidence,
    is_dash,
    is_missing,
    is_well_formed,
    read_number,
    take_apart,
)

VIETNAMESE: dict[str, Mark] = {".": "group", ",": "decimal"}
ENGLISH: dict[str, Mark] = {".": "decimal", ",": "group"}


def read(text: str, marks: dict[str, Mark]) -> tuple[Decimal, int] | None:
    typed = take_apart(text)
    assert typed is not None, text
    return read_number(typed, marks)


@pytest.mark.parametrize(
    ("text", "value", "decimals"),
    [
        ("519.538", "519538", 0),
        ("502,1", "502.1", 1),
        ("0,675", "0.675", 3),
        ("94,6%", "94.6", 1),
        ("94,6 %", "94.6", 1),
        ("3 729", "3729", 0),
        ("3\u00a0729", "3729", 0),
        ("3\u202f729,5", "3729.5", 1),
        ("34110", "34110", 0),
        ("(823)", "-823", 0),
        ("-1.339", "-1339", 0),
        ("−1.339", "-1339", 0),
        ("+1.500", "1500", 0),
        ("-", "0", 0),
        ("–", "0", 0),
        ("387.113 ", "387113", 0),
        ("\u00a0387.113\u00a0", "387113", 0),
        ("1.234.567,89", "1234567.89", 2),
        ("1'234'567", "1234567", 0),
        ("100", "100", 0),
        ("0", "0", 0),
        ("95,0", "95.0", 1),
    ],
)
def test_vietnamese_forms(text: str, value: str, decimals: int) -> None:
    assert read(text, VIETNAMESE) == (Decimal(value), decimals)


@pytest.mark.parametrize(
    ("text", "value", "decimals"),
    [
        ("747,600", "747600", 0),
        ("387,113 ", "387113", 0),
        ("95.28", "95.28", 2),
        ("1,234,567.8", "1234567.8", 1),
    ],
)
def test_english_forms(text: str, value: str, decimals: int) -> None:
    assert read(text, ENGLISH) == (Decimal(value), decimals)


def test_the_same_text_has_two_readings() -> None:
    assert read("747,600", VIETNAMESE) == (Decimal("747.600"), 3)
    assert read("747,600", ENGLISH) == (Decimal("747600"), 0)


@pytest.mark.parametrize(
    "text",
    [
        "", " ", "người", "12/31", "12-01-2010", "1.234 người", "(823", "823)", "~110.000",
        "1..2", "1.", "3 72 9", "12 3456", "2016-2018", "%", "I", "1a",
    ],
)  # fmt: skip
def test_what_is_not_one_number(text: str) -> None:
    assert take_apart(text) is None


@pytest.mark.parametrize(
    ("text", "marks"),
    [
        ("502,1", ENGLISH),
        ("1.234.56", VIETNAMESE),
        ("1234.567", VIETNAMESE),
        ("1,2,3", VIETNAMESE),
        ("1,234.567", VIETNAMESE),
        (".5", VIETNAMESE),
    ],
)
def test_a_reading_that_the_digits_refuse(text: str, marks: dict[str, Mark]) -> None:
    typed = take_apart(text)
    assert typed is None or read_number(typed, marks) is None


@pytest.mark.parametrize(
    ("text", "proof"),
    [
        ("519.538", {}),
        ("747,600", {}),
        ("95,28", {",": "decimal"}),
        ("502,1", {",": "decimal"}),
        ("0,675", {",": "decimal"}),
        ("1234.567", {".": "decimal"}),
        ("1.234.567", {".": "group"}),
        ("1.234,5", {".": "group", ",": "decimal"}),
        ("1,234.567", {",": "group", ".": "decimal"}),
        ("3 729", {" ": "group"}),
        ("34110", {}),
        ("-", {}),
    ],
)
def test_what_a_form_proves(text: str, proof: dict[str, Mark]) -> None:
    typed = take_apart(text)
    assert typed is not None
    assert evidence(typed) == proof


def typed_as(value: Decimal, group: str, decimal: str) -> str:
    """A number in a convention: `1.234,5` groups by `.` and marks decimals by `,`."""
    return f"{value:,f}".replace(",", "\0").replace(".", decimal).replace("\0", group)


CONVENTIONS = [(".", ","), (",", "."), (" ", ","), ("\u00a0", ","), ("", ","), ("", ".")]
figures = st.decimals(min_value=0, max_value=10**12, places=None, allow_nan=False).map(
    lambda value: value.quantize(Decimal(1))
) | st.integers(0, 6).flatmap(lambda places: st.decimals(0, 10**9, places=places))


@given(value=figures, convention=st.sampled_from(CONVENTIONS), negative=st.booleans())
def test_any_number_reads_back_under_its_own_convention(
    value: Decimal, convention: tuple[str, str], negative: bool
) -> None:
    group, decimal = convention
    typed = take_apart(("-" if negative else "") + typed_as(value, group, decimal))
    assert typed is not None
    marks: dict[str, Mark] = {group: "group", decimal: "decimal"}
    number = read_number(typed, marks)
    assert number == (-value if negative else value, max(0, -int(value.as_tuple().exponent)))


@given(value=figures, convention=st.sampled_from(CONVENTIONS))
def test_evidence_never_lies(value: Decimal, convention: tuple[str, str]) -> None:
    group, decimal = convention
    text = typed_as(value, group, decimal)
    if decimal in text and group == "" and len(text.partition(decimal)[2]) == 3:
        text = text[:-1]  # 234,567 without grouping is written like a grouped number
    typed = take_apart(text)
    assert typed is not None
    for mark, meaning in evidence(typed).items():
        if mark == decimal and "." in f"{value:f}" and text.count(mark) == 1:
            assert meaning == "decimal"
        else:
            assert meaning == "group"


@given(value=figures, convention=st.sampled_from(CONVENTIONS))
def test_evidence_is_always_a_possible_reading(value: Decimal, convention: tuple[str, str]) -> None:
    typed = take_apart(typed_as(value, *convention))
    assert typed is not None
    assert is_well_formed(typed, evidence(typed))


def numbers(*texts: str) -> list:
    return [typed for text in texts if (typed := take_apart(text))]


def test_one_proof_settles_its_table() -> None:
    assert choose_marks(numbers("27,340", "95,28"), VIETNAMESE) == VIETNAMESE
    assert choose_marks(numbers("27,340", "1,234,567"), VIETNAMESE) == ENGLISH


def test_a_mark_is_settled_by_the_other_one() -> None:
    assert choose_marks(numbers("27.340", "95,2"), ENGLISH)["."] == "group"


def test_nothing_proven_is_read_as_usual() -> None:
    assert choose_marks(numbers("27.340", "1.000"), VIETNAMESE) == VIETNAMESE
    assert choose_marks(numbers("27.340", "1.000"), ENGLISH) == ENGLISH


def test_of_contradicting_proofs_the_more_frequent_counts() -> None:
    assert choose_marks(numbers("1.234.567", "2.345.678", "12.5"), ENGLISH)["."] == "group"


@pytest.mark.parametrize("text", ["-", " - ", "–", "—", "\u00a0-\u00a0", "--"])
def test_dashes_are_zero(text: str) -> None:
    assert is_dash(text)
    assert take_apart(text) is not None


@pytest.mark.parametrize("text", ["…", "...", "x", " X ", "n/a"])
def test_marks_of_a_missing_figure(text: str) -> None:
    assert is_missing(text)
    assert not is_dash(text)


def test_minus_zero_is_zero() -> None:
    number = read("-0", VIETNAMESE)
    assert number is not None
    assert not number[0].is_signed()
