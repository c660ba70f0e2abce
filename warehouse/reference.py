"""The code lists (areas, indicators, groups, units) as frozen rows, each with its validity."""

import csv
import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, TypeVar

from warehouse.model import AreaLevel

CODELISTS = Path(__file__).parent / "codelists"
LEVELS: dict[str, AreaLevel] = {
    "country": "country",
    "province": "province",
    "district": "district",
    "commune": "commune",
}


class UnknownCode(LookupError):
    """A code that the code lists do not hold, or do not hold on the day asked for."""


@dataclass(frozen=True, slots=True)
class Area:
    """One spell of an administrative area: from `valid_from` up to, not including, `valid_to`.

    A code may change its name, type and territory (049 Quảng Uyên, then Quảng Hòa),
    so the key is (level, code, valid_from). `name` comes without its type but for
    numbered districts (`Quận 9`). None: no limit is known on that side.
    """

    code: str
    level: AreaLevel
    name: str
    type: str
    parent_code: str
    valid_from: dt.date | None
    valid_to: dt.date | None
    successor_code: str

    @property
    def full_name(self) -> str:
        """The name with its type: `Huyện Đăk Glei`, `Quận 9`, `Việt Nam`."""
        if not self.type or self.name.casefold().startswith(f"{self.type} "):
            return self.name
        return f"{self.type[0].upper()}{self.type[1:]} {self.name}"


@dataclass(frozen=True, slots=True)
class Indicator:
    """What is counted or measured, in which unit, and how a rate is made."""

    code: str
    name_vi: str
    name_en: str
    unit: str
    precision: str
    kind: str
    numerator: str
    denominator: str
    valid_from: dt.date | None
    valid_to: dt.date | None


@dataclass(frozen=True, slots=True)
class Group:
    """A part of the people (payer group, sex, tier ...) and the partition it belongs to.

    `indicators` is a list of shell patterns joined by `|`: where the partition applies.
    """

    code: str
    parent: str
    partition: str
    member: str
    indicators: str
    name_vi: str
    name_en: str
    valid_from: dt.date | None
    valid_to: dt.date | None


@dataclass(frozen=True, slots=True)
class Unit:
    """A base unit in which values are stored."""

    code: str
    name_vi: str
    name_en: str
    kind: str


Row = Mapping[str, str]
Made = TypeVar("Made")


@cache
def areas() -> tuple[Area, ...]:
    """Every spell of every area, in the order of the code list."""
    return _made("areas.csv", _area)


@cache
def indicators() -> tuple[Indicator, ...]:
    """The indicators, in the order of the code list."""
    return _made("indicators.csv", _indicator)


@cache
def groups() -> tuple[Group, ...]:
    """The groups, in the order of the code list; sub-groups are `parent/child`."""
    return _made("groups.csv", _group)


@cache
def units() -> tuple[Unit, ...]:
    """The base units, in the order of the code list."""
    return _made("units.csv", lambda row: Unit(**row))


@cache
def provinces(on: dt.date | None = None) -> tuple[Area, ...]:
    """The provinces valid on a day; without a day every spell, old and new."""
    return _on([area for area in areas() if area.level == "province"], on)


@cache
def districts(province_code: str, on: dt.date | None = None) -> tuple[Area, ...]:
    """The districts of a province on a day; without a day every spell they ever had."""
    return _on(_districts_of().get(province_code, ()), on)


def area(code: str, on: dt.date | None = None) -> Area:
    """The area of a code on a day; without a day its latest spell.

    Provinces have two digits, districts three, the country is `VN`.
    Raises UnknownCode when there is none.
    """
    spells = _on(_spells().get(code, ()), on)
    if not spells:
        raise UnknownCode(f"There is no area {code!r}" + (f" on {on}." if on else "."))
    return spells[-1]


@cache
def _spells() -> Mapping[str, tuple[Area, ...]]:
    return _grouped(areas(), lambda row: row.code)


@cache
def _districts_of() -> Mapping[str, tuple[Area, ...]]:
    rows = [row for row in areas() if row.level == "district"]
    return _grouped(rows, lambda row: row.parent_code)


def _grouped(
    rows: tuple[Area, ...] | list[Area], key: Callable[[Area], str]
) -> Mapping[str, tuple[Area, ...]]:
    groups: dict[str, list[Area]] = {}
    for row in rows:
        groups.setdefault(key(row), []).append(row)
    return {name: tuple(members) for name, members in groups.items()}


def _on(rows: tuple[Area, ...] | list[Area], day: dt.date | None) -> tuple[Area, ...]:
    if day is None:
        return tuple(rows)
    return tuple(
        row
        for row in rows
        if (row.valid_from is None or row.valid_from <= day)
        and (row.valid_to is None or day < row.valid_to)
    )


def _made(file_name: str, make: Callable[[Row], Made]) -> tuple[Made, ...]:
    with (CODELISTS / file_name).open(encoding="utf-8", newline="") as lines:
        return tuple(make(row) for row in csv.DictReader(lines))


def _day(text: str) -> dt.date | None:
    return dt.date.fromisoformat(text) if text else None


def _typed(row: Row) -> dict[str, Any]:
    dated = {"valid_from": _day(row["valid_from"]), "valid_to": _day(row["valid_to"])}
    return {**row, **dated}


def _area(row: Row) -> Area:
    return Area(**{**_typed(row), "level": LEVELS[row["level"]]})


def _indicator(row: Row) -> Indicator:
    return Indicator(**_typed(row))


def _group(row: Row) -> Group:
    return Group(**_typed(row))
