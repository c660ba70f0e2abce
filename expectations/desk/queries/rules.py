"""The rules with their record: how often each alarms, and how often stewards confirm it."""

from collections.abc import Sequence
from dataclasses import dataclass

from expectations.desk.publication import Reader, Row
from expectations.desk.queries.relations import rules
from expectations.rules.rule import Rule

RECORD = """
SELECT rule, count(*) AS relations, count(*) FILTER (status IN ('holds', 'rounding')) AS holds,
    count(*) FILTER (status = 'fails') AS fails, count(*) FILTER (status = 'unknown') AS unknown
FROM main.relation GROUP BY rule"""
FINDINGS = """
SELECT rule, count(*) AS findings, count(*) FILTER (status = 'open') AS open FROM main.finding
WHERE status <> 'superseded' GROUP BY rule"""
# A correction, a return or a repair by the province confirms a finding; accepting it does not.
DECIDED = """
SELECT f.rule,
    count(DISTINCT f.finding_id) FILTER (d.action IN ('correct', 'return')) AS confirmed,
    count(DISTINCT f.finding_id) FILTER (d.action = 'accept') AS accepted
FROM main.finding f JOIN main.decision d USING (finding_id)
WHERE d.status NOT IN ('undone') AND d.action <> 'undo' GROUP BY f.rule"""


@dataclass(frozen=True, slots=True)
class Record:
    """One rule and what came of it; rates are None where nothing was judged or decided."""

    rule_id: str
    rule: Rule | None
    relations: int
    fails: int
    unknown: int
    findings: int
    open: int
    confirmed: int
    accepted: int

    @property
    def alarm_rate(self) -> float | None:
        """Of the relations that could be judged, how many fail."""
        judged = self.relations - self.unknown
        return self.fails / judged if judged else None

    @property
    def confirmation_rate(self) -> float | None:
        """Of the findings that stewards decided, how many they held to be wrong figures."""
        decided = self.confirmed + self.accepted
        return self.confirmed / decided if decided else None


def rule_records(reader: Reader) -> list[Record]:
    """Every declared rule in its order, then the findings of the reading by kind."""
    record, found, decided = (_by_rule(reader.rows(sql)) for sql in (RECORD, FINDINGS, DECIDED))
    others = sorted(set(found) - set(rules()))
    return [
        Record(
            rule_id,
            rules().get(rule_id),
            *_counts(record.get(rule_id), ("relations", "fails", "unknown")),
            *_counts(found.get(rule_id), ("findings", "open")),
            *_counts(decided.get(rule_id), ("confirmed", "accepted")),
        )
        for rule_id in (*rules(), *others)
    ]


def _by_rule(rows: Sequence[Row]) -> dict[str, Row]:
    return {row["rule"]: row for row in rows}


def _counts(row: Row | None, names: Sequence[str]) -> list[int]:
    return [row[name] if row else 0 for name in names]
