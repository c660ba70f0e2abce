"""How long judging and locating take, as a ratio to plain SQL of the same checks.

    python -m bench judge [--figures 1000000] [--threads 1] [--suite]

Makes submissions of one province (30 districts and the payer groups over ten years), slips one
figure in every tenth table, judges them by every rule, locates the culprits, and evaluates the same
relations with plain SQL: one row a relation with its verdict, but no intervals, no terms, no
unknown ones, no findings. CPU seconds of the same process, on one thread: two that wait for each
other count as work. `--suite` also judges through Great Expectations.
"""

import argparse
import datetime as dt
import resource
import time
from collections.abc import Callable
from typing import TYPE_CHECKING

from expectations.locate.locate import locate
from expectations.relations import judge
from warehouse.database import open_memory

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

FIGURES_A_SUBMISSION = 31 * 10 * 3 + 5 * 10 * 2 + 30
PEOPLE = "(hash(s, a, y) % 90000 + 10000)"
SUBMISSIONS = """
INSERT INTO submission
SELECT 's' || s, 's' || s, 's' || s || '.xlsx', 'xlsx', '01', '01', 'Hà Nội', '', 2019, '', '',
    TIMESTAMP '2019-12-31', 1, 'read', '', '', '' FROM range($n) t(s)"""
TABLES = """
INSERT INTO source_table
SELECT 's' || s || t, 's' || s, 'Sheet', '', '', 'figures', '', '', '', false
FROM range($n) n(s), (VALUES ('a'), ('b')) v(t)"""
# Participants of district a in year y of submission s; populations a fifth larger.
MADE = f"""
CREATE TEMP TABLE made AS
WITH district AS (
    SELECT s, a, y, {PEOPLE}::BIGINT AS people, ({PEOPLE} * 1.2)::BIGINT AS population
    FROM range($n) n(s), range(30) d(a), range(10) p(y)
),
province AS (
    SELECT s, y, sum(people)::BIGINT AS people, sum(population)::BIGINT AS population
    FROM district GROUP BY s, y
),
area AS (
    SELECT s, a, y, people, population, area_code, 'district' AS level
    FROM district JOIN code USING (a)
    UNION ALL SELECT s, 30, y, people, population, '01', 'province' FROM province
),
payer AS (
    SELECT s, y, g, CASE WHEN g < 4 THEN people // 6 ELSE people - 4 * (people // 6) END AS part,
        people
    FROM province, range(5) p(g)
)
SELECT s, 'a' AS t, y, a AS line, 0 AS col, area_code, level, 'bhyt_participants' AS indicator,
    'total' AS group_code, people::DECIMAL(38, 12) AS value, 0 AS decimals FROM area
UNION ALL SELECT s, 'a', y, a, 1, area_code, level, 'population', 'total', population, 0 FROM area
UNION ALL SELECT s, 'a', y, a, 2, area_code, level, 'bhyt_coverage_pct', 'total',
    round(100.0 * people / population, 1), 1 FROM area
UNION ALL SELECT s, 'b', y, 0, 0, '01', 'province', 'bhyt_participants', 'total', people, 0
    FROM province
UNION ALL SELECT s, 'b', y, 1, 0, '01', 'province', 'population', 'total', population, 0
    FROM province
UNION ALL SELECT s, 'b', y, 2, 0, '01', 'province', 'bhyt_coverage_pct', 'total',
    round(100.0 * people / population, 2), 2 FROM province
UNION ALL SELECT s, 'b', y, 3 + g, 0, '01', 'province', 'bhyt_participants', name, part, 0
    FROM payer JOIN payer_name USING (g)
UNION ALL SELECT s, 'b', y, 8 + g, 0, '01', 'province', 'bhyt_participant_share_pct', name,
    round(100.0 * part / people, 2), 2 FROM payer JOIN payer_name USING (g)"""
OBSERVATIONS = """
INSERT INTO observation
SELECT 's' || s || t || line || '-' || col || '-' || y, 's' || s, 's' || s || t, 'Sheet',
    'R' || line || 'C' || (3 * y + col), line, 3 * y + col, 1, value::VARCHAR, area_code,
    area_code, level, indicator, group_code, (2010 + y)::VARCHAR, 'actual', value, value,
    CASE WHEN decimals = 0 THEN 'people' ELSE 'percent' END, '', decimals,
    0.5 * CASE decimals WHEN 0 THEN 1 WHEN 1 THEN 0.1 ELSE 0.01 END, '', '', '', 1.0, false, 0
FROM made"""
# One figure of every tenth table; 40 people more are beyond all rounding.
SLIPPED = """
UPDATE observation SET value = value + 40, value_literal = value + 40,
    typed_text = (value + 40)::BIGINT::VARCHAR
WHERE observation_id IN (
    SELECT arg_min(observation_id, hash(observation_id)) FROM observation WHERE unit = 'people'
    GROUP BY table_id HAVING hash(table_id) % 10 = 0)"""
KEY = "submission_id, area_code, period, scenario"
# One row a relation with its verdict; sums and bounds in decimals, quotients in doubles.
PLAIN = {
    "groups": f"""
        SELECT w.observation_id, value, parts, abs(parts - value) <= 3 AS holds
        FROM (SELECT table_id, {KEY}, sum(value) AS parts
            FROM observation WHERE indicator = 'bhyt_participants' AND group_code <> 'total'
            GROUP BY ALL) p
        JOIN observation w USING (table_id, {KEY})
        WHERE w.indicator = 'bhyt_participants' AND w.group_code = 'total'""",
    "districts": """
        SELECT w.observation_id, value, parts, abs(parts - value) <= 15.5 AS holds
        FROM (SELECT submission_id, table_id, indicator, period,
            sum(value) AS parts FROM observation
            WHERE area_level = 'district' AND unit = 'people' GROUP BY ALL) p
        JOIN observation w USING (submission_id, table_id, indicator, period)
        WHERE w.area_level = 'province' AND w.group_code = 'total'""",
    "shares": f"""
        SELECT table_id, period, parts, abs(parts - 100) <= 0.025 AS holds
        FROM (SELECT table_id, {KEY}, sum(value) AS parts
            FROM observation WHERE indicator = 'bhyt_participant_share_pct' GROUP BY ALL)""",
    "share": f"""
        SELECT r.observation_id, r.value, 100 * n.value::DOUBLE / d.value::DOUBLE AS computed,
            abs(r.value::DOUBLE - computed) <= 0.006 AS holds
        FROM observation r JOIN observation n USING (table_id, {KEY}, group_code)
        JOIN observation d USING (table_id, {KEY})
        WHERE r.indicator = 'bhyt_participant_share_pct' AND n.indicator = 'bhyt_participants'
            AND d.indicator = 'bhyt_participants' AND d.group_code = 'total'""",
    "rate": f"""
        SELECT r.observation_id, r.value, 100 * n.value::DOUBLE / d.value::DOUBLE AS computed,
            abs(r.value::DOUBLE - computed) <= 0.06 AS holds
        FROM observation r JOIN observation n USING (table_id, {KEY}, group_code)
        JOIN observation d USING (table_id, {KEY}, group_code)
        WHERE r.indicator = 'bhyt_coverage_pct' AND n.indicator = 'bhyt_participants'
            AND d.indicator = 'population'""",
    "part": f"""
        SELECT p.observation_id, p.value, w.value, p.value <= w.value AS holds
        FROM observation p JOIN observation w USING (table_id, {KEY}, indicator)
        WHERE p.group_code <> 'total' AND w.group_code = 'total'""",
    "order": f"""
        SELECT p.observation_id, p.value, w.value, p.value <= w.value AS holds
        FROM observation p JOIN observation w USING (table_id, {KEY}, group_code)
        WHERE p.indicator = 'bhyt_participants' AND w.indicator = 'population'""",
    "ceiling": """
        SELECT observation_id, value, value <= 100 AS holds FROM observation
        WHERE unit = 'percent'""",
    "same": f"""
        SELECT a.observation_id, a.value, b.value,
            abs(a.value - b.value) <= a.half_width + b.half_width AS holds
        FROM observation a JOIN observation b USING ({KEY}, indicator, group_code)
        WHERE a.table_id < b.table_id""",
    "size": """
        SELECT observation_id, value, value BETWEEN
            CASE area_level WHEN 'district' THEN 100 ELSE 100000 END
            AND CASE area_level WHEN 'district' THEN 2000000 ELSE 20000000 END AS holds
        FROM observation WHERE unit = 'people' AND group_code = 'total'""",
    "growth": """
        WITH step AS (
            SELECT observation_id, submission_id, table_id, area_level, indicator, period,
                group_code, value, lag(value) OVER (
                    PARTITION BY table_id, area_code, indicator, group_code ORDER BY period
                ) AS last, ln(value::DOUBLE / last::DOUBLE) AS ratio
            FROM observation
            WHERE indicator IN ('bhyt_participants', 'population', 'bhyt_coverage_pct')
        ),
        peers AS (
            SELECT table_id, area_level, indicator, group_code, period, median(ratio) AS usual,
                mad(ratio) AS spread
            FROM step WHERE last IS NOT NULL GROUP BY ALL
        )
        SELECT observation_id, value, last * exp(usual) AS computed,
            abs(ratio - usual) <= greatest(0.05, 12 * 1.4826 * spread) AS holds
        FROM step JOIN peers USING (table_id, area_level, indicator, group_code, period)
        WHERE last IS NOT NULL""",
    "listed": """
        SELECT table_id, count(DISTINCT area_code) AS areas, areas = 30 AS holds
        FROM observation WHERE area_level = 'district' GROUP BY table_id""",
    "years": """
        SELECT table_id, area_code, indicator, group_code, count(DISTINCT period) AS years,
            years = 10 AS holds
        FROM observation GROUP BY ALL""",
}


def main() -> None:
    """Make the figures, run both, print the ratio."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--figures", type=int, default=1_000_000)
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--suite", action="store_true")
    wanted = parser.parse_args()
    with open_memory() as connection:
        connection.execute(f"SET threads = {wanted.threads}")
        submission_ids = make(connection, wanted.figures // FIGURES_A_SUBMISSION)
        connection.execute(SLIPPED)
        plain = seconds(lambda: store_plainly(connection))
        connection.execute(" ".join(f"DROP TABLE plain_{name};" for name in PLAIN))
        report("plain SQL", plain, plain)
        judging = seconds(lambda: judge(connection, submission_ids, dt.datetime(2026, 11, 22)))
        report("judge", judging, plain)
        locating = seconds(lambda: locate(connection, submission_ids))
        report("locate", locating, plain)
        report("both", (judging[0] + locating[0], judging[1] + locating[1]), plain)
        if wanted.suite:
            from expectations.suite import run_suite  # noqa: PLC0415

            report("suite", seconds(lambda: run_suite(connection, submission_ids)), plain)
        summarise(connection)


def make(connection: "DuckDBPyConnection", submissions: int) -> list[str]:
    """Fill the warehouse with consistent submissions; gives their ids."""
    connection.execute(
        "CREATE TEMP TABLE code AS SELECT row_number() OVER (ORDER BY code) - 1 AS a, "
        "code AS area_code FROM (SELECT unnest($codes) AS code)",
        {"codes": _districts()},
    )
    connection.execute(
        "CREATE TEMP TABLE payer_name AS SELECT * FROM (VALUES (0, 'employee_employer'), "
        "(1, 'si_agency'), (2, 'state_budget_full'), (3, 'state_budget_partial'), "
        "(4, 'household')) v(g, name)"
    )
    for statement in (SUBMISSIONS, TABLES, MADE):
        connection.execute(statement, {"n": submissions})
    connection.execute(OBSERVATIONS)
    connection.execute("DROP TABLE made")
    return [f"s{number}" for number in range(submissions)]


def store_plainly(connection: "DuckDBPyConnection") -> None:
    """Evaluate the checks by plain SQL, one row a relation."""
    for name, query in PLAIN.items():
        connection.execute(f"CREATE TEMP TABLE plain_{name} AS {query}")


def seconds(run: Callable[[], object]) -> tuple[float, float]:
    """CPU and wall seconds of a run."""
    cpu, wall = time.process_time(), time.perf_counter()
    run()
    return time.process_time() - cpu, time.perf_counter() - wall


def report(name: str, took: tuple[float, float], plain: tuple[float, float]) -> None:
    """One line: CPU seconds, wall seconds, ratio of CPU to plain SQL."""
    print(f"{name:10} cpu {took[0]:6.2f} s  wall {took[1]:6.2f} s  {took[0] / plain[0]:5.2f} x")


def summarise(connection: "DuckDBPyConnection") -> None:
    """What was judged, and the peak of memory."""
    counts = connection.execute(
        "SELECT (SELECT count(*) FROM observation), (SELECT count(*) FROM relation), "
        "(SELECT count(*) FROM relation_term), (SELECT count(*) FROM finding)"
    ).fetchall()[0]
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print("figures {}, relations {}, terms {}, findings {}".format(*counts), end=", ")
    print(f"peak {peak:.0f} MB")


def _districts() -> list[str]:
    from warehouse import reference  # noqa: PLC0415

    return [one.code for one in reference.districts("01", dt.date(2019, 1, 1))]


if __name__ == "__main__":
    main()
