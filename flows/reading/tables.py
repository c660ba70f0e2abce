"""One region read as a table of figures: every cell gets a meaning or a reason why not."""

from collections import defaultdict
from dataclasses import dataclass, field

from expectations.periods import Period
from expectations.vocabulary import Unit, read_label
from flows.reading.areas import Gazetteer
from flows.reading.columns import Column, read_columns
from flows.reading.figures import (
    Figure,
    Value,
    in_scaled_units,
    make_figure,
    mixed_forms,
    read_value,
    settle_marks,
)
from flows.reading.groups import payer_groups
from flows.reading.indicators import units
from flows.reading.match import Label, Path, Sense, Surroundings, make_sense, read_path_label
from flows.reading.numbers import Mark, is_missing
from flows.reading.outline import RowLabel, read_outline
from flows.reading.regions import Region
from flows.reading.report import Report
from flows.reading.series import find_series
from flows.reading.surroundings import settle_scenario
from warehouse.model import Cell, Observation, Scenario


@dataclass(slots=True)
class TableReader:
    """Reads one region; `around` is what stands around it, `report` takes roles and findings."""

    region: Region
    table_id: str
    gazetteer: Gazetteer
    around: Surroundings
    scenario: Scenario
    written: object
    lines: list[Unit]
    report: Report
    columns: list[Column] = field(default_factory=list)
    rows: dict[int, RowLabel] = field(default_factory=dict)
    row_paths: dict[int, Path] = field(default_factory=dict)
    column_paths: dict[int, Path] = field(default_factory=dict)
    problems: dict[tuple[str, tuple[tuple[str, str], ...]], list[Cell]] = field(
        default_factory=lambda: defaultdict(list)
    )
    marks_used: str = ""

    figures: list[Figure] = field(default_factory=list)

    def find(self) -> list[Figure]:
        """The figures of the region with their meanings, in the order of its cells."""
        self.columns = read_columns(self.region)
        self.rows = read_outline(self.region, self.columns)
        self._label_roles()
        found = [*self._figures(), *self._series()]
        self.figures = in_scaled_units(found, self.lines)
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
        roles = {column.number: column.role for column in self.columns}
        for cell in self.region.rows_of_cells(self.region.body_rows):
            match roles.get(cell.column):
                case "ordinal":
                    give(cell, "label", "row code or ordinal", table)
                case "label" | "period" | "unit":
                    give(cell, "label", f"row {roles[cell.column]}", table)
                case "remark":
                    give(cell, "note", "remark beside the figures", table)

    def _label(self, cell: Cell) -> Label:
        return read_path_label(cell, self.gazetteer)

    def _row_path(self, row: int) -> Path:
        if row not in self.row_paths:
            label = self.rows[row]
            own = [self._label(cell) for cell in reversed(label.cells)]
            above = [
                self._label(cell) for parent in label.parents for cell in reversed(parent.cells)
            ]
            path = Path([*own, *above], own=len(own))
            path.payer = self._payer_above(row, path)
            self.row_paths[row] = path
        return self.row_paths[row]

    def _payer_above(self, row: int, path: Path) -> str:
        """In a list without codes or indents: the payer group that a sub-group stands below."""
        named = path.groups
        if len(named) != 1:
            return ""
        for above in reversed([number for number in self.region.body_rows if number < row]):
            label = self.rows[above]
            payer = self._label(label.cells[-1]).meaning.first("group") if label.cells else None
            if payer in payer_groups():
                return payer if f"{payer}/{named[0]}" in payer_groups() else ""
        return ""

    def _column_path(self, column: Column) -> Path:
        if column.number not in self.column_paths:
            labels = [self._label(cell) for cell in reversed(column.path)]
            path = Path(labels, own=len(labels))
            if path.period is None and (left := self._period_at_left(column)):
                path.lent = left
            self.column_paths[column.number] = path
        return self.column_paths[column.number]

    def _period_at_left(self, column: Column) -> Period | None:
        """The period of a column that compares: `So với năm 2014` follows `Năm 2015`."""
        number = self.columns.index(column)
        if not number or self.columns[number - 1].role != "figure":
            return None
        period = self._column_path(self.columns[number - 1]).period
        return period if isinstance(period, Period) else None

    # -- figures --------------------------------------------------------------------------

    def _figures(self) -> list[Figure]:
        figures: list[Figure] = []
        labelled = any(column.role in ("label", "period") for column in self.columns)
        by_number = {c.number: c for c in self.columns if c.role == "figure"}
        for cell in self.region.rows_of_cells(self.region.body_rows):
            column = by_number.get(cell.column)
            if column is None:
                continue
            kind = self.region.sheet.kind(cell)
            if kind == "mark" or is_missing(cell.typed_text):
                self.report.give(cell, "note", "a mark, no figure", self.table_id)
            elif kind == "error":
                self.problems["reading.error_cell", ()].append(cell)
            elif kind in ("text", "period"):
                self.problems["reading.not_a_number", ()].append(cell)
            elif labelled and not self._row_path(cell.row).labels:
                self.problems["reading.no_label", ()].append(cell)
            elif self._is_subtotal(cell.row):
                self.report.give(cell, "ignored", "subtotal over several areas", self.table_id)
            else:
                figures += self._figure(cell, column)
        return figures

    def _is_subtotal(self, row: int) -> bool:
        labels = self._row_path(row).labels
        return bool(labels) and labels[0].meaning.first("subtotal") is not None

    def _figure(self, cell: Cell, column: Column) -> list[Figure]:
        row = self._row_path(cell.row)
        sense = make_sense(row, self._column_path(column), self.around, "%" in cell.typed_text)
        if sense.problem:
            self.problems[sense.problem, sense.facts].append(cell)
            return []
        return [make_figure(cell, sense, [*self._row_units(cell.row), *self.lines])]

    def _row_units(self, row: int) -> list[Unit]:
        found = []
        for column in self.columns:
            cell = self.region.sheet.covering(row, column.number) if column.role == "unit" else None
            unit = read_label(f"({cell.typed_text})").unit if cell else None
            found += [unit] if unit else []
        return found

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
                if column.role == "figure" and (period := self._column_path(column).period)
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
            sense = make_sense(Path([spoken]), Path(), around, False)
            if sense.problem:
                self.problems[sense.problem, sense.facts].append(cell)
                return []
            figures.append(make_figure(_part_of(cell, text), sense, []))
        return figures

    # -- observations ---------------------------------------------------------------------

    def _observe(self, marks: dict[str, dict[str, Mark]]) -> list[Observation]:
        figures = self.figures
        self.marks_used = " ".join(
            f"{kind}: {mark}={meaning}"
            for kind, said in marks.items()
            for mark, meaning in said.items()
        )
        mixed = mixed_forms(figures)
        if mixed:
            self.report.find("reading.mixed_forms", mixed)
        values = [(figure, read_value(figure, marks)) for figure in figures]
        for figure, value in values:
            if value is None:
                self.problems["reading.not_a_number", ()].append(figure.cell)
        read = [(figure, value) for figure, value in values if value is not None]
        self._tell_slips(read)
        return [
            self._observation(f, v, place)
            for (f, v), place in zip(self._settle_shares(read), _positions(read), strict=True)
        ]

    def _settle_shares(self, read: list[tuple[Figure, Value]]) -> list[tuple[Figure, Value]]:
        """The total of a column of payer groups' percentages is their share 100, no coverage."""
        shared = {
            f.cell.column
            for f, _v in read
            if f.sense.group in payer_groups() and f.sense.indicator.endswith("_share_pct")
        }
        settled = []
        for figure, value in read:
            sense = figure.sense
            if (
                figure.cell.column in shared
                and sense.group == "total"
                and sense.indicator.endswith("_coverage_pct")
                and value.literal == 100
            ):
                scheme = sense.indicator.partition("_")[0]
                share = f"{scheme}_participant_share_pct"
                sense = Sense(
                    share,
                    "total",
                    sense.area,
                    sense.period,
                    sense.scenario,
                    sense.unit,
                    sense.score,
                )
                figure = Figure(figure.cell, sense, figure.unit, figure.typed)  # noqa: PLW2901
            settled.append((figure, value))
        return settled

    def _observation(self, figure: Figure, value: Value, position: int) -> Observation:
        cell, sense = figure.cell, figure.sense
        assert sense.area is not None and sense.period is not None
        self.report.give(cell, "observation", sense.indicator, self.table_id)
        column = next((c.text for c in self.columns if c.number == cell.column), "")
        row = self.rows.get(cell.row)
        return Observation(
            observation_id=f"{self.table_id.rpartition('-')[0]}-{cell.address}-{position}",
            table_id=self.table_id,
            sheet=cell.sheet,
            cell=cell.address,
            position=position,
            typed_text=cell.typed_text,
            area_code=sense.area.code,
            area_name=sense.area.name,
            area_level=sense.area.level,
            indicator=sense.indicator,
            group_code=sense.group,
            period=str(sense.period),
            scenario=settle_scenario(sense.scenario, self.scenario, sense.period, self.written),  # type: ignore[arg-type]
            value_literal=value.literal,
            unit=units()[sense.indicator][0],
            unit_printed=figure.unit.printed,
            decimals=value.decimals,
            half_width=value.half_width,
            obs_status="A",
            header_path=column,
            label_path=row.text if row else "",
            match_score=sense.score,
            row=cell.row,
            column=cell.column,
            hidden=cell.hidden or self.region.sheet.grid.hidden,
        )

    # -- findings -------------------------------------------------------------------------

    def _tell_slips(self, read: list[tuple[Figure, Value]]) -> None:
        """Say once for each label that was matched by likeness what it was taken for."""
        labels: dict[str, tuple[Label, bool]] = {}
        for figure, _value in read:
            row = self.row_paths.get(figure.cell.row, Path())
            column = self.column_paths.get(figure.cell.column, Path())
            for path in (row, column):
                for place, label in enumerate(path.labels):
                    labels.setdefault(label.cell.address, (label, place < path.own))
        for label, own in labels.values():
            self._tell_slip(label, own)

    def _tell_slip(self, label: Label, own: bool) -> None:
        place, unexplained = label.place, label.meaning.unexplained
        if place is not None and place.score < 1 and place.area:
            taken, score = place.area.full_name, f"{place.score:.2f}"
            self.report.find("reading.fuzzy_match", [label.cell], "label", taken=taken, score=score)
        elif place is None and own and unexplained:
            self.report.find(
                "reading.partly_understood", [label.cell], "label", words=" ".join(unexplained)
            )

    def _tell_problems(self) -> None:
        for (rule, facts), cells in self.problems.items():
            for cell in cells:
                self.report.give(cell, "unread", rule, self.table_id)
            known = dict(facts)
            if "label" in known:
                known["candidates"] = ", ".join(self.gazetteer.candidates(known["label"]))
            self.report.find(rule, cells, **known)


def _part_of(cell: Cell, text: str) -> Cell:
    """A figure inside a note's sentence, as a cell of its own text."""
    return Cell(cell.sheet, cell.row, cell.column, text, text, hidden=cell.hidden)


def _positions(read: list[tuple[Figure, Value]]) -> list[int]:
    """1 for a cell's only figure; 1, 2, 3 … for those of one sentence."""
    seen: dict[tuple[int, int], int] = defaultdict(int)
    places = []
    for figure, _value in read:
        key = (figure.cell.row, figure.cell.column)
        seen[key] += 1
        places.append(seen[key])
    return places
