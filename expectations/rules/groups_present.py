"""A table that parts a total into groups names every group that the total must have.

Holds: the five payer groups; or four of them that add up to the total, before there were five.

Fails: four of five payer groups that fall short of the total: one was left out. Only for parts of
`least` groups and more, of which the table names three and most: fewer are "of which".
"""

from expectations.rules.linear import relation_id
from expectations.rules.partition import required_of_groups
from expectations.rules.rule import Rule
from expectations.rules.text import among, quoted, same, term, within

TABLE = ("submission_id", "table_no", "structure")


def compile_rule(rule: Rule) -> str:
    """SQL for one relation a table and partition: how many groups it names, and must name."""
    columns, least = ", ".join(TABLE), rule.applies["least"]
    return f"""
    WITH part AS MATERIALIZED (
        SELECT f.submission_id, f.table_no, m.structure, m.member, f.period, f.figure, f.value,
            f.observation_id, f.half_width, f.place, f.indicator, m.parent
        FROM judged_named f JOIN code_membership m
            ON m.indicator = f.indicator AND m.member = f.group_code
        WHERE {among("m.kind", rule.applies["indicator_kinds"])} AND {within(rule, "f.period")}
    ),
    asked AS (SELECT DISTINCT submission_id, structure, period FROM part),
    required AS ({required_of_groups()}),
    fell_short AS (
        SELECT {", ".join(f"p.{column}" for column in TABLE)}, p.period
        FROM part p JOIN judged_named w ON w.place = p.place AND w.indicator = p.indicator
            AND w.group_code = p.parent AND w.table_no = p.table_no
        GROUP BY {", ".join(f"p.{column}" for column in TABLE)}, p.period, p.place, w.value,
            w.half_width
        HAVING sum(p.value) + sum(p.half_width) < w.value - w.half_width
    ),
    labelled AS (
        SELECT {columns}, list(DISTINCT member) AS members,
            arg_min(figure, observation_id) AS figure
        FROM part GROUP BY {columns}
    ),
    judged AS (
        SELECT l.*, s.period, q.options[1] AS option,
            list_sort(list_filter(q.options[1], lambda m: NOT list_contains(l.members, m)))
                AS missing
        FROM labelled l
        JOIN required q ON {same("q", "l", ("submission_id", "structure"))}
        LEFT JOIN fell_short s ON {same("s", "l", TABLE)} AND s.period = q.period
        WHERE len(q.options[1]) >= {least}
        QUALIFY row_number() OVER (PARTITION BY {", ".join(f"l.{column}" for column in TABLE)}
            ORDER BY s.period IS NULL, q.period DESC) = 1
    ),
    decided AS (
        SELECT *, t.table_id || '|' || structure AS identity, len(option) AS wanted,
            len(option) - len(missing) AS present
        FROM judged JOIN judged_table t USING (submission_id, table_no)
        WHERE len(option) - len(missing) >= 3 AND 2 * len(missing) < len(option)
    )
    SELECT {relation_id(rule)} AS relation_id, submission_id, {quoted(rule.rule_id)} AS rule,
        {quoted(rule.kind)} AS kind,
        CASE WHEN len(missing) = 0 OR period IS NULL THEN 'holds' ELSE 'fails' END AS status,
        wanted::DECIMAL(38, 12) AS computed, wanted::DECIMAL(38, 12) AS low,
        wanted::DECIMAL(38, 12) AS high, present::DECIMAL(38, 12) AS found,
        (present - wanted)::DECIMAL(38, 12) AS gap, false AS improbable,
        [{term("figure", "found")}] AS terms, missing AS named
    FROM decided"""
