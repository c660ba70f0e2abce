"""What other methods would flag in the same judged tables: exact comparison, flat one percent."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

NAIVE = {
    "exact": "CASE WHEN kind IN ('rate', 'share', 'index') "
    "THEN found NOT IN (round(computed, 0), round(computed, 1), round(computed, 2)) "
    "WHEN kind IN ('part_of_group', 'part_of_indicator', 'ceiling') THEN found > computed "
    "ELSE found <> computed END",
    "flat 1%": "CASE WHEN kind IN ('part_of_group', 'part_of_indicator', 'ceiling') "
    "THEN found > 1.01 * computed ELSE abs(found - computed) > 0.01 * abs(computed) END",
}


def count_flagged(connection: "DuckDBPyConnection", condition: str) -> int:
    """How many submissions a naive condition flags."""
    return int(
        connection.execute(
            "SELECT count(DISTINCT submission_id) FROM relation "
            f"WHERE status <> 'unknown' AND {condition}"
        ).fetchall()[0][0]
    )
