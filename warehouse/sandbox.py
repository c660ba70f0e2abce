"""The throw-away process of `warehouse.ask`: one SELECT under the operating system's limits."""

import contextlib
import datetime as dt
import json
import resource
import sys
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

from warehouse.figures import plain

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

# Address space that DuckDB maps but never fills, beside the memory a question may use.
MAPPED_MB = 3000
OPEN_FILES = 64
ONE_SELECT = "Ask with one SELECT; {} is not allowed here."


class Refused(Exception):
    """What the person is told instead of an answer."""


def main() -> None:
    """Read a question from stdin, write the answer or the error to stdout, both JSON."""
    question = json.load(sys.stdin)
    _limit(question["limits"])
    with contextlib.redirect_stdout(sys.stderr):
        said = _answer(question)
    sys.stdout.write(json.dumps(said, ensure_ascii=False))


def _limit(limits: dict[str, Any]) -> None:
    memory = (limits["memory_mb"] + MAPPED_MB) * 1024 * 1024
    cpu = int(limits["cpu_seconds"])
    for kind, most in (
        (resource.RLIMIT_AS, memory),
        (resource.RLIMIT_CPU, cpu),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_NOFILE, OPEN_FILES),
        (resource.RLIMIT_CORE, 0),
    ):
        resource.setrlimit(kind, (most, most))


def _answer(question: dict[str, Any]) -> dict[str, Any]:
    import duckdb  # noqa: PLC0415

    from warehouse.database import open_sandboxed  # noqa: PLC0415

    limits = question["limits"]
    try:
        with open_sandboxed(
            Path(question["path"]), memory_limit=f"{limits['memory_mb']}MB"
        ) as connection:
            return _select(connection, question["sql"], limits)
    except Refused as refused:
        return {"error": str(refused)}
    except duckdb.Error as error:
        return {"error": _first_line(str(error))}
    except MemoryError:
        return {"error": "The question needs more memory than it may use."}


def _select(connection: "DuckDBPyConnection", sql: str, limits: dict[str, Any]) -> dict[str, Any]:
    statements = connection.extract_statements(sql)
    if len(statements) != 1:
        raise Refused(ONE_SELECT.format(f"a text of {len(statements)} statements"))
    kind = statements[0].type.name
    if kind != "SELECT":
        raise Refused(ONE_SELECT.format(kind))
    result = connection.execute(statements[0])
    columns = [column[0] for column in result.description or []]
    types = [str(column[1]) for column in result.description or []]
    rows, cut = _fetch(result, limits)
    return {"columns": columns, "types": types, "rows": rows, "cut": cut}


def _fetch(result: "DuckDBPyConnection", limits: dict[str, Any]) -> tuple[list[list[Any]], bool]:
    rows: list[list[Any]] = []
    size = 0
    while batch := result.fetchmany(1000):
        for row in batch:
            said = [_wire(value) for value in row]
            size += len(json.dumps(said, ensure_ascii=False))
            if len(rows) == limits["rows"] or size > limits["bytes"]:
                return rows, True
            rows.append(said)
    return rows, False


def _wire(value: Any) -> Any:
    """A value as JSON holds it: decimals as text without trailing zeros, dates in ISO."""
    if value is None or isinstance(value, bool | int | str):
        return value
    if isinstance(value, Decimal):
        return plain(value)
    if isinstance(value, float):
        return value if value - value == 0 else str(value)
    if isinstance(value, dt.date | dt.time):
        return value.isoformat()
    return str(value)


def _first_line(error: str) -> str:
    return error.strip().split("\n\n", 1)[0].replace("\n", " ")


if __name__ == "__main__":
    main()
