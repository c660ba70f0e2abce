"""Rates, shares and indices against their counts, and changes against the two years."""

import pytest
from drawn import judged, statuses, verdict

RATE = """
                  | 2018
population        | {d}
bhyt_participants | {n}
bhyt_coverage_pct | {r}
"""


def rate(n: str, d: str, r: str) -> list[str]:
    return verdict("ratio_count_population", t=RATE.format(n=n, d=d, r=r))


def test_a_rate_that_its_figures_round_to_holds() -> None:
    assert rate("491421", "519538", "94.6") == ["holds"]
    assert rate("491421", "519538", "94.59") == ["holds"]
    assert rate("491421", "519538", "94.5") == ["fails"]


@pytest.mark.parametrize(
    ("count", "status"),
    [
        # 50.0 stands for 49.95..50.05, the population for 149,950..200,050 at most.
        ("100150~50", "rounding"),  # (100150 - 50) / 200000 = 50.05: exactly on the edge
        ("100151~50", "fails"),  # one person beyond
    ],
)
def test_the_edge_of_the_interval_still_holds_by_rounding(count: str, status: str) -> None:
    assert rate(count, "199950~50", "50.0") == [status]


@pytest.mark.parametrize(("count", "status"), [("99850~50", "rounding"), ("99849~50", "fails")])
def test_the_lower_edge_still_holds_by_rounding(count: str, status: str) -> None:
    """(99850 + 50) / (200050 - 50) = 49.95."""
    assert rate(count, "200050~50", "50.0") == [status]


def test_a_rate_on_a_half_exactly_holds() -> None:
    assert rate("1001", "2000", "50.1") == ["holds"]
    assert rate("1001", "2000", "50.0") == ["holds"]


def test_a_rate_without_its_terms_is_unknown() -> None:
    assert verdict("ratio_count_population", t=" | 2018\nbhyt_coverage_pct | 90.79") == ["unknown"]
    assert rate("0", "0", "0.0") == ["unknown"]


def test_terms_in_the_own_table_go_before_those_elsewhere() -> None:
    own = RATE.format(n=945, d=1000, r="94.5")
    elsewhere = " | 2018\npopulation | 2000\nbhyt_participants | 900"
    assert verdict("ratio_count_population", t=own, u=elsewhere) == ["holds"]


def test_an_average_population_stands_in_and_every_count_is_tried() -> None:
    """Kon Tum 2015: 420.970 / 495.876 = 84,89, printed 85,01 beside one of the two counts."""
    note = " | 2015\npopulation_avg | 495876"
    counted = " | 2015\nbhyt_participants | 420970~5\nbhyt_coverage_pct | 85.01"
    groups = " | 2015\nbhyt_participants | 420970"
    rates_only = " | 2015\nbhyt_coverage_pct | 85.01"
    tables = {"a": counted, "b": rates_only, "b_note": note, "c": groups}
    with judged(**tables) as connection:
        assert statuses(connection, "ratio_count_population") == ["fails", "fails"]
        sheets = connection.execute(
            "SELECT DISTINCT sheet FROM finding WHERE rule = 'ratio_count_population'"
        ).fetchall()
        assert sheets == [("a",)]


def test_a_rate_beside_its_count_is_tested_before_one_beside_the_population() -> None:
    counted = " | 2015\nbhyt_participants | 420970\nbhyt_coverage_pct | 85.01"
    with_note = " | 2015\nbhyt_coverage_pct | 85.01\npopulation_avg | 495876"
    with judged(a=counted, b=with_note) as connection:
        assert statuses(connection, "ratio_count_population") == ["fails"]
        sheets = connection.execute(
            "SELECT finding_cell.sheet FROM finding_cell JOIN finding USING (finding_id) "
            "WHERE part = 'found' AND rule = 'ratio_count_population'"
        )
        assert sheets.fetchall() == [("a",)]


def test_a_population_goes_before_an_average_population() -> None:
    table = RATE.format(n=945, d=1000, r="94.5") + "population_avg | 1900"
    assert verdict("ratio_count_population", t=table) == ["holds"]


def test_a_share_is_its_part_over_the_total() -> None:
    table = """
                                         | 2018
    bhyt_participants                    | 474863
    bhyt_participants@household          | 60921
    bhyt_participant_share_pct@household | {0}
    """
    assert verdict("share_of_total", t=table.format("12.83")) == ["holds"]
    assert verdict("share_of_total", t=table.format("12.90")) == ["fails"]


CHANGE = """
                                   | 2014   | 2015 plan
bhyt_participants                  | 491421 | 475608
bhyt_participants_change_prev_year | 659    | {0}
"""


@pytest.mark.parametrize(
    ("change", "status"),
    [("-15813", "holds"), ("-15812", "rounding"), ("-15814", "rounding"), ("-15815", "fails")],
)
def test_a_change_is_this_year_less_last_year(change: str, status: str) -> None:
    """One and a half is explained by three figures; 2014 itself has no year before it."""
    assert verdict("change_prev_year", t=CHANGE.format(change)) == [status, "unknown"]


def test_an_index_is_this_year_over_last_year() -> None:
    table = """
                                          | 2014   | 2015 plan
    bhyt_participants                     | 491421 | 475608
    bhyt_participants_index_prev_year_pct |        | {0}
    """
    assert verdict("index_prev_year", t=table.format(97)) == ["holds"]
    assert verdict("index_prev_year", t=table.format(79)) == ["fails"]


@pytest.mark.parametrize(
    ("index", "change", "status"),
    [
        ("105.0", "5", "holds"),  # 105 / 100
        ("105.3", "5", "rounding"),  # 105.5 / 100.0 = 105.5, 104.5 / 99.0 = 105.56
        ("105.7", "5", "fails"),
        ("95.0", "-5", "rounding"),  # 104.5 / (104.5 + 5.5) = 95.0
        ("94.9", "-5", "fails"),
        ("95.9", "-5", "rounding"),  # 105.5 / 110.0 = 95.91
        ("96.0", "-5", "fails"),
    ],
)
def test_an_index_without_last_year_uses_the_change(index: str, change: str, status: str) -> None:
    table = f"""
                                          | 2014
    bhyt_participants                     | 105
    bhyt_participants_change_prev_year    | {change}
    bhyt_participants_index_prev_year_pct | {index}
    """
    assert verdict("index_prev_year", t=table) == [status]
