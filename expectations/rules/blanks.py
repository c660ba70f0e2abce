"""What a blank cell means to a sum.

A member whose label is there but whose cell is blank counts as nothing where the sum holds without
it. Where it does not, and a figure in the blank might make it hold (the whole is above the parts,
or they may be negative), a term is missing: the sum is unknown. Parts that exceed their whole fail,
blank or not; so does a sum whose blank is a member that did not exist then.
"""


def blanks(same_sum: str) -> str:
    """SQL of two more tables of `partition_sums`: the sums that are `unreadable` or `lacking`.

    `same_sum` says that term t belongs to sum s.
    """
    return f"""
    -- A blank member whose own cell could not be read is not nothing: the sum stays unknown.
    unreadable AS (
        SELECT DISTINCT s.sum_id
        FROM term t JOIN judged_table b ON b.table_no = t.table_no
        JOIN judged_unread u ON b.submission_id = u.submission_id AND b.sheet = u.sheet
            AND (t.spot >> 36 = u.row_number OR (t.spot >> 16) % (1 << 20) = u.column_number)
        JOIN summed s ON {same_sum}
    ),
    gaping AS MATERIALIZED (
        SELECT w.sum_id, c.labels, c.expected
        FROM tested w JOIN complete c ON c.table_no = w.table_no AND c.structure = w.structure
        JOIN judged_place p ON p.place = w.place AND p.period = c.period
        LEFT JOIN judged_meaning k ON k.meaning_no = w.whole_no
        WHERE parts < len(c.labels) AND abs(found - computed) > half + found_half
            AND (found > computed OR coalesce(k.kind = 'change', false))
    ),
    lacking AS (
        SELECT g.sum_id FROM gaping g JOIN (
            SELECT s.sum_id, list(t.member) AS members
            FROM term t JOIN (FROM summed SEMI JOIN gaping USING (sum_id)) s ON {same_sum}
            GROUP BY s.sum_id
        ) own ON own.sum_id = g.sum_id
        WHERE coalesce(len(list_filter(g.expected, lambda members:
            list_has_all(own.members, list_intersect(members, g.labels)))), 0) = 0
    )"""
