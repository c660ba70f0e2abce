"""The floor of a night: calamine reads the files, DuckDB takes the rows, plain SQL checks them."""

import json
import sys
import time
from pathlib import Path

import duckdb
import python_calamine

from bench.judge import PLAIN
from warehouse.places import current_link


def main() -> None:
    """Print the CPU seconds of each of the three as JSON; to fetch the rows costs nothing."""
    home, files = Path(sys.argv[1]), sys.argv[2:]
    seconds = [time.process_time()]
    read(files)
    seconds.append(time.process_time())
    with duckdb.connect(str(current_link(home).resolve()), read_only=True) as published:
        rows = {
            table: published.execute(f"FROM main.{table}").to_arrow_table()
            for table in ("observation", "cell")
        }
    fetched = time.process_time()
    with duckdb.connect(str(home / "floor.duckdb")) as connection:
        for table, arrow in rows.items():
            connection.register("incoming", arrow)
            connection.execute(f"CREATE TABLE {table} AS FROM incoming")
        connection.execute("CHECKPOINT")
        inserted = time.process_time()
        for name, query in PLAIN.items():
            connection.execute(f"CREATE TEMP TABLE plain_{name} AS {query}")
    checked = time.process_time()
    cost = {
        "calamine": seconds[1] - seconds[0],
        "bulk insert": inserted - fetched,
        "plain SQL": checked - inserted,
    }
    print(json.dumps(cost | {f"rows of {table}": arrow.num_rows for table, arrow in rows.items()}))
    (home / "floor.duckdb").unlink()


def read(files: list[str]) -> None:
    """Every value of every sheet."""
    for file in files:
        workbook = python_calamine.CalamineWorkbook.from_path(file)
        for name in workbook.sheet_names:
            workbook.get_sheet_by_name(name).to_python()


if __name__ == "__main__":
    main()
