"""Small pieces of SQL text that several kinds share."""

from collections.abc import Iterable

from expectations.rules.rule import Rule

# What a figure means, but for the table it stands in, in one number.
MEANING = ("meaning",)
# An indicator with a group is numbered in 14 bits: the code lists hold some 3,100 of them.
MEANING_BITS = 14


def quoted(text: str) -> str:
    """A text of ours as an SQL literal."""
    return "'" + text.replace("'", "''") + "'"


def among(column: str, values: Iterable[str]) -> str:
    """`column IN (...)`."""
    return f"{column} IN ({', '.join(quoted(value) for value in values)})"


def same(left: str, right: str, columns: Iterable[str]) -> str:
    """Equality of several columns of two relations."""
    return " AND ".join(f"{left}.{column} = {right}.{column}" for column in columns)


def term(figure: str, part: str, coefficient: int = 1) -> str:
    """One term of a relation as a struct; every kind lists its terms in this form."""
    return f"{{'figure': {figure}, 'part': {quoted(part)}, 'coefficient': {coefficient}}}"


def meaning_of(place: str, indicator: str, group: str, number: str) -> tuple[str, str]:
    """The meaning of an indicator and a group in a place: its SQL, and the join it needs.

    It is NULL where the batch has no such figure. `number` is the name of the joined table.
    """
    join = (
        f"LEFT JOIN judged_meaning {number} ON {number}.indicator = {indicator} "
        f"AND {number}.group_code = {group}"
    )
    return f"(({place}::BIGINT << {MEANING_BITS}) + {number}.meaning_no)", join


def present(terms: Iterable[str]) -> str:
    """The list of those terms that are there."""
    return f"list_filter([{', '.join(terms)}], lambda t: t.figure IS NOT NULL)"


def of_kinds(rule: Rule) -> str:
    """The figures of the kinds of indicators and the periods that a rule judges."""
    return f"""
        SELECT * FROM judged_named
        WHERE {among("kind", rule.applies["indicator_kinds"])} AND {within(rule, "period")}"""


def within(rule: Rule, period: str) -> str:
    """Whether a period lies in the rule's validity; its first four letters are the year."""
    conditions = ["true"]
    if rule.valid_from:
        conditions.append(f"left({period}, 4) >= {quoted(str(rule.valid_from.year))}")
    if rule.valid_to:
        conditions.append(f"left({period}, 4) < {quoted(str(rule.valid_to.year))}")
    return " AND ".join(conditions)
