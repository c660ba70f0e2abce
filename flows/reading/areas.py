"""Places by the names that clerks give them: prefixes set aside, accents and slips forgiven."""

import datetime as dt
import re
from dataclasses import dataclass
from functools import cache, lru_cache

from rapidfuzz.fuzz import ratio
from rapidfuzz.process import extract

from expectations.folding import squash, strip_text, tidy
from expectations.gloss import without_gloss
from warehouse import reference
from warehouse.reference import Area, districts, provinces

_PREFIX = re.compile(
    r"^(?:\d{1,3}\s*[.)]\s*)?"
    r"(?P<type>thanh pho|t\.\s*p\b|tp\b|thi xa|t\.\s*x\b|tx\b|huyen dao|huyen|h\s*\.|quan|q\s*\."
    r"|tinh|t\s*\.)"
    r"\s*[.:]?\s*(?P<name>.*)$"
)
# A commune is no district: "Xã Lạc Dương" is not Huyện Lạc Dương.
_COMMUNE = re.compile(r"^(?:xa|phuong|p\s*\.|thi tran|tt\s*\.?|t\s*\.\s*t\s*\.?|dac khu)\s")
_COUNTRY = frozenset({"canuoc", "toanquoc", "vietnam"})
_OFFICE = re.compile(r"^(?:bhxh|bao hiem xa hoi)\s+(?=\w)")  # "BHXH huyện Đầm Dơi" reports for it
_ORDINAL = re.compile(r"^(?:\d{1,3}|[ivx]{2,5}|i|v|[a-g])\s*[.)]\s*")  # "H. Năm Căn" is a district
_FOOTNOTE = re.compile(
    r"(?:\s*\(\s*(?:\d{1,2}|\*+|[Cc][ũu]|[Mm]ới)\s*\)|\s*\*+|\s+\d{1,2}\)|[¹²³⁴⁵⁶⁷⁸⁹])+$"
)
_TYPES = {
    "thanhpho": "thành phố",
    "tp": "thành phố",
    "thixa": "thị xã",
    "tx": "thị xã",
    "huyen": "huyện",
    "huyendao": "huyện",
    "h": "huyện",
    "quan": "quận",
    "q": "quận",
    "tinh": "tỉnh",
    "t": "tỉnh",
}
SLIP_SCORE = 84.0  # "Phục Hào" for Phục Hòa scores 86, two different districts at most 80
_MARGIN = 6.0
_LONGEST_NAME = 30


@dataclass(frozen=True, slots=True)
class Place:
    """The areas that a text may name, best first, with the likeness of the name (0 to 1)."""

    areas: tuple[Area, ...]
    score: float

    @property
    def area(self) -> Area | None:
        """The one area named, None where several are as likely."""
        return self.areas[0] if len(self.areas) == 1 else None

    def in_year(self, year: int | None) -> Area | None:
        """The one area that stood at the end of a year, where the day of the report is unknown."""
        if year is None:
            return None
        standing = [area for area in self.areas if _is_valid(area, dt.date(year, 12, 31))]
        return standing[0] if len(standing) == 1 else None


class Gazetteer:
    """The places that a report of one province, or of the country, may name, as of a day."""

    def __init__(self, province: Area, day: dt.date | None) -> None:
        self.province = province
        self.day = day
        self.by_name: dict[str, list[Area]] = {}
        for area in _named_in(province):
            bare = area.name.removeprefix(area.type.capitalize()).strip()  # "Quận 9" is also "9"
            for key in {squash(area.name), squash(area.full_name), squash(bare)}:
                self.by_name.setdefault(key, []).append(area)
        self._seen: dict[str, Place | None] = {}

    def find(self, text: str) -> Place | None:
        """The place that a whole label names, None if it names none."""
        if text not in self._seen:
            self._seen[text] = self._find(text) if len(text) <= 80 else None
        return self._seen[text]

    def _find(self, text: str) -> Place | None:
        clean = strip_text(_FOOTNOTE.sub("", tidy(without_gloss(text))))
        clean = _OFFICE.sub("", _ORDINAL.sub("", clean))
        if _COMMUNE.match(clean):
            return None
        if squash(clean) in _COUNTRY:
            return Place((country(),), 1.0)
        match = _PREFIX.match(clean)
        kind = _TYPES[squash(match["type"])] if match else None
        key = squash(match["name"]) if match else squash(clean)
        if not key:
            return self._only_of(kind) if kind else None
        if key.isdigit() and kind is None:
            return None
        if kind == "tỉnh" and key == squash(self.province.name):
            return Place((self.province,), 1.0)
        exact = self._choose(self.by_name.get(key, []), kind)
        exact = exact or self._choose(self.by_name.get(squash(clean), []), None)
        return exact or self._alike(key, kind)

    def _only_of(self, kind: str) -> Place | None:
        """`Thành phố` alone: the only town of that type that the province has."""
        named = self._choose(
            [area for area in districts(self.province.code) if area.type == kind], kind
        )
        return named if named and len(named.areas) == 1 else None

    def _choose(self, spells: list[Area], kind: str | None) -> Place | None:
        """The spells of one code each: of the type named, then valid on the day, then latest."""
        typed = [area for area in spells if kind is None or area.type == kind]
        if not typed and kind and spells:  # "Huyện Kỳ Anh" typed for a town: type alone differs
            typed = [area for area in spells if area.level == "district"]
        lower = [area for area in typed if area.level == "district"]
        if lower and kind != "tỉnh":
            typed = lower
        valid = [area for area in typed if _is_valid(area, self.day)] or typed
        latest = {area.code: area for area in valid}
        return Place(tuple(latest.values()), 1.0) if latest else None

    def _alike(self, key: str, kind: str | None) -> Place | None:
        if not 4 <= len(key) <= _LONGEST_NAME:
            return None
        hits = extract(key, list(self.by_name), scorer=ratio, score_cutoff=SLIP_SCORE, limit=3)
        if not hits:
            return None
        near = [hit for hit in hits if hits[0][1] - hit[1] < _MARGIN]
        areas: dict[str, Area] = {}
        for name, _score, _index in near:
            chosen = self._choose(self.by_name[name], kind)
            areas.update({area.code: area for area in chosen.areas} if chosen else {})
        return Place(tuple(areas.values()), round(hits[0][1] / 100, 3)) if areas else None

    def candidates(self, text: str) -> list[str]:
        """The names nearest to a text that named no place, for the steward."""
        hits = extract(squash(text), list(self.by_name), scorer=ratio, score_cutoff=60, limit=3)
        return [self.by_name[name][0].full_name for name, _score, _index in hits]


def _is_valid(area: Area, day: dt.date | None) -> bool:
    return day is None or (
        (area.valid_from is None or area.valid_from <= day)
        and (area.valid_to is None or day < area.valid_to)
    )


def _named_in(reporter: Area) -> tuple[Area, ...]:
    """The provinces, where the country reports; else a province's districts and its spells."""
    if reporter.level == "country":
        return provinces()
    return (*districts(reporter.code), *_spells_of(reporter.code))


def _spells_of(code: str) -> list[Area]:
    return [area for area in (*provinces(), country()) if area.code == code]


def country() -> Area:
    """The country as an area."""
    return reference.area("VN")


@cache
def gazetteer(province_code: str, day: dt.date | None) -> Gazetteer:
    """The gazetteer of a province, or of the country (`VN`), as of a day."""
    return Gazetteer(spell_on(tuple(_spells_of(province_code)), day), day)


@cache
def district_homes() -> dict[str, frozenset[str]]:
    """For each district's name the provinces that have had one of that name."""
    homes: dict[str, set[str]] = {}
    for province in provinces():
        for area in districts(province.code):
            homes.setdefault(squash(area.name), set()).add(province.code)
    return {name: frozenset(codes) for name, codes in homes.items()}


@lru_cache(maxsize=20_000)
def homes_of(text: str) -> frozenset[str]:
    """The provinces that have, or had, a district of the name that a short text gives."""
    if len(text) > 40:
        return frozenset()
    clean = strip_text(_FOOTNOTE.sub("", tidy(without_gloss(text))))
    match = _PREFIX.match(clean)
    return district_homes().get(squash(match["name"] if match else clean), frozenset())


def names_commune(text: str) -> bool:
    """Whether a text opens like the name of a commune, ward or township: `Xã Phước Lý`."""
    return bool(_COMMUNE.match(_ORDINAL.sub("", strip_text(tidy(text)))))


def names_district(text: str) -> bool:
    """Whether a short text is the name of a district anywhere in the country."""
    return bool(homes_of(text))


def spell_on(spells: tuple[Area, ...], day: dt.date | None) -> Area:
    """The spell that is valid on a day; without a day, or if none is, the earliest.

    Reports reach back: one without a date is read with the names of its own time.
    """
    for area in spells:
        started = area.valid_from is None or (day is not None and area.valid_from <= day)
        if started and (area.valid_to is None or day is None or day < area.valid_to):
            return area
    return spells[0]
