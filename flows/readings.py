"""Readings on their way from the children to the warehouse: who sent them, in which words."""

import hashlib
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from flows.reading.pool import ReadRequest, read_files
from flows.reading.rejected import rejected_reading
from flows.reading.wire import to_wire
from flows.receipts import Receipt
from warehouse.migrations import utc_now

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

Reading = dict[str, Any]
"""The wire form of `warehouse.model.Reading`, with `reporter` and `received_at`."""


FILES_OF_A_CHILD = 500
"""What a child may leave behind ends with it; a night of 1,000 workbooks needs two or three."""


def read_landed(files: Sequence[tuple[Path, Receipt]]) -> list[Reading]:
    """Read one batch of landed files in one child process, in the order of the batch.

    Cells and observations stay packed by columns, as the warehouse takes them.
    """
    requests = [
        ReadRequest(path, receipt.file_name, receipt.sha256, receipt.reporter)
        for path, receipt in files
    ]
    read = {
        one["sha256"]: one
        for one in read_files(requests, workers=1, batch=FILES_OF_A_CHILD, packed=True)
    }
    return [
        read[receipt.sha256]
        | {"reporter": receipt.reporter, "received_at": receipt.received_at.isoformat()}
        for _, receipt in files
    ]


def read_files_at(paths: Sequence[Path]) -> list[Reading]:
    """Read files where they lie, in their order; one that is missing is a rejected reading."""
    hashes = [_sha256(path) for path in paths]
    requests = {
        sha256: ReadRequest(path, path.name, sha256)
        for path, sha256 in zip(paths, hashes, strict=True)
        if sha256
    }
    read = {one["sha256"]: one for one in read_files(list(requests.values()))}
    received_at = utc_now().isoformat()
    return [
        (read[sha256] if sha256 else _missing(path))
        | {"file_name": path.name, "reporter": "", "received_at": received_at}
        for path, sha256 in zip(paths, hashes, strict=True)
    ]


def store(connection: "DuckDBPyConnection", readings: Sequence[Reading]) -> int:
    """Store readings in one transaction; one that the warehouse cannot hold is rejected.

    Such are rows that must be unique and are not, figures with too many digits, and values
    that fit no column. Returns how many were new.
    """
    import duckdb  # noqa: PLC0415

    from warehouse.store import store_readings  # noqa: PLC0415

    if not readings:
        return 0
    try:
        stored = store_readings(connection, readings)
    except (ValueError, duckdb.ConversionException) as error:
        if len(readings) == 1:
            if readings[0]["status"] == "rejected":
                raise  # it holds nothing that could be at fault
            return store(connection, [_refused(readings[0], error)])
        return sum(store(connection, [reading]) for reading in readings)
    return sum(one.outcome != "known" for one in stored)


def _missing(path: Path) -> Reading:
    return to_wire(rejected_reading(path.name, "", "reading.missing_file", {"file": path.name}))


def _refused(reading: Reading, error: Exception) -> Reading:
    """A reading that would break the warehouse's promises, as a rejected one."""
    facts = {"error": f"{type(error).__name__}: {error}"}
    refused = rejected_reading(reading["file_name"], reading["sha256"], "reading.failed", facts)
    return to_wire(refused) | {name: reading[name] for name in ("reporter", "received_at")}


def _sha256(path: Path) -> str:
    """The hash of a file's bytes, "" when there is no file to read."""
    try:
        with path.open("rb") as stream:
            return hashlib.file_digest(stream, "sha256").hexdigest()
    except OSError:
        return ""
