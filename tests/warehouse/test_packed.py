"""Columns packed for the pipe: what is unpacked is what was packed, and Arrow sees the same."""

import json
from decimal import Decimal

import pyarrow as pa
import pytest
from landed_readings import finding, landed, observation

from flows.reading.wire import PACKED, from_wire, to_packed_wire, unpack_wire
from warehouse.content import content_hash
from warehouse.database import open_memory
from warehouse.packed import column_of, pack, unpack
from warehouse.store import store_readings

ROWS = [
    {"sheet": "PL01", "row": 1, "hidden": False, "text": "1.0"},
    {"sheet": "PL01", "row": 2, "hidden": True, "text": "1"},
    {"sheet": "PL01", "row": 2, "hidden": False, "text": "1.00"},
]


def packed(rows: list[dict[str, object]]) -> dict[str, object]:
    columns = {name: [row[name] for row in rows] for name in ROWS[0]}
    sent: dict[str, object] = json.loads(json.dumps(pack(len(rows), columns)))
    return sent


def test_rows_come_back_as_they_were() -> None:
    assert unpack(packed(ROWS)) == ROWS
    assert unpack(packed([])) == []


def test_what_repeats_is_written_once() -> None:
    columns = packed(ROWS)["columns"]
    assert isinstance(columns, dict)
    assert columns["sheet"]["values"] == ["PL01"]
    assert columns["text"] == {"values": ["1.0", "1", "1.00"]}


@pytest.mark.parametrize(
    ("name", "kind"), [("sheet", pa.string()), ("row", pa.int64()), ("hidden", pa.bool_())]
)
def test_parts_follow_one_another_in_a_column(name: str, kind: pa.DataType) -> None:
    parts = [packed(ROWS), packed([]), packed(ROWS[1:])]
    assert column_of(parts, name, kind).to_pylist() == [row[name] for row in ROWS + ROWS[1:]]


@pytest.mark.parametrize("values", [256, 257, 65_536, 65_537])
def test_many_values_are_told_apart(values: int) -> None:
    texts = [str(row % values) for row in range(2 * values)]
    sent = json.loads(json.dumps(pack(len(texts), {"text": texts})))
    assert [row["text"] for row in unpack(sent)] == texts
    assert column_of([sent], "text", pa.string()).to_pylist() == texts


@pytest.mark.parametrize("first", ["as before", "distinct"])
def test_the_first_rows_mislead(first: str) -> None:
    few, many = ["0"] * 200, [str(row) for row in range(200)]
    texts = few + many * 2 if first == "as before" else many + few * 3
    sent = json.loads(json.dumps(pack(len(texts), {"text": texts})))
    assert "at" in sent["columns"]["text"]
    assert [row["text"] for row in unpack(sent)] == texts


def test_values_are_converted_once_each() -> None:
    parts = [packed(ROWS)]
    assert column_of(
        parts, "text", pa.string(), lambda texts: [f"{text}!" for text in texts]
    ).to_pylist() == [
        "1.0!",
        "1!",
        "1.00!",
    ]


def readings() -> list[dict[str, object]]:
    figures = [
        observation("population", f"{row}.50", f"A{row}", row=row, half_width=Decimal("0.050"))
        for row in range(1, 30)
    ]
    return [
        landed(*figures, findings=(finding(),)),
        landed(title="Không có số liệu"),
        landed(observation("population", "12.3456789012345", "B2"), title="Biểu 2"),
    ]


def test_a_packed_reading_is_the_reading() -> None:
    for wire in readings():
        reading = from_wire({name: wire[name] for name in wire if name not in OWN})
        sent = json.loads(json.dumps(to_packed_wire(reading)))
        assert {type(sent[name]) for name in PACKED} == {dict}
        assert from_wire(unpack_wire(sent)) == reading


OWN = ("reporter", "received_at")


def test_packed_and_unpacked_readings_are_stored_alike() -> None:
    hashes = []
    for form in (lambda wire: wire, repack, lambda wire: wire if wire["cells"] else repack(wire)):
        with open_memory() as connection:
            store_readings(connection, [form(wire) for wire in readings()])
            hashes.append(content_hash(connection))
    assert len(set(hashes)) == 1


def repack(wire: dict[str, object]) -> dict[str, object]:
    reading = from_wire({name: wire[name] for name in wire if name not in OWN})
    sent = json.loads(json.dumps(to_packed_wire(reading)))
    return sent | {name: wire[name] for name in OWN}
