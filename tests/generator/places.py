"""Provinces outside the samples and the districts they had at a date."""

import csv
import datetime as dt
from collections import Counter
from dataclasses import dataclass
from functools import cache
from pathlib import Path

AREAS = Path(__file__).parents[2] / "warehouse" / "codelists" / "areas.csv"
SAMPLE_PROVINCES = frozenset({"02", "04", "20", "62"})


@dataclass(frozen=True, slots=True)
class Place:
    """An area of the official list: code, type as written before a name, bare name."""

    code: str
    type: str
    bare: str

    @property
    def name(self) -> str:
        """The full name: `Huyện Sa Pa`."""
        return f"{self.type} {self.bare}".strip()


@cache
def read_areas() -> tuple[dict[str, str], ...]:
    """The rows of the code list of areas."""
    with AREAS.open(encoding="utf-8", newline="") as file:
        return tuple(csv.DictReader(file))


def make_place(row: dict[str, str]) -> Place:
    """A place of a row; `Quận 1` keeps its type in the list's name, here it does not."""
    kind = row["type"].capitalize()
    return Place(row["code"], kind, row["name"].removeprefix(f"{kind} "))


def list_places(level: str, date: dt.date) -> list[tuple[Place, str]]:
    """The areas of a level at a date, each with its parent's code, in the official order."""
    day = date.isoformat()
    return [
        (make_place(row), row["parent_code"])
        for row in read_areas()
        if row["level"] == level
        and row["valid_from"] <= day
        and (not row["valid_to"] or day < row["valid_to"])
    ]


def list_provinces(date: dt.date) -> list[Place]:
    """The provinces at a date that no sample comes from."""
    found = list_places("province", date)
    return [place for place, _ in found if place.code not in SAMPLE_PROVINCES]


def list_districts(province: str, date: dt.date) -> list[Place]:
    """The districts of a province code at a date; none since 2025-07-01."""
    return [place for place, parent in list_places("district", date) if parent == province]


def names_that_need_a_type(province: Place, districts: list[Place]) -> frozenset[str]:
    """Codes of districts that no clerk would write bare: `Quận 1`, two Cai Lậy, the capital.

    A capital named as its province (Thành phố Sơn La) would be taken for the province.
    """
    counts = Counter(place.bare for place in districts)
    return frozenset(
        place.code
        for place in districts
        if counts[place.bare] > 1 or place.bare == province.bare or place.bare[0].isdigit()
    )
