"""The samples' truth as an observation table: what a faultless reader would have stored."""

import csv
import datetime as dt
import re
import unicodedata
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING

from warehouse import reference

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

GOLDEN = Path(__file__).parents[1] / "golden"


def truth_rows() -> list[dict[str, str]]:
    """The 1,404 figures of the five samples."""
    with (GOLDEN / "truth.csv").open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def load_truth(connection: "DuckDBPyConnection") -> list[str]:
    """Store the truth as submissions, tables and observations; gives the submission ids."""
    rows = truth_rows()
    _load_submissions(connection, rows)
    _load_tables(connection, rows)
    _load_observations(connection, rows)
    return sorted({row["file"] for row in rows})


def load(connection: "DuckDBPyConnection", table: str, rows: list[dict[str, object]]) -> None:
    """Insert rows given as mappings, in one statement."""
    columns = list(rows[0])
    unnested = ", ".join(f"unnest(${position + 1})" for position in range(len(columns)))
    connection.execute(
        f"INSERT INTO {table} ({', '.join(columns)}) SELECT {unnested}",
        [[row[column] for row in rows] for column in columns],
    )


def _load_submissions(connection: "DuckDBPyConnection", rows: list[dict[str, str]]) -> None:
    provinces = {row["file"]: row["province"] for row in rows}
    codes = {area.name: area.code for area in reference.provinces(dt.date(2014, 1, 1))}
    load(connection, "submission", [_submission(f, codes[p], p) for f, p in provinces.items()])


def _submission(file_name: str, province_code: str, province: str) -> dict[str, object]:
    year = int(re.findall(r"(\d{4})\.", file_name)[0])
    blank = ["file_type", "reporter", "title", "document_number", "document_date"]
    blank += ["reason", "reason_vi", "reason_en"]
    return {
        "submission_id": file_name,
        "sha256": file_name,
        "file_name": file_name,
        "province_code": province_code,
        "province_name": province,
        "reference_year": year,
        "received_at": dt.datetime(2026, 11, 22),
        "revision": 1,
        "status": "read",
        **dict.fromkeys(blank, ""),
    }


def _load_tables(connection: "DuckDBPyConnection", rows: list[dict[str, str]]) -> None:
    tables = {(row["table_id"], row["file"], row["sheet"]) for row in rows}
    blank = dict.fromkeys(["first_cell", "last_cell", "title", "unit_text", "number_style"], "")
    made = [
        {
            "table_id": table_id,
            "submission_id": file_name,
            "sheet": sheet,
            "kind": "note" if table_id.endswith("_note") else "figures",
            "hidden": False,
            **blank,
        }
        for table_id, file_name, sheet in sorted(tables)
    ]
    load(connection, "source_table", made)


def _load_observations(connection: "DuckDBPyConnection", rows: list[dict[str, str]]) -> None:
    load(connection, "observation", [_observation(row) for row in rows])


def _observation(row: dict[str, str]) -> dict[str, object]:
    column, line = re.fullmatch(r"([A-Z]+)(\d+)", row["cell"]).groups()  # type: ignore[union-attr]
    blank = dict.fromkeys(["obs_status", "header_path", "label_path"], "")
    return {
        "observation_id": f"{row['file']}#{row['obs_id']}",
        "submission_id": row["file"],
        "table_id": row["table_id"],
        "sheet": row["sheet"],
        "cell": row["cell"],
        "row_number": int(line),
        "column_number": sum((ord(c) - 64) * 26**i for i, c in enumerate(reversed(column))),
        "position": int(row["obs_id"][1:]),
        "typed_text": row["raw_text"],
        "area_code": _area_code(row),
        "area_name": row["unit_key"],
        "area_level": row["unit_level"],
        "indicator": row["indicator"],
        "group_code": row["group"],
        "period": row["period"],
        "scenario": row["scenario"],
        "value": Decimal(row["value_literal"]),
        "value_literal": Decimal(row["value_literal"]),
        "unit": row["unit"],
        "unit_printed": row["unit_printed"],
        "decimals": int(row["decimals_printed"]),
        "half_width": Decimal(row["half_width"]),
        "match_score": 1.0,
        "hidden": False,
        **blank,
    }


def _area_code(row: dict[str, str]) -> str:
    on = dt.date(2019, 1, 1)
    province = next(a for a in reference.provinces(on) if a.name == row["province"])
    if row["unit_level"] == "province":
        return province.code
    name = row["unit_key"].removeprefix("TP ")
    spells = [d for d in reference.districts(province.code) if _folded(d.name) == _folded(name)]
    return spells[-1].code


def _folded(name: str) -> str:
    plain = unicodedata.normalize("NFD", name.replace("đ", "d").replace("Đ", "d")).casefold()
    return "".join(letter for letter in plain if letter.isascii() and letter.isalpha())
