"""Group codes from the groups that a figure's labels name, from the root down."""

import csv
from fnmatch import fnmatchcase
from functools import cache

from expectations.vocabulary import GROUP_PATHS
from warehouse.reference import groups

PAYER = "payer"


@cache
def _codes() -> frozenset[str]:
    return frozenset(group.code for group in groups())


@cache
def _by_last_part() -> dict[str, tuple[str, ...]]:
    found: dict[str, list[str]] = {}
    for code in _codes():
        found.setdefault(code.rpartition("/")[2], []).append(code)
    return {name: tuple(sorted(codes)) for name, codes in found.items()}


@cache
def _paths() -> dict[str, str]:
    with GROUP_PATHS.open(encoding="utf-8", newline="") as lines:
        return {row["path"]: row["code"] for row in csv.DictReader(lines)}


@cache
def fits(group: str, indicator: str) -> bool:
    """Whether the code list lets an indicator be divided by a group."""
    patterns = next((row.indicators for row in groups() if row.code == group), "")
    return not patterns or any(fnmatchcase(indicator, part) for part in patterns.split("|"))


@cache
def implied_subject(group: str) -> str | None:
    """What a group can only be a part of: `Tiền thuốc` is spending."""
    patterns = next((row.indicators for row in groups() if row.code == group), "")
    subjects = {name for name in ("expenditure", "staff") if f"_{name}" in patterns}
    return subjects.pop() if len(subjects) == 1 else None


@cache
def payer_groups() -> frozenset[str]:
    """The groups by who pays, with their sub-groups."""
    payers = {group.code for group in groups() if group.partition == PAYER}
    return frozenset(
        code for code in _codes() if code in payers or code.partition("/")[0] in payers
    )


@cache
def resolve_group(named: tuple[str, ...]) -> str | None:
    """The code of a chain of group names, root first; None where no code list row fits.

    `("state_budget_partial", "students")` is `state_budget_partial/students`, while
    `("students",)` alone is the population group `students`.
    """
    current = ""
    for name in named:
        step = _step(current, name)
        if step is None:
            return None
        current = step
    return current or "total"


@cache
def _partitions() -> dict[str, str]:
    return {group.code: group.partition for group in groups()}


def _crosses(current: str, name: str) -> bool:
    """Whether two groups divide all people in two different ways."""
    ways = _partitions().get(current, ""), _partitions().get(name, "")
    return all(ways) and ways[0] != ways[1] and "/" not in name


def _step(current: str, name: str) -> str | None:
    if current:
        path = f"{current}/{name}"
        if path in _paths() or path in _codes():
            return _paths().get(path, path)
        if name == current.rpartition("/")[2]:
            return current
    if _crosses(current, name):
        return None  # women among the compulsorily insured: no code for the one within the other
    if name in _codes():
        return name
    homes = _by_last_part().get(name, ())
    inside = [
        code for code in homes if current and code.startswith(f"{current.partition('/')[0]}/")
    ]
    return (inside or homes)[0] if len(inside or homes) == 1 else None
