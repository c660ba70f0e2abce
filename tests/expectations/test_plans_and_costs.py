"""Percent of plan, and spending told by cost item beside all spending."""

import pytest
from drawn import judged, statuses, verdict


@pytest.mark.parametrize(
    ("percent", "status"),
    # 66.240 / 65.000 = 101,908%; half a person each way moves it by 0,0016 points.
    [("101.9", "holds"), ("101.91", "holds"), ("102.0", "fails"), ("109.1", "fails")],
)
def test_a_percent_of_plan_is_the_actual_over_the_plan(percent: str, status: str) -> None:
    table = f"""
                                  | 2018 | 2018 plan
    bhyt_participants             | 66240 | 65000
    bhyt_participants_vs_plan_pct | {percent} |
    """
    assert verdict("plan_ratio", t=table) == [status]


@pytest.mark.parametrize("of_percent", ["2018 estimate", "2018"])
@pytest.mark.parametrize(("percent", "status"), [("101.9", "holds"), ("109.1", "fails")])
def test_an_estimate_is_measured_by_the_plan(of_percent: str, percent: str, status: str) -> None:
    table = """
                                  | 2018 estimate | 2018 plan
    bhyt_participants             | 66240 | 65000
    """
    rate = f" | {of_percent}\nbhyt_participants_vs_plan_pct | {percent}"
    assert verdict("plan_ratio", t=table, r=rate) == [status]


def test_an_edge_of_rounding_counts_as_rounding() -> None:
    """151,9 of 150,0 billion (half a tenth each way) is 101,2 to 101,3%, printed 101,30."""
    table = """
                         | 2018 | 2018 plan
    bhyt_revenue         | 151900000000~50000000 | 150000000000~50000000
    bhyt_revenue_vs_plan_pct | 101.33 |
    """
    assert verdict("plan_ratio", t=table) == ["rounding"]


def test_a_plan_in_another_table_serves_and_without_one_it_is_unknown() -> None:
    table = " | 2018\nbhyt_participants | 66240\nbhyt_participants_vs_plan_pct | 109.1"
    assert verdict("plan_ratio", t=table) == ["unknown"]
    plan = " | 2018 plan\nbhyt_participants | 65000"
    assert verdict("plan_ratio", t=table, p=plan) == ["fails"]


@pytest.mark.parametrize(
    ("by_cost", "status"),
    [("151904", "holds"), ("151905", "rounding"), ("151940", "fails")],
)
def test_spending_by_cost_item_is_all_spending(by_cost: str, status: str) -> None:
    table = f"""
                                               | 2018
    bhyt_expenditure_in_province               | 151904
    bhyt_expenditure_in_province@by_cost/total | {by_cost}
    """
    assert verdict("spending_by_cost_is_all_spending", t=table) == [status]


def test_the_sentence_says_both_totals() -> None:
    table = """
                                               | 2018
    bhyt_expenditure_in_province               | 151904
    bhyt_expenditure_in_province@by_cost/total | 151940
    """
    with judged(t=table) as connection:
        assert statuses(connection, "spending_by_cost_is_all_spending") == ["fails"]
        [(said,)] = connection.execute("SELECT message_vi FROM finding").fetchall()
    assert "tổng theo nhóm chi phí ghi 151940, tổng chi ghi 151904, lệch −36" in said
