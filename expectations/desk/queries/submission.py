"""The submission page: its facts, its findings, its sheets, and what a clicked cell tells."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from expectations.desk.language import Speaker
from expectations.desk.publication import Reader, Row
from expectations.desk.queries import relations, sheet
from expectations.desk.queries.drawing import Mark, ShownSheet
from expectations.desk.queries.relations import Arithmetic
from warehouse.revisions import series_of

MOST_FINDINGS = 200
"""Findings listed beside the sheet; the rest are counted."""
SUBMISSION = "SELECT * FROM main.submission WHERE submission_id = $id"
FINDINGS = """
SELECT finding_id, relation_id, rule, kind, severity, status, sheet, culprit_cell, typed_text,
    suggestion, confidence, cause_id, message_vi, message_en, count(*) OVER () AS in_all,
    coalesce(nullif(culprit_cell, ''), (
        SELECT arg_min(c.cell, c.part <> 'found') FROM main.finding_cell c
        WHERE c.finding_id = f.finding_id AND c.submission_id = f.submission_id
    ), '') AS shown_cell
FROM main.finding f WHERE submission_id = $id
ORDER BY status <> 'open', list_position(['critical', 'warning', 'info'], severity),
    max(score) OVER (PARTITION BY coalesce(nullif(cause_id, ''), finding_id)) DESC NULLS FIRST,
    cause_id, score DESC NULLS FIRST, finding_id LIMIT $most"""
CELL = """
SELECT cell, sheet, typed_text, role, why, row_number FROM main.cell
WHERE submission_id = $id AND sheet = $sheet AND cell = $cell"""
FIGURES = """
SELECT o.*, t.title AS table_title, t.unit_text
FROM main.observation o LEFT JOIN main.source_table t USING (submission_id, table_id)
WHERE o.submission_id = $id AND o.sheet = $sheet AND o.cell = $cell ORDER BY o.position"""
ABOUT_CELL = """
SELECT f.* FROM main.finding f JOIN main.finding_cell c USING (finding_id, submission_id)
WHERE f.submission_id = $id AND c.sheet = $sheet AND c.cell = $cell
ORDER BY f.status <> 'open', list_position(['critical', 'warning', 'info'], f.severity),
    f.score DESC NULLS FIRST, f.finding_id LIMIT 12"""
SAME_MEANING = """
SELECT o.submission_id, s.file_name, s.province_code, s.status, t.title AS table_title, o.sheet,
    o.cell, o.typed_text, o.value, o.unit, o.unit_printed, o.period, o.scenario, o.decimals
FROM main.observation o JOIN main.submission s USING (submission_id)
LEFT JOIN main.source_table t USING (submission_id, table_id)
WHERE s.status NOT IN ('superseded', 'rejected') AND s.province_code = $province
    AND o.area_code = $area_code AND o.area_level = $area_level AND o.indicator = $indicator
    AND o.group_code = $group_code AND NOT (o.submission_id = $id AND o.sheet = $sheet
        AND o.cell = $cell AND o.position = $position)
ORDER BY o.period, o.scenario, s.received_at, o.cell LIMIT 60"""
REVISIONS = """
SELECT * FROM main.submission WHERE province_code = $province_code
    AND reference_year IS NOT DISTINCT FROM $reference_year AND status <> 'rejected'
ORDER BY revision DESC"""


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure of a cell: its row, where else its meaning stands."""

    row: Row
    same_period: Sequence[Row]
    other_periods: Sequence[Row]


@dataclass(frozen=True, slots=True)
class CellPanel:
    """What a clicked cell tells."""

    cell: Row
    figures: Sequence[Figure]
    relations: Sequence[Arithmetic]
    relations_left_out: int
    findings: Sequence[Row]


@dataclass(frozen=True, slots=True)
class SubmissionPage:
    """What the page of a submission shows."""

    submission: Row
    revisions: Sequence[Row]
    sheets: Sequence[Row]
    place: int
    shown: ShownSheet | None
    findings: Sequence[Row]
    findings_in_all: int
    counts: Mapping[str, int]
    panel: CellPanel | None
    marks: Mapping[tuple[str, str], Mark] = field(default_factory=dict)


def find_submission(reader: Reader, submission_id: str) -> Row | None:
    """A submission's own row, if there is one."""
    return reader.row(SUBMISSION, {"id": submission_id})


def submission_page(
    reader: Reader,
    submission: Row,
    say: Speaker,
    *,
    place: int | None,
    cell: str,
    row: int | None,
) -> SubmissionPage:
    """The page: the sheet at `place` around a row, or around the cell that is looked at."""
    submission_id = submission["submission_id"]
    found = reader.rows(FINDINGS, {"id": submission_id, "most": MOST_FINDINGS})
    sheets = sheet.sheets(reader, submission_id)
    place = _place(sheets, found) if place is None else min(max(place, 0), len(sheets) - 1)
    marked = sheet.marks(reader, submission_id)
    shown = None
    panel = None
    if sheets:
        chosen = sheets[place]
        around = row or sheet.row_of(cell or _first_cell(found, chosen["sheet"]))
        shown = sheet.show_sheet(reader, submission_id, chosen, around, marked)
        panel = cell_panel(reader, submission, chosen["sheet"], cell, say) if cell else None
    return SubmissionPage(
        submission,
        revisions_of(reader, submission),
        sheets,
        place,
        shown,
        found,
        found[0]["in_all"] if found else 0,
        _counts(reader, submission_id),
        panel,
        marked,
    )


def cell_panel(
    reader: Reader, submission: Row, sheet_name: str, cell: str, say: Speaker
) -> CellPanel | None:
    """What one cell tells; None when nothing stands in it."""
    facts = {"id": submission["submission_id"], "sheet": sheet_name, "cell": cell}
    found = reader.row(CELL, facts)
    if found is None:
        return None
    rows = reader.rows(FIGURES, facts)
    ids = [row["observation_id"] for row in rows]
    written, left_out = relations.of_observations(reader, submission["submission_id"], ids, say)
    figures = [_figure(reader, submission, row) for row in rows]
    about = reader.rows(ABOUT_CELL, facts)
    return CellPanel(found, figures, written, left_out, about)


def revisions_of(reader: Reader, submission: Row) -> list[Row]:
    """All revisions of the same report, the newest first."""
    facts = {name: submission[name] for name in ("province_code", "reference_year")}
    own = series_of(submission)
    return [row for row in reader.rows(REVISIONS, facts) if series_of(row) == own]


def _figure(reader: Reader, submission: Row, row: Row) -> Figure:
    names = ("area_code", "area_level", "indicator", "group_code", "sheet", "cell", "position")
    facts = {name: row[name] for name in names}
    facts |= {"id": row["submission_id"], "province": submission["province_code"]}
    alike = reader.rows(SAME_MEANING, facts)
    key = (row["period"], row["scenario"])
    same = [one for one in alike if (one["period"], one["scenario"]) == key]
    other = [one for one in alike if one["period"] != row["period"]]
    return Figure(row, same, other)


def _counts(reader: Reader, submission_id: str) -> dict[str, int]:
    rows = reader.rows(
        "SELECT role, count(*) AS cells FROM main.cell WHERE submission_id = $id GROUP BY role",
        {"id": submission_id},
    )
    return {row["role"]: row["cells"] for row in rows}


def _place(sheets: Sequence[Row], findings: Sequence[Row]) -> int:
    """The sheet of the gravest finding, else the first that is not hidden."""
    names = [one["sheet"] for one in sheets]
    for finding in findings:
        if finding["sheet"] in names:
            return names.index(finding["sheet"])
    return next((place for place, one in enumerate(sheets) if not one["hidden"]), 0)


def _first_cell(findings: Sequence[Row], sheet_name: str) -> str:
    own = [one["shown_cell"] for one in findings if one["sheet"] == sheet_name]
    return next((cell for cell in own if cell), "A1")
