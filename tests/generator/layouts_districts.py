"""Layouts that tell of a province's districts."""

from dataclasses import replace

from tests.generator import spelling
from tests.generator.desk import Desk, draw_years
from tests.generator.frame import foot_page, head_page
from tests.generator.layouts_province import draw_stub, sheet_name
from tests.generator.page import Meaning
from tests.generator.table import Column, Row, Stub, draw_table
from tests.generator.world import PAYER_GROUPS, Moment

HEALTH = "KẾT QUẢ THỰC HIỆN BẢO HIỂM Y TẾ TOÀN DÂN"


def measure_columns(desk: Desk, deep: bool) -> tuple[Column, ...]:
    """Population, participants, rate; `deep` puts the last two below `Tham gia BHYT`."""
    voice = desk.voice
    people = Column(voice.phrase("participants"), Meaning(indicator="bhyt_participants"))
    rate = Column(voice.phrase("rate"), Meaning(indicator="bhyt_coverage_pct"))
    population = desk.indicator_column("population")
    if deep:
        return (population, Column("Tham gia BHYT", Meaning(), (people, rate)))
    return (population, people, rate)


def districts_by_year_measures(desk: Desk) -> None:
    """Districts down; each year has population, participants and rate."""
    kind = desk.rng.choice(("Báo cáo", "Báo cáo", "Kế hoạch"))
    desk.open(kind, draw_years(desk.rng, desk.rng.randint(2, 4)))
    add_district_table(desk, sheet_name(desk.rng))


def add_district_table(desk: Desk, sheet: str) -> None:
    """A sheet with districts down and years of measures across."""
    page = desk.add_page(sheet)
    report = desk.world.document.kind == "Báo cáo"
    head_page(desk, page, HEALTH if report else "LỘ TRÌNH BAO PHỦ BẢO HIỂM Y TẾ")
    columns = desk.year_columns(measure_columns(desk, desk.rng.random() < 0.5))
    draw_table(page, draw_stub(desk, "place"), desk.area_rows(), columns)
    foot_page(desk, page)


def districts_as_columns(desk: Desk) -> None:
    """Districts across; blocks of years with indicators down."""
    kind = desk.rng.choice(("Báo cáo", "Kế hoạch"))
    desk.open(kind, draw_years(desk.rng, 3))
    page = desk.add_page(sheet_name(desk.rng))
    head_page(desk, page, "PHÁT TRIỂN ĐỐI TƯỢNG THAM GIA BHXH, BHTN VÀ BHYT")
    codes = ["labour_force", "bhxh_participants", "bhtn_participants", "population"]
    codes += ["bhyt_participants", "bhyt_coverage_pct"]
    mark = desk.rng.choice(("- ", "", "+ "))
    rows = []
    for number, moment in enumerate(desk.moments, start=1):
        year = Meaning(moment=moment)
        rows.append(Row(f"Năm {moment.period}", year, number, bold=True, empty=True))
        for code in codes:
            label = mark + desk.voice.indicator(code)
            rows.append(Row(label, year | Meaning(indicator=code)))
    draw_table(page, draw_stub(desk, "indicator"), rows, desk.area_columns())
    foot_page(desk, page)


def district_blocks(desk: Desk) -> None:
    """Blocks of districts with indicators down; years across."""
    desk.open("Báo cáo", draw_years(desk.rng, 4))
    page = desk.add_page(sheet_name(desk.rng))
    head_page(desk, page, HEALTH)
    mark, indent = desk.rng.choice((("- ", 0), ("", 1), ("+ ", 0)))
    rows = []
    for area in desk.area_rows():
        rows.append(Row(area.label, area.meaning, area.code, bold=True, empty=True))
        for code in ("population", "bhyt_participants", "bhyt_coverage_pct"):
            label = mark + desk.voice.indicator(code)
            rows.append(Row(label, area.meaning | Meaning(indicator=code), indent=indent))
    draw_table(page, draw_stub(desk, "place"), rows, desk.year_columns())
    foot_page(desk, page)


def districts_by_groups(desk: Desk) -> None:
    """Districts down, payer groups across, the year in the title or the sheet's name only."""
    desk.open("Báo cáo", draw_years(desk.rng, 1))
    [moment] = desk.moments
    in_title = desk.rng.random() < 0.6
    page = desk.add_page(sheet_name(desk.rng) if in_title else f"Năm {moment.period}")
    title = "SỐ NGƯỜI THAM GIA BHYT THEO NHÓM ĐỐI TƯỢNG"
    head_page(desk, page, title, year=moment.period if in_title else "")
    columns = [Column(desk.voice.group(group), Meaning(group=group)) for group in PAYER_GROUPS]
    if desk.rng.random() < 0.5:
        parent = desk.rng.choice(("Chia theo nhóm đối tượng", "Trong đó"))
        columns = [Column(parent, Meaning(), tuple(columns))]
    total = Column(desk.rng.choice(("Tổng số", "Tổng cộng", "Cộng")), Meaning(group="total"))
    columns = [total, *columns] if desk.rng.random() < 0.5 else [*columns, total]
    common = Meaning(indicator="bhyt_participants", moment=moment)
    draw_table(page, draw_stub(desk, "place"), desk.area_rows(), columns, common)
    foot_page(desk, page)


def sheet_per_year(desk: Desk) -> None:
    """One sheet a year, the year in the sheet's name and perhaps in the title."""
    desk.open("Báo cáo", draw_years(desk.rng, 3))
    word, in_title = desk.rng.choice(("", "Năm ", "BC ")), desk.rng.random() < 0.5
    deep = desk.rng.random() < 0.3
    for moment in desk.moments:
        page = desk.add_page(f"{word}{moment.period}")
        head_page(desk, page, HEALTH, year=moment.period if in_title else "")
        columns = list(measure_columns(desk, deep))
        stub, common = draw_stub(desk, "place"), Meaning(moment=moment)
        draw_table(page, stub, desk.area_rows(), columns, common)
        foot_page(desk, page)


def plan_and_actual(desk: Desk) -> None:
    """Districts down; plan, actual and percent of plan across."""
    [year] = draw_years(desk.rng, 1)
    moments = [Moment(str(year), "plan"), Moment(str(year))]
    desk.open("Báo cáo", [year], moments)
    page = desk.add_page(sheet_name(desk.rng))
    kind = desk.rng.choice(("bhyt", "bhxh", "bhtn"))
    name = {"bhyt": "BHYT", "bhxh": "BHXH", "bhtn": "BHTN"}[kind]
    head_page(desk, page, f"KẾT QUẢ PHÁT TRIỂN SỐ NGƯỜI THAM GIA {name}")
    count = Meaning(indicator=f"{kind}_participants")
    ratio = Meaning(indicator=f"{kind}_participants_vs_plan_pct", moment=moments[1])
    words = (desk.voice.phrase("plan"), desk.voice.phrase("actual"))
    under_year = desk.rng.random() < 0.5
    columns = [
        Column(word if under_year else f"{word} {year}", count | Meaning(moment=moment))
        for word, moment in zip(words, moments, strict=True)
    ]
    columns.append(Column(desk.voice.phrase("vs_plan"), ratio))
    if under_year:
        columns = [Column(f"Năm {year}", Meaning(), tuple(columns))]
    draw_table(page, draw_stub(desk, "place"), desk.area_rows(), columns)
    foot_page(desk, page)


def targets(desk: Desk) -> None:
    """A decision's target rates: three insurances across, each with its years."""
    desk.open("Quyết định", draw_years(desk.rng, 3))
    page = desk.add_page(sheet_name(desk.rng))
    head_page(desk, page, "CHỈ TIÊU TỶ LỆ BAO PHỦ BHXH, BHTN, BHYT", unit="none")
    years = desk.year_columns()
    columns = [
        Column(f"{word} {name} (%)", Meaning(indicator=code), tuple(years))
        for word in (desk.rng.choice(("Chỉ tiêu", "Tỷ lệ bao phủ", "Tỷ lệ tham gia")),)
        for name, code in (
            ("BHXH", "bhxh_coverage_pct"),
            ("BHYT", "bhyt_coverage_pct"),
            ("BHTN", "bhtn_coverage_pct"),
        )
    ]
    draw_table(page, draw_stub(desk, "place"), desk.area_rows(), columns)
    foot_page(desk, page)


def districts_by_years(desk: Desk) -> None:
    """Districts down, years across, the indicator in the title only."""
    desk.open("Báo cáo", draw_years(desk.rng, 5))
    page = desk.add_page(sheet_name(desk.rng))
    code = desk.rng.choice(
        ("bhyt_participants", "bhyt_coverage_pct", "bhxh_participants", "population")
    )
    unit = "none" if code.endswith("_pct") else "people"
    head_page(desk, page, desk.voice.indicator(code).upper(), unit=unit)
    stub = draw_stub(desk, "place")
    draw_table(page, stub, desk.area_rows(), desk.year_columns(), Meaning(indicator=code))
    foot_page(desk, page)


def insurances_by_district(desk: Desk) -> None:
    """Districts down; BHXH with its two kinds, BHTN and BHYT across, for one year."""
    desk.open("Báo cáo", draw_years(desk.rng, 1))
    [moment] = desk.moments
    page = desk.add_page(sheet_name(desk.rng))
    title = "SỐ NGƯỜI THAM GIA BHXH, BHTN, BHYT"
    head_page(desk, page, title, year=moment.period)
    parts = (
        Column(desk.rng.choice(("Tổng số", "Cộng")), Meaning(group="total")),
        Column(desk.voice.group("compulsory"), Meaning(group="compulsory")),
        Column(desk.voice.group("voluntary"), Meaning(group="voluntary")),
    )
    social = desk.rng.choice(("Số người tham gia BHXH", "BHXH", "Bảo hiểm xã hội"))
    columns = [
        Column(social, Meaning(indicator="bhxh_participants"), parts),
        desk.indicator_column("bhtn_participants"),
        desk.indicator_column("bhyt_participants"),
    ]
    common = Meaning(moment=moment)
    draw_table(page, draw_stub(desk, "place"), desk.area_rows(), columns, common)
    foot_page(desk, page)


def insurance_pairs(desk: Desk) -> None:
    """Districts down; each insurance with its people and its rate, for one year or two."""
    desk.open("Báo cáo", draw_years(desk.rng, desk.rng.choice((1, 2))))
    page = desk.add_page(sheet_name(desk.rng))
    one = len(desk.moments) == 1
    year = desk.moments[0].period if one else ""
    head_page(desk, page, "KẾT QUẢ THAM GIA BHXH, BHTN, BHYT", year=year)
    word = desk.rng.choice(("Tham gia ", "", "Người tham gia "))
    people, rate = desk.voice.phrase("people"), desk.rng.choice(("Tỷ lệ (%)", "Tỷ lệ %"))
    pairs = tuple(
        Column(
            f"{word}{kind.upper()}",
            Meaning(),
            (
                Column(people, Meaning(indicator=f"{kind}_participants")),
                Column(rate, Meaning(indicator=f"{kind}_coverage_pct")),
            ),
        )
        for kind in ("bhxh", "bhtn", "bhyt")
    )
    columns = list(pairs) if one else desk.year_columns(pairs)
    common = Meaning(moment=desk.moments[0])
    draw_table(page, draw_stub(desk, "place"), desk.area_rows(), columns, common)
    foot_page(desk, page)


def long_list(desk: Desk) -> None:
    """One figure a line: unit, year, indicator, value."""
    desk.open("Báo cáo", draw_years(desk.rng, 2))
    page = desk.add_page(sheet_name(desk.rng))
    with_unit = desk.rng.random() < 0.5
    head_page(desk, page, "SỐ LIỆU THAM GIA BHYT", unit="none" if with_unit else "people")
    heads = ["number", "place", "year", "indicator", *(["unit"] if with_unit else []), "value"]
    for column, head in enumerate(heads, start=1):
        page.write(page.row, column, desk.voice.phrase(head), bold=True)
    first = page.row + 1
    kind = desk.rng.choice(("text", "number", "word"))
    people = "Nghìn người" if page.style.thousands else "Người"
    number, typed_once = 0, desk.style.header == "first"
    for area in desk.area_rows():
        for moment in desk.moments:
            for code in ("population", "bhyt_participants", "bhyt_coverage_pct"):
                number += 1
                page.row += 1
                unit = "%" if code.endswith("_pct") else people
                year = spelling.spell_year(moment.period, kind)
                line = [number, area.label, year, desk.voice.indicator(code)]
                line += [unit] if with_unit else []
                for column, text in enumerate(line, start=1):
                    if column != 2 or not typed_once or code == "population":
                        page.write(page.row, column, text)
                meaning = area.meaning | Meaning(indicator=code, moment=moment)
                page.figure(page.row, len(heads), meaning)
    page.row += 1
    page.cut(range(first, page.row), range(0))
    foot_page(desk, page)


def side_by_side(desk: Desk) -> None:
    """Two tables beside each other, each with its own caption and head."""
    desk.open("Báo cáo", draw_years(desk.rng, 2))
    page = desk.add_page(sheet_name(desk.rng))
    head_page(desk, page, HEALTH)
    gap = desk.rng.choice((1, 2))
    left = Stub(desk.voice.phrase("number"), desk.voice.phrase("place"))
    start, years = page.row, desk.year_columns()
    right = 3 + len(years) + gap
    page.write(start, 1, "A. " + desk.voice.indicator("bhyt_participants"), bold=True)
    page.write(start, right, "B. " + desk.voice.indicator("bhxh_participants"), bold=True)
    rows = desk.area_rows()
    page.row = start + 1
    draw_table(page, left, rows, years, Meaning(indicator="bhyt_participants"))
    end, page.row = page.row, start + 1
    page.style = replace(page.style, blank_rows=0)
    draw_table(page, left, rows, years, Meaning(indicator="bhxh_participants"), left=right)
    page.row = max(end, page.row)
    foot_page(desk, page)


def hidden_draft(desk: Desk) -> None:
    """A visible table and, on a hidden sheet, last week's draft of it."""
    desk.open("Báo cáo", draw_years(desk.rng, 2))
    columns = desk.year_columns(measure_columns(desk, deep=False))
    stub, rows = draw_stub(desk, "place"), desk.area_rows()
    for name, hidden in (("Sheet1", False), (desk.rng.choice(("Bản cũ", "Sheet2")), True)):
        page = desk.add_page(name, hidden)
        if hidden:
            desk.redraw()
        head_page(desk, page, HEALTH)
        draw_table(page, stub, rows, columns)
        foot_page(desk, page)
