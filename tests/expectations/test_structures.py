"""Correct tables whose relations do not hold: another base, a part not listed, partial groups."""

from typing import TYPE_CHECKING

import pytest
from drawn import judged

from expectations.locate.locate import locate

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

DISTRICTS = ("608", "610", "611", "612", "613", "614", "615", "616", "617", "618")
PEOPLE = (158413, 45207, 38121, 60318, 26404, 24599, 61723, 44158, 24332, 10597)
POPULATIONS = (170021, 50134, 41002, 66120, 28341, 26077, 68219, 48310, 27145, 11206)
YEARS = (2015, 2016, 2017, 2018, 2019)


def line(meaning: str, cells: list[str]) -> str:
    return " | ".join([meaning, *cells])


def severities(connection: "DuckDBPyConnection") -> list[tuple[str, str]]:
    locate(connection, ["s1"])
    rows = connection.execute("SELECT DISTINCT rule, severity FROM finding ORDER BY ALL")
    return rows.fetchall()


def rates_on(share: str) -> str:
    """Ten districts whose rates were made with that many percent of the printed populations."""
    lines = [line("", ["2018"])]
    for code, people, population in zip(DISTRICTS, PEOPLE, POPULATIONS, strict=True):
        rate = 100 * people / (population * int(share) / 100)
        lines.append(line(f"{code}:bhyt_participants", [str(people)]))
        lines.append(line(f"{code}:population", [str(population)]))
        lines.append(line(f"{code}:bhyt_coverage_pct", [f"{rate:.1f}"]))
    return "\n".join(lines)


def test_rates_on_another_base_are_one_warning_and_blame_no_cell() -> None:
    """Every rate is some 2% too low: made with the year's end, printed beside the average."""
    with judged(t=rates_on("102")) as connection:
        assert severities(connection) == [("ratio_count_population", "warning")]
        rows = connection.execute(
            "SELECT culprit_cell, cause_id, message_vi, message_en FROM finding"
        ).fetchall()
    assert {cell for cell, *_ in rows} == {""}
    assert len({cause for _, cause, *_ in rows}) == 1
    assert all(
        "lệch về cùng một phía" in vi and "off to the same side" in en for *_, vi, en in rows
    )


def test_rates_ten_times_too_small_are_no_other_base() -> None:
    """A whole column with its separator lost is critical, whoever did it."""
    table = rates_on("1000")
    with judged(t=table) as connection:
        assert ("ratio_count_population", "critical") in severities(connection)


def years_of_districts(beside: int) -> str:
    """Five years of districts, and a province with `beside` people who belong to none."""
    figures = [[people + 97 * year * (place + 3) for year in range(5)]
               for place, people in enumerate(PEOPLE)]  # fmt: skip
    lines = [line("", [str(year) for year in YEARS])]
    for code, own in zip(DISTRICTS, figures, strict=True):
        lines.append(line(f"{code}:bhxh_participants", [str(one) for one in own]))
    totals = [
        sum(column) + beside + 11 * year for year, column in enumerate(zip(*figures, strict=True))
    ]
    return "\n".join([*lines, line("bhxh_participants", [str(one) for one in totals])])


def test_a_province_with_people_of_no_district_is_a_warning() -> None:
    """Offices of the province itself insure 4.200 people who are in no district's row."""
    with judged(t=years_of_districts(4200)) as connection:
        assert severities(connection) == [("sum_districts", "warning")]


def test_one_year_that_does_not_add_up_stays_critical() -> None:
    table = years_of_districts(0)
    right = table.splitlines()[-1].split(" | ")
    for place in range(2, 6):
        right[place] = str(int(right[place]) - 11 * (place - 1))
    wrong = [
        *right[:3],
        right[3].replace(right[3][-1], str((int(right[3][-1]) + 5) % 10)),
        *right[4:],
    ]
    with judged(t="\n".join([*table.splitlines()[:-1], " | ".join(wrong)])) as connection:
        assert ("sum_districts", "critical") in severities(connection)


SOME_GROUPS = """
                                                       | 2016   | 2017   | 2018
bhyt_participants@state_budget_full                    | 310522 | 312150 | 317198
bhyt_participants@state_budget_full/children_under_6   | 61022  | 61940  | 62417
bhyt_participants@state_budget_full/poor_ethnic        | 198340 | 199105 | 201877
"""
OVERLAPPING = """
                                                       | 2016   | 2017   | 2018
bhyt_participants@state_budget_partial                 | 110522 | 112150 | 117198
bhyt_participants@state_budget_partial/near_poor       | 61022  | 61940  | 62417
bhyt_participants@state_budget_partial/students        | 98340  | 99105  | 101877
"""


@pytest.mark.parametrize("table", [SOME_GROUPS, OVERLAPPING])
def test_groups_of_which_that_do_not_part_their_whole_raise_nothing_critical(table: str) -> None:
    """`Trong đó` lists a few, or pupils who are near poor are counted among both."""
    with judged(t=table) as connection:
        assert [one for one in severities(connection) if one[1] == "critical"] == []
