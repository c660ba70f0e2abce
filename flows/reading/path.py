"""The labels on a figure's way: of its row with the rows above, or of its column's heads."""

import re
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import NamedTuple

from expectations.folding import strip_text
from expectations.periods import Period
from expectations.vocabulary import Meaning, Unit, read_label
from flows.reading.areas import Gazetteer, Place
from warehouse.model import Cell

PERCENT_MODIFIERS = frozenset({"ratio", "share", "index", "vs_plan"})
_PARTS = re.compile(r"^\W*(?:trong do|tr\.? ?do|trong so do|chia ra|chia theo|bao gom|gom)\b")
_COMPARING = frozenset({"vs_previous", "vs_plan"})  # said by a head over several columns
# Below this share of understood words a label is not understood, and its figures stay unread.
UNDERSTOOD = 0.5


@dataclass(frozen=True, slots=True)
class Label:
    """One label on a figure's path: its cell, what its words say, the place it names."""

    cell: Cell
    meaning: Meaning
    place: Place | None

    @property
    def is_understood(self) -> bool:
        """Whether enough of the words are known to trust what they say."""
        if self.place is not None or self.meaning.first("subtotal"):
            return True
        return self.meaning.explained > UNDERSTOOD

    @property
    def is_silent(self) -> bool:
        """Whether the words are known but none of them says anything of a figure."""
        said = any(dimension != "filler" for dimension, _value in self.meaning.atoms)
        return not (said or self.place or self.meaning.periods or self.meaning.unit)


def read_path_label(cell: Cell, gazetteer: Gazetteer) -> Label:
    """A label with its meaning; a place's name speaks only of the place."""
    place = gazetteer.find(cell.typed_text)
    meaning = read_label(cell.typed_text)
    speaks = any(dimension != "filler" for dimension, _value in meaning.atoms)
    if place and place.score < 1 and (speaks or meaning.periods):
        place = None  # "Hưu trí" is no slip of a district's name
    if place:
        meaning = _named(cell.typed_text, place.score)
    return Label(cell, meaning, place)


class Terms(NamedTuple):
    """What a path says of the indicator and the group."""

    subject: str | None
    modifiers: frozenset[str]
    schemes: tuple[str, ...]
    care: str | None
    scope: str | None
    groups: tuple[str, ...]


class Said(NamedTuple):
    """All that a path says of its figures but for the place; `period` False: several."""

    terms: Terms
    period: Period | bool | None
    unit: Unit | None
    scenario: str | None
    score: float
    is_whole_year: bool = False
    is_same_part: bool = False
    is_ranged: bool = False


@lru_cache(maxsize=10_000)
def _named(text: str, score: float) -> Meaning:
    """A label that speaks only of the place that it names."""
    return Meaning(text, periods=(), score=score)


@cache
def _shared(said: Said) -> Said:
    """The one object for all paths that say the same, so that identity tells them apart."""
    return said


class Path:
    """The labels of one direction (a row's, a column's), nearest first, and what they say.

    `own` of them stand at the figure itself; `lent` is the period of the column that a
    comparison follows, `payer` the payer group that a flat list puts a row below, `whole` the
    column of which this one is a part (`Trong đó`).
    Everything is settled when the path is made: each of its figures asks for it.
    """

    __slots__ = (
        "area", "groups", "labels", "own", "period", "place", "reached", "said", "scenario",
        "score", "silent", "terms", "unclear", "unit",
    )  # fmt: skip

    def __init__(
        self,
        labels: list[Label],
        own: int = 1,
        lent: Period | None = None,
        payer: str = "",
        left: "Path | None" = None,
        *,
        whole: "Path | None" = None,
    ) -> None:
        self.labels = labels
        self.own = own
        meanings = tuple(label.meaning for label in labels)
        spoken = _speak(meanings, own, payer)
        self.groups = spoken.terms.groups
        self.period: Period | bool | None = lent if spoken.period is None else spoken.period
        if spoken.is_same_part and lent and isinstance(self.period, Period):
            self.period = year_before(lent, None if self.period is lent else self.period)
        self.place: Place | None = next((label.place for label in labels if label.place), None)
        self.area = self.place.area if self.place else None
        self.unit, self.scenario, self.score = spoken.unit, spoken.scenario, spoken.score
        self.unclear: Label | None = next(
            (label for label in labels[:own] if not label.is_understood), None
        )
        nearest = labels[0] if own and labels else None
        self.silent: Label | None = nearest if nearest and nearest.is_silent else None
        self.terms = spoken.terms
        self.reached: frozenset[str] = _reached(self, left)
        if left is not None:
            self.terms = _compared(self.terms, left.terms)
            planned = "ratio" not in left.terms.modifiers  # a target that is itself a rate
            if planned and _is_bare_rate(meanings) and _is_measured(self.reached):
                modifiers = self.terms.modifiers | {"vs_plan"}  # Kế hoạch | Thực hiện | Tỷ lệ (%)
                self.terms = self.terms._replace(modifiers=modifiers)
            if "vs_plan" in self.terms.modifiers and self.scenario in (None, "plan"):
                # Kế hoạch | Ước thực hiện | Đạt (%)
                is_estimate = "estimate" in self.reached and "actual" not in self.reached
                self.scenario = "estimate" if is_estimate else self.scenario
        if whole is not None:
            self.terms = _as_part(self.terms, whole.terms)
            self.unit = self.unit or whole.unit
        said = spoken._replace(
            terms=self.terms, period=self.period, unit=self.unit, scenario=self.scenario
        )
        self.said = _shared(said)


def year_before(period: Period, named: Period | None) -> Period:
    """The same part of the year that is named, `Cùng kỳ năm 2022`, else of the year before."""
    year = named.year if named else (period.year or 0) - 1
    return Period(year, period.part)


def _is_measured(reached: frozenset[str]) -> bool:
    """Whether a plan stands beside what was, or will have been, done of it."""
    return "plan" in reached and not reached.isdisjoint(("actual", "estimate"))


def opens_parts(text: str) -> bool:
    """Whether a head says that the columns below are parts of the one before: `Trong đó`."""
    return bool(_PARTS.match(strip_text(text)))


def _as_part(own: Terms, whole: Terms) -> Terms:
    """`Số lượt KCB | Trong đó: Nội trú | Ngoại trú`: the parts count what the whole counts."""
    if own.subject or own.schemes or not whole.subject:
        return own
    modifiers = own.modifiers or whole.modifiers
    return own._replace(subject=whole.subject, schemes=whole.schemes, modifiers=modifiers)


@lru_cache(maxsize=10_000)
def _speak(meanings: tuple[Meaning, ...], own: int, payer: str) -> Said:
    """What the labels of a path say; the heads of a form come back in every sheet of it."""
    groups = _groups(meanings, payer)
    subject, modifiers = _measure(meanings)
    schemes = _values(meanings, "scheme")
    care, scope = _first(meanings, "care"), _first(meanings, "scope")
    ranged = _is_ranged(meanings[:own])
    return Said(
        Terms(subject, modifiers, schemes, care, scope, groups),
        False if ranged else _period(meanings),
        next((meaning.unit for meaning in meanings if meaning.unit), None),
        _first(meanings, "scenario"),
        min((meaning.score for meaning in meanings), default=1.0),
        any(meaning.first("whole_year") for meaning in meanings),
        any(meaning.first("same_part") and not meaning.all("modifier") for meaning in meanings),
        ranged,
    )


def _compared(own: Terms, left: Terms) -> Terms:
    """A bare rate is of what stands at its left: `Tham gia BHYT | Tỷ lệ (%)`."""
    bare = own.subject is None and not own.schemes and own.modifiers & PERCENT_MODIFIERS
    if not bare or not left.schemes:
        return own
    return own._replace(subject=left.subject, schemes=left.schemes)


def _reached(path: Path, left: Path | None) -> frozenset[str]:
    """The scenarios under one head up to this column: plan and actual of one thing."""
    if path.terms.subject in ("population", "population_avg", "labour_force"):
        return frozenset()
    own = frozenset({path.scenario} if path.scenario else ())
    related = left is not None and path.labels[1:] == left.labels[1:]
    return own | left.reached if left is not None and related else own


def _is_bare_rate(meanings: tuple[Meaning, ...]) -> bool:
    """Whether the nearest label says `Tỷ lệ (%)`, or `Đạt (%)`, and nothing of what."""
    said = {atom for meaning in meanings[:1] for atom in meaning.atoms if atom[0] != "filler"}
    named = bool(meanings) and bool(_modifiers(meanings[0]))
    told = {("modifier", "ratio"), ("scenario", "actual")}
    return named and said <= told and not meanings[0].unexplained


def _values(meanings: tuple[Meaning, ...], dimension: str) -> tuple[str, ...]:
    """What the nearest label that speaks of a dimension says."""
    for meaning in meanings:
        if found := meaning.all(dimension):
            return found
    return ()


def _first(meanings: tuple[Meaning, ...], dimension: str) -> str | None:
    return next(iter(_values(meanings, dimension)), None)


def _groups(meanings: tuple[Meaning, ...], payer: str) -> tuple[str, ...]:
    """The groups named, root first."""
    named = [payer] if payer else []
    for meaning in reversed(meanings):
        named.extend(meaning.all("group"))
    return tuple(named)


def _period(meanings: tuple[Meaning, ...]) -> Period | bool | None:
    """The period of a path, refined from far to near; False where a label names several."""
    period: Period | None = None
    for meaning in reversed(meanings):
        if len(meaning.periods) == 1:
            near = meaning.periods[0]
            period = near if period is None else near.within(period) or near
        elif len(meaning.periods) > 1:
            return False
    return period


def _is_ranged(own: tuple[Meaning, ...]) -> bool:
    """`Giai đoạn 2016-2018` over a column is no period of one year; over its years it may stand."""
    dated = any(len(meaning.periods) == 1 for meaning in own)
    return not dated and any(meaning.ranges and not meaning.periods for meaning in own)


def _measure(meanings: tuple[Meaning, ...]) -> tuple[str | None, frozenset[str]]:
    """Subject and modifiers: a group's label takes over what the labels above it measure."""
    subject: str | None = None
    modifiers: set[str] = set()
    for meaning in meanings:
        said, how = meaning.first("subject"), _modifiers(meaning)
        if subject and said and said != subject:
            break
        if subject and said is None and not modifiers and not _only_measures(meaning):
            continue
        only_counted = modifiers == {"count"} and said == subject and not how <= {"count"}
        if not modifiers or only_counted:
            modifiers |= how
        modifiers |= how & _COMPARING
        if modifiers == {"vs_previous"}:
            modifiers |= how & PERCENT_MODIFIERS  # "2021 so với 2020" below "So sánh (%)"
        if "change" in how and modifiers == {"ratio"}:
            modifiers = {"growth"}  # "Tỷ lệ %" below "Tăng, giảm": by how many percent
        subject = subject or said
        if subject and modifiers:
            break
    return subject, frozenset(modifiers)


def _only_measures(meaning: Meaning) -> bool:
    """Whether a label says how figures are expressed and nothing of what: `Chỉ số phát triển (%)`
    over a block of rows."""
    return {name for name, _value in meaning.atoms} <= {"modifier", "filler"}


def _modifiers(meaning: Meaning) -> set[str]:
    how = set(meaning.all("modifier"))
    if base := meaning.first("base"):
        how |= {"of_base", f"of_{base}"}
    if meaning.compared_with and not how & {"change", "index"}:
        how.add("vs_previous")
    if "vs_previous" in how and meaning.first("authority") and not meaning.compared_with:
        how = (how - {"vs_previous"}) | {"vs_plan"}  # "% so với TTg giao"
    percent = meaning.unit is not None and meaning.unit.code == "percent"
    if percent and "change" in how:
        how = (how - {"change"}) | {"growth"}  # "Tăng so với năm 2021 (%)": by how many percent
    return how | {"ratio"} if percent and not how & PERCENT_MODIFIERS else how
