"""A figure's meaning is what its row, its column and its table say together."""

import pytest

from tests.reading.draw import read, rules, told

TITLE = "BHYT TỈNH LAI CHÂU NĂM 2018"


def one(drawing: str) -> str:
    """The only figure of a drawn table, without the name of the place."""
    [figure] = told(read(f"{TITLE}\n{drawing}")).values()
    return figure


@pytest.mark.parametrize(
    ("row", "head", "meaning"),
    [
        ("Mường Tè", "Số người tham gia BHYT", "Mường Tè bhyt_participants 2018"),
        ("Mường Tè", "Dân số", "Mường Tè population 2018"),
        ("Mường Tè", "Tỷ lệ bao phủ (%)", "Mường Tè bhyt_coverage_pct 2018"),
        ("Mường Tè", "Hộ gia đình", "Mường Tè bhyt_participants@household 2018"),
        ("Dân số", "Mường Tè", "Mường Tè population 2018"),
        ("Hộ gia đình", "Số người", "Lai Châu bhyt_participants@household 2018"),
        ("Hộ gia đình", "Cơ cấu (%)", "Lai Châu bhyt_participant_share_pct@household 2018"),
        ("Hộ gia đình", "Tỷ lệ (%)", "Lai Châu bhyt_participant_share_pct@household 2018"),
        ("BHXH bắt buộc", "Số người tham gia", "Lai Châu bhxh_participants@compulsory 2018"),
        ("Số lượt KCB nội trú", "Số lượt", "Lai Châu bhyt_visits_inpatient 2018"),
        ("Toàn tỉnh", "Dân số", "Lai Châu population 2018"),
        ("Số thẻ BHYT", "Quý I", "Lai Châu bhyt_participants 2018-Q1"),
        ("Số thẻ BHYT", "Năm 2017", "Lai Châu bhyt_participants 2017"),
        ("Số thẻ BHYT", "KH 2019", "Lai Châu bhyt_participants 2019 plan"),
        ("Số thẻ BHYT", "Ước TH 2019", "Lai Châu bhyt_participants 2019 estimate"),
        ("Số thẻ BHYT", "31/12/2017", "Lai Châu bhyt_participants 2017"),
        ("Số thẻ BHYT", "30/6/2018", "Lai Châu bhyt_participants 2018-06-30"),
    ],
)
def test_row_and_column(row: str, head: str, meaning: str) -> None:
    assert one(f"| Nội dung | {head} | Ghi chú |\n| {row} | 12 | |") == f"{meaning} 12"


def test_a_percent_sign_makes_a_rate_of_a_count() -> None:
    assert told(
        read(f"""
        {TITLE}
        | Đơn vị   | Số người tham gia BHYT | Năm 2017 |
        | Mường Tè | 94,6%                  | 93,1%    |
    """)
    ) == {
        "B3": "Mường Tè bhyt_coverage_pct 2018 94.6",
        "C3": "Mường Tè bhyt_coverage_pct 2017 93.1",
    }


def test_the_nearest_label_decides() -> None:
    figures = told(
        read("""
        BHYT TỈNH LAI CHÂU
        | Đơn vị   | Năm 2017 | <       | Năm 2018 | <       |
        | ^        | Dân số   | BHYT    | Dân số   | BHYT    |
        | Mường Tè | 43.000   | 42.000  | 44.000   | 43.500  |
    """)
    )
    assert list(figures.values()) == [
        "Mường Tè population 2017 43000",
        "Mường Tè bhyt_participants 2017 42000",
        "Mường Tè population 2018 44000",
        "Mường Tè bhyt_participants 2018 43500",
    ]


def test_a_year_and_a_quarter_refine_each_other() -> None:
    assert list(
        told(
            read("""
        Số thẻ BHYT tỉnh Lai Châu
        | Đơn vị   | Năm 2018 | <      |
        | ^        | Quý I    | Quý II |
        | Mường Tè | 42.000   | 42.500 |
    """)
        ).values()
    ) == ["Mường Tè bhyt_participants 2018-Q1 42000", "Mường Tè bhyt_participants 2018-Q2 42500"]


@pytest.mark.parametrize(
    ("drawing", "rule"),
    [
        (
            "| Năm | Năm 2017 | Năm 2018 |\n| 2019 | 1.000 | 1.100 |",
            "reading.contradicting_periods",
        ),
        ("| Nội dung | Năm 2018 | 2019 |\n| Xuất khẩu gạo | 12 | 13 |", "reading.unknown_label"),
        (
            "Năm 2018\n| Đơn vị | Mường Tè | Sìn Hồ |\n| Phong Thổ | 12 | 13 |",
            "reading.contradicting_places",
        ),
        ("| Nội dung | 2018 | 2019 |\n| Cận nghèo và hộ gia đình | 12 | 13 |", None),
    ],
)
def test_what_stays_unread_is_said(drawing: str, rule: str | None) -> None:
    reading = read(f"Số người tham gia BHYT tỉnh Lai Châu\n{drawing}")
    if rule is None:
        assert told(reading) or reading.findings
    else:
        assert told(reading) == {}
        assert rule in rules(reading)


def test_no_year_anywhere_is_a_finding() -> None:
    reading = read("""
        Số thẻ BHYT tỉnh Lai Châu
        | Đơn vị   | Dân số | Số thẻ BHYT |
        | Mường Tè | 43.000 | 42.000      |
    """)
    assert told(reading) == {}
    assert rules(reading) == {"reading.no_period"}


def test_plans_and_results_beside_the_percent_of_plan() -> None:
    assert list(
        told(
            read("""
        THỰC HIỆN BHYT TỈNH LAI CHÂU NĂM 2019
        | Đơn vị   | Kế hoạch | Thực hiện | % TH/KH |
        | Mường Tè | 43.000   | 42.000    | 97,7    |
    """)
        ).values()
    ) == [
        "Mường Tè bhyt_participants 2019 plan 43000",
        "Mường Tè bhyt_participants 2019 42000",
        "Mường Tè bhyt_participants_vs_plan_pct 2019 97.7",
    ]
