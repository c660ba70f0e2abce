"""The schema's steps: applied in order, once, whole, and never edited after."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import duckdb
import pytest

from warehouse.database import open_file
from warehouse.migrations import (
    EditedMigration,
    edited_migrations,
    migrate,
    migrations,
    pending_migrations,
)


@pytest.fixture
def empty(tmp_path: Path) -> Iterator[Any]:
    with open_file(tmp_path / "empty.duckdb") as connection:
        yield connection


@pytest.fixture
def schema(tmp_path: Path) -> Path:
    folder = tmp_path / "schema"
    folder.mkdir()
    (folder / "001_first.sql").write_text("CREATE TABLE first (a INTEGER);")
    (folder / "002_second.sql").write_text("ALTER TABLE first ADD COLUMN b INTEGER;")
    return folder


def test_steps_are_applied_in_order_and_recorded(empty: Any, schema: Path) -> None:
    assert [step.name for step in migrate(empty, schema)] == ["first", "second"]
    assert empty.execute("SELECT number, name FROM migration ORDER BY ALL").fetchall() == [
        (1, "first"),
        (2, "second"),
    ]
    assert migrate(empty, schema) == []


def test_a_later_step_is_pending(empty: Any, schema: Path) -> None:
    migrate(empty, schema)
    (schema / "003_third.sql").write_text("CREATE TABLE third (a INTEGER);")
    assert [step.number for step in pending_migrations(empty, schema)] == [3]


def test_an_edited_step_is_refused(empty: Any, schema: Path) -> None:
    migrate(empty, schema)
    (schema / "001_first.sql").write_text("CREATE TABLE first (a BIGINT);")
    assert edited_migrations(empty, schema) == ["001_first"]
    with pytest.raises(EditedMigration, match="Migration 001_first was applied to this database"):
        migrate(empty, schema)


def test_a_step_that_fails_leaves_nothing_of_itself(empty: Any, schema: Path) -> None:
    (schema / "003_third.sql").write_text("CREATE TABLE third (a INTEGER); SELECT nonsense;")
    with pytest.raises(duckdb.BinderException):
        migrate(empty, schema)
    tables = {
        name for (name,) in empty.execute("SELECT table_name FROM duckdb_tables()").fetchall()
    }
    assert tables == {"first", "migration"}
    assert [step.number for step in pending_migrations(empty, schema)] == [3]


def test_the_numbers_of_the_schema_are_unique_and_without_gaps() -> None:
    assert [step.number for step in migrations()] == list(range(1, len(migrations()) + 1))
