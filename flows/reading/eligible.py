"""How many people a group has, told apart from how many of them take part.

|          | Người nghèo          |      `Tổng số` counts the poor,
|          | Tổng số | Có thẻ     |      `Có thẻ` those of them who are insured
| Sìn Hồ   | 30.000  | 29.500     |
"""

from collections import defaultdict
from dataclasses import replace

from flows.reading.figures import Figure
from flows.reading.groups import fits, payer_groups
from flows.reading.relations import Key, key_of
from flows.reading.ways import Ways


def tell_eligible(figures: list[Figure], ways: Ways) -> tuple[list[Figure], list[Figure]]:
    """The figures with populations of groups as such, and those that no indicator holds.

    Of two counts of one meaning, the one whose labels do not speak of taking part is the
    group's population. How many a payer group might have is collected nowhere.
    """
    silent = {id(figure) for figure in _silent(figures, ways)}
    if not silent:
        return figures, []
    told = [_as_population(figure) if id(figure) in silent else figure for figure in figures]
    kept = [figure for figure in told if figure is not None]
    unheld = [one for one, as_told in zip(figures, told, strict=True) if as_told is None]
    return kept, unheld


def _silent(figures: list[Figure], ways: Ways) -> list[Figure]:
    same: dict[Key, list[Figure]] = defaultdict(list)
    for figure in figures:
        if figure.sense.indicator == "bhyt_participants" and figure.sense.group != "total":
            same[key_of(figure)].append(figure)
    found = []
    for pair in same.values():
        quiet = [figure for figure in pair if not _takes_part(figure, ways)]
        if len(pair) == 2 and len(quiet) == 1:
            found += quiet
    return found


def _takes_part(figure: Figure, ways: Ways) -> bool:
    """Whether the labels at a figure itself say that people take part or hold a card."""
    row, column = ways.rows.get(figure.cell.row), ways.columns.get(figure.cell.column)
    nearest = [path.labels[0] for path in (row, column) if path and path.labels]
    return any(
        label.meaning.first("subject") == "participants" or "card" in label.meaning.all("modifier")
        for label in nearest
    )


def _as_population(figure: Figure) -> Figure | None:
    group = figure.sense.group
    if group in payer_groups() or not fits(group, "population"):
        return None
    return figure._replace(sense=replace(figure.sense, indicator="population"))
