"""The finding page: the rule in words, what was expected and found, its cells, what is like it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from expectations.desk.language import Speaker
from expectations.desk.publication import Reader, Row
from expectations.desk.queries import relations
from expectations.desk.queries.relations import Arithmetic
from warehouse.decision import Decision

FINDING = """
SELECT f.*, s.file_name, s.province_code, s.province_name, s.title, s.status AS submission_status
FROM main.finding f JOIN main.submission s USING (submission_id) WHERE f.finding_id = $id"""
CELLS = """
SELECT c.sheet, c.cell, c.typed_text, c.part, any_value(o.area_name) AS area_name,
    any_value(o.indicator) AS indicator, any_value(o.group_code) AS group_code,
    any_value(o.period) AS period, any_value(o.scenario) AS scenario,
    any_value(o.unit_printed) AS unit_printed, any_value(o.label_path) AS label_path,
    any_value(o.header_path) AS header_path
FROM main.finding_cell c
LEFT JOIN main.observation o USING (submission_id, sheet, cell)
WHERE c.finding_id = $id GROUP BY c.sheet, c.cell, c.typed_text, c.part
ORDER BY c.part <> 'found', c.sheet, any_value(o.row_number), any_value(o.column_number), c.cell"""
SAME_CAUSE = """
SELECT finding_id, rule, severity, status, sheet, culprit_cell, message_vi, message_en
FROM main.finding
WHERE submission_id = $submission AND cause_id = $cause AND cause_id <> '' AND finding_id <> $id
ORDER BY list_position(['critical', 'warning', 'info'], severity), finding_id"""
SIMILAR = """
SELECT f.finding_id, f.severity, f.status, f.sheet, f.culprit_cell, f.message_vi, f.message_en,
    f.submission_id, s.file_name, s.province_name, count(*) OVER () AS in_all
FROM main.finding f JOIN main.submission s USING (submission_id)
WHERE f.rule = $rule AND f.finding_id <> $id AND f.status <> 'superseded'
    AND ($cause = '' OR f.cause_id <> $cause OR f.submission_id <> $submission)
    AND ($province = '' OR s.province_code = $province)
ORDER BY f.submission_id <> $submission, f.status <> 'open', f.finding_id LIMIT 8"""

FATES = """
SELECT decision_id, status, why_vi, why_en FROM main.decision WHERE finding_id = $finding"""
SHEET_NAMES = """
SELECT sheet FROM main.cell LEFT JOIN main.sheet USING (submission_id, sheet)
WHERE submission_id = $id GROUP BY sheet ORDER BY coalesce(any_value(position), 999), sheet"""


@dataclass(frozen=True, slots=True)
class FindingPage:
    """What the page of a finding shows.

    `history` holds the decisions about it, newest first, `fates`
    whether each still counts, as last applied.
    """

    finding: Row
    cells: Sequence[Row]
    arithmetic: Arithmetic | None
    same_cause: Sequence[Row]
    similar: Sequence[Row]
    history: Sequence[Decision]
    fates: Mapping[str, Row]
    sheet_names: Sequence[str]


def find_finding(reader: Reader, finding_id: str) -> Row | None:
    """A finding's own row with its submission's name and province."""
    return reader.row(FINDING, {"id": finding_id})


def finding_page(
    reader: Reader,
    finding: Row,
    decisions: Sequence[Decision],
    say: Speaker,
    province_code: str = "",
) -> FindingPage:
    """The page of a finding; similar ones of other provinces only where the account sees them."""
    facts = {
        "id": finding["finding_id"],
        "cause": finding["cause_id"],
        "submission": finding["submission_id"],
    }
    history = _history(reader, finding["finding_id"], decisions)
    return FindingPage(
        finding,
        reader.rows(CELLS, {"id": finding["finding_id"]}),
        relations.of_finding(reader, finding["submission_id"], finding["relation_id"], say),
        reader.rows(SAME_CAUSE, facts) if finding["cause_id"] else [],
        reader.rows(SIMILAR, {**facts, "rule": finding["rule"], "province": province_code}),
        history,
        {row["decision_id"]: row for row in reader.rows(FATES, {"finding": facts["id"]})},
        [row["sheet"] for row in reader.rows(SHEET_NAMES, {"id": finding["submission_id"]})],
    )


def _history(reader: Reader, finding_id: str, decisions: Sequence[Decision]) -> list[Decision]:
    """What was decided of a finding, or of an earlier submission's that it continues."""
    own = {row["decision_id"] for row in reader.rows(FATES, {"finding": finding_id})}
    return [
        one
        for one in reversed(decisions)
        if one.finding_id == finding_id or one.decision_id in own or one.undoes in own
    ]
