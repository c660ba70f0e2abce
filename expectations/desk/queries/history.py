"""Every decision, by whom and what became of it, filtered."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from expectations.desk.publication import Reader, Row
from warehouse.decision import Decision

PAGE = 50
NAMES = """
SELECT f.finding_id, f.severity, f.sheet, f.culprit_cell, f.message_vi, f.message_en, f.status,
    s.province_name, s.province_code, s.file_name
FROM main.finding f JOIN main.submission s USING (submission_id)
WHERE list_contains($findings, f.finding_id)"""
FATES = "SELECT decision_id, finding_id, status, why_vi, why_en FROM main.decision"
PROVINCES = """
SELECT submission_id, province_name FROM main.submission"""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is looked for; "" stands for anything."""

    who: str = ""
    action: str = ""
    province: str = ""
    status: str = ""


@dataclass(frozen=True, slots=True)
class History:
    """What the history page shows."""

    decisions: Sequence[Decision]
    findings: Mapping[str, Row]
    fates: Mapping[str, Row]
    provinces: Mapping[str, str]
    people: Sequence[str]
    in_all: int
    page: int
    pages: int


def history(reader: Reader, decisions: Sequence[Decision], wanted: Wanted, page: int) -> History:
    """The decisions that are wanted, the newest first."""
    fates = {row["decision_id"]: row for row in reader.rows(FATES)}
    places = {row["submission_id"]: row["province_name"] for row in reader.rows(PROVINCES)}
    kept = [one for one in reversed(decisions) if _is_wanted(one, wanted, fates, places)]
    pages = max(1, -(-len(kept) // PAGE))
    page = min(max(page, 1), pages)
    shown = kept[(page - 1) * PAGE : page * PAGE]
    ids = sorted({one.finding_id for one in shown})
    names = reader.rows(NAMES, {"findings": ids})
    return History(
        shown,
        {row["finding_id"]: row for row in names},
        fates,
        places,
        sorted({one.who for one in decisions}),
        len(kept),
        page,
        pages,
    )


def _is_wanted(
    one: Decision, wanted: Wanted, fates: Mapping[str, Row], places: Mapping[str, str]
) -> bool:
    status = fates[one.decision_id]["status"] if one.decision_id in fates else ""
    return (
        wanted.who in ("", one.who)
        and wanted.action in ("", one.action)
        and wanted.province in ("", places.get(one.submission_id, ""))
        and wanted.status in ("", status)
    )
