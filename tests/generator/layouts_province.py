"""Layouts that tell of a whole province: indicators, groups, years, care and money."""

import random

from tests.generator import spelling
from tests.generator.desk import Desk, draw_years
from tests.generator.frame import foot_page, head_page
from tests.generator.outline import KINDS, Point, number_points
from tests.generator.page import Meaning
from tests.generator.table import Column, Row, Stub, draw_table
from tests.generator.world import PAYER_GROUPS, SUB_GROUPS, Moment

RATES = ("bhyt_coverage_pct", "bhxh_coverage_pct", "bhtn_coverage_pct")
TITLES = (
    "KẾT QUẢ THỰC HIỆN BẢO HIỂM XÃ HỘI, BẢO HIỂM THẤT NGHIỆP, BẢO HIỂM Y TẾ",
    "TÌNH HÌNH THAM GIA BHXH, BHTN, BHYT TRÊN ĐỊA BÀN",
    "Một số chỉ tiêu về BHYT, BHXH, BHTN",
)
PLAN_TITLES = (
    "CHỈ TIÊU PHÁT TRIỂN ĐỐI TƯỢNG THAM GIA BHXH, BHYT, BHTN",
    "KẾ HOẠCH PHÁT TRIỂN NGƯỜI THAM GIA BẢO HIỂM XÃ HỘI, BẢO HIỂM Y TẾ",
)
SHEETS = ("Sheet1", "Biểu 01", "PL 1", "Phụ lục", "Bieu 2")


def sheet_name(rng: random.Random) -> str:
    """A sheet's name that says nothing."""
    return rng.choice(SHEETS)


def draw_stub(desk: Desk, label: str, unit: bool = False) -> Stub:
    """Heads of the columns at the left."""
    unit_head = desk.voice.phrase("unit") if unit else ""
    return Stub(desk.voice.phrase("number"), desk.voice.phrase(label), unit_head)


def list_people_points(desk: Desk, rates: bool = True) -> list[Point]:
    """Population, labour force and the three insurances, with parts and rates."""
    voice = desk.voice

    def point(indicator: str) -> Point:
        return Point(0, voice.indicator(indicator), Meaning(indicator=indicator))

    people = desk.rng.choice(("population", "population_avg"))
    points = [point(people), point("labour_force"), point("bhxh_participants")]
    if desk.rng.random() < 0.3:
        points.append(Point(1, voice.phrase("of_which"), Meaning(), empty=True))
    for group in ("compulsory", "voluntary"):
        meaning = Meaning(indicator="bhxh_participants", group=group)
        points.append(Point(1, voice.group(group), meaning))
    points += [point("bhtn_participants"), point("bhyt_participants")]
    points += list_group_points(desk, 1, with_parts=desk.rng.random() < 0.5)
    return points + ([point(rate) for rate in RATES] if rates else [])


def list_group_points(desk: Desk, level: int, with_parts: bool) -> list[Point]:
    """The payer groups of health insurance and, if wanted, their parts."""
    points = []
    for group in PAYER_GROUPS:
        meaning = Meaning(indicator="bhyt_participants", group=group)
        points.append(Point(level, desk.voice.group(group), meaning))
        for part in SUB_GROUPS[group] if with_parts else ():
            code = f"{group}/{part}"
            below = Meaning(indicator="bhyt_participants", group=code)
            points.append(Point(level + 1, desk.voice.group(code), below))
    return points


def indicators_by_years(desk: Desk) -> None:
    """Indicators down, years across, in a report or a plan."""
    kind = desk.rng.choice(("Báo cáo", "Báo cáo", "Kế hoạch"))
    desk.open(kind, draw_years(desk.rng, desk.rng.randint(3, 6)), whole=True)
    page = desk.add_page(sheet_name(desk.rng))
    head_page(desk, page, desk.rng.choice(TITLES if kind == "Báo cáo" else PLAN_TITLES))
    rows = number_points(list_people_points(desk), desk.rng.choice(KINDS))
    draw_table(page, draw_stub(desk, "indicator"), rows, desk.year_columns(), desk.province)
    foot_page(desk, page)


def groups_count_share(desk: Desk) -> None:
    """Payer groups down; each year has the number of people and their share."""
    desk.open("Báo cáo", draw_years(desk.rng, 3), whole=True)
    page = desk.add_page(sheet_name(desk.rng))
    head_page(desk, page, "CƠ CẤU NGƯỜI THAM GIA BẢO HIỂM Y TẾ THEO NHÓM ĐỐI TƯỢNG")
    points = list_group_points(desk, 0, with_parts=desk.rng.random() < 0.4)
    points = [Point(p.level, p.label, Meaning(group=p.meaning.group)) for p in points]
    rows = number_points(points, desk.rng.choice(KINDS))
    total = Row(desk.voice.total(), Meaning(group="total"), bold=True)
    count = Column(desk.voice.phrase("people"), Meaning(indicator="bhyt_participants"))
    share = Column(desk.voice.phrase("share"), Meaning(indicator="bhyt_participant_share_pct"))
    columns = desk.year_columns((count, share))
    stub = draw_stub(desk, "group")
    draw_table(page, stub, desk.with_total(rows, total), columns, desk.province)
    foot_page(desk, page)


def subtotals(desk: Desk) -> None:
    """Groups as headings without figures, their parts, and a subtotal after each."""
    desk.open("Báo cáo", draw_years(desk.rng, 4), whole=True)
    page = desk.add_page(sheet_name(desk.rng))
    head_page(desk, page, "SỐ NGƯỜI THAM GIA BHYT CHIA THEO NHÓM ĐỐI TƯỢNG")
    rows: list[Row] = []
    word = desk.rng.choice(("Cộng ({0})", "Cộng nhóm {0}", "Cộng"))
    for number, group in enumerate(PAYER_GROUPS):
        roman = spelling.ROMAN[number + 1] if number < 4 else "V"
        meaning, parts = Meaning(group=group), SUB_GROUPS[group]
        rows.append(Row(desk.voice.group(group), meaning, roman, bold=True, empty=bool(parts)))
        for order, part in enumerate(parts, start=1):
            code = f"{group}/{part}"
            rows.append(Row(desk.voice.group(code), Meaning(group=code), order))
        if parts:
            rows.append(Row(word.format(roman), meaning, bold=True))
    rows.append(Row(desk.voice.total(), Meaning(group="total"), bold=True))
    common = desk.province | Meaning(indicator="bhyt_participants")
    draw_table(page, draw_stub(desk, "group"), rows, desk.year_columns(), common)
    foot_page(desk, page)


def years_as_rows(desk: Desk) -> None:
    """Years down, indicators across, rates beside their counts."""
    desk.open("Báo cáo", draw_years(desk.rng, 6), whole=True)
    page = desk.add_page(sheet_name(desk.rng))
    head_page(desk, page, desk.rng.choice(TITLES))
    kind = desk.rng.choice(("word", "text", "number", "dash"))
    rows = [
        Row(spelling.spell_year(moment.period, kind), Meaning(moment=moment), number)
        for number, moment in enumerate(desk.moments, start=1)
    ]
    codes = ["population", "labour_force", "bhxh_participants", "bhtn_participants"]
    codes += ["bhyt_participants", *RATES]
    if desk.style.shuffled:
        desk.rng.shuffle(codes)
    columns = [desk.indicator_column(code) for code in codes]
    draw_table(page, draw_stub(desk, "year"), rows, columns, desk.province)
    foot_page(desk, page)


def unit_column(desk: Desk) -> None:
    """Indicators of many units, the unit said in one column only."""
    desk.open("Báo cáo", draw_years(desk.rng, 4), whole=True)
    page = desk.add_page(sheet_name(desk.rng))
    head_page(desk, page, "MỘT SỐ CHỈ TIÊU CHỦ YẾU VỀ BHXH, BHYT, BHTN", unit="none")
    people = "Nghìn người" if page.style.thousands else "Người"
    units = {"visits": "Lượt", "facilities": "Cơ sở", "VND": "Triệu đồng", "people": people}
    kinds = {"population": "people", "labour_force": "people", "bhyt_participants": "people"}
    kinds |= {"bhxh_participants": "people", "bhtn_participants": "people"}
    kinds |= {"bhyt_visits": "visits", "bhyt_facilities": "facilities", "bhyt_revenue": "VND"}
    kinds |= {"bhyt_expenditure_in_province": "VND"} | dict.fromkeys(RATES, "percent")
    rows = []
    for number, (code, kind) in enumerate(kinds.items(), start=1):
        scale = {"VND": 10**6, "people": page.scale()}.get(kind, 1)
        meaning = Meaning(indicator=code, scale=scale)
        unit = units.get(kind, "%")
        rows.append(Row(desk.voice.indicator(code), meaning, number, unit=unit))
    stub = draw_stub(desk, "indicator", unit=True)
    draw_table(page, stub, rows, desk.year_columns(), desk.province)
    foot_page(desk, page)


def year_on_year(desk: Desk) -> None:
    """Two years, then the change in people and in percent of the year before."""
    desk.open("Báo cáo", draw_years(desk.rng, 2), whole=True)
    page = desk.add_page(sheet_name(desk.rng))
    head_page(desk, page, "BIẾN ĐỘNG SỐ NGƯỜI THAM GIA BHYT")
    before, now = desk.moments
    change = "bhyt_participants_change_prev_year"
    index = "bhyt_participants_index_prev_year_pct"
    compared = Column(
        f"So với năm {before.period}",
        Meaning(moment=now),
        (
            Column("Số tuyệt đối", Meaning(indicator=change)),
            Column("Số tương đối (%)", Meaning(indicator=index)),
        ),
    )
    count = Meaning(indicator="bhyt_participants")
    columns = [
        Column(f"Năm {moment.period}", count | Meaning(moment=moment)) for moment in (before, now)
    ]
    points = list_group_points(desk, 0, with_parts=True)
    points = [Point(p.level, p.label, Meaning(group=p.meaning.group)) for p in points]
    rows = number_points(points, desk.rng.choice(KINDS))
    total = Row(desk.voice.total(), Meaning(group="total"), bold=True)
    rows = desk.with_total(rows, total)
    draw_table(page, draw_stub(desk, "group"), rows, [*columns, compared], desk.province)
    foot_page(desk, page)


def part_years(desk: Desk) -> None:
    """Half-years, quarters, months and days as columns."""
    last = draw_years(desk.rng, 2)
    year, now = last
    choices = (
        [f"{year}", f"{year}-H1", f"{now}-H1"],
        [f"{year}-Q{quarter}" for quarter in (1, 2, 3, 4)],
        [f"{now}-{month:02d}" for month in (1, 2, 3, 4, 5, 6)],
        [f"{year}-06-30", f"{year}-09-30", f"{year}", f"{now}-06-30"],
        [f"{year}-H1", f"{year}-H2", f"{now}-H1"],
    )
    moments = [Moment(period) for period in desk.rng.choice(choices)]
    desk.open("Báo cáo", last, moments)
    page = desk.add_page(sheet_name(desk.rng))
    head_page(desk, page, desk.rng.choice(TITLES))
    short = desk.rng.random() < 0.5
    dated = moments[0].period.endswith("-30")
    columns = [Column(spell_moment(m, short, dated), Meaning(moment=m)) for m in moments]
    rows = number_points(list_people_points(desk), desk.rng.choice(KINDS))
    draw_table(page, draw_stub(desk, "indicator"), rows, columns, desk.province)
    foot_page(desk, page)


def spell_moment(moment: Moment, short: bool, dated: bool) -> str:
    """A part of a year; a whole year among days is its last day."""
    if dated and "-" not in moment.period:
        moment = Moment(f"{moment.period}-12-31")
    return spelling.spell_period(moment, short)


def stated_scenarios(desk: Desk) -> None:
    """`TH 2018`, `Sơ bộ 2019`, `Ước TH 2020`, `KH 2021` side by side."""
    years = draw_years(desk.rng, 4)
    said = (
        (("TH", "Thực hiện"), "actual"),
        (("Sơ bộ",), "actual"),
        (("Ước TH", "Ước", "Ước thực hiện"), "estimate"),
        (("KH", "Kế hoạch"), "plan"),
    )
    moments = [Moment(str(year), scenario) for year, (_, scenario) in zip(years, said, strict=True)]
    desk.open("Kế hoạch", years, moments, dated=years[2])
    page = desk.add_page(sheet_name(desk.rng))
    head_page(desk, page, desk.rng.choice(PLAN_TITLES))
    joint = desk.rng.choice((" ", " năm "))
    columns = [
        Column(f"{desk.rng.choice(words)}{joint}{moment.period}", Meaning(moment=moment))
        for moment, (words, _) in zip(moments, said, strict=True)
    ]
    rows = number_points(list_people_points(desk), desk.rng.choice(KINDS))
    draw_table(page, draw_stub(desk, "indicator"), rows, columns, desk.province)
    foot_page(desk, page)
