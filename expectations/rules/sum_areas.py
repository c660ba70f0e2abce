"""Districts add up to their province (provinces to the country).

Holds: 3 districts with 13.621, 2.859 and 2.747 people and a province of 19.227.

Fails (Hà Giang 2014): 11 districts add up to 748.190, the province says 752.190; rounding explains
half a unit for each of the twelve figures. Judged when the table's labels hold every district that
the province had on the document's date (or in the period's year), or when the table's other sums
teach that its districts are all of them. Rates and shares do not add up.
"""

from expectations.rules.linear import judged_linear
from expectations.rules.partition import TERM_COLUMNS, partition_sums
from expectations.rules.rule import Rule
from expectations.rules.text import among, within

# An area's parent as of the submission's date, else its latest (a unit that was abolished since).
PARENT = """
    SELECT s.submission_id, a.area_code, arg_max(a.parent, (
        coalesce(a.valid_from <= s.on_date, true) AND coalesce(a.valid_to > s.on_date, true),
        coalesce(a.valid_from, DATE '0001-01-01'))) AS parent
    FROM judged_submission s, code_area a
    WHERE a.area_code IN (SELECT area_code FROM judged_figure)
    GROUP BY ALL"""
# Complete by the areas of the document's date, or by those of the period's own year: a report of
# 2021 may list today's units for 2018, or those of 2018.
REQUIRED = """
    SELECT submission_id, structure, period, list(members) AS options FROM (
        SELECT d.submission_id, a.parent AS structure, d.period, d.on_date,
            list(DISTINCT a.area_code) AS members
        FROM (
            SELECT DISTINCT f.submission_id, f.period, unnest([
                s.on_date, least(s.on_date, TRY_CAST(left(f.period, 4) || '-12-31' AS DATE))
            ]) AS on_date
            FROM judged_figure f JOIN judged_submission s USING (submission_id)
        ) d
        JOIN code_area a ON coalesce(a.valid_from <= d.on_date, true)
            AND coalesce(a.valid_to > d.on_date, true)
        WHERE a.parent <> ''
        GROUP BY ALL
    ) GROUP BY ALL"""


def compile_rule(rule: Rule) -> str:
    """SQL for the relations between areas and the area that holds them."""
    terms = f"""
        SELECT {TERM_COLUMNS}, p.parent AS structure, f.area_code AS member,
            p.parent AS area_code, f.indicator, f.group_code
        FROM judged_figure f JOIN ({PARENT}) p
            ON p.submission_id = f.submission_id AND p.area_code = f.area_code
        WHERE {among("f.kind", rule.applies["indicator_kinds"])} AND p.parent <> ''
            AND {within(rule, "f.period")}"""
    return judged_linear(rule, partition_sums(terms, REQUIRED), "equal")
