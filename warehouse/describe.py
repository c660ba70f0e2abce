"""The dictionary page: every table and column with unit, source and a query to begin with."""

import csv
import re
from collections.abc import Iterator
from functools import cache
from typing import TYPE_CHECKING

from warehouse import building, dictionary
from warehouse.catalog import Column, Offer, columns, offers

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

HEAD = """# The dictionary of the warehouse

Made by `make docs` from the tables themselves; a test fails when it is out of date, and runs every
example. `mart.*` holds answers made from accepted reports, `review.*` everything that was received,
`main.*` the stored rows behind both.

Three table macros give the warehouse as it stood: `as_of(day)` and `mart.as_of(day)` have the
columns of `mart.figures`, `review.as_of(day)` those of `review.observation`. A day (`'2026-11-21'`)
means its end in Vietnam, a timestamp is UTC:
`SELECT * FROM as_of('2026-11-21') WHERE area_code = '62'`.
"""


def dictionary_page(connection: "DuckDBPyConnection") -> str:
    """The page as Markdown, of a connection whose marts are built (they may be empty)."""
    made = [*offers(connection, "mart"), *offers(connection, "review")]
    made += _stored(connection)
    contents = [f"- [{_name(one)}](#{_anchor(one)}): {one.question}" for one in made]
    sections = [_section(one, columns(connection, one)) for one in made]
    return "\n".join([HEAD, *contents, "", *sections])


def example_for(offer: Offer, found: list[Column]) -> str:
    """A query to begin with: the dictionary's own, else the first columns."""
    own = examples().get(_name(offer))
    names = ", ".join(f'"{one.name}"' if one.name == "number" else one.name for one in found[:4])
    return own or f"SELECT {names} FROM {_name(offer)} ORDER BY ALL LIMIT 5"


@cache
def examples() -> dict[str, str]:
    """The example queries by `schema.table`."""
    with (dictionary.FOLDER / "examples.csv").open(encoding="utf-8", newline="") as lines:
        return {row["table"]: row["sql"] for row in csv.DictReader(lines)}


def sources(offer: Offer) -> str:
    """What a table is made from: other tables, a code list, or the workbooks themselves."""
    folder = {"mart": "marts", "review": "review"}.get(offer.schema)
    select = building.selects(folder).get(offer.name, "") if folder else ""
    named = sorted(set(re.findall(r"\b(?:FROM|JOIN)\s+((?:main|mart)\.\w+)", select)))
    if named:
        return ", ".join(f"`{name}`" for name in named)
    if offer.schema == "mart" and offer.name in building.CODE_LISTS:
        return f"the code list `warehouse/codelists/{offer.name}.csv`"
    return "what nights, stewards and publications write"


def _stored(connection: "DuckDBPyConnection") -> Iterator[Offer]:
    rows = connection.execute(
        "SELECT table_name, comment FROM duckdb_tables() WHERE schema_name = 'main' ORDER BY ALL"
    ).fetchall()
    return (Offer("main", name, said or "", False) for name, said in rows)


def _section(offer: Offer, found: list[Column]) -> str:
    rows = [f"| `{one.name}` | {one.type} | {one.unit} | {one.meaning} |" for one in found]
    return "\n".join(
        [
            f"## {_name(offer)}",
            "",
            f"{offer.question} {_one_row(offer)}Made from {sources(offer)}.",
            "",
            "| column | type | unit | meaning |",
            "| --- | --- | --- | --- |",
            *rows,
            "",
            "```sql",
            example_for(offer, found),
            "```",
            "",
        ]
    )


def _one_row(offer: Offer) -> str:
    names = ", ".join(f"`{name}`" for name in offer.key)
    return f"One row per {names}. " if names else ""


def _name(offer: Offer) -> str:
    return f"{offer.schema}.{offer.name}"


def _anchor(offer: Offer) -> str:
    return _name(offer).replace(".", "")
