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
from expectations.rules.text import of_kinds

# Complete by the areas of the document's date, or by those of the period's own year: a report of
# 2021 may list today's units for 2018, or those of 2018.
REQUIRED = """
    SELECT d.submission_id, d.structure, d.period, list(q.members) AS options, options AS expected
    FROM (
        SELECT a.submission_id, a.structure, a.period, unnest(list_distinct([
            s.on_date, least(s.on_date, TRY_CAST(left(a.period, 4) || '-12-31' AS DATE))
        ])) AS on_date
        FROM asked a JOIN judged_submission s ON s.submission_id = a.submission_id
    ) d
    JOIN (
        SELECT p.structure, p.on_date, list(DISTINCT a.area_code) AS members
        FROM (
            SELECT DISTINCT a.structure, unnest([
                s.on_date, least(s.on_date, TRY_CAST(left(a.period, 4) || '-12-31' AS DATE))
            ]) AS on_date
            FROM asked a JOIN judged_submission s ON s.submission_id = a.submission_id
        ) p
        JOIN code_area a ON a.parent = p.structure AND coalesce(a.valid_from <= p.on_date, true)
            AND coalesce(a.valid_to > p.on_date, true)
        GROUP BY p.structure, p.on_date
    ) q ON q.structure = d.structure AND q.on_date = d.on_date
    GROUP BY d.submission_id, d.structure, d.period"""
NEEDS = ("judged_upper",)


def compile_rule(rule: Rule) -> str:
    """SQL for the relations between areas and the area that holds them."""
    terms = f"""
        SELECT {TERM_COLUMNS}, a.parent AS structure, f.area_code AS member,
            a.upper_place AS place, f.meaning_no AS whole_no, '' AS kin
        FROM ({of_kinds(rule)}) f
        JOIN judged_upper a ON a.place = f.place"""
    return judged_linear(rule, partition_sums(terms, REQUIRED), "equal")
