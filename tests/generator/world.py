"""Draws figures of a province that agree with each other: every sum adds up to the unit."""

import datetime as dt
import random
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction

from tests.generator.places import (
    Place,
    list_districts,
    list_provinces,
    names_that_need_a_type,
)

PAYER_GROUPS = (
    "employee_employer",
    "si_agency",
    "state_budget_full",
    "state_budget_partial",
    "household",
)
SUB_GROUPS = {
    "employee_employer": ("workers", "part_time_commune_cadres"),
    "si_agency": ("pensioners", "unemployment_benefit"),
    "state_budget_full": ("children_under_6", "poor_ethnic", "social_protection"),
    "state_budget_partial": ("near_poor", "students", "average_farmers"),
    "household": (),
}
TIERS = ("province_tier", "district_tier", "commune_tier")
COSTS = ("exam_and_bed", "technical_services", "drugs", "medical_supplies", "blood", "transport")
COST_SHARES = (0.25, 0.3, 0.33, 0.08, 0.03, 0.01)
RATES = {
    "bhyt_coverage_pct": ("bhyt_participants", "population"),
    "bhxh_coverage_pct": ("bhxh_participants", "labour_force"),
    "bhtn_coverage_pct": ("bhtn_participants", "labour_force"),
}


@dataclass(frozen=True, slots=True, order=True)
class Moment:
    """A period with its scenario: `2018` actual, `2021` plan."""

    period: str
    scenario: str = "actual"


@dataclass(frozen=True, slots=True)
class Document:
    """The paper that the workbook is an annex of."""

    kind: str
    number: int
    date: dt.date

    @property
    def symbol(self) -> str:
        """`431/BC-UBND`, as printed after `số`."""
        letters = {"Báo cáo": "BC", "Kế hoạch": "KH", "Quyết định": "QĐ"}[self.kind]
        return f"{self.number}/{letters}-UBND"


Key = tuple[str, str, str, Moment]


@dataclass(slots=True)
class World:
    """A province, its districts, one document and exact figures in base units."""

    province: Place
    districts: list[Place]
    document: Document
    typed_with_type: frozenset[str]
    figures: dict[Key, int] = field(default_factory=dict)

    def exact(self, area: str, indicator: str, group: str, moment: Moment) -> Fraction:
        """The figure before rounding: a stored count or a rate computed from counts."""
        if indicator in RATES:
            part, whole = RATES[indicator]
            return self._ratio((area, part, group, moment), (area, whole, "total", moment))
        if indicator == "bhyt_participant_share_pct":
            key = (area, "bhyt_participants", group, moment)
            return self._ratio(key, (area, "bhyt_participants", "total", moment))
        if indicator.endswith("_vs_plan_pct"):
            base = indicator.removesuffix("_vs_plan_pct")
            plan = Moment(moment.period, "plan")
            return self._ratio((area, base, group, moment), (area, base, group, plan))
        if indicator.endswith("_change_prev_year"):
            base = indicator.removesuffix("_change_prev_year")
            now, before = self._with_year_before((area, base, group, moment))
            return Fraction(self.figures[now] - self.figures[before])
        if indicator.endswith("_index_prev_year_pct"):
            base = indicator.removesuffix("_index_prev_year_pct")
            return self._ratio(*self._with_year_before((area, base, group, moment)))
        return Fraction(self.figures[(area, indicator, group, moment)])

    def _ratio(self, part: Key, whole: Key) -> Fraction:
        return Fraction(self.figures[part] * 100, self.figures[whole])

    @staticmethod
    def _with_year_before(key: Key) -> tuple[Key, Key]:
        area, base, group, moment = key
        before = Moment(str(int(moment.period) - 1), moment.scenario)
        return key, (area, base, group, before)


def draw_world(
    rng: random.Random, document: Document, moments: list[Moment], place: Place | None = None
) -> World:
    """A province at the document's date with figures for all moments and districts."""
    province = place or rng.choice(list_provinces(document.date))
    districts = list_districts(province.code, document.date)
    typed = names_that_need_a_type(province, districts)
    world = World(province, districts, document, typed)
    codes = [place.code for place in districts] or [f"part{n}" for n in range(9)]
    for code in codes:
        draw_people(rng, world.figures, code, moments)
        draw_care(rng, world.figures, code, moments)
    add_up(world.figures, codes, province.code)
    return world


def split(rng: random.Random, whole: int, shares: list[float]) -> list[int]:
    """Integers near the shares of a whole that add up to it exactly."""
    noisy = [share * rng.uniform(0.85, 1.15) for share in shares]
    parts = [int(whole * part / sum(noisy)) for part in noisy[:-1]]
    return [*parts, whole - sum(parts)]


def draw_people(
    rng: random.Random, figures: dict[Key, int], area: str, moments: list[Moment]
) -> None:
    """Population, labour force and the participants of the three insurances of an area."""
    people = rng.randint(28_000, 190_000)
    labour, health, social = rng.uniform(0.5, 0.6), rng.uniform(0.72, 0.9), rng.uniform(0.08, 0.25)
    for moment in moments:
        people = int(people * rng.uniform(1.003, 1.015))
        health = min(0.985, health + rng.uniform(0.003, 0.02))
        social = min(0.4, social + rng.uniform(0.002, 0.015))
        force = int(people * labour * rng.uniform(0.99, 1.01))
        total = int(force * social)
        voluntary = int(total * rng.uniform(0.03, 0.15))

        def put(indicator: str, count: int, group: str = "total", when: Moment = moment) -> None:
            figures[(area, indicator, group, when)] = count

        put("population", people)
        put("population_avg", people)
        put("labour_force", force)
        put("bhxh_participants", total)
        put("bhxh_participants", total - voluntary, "compulsory")
        put("bhxh_participants", voluntary, "voluntary")
        put("bhtn_participants", int((total - voluntary) * rng.uniform(0.75, 0.95)))
        insured = int(people * health)
        put("bhyt_participants", insured)
        shares = [0.1, 0.03, 0.5, 0.2, 0.17]
        for group, count in zip(PAYER_GROUPS, split(rng, insured, shares), strict=True):
            put("bhyt_participants", count, group)
            names = SUB_GROUPS[group]
            sub_shares = [1.0 + 2.0 * rank for rank in range(len(names))]
            for name, part in zip(names, split(rng, count, sub_shares), strict=False):
                put("bhyt_participants", part, f"{group}/{name}")


def draw_care(
    rng: random.Random, figures: dict[Key, int], area: str, moments: list[Moment]
) -> None:
    """Visits by tier, facilities and money of an area (money in whole thousand VND)."""
    commune_posts, hospitals = rng.randint(8, 25), rng.randint(1, 3)
    for moment in moments:
        insured = figures[(area, "bhyt_participants", "total", moment)]
        inpatient = split(rng, int(insured * rng.uniform(0.08, 0.16)), [0.45, 0.5, 0.05])
        outpatient = split(rng, int(insured * rng.uniform(1.1, 1.9)), [0.2, 0.4, 0.4])
        both = [a + b for a, b in zip(inpatient, outpatient, strict=True)]
        names = ("bhyt_visits_inpatient", "bhyt_visits_outpatient", "bhyt_visits")
        for name, counts in zip(names, (inpatient, outpatient, both), strict=True):
            figures[(area, name, "total", moment)] = sum(counts)
            for tier, count in zip(TIERS, counts, strict=True):
                figures[(area, name, tier, moment)] = count
        posts = [rng.randint(1, 3), hospitals, commune_posts]
        for tier, count in zip(TIERS, posts, strict=True):
            figures[(area, "bhyt_facilities", tier, moment)] = count
        private = rng.randint(0, 2)
        figures[(area, "bhyt_facilities", "total", moment)] = sum(posts)
        figures[(area, "bhyt_facilities", "private", moment)] = private
        figures[(area, "bhyt_facilities", "public", moment)] = sum(posts) - private
        draw_money(rng, figures, area, moment, insured)


def draw_money(
    rng: random.Random, figures: dict[Key, int], area: str, moment: Moment, insured: int
) -> None:
    """Revenue and spending in VND, whole thousands."""
    spent = int(insured * rng.uniform(550, 900))
    outside = int(spent * rng.uniform(0.05, 0.2))
    for name, thousands in (
        ("bhyt_revenue", int(insured * rng.uniform(700, 950))),
        ("bhyt_expenditure_in_province", spent),
        ("bhyt_expenditure_incl_out_of_province", spent + outside),
        ("bhxh_revenue", int(insured * rng.uniform(900, 1500))),
        ("bhtn_revenue", int(insured * rng.uniform(80, 150))),
    ):
        figures[(area, name, "total", moment)] = thousands * 1000
    kinds = ("by_type/outpatient", "by_type/inpatient")
    costs = tuple(f"by_cost/{name}" for name in COSTS)
    for names, shares in ((kinds, [0.45, 0.55]), (costs, list(COST_SHARES))):
        for name, thousands in zip(names, split(rng, spent, shares), strict=True):
            figures[(area, "bhyt_expenditure_in_province", name, moment)] = thousands * 1000
    figures[(area, "bhyt_expenditure_in_province", "by_cost/total", moment)] = spent * 1000


def add_up(figures: dict[Key, int], codes: list[str], province: str) -> None:
    """Let the province be the sum of its districts in every indicator and group."""
    for (area, indicator, group, moment), count in list(figures.items()):
        if area in codes:
            key = (province, indicator, group, moment)
            figures[key] = figures.get(key, 0) + count


def round_half_up(value: Fraction, decimals: int) -> Decimal:
    """A fraction rounded as a spreadsheet shows it: half away from zero."""
    scaled = abs(value) * 10**decimals
    whole = int(scaled + Fraction(1, 2))
    return Decimal(whole if value >= 0 else -whole).scaleb(-decimals)
