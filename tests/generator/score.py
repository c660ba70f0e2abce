"""Compares what a reader made of a workbook with what its maker knows."""

import hashlib
import tempfile
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

from openpyxl import Workbook

from flows.reading.parse import read_workbook
from flows.reading.workbook import open_workbook
from tests.generator.layouts import make_workbook
from tests.generator.page import Truth
from warehouse.model import Observation, Reading

FIELDS = (
    "area_code",
    "indicator",
    "group_code",
    "period",
    "scenario",
    "unit",
    "value_literal",
    "half_width",
    "hidden",
)
Place = tuple[str, str]


@dataclass(slots=True)
class Score:
    """Counts of figures, and the sentences that tell what is wrong."""

    figures: int = 0
    exact: int = 0
    wrong: int = 0
    silent: int = 0
    missing: int = 0
    extra: int = 0
    unread: int = 0
    findings: int = 0
    fields: Counter[str] = field(default_factory=Counter)
    faults: list[str] = field(default_factory=list)

    def add(self, other: "Score") -> None:
        """Add another score's counts and faults."""
        for name in ("figures", "exact", "wrong", "silent", "missing", "extra", "unread"):
            setattr(self, name, getattr(self, name) + getattr(other, name))
        self.findings += other.findings
        self.fields.update(other.fields)
        self.faults.extend(other.faults)

    @property
    def clean(self) -> bool:
        """Whether nothing at all is wrong."""
        return not (self.wrong or self.missing or self.extra or self.unread)


def read_back(book: Workbook, name: str = "bieu.xlsx") -> Reading:
    """Save a made workbook and read it as the night reads it."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / name
        book.save(path)
        sha256 = hashlib.sha256(path.read_bytes()).hexdigest()
        return read_workbook(open_workbook(path), file_name=name, sha256=sha256, reporter="")


def score_reading(reading: Reading, truths: list[Truth]) -> Score:
    """Every figure is exact, wrong or missing; a figure in another cell is extra.

    A wrong figure is *silent* when no finding stands on its table.
    """
    score = Score(figures=len(truths), findings=len(reading.findings))
    known = {(truth.sheet, truth.cell): truth for truth in truths}
    found: dict[Place, Observation] = {}
    for observation in reading.observations:
        place = (observation.sheet, observation.cell)
        if place not in known or place in found:
            score.extra += 1
            score.faults.append(f"extra {show(observation)}")
        found.setdefault(place, observation)
    warned = find_warned_tables(reading)
    for place, truth in known.items():
        if place not in found:
            score.missing += 1
            score.faults.append(f"missing {place} {show(truth)}")
        else:
            compare(score, truth, found[place], warned)
    for cell in reading.cells:
        if cell.role == "unread":
            score.unread += 1
            score.faults.append(f"unread {cell.sheet}!{cell.cell} {cell.typed_text!r}: {cell.why}")
    return score


def compare(score: Score, truth: Truth, found: Observation, warned: set[str]) -> None:
    """Count one figure as exact or wrong, and say in which fields it differs."""
    differs = [name for name in FIELDS if getattr(truth, name) != getattr(found, name)]
    if not differs:
        score.exact += 1
        return
    score.wrong += 1
    score.silent += found.table_id not in warned
    score.fields.update(differs)
    told = "; ".join(f"{name} {getattr(found, name)} is {getattr(truth, name)}" for name in differs)
    score.faults.append(f"wrong {truth.sheet}!{truth.cell} {found.typed_text!r}: {told}")


def find_warned_tables(reading: Reading) -> set[str]:
    """Tables on which some finding stands."""
    tables = {(cell.sheet, cell.cell): cell.table_id for cell in reading.cells}
    cells = [cell for finding in reading.findings for cell in finding.cells]
    return {tables.get((cell.sheet, cell.cell), "") for cell in cells}


def show(figure: Truth | Observation) -> str:
    """One figure in a line."""
    names = ("area_code", "indicator", "group_code", "period", "scenario", "value_literal")
    where = f"{figure.sheet}!{figure.cell}"
    return " ".join([where, *(str(getattr(figure, name)) for name in names)])


def score_layout(layout: str, seed: int, **habits: object) -> Score:
    """Make one workbook, read it back and score it."""
    book, truths, style = make_workbook(layout, seed, **habits)
    score = score_reading(read_back(book), truths)
    score.faults = [f"{layout}/{seed}: {fault}" for fault in score.faults]
    if score.faults:
        score.faults.insert(0, f"{layout}/{seed}: {style}")
    return score


def score_even_a_crash(layout: str, seed: int) -> Score:
    """As `score_layout`, but a reader that breaks down has missed every figure."""
    try:
        return score_layout(layout, seed)
    except Exception as error:  # whatever the reader dies of is a fault to show, not our end
        _, truths, _ = make_workbook(layout, seed)
        fault = f"{layout}/{seed}: crash {type(error).__name__}: {error}"
        return Score(figures=len(truths), missing=len(truths), faults=[fault])


def print_table(scores: dict[str, Score]) -> None:
    """Per layout: figures, percent exact, and what went wrong."""
    heads = ("layout", "figures", "exact %", "wrong", "silent", "missing", "extra", "unread")
    print("{:28} {:>8} {:>8} {:>7} {:>7} {:>8} {:>7} {:>7}  fields".format(*heads))
    for name, score in scores.items():
        share = 100 * score.exact / max(1, score.figures)
        counts = (score.wrong, score.silent, score.missing, score.extra, score.unread)
        fields = " ".join(f"{key}:{count}" for key, count in score.fields.most_common(4))
        print(
            f"{name:28} {score.figures:8} {share:8.2f} "
            + "{:7} {:7} {:8} {:7} {:7}  ".format(*counts)
            + fields
        )
