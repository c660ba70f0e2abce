"""Small landed readings in their wire form, for the tests of the warehouse."""

import hashlib
import json
from decimal import Decimal
from typing import Any

from flows.reading.wire import to_wire
from warehouse import model


def observation(
    indicator: str,
    figure: str,
    cell: str,
    *,
    group: str = "total",
    area: tuple[str, str, str] = ("62", "Kon Tum", "province"),
    period: str = "2018",
    scenario: str = "actual",
    unit: str = "people",
    row: int = 1,
    column: int = 1,
    **other: Any,
) -> model.Observation:
    values: dict[str, Any] = {
        "observation_id": "",
        "table_id": "t1",
        "sheet": "Phu luc 02",
        "cell": cell,
        "position": 1,
        "typed_text": figure,
        "area_code": area[0],
        "area_name": area[1],
        "area_level": area[2],
        "indicator": indicator,
        "group_code": group,
        "period": period,
        "scenario": scenario,
        "value_literal": Decimal(figure),
        "unit": unit,
        "unit_printed": "",
        "decimals": 0,
        "half_width": Decimal("0.5"),
        "obs_status": "A",
        "header_path": "Năm 2018",
        "label_path": "Tổng số",
        "match_score": 100.0,
        "row": row,
        "column": column,
    }
    return model.Observation(**{**values, **other})


def finding(
    rule: str = "unread_cell", severity: str = "warning", cell: str = "B9", **facts: str
) -> dict[str, Any]:
    return {
        "rule": rule,
        "severity": severity,
        "cells": [{"sheet": "Phu luc 02", "cell": cell, "typed_text": "?", "part": "culprit"}],
        "facts": facts,
        "message_vi": f"Ô {cell} không đọc được.",
        "message_en": f"Cell {cell} was not understood.",
    }


def document(ordinal: str, number: str, row: int) -> model.Document:
    return model.Document(
        "t1", "Phu luc 01", row, "UBND TỈNH", ordinal, "UBND tỉnh", number, "2016-05-06", "Về", ""
    )


def landed(
    *observations: model.Observation,
    title: str = "Kết quả thực hiện BHYT",
    reporter: str = "kon-tum",
    year: int | None = 2018,
    received_at: str = "2026-11-22T18:00:00",
    findings: tuple[dict[str, Any], ...] = (),
    documents: tuple[model.Document, ...] = (),
    **other: Any,
) -> dict[str, Any]:
    """A reading in its wire form; its sha256 follows from what it says."""
    values: dict[str, Any] = {
        "file_name": "bao-cao.xlsx",
        "sha256": "",
        "status": "read",
        "reason": "",
        "reason_vi": "",
        "reason_en": "",
        "file_type": "xlsx",
        "title": title,
        "province_code": "62",
        "province_name": "Kon Tum",
        "reference_year": year,
        "document_number": "431-BC/TU",
        "document_date": "2019-07-04",
        "tables": (model.Table("t1", "Phu luc 02", "A1", "Z9", "figures", "III", "", "comma"),),
        "cells": tuple(_role(one) for one in observations),
        "observations": observations,
        "documents": documents,
        "layout": ({"sheet": "Phu luc 02", "hidden": False, "merges": [], "widths": {}},),
        "findings": (),
    }
    wire = _wire({**values, **other})
    wire |= {"reporter": reporter, "received_at": received_at, "findings": list(findings)}
    said = json.dumps([wire[name] for name in sorted(wire)], sort_keys=True)
    wire["sha256"] = other.get("sha256") or hashlib.sha256(said.encode()).hexdigest()
    for number, one in enumerate(wire["observations"]):
        one["observation_id"] = one["observation_id"] or f"{wire['sha256'][:16]}:{number}"
    return wire


def rejected(reason: str = "encrypted", **other: Any) -> dict[str, Any]:
    return landed(
        status="rejected",
        reason=reason,
        reason_vi="Tệp được đặt mật khẩu.",
        reason_en="The file has a password.",
        title="",
        province_code="",
        province_name="",
        year=None,
        tables=(),
        **other,
    )


def _role(one: model.Observation) -> model.CellRole:
    return model.CellRole(
        one.sheet, one.cell, one.row, one.column, one.typed_text, "observation", "figure", "t1"
    )


def _wire(reading: dict[str, Any]) -> dict[str, Any]:
    """What the pipe makes of a reading, Decimals as strings."""
    read: dict[str, Any] = json.loads(json.dumps(to_wire(model.Reading(**reading))))
    return read
