"""Findings as matters to decide: their cells with typed text and meaning, and their series."""

import json
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from warehouse.decision import DecidedCell, matter_of
from warehouse.revisions import series_of

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

MEANING = """coalesce(
    concat_ws('|', o.area_level, o.area_code, o.indicator, o.group_code, o.period, o.scenario), ''
)"""
FACTS = (
    *("finding_id", "submission_id", "rule", "kind", "severity", "status", "sheet"),
    *("culprit_cell", "cause_id"),
)
FINDINGS = f"""
SELECT {", ".join(FACTS)}, message_vi
FROM main.finding WHERE list_contains(?, submission_id) ORDER BY finding_id"""
# The figures of a relation are its terms; what reading could not understand names its cells.
CELLS = f"""
SELECT f.finding_id, o.observation_id, o.sheet, o.cell, o.typed_text, {MEANING} AS meaning, t.part,
    o.row_number, o.column_number
FROM main.finding f
JOIN main.relation_term t ON t.submission_id = f.submission_id AND t.relation_id = f.relation_id
JOIN main.observation o
    ON o.submission_id = f.submission_id AND o.observation_id = t.observation_id
WHERE list_contains($ids, f.submission_id) AND f.relation_id <> ''
UNION ALL
SELECT f.finding_id, o.observation_id, c.sheet, c.cell, c.typed_text,
    CASE WHEN o.observation_id IS NULL THEN '' ELSE {MEANING} END, c.part,
    coalesce(o.row_number, 0), coalesce(o.column_number, 0)
FROM main.finding f
JOIN main.finding_cell c ON c.submission_id = f.submission_id AND c.finding_id = f.finding_id
LEFT JOIN main.observation o
    ON o.submission_id = c.submission_id AND o.sheet = c.sheet AND o.cell = c.cell
WHERE list_contains($ids, f.submission_id) AND f.relation_id = ''
ORDER BY 1, 3, 8, 9, 2, 7"""
SUBMISSIONS = """
SELECT submission_id, sha256, file_name, reporter, province_code, title, reference_year, revision,
    status
FROM main.submission WHERE status <> 'rejected' ORDER BY revision, submission_id"""


@dataclass(frozen=True, slots=True)
class Submission:
    """One submission with the series that its revisions share."""

    submission_id: str
    sha256: str
    series: str
    revision: int
    status: str

    @property
    def is_judged(self) -> bool:
        """Whether it is the living revision and was judged."""
        return self.status in {"accepted", "quarantined"}


@dataclass(frozen=True, slots=True)
class Matter:
    """One finding that can be decided; `observation_ids` go with `cells`, "" for no figure."""

    finding_id: str
    submission_id: str
    rule: str
    kind: str
    severity: str
    status: str
    sheet: str
    culprit_cell: str
    cause_id: str
    matter: str
    cells: tuple[DecidedCell, ...]
    observation_ids: tuple[str, ...]


def all_submissions(connection: "DuckDBPyConnection") -> list[Submission]:
    """Every submission that could be read, with its series, earlier revisions first."""
    cursor = connection.execute(SUBMISSIONS)
    names = [column[0] for column in cursor.description or ()]
    rows = [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]
    return [
        Submission(
            row["submission_id"], row["sha256"], series_key(row), row["revision"], row["status"]
        )
        for row in rows
    ]


def series_key(submission: dict[str, Any]) -> str:
    """The series of a submission as one text."""
    series = series_of(submission)
    return json.dumps([series.reporter, series.title, series.reference_year], ensure_ascii=False)


def matters_of(connection: "DuckDBPyConnection", submissions: Sequence[Submission]) -> list[Matter]:
    """The findings that these submissions have now, as matters."""
    ids = [one.submission_id for one in submissions]
    series = {one.submission_id: one.series for one in submissions}
    cells: dict[str, list[tuple[str, DecidedCell]]] = defaultdict(list)
    for finding_id, observation_id, *facts in connection.execute(CELLS, {"ids": ids}).fetchall():
        cells[finding_id].append((observation_id or "", DecidedCell(*facts[:5])))
    return [
        _matter(row, series, cells[row[0]])
        for row in connection.execute(FINDINGS, [ids]).fetchall()
    ]


def _matter(
    row: tuple[Any, ...], series: dict[str, str], members: Sequence[tuple[str, DecidedCell]]
) -> Matter:
    facts = dict(zip(FACTS, row, strict=False))
    cells = tuple(cell for _, cell in members)
    return Matter(
        **facts,
        matter=matter_of(series[row[1]], row[2], cells, row[-1]),
        cells=cells,
        observation_ids=tuple(observation_id for observation_id, _ in members),
    )
