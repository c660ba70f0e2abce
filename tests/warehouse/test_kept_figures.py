"""What the warehouse keeps of exact figures, one by one and by columns."""

import pytest

from warehouse.figures import FigureTooLarge, all_kept, kept

SHORT = ["0", "-1.5", "474863", "0.12345678901"]
ODD = ["12.3456789012345", "0.1234567890123", "1E+3", "1E-13", "0.0000000000005"]


@pytest.mark.parametrize("texts", [[], SHORT, ODD, SHORT + ODD])
@pytest.mark.parametrize("upwards", [False, True])
def test_a_column_is_kept_as_its_figures_are(texts: list[str], upwards: bool) -> None:
    assert all_kept(texts, upwards=upwards) == [kept(text, upwards=upwards) for text in texts]


def test_short_figures_stay_as_they_are() -> None:
    assert all_kept(SHORT) == SHORT


def test_a_column_with_a_figure_too_large_is_refused() -> None:
    with pytest.raises(FigureTooLarge):
        all_kept([*SHORT, "1E+26"])
