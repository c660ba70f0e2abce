"""Money that is impossible per head, and the unit that makes it possible.

`48,512,493 tỷ đồng` for 312,150 insured would be 155 billion dong each; with
`nghìn đồng` it is 155 thousand, which is what care costs.
"""

import csv
from collections import Counter, defaultdict
from dataclasses import dataclass
from decimal import Decimal
from functools import cache

from expectations.vocabulary import PER_HEAD, read_unit
from flows.reading.report import Report
from flows.reading.sheet import Sheet
from warehouse.model import Cell, Observation

_UNITS = ((1_000_000_000, "tỷ đồng"), (1_000_000, "triệu đồng"), (1_000, "nghìn đồng"), (1, "đồng"))


@dataclass(frozen=True, slots=True)
class PerHead:
    """What one person can pay or cost in a year, in dong."""

    per: str
    low: Decimal
    high: Decimal


@cache
def per_head() -> dict[str, PerHead]:
    """The possible amounts per head by indicator."""
    with PER_HEAD.open(encoding="utf-8", newline="") as lines:
        return {
            row["indicator"]: PerHead(row["per"], Decimal(row["low_vnd"]), Decimal(row["high_vnd"]))
            for row in csv.DictReader(lines)
        }


def check_magnitudes(
    observations: list[Observation], sheets: list[Sheet], report: Report
) -> list[Observation]:
    """The observations, impossible money with the precision of the unit that was meant.

    The printed number times the printed unit stays the value; a finding a row names the
    unit that makes it possible.
    """
    bounded = per_head()
    people = _people(observations)
    meant: dict[tuple[str, int], list[tuple[Observation, str]]] = defaultdict(list)
    settled = []
    for observation in observations:
        is_bounded = observation.indicator in bounded
        if is_bounded and (found := _meant_unit(observation, people)):
            factor, name = found
            meant[observation.sheet, observation.row].append((observation, name))
            half = Decimal(5).scaleb(-observation.decimals - 1) * factor
            observation = observation._replace(half_width=half)  # noqa: PLW2901
        settled.append(observation)
    grids = {sheet.name: sheet for sheet in sheets}
    amounts = Counter((o.sheet, o.row) for o in observations if o.indicator in per_head())
    for (name, row), figures in meant.items():
        is_one = 2 * len(figures) < amounts[name, row]  # the row's other figures bear its unit out
        _tell(grids[name], row, figures, report, is_one=is_one)
    return settled


def _people(observations: list[Observation]) -> dict[tuple[str, str], dict[str, Decimal]]:
    """The counts of people by area and indicator, for each period."""
    counts: dict[tuple[str, str], dict[str, Decimal]] = defaultdict(dict)
    for observation in observations:
        if observation.unit == "people" and observation.group_code == "total":
            key = (observation.area_code, observation.indicator)
            counts[key].setdefault(observation.period, observation.value_literal)
    return counts


def _meant_unit(
    observation: Observation, people: dict[tuple[str, str], dict[str, Decimal]]
) -> tuple[int, str] | None:
    """The largest unit below the printed one that makes a figure possible per head."""
    bounds = per_head().get(observation.indicator)
    if bounds is None or not observation.value_literal:
        return None
    counts = people.get((observation.area_code, bounds.per), {})
    heads = counts.get(observation.period) or max(counts.values(), default=Decimal(0))
    if not heads or observation.value_literal / heads <= bounds.high:
        return None
    if observation.group_code != "total":
        return None
    factor = _factor(observation)
    for unit, name in _UNITS:
        amount = observation.value_literal / factor * unit / heads
        if unit < factor and bounds.low <= amount <= bounds.high:
            return unit, name
    return None


def _factor(observation: Observation) -> int:
    unit = read_unit(observation.unit_printed)
    return unit.factor if unit else 1


def _tell(
    sheet: Sheet, row: int, figures: list[tuple[Observation, str]], report: Report, *, is_one: bool
) -> None:
    first, unit = figures[0]
    cells = [sheet.grid.cells[observation.row, observation.column] for observation, _u in figures]
    label = None if is_one else _label(sheet, row, first)
    report.find(
        "reading.implausible_unit",
        [*([label] if label else []), *cells],
        culprit=cells[0] if is_one else label,
        printed=first.unit_printed,
        suggestion=unit,
        text=first.typed_text,
    )


def _label(sheet: Sheet, row: int, figure: Observation) -> Cell | None:
    """The label at the left of a figure that names the printed unit."""
    for cell in sheet.rows[row]:
        if cell.column < figure.column and figure.unit_printed.casefold() in (
            cell.typed_text.casefold()
        ):
            return cell
    return None
