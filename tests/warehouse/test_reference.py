"""The code lists: areas of any day, indicators, groups and units that fit together."""

import datetime as dt
import itertools

import pytest

from warehouse import reference

BEFORE = dt.date(2019, 12, 31)
TODAY = dt.date(2026, 11, 22)


def test_there_were_63_provinces_and_are_34_now() -> None:
    assert len(reference.provinces(BEFORE)) == 63
    assert len(reference.provinces(TODAY)) == 34


def test_ha_tay_went_to_ha_noi_in_2008() -> None:
    assert len(reference.provinces(dt.date(2008, 7, 31))) == 64
    assert reference.area("28").successor_code == "01"


def test_districts_end_with_june_2025() -> None:
    assert reference.districts("62", dt.date(2025, 6, 30))
    assert reference.districts("62", dt.date(2025, 7, 1)) == ()


def test_kon_tum_has_ten_districts_since_ia_hdrai() -> None:
    assert len(reference.districts("62", dt.date(2015, 3, 11))) == 9
    names = {area.name for area in reference.districts("62", dt.date(2015, 3, 12))}
    assert len(names) == 10
    assert "Ia H'Drai" in names


def test_a_code_changes_its_name() -> None:
    assert reference.area("049", dt.date(2014, 1, 1)).name == "Quảng Uyên"
    assert reference.area("049", dt.date(2021, 1, 1)).name == "Quảng Hòa"


def test_full_names_carry_the_type_once() -> None:
    assert reference.area("79").full_name == "Thành phố Hồ Chí Minh"
    assert reference.area("763").full_name == "Quận 9"
    assert reference.area("VN").full_name == "Việt Nam"


def test_an_unknown_code_is_said() -> None:
    with pytest.raises(reference.UnknownCode, match=r"There is no area '99'\."):
        reference.area("99")
    with pytest.raises(reference.UnknownCode, match=r"There is no area '62' on 2026-11-22\."):
        reference.area("62", TODAY)


def test_every_parent_and_successor_exists() -> None:
    codes = {area.code for area in reference.areas()}
    for area in reference.areas():
        assert area.parent_code in codes or area.level == "country"
        assert area.successor_code in codes | {""}


def test_spells_of_one_area_do_not_overlap() -> None:
    spells: dict[str, list[reference.Area]] = {}
    for area in reference.areas():
        spells.setdefault(area.code, []).append(area)
    for rows in spells.values():
        for earlier, later in itertools.pairwise(rows):
            assert earlier.valid_to is not None
            assert later.valid_from is not None
            assert earlier.valid_to <= later.valid_from


def test_every_ended_province_has_a_successor_of_today() -> None:
    today = {area.code for area in reference.provinces(TODAY)}
    assert {area.successor_code for area in reference.provinces(BEFORE)} == today


def test_indicators_use_known_units_and_indicators() -> None:
    units = {unit.code for unit in reference.units()}
    codes = {row.code for row in reference.indicators()} | {""}
    for row in reference.indicators():
        assert row.unit in units
        assert row.numerator in codes
        assert row.denominator in codes


def test_groups_have_known_parents() -> None:
    codes = {row.code for row in reference.groups()} | {""}
    assert all(row.parent in codes for row in reference.groups())


def test_the_codes_of_a_list_are_unique() -> None:
    for rows in (reference.indicators(), reference.groups(), reference.units()):
        assert len({row.code for row in rows}) == len(rows)
