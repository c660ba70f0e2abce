"""The course of a night as it happens: its steps with their seconds, its files, its tables."""

import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from flows.landing import Landed
from flows.logs import tell
from flows.night import SubmissionLine
from warehouse.store import submission_id_of


class Course:
    """Tells what a night does, and keeps how long each of its steps took.

    `seconds` is wall time by step: what the night itself does, or waits for. While it loads and
    judges, children read on; `reading` is only what it waited for them.
    """

    def __init__(self, night_id: str) -> None:
        self.night_id = night_id
        self.seconds: dict[str, float] = {}

    @contextmanager
    def step(self, name: str) -> Iterator[None]:
        """Count the seconds of a block as a step's, and tell them when it ends well."""
        began = time.monotonic()
        yield
        taken = time.monotonic() - began
        self.seconds[name] = self.seconds.get(name, 0.0) + taken
        tell("step", night_id=self.night_id, step=name, seconds=round(taken, 3))

    def landed(self, arrivals: Iterable[Landed]) -> None:
        """Tell what became of each file of the inbox."""
        for one in arrivals:
            tell(
                "landed",
                night_id=self.night_id,
                submission_id=submission_id_of(one.receipt.sha256) if one.receipt else "",
                file_name=one.file_name,
                reporter=one.reporter,
                outcome=one.outcome,
                why=one.why,
            )

    def read(self, readings: Sequence[dict[str, Any]]) -> None:
        """Tell how each workbook of a stored batch was read, and each of its tables."""
        for one in readings:
            ids = {"night_id": self.night_id, "submission_id": submission_id_of(one["sha256"])}
            facts = {name: one[name] for name in ("file_name", "status", "reason")}
            counts = {name: count_rows(one[name]) for name in ("cells", "observations", "findings")}
            tell("read", **ids, **facts, tables=len(one["tables"]), **counts)
            for table in one["tables"]:
                tell(
                    "table", **ids, **{name: table[name] for name in ("table_id", "sheet", "kind")}
                )

    def judged(self, lines: Iterable[SubmissionLine]) -> None:
        """Tell how each submission of the night ended."""
        for one in lines:
            tell(
                "judged",
                night_id=self.night_id,
                submission_id=one.submission_id,
                file_name=one.file_name,
                status=one.status,
                observations=one.observations,
                critical=one.critical,
                warnings=one.warnings,
            )


def count_rows(rows: Any) -> int:
    """How many rows there are, in a list or packed by columns."""
    return int(rows["count"]) if isinstance(rows, dict) else len(rows)
