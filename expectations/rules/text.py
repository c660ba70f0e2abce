"""Small pieces of SQL text that several kinds share."""

from collections.abc import Iterable

from expectations.rules.rule import Rule

KEY = ("submission_id", "area_code", "indicator", "group_code", "period", "scenario")


def quoted(text: str) -> str:
    """A text of ours as an SQL literal."""
    return "'" + text.replace("'", "''") + "'"


def among(column: str, values: Iterable[str]) -> str:
    """`column IN (...)`."""
    return f"{column} IN ({', '.join(quoted(value) for value in values)})"


def same(left: str, right: str, columns: Iterable[str]) -> str:
    """Equality of several columns of two relations."""
    return " AND ".join(f"{left}.{column} = {right}.{column}" for column in columns)


def term(alias: str, part: str, coefficient: int = 1) -> str:
    """One term of a relation as a struct; every kind lists its terms in this form."""
    return (
        f"{{'observation_id': {alias}.observation_id, 'part': {quoted(part)}, "
        f"'coefficient': {coefficient}}}"
    )


def within(rule: Rule, period: str) -> str:
    """Whether a period lies in the rule's validity; its first four letters are the year."""
    conditions = ["true"]
    if rule.valid_from:
        conditions.append(f"left({period}, 4) >= {quoted(str(rule.valid_from.year))}")
    if rule.valid_to:
        conditions.append(f"left({period}, 4) < {quoted(str(rule.valid_to.year))}")
    return " AND ".join(conditions)
