"""Indicator codes from what labels say is counted and how it is expressed."""

from dataclasses import dataclass
from functools import cache

from warehouse.reference import indicators

# What labels speak of and no indicator holds: these figures stay unread, which is said, but a
# column of debts beside the participants is no reason to hold the participants back.
_OTHER = "uninsured debt employers books beneficiaries fund eligible population_15 households"
_UNLISTED = frozenset((_OTHER + " communes agents balance remaining schools").split())
_PLAIN = frozenset({"key_cadres", "party_members", "visits", "facilities", "staff"})
_COMPARISONS = (
    ("vs_plan", "_vs_plan_pct"),
    ("index", "_index_prev_year_pct"),
    ("change", "_change_prev_year"),
)
NOT_HELD = frozenset({"movement", "growth", "points", "employer_kind"})
# "% so cùng kỳ" of money, visits or staff: said of an amount, and no amount itself.
_NO_AMOUNT = frozenset({"index", "change", "vs_previous", "ratio", "share", "card"})
_COMPARED = frozenset({"index", "change", "vs_previous"})
_ONLY_AMOUNTS = frozenset({"revenue", "expenditure", "visits", "facilities", "staff"}) | {
    "population_avg"
}
_OF_POPULATION = frozenset(
    {"poor", "near_poor", "children_under_6", "over_80", "students", "ethnic_minorities"}
)


@cache
def units() -> dict[str, tuple[str, bool]]:
    """For each indicator its base unit and whether its figures are tallied, not rounded."""
    return {row.code: (row.unit, row.precision == "tallied") for row in indicators()}


@dataclass(frozen=True, slots=True)
class Words:
    """What the labels of a figure say of its indicator."""

    subject: str | None
    modifiers: frozenset[str]
    scheme: str | None
    care: str | None
    scope: str | None
    group: str
    is_payer: bool


@cache
def resolve_indicator(words: Words) -> str | None:
    """The indicator's code, None where the words do not make one of the code list."""
    subject, modifiers = words.subject, words.modifiers
    code: str | None
    if subject in _PLAIN:
        code = _plain(words)
    elif subject in ("expenditure", "revenue"):
        code = _money(words)
    elif is_unlisted(words):
        return None
    elif {"card", "ratio"} <= modifiers:
        code = f"{words.scheme or 'bhyt'}_card_coverage_pct"
    else:
        code = _people(words)
    return code if code in units() else None


def is_unlisted(words: Words) -> bool:
    """Whether the words are understood, and speak of what the code list does not collect."""
    compared = words.subject in _ONLY_AMOUNTS and words.modifiers & _COMPARED
    return words.subject in _UNLISTED or bool(words.modifiers & NOT_HELD or compared)


def _plain(words: Words) -> str | None:
    """Briefed cadres; visits by care, facilities, staff."""
    if words.subject in ("key_cadres", "party_members"):
        return f"{words.subject}_briefed_pct"
    if words.modifiers & (_NO_AMOUNT | {"average", "vs_plan"}):
        return None
    care = f"_{words.care}" if words.care and words.subject == "visits" else ""
    return f"{words.scheme or 'bhyt'}_{words.subject}{care}"


def _people(words: Words) -> str | None:
    """Participants, population or labour force: counted, changed, compared, or a proportion."""
    counted = words.subject in ("population", "population_avg", "labour_force")
    base = str(words.subject) if counted else f"{words.scheme}_participants"
    for modifier, ending in _COMPARISONS:
        if modifier in words.modifiers:
            return base + ending
    if "vs_previous" in words.modifiers:
        rate = "ratio" in words.modifiers
        return base + ("_index_prev_year_pct" if rate else "_change_prev_year")
    if words.modifiers & {"ratio", "share"} and words.scheme:
        return _proportion(words)
    return base


def _proportion(words: Words) -> str | None:
    """A rate of a population, or a share of the participants.

    A payer group's percentage is its share of all participants unless the label says
    of what else it is (`so với dân số`), or that the group is covered (`tỷ lệ tham gia`).
    """
    scheme = words.scheme
    if ("of_labour_force" if scheme == "bhyt" else "of_population") in words.modifiers:
        return None  # a rate of what this indicator is not a rate of
    if "share" in words.modifiers:
        return f"{scheme}_participant_share_pct"
    covered = words.is_payer and "covering" in words.modifiers  # "Tỷ lệ tham gia" of a group
    if words.is_payer and not covered and "of_base" not in words.modifiers:
        return f"{scheme}_participant_share_pct"
    if words.group in _OF_POPULATION or covered:
        return f"{scheme}_card_coverage_pct"
    return f"{scheme}_coverage_pct"


def _money(words: Words) -> str | None:
    scheme = words.scheme
    if "average" in words.modifiers:
        return None
    if scheme is None:  # "Tổng thu" over BHXH, BHYT and BHTN is the revenue of none of them
        return None
    if "vs_plan" in words.modifiers:
        return f"{scheme}_{words.subject}_vs_plan_pct"
    if words.modifiers & _NO_AMOUNT:
        return None
    if words.subject == "expenditure" and scheme == "bhyt":
        return f"bhyt_expenditure_{words.scope or 'in_province'}"
    return f"{scheme}_{words.subject}"
