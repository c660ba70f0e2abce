"""`baophu submissions` and `baophu findings`: what the last publication holds."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from flows.commands.console import (
    SEVERITY_STYLES,
    STATUS_STYLES,
    HomeOption,
    JsonOption,
    data,
    make_table,
    say,
    styled,
)

if TYPE_CHECKING:
    from rich.table import Table

Record = dict[str, Any]

SUBMISSIONS = """
SELECT submission_id, sha256, file_name, province_code, province_name, title, reference_year,
    received_at, revision, status, reason
FROM review.submission ORDER BY received_at DESC, file_name
"""
FINDINGS = """
SELECT finding_id, submission_id, file_name, rule, kind, severity, status, sheet, culprit_cell,
    typed_text, suggestion, suggested_value, confidence, expected_low, expected_high, found, gap,
    cause_id, message_vi, message_en, first_seen, score
FROM review.finding
WHERE $status = '' OR status = $status
ORDER BY CASE severity WHEN 'critical' THEN 0 WHEN 'warning' THEN 1 ELSE 2 END,
    score DESC NULLS FIRST, file_name, sheet, culprit_cell, finding_id
"""
FINDING_CELLS = "SELECT finding_id, sheet, cell, typed_text FROM review.finding_cell ORDER BY ALL"


def submissions(home: HomeOption = None, as_json: JsonOption = False) -> None:
    """List the submissions, the newest first.

    Example: baophu submissions --json
    """
    records = _fetch(home, SUBMISSIONS)
    if as_json:
        _print_json(records)
        return
    table = make_table("id", "file", "tỉnh", "năm", "lần", "trạng thái", "lý do", right=("lần",))
    for record in records:
        table.add_row(
            record["submission_id"],
            _plain(record["file_name"]),
            _plain(record["province_name"]),
            str(record["reference_year"] or ""),
            str(record["revision"]),
            styled(record["status"], STATUS_STYLES),
            _plain(record["reason"]),
        )
    _print_table(table, len(records), "submission")


def findings(
    status: Annotated[
        str, typer.Option("--status", help="Only findings of this status, such as open.")
    ] = "",
    home: HomeOption = None,
    as_json: JsonOption = False,
) -> None:
    """List the findings, the gravest first, the most consequential of them before the others.

    Example: baophu findings --status open --json
    """
    records = _fetch(home, FINDINGS, {"status": status})
    if as_json:
        _print_json(_with_cells(home, records))
        return
    table = make_table("id", "mức", "file", "sheet", "ô", "nội dung")
    for record in records:
        table.add_row(
            record["finding_id"],
            styled(record["severity"], SEVERITY_STYLES),
            _plain(record["file_name"]),
            _plain(record["sheet"]),
            _plain(record["culprit_cell"]),
            _plain(record["message_vi"]),
        )
    _print_table(table, len(records), "finding")


def _fetch(home: Path | None, sql: str, parameters: dict[str, Any] | None = None) -> list[Record]:
    from flows.home import find_home
    from warehouse.database import open_published
    from warehouse.places import current_link
    from warehouse.rows import fetch_records

    with open_published(current_link(find_home(home))) as connection:
        return fetch_records(connection, sql, parameters)


def _with_cells(home: Path | None, records: list[Record]) -> list[Record]:
    cells: dict[str, list[Record]] = {}
    for cell in _fetch(home, FINDING_CELLS):
        cells.setdefault(cell.pop("finding_id"), []).append(cell)
    return [record | {"cells": cells.get(record["finding_id"], [])} for record in records]


def _print_json(records: list[Record]) -> None:
    from flows.exact_json import dumps

    typer.echo(dumps(records, indent=1))


def _print_table(table: "Table", count: int, noun: str) -> None:
    data().print(table)
    say(f"{count} {noun}{'' if count == 1 else 's'}.")


def _plain(text: object) -> Any:
    from rich.text import Text

    return Text("" if text is None else str(text))
