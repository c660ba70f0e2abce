"""Tables that count tenths of people: their unit, `nghìn người`, was not typed or not found."""

from collections import defaultdict
from collections.abc import Iterable, Sequence

from expectations.vocabulary import read_unit
from flows.reading.report import Report
from flows.reading.sheet import Sheet
from warehouse.model import Observation


def tell_parts_of_people(
    observations: Sequence[Observation], sheets: Iterable[Sheet], report: Report
) -> None:
    """One finding a table and indicator where most counts of people have decimals.

    `980.2` people are 980,2 nghìn người below a title that forgot to say so. A single
    fraction among whole numbers is a formula's, and no matter of units.
    """
    grids = {sheet.name: sheet.grid for sheet in sheets}
    counts: dict[tuple[str, str], list[Observation]] = defaultdict(list)
    scaled = set(filter(_is_scaled, {one.unit_printed for one in observations}))
    for one in observations:
        if one.unit == "people" and one.unit_printed not in scaled:
            counts[one.table_id, one.indicator].append(one)
    for figures in counts.values():
        parted = [one for one in figures if one.value_literal % 1]
        if len(parted) * 2 > len(figures):
            found = [grids[one.sheet].cells[one.row, one.column] for one in parted]
            report.find("reading.unit_missing", found, text=parted[0].typed_text)


def _is_scaled(printed: str) -> bool:
    unit = read_unit(printed)
    return unit is not None and unit.factor > 1
