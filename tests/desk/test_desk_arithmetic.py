"""Relations written out as a clerk would check them on paper, each kind in its manner."""

from decimal import Decimal
from typing import Any

import pytest

from expectations.desk.language import Speaker
from expectations.desk.queries.arithmetic import WRITERS, Draft, write_lines
from expectations.desk.queries.relations import labels, rules

SAY = Speaker("vi")


def term(part: str, typed: str, value: str, **other: Any) -> dict[str, Any]:
    """A figure of a relation: people of the province in 2014, typed in single people."""
    return {
        "part": part,
        "typed_text": typed,
        "value": Decimal(value),
        "value_literal": Decimal(value),
        "coefficient": Decimal(1),
        "half_width": Decimal("0.5"),
        "decimals": 0,
        "unit": "people",
        "submission_id": "s",
        "sheet": "Biểu 1",
        "cell": "C7",
        "area_code": "02",
        "area_name": "Hà Giang",
        "area_level": "province",
        "indicator": "bhyt_participants",
        "group_code": "total",
        "period": "2014",
        "scenario": "actual",
    } | other


def percent(part: str, typed: str, value: str, **other: Any) -> dict[str, Any]:
    facts = {"unit": "percent", "decimals": 1, "half_width": Decimal("0.05")}
    return term(part, typed, value, **{"indicator": "bhyt_coverage_pct", **facts, **other})


def on_paper(kind: str, status: str, *terms: dict[str, Any], **said: str | None) -> list[str]:
    """The lines of a relation as `sign label figure`."""
    names = ("computed", "low", "high", "found", "gap")
    row: dict[str, Any] = {
        name: None if said.get(name) is None else Decimal(str(said[name])) for name in names
    }
    row |= {"kind": kind, "status": status}
    draft = Draft(row, list(zip(terms, labels(terms, SAY), strict=True)), SAY)
    return [f"{one.sign} {one.label} {one.figure}".strip() for one in write_lines(draft)]


def district(name: str, code: str, part: str, typed: str, value: str) -> dict[str, Any]:
    return term(part, typed, value, area_name=name, area_code=code, area_level="district")


def test_a_sum_has_its_terms_its_result_what_stands_there_and_the_difference() -> None:
    assert on_paper(
        "sum_areas",
        "fails",
        district("Quang Bình", "035", "term", "55.042", "55042"),
        district("Đồng Văn", "026", "term", "70.165", "70165"),
        term("found", "129.207", "129207"),
        computed="125207",
        found="129207",
        gap="4000",
    ) == [
        "Quang Bình 55.042",
        "+ Đồng Văn 70.165",
        "= tính ra 125.207",
        "Toàn tỉnh Hà Giang 129.207",
        "lệch −4.000",
    ]


def test_what_is_computed_is_written_with_the_marks_that_the_clerk_types() -> None:
    lines = on_paper(
        "sum_groups",
        "holds",
        term("term", "35,510", "35510", group_code="employee_employer"),
        term("term", "19,346", "19346", group_code="si_agency"),
        term("found", "54,856", "54856"),
        computed="54856",
        found="54856",
        gap="0",
    )
    assert lines[2] == "= tính ra 54,856"
    assert lines[-1] == "đúng"


def test_thousands_are_added_in_thousands() -> None:
    thousands = {"half_width": Decimal(50), "decimals": 1}
    assert on_paper(
        "sum_groups",
        "fails",
        term("term", "502,1", "502100", group_code="employee_employer", **thousands),
        term("term", "100,2", "100200", group_code="si_agency", **thousands),
        term("found", "605,3", "605300", **thousands),
        computed="602300",
        found="605300",
        gap="3000",
    )[2:] == ["= tính ra 602,3", "Tổng số 605,3", "lệch −3,0"]


def test_figures_in_mixed_units_are_written_in_people() -> None:
    assert on_paper(
        "same_figure",
        "fails",
        term("other", "502,1", "502100", half_width=Decimal(50), decimals=1),
        term("found", "502.900", "502900"),
        computed="502100",
        found="502900",
        gap="800",
    ) == ["Số người tham gia BHYT 502.100", "Số người tham gia BHYT 502.900", "lệch −800"]


def test_a_rate_is_its_count_over_its_base() -> None:
    assert on_paper(
        "rate",
        "fails",
        term("base", "409.700", "409700", indicator="labour_force"),
        term("count", "35.547", "35547", indicator="bhtn_participants"),
        percent("found", "9,0", "9.0", indicator="bhtn_coverage_pct"),
        computed="8.676348",
        found="9.0",
        gap="0.323652",
    )[1:] == [
        "÷ Lực lượng lao động (lao động trong độ tuổi) 409.700",
        "= tính ra 8,676%",
        "Tỷ lệ tham gia BHTN (trên lực lượng lao động) 9,0",
        "lệch −0,324%",
    ]


def test_an_index_without_last_year_divides_by_this_year_less_its_change() -> None:
    change = term("change", "3", "3", indicator="bhyt_participants_change_prev_year")
    index = "bhyt_participants_index_prev_year_pct"
    lines = on_paper(
        "index",
        "rounding",
        term("count", "213", "213"),
        change,
        percent("found", "102%", "102", indicator=index, decimals=0, half_width=Decimal("0.5")),
        computed="101.428571",
        found="102",
        gap="0.571429",
    )
    assert lines[1] == "÷ Số người tham gia BHYT, trừ mức thay đổi (213 − 3)"
    assert lines[2] == "= tính ra 101,43%"


def test_a_change_takes_last_year_away_from_this() -> None:
    lines = on_paper(
        "change",
        "rounding",
        term("last_year", "370", "370", period="2013", coefficient=Decimal(-1)),
        term("count", "378", "378"),
        term("found", "7", "7", indicator="bhyt_participants_change_prev_year"),
        computed="8",
        found="7",
        gap="-1",
    )
    assert [line.split(" ")[0] for line in lines[:2]] == ["Số", "−"]
    assert lines[-1] == "đúng do làm tròn, lệch 1"


def test_a_part_larger_than_its_whole_exceeds_it() -> None:
    assert on_paper(
        "part_of_group",
        "fails",
        term("whole", "3", "3"),
        term("found", "4", "4", group_code="employee_employer"),
        computed="3",
        found="4",
        gap="1",
    )[1:] == [
        "≤ không được quá 3",
        "Nhóm do người lao động và người sử dụng lao động đóng 4",
        "vượt 1",
    ]


def test_districts_rates_imply_the_people_that_they_were_made_with() -> None:
    def pair(name: str, code: str, people: str, rate: str) -> list[dict[str, Any]]:
        place = {"area_name": name, "area_code": code, "area_level": "district"}
        count = people.replace(",", "")
        return [
            term("people", people, count, **place),
            percent("rate", rate, rate.rstrip("%"), **place),
        ]

    assert on_paper(
        "weighted",
        "fails",
        *pair("Cao Bằng", "040", "49,386", "72.4%"),
        *pair("Bảo Lâm", "042", "54,752", "95.4%"),
        term("found", "119,538", "119538", indicator="population"),
        computed="125604.6",
        found="119538",
        gap="-6066.6",
    ) == [
        "Cao Bằng: 49,386 ÷ 72.4% 68,213",
        "+ Bảo Lâm: 54,752 ÷ 95.4% 57,392",
        "= tính ra 125,605",
        "Toàn tỉnh Hà Giang, Dân số 119,538",
        "lệch 6,067",
    ]


def test_growth_is_told_beside_the_common_pace() -> None:
    assert on_paper(
        "growth",
        "fails",
        term("previous", "58.219", "58219", period="2013"),
        term("found", "55.042", "55042"),
        computed="59199",
        low="55632",
        high="62995",
        found="55042",
        gap="-4157",
    ) == [
        "năm 2013 58.219",
        "≈ theo nhịp chung, khoảng 59.199",
        "hợp lý từ 55.632 đến 62.995",
        "năm 2014 55.042",
        "lệch 4.157",
    ]


def test_districts_that_are_missing_are_counted() -> None:
    assert on_paper(
        "areas_present",
        "fails",
        district("Đồng Văn", "026", "found", "70.165", "70165"),
        computed="11",
        found="10",
        gap="-1",
    ) == ["phải có 11", "đang có 10", "thiếu 1"]


def test_what_lacks_a_figure_is_not_judged() -> None:
    lines = on_paper("rate", "unknown", percent("found", "9,0", "9.0"), found="9.0")
    assert lines == ["Tỷ lệ bao phủ BHYT (trên dân số) 9,0", "chưa xét được: thiếu số"]


def test_a_corrected_figure_counts_with_its_correction() -> None:
    corrected = term("other", "55.042", "55042") | {"value": Decimal(59042)}
    found = term("found", "59.042", "59042")
    lines = on_paper(
        "same_figure", "holds", corrected, found, computed="59042", found="59042", gap="0"
    )
    assert lines[0].endswith("59.042")


@pytest.mark.parametrize("kind", sorted({rule.kind for rule in rules().values()}))
@pytest.mark.parametrize("status", ["holds", "rounding", "fails", "unknown"])
def test_every_kind_ends_with_its_verdict(kind: str, status: str) -> None:
    """Also with nothing but the tested figure, and without bounds."""
    assert on_paper(kind, status, term("found", "7", "7"), computed="8", found="7", gap="-1")
    assert set(WRITERS) <= {rule.kind for rule in rules().values()}
