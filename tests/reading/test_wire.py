"""A reading survives the pipe: out as JSON, back as the same reading."""

import json
from decimal import Decimal

import pytest

from flows.reading.rejected import rejected_reading
from flows.reading.wire import from_wire, to_wire
from warehouse.model import (
    CellRole,
    Document,
    FindingCell,
    Observation,
    Reading,
    ReadingFinding,
    Table,
)

FIGURE = Observation(
    "o1", "t1", "Biểu 1", "C7", 1, "94,6%", "02", "Hà Giang", "province", "bhyt_coverage_pct",
    "total", "2014", "actual", Decimal("94.60"), "percent", "%", 1, Decimal("0.05"), "A",
    "Năm 2014", "Tỷ lệ", 1.0, 7, 3,
)  # fmt: skip
READING = Reading(
    file_name="a.xlsx", sha256="0" * 64, status="read", reason="", reason_vi="", reason_en="",
    file_type="xlsx", title="Biểu 1", province_code="02", province_name="Hà Giang",
    reference_year=None, document_number="", document_date="",
    tables=(Table("t1", "Biểu 1", "A1", "C7", "figures", "Biểu 1", "", "dot"),),
    cells=(CellRole("Biểu 1", "C7", 7, 3, "94,6%", "observation", "figure", "t1"),),
    observations=(FIGURE,),
    documents=(Document("t2", "Biểu 2", 4, "I", "1", "UBND", "183/KH-UBND", "", "Kế hoạch", ""),),
    findings=(
        ReadingFinding("unread", "warning", (FindingCell("Biểu 1", "A9", "?", "x"),), {"n": "1"}),
    ),
    layout=({"sheet": "Biểu 1", "merges": [[1, 1, 1, 3]]},),
)  # fmt: skip


def test_a_reading_comes_back_equal():
    assert from_wire(json.loads(json.dumps(to_wire(READING)))) == READING


def test_decimals_travel_as_texts_and_keep_every_digit():
    (figure,) = to_wire(READING)["observations"]
    assert (figure["value_literal"], figure["half_width"]) == ("94.60", "0.05")


def test_a_rejected_reading_carries_its_sentence():
    reading = rejected_reading("a.xlsx", "0" * 64, "reading.not_a_workbook", {"found": "pdf"})
    assert reading.reason_vi.startswith('Tệp là loại "pdf", không phải bảng tính.')
    assert reading.reason_en.startswith('The file is of type "pdf", not a workbook.')
    assert from_wire(to_wire(reading)) == reading


def test_a_reason_without_a_sentence_is_an_error():
    with pytest.raises(KeyError, match=r"reading\.unheard"):
        rejected_reading("a.xlsx", "0" * 64, "reading.unheard", {})
