"""Tables of true figures, rounded any which way, never fail; a slip that shows does."""

from decimal import ROUND_HALF_UP, Decimal
from itertools import pairwise

from drawn import DOCUMENT_DATE, judged
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from expectations.rules.rule import load_rules

DISTRICTS = ("608", "610", "611", "612", "613", "614", "615", "616", "617", "618")
PAYERS = (
    "employee_employer",
    "si_agency",
    "state_budget_full",
    "state_budget_partial",
    "household",
)
YEARS = (2016, 2017, 2018)
Counts = list[list[list[int]]]  # by year, district and payer

counts = st.lists(
    st.lists(st.lists(st.integers(0, 40_000), min_size=5, max_size=5), min_size=10, max_size=10),
    min_size=3,
    max_size=3,
)
# The last printed digit of people (1, 10, 100) and of percentages, table by table.
precisions = st.tuples(st.integers(0, 2), st.integers(0, 3))
uncovered = st.integers(1, 5_000)


def people(value: int, digits: int) -> str:
    step = Decimal(10) ** digits
    printed = (Decimal(value) / step).quantize(Decimal(1), ROUND_HALF_UP) * step
    return f"{printed:f}~{step / 2}"


def percent(over: int, under: int, decimals: int) -> str:
    exact = Decimal(100 * over) / Decimal(under)
    return f"{exact.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP):f}"


def line(meaning: str, cells: list[str]) -> str:
    return " | ".join([meaning, *cells])


def groups_table(truth: Counts, precision: tuple[int, int], without: int) -> str:
    """Payer groups, shares, population, rate, change and index of the province, by year."""
    digits, decimals = precision
    groups = [[sum(d[p] for d in year) for p in range(5)] for year in truth]
    totals = [max(1, sum(group)) for group in groups]
    for group, total in zip(groups, totals, strict=True):
        group[0] += total - sum(group)
    lines = [line("", [str(year) for year in YEARS])]
    lines += [line("population", [people(total + without, digits) for total in totals])]
    lines += [line("bhyt_participants", [people(total, digits) for total in totals])]
    for place, payer in enumerate(PAYERS):
        parts = [group[place] for group in groups]
        lines += [line(f"bhyt_participants@{payer}", [people(part, digits) for part in parts])]
        shares = [percent(p, t, decimals) for p, t in zip(parts, totals, strict=True)]
        lines += [line(f"bhyt_participant_share_pct@{payer}", shares)]
    rates = [percent(total, total + without, decimals) for total in totals]
    lines += [line("bhyt_coverage_pct", rates)]
    pairs = list(pairwise(totals))
    changes = ["", *(people(now - last, digits) for last, now in pairs)]
    indices = ["", *(percent(now, last, decimals) for last, now in pairs)]
    lines += [line("bhyt_participants_change_prev_year", changes)]
    lines += [line("bhyt_participants_index_prev_year_pct", indices)]
    return "\n".join(lines)


def districts_table(truth: Counts, digits: int) -> str:
    """Participants of every district and of the province, by year."""
    lines = [line("", [str(year) for year in YEARS])]
    for place, code in enumerate(DISTRICTS):
        figures = [sum(year[place]) for year in truth]
        lines += [line(f"{code}:bhyt_participants", [people(f, digits) for f in figures])]
    totals = [sum(map(sum, year)) for year in truth]
    return "\n".join([*lines, line("bhyt_participants", [people(t, digits) for t in totals])])


@settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck))
@given(counts, precisions, precisions, uncovered)
def test_rounding_never_fails(
    truth: Counts, first: tuple[int, int], second: tuple[int, int], without: int
) -> None:
    assert DOCUMENT_DATE > "2018"
    if min(sum(map(sum, year)) for year in truth) == 0:
        truth[0][0][0] = truth[1][0][0] = truth[2][0][0] = 1
    tables = {
        "groups": groups_table(truth, first, without),
        "districts": districts_table(truth, second[0]),
    }
    with judged(**tables) as connection:
        # Warnings look at sizes and growth, and such figures come as they may.
        failing = connection.execute(
            "SELECT rule, found, low, high FROM relation WHERE status = 'fails' "
            "AND list_contains(?, rule)",
            [[rule.rule_id for rule in load_rules() if rule.severity == "critical"]],
        ).fetchall()
        told = dict(
            connection.execute(
                "SELECT rule, count(*) FROM relation WHERE status <> 'unknown' GROUP BY rule"
            ).fetchall()
        )
    assert failing == []
    assert told["sum_groups"] == told["sum_districts"] == told["pct_sum_100"] == 3
    assert told["ratio_count_population"] == 3
    assert told["share_of_total"] == 15
    assert told["change_prev_year"] == 2


@settings(max_examples=6, deadline=None, suppress_health_check=list(HealthCheck))
@given(counts, st.integers(0, 2), st.integers(0, 9), st.sampled_from([-1, 1]))
def test_a_slip_larger_than_rounding_is_always_seen(
    truth: Counts, year: int, district: int, sign: int
) -> None:
    """Eleven figures printed to the unit explain 5.5 people: a slip of 12 cannot hide."""
    slipped = [[list(one) for one in each] for each in truth]
    slipped[year][district][0] += 12 * sign
    right, wrong = districts_table(truth, 0), districts_table(slipped, 0)
    drawing = [*wrong.splitlines()[:-1], right.splitlines()[-1]]
    with judged(t="\n".join(drawing)) as connection:
        failing = connection.execute(
            "SELECT gap::INTEGER FROM relation WHERE rule = 'sum_districts' AND status = 'fails'"
        ).fetchall()
    assert failing == [(-12 * sign,)]
