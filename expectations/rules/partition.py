"""How parts are gathered under their whole, for every kind that adds parts up.

A kind hands over its terms: figures, each with the `structure` it is part of (groups of an
indicator, districts of a province), its `member` label there, and the coordinates of its whole.
The sum is judged when the required members all have a label in the table, or when the table itself
teaches the structure: the same parts give the whole in at least half of its other columns. What a
blank cell means to it, `blanks` says.

Where all other sums of a structure in the table hold to the unit (eight of them or more), its
figures were tallied, not rounded: a sum that is off by two units is improbable there.
"""

from expectations.rules.blanks import blanks
from expectations.rules.text import MEANING_BITS, quoted, same, term

# A sum: the parts of one whole in one table. `whole_no` is NULL where the whole is printed nowhere.
SUM = ("table_no", "structure", "place", "whole_no", "kin")
TABLE = ("table_no", "structure")
# Thirteen rounded figures add up to the digit in two of five tables, eight times in a row in one of
# 1,500; and then off by two units in one of twenty.
TALLIED_SUMS = 8
# Terms: figures, with the place, the meaning and the kin of their whole beside them.
TERM_COLUMNS = "f.figure, f.observation_id, f.table_no, f.spot, f.value, f.half_width"


def partition_sums(terms: str, required: str, whole: str | None = None) -> str:
    """SQL of LINEAR_COLUMNS: the sum of each column's parts against its whole.

    `terms` is a SELECT of TERM_COLUMNS, structure, member, and the whole's place, whole_no (its
    meaning_no) and kin (what tells it from other wholes of the structure in the same place);
    `required` a SELECT over `asked` (submission_id, structure, period) that adds options: lists of
    the labels with which a sum is complete (none: it can only be learned), and expected: lists of
    the labels that may have a figure then. `whole` is a constant in place of a printed whole.
    """
    return f"""
    WITH term AS MATERIALIZED ({terms}),
    -- What `required` is asked for.
    asked AS MATERIALIZED (
        SELECT DISTINCT p.submission_id, t.structure, p.period
        FROM (SELECT DISTINCT structure, place FROM term) t JOIN judged_place p USING (place)
    ),
    required AS ({required}),
    summed AS MATERIALIZED (
        SELECT {", ".join(SUM)}, row_number() OVER () AS sum_id,
            sum(t.value) AS computed, sum(t.half_width) AS half,
            sum(h.square) AS square, count(*) AS parts, min(observation_id) AS first_term,
            list({term("figure", "term")}) AS terms
        FROM term t JOIN judged_half h ON h.half_width = t.half_width GROUP BY {", ".join(SUM)}
    ),
    label AS (
        SELECT table_no, structure, list(DISTINCT member) AS labels
        FROM term GROUP BY table_no, structure
    ),
    complete AS MATERIALIZED (
        SELECT s.*, l.labels, q.expected, len(list_filter(q.options, lambda members:
            len(members) > 0 AND list_has_all(l.labels, members))) > 0 AS complete
        FROM (
            SELECT DISTINCT s.table_no, s.structure, p.submission_id, p.period
            FROM summed s JOIN judged_place p USING (place)
        ) s
        JOIN label l ON {same("l", "s", TABLE)}
        LEFT JOIN required q ON {same("q", "s", ("submission_id", "structure", "period"))}
    ),
    {_whole(whole)},
    {blanks(_same_sum())},
    {_measured()}
    SELECT m.submission_id, concat_ws('|', found_id, structure, first_term) AS identity,
        found, found_half, computed, half,
        CASE WHEN {_tallied()} THEN 2 * found_square ELSE square + found_square END AS square,
        NOT blocked AND (coalesce(complete, false) OR {_learned()}) AS known,
        {_terms(whole)} AS terms
    FROM measured m JOIN lesson USING (table_no, structure)
    WHERE found IS NOT NULL OR complete"""


def _measured() -> str:
    """Each sum beside its whole, and how often the other sums of its structure fit."""
    return f"""measured AS MATERIALIZED (
        SELECT w.*, p.submission_id, c.complete,
            k.sum_id IS NOT NULL OR (parts < len(c.labels) AND u.sum_id IS NOT NULL) AS blocked,
            coalesce(abs(found - computed) <= half + found_half, false) AS fits,
            found IS NOT NULL AND found <> 0 AND NOT blocked AS tells,
            coalesce(found = computed, false) AS exact
        FROM tested w
        JOIN judged_place p ON p.place = w.place
        JOIN complete c ON {same("c", "w", TABLE)} AND c.period = p.period
        LEFT JOIN unreadable u ON u.sum_id = w.sum_id
        LEFT JOIN lacking k ON k.sum_id = w.sum_id
    ),
    lesson AS (
        SELECT table_no, structure,
            count(*) FILTER (tells) AS told, count(*) FILTER (tells AND fits) AS fitted,
            count(*) FILTER (tells AND exact) AS exactly
        FROM measured GROUP BY table_no, structure
    )"""


def _learned() -> str:
    others = "(told - tells::INTEGER)"
    fitting = "(fitted - (tells AND fits)::INTEGER)"
    return f"({others} > 0 AND 2 * {fitting} >= {others})"


def _tallied() -> str:
    """Whether the table shows that its sums are exact; then a gap² of 6 half-widths² is too much.

    Two units are four half-widths: 16 > 3 · 2. One unit is two: 4 < 6.
    """
    others = "(exactly - (tells AND exact)::INTEGER)"
    return (
        f"{others} >= {TALLIED_SUMS} AND {others} = told - tells::INTEGER "
        "AND half = parts * found_half"
    )


def _terms(whole: str | None) -> str:
    if whole:
        return "m.terms"
    prepended = f"list_prepend({term('found_figure', 'found')}, m.terms)"
    return f"CASE WHEN found_figure IS NULL THEN m.terms ELSE {prepended} END"


def _whole(constant: str | None) -> str:
    """The figure each sum is tested against: its own table's, else those printed elsewhere."""
    if constant:
        return f"""tested AS (
            SELECT *, NULL::INTEGER AS found_figure, NULL::VARCHAR AS found_id,
                {constant}::DECIMAL(38, 12) AS found, 0::DECIMAL(38, 12) AS found_half,
                0::DECIMAL(38, 12) AS found_square FROM summed
        )"""
    return f"""printed AS (
            SELECT s.sum_id, f.figure AS found_figure, f.observation_id AS found_id,
                f.value AS found, f.half_width AS found_half, f.table_no = s.table_no AS own
            FROM summed s JOIN judged_figure f
                ON f.meaning = (s.place::BIGINT << {MEANING_BITS}) + s.whole_no
        ),
        tested AS (
            SELECT s.*, w.* EXCLUDE (sum_id, own), h.square AS found_square
            FROM summed s LEFT JOIN (
                SELECT * FROM printed QUALIFY own OR NOT bool_or(own) OVER (PARTITION BY sum_id)
            ) w ON w.sum_id = s.sum_id
            LEFT JOIN judged_half h ON h.half_width = w.found_half
        )"""


def _same_sum() -> str:
    return " AND ".join(f"s.{column} IS NOT DISTINCT FROM t.{column}" for column in SUM)


def required_of_groups() -> str:
    """SQL for the members that a partition of groups requires, and may have, in each period."""
    existed = (
        "coalesce(year(m.valid_from) <= p.year, true) AND coalesce(year(m.valid_to) > p.year, true)"
    )
    return f"""
        SELECT a.submission_id, a.structure, a.period, q.options, q.expected FROM asked a JOIN (
            SELECT m.structure, p.period,
                [coalesce(list(m.member) FILTER (m.required AND {existed}), [])] AS options,
                [coalesce(list(m.member) FILTER ({existed}), [])] AS expected
            FROM code_membership m JOIN (
                SELECT DISTINCT structure, period, TRY_CAST(left(period, 4) AS INTEGER) AS year
                FROM asked) p ON p.structure = m.structure
            GROUP BY m.structure, p.period
        ) q ON q.structure = a.structure AND q.period = a.period"""


def constant(number: str) -> str:
    """A constant whole, as SQL."""
    return quoted(number)
