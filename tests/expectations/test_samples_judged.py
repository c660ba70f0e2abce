"""The samples' truth judged: what is known to be wrong in the reports fails, and nothing else."""

import csv
import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest
from truth_fixture import GOLDEN, load_truth, truth_rows

from expectations.relations import judge
from warehouse.database import open_memory

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

RULE_OF_KIND = {
    "pct_sum_100": "pct_sum_100",
    "share_of_total": "share_of_total",
    "sum_subgroups": "sum_subgroups",
    "part_le_whole": "part_le_whole",
    "sum_districts": "sum_districts",
    "ratio_count_population": "ratio_count_population",
    "table_vs_note": "same_figure",
    "weighted_population": "weighted_population",
}


@pytest.fixture(scope="module")
def judged() -> Iterator["DuckDBPyConnection"]:
    with open_memory() as connection:
        judge(connection, load_truth(connection))
        yield connection


def violations() -> list[dict[str, str]]:
    with (GOLDEN / "violations.csv").open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def known_violations() -> list[tuple[str, frozenset[str]]]:
    """Rule and cells of each violation, the cells as (table, cell in the file) texts."""
    place = {
        (row["grid_file"], grid_cell(row)): f"{row['sheet']}!{row['cell']}" for row in truth_rows()
    }
    return [(row["kind"], violated_cells(row["cells"], place)) for row in violations()]


def grid_cell(row: dict[str, str]) -> str:
    return f"{chr(64 + int(row['grid_col']))}{row['grid_row']}"


def violated_cells(text: str, place: dict[tuple[str, str], str]) -> frozenset[str]:
    named = re.findall(r"(\w+)!([A-Z]+\d+)=", text)
    return frozenset(place[grid, cell] for grid, cell in named)


def failing(connection: "DuckDBPyConnection") -> list[tuple[str, frozenset[str]]]:
    rows = connection.execute(
        "SELECT f.finding_id, f.rule, list(c.sheet || '!' || c.cell) FROM finding f "
        "JOIN finding_cell c USING (finding_id) WHERE f.severity = 'critical' GROUP BY ALL"
    ).fetchall()
    return [(rule, frozenset(cells)) for _, rule, cells in rows]


def test_known_violations_are_found_and_nothing_else_is_critical(
    judged: "DuckDBPyConnection",
) -> None:
    known = known_violations()
    assert len(known) == 20
    expected = {(RULE_OF_KIND[kind], cells) for kind, cells in known}
    assert set(failing(judged)) == expected
    assert len(failing(judged)) == len(known)


def test_implied_populations_lie_where_the_truth_says(judged: "DuckDBPyConnection") -> None:
    """Cao Bằng 2014: 523.063,856072 to 523.641,135459 people, the province says 519.538."""
    found = judged.execute(
        "SELECT round(expected_low, 6)::VARCHAR, round(expected_high, 6)::VARCHAR FROM finding "
        "WHERE rule = 'weighted_population'"
    ).fetchall()
    known = [row for row in violations() if row["kind"] == "weighted_population"]
    assert sorted(found) == sorted((row["expected_lo"], row["expected_hi"]) for row in known)
