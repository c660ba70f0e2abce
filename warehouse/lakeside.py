"""The program that works on a lake, in the environment that has DuckLake's extension.

    python -m warehouse.lakeside write current.duckdb ...
    python -m warehouse.lakeside ask [--version N] "SELECT count(*) FROM mart.figures"
    python -m warehouse.lakeside versions | hash

BAOPHU_LAKE and BAOPHU_LAKE_DATA say which lake. The answer is one line of JSON.
"""

import argparse
import json
import sys
from pathlib import Path
from typing import Any

from warehouse import lake
from warehouse.content import content_hash


def main() -> None:
    """Do one thing and print what came of it as JSON."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    commands = parser.add_subparsers(dest="command", required=True)
    commands.add_parser("write").add_argument("publications", type=Path, nargs="+")
    asking = commands.add_parser("ask")
    asking.add_argument("sql")
    asking.add_argument("--version", type=int)
    commands.add_parser("versions")
    commands.add_parser("hash").add_argument("--version", type=int)
    json.dump(_do(parser.parse_args()), sys.stdout, ensure_ascii=False, default=str)


def _do(said: argparse.Namespace) -> Any:
    there = lake.named_lake()
    if there is None:
        sys.exit("BAOPHU_LAKE names no lake; docs/operations.md has an example.")
    if said.command == "write":
        done = [lake.write(there, publication) for publication in said.publications]
        submissions, tries = sum(one.submissions for one in done), sum(one.tries for one in done)
        return {"submissions": submissions, "tries": tries}
    with lake.open_lake(there, getattr(said, "version", None)) as connection:
        if said.command == "versions":
            return lake.versions(connection)
        if said.command == "hash":
            return content_hash(connection)
        result = connection.execute(said.sql)
        return {"columns": [one[0] for one in result.description or ()], "rows": result.fetchall()}


if __name__ == "__main__":
    main()
