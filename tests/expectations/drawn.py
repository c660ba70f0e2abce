"""Small tables drawn in a test, stored as a reader would have stored them, and judged.

A drawing's first row names the periods (`2018`, `2018 plan`), each further row a figure's meaning
and its cells: `[area:]indicator[@group] | 312150 | 12.90 | | 312150~50`. A blank cell is no figure;
`~` gives a half-width other than half a unit of the last printed digit.
"""

import datetime as dt
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from truth_fixture import load

from expectations.relations import judge
from warehouse import reference
from warehouse.database import open_memory

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

PROVINCE = "62"
DOCUMENT_DATE = "2019-07-04"
LEVELS = {2: "province", 3: "district"}


@contextmanager
def judged(**tables: str) -> Iterator["DuckDBPyConnection"]:
    """One submission of Kon Tum with the drawn tables, judged by every rule."""
    with open_memory() as connection:
        store(connection, "s1", **tables)
        judge(connection, ["s1"], dt.datetime(2026, 11, 22))
        yield connection


def statuses(connection: "DuckDBPyConnection", rule: str) -> list[str]:
    """The statuses of a rule's relations, in the order of the tested figure."""
    rows = connection.execute(
        "SELECT status FROM relation WHERE rule = ? ORDER BY found, computed, relation_id", [rule]
    ).fetchall()
    return [status for (status,) in rows]


def verdict(rule: str, **tables: str) -> list[str]:
    """The statuses of a rule over drawn tables."""
    with judged(**tables) as connection:
        return statuses(connection, rule)


def store(connection: "DuckDBPyConnection", submission_id: str, **tables: str) -> None:
    """Store drawn tables as one submission; a table named `..._note` is a note."""
    load(connection, "submission", [_submission(submission_id)])
    load(connection, "source_table", [_table(submission_id, name) for name in tables])
    figures = [
        figure
        for name, drawing in tables.items()
        for figure in _figures(submission_id, name, drawing)
    ]
    load(connection, "observation", figures)


def _figures(submission_id: str, table: str, drawing: str) -> Iterable[dict[str, object]]:
    lines = [line for line in drawing.splitlines() if line.strip()]
    heads = [head.split() for head in lines[0].split("|")[1:]]
    for row, line in enumerate(lines[1:], start=2):
        meaning, *cells = (piece.strip() for piece in line.split("|"))
        for column, (head, cell) in enumerate(zip(heads, cells, strict=True), start=2):
            if cell:
                place = (submission_id, table, row, column)
                yield _figure(place, meaning, head, cell)


def _figure(
    place: tuple[str, str, int, int], meaning: str, head: list[str], cell: str
) -> dict[str, object]:
    submission_id, table, row, column = place
    area, _, named = meaning.rpartition(":")
    indicator, _, group = named.partition("@")
    text, _, half = cell.partition("~")
    value = Decimal(text)
    decimals = max(0, -int(value.as_tuple().exponent))
    address = f"{chr(64 + column)}{row}"
    known = {one.code: one for one in reference.indicators()}[indicator]
    printed = Decimal(0) if known.precision == "tallied" else Decimal(5).scaleb(-decimals - 1)
    area = area or PROVINCE
    return {
        "observation_id": f"{submission_id}/{table}!{address}",
        "submission_id": submission_id,
        "table_id": table,
        "sheet": table,
        "cell": address,
        "row_number": row,
        "column_number": column,
        "position": 1,
        "typed_text": text,
        "area_code": area,
        "area_name": reference.area(area).name,
        "area_level": LEVELS[len(area)],
        "indicator": indicator,
        "group_code": group or "total",
        "period": head[0],
        "scenario": head[1] if len(head) > 1 else "actual",
        "value": value,
        "value_literal": value,
        "unit": known.unit,
        "unit_printed": known.unit,
        "decimals": decimals,
        "half_width": Decimal(half) if half else printed,
        "match_score": 1.0,
        "hidden": table.startswith("hidden"),
        **dict.fromkeys(("obs_status", "header_path", "label_path"), ""),
    }


def _submission(submission_id: str) -> dict[str, Any]:
    texts = (
        "file_type",
        "reporter",
        "title",
        "document_number",
        "reason",
        "reason_vi",
        "reason_en",
    )
    return {
        "submission_id": submission_id,
        "sha256": submission_id,
        "file_name": f"{submission_id}.xlsx",
        "province_code": PROVINCE,
        "province_name": "Kon Tum",
        "reference_year": 2019,
        "document_date": DOCUMENT_DATE,
        "received_at": dt.datetime(2026, 11, 22),
        "revision": 1,
        "status": "read",
        **dict.fromkeys(texts, ""),
    }


def _table(submission_id: str, name: str) -> dict[str, Any]:
    texts = ("first_cell", "last_cell", "title", "unit_text", "number_style")
    return {
        "table_id": name,
        "submission_id": submission_id,
        "sheet": name,
        "kind": "note" if name.endswith("_note") else "figures",
        "hidden": name.startswith("hidden"),
        **dict.fromkeys(texts, ""),
    }
