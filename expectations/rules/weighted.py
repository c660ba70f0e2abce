"""Some weighting of the districts fits: the populations that they imply add up to the province's.

A district of 49.386 people covered at 72,4% has between 68.164 and 68.260 people.

Holds: 3 districts that imply 68.164 to 68.260, 20.050 to 20.092 and 30.101 to 30.160 people, and a
province of 118.400.

Fails (Cao Bằng 2014): 13 districts imply 523.064 to 523.641 people, the province says 519.538: the
districts' rates were made with other populations, and no single cell explains it. Judged when the
districts are all of them: when their counts add up to the province's, or, where the province prints
no count, when they are those of the code list. Districts that print their populations are judged by
those.
"""

from expectations.rules.linear import relation_id
from expectations.rules.rule import Rule
from expectations.rules.sum_areas import REQUIRED
from expectations.rules.text import of_kinds, quoted, same, term

SUM = ("submission_id", "table_no", "structure", "period", "scenario", "numerator", "denominator")
PLACE = ("submission_id", "period", "scenario")
# Quotients to twelve decimals of a person, rounded outwards: the interval is no float and never too
# narrow by a digit. Counts below 1e10 with four decimals, percentages with six; else unknown.
COUNT, PERCENT = "DECIMAL(14, 4)", "DECIMAL(14, 6)"
PEOPLE = "DECIMAL(38, 12)"
NEEDS = ("judged_upper",)


def compile_rule(rule: Rule) -> str:
    """SQL for the relations between the districts' implied populations and the province's."""
    columns = ", ".join(SUM)
    return f"""
    WITH rated AS (
        SELECT f.*, a.parent AS structure FROM ({of_kinds(rule)}) f
        JOIN judged_upper a ON a.place = f.place
        WHERE f.group_code = 'total'
    ),
    paired AS MATERIALIZED (
        SELECT r.submission_id, r.table_no, r.structure, r.period, r.scenario, r.numerator,
            r.denominator, r.area_code, n.value, n.half_width, r.figure AS rate, n.figure AS count,
            {_people("n.value", "r.value")} AS implied,
            {_people("n.value - n.half_width", "r.value + r.half_width")} AS low,
            {_people("n.value + n.half_width", "r.value - r.half_width", up=True)} AS high
        FROM rated r JOIN judged_named n ON n.place = r.place AND n.table_no = r.table_no
            AND n.indicator = r.numerator AND n.group_code = r.group_code
        ANTI JOIN judged_named d ON d.place = r.place AND d.indicator = r.denominator
            AND d.group_code = 'total'
    ),
    asked AS (SELECT DISTINCT submission_id, structure, period FROM paired),
    required AS ({REQUIRED}),
    summed AS MATERIALIZED (
        SELECT {columns}, sum(implied)::{PEOPLE} AS computed, sum(low)::{PEOPLE} AS low,
            sum(high)::{PEOPLE} AS high, count(*) AS parts, count(low) + count(high) AS bounded,
            sum(value) AS counted, sum(half_width) AS half, list(DISTINCT area_code) AS members,
            flatten(list([{term("count", "people")}, {term("rate", "rate")}])) AS terms
        FROM paired GROUP BY {columns}
    ),
    tested AS ({_tested()}),
    decided AS (
        SELECT t.*, concat_ws('|', observation_id, table_no) AS identity,
            bounded = 2 * parts AND coalesce(adds_up, len(list_filter(q.options, lambda m:
                len(m) > 0 AND list_has_all(members, m))) > 0) AS known
        FROM tested t
        LEFT JOIN required q ON {same("q", "t", ("submission_id", "structure", "period"))}
    )
    SELECT {relation_id(rule)} AS relation_id, submission_id, {quoted(rule.rule_id)} AS rule,
        {quoted(rule.kind)} AS kind,
        CASE WHEN NOT coalesce(known, false) THEN 'unknown'
            WHEN found = round(computed) THEN 'holds'
            WHEN found + half_width >= low AND found - half_width <= high THEN 'rounding'
            ELSE 'fails' END AS status,
        computed, low, high, found, found - computed AS gap, false AS improbable,
        list_prepend({term("figure", "found")}, terms) AS terms
    FROM decided"""


def _people(count: str, percent: str, *, up: bool = False) -> str:
    """The people of whom `count` are `percent`, by integers; NULL where none can be."""
    over = f"(TRY_CAST({count} AS {COUNT}) * 10000)::HUGEINT * 10000000000000000"
    under = f"(TRY_CAST({percent} AS {PERCENT}) * 1000000)::HUGEINT"
    quotient = f"({over}) // nullif(greatest({under}, 0), 0)" + (" + 1" if up else "")
    return f"(TRY_CAST({quotient} AS DECIMAL(25, 0)) * 0.000000000001::DECIMAL(13, 12))"


def _tested() -> str:
    """Each sum beside the printed whole: its own table's, else a table's, else a note's."""
    return f"""
        SELECT s.* EXCLUDE (half), w.figure, w.observation_id, w.value AS found, w.half_width,
            abs(c.value - s.counted) <= c.half_width + s.half AS adds_up
        FROM summed s
        JOIN judged_named w ON w.area_code = s.structure AND w.indicator = s.denominator
            AND w.group_code = 'total' AND {same("w", "s", PLACE)}
        JOIN judged_table t ON t.table_no = w.table_no
        LEFT JOIN judged_named c ON c.area_code = s.structure AND c.indicator = s.numerator
            AND c.group_code = 'total' AND c.table_no = s.table_no AND {same("c", "s", PLACE)}
        QUALIFY row_number() OVER (
            PARTITION BY {", ".join(f"s.{column}" for column in SUM)}
            ORDER BY w.table_no <> s.table_no, t.is_note, w.table_no, w.observation_id) = 1"""
