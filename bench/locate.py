"""How well the guilty cell is found: slips made on purpose in consistent tables of every layout.

    python -m bench.locate [--seeds 20] [--slips 4] [--show]

Judges and locates clean tables and the same tables with one slip (and some with two or three), and
prints what is found, ranked first and repaired exactly, how far the told confidence can be
believed, and what naive methods reach on the same tables. `--fit` prints the rows of
expectations/locate/confidence.csv that the measured answers would give.
"""

import argparse
import random
import time
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from fractions import Fraction
from typing import TYPE_CHECKING

from bench.made_tables import MadeWorkbook, cell_of, make_tables, store
from bench.naive import NAIVE, count_flagged
from bench.oracle import Book, Meaning, Printed, broken_ties
from bench.reliability import print_fit, print_reliability, share
from bench.slipping import SLIPS, slip
from expectations.locate.confidence import calibrated
from expectations.locate.graph import Graph, Relation
from expectations.locate.intervals import EQUAL, FORCING
from expectations.locate.loading import load_graphs
from expectations.locate.locate import judged_parts, locate
from expectations.locate.weighing import Weighing
from expectations.relations import judge
from tests.generator.layouts import LAYOUTS
from warehouse.database import open_memory

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection


@dataclass(frozen=True, slots=True)
class Slipped:
    """A workbook with wrong figures: cell and right value by observation id."""

    book: MadeWorkbook
    kind: str
    right: dict[str, object]
    visible: bool


@dataclass(slots=True)
class Tally:
    """What was measured, by slip and together."""

    counts: dict[str, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))
    told: list[tuple[float, float, bool]] = field(default_factory=list)
    misses: list[str] = field(default_factory=list)


def main() -> None:
    """Make, judge, locate, print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--seeds", type=int, default=20)
    parser.add_argument("--slips", type=int, default=4)
    parser.add_argument("--first", type=int, default=0)
    parser.add_argument("--show", action="store_true")
    parser.add_argument("--fit", action="store_true")
    parser.add_argument("--layout", default="")
    wanted = parser.parse_args()
    tally, clean, took = Tally(), Counter[str](), [0.0, 0.0]
    for seed in range(wanted.first, wanted.first + wanted.seeds):
        layouts = [wanted.layout] if wanted.layout else list(LAYOUTS)
        books = {layout: make_tables(layout, seed) for layout in layouts}
        judge_clean(books, clean, wanted.show)
        measure(books, seed, wanted.slips, tally, took)
    report(tally, clean, took)
    if wanted.show:
        print(*tally.misses, sep="\n")
    if wanted.fit:
        print_fit([(raw, right) for raw, _, right in tally.told])


def judge_clean(books: dict[str, MadeWorkbook], clean: Counter[str], show: bool) -> None:
    """Count false alarms, ours and those of naive methods, on tables without a slip."""
    with open_memory() as connection:
        store(connection, books)
        judge(connection, list(books))
        clean["tables"] += len(books)
        alarms = connection.execute(
            "SELECT DISTINCT submission_id, rule FROM relation WHERE status = 'fails'"
        ).fetchall()
        clean["ours"] += len({name for name, _ in alarms})
        if show and alarms:
            print("false alarms:", alarms)
        for method, condition in NAIVE.items():
            clean[method] += count_flagged(connection, condition)


def measure(
    books: dict[str, MadeWorkbook], seed: int, slips: int, tally: Tally, took: list[float]
) -> None:
    """Slip, judge and locate every book of a seed several times."""
    made: dict[str, Slipped] = {}
    rng = random.Random(seed)
    for layout, book in books.items():
        for number in range(slips):
            kind = rng.choices(list(SLIPS), list(SLIPS.values()))[0]
            alone = number < slips - 1 or kind in {"swapped", "shifted"}
            errors = 1 if alone else rng.choice((2, 3))
            slipped, wrong = slip(rng, book, kind, errors)
            if not wrong:
                continue
            name = f"{layout}-{seed}-{number}"
            right = {_id(name, slipped, place): book.figures[place].value for place in wrong}
            named = kind if errors == 1 else f"{errors} errors"
            made[name] = Slipped(slipped, named, right, is_visible(book, slipped))
    with open_memory() as connection:
        store(connection, {name: one.book for name, one in made.items()})
        start = time.process_time()
        judge(connection, list(made))
        took[0] += time.process_time() - start
        start = time.process_time()
        locate(connection, list(made))
        took[1] += time.process_time() - start
        graphs = load_graphs(connection, list(made))
        for name, one in made.items():
            score(connection, name, one, graphs.get(name), tally)
        for method, condition in NAIVE.items():
            tally.counts["all"][f"naive {method}"] += count_flagged(connection, condition)


def is_visible(right: MadeWorkbook, wrong: MadeWorkbook) -> bool:
    """Whether brute force finds a relation that the wrong figures can not satisfy."""
    figures = [printed for _, printed in drawn(wrong)]
    return bool(broken_ties(drawn(right), figures))


def drawn(book: MadeWorkbook) -> Book:
    """The visible figures of a book for the oracle."""
    return [
        (
            Meaning(one.page, one.area, one.indicator, one.group, one.period, one.scenario),
            Printed(Fraction(one.value), Fraction(0 if one.tallied else one.step) / 2),
        )
        for one in book.figures
        if not one.hidden
    ]


def _id(name: str, book: MadeWorkbook, place: int) -> str:
    figure = book.figures[place]
    return f"{name}/{figure.page}!{cell_of(figure)}"


def score(
    connection: "DuckDBPyConnection",
    name: str,
    one: Slipped,
    graph: Graph | None,
    tally: Tally,
) -> None:
    """Score one table: seen, found, blamed rightly, repaired exactly."""
    counts = [tally.counts[one.kind], tally.counts["all"]]
    flagged = bool(graph) and any(map(fails_by_arithmetic, graph.relations))
    for count in counts:
        count["tables"] += 1
        count["visible"] += one.visible
        count["unseen"] += one.visible and not flagged
        count["seen by us alone"] += flagged and not one.visible
    if one.visible != flagged:
        tally.misses.append(f"{name} {one.kind}: brute force {one.visible}, ours {flagged}")
    if graph is None:
        return
    weighing = Weighing(graph)
    for count in counts:
        count["found"] += 1
    culprits = {
        two.repair.name: two
        for verdict in judged_parts(graph, weighing)
        for two in verdict.culprits
    }
    for guilty, value in one.right.items():
        failing = [r for r in graph.touching.get(guilty, []) if r.fails]
        if not failing:
            continue
        identifiable = is_identifiable(graph, guilty, failing)
        first, exact = guilty in culprits, False
        if first:
            exact = culprits[guilty].repair.value == value
        for count in counts:
            count["seen"] += 1
            count["identifiable"] += identifiable
            count["first"] += first
            count["exact"] += exact
            count["first_identifiable"] += first and identifiable
            count["exact_identifiable"] += exact and identifiable
            count["family"] += 1 / len({n for r in failing for n in r.parts}) * 1000
        if identifiable and not exact:
            tally.misses.append(describe(name, one, graph, guilty, value, culprits))
    for blamed, two in culprits.items():
        right = blamed in one.right and two.repair.value == one.right[blamed]
        tally.told.append((two.confidence, two.in_cell, right))


def fails_by_arithmetic(relation: Relation) -> bool:
    """Whether a relation fails that correct figures must satisfy."""
    return relation.fails and relation.kind in FORCING


def is_identifiable(graph: Graph, guilty: str, failing: list[Relation]) -> bool:
    """Whether a rate or a cross-total tells the guilty cell from every other.

    Every other cell of all its failing relations stands in another relation that holds.
    """
    equal = [r for r in failing if r.kind in EQUAL]
    if not equal:
        return False
    shared = set.intersection(*(set(r.parts) for r in equal)) - {guilty}
    return all(
        any(r.kind in EQUAL and not r.fails for r in graph.touching[other]) for other in shared
    )


def describe(
    name: str, one: Slipped, graph: Graph, guilty: str, value: object, culprits: dict[str, object]
) -> str:
    """A miss in one line."""
    figure = graph.figures[guilty]
    blamed = {
        other.rpartition("!")[2]: (
            graph.figures[other].typed_text,
            float(two.repair.value),  # type: ignore[attr-defined]
            round(two.confidence, 3),  # type: ignore[attr-defined]
        )
        for other, two in culprits.items()
    }
    rules = sorted({(r.rule, r.fails) for r in graph.touching[guilty]})
    return (
        f"{name} {one.kind}: {figure.cell} {figure.indicator} {figure.group_code} "
        f"{figure.typed_text} was {value}; blamed {blamed}; {rules}"
    )


def report(tally: Tally, clean: Counter[str], took: list[float]) -> None:
    """Print everything that was measured."""
    print(f"clean tables {clean['tables']}: false alarms {clean['ours']}", end="")
    print(f" (exact comparison {clean['exact']}, flat 1% {clean['flat 1%']})")
    heads = ("slip", "tables", "wrong seen", "first", "exact", "identif.", "first", "exact")
    print("{:12} {:>7} {:>10} {:>7} {:>7} {:>9} {:>7} {:>7}".format(*heads))
    for kind in [*sorted(set(tally.counts) - {"all"}), "all"]:
        count = tally.counts[kind]
        seen, known = max(1, count["seen"]), max(1, count["identifiable"])
        print(
            f"{kind:12} {count['tables']:7} {count['seen']:10} {share(count['first'], seen)} "
            f"{share(count['exact'], seen)} {count['identifiable']:9} "
            f"{share(count['first_identifiable'], known)} "
            f"{share(count['exact_identifiable'], known)}"
        )
    whole = tally.counts["all"]
    print(f"tables with a slip {whole['tables']}: flagged {whole['found']}", end="")
    print(f" (exact comparison {whole['naive exact']}, flat 1% {whole['naive flat 1%']})")
    print(f"visible to brute force {whole['visible']}: not flagged {whole['unseen']}", end="")
    print(f"; flagged besides {whole['seen by us alone']}")
    family = whole["family"] / 1000 / max(1, whole["seen"])
    print(f"blaming the family: guilty cell first by chance {100 * family:.1f}%")
    print_reliability([(calibrated(raw), right) for raw, _, right in tally.told])
    tables = max(1, whole["tables"])
    print(f"ms a table: judge {1000 * took[0] / tables:.1f}, locate {1000 * took[1] / tables:.1f}")


if __name__ == "__main__":
    main()
