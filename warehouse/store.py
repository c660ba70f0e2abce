"""Load readings into the working file, whole submissions in one transaction, each file once."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

from warehouse import frames, wire
from warehouse.database import transaction
from warehouse.revisions import Latest, Series, latest_revisions, series_of
from warehouse.wire import Row

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

Outcome = Literal["stored", "known", "rejected"]


@dataclass(frozen=True, slots=True)
class Stored:
    """What became of one landed file: `known` means that its bytes were stored before."""

    submission_id: str
    file_name: str
    outcome: Outcome
    revision: int = 0
    superseded_id: str = ""


def store_readings(
    connection: "DuckDBPyConnection", landed: Sequence[Mapping[str, Any]]
) -> list[Stored]:
    """Store readings in their wire form, all of them or none, and say what became of each.

    A landed reading is the JSON form of `warehouse.model.Reading` (Decimals as strings;
    findings with `message_vi` and `message_en`) plus `reporter` and `received_at` (UTC).
    The order of arrival numbers the revisions. Raises DuplicateRows and FigureTooLarge;
    both leave the warehouse as it was.
    """
    in_order = sorted(landed, key=lambda one: (str(one["received_at"]), one["sha256"]))
    with transaction(connection):
        known = _known(connection, [one["sha256"] for one in in_order])
        fresh: dict[str, Row] = {}
        for one in in_order:
            if one["sha256"] not in known:
                fresh.setdefault(one["sha256"], _submission(one))
        old = _number_revisions(connection, list(fresh.values()))
        _retire(connection, old)
        _insert(connection, list(fresh.values()))
    return _outcomes(in_order, fresh)


def set_statuses(connection: "DuckDBPyConnection", submission_ids: Sequence[str]) -> dict[str, str]:
    """Accept submissions, or quarantine those with an open critical or a returned finding.

    Rejected and superseded ones stay what they are. Returns each one's status.
    """
    connection.execute(
        """
        UPDATE submission SET status = CASE WHEN submission_id IN (
            SELECT submission_id FROM finding
            WHERE (severity = 'critical' AND status = 'open') OR status = 'returned'
        ) THEN 'quarantined' ELSE 'accepted' END
        WHERE list_contains(?, submission_id)
            AND status IN ('read', 'accepted', 'quarantined')
        """,
        [list(submission_ids)],
    ).fetchall()
    rows = connection.execute(
        "SELECT submission_id, status FROM submission WHERE list_contains(?, submission_id)",
        [list(submission_ids)],
    ).fetchall()
    return dict(rows)


def submission_id_of(sha256: str) -> str:
    """The short name of a submission: the first 16 hex digits of its content's sha256."""
    return sha256[:16]


def _known(connection: "DuckDBPyConnection", hashes: list[str]) -> set[str]:
    rows = connection.execute(
        "SELECT sha256 FROM submission WHERE list_contains(?, sha256)", [hashes]
    ).fetchall()
    return {sha256 for (sha256,) in rows}


def _submission(one: Mapping[str, Any]) -> Row:
    row = dict(one)
    row["submission_id"] = submission_id_of(one["sha256"])
    row["received_at"] = _utc(one["received_at"])
    row["revision"] = 1
    row["superseded_id"] = ""
    return row


def _number_revisions(connection: "DuckDBPyConnection", fresh: list[Row]) -> list[str]:
    """Give each fresh submission its revision; return the ids that are superseded now."""
    latest = latest_revisions(connection, fresh)
    by_id = {row["submission_id"]: row for row in fresh}
    stored_before = []
    for row in fresh:
        if row["status"] == "rejected":
            continue
        previous = _follow(latest, series_of(row), row)
        if previous in by_id:
            by_id[previous]["status"] = "superseded"
        elif previous:
            stored_before.append(previous)
    return stored_before


def _follow(latest: dict[Series, Latest], series: Series, row: Row) -> str:
    previous = latest.get(series)
    if previous:
        row["revision"] = previous.revision + 1
        row["superseded_id"] = previous.submission_id
    latest[series] = Latest(row["submission_id"], row["revision"])
    return previous.submission_id if previous else ""


def _retire(connection: "DuckDBPyConnection", submission_ids: list[str]) -> None:
    if not submission_ids:
        return
    for table, condition in (("submission", "true"), ("finding", "status = 'open'")):
        connection.execute(
            f"UPDATE {table} SET status = 'superseded' "
            f"WHERE {condition} AND list_contains(?, submission_id)",
            [submission_ids],
        ).fetchall()


def _insert(connection: "DuckDBPyConnection", fresh: list[Row]) -> None:
    for table, columns in wire.columns_by_table(fresh).items():
        filled = frames.frame(columns)
        for key in wire.UNIQUE.get(table, []):
            frames.refuse_duplicates(connection, filled, table, key)
        frames.insert(connection, table, filled)


def _outcomes(landed: list[Mapping[str, Any]], fresh: dict[str, Row]) -> list[Stored]:
    said: set[str] = set()
    outcomes = []
    for one in landed:
        row = fresh.get(one["sha256"])
        if row is None or one["sha256"] in said:
            outcomes.append(Stored(submission_id_of(one["sha256"]), one["file_name"], "known"))
            continue
        said.add(one["sha256"])
        outcome: Outcome = "rejected" if row["status"] == "rejected" else "stored"
        outcomes.append(
            Stored(
                row["submission_id"],
                row["file_name"],
                outcome,
                row["revision"],
                row["superseded_id"],
            )
        )
    return outcomes


def _utc(moment: str | dt.datetime) -> dt.datetime:
    read = dt.datetime.fromisoformat(moment) if isinstance(moment, str) else moment
    return read.astimezone(dt.UTC).replace(tzinfo=None) if read.tzinfo else read
