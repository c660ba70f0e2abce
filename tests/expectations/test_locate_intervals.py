"""The interval a relation forces on a figure: it holds inside, and fails just outside."""

from collections.abc import Mapping
from fractions import Fraction

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from expectations.locate.cover import covers
from expectations.locate.graph import Relation
from expectations.locate.intervals import forced, holds

Figures = Mapping[str, Fraction]


def relation(kind: str, constant: int = 0, **parts: str) -> Relation:
    weights = {name: Fraction(-1 if part == "last_year" else 1) for name, part in parts.items()}
    return Relation("r", "rule", kind, True, Fraction(constant), parts, weights)


SUM = relation("sum_groups", total="found", a="term", b="term", c="term")
CHANGE = relation("change", change="found", now="count", last="last_year")
PART = relation("part_of_group", part="found", whole="whole")
RATE = relation("rate", rate="found", count="count", base="base")
INDEX = relation("index", index="found", now="count", change="change")
FIGURES = {
    "total": 60, "a": 10, "b": 20, "c": 30, "change": -3, "now": 97, "last": 100,
    "part": 3, "whole": 4, "rate": 12, "count": 120, "base": 1000, "index": 97,
}  # fmt: skip


def halves_of(figures: Figures) -> Figures:
    return {name: Fraction(1, 2) for name in figures}


@pytest.mark.parametrize("one", [SUM, CHANGE, PART, RATE, INDEX])
@given(data=st.data())
def test_what_is_inside_holds_and_what_is_outside_fails(one: Relation, data: st.DataObject) -> None:
    figures = {name: Fraction(FIGURES[name] + data.draw(st.integers(-2, 2))) for name in one.parts}
    halves = halves_of(figures)
    name = data.draw(st.sampled_from(sorted(one.parts)))
    interval = forced(one, name, figures, halves)
    assume(not interval.is_empty)
    small = Fraction(1, 1000)
    for edge, outwards in ((interval.low, -small), (interval.high, small)):
        if edge is not None:
            assert holds(one, {**figures, name: edge}, halves)
            assert not holds(one, {**figures, name: edge + outwards}, halves)


def test_a_districts_missing_people_are_forced_by_the_sum() -> None:
    """11 districts fall 4.000 short of 752.190; twelve halves of rounding explain 6."""
    parts = {f"d{number}": "term" for number in range(10)}
    sum_districts = relation("sum_areas", province="found", quang_binh="term", **parts)
    figures = {name: Fraction(69314) for name in parts}
    figures |= {"province": Fraction(752190), "quang_binh": Fraction(55042)}
    figures["d0"] += 8  # the others add up to 693.148
    interval = forced(sum_districts, "quang_binh", figures, halves_of(figures))
    assert (interval.low, interval.high) == (59036, 59048)


def test_the_lightest_set_of_cells_comes_first_and_none_twice() -> None:
    failing = [{"a", "b"}, {"b", "c"}, {"c", "d"}]
    weights = {"a": 1.0, "b": 1.5, "c": 2.0, "d": 5.0}
    found = list(covers(weights, failing, []))
    assert found[0] == {"a", "c"}
    assert found[1] == {"b", "c"}
    assert len(found) == len(set(found))
    assert all(cells & relation for cells in found for relation in failing)


def test_a_refused_set_needs_another_cell() -> None:
    refused = [frozenset({"a", "c"})]
    first = next(covers({"a": 1.0, "b": 1.5, "c": 2.0}, [{"a", "b"}, {"b", "c"}], refused))
    assert first == {"b"}
