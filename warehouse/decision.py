"""A decision: what a steward said of a finding, and of which cells, as they were then."""

import datetime as dt
import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Literal

Action = Literal["accept", "correct", "return", "undo"]
DecisionStatus = Literal["active", "lapsed", "expired", "undone", "unmatched"]
# Vietnam keeps one time all year; a decision made until a date counts to that day's end there.
VIETNAM = dt.timezone(dt.timedelta(hours=7))


@dataclass(frozen=True, slots=True)
class DecidedCell:
    """One cell of the finding as it was typed and understood when the decision was made.

    `meaning` is `level|area|indicator|group|period|scenario`, "" for a cell that is no figure.
    `corrected` marks the one cell that a correction is for.
    """

    sheet: str
    cell: str
    typed_text: str
    meaning: str
    part: str
    corrected: bool = False


@dataclass(frozen=True, slots=True)
class Decision:
    """One line of the ledger.

    `series` (reporter, folded title, year) and `matter` (series, rule, typed texts and
    meanings) survive a resubmission and any rebuild. `value` is the corrected figure in base
    units, `typed_figure` what the steward typed; `decided_at` is UTC; `until` is the last day
    on which the decision counts. An undo names the decision it undoes.
    """

    decision_id: str
    finding_id: str
    submission_id: str
    sha256: str
    series: str
    matter: str
    rule: str
    action: Action
    who: str
    decided_at: dt.datetime
    reason: str
    until: dt.date | None
    value: Decimal | None
    typed_figure: str
    undoes: str
    cells: tuple[DecidedCell, ...]

    @property
    def corrected(self) -> DecidedCell | None:
        """The cell that a correction is for."""
        return next((cell for cell in self.cells if cell.corrected), None)

    def has_expired(self, today: dt.date) -> bool:
        """Whether its last day is over."""
        return self.until is not None and self.until < today

    def undone_by(self, decision_id: str, who: str, reason: str, at: dt.datetime) -> "Decision":
        """The line that undoes this one."""
        return replace(
            self,
            decision_id=decision_id,
            action="undo",
            who=who,
            reason=reason,
            decided_at=at,
            until=None,
            value=None,
            typed_figure="",
            undoes=self.decision_id,
        )


def matter_of(series: str, rule: str, cells: Iterable[DecidedCell], said: str = "") -> str:
    """What a decision is about, as a name that changes when a typed text or a meaning changes.

    Where the cells are does not count: an inserted row changes no figure. `said` stands for
    findings without cells.
    """
    facts = sorted((cell.meaning, cell.typed_text) for cell in cells)
    text = json.dumps([series, rule, facts or said], ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()[:32]


def today_in_vietnam() -> dt.date:
    """The day that `until` is compared with."""
    return dt.datetime.now(VIETNAM).date()
