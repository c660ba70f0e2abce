"""Two figures of one table that mean the same: one of them was not understood."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from operator import attrgetter
from typing import Any

from flows.reading.report import Report
from flows.reading.sheet import Sheet
from warehouse.model import Observation

_meaning = attrgetter("table_id", "area_code", "indicator", "group_code", "period", "scenario")


def tell_doubles(
    observations: Sequence[Observation], sheets: Iterable[Sheet], report: Report
) -> None:
    """One finding a table on figures of one meaning that differ.

    A total typed above and below the rows is the same figure twice, and says so itself.
    """
    meanings = [*map(_meaning, observations)]
    if len(set(meanings)) == len(meanings):
        return
    grids = {sheet.name: sheet.grid for sheet in sheets}
    tables: dict[str, dict[Any, list[Observation]]] = defaultdict(lambda: defaultdict(list))
    for one, meaning in zip(observations, meanings, strict=True):
        tables[one.table_id][meaning].append(one)
    for figures in tables.values():
        doubled = [same for same in figures.values() if len({one.cell for one in same}) > 1]
        if any(len({one.value_literal for one in same}) > 1 for same in doubled):
            first = doubled[0][0]
            told = f"{first.indicator}, {first.group_code}, {first.area_name}, {first.period}"
            found = [grids[one.sheet].cells[one.row, one.column] for s in doubled for one in s]
            report.find("reading.duplicate_meaning", found, meaning=told)
