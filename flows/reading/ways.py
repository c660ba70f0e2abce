"""The paths of all rows and columns of one table, made once."""

from dataclasses import replace

from expectations.folding import squash, strip_text
from expectations.periods import Period
from expectations.vocabulary import read_label
from flows.reading.areas import Gazetteer, Place, names_commune
from flows.reading.columns import Column
from flows.reading.formed import Formed
from flows.reading.groups import payer_groups
from flows.reading.kinds import is_code
from flows.reading.outline import RowLabel, read_outline
from flows.reading.path import Label, Path, opens_parts, read_path_label
from flows.reading.regions import Region
from warehouse.model import Cell

_COMMUNE_WORDS = frozenset({"ten", "cac", "xa", "phuong", "thi", "tran", "dac", "khu", "-", "va"})


class Ways:
    """How each figure of a table is reached: `rows` and `columns` by their numbers."""

    def __init__(
        self, region: Region, columns: list[Column], gazetteer: Gazetteer, formed: Formed
    ) -> None:
        self._gazetteer = gazetteer
        self._formed = formed
        self.labels: dict[int, RowLabel] = read_outline(region, columns)
        named = [cell for label in self.labels.values() for cell in label.cells]
        named += [cell for column in columns if column.role == "figure" for cell in column.path]
        self._found = [(cell, gazetteer.find(cell.typed_text)) for cell in named]
        self._towns = self._typed_towns()
        self._communes = {c.number for c in columns if c.path and _heads_communes(c.path[-1])}
        self._parts = {c.number: c.path[-1].typed_text for c in columns if _heads_parts(c)}
        self._named = frozenset(p.area.code for _cell, p in self._found if p and p.area)
        self.columns: dict[int, Path] = {}
        left: Path | None = None
        whole: Path | None = None
        for column in columns:  # from left to right: a comparison takes its left one's period
            is_part = any(opens_parts(cell.typed_text) for cell in column.path)
            path = self._column(column, left, whole if is_part else None)
            self.columns[column.number] = path
            left = path if column.role == "figure" else None
            whole = whole if is_part else left
        self.rows = {row: self._row(row) for row in region.body_rows}

    @property
    def all(self) -> list[Path]:
        """Every path of the table."""
        return [*self.columns.values(), *self.rows.values()]

    def candidates(self, text: str) -> list[str]:
        """The places nearest to a label that was not understood."""
        return self._gazetteer.candidates(text)

    def _label(self, cell: Cell) -> Label:
        spoken = self._spoken(cell)
        if spoken != cell.typed_text:
            label = read_path_label(replace(cell, typed_text=spoken), self._gazetteer)
            return replace(label, cell=cell)
        label = self._formed.label(cell) or read_path_label(cell, self._gazetteer)
        place, province = label.place, self._gazetteer.province
        town = place.area if place else None
        if town and town.code in self._towns and squash(cell.typed_text) == squash(province.name):
            return replace(label, place=Place((province,), 1.0))
        return replace(label, place=self._only_left(place)) if place and not town else label

    def _spoken(self, cell: Cell) -> str:
        """A row's label with what its column's head says of it: `II` below `Quý`, 3 below `Tháng`,
        and a bare `Đồng Văn` below `Xã, phường`, which is no district."""
        text = cell.typed_text
        part = self._parts.get(cell.column)
        if part and is_code(text):
            return f"{part} {text}"
        if cell.column not in self._communes or read_label(text).atoms or names_commune(text):
            return text
        place = self._gazetteer.find(text)
        typed = place is None or any(squash(text) == squash(area.name) for area in place.areas)
        return f"Xã {text}" if typed else text

    def _only_left(self, place: Place) -> Place:
        """Beside `TX Duyên Hải` the other row, a bare `Duyên Hải`, is the district."""
        left = tuple(area for area in place.areas if area.code not in self._named)
        return Place(left, place.score) if len(left) == 1 else place

    def _typed_towns(self) -> frozenset[str]:
        """The districts that rows name with their type: beside `TP Cà Mau` a bare `CÀ MAU` is
        the province."""
        return frozenset(
            place.area.code
            for cell, place in self._found
            if place and place.area and squash(cell.typed_text) != squash(place.area.name)
        )

    def _row(self, row: int) -> Path:
        label = self.labels[row]
        own = [self._label(cell) for cell in reversed(label.cells)]
        above = [self._label(cell) for parent in label.parents for cell in reversed(parent.cells)]
        named = [group for one in (*own, *above) for group in one.meaning.all("group")]
        payer = self._payer_above(row, named[0]) if len(named) == 1 else ""
        return Path([*own, *above], own=len(own), payer=payer)

    def _payer_above(self, row: int, group: str) -> str:
        """In a list without codes or indents: the payer group that a sub-group stands below."""
        for above in reversed([number for number in self.labels if number < row]):
            label = self.labels[above]
            payer = self._label(label.cells[-1]).meaning.first("group") if label.cells else None
            if payer in payer_groups():
                return payer if f"{payer}/{group}" in payer_groups() else ""
        return ""

    def _lent(self, labels: list[Label], left: Path) -> Period | None:
        """The period of the figures at the left; of a comparison, the later one of the two.

        | Năm 2023 | Năm 2022 | So với năm 2022 (%) |    is of 2023
        """
        if not isinstance(left.period, Period):
            return None
        if not any(_compares(label) for label in labels):
            return left.period
        base = next(filter(None, (label.meaning.compared_with for label in labels)), None)
        nearest = [path for path in list(self.columns.values())[-2:] if not path.said.is_same_part]
        periods = [
            path.period
            for path in reversed(nearest)
            if isinstance(path.period, Period) and path.period.year not in (None, base)
        ]
        return max(periods, key=lambda period: period.year or 0, default=None)

    def _column(self, column: Column, left: Path | None, whole: Path | None) -> Path:
        """A column without a period of its own has that of the figures at its left: `So với năm
        2014` follows `Năm 2015`."""
        labels = [self._label(cell) for cell in reversed(column.path)]
        lent = self._lent(labels, left) if left else None
        if lent and any(label.meaning.first("whole_year") for label in labels):
            lent = Period(lent.year)  # "Cả năm" beside its quarters
        if lent and any(label.meaning.first("total") for label in labels):
            lent = None  # "Cộng" right of its months is of none of them
        return Path(labels, own=len(labels), lent=lent, left=left, whole=whole)


def _heads_parts(column: Column) -> bool:
    """Whether a column of labels is headed `Quý` or `Tháng`, so that its codes are periods."""
    if column.role not in ("label", "period") or not column.path:
        return False
    return read_label(column.path[-1].typed_text).first("head") == "period"


def _heads_communes(head: Cell) -> bool:
    """Whether a head is over communes alone: `Xã, phường`, not `Huyện, xã`."""
    words = set(strip_text(head.typed_text).replace(",", " ").replace("/", " ").split())
    return bool(words & {"xa", "phuong"}) and words <= _COMMUNE_WORDS


def _compares(label: Label) -> bool:
    """Whether a head says that its figures compare two periods."""
    compared = bool(label.meaning.compared_with)
    return compared or not {"vs_previous", "change", "index"}.isdisjoint(
        label.meaning.all("modifier")
    )
