"""Judging on other machines: what it needs of the warehouse goes out, the judgement comes back.

The working file has one writer and stays where it is. A bundle holds rows as Arrow streams, so a
place that judges needs our code and nothing of the home.
"""

import threading
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

OWN = "submission_id IN (SELECT unnest($ids::VARCHAR[]))"
# Reports accepted before are compared with: those of the same provinces, in the same areas.
EARLIER = f"""
SELECT submission_id FROM submission WHERE status = 'accepted' AND NOT {OWN} AND province_code IN (
    SELECT province_code FROM submission WHERE {OWN} AND province_code <> '')"""
NEEDED = {
    "submission": f"SELECT * FROM submission WHERE {OWN} OR submission_id IN ({EARLIER})",
    "source_table": f"SELECT * FROM source_table WHERE {OWN}",
    "cell": f"SELECT * FROM cell WHERE {OWN} AND role = 'unread'",
    "observation": f"""
        SELECT * FROM observation WHERE {OWN} OR (submission_id IN ({EARLIER})
            AND area_code IN (SELECT area_code FROM observation WHERE {OWN}))""",
    "finding": f"SELECT * FROM finding WHERE {OWN}",
    "finding_cell": f"SELECT * FROM finding_cell WHERE {OWN}",
}
JUDGED = {
    name: f"SELECT * FROM {name} WHERE {OWN}"
    for name in ("relation", "relation_term", "finding", "finding_cell")
}
_ONE_AT_A_TIME = threading.Lock()
"""Great Expectations keeps one context a process."""


@dataclass(frozen=True, slots=True)
class Bundle:
    """Rows of some submissions on their way, by table; `faults` says what could not be judged."""

    submission_ids: tuple[str, ...]
    tables: dict[str, bytes]
    faults: tuple[str, ...] = ()


def pack(connection: "DuckDBPyConnection", places: int) -> list[Bundle]:
    """Every submission that was read and not judged, in as many bundles as there are places."""
    from expectations.relations import FIGURES_AT_ONCE, batches  # noqa: PLC0415
    from flows.judging import unjudged  # noqa: PLC0415

    ids = unjudged(connection)
    [(figures,)] = connection.execute(
        f"SELECT count(*) FROM observation WHERE {OWN}", {"ids": ids}
    ).fetchall()
    most = min(FIGURES_AT_ONCE, figures // places + 1)
    return [
        Bundle(tuple(batch), _streams(connection, NEEDED, batch))
        for batch in batches(connection, ids, most)
        if batch
    ]


def judge_apart(bundle: Bundle) -> Bundle:
    """Judge a bundle's submissions in a warehouse in memory; gives their judgement."""
    from flows.judging import judge_these  # noqa: PLC0415
    from warehouse.database import open_memory  # noqa: PLC0415

    with _ONE_AT_A_TIME, open_memory() as connection:
        _insert(connection, bundle)
        faults = judge_these(connection, bundle.submission_ids).faults
        streams = _streams(connection, JUDGED, bundle.submission_ids)
    return Bundle(bundle.submission_ids, streams, faults)


def unpack(connection: "DuckDBPyConnection", judged: Bundle) -> None:
    """Store a judgement in place of any that its submissions had, all or nothing."""
    from warehouse.content import forget_sums  # noqa: PLC0415
    from warehouse.database import transaction  # noqa: PLC0415

    with transaction(connection):
        forget_sums(connection, judged.submission_ids)
        for table in JUDGED:
            connection.execute(
                f"DELETE FROM {table} WHERE {OWN}", {"ids": list(judged.submission_ids)}
            ).fetchall()
        _insert(connection, judged)


def _streams(
    connection: "DuckDBPyConnection", selects: dict[str, str], ids: Sequence[str]
) -> dict[str, bytes]:
    import pyarrow as pa  # noqa: PLC0415

    streams = {}
    for name, select in selects.items():
        rows: pa.Table = connection.sql(select, params={"ids": list(ids)}).to_arrow_table()
        sink = pa.BufferOutputStream()
        with pa.ipc.new_stream(sink, rows.schema) as stream:
            stream.write_table(rows)
        streams[name] = sink.getvalue().to_pybytes()
    return streams


def _insert(connection: "DuckDBPyConnection", bundle: Bundle) -> None:
    import pyarrow as pa  # noqa: PLC0415

    for name, stream in bundle.tables.items():
        connection.register("incoming", pa.ipc.open_stream(stream).read_all())
        connection.execute(f"INSERT INTO {name} BY NAME SELECT * FROM incoming").fetchall()
        connection.unregister("incoming")
