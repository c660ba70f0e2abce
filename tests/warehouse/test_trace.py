"""From a mart's row back to the cells: file, sheet, typed text, findings, earlier revisions."""

from pathlib import Path

from landed_readings import finding, landed, observation

from warehouse import places
from warehouse.database import open_published, open_working
from warehouse.publish import publish
from warehouse.store import set_statuses, store_readings
from warehouse.trace import Meaning, Trace, trace

COVERED = Meaning("62", "bhyt_participants", "2018")


def traced(home: Path, meaning: Meaning, *readings: dict[str, object]) -> Trace:
    with open_working(home) as connection:
        for reading in readings:
            stored = store_readings(connection, [reading])
            set_statuses(connection, [one.submission_id for one in stored])
        publish(connection, home)
    with open_published(places.current_link(home)) as reader:
        return trace(reader, meaning)


def covered(figure: str, cell: str = "E7", **other: object) -> dict[str, object]:
    return landed(observation("bhyt_participants", figure, cell, typed_text=figure), **other)


def test_a_figure_leads_to_its_file_sheet_cell_and_typed_text(tmp_path: Path) -> None:
    found = traced(tmp_path, COVERED, covered("474863"))
    assert found.figure and found.figure["value"] == 474863
    facts = found.places[0].facts
    assert (facts["file_name"], facts["sheet"], facts["cell"], facts["typed_text"]) == (
        "bao-cao.xlsx",
        "Phu luc 02",
        "E7",
        "474863",
    )
    assert facts["published"]


def test_earlier_revisions_come_last_with_what_they_said(tmp_path: Path) -> None:
    found = traced(tmp_path, COVERED, covered("474863"), covered("474836"))
    assert [
        (one.facts["revision"], one.facts["status"], int(one.facts["value"]))
        for one in found.places
    ] == [(2, "accepted", 474836), (1, "superseded", 474863)]


def test_findings_of_the_cell_are_told(tmp_path: Path) -> None:
    doubted = covered("474863", findings=(finding(cell="E7"), finding(cell="B9")))
    found = traced(tmp_path, COVERED, doubted)
    assert [one["message_en"] for one in found.places[0].findings] == [
        "Cell E7 was not understood."
    ]


def test_a_quarantined_figure_is_found_though_no_mart_has_it(tmp_path: Path) -> None:
    held = covered("474863", findings=(finding(severity="critical"),))
    found = traced(tmp_path, COVERED, held)
    assert found.figure is None
    assert [one.facts["status"] for one in found.places] == ["quarantined"]


def test_what_nobody_reported_has_no_places(tmp_path: Path) -> None:
    assert traced(tmp_path, Meaning("62", "bhyt_staff", "2018"), covered("1")).places == []
