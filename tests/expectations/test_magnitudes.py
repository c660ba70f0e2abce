"""Sizes that are possible: people at a level, money and visits a head."""

import pytest
from drawn import judged, verdict


@pytest.mark.parametrize(
    ("people", "status"),
    [("100", "holds"), ("99", "fails"), ("2000000", "holds"), ("2000001", "fails"), ("0", None)],
)
def test_a_district_has_people_but_not_millions(people: str, status: str | None) -> None:
    table = f" | 2018\n608:population | {people}~0"
    assert verdict("people_possible_at_level", t=table) == ([status] if status else [])


@pytest.mark.parametrize(
    ("people", "status"), [("312150", "holds"), ("312", "fails"), ("312150000", "fails")]
)
def test_a_province_is_neither_a_village_nor_a_country(people: str, status: str) -> None:
    assert verdict("people_possible_at_level", t=f" | 2018\nbhyt_participants | {people}") == [
        status
    ]


@pytest.mark.parametrize(
    ("money", "status"),
    # From 10 thousand to 20 million VND a head of 312.150.
    [
        ("3121500000~0", "holds"),
        ("3121499999~0", "fails"),
        ("6243000000000~0", "holds"),
        ("6243000000001~0", "fails"),
    ],
)
def test_money_a_head_is_possible(money: str, status: str) -> None:
    table = f" | 2018\nbhyt_participants | 312150\nbhyt_revenue | {money}"
    assert verdict("possible_per_head", t=table) == [status]


def test_visits_a_head_are_possible() -> None:
    table = " | 2018\nbhyt_participants | 100000\nbhyt_visits | {}"
    assert verdict("possible_per_head", t=table.format("150000")) == ["holds"]
    assert verdict("possible_per_head", t=table.format("2700000")) == ["fails"]


def test_the_sentence_asks_for_the_unit() -> None:
    with judged(t=" | 2018\nbhyt_participants | 312") as connection:
        [(severity, said)] = connection.execute(
            "SELECT severity, message_en FROM finding"
        ).fetchall()
    assert severity == "warning"
    assert said.endswith("impossible at this level (100.000 – 20.000.000). Check the unit.")
