"""The marts that grow with every report: kept in the working file, renewed where it changed.

A night that adds one percent touches the areas and periods of that percent; the other rows stay.
Small marts are made anew in every publication (`warehouse.building`).
"""

import datetime as dt
from typing import TYPE_CHECKING

from warehouse import building

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

KEPT = (
    *("figures", "coverage_by_area_year", "participants_by_group", "labour_coverage", "targets"),
    *("visits", "facilities", "spending", "staff"),
)
"""Every row of these depends on the figures of one area and period only."""
PLACE = "area_level, area_code, period"
# What an acceptance, a superseding or a correction of this publication's moment touched.
TOUCHED = f"""
CREATE OR REPLACE TEMP TABLE touched AS
SELECT DISTINCT {PLACE} FROM main.observation
WHERE submission_id IN (
    SELECT submission_id FROM main.submission_spell
    WHERE status = 'accepted' AND (known_from = $moment OR known_to = $moment)
    UNION SELECT submission_id FROM main.correction_spell
    WHERE known_from = $moment OR known_to = $moment
)
"""
ONLY_TOUCHED = {
    "main.observation": f"(FROM main.observation SEMI JOIN touched USING ({PLACE}))",
    "mart.figures": f"(FROM mart.figures SEMI JOIN touched USING ({PLACE}))",
}


def renew(connection: "DuckDBPyConnection", moment: dt.datetime) -> None:
    """Bring the kept marts to what the stored rows say, after `history.remember(moment)`.

    All of them are made anew when the recipe is another one. Call it in the transaction that
    remembers: both or neither are written.
    """
    if _kept_recipe(connection) != building.recipe():
        _make_anew(connection)
        return
    connection.execute(TOUCHED, {"moment": moment}).fetchall()
    touched = connection.execute("SELECT count(*) FROM touched").fetchall()[0][0]
    selects = building.selects("marts")
    for name in KEPT if touched else ():
        _renew(connection, name, selects[name])
    connection.execute("DROP TABLE touched")


def _kept_recipe(connection: "DuckDBPyConnection") -> str:
    there = connection.execute(
        "SELECT 1 FROM duckdb_tables() WHERE schema_name = 'mart' AND table_name = 'recipe'"
    ).fetchall()
    rows = connection.execute("SELECT recipe FROM mart.recipe").fetchall() if there else []
    return str(rows[0][0]) if rows else ""


def _make_anew(connection: "DuckDBPyConnection") -> None:
    connection.execute("DROP SCHEMA IF EXISTS mart CASCADE; CREATE SCHEMA mart")
    building.create_code_tables(connection)
    selects = building.selects("marts")
    for name in KEPT:
        connection.execute(f"CREATE TABLE mart.{name} AS {selects[name]}").fetchall()
    connection.execute("CREATE TABLE mart.recipe AS SELECT ? AS recipe", [building.recipe()])


def _renew(connection: "DuckDBPyConnection", name: str, select: str) -> None:
    columns = {row[0] for row in connection.execute(f"DESCRIBE mart.{name}").fetchall()}
    period = "period" if "period" in columns else "CAST(year AS VARCHAR)"
    connection.execute(
        f"DELETE FROM mart.{name} WHERE (area_level, area_code, {period}) IN "
        f"(SELECT ({PLACE}) FROM touched)"
    ).fetchall()
    source = "main.observation" if name == "figures" else "mart.figures"
    only = select.replace(f"{source} AS", f"{ONLY_TOUCHED[source]} AS")
    only = only.replace(f"FROM {source}\n", f"FROM {ONLY_TOUCHED[source]}\n")
    connection.execute(f"INSERT INTO mart.{name} BY NAME {only}").fetchall()
