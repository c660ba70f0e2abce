"""The population that a count and its rate imply moves from year to year as its neighbours' does.

Holds: 49.386 people at 72,4% and 52.039 at 76,0% imply 68.213 and 68.472 people.

Fails (Cao Bằng 2015): 34.658 at 99,7%, then 32.905 at 97,0% imply 34.762 and 33.923 people, 2,4%
less, where the other districts grow by 0,3%. The step is compared with the median of its table's
(from `peers` of them on, else with `usual_pct` a year) and fails when no figures inside the printed
ones bring it within `apart_pct` a year. Where the population is printed, the rate is judged by it.
"""

from expectations.rules.linear import relation_id
from expectations.rules.rule import Rule
from expectations.rules.text import of_kinds, quoted, same, term

STEP = ("table_no", "indicator", "year", "last_year")


def compile_rule(rule: Rule) -> str:
    """SQL for the relations between implied populations of one year and the next."""
    limits = rule.applies
    usual = f"ln(1 + {limits['usual_pct']} / 100.0) * (s.year - s.last_year)"
    apart = f"ln(1 + {limits['apart_pct']} / 100.0) * (s.year - s.last_year)"
    return f"""
    WITH implied AS (
        SELECT r.submission_id, r.table_no, r.area_code, r.indicator, r.figure AS rate,
            r.observation_id, r.scenario, n.figure AS people,
            TRY_CAST(r.period AS INTEGER) AS year,
            100 * n.value::DOUBLE / r.value::DOUBLE AS value,
            100 * (n.value - n.half_width)::DOUBLE / (r.value + r.half_width)::DOUBLE AS low,
            100 * (n.value + n.half_width)::DOUBLE / (r.value - r.half_width)::DOUBLE AS high
        FROM ({of_kinds(rule)}) r
        JOIN judged_named n ON n.place = r.place AND n.table_no = r.table_no
            AND n.indicator = r.numerator AND n.group_code = r.group_code
        ANTI JOIN judged_named d ON d.place = r.place AND d.indicator = r.denominator
        WHERE r.group_code = 'total' AND r.denominator = {quoted(limits["denominator"])}
            AND r.value > r.half_width AND n.value > n.half_width
    ),
    stepped AS (
        SELECT *, last.year AS last_year, ln(value / last.value) AS ratio FROM (
            SELECT *, lag({{'rate': rate, 'people': people, 'value': value, 'low': low,
                'high': high, 'year': year}}) OVER (
                PARTITION BY table_no, area_code, indicator ORDER BY year, scenario) AS last
            FROM implied WHERE year IS NOT NULL
        ) WHERE last.year < year
    ),
    peers AS (
        SELECT {", ".join(STEP)}, median(ratio) AS usual FROM stepped
        GROUP BY {", ".join(STEP)} HAVING count(*) >= {limits["peers"]}
    ),
    decided AS (
        SELECT s.*, coalesce(p.usual, {usual}) AS expected,
            last.low * exp(expected - {apart}) AS least, last.high * exp(expected + {apart}) AS most
        FROM stepped s LEFT JOIN peers p ON {same("p", "s", STEP)}
    )
    SELECT {relation_id(rule, "observation_id")} AS relation_id, submission_id,
        {quoted(rule.rule_id)} AS rule, {quoted(rule.kind)} AS kind,
        CASE WHEN high < least OR low > most THEN 'fails' ELSE 'holds' END AS status,
        {_people("last.value * exp(expected)")} AS computed, {_people("least")} AS low,
        {_people("most")} AS high, {_people("value")} AS found,
        {_people("value")} - {_people("last.value * exp(expected)")} AS gap, false AS improbable,
        [{term("people", "found")}, {term("rate", "rate")},
            {term("last.people", "last_people")}, {term("last.rate", "last_rate")}] AS terms
    FROM decided"""


def _people(number: str) -> str:
    """A computed number of people for the eye, to the unit."""
    return f"TRY_CAST(round({number}) AS DECIMAL(38, 12))"
