"""How long judging and locating take together, as a ratio to plain SQL of the same checks.

    python -m bench.locate_speed [--figures 1000000] [--slips 100]

The figures of bench/judge.py, some of them slipped by one digit; CPU seconds of one process.
"""

import argparse
import datetime as dt

from bench.judge import FIGURES_A_SUBMISSION, PLAIN, make, report, seconds, summarise
from expectations.locate.locate import locate
from expectations.relations import judge
from warehouse.database import open_memory

SLIPPED = """
UPDATE observation SET value = value + 40, value_literal = value + 40
WHERE hash(observation_id) % $every = 0 AND unit = 'people'"""
NAMED = "SELECT count(DISTINCT (submission_id, culprit_cell)) FROM finding WHERE culprit_cell <> ''"


def main() -> None:
    """Make the figures, slip some, run plain SQL and ours, print the ratios."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--figures", type=int, default=1_000_000)
    parser.add_argument("--slips", type=int, default=100)
    wanted = parser.parse_args()
    with open_memory() as connection:
        submission_ids = make(connection, wanted.figures // FIGURES_A_SUBMISSION)
        connection.execute(SLIPPED, {"every": max(1, wanted.figures // wanted.slips)})
        plain = seconds(lambda: [connection.execute(query).fetchall() for query in PLAIN.values()])
        report("plain SQL", plain, plain)
        judging = seconds(lambda: judge(connection, submission_ids, dt.datetime(2026, 11, 22)))
        report("judge", judging, plain)
        locating = seconds(lambda: locate(connection, submission_ids))
        report("locate", locating, plain)
        report("both", (judging[0] + locating[0], judging[1] + locating[1]), plain)
        summarise(connection)
        print("guilty cells named:", connection.execute(NAMED).fetchall()[0][0])


if __name__ == "__main__":
    main()
