"""How loading, publishing and asking grow: ratios to DuckDB's own bulk insert, in one run.

    python -m bench warehouse [--rows 1000000]

CPU seconds of this process (a publication's copy runs in a child and is counted too). Measured are:
loading through the warehouse's own insert, a first publication, a night that adds one percent, and
each mart's question asked of the mart and of a bare table that holds its columns.
"""

import argparse
import resource
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pandas as pd

from warehouse import frames, places
from warehouse.content import kept_content_hash
from warehouse.database import open_published, open_working, transaction
from warehouse.exports.beside import write_beside
from warehouse.publish import publish, sha256_of

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

A_SUBMISSION = 1000  # figures
BATCH = 250  # submissions a load
SUBMISSIONS = """
SELECT md5(s::VARCHAR)[:16] AS submission_id, md5(s::VARCHAR) AS sha256, s || '.xlsx' AS file_name,
    'xlsx' AS file_type, 'bench' AS reporter, lpad((s % 63)::VARCHAR, 2, '0') AS province_code,
    'Tỉnh ' || s % 63 AS province_name, 'Báo cáo' AS title,
    (1000 + s // 63)::INTEGER AS reference_year, '' AS document_number, '' AS document_date,
    TIMESTAMP '2026-01-01' AS received_at, 1 AS revision,
    'accepted' AS status, '' AS reason, '' AS reason_vi, '' AS reason_en
FROM range($low, $high) t(s)"""
# Each figure has a meaning of its own: 20 districts, 5 indicators, 10 groups; a year a round.
FIGURES = """
SELECT md5(s::VARCHAR)[:16] || ':' || i AS observation_id, md5(s::VARCHAR)[:16] AS submission_id,
    't1' AS table_id, 'Sheet1' AS sheet, 'C' || i AS cell, i::INTEGER AS row_number,
    3::INTEGER AS column_number, 1::INTEGER AS position, v::VARCHAR AS typed_text,
    lpad((s % 63 * 20 + i % 20)::VARCHAR, 4, '0') AS area_code, 'Huyện ' || i % 20 AS area_name,
    'district' AS area_level,
    ['population', 'bhyt_participants', 'bhyt_coverage_pct', 'bhyt_visits', 'labour_force']
        [1 + i // 20 % 5] AS indicator,
    ['total', 'household', 'si_agency', 'other', 'employer_only', 'state_budget_full',
        'state_budget_partial', 'employee_employer', 'male', 'female'][1 + i // 100] AS group_code,
    (1000 + s // 63)::VARCHAR AS period, 'actual' AS scenario, v AS value, v AS value_literal,
    'people' AS unit, '' AS unit_printed, 0::INTEGER AS decimals,
    0.5::DECIMAL(38, 12) AS half_width, 'A' AS obs_status, 'Cột ' || i // 20 AS header_path,
    'Hàng ' || i % 20 AS label_path, 100::DOUBLE AS match_score, false AS hidden
FROM (
    SELECT s, i, (hash(s, i) % 100000)::DECIMAL(38, 12) AS v
    FROM range($low, $high) t(s), range(1000) u(i)
)"""
QUESTIONS = {
    "figures": "SELECT indicator, count(*), sum(value) FROM {} GROUP BY ALL",
    "coverage_by_area_year": "SELECT year, sum(bhyt_participants_people) FROM {} GROUP BY ALL",
    "participants_by_group": "SELECT year, sum(bhyt_participants_people) FROM {} GROUP BY ALL",
    "visits": "SELECT year, sum(bhyt_visits) FROM {} GROUP BY ALL",
}
REPEAT = 5


def main() -> None:
    """Measure and print one table of seconds and ratios."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--rows", type=int, default=1_000_000, help="figures to load")
    count = max(parser.parse_args().rows // A_SUBMISSION, 100)
    with tempfile.TemporaryDirectory(prefix="baophu-bench-") as folder:
        home = Path(folder)
        with open_working(home / "floor") as connection:
            floor = sum(_insert_bulk(connection, *batch) for batch in _batches(0, count))
            floor += _cpu(lambda: connection.execute("CHECKPOINT"))
        with open_working(home) as connection:
            load = sum(_load(connection, *batch) for batch in _batches(0, count))
            first = _cpu(lambda: publish(connection, home))
            beside = _cpu(lambda: _write_parquet(home))
            whole = _cpu(lambda: _hash(connection))
            extra = _load(connection, count, count + count // 100)
            night = _cpu(lambda: publish(connection, home))
            new = _cpu(lambda: _hash(connection))
            nothing = _cpu(lambda: publish(connection, home))
        current = places.current_link(home)
        hashing = _cpu(lambda: sha256_of(current))
        size = current.resolve().stat().st_size
        _say("bulk insert of the same columns", floor, floor)
        _say("load", load, floor)
        _say("first publication", first, floor)
        _say("  of these: Parquet beside it", beside, floor)
        _say("load and publish, without Parquet", load + first - beside, floor)
        _say("load and publish", load + first, floor)
        _say("a night that adds 1 %: load", extra, floor)
        _say("a night that adds 1 %: publication", night, floor)
        _say("  of these: the file's sha256", hashing, floor)
        _say("a publication with nothing new", nothing, floor)
        _say("content hash of a first night", whole, floor)
        _say("content hash of a night that adds 1 %", new, floor)
        print(
            f"{count * A_SUBMISSION:,} figures, {size / 1e6:,.0f} MB, peak memory {_peak():,.0f} MB"
        )
        _ask(current)


def _batches(low: int, high: int) -> Iterator[tuple[int, int]]:
    for start in range(low, high, BATCH):
        yield start, min(start + BATCH, high)


def _insert_bulk(connection: "DuckDBPyConnection", low: int, high: int) -> float:
    """CPU seconds of DuckDB's own insert; making the figures does not count."""
    rows = _made(connection, FIGURES, low, high)
    connection.register("rows", rows)
    spent = _cpu(lambda: connection.execute("INSERT INTO observation BY NAME FROM rows").fetchall())
    connection.unregister("rows")
    return spent


def _load(connection: "DuckDBPyConnection", low: int, high: int) -> float:
    """CPU seconds of what `store_readings` does with columns that are read."""
    submissions = _made(connection, SUBMISSIONS, low, high)
    rows = _made(connection, FIGURES, low, high)

    def store() -> None:
        frames.insert(connection, "submission", submissions)
        for key in ("observation_id",), ("submission_id", "sheet", "cell", "position"):
            frames.refuse_duplicates(connection, rows, "observation", key)
        frames.insert(connection, "observation", rows)

    return _cpu(store)


def _made(connection: "DuckDBPyConnection", sql: str, low: int, high: int) -> Any:
    """Made rows as a frame held by Arrow."""
    between = {"low": low, "high": high}
    table = connection.sql(sql, params=between).to_arrow_table()
    return table.to_pandas(types_mapper=pd.ArrowDtype)


def _hash(connection: "DuckDBPyConnection") -> None:
    """As a night does before it closes."""
    with transaction(connection):
        kept_content_hash(connection)


def _write_parquet(home: Path) -> None:
    """All of it, as a first publication does."""
    write_beside(places.current_link(home), "again", home / "again", home / "none")


def _ask(current: Path) -> None:
    with open_published(current) as reader:
        for name, question in QUESTIONS.items():
            reader.execute(f"CREATE TEMP TABLE bare_{name} AS FROM mart.{name}")
            bare = _cpu(lambda q=question, n=name: _repeat(reader, q.format(f"bare_{n}")))
            mart = _cpu(lambda q=question, n=name: _repeat(reader, q.format(f"mart.{n}")))
            reader.execute(f"DROP TABLE bare_{name}")
            print(
                f"{'mart.' + name:36} {mart / REPEAT:8.3f} s  {mart / max(bare, 1e-9):6.2f} x bare"
            )


def _repeat(reader: "DuckDBPyConnection", question: str) -> None:
    for _ in range(REPEAT):
        reader.execute(question).fetchall()


def _say(what: str, seconds: float, floor: float) -> None:
    print(f"{what:36} {seconds:8.2f} s  {seconds / floor:6.2f} x", flush=True)


def _cpu(work: Callable[[], object]) -> float:
    before = _spent()
    work()
    return _spent() - before


def _spent() -> float:
    own = resource.getrusage(resource.RUSAGE_SELF)
    children = resource.getrusage(resource.RUSAGE_CHILDREN)
    return own.ru_utime + own.ru_stime + children.ru_utime + children.ru_stime


def _peak() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


if __name__ == "__main__":
    main()
