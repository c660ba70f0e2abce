"""What the labels on a figure's paths say, by which spelling and how surely."""

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from expectations.vocabulary import Meaning, read_label
from flows.reading.areas import Gazetteer, gazetteer
from warehouse import reference

LEVEL = " › "  # between the labels of a path


@dataclass(frozen=True, slots=True)
class Spoken:
    """One label: what its words were taken for, the words that nothing explains, the score."""

    text: str
    says: tuple[str, ...]
    unexplained: tuple[str, ...] = ()
    score: float = 1.0

    @property
    def line(self) -> str:
        """The label in one line: `"H. Lục Ngan" → Huyện Lục Ngạn (213), likeness 0.95`."""
        said = ", ".join(self.says) or "–"
        unclear = f", ? {' '.join(self.unexplained)}" if self.unexplained else ""
        sure = f", {self.score:.2f}" if self.score < 1 else ""
        return f'"{self.text}" → {said}{unclear}{sure}'


def speaker(reading: Mapping[str, Any]) -> Callable[[str], tuple[Spoken, ...]]:
    """The function that tells a path's labels, with the places of the reading's province."""
    code = reading.get("province_code", "")
    places = gazetteer(code, _day(reading)) if code else None

    @cache
    def speak(path: str) -> tuple[Spoken, ...]:
        return tuple(_speak(text, places) for text in path.split(LEVEL) if text)

    return speak


def _day(reading: Mapping[str, Any]) -> dt.date | None:
    if reading.get("document_date"):
        return dt.date.fromisoformat(reading["document_date"])
    year = reading["reference_year"]
    return dt.date(year, 12, 31) if year else None


def _speak(text: str, places: Gazetteer | None) -> Spoken:
    meaning = read_label(text)
    place = places.find(text) if places else None
    if place and place.area and not (place.score < 1 and meaning.atoms):
        return Spoken(text, (f"{place.area.full_name} ({place.area.code})",), (), place.score)
    return Spoken(text, tuple(_said(meaning)), meaning.unexplained, meaning.score)


def _said(meaning: Meaning) -> list[str]:
    told = [f"{name} {value}" for name, value in meaning.atoms if name != "filler"]
    told += [f"period {period}" for period in meaning.periods]
    if meaning.unit:
        told.append(f"unit {meaning.unit.printed}")
    return list(dict.fromkeys(told))


@cache
def names() -> dict[str, str]:
    """The Vietnamese name of every indicator and group."""
    groups = {row.code: row.name_vi for row in reference.groups()}
    return groups | {row.code: row.name_vi for row in reference.indicators()}
