"""How parts are gathered under their whole, for every kind that adds parts up.

A kind hands over its terms: figures, each with the `structure` it is part of (groups of an
indicator, districts of a province), its `member` label there, and the coordinates of its whole.
The sum is judged when the required members all have a label in the table, or when the table itself
teaches the structure: the same parts give the whole in at least half of its other columns.
A member whose label is there but whose cell is blank counts as nothing.
"""

from expectations.rules.linear import square_of
from expectations.rules.text import quoted, same, term

# A column of the table: everything but the member.
COLUMN = ("submission_id", "table_id", "structure", "area_code", "indicator", "group_code")
PLACE = (*COLUMN, "period", "scenario")
WHOLE_KEY = ("submission_id", "area_code", "indicator", "group_code", "period", "scenario")
# Terms: figure f renamed to the coordinates of its whole.
TERM_COLUMNS = """
    f.observation_id, f.submission_id, f.table_id, f.sheet, f.row_number, f.column_number,
    f.period, f.scenario, f.value, f.half_width"""


def partition_sums(terms: str, required: str, whole: str | None = None) -> str:
    """SQL of LINEAR_COLUMNS: the sum of each column's parts against its whole.

    `terms` is a SELECT of TERM_COLUMNS, structure, member, and the whole's area_code, indicator
    and group_code; `required` a SELECT of submission_id, structure, period, options (lists of
    the labels with which a sum is complete; none: the structure can only be learned). `whole`
    is a constant in place of a printed whole.
    """
    return f"""
    WITH term AS ({terms}),
    required AS ({required}),
    summed AS (
        SELECT {", ".join(PLACE)}, row_number() OVER () AS sum_id,
            sum(value) AS computed, sum(half_width) AS half,
            sum({square_of("half_width")}) AS square, count(*) AS parts,
            min(observation_id) AS first_term,
            list({term("term", "term")}) AS terms
        FROM term GROUP BY {", ".join(PLACE)}
    ),
    label AS (
        SELECT submission_id, table_id, structure, list(DISTINCT member) AS labels
        FROM term GROUP BY submission_id, table_id, structure
    ),
    -- A blank member whose own cell could not be read is not nothing: the sum stays unknown.
    unreadable AS (
        SELECT DISTINCT {", ".join(f"t.{column}" for column in PLACE)}
        FROM term t JOIN judged_unread u ON {same("t", "u", ("submission_id", "sheet"))}
            AND (t.row_number = u.row_number OR t.column_number = u.column_number)
    ),
    {_whole(whole)},
    measured AS (
        SELECT w.*, l.labels, coalesce(abs(found - computed) <= half + found_half, false) AS fits,
            found IS NOT NULL AND found <> 0 AS tells,
            len(list_filter(q.options, lambda members: len(members) > 0
                AND list_has_all(l.labels, members))) > 0 AS complete,
            parts < len(l.labels) AND u.submission_id IS NOT NULL AS blocked
        FROM tested w
        JOIN label l ON {same("l", "w", ("submission_id", "table_id", "structure"))}
        LEFT JOIN required q ON {same("q", "w", ("submission_id", "structure", "period"))}
        LEFT JOIN unreadable u ON {same("u", "w", PLACE)}
    ),
    lesson AS (
        SELECT submission_id, table_id, structure,
            count(*) FILTER (tells) AS told, count(*) FILTER (tells AND fits) AS fitted
        FROM measured GROUP BY submission_id, table_id, structure
    )
    SELECT m.submission_id, concat_ws('|', found_id, structure, first_term) AS identity,
        found, found_half, computed, half, square,
        NOT blocked AND (coalesce(complete, false) OR {_learned()}) AS known,
        {_terms(whole)} AS terms
    FROM measured m JOIN lesson USING (submission_id, table_id, structure)
    WHERE found IS NOT NULL OR complete"""


def _learned() -> str:
    others = "(told - tells::INTEGER)"
    fitting = "(fitted - (tells AND fits)::INTEGER)"
    return f"({others} > 0 AND 2 * {fitting} >= {others})"


def _terms(whole: str | None) -> str:
    if whole:
        return "m.terms"
    found = "{'observation_id': found_id, 'part': 'found', 'coefficient': 1}"
    return f"CASE WHEN found_id IS NULL THEN m.terms ELSE list_prepend({found}, m.terms) END"


def _whole(constant: str | None) -> str:
    """The figure each sum is tested against: its own table's, else those printed elsewhere."""
    if constant:
        return f"""tested AS (
            SELECT *, NULL::VARCHAR AS found_id, {constant}::DECIMAL(38, 12) AS found,
                0::DECIMAL(38, 12) AS found_half FROM summed
        )"""
    return f"""tested AS (
        SELECT s.*, f.observation_id AS found_id, f.value AS found, f.half_width AS found_half
        FROM summed s LEFT JOIN judged_figure f ON {same("f", "s", WHOLE_KEY)}
        QUALIFY f.table_id = s.table_id
            OR NOT coalesce(bool_or(f.table_id = s.table_id) OVER (PARTITION BY sum_id), false)
    )"""


def required_of_groups() -> str:
    """SQL for the members that a partition of groups requires in each period."""
    return """
        SELECT p.submission_id, m.structure, p.period,
            [coalesce(list(m.member) FILTER (
                m.required
                AND coalesce(year(m.valid_from) <= p.year, true)
                AND coalesce(year(m.valid_to) > p.year, true)), [])] AS options
        FROM code_membership m,
            (SELECT DISTINCT submission_id, period, TRY_CAST(left(period, 4) AS INTEGER) AS year
             FROM judged_figure) p
        GROUP BY p.submission_id, m.structure, p.period"""


def constant(number: str) -> str:
    """A constant whole, as SQL."""
    return quoted(number)
