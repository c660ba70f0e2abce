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

# The kinds of this stage; weighted_population is another kind's.
OF_LATER_KINDS = {"weighted_population"}
RULE_OF_KIND = {
    "pct_sum_100": "pct_sum_100",
    "share_of_total": "share_of_total",
    "sum_subgroups": "sum_subgroups",
    "part_le_whole": "part_le_whole",
    "sum_districts": "sum_districts",
    "ratio_count_population": "ratio_count_population",
    "table_vs_note": "same_figure",
}


@pytest.fixture(scope="module")
def judged() -> Iterator["DuckDBPyConnection"]:
    with open_memory() as connection:
        judge(connection, load_truth(connection))
        yield connection


def known_violations() -> list[tuple[str, frozenset[str]]]:
    """Rule and cells of each violation, the cells as (table, cell in the file) texts."""
    place = {
        (row["grid_file"], grid_cell(row)): f"{row['sheet']}!{row['cell']}" for row in truth_rows()
    }
    with (GOLDEN / "violations.csv").open(encoding="utf-8", newline="") as lines:
        rows = [row for row in csv.DictReader(lines) if row["kind"] not in OF_LATER_KINDS]
    return [(row["kind"], violated_cells(row["cells"], place)) for row in rows]


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
    assert len(known) == 13
    expected = {(RULE_OF_KIND[kind], cells) for kind, cells in known}
    assert set(failing(judged)) == expected
    assert len(failing(judged)) == len(known)
