"""Two plans of one figure, each of its own authority: the province's own stands.

| Năm  | Thủ tướng giao | HĐND tỉnh giao | Thực hiện |      both are plans of 2018,
| 2018 | 81,9           | 84,0           | 85,02     |      and neither contradicts the other
"""

from collections import defaultdict

from flows.reading.figures import Figure
from flows.reading.relations import Key, key_of
from flows.reading.ways import Ways


def tell_authorities(figures: list[Figure], ways: Ways) -> tuple[list[Figure], list[Figure]]:
    """The figures without the plans of a higher authority that the province's own stand beside,
    and those plans; so with what is measured by them (`% so với TTg giao`)."""
    said = {id(figure): _authority(figure, ways) for figure in figures}
    same: dict[Key, set[str]] = defaultdict(set)
    for figure in figures:
        same[key_of(figure)].add(said[id(figure)])
    doubled = {key for key, by in same.items() if {"central", "province"} <= by}
    kept: list[Figure] = []
    second: list[Figure] = []
    for figure in figures:
        is_second = said[id(figure)] == "central" and key_of(figure) in doubled
        (second if is_second else kept).append(figure)
    return kept, second


def _authority(figure: Figure, ways: Ways) -> str:
    """Who set the plan that a figure is, or is measured by, as its labels say; else nothing."""
    paths = (ways.rows.get(figure.cell.row), ways.columns.get(figure.cell.column))
    labels = [label for path in paths if path for label in path.labels]
    return next(filter(None, (label.meaning.first("authority") for label in labels)), "")
