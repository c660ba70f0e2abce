"""The share of a whole beside the shares of its payer groups: 100, and no coverage."""

from dataclasses import replace

from flows.reading.figures import Figure
from flows.reading.groups import payer_groups
from flows.reading.relations import Read


def settle_shares(read: list[Read]) -> list[Read]:
    """The total of a column of payer groups' percentages is their share 100, no coverage."""
    shared = {
        figure.cell.column
        for figure, _value in read
        if figure.sense.group in payer_groups() and figure.sense.indicator.endswith("_share_pct")
    }
    if not shared:
        return read
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
    return figure._replace(sense=share)
