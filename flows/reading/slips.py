"""Labels that were matched by likeness, or understood in part, said once each."""

from flows.reading.figures import Figure
from flows.reading.path import Label, Path
from flows.reading.report import Report
from flows.reading.ways import Ways


def tell_slips(figures: list[Figure], ways: Ways, report: Report) -> None:
    """Say once for each label that was matched by likeness what it was taken for."""
    labels: dict[str, tuple[Label, bool]] = {}
    rows = dict.fromkeys([figure.cell.row for figure in figures])
    columns = dict.fromkeys([figure.cell.column for figure in figures])
    none = Path([])  # a note's figures have no row and no column
    paths = [ways.rows.get(row, none) for row in rows]
    for path in [*paths, *(ways.columns.get(column, none) for column in columns)]:
        for place, label in enumerate(path.labels):
            labels.setdefault(label.cell.address, (label, place < path.own))
    for label, own in labels.values():
        _tell_slip(label, own, report)


def _tell_slip(label: Label, own: bool, report: Report) -> None:
    place, unexplained = label.place, label.meaning.unexplained
    if place is not None and place.score < 1 and place.area:
        taken, score = place.area.full_name, f"{place.score:.2f}"
        report.find("reading.fuzzy_match", [label.cell], "label", taken=taken, score=score)
    elif place is None and own and unexplained:
        words = " ".join(unexplained)
        report.find("reading.partly_understood", [label.cell], "label", words=words)
