"""The guilty cell in small drawn tables: one wrong, two wrong, two swapped, none to blame."""

from typing import TYPE_CHECKING

import pytest
from drawn import judged

from expectations.locate.locate import locate

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

Blamed = dict[str, str]


def located(connection: "DuckDBPyConnection") -> Blamed:
    """Cell and suggestion of every finding; '' for those without a culprit."""
    locate(connection, ["s1"])
    return dict(
        connection.execute(
            "SELECT DISTINCT culprit_cell, suggestion FROM finding ORDER BY ALL"
        ).fetchall()
    )


def blamed(**tables: str) -> Blamed:
    with judged(**tables) as connection:
        return located(connection)


def sentences(**tables: str) -> tuple[str, str]:
    """The last words of the first finding, in both languages."""
    with judged(**tables) as connection:
        locate(connection, ["s1"])
        [row] = connection.execute(
            "SELECT message_vi, message_en FROM finding ORDER BY finding_id LIMIT 1"
        ).fetchall()
        return row


# Kon Tum's districts; each rate is its count over its population.
RIGHT = """
                      | 2018
608:bhyt_participants | 158400
610:bhyt_participants | 45200
611:bhyt_participants | 38100
612:bhyt_participants | 60300
613:bhyt_participants | 26400
614:bhyt_participants | 24500
615:bhyt_participants | 61700
616:bhyt_participants | 44100
617:bhyt_participants | 24300
618:bhyt_participants | 10500
bhyt_participants     | 493500
608:population        | 170000
610:population        | 50000
611:population        | 41000
612:population        | 66000
613:population        | 28000
614:population        | 26000
615:population        | 68000
616:population        | 48000
617:population        | 27000
618:population        | 11000
population            | 535000
608:bhyt_coverage_pct | 93.18
610:bhyt_coverage_pct | 90.40
611:bhyt_coverage_pct | 92.93
612:bhyt_coverage_pct | 91.36
613:bhyt_coverage_pct | 94.29
614:bhyt_coverage_pct | 94.23
615:bhyt_coverage_pct | 90.74
616:bhyt_coverage_pct | 91.88
617:bhyt_coverage_pct | 90.00
618:bhyt_coverage_pct | 95.45
bhyt_coverage_pct     | 92.24
"""


def slipped(*slips: tuple[str, str]) -> str:
    """The right table with figures replaced: `("612:population", "66000", "60600")`."""
    lines = RIGHT.splitlines()
    for meaning, typed in slips:
        [place] = [i for i, line in enumerate(lines) if line.split("|")[0].strip() == meaning]
        lines[place] = f"{meaning} | {typed}"
    return "\n".join(lines)


def test_nothing_is_looked_for_where_thousands_fail_among_thousands(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """One wrong figure of 33 fails in three relations: that is 99 pairs."""
    wrong = slipped(("612:bhyt_participants", "63300"))
    monkeypatch.setattr("expectations.locate.locate.MOST_PAIRS", 99)
    assert blamed(t=wrong) == {"B5": "60300"}
    monkeypatch.setattr("expectations.locate.locate.MOST_PAIRS", 10)
    assert blamed(t=wrong) == {"": ""}


def test_nothing_is_blamed_in_a_consistent_table() -> None:
    assert blamed(t=RIGHT) == {}


@pytest.mark.parametrize(
    ("meaning", "typed", "cell", "meant"),
    [
        ("612:bhyt_participants", "63300", "B5", "60300"),  # one digit
        ("612:bhyt_participants", "6300", "B5", "60300"),  # a digit left out
        ("615:bhyt_participants", "67100", "B8", "61700"),  # two digits exchanged
        ("617:bhyt_participants", "243000", "B10", "24300"),  # a zero too many
        ("615:population", "688000", "B19", "68000"),  # a digit typed twice
        ("bhyt_participants", "439500", "B12", "493500"),  # a total is wrong, too
        ("population", "585000", "B23", "535000"),
        ("613:bhyt_coverage_pct", "94.92", "B28", "94.29"),  # a rate, its counts confirmed
        ("bhyt_coverage_pct", "9.224", "B34", "92.24"),  # a separator out of place
    ],
)
def test_one_wrong_cell_is_named_with_its_figure(
    meaning: str, typed: str, cell: str, meant: str
) -> None:
    assert blamed(t=slipped((meaning, typed))) == {cell: meant}


def test_two_wrong_cells_are_both_named() -> None:
    """Both stand in the sum of the districts; each one's rate tells its figure."""
    table = slipped(("612:bhyt_participants", "63300"), ("616:bhyt_participants", "41400"))
    assert blamed(t=table) == {"B5": "60300", "B9": "44100"}


def test_two_figures_in_each_others_place_are_swapped_back() -> None:
    """The sum of the districts holds: only the two rates tell."""
    table = slipped(("614:bhyt_participants", "61700"), ("615:bhyt_participants", "24500"))
    assert blamed(t=table) == {"B7": "24500", "B8": "61700"}
    vi, en = sentences(t=table)
    assert "(đổi chỗ với ô B" in vi
    assert "(swapped with cell B" in en


def test_figures_one_row_off_are_all_put_back() -> None:
    """From Đắk Glei to Kon Rẫy each count is the next district's; the first one is lost."""
    table = slipped(
        ("610:bhyt_participants", "38100"),
        ("611:bhyt_participants", "60300"),
        ("612:bhyt_participants", "26400"),
        ("613:bhyt_participants", "24500"),
    )
    meant = {"B4": "38100", "B5": "60300", "B6": "26400"}
    found = blamed(t=table)
    assert found.pop("B3").startswith("452")  # all that sum and rate tell of 45200
    assert found == meant
    assert "(cả dãy số bị lệch một ô)" in sentences(t=table)[0]


def test_a_cell_that_only_holding_relations_touch_is_never_blamed() -> None:
    with judged(t=slipped(("612:population", "60600"))) as connection:
        locate(connection, ["s1"])
        innocent = connection.execute(
            "SELECT f.culprit_cell FROM finding f ANTI JOIN finding_cell c "
            "ON c.finding_id = f.finding_id AND c.cell = f.culprit_cell"
        ).fetchall()
    assert innocent == []


ONLY_A_SUM = """
                      | 2018
608:bhyt_participants | 158413
610:bhyt_participants | 45207
611:bhyt_participants | 38121
612:bhyt_participants | 60318
613:bhyt_participants | 26404
614:bhyt_participants | 24599
615:bhyt_participants | 61723
616:bhyt_participants | 44158
617:bhyt_participants | 24332
618:bhyt_participants | 10597
bhyt_participants     | 493972
"""


def test_where_any_cell_could_be_wrong_the_confidence_says_so() -> None:
    """The parts are 100 less than the total; every cell is one digit away from fitting."""
    with judged(t=ONLY_A_SUM) as connection:
        locate(connection, ["s1"])
        [(confidence, vi)] = connection.execute(
            "SELECT confidence, message_vi FROM finding"
        ).fetchall()
    assert confidence < 0.5
    assert " Có thể ô " in vi
    assert "; hoặc ô " in vi


def test_a_crash_costs_its_submission_the_culprit_and_is_told() -> None:
    """A rate whose count has lost its part: nobody knows what it was computed from."""
    with judged(t=slipped(("612:bhyt_participants", "63300"))) as connection:
        connection.execute("UPDATE relation_term SET part = 'lost' WHERE part = 'count'")
        [fault] = locate(connection, ["s1"])
        culprits = connection.execute("SELECT DISTINCT culprit_cell FROM finding").fetchall()
    assert fault == "locating in s1: KeyError: 'count'"
    assert culprits == [("",)]
