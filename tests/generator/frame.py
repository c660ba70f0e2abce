"""What stands around a table: headings, title, document line, unit line, notes, signatures."""

import datetime as dt

from tests.generator.desk import Desk
from tests.generator.page import Page
from tests.generator.places import list_districts

SIGNATURES = (
    (("NGƯỜI LẬP BIỂU", "(Ký, ghi rõ họ tên)", "", "Nguyễn Thị Hoa"), 1),
    (("TM. ỦY BAN NHÂN DÂN", "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH", "Trần Văn Bình"), 4),
)
NOTES = (
    "Ghi chú: Số liệu do Bảo hiểm xã hội tỉnh cung cấp.",
    "Nguồn: Cục Thống kê tỉnh, Bảo hiểm xã hội tỉnh.",
    "Ghi chú: - Số liệu đã được các sở, ngành thống nhất./.",
)


def head_page(desk: Desk, page: Page, title: str, unit: str = "people", year: str = "") -> None:
    """Everything above the table. `unit`: people, `none`, or the text of a unit line."""
    place = desk.world.province.name
    if page.style.national_header:
        page.write(page.row, 1, "ỦY BAN NHÂN DÂN", bold=True)
        page.write(page.row, 4, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", bold=True)
        page.write(page.row + 1, 1, place.upper(), bold=True)
        page.write(page.row + 1, 4, "Độc lập - Tự do - Hạnh phúc", bold=True)
        page.row += 3
    if desk.rng.random() < 0.4:
        page.line(desk.rng.choice(("Biểu 01", "Phụ lục số 2", "PHỤ LỤC I", "Biểu số 3")), bold=True)
    named = f"{title} {place.upper()}{' NĂM ' + year if year else ''}"
    page.line(named, bold=True)
    if page.style.document_line or needs_document(desk):
        page.line(say_document(desk))
    write_unit(desk, page, unit)


def needs_document(desk: Desk) -> bool:
    """Only its document dates a plan, a merged province's name, and districts that changed.

    Huyện Kỳ Anh was 447 until 2015-04-11 and is 449 after it: without a date no reader knows which.
    """
    world, document = desk.world, desk.world.document
    before = dt.date(min(int(moment.period[:4]) for moment in desk.moments), 1, 1)
    stable = list_districts(world.province.code, before) == world.districts
    return document.kind != "Báo cáo" or not world.districts or not stable


def say_document(desk: Desk) -> str:
    """`(Kèm theo Báo cáo số 431/BC-UBND ngày 04/7/2019 của UBND tỉnh ...)`."""
    document, place = desk.world.document, desk.world.province.name
    day = document.date
    date = f"{day.day} tháng {day.month} năm {day.year}"
    if desk.rng.random() < 0.3:
        date = f"{day.day:02d}/{day.month}/{day.year}"
    issuer = place[0].lower() + place[1:]
    name = f"{document.kind} số {document.symbol} ngày {date} của"
    office = desk.rng.choice(("UBND", "Ủy ban nhân dân"))
    return f"(Kèm theo {name} {office} {issuer})"


def write_unit(desk: Desk, page: Page, unit: str) -> None:
    """The unit line: needed for thousands, often left out for people."""
    text = unit
    if unit == "people":
        needed = page.style.thousands
        text = desk.voice.phrase("thousands" if needed else "people_line")
        if not needed and desk.rng.random() < 0.5:
            return
    if unit != "none":
        page.line(text, column=desk.rng.choice((1, 3)))


def foot_page(desk: Desk, page: Page) -> None:
    """Footnotes, notes and signatures below the table."""
    if desk.voice.marks_used:
        mark = desk.voice.mark.strip(" ()")
        page.line(f"({mark}) Đơn vị mới được sắp xếp lại địa giới hành chính.")
    if page.style.notes:
        page.line(desk.rng.choice(NOTES))
    if not page.style.signatures:
        return
    page.row += 1
    day = desk.world.document.date
    where = f"{desk.world.province.bare}, ngày {day.day} tháng {day.month} năm {day.year}"
    page.line(where, column=4)
    for lines, column in SIGNATURES:
        for offset, text in enumerate(lines):
            if text:
                page.write(page.row + offset, column, text, bold=True)
    page.row += 5
