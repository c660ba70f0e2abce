"""What moves from year to year: growth, targets, round steps, implied populations."""

import pytest
from drawn import judged, verdict

DISTRICTS = ("608", "610", "611", "612", "613", "614", "615", "616", "617", "618")


def two_years(last: int, others: int = 7) -> str:
    """`others` districts that grow by 2%, and one that goes from a million to `last`."""
    lines = [f"{code}:bhyt_participants | 1000000 | 1020000" for code in DISTRICTS[:others]]
    return "\n".join([" | 2017 | 2018", *lines, f"618:bhyt_participants | 1000000 | {last}"])


def three_years(middle: int) -> str:
    """Seven districts that grow by 2% twice, and one that ends like them."""
    lines = [f"{code}:bhyt_participants | 1000000 | 1020000 | 1040400" for code in DISTRICTS[:7]]
    odd = f"618:bhyt_participants | 1000000 | {middle} | 1040400"
    return "\n".join([" | 2016 | 2017 | 2018", *lines, odd])


@pytest.mark.parametrize(
    ("middle", "fails"),
    # The usual step is 2%; 5% more or less are 971.428,6 to 1.071.000.
    [(1_070_999, 0), (1_071_001, 2), (971_429, 0), (971_428, 2)],
)
def test_a_figure_off_by_more_than_five_percent_shows_in_both_steps(
    middle: int, fails: int
) -> None:
    found = verdict("growth_like_its_peers", t=three_years(middle))
    assert (len(found), found.count("fails")) == (16, fails)


def test_one_step_alone_must_be_farther_off() -> None:
    """Twelve deviations of at least half a percent: beyond 6% or so."""
    for last, status in ((1_080_000, "holds"), (1_090_000, "fails")):
        expected = sorted(["holds"] * 7 + [status])
        assert sorted(verdict("growth_like_its_peers", t=two_years(last))) == expected


def test_fewer_than_eight_areas_are_no_peers() -> None:
    assert verdict("growth_like_its_peers", t=two_years(1_500_000, others=6)) == []


def test_where_districts_differ_widely_none_stands_out() -> None:
    """Steps of −10 to +25%: one of +30% is nothing special."""
    grown = (90_000, 95_000, 100_000, 104_000, 109_000, 114_000, 119_000, 125_000)
    lines = [
        f"{code}:bhyt_participants | 100000 | {last}"
        for code, last in zip(DISTRICTS, grown, strict=False)
    ]
    table = "\n".join([" | 2017 | 2018", *lines, "618:bhyt_participants | 100000 | 130000"])
    assert verdict("growth_like_its_peers", t=table) == ["holds"] * 9


def test_small_counts_may_jump() -> None:
    lines = [f"{code}:bhyt_participants | 100000 | 102000" for code in DISTRICTS[:8]]
    table = "\n".join([" | 2017 | 2018", *lines, "618:bhyt_participants | 12 | 19"])
    assert set(verdict("growth_like_its_peers", t=table)) == {"holds"}


def test_a_district_that_was_not_there_yet_did_not_grow() -> None:
    lines = [f"{code}:bhyt_participants | 100000 | 102000" for code in DISTRICTS[:8]]
    table = "\n".join([" | 2014 | 2015", *lines, "618:bhyt_participants | 0 | 9000"])
    assert verdict("growth_like_its_peers", t=table) == ["holds"] * 8


def test_an_area_that_always_grows_faster_is_let_alone() -> None:
    years = range(2012, 2019)
    slow = [round(100_000 * 1.02**n) for n in range(7)]
    fast = [round(100_000 * 1.10**n) for n in range(7)]
    rows = [(code, slow) for code in DISTRICTS[:8]] + [("618", fast)]
    lines = [f"{code}:bhyt_participants | " + " | ".join(map(str, row)) for code, row in rows]
    table = "\n".join([" | " + " | ".join(map(str, years)), *lines])
    assert set(verdict("growth_like_its_peers", t=table)) == {"holds"}


@pytest.mark.parametrize(("last", "fails"), [(156_000, 0), (158_000, 1), (1_040_000, 1)])
def test_a_series_alone_shows_what_is_far_off(last: int, fails: int) -> None:
    """Steps of 1%; beyond 50% the last one is no growth (104.060 · 1,01 · 1,5 = 157.651)."""
    series = [100_000, 101_000, 102_010, 103_030, 104_060, last]
    heads = " | " + " | ".join(str(year) for year in range(2013, 2019))
    table = f"{heads}\nbhyt_participants | " + " | ".join(map(str, series))
    found = verdict("growth_like_its_peers", t=table)
    assert (len(found), found.count("fails")) == (5, fails)


@pytest.mark.parametrize(
    ("target", "status"), [("98.1", "holds"), ("98.0", "rounding"), ("97.9", "fails")]
)
def test_targets_do_not_fall(target: str, status: str) -> None:
    table = f" | 2015 plan | 2016 plan\nbhyt_coverage_pct | 98.1 | {target}"
    assert verdict("targets_do_not_fall", t=table) == [status]


def test_what_was_done_may_fall_and_a_group_may_shrink() -> None:
    table = """
                                           | 2015  | 2015 plan | 2016 | 2016 plan
    bhyt_coverage_pct                      | 98.1  |           | 97.0 |
    bhyt_participants@state_budget_partial |       | 300       |      | 200
    """
    assert verdict("targets_do_not_fall", t=table) == []


def hundreds(odd: int) -> str:
    """Ten districts over three years, all steps multiples of 100 but one."""
    lines = [f"{code}:bhtn_participants | 2122 | 2922 | 3722" for code in DISTRICTS[:9]]
    last = f"618:bhtn_participants | 2122 | 2922 | {2922 + odd}"
    return "\n".join(
        [" | 2015 plan | 2016 plan | 2017 plan", *lines, last, "population | 5 | 6 | 7"]
    )


@pytest.mark.parametrize(
    ("step", "status"), [(700, "holds"), (750, "holds"), (807, "fails"), (805, "fails")]
)
def test_a_step_is_round_like_the_others(step: int, status: str) -> None:
    found = verdict("steps_are_round", t=hundreds(step))
    assert (len(found), status in found, found.count("fails")) == (20, True, int(status == "fails"))


def test_too_few_steps_show_no_rule() -> None:
    fewer = "\n".join(hundreds(807).splitlines()[:1] + hundreds(807).splitlines()[2:])
    assert verdict("steps_are_round", t=fewer) == []


def test_the_sentence_says_what_is_round() -> None:
    with judged(t=hundreds(807)) as connection:
        [(said,)] = connection.execute(
            "SELECT message_vi FROM finding WHERE rule = 'steps_are_round'"
        ).fetchall()
    assert "từ 2922 đến 3729 là bước 807" in said
    assert "bội số của 100." in said


def implied(people: str, rate: str, others: int = 5) -> str:
    """Districts of 10.000 people that grow to 10.100, and one that implies something else."""
    lines = []
    for code in DISTRICTS[:others]:
        lines += [f"{code}:bhyt_participants | 8000 | 8181"]
        lines += [f"{code}:bhyt_coverage_pct | 80.00 | 81.00"]
    lines += [f"618:bhyt_participants | 8000 | {people}", f"618:bhyt_coverage_pct | 80.00 | {rate}"]
    return "\n".join([" | 2014 | 2015", *lines])


@pytest.mark.parametrize(
    ("people", "status"),
    # 10.000 people grow by 1%, two points more or less; with the rounding of both years 7.920 to
    # 8.243 insured at 80% fit.
    [("8080", "holds"), ("8243", "holds"), ("8244", "fails"), ("7920", "holds"), ("7919", "fails")],
)
def test_an_implied_population_moves_as_its_neighbours_do(people: str, status: str) -> None:
    expected = sorted(["holds"] * 5 + [status])
    assert sorted(verdict("implied_population", t=implied(people, "80.00"))) == expected


def test_alone_a_population_may_move_by_a_few_percent() -> None:
    assert verdict("implied_population", t=implied("8160", "80.00", others=0)) == ["holds"]
    assert verdict("implied_population", t=implied("8400", "80.00", others=0)) == ["fails"]


def test_a_printed_population_needs_no_implied_one() -> None:
    table = implied("9000", "80.00", others=0) + "\n618:population | 10000 | 11250"
    assert verdict("implied_population", t=table) == []
