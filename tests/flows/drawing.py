"""Small workbooks of a province outside the samples, drawn for the tests of the night."""

from pathlib import Path

import openpyxl

DISTRICTS = [("Thành phố Bắc Giang", 180_000, 171_000), ("Huyện Lục Ngạn", 226_000, 203_400)]


def draw_report(path: Path, year: int, total: int | None, remark: str = "") -> None:
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
    participants = sum(row[2] for row in DISTRICTS)
    sheet.append([f"TÌNH HÌNH THAM GIA BẢO HIỂM Y TẾ TỈNH BẮC GIANG NĂM {year}"])
    sheet.append([None, None, None, "Đơn vị tính: người"])
    sheet.append(["STT", "Đơn vị", "Dân số", "Số người tham gia BHYT"])
    sheet.append([None, "Toàn tỉnh", sum(row[1] for row in DISTRICTS), total or participants])
    for number, district in enumerate(DISTRICTS, start=1):
        sheet.append([number, *district])
    if remark:
        sheet.append([remark])
    book.save(path)
