"""Any province's workbook is understood: made workbooks come back exact, whatever the layout."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.generator.layouts import LAYOUTS
from tests.generator.score import Score, score_layout
from tests.generator.style import NUMBERS

SEEDS = range(4)


def gather(scores: list[Score]) -> Score:
    """All scores as one."""
    whole = Score()
    for score in scores:
        whole.add(score)
    return whole


def tell(score: Score) -> str:
    """The first faults, one a line."""
    return "\n".join(score.faults[:12])


@pytest.fixture(scope="module")
def scores() -> dict[str, Score]:
    """Each layout read for a few seeds, once for all tests of this file."""
    return {layout: gather([score_layout(layout, s) for s in SEEDS]) for layout in LAYOUTS}


@pytest.mark.parametrize("layout", LAYOUTS)
def test_no_wrong_figure_goes_without_a_finding(scores: dict[str, Score], layout: str) -> None:
    assert scores[layout].silent == 0, tell(scores[layout])


@pytest.mark.parametrize("layout", LAYOUTS)
def test_a_clean_workbook_has_no_unread_cell(scores: dict[str, Score], layout: str) -> None:
    assert scores[layout].unread == 0, tell(scores[layout])


@pytest.mark.parametrize("layout", LAYOUTS)
def test_nothing_else_is_taken_for_a_figure(scores: dict[str, Score], layout: str) -> None:
    assert scores[layout].extra == 0, tell(scores[layout])


def test_figures_are_exact_in_cell_meaning_and_value(scores: dict[str, Score]) -> None:
    whole = gather(list(scores.values()))
    assert whole.figures > 5000
    assert whole.exact >= 0.999 * whole.figures, tell(whole)


@pytest.mark.parametrize("numbers", NUMBERS)
def test_every_number_style_is_read(numbers: str) -> None:
    rates = "format" if "real" in numbers or numbers == "general" else "text"
    names = ("indicators_by_years", "districts_by_year_measures", "groups_count_share")
    whole = gather([score_layout(name, 11, numbers=numbers, rates=rates) for name in names])
    assert whole.clean, tell(whole)


habits = st.fixed_dictionaries(
    {},
    optional={
        "shift": st.tuples(st.integers(0, 12), st.integers(0, 6)),
        "blank_rows": st.integers(0, 3),
        "blank_columns": st.integers(0, 2),
        "shuffled": st.booleans(),
        "synonyms": st.booleans(),
        "header": st.sampled_from(("merged", "repeated", "first")),
        "total": st.sampled_from(("first", "last", "absent")),
    },
)


@settings(
    max_examples=80,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.too_slow],
)
@given(layout=st.sampled_from(sorted(LAYOUTS)), seed=st.integers(100, 10_000), changed=habits)
def test_moving_shuffling_and_renaming_change_nothing(
    layout: str, seed: int, changed: dict[str, object]
) -> None:
    score = score_layout(layout, seed, **changed)
    assert score.clean, tell(score)
