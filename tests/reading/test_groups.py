"""Group codes from chains of group names, and which indicators they divide."""

import pytest

from flows.reading.groups import fits, implied_subject, payer_groups, resolve_group
from warehouse.reference import groups


@pytest.mark.parametrize(
    ("named", "code"),
    [
        ((), "total"),
        (("household",), "household"),
        (("students",), "students"),
        (("state_budget_partial", "students"), "state_budget_partial/students"),
        (("workers",), "employee_employer/workers"),
        (("employee_employer", "workers"), "employee_employer/workers"),
        (("household", "household"), "household/households"),
        (("drugs",), "by_cost/drugs"),
        (("by_cost/total", "drugs"), "by_cost/drugs"),
        (("si_sector", "province_tier"), "si_sector/province_tier"),
        (("province_tier",), "province_tier"),
        (("compulsory",), "compulsory"),
        (("nobody",), None),
    ],
)
def test_chains(named: tuple[str, ...], code: str | None) -> None:
    assert resolve_group(named) == code


def test_every_code_is_the_end_of_some_chain() -> None:
    missed = [
        group.code
        for group in groups()
        if group.code not in {resolve_group(_chain(group.code)), resolve_group((group.code,))}
    ]
    assert missed == []


def _chain(code: str) -> tuple[str, ...]:
    return tuple(code.split("/"))


@pytest.mark.parametrize(
    ("group", "indicator", "possible"),
    [
        ("total", "population", True),
        ("household", "bhyt_participants", True),
        ("household", "bhyt_participant_share_pct", True),
        ("household", "population", False),
        ("compulsory", "bhxh_participants", True),
        ("compulsory", "bhyt_visits", False),
        ("by_cost/drugs", "bhyt_expenditure_in_province", True),
        ("by_cost/drugs", "bhyt_visits", False),
        ("female", "population", True),
    ],
)
def test_what_a_group_divides(group: str, indicator: str, possible: bool) -> None:
    assert fits(group, indicator) is possible


def test_what_a_group_can_only_be_part_of() -> None:
    assert implied_subject("by_cost/drugs") == "expenditure"
    assert implied_subject("health_sector/inspectors") == "staff"
    assert implied_subject("household") is None


def test_payer_groups_have_their_sub_groups() -> None:
    payers = payer_groups()
    assert {"household", "si_agency", "si_agency/pensioners"} <= payers
    assert not {"total", "compulsory", "poor", "by_cost/drugs"} & payers
