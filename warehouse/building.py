"""What readers find in a publication: review.* over the stored rows, mart.* as tables.

Measured on 2 million figures (CPU): review.observation as a view costs nothing a night and
answers an aggregate in 60 ms against 15 ms for a table that takes 3.1 s to write every night;
a mart takes 0.07 s to write and answers in 1 ms against 50 ms as a view. So review is views
and the marts are tables, but for mart.figures, which are as many as the stored ones.
"""

import csv
import hashlib
from pathlib import Path
from typing import TYPE_CHECKING

from warehouse import dictionary, history

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

ROOM = Path(__file__).parent
RECIPE = ("review", "marts", "codelists", "dictionary")
VIEWS = ("figures",)
"""The marts that are views over the stored rows; all others are tables."""
DAYS = ("valid_from", "valid_to")
CODE_LISTS = (
    *("areas", "indicators", "groups", "units", "laws", "scenarios", "obs_statuses"),
    *("conf_statuses", "confidentiality"),
)
"""The code lists that readers get as tables, each as its file stands."""


def build(connection: "DuckDBPyConnection") -> None:
    """Make the schemas `review` and `mart` in a copy of the working file, with comments.

    The marts that the working file keeps (`warehouse.keeping`) are there already.
    """
    connection.execute("DROP SCHEMA IF EXISTS review CASCADE; CREATE SCHEMA review")
    for name, select in selects("review").items():
        connection.execute(f"CREATE VIEW review.{name} AS {select}")
    connection.execute("CREATE SCHEMA IF NOT EXISTS mart")
    create_code_tables(connection)
    create_views(connection)
    marts, kept = selects("marts"), _tables(connection)
    for name, select in marts.items():
        if name not in kept and name not in VIEWS:
            connection.execute(f"CREATE TABLE mart.{name} AS {select}")
    history.create_as_of(connection, marts["figures"], selects("review")["observation"])
    connection.execute("CREATE OR REPLACE TABLE mart.recipe AS SELECT ? AS recipe", [recipe()])
    dictionary.comment(connection)


def recipe() -> str:
    """A hash of all that decides what a publication looks like, but the stored rows.

    A publication that was made by another recipe is stale even when no row changed:
    an upgrade brought a new mart, a code list a new name.
    """
    said = hashlib.sha256()
    for path in sorted(path for folder in RECIPE for path in (ROOM / folder).iterdir()):
        said.update(f"{path.name}\n".encode() + path.read_bytes())
    for name in ("history.py", "standing.py", "repeated.sql"):
        said.update((ROOM / name).read_bytes())
    return said.hexdigest()


def selects(folder: str) -> dict[str, str]:
    """The SELECT of every file of a folder by its object's name, in the order of building.

    A number in front (`02_coverage_by_area_year.sql`) only says the order.
    """
    paths = sorted((ROOM / folder).glob("*.sql"))
    return {path.stem.lstrip("0123456789_"): path.read_text(encoding="utf-8") for path in paths}


def create_code_tables(connection: "DuckDBPyConnection") -> None:
    """Make the tables of the code lists in the schema `mart`, as their files stand."""
    for name in CODE_LISTS:
        _create_code_table(connection, name)


def create_views(connection: "DuckDBPyConnection") -> None:
    """Make the marts that are views, in the schema `mart`."""
    marts = selects("marts")
    for name in VIEWS:
        connection.execute(f"CREATE OR REPLACE VIEW mart.{name} AS {marts[name]}")


def _tables(connection: "DuckDBPyConnection") -> set[str]:
    rows = connection.execute(
        "SELECT table_name FROM duckdb_tables() WHERE schema_name = 'mart'"
    ).fetchall()
    return {name for (name,) in rows}


def _create_code_table(connection: "DuckDBPyConnection", name: str) -> None:
    import pandas as pd  # noqa: PLC0415

    with (ROOM / "codelists" / f"{name}.csv").open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines))
    columns = ", ".join(
        f"CAST(nullif({column}, '') AS DATE) AS {column}" if column in DAYS else column
        for column in rows[0]
    )
    connection.register("code_rows", pd.DataFrame(rows))
    connection.execute(f"CREATE OR REPLACE TABLE mart.{name} AS SELECT {columns} FROM code_rows")
    connection.unregister("code_rows")
