"""The content hash with kept sums is that of reading everything, whatever happened in between."""

from collections.abc import Iterator
from typing import Any

import pytest
from landed_readings import finding, landed, observation

from warehouse import content
from warehouse.content import content_hash, forget_sums, kept_content_hash
from warehouse.database import open_memory
from warehouse.store import Stored, set_statuses, store_readings


@pytest.fixture
def warehouse() -> Iterator[Any]:
    with open_memory() as connection:
        yield connection


def load(warehouse: Any, year: int, people: str = "523034") -> Stored:
    figure = observation("population", people, "E4", period=str(year))
    [stored] = store_readings(warehouse, [landed(figure, year=year, findings=(finding(),))])
    set_statuses(warehouse, [stored.submission_id])
    return stored


def test_an_empty_warehouse_has_the_same_hash_either_way(warehouse: Any) -> None:
    assert kept_content_hash(warehouse) == content_hash(warehouse)


def test_new_and_superseded_submissions_count(warehouse: Any) -> None:
    seen = set()
    for year, people in ((2018, "1"), (2019, "2"), (2018, "3")):
        load(warehouse, year, people)
        seen.add(kept_content_hash(warehouse))
        assert kept_content_hash(warehouse) == content_hash(warehouse)
    assert len(seen) == 3


def test_only_what_was_forgotten_is_read_again(warehouse: Any) -> None:
    one, other = load(warehouse, 2018), load(warehouse, 2019)
    before = kept_content_hash(warehouse)
    warehouse.execute("UPDATE observation SET value = value + 1")
    assert kept_content_hash(warehouse) == before
    forget_sums(warehouse, [one.submission_id])
    assert kept_content_hash(warehouse) not in {before, content_hash(warehouse)}
    forget_sums(warehouse, [other.submission_id])
    assert kept_content_hash(warehouse) == content_hash(warehouse)


def test_statuses_and_findings_are_read_every_time(warehouse: Any) -> None:
    load(warehouse, 2018)
    kept_content_hash(warehouse)
    warehouse.execute("UPDATE submission SET status = 'quarantined'")
    warehouse.execute("UPDATE finding SET status = 'accepted'")
    assert kept_content_hash(warehouse) == content_hash(warehouse)


def test_rows_that_vanish_without_a_word_are_noticed(warehouse: Any) -> None:
    one, _ = load(warehouse, 2018), load(warehouse, 2019)
    kept_content_hash(warehouse)
    warehouse.execute("DELETE FROM observation WHERE submission_id = ?", [one.submission_id])
    assert kept_content_hash(warehouse) == content_hash(warehouse)


def test_another_schema_is_hashed_anew(warehouse: Any) -> None:
    load(warehouse, 2018)
    kept_content_hash(warehouse)
    warehouse.execute("ALTER TABLE observation ADD COLUMN remark VARCHAR DEFAULT 'none'")
    assert kept_content_hash(warehouse) == content_hash(warehouse)


def test_every_kept_table_is_content() -> None:
    assert set(content.SUMMED) <= set(content.CONTENT_TABLES)
