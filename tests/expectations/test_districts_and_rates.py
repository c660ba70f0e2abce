"""What districts' rates say about their province's: its range, and the populations they imply."""

import pytest
from drawn import verdict

DISTRICTS = ("608", "610", "611", "612", "613", "614", "615", "616", "617", "618")
# Ten districts of 10.000 people of whom 8.000 to 8.900 are insured; the province: 84.500, 84,5%.
INSURED = dict(zip(DISTRICTS, range(8000, 9000, 100), strict=True))


def rates(province: str, without: str = "", **other: str) -> str:
    listed = {code: other.get(f"d{code}", f"{count / 100:.1f}") for code, count in INSURED.items()}
    lines = [f"{code}:bhyt_coverage_pct | {rate}" for code, rate in listed.items()]
    kept = [line for line in lines if not without or not line.startswith(without)]
    return "\n".join([" | 2018", *kept, f"bhyt_coverage_pct | {province}"])


def counts() -> str:
    lines = [f"{code}:bhyt_participants | {count}" for code, count in INSURED.items()]
    return "\n".join(lines)


@pytest.mark.parametrize(
    ("province", "status"),
    [
        ("84.5", "holds"),
        ("89.0", "holds"),
        ("89.1", "rounding"),
        ("89.2", "fails"),
        ("79.9", "rounding"),
        ("79.8", "fails"),
        ("8.45", "fails"),
    ],
)
def test_a_provinces_rate_lies_between_its_districts(province: str, status: str) -> None:
    assert verdict("rate_between_districts", t=rates(province)) == [status]


def test_without_a_district_nobody_knows_the_range() -> None:
    assert verdict("rate_between_districts", t=rates("95.0", without="617")) == ["unknown"]


def test_the_provinces_rate_may_stand_in_another_table() -> None:
    other = " | 2018\nbhyt_coverage_pct | 95.0"
    districts = "\n".join(rates("").splitlines()[:-1])
    assert verdict("rate_between_districts", t=districts, o=other) == ["fails"]


@pytest.mark.parametrize(
    ("population", "status"),
    [
        ("100000", "holds"),
        # The sums of 100 (n ± 0,5) / (r ∓ 0,05), and half a person of the province:
        # 99.934,37 to 100.065,70.
        ("100065", "rounding"),
        ("99935", "rounding"),
        ("100066", "fails"),
        ("99934", "fails"),
        ("10000", "fails"),
    ],
)
def test_districts_imply_the_provinces_population(population: str, status: str) -> None:
    table = f"{rates('84.5')}\n{counts()}\npopulation | {population}"
    assert verdict("weighted_population", t=table) == [status]


def test_a_rate_with_its_own_count_and_population_is_judged_by_those() -> None:
    table = f"{rates('95.0')}\nbhyt_participants | 95000\npopulation | 100000"
    assert verdict("rate_between_districts", t=table) == []


def test_districts_that_print_their_populations_are_judged_by_those() -> None:
    populations = "\n".join(f"{code}:population | 10000" for code in DISTRICTS)
    table = f"{rates('84.5')}\n{counts()}\n{populations}\npopulation | 10000"
    assert verdict("weighted_population", t=table) == []


def test_counts_that_add_up_show_that_the_districts_are_all_of_them() -> None:
    """Nine districts, as before the tenth was founded."""
    kept = [line for line in counts().splitlines() if not line.startswith("618")]
    nine = "\n".join([rates("84.0", without="618"), *kept])
    whole = f"{nine}\nbhyt_participants | 75600\npopulation | 100000"
    assert verdict("weighted_population", t=whole) == ["fails"]
    apart = f"{nine}\nbhyt_participants | 84500\npopulation | 100000"
    assert verdict("weighted_population", t=apart) == ["unknown"]


def test_a_rate_of_nothing_implies_no_population() -> None:
    table = f"{rates('84.5', d617='0.0')}\n{counts()}\npopulation | 90000"
    assert verdict("weighted_population", t=table) == ["unknown"]


def test_without_a_population_there_is_nothing_to_compare() -> None:
    assert verdict("weighted_population", t=f"{rates('84.5')}\n{counts()}") == []
