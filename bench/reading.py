"""Reading and judging copies of the sample workbooks, as ratios to the floor in the same run.

    python -m bench reading [--copies 20] [--keep FOLDER]

Every copy of the five samples has figures of its own, so that nothing is known beforehand. The
floor is python-calamine reading the same files, DuckDB taking the same rows in bulk, plain SQL of
the same checks. CPU seconds of this one process, in which nothing else runs: no child, no Prefect,
no Great Expectations (`python -m bench night` has all of them).
"""

import argparse
import hashlib
import json
import random
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bench.judge import PLAIN
from expectations.relations import judge
from flows.reading.grid import Workbook
from flows.reading.parse import read_workbook
from flows.reading.wire import to_packed_wire
from flows.reading.workbook import open_workbook
from flows.readings import store
from warehouse.database import open_memory
from warehouse.migrations import utc_now
from warehouse.model import Reading

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

SAMPLES = Path(__file__).parents[1] / "raw" / "samples"
CHANGED_FIGURES = 5  # a copy; its totals no longer hold, so the rules have something to say
FLOOR = ("calamine", "bulk insert", "plain SQL")
OURS = ("open", "understand", "packing and JSON", "store", "judge")
Costs = dict[str, float]


def main() -> None:
    """Make the copies, measure both sides, print the table."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--copies", type=int, default=20, help="of each of the five samples")
    parser.add_argument("--keep", type=Path, help="keep the copies here")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="baophu-bench-") as folder:
        books = make_copies(asked.keep or Path(folder), asked.copies)
        bench(books)


def make_copies(folder: Path, copies: int) -> list[Path]:
    """Copies of the samples with some whole figures changed; those that are there are kept."""
    folder.mkdir(parents=True, exist_ok=True)
    paths = []
    for sample in sorted(SAMPLES.glob("*.xlsx")):
        for number in range(copies):
            path = folder / f"{number:04}_{sample.name}"
            if not path.exists():
                _vary(sample, path, random.Random(f"{sample.name} {number}"))
            paths.append(path)
    return paths


def _vary(sample: Path, path: Path, chance: random.Random) -> None:
    from openpyxl import load_workbook  # noqa: PLC0415, only where copies are missing

    book = load_workbook(sample)
    cells = [
        cell
        for sheet in book.worksheets
        for row in sheet.iter_rows()
        for cell in row
        if isinstance(cell.value, int) and cell.value > 10_000
    ]
    for cell in chance.sample(cells, min(CHANGED_FIGURES, len(cells))):
        cell.value = int(str(cell.value)) + chance.randint(1, 9)
    book.properties.title = path.stem  # two copies are two files
    book.save(path)


def bench(books: Sequence[Path]) -> None:
    """Read and judge the books, then the floor over the same files and rows."""
    _warm_up(books[0])
    with open_memory() as connection:
        ours = measure_ours(connection, books)
        rows = {
            table: connection.sql(f"FROM main.{table}").to_arrow_table()
            for table in ("observation", "cell")
        }
        [(relations, findings)] = connection.execute(
            "SELECT (SELECT count(*) FROM relation), (SELECT count(*) FROM finding)"
        ).fetchall()
    floor = measure_floor(books, rows)
    print_table(floor, ours, len(books))
    figures = rows["observation"].num_rows
    cells = rows["cell"].num_rows
    print(f"{len(books)} workbooks, {cells:,} cells, {figures:,} figures, ", end="")
    print(f"{relations:,} relations, {findings:,} findings")


def _warm_up(book: Path) -> None:
    """Imports, code lists and spellings are read once a process, not once a workbook."""
    with open_memory() as connection:
        measure_ours(connection, [book])
    _calamine([book])


def measure_ours(connection: "DuckDBPyConnection", books: Sequence[Path]) -> Costs:
    """CPU seconds of each step from files to findings."""
    costs: Costs = {}
    opened: list[Workbook] = clock(costs, "open", lambda: [open_workbook(path) for path in books])
    hashes = [hashlib.sha256(path.read_bytes()).hexdigest() for path in books]
    understood = clock(
        costs,
        "understand",
        lambda: [
            read_workbook(book, path.name, sha256)
            for book, path, sha256 in zip(opened, books, hashes, strict=True)
        ],
    )
    sent = clock(
        costs,
        "packing and JSON",
        lambda: [json.loads(_sent(reading)) for reading in understood],
    )
    received = {"reporter": "", "received_at": utc_now().isoformat()}
    readings = [reading | received for reading in sent]
    clock(costs, "store", lambda: store(connection, readings))
    ids = [row[0] for row in connection.execute("SELECT submission_id FROM submission").fetchall()]
    clock(costs, "judge", lambda: judge(connection, ids))
    return costs


def _sent(reading: Reading) -> str:
    """The line that a child answers with."""
    return json.dumps(to_packed_wire(reading), ensure_ascii=False)


def measure_floor(books: Sequence[Path], rows: dict[str, Any]) -> Costs:
    """CPU seconds of what no system can avoid."""
    costs: Costs = {}
    clock(costs, "calamine", lambda: _calamine(books))
    with open_memory() as connection:
        clock(costs, "bulk insert", lambda: _insert(connection, rows))
        clock(costs, "plain SQL", lambda: _check(connection))
    return costs


def _calamine(books: Sequence[Path]) -> None:
    from python_calamine import CalamineWorkbook  # noqa: PLC0415, beside the reader that uses it

    for path in books:
        book = CalamineWorkbook.from_path(path)
        for name in book.sheet_names:
            book.get_sheet_by_name(name).to_python()


def _insert(connection: "DuckDBPyConnection", rows: dict[str, Any]) -> None:
    for table, arrow in rows.items():
        connection.register("incoming", arrow)
        connection.execute(f"INSERT INTO main.{table} FROM incoming")


def _check(connection: "DuckDBPyConnection") -> None:
    for name, query in PLAIN.items():
        connection.execute(f"CREATE TEMP TABLE plain_{name} AS {query}")


def clock(costs: Costs, step: str, run: Callable[[], Any]) -> Any:
    """Run a step and keep its CPU seconds."""
    started = time.process_time()
    result = run()
    costs[step] = time.process_time() - started
    return result


def print_table(floor: Costs, ours: Costs, books: int) -> None:
    """A line a step: seconds, milliseconds a workbook, ratios to calamine and to the floor."""
    whole = sum(floor.values())
    print(f"{'step':20} {'CPU s':>8} {'ms a book':>10} {'x calamine':>11} {'x floor':>8}")
    lines = [(step, floor[step]) for step in FLOOR] + [("floor", whole)]
    reading = sum(ours[step] for step in OURS[:3])
    lines += [(step, ours[step]) for step in OURS]
    lines += [("reading", reading), ("reading and judging", sum(ours.values()))]
    for step, cpu in lines:
        ratios = f"{cpu / floor['calamine']:11.2f} {cpu / whole:8.2f}"
        print(f"{step:20} {cpu:8.2f} {1000 * cpu / books:10.2f} {ratios}")


if __name__ == "__main__":
    main()
