"""Marts as files: one Parquet or CSV file a mart, the figures in a folder a province."""

import csv
from collections.abc import Callable, Iterator
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

from warehouse import catalog
from warehouse.catalog import Offer
from warehouse.exports.package import Resource
from warehouse.figures import plain
from warehouse.tables_out import harmless

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection
    from pyarrow import RecordBatchReader

ROWS = 100_000  # rows in memory at a time
PARTITIONED = {"figures": "province_code"}
"""Marts that grow with every report lie in one file a province, as analysts ask for them."""
UNKNOWN = "unknown"  # the partition of figures whose workbook does not say its province

Writer = Callable[["DuckDBPyConnection", str, Path], None]


def write_tables(connection: "DuckDBPyConnection", folder: Path, suffix: str) -> list[Resource]:
    """Write every mart of an open publication into a folder as `parquet` or `csv`."""
    write: Writer = {"parquet": write_parquet, "csv": _write_csv}[suffix]
    return [
        Resource(
            offer,
            catalog.columns(connection, offer),
            list(_write(connection, offer, folder, suffix, write)),
            catalog.count_rows(connection, offer),
        )
        for offer in catalog.offers(connection)
        if offer.name != "recipe"
    ]


def _write(
    connection: "DuckDBPyConnection", offer: Offer, folder: Path, suffix: str, write: Writer
) -> Iterator[Path]:
    table = f"{offer.schema}.{offer.name}"
    key = PARTITIONED.get(offer.name) if suffix == "parquet" else None
    values = _values(connection, table, key) if key else []
    if not values:
        path = folder / f"{offer.name}.{suffix}"
        write(connection, f"FROM {table} {offer.in_order}", path)
        yield path
    for value in values:
        path = folder / offer.name / f"province={value or UNKNOWN}" / f"part-0.{suffix}"
        path.parent.mkdir(parents=True)
        quoted = value.replace("'", "''")
        write(connection, f"FROM {table} WHERE {key} = '{quoted}' {offer.in_order}", path)
        yield path


def _values(connection: "DuckDBPyConnection", table: str, key: str) -> list[str]:
    rows = connection.execute(f"SELECT DISTINCT {key} FROM {table} ORDER BY ALL").fetchall()
    return [value for (value,) in rows]


def write_parquet(connection: "DuckDBPyConnection", rows: str, path: Path) -> None:
    """Write rows as Parquet: decimals exact, texts as they are, for no tool runs those."""
    import pyarrow.parquet as pq  # noqa: PLC0415

    reader: RecordBatchReader = connection.sql(rows).to_arrow_reader(ROWS)
    with pq.ParquetWriter(path, reader.schema, compression="zstd") as writer:
        for batch in reader:
            writer.write_batch(batch)


def _write_csv(connection: "DuckDBPyConnection", rows: str, path: Path) -> None:
    """UTF-8 with a mark, so that Excel reads the accents; formulas made harmless."""
    cursor = connection.execute(rows)
    names = [column[0] for column in cursor.description or ()]
    with path.open("w", encoding="utf-8-sig", newline="") as out:
        writer = csv.writer(out, lineterminator="\n")
        writer.writerow(names)
        while batch := cursor.fetchmany(ROWS):
            writer.writerows([_cell(value) for value in row] for row in batch)


def _cell(value: Any) -> Any:
    if isinstance(value, Decimal):
        return plain(value)
    return harmless(value) if isinstance(value, str) else value
