"""Past publications: listed, compared, restored when they are whole."""

from decimal import Decimal
from pathlib import Path

import pytest
from landed_readings import landed, observation

from warehouse import past, places
from warehouse.database import open_published, open_working
from warehouse.publish import publish
from warehouse.store import set_statuses, store_readings


def night(home: Path, *figures: tuple[str, str]) -> Path:
    """Report figures as (indicator, figure), and publish."""
    with open_working(home) as connection:
        reading = landed(
            *(observation(name, figure, f"A{n}") for n, (name, figure) in enumerate(figures, 1))
        )
        stored = store_readings(connection, [reading])
        set_statuses(connection, [one.submission_id for one in stored])
        return publish(connection, home)


def test_the_newest_publication_comes_first_and_is_current(tmp_path: Path) -> None:
    first, second = night(tmp_path, ("population", "1")), night(tmp_path, ("population", "2"))
    found = past.kept(tmp_path)
    assert [(one.name, one.is_current, one.figures, one.submissions) for one in found] == [
        (second.stem, True, 1, 2),
        (first.stem, False, 1, 1),
    ]


def test_a_restored_publication_is_what_readers_get(tmp_path: Path) -> None:
    first = night(tmp_path, ("population", "1"))
    night(tmp_path, ("population", "2"))
    past.restore(tmp_path, first.name)
    with open_published(places.current_link(tmp_path)) as reader:
        assert reader.execute("SELECT value FROM mart.figures").fetchall() == [(1,)]
    assert [one.is_current for one in past.kept(tmp_path)] == [False, True]


def test_a_damaged_publication_is_not_restored(tmp_path: Path) -> None:
    first = night(tmp_path, ("population", "1"))
    second = night(tmp_path, ("population", "2"))
    first.chmod(0o644)
    with first.open("ab") as tail:
        tail.write(b"?")
    with pytest.raises(past.DamagedPublication):
        past.restore(tmp_path, first.name)
    assert places.current_link(tmp_path).resolve() == second.resolve()


def test_figures_that_came_went_and_changed_are_told(tmp_path: Path) -> None:
    first = night(tmp_path, ("population", "10"), ("labour_force", "5"), ("bhyt_visits", "7"))
    night(tmp_path, ("population", "12"), ("bhyt_visits", "7"), ("bhxh_participants", "3"))
    rows = past.difference(tmp_path, first.name)
    said = {row["indicator"]: (row["change"], row["old_value"], row["new_value"]) for row in rows}
    assert said == {
        "population": ("changed", Decimal(10), Decimal(12)),
        "labour_force": ("removed", Decimal(5), None),
        "bhxh_participants": ("added", None, Decimal(3)),
    }


def test_a_name_that_fits_none_or_several_is_refused(tmp_path: Path) -> None:
    night(tmp_path, ("population", "1"))
    night(tmp_path, ("population", "2"))
    with pytest.raises(past.NoSuchPublication, match="no publication '1999'"):
        past.find(tmp_path, "1999")
    with pytest.raises(past.NoSuchPublication, match="2 publications '2"):
        past.find(tmp_path, "2")
