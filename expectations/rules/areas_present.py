"""A table that lists a province's districts lists all of them.

Holds: the ten districts of Kon Tum, or nine in a table of 2014, when the tenth was not founded.

Fails: nine of ten in a table of 2018. A table with fewer than `at_least_pct` of them is of some
districts only, and is let alone. Complete is what was so on the document's date, or in the year of
one of the table's periods; a district whose cells are all blank is missing.
"""

from expectations.rules.linear import relation_id
from expectations.rules.rule import Rule
from expectations.rules.sum_areas import REQUIRED
from expectations.rules.text import quoted, same, term

TABLE = ("submission_id", "table_no", "structure")
NEEDS = ("judged_upper",)


def compile_rule(rule: Rule) -> str:
    """SQL for one relation a table and province: how many districts it lists, and must list."""
    columns = ", ".join(TABLE)
    return f"""
    WITH placed AS (
        SELECT table_no, place, arg_min(figure, spot) AS figure,
            min(spot) AS named_by
        FROM judged_figure GROUP BY table_no, place
    ),
    listed AS MATERIALIZED (
        SELECT p.submission_id, f.table_no, a.parent AS structure, p.area_code,
            arg_min(f.figure, f.named_by) AS figure,
            min(f.named_by) AS named_by, list(DISTINCT p.period) AS periods
        FROM placed f JOIN judged_upper a ON a.place = f.place AND a.parent <> 'VN'
        JOIN judged_place p ON p.place = f.place
        GROUP BY p.submission_id, f.table_no, a.parent, p.area_code
    ),
    asked AS (SELECT DISTINCT submission_id, structure, unnest(periods) AS period FROM listed),
    required AS ({REQUIRED}),
    lists AS (
        SELECT {columns}, list(area_code ORDER BY area_code) AS members,
            arg_min(figure, named_by) AS figure,
            list_distinct(flatten(list(periods))) AS periods
        FROM listed GROUP BY {columns}
    ),
    compared AS (
        SELECT l.*, o.option, list_sort(list_filter(o.option, lambda m:
            NOT list_contains(l.members, m))) AS missing
        FROM lists l
        JOIN required q ON {same("q", "l", ("submission_id", "structure"))}
            AND list_contains(l.periods, q.period),
        unnest(q.options) o(option)
    ),
    decided AS (
        SELECT *, t.table_id || '|' || structure AS identity, len(option) AS wanted,
            len(option) - len(missing) AS present
        FROM compared JOIN judged_table t USING (submission_id, table_no)
        WHERE len(option) > 1
            AND 100 * (len(option) - len(missing)) >= {rule.applies["at_least_pct"]} * len(option)
        QUALIFY row_number() OVER (
            PARTITION BY {columns} ORDER BY len(missing), wanted DESC, missing) = 1
    )
    SELECT {relation_id(rule)} AS relation_id, submission_id, {quoted(rule.rule_id)} AS rule,
        {quoted(rule.kind)} AS kind,
        CASE WHEN len(missing) = 0 THEN 'holds' ELSE 'fails' END AS status,
        wanted::DECIMAL(38, 12) AS computed, wanted::DECIMAL(38, 12) AS low,
        wanted::DECIMAL(38, 12) AS high, present::DECIMAL(38, 12) AS found,
        (present - wanted)::DECIMAL(38, 12) AS gap, false AS improbable,
        [{term("figure", "found")}] AS terms, missing AS named
    FROM decided"""
