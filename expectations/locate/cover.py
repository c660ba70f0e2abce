"""The smallest sets of cells that could explain what fails: minimum weighted cover, by HiGHS."""

from collections.abc import Collection, Iterator, Mapping, Sequence

# After so many sets the rest is left untried: what is wrong in so many ways has no clear culprit.
MOST_SETS = 40


def covers(
    weights: Mapping[str, float],
    failing: Sequence[Collection[str]],
    refused: list[frozenset[str]],
) -> Iterator[frozenset[str]]:
    """Sets of cells that hit every failing relation, the lightest first (Fellegi and Holt).

    `refused` may grow while this runs: a set put there can not repair what fails, and no set
    comes again.
    """
    import highspy  # noqa: PLC0415

    names = sorted(weights)
    place = {name: index for index, name in enumerate(names)}
    model = highspy.Highs()  # type: ignore[no-untyped-call]
    model.silent()
    for name in names:
        model.addVar(0, 1)
        model.changeColCost(place[name], weights[name])
        model.changeColIntegrality(place[name], highspy.HighsVarType.kInteger)
    for cells in failing:
        own = [place[name] for name in cells]
        model.addRow(1, highspy.kHighsInf, len(own), own, [1.0] * len(own))
    known = 0
    for _ in range(MOST_SETS):
        for cells in refused[known:]:
            _refuse(model, cells, place, highspy.kHighsInf)
        known = len(refused)
        model.run()
        if model.getModelStatus() != highspy.HighsModelStatus.kOptimal:
            return
        solution = model.getSolution().col_value
        chosen = frozenset(name for name in names if solution[place[name]] > 0.5)
        yield chosen
        if chosen not in refused[known:]:
            _refuse_exactly(model, chosen, place, highspy.kHighsInf)


def _refuse(model: object, cells: frozenset[str], place: Mapping[str, int], most: float) -> None:
    """Some cell outside the set must change too."""
    others = [index for name, index in place.items() if name not in cells]
    model.addRow(1, most, len(others), others, [1.0] * len(others))  # type: ignore[attr-defined]


def _refuse_exactly(
    model: object, cells: frozenset[str], place: Mapping[str, int], most: float
) -> None:
    """One cell of a set that was found may not be in the next: no supersets of an explanation."""
    own = [place[name] for name in cells]
    model.addRow(-most, len(own) - 1, len(own), own, [1.0] * len(own))  # type: ignore[attr-defined]
