"""What should be there and is not: districts, groups, years; and what is there twice."""

import pytest
from drawn import judged, verdict

DISTRICTS = ("608", "610", "611", "612", "613", "614", "615", "616", "617", "618")


def districts(listed: tuple[str, ...], year: str = "2018") -> str:
    lines = [f"{code}:bhyt_participants | 10000" for code in listed]
    return "\n".join([f" | {year}", *lines])


@pytest.mark.parametrize(
    ("listed", "found"),
    [
        (DISTRICTS, ["holds"]),
        (DISTRICTS[:9], ["fails"]),
        (DISTRICTS[:8], ["fails"]),
        (DISTRICTS[:7], []),  # a table of some districts
    ],
)
def test_a_table_of_districts_lists_all_of_them(listed: tuple[str, ...], found: list[str]) -> None:
    assert verdict("all_districts_listed", t=districts(listed)) == found


def test_a_district_founded_later_is_not_missed() -> None:
    """Ia H'Drai (618) was founded in 2015."""
    assert verdict("all_districts_listed", t=districts(DISTRICTS[:9], "2014")) == ["holds"]


def test_the_missing_district_is_named() -> None:
    with judged(t=districts(DISTRICTS[1:])) as connection:
        [(severity, said)] = connection.execute(
            "SELECT severity, message_vi FROM finding WHERE rule = 'all_districts_listed'"
        ).fetchall()
    assert severity == "warning"
    assert said == 'Trang "t": bảng có số liệu của 9/10 huyện, thiếu Kon Tum.'


def payers(total: int, *left_out: str) -> str:
    groups = {
        "employee_employer": 100,
        "si_agency": 200,
        "state_budget_full": 300,
        "state_budget_partial": 400,
        "household": 500,
    }
    lines = [f"bhyt_participants@{g} | {n}" for g, n in groups.items() if g not in left_out]
    return "\n".join([" | 2018", *lines, f"bhyt_participants | {total}"])


@pytest.mark.parametrize(
    ("table", "found"),
    [
        (payers(1500), ["holds"]),
        (payers(1500, "household"), ["fails"]),
        (payers(1000, "household"), ["holds"]),  # four that are all of it
        (payers(1500, "household", "si_agency"), ["fails"]),
        (payers(1500, "household", "si_agency", "employee_employer"), []),  # "of which"
    ],
)
def test_a_table_of_groups_names_them_all(table: str, found: list[str]) -> None:
    assert verdict("all_groups_named", t=table) == found


def test_the_missing_group_is_named() -> None:
    with judged(t=payers(1500, "household")) as connection:
        [(said,)] = connection.execute(
            "SELECT message_en FROM finding WHERE rule = 'all_groups_named'"
        ).fetchall()
    assert "4 of 5 groups and they fall short of the total; Households is missing." in said


def years(*told: str) -> str:
    rows = [f"{code}:population | " + " | ".join(["9000"] * len(told)) for code in DISTRICTS]
    return "\n".join([" | " + " | ".join(told), *rows])


@pytest.mark.parametrize(
    ("told", "status"),
    [
        (("2012", "2013", "2014", "2015", "2016"), "holds"),
        (("2012", "2013", "2015", "2016"), "fails"),
        (("2009", "2015", "2018"), "holds"),
        (("2012", "2014", "2015", "2016"), "holds"),  # a base year before a run of years
        (("2021", "2022", "2023", "2024", "2025", "2030"), "holds"),
    ],
)
def test_a_table_leaves_no_year_out(told: tuple[str, ...], status: str) -> None:
    assert verdict("no_year_left_out", t=years(*told)) == [status]


def test_a_row_leaves_no_year_out_that_the_others_have() -> None:
    table = years("2012", "2013", "2014") + "\n601:population | 9000 | | 9000"
    assert sorted(verdict("no_year_left_out", t=table)) == ["fails", "holds"]
    founded_later = years("2012", "2013", "2014") + "\n601:population | | | 9000"
    assert verdict("no_year_left_out", t=founded_later) == ["holds"]


def test_a_figure_stands_once_in_its_table() -> None:
    table = " | 2018\n608:population | 9000\n608:population | {}"
    with judged(t=table.format("9000")) as connection:
        found = connection.execute("SELECT rule, severity FROM finding").fetchall()
    assert found == [("printed_once", "warning")]
    with judged(t=table.format("9010")) as connection:
        found = connection.execute("SELECT rule, severity FROM finding").fetchall()
    assert found == [("same_figure", "critical")]
