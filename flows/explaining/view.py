"""What both views show: the sheets as typed, each cell with its role and its figures' meaning."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from flows.explaining.spoken import Spoken, names, speaker
from warehouse.figures import plain

LARGEST_COLUMN_GAP = 3
"""Empty columns shown in a row; a stray cell far to the right does not stretch the page."""


@dataclass(frozen=True, slots=True)
class ShownFigure:
    """One figure: its meaning in words and codes, and the labels that gave it."""

    indicator: str
    name: str
    group: str
    area: str
    period: str
    scenario: str
    value: str
    score: float
    heads: tuple[Spoken, ...]
    labels: tuple[Spoken, ...]
    line: str

    @property
    def spoken(self) -> tuple[Spoken, ...]:
        """The labels of the column and of the row."""
        return self.heads + self.labels


@dataclass(frozen=True, slots=True)
class ShownCell:
    """One cell with its figures; `why` is the reason of its role, or what is unclear of it."""

    address: str
    row: int
    column: int
    text: str
    role: str
    why: str
    figures: tuple[ShownFigure, ...] = ()

    @property
    def meanings(self) -> tuple[str, ...]:
        """A line for each figure, and what decided between two readings where that was needed."""
        _role, decided, evidence = self.why.partition("; ")
        lines = tuple(figure.line for figure in self.figures)
        return (*lines, f"decided: {evidence}") if lines and decided else lines

    @property
    def score(self) -> float:
        """How surely the labels of its figures were understood, 1 where nothing was forgiven."""
        return min((figure.score for figure in self.figures), default=1.0)


@dataclass(slots=True)
class ShownSheet:
    """One sheet: its cells by place, and the rows and columns that hold any."""

    name: str
    cells: dict[tuple[int, int], ShownCell] = field(default_factory=dict)
    merges: list[tuple[int, int, int, int]] = field(default_factory=list)
    findings: list[Mapping[str, Any]] = field(default_factory=list)
    hidden: bool = False

    @property
    def rows(self) -> list[int]:
        """The numbers of the rows that hold a cell."""
        return sorted({row for row, _ in self.cells})

    @property
    def columns(self) -> list[int]:
        """The numbers of the columns from the first to the last that holds a cell."""
        used = sorted({column for _, column in self.cells})
        shown: list[int] = []
        for column in used:
            gap = range(shown[-1] + 1, column) if shown else range(0)
            shown.extend(gap if len(gap) <= LARGEST_COLUMN_GAP else [])
            shown.append(column)
        return shown

    def spans(self) -> dict[tuple[int, int], tuple[int, int]]:
        """How many shown rows and columns each merged place takes; (0, 0) where it is covered.

        A text alone in its row runs on over the empty cells at its right, as in a spreadsheet.
        """
        rows, columns = self.rows, self.columns
        spans = self._lone_texts(columns)
        for top, left, bottom, right in self.merges:
            down = [row for row in rows if top <= row <= bottom]
            across = [column for column in columns if left <= column <= right]
            spans.update({(row, column): (0, 0) for row in down for column in across})
            if down and across:
                spans[down[0], across[0]] = (len(down), len(across))
        return spans

    def _lone_texts(self, columns: list[int]) -> dict[tuple[int, int], tuple[int, int]]:
        spans: dict[tuple[int, int], tuple[int, int]] = {}
        merged = {row for top, _l, bottom, _r in self.merges for row in range(top, bottom + 1)}
        alone: dict[int, int | None] = {}
        for row, column in self.cells:
            alone[row] = None if row in alone else column
        for row, only in alone.items():
            if only is not None and row not in merged and not self.cells[row, only].figures:
                right = [other for other in columns if other > only]
                spans.update({(row, other): (0, 0) for other in right})
                spans[row, only] = (1, len(right) + 1)
        return spans

    def count(self, role: str) -> int:
        """How many cells have a role."""
        return sum(cell.role == role for cell in self.cells.values())


def make_sheets(reading: Mapping[str, Any]) -> list[ShownSheet]:
    """The sheets of a reading (wire form) in the file's order."""
    speak = speaker(reading)
    figures: dict[tuple[str, str], list[ShownFigure]] = {}
    for one in reading["observations"]:
        shown = _figure(one, speak(one["header_path"]), speak(one["label_path"]))
        figures.setdefault((one["sheet"], one["cell"]), []).append(shown)
    unclear = _unclear(reading)
    sheets: dict[str, ShownSheet] = {}
    layouts = {layout["sheet"]: layout for layout in reading["layout"]}
    for cell in reading["cells"]:
        name, place = cell["sheet"], (cell["sheet"], cell["cell"])
        if name not in sheets:
            sheets[name] = _sheet(name, layouts.get(name, {}), reading)
        sheets[name].cells[cell["row"], cell["column"]] = ShownCell(
            address=cell["cell"],
            row=cell["row"],
            column=cell["column"],
            text=cell["typed_text"],
            role=cell["role"],
            why=unclear.get(place, cell["why"]) if cell["role"] == "unread" else cell["why"],
            figures=tuple(figures.get(place, ())),
        )
    return list(sheets.values())


def _sheet(name: str, layout: Mapping[str, Any], reading: Mapping[str, Any]) -> ShownSheet:
    merges = [tuple(merge) for merge in layout.get("merges", ())]
    findings = [one for one in reading.get("findings", ()) if one["facts"].get("sheet") == name]
    return ShownSheet(name, {}, merges, findings, bool(layout.get("hidden")))


def _unclear(reading: Mapping[str, Any]) -> dict[tuple[str, str], str]:
    """What reading says of each unread cell, in Vietnamese and English."""
    return {
        (cell["sheet"], cell["cell"]): f"{finding['message_vi']} / {finding['message_en']}"
        for finding in reading.get("findings", ())
        for cell in finding["cells"]
    }


def _figure(
    one: Mapping[str, Any], heads: tuple[Spoken, ...], labels: tuple[Spoken, ...]
) -> ShownFigure:
    group = one["group_code"]
    return ShownFigure(
        indicator=one["indicator"],
        name=names().get(one["indicator"], one["indicator"]),
        group="" if group == "total" else names().get(group, group),
        area=one["area_name"],
        period=one["period"],
        scenario=one["scenario"],
        value=_value(one),
        score=one.get("match_score", 1.0),
        heads=heads,
        labels=labels,
        line=meaning(one),
    )


def _value(figure: Mapping[str, Any]) -> str:
    half = plain(Decimal(figure["half_width"]))
    margin = f" ± {half}" if half != "0" else ""
    return f"{plain(Decimal(figure['value_literal']))}{margin} {figure['unit']}"


def meaning(figure: Mapping[str, Any]) -> str:
    """What one figure says: `bhyt_participants, total, Huyện X, 2018, actual = 474863 people`."""
    names_of = ("indicator", "group_code", "area_name", "period", "scenario")
    paths = f"{figure['header_path']} · {figure['label_path']}".strip(" ·")
    return f"{', '.join(figure[name] for name in names_of)} = {_value(figure)}  [{paths}]"
