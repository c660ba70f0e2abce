"""A home in which a night ran over one sample, and its publication to look into."""

import os
import shutil
from pathlib import Path
from typing import Any

import openpyxl

from flows.home import samples_folder
from flows.ingest import run_night
from warehouse.database import open_published
from warehouse.places import current_link
from warehouse.rows import fetch_records

LONG_AGO = (1_700_000_000, 1_700_000_000)  # nobody is still writing such a file


def drop_sample(home: Path, pattern: str, *typed_anew: tuple[str, str, str]) -> Path:
    """Drop a sample into the inbox, some cells (sheet, cell, text) typed anew by the clerk."""
    inbox = home / "raw" / "inbox"
    inbox.mkdir(parents=True, exist_ok=True)
    [sample] = samples_folder().glob(pattern)
    path = inbox / sample.name
    shutil.copyfile(sample, path)
    if typed_anew:
        book = openpyxl.load_workbook(path)
        for sheet, cell, text in typed_anew:
            book[sheet][cell].value = text
        book.save(path)
    os.utime(path, LONG_AGO)
    return path


def night(home: Path) -> None:
    run_night(home, home / "raw" / "inbox")


def published(home: Path, sql: str, **parameters: object) -> list[dict[str, Any]]:
    with open_published(current_link(home)) as connection:
        return fetch_records(connection, sql, parameters)


def status_of(home: Path) -> str:
    """The status of the living revision of the one report in a home."""
    [row] = published(home, "SELECT status FROM review.submission WHERE status <> 'superseded'")
    return str(row["status"])


def finding_at(home: Path, *cells: str) -> str:
    """The critical finding of the living revision that speaks of all these cells."""
    rows = published(
        home,
        "SELECT f.finding_id FROM review.finding f JOIN review.finding_cell c USING (finding_id) "
        "JOIN review.submission s USING (submission_id) WHERE s.status <> 'superseded' "
        "AND f.severity = 'critical' GROUP BY ALL "
        "HAVING list_has_all(list(c.cell), $cells)",
        cells=list(cells),
    )
    [row] = rows
    return str(row["finding_id"])


def finding_status(home: Path, finding_id: str) -> str:
    [row] = published(
        home, "SELECT status FROM review.finding WHERE finding_id = $id", id=finding_id
    )
    return str(row["status"])
