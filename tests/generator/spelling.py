"""What provincial offices write for indicators, groups, periods and the page around tables."""

import re
from dataclasses import dataclass

from tests.generator.world import Moment

INDICATORS: dict[str, tuple[str, ...]] = {
    "population": ("Dân số", "Tổng dân số", "Tổng số dân", "Số dân"),
    "population_avg": ("Dân số trung bình", "Dân số TB"),
    "labour_force": (
        "Lực lượng lao động",
        "LLLĐ",
        "Lực lượng lao động trong độ tuổi",
        "Số lao động trong độ tuổi",
        "Lao động trong độ tuổi",
    ),
    "bhyt_participants": (
        "Số người tham gia BHYT",
        "Số đối tượng tham gia bảo hiểm y tế",
        "Số thẻ BHYT",
        "Đối tượng tham gia BHYT",
        "Tổng số người tham gia BHYT",
        "Số người có thẻ BHYT",
        "Người tham gia bảo hiểm y tế",
    ),
    "bhxh_participants": (
        "Số người tham gia BHXH",
        "Đối tượng tham gia bảo hiểm xã hội",
        "Số lao động tham gia BHXH",
        "Tổng số người tham gia BHXH",
    ),
    "bhtn_participants": (
        "Số người tham gia BHTN",
        "Đối tượng tham gia bảo hiểm thất nghiệp",
        "Số lao động tham gia BHTN",
        "Người tham gia bảo hiểm thất nghiệp",
    ),
    "bhyt_coverage_pct": (
        "Tỷ lệ bao phủ BHYT (%)",
        "Tỷ lệ người dân tham gia BHYT so với dân số",
        "Tỉ lệ bao phủ BHYT/dân số (%)",
        "Tỷ lệ tham gia BHYT so với dân số (%)",
        "Độ bao phủ bảo hiểm y tế (%)",
    ),
    "bhxh_coverage_pct": (
        "Tỷ lệ tham gia BHXH so với LLLĐ (%)",
        "Tỷ lệ bao phủ BHXH (%)",
        "Tỷ lệ người tham gia BHXH/lực lượng lao động (%)",
        "Tỷ lệ lao động tham gia BHXH (%)",
    ),
    "bhtn_coverage_pct": (
        "Tỷ lệ tham gia BHTN so với LLLĐ (%)",
        "Tỷ lệ bao phủ BHTN (%)",
        "Tỷ lệ người tham gia BHTN/lực lượng lao động (%)",
        "Tỷ lệ lao động tham gia bảo hiểm thất nghiệp (%)",
    ),
    "bhyt_visits": (
        "Số lượt khám chữa bệnh BHYT",
        "Tổng số lượt KCB BHYT",
        "Số lượt người KCB BHYT",
        "Lượt khám bệnh, chữa bệnh BHYT",
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
    "bhyt_revenue": ("Thu quỹ BHYT", "Tổng số thu BHYT", "Số thu BHYT", "Thu bảo hiểm y tế"),
    "bhxh_revenue": ("Thu BHXH", "Tổng số thu BHXH", "Số thu bảo hiểm xã hội"),
    "bhtn_revenue": ("Thu BHTN", "Tổng số thu BHTN", "Số thu bảo hiểm thất nghiệp"),
}
GROUPS: dict[str, tuple[str, ...]] = {
    "employee_employer": (
        "Nhóm do người lao động và người sử dụng lao động đóng",
        "Nhóm do NLĐ và NSDLĐ đóng",
        "NLĐ, NSDLĐ đóng",
        "Người lao động và người sử dụng lao động đóng",
        "Do NLĐ và người SDLĐ đóng",
    ),
    "si_agency": (
        "Nhóm do tổ chức BHXH đóng",
        "Do cơ quan BHXH đóng",
        "Tổ chức bảo hiểm xã hội đóng",
        "Cơ quan BHXH đóng",
    ),
    "state_budget_full": (
        "Nhóm do ngân sách nhà nước đóng",
        "Nhóm do NSNN đóng",
        "NSNN đóng",
        "Ngân sách Nhà nước đóng 100%",
    ),
    "state_budget_partial": (
        "Nhóm được ngân sách nhà nước hỗ trợ mức đóng",
        "Nhóm được NSNN hỗ trợ mức đóng",
        "NSNN hỗ trợ đóng",
        "Ngân sách Nhà nước hỗ trợ một phần",
    ),
    "household": (
        "Nhóm tham gia BHYT theo hộ gia đình",
        "Nhóm tham gia BHYT theo HGĐ",
        "Hộ gia đình",
        "HGĐ",
        "BHYT hộ gia đình",
    ),
    "employee_employer/workers": ("Người lao động", "NLĐ"),
    "employee_employer/part_time_commune_cadres": (
        "Cán bộ không chuyên trách cấp xã",
        "Người hoạt động không chuyên trách cấp xã",
    ),
    "si_agency/pensioners": ("Hưu trí, trợ cấp mất sức lao động", "Hưu trí, mất sức lao động"),
    "si_agency/unemployment_benefit": (
        "Người hưởng trợ cấp thất nghiệp",
        "Trợ cấp thất nghiệp",
    ),
    "state_budget_full/children_under_6": ("Trẻ em dưới 6 tuổi", "Trẻ em < 6 tuổi"),
    "state_budget_full/poor_ethnic": (
        "Người nghèo, dân tộc thiểu số",
        "Người nghèo, DTTS",
        "Người nghèo, người DTTS",
    ),
    "state_budget_full/social_protection": (
        "Người hưởng trợ cấp bảo trợ xã hội",
        "Bảo trợ xã hội",
        "Đối tượng BTXH",
    ),
    "state_budget_partial/near_poor": (
        "Người thuộc hộ cận nghèo",
        "Hộ cận nghèo",
        "Người cận nghèo",
    ),
    "state_budget_partial/students": ("Học sinh, sinh viên", "HSSV", "Học sinh - sinh viên"),
    "state_budget_partial/average_farmers": (
        "Hộ nông, lâm, ngư, diêm nghiệp có mức sống trung bình",
        "Hộ nông, lâm, ngư nghiệp có mức sống trung bình",
    ),
    "compulsory": ("BHXH bắt buộc", "Bảo hiểm xã hội bắt buộc", "Bắt buộc"),
    "voluntary": ("BHXH tự nguyện", "Bảo hiểm xã hội tự nguyện", "Tự nguyện"),
    "province_tier": ("Tuyến tỉnh", "Tuyến Tỉnh"),
    "district_tier": ("Tuyến huyện",),
    "commune_tier": ("Tuyến xã", "Tuyến cơ sở", "Trạm y tế xã"),
    "public": ("Cơ sở y tế nhà nước", "Công lập"),
    "private": ("Cơ sở y tế tư nhân", "Ngoài công lập"),
    "by_type/outpatient": ("Chi KCB ngoại trú", "Ngoại trú"),
    "by_type/inpatient": ("Chi KCB nội trú", "Nội trú"),
    "by_cost/total": ("Chi KCB BHYT phân theo nhóm chi phí", "Phân theo nhóm chi phí"),
    "by_cost/exam_and_bed": ("Tiền khám, tiền ngày giường", "Tiền khám, ngày giường"),
    "by_cost/technical_services": ("Tiền dịch vụ kỹ thuật", "Tiền DVKT"),
    "by_cost/drugs": ("Tiền thuốc",),
    "by_cost/medical_supplies": ("Tiền vật tư y tế", "Tiền VTYT"),
    "by_cost/blood": ("Tiền máu",),
    "by_cost/transport": ("Tiền vận chuyển",),
}
PHRASES: dict[str, tuple[str, ...]] = {
    "number": ("STT", "TT", "Số TT"),
    "place": ("Đơn vị", "Huyện, thành phố", "Địa phương", "Tên đơn vị"),
    "indicator": ("Chỉ tiêu", "Nội dung", "Tiêu thức", "Chỉ tiêu báo cáo"),
    "group": ("Nhóm đối tượng", "Đối tượng", "Các nhóm đối tượng tham gia BHYT"),
    "year": ("Năm", "Năm báo cáo"),
    "value": ("Số liệu", "Giá trị", "Kết quả"),
    "unit": ("Đơn vị tính", "ĐVT"),
    "people": ("Số người", "Số lượng", "Số đối tượng"),
    "participants": ("Số người tham gia", "Số người tham gia BHYT", "Số thẻ BHYT"),
    "rate": ("Tỷ lệ (%)", "Tỷ lệ bao phủ (%)", "Tỷ lệ %", "Tỷ lệ/DS (%)"),
    "share": ("Cơ cấu (%)", "Tỷ trọng (%)", "Tỷ lệ (%)"),
    "vs_plan": (
        "% TH/KH",
        "Tỷ lệ % TH/KH",
        "TH/KH (%)",
        "Tỷ lệ thực hiện so với kế hoạch (%)",
        "Đạt % so với KH",
    ),
    "plan": ("KH", "Kế hoạch"),
    "actual": ("TH", "Thực hiện"),
    "thousands": ("Đơn vị tính: Nghìn người", "ĐVT: nghìn người", "Đơn vị: 1.000 người"),
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
