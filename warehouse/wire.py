"""The wire form of readings (JSON of `warehouse.model.Reading`) as columns of the tables."""

import hashlib
import json
from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

from warehouse.figures import all_kept
from warehouse.packed import column_of, unpack

Row = dict[str, Any]
Columns = dict[str, Any]
"""Lists of values, or Arrow's columns, by name."""

NUMBERS = {
    **dict.fromkeys(("row", "column", "position", "decimals"), "int"),
    "match_score": "float",
    "hidden": "bool",
}
EXACT: dict[str, Callable[[list[str]], list[str]]] = {
    "value_literal": all_kept,
    "half_width": partial(all_kept, upwards=True),
}

# Columns of a table that are named as in the wire form, and those that are not.
SAME = {
    "submission": "submission_id sha256 file_name file_type reporter province_code province_name "
    "title reference_year document_number document_date received_at revision status reason "
    "reason_vi reason_en",
    "source_table": "submission_id table_id sheet first_cell last_cell kind title unit_text "
    "number_style hidden",
    "cell": "submission_id table_id sheet cell typed_text role why",
    "observation": "submission_id observation_id table_id sheet cell position typed_text area_code "
    "area_name area_level indicator group_code period scenario value_literal unit unit_printed "
    "decimals half_width obs_status header_path label_path match_score hidden",
    "document": "submission_id table_id sheet section ordinal issuer number issued_on title remark",
    "finding": "finding_id submission_id relation_id rule kind severity status sheet culprit_cell "
    "typed_text suggestion suggested_value confidence expected_low expected_high found gap "
    "cause_id message_vi message_en first_seen score",
    "finding_cell": "finding_id submission_id sheet cell typed_text part",
}
PLACED = {"row_number": "row", "column_number": "column"}
OTHER = {
    "cell": PLACED,
    "observation": {**PLACED, "value": "value_literal"},
    "document": {"row_number": "row"},
}
COLUMNS = {
    table: {**{name: name for name in names.split()}, **OTHER.get(table, {})}
    for table, names in SAME.items()
}
UNIQUE: dict[str, list[tuple[str, ...]]] = {
    "submission": [("submission_id",)],
    "source_table": [("submission_id", "table_id")],
    "cell": [("submission_id", "sheet", "cell")],
    "observation": [("observation_id",), ("submission_id", "sheet", "cell", "position")],
    "finding": [("finding_id",)],
}


def columns_by_table(fresh: list[Row]) -> dict[str, Columns]:
    """The columns of every table for submissions that are new, in the order of loading."""
    findings = [row for one in fresh for row in _findings(one)]
    cells = [cell for finding in findings for cell in finding["finding_cells"]]
    return {
        "submission": _columns(fresh, COLUMNS["submission"]),
        "source_table": _parts(fresh, "source_table", "tables"),
        "supersession": _supersessions(fresh),
        "sheet": _sheets(fresh),
        "cell": _many(fresh, "cell", "cells"),
        "observation": _many(fresh, "observation", "observations"),
        "document": _parts(fresh, "document", "documents"),
        "finding": _columns(findings, COLUMNS["finding"]),
        "finding_cell": _columns(cells, COLUMNS["finding_cell"]),
    }


def _columns(rows: list[Row], names: Mapping[str, str]) -> Columns:
    return {name: [row[key] for row in rows] for name, key in names.items()}


def _parts(fresh: list[Row], table: str, what: str) -> Columns:
    """The columns of what belongs to submissions, which their wire form does not repeat."""
    names = {name: key for name, key in COLUMNS[table].items() if name != "submission_id"}
    owners = [one["submission_id"] for one in fresh for _ in one[what]]
    parts = [part for one in fresh for part in one[what]]
    return {"submission_id": owners, **_columns(parts, names)}


def _many(fresh: list[Row], table: str, what: str) -> Columns:
    """The columns of cells or observations; from another process they come packed."""
    if all(isinstance(one[what], Mapping) for one in fresh):
        return _packed_parts([one for one in fresh if one[what]["count"]], table, what)
    rows = [one if isinstance(one[what], list) else _unpacked(one, what) for one in fresh]
    columns = _parts(rows, table, what)
    return _exact(columns) if table == "observation" else columns


def _unpacked(one: Row, what: str) -> Row:
    return one | {what: unpack(one[what])}


def _packed_parts(fresh: list[Row], table: str, what: str) -> Columns:
    import pyarrow as pa  # noqa: PLC0415

    parts = [one[what] for one in fresh]
    owners = pa.array([one["submission_id"] for one in fresh], pa.string())
    places = [place for place, part in enumerate(parts) for _ in range(part["count"])]
    columns: Columns = {"submission_id": owners.take(pa.array(places, pa.int64()))}
    kinds = {"int": pa.int64(), "float": pa.float64(), "bool": pa.bool_(), "str": pa.string()}
    for name, key in COLUMNS[table].items():
        if name not in ("submission_id", "value"):
            kind = kinds[NUMBERS.get(key, "str")]
            columns[name] = column_of(parts, key, kind, EXACT.get(key))
    return columns | ({"value": columns["value_literal"]} if table == "observation" else {})


def _supersessions(fresh: list[Row]) -> Columns:
    pairs = [(one["submission_id"], one["superseded_id"]) for one in fresh]
    known = [pair for pair in pairs if pair[1]]
    return {
        "submission_id": [new for new, _ in known],
        "superseded_id": [old for _, old in known],
    }


def _sheets(fresh: list[Row]) -> Columns:
    """How the sheets are laid out: asked for one at a time and whole, so kept as JSON."""
    sheets = [(one["submission_id"], *pair) for one in fresh for pair in enumerate(one["layout"])]
    return {
        "submission_id": [owner for owner, _, _ in sheets],
        "position": [position for _, position, _ in sheets],
        "sheet": [sheet["sheet"] for _, _, sheet in sheets],
        "hidden": [sheet["hidden"] for _, _, sheet in sheets],
        "layout": [json.dumps(sheet, ensure_ascii=False) for _, _, sheet in sheets],
    }


def _exact(columns: Columns) -> Columns:
    values = all_kept(columns["value_literal"])
    half_widths = all_kept(columns["half_width"], upwards=True)
    return {**columns, "value": values, "value_literal": values, "half_width": half_widths}


def _findings(one: Row) -> list[Row]:
    """The reading findings of a submission as rows; the same finding said twice is one."""
    rows = {}
    for finding in one["findings"]:
        row = _finding(one, finding)
        rows[row["finding_id"]] = row
    return list(rows.values())


def _finding(one: Row, finding: Mapping[str, Any]) -> Row:
    cells: list[Row] = list(finding["cells"])
    culprit = next((cell for cell in cells if cell["part"] == "culprit"), None)
    shown = culprit or (cells[0] if cells else {"sheet": "", "cell": "", "typed_text": ""})
    owner = {
        "finding_id": finding_id_of(one["submission_id"], finding),
        "submission_id": one["submission_id"],
    }
    return {
        **dict.fromkeys(COLUMNS["finding"]),
        **owner,
        "relation_id": "",
        "rule": finding["rule"],
        "kind": "reading",
        "severity": finding["severity"],
        "status": "superseded" if one["status"] == "superseded" else "open",
        "sheet": shown["sheet"],
        "culprit_cell": culprit["cell"] if culprit else "",
        "typed_text": shown["typed_text"],
        "suggestion": finding["facts"].get("suggestion", ""),
        "cause_id": "",
        "message_vi": finding["message_vi"],
        "message_en": finding["message_en"],
        "first_seen": one["received_at"],
        "finding_cells": [{**cell, **owner} for cell in cells],
    }


def finding_id_of(submission_id: str, finding: Mapping[str, Any]) -> str:
    """A name that the same finding of the same submission gets every night."""
    said = [submission_id, finding["rule"], finding["cells"], finding["facts"]]
    text = json.dumps(said, sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()[:16]
