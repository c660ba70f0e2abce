"""One region read as a table of figures: every cell gets a meaning or a reason why not."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field

from expectations.vocabulary import Unit, read_label
from flows.reading.authorities import tell_authorities
from flows.reading.columns import Column
from flows.reading.eligible import tell_eligible
from flows.reading.figures import (
    Figure,
    as_percentages,
    in_scaled_units,
    make_figure,
    mixed_forms,
    read_value,
)
from flows.reading.formed import Formed
from flows.reading.marks import Marks, settle_marks
from flows.reading.match import Surroundings, can_print, make_sense
from flows.reading.numbers import is_missing
from flows.reading.observing import make_observation, positions
from flows.reading.path import PERCENT_MODIFIERS, Label, Path
from flows.reading.rates import Rates, settle_rates
from flows.reading.regions import Region
from flows.reading.relations import Read
from flows.reading.report import Report
from flows.reading.series import find_series
from flows.reading.shares import settle_shares
from flows.reading.slips import tell_slips
from flows.reading.surroundings import settle_scenario
from flows.reading.ways import Ways
from warehouse.model import Cell, Observation, Scenario

# What the unit columns of a row say, as typed and as understood.
RowUnits = list[tuple[str, Unit | None]]


@dataclass(slots=True)
class TableReader:
    """Reads one region; `around` is what stands around it, `report` takes roles and findings."""

    region: Region
    table_id: str
    ways: Ways
    around: Surroundings
    scenario: Scenario
    written: dt.date | None
    lines: list[Unit]
    report: Report
    columns: list[Column]
    formed: Formed
    problems: dict[tuple[str, tuple[tuple[str, str], ...]], list[Cell]] = field(
        default_factory=lambda: defaultdict(list)
    )
    marks_used: str = ""
    figures: list[Figure] = field(default_factory=list)
    units: dict[int, Unit] = field(default_factory=dict)

    def find(self) -> list[Figure]:
        """The figures of the region with their meanings, in the order of its cells."""
        self._label_roles()
        if any(path.groups for path in self.ways.all):
            self.around.groups = ()  # a title's group is for tables that name none themselves
        if not any(path.place for path in self.ways.all):
            self.around.province = self.around.district or self.around.province
        if any(unit.code == "visits" for unit in self.lines):
            self.around.implied = "visits"
        found, unheld = tell_eligible([*self._figures(), *self._series()], self.ways)
        if unheld:
            self.problems["reading.not_collected", ()] += [figure.cell for figure in unheld]
        found, second = tell_authorities(found, self.ways)
        if second:
            self.problems["reading.second_plan", ()] += [figure.cell for figure in second]
        self.figures = as_percentages(in_scaled_units(found, self.lines))
        fractions = [figure.cell for figure in self.figures if figure.is_fraction]
        if fractions:
            self.report.find("reading.fraction", fractions)
        return self.figures

    def read(self, book: list[Figure]) -> list[Observation]:
        """The observations of the region; `book` are all figures of the workbook, which show
        how its clerk writes numbers where this table alone leaves it open."""
        observations = self._observe(settle_marks(self.figures, book))
        self._tell_problems()
        return observations

    # -- labels ---------------------------------------------------------------------------

    def _label_roles(self) -> None:
        give, table = self.report.give, self.table_id
        for cell in self.region.rows_of_cells(self.region.header_rows):
            give(cell, "label", "column head", table)
        for cell in self.region.rows_of_cells(self.region.repeated_rows):
            give(cell, "ignored", "column head repeated at a page break", table)
        for cell in self.region.rows_of_cells(self.region.number_rows):
            give(cell, "ignored", "column number", table)
        roles = {one.number: one.role for one in self.columns if one.role != "figure"}
        for cell in self.region.rows_of_cells(self.region.body_rows):
            match role := roles.get(cell.column):
                case None:
                    pass
                case "ordinal":
                    give(cell, "label", "row code or ordinal", table)
                case "label" | "period" | "unit":
                    give(cell, "label", f"row {role}", table)
                case "remark":
                    give(cell, "note", "remark beside the figures", table)

    # -- figures --------------------------------------------------------------------------

    def _figures(self) -> list[Figure]:
        heads = {c.number: self.ways.columns[c.number] for c in self.columns if c.role == "figure"}
        return [
            figure for row in self.region.body_rows for figure in self._figures_of_row(row, heads)
        ]

    def _figures_of_row(self, number: int, heads: dict[int, Path]) -> Iterator[Figure]:
        row, printed = self.ways.rows[number], self._row_units(number)
        if self.ways.labels[number].spans:
            for cell in self.region.cells(number):
                self.report.give(cell, "label", "section over the figures", self.table_id)
            return
        labelled = any(column.role in ("label", "period") for column in self.columns)
        subtotal = bool(row.labels) and row.labels[0].meaning.first("subtotal") is not None
        for cell in self.region.cells(number):
            over = heads.get(cell.column)
            if over is None or self._is_no_figure(cell, row, over):
                continue
            if labelled and not row.labels:
                self.problems["reading.no_label", ()].append(cell)
            elif subtotal:
                self.report.give(cell, "ignored", "subtotal over several areas", self.table_id)
            elif figure := self._figure(cell, row, over, printed):
                yield figure

    def _is_no_figure(self, cell: Cell, row: Path, over: Path) -> bool:
        """Whether a cell where figures stand holds none; then its role or problem is settled."""
        kind, formed = self.region.sheet.kind(cell), self.formed
        if formed.form and (reason := formed.reason_to_ignore(cell, row.labels, over.labels)):
            self.report.give(cell, "ignored", reason, self.table_id)
        elif kind in ("number", "year", "dash"):
            return False
        elif kind == "mark" or is_missing(cell.typed_text):
            self.report.give(cell, "note", "a mark, no figure", self.table_id)
        else:
            problem = "reading.error_cell" if kind == "error" else "reading.not_a_number"
            self.problems[problem, ()].append(cell)
        return True

    def _figure(self, cell: Cell, row: Path, over: Path, printed: RowUnits) -> Figure | None:
        sense, area = make_sense(row, over, self.around, "%" in cell.typed_text)
        if area is None or sense.problem:
            self.problems[sense.problem, sense.facts].append(cell)
            return None
        if not printed:
            return make_figure(cell, sense, area, self.lines, self.units)
        rated = over.terms.modifiers & PERCENT_MODIFIERS  # "TH/KH (%)" right of the unit "người"
        other = next((text for text, u in printed if not can_print(u, sense.indicator)), None)
        if other and not rated:
            facts = (("printed", other), ("indicator", sense.indicator))
            self.problems["reading.unit_contradicts", facts].append(cell)
            return None
        return make_figure(cell, sense, area, [*(u for _text, u in printed if u), *self.lines])

    def _row_units(self, row: int) -> RowUnits:
        """What the unit columns of a row say, as typed and as understood."""
        columns = [column.number for column in self.columns if column.role == "unit"]
        cells = [cell for number in columns if (cell := self.region.sheet.covering(row, number))]
        return [(c.typed_text, read_label(f"({c.typed_text})").unit) for c in cells]

    # -- figures in notes ----------------------------------------------------------------

    def _series(self) -> list[Figure]:
        figures: list[Figure] = []
        for cell in self.region.notes:
            for series in find_series(cell.typed_text):
                figures += self._series_figures(cell, series.label, series.figures)
        return figures

    def _series_figures(self, cell: Cell, label: str, texts: tuple[str, ...]) -> list[Figure]:
        """Figures that follow the table's own periods from its first one on."""
        periods = list(
            dict.fromkeys(
                period
                for column in self.columns
                if column.role == "figure" and (period := self.ways.columns[column.number].period)
            )
        )
        if len(periods) != len(texts):
            self.report.find(
                "reading.series_length",
                [cell],
                label=label,
                figures=str(len(texts)),
                periods=", ".join(str(period) for period in periods),
            )
        spoken = Label(cell, read_label(label), None)
        figures = []
        for text, period in zip(texts, periods, strict=False):
            around = Surroundings([], [], self.around.province, period)  # type: ignore[arg-type]
            sense, area = make_sense(Path([spoken]), Path([]), around, False)
            if area is None or sense.problem:
                self.problems[sense.problem, sense.facts].append(cell)
                return []
            figures.append(make_figure(_part_of(cell, text), sense, area, []))
        return figures

    # -- observations ---------------------------------------------------------------------

    def _observe(self, marks: Marks) -> list[Observation]:
        self.marks_used = marks.told
        if mixed := mixed_forms(self.figures):
            self.report.find("reading.mixed_forms", mixed)
        rates = settle_rates(self._read_values(marks), self.ways)
        read = settle_shares(rates.read)
        self._give_figures(read, marks, rates)
        if marks.undecided:
            self.report.find("reading.marks_open", marks.undecided)
        if rates.undecided:
            self.report.find("reading.rate_open", rates.undecided)
        found = [figure for figure, _value in read]
        tell_slips(found, self.ways, self.report)
        self._tell_inferred(found)
        return list(self._observations(read))

    def _give_figures(self, read: list[Read], marks: Marks, rates: Rates) -> None:
        """The role of each figure's cell: what it was taken for, and what decided that."""
        decided = {(cell.row, cell.column): marks.evidence for cell in marks.decided}
        for figure, _value in read:
            cell, why = figure.cell, figure.sense.indicator
            if decided or rates.evidence:
                place = (cell.row, cell.column)
                told = [decided.get(place, ""), rates.evidence.get(place, "")]
                why = "; ".join([why, *filter(None, told)])
            self.report.give(cell, "observation", why, self.table_id)

    def _read_values(self, marks: Marks) -> list[Read]:
        """The figures with their exact values; what is no number under any reading is said."""
        read: list[Read] = []
        for figure in self.figures:
            value = read_value(figure, marks.by_kind)
            if value is None:
                self.problems["reading.not_a_number", ()].append(figure.cell)
            else:
                read.append((figure, value))
        return read

    def _observations(self, read: list[Read]) -> Iterator[Observation]:
        heads = {column.number: column.text for column in self.columns}
        rows = {number: label.text for number, label in self.ways.labels.items()}
        reached = self._reached_columns()
        sheet_id, is_hidden = self.table_id.rpartition("-")[0], self.region.sheet.grid.hidden
        for (figure, value), position in zip(read, positions(read), strict=True):
            cell, said, period = figure.cell, figure.sense.scenario, figure.sense.period
            assert period is not None
            of_column: Scenario = "actual" if cell.column in reached else self.scenario
            yield make_observation(
                figure,
                value,
                table_id=self.table_id,
                sheet_id=sheet_id,
                position=position,
                scenario=settle_scenario(said, of_column, period, self.written),
                header_path=heads.get(cell.column, ""),
                label_path=rows.get(cell.row, ""),
                hidden=cell.hidden or is_hidden,
            )

    def _reached_columns(self) -> set[int]:
        """Columns of a period that stands beside `Kế hoạch | Thực hiện`: reached, unsaid."""
        ways = self.ways.columns
        if not any(path.scenario == "plan" for path in ways.values()):
            return set()
        reached = {path.period for path in ways.values() if path.scenario == "actual"}
        return {column for column, path in ways.items() if path.period in reached}

    # -- findings -------------------------------------------------------------------------

    def _tell_inferred(self, figures: list[Figure]) -> None:
        """Say once that no word names the period of some figures."""
        cells = [f.cell for f in figures if f.sense.period and f.sense.period.is_inferred]
        if cells:
            self.report.find("reading.period_inferred", cells, period=str(self.around.period))

    def _tell_problems(self) -> None:
        for (rule, facts), cells in self.problems.items():
            for cell in cells:
                self.report.give(cell, "unread", rule, self.table_id)
            known = dict(facts)
            if "label" in known:
                known["candidates"] = ", ".join(self.ways.candidates(known["label"]))
            self.report.find(rule, cells, facts=known)


def _part_of(cell: Cell, text: str) -> Cell:
    """A figure inside a note's sentence, as a cell of its own text."""
    return Cell(cell.sheet, cell.row, cell.column, text, text, hidden=cell.hidden)
