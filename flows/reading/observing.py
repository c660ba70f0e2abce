"""From figures with values to observations."""

from collections import Counter
from dataclasses import replace

from flows.reading.figures import Figure, Value
from flows.reading.groups import payer_groups
from flows.reading.indicators import units
from warehouse.model import Observation, Scenario

Read = tuple[Figure, Value]


def positions(read: list[Read]) -> list[int]:
    """1 for a cell's only figure; 1, 2, 3 … for those of one sentence."""
    seen: Counter[tuple[int, int]] = Counter()
    places = []
    for figure, _value in read:
        key = (figure.cell.row, figure.cell.column)
        seen[key] += 1
        places.append(seen[key])
    return places


def settle_shares(read: list[Read]) -> list[Read]:
    """The total of a column of payer groups' percentages is their share 100, no coverage."""
    shared = {
        figure.cell.column
        for figure, _value in read
        if figure.sense.group in payer_groups() and figure.sense.indicator.endswith("_share_pct")
    }
    return [
        (_as_share(figure), value)
        if figure.cell.column in shared and value.literal == 100 and _is_total_rate(figure)
        else (figure, value)
        for figure, value in read
    ]


def _is_total_rate(figure: Figure) -> bool:
    sense = figure.sense
    return sense.group == "total" and sense.indicator.endswith("_coverage_pct")


def _as_share(figure: Figure) -> Figure:
    scheme = figure.sense.indicator.partition("_")[0]
    share = replace(figure.sense, indicator=f"{scheme}_participant_share_pct")
    return replace(figure, sense=share)


def make_observation(
    figure: Figure,
    value: Value,
    *,
    table_id: str,
    position: int,
    scenario: Scenario,
    header_path: str,
    label_path: str,
    hidden: bool,
) -> Observation:
    """One observation; its id is the submission's sheet, cell and position."""
    cell, sense = figure.cell, figure.sense
    assert sense.area is not None and sense.period is not None
    return Observation(
        observation_id=f"{table_id.rpartition('-')[0]}-{cell.address}-{position}",
        table_id=table_id,
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
        scenario=scenario,
        value_literal=value.literal,
        unit=units()[sense.indicator][0],
        unit_printed=figure.unit.printed,
        decimals=value.decimals,
        half_width=value.half_width,
        obs_status="A",
        header_path=header_path,
        label_path=label_path,
        match_score=sense.score,
        row=cell.row,
        column=cell.column,
        hidden=hidden,
    )
