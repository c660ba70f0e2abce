"""The real reports with every suggested repair typed into the workbooks, and checked again."""

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl.cell.cell import Cell

from flows.checking import Checked, check_files

SAMPLES = Path(__file__).parents[2] / "raw" / "samples"
NAMES = {
    "ha-giang": "ha-giang_183-KH-UBND_2013.xlsx",
    "kon-tum": "kon-tum_431-BC-TU_2019.xlsx",
    "cao-bang": "cao-bang_3916-KH-UBND_2014.xlsx",
}
Finding = dict[str, Any]


def repair(book: openpyxl.Workbook, checked: Checked) -> set[tuple[str, str]]:
    """Type what the critical findings suggest into their cells; the cells, with the new text."""
    typed = {(one["sheet"], one["cell"], one["typed_text"]): one for one in checked.observations}
    done = set()
    for one in checked.findings:
        place = (one["sheet"], one["culprit_cell"], one["typed_text"])
        if one["severity"] != "critical" or not one["culprit_cell"] or place in done:
            continue
        cell = book[one["sheet"]][one["culprit_cell"]]
        if one["kind"] == "reading":
            retype(cell, "tỷ đồng", one["suggestion"])
        elif isinstance(cell.value, str):
            retype(cell, one["typed_text"].strip(), one["suggestion"])
        else:
            of_old = one["suggested_value"] / typed[place]["value"]
            cell.value = round(cell.value * float(of_old), 6)
        done.add(place)
    return {(cell, text) for _, cell, text in done}


def retype(cell: Cell, before: str, after: str) -> None:
    """Put one figure, or one unit, in place of another in a text."""
    text = str(cell.value)
    assert text.count(before) == 1, (cell.coordinate, text, before)
    cell.value = text.replace(before, after)


@pytest.fixture(scope="module")
def twice(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, tuple[Any, Checked]]]:
    """Of each sample with errors: the cells repaired, and what a second check says."""
    folder = tmp_path_factory.mktemp("repaired")
    copies = [Path(shutil.copy(SAMPLES / name, folder)) for name in NAMES.values()]
    repaired = []
    for copy, checked in zip(copies, check_files(copies), strict=True):
        book = openpyxl.load_workbook(copy)
        repaired.append(repair(book, checked))
        book.save(copy)
    yield dict(zip(NAMES, zip(repaired, check_files(copies), strict=True), strict=True))


def critical(checked: Checked) -> list[Finding]:
    return [one for one in checked.findings if one["severity"] == "critical"]


def test_ha_giang_is_accepted_once_six_cells_are_retyped(
    twice: dict[str, tuple[Any, Checked]],
) -> None:
    cells, checked = twice["ha-giang"]
    assert {cell for cell, _ in cells} == {"M17", "M27", "O20", "O50", "O8", "O9"}
    assert critical(checked) == []
    assert checked.status == "accepted"


def test_kon_tum_is_accepted_once_its_cells_and_units_are_retyped(
    twice: dict[str, tuple[Any, Checked]],
) -> None:
    """12.90 is a number under a format, 495.876 stands in a note, two labels name the units."""
    cells, checked = twice["kon-tum"]
    assert {cell for cell, _ in cells} == {"E40", "C102", "A24", "B89", "B91"}
    assert critical(checked) == []
    assert checked.status == "accepted"


def test_of_cao_bang_only_what_no_cell_explains_is_left(
    twice: dict[str, tuple[Any, Checked]],
) -> None:
    """Its districts' rates were made on other populations, in all seven years: one cause."""
    cells, checked = twice["cao-bang"]
    assert {cell for cell, _ in cells} == {"C44"}
    left = critical(checked)
    assert {one["rule"] for one in left} == {"weighted_population"}
    assert len({one["cause_id"] for one in left}) == 1
    assert {one["culprit_cell"] for one in left} == {""}


def test_what_the_guilty_cells_made_leap_is_calm_too(
    twice: dict[str, tuple[Any, Checked]],
) -> None:
    """No growth, step or target of Hà Giang is remarked on any more."""
    _, checked = twice["ha-giang"]
    assert [one["rule"] for one in checked.findings if one["severity"] == "warning"] == []
