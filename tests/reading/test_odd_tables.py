"""Odd tables that tired clerks type, each drawn with what must come of its cells."""

# ruff: noqa: E501 (tables are drawn as wide as they are)

import pytest

from tests.reading.draw import read, roles, rules, told

U = "unread"  # the cell stays unread, with a finding: it must never be read as something else
CASES: dict[str, tuple[str, dict[str, str], str]] = {}


def case(name: str, drawing: str, want: dict[str, str], reporter: str = "") -> None:
    """One drawn sheet: `cell` what it must mean, `cell@` its area's code, `rule` a finding."""
    CASES[name] = (drawing, want, reporter)


case(
    "negation: chưa tham gia",
    """
BHYT TỈNH CÀ MAU NĂM 2018
| Huyện | Số người tham gia BHYT | Số người chưa tham gia BHYT | Tỷ lệ chưa tham gia (%) |
| Đầm Dơi | 140.000 | 10.000 | 6,7 |
""",
    {"B3": "Đầm Dơi bhyt_participants 2018 140000", "C3": U, "D3": U},
)
case(
    "other quantities beside participants",
    """
BHXH TỈNH CÀ MAU NĂM 2018
| Huyện | Số đơn vị tham gia BHXH | Số nợ BHXH | Số sổ BHXH đã cấp | Số người hưởng lương hưu | Số người tham gia BHXH |
| Đầm Dơi | 150 | 10.000 | 3.000 | 500 | 4.000 |
""",
    {"B3": U, "C3": U, "D3": U, "E3": U, "F3": "Đầm Dơi bhxh_participants 2018 4000"},
)
case(
    "unit in the caption",
    """
Dân số và số người tham gia BHYT tỉnh An Giang năm 2014 (nghìn người)
| Huyện | Dân số | Số người tham gia BHYT |
| Châu Phú | 245,6 | 150,2 |
""",
    {"B3": "Châu Phú population 2014 245600", "C3": "Châu Phú bhyt_participants 2014 150200"},
)
case(
    "unit after a dash in the caption",
    """
Số người tham gia BHYT tỉnh An Giang - Đơn vị: nghìn người
| Huyện | 2014 | 2015 |
| Châu Phú | 245,6 | 150,2 |
""",
    {
        "B3": "Châu Phú bhyt_participants 2014 245600",
        "C3": "Châu Phú bhyt_participants 2015 150200",
    },
)
case(
    "(nghìn người) alone at the right above the header",
    """
Số người tham gia BHYT tỉnh An Giang
| | | (nghìn người) |
| Huyện | 2014 | 2015 |
| Châu Phú | 245,6 | 150,2 |
""",
    {
        "B4": "Châu Phú bhyt_participants 2014 245600",
        "C4": "Châu Phú bhyt_participants 2015 150200",
    },
)
case(
    "group named in the caption only",
    """
SỐ NGƯỜI THAM GIA BHXH TỰ NGUYỆN TỈNH CÀ MAU
| Huyện | Năm 2018 | Năm 2019 |
| Đầm Dơi | 1.500 | 2.000 |
""",
    {
        "B3": "Đầm Dơi bhxh_participants@voluntary 2018 1500",
        "C3": "Đầm Dơi bhxh_participants@voluntary 2019 2000",
    },
)
case(
    "population group named in the caption only",
    """
TỶ LỆ HỌC SINH, SINH VIÊN THAM GIA BHYT TỈNH CÀ MAU (%)
| Huyện | Năm 2018 | Năm 2019 |
| Đầm Dơi | 97,5 | 98,0 |
""",
    {
        "B3": "Đầm Dơi bhyt_card_coverage_pct@students 2018 97.5",
        "C3": "Đầm Dơi bhyt_card_coverage_pct@students 2019 98",
    },
)
case(
    "a total of all schemes",
    """
BÁO CÁO THU BHXH, BHYT, BHTN NĂM 2022 TỈNH THANH HÓA
Đơn vị tính: triệu đồng
| Đơn vị | Tổng thu | BHXH | BHYT | BHTN |
| TP Thanh Hóa | 500.000 | 300.000 | 180.000 | 20.000 |
""",
    {"B4": U, "D4": "Thanh Hóa bhyt_revenue 2022 180000000000"},
)
case(
    "a column for a range of years",
    """
Số thẻ BHYT tỉnh Gia Lai
| Huyện | Giai đoạn 2016-2018 | 2019 |
| Chư Prông | 110.000 | 111.000 |
""",
    {"B3": U, "C3": "Chư Prông bhyt_participants 2019 111000"},
)
case(
    "figures typed with their unit",
    """
BHYT TỈNH NINH BÌNH
| Chỉ tiêu | Năm 2015 | Năm 2016 |
| Số người tham gia BHYT | 750.123 người | 780.456 người |
| Tỷ lệ bao phủ BHYT | 80,1 % | 83,2 % |
""",
    {
        "B3": "Ninh Bình bhyt_participants 2015 750123",
        "C3": "Ninh Bình bhyt_participants 2016 780456",
    },
)
case(
    "marks on all figures of the first row",
    """
Số thẻ BHYT tỉnh Gia Lai
| Huyện | 2018 | 2019 |
| Chư Prông | 110.000(1) | ~111.000 |
| Ia Grai | 98.000 | 99.000 |
""",
    {
        "B3": "Chư Prông bhyt_participants 2018 110000",
        "C3": U,
        "B4": "Ia Grai bhyt_participants 2018 98000",
    },
)
case(
    "Nam (male) taken for Năm: column",
    """
Người tham gia BHXH tỉnh Tây Ninh năm 2020
| Đơn vị | Tổng số | Nam | Nữ |
| Tân Châu | 1.000 | 400 | 600 |
""",
    {
        "B3": "Tân Châu bhxh_participants 2020 1000",
        "C3": "Tân Châu bhxh_participants@male 2020 400",
        "D3": "Tân Châu bhxh_participants@female 2020 600",
    },
)
case(
    "Nam (male): row",
    """
Người tham gia BHXH tỉnh Tây Ninh
| Chỉ tiêu | 2019 | 2020 |
| Tổng số | 1.800 | 2.000 |
| Nam | 700 | 800 |
| Nữ | 1.100 | 1.200 |
""",
    {
        "B4": "Tây Ninh bhxh_participants@male 2019 700",
        "B5": "Tây Ninh bhxh_participants@female 2019 1100",
    },
)
case(
    "figures that look like years, text",
    """
BHYT tỉnh Ninh Bình năm 2018
| Huyện | Số cơ sở KCB BHYT | Số người tham gia BHXH tự nguyện |
| Kim Sơn | 27 | 2010 |
| Yên Mô | 18 | 1998 |
""",
    {
        "C3": "Kim Sơn bhxh_participants@voluntary 2018 2010",
        "C4": "Yên Mô bhxh_participants@voluntary 2018 1998",
    },
)
case(
    "figures that look like years under a year's head, stored",
    """
Số người tham gia BHXH tự nguyện tỉnh Ninh Bình
| Huyện | 2018 | 2019 |
| Kim Sơn | =2010 | =2200 |
| Yên Mô | =1998 | =2100 |
""",
    {
        "B3": "Kim Sơn bhxh_participants@voluntary 2018 2010",
        "C3": "Kim Sơn bhxh_participants@voluntary 2019 2200",
    },
)
case(
    "the province named like its town, as the total",
    """
BHYT TỈNH CÀ MAU
| STT | Đơn vị | 2019 | 2020 |
| | CÀ MAU | 1.000.000 | 1.050.000 |
| 1 | TP Cà Mau | 220.000 | 221.000 |
| 2 | Đầm Dơi | 150.000 | 151.000 |
""",
    {"C3@": "96", "C4@": "964"},
)
case(
    "a district's report: total is the district's, not the province's",
    """
TÌNH HÌNH THAM GIA BHYT HUYỆN MỘC CHÂU, TỈNH SƠN LA NĂM 2018
| Chỉ tiêu | Số liệu |
| Dân số | 110.000 |
""",
    {"B3": "Mộc Châu population 2018 110000"},
)
case(
    "a commune is no district",
    """
BHYT TỈNH LÂM ĐỒNG NĂM 2025
| Xã, phường | Dân số | Số người tham gia BHYT |
| Xã Lạc Dương | 20.000 | 19.500 |
""",
    {"B3": U, "C3": U},
)
case(
    "compared with a year: change, not a count",
    """
Số thẻ BHYT tỉnh Gia Lai năm 2018
| Huyện | Số thẻ | Tăng/giảm so với 2017 |
| Ia Grai | 98.000 | (1.200) |
""",
    {
        "B3": "Ia Grai bhyt_participants 2018 98000",
        "C3": "Ia Grai bhyt_participants_change_prev_year 2018 -1200",
    },
)
case(
    "a year against another year in percent is an index, not a coverage",
    """
BHYT TỈNH CÀ MAU
| Chỉ tiêu | Năm 2018 | Năm 2019 | Năm 2019 so với 2018 (%) |
| Số người tham gia BHYT | 1.000.000 | 1.100.000 | 110,0 |
| Dân số | 1.200.000 | 1.210.000 | 100,8 |
""",
    {
        "D3": "Cà Mau bhyt_participants_index_prev_year_pct 2019 110",
        "D4": "Cà Mau population_index_prev_year_pct 2019 100.8",
    },
)
case(
    "movements inside a year",
    """
SỐ THẺ BHYT TỈNH CÀ MAU NĂM 2020
| Huyện | Đầu kỳ | Tăng trong kỳ | Giảm trong kỳ | Cuối kỳ |
| Đầm Dơi | 150.000 | 2.500 | 1.500 | 151.000 |
""",
    {"B3": U, "C3": U, "D3": U},
)
case(
    "Cả năm takes the last quarter's period",
    """
SỐ THẺ BHYT TỈNH CÀ MAU NĂM 2020
| Huyện | Quý III | Quý IV | Cả năm |
| Đầm Dơi | 151.000 | 151.500 | 151.600 |
""",
    {
        "C3": "Đầm Dơi bhyt_participants 2020-Q4 151500",
        "D3": "Đầm Dơi bhyt_participants 2020 151600",
    },
)
case(
    "offices of BHXH as rows: the scheme is the title's, the place the row's",
    """
SỐ THẺ BHYT TỈNH CÀ MAU
| STT | Cơ quan BHXH | 2019 | 2020 |
| 1 | BHXH huyện Đầm Dơi | 150.000 | 151.000 |
| 2 | BHXH huyện Ngọc Hiển | 70.000 | 71.000 |
""",
    {"C3": "Đầm Dơi bhyt_participants 2019 150000", "C4": "Ngọc Hiển bhyt_participants 2019 70000"},
)
case(
    "fractions without a format: 92.5, not 0.925",
    """
Tỷ lệ bao phủ BHYT tỉnh Khánh Hòa (%)
| Huyện | Năm 2018 | Năm 2019 |
| Nha Trang | =0.925 | =0.935 |
| Cam Ranh | =0.9125 | =0.94 |
""",
    {"B3": "Nha Trang bhyt_coverage_pct 2018 92.5", "rule": "reading.fraction"},
)
case(
    "title and unit line in one row",
    """
| BẢNG TỔNG HỢP SỐ NGƯỜI THAM GIA BHYT TỈNH KHÁNH HÒA | < | < | ĐVT: người |
| STT | Huyện | Năm 2018 | Năm 2019 |
| 1 | Nha Trang | 390.000 | 391.000 |
""",
    {
        "C3": "Nha Trang bhyt_participants 2018 390000",
        "D3": "Nha Trang bhyt_participants 2019 391000",
    },
)
case(
    "a rate takes scheme and subject from the count at its left (no caption)",
    """
| Huyện | Năm 2019 | < | < |
| ^ | Dân số | Tham gia BHYT | Tỷ lệ (%) |
| Bảo Thắng | 105.000 | 104.000 | 99,0 |
| Bát Xát | 80.000 | 79.000 | 98,8 |
""",
    {"D3": "Bảo Thắng bhyt_coverage_pct 2019 99"},
)
case(
    "a rate row below its count row",
    """
BHXH, BHYT TỈNH PHÚ THỌ
| TT | Nội dung | Năm 2018 | Năm 2019 |
| 1 | Số người tham gia BHXH | 120.000 | 125.000 |
| | Tỷ lệ so với LLLĐ (%) | 15,1 | 15,6 |
""",
    {"C4": "Phú Thọ bhxh_coverage_pct 2018 15.1"},
)
case(
    "Trong đó: takes its scheme from the row above",
    """
BHXH, BHYT TỈNH BÌNH ĐỊNH
| Chỉ tiêu | ĐVT | 2018 | 2019 |
| Số người tham gia BHYT | Người | 1.300.000 | 1.350.000 |
| Trong đó: Hộ gia đình | Người | 200.000 | 220.000 |
""",
    {"C4": "Bình Định bhyt_participants@household 2018 200000"},
)
case(
    "So sánh over tăng/giảm and percent",
    """
SỐ NGƯỜI THAM GIA BHYT TỈNH HÀ NAM
| Huyện | Năm 2017 | Năm 2018 | So sánh | < |
| ^ | ^ | ^ | Tăng/giảm | Tỷ lệ % |
| Lý Nhân | 100.000 | 110.000 | 10.000 | 110,0 |
""",
    {
        "D4": "Lý Nhân bhyt_participants_change_prev_year 2018 10000",
        "E4": "Lý Nhân bhyt_participants_index_prev_year_pct 2018 110",
    },
)
case(
    "Tổng cộng (I+II)",
    """
Số người tham gia BHYT tỉnh Hà Tĩnh
| TT | Nhóm đối tượng | Năm 2018 | Năm 2019 |
| I | NSNN đóng | 120.000 | 121.000 |
| II | Hộ gia đình | 53.000 | 54.000 |
| | Tổng cộng (I+II) | 173.000 | 175.000 |
""",
    {"C5": "Hà Tĩnh bhyt_participants 2018 173000"},
)
case(
    "months T1 T2",
    """
SỐ NGƯỜI THAM GIA BHYT NĂM 2020 - TỈNH THÁI BÌNH
| Huyện | T1 | T2 |
| Quỳnh Phụ | 200.000 | 201.000 |
""",
    {"B3": "Quỳnh Phụ bhyt_participants 2020-01 200000"},
)
case(
    "dated below the table (signature) only",
    """
SỐ NGƯỜI THAM GIA BHYT TỈNH NINH BÌNH
| Huyện | Dân số | Số người tham gia BHYT |
| Kim Sơn | 180.000 | 160.000 |
Ninh Bình, ngày 31 tháng 12 năm 2019
""",
    {"B3": "Kim Sơn population 2019 180000"},
)
case(
    "a year taken from the document's date is said (period_inferred)",
    """
(Kèm theo Báo cáo số 12/BC-BHXH ngày 10/01/2019)
BÁO CÁO THAM GIA BHYT TỈNH NINH BÌNH
| Huyện | Dân số | Số người tham gia BHYT |
| Kim Sơn | 180.000 | 160.000 |
""",
    {"rule": "reading.period_inferred"},
)
case(
    "a lone number typed as text",
    """
Ghi nhớ TỈNH NINH BÌNH
| 12.345 |
""",
    {"A2": U},
)
case(
    "a table of nothing but dashes is zeros, no checklist",
    """
Số người tham gia BHTN tỉnh Ninh Bình
| Huyện | 2008 | 2009 |
| Kim Sơn | - | - |
""",
    {"B3": "Kim Sơn bhtn_participants 2008 0"},
)
case(
    "Cả nước",
    """
Tỷ lệ bao phủ BHYT tỉnh Bình Phước (%)
| | 2018 | 2019 |
| Cả nước | 88,0 | 90,0 |
| Lộc Ninh | 84,0 | 85,5 |
""",
    {"B3": "Việt Nam bhyt_coverage_pct 2018 88"},
)

case(
    "provinces of the country with regions between them",
    """
Số người tham gia BHYT phân theo địa phương
| Tỉnh, thành phố | 2018 | 2019 |
| CẢ NƯỚC | 83.515.000 | 85.636.000 |
| Đồng bằng sông Hồng | 20.100.000 | 20.500.000 |
| Hà Nội | 6.700.000 | 6.900.000 |
| Vĩnh Phúc | 950.000 | 990.000 |
| Tây Nguyên | 5.000.000 | 5.100.000 |
| Kon Tum | 474.000 | 480.000 |
| Gia Lai | 1.200.000 | 1.250.000 |
""",
    {
        "B3": "Việt Nam bhyt_participants 2018 83515000",
        "B5": "Hà Nội bhyt_participants 2018 6700000",
        "B8@": "62",
        "C9": "Gia Lai bhyt_participants 2019 1250000",
    },
)
case(
    "the whole country by its title",
    """
Tình hình tham gia BHYT cả nước
| Chỉ tiêu | 2018 | 2019 |
| Dân số (nghìn người) | 94.666,0 | 96.484,0 |
""",
    {"B3": "Việt Nam population 2018 94666000", "B3@": "VN"},
)
case(
    "a province beside the country is that province's report",
    """
Tỷ lệ bao phủ BHYT tỉnh Lào Cai và cả nước
| Đơn vị | 2018 | 2019 |
| Cả nước | 87,7 | 90,0 |
| Tỉnh Lào Cai | 98,1 | 98,2 |
""",
    {"B3@": "VN", "B4@": "10"},
)
case(
    "people who receive are not people insured, nor are visits",
    """
BHXH TỈNH NGHỆ AN NĂM 2022
| Chỉ tiêu | 2021 | 2022 |
| Số người được hưởng BHXH hàng tháng | 47.230 | 47.870 |
| Bảo hiểm y tế (lượt người) | 1.547.230 | 1.947.870 |
""",
    {"B3": U, "B4": U, "rule": "reading.not_collected"},
)

case(
    "the office of labour signs a table, it does not count workers",
    """
UBND TỈNH SÓC TRĂNG
SỞ LAO ĐỘNG - THƯƠNG BINH VÀ XÃ HỘI
Kết quả BHXH theo huyện
| Huyện | Năm | Lực lượng lao động | BHXH | < |
| ^ | ^ | ^ | Số người | Tỷ lệ so LLLĐ (%) |
| Châu Thành | 2020 | 52.300 | 6.100 | 11,66 |
""",
    {
        "C6": "Châu Thành labour_force 2020 52300",
        "D6": "Châu Thành bhxh_participants 2020 6100",
        "E6": "Châu Thành bhxh_coverage_pct 2020 11.66",
    },
)
case(
    "communes lie below what is stored, their total is read",
    """
Bao phủ BHYT huyện Cần Giuộc, tỉnh Long An (tính đến ngày 30/6/2023)
| STT | Xã, thị trấn | Dân số | Tham gia BHYT |
| 1 | TT Cần Giuộc | 25.300 | 23.900 |
| 2 | Xã Phước Lý | 15.300 | 14.100 |
| | Tổng cộng | 40.600 | 38.000 |
""",
    {
        "C3": U,
        "D4": U,
        "D5": "Cần Giuộc bhyt_participants 2023-06-30 38000",
        "rule": "reading.below_district",
    },
)

case(
    "columns below Trong đó are parts of the column before",
    """
Chi KCB BHYT và số lượt khám tỉnh Tây Ninh
| Năm | Số lượt KCB | Trong đó | < | Chi phí KCB BHYT (tỷ đồng) |
| ^ | ^ | Nội trú | Ngoại trú | ^ |
| 2019 | 1.512.300 | 112.300 | 1.400.000 (*) | 705,4 |
(*) Gồm cả trạm y tế xã
""",
    {
        "C4": "Tây Ninh bhyt_visits_inpatient 2019 112300",
        "D4": "Tây Ninh bhyt_visits_outpatient 2019 1400000",
        "E4": "Tây Ninh bhyt_expenditure_in_province 2019 705400000000",
    },
)
case(
    "a unit that nobody knows is said",
    """
Số người tham gia BHYT tỉnh Cà Mau
ĐVT: vạn người
| Huyện | 2018 | 2019 |
| Đầm Dơi | 15,2 | 15,3 |
""",
    {"rule": "reading.unknown_unit"},
)
case(
    "a unit line with a unit for counts and one for rates",
    """
BHYT tỉnh Cà Mau
Đơn vị tính: nghìn người, %
| Huyện | Số người tham gia BHYT năm 2018 | Tỷ lệ bao phủ BHYT năm 2018 |
| Đầm Dơi | 152,3 | 91,2 |
""",
    {
        "B4": "Đầm Dơi bhyt_participants 2018 152300",
        "C4": "Đầm Dơi bhyt_coverage_pct 2018 91.2",
    },
)

case(
    "a province's name without its kind, and the unit in a note below",
    """
SỐ NGƯỜI THAM GIA BHYT CHIA THEO NHÓM - BÀ RỊA-VŨNG TÀU
| Năm | Tổng cộng | HGĐ |
| 2017 | 980,2 | 220,0 |
| 2018 | 1.000,4 | 223,1 |
Ghi chú: đơn vị tính 1.000 người
""",
    {
        "B3": "Bà Rịa - Vũng Tàu bhyt_participants 2017 980200",
        "C4": "Bà Rịa - Vũng Tàu bhyt_participants@household 2018 223100",
    },
)
case(
    "tenths of people: the unit was forgotten",
    """
Số người tham gia BHYT tỉnh Hậu Giang
| Năm | Tổng cộng | HGĐ |
| 2017 | 680,2 | 220,0 |
| 2018 | 700,4 | 223,1 |
""",
    {"rule": "reading.unit_missing"},
)
case(
    "a column that names a scheme counts its people, whatever else the title speaks of",
    """
THỪA THIÊN HUẾ
1. Dân số và BHYT năm 2019
| Địa phương | Dân số | BHYT |
| TX Hương Thủy | 95.299 | 91.003 |
""",
    {
        "B4": "Hương Thủy population 2019 95299",
        "C4": "Hương Thủy bhyt_participants 2019 91003",
    },
)
case(
    "assigned, reached and per cent of it",
    """
Chỉ tiêu giao và kết quả năm 2023 tỉnh Lai Châu
| Huyện/TP | BHXH tự nguyện (người) | < | < |
| ^ | Giao | Đạt | % |
| Sìn Hồ | 900 | 950 | 105,6 |
""",
    {
        "B4": "Sìn Hồ bhxh_participants@voluntary 2023 plan 900",
        "C4": "Sìn Hồ bhxh_participants@voluntary 2023 950",
        "D4": "Sìn Hồ bhxh_participants_vs_plan_pct@voluntary 2023 105.6",
    },
)
case(
    "Đơn vị heads a column of units, and growth is not collected",
    """
MỘT SỐ CHỈ TIÊU VỀ BẢO HIỂM - TỈNH AN GIANG
| Chỉ tiêu | Đơn vị | 2017 | 2018 | Tốc độ tăng bình quân 2015-2018 (%) |
| 2. Số người tham gia BHYT | 1000 người | 1.750,2 | 1.830,9 | 5,71 |
|    - Tỷ lệ bao phủ | % | 81,0 | 84,6 | |
| 5. Số lượt KCB BHYT | lượt | 3.555.000 | 3.702.411 | 5,9 |
""",
    {
        "C3": "An Giang bhyt_participants 2017 1750200",
        "C4": "An Giang bhyt_coverage_pct 2017 81",
        "D5": "An Giang bhyt_visits 2018 3702411",
        "E3": U,
        "E5": U,
        "rule": "reading.not_collected",
    },
)

case(
    "codes typed into the labels, and places behind them",
    """
Số liệu tham gia BHXH, BHYT, BHTN trên địa bàn huyện Krông Pắc, tỉnh Đắk Lắk
| Nội dung | Năm 2020 | Năm 2021 |
| I. BHXH bắt buộc | 5.210 | 5.305 |
| III. BHTN | 4.400 | 4.490 |
| IV. BHYT | 182.300 | 180.100 |
""",
    {
        "B3": "Krông Pắc bhxh_participants@compulsory 2020 5210",
        "B4": "Krông Pắc bhtn_participants 2020 4400",
        "C5": "Krông Pắc bhyt_participants 2021 180100",
    },
)
case(
    "the year's plan beside the months",
    """
Lũy kế số người tham gia BHXH tự nguyện năm 2022, tỉnh Hậu Giang
| Tháng | Phát triển mới trong tháng | Lũy kế | Kế hoạch năm | Đạt % |
| Tháng 1 | 120 | 3.200 | 5.000 | 64,0 |
| Tháng 2 | 150 | 3.350 | 5.000 | 67,0 |
""",
    {
        "B3": U,
        "C3": "Hậu Giang bhxh_participants@voluntary 2022-01 3200",
        "D4": "Hậu Giang bhxh_participants@voluntary 2022 plan 5000",
        "E4": "Hậu Giang bhxh_participants_vs_plan_pct@voluntary 2022-02 67",
    },
)

case(
    "a national office's own table, which names no place",
    """
Số người tham gia BHXH, BHTN và BHYT từ năm 2010 đến năm 2011
| Năm | Số người tham gia BHXH | < | Số người tham gia BHTN | Số người tham gia BHYT |
| ^ | Bắt buộc | Tự nguyện | ^ | ^ |
| 2010 | 9,441,246 | 81,319 | 7,206,163 | 52,407,090 |
| 2011 | 10,104,497 | 96,400 | 7,968,231 | 57,081,956 |
(Nguồn: Báo cáo quyết toán hằng năm của Bảo hiểm xã hội Việt Nam)
""",
    {
        "B4": "Việt Nam bhxh_participants@compulsory 2010 9441246",
        "C5": "Việt Nam bhxh_participants@voluntary 2011 96400",
        "E5": "Việt Nam bhyt_participants 2011 57081956",
    },
)

case(
    "others of one payer are no payer of their own",
    """
Biểu tổng hợp số thẻ BHYT theo nhóm đối tượng, tỉnh Điện Biên năm 2019
| STT | Nhóm đối tượng | Số thẻ BHYT |
| III | Nhóm do ngân sách nhà nước đóng | 20.910 |
| 1 | Trẻ em dưới 6 tuổi | 7.205 |
| 2 | Đối tượng khác | 13.705 |
| IV | Nhóm tham gia theo hộ gia đình | 402 |
""",
    {
        "C5": "Điện Biên bhyt_participants@state_budget_full/other 2019 13705",
        "C6": "Điện Biên bhyt_participants@household 2019 402",
    },
)
case(
    "Khác heads a column of people like its neighbours",
    """
Bảng 2.1. Số người có thẻ BHYT chia theo huyện và nhóm năm 2016, tỉnh Bắc Kạn
| Huyện | Người nghèo | HGĐ | Khác | Tổng cộng |
| Ba Bể | 12.100 | 1.100 | 18.300 | 31.500 |
""",
    {
        "D3": "Ba Bể bhyt_participants@other 2016 18300",
        "E3": "Ba Bể bhyt_participants 2016 31500",
    },
)


@pytest.mark.parametrize("name", CASES)
def test_odd_tables_are_read_or_said(name: str) -> None:
    drawing, want, reporter = CASES[name]
    reading = read(drawing, reporter=reporter)
    figures, unread = told(reading), set(roles(reading, "unread"))
    codes = {one.cell: one.area_code for one in reading.observations}
    for cell, meaning in want.items():
        if cell == "rule":
            assert meaning in rules(reading)
        elif cell.endswith("@"):
            assert codes.get(cell.removesuffix("@")) == meaning
        elif meaning == U:
            assert cell in unread, figures.get(cell)
        else:
            assert figures.get(cell) == meaning
