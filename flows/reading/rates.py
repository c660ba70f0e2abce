"""What a bare `Tỷ lệ (%)` is a rate of: the reading under which the table's own counts agree.

    | Nhóm       | Tổng số | Số HSSV tham gia BHYT | Tỷ lệ (%) |
    | Quy Nhơn   | 27.156  | 26.306                | 96,87     |   96,87 = 26.306 / 27.156

Words decide first; only where they name neither group nor base are a label's percentages compared
with the counts beside them, all together: one mistyped figure changes no reading.
"""

from collections import defaultdict
from dataclasses import dataclass, field, replace
from decimal import Decimal
from functools import cache
from typing import NamedTuple

from flows.reading.figures import Figure, Value
from flows.reading.groups import fits, payer_groups
from flows.reading.path import PERCENT_MODIFIERS, Label, Path
from flows.reading.relations import STANDS_IN, Key, Read, key_of, ratio_holds
from flows.reading.ways import Ways
from warehouse.model import Cell

_BASES = frozenset(base for bases in STANDS_IN.values() for base in bases)
_OPEN = ("_coverage_pct", "_share_pct")
_MOST_WRONG = 4  # a reading holds for at least so many figures for each that it does not fit
_MOST_BESIDE = 200  # more than all groups and bases of a place: rows that all name the same one
_ENOUGH = 2  # figures that agree; one alone may do so by chance


class Of(NamedTuple):
    """A percentage's reading: its indicator and group; `own` stands for the figure's own group."""

    indicator: str
    group: str


@dataclass(slots=True)
class Rates:
    """Figures with their rates settled, by cell what decided, and cells that nothing decided."""

    read: list[Read]
    evidence: dict[tuple[int, int], str] = field(default_factory=dict)
    undecided: list[Cell] = field(default_factory=list)


def settle_rates(read: list[Read], ways: Ways) -> Rates:
    """The figures of a table, each bare percentage as what its counts say that it is of."""
    strands = _strands(read, ways)
    if not strands:
        return Rates(read)
    settled = Rates(list(read))
    lines = _Lines(read)
    for places in strands.values():
        _settle_strand(settled, places, lines)
    return settled


def _strands(read: list[Read], ways: Ways) -> dict[str, list[int]]:
    """The percentages that one bare label names, by the label's cell."""
    strands: dict[str, list[int]] = defaultdict(list)
    labels: dict[str, Label] = {}
    rows = {number: _said_by(path) for number, path in ways.rows.items()}
    columns = {number: _said_by(path) for number, path in ways.columns.items()}
    for place, (figure, _value) in enumerate(read):
        if figure.unit.code == "percent" and figure.sense.indicator.endswith(_OPEN):
            label = rows.get(figure.cell.row) or columns.get(figure.cell.column)
            if label is not None:
                labels[label.cell.address] = label
                strands[label.cell.address].append(place)
    return {cell: places for cell, places in strands.items() if _is_bare(labels[cell])}


def _said_by(path: Path) -> Label | None:
    """The nearest label of a row or a column that says that it is a percentage."""
    for label in path.labels:
        unit = label.meaning.unit
        said = PERCENT_MODIFIERS.intersection(label.meaning.all("modifier"))
        if said or (unit is not None and unit.code == "percent"):
            return label
    return None


def _is_bare(label: Label) -> bool:
    """Whether a label says `Tỷ lệ`, `Tỷ lệ tham gia`, and of which group or base it does not."""
    meaning = label.meaning
    named = meaning.all("group") or meaning.all("care") or "share" in meaning.all("modifier")
    return not named and not meaning.unexplained


# The counts whose ratio a percentage may be, by what it then is.
Ratios = dict[Of, list[tuple[Value, Value]]]


class _Lines:
    """The counts of a table by what they are of, in the rows and the columns of its figures."""

    def __init__(self, read: list[Read]) -> None:
        self.counts: dict[tuple[str, str, str], list[Read]] = defaultdict(list)
        for figure, value in read:
            if figure.unit.code != "percent":
                key = key_of(figure)
                self.counts[key.area, key.period, key.scenario].append((figure, value))

    def beside(self, figure: Figure) -> list[Read]:
        """The counts of a percentage's place, period and scenario; none if told too often."""
        key = key_of(figure)
        found = self.counts.get((key.area, key.period, key.scenario), [])
        return found if len(found) <= _MOST_BESIDE else []


def _settle_strand(settled: Rates, places: list[int], lines: _Lines) -> None:
    figures = {place: settled.read[place][0] for place in places}
    ratios = {place: _ratios(figure, lines.beside(figure)) for place, figure in figures.items()}
    said = {of for figure in figures.values() for of in (_own(figure), _literal(figure))}
    if any(_holds(of, ratios, settled.read) for of in said):
        return  # as nearly always: the words were right
    others = {of for those in ratios.values() for of in those} - said
    good = [of for of in others if _holds(of, ratios, settled.read)]
    if not good and _are_shares(settled, places):
        good = [Of("bhyt_participant_share_pct", "own")]
        if good[0] in said:
            return
    if len(good) == 1:
        held = len(_held(good[0], ratios, settled.read))
        for place in places:
            _take(settled, place, good[0], held)
    elif _is_open(settled, places, lines):
        settled.undecided += [settled.read[place][0].cell for place in places]


def _holds(of: Of, ratios: dict[int, Ratios], read: list[Read]) -> bool:
    """Whether a reading holds for nearly all percentages that it can be tried on."""
    held = _held(of, ratios, read)
    distinct = {read[place][1].literal for place in held}
    wrong = sum(of in those for those in ratios.values()) - len(held)
    return len(distinct) >= _ENOUGH and len(held) >= _MOST_WRONG * wrong


def _held(of: Of, ratios: dict[int, Ratios], read: list[Read]) -> list[int]:
    """The percentages that are the ratio of two counts beside them, under a reading."""
    return [
        place
        for place, those in ratios.items()
        if any(ratio_holds(part, whole, read[place][1]) for part, whole in those.get(of, ()))
    ]


def _own(figure: Figure) -> Of:
    return Of(figure.sense.indicator, "own")


def _literal(figure: Figure) -> Of:
    return Of(figure.sense.indicator, figure.sense.group)


def _ratios(figure: Figure, counts: list[Read]) -> Ratios:
    """Every two counts whose ratio is an indicator, by that indicator and its group."""
    found: Ratios = defaultdict(list)
    for part, its_count in counts:
        for whole, its_base in counts:
            counted, base = part.sense, whole.sense
            of = _ratio(counted.indicator, counted.group, base.indicator, base.group)
            if of is not None:
                group = "own" if of.group == figure.sense.group else of.group
                found[Of(of.indicator, group)].append((its_count, its_base))
    return found


@cache
def _ratio(counted: str, group: str, base: str, of: str) -> Of | None:
    """The indicator that a count of a group is over another of a group, None: the list has none."""
    scheme, is_people, _rest = counted.partition("_participants")
    if not is_people or counted != f"{scheme}_participants":
        return None
    if base == counted:
        share = f"{scheme}_participant_share_pct"
        apart = of == "total" and group != "total" and fits(group, share)
        return Of(share, group) if apart else None
    if base not in _BASES:
        return None
    if of == group != "total":
        return Of("bhyt_card_coverage_pct", group) if scheme == "bhyt" else None
    meant = "population" if scheme == "bhyt" else "labour_force"
    rate = f"{scheme}_coverage_pct"
    divides = of == "total" and base in STANDS_IN[meant] and fits(group, rate)
    return Of(rate, group) if divides and (group == "total" or scheme != "bhyt") else None


def _take(settled: Rates, place: int, of: Of, held: int) -> None:
    figure, value = settled.read[place]
    group = figure.sense.group if of.group == "own" else of.group
    sense = replace(figure.sense, indicator=of.indicator, group=group)
    settled.read[place] = (figure._replace(sense=sense), value)
    told = f"{held} figures of this label are that ratio of the counts beside them"
    settled.evidence[figure.cell.row, figure.cell.column] = told


def _are_shares(settled: Rates, places: list[int]) -> bool:
    """Whether the percentages of all payer groups make up 100: then they are shares."""
    sums: dict[Key, list[Value]] = defaultdict(list)
    for figure, value in (settled.read[place] for place in places):
        if figure.sense.indicator != "bhyt_card_coverage_pct":
            return False
        if figure.sense.group in payer_groups() and "/" not in figure.sense.group:
            sums[key_of(figure)._replace(group="")].append(value)
    return bool(sums) and all(
        len(parts) > _ENOUGH and _is_hundred(parts) for parts in sums.values()
    )


def _is_hundred(parts: list[Value]) -> bool:
    whole = sum((one.literal for one in parts), Decimal(0))
    return abs(whole - 100) <= sum((one.half_width for one in parts), Decimal(0))


def _is_open(settled: Rates, places: list[int], lines: _Lines) -> bool:
    """Whether percentages of a whole scheme stand beside counts of its parts alone."""
    figures = [settled.read[place][0] for place in places]
    if any(f.sense.group != "total" or f.sense.indicator == "bhyt_coverage_pct" for f in figures):
        return False
    return all(_parts_only(figure, lines) for figure in figures)


def _parts_only(figure: Figure, lines: _Lines) -> bool:
    counted = figure.sense.indicator.partition("_")[0] + "_participants"
    groups = {f.sense.group for f, _v in lines.beside(figure) if f.sense.indicator == counted}
    return bool(groups) and "total" not in groups
