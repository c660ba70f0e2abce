"""A layout of care and money: captioned tables below each other, each with its own unit."""

from tests.generator.desk import Desk, draw_years
from tests.generator.frame import foot_page, head_page
from tests.generator.layouts_province import draw_stub, sheet_name
from tests.generator.outline import Point, number_points
from tests.generator.page import Meaning, Page
from tests.generator.table import Column, Row, draw_table
from tests.generator.world import COSTS, TIERS


def care_and_money(desk: Desk) -> None:
    """Three captioned tables below each other: visits, facilities, spending and revenue."""
    desk.open("Báo cáo", draw_years(desk.rng, 3), whole=True)
    page = desk.add_page(sheet_name(desk.rng), base_units=True)
    head_page(desk, page, "KẾT QUẢ THỰC HIỆN CHÍNH SÁCH BHYT", unit="none")
    kind = desk.rng.choice(("roman", "letters", "dash"))
    columns = desk.year_columns()
    draw_visits(desk, page, kind, columns)
    draw_spending(desk, page, kind, columns)
    draw_revenue(desk, page, columns)
    foot_page(desk, page)


def draw_visits(desk: Desk, page: Page, kind: str, columns: list[Column]) -> None:
    """Visits by tier, then the facilities."""
    page.line("I. Khám bệnh, chữa bệnh BHYT", bold=True)
    page.line("Đơn vị tính: Lượt người", column=2)
    points = []
    for indicator in ("bhyt_visits", "bhyt_visits_inpatient", "bhyt_visits_outpatient"):
        points.append(Point(0, desk.voice.indicator(indicator), Meaning(indicator=indicator)))
        for tier in TIERS:
            points.append(
                Point(1, desk.voice.group(tier), Meaning(indicator=indicator, group=tier))
            )
    facilities = "bhyt_facilities"
    points.append(Point(0, desk.voice.indicator(facilities), Meaning(indicator=facilities)))
    for group in ("public", "private"):
        points.append(Point(1, desk.voice.group(group), Meaning(indicator=facilities, group=group)))
    rows = number_points(points, kind)
    draw_table(page, draw_stub(desk, "indicator"), rows, columns, desk.province)
    page.row += desk.rng.choice((0, 1, 2))


def draw_spending(desk: Desk, page: Page, kind: str, columns: list[Column]) -> None:
    """Spending by kind of care and by cost item."""
    page.line("II. Chi BHYT cho hoạt động khám chữa bệnh trong tỉnh", bold=True)
    unit, scale = desk.rng.choice((("triệu đồng", 10**6), ("nghìn đồng", 10**3)))
    page.line(f"Đơn vị tính: {unit}", column=3)
    spent = "bhyt_expenditure_in_province"
    points = [Point(0, desk.voice.indicator(spent), Meaning(indicator=spent))]
    for group in ("by_type/outpatient", "by_type/inpatient"):
        points.append(Point(1, desk.voice.group(group), Meaning(indicator=spent, group=group)))
    by_cost = Meaning(indicator=spent, group="by_cost/total")
    points.append(Point(0, desk.voice.group("by_cost/total"), by_cost))
    for name in COSTS:
        code = f"by_cost/{name}"
        points.append(Point(1, desk.voice.group(code), Meaning(indicator=spent, group=code)))
    common = desk.province | Meaning(scale=scale)
    draw_table(page, draw_stub(desk, "indicator"), number_points(points, kind), columns, common)
    page.row += desk.rng.choice((0, 1, 2))


def draw_revenue(desk: Desk, page: Page, columns: list[Column]) -> None:
    """Revenue of the three funds, the unit in the labels."""
    page.line("III. Thu các quỹ bảo hiểm", bold=True)
    rows = [
        Row(f"{desk.voice.indicator(code)} (tỷ đồng)", Meaning(indicator=code), number)
        for number, code in enumerate(("bhxh_revenue", "bhtn_revenue", "bhyt_revenue"), start=1)
    ]
    common = desk.province | Meaning(scale=10**9)
    draw_table(page, draw_stub(desk, "indicator"), rows, columns, common)
