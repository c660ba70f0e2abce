"""What a rule speaks of: a batch that has nothing of it need not be asked.

Planning a statement costs some ten milliseconds, more than a small night's figures take.
"""

from typing import TYPE_CHECKING

from expectations.rules.kinds import kind_of
from expectations.rules.rule import Rule
from expectations.rules.text import among

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection


def has_subject(connection: "DuckDBPyConnection", rule: Rule) -> bool:
    """Whether the prepared batch holds any figure that the rule speaks of."""
    return bool(connection.execute(f"SELECT {_condition(rule)}").fetchall()[0][0])


def _condition(rule: Rule) -> str:
    """SQL: the meanings that the rule attaches to, and the tables that its kind starts from."""
    applies = rule.applies
    wanted = [among("kind", applies["indicator_kinds"])] if "indicator_kinds" in applies else []
    if indicators := _indicators(rule):
        wanted.append(among("indicator", indicators))
    meant = [f"EXISTS (FROM judged_meaning WHERE {' AND '.join(wanted)})"] if wanted else []
    needed = getattr(kind_of(rule), "NEEDS", ())
    return " AND ".join([*meant, *(f"EXISTS (FROM {table})" for table in needed)]) or "true"


def _indicators(rule: Rule) -> list[str]:
    """The indicators that a rule names, as far as it does: those of its tested figures."""
    applies = rule.applies
    parts = [part for own in applies.get("wholes", {}).values() for part in own]
    at_most = [part for part, _ in applies.get("at_most", ())]
    return [*applies.get("indicators", ()), *parts, *at_most]
