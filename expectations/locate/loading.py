"""Loading what localisation needs of judged submissions: only the parts where something fails."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from fractions import Fraction
from functools import cache
from typing import TYPE_CHECKING, Any

from expectations.locate.graph import Figure, Graph, Relation
from expectations.locate.intervals import SIDED

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

# The submissions in which something fails, and all that is theirs, gathered once: a semi join with
# few of them skips what else the warehouse holds, where a list of ids would be asked of every row.
FAILED = """
CREATE OR REPLACE TEMP TABLE located_failed AS
SELECT DISTINCT submission_id FROM relation
SEMI JOIN (SELECT unnest($ids::VARCHAR[]) AS submission_id) USING (submission_id)
WHERE status = 'fails'"""
OWN = """
CREATE OR REPLACE TEMP TABLE located_own_{table} AS
SELECT {columns} FROM {table} SEMI JOIN located_failed USING (submission_id)"""
GATHERED = {
    "relation": "submission_id, relation_id, rule, kind, status, found, computed, low, high, gap",
    "relation_term": "submission_id, relation_id, observation_id, part, coefficient",
    "observation": "observation_id, submission_id, table_id, sheet, cell, row_number, "
    "column_number, position, typed_text, area_code, indicator, group_code, period, scenario, "
    "unit, decimals, value, half_width, hidden",
}
# The figures that failing relations touch, and every relation of theirs that is decided.
SUSPECT = """
CREATE OR REPLACE TEMP TABLE located_suspect AS
SELECT DISTINCT t.submission_id, t.observation_id
FROM located_own_relation r JOIN located_own_relation_term t
    ON t.submission_id = r.submission_id AND t.relation_id = r.relation_id
WHERE r.status = 'fails'"""
TOUCHED = """
CREATE OR REPLACE TEMP TABLE located_relation AS
SELECT DISTINCT t.submission_id, t.relation_id
FROM located_own_relation_term t JOIN located_suspect s
    ON s.submission_id = t.submission_id AND s.observation_id = t.observation_id"""
RELATIONS = """
SELECT submission_id, relation_id, r.rule, r.kind, r.status = 'fails', r.found, r.computed,
    r.low, r.high, list(t.observation_id), list(t.part), list(t.coefficient)
FROM located_relation l
JOIN located_own_relation r USING (submission_id, relation_id)
JOIN located_own_relation_term t USING (submission_id, relation_id)
WHERE r.status <> 'unknown' AND r.found IS NOT NULL AND r.computed IS NOT NULL
GROUP BY ALL ORDER BY submission_id, relation_id"""
# Every figure of the tables that the relations stand in: series and peers come from there.
FIGURES = """
SELECT o.observation_id, o.submission_id, o.table_id, o.sheet, o.cell, o.row_number,
    o.column_number, o.typed_text, o.area_code, o.indicator, o.group_code, o.period, o.scenario,
    o.unit, o.decimals, CASE WHEN abs(o.value) < 1e18 AND o.value = trunc(o.value)
        THEN o.value::BIGINT END, o.half_width, CASE WHEN abs(o.value) < 1e18
        AND o.value = trunc(o.value) THEN NULL ELSE o.value END
FROM located_own_observation o JOIN (
    SELECT DISTINCT submission_id, o.table_id
    FROM located_relation l
    JOIN located_own_relation_term t USING (submission_id, relation_id)
    JOIN located_own_observation o USING (submission_id, observation_id)
) tables ON tables.submission_id = o.submission_id AND tables.table_id = o.table_id
WHERE NOT o.hidden
ORDER BY o.submission_id, o.table_id, o.row_number, o.column_number, o.position"""
EXACT = """
SELECT submission_id, rule, count(*) FILTER (status = 'holds'),
    count(*) FILTER (status IN ('holds', 'rounding'))
FROM located_own_relation GROUP BY ALL"""

# Where most relations of one sort in a table fail to the same side, and by less than a quarter, no
# typing made them so: its rates have another base, its total holds a part that is not listed.
MANY_FAIL = """
CREATE OR REPLACE TEMP TABLE located_many AS
SELECT submission_id, rule FROM located_own_relation
WHERE status = 'fails' AND list_contains($kinds, kind)
GROUP BY submission_id, rule HAVING count(*) >= 4"""
ONE_SIDED = """
SELECT submission_id, rule, o.table_id, o.indicator
FROM located_own_relation r
JOIN located_own_relation_term t USING (submission_id, relation_id)
JOIN located_own_observation o USING (submission_id, observation_id)
JOIN located_many m USING (submission_id, rule)
WHERE r.status <> 'unknown' AND t.part = 'found'
GROUP BY ALL
HAVING count(*) FILTER (r.status = 'fails') >= 4
    AND 3 * count(*) FILTER (r.status = 'fails') >= 2 * count(*)
    AND abs(sum(sign(r.gap)) FILTER (r.status = 'fails')) = count(*) FILTER (r.status = 'fails')
    AND bool_and(4 * abs(r.gap) <= abs(r.computed)) FILTER (r.status = 'fails')"""


def load_graphs(
    connection: "DuckDBPyConnection", submission_ids: Sequence[str]
) -> dict[str, Graph]:
    """The graph of each submission in which something fails."""
    connection.execute(FAILED, {"ids": list(submission_ids)})
    for table, columns in GATHERED.items():
        connection.execute(OWN.format(table=table, columns=columns))
    connection.execute(SUSPECT)
    connection.execute(TOUCHED)
    figures = _figures(connection)
    exactness: dict[str, dict[str, tuple[int, int]]] = defaultdict(dict)
    for submission_id, rule, exact, held in connection.execute(EXACT).fetchall():
        exactness[submission_id][rule] = (int(exact), int(held))
    sided = _one_sided(connection)
    relations: dict[str, list[Relation]] = defaultdict(list)
    for submission_id, *row in connection.execute(RELATIONS).fetchall():
        relation = _relation(row, figures[submission_id])
        if relation.parts:
            relations[submission_id].append(relation)
    return {
        submission_id: Graph(
            figures[submission_id],
            own,
            _by_table(figures[submission_id]),
            exactness[submission_id],
            frozenset(sided[submission_id]),
        )
        for submission_id, own in relations.items()
    }


def _one_sided(connection: "DuckDBPyConnection") -> dict[str, set[tuple[str, str, str]]]:
    """By submission: rule, table and indicator that fail to one side; few have so many fails."""
    sided: dict[str, set[tuple[str, str, str]]] = defaultdict(set)
    connection.execute(MANY_FAIL, {"kinds": list(SIDED)})
    for submission_id, *place in connection.execute(ONE_SIDED).fetchall():
        sided[submission_id].add((place[0], place[1], place[2]))
    return sided


def _by_table(figures: Mapping[str, Figure]) -> dict[str, list[Figure]]:
    peers: dict[str, list[Figure]] = defaultdict(list)
    for figure in figures.values():
        peers[figure.table_id].append(figure)
    return peers


def _figures(connection: "DuckDBPyConnection") -> dict[str, dict[str, Figure]]:
    figures: dict[str, dict[str, Figure]] = defaultdict(dict)
    half_of = cache(Fraction)  # a table prints its figures in one or two ways
    for *texts, whole, half, broken in connection.execute(FIGURES).fetchall():
        value = Fraction(broken if whole is None else whole)  # of an int it takes a fifth
        figure = Figure._make((*texts, value, half_of(half)))
        figures[figure.submission_id][figure.observation_id] = figure
    return figures


def _relation(row: Sequence[Any], figures: Mapping[str, Figure]) -> Relation:
    """A relation whose tested figure is no cell keeps it as its constant, and so the other side.

    Figures of an earlier report cannot be wrong here: its relations keep the others. A relation
    of which a figure is hidden keeps none.
    """
    relation_id, rule, kind, fails, found, computed, low, high, names, parts, coefficients = row
    constant = Fraction(0)
    if "found" not in parts:
        constant = Fraction(found)
    elif len(parts) == 1:
        constant = -Fraction(computed)
    own = dict(zip(names, parts, strict=True))
    if not own.keys() <= figures.keys():
        own = {n: part for n, part in own.items() if n in figures and "earlier" in parts}
    weights = [Fraction(weight) for weight in coefficients]
    by_name = dict(zip(names, weights, strict=True))
    pairs = _pairs(own, figures)
    bounds = [None if bound is None else Fraction(bound) for bound in (low, high)]
    return Relation(
        relation_id, rule, kind, fails, constant, own, by_name, pairs, Fraction(found), *bounds
    )


def _pairs(parts: Mapping[str, str], figures: Mapping[str, Figure]) -> tuple[tuple[str, str], ...]:
    """The people and the rate of each area that a relation weighs."""
    rates = {
        figures[n].area_code: n for n, part in parts.items() if part == "rate" and n in figures
    }
    people = [name for name, part in parts.items() if part == "people" and name in figures]
    areas = [(name, figures[name].area_code) for name in people]
    return tuple((name, rates[area]) for name, area in areas if area in rates)
