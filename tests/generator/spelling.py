"""What provincial offices write for indicators, periods and the page around tables."""

import re
from dataclasses import dataclass

from tests.generator.world import Moment

INDICATORS: dict[str, tuple[str, ...]] = {
    "population": (
        "Dân số",
        "Tổng dân số",
        "Tổng số dân",
        "Số dân",
        "Dân số toàn tỉnh",
        "Tổng dân số toàn tỉnh",
        "Quy mô dân số",
    ),
    "population_avg": ("Dân số trung bình", "Dân số TB"),
    "labour_force": (
        "Lực lượng lao động",
        "LLLĐ",
        "Lực lượng lao động trong độ tuổi",
        "Số lao động trong độ tuổi",
        "Lao động trong độ tuổi",
        "Lực lượng LĐ trong độ tuổi",
        "Lao động trong độ tuổi lao động",
        "LLLĐ trong độ tuổi",
    ),
    "bhyt_participants": (
        "Số người tham gia BHYT",
        "Số đối tượng tham gia bảo hiểm y tế",
        "Số thẻ BHYT",
        "Đối tượng tham gia BHYT",
        "Tổng số người tham gia BHYT",
        "Số người có thẻ BHYT",
        "Người tham gia bảo hiểm y tế",
        "Tổng số thẻ BHYT",
        "Số người có BHYT",
        "Số người tham gia bảo hiểm y tế",
        "Dân số tham gia BHYT",
        "Tổng số đối tượng tham gia BHYT",
        "Người có thẻ bảo hiểm y tế",
    ),
    "bhxh_participants": (
        "Số người tham gia BHXH",
        "Đối tượng tham gia bảo hiểm xã hội",
        "Số lao động tham gia BHXH",
        "Tổng số người tham gia BHXH",
        "Số đối tượng tham gia BHXH",
        "Số người đóng BHXH",
        "Lao động tham gia BHXH",
    ),
    "bhtn_participants": (
        "Số người tham gia BHTN",
        "Đối tượng tham gia bảo hiểm thất nghiệp",
        "Số lao động tham gia BHTN",
        "Người tham gia bảo hiểm thất nghiệp",
        "Số đối tượng tham gia BHTN",
        "Số người đóng BHTN",
        "Lao động tham gia BHTN",
    ),
    "bhyt_coverage_pct": (
        "Tỷ lệ bao phủ BHYT (%)",
        "Tỷ lệ người dân tham gia BHYT so với dân số",
        "Tỉ lệ bao phủ BHYT/dân số (%)",
        "Tỷ lệ tham gia BHYT so với dân số (%)",
        "Độ bao phủ bảo hiểm y tế (%)",
        "Tỷ lệ dân số tham gia BHYT (%)",
        "Tỷ lệ người tham gia BHYT trên dân số (%)",
        "% dân số có BHYT",
        "Tỷ lệ có thẻ BHYT (%)",
        "Tỷ lệ bao phủ BHYT toàn dân (%)",
        "Độ bao phủ BHYT",
    ),
    "bhxh_coverage_pct": (
        "Tỷ lệ tham gia BHXH so với LLLĐ (%)",
        "Tỷ lệ bao phủ BHXH (%)",
        "Tỷ lệ người tham gia BHXH/lực lượng lao động (%)",
        "Tỷ lệ lao động tham gia BHXH (%)",
        "Tỷ lệ lực lượng lao động tham gia BHXH (%)",
        "% LLLĐ tham gia BHXH",
    ),
    "bhtn_coverage_pct": (
        "Tỷ lệ tham gia BHTN so với LLLĐ (%)",
        "Tỷ lệ bao phủ BHTN (%)",
        "Tỷ lệ người tham gia BHTN/lực lượng lao động (%)",
        "Tỷ lệ lao động tham gia bảo hiểm thất nghiệp (%)",
        "Tỷ lệ lực lượng lao động tham gia BHTN (%)",
        "% LLLĐ tham gia BHTN",
    ),
    "bhyt_visits": (
        "Số lượt khám chữa bệnh BHYT",
        "Tổng số lượt KCB BHYT",
        "Số lượt người KCB BHYT",
        "Lượt khám bệnh, chữa bệnh BHYT",
        "Tổng lượt KCB BHYT",
        "Số lượt KCB bằng thẻ BHYT",
    ),
    "bhyt_visits_inpatient": (
        "Số lượt khám chữa bệnh BHYT nội trú",
        "Số lượt KCB nội trú",
        "Lượt KCB BHYT nội trú",
    ),
    "bhyt_visits_outpatient": (
        "Số lượt khám chữa bệnh BHYT ngoại trú",
        "Số lượt KCB ngoại trú",
        "Lượt KCB BHYT ngoại trú",
    ),
    "bhyt_facilities": (
        "Số cơ sở khám chữa bệnh BHYT",
        "Tổng số cơ sở KCB BHYT",
        "Cơ sở khám chữa bệnh BHYT",
        "Số cơ sở KCB BHYT",
    ),
    "bhyt_expenditure_in_province": (
        "Chi KCB BHYT tại các cơ sở trong tỉnh",
        "Chi khám chữa bệnh BHYT trên địa bàn tỉnh",
        "Chi KCB BHYT phát sinh trong tỉnh",
    ),
    "bhyt_expenditure_incl_out_of_province": (
        "Chi KCB BHYT bao gồm cả đa tuyến ngoại tỉnh",
        "Chi khám chữa bệnh BHYT (gồm cả đa tuyến đi ngoại tỉnh)",
    ),
    "bhyt_revenue": (
        "Thu quỹ BHYT",
        "Tổng số thu BHYT",
        "Số thu BHYT",
        "Thu bảo hiểm y tế",
        "Số tiền thu BHYT",
        "Thu quỹ bảo hiểm y tế",
    ),
    "bhxh_revenue": ("Thu BHXH", "Tổng số thu BHXH", "Số thu bảo hiểm xã hội"),
    "bhtn_revenue": ("Thu BHTN", "Tổng số thu BHTN", "Số thu bảo hiểm thất nghiệp"),
}
PHRASES: dict[str, tuple[str, ...]] = {
    "number": ("STT", "TT", "Số TT"),
    "place": (
        "Đơn vị",
        "Huyện, thành phố",
        "Địa phương",
        "Tên đơn vị",
        "Huyện/TP",
        "Tên huyện",
        "Quận, huyện",
        "Đơn vị hành chính",
    ),
    "indicator": (
        "Chỉ tiêu",
        "Nội dung",
        "Tiêu thức",
        "Chỉ tiêu báo cáo",
        "Diễn giải",
        "Tên chỉ tiêu",
    ),
    "group": ("Nhóm đối tượng", "Đối tượng", "Các nhóm đối tượng tham gia BHYT"),
    "year": ("Năm", "Năm báo cáo"),
    "value": ("Số liệu", "Giá trị", "Kết quả"),
    "unit": ("Đơn vị tính", "ĐVT"),
    "people": ("Số người", "Số lượng", "Số đối tượng"),
    "participants": (
        "Số người tham gia",
        "Số người tham gia BHYT",
        "Số thẻ BHYT",
        "Số người có thẻ",
        "Đối tượng tham gia",
    ),
    "rate": (
        "Tỷ lệ (%)",
        "Tỷ lệ bao phủ (%)",
        "Tỷ lệ %",
        "Tỷ lệ/DS (%)",
        "Tỷ lệ so dân số (%)",
        "% bao phủ",
        "Tỷ lệ % so với dân số",
    ),
    "share": (
        "Cơ cấu (%)",
        "Tỷ trọng (%)",
        "Tỷ lệ (%)",
        "Tỷ trọng %",
        "Cơ cấu %",
        "% so với tổng số",
    ),
    "vs_plan": (
        "% TH/KH",
        "Tỷ lệ % TH/KH",
        "TH/KH (%)",
        "Tỷ lệ thực hiện so với kế hoạch (%)",
        "Đạt % so với KH",
        "% thực hiện KH",
        "Tỷ lệ hoàn thành KH (%)",
        "So với KH (%)",
        "% KH",
    ),
    "plan": ("KH", "Kế hoạch"),
    "actual": ("TH", "Thực hiện"),
    "thousands": (
        "Đơn vị tính: Nghìn người",
        "ĐVT: nghìn người",
        "Đơn vị: 1.000 người",
        "ĐVT: 1000 người",
        "Đơn vị tính: Ngàn người",
        "(Đơn vị: nghìn người)",
    ),
    "people_line": ("Đơn vị tính: Người", "ĐVT: người", "Đơn vị tính: người"),
    "of_which": ("Trong đó:", "Trong đó"),
}
ROMAN = ("", "I", "II", "III", "IV")


@dataclass(frozen=True, slots=True)
class Said:
    """What a column of periods says, and the scenario its words state."""

    text: str | int
    period: str


def spell_year(year: str, kind: str) -> str | int:
    """A year as a column head: `Năm 2018`, text 2018, the number 2018."""
    if kind == "number":
        return int(year)
    return {"text": year, "word": f"Năm {year}", "date": f"31/12/{year}", "dash": f"31-12-{year}"}[
        kind
    ]


def spell_period(moment: Moment, short: bool) -> str:
    """A quarter, half-year, month, day or year, without its scenario."""
    period = moment.period
    if match := re.fullmatch(r"(\d{4})-Q([1-4])", period):
        year, quarter = match.groups()
        roman = ROMAN[int(quarter)]
        return f"Quý {roman}/{year}" if short else f"Quý {roman} năm {year}"
    if match := re.fullmatch(r"(\d{4})-H([12])", period):
        half = "đầu" if match[2] == "1" else "cuối"
        return f"6 tháng {half} năm {match[1]}"
    if match := re.fullmatch(r"(\d{4})-(\d\d)", period):
        return f"Tháng {int(match[2])}/{match[1]}" if short else f"Tháng {match[2]} năm {match[1]}"
    if match := re.fullmatch(r"(\d{4})-(\d\d)-(\d\d)", period):
        day = f"{int(match[3])}/{int(match[2])}/{match[1]}"
        return day if short else f"Lũy kế đến {day}"
    return period if short else f"Năm {period}"
