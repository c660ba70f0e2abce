"""Parts and their wholes, ceilings, and the same figure in two places."""

import pytest
from drawn import judged, statuses, verdict


@pytest.mark.parametrize(
    ("part", "status"), [("47390", "holds"), ("47391", "rounding"), ("47392", "fails")]
)
def test_an_indicator_is_not_above_the_one_that_holds_it(part: str, status: str) -> None:
    table = f" | 2013\nbhxh_participants | 47390\nbhtn_participants | {part}"
    assert verdict("indicator_le_indicator", t=table) == [status]


def test_the_whole_may_stand_in_another_table() -> None:
    parts, whole = " | 2013\nbhxh_participants | 47390", " | 2013\nlabour_force | 40970"
    assert verdict("indicator_le_indicator", a=parts, b=whole) == ["fails"]


def test_a_change_may_be_above_its_whole() -> None:
    table = """
                                                  | 2014
    bhyt_participants_change_prev_year            | 100
    bhyt_participants_change_prev_year@household  | 300
    """
    assert verdict("part_le_whole", t=table) == []


@pytest.mark.parametrize(
    ("rate", "status"), [("100.00", "holds"), ("100.04~0.05", "rounding"), ("945", "fails")]
)
def test_a_rate_is_at_most_100(rate: str, status: str) -> None:
    assert verdict("pct_le_100", t=f" | 2018\nbhyt_coverage_pct | {rate}") == [status]


@pytest.mark.parametrize(
    ("other", "status"),
    [("312150~5", "rounding"), ("312155~5", "rounding"), ("312156~5", "fails")],
)
def test_the_same_figure_agrees_between_tables(other: str, status: str) -> None:
    """A print to ten people (±5) against one to the unit (±0.5)."""
    first, second = (f" | 2009\nbhyt_participants | {figure}" for figure in ("312150", other))
    expected = "holds" if other == "312150~5" else status
    assert verdict("same_figure", a=first, b=second) == [expected]


def test_the_table_is_the_reference_of_its_note() -> None:
    table, note = (f" | 2016 plan\nbhyt_participants | {n}" for n in ("480195", "480197"))
    with judged(t=table, t_note=note) as connection:
        cells = connection.execute("SELECT part, sheet FROM finding_cell ORDER BY part").fetchall()
    assert cells == [("found", "t_note"), ("other", "t")]


def test_a_figure_printed_twice_in_one_table_is_summed_once_and_compared() -> None:
    table = """
                                 | 2018
    bhxh_participants            | 52617
    bhxh_participants@compulsory | 50820
    bhxh_participants@voluntary  | 1797
    bhxh_participants@voluntary  | 1979
    """
    with judged(t=table) as connection:
        assert statuses(connection, "sum_groups") == ["holds"]
        assert statuses(connection, "same_figure") == ["fails"]


def test_other_scenarios_periods_and_populations_are_other_figures() -> None:
    table = """
                      | 2018 | 2018 plan | 2019
    bhyt_participants | 10   | 20        | 30
    population        | 100  | 100       | 100
    population_avg    | 90   |           |
    """
    assert verdict("same_figure", t=table) == []
