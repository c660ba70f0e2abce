"""Judging submissions: every rule evaluated over all of them at once, relations stored with terms.

Rules are computed into temporary tables, one statement a rule, outside any transaction, so that a
rule that crashes costs only itself; then the judgement of the submissions is replaced in one
transaction. Call `judge` with no transaction open.
"""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from expectations.findings import store_findings
from expectations.rules.figures import load_figures, release
from expectations.rules.kinds import RELATION_COLUMNS, compiled
from expectations.rules.rule import Rule, load_rules
from expectations.rules.subject import has_subject
from expectations.rules.text import quoted
from warehouse.database import transaction

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

# Each rule's relations are a table of their own (filling one for all took twice the time), and
# `judged_relation` is all of them; this empty one says of which types they are.
JUDGED = """
CREATE OR REPLACE TEMP TABLE judged_nothing (
    relation_id VARCHAR, submission_id VARCHAR, rule VARCHAR, kind VARCHAR, status VARCHAR,
    computed DECIMAL(38, 12), low DECIMAL(38, 12), high DECIMAL(38, 12), found DECIMAL(38, 12),
    gap DECIMAL(38, 12), improbable BOOLEAN,
    terms STRUCT(figure INTEGER, part VARCHAR, coefficient INTEGER)[],
    named VARCHAR[])"""  # codes that the sentence lists: what is missing, say
ALL_JUDGED = "CREATE OR REPLACE TEMP VIEW judged_relation AS "
# A rule that crashed is unknown of every submission of the batch.
UNKNOWN = """
SELECT md5(concat_ws('|', submission_id, {rule})) AS relation_id, submission_id, {rule} AS rule,
    {kind} AS kind, 'unknown' AS status, false AS improbable
FROM judged_submission"""
SAMPLED = """
SELECT submission_id, relation_id, found::VARCHAR AS found, computed::VARCHAR AS computed
FROM {table} WHERE status = 'fails' ORDER BY submission_id, relation_id LIMIT {most}"""
RELATIONS = f"""
INSERT INTO relation (
    relation_id, submission_id, rule, kind, status, computed, low, high, found, gap, improbable)
SELECT {RELATION_COLUMNS} FROM judged_relation"""
TERMS = """
INSERT INTO relation_term (relation_id, submission_id, observation_id, part, coefficient)
SELECT r.relation_id, r.submission_id, f.observation_id, r.t.part, r.t.coefficient
FROM (SELECT relation_id, submission_id, unnest(terms) AS t FROM judged_relation) r
JOIN judged_any f ON f.figure = r.t.figure"""
FIGURES_OF = """
SELECT submission_id, count(*) FROM observation
WHERE list_contains(?, submission_id) GROUP BY submission_id"""
# Judging so many figures takes some 400 MB; planning a batch's statements 0.4 s of CPU.
FIGURES_AT_ONCE = 250_000
COUNTS = ("evaluated", "holds", "rounding", "fails", "unknown")
STATUSES = ("holds", "rounding", "fails", "unknown")


@dataclass(frozen=True, slots=True)
class RuleResult:
    """How often a rule held in a batch; `error` says why it could not be evaluated."""

    rule: str
    evaluated: int
    holds: int
    rounding: int
    fails: int
    unknown: int
    error: str = ""


def judge(
    connection: "DuckDBPyConnection",
    submission_ids: Sequence[str],
    at: dt.datetime | None = None,
) -> list[RuleResult]:
    """Judge submissions by every rule, replacing what was judged of them before.

    Findings of reading stay. `at` (UTC) is when findings are first seen; default: now.
    """
    results = []
    for batch in batches(connection, submission_ids):
        prepare(connection, batch)
        results.append([evaluated(connection, rule) for rule in load_rules()])
        write(connection, at)
    return added_up(results)


def batches(
    connection: "DuckDBPyConnection", submission_ids: Sequence[str], most: int = FIGURES_AT_ONCE
) -> list[list[str]]:
    """Submissions in batches of at most so many figures, so that memory stays bounded.

    A submission with more figures is a batch of its own; without submissions there is one, empty.
    """
    counted = dict(connection.execute(FIGURES_OF, [list(submission_ids)]).fetchall())
    found: list[list[str]] = [[]]
    figures = 0
    for submission_id in submission_ids:
        own = counted.get(submission_id, 0)
        if found[-1] and figures + own > most:
            found.append([])
            figures = 0
        found[-1].append(submission_id)
        figures += own
    return found


def added_up(results: Iterable[Sequence[RuleResult]]) -> list[RuleResult]:
    """The results of several batches as one result a rule; the first error is told."""
    return [_added_up(own) for own in zip(*results, strict=True)]


def _added_up(own: Sequence[RuleResult]) -> RuleResult:
    counted = {name: sum(getattr(one, name) for one in own) for name in COUNTS}
    error = next((one.error for one in own if one.error), "")
    return RuleResult(own[0].rule, **counted, error=error)


def prepare(connection: "DuckDBPyConnection", submission_ids: Sequence[str]) -> None:
    """Gather the figures of a batch; nothing of the batch before remains."""
    release(connection)
    load_figures(connection, submission_ids)
    connection.execute(JUDGED)


def evaluate(connection: "DuckDBPyConnection", rule: Rule) -> RuleResult:
    """Compute the relations of one rule over the prepared batch, in one statement.

    Raises what DuckDB raises when the rule's statement fails; then nothing of it remains.
    """
    if not has_subject(connection, rule):
        return RuleResult(rule.rule_id, 0, 0, 0, 0, 0)
    _keep(connection, rule, compiled(rule))
    counted = connection.execute(
        f"SELECT status, count(*) FROM {_table_of(rule)} GROUP BY status"
    ).fetchall()
    counts = {status: int(count) for status, count in counted}
    holds, rounding, fails, unknown = (counts.get(status, 0) for status in STATUSES)
    return RuleResult(rule.rule_id, sum(counts.values()), holds, rounding, fails, unknown)


def evaluated(connection: "DuckDBPyConnection", rule: Rule) -> RuleResult:
    """Evaluate a rule; when its statement fails it is unknown of every submission, and says so."""
    import duckdb  # noqa: PLC0415

    try:
        return evaluate(connection, rule)
    except duckdb.Error as error:
        return mark_unknown(connection, rule, f"{type(error).__name__}: {error}")


def mark_unknown(connection: "DuckDBPyConnection", rule: Rule, error: str) -> RuleResult:
    """Store that a rule could not be evaluated: one unknown relation a submission."""
    _keep(connection, rule, UNKNOWN.format(rule=quoted(rule.rule_id), kind=quoted(rule.kind)))
    marked = connection.execute("SELECT count(*) FROM judged_submission").fetchall()[0][0]
    return RuleResult(rule.rule_id, 0, 0, 0, 0, int(marked), error)


def failing(connection: "DuckDBPyConnection", rule: Rule, most: int) -> list[dict[str, str]]:
    """The first failing relations of a rule that was just evaluated."""
    rows = connection.execute(SAMPLED.format(table=_table_of(rule), most=most)).fetchall()
    names = ("submission_id", "relation_id", "found", "computed")
    return [dict(zip(names, row, strict=True)) for row in rows]


def _keep(connection: "DuckDBPyConnection", rule: Rule, query: str) -> None:
    """Keep the relations of a rule until they are written."""
    connection.execute(f"CREATE OR REPLACE TEMP TABLE {_table_of(rule)} AS {query}")


def _table_of(rule: Rule) -> str:
    return f'"judged_by_{rule.rule_id}"'


def _gather(connection: "DuckDBPyConnection") -> None:
    """Make the view over the relations of all rules that were evaluated."""
    rows = connection.execute(
        "SELECT table_name FROM duckdb_tables() "
        "WHERE temporary AND starts_with(table_name, 'judged_by_') AND estimated_size > 0"
    ).fetchall()
    tables = ["judged_nothing", *(f'"{name}"' for (name,) in rows)]
    connection.execute(ALL_JUDGED + " UNION ALL BY NAME ".join(f"FROM {name}" for name in tables))


def write(connection: "DuckDBPyConnection", at: dt.datetime | None = None) -> None:
    """Replace the stored judgement of the batch by the computed one, in one transaction."""
    _gather(connection)
    with transaction(connection):
        for table in ("relation", "relation_term", "content_sum"):
            connection.execute(
                f"DELETE FROM {table} WHERE submission_id IN "
                "(SELECT submission_id FROM judged_submission)"
            )
        connection.execute(RELATIONS)
        connection.execute(TERMS)
        store_findings(connection, at or dt.datetime.now(dt.UTC).replace(tzinfo=None))
    release(connection)
