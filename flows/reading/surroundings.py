"""What stands around a table: its captions and notes, its sheet, its workbook."""

import calendar
import datetime as dt
import re
from collections.abc import Iterable
from dataclasses import dataclass

from expectations.folding import squash, strip_text, tidy
from expectations.periods import Period, find_periods, spell_out_sheet
from expectations.vocabulary import Meaning, Unit, read_label, read_unit
from flows.reading.areas import Gazetteer
from flows.reading.context import DocumentFacts
from flows.reading.match import Surroundings
from flows.reading.regions import Region
from warehouse.model import Cell, Scenario
from warehouse.reference import Area

_ATTACHED = re.compile(r"^\W*(?:\(?\s*(?:ban hanh\s+)?kem theo|so\s*:|cong hoa xa hoi|doc lap)")
# The office that writes, in the letterhead: it names a scheme but speaks of no table.
_LETTERHEAD = re.compile(
    r"^\W*(?:bao hiem xa hoi|bhxh)\s+(?:viet nam|tinh|thanh pho|huyen|quan|thi xa)\b(?!.*\d{4})"
)
# "SỞ LAO ĐỘNG - THƯƠNG BINH VÀ XÃ HỘI" signs a table and does not say that it counts workers; with
# its accents, since "Sở" and "Số người" are one without. What names a year or people is a title.
_OFFICE = re.compile(
    r"^\W*(?:ubnd|hđnd|[uủ][ỷy] ban nhân dân|hội đồng nhân dân|sở|bộ|phòng|tổng cục|chi cục|cục|ban"
    r"|tỉnh [uủ][ỷy]|thành [uủ][ỷy]|huyện [uủ][ỷy]|trung tâm|liên đoàn|văn phòng)\s"
    r"(?!.*(?:\d{4}|tham gia|số người|tỷ lệ|đối tượng))"
)
_UNIT_AT_END = re.compile(
    r"\b(?:[đd][ơo]n v[ịi] t[íi]nh\s*:?|(?:[đd][ơo]n v[ịi]|[đd]vt)\s*:)\s*([^:]+)$", re.I
)
_SURELY_UNIT = re.compile(r"^\W*(?:don vi tinh|dvt)\b\s*[:.]\s*\w")
_SURELY_UNIT_TYPED = re.compile(r"^\W*(?:[đd][ơo]n v[ịi](?: t[íi]nh)?|[đd]vt)\s*[:.]?", re.I)
_DISTRICT = re.compile(r"\b(huyen|thi xa|thanh pho|quan)\s+(\w[\w' ]+)")
_CODED = re.compile(
    r"^\W*(?:[IVX]{1,5}|[A-H]|\d{1,2})\s*[.)/-]\s*\S|^\W*(?:bảng|biểu|phụ biểu)\b", re.I
)


@dataclass(frozen=True, slots=True)
class Book:
    """What is known of the whole workbook when its tables are read."""

    province: Area | None
    facts: DocumentFacts
    reference_year: int | None
    day: dt.date | None  # whose places count: the document's, else the end of the latest year


def own_captions(region: Region) -> list[Cell]:
    """The captions that speak of this table, nearest first; a note's table has its host's."""
    if region.host is not None and not region.captions:
        return own_captions(region.host)
    return list(reversed(region.captions))


def title_of(region: Region) -> str:
    """A table's captions as one line."""
    return " / ".join(" ".join(c.typed_text.split()) for c in reversed(own_captions(region)))


def sheet_titles(first: Region) -> list[Cell]:
    """The captions over a sheet's first table that stand for the whole sheet.

    They end where a caption with an outline code (`I. Tỷ lệ bao phủ …`) begins that table's own.
    """
    titles: list[Cell] = []
    for cell in first.captions:
        if _CODED.match(cell.typed_text) and titles:
            break
        titles.append(cell)
    return list(reversed(titles))


def caption_meanings(cells: list[Cell]) -> list[Meaning]:
    """What captions say, without letterheads and references to the covering document."""
    return _meanings(cell.typed_text for cell in cells)


def _meanings(texts: Iterable[str]) -> list[Meaning]:
    return [read_label(text) for text in texts if not _is_letterhead(text)]


def _is_letterhead(text: str) -> bool:
    """Whether a line names the office that writes or the document that covers the table."""
    plain = strip_text(text)
    named = _ATTACHED.match(plain) or _LETTERHEAD.match(plain)
    return bool(named or _OFFICE.match(tidy(text).lower()))


def surround(region: Region, first: Region, book: Book, places: Gazetteer) -> Surroundings:
    """Captions nearest first, then the sheet's titles, its name, and the workbook's year."""
    province = places.province
    captions = own_captions(region)
    titles = [] if region is first else [c for c in sheet_titles(first) if c not in captions]
    meanings = caption_meanings(captions + titles) + _name_meanings(region.sheet.name)
    period = _caption_period(meanings) or _name_period(region.sheet.name)
    inferred = period is None and book.reference_year is not None
    if period is None and book.reference_year:
        period = Period(book.reference_year)
    host_notes = region.host.notes if region.host else []
    notes = [read_label(cell.typed_text) for cell in (*region.notes, *host_notes)]
    return Surroundings(
        meanings,
        notes,
        province,
        period,
        is_inferred=inferred,
        groups=_caption_groups(meanings),
        district=_caption_district(captions + titles, places)
        or _named_district(region.sheet.name, places),
    )


def _name_meanings(sheet_name: str) -> list[Meaning]:
    """What a sheet's name says that is a scheme's, `BHXH tự nguyện`; an office's says nothing."""
    meanings = _meanings([sheet_name])
    return [meaning for meaning in meanings if meaning.first("scheme") and not meaning.unexplained]


def named_scenario(sheet_name: str) -> list[Meaning]:
    """What a sheet's name says of plan or actual, with its year: `KH 2024`, `TH 2023`."""
    name = read_label(sheet_name)
    told = name.first("scenario") and len(name.periods) == 1 and not name.unexplained
    return [name] if told else []


def _named_district(sheet_name: str, places: Gazetteer) -> Area | None:
    """The district that a sheet is named after: `Cửa Lò`; a bare `Kon Tum` may be the province."""
    place = places.find(sheet_name)
    if place is None or place.score < 1 or squash(sheet_name) == squash(places.province.name):
        return None
    return place.area if place.area and place.area.level == "district" else None


def _caption_district(captions: list[Cell], places: Gazetteer) -> Area | None:
    """The district that a title reports for: `… HUYỆN MỘC CHÂU, TỈNH SƠN LA`."""
    for cell in captions:
        for match in _DISTRICT.finditer(strip_text(cell.typed_text)):
            words = match[2].split()
            for length in range(min(4, len(words)), 0, -1):
                place = places.find(f"{match[1]} {' '.join(words[:length])}")
                if place and place.score == 1 and place.area and place.area.level == "district":
                    return place.area
    return None


def _caption_groups(meanings: list[Meaning]) -> tuple[str, ...]:
    """The one group that the nearest caption with a group names: `… BHXH tự nguyện`."""
    named = next((meaning.all("group") for meaning in meanings if meaning.all("group")), ())
    return named if len(named) == 1 else ()


def _caption_period(meanings: list[Meaning]) -> Period | None:
    for meaning in meanings:
        if len(meaning.periods) == 1 and not meaning.ranges:
            return meaning.periods[0]
    return None


def _name_period(sheet_name: str) -> Period | None:
    periods = find_periods(spell_out_sheet(sheet_name)).periods
    return periods[0] if len(periods) == 1 and periods[0].year else None


def unit_lines(region: Region) -> list[Unit]:
    """The units that lines above or inside the table name, nearest first."""
    cells = [*region.units, *(region.host.units if region.host else [])]
    lines = [unit for cell in reversed(cells) for unit in _line_units(cell.typed_text)]
    titles = [_caption_unit(cell.typed_text) for cell in own_captions(region)]
    notes = [
        _caption_unit(cell.typed_text)
        for cell in region.notes
        if _UNIT_AT_END.search(tidy(cell.typed_text))
    ]
    return [unit for unit in (*lines, *titles, *notes) if unit]


def unknown_units(region: Region) -> list[Cell]:
    """The unit lines of a table of which nothing is understood: `ĐVT: vạn người`."""
    lines = [cell for cell in region.units if _SURELY_UNIT.match(strip_text(cell.typed_text))]
    return [cell for cell in lines if not _line_units(cell.typed_text)]


def _line_units(text: str) -> list[Unit]:
    """The units of a line, one or several: `ĐVT: người, %`."""
    line = _SURELY_UNIT_TYPED.sub("", tidy(text).strip("() "))
    whole = read_unit(text.strip("() "))
    parts = [whole] if whole else [read_unit(part) for part in re.split(r"[,;]| và ", line)]
    return [unit for unit in parts if unit]


def _caption_unit(text: str) -> Unit | None:
    """The unit that ends a caption: `… (nghìn người)`, `… - Đơn vị: nghìn người`."""
    match = _UNIT_AT_END.search(tidy(text))
    return read_unit(match[1]) if match else read_label(text).unit


def table_scenario(meanings: list[Meaning], facts: DocumentFacts) -> Scenario:
    """Plan or actual as captions say (`Kết quả thực hiện kế hoạch`: actual), else the document."""
    for meaning in meanings:
        said = meaning.all("scenario")
        if "actual" in said:
            return "actual"
        if "plan" in said:
            return "plan"
        if "estimate" in said:
            return "estimate"
    return "plan" if facts.kind == "ke hoach" else "actual"


def settle_scenario(
    said: str | None, of_table: Scenario, period: Period, written: dt.date | None
) -> Scenario:
    """The scenario of one figure.

    In a plan the periods over when it was written are what had been reached: Cao Bằng's plan
    of 31-12-2014 gives 2014 as a result, Hà Giang's of 22-10-2013 plans 2013 too.
    """
    if said in ("actual", "plan", "estimate"):
        return said  # type: ignore[return-value]
    if of_table == "plan" and written and last_day(period) <= written:
        return "actual"
    return of_table


def last_day(period: Period) -> dt.date:
    """The last day of a period."""
    year = period.year or 0
    part = period.part
    if part.startswith("Q"):
        month = int(part[1]) * 3
    elif part in ("H1", "H2"):
        month = 6 if part == "H1" else 12
    elif part.endswith("M"):
        month = int(part[:-1])
    elif "-" in part:
        month, day = (int(number) for number in part.split("-"))
        return dt.date(year, month, day)
    else:
        month = int(part) if part else 12
    return dt.date(year, month, calendar.monthrange(year, month)[1])
