"""What a bare `Tỷ lệ (%)` is a rate of: the reading under which the table's own counts agree.

    | Nhóm       | Tổng số | Số HSSV tham gia BHYT | Tỷ lệ (%) |
    | Quy Nhơn   | 27.156  | 26.306                | 96,87     |   96,87 = 26.306 / 27.156

Words decide first; only where they name neither group nor base are a label's percentages compared
with the counts beside them, all together: one mistyped figure changes no reading.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping
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


def _strands(read: list[Read], ways: Ways) -> dict[tuple[int, int], list[int]]:
    """The percentages that one bare label names, by the label's cell."""
    strands: dict[tuple[int, int], list[int]] = defaultdict(list)
    labels: dict[tuple[int, int], Label] = {}
    rates = [
        (place, figure.cell)
        for place, (figure, _value) in enumerate(read)
        if figure.unit.code == "percent" and figure.sense.indicator.endswith(_OPEN)
    ]
    rows = _said_by_all(ways.rows, {cell.row for _place, cell in rates})
    columns = _said_by_all(ways.columns, {cell.column for _place, cell in rates})
    for place, cell in rates:
        label = rows.get(cell.row) or columns.get(cell.column)
        if label is not None:
            key = (label.cell.row, label.cell.column)
            labels[key] = label
            strands[key].append(place)
    return {key: places for key, places in strands.items() if _is_bare(labels[key])}


def _said_by_all(paths: Mapping[int, Path], numbers: set[int]) -> dict[int, Label | None]:
    return {number: _said_by(paths[number]) for number in numbers if number in paths}


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


# Two counts each, by the indicator and the group that their ratio is of.
Ratios = dict[tuple[str, str], list[tuple[Value, Value]]]


class _Beside(NamedTuple):
    """The ratios of the counts beside a percentage, whose group is `group`."""

    group: str
    ratios: Ratios

    def under(self, of: Of) -> list[tuple[Value, Value]]:
        """The ratios that the percentage may be under a reading."""
        if of.group == "own":
            return self.ratios.get((of.indicator, self.group), [])
        return [] if of.group == self.group else self.ratios.get(of, [])

    def readings(self) -> Iterator[Of]:
        """Every reading under which there is a ratio."""
        for indicator, group in self.ratios:
            yield Of(indicator, "own" if group == self.group else group)


class _Lines:
    """The counts of a table by what they are of, in the rows and the columns of its figures."""

    def __init__(self, read: list[Read]) -> None:
        self.counts: dict[tuple[str, str, str], list[Read]] = defaultdict(list)
        self._ratios: dict[tuple[str, str, str], Ratios] = {}
        for one in read:
            if one[0].unit.code != "percent":
                self.counts[_place_of(one[0])].append(one)

    def beside(self, figure: Figure) -> list[Read]:
        """The counts of a percentage's place, period and scenario; none if told too often."""
        found = self.counts.get(_place_of(figure), [])
        return found if len(found) <= _MOST_BESIDE else []

    def ratios(self, figure: Figure) -> _Beside:
        """The ratios of the counts beside a percentage, made once for all beside the same."""
        place = _place_of(figure)
        found = self._ratios.get(place)
        if found is None:
            found = self._ratios[place] = _ratios(self.beside(figure))
        return _Beside(figure.sense.group, found)


def _place_of(figure: Figure) -> tuple[str, str, str]:
    sense = figure.sense
    return figure.area.code, sense.told_period, sense.scenario or ""


def _settle_strand(settled: Rates, places: list[int], lines: _Lines) -> None:
    figures = [settled.read[place][0] for place in places]
    ratios = dict(zip(places, map(lines.ratios, figures), strict=True))
    said = dict.fromkeys([*map(_own, figures), *map(_literal, figures)])
    if any(_holds(of, ratios, settled.read) for of in said):
        return  # as nearly always: the words were right
    others = {of for those in ratios.values() for of in those.readings()}.difference(said)
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


def _holds(of: Of, ratios: dict[int, _Beside], read: list[Read]) -> bool:
    """Whether a reading holds for nearly all percentages that it can be tried on."""
    held = _held(of, ratios, read)
    distinct = {read[place][1].literal for place in held}
    wrong = sum(bool(those.under(of)) for those in ratios.values()) - len(held)
    return len(distinct) >= _ENOUGH and len(held) >= _MOST_WRONG * wrong


def _held(of: Of, ratios: dict[int, _Beside], read: list[Read]) -> list[int]:
    """The percentages that are the ratio of two counts beside them, under a reading."""
    return [
        place
        for place, those in ratios.items()
        if any(ratio_holds(part, whole, read[place][1]) for part, whole in those.under(of))
    ]


def _own(figure: Figure) -> Of:
    return Of(figure.sense.indicator, "own")


def _literal(figure: Figure) -> Of:
    return Of(figure.sense.indicator, figure.sense.group)


def _ratios(counts: list[Read]) -> Ratios:
    """Every two counts whose ratio is an indicator, by that indicator and its group."""
    found: Ratios = {}
    for part, its_count in counts:
        for whole, its_base in counts:
            counted, base = part.sense, whole.sense
            of = _ratio(counted.indicator, counted.group, base.indicator, base.group)
            if of is not None:
                found.setdefault(of, []).append((its_count, its_base))
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
