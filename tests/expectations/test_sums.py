"""Sums of groups, sub-groups, districts, components and shares: what holds and what fails."""

import pytest
from drawn import judged, statuses, store, verdict
from truth_fixture import load

from expectations.relations import judge
from warehouse.database import open_memory

PAYERS = """
                                           | 2018
bhyt_participants                          | {total}
bhyt_participants@employee_employer        | 38603
bhyt_participants@si_agency                | 8649
bhyt_participants@state_budget_full        | 317219
bhyt_participants@state_budget_partial     | 49471
bhyt_participants@household                | 60921
"""
STAFF = """
                                                     | 2009 | 2015 | 2018
bhyt_staff@health_sector/inspectors                  | 3    | 3    | 3
bhyt_staff@health_sector/inspectors/at_department    | {c}  | 3    | 3
"""


@pytest.mark.parametrize(
    ("total", "status"),
    [
        ("474863", "holds"),
        ("474864", "rounding"),
        ("474866", "rounding"),  # six figures printed to the unit explain three people
        ("474867", "fails"),
        ("474860", "rounding"),
        ("474859", "fails"),
    ],
)
def test_groups_add_up_to_the_total_within_what_rounding_explains(total: str, status: str) -> None:
    assert verdict("sum_groups", t=PAYERS.format(total=total)) == [status]


def test_tallied_figures_have_no_rounding() -> None:
    table = """
                                        | 2009
    bhyt_staff@si_sector                | {total}
    bhyt_staff@si_sector/province_tier  | 8
    bhyt_staff@si_sector/district_tier  | 10
    """
    assert verdict("sum_subgroups", t=table.format(total=18)) == ["holds"]
    assert verdict("sum_subgroups", t=table.format(total=19)) == ["fails"]


def test_a_blank_group_counts_as_nothing() -> None:
    table = """
                                            | 2009   | 2015
    bhyt_participants                       | 312150 | 420970
    bhyt_participants@employee_employer     | 28651  | 37108
    bhyt_participants@si_agency             | 4893   | 7114
    bhyt_participants@state_budget_full     | 271106 | 299175
    bhyt_participants@state_budget_partial  |        | 52817
    bhyt_participants@household             | 7500   | 24756
    """
    assert verdict("sum_groups", t=table) == ["holds", "holds"]


def test_a_blank_that_could_not_be_read_is_not_nothing() -> None:
    table = """
                                            | 2015   | 2018
    bhxh_participants                       | 49700  | 52617
    bhxh_participants@compulsory            | 47935  | 50820
    bhxh_participants@voluntary             | 1765   |
    """
    unread = {"table_id": "", "sheet": "t", "cell": "C4", "row_number": 4, "column_number": 3}
    with open_memory() as connection:
        store(connection, "s1", t=table)
        cell = {"submission_id": "s1", **unread, "typed_text": "1.7?7", "role": "unread", "why": ""}
        load(connection, "cell", [cell])
        judge(connection, ["s1"])
        assert statuses(connection, "sum_groups") == ["holds", "unknown"]


def test_groups_that_are_only_some_of_them_are_not_judged_as_a_sum() -> None:
    table = """
                                         | 2018
    bhyt_participants                    | 474863
    bhyt_participants@si_agency          | 8649
    bhyt_participants@household          | 60921
    """
    with judged(t=table) as connection:
        assert statuses(connection, "sum_groups") == ["unknown"]
        assert statuses(connection, "part_le_whole") == ["holds", "holds"]


def test_the_table_teaches_which_sub_groups_make_their_group() -> None:
    assert verdict("sum_subgroups", t=STAFF.format(c=3)) == ["holds"] * 3
    assert sorted(verdict("sum_subgroups", t=STAFF.format(c=4))) == ["fails", "holds", "holds"]
    assert sorted(verdict("part_le_whole", t=STAFF.format(c=4))) == ["fails", "holds", "holds"]


def test_sub_groups_that_never_make_their_group_are_left_alone() -> None:
    table = """
                                                          | 2017   | 2018
    bhyt_participants@state_budget_full                   | 311000 | 317219
    bhyt_participants@state_budget_full/children_under_6  | 60000  | 61000
    """
    with judged(t=table) as connection:
        assert "fails" not in statuses(connection, "sum_subgroups")
        assert statuses(connection, "part_le_whole") == ["holds", "holds"]


def test_the_total_may_stand_in_another_table() -> None:
    groups = """
                                  | 2018
    bhxh_participants@compulsory  | 50820
    bhxh_participants@voluntary   | 1797
    """
    total = """
                      | 2018
    bhxh_participants | {0}
    """
    assert verdict("sum_groups", a=groups, b=total.format(52617)) == ["holds"]
    assert verdict("sum_groups", a=groups, b=total.format(52671)) == ["fails"]
    two = {"b": total.format(52617), "c": total.format(52671)}
    assert verdict("sum_groups", a=groups, **two) == ["holds", "fails"]


DISTRICTS = ("608", "610", "611", "612", "613", "614", "615", "616", "617", "618")


def districts(codes: tuple[str, ...], total: int) -> str:
    rows = [f"{code}:bhyt_participants | 1000" for code in codes]
    return "\n".join([" | 2018", *rows, f"bhyt_participants | {total}"])


def test_all_districts_of_the_province_add_up_to_it() -> None:
    assert verdict("sum_districts", t=districts(DISTRICTS, 10_000)) == ["holds"]
    assert verdict("sum_districts", t=districts(DISTRICTS, 10_005)) == ["rounding"]
    assert verdict("sum_districts", t=districts(DISTRICTS, 10_006)) == ["fails"]


def test_some_districts_of_the_province_are_unknown_to_add_up() -> None:
    assert verdict("sum_districts", t=districts(DISTRICTS[:5], 9_000)) == ["unknown"]


def test_a_district_founded_later_is_not_missed_in_earlier_years() -> None:
    """Ia H'Drai (618) exists since 2015: a table of 2014 is complete without it."""
    drawing = districts(DISTRICTS[:-1], 9_100).replace("2018", "2014")
    assert verdict("sum_districts", t=drawing) == ["fails"]
    assert verdict("sum_districts", t=drawing.replace("9100", "9000")) == ["holds"]


def test_visits_are_inpatient_and_outpatient() -> None:
    table = """
                           | 2009
    bhyt_visits            | {0}
    bhyt_visits_inpatient  | 24878
    bhyt_visits_outpatient | 362235
    """
    assert verdict("sum_indicators", t=table.format(387113)) == ["holds"]
    assert verdict("sum_indicators", t=table.format(387131)) == ["fails"]


SHARES = """
                                                | 2018
bhyt_participant_share_pct@employee_employer    | 8.13
bhyt_participant_share_pct@si_agency            | 1.82
bhyt_participant_share_pct@state_budget_full    | 66.80
bhyt_participant_share_pct@state_budget_partial | 10.42
bhyt_participant_share_pct@household            | {0}
"""


@pytest.mark.parametrize(
    ("share", "status"),
    [
        ("12.83", "holds"),
        ("12.90", "fails"),
        ("12.855~0.005", "rounding"),  # five half-widths of 0.005 explain exactly 0.025
        ("12.856~0.005", "fails"),
    ],
)
def test_shares_add_up_to_100(share: str, status: str) -> None:
    assert verdict("pct_sum_100", t=SHARES.format(share)) == [status]


def test_a_sum_off_by_more_than_three_standard_deviations_is_improbable() -> None:
    """Ten districts and their province: rounding explains 5.5, its three deviations are 2.9."""
    for total, improbable in ((10_002, False), (10_003, True)):
        with judged(t=districts(DISTRICTS, total)) as connection:
            query = "SELECT status, improbable FROM relation WHERE rule = 'sum_districts'"
            assert connection.execute(query).fetchall() == [("rounding", improbable)]
            found = connection.execute(
                "SELECT rule, severity FROM finding WHERE rule LIKE 'sum%'"
            ).fetchall()
            assert found == ([("sum_districts", "warning")] if improbable else [])


def test_hidden_figures_enter_no_relation() -> None:
    with judged(hidden_draft=PAYERS.format(total=1), t=PAYERS.format(total=474863)) as connection:
        assert statuses(connection, "sum_groups") == ["holds"]
        assert statuses(connection, "same_figure") == []


def test_figures_larger_than_any_report_prints_do_not_break_a_rule() -> None:
    table = """
                                 | 2018
    bhyt_revenue                 | 99999999999999999999999
    bhxh_participants            | 9999999999999999999
    bhxh_participants@compulsory | 9999999999999999998
    bhxh_participants@voluntary  | 1
    labour_force                 | 9999999999999999999
    bhxh_coverage_pct            | 99999999.99
    """
    with open_memory() as connection:
        store(connection, "s1", t=table)
        results = judge(connection, ["s1"])
    assert [result.error for result in results if result.error] == []
    assert {result.rule: result.holds for result in results}["sum_groups"] == 1


def nine_years(last: int, others_off_by: int = 0) -> str:
    """Ten districts of 1.000 in nine years; the province of each year, the last as given."""
    heads = " | " + " | ".join(str(2010 + n) for n in range(9))
    rows = [f"{code}:population | " + " | ".join(["1000"] * 9) for code in DISTRICTS]
    totals = [10_000 + others_off_by, *([10_000] * 7), last]
    return "\n".join([heads, *rows, "population | " + " | ".join(map(str, totals))])


@pytest.mark.parametrize(
    ("last", "others_off_by", "improbable"),
    [(10_000, 0, 0), (10_001, 0, 0), (10_002, 0, 1), (9_998, 0, 1), (10_002, 1, 0)],
)
def test_where_all_other_sums_are_exact_one_off_by_two_is_improbable(
    last: int, others_off_by: int, improbable: int
) -> None:
    """Rounding would explain 5.5; but figures that add up to the unit eight times were counted."""
    with judged(t=nine_years(last, others_off_by)) as connection:
        rows = connection.execute(
            "SELECT f.severity FROM finding f WHERE f.rule = 'sum_districts'"
        ).fetchall()
    assert rows == [("warning",)] * improbable


BLANKS = """
                                           | 2017   | 2018
bhyt_participants                          | 470000 | {total}
bhyt_participants@employee_employer        | 38000  | 38603
bhyt_participants@si_agency                | 8600   | {agency}
bhyt_participants@state_budget_full        | 315000 | 317219
bhyt_participants@state_budget_partial     | 48400  | 49471
bhyt_participants@household                | 60000  | 60921
"""


@pytest.mark.parametrize(
    ("total", "agency", "statuses_of_2018"),
    [
        ("474863", "8649", ["holds"]),
        ("466214", "", ["holds"]),  # a blank that means zero
        ("466216", "", ["rounding"]),
        ("474863", "", ["unknown"]),  # 8.649 were not typed: a term is missing, nothing is wrong
        ("466000", "", ["fails"]),  # the others alone exceed the total, whatever the blank means
    ],
)
def test_a_part_that_was_not_typed_makes_a_sum_unknown_never_wrong(
    total: str, agency: str, statuses_of_2018: list[str]
) -> None:
    with judged(t=BLANKS.format(total=total, agency=agency)) as connection:
        rows = connection.execute(
            "SELECT status FROM relation WHERE rule = 'sum_groups' AND found <> 470000"
        ).fetchall()
        assert [status for (status,) in rows] == statuses_of_2018
        critical = connection.execute("SELECT rule FROM finding WHERE severity = 'critical'")
        assert critical.fetchall() == [("sum_groups",)] * statuses_of_2018.count("fails")


def test_a_group_that_did_not_exist_then_is_no_missing_part() -> None:
    """Ia H'Drai (618) was founded in 2015: its blank of 2014 hides no error of the others."""
    rows = [f"{code}:bhyt_participants | 1000 | 1000" for code in DISTRICTS[:-1]]
    table = "\n".join(
        [
            " | 2014 | 2018",
            *rows,
            "618:bhyt_participants | | 1000",
            "bhyt_participants | {} | 10000",
        ]
    )
    assert verdict("sum_districts", t=table.format(9000)) == ["holds", "holds"]
    assert verdict("sum_districts", t=table.format(9100)) == ["fails", "holds"]


def test_a_district_without_its_figure_leaves_the_province_unknown() -> None:
    rows = [f"{code}:bhyt_participants | 1000 | 1000" for code in DISTRICTS[1:]]
    head = [" | 2017 | 2018", "608:bhyt_participants | 1000 | "]
    table = "\n".join([*head, *rows, "bhyt_participants | 10000 | 10000"])
    assert sorted(verdict("sum_districts", t=table)) == ["holds", "unknown"]


def test_a_share_that_was_not_typed_leaves_the_hundred_unknown() -> None:
    """8,13 + 66,80 + 10,42 + 12,83 = 98,18 and a blank; 119,18 is too much with any blank."""
    table = """
                                                    | 2017  | 2018
    bhyt_participant_share_pct@employee_employer    | 8.13  | 8.13
    bhyt_participant_share_pct@si_agency            | 1.82  |
    bhyt_participant_share_pct@state_budget_full    | 66.80 | {0}
    bhyt_participant_share_pct@state_budget_partial | 10.42 | 10.42
    bhyt_participant_share_pct@household            | 12.83 | 12.83
    """
    assert sorted(verdict("pct_sum_100", t=table.format("66.80"))) == ["holds", "unknown"]
    assert sorted(verdict("pct_sum_100", t=table.format("87.80"))) == ["fails", "holds"]


def test_a_change_may_be_negative_so_its_blank_may_be_any_figure() -> None:
    table = """
                                               | 2017 | 2018
    bhxh_participants_change_prev_year             | 300 | 100
    bhxh_participants_change_prev_year@compulsory  | 200 | 150
    bhxh_participants_change_prev_year@voluntary   | 100 |
    """
    assert verdict("sum_groups", t=table) == ["unknown", "holds"]
