"""The ledger of decisions: append-only, in SQLite beside the warehouse, surviving any rebuild."""

import datetime as dt
import sqlite3
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from decimal import Decimal
from pathlib import Path
from typing import Any

from warehouse import places
from warehouse.decision import VIETNAM, DecidedCell, Decision, today_in_vietnam

SCHEMA = Path(__file__).with_name("decisions.sql")
# Two stewards write at the same moment: the second waits this long (ms) for the first.
PATIENCE = 10_000
COLUMNS = (
    "decision_id, finding_id, submission_id, sha256, series, matter, rule, action, who, "
    "decided_at, reason, until, value, typed_figure, undoes"
)
CELL_COLUMNS = "decision_id, place, sheet, cell, typed_text, meaning, part, corrected"
HEAD = """
SELECT decision_id FROM decision
WHERE matter = :matter AND (finding_id = :finding_id OR submission_id <> :submission_id)
ORDER BY number DESC LIMIT 1"""


class AlreadyDecided(RuntimeError):
    """Somebody decided the same finding first; `by` is that decision."""

    def __init__(self, by: Decision) -> None:
        moment = by.decided_at.replace(tzinfo=dt.UTC).astimezone(VIETNAM)
        day = f"{moment:%d/%m/%Y %H:%M}"
        super().__init__(
            f"{by.who} đã quyết định phát hiện này ({by.action}, {day}): {by.reason} / "
            f"{by.who} has decided finding {by.finding_id} ({by.action}, {day}): {by.reason}"
        )
        self.by = by


def record(home: Path, decisions: Sequence[Decision], seen: Mapping[str, str]) -> None:
    """Add decisions to the ledger of a home, all of them or none, durably.

    `seen` holds for each finding_id the id of the last decision that its steward had before
    their eyes ("" for none). Raises AlreadyDecided when the ledger holds a later one.
    """
    with _open(home) as ledger, _writing(ledger):
        for decision in decisions:
            head = _head(ledger, decision)
            if head and head != seen.get(decision.finding_id, ""):
                raise AlreadyDecided(_fetch(ledger, "WHERE decision_id = ?", (head,))[0])
        for decision in decisions:
            _add(ledger, decision)


def all_decisions(home: Path) -> tuple[Decision, ...]:
    """Every line of the ledger, the oldest first; none when nothing was ever decided."""
    if not places.decisions_file(home).exists():
        return ()
    with _open(home) as ledger:
        return tuple(_fetch(ledger, "", ()))


def effective_decisions(home: Path, today: dt.date | None = None) -> tuple[Decision, ...]:
    """The decisions that were not undone, decided anew or expired on a day (default: today)."""
    return standing(all_decisions(home), today or today_in_vietnam())


def standing(decisions: Sequence[Decision], today: dt.date) -> tuple[Decision, ...]:
    """Those of all decisions that count on a day, as far as the ledger alone can tell."""
    undone = {decision.undoes for decision in decisions}
    return tuple(
        one
        for one in decisions
        if one.action != "undo" and one.decision_id not in undone and not one.has_expired(today)
    )


def head_of(home: Path, decision: Decision) -> str:
    """The id of the last line about the finding of a decision, "" when there is none."""
    if not places.decisions_file(home).exists():
        return ""
    with _open(home) as ledger:
        return _head(ledger, decision)


def _head(ledger: sqlite3.Connection, decision: Decision) -> str:
    """The last line about a matter: of this finding, or of an earlier submission's."""
    facts = {name: getattr(decision, name) for name in ("matter", "finding_id", "submission_id")}
    row = ledger.execute(HEAD, facts).fetchone()
    return str(row[0]) if row else ""


def _add(ledger: sqlite3.Connection, one: Decision) -> None:
    until = one.until.isoformat() if one.until else None
    value = None if one.value is None else format(one.value, "f")
    row = (
        *(one.decision_id, one.finding_id, one.submission_id, one.sha256, one.series, one.matter),
        *(one.rule, one.action, one.who, one.decided_at.isoformat(), one.reason, until, value),
        *(one.typed_figure, one.undoes),
    )
    ledger.execute(f"INSERT INTO decision ({COLUMNS}) VALUES ({_marks(row)})", row)
    for place, cell in enumerate(one.cells):
        facts = (cell.sheet, cell.cell, cell.typed_text, cell.meaning, cell.part, cell.corrected)
        ledger.execute(
            f"INSERT INTO decision_cell ({CELL_COLUMNS}) VALUES ({_marks((0, 0, *facts))})",
            (one.decision_id, place, *facts),
        )


def _fetch(ledger: sqlite3.Connection, where: str, parameters: tuple[str, ...]) -> list[Decision]:
    cells: dict[str, list[DecidedCell]] = defaultdict(list)
    for decision_id, _, sheet, cell, typed_text, meaning, part, corrected in ledger.execute(
        f"SELECT {CELL_COLUMNS} FROM decision_cell {where} ORDER BY decision_id, place", parameters
    ):
        then = DecidedCell(sheet, cell, typed_text, meaning, part, bool(corrected))
        cells[decision_id].append(then)
    rows = ledger.execute(f"SELECT {COLUMNS} FROM decision {where} ORDER BY number", parameters)
    return [_decision(row, tuple(cells[row[0]])) for row in rows]


def _decision(row: tuple[Any, ...], cells: tuple[DecidedCell, ...]) -> Decision:
    facts = dict(zip(COLUMNS.split(", "), row, strict=True))
    facts["decided_at"] = dt.datetime.fromisoformat(facts["decided_at"])
    facts["until"] = dt.date.fromisoformat(facts["until"]) if facts["until"] else None
    facts["value"] = None if facts["value"] is None else Decimal(facts["value"])
    return Decision(**facts, cells=cells)


def _marks(row: Sequence[object]) -> str:
    return ", ".join("?" * len(row))


@contextmanager
def _open(home: Path) -> Iterator[sqlite3.Connection]:
    path = places.decisions_file(home)
    path.parent.mkdir(parents=True, exist_ok=True)
    ledger = sqlite3.connect(path, timeout=PATIENCE / 1000, isolation_level=None)
    try:
        ledger.execute("PRAGMA journal_mode = WAL")
        ledger.execute("PRAGMA synchronous = FULL")  # a decision that was told is never lost
        ledger.executescript(SCHEMA.read_text(encoding="utf-8"))
        yield ledger
    finally:
        ledger.close()


@contextmanager
def _writing(ledger: sqlite3.Connection) -> Iterator[None]:
    """One writer at a time from the first look to the commit."""
    ledger.execute("BEGIN IMMEDIATE")
    try:
        yield
    except BaseException:
        ledger.execute("ROLLBACK")
        raise
    ledger.execute("COMMIT")
