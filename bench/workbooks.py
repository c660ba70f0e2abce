"""Workbooks to measure with: yearly reports of every province, about a thousand figures each.

Each report has three sheets, its figures agree with each other, and every tenth one has a total
that was mistyped. The same number always makes the same report.
"""

import datetime as dt
import random
from pathlib import Path

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font
from openpyxl.worksheet.worksheet import Worksheet

from warehouse import reference

FIRST_YEAR, YEARS = 2006, 13
DOCUMENT = dt.date(2019, 6, 15)
GROUPS = (
    "Người lao động và người sử dụng lao động đóng",
    "Tổ chức bảo hiểm xã hội đóng",
    "Ngân sách nhà nước đóng",
    "Ngân sách nhà nước hỗ trợ mức đóng",
    "Hộ gia đình",
)
MISTYPED_EVERY = 10
Line = list[str | int | float | None]


def make_workbooks(folder: Path, count: int) -> list[Path]:
    """Write the reports numbered 0 to count - 1, those that are not there yet."""
    folder.mkdir(parents=True, exist_ok=True)
    paths = [folder / f"{number:05}.xlsx" for number in range(count)]
    for number, path in enumerate(paths):
        if not path.exists():
            _Report(number).book.save(path)
    return paths


class _Report:
    """One province's report over thirteen years, with its districts and payer groups."""

    def __init__(self, number: int) -> None:
        provinces = reference.provinces(DOCUMENT)
        turn, place = divmod(number, len(provinces))
        self.province = provinces[place]
        self.districts = reference.districts(self.province.code, DOCUMENT)
        self.random = random.Random(number)
        # Another document, so that no report is a revision of another.
        self.years = [FIRST_YEAR + year for year in range(YEARS)]
        self.symbol = f"{100 + turn}/BC-UBND"
        self.mistyped = number % MISTYPED_EVERY == 0
        self.book = Workbook()
        self.book.remove(self.book.worksheets[0])
        self._draw()
        self._write()

    def _draw(self) -> None:
        places = range(len(self.districts))
        draw = self.random.randint
        self.population = {(d, y): draw(60_000, 250_000) for d in places for y in self.years}
        self.participants = {key: n * draw(700, 990) // 1000 for key, n in self.population.items()}
        self.labour = {key: n * draw(450, 600) // 1000 for key, n in self.population.items()}
        self.insured = {key: n * draw(50, 400) // 1000 for key, n in self.labour.items()}

    def _write(self) -> None:
        self._districts_sheet(
            "PL01", "BẢO HIỂM Y TẾ", "Dân số", "Số người tham gia BHYT", "Tỷ lệ bao phủ BHYT (%)",
            self.population, self.participants,
        )  # fmt: skip
        self._districts_sheet(
            "PL02", "BẢO HIỂM XÃ HỘI", "Lực lượng lao động", "Số người tham gia BHXH",
            "Tỷ lệ tham gia BHXH (%)", self.labour, self.insured,
        )  # fmt: skip
        self._groups_sheet("PL03")

    def _districts_sheet(
        self,
        name: str,
        what: str,
        whole_head: str,
        part_head: str,
        rate_head: str,
        whole: dict[tuple[int, int], int],
        part: dict[tuple[int, int], int],
    ) -> None:
        sheet = self._sheet(name, f"TÌNH HÌNH THAM GIA {what} THEO HUYỆN")
        heads: Line = ["STT", "Đơn vị"]
        below: Line = [None, None]
        for year in self.years:
            heads += [f"Năm {year}", None, None]
            below += [whole_head, part_head, rate_head]
        sheet.append(heads)
        sheet.append(below)
        top = sheet.max_row - 1
        for index in range(YEARS):
            sheet.merge_cells(
                start_row=top, end_row=top, start_column=3 + 3 * index, end_column=5 + 3 * index
            )
        everywhere = range(len(self.districts))
        self._district_line(sheet, None, "Toàn tỉnh", everywhere, whole, part)
        for place, district in enumerate(self.districts):
            title = f"{district.type.capitalize()} {_bare(district)}"
            self._district_line(sheet, place + 1, title, range(place, place + 1), whole, part)

    def _district_line(
        self,
        sheet: Worksheet,
        number: int | None,
        title: str,
        places: range,
        whole: dict[tuple[int, int], int],
        part: dict[tuple[int, int], int],
    ) -> None:
        line: Line = [number, title]
        for year in self.years:
            people = sum(whole[place, year] for place in places)
            covered = sum(part[place, year] for place in places)
            line += [people, covered, _percent(covered, people)]
        if self.mistyped and number is None and whole is self.population:
            line[3] = int(line[3] or 0) + 4000
        sheet.append(line)
        for cell in sheet[sheet.max_row][4::3]:
            cell.number_format = "0.00"

    def _groups_sheet(self, name: str) -> None:
        sheet = self._sheet(name, "SỐ NGƯỜI THAM GIA BẢO HIỂM Y TẾ THEO NHÓM ĐỐI TƯỢNG")
        sheet.append(["STT", "Nhóm đối tượng", *(f"Năm {year}" for year in self.years)])
        places = range(len(self.districts))
        totals = [sum(self.participants[place, year] for place in places) for year in self.years]
        sheet.append([None, "Tổng số", *totals])
        parts = [_split(total, self.random) for total in totals]
        for number, group in enumerate(GROUPS):
            sheet.append([number + 1, group, *(part[number] for part in parts)])

    def _sheet(self, name: str, title: str) -> Worksheet:
        sheet: Worksheet = self.book.create_sheet(name)
        years = f"GIAI ĐOẠN {self.years[0]}-{self.years[-1]}"
        sheet.append([f"{title} TỈNH {self.province.name.upper()} {years}"])
        sheet.append([f"(Kèm theo Báo cáo số {self.symbol} ngày {DOCUMENT:%d/%m/%Y})"])
        sheet.append([None, None, None, "Đơn vị tính: người"])
        for row in (1, 2):
            sheet.cell(row, 1).font = Font(name="Times New Roman", bold=row == 1)
            sheet.cell(row, 1).alignment = Alignment(horizontal="center")
        return sheet


def _bare(district: reference.Area) -> str:
    """`1` of `Quận 1`, whose list name holds its type."""
    return district.name.removeprefix(f"{district.type.capitalize()} ")


def _percent(part: int, whole: int) -> float:
    return round(100 * part / whole, 2)


def _split(total: int, rng: random.Random) -> list[int]:
    shares = [rng.randint(1, 9) for _ in GROUPS]
    parts = [total * share // sum(shares) for share in shares]
    parts[0] += total - sum(parts)
    return parts
