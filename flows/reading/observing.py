"""From figures with values to observations."""

from flows.reading.figures import Figure, Value
from flows.reading.indicators import units
from flows.reading.relations import Read
from warehouse.model import Observation, Scenario, a1


def positions(read: list[Read]) -> list[int]:
    """1 for a cell's only figure; 1, 2, 3 … for those of one sentence."""
    seen: dict[tuple[int, int], int] = {}
    places = []
    for figure, _value in read:
        key = (figure.cell.row, figure.cell.column)
        seen[key] = place = seen.get(key, 0) + 1
        places.append(place)
    return places


def make_observation(
    figure: Figure,
    value: Value,
    *,
    table_id: str,
    sheet_id: str,
    position: int,
    scenario: Scenario,
    header_path: str,
    label_path: str,
    hidden: bool,
) -> Observation:
    """One observation; its id is the submission's sheet, cell and position."""
    cell, sense, area = figure.cell, figure.sense, figure.area
    address = a1(cell.row, cell.column)
    # In the order of its fields: by name it takes twice as long, by its own `__new__` half more.
    told = (
        f"{sheet_id}-{address}-{position}",
        table_id,
        cell.sheet,
        address,
        position,
        cell.typed_text,
        area.code,
        area.name,
        area.level,
        sense.indicator,
        sense.group,
        sense.told_period,
        scenario,
        value.literal,
        units()[sense.indicator][0],
        figure.unit.printed,
        value.decimals,
        value.half_width,
        "A",
        header_path,
        label_path,
        sense.score,
        cell.row,
        cell.column,
        hidden,
    )
    return tuple.__new__(Observation, told)
