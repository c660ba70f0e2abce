"""Which figure stands for its meaning: `places` of the stored figures, brought up to date.

A figure that is printed once stands for itself; of those printed in several places one does.
Measured on a million figures (CPU): marking them takes 0.2 s, writing them out again as a table of
their own took 2.1 s, and an aggregate over the marked ones takes no longer than over a bare table.
"""

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

REPEATED = (Path(__file__).parent / "repeated.sql").read_text(encoding="utf-8")
YEAR = "CASE WHEN length(o.period) = 4 THEN TRY_CAST(o.period AS INTEGER) END"
"""The year of a figure whose period is a year, as mart.figures has it."""
PLACE = "area_level, area_code, period"
TOUCHED = f"(FROM main.observation SEMI JOIN touched USING ({PLACE}))"
ACCEPTED = "CAST(s.status = 'accepted' AS INTEGER)"
CHOSEN = f"""(
SELECT o.* REPLACE (coalesce(r.places, {ACCEPTED}) AS places)
FROM main.observation AS o
JOIN main.submission AS s USING (submission_id)
LEFT JOIN ({REPEATED}) AS r USING (observation_id)
)"""
"""The stored figures with `places` as the rows beside them say: what `mark` writes down."""


def mark(connection: "DuckDBPyConnection", *, only_touched: bool) -> None:
    """Write down which figures stand, for all or for the places in the table `touched`.

    `touched` has the columns area_level, area_code and period.
    """
    among = f"({PLACE}) IN (SELECT ({PLACE}) FROM touched)" if only_touched else "true"
    connection.execute(
        f"UPDATE main.observation AS o SET places = {ACCEPTED} FROM main.submission AS s "
        f"WHERE s.submission_id = o.submission_id AND {among} "
        f"AND o.places IS DISTINCT FROM {ACCEPTED}"
    ).fetchall()
    source = TOUCHED if only_touched else "main.observation"
    repeated = REPEATED.replace("main.observation AS", f"{source} AS")
    connection.execute(
        f"UPDATE main.observation AS o SET places = r.places FROM ({repeated}) AS r "
        "WHERE r.observation_id = o.observation_id AND r.places <> o.places"
    ).fetchall()
