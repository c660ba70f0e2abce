"""A workbook's grids become a reading: tables, observations, documents, roles and findings."""

import datetime as dt
from collections.abc import Iterable

from expectations.form import Forms
from expectations.form_read import load_forms
from expectations.periods import find_periods, spell_out_sheet
from flows.reading.abolished import tell_abolished
from flows.reading.areas import gazetteer, names_district
from flows.reading.beside import split_beside
from flows.reading.columns import Column, read_columns
from flows.reading.context import find_province, province_of_folder, read_document_facts
from flows.reading.documents import document_columns, read_documents
from flows.reading.doubles import tell_doubles
from flows.reading.formed import Formed, check_form, find_form, settle_exceptions
from flows.reading.grid import Workbook
from flows.reading.kinds import kind_of
from flows.reading.legacy import convert_workbook, tell_legacy
from flows.reading.magnitude import check_magnitudes
from flows.reading.parts_of_people import tell_parts_of_people
from flows.reading.regions import Region, Regions
from flows.reading.report import Report
from flows.reading.sheet import Sheet
from flows.reading.surroundings import (
    Book,
    caption_meanings,
    named_scenario,
    own_captions,
    sheet_titles,
    surround,
    table_scenario,
    title_of,
    unit_lines,
    unknown_units,
)
from flows.reading.tables import TableReader
from flows.reading.unseen import tell_unseen
from flows.reading.walk import find_regions
from flows.reading.ways import Ways
from warehouse.model import Cell, Document, Observation, Reading, Role, Table, TableKind, a1

_SHORT = 40  # longer texts are sentences, never the name of a place


def read_workbook(
    workbook: Workbook,
    file_name: str,
    sha256: str,
    reporter: str = "",
    forms: Forms | None = None,
) -> Reading:
    """All that is understood of a workbook; what is not is among its findings.

    `reporter` is the inbox folder's name: it decides the province where it names one,
    else the workbook's own words do. Without `forms` those of `expectations/forms` count.
    """
    known = load_forms() if forms is None else forms
    return _BookReader(workbook, file_name, sha256, reporter, known).read()


class _BookReader:
    def __init__(
        self, workbook: Workbook, file_name: str, sha256: str, reporter: str, forms: Forms
    ) -> None:
        legacy = convert_workbook(workbook)
        self.workbook = legacy.workbook
        self.file_name = file_name
        self.sha256 = sha256
        self.report = Report()
        tell_legacy(legacy, self.report)
        self.sheets = [Sheet(grid) for grid in self.workbook.grids]
        self.regions = [find_regions(sheet, names_district) for sheet in self.sheets]
        self.book = self._book(reporter)
        province = self.book.province.code if self.book.province else ""
        captions = [cell.typed_text for cell in self._captions()]
        self.formed = Formed(find_form(forms, captions, province, self.book.day, self.report))
        self.tables: list[Table] = []
        self.observations: list[Observation] = []
        self.documents: list[Document] = []
        self.readers: dict[str, TableReader] = {}
        self.kinds: list[tuple[Region, str, TableKind]] = []

    def _book(self, reporter: str) -> Book:
        captions = [cell.typed_text for cell in self._captions()]
        below = [
            cell.typed_text
            for found in self.regions
            for region in found.tables
            for cell in region.notes
        ]
        facts = read_document_facts([*captions, *below])
        labels = [
            cell.typed_text
            for sheet in self.sheets
            for cell in sheet.grid.cells.values()
            if isinstance(cell.value, str) and len(cell.typed_text) <= _SHORT
        ]
        heads = [
            cell.typed_text
            for found in self.regions
            for region in found.tables
            for cell in region.rows_of_cells(region.header_rows)
        ]
        names = [spell_out_sheet(sheet.name) for sheet in self.sheets]
        year = (
            facts.date.year
            if facts.date
            else _latest_year(captions) or _latest_year(heads) or _latest_year(names)
        )
        last = year or _latest_year(labels)  # "Năm 2019" in the rows: whose places count
        day = facts.date or (dt.date(last, 12, 31) if last else None)
        province = province_of_folder(reporter, day) if reporter else None
        province = province or find_province(captions, labels, day, sources=below)
        return Book(province, facts, year, day)

    def _captions(self) -> Iterable[Cell]:
        for found in self.regions:
            for region in found.tables:
                yield from region.captions
            yield from found.loose

    def read(self) -> Reading:
        for index, found in enumerate(self.regions):
            found.tables = [part for region in found.tables for part in split_beside(region)]
            for number, region in enumerate(found.tables, 1):
                self._find_in(region, found, f"{self.sha256[:16]}-{index + 1}-{number}")
            for cell in found.loose:
                self._leave(cell)
        book = [figure for reader in self.readers.values() for figure in reader.find()]
        for reader in self.readers.values():
            self.observations += reader.read(book)
        self.observations = check_magnitudes(self.observations, self.sheets, self.report)
        for region, table_id, kind in self.kinds:
            for cell in region.notes:
                self.report.give(cell, "note", "text below the table", table_id)
            self.tables.append(self._table(region, table_id, kind))
        self._account_for_rest()
        tell_unseen(self.workbook, self.report)
        tell_doubles(self.observations, self.sheets, self.report)
        tell_parts_of_people(self.observations, self.sheets, self.report)
        tell_abolished(self.observations, self.book.facts.date, self.sheets, self.report)
        check_form(self.formed, self.tables, self.observations, self.report)
        settle_exceptions(self.formed, self.workbook, self.report)
        return self._reading()

    def _find_in(self, region: Region, found: Regions, table_id: str) -> None:
        """What kind of table a region is; its figures are read when all tables are known."""
        for cell in region.captions:
            self.report.give(cell, "label", "caption", table_id)
        for cell in region.units:
            self.report.give(cell, "label", "unit line", table_id)
        columns = read_columns(region)
        fields = document_columns(columns)
        if fields:
            kind: TableKind = "documents"
            self.documents += read_documents(region, columns, fields, table_id)
            self._give_all(region, "list of documents", table_id)
        elif not any(self._is_figure(region, column.number) for column in columns):
            kind = "checklist"
            self._give_all(region, "answers in words or marks", table_id)
        else:
            kind = "note" if region.host else "figures"
            self._prepare(region, found, table_id, columns)
        self.kinds.append((region, table_id, kind))

    def _is_figure(self, region: Region, column: int) -> bool:
        cells = (region.sheet.cell(row, column) for row in region.body_rows)
        kinds = [region.sheet.kind(cell) for cell in cells if cell]
        return "number" in kinds or "error" in kinds or (bool(kinds) and set(kinds) == {"dash"})

    def _prepare(
        self, region: Region, found: Regions, table_id: str, columns: list[Column]
    ) -> None:
        if self.book.province is None:
            cells = region.rows_of_cells(region.body_rows)
            self.report.find("reading.no_province", cells[:1])
            return
        first = found.tables[0]
        for cell in unknown_units(region):
            self.report.find("reading.unknown_unit", [cell], "label")
        places = gazetteer(self.book.province.code, self.book.day)
        titles = caption_meanings(own_captions(region) + sheet_titles(first))
        formed = self.formed.to_table(f"{title_of(region)} {region.sheet.name}")
        ways = Ways(region, columns, places, formed)
        if not any(said.periods for said in titles) and not any(path.period for path in ways.all):
            titles += named_scenario(region.sheet.name)
        self.readers[table_id] = TableReader(
            region,
            table_id,
            ways,
            surround(region, first, self.book, places),
            table_scenario(titles, self.book.facts),
            self.book.facts.date,
            unit_lines(region),
            self.report,
            columns,
            formed,
        )

    def _give_all(self, region: Region, why: str, table_id: str) -> None:
        for cell in region.rows_of_cells(region.header_rows + region.repeated_rows):
            self.report.give(cell, "label", "column head", table_id)
        for cell in region.rows_of_cells(region.body_rows):
            self.report.give(cell, "note", why, table_id)

    def _leave(self, cell: Cell) -> None:
        """Text around the tables is a note; a lone number is a figure that nothing explains."""
        if isinstance(cell.value, str) and kind_of(cell) != "number":
            self.report.give(cell, "note", "text outside any table")

    def _account_for_rest(self) -> None:
        """Every other non-empty cell is unread, and a finding says so."""
        for sheet in self.sheets:
            left = [
                cell
                for cell in sheet.grid.cells.values()
                if (cell.sheet, cell.row, cell.column) not in self.report.roles
            ]
            for cell in left:
                reason = self.formed.reason_to_ignore(cell)
                role: Role = "ignored" if reason else "unread"
                self.report.give(cell, role, reason or "reading.unread_cell")
            left = [cell for cell in left if not self.formed.reason_to_ignore(cell)]
            if left:
                self.report.find("reading.unread_cell", left)

    def _table(self, region: Region, table_id: str, kind: TableKind) -> Table:
        cells = region.rows_of_cells(region.header_rows + region.body_rows)
        rows, columns = [cell.row for cell in cells], [cell.column for cell in cells]
        return Table(
            table_id,
            region.sheet.name,
            a1(min(rows), min(columns)),
            a1(max(rows), max(columns)),
            kind,
            title_of(region),
            " / ".join(cell.typed_text.strip() for cell in region.units),
            self.readers[table_id].marks_used if table_id in self.readers else "",
            region.sheet.grid.hidden,
        )

    def _reading(self) -> Reading:
        facts, province = self.book.facts, self.book.province
        return Reading(
            file_name=self.file_name,
            sha256=self.sha256,
            status="read",
            reason="",
            reason_vi="",
            reason_en="",
            file_type=self.workbook.file_type,
            title=self._title(),
            province_code=province.code if province else "",
            province_name=province.name if province else "",
            reference_year=self.book.reference_year,
            document_number=facts.number,
            document_date=facts.date.isoformat() if facts.date else "",
            tables=tuple(self.tables),
            cells=tuple(self.report.roles.values()),
            observations=tuple(self.observations),
            documents=tuple(self.documents),
            findings=tuple(self.report.findings),
            layout=tuple(_layout(sheet) for sheet in self.sheets),
        )

    def _title(self) -> str:
        """The captions of the first sheet that has any, as one line."""
        for found in self.regions:
            for region in found.tables:
                if region.captions:
                    return " / ".join(" ".join(c.typed_text.split()) for c in region.captions[:4])
        return self.file_name


def _latest_year(captions: list[str]) -> int | None:
    """The year that captions speak of last, where no document is dated."""
    years = []
    for text in captions:
        found = find_periods(text)
        years += [period.year for period in found.periods if period.year]
        years += [last for _first, last in found.ranges]
    return max(years, default=None)


def _layout(sheet: Sheet) -> dict[str, object]:
    grid = sheet.grid
    return {
        "sheet": grid.sheet,
        "hidden": grid.hidden,
        "merges": [[m.top, m.left, m.bottom, m.right] for m in grid.merges],
        "widths": dict(grid.column_widths),
        "hidden_rows": sorted(grid.hidden_rows),
        "hidden_columns": sorted(grid.hidden_columns),
        "bold": sorted(place for place, cell in grid.cells.items() if cell.bold),
    }
