"""Tables as strangers type them: plans of two authorities, comparisons, speaking names of sheets."""

# ruff: noqa: E501 (tables are drawn as wide as they are)

from dataclasses import replace

import pytest

from tests.reading.draw import grid, read, roles, rules, told
from tests.reading.test_legacy import to_tcvn3

U = "unread"  # the cell stays unread, with a finding: it must never be read as something else
CASES: dict[str, tuple[str, str, dict[str, str]]] = {}


def case(name: str, drawing: str, want: dict[str, str], sheet: str = "Sheet1") -> None:
    """One drawn sheet: `cell` what it must mean, `rule` a finding, `critical` none but these."""
    CASES[name] = (sheet, drawing, want)


case(
    "the province's own plan stands beside the Prime Minister's",
    """
Tỷ lệ bao phủ BHYT tỉnh Long An (%)
| Năm | Chỉ tiêu TTg giao (QĐ 1167/QĐ-TTg ngày 28/6/2016) | HĐND giao (NQ số 20/NQ-HĐND) | Thực hiện |
| 2018 | 81,9 | 84,0 | 85,02 |
""",
    {
        "B3": U,
        "C3": "Long An bhyt_coverage_pct 2018 plan 84",
        "D3": "Long An bhyt_coverage_pct 2018 85.02",
        "rule": "reading.second_plan",
    },
)
case(
    "a plan of the Prime Minister alone is the plan, with what is measured by it",
    """
Kết quả thực hiện chỉ tiêu tỉnh Long An năm 2020
| Chỉ tiêu | TTg giao | Thực hiện | Đạt % so với TTg giao |
| Số người tham gia BHTN | 250.000 | 251.900 | 100,8 |
""",
    {
        "B3": "Long An bhtn_participants 2020 plan 250000",
        "C3": "Long An bhtn_participants 2020 251900",
        "D3": "Long An bhtn_participants_vs_plan_pct 2020 100.8",
    },
)
case(
    "what is measured by a second plan goes with it",
    """
Kết quả thực hiện chỉ tiêu tỉnh Long An năm 2020
| Chỉ tiêu | TTg giao | HĐND tỉnh giao | Thực hiện | Đạt % so với TTg giao | Đạt % so với HĐND tỉnh giao |
| Số người tham gia BHTN | 250.000 | 252.500 | 251.900 | 100,8 | 99,8 |
""",
    {
        "B3": U,
        "C3": "Long An bhtn_participants 2020 plan 252500",
        "E3": U,
        "F3": "Long An bhtn_participants_vs_plan_pct 2020 99.8",
    },
)
case(
    "a change on the year at its left is of the year before that column",
    """
Số người tham gia BHYT tỉnh Yên Bái
| Nhóm | Năm 2018 | Năm 2017 | Tăng (+), giảm (-) so với năm 2017 |
| Nhóm do NSNN đóng | 544.120 | 548.331 | -4.211 |
""",
    {
        "D3": "Yên Bái bhyt_participants_change_prev_year@state_budget_full 2018 -4211",
    },
)
case(
    "a change on a named last day of the year before",
    """
Tổng hợp số người tham gia BHYT tỉnh Quảng Ninh
| Loại | Đến 30/6/2022 | Đến 31/12/2021 | Tăng/giảm so với 31/12/2021 |
| BHYT | 1.238.700 | 1.229.450 | 9.250 |
""",
    {
        "C3": "Quảng Ninh bhyt_participants 2021 1229450",
        "D3": "Quảng Ninh bhyt_participants_change_prev_year 2022-06-30 9250",
    },
)
case(
    "the same part of the year before",
    """
Số người tham gia BHYT tỉnh Kiên Giang
(Tính đến ngày 30 tháng 6 năm 2023)
| Chỉ tiêu | Số người | Cùng kỳ năm 2022 | So với cùng kỳ (%) |
| BHYT | 1.310.220 | 1.302.440 | 100,60 |
""",
    {
        "B4": "Kiên Giang bhyt_participants 2023-06-30 1310220",
        "C4": "Kiên Giang bhyt_participants 2022-06-30 1302440",
        "D4": "Kiên Giang bhyt_participants_index_prev_year_pct 2023-06-30 100.6",
    },
)
case(
    "last year's nine months follow this year's; the month before is no year before",
    """
Số người tham gia BHYT tỉnh Vĩnh Phúc
| Chỉ tiêu | 9 tháng đầu năm 2023 | Cùng kỳ năm trước | Tăng so với cùng kỳ | Tăng so với tháng trước |
| BHYT | 1.110.220 | 1.102.440 | 7.780 | 300 |
""",
    {
        "C3": "Vĩnh Phúc bhyt_participants 2022-9M 1102440",
        "D3": "Vĩnh Phúc bhyt_participants_change_prev_year 2023-9M 7780",
        "E3": U,
        "rule": "reading.not_collected",
    },
)
case(
    "an estimate over its plan is no coverage",
    """
Tình hình BHXH tự nguyện tỉnh Khánh Hòa
| Chỉ tiêu | KH năm 2024 | Ước TH năm 2024 | Ước TH 2024/KH 2024 (%) |
| Số người tham gia BHXH tự nguyện | 15.000 | 13.870 | 92,47 |
""",
    {
        "D3": "Khánh Hòa bhxh_participants_vs_plan_pct@voluntary 2024 estimate 92.47",
    },
)
case(
    "a bare rate right of plan and estimate",
    """
Phát triển đối tượng tham gia BHXH tỉnh Bến Tre năm 2021
| Loại hình | Kế hoạch năm 2021 | Ước thực hiện năm 2021 | Tỷ lệ (%) |
| BHXH tự nguyện | 15.500 | 13.120 | 84,6 |
""",
    {
        "D3": "Bến Tre bhxh_participants_vs_plan_pct@voluntary 2021 estimate 84.6",
    },
)
case(
    "the sheet's name says which insurance",
    """
An Giang - tổng hợp 2019-2020
| Huyện | 2019 | < | 2020 | < |
| ^ | Số người | Tỷ lệ (%) | Số người | Tỷ lệ (%) |
| Tri Tôn | 118.230 | 88,1 | 119.870 | 89,0 |
""",
    {
        "B4": "Tri Tôn bhyt_participants 2019 118230",
        "E4": "Tri Tôn bhyt_coverage_pct 2020 89",
    },
    sheet="BHYT",
)
case(
    "the sheet's name says which group",
    """
An Giang - tổng hợp 2019
| Huyện | Số người |
| Tri Tôn | 1.230 |
""",
    {"B3": "Tri Tôn bhxh_participants@voluntary 2019 1230"},
    sheet="BHXH tự nguyện",
)
case(
    "the sheet's name is the district",
    """
Số người tham gia BHYT tỉnh Nghệ An
| Chỉ tiêu | 2018 | 2019 |
| Số người tham gia BHYT | 52.310 | 52.998 |
""",
    {"B3": "Cửa Lò bhyt_participants 2018 52310", "C3": "Cửa Lò bhyt_participants 2019 52998"},
    sheet="Cửa Lò",
)
case(
    "a sheet named like the province and its town is the province's",
    """
Số người tham gia BHYT tỉnh Kon Tum
| Chỉ tiêu | 2018 |
| Số người tham gia BHYT | 474.863 |
""",
    {"B3": "Kon Tum bhyt_participants 2018 474863"},
    sheet="Kon Tum",
)
case(
    "the sheet's name says that it is a plan",
    """
Số người tham gia BHYT các huyện tỉnh Sơn La
| Huyện | Số người |
| Mai Sơn | 152.310 |
""",
    {"B3": "Mai Sơn bhyt_participants 2024 plan 152310"},
    sheet="KH 2024",
)
case(
    "a unit line without accents",
    """
So nguoi tham gia BHYT tinh Dak Lak nam 2019
| | Don vi tinh: nghin nguoi |
| Huyen | So nguoi tham gia BHYT |
| Krong Ana | 80,1 |
""",
    {"B4": "Krông A Na bhyt_participants 2019 80100", "critical": ""},
)
case(
    "costs named in short",
    """
Chi phí khám chữa bệnh BHYT tại các cơ sở y tế trong tỉnh Lai Châu năm 2019 (triệu đồng)
| Nội dung | Số tiền |
| Chi theo nhóm chi phí | 231.643 |
| Tiền khám bệnh, tiền giường | 75.440 |
| Dịch vụ kỹ thuật | 51.003 |
| Thuốc, dịch truyền | 90.112 |
| Vật tư y tế | 12.871 |
| Máu | 702 |
| Vận chuyển | 1.515 |
""",
    {
        "B5": "Lai Châu bhyt_expenditure_in_province@by_cost/technical_services 2019 51003000000",
        "B6": "Lai Châu bhyt_expenditure_in_province@by_cost/drugs 2019 90112000000",
        "B8": "Lai Châu bhyt_expenditure_in_province@by_cost/blood 2019 702000000",
        "critical": "",
    },
)
case(
    "kinds of employers are not collected, their total is",
    """
Số người tham gia BHXH bắt buộc theo khối, tỉnh Hà Nam năm 2019
| Khối loại hình | Số người tham gia BHXH bắt buộc |
| Doanh nghiệp nhà nước | 4.120 |
| HCSN, Đảng, đoàn thể | 19.870 |
| Cộng | 23.990 |
""",
    {
        "B3": U,
        "B4": U,
        "B5": "Hà Nam bhxh_participants@compulsory 2019 23990",
        "critical": "",
    },
)
case(
    "this period and the one before",
    """
Báo cáo số người tham gia BHYT tỉnh Hải Dương, quý III năm 2021
| Chỉ tiêu | Kỳ trước | Kỳ này |
| Số người tham gia BHYT | 1.710.200 | 1.722.305 |
""",
    {"B3": U, "C3": "Hải Dương bhyt_participants 2021-Q3 1722305", "critical": ""},
)
case(
    "a school year is no year",
    """
BHYT học sinh, sinh viên tỉnh An Giang
| Huyện | Năm học 2017-2018 | Năm học 2018-2019 |
| Tri Tôn | 18.900 | 19.100 |
""",
    {"B3": U, "C3": U, "rule": "reading.not_collected", "critical": ""},
)
case(
    "where the plan began, and regions between districts",
    """
Số người tham gia BHYT tỉnh Hà Tĩnh
| Huyện | Hiện trạng năm 2016 | Kế hoạch năm 2017 |
| Đồng bằng, đô thị | 52.000 | 53.000 |
| Đức Thọ | 52.000 | 53.000 |
""",
    {
        "B4": "Đức Thọ bhyt_participants 2016 52000",
        "C4": "Đức Thọ bhyt_participants 2017 plan 53000",
        "critical": "",
    },
)

case(
    "a span of years over its years",
    """
Tỷ lệ bao phủ BHYT tỉnh Hà Tĩnh
| Huyện | Thực hiện năm 2020 | Kế hoạch giai đoạn 2021 - 2022 | < |
| ^ | ^ | 2021 | 2022 |
| Đức Thọ | 90,1 | 91,0 | 92,0 |
""",
    {
        "C4": "Đức Thọ bhyt_coverage_pct 2021 plan 91",
        "D4": "Đức Thọ bhyt_coverage_pct 2022 plan 92",
        "critical": "",
    },
)
case(
    "growth in percent is no change in people",
    """
Báo cáo BHYT năm 2022 tỉnh Cà Mau
| Huyện | Thẻ BHYT năm 2021 | Thẻ BHYT năm 2022 | Tăng/giảm tuyệt đối | Tăng/giảm % | Tăng so với năm 2021 (%) |
| Đầm Dơi | 130.000 | 131.300 | 1.300 | 1,0 | 1,0 |
""",
    {
        "D3": "Đầm Dơi bhyt_participants_change_prev_year 2022 1300",
        "E3": U,
        "F3": U,
        "critical": "",
    },
)
case(
    "quarters by their numbers alone",
    """
Số người tham gia BHYT tỉnh Bạc Liêu
| Năm | Quý | Số người tham gia BHYT |
| 2018 | I | 800.000 |
| ^ | II | 801.000 |
""",
    {
        "C3": "Bạc Liêu bhyt_participants 2018-Q1 800000",
        "C4": "Bạc Liêu bhyt_participants 2018-Q2 801000",
    },
)
case(
    "costs and visits by tier",
    """
Kết quả KCB BHYT tỉnh Cà Mau năm 2022
| Tuyến | Số lượt KCB | < | Chi phí (triệu đồng) | < |
| ^ | Ngoại trú | Nội trú | Ngoại trú | Nội trú |
| Tuyến tỉnh | 100.000 | 20.000 | 50.000 | 70.000 |
| Tuyến huyện | 200.000 | 30.000 | 50.000 | 50.000 |
| Cộng | 300.000 | 50.000 | 100.000 | 120.000 |
""",
    {
        "B4": "Cà Mau bhyt_visits_outpatient@province_tier 2022 100000",
        "D4": U,
        "E6": "Cà Mau bhyt_expenditure_in_province@by_type/inpatient 2022 120000000000",
        "critical": "",
    },
)
case(
    "a column of the groups' letters",
    """
Số người tham gia BHYT tỉnh Sóc Trăng, tháng 12 năm 2023
| STT | Nhóm đối tượng | Mã nhóm | Số người |
| I | Nhóm do BHXH đóng | | 20.000 |
| 1 | Hưu trí, mất sức | HT | 18.000 |
""",
    {
        "D3": "Sóc Trăng bhyt_participants@si_agency 2023-12 20000",
        "D4": "Sóc Trăng bhyt_participants@si_agency/pensioners 2023-12 18000",
        "critical": "",
    },
)

case(
    "communes by their bare names, though districts were called so",
    """
SỐ NGƯỜI THAM GIA BHYT TỈNH TUYÊN QUANG ĐẾN 30/9/2025
| TT | Xã, phường | Dân số | Số người tham gia BHYT |
| 1 | Yên Sơn | 20.000 | 18.000 |
| 2 | Sơn Dương | 22.000 | 19.800 |
| | Toàn tỉnh | 42.000 | 37.800 |
""",
    {
        "C3": U,
        "D4": U,
        "D5": "Tuyên Quang bhyt_participants 2025-09-30 37800",
        "rule": "reading.below_district",
        "critical": "",
    },
)
case(
    "staff by where they work",
    """
Nhân lực làm công tác BHYT tỉnh Tuyên Quang
| TT | Nội dung | Năm 2017 |
| 1 | Tổng số cán bộ ngành BHXH | 200 |
| | Trong đó: Tại BHXH tỉnh | 80 |
| | Tại BHXH huyện | 120 |
| 2 | Trình độ đại học trở lên | 180 |
""",
    {
        "C4": "Tuyên Quang bhyt_staff@si_sector/province_tier 2017 80",
        "C5": "Tuyên Quang bhyt_staff@si_sector/district_tier 2017 120",
        "C6": "Tuyên Quang bhyt_staff@si_sector/qualified_university 2017 180",
    },
)


@pytest.mark.parametrize("name", CASES)
def test_a_strangers_table_is_read_or_said(name: str) -> None:
    sheet, drawing, want = CASES[name]
    reading = read(grid(drawing, sheet))
    figures, unread = told(reading), set(roles(reading, "unread"))
    for cell, meaning in want.items():
        if cell == "rule":
            assert meaning in rules(reading)
        elif cell == "critical":
            assert not [one for one in reading.findings if one.severity == "critical"]
        elif meaning == U:
            assert cell in unread, figures.get(cell)
        else:
            assert figures.get(cell) == meaning


def test_a_syllable_of_signs_alone_is_converted_with_its_font() -> None:
    """`Đạ` is typed `§¹` in TCVN3: no letter of it is one in Unicode."""
    drawn = grid("""
Số người tham gia BHYT tỉnh Lâm Đồng năm 2014
| Huyện | Số người tham gia BHYT |
| Đạ Huoai | 30.120 |
| Di Linh | 150.230 |
""")
    drawn.cells = {
        place: replace(cell, typed_text=to_tcvn3(cell.typed_text), font=".VnTime")
        for place, cell in drawn.cells.items()
    }
    assert told(read(drawn))["B3"] == "Đạ Huoai bhyt_participants 2014 30120"


def test_one_amount_of_a_row_in_another_unit_is_itself_blamed() -> None:
    """The row's other amounts bear `tỷ đồng` out: no label is at fault."""
    reading = read("""
Thu - chi BHYT tỉnh Tuyên Quang
| Chỉ tiêu | 2016 | 2017 | 2018 |
| Số người tham gia BHYT (người) | 741.200 | 748.300 | 755.900 |
| Số thu BHYT (tỷ đồng) | 489,1 | 560,4 | 598.200 |
""")
    [found] = [one for one in reading.findings if one.rule == "reading.implausible_unit"]
    assert [cell.cell for cell in found.cells if cell.part == "culprit"] == ["D4"]
