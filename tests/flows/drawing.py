"""Small workbooks of provinces outside the samples, drawn for the tests of the night."""

import datetime as dt
from collections.abc import Iterable, Sequence
from pathlib import Path

import openpyxl

from warehouse import reference

District = tuple[str, int, int]
HEADING = "TÌNH HÌNH THAM GIA BẢO HIỂM Y TẾ"
DISTRICTS = [("Thành phố Bắc Giang", 180_000, 171_000), ("Huyện Lục Ngạn", 226_000, 203_400)]
WRONG_EVERY = 10


def draw_report(
    path: Path,
    year: int,
    total: int | None,
    remark: str = "",
    heading: str = HEADING,
    place: str = "TỈNH BẮC GIANG",
    districts: Sequence[District] = DISTRICTS,
) -> None:
    """
    | TÌNH HÌNH THAM GIA BẢO HIỂM Y TẾ TỈNH BẮC GIANG NĂM 2018                |
    |     |                     |         |          Đơn vị tính: người      |
    | STT | Đơn vị              | Dân số  | Số người tham gia BHYT           |
    |     | Toàn tỉnh           | 406000  | 374400                           |
    | 1   | Thành phố Bắc Giang | 180000  | 171000                           |
    | 2   | Huyện Lục Ngạn      | 226000  | 203400                           |
    """
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    participants = sum(row[2] for row in districts)
    sheet.append([f"{heading} {place} NĂM {year}"])
    sheet.append([None, None, None, "Đơn vị tính: người"])
    sheet.append(["STT", "Đơn vị", "Dân số", "Số người tham gia BHYT"])
    sheet.append([None, "Toàn tỉnh", sum(row[1] for row in districts), total or participants])
    for number, district in enumerate(districts, start=1):
        sheet.append([number, *district])
    if remark:
        sheet.append([remark])
    book.save(path)


def draw_reports(folder: Path, numbers: Iterable[int]) -> None:
    """The reports of the country's provinces, year after year; every tenth has a wrong total."""
    folder.mkdir(parents=True, exist_ok=True)
    day = dt.date(2019, 6, 15)
    provinces = reference.provinces(day)
    for number in numbers:
        turn, place = divmod(number, len(provinces))
        province = provinces[place]
        people = 100_000 + 13 * number
        districts = [
            (f"{one.name}", people + 1_000 * order, people - 9_000 + 970 * order)
            for order, one in enumerate(reference.districts(province.code, day)[:4])
        ]
        wrong = number % WRONG_EVERY == 0
        total = sum(row[2] for row in districts) + 9_000 * wrong
        path = folder / f"{number:03}.xlsx"
        name = f"TỈNH {province.name.upper()}"
        draw_report(path, 2015 + turn, total, place=name, districts=districts)
