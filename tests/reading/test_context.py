"""What a workbook says of itself: its province and its document."""

import datetime as dt

import pytest

from flows.reading.context import (
    find_province,
    province_of_folder,
    read_date,
    read_document_facts,
)

YEAR_2018 = dt.date(2018, 12, 31)


@pytest.mark.parametrize(
    ("text", "kind", "number", "date"),
    [
        (
            "(Kèm theo Báo cáo số 431-BC/TU, ngày 04-7-2019 của Ban Thường vụ Tỉnh ủy)",
            "bao cao", "431-BC/TU", dt.date(2019, 7, 4),
        ),
        (
            "(Ban hành kèm theo Kế hoạch số: 3916 /KH-UBND ngày 31 tháng 12 năm 2014)",
            "ke hoach", "3916/KH-UBND", dt.date(2014, 12, 31),
        ),
        (
            "Kèm theo Quyết định số 210/QĐ-UBND ngày 13/4/2023",
            "quyet dinh", "210/QĐ-UBND", dt.date(2023, 4, 13),
        ),
        (
            "(Kèm theo Công văn số 12/SYT-NVY ngày 05.01.2020)",
            "cong van", "12/SYT-NVY", dt.date(2020, 1, 5),
        ),
    ],
)  # fmt: skip
def test_the_covering_document(text: str, kind: str, number: str, date: dt.date) -> None:
    facts = read_document_facts(["PHỤ LỤC 01", text])
    assert (facts.kind, facts.number, facts.date) == (kind, number, date)


def test_the_letterhead_where_no_document_is_named() -> None:
    facts = read_document_facts(["Số: 183/KH-UBND", "Hà Giang, ngày 22 tháng 10 năm 2013"])
    assert (facts.number, facts.date) == ("183/KH-UBND", dt.date(2013, 10, 22))


def test_a_document_without_a_day_stands_at_its_months_end() -> None:
    facts = read_document_facts(["(Kèm theo Báo cáo số 5/BC-UBND ngày 02/2020)"])
    assert facts.date == dt.date(2020, 2, 29)


def test_nothing_is_said() -> None:
    facts = read_document_facts(["Dân số", "ngày càng tăng"])
    assert (facts.kind, facts.number, facts.date) == ("", "", None)


@pytest.mark.parametrize("text", ["15/13/2018", "so 12"])
def test_an_impossible_date_is_none(text: str) -> None:
    assert read_date(text)[0] is None


def named(*titles: str, labels: tuple[str, ...] = (), day: dt.date | None = YEAR_2018) -> str:
    area = find_province(titles, labels, day)
    return area.full_name if area else ""


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("BÁO CÁO BHYT TỈNH LÀO CAI NĂM 2018", "Tỉnh Lào Cai"),
        ("UBND tỉnh Bà Rịa - Vũng Tàu", "Tỉnh Bà Rịa - Vũng Tàu"),
        ("TP. Hồ Chí Minh", "Thành phố Hồ Chí Minh"),
        ("Tỉnh ủy Lạng Sơn", "Tỉnh Lạng Sơn"),
        ("THÀNH PHỐ CẦN THƠ", "Thành phố Cần Thơ"),
        ("Tỉnh Thừa Thiên Huế", "Tỉnh Thừa Thiên Huế"),
        ("Tình hình của tỉnh nhà", ""),
    ],
)
def test_a_title_names_the_province(title: str, name: str) -> None:
    assert named(title).replace("–", "-") == name


def test_districts_name_the_province() -> None:
    assert named(labels=("Mường Tè", "Sìn Hồ", "Phong Thổ")) == "Tỉnh Lai Châu"


def test_a_name_of_many_provinces_decides_nothing() -> None:
    assert named(labels=("Châu Thành",)) == ""


def test_merged_provinces_are_named_by_their_day() -> None:
    assert named("Tỉnh Kon Tum", day=YEAR_2018) == "Tỉnh Kon Tum"


@pytest.mark.parametrize(
    ("folder", "name"),
    [
        ("kon-tum", "Tỉnh Kon Tum"), ("tinh-kon-tum", "Tỉnh Kon Tum"), ("Kon Tum", "Tỉnh Kon Tum"),
        ("62", "Tỉnh Kon Tum"), ("tp-ho-chi-minh", "Thành phố Hồ Chí Minh"), ("inbox", None),
        ("", None),
    ],
)  # fmt: skip
def test_an_inbox_folder(folder: str, name: str | None) -> None:
    area = province_of_folder(folder, YEAR_2018)
    assert (area.full_name if area else None) == name
