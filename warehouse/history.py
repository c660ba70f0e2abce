"""The warehouse's own history: what each publication held, and the warehouse as of any moment."""

import datetime as dt
from typing import TYPE_CHECKING

from warehouse import standing

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

NOW = {
    "submission_spell": "SELECT submission_id, status FROM submission",
    "correction_spell": "SELECT c.observation_id, c.submission_id, c.decision_id, o.value, "
    "o.obs_status FROM correction AS c JOIN observation AS o USING (submission_id, observation_id)",
}
"""What is so now, in the columns of the spells that remember it."""

# A day ends at midnight in Vietnam: the warehouse as of 2026-11-22 holds what that day brought.
UNTIL = """
CASE WHEN length(CAST(moment AS VARCHAR)) = 10
    THEN CAST(CAST(moment AS VARCHAR) AS TIMESTAMP) + INTERVAL 17 HOUR - INTERVAL 1 MICROSECOND
    ELSE CAST(CAST(moment AS VARCHAR) AS TIMESTAMP)
END"""
THEN = f"known_from <= {UNTIL} AND coalesce(known_to > {UNTIL}, true)"
KNOWN = {
    "submission": f"""
SELECT s.* REPLACE (spell.status AS status)
FROM main.submission AS s
JOIN (SELECT submission_id, status FROM main.submission_spell WHERE {THEN}) AS spell
    USING (submission_id)""",
    "observation": f"""
SELECT o.* REPLACE (
    coalesce(spell.value, c.value_before, o.value) AS value,
    coalesce(spell.obs_status, c.obs_status_before, o.obs_status) AS obs_status
)
FROM main.observation AS o
LEFT JOIN (SELECT * FROM main.correction_spell WHERE {THEN}) AS spell
    USING (submission_id, observation_id)
LEFT JOIN main.correction AS c USING (submission_id, observation_id)""",
}
"""The stored rows as they stood: statuses and corrections are all that ever changes in them."""


def remember(connection: "DuckDBPyConnection", moment: dt.datetime) -> None:
    """Write down what a publication of this moment (UTC) holds that the last one did not.

    What changed closes its spell and opens a new one; what stayed costs nothing. Call it in a
    transaction.
    """
    for table, select in NOW.items():
        names = ", ".join(_columns(connection, select))
        is_now = f"({names}) IN (SELECT ({names}) FROM ({select}))"
        connection.execute(
            f"UPDATE {table} SET known_to = ? WHERE known_to IS NULL AND NOT {is_now}", [moment]
        ).fetchall()
        connection.execute(
            f"INSERT INTO {table} SELECT *, ?, NULL FROM ({select}) AS now "
            f"ANTI JOIN (SELECT {names} FROM {table} WHERE known_to IS NULL) USING ({names})",
            [moment],
        ).fetchall()


def create_as_of(connection: "DuckDBPyConnection", figures: str, observations: str) -> None:
    """Make the table macros that give the warehouse as it stood at a moment.

    `figures` and `observations` are the SELECTs of mart.figures and review.observation: the
    macros run the very same over what was known then. `as_of('2026-11-21')` is the end of that
    day in Vietnam, `as_of(TIMESTAMP '2026-11-21 18:30:00')` a moment in UTC.
    """
    for name, select in KNOWN.items():
        _create(connection, f"main.{name}_as_of", select)
    chosen = figures.replace("main.observation AS", f"{standing.CHOSEN} AS")
    for name, select in (("mart", chosen), ("main", chosen), ("review", observations)):
        _create(connection, f"{name}.as_of", _then(select))


def _then(select: str) -> str:
    for name in KNOWN:
        select = select.replace(f"main.{name} ", f"main.{name}_as_of(moment) ")
    return select


def _create(connection: "DuckDBPyConnection", name: str, select: str) -> None:
    connection.execute(f"CREATE OR REPLACE MACRO {name}(moment) AS TABLE {select}")


def _columns(connection: "DuckDBPyConnection", select: str) -> list[str]:
    return [row[0] for row in connection.execute(f"DESCRIBE {select}").fetchall()]
