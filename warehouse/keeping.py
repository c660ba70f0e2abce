"""The marts that grow with every report: kept in the working file, renewed where it changed.

A night that adds one percent touches the areas and periods of that percent; the other rows stay.
Small marts are made anew in every publication (`warehouse.building`).
"""

import datetime as dt
from typing import TYPE_CHECKING

from warehouse import building, standing
from warehouse.standing import PLACE

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

KEPT = (
    *("coverage_by_area_year", "participants_by_group", "labour_coverage", "targets"),
    *("visits", "facilities", "spending", "staff"),
)
"""Every row of these depends on the figures of one area and period only."""
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
# Read once for all kept marts.
TOUCHED_FIGURES = f"""
CREATE OR REPLACE TEMP TABLE touched_figures AS FROM mart.figures SEMI JOIN touched USING ({PLACE})
"""

# Of every province that reports a touched place; a province too many is written once too often.
TOUCHED_PARCELS = f"""
CREATE OR REPLACE TEMP TABLE touched_parcel AS
SELECT DISTINCT s.province_code, {standing.YEAR} AS year
FROM main.observation AS o
SEMI JOIN touched USING ({PLACE})
JOIN main.submission AS s USING (submission_id);
DELETE FROM main.parcel AS p WHERE EXISTS (
    FROM touched_parcel AS t
    WHERE t.province_code = p.province_code AND t.year IS NOT DISTINCT FROM p.year
);
INSERT INTO main.parcel SELECT *, $moment FROM touched_parcel;
DROP TABLE touched_parcel
"""


def renew(connection: "DuckDBPyConnection", moment: dt.datetime) -> None:
    """Bring the kept marts to what the stored rows say, after `history.remember(moment)`.

    All of them are made anew when the recipe is another one. Call it in the transaction that
    remembers: both or neither are written.
    """
    if _kept_recipe(connection) != building.recipe():
        _make_anew(connection, moment)
        return
    connection.execute(TOUCHED, {"moment": moment}).fetchall()
    touched = connection.execute("SELECT count(*) FROM touched").fetchall()[0][0]
    if touched:
        _renew_touched(connection)
        for step in TOUCHED_PARCELS.split(";"):
            connection.execute(step, {"moment": moment} if "$moment" in step else None).fetchall()
    connection.execute("DROP TABLE touched")


def _renew_touched(connection: "DuckDBPyConnection") -> None:
    standing.mark(connection, only_touched=True)
    connection.execute(TOUCHED_FIGURES).fetchall()
    selects = building.selects("marts")
    for name in KEPT:
        _renew(connection, name, selects[name])
    connection.execute("DROP TABLE touched_figures")


def _kept_recipe(connection: "DuckDBPyConnection") -> str:
    there = connection.execute(
        "SELECT 1 FROM duckdb_tables() WHERE schema_name = 'mart' AND table_name = 'recipe'"
    ).fetchall()
    rows = connection.execute("SELECT recipe FROM mart.recipe").fetchall() if there else []
    return str(rows[0][0]) if rows else ""


def _make_anew(connection: "DuckDBPyConnection", moment: dt.datetime) -> None:
    connection.execute("DROP SCHEMA IF EXISTS mart CASCADE; CREATE SCHEMA mart")
    standing.mark(connection, only_touched=False)
    building.create_code_tables(connection)
    building.create_views(connection)
    selects = building.selects("marts")
    for name in KEPT:
        connection.execute(f"CREATE TABLE mart.{name} AS {selects[name]}").fetchall()
    connection.execute("CREATE TABLE mart.recipe AS SELECT ? AS recipe", [building.recipe()])
    connection.execute("DELETE FROM main.parcel")
    connection.execute(
        "INSERT INTO main.parcel SELECT DISTINCT province_code, year, ? FROM mart.figures", [moment]
    ).fetchall()


def _renew(connection: "DuckDBPyConnection", name: str, select: str) -> None:
    columns = {row[0] for row in connection.execute(f"DESCRIBE mart.{name}").fetchall()}
    period = "period" if "period" in columns else "CAST(year AS VARCHAR)"
    connection.execute(
        f"DELETE FROM mart.{name} WHERE (area_level, area_code, {period}) IN "
        f"(SELECT ({PLACE}) FROM touched)"
    ).fetchall()
    only = select.replace("FROM mart.figures", "FROM touched_figures")
    only = only.replace("JOIN mart.figures", "JOIN touched_figures")
    connection.execute(f"INSERT INTO mart.{name} BY NAME {only}").fetchall()
