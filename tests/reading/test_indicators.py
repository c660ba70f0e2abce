"""Indicator codes from what labels say is counted and how."""

import pytest

from flows.reading.indicators import Words, resolve_indicator, units


def code(
    subject: str | None,
    *modifiers: str,
    scheme: str | None = "bhyt",
    care: str | None = None,
    scope: str | None = None,
    group: str = "total",
    payer: bool = False,
) -> str | None:
    words = Words(subject, frozenset(modifiers), scheme, care, scope, group, payer)
    return resolve_indicator(words)


@pytest.mark.parametrize("scheme", ["bhyt", "bhxh", "bhtn"])
def test_participants_of_each_scheme(scheme: str) -> None:
    assert code("participants", scheme=scheme) == f"{scheme}_participants"
    assert code("participants", "count", scheme=scheme) == f"{scheme}_participants"
    assert code("participants", "ratio", scheme=scheme) == f"{scheme}_coverage_pct"
    assert code("participants", "share", scheme=scheme) == f"{scheme}_participant_share_pct"
    assert (
        code("participants", "change", scheme=scheme) == f"{scheme}_participants_change_prev_year"
    )
    assert code("participants", "vs_plan", scheme=scheme) == f"{scheme}_participants_vs_plan_pct"
    assert (
        code("participants", "index", scheme=scheme) == f"{scheme}_participants_index_prev_year_pct"
    )


def test_a_comparison_without_saying_how() -> None:
    assert code("participants", "vs_previous") == "bhyt_participants_change_prev_year"
    assert code("participants", "vs_previous", "ratio") == "bhyt_participants_index_prev_year_pct"


@pytest.mark.parametrize("subject", ["population", "population_avg", "labour_force"])
def test_people_without_a_scheme(subject: str) -> None:
    assert code(subject, scheme=None) == subject


def test_no_scheme_no_indicator() -> None:
    assert code("participants", scheme=None) is None
    assert code("participants", "ratio", scheme=None) is None


def test_a_payer_groups_percentage_is_a_share_unless_it_says_of_what() -> None:
    assert code("participants", "ratio", group="household", payer=True) == (
        "bhyt_participant_share_pct"
    )
    assert code("participants", "ratio", "of_base", group="household", payer=True) == (
        "bhyt_coverage_pct"
    )


def test_cards_of_a_population_group() -> None:
    assert code("participants", "ratio", group="poor") == "bhyt_card_coverage_pct"
    assert code("participants", "card", "ratio") == "bhyt_card_coverage_pct"


@pytest.mark.parametrize(
    ("care", "indicator"),
    [
        (None, "bhyt_visits"),
        ("inpatient", "bhyt_visits_inpatient"),
        ("outpatient", "bhyt_visits_outpatient"),
    ],
)
def test_visits(care: str | None, indicator: str) -> None:
    assert code("visits", care=care) == indicator


def test_money() -> None:
    assert code("revenue") == "bhyt_revenue"
    assert code("revenue", scheme="bhxh") == "bhxh_revenue"
    assert code("revenue", "vs_plan") == "bhyt_revenue_vs_plan_pct"
    assert code("revenue", "vs_plan", scheme="bhtn") == "bhtn_revenue_vs_plan_pct"
    assert code("expenditure", scope="in_province") == "bhyt_expenditure_in_province"
    assert code("expenditure", scope="incl_out_of_province") == (
        "bhyt_expenditure_incl_out_of_province"
    )
    assert code("expenditure", scheme="bhxh") == "bhxh_expenditure"


def test_what_no_code_list_knows_is_none() -> None:
    assert code(None) in (None, "bhyt_participants")
    assert code("expenditure", "vs_plan", scheme="bhtn") is None
    assert code("participants", "growth", scheme="bhyt") is None


def test_staff_and_facilities_are_tallied() -> None:
    assert units()["bhyt_staff"] == ("staff", True)
    assert units()["bhyt_facilities"] == ("facilities", True)
    assert units()["bhyt_participants"] == ("people", False)
