"""The sentence of one finding: which figures, the arithmetic spelled out, how far it is off."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from expectations.rules.rule import Rule
from expectations.typing_style import Typed, TypingStyle, plain, style_of
from expectations.wording import Sentence, sentence
from warehouse import reference

# More terms than these are counted, not spelled out.
SPELLED_OUT = 6
# A figure computed from sums and differences needs no more than the finest print.
MOST_DECIMALS = 6
Facts = dict[str, str | Sentence]


@dataclass(frozen=True, slots=True)
class Member:
    """One figure of a relation: its part, its cell, and what it means.

    `other_file` is the earlier report it stands in, "" for the finding's own.
    """

    part: str
    sheet: str
    cell: str
    typed_text: str
    typed: Typed
    area_name: str
    area_level: str
    indicator: str
    group_code: str
    period: str
    scenario: str
    other_file: str


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a relation; `named` are codes of what its sentence lists: areas, groups."""

    status: str
    computed: Decimal
    found: Decimal
    low: Decimal | None = None
    high: Decimal | None = None
    named: tuple[str, ...] = ()


def message(rule: Rule, outcome: Outcome, members: Sequence[Member], province: str) -> Sentence:
    """What a steward and a clerk read about a relation; figures as the clerk typed them."""
    told = _Told(rule, outcome, members, province)
    filled = Sentence(rule.sentence_vi, rule.sentence_en).filled(told.facts())
    return filled if outcome.status == "fails" else filled + sentence("words.improbable")


class _Told:
    """The facts of one relation, in words."""

    def __init__(
        self, rule: Rule, outcome: Outcome, members: Sequence[Member], province_name: str
    ) -> None:
        self.rule, self.outcome = rule, outcome
        self.computed, self.found = outcome.computed, outcome.found
        self.members, self.province_name = members, province_name
        self.first = members[0]
        self.mixed = len({member.typed.factor for member in self._alike()}) > 1
        style = style_of(member.typed for member in members)
        # "ghi 1100,9, tức 1.100.900 người": what is told in people is not told in thousands
        self.in_base = self.mixed or rule.kind == "magnitude"
        self.style = TypingStyle(style.thousands, style.decimal) if self.in_base else style

    def facts(self) -> Facts:
        """Every fact that a rule's sentence may ask for."""
        parts = {member.part: member for member in self.members}
        facts: Facts = {
            "subject": self._subject(),
            "found": self._figure(parts["found"]) if "found" in parts else "100",
            "computed": self._written(self.computed),
            "value": self._written(self.found),
            "difference": self._written(self.computed - self.found),
            "excess": self._written(self.found - self.computed),
            "low": self._bound(self.outcome.low),
            "high": self._bound(self.outcome.high),
            "allowance": self._allowance(),
            "terms": self._terms(),
            "named": self._named(),
            "listed": f"{self.found:.0f}",
            "expected": f"{self.computed:.0f}",
            "sheet": self.first.sheet,
            "indicator": _indicator_name(self.first),
        }
        facts |= {part: self._figure(member) for part, member in parts.items() if part != "found"}
        facts |= {f"{part}_cell": f"{m.sheet}!{m.cell}" for part, m in parts.items()}
        facts |= {f"{part}_file": m.other_file for part, m in parts.items()}
        facts |= self._names(parts)
        facts.setdefault("base", self._base(parts))
        return facts

    def _alike(self) -> list[Member]:
        """The figures that are counted in the same unit: all but a percentage and its terms."""
        if {"count", "base"} & {member.part for member in self.members}:
            return [member for member in self.members if member.part != "found"]
        return [member for member in self.members if member.part != "rate"]

    def _figure(self, member: Member) -> str:
        """As typed, unless figures printed in different units stand side by side."""
        if self.mixed and member in self._alike():
            return self.style.written(member.typed.value, plain(member.typed.value))
        return member.typed.text

    def _written(self, value: Decimal) -> str:
        """A computed figure in the clerk's style, with the decimals it needs."""
        if self._is_ratio():
            style = TypingStyle(self.style.thousands, self.style.decimal)
            return style.written(value, self._telling_decimals())
        exact = min(plain(value / self.style.factor), MOST_DECIMALS)
        printed = 0 if self.in_base else self.first.typed.decimals
        return self.style.written(value, max(printed, exact))

    def _bound(self, value: Decimal | None) -> str:
        """An end of the interval, to the digit that the tested figure is printed to."""
        if value is None:
            return ""
        printed = 0 if self.in_base else self.first.typed.decimals
        return self.style.written(value, printed)

    def _telling_decimals(self) -> int:
        """As many as were printed; more while the computed figure still looks like the printed."""
        decimals = self.first.typed.decimals
        while round(self.computed, decimals) == round(self.found, decimals) != self.computed:
            decimals += 1
            if decimals >= MOST_DECIMALS:
                break
        return decimals

    def _is_ratio(self) -> bool:
        return any(member.part == "count" for member in self.members) and self.rule.kind != "change"

    def _allowance(self) -> str | Sentence:
        limit = sum((member.typed.half_width for member in self.members), Decimal(0))
        return sentence("words.allowance", {"limit": self._written(limit)}) if limit else ""

    def _base(self, parts: Mapping[str, Member]) -> str:
        """Last year's figure where it was not printed: this year's less the change."""
        if "count" not in parts or "change" not in parts:
            return ""
        last = parts["count"].typed.value - parts["change"].typed.value
        return self.style.written(last, plain(last))

    def _terms(self) -> str | Sentence:
        terms = [member for member in self.members if member.part in {"term", "people"}]
        if len(terms) == 1:
            return sentence("words.one_term", {"name": _group_name(terms[0])})
        counted = sentence(f"words.{self._sort(terms)}", {"count": str(len(terms))})
        if not terms or len(terms) > SPELLED_OUT:
            return counted
        arithmetic = " + ".join(self._figure(member) for member in terms)
        return sentence("words.arithmetic", {"terms": counted, "arithmetic": arithmetic})

    def _named(self) -> Sentence:
        """What the outcome lists, in words: areas and groups by name, years as they are."""
        codes, kind = self.outcome.named, self.rule.kind
        if kind == "areas_present":
            names = ", ".join(reference.area(code).name for code in codes)
            return Sentence(names, names)
        if kind == "groups_present":
            groups = [_name_of_group(code) for code in codes]
            vi = "; ".join(group.vi for group in groups)
            return Sentence(vi, "; ".join(group.en for group in groups))
        return Sentence(", ".join(codes), ", ".join(codes))

    def _sort(self, terms: Sequence[Member]) -> str:
        """What the terms are: the meaning in which they differ."""
        if len({member.indicator for member in terms}) > 1:
            return "indicators"
        if len({member.area_name for member in terms}) > 1:
            return "provinces" if terms[0].area_level == "province" else "districts"
        return "groups"

    def _names(self, parts: Mapping[str, Member]) -> Facts:
        whole = parts.get("whole", self.first)
        if "whole" in parts:
            by_group = whole.group_code != self.first.group_code
            name = _group_name if by_group else _indicator_name
            return {"part": name(self.first), "whole": name(whole)}
        if any(member.area_name != self.first.area_name for member in self.members):
            level = "country" if self.first.area_level == "country" else "province"
            return {"whole": sentence(f"words.{level}")}
        if any(member.indicator != self.first.indicator for member in self.members):
            return {"whole": _indicator_name(self.first)}
        return {"whole": _group_name(self.first)}

    def _subject(self) -> Sentence:
        """Place, indicator, group where it is not the total, period and scenario."""
        first = self.first
        key = "words.year" if first.period.isdigit() else "words.period"
        pieces = [
            Sentence(first.area_name or self.province_name, first.area_name or self.province_name),
            _indicator_name(first),
            sentence(key, {"period": first.period}),
        ]
        same_group = len({member.group_code for member in self.members}) == 1
        if first.group_code != "total" and same_group:
            pieces.insert(2, _group_name(first))
        if first.scenario != "actual":
            pieces.append(sentence(f"words.{first.scenario}"))
        vi = ", ".join(piece.vi for piece in pieces)
        return Sentence(vi, ", ".join(piece.en for piece in pieces))


def _group_name(member: Member) -> Sentence:
    return _name_of_group(member.group_code)


def _name_of_group(code: str) -> Sentence:
    names = {group.code: Sentence(group.name_vi, group.name_en) for group in reference.groups()}
    return names.get(code, Sentence(code, code))


def _indicator_name(member: Member) -> Sentence:
    names = {one.code: Sentence(one.name_vi, one.name_en) for one in reference.indicators()}
    return names.get(member.indicator, Sentence(member.indicator, member.indicator))
