"""Loading readings: each file once, revisions supersede, all of a batch or nothing."""

import datetime as dt
import json
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

import pytest
from landed_readings import document, finding, landed, observation, rejected

from warehouse.content import content_hash
from warehouse.database import open_memory
from warehouse.figures import FigureTooLarge
from warehouse.frames import DuplicateRows
from warehouse.store import set_statuses, store_readings


@pytest.fixture
def warehouse() -> Iterator[Any]:
    with open_memory() as connection:
        yield connection


def population(figure: str = "523034", **other: Any) -> Any:
    return observation("population", figure, "E4", **other)


def statuses(warehouse: Any) -> list[tuple[Any, ...]]:
    return warehouse.execute(
        "SELECT revision, status FROM submission ORDER BY revision, status"
    ).fetchall()


def test_a_reading_is_stored_with_its_exact_figures(warehouse: Any) -> None:
    store_readings(warehouse, [landed(population("474863.25"), received_at="2026-11-22T01:00:00")])
    assert warehouse.execute(
        "SELECT value, value_literal, half_width, row_number, typed_text FROM observation"
    ).fetchall() == [(Decimal("474863.25"), Decimal("474863.25"), Decimal("0.5"), 1, "474863.25")]
    assert warehouse.execute("SELECT received_at, revision, status FROM submission").fetchall() == [
        (dt.datetime(2026, 11, 22, 1), 1, "read")
    ]


def test_moments_with_a_zone_are_stored_in_utc(warehouse: Any) -> None:
    store_readings(warehouse, [landed(population(), received_at="2026-11-22T01:00:00+07:00")])
    assert warehouse.execute("SELECT received_at FROM submission").fetchall() == [
        (dt.datetime(2026, 11, 21, 18),)
    ]


def test_the_same_bytes_twice_are_a_no_op_that_is_said(warehouse: Any) -> None:
    one = landed(population(), findings=(finding(),), documents=(document("1", "12/QĐ", 4),))
    first = store_readings(warehouse, [one])
    before = content_hash(warehouse)
    second = store_readings(warehouse, [one])
    assert [one.outcome for one in first + second] == ["stored", "known"]
    assert content_hash(warehouse) == before


def test_the_same_bytes_twice_in_one_batch_are_stored_once(warehouse: Any) -> None:
    one = landed(population())
    assert [said.outcome for said in store_readings(warehouse, [one, one])] == ["stored", "known"]
    assert statuses(warehouse) == [(1, "read")]


def test_a_changed_file_of_the_same_title_supersedes(warehouse: Any) -> None:
    first = store_readings(warehouse, [landed(population("523034"), findings=(finding(),))])
    second = store_readings(
        warehouse, [landed(population("523035"), title="KẾT QUẢ  thực hiện, BHYT")]
    )
    assert second[0].revision == 2
    assert second[0].superseded_id == first[0].submission_id
    assert statuses(warehouse) == [(1, "superseded"), (2, "read")]
    assert warehouse.execute("SELECT count(*) FROM observation").fetchall() == [(2,)]
    assert warehouse.execute("SELECT status FROM finding").fetchall() == [("superseded",)]


def test_revisions_within_one_batch_follow_their_arrival(warehouse: Any) -> None:
    late = landed(population("3"), received_at="2026-11-22T03:00:00")
    early = landed(population("1"), received_at="2026-11-22T01:00:00", findings=(finding(),))
    middle = landed(population("2"), received_at="2026-11-22T02:00:00")
    store_readings(warehouse, [late, early, middle])
    assert warehouse.execute(
        "SELECT revision, status, o.value FROM submission JOIN observation o USING (submission_id) "
        "ORDER BY revision"
    ).fetchall() == [(1, "superseded", 1), (2, "superseded", 2), (3, "read", 3)]
    assert warehouse.execute("SELECT status FROM finding").fetchall() == [("superseded",)]


@pytest.mark.parametrize(
    "other",
    [
        {"title": "Kết quả thực hiện BHXH"},
        {"year": 2017},
        {"province_code": "20", "province_name": "Lạng Sơn"},
    ],
)
def test_another_title_year_or_province_is_no_revision(
    warehouse: Any, other: dict[str, Any]
) -> None:
    store_readings(warehouse, [landed(population("1"))])
    store_readings(warehouse, [landed(population("2"), **other)])
    assert statuses(warehouse) == [(1, "read"), (1, "read")]


def test_a_rejected_file_is_kept_with_its_reason_and_supersedes_nothing(warehouse: Any) -> None:
    store_readings(warehouse, [landed(population())])
    said = store_readings(warehouse, [rejected("encrypted")])
    assert said[0].outcome == "rejected"
    assert warehouse.execute(
        "SELECT status, reason, reason_en FROM submission ORDER BY ALL"
    ).fetchall() == [
        ("read", "", ""),
        ("rejected", "encrypted", "The file has a password."),
    ]


def test_an_open_critical_finding_quarantines(warehouse: Any) -> None:
    bad = landed(population("1"), title="A", findings=(finding(severity="critical"),))
    good = landed(population("2"), title="B", findings=(finding(severity="warning"),))
    unread = rejected()
    ids = [one.submission_id for one in store_readings(warehouse, [bad, good, unread])]
    assert sorted(set_statuses(warehouse, ids).values()) == ["accepted", "quarantined", "rejected"]
    warehouse.execute("UPDATE finding SET status = 'accepted' WHERE severity = 'critical'")
    assert sorted(set_statuses(warehouse, ids).values()) == ["accepted", "accepted", "rejected"]


def test_reading_findings_are_stored_with_their_cells_and_sentences(warehouse: Any) -> None:
    one = landed(population(), findings=(finding(cell="B9", label="Chi tiêu"), finding(cell="C9")))
    store_readings(warehouse, [one])
    assert warehouse.execute(
        "SELECT kind, status, sheet, culprit_cell, message_en FROM finding ORDER BY culprit_cell"
    ).fetchall() == [
        ("reading", "open", "Phu luc 02", "B9", "Cell B9 was not understood."),
        ("reading", "open", "Phu luc 02", "C9", "Cell C9 was not understood."),
    ]
    assert warehouse.execute(
        "SELECT count(*) FROM finding JOIN finding_cell USING (finding_id, submission_id)"
    ).fetchall() == [(2,)]


def test_two_figures_in_one_cell_need_two_positions(warehouse: Any) -> None:
    store_readings(warehouse, [landed(population("1"), population("2", position=2), cells=())])
    twice = landed(population("3"), population("4"), title="B", cells=())
    with pytest.raises(DuplicateRows, match="More than one observation with the same"):
        store_readings(warehouse, [twice])


def test_a_batch_is_stored_whole_or_not_at_all(warehouse: Any) -> None:
    good = landed(population("1"), title="A")
    twice = landed(population("3"), population("4"), title="B", cells=())
    with pytest.raises(DuplicateRows):
        store_readings(warehouse, [good, twice])
    assert statuses(warehouse) == []
    store_readings(warehouse, [good])
    assert statuses(warehouse) == [(1, "read")]


@pytest.mark.parametrize(
    ("printed", "kept"),
    [
        ("1E+3", "1000"),
        ("5E-7", "0.0000005"),
        ("12.34567890123456", "12.345678901235"),
        ("-1339", "-1339"),
        ("99999999999999999999999999", "99999999999999999999999999"),
    ],
)
def test_figures_are_kept_to_twelve_decimals(warehouse: Any, printed: str, kept: str) -> None:
    store_readings(warehouse, [landed(population(printed))])
    assert warehouse.execute("SELECT value_literal FROM observation").fetchall() == [
        (Decimal(kept),)
    ]


def test_a_half_width_is_never_rounded_to_nothing(warehouse: Any) -> None:
    store_readings(warehouse, [landed(population("1", half_width=Decimal("5E-14")))])
    assert warehouse.execute("SELECT half_width FROM observation").fetchall() == [
        (Decimal("0.000000000001"),)
    ]


def test_a_figure_of_27_digits_is_refused(warehouse: Any) -> None:
    with pytest.raises(FigureTooLarge, match="has more than 26 digits"):
        store_readings(warehouse, [landed(population("1" * 27))])


def test_the_content_hash_ignores_when_and_sees_what(warehouse: Any) -> None:
    store_readings(warehouse, [landed(population("1"), findings=(finding(),))])
    before = content_hash(warehouse)
    warehouse.execute("UPDATE submission SET received_at = TIMESTAMP '2020-01-01'")
    warehouse.execute("UPDATE finding SET first_seen = TIMESTAMP '2020-01-01'")
    assert content_hash(warehouse) == before
    warehouse.execute("UPDATE observation SET value = value + 0.000000000001")
    assert content_hash(warehouse) != before


def test_the_order_of_loading_does_not_change_the_content() -> None:
    batch = [landed(population(str(number)), title=f"Biểu {number}") for number in range(5)]
    hashes = set()
    for order in (batch, batch[::-1]):
        with open_memory() as connection:
            for one in order:
                store_readings(connection, [one])
            hashes.add(content_hash(connection))
    assert len(hashes) == 1


def test_how_sheets_are_laid_out_is_kept(warehouse: Any) -> None:
    layout = {"sheet": "Phu luc 02", "hidden": False, "merges": [[5, 3, 5, 8]], "widths": {"1": 5}}
    store_readings(warehouse, [landed(layout=(layout,))])
    [(position, kept)] = warehouse.execute("SELECT position, layout FROM sheet").fetchall()
    assert (position, json.loads(kept)) == (0, layout)
