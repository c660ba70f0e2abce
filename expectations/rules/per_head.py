"""Money and visits are possible for the number of people insured.

Holds: 155 thousand VND spent a head. Fails: 238 million VND a head, as under "tỷ đồng" where
"triệu đồng" was meant. Where reading has already said that the unit is impossible, it is not said
again. Bounds of money are those of expectations/per_head.csv, those of visits the rule's own; both
hold for a whole year.
"""

import csv
from collections.abc import Iterator

from expectations.rules.linear import relation_id
from expectations.rules.rule import Rule
from expectations.rules.text import among, quoted, term, within
from expectations.vocabulary import PER_HEAD

# The figures whose unit reading found impossible.
SAID = """
            SELECT o.submission_id, o.observation_id FROM observation o
            JOIN (SELECT c.* FROM finding_cell c JOIN finding r ON r.finding_id = c.finding_id
                WHERE r.rule = 'reading.implausible_unit') c
            ON c.submission_id = o.submission_id AND c.sheet = o.sheet AND c.cell = o.cell"""


def compile_rule(rule: Rule) -> str:
    """SQL for the relations between a figure and the people it is for, in the same place."""
    bounds = ", ".join(
        f"({quoted(indicator)}, {quoted(per)}, {quoted(low)}::DECIMAL(20, 3), "
        f"{quoted(high)}::DECIMAL(20, 3))"
        for indicator, per, low, high in _bounds(rule)
    )
    heads = sorted({per for _, per, _, _ in _bounds(rule)})
    return f"""
    WITH measured AS (
        SELECT f.*, p.figure AS people, (p.value::DECIMAL(16, 3) * b.low)::DECIMAL(38, 12) AS low,
            (p.value::DECIMAL(16, 3) * b.high)::DECIMAL(38, 12) AS high
        FROM judged_named f
        JOIN (VALUES {bounds}) b(indicator, per, low, high) ON b.indicator = f.indicator
        JOIN judged_named p ON p.place = f.place AND p.indicator = b.per
            AND {among("p.indicator", heads)} AND p.group_code = 'total'
            AND p.value BETWEEN 1 AND 1000000000
        ANTI JOIN ({SAID}) said ON said.submission_id = f.submission_id
            AND said.observation_id = f.observation_id
        WHERE {among("f.indicator", [one for one, _, _, _ in _bounds(rule)])}
            AND f.group_code = 'total' AND f.value <> 0 AND length(f.period) = 4
            AND {within(rule, "f.period")}
        QUALIFY row_number() OVER (
            PARTITION BY f.figure ORDER BY p.table_no <> f.table_no, p.observation_id) = 1
    )
    SELECT {relation_id(rule, "observation_id")} AS relation_id, submission_id,
        {quoted(rule.rule_id)} AS rule, {quoted(rule.kind)} AS kind,
        CASE WHEN value + half_width < low OR value - half_width > high THEN 'fails'
            ELSE 'holds' END AS status,
        least(greatest(value, low), high) AS computed, low, high, value AS found,
        value - least(greatest(value, low), high) AS gap, false AS improbable,
        [{term("figure", "found")}, {term("people", "people")}] AS terms
    FROM measured"""


def _bounds(rule: Rule) -> Iterator[tuple[str, str, str, str]]:
    """Indicator, what is counted in heads, and the least and the most a head."""
    with PER_HEAD.open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            yield row["indicator"], row["per"], row["low_vnd"], row["high_vnd"]
    for indicator, (low, high) in rule.applies["visits"].items():
        yield indicator, "bhyt_participants", str(low), str(high)
