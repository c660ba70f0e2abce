"""The five provinces' workbooks come back exactly as their printed documents say."""

import csv
from collections import Counter, defaultdict
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from pathlib import Path

import pytest
from openpyxl.utils.cell import coordinate_to_tuple as row_and_column

from expectations.folding import squash
from flows.reading.grid import Workbook
from flows.reading.parse import read_workbook
from flows.reading.workbook import open_workbook
from warehouse.model import Observation, Reading

ROOT = Path(__file__).parents[2]
SAMPLES = sorted((ROOT / "raw" / "samples").glob("*.xlsx"))
GOLDEN = ROOT / "tests" / "golden"
Place = tuple[str, str, str, int]


@dataclass(frozen=True, slots=True)
class Meaning:
    """What is compared of a figure."""

    area: str
    indicator: str
    group: str
    period: str
    scenario: str
    value_literal: Decimal
    half_width: Decimal
    unit: str
    decimals: int


def rows(name: str) -> list[dict[str, str]]:
    with (GOLDEN / name).open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


@cache
def opened(path: Path) -> Workbook:
    return open_workbook(path)


@cache
def reading(path: Path) -> Reading:
    return read_workbook(opened(path), path.name, "0" * 64)


@cache
def readings() -> tuple[Reading, ...]:
    return tuple(reading(path) for path in SAMPLES)


def place(file: str, one: Observation) -> Place:
    return file, one.sheet, one.cell, one.position


def found() -> dict[Place, Meaning]:
    return {
        place(read.file_name, one): Meaning(
            f"{one.area_level} {squash(one.area_name)}",
            one.indicator,
            one.group_code,
            one.period,
            one.scenario,
            one.value_literal,
            one.half_width,
            one.unit,
            one.decimals,
        )
        for read in readings()
        for one in read.observations
    }


def true() -> dict[Place, Meaning]:
    """The truth by place; the figures of one sentence are numbered in its order."""
    seen: Counter[tuple[str, str, str]] = Counter()
    truth = {}
    for row in rows("truth.csv"):
        cell = (row["file"], row["sheet"], row["cell"])
        seen[cell] += 1
        truth[*cell, seen[cell]] = Meaning(
            f"{row['unit_level']} {squash(row['unit_key'].removeprefix('TP '))}",
            row["indicator"],
            row["group"],
            row["period"],
            row["scenario"],
            Decimal(row["value_literal"]),
            Decimal(row["half_width"]),
            row["unit"],
            int(row["decimals_printed"]),
        )
    return truth


def test_there_are_five_samples() -> None:
    assert len(SAMPLES) == 5


def test_exactly_the_true_figures_are_observed() -> None:
    assert sorted(found().keys() - true().keys()) == []
    assert sorted(true().keys() - found().keys()) == []
    assert len(found()) == 1404


def test_no_figure_is_told_twice() -> None:
    places = Counter(place(read.file_name, one) for read in readings() for one in read.observations)
    assert [where for where, times in places.items() if times > 1] == []


def test_every_figure_has_its_meaning_and_its_value() -> None:
    read, truth = found(), true()
    wrong = {where: (read.get(where), meaning) for where, meaning in truth.items()}
    assert {where: pair for where, pair in wrong.items() if pair[0] != pair[1]} == {}


def located(table: str, cells: list[dict[str, str]]) -> list[tuple[str, str, int, int]]:
    """Where the cells of a printed table stand: moved as its figures are, else as its texts are."""
    shifts: Counter[tuple[str, str, int, int]] = Counter()
    for row in rows("truth.csv"):
        if row["grid_file"] == table and row["source_kind"] == "cell":
            at = row_and_column(row["cell"])
            shifts[row["file"], row["sheet"], *_shift(row, at)] += 1
    for path in SAMPLES if not shifts else ():
        for sheet in opened(path).grids:
            typed: dict[str, list[tuple[int, int]]] = defaultdict(list)
            for at, cell in sheet.cells.items():
                typed[cell.typed_text.strip()].append(at)
            for one in cells:
                for at in typed[one["raw_text"].strip()]:
                    shifts[path.name, sheet.sheet, *_shift(one, at)] += 1
    (file, name, down, right), _times = shifts.most_common(1)[0]
    return [
        (file, name, int(one["grid_row"]) + down, int(one["grid_col"]) + right) for one in cells
    ]


def _shift(row: dict[str, str], at: tuple[int, int]) -> tuple[int, int]:
    return at[0] - int(row["grid_row"]), at[1] - int(row["grid_col"])


def test_row_numbers_years_and_dates_are_no_figures() -> None:
    tables: dict[str, list[dict[str, str]]] = defaultdict(list)
    for row in rows("non_observation_cells.csv"):
        tables[row["table_id"]].append(row)
    others = {where for table, cells in tables.items() for where in located(table, cells)}
    observed = {
        (read.file_name, one.sheet, one.row, one.column)
        for read in readings()
        for one in read.observations
    }
    assert len(others) == 389
    assert sorted(others & observed) == []


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.stem)
def test_every_cell_has_one_role_and_none_is_unread(path: Path) -> None:
    given = Counter((cell.sheet, cell.row, cell.column) for cell in reading(path).cells)
    cells = {(g.sheet, *where) for g in opened(path).grids for where in g.cells}
    assert set(given) == cells
    assert max(given.values()) == 1
    assert [cell for cell in reading(path).cells if cell.role == "unread" or not cell.why] == []


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.stem)
def test_every_observed_cell_is_known_as_one(path: Path) -> None:
    read = reading(path)
    told = {(cell.sheet, cell.cell) for cell in read.cells if cell.role == "observation"}
    in_sentences = {(o.sheet, o.cell) for o in read.observations if len(o.typed_text) > 20}
    observed = {(o.sheet, o.cell) for o in read.observations}
    assert told | in_sentences >= observed
    assert told <= observed


def test_both_lists_of_documents_are_whole() -> None:
    listed = Counter((read.file_name, one.sheet) for read in readings() for one in read.documents)
    assert listed == {
        ("kon-tum_431-BC-TU_2019.xlsx", "Phu luc 01"): 81,
        ("lang-son_304-BC-TU_2018.xlsx", "Biểu 1"): 28,
    }


def test_every_document_has_a_title_and_a_number_or_a_date() -> None:
    documents = [one for read in readings() for one in read.documents]
    assert [one for one in documents if not one.title or not (one.number or one.issued_on)] == []


def test_provinces_years_and_documents_are_known() -> None:
    assert {
        read.file_name: (read.province_name, read.reference_year, read.document_number)
        for read in readings()
    } == {
        "cao-bang_3916-KH-UBND_2014.xlsx": ("Cao Bằng", 2014, "3916/KH-UBND"),
        "ha-giang_183-KH-UBND_2013.xlsx": ("Hà Giang", 2013, "183/KH-UBND"),
        "kon-tum_210-QD-UBND_2023.xlsx": ("Kon Tum", 2023, "210/QĐ-UBND"),
        "kon-tum_431-BC-TU_2019.xlsx": ("Kon Tum", 2019, "431-BC/TU"),
        "lang-son_304-BC-TU_2018.xlsx": ("Lạng Sơn", 2018, "304-BC/TU"),
    }


def test_what_is_unclear_is_said_once() -> None:
    unclear = Counter(
        (finding.rule, finding.cells[0].cell)
        for read in readings()
        for finding in read.findings
        if finding.severity != "info"
    )
    assert ("reading.series_length", "A24") in unclear  # six populations for seven years
    assert {rule for rule, _cell in unclear} <= {
        "reading.series_length",
        "reading.implausible_unit",
    }
    assert max(unclear.values()) == 1
