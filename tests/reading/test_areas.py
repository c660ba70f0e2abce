"""Places by the names that clerks give them, as of a day."""

import datetime as dt
import unicodedata

import pytest

from flows.reading.areas import Gazetteer, gazetteer, homes_of, names_district
from flows.reading.context import province_of_folder
from warehouse.reference import districts, provinces

YEAR_2018 = dt.date(2018, 12, 31)


def of(province: str, day: dt.date | None = YEAR_2018) -> Gazetteer:
    area = province_of_folder(province, day)
    assert area is not None
    return gazetteer(area.code, day)


def found(province: str, text: str, day: dt.date | None = YEAR_2018) -> str | None:
    place = of(province, day).find(text)
    return place.area.full_name if place and place.area else None


@pytest.mark.parametrize(
    "text",
    [
        "Huyện Mường Tè", "Mường Tè", "H. Mường Tè", "H.Mường Tè", "huyện mường tè", "MƯỜNG TÈ",
        "Mường Tè (1)", "Mường Tè*", "Mường Tè¹", "1. Mường Tè", "01) Huyện Mường Tè",
        " Mường\u00a0Tè ", "Muong Te", "Huyện\nMường Tè",
    ],
)  # fmt: skip
def test_one_district_typed_in_many_ways(text: str) -> None:
    assert found("lai-chau", text) == "Huyện Mường Tè"
    assert found("lai-chau", unicodedata.normalize("NFD", text)) == "Huyện Mường Tè"


@pytest.mark.parametrize(
    ("province", "text", "name"),
    [
        ("kon-tum", "Ia H'Drai", "Huyện Ia H' Drai"),
        ("kon-tum", "IaHdrai", "Huyện Ia H' Drai"),
        ("kon-tum", "\u00d0ăk Hà", "Huyện Đắk Hà"),
        ("kon-tum", "TP. Kon Tum", "Thành phố Kon Tum"),
        ("kon-tum", "Kon Plong", "Huyện Kon Plông"),
        ("cao-bang", "Phục Hoà", "Huyện Phục Hoà"),
        ("cao-bang", "Thành phố", "Thành phố Cao Bằng"),
        ("ho-chi-minh", "Quận 9", "Quận 9"),
        ("ho-chi-minh", "Q. 9", "Quận 9"),
        ("ho-chi-minh", "Q.12", "Quận 12"),
        ("hue", "TX. Hương Thủy", "Thị xã Hương Thủy"),
    ],
)
def test_names_that_are_hard_to_type(province: str, text: str, name: str) -> None:
    got = found("thua-thien-hue" if province == "hue" else province, text)
    assert got is not None
    assert got.replace("' ", "'") == name.replace("' ", "'")


def test_one_slip_is_forgiven_and_scored() -> None:
    place = of("cao-bang").find("Phục Hào")
    assert place is not None and place.area is not None
    assert place.area.name in ("Phục Hoà", "Phục Hòa")
    assert 0.8 < place.score < 1


def test_an_ambiguous_name_is_not_settled() -> None:
    place = of("ha-tinh").find("Kỳ Anh")
    assert place is not None
    assert place.area is None
    assert {area.full_name for area in place.areas} == {"Huyện Kỳ Anh", "Thị xã Kỳ Anh"}


def test_the_type_settles_an_ambiguous_name() -> None:
    assert found("ha-tinh", "TX Kỳ Anh") == "Thị xã Kỳ Anh"
    assert found("ha-tinh", "Huyện Kỳ Anh") == "Huyện Kỳ Anh"


@pytest.mark.parametrize("text", ["Hưu trí", "Dân số", "2018", "15", "BHYT", "", "Tổng cộng", "-"])
def test_what_is_no_place(text: str) -> None:
    place = of("lai-chau").find(text)
    assert place is None or place.score < 1


def test_a_place_of_another_province_is_unknown() -> None:
    assert found("lai-chau", "Huyện Đà Bắc") is None


def test_the_province_itself() -> None:
    assert found("lai-chau", "Tỉnh Lai Châu") == "Tỉnh Lai Châu"
    assert found("lai-chau", "TP Lai Châu") == "Thành phố Lai Châu"


def test_old_names_are_known_in_their_time() -> None:
    before, after = dt.date(2018, 12, 31), dt.date(2021, 12, 31)
    assert found("cao-bang", "Trà Lĩnh", before) == "Huyện Trà Lĩnh"
    assert found("cao-bang", "Quảng Uyên", before) == "Huyện Quảng Uyên"
    assert found("cao-bang", "Quảng Hòa", after) in ("Huyện Quảng Hòa", "Huyện Quảng Hoà")
    assert found("lao-cai", "Sa Pa", before) == "Huyện Sa Pa"
    assert found("lao-cai", "Sa Pa", after) == "Thị xã Sa Pa"


@pytest.mark.parametrize("code", sorted({area.code for area in provinces()}))
def test_every_district_is_found_by_its_full_name(code: str) -> None:
    """Each by its own name, on a day when it was valid; two spells of one code are one."""
    missed = []
    for area in districts(code):
        day = area.valid_from or (area.valid_to and area.valid_to - dt.timedelta(days=1))
        place = gazetteer(code, day or YEAR_2018).find(area.full_name)
        if place is None or area.code not in {one.code for one in place.areas}:
            missed.append(area.full_name)
    assert missed == []


def test_candidates_are_the_nearest_names() -> None:
    assert "Huyện Mường Tè" in of("lai-chau").candidates("Mường Tề Xa")


def test_homes_of_a_name() -> None:
    assert len(homes_of("Châu Thành")) > 5
    assert homes_of("H. Mường Tè") == {"12"}
    assert not names_district("Số người tham gia BHYT của các huyện trong tỉnh năm nay")
