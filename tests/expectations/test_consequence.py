"""The score of a finding: how far outside × the people affected; the most consequential first."""

from decimal import Decimal
from typing import TYPE_CHECKING

import pytest
from drawn import judged

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection


def scores(connection: "DuckDBPyConnection") -> dict[str, float]:
    return dict(connection.execute("SELECT rule, max(score) FROM finding GROUP BY rule").fetchall())


def test_people_too_many_count_themselves() -> None:
    """Two groups make 52.617, the total says 52.671: 53 more than their rounding allows."""
    table = """
                                  | 2018
    bhxh_participants             | 52671
    bhxh_participants@compulsory  | 50820
    bhxh_participants@voluntary   | 1797
    """
    with judged(t=table) as connection:
        assert scores(connection) == {"sum_groups": 53.0}


def test_points_of_a_rate_are_of_the_people_they_are_about() -> None:
    """491.421 of 519.538 are 94,588%; 96,4% is nearly two points off, of 519.538 people."""
    table = """
                       | 2014
    bhyt_participants  | 491421
    population         | 519538
    bhyt_coverage_pct  | 96.4
    """
    with judged(t=table) as connection:
        [(found, high)] = connection.execute(
            "SELECT found, expected_high FROM finding WHERE rule = 'ratio_count_population'"
        ).fetchall()
        people = (found - high) / 100 * Decimal(519538)
        assert scores(connection)["ratio_count_population"] == pytest.approx(float(people))
        assert 9_000 < people < 10_000


@pytest.mark.parametrize(("total", "share"), [("151940", 36 / 151940), ("303808", 0.5)])
def test_of_money_the_part_that_is_off_is_of_the_people_insured(total: str, share: float) -> None:
    table = f"""
                                                       | 2014
    bhyt_participants                                  | 491421
    bhyt_expenditure_in_province                       | {total}
    bhyt_expenditure_in_province@by_cost/total         | 151904
    """
    with judged(t=table) as connection:
        score = scores(connection)["spending_by_cost_is_all_spending"]
    assert score == pytest.approx(share * 491421, rel=0.05)
