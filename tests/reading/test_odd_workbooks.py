"""Workbooks as tired clerks of other provinces type them, each with all that must come of it.

`odd/*.txt` draw them as `draw.py` says. `=== read` lists every figure that must be read, with the
area's code; `=== unread` every cell that must not be; `=== findings` all that must be said.
"""

from dataclasses import dataclass, field
from pathlib import Path

import pytest

from flows.reading.grid import Grid
from tests.reading.draw import grid, read, tell
from warehouse.model import Reading

ODD = sorted((Path(__file__).parent / "odd").glob("*.txt"))


@dataclass
class Odd:
    """One drawn workbook and its truth."""

    grids: list[Grid] = field(default_factory=list)
    reporter: str = ""
    figures: list[str] = field(default_factory=list)
    unread: list[str] = field(default_factory=list)
    findings: list[str] = field(default_factory=list)


def load(path: Path) -> Odd:
    """The workbook of a file."""
    head, *parts = path.read_text("utf-8").split("\n=== ")
    odd = Odd(reporter=head.partition("reporter: ")[2].strip())
    for part in parts:
        title, _, body = part.partition("\n")
        kind, *named = title.split()
        if kind == "sheet":
            odd.grids.append(grid(body, named[0], hidden="hidden" in named[1:]))
        elif kind == "unread":
            odd.unread = body.split()
        else:
            lines = body.strip().splitlines()
            setattr(odd, {"read": "figures", "findings": "findings"}[kind], lines)
    return odd


def at(odd: Odd, sheet: str, cell: str) -> str:
    """A cell's address, with its sheet where that is not the first."""
    return cell if sheet == odd.grids[0].sheet else f"{sheet}!{cell}"


def read_odd(path: Path) -> tuple[Odd, Reading]:
    """A drawn workbook with what was understood of it."""
    odd = load(path)
    return odd, read(*odd.grids, reporter=odd.reporter)


def test_there_are_workbooks_to_read() -> None:
    assert len(ODD) >= 85


@pytest.mark.parametrize("path", ODD, ids=lambda path: path.stem)
def test_an_odd_workbook_is_read_or_said(path: Path) -> None:
    odd, reading = read_odd(path)
    figures = [
        f"{at(odd, one.sheet, one.cell)}: {one.area_code} {tell(one)}"
        for one in reading.observations
    ]
    unread = [at(odd, one.sheet, one.cell) for one in reading.cells if one.role == "unread"]
    assert figures == odd.figures
    assert sorted(unread) == sorted(odd.unread)
    said = {f"{finding.severity} {finding.rule}" for finding in reading.findings}
    assert sorted(said) == odd.findings


@pytest.mark.parametrize("path", ODD, ids=lambda path: path.stem)
def test_every_cell_has_a_role_and_every_unread_one_a_finding(path: Path) -> None:
    odd, reading = read_odd(path)
    cells = {(one.sheet, one.row, one.column) for one in reading.cells}
    assert cells == {(drawn.sheet, *place) for drawn in odd.grids for place in drawn.cells}
    told = {(one.sheet, one.cell) for finding in reading.findings for one in finding.cells}
    unread = {(one.sheet, one.cell) for one in reading.cells if one.role == "unread"}
    assert unread <= told
