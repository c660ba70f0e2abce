"""The sentences of findings, to the letter: figures as typed, arithmetic spelled out."""

from collections.abc import Iterator
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest
from truth_fixture import load_truth

from expectations.relations import judge
from expectations.typing_style import Typed, TypingStyle, style_of
from expectations.wording import NoSuchSentence, Sentence, sentence
from warehouse.database import open_memory

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection


@pytest.fixture(scope="module")
def samples() -> Iterator["DuckDBPyConnection"]:
    with open_memory() as connection:
        judge(connection, load_truth(connection))
        yield connection


@pytest.mark.parametrize(
    ("cell", "rule", "vi", "en"),
    [
        (
            "N17",
            "sum_districts",
            "Hà Giang, Số người tham gia BHYT, năm 2014, kế hoạch: 11 huyện cộng lại 748.190, "
            "toàn tỉnh ghi 752.190, lệch −4.000, làm tròn chỉ giải thích được 6.",
            "Hà Giang, Health insurance participants, 2014, plan: 11 districts add up to 748.190, "
            "the province says 752.190, off by −4.000, rounding explains at most 6.",
        ),
        (
            "E40",
            "share_of_total",
            "Kon Tum, Cơ cấu người tham gia BHYT, năm 2018: 60,921 / 474,863 = 12.83%, "
            "bảng ghi 12.90, lệch −0.07.",
            "Kon Tum, Share of health insurance participants, 2018: 60,921 / 474,863 = 12.83%, "
            "the table says 12.90, off by −0.07.",
        ),
        (
            "C102",
            "part_le_whole",
            "Kon Tum, Nhân lực làm BHYT, năm 2009: Tại Sở Y tế ghi 4, "
            "lớn hơn Thanh tra chuyên ngành về BHYT (3) là 1.",
            "Kon Tum, Health insurance staff, 2009: At the Department of Health says 4, "
            "above Inspectors (3) by 1.",
        ),
        (
            "C44",
            "same_figure",
            "Cao Bằng, Số người tham gia BHYT, năm 2016, kế hoạch: ô Bieu 01!C44 ghi 480.197, "
            "ô Bieu 01!I8 ghi 480.195, lệch −2.",
            "Cao Bằng, Health insurance participants, 2016, plan: cell Bieu 01!C44 says 480.197, "
            "cell Bieu 01!I8 says 480.195, off by −2.",
        ),
    ],
)
def test_a_finding_says_exactly_what_is_wrong(
    samples: "DuckDBPyConnection", cell: str, rule: str, vi: str, en: str
) -> None:
    told = samples.execute(
        "SELECT DISTINCT message_vi, message_en FROM finding JOIN finding_cell USING (finding_id) "
        "WHERE cell = ? AND part = 'found' AND rule = ?",
        [cell, rule],
    ).fetchall()
    assert told == [(vi, en)]


def test_the_shares_are_spelled_out(samples: "DuckDBPyConnection") -> None:
    told = samples.execute("SELECT message_vi FROM finding WHERE rule = 'pct_sum_100'").fetchall()
    assert told == [
        (
            "Kon Tum, Cơ cấu người tham gia BHYT, năm 2018: 5 nhóm (8.13 + 1.82 + 66.80 + 10.42 + "
            "12.90) cộng lại 100.07%, phải là 100%, lệch 0.07, làm tròn chỉ giải thích được 0.025.",
        )
    ]


def test_figures_printed_in_two_units_are_told_in_one(samples: "DuckDBPyConnection") -> None:
    """Table I prints `420.97` thousand people, the note `495.876` people."""
    told = samples.execute(
        "SELECT message_vi FROM finding WHERE rule = 'ratio_count_population' "
        "AND submission_id LIKE 'kon-tum%' ORDER BY message_vi"
    ).fetchall()
    assert "420,970 / 495.876 = 84,89%" in told[0][0]
    assert "420.970 / 495.876 = 84,89%" in told[1][0]


@pytest.mark.parametrize(
    ("texts", "style"),
    [
        (["752.190"], (".", ",")),
        (["474,863"], (",", ".")),
        (["3 729"], (" ", ",")),
        (["659", "475.608"], (".", ",")),
        (["12.90:2"], (",", ".")),
        (["15,2:1"], (".", ",")),
        (["1.234,5:1"], (".", ",")),
        (["34110"], (".", ",")),
    ],
)
def test_the_clerks_marks_are_seen(texts: list[str], style: tuple[str, str]) -> None:
    typed = []
    for text in texts:
        figure, _, decimals = text.partition(":")
        typed.append(Typed(figure, Decimal(0), Decimal("0.5"), int(decimals or 0)))
    seen = style_of(typed)
    assert (seen.thousands, seen.decimal) == style


def test_a_computed_figure_is_written_in_the_printed_unit() -> None:
    thousands = TypingStyle(".", ",", Decimal(1000))
    assert thousands.written(Decimal(502_100), 1) == "502,1"
    assert TypingStyle().written(Decimal(-4000), 0) == "−4.000"


def test_a_missing_sentence_or_fact_is_named() -> None:
    with pytest.raises(NoSuchSentence, match=r"words\.moon"):
        sentence("words.moon")
    with pytest.raises(NoSuchSentence, match="count"):
        sentence("words.groups")
    assert sentence("words.groups", {"count": "5"}) == Sentence("5 nhóm", "5 groups")
