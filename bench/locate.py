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
from typing import TYPE_CHECKING

from bench.made_tables import MadeWorkbook, cell_of, make_tables, store
from bench.slipping import SLIPS, slip
from expectations.locate.graph import Graph, Relation
from expectations.locate.intervals import ARITHMETIC, AT_MOST
from expectations.locate.loading import load_graphs
from expectations.locate.locate import judged_parts, locate
from expectations.locate.weighing import Weighing
from expectations.relations import judge
from tests.generator.layouts import LAYOUTS
from warehouse.database import open_memory

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

EQUAL = ARITHMETIC - AT_MOST
# Upper ends of the calibration table's classes of confidence.
CLASSES = (0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 0.98, 1.0)


@dataclass(frozen=True, slots=True)
class Slipped:
    """A workbook with wrong figures: cell and right value by observation id."""

    book: MadeWorkbook
    kind: str
    right: dict[str, object]


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
        fit(tally)


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


NAIVE = {
    "exact": "CASE WHEN kind IN ('rate', 'share', 'index') "
    "THEN found NOT IN (round(computed, 0), round(computed, 1), round(computed, 2)) "
    "WHEN kind IN ('part_of_group', 'part_of_indicator', 'ceiling') THEN found > computed "
    "ELSE found <> computed END",
    "flat 1%": "CASE WHEN kind IN ('part_of_group', 'part_of_indicator', 'ceiling') "
    "THEN found > 1.01 * computed ELSE abs(found - computed) > 0.01 * abs(computed) END",
}


def count_flagged(connection: "DuckDBPyConnection", condition: str) -> int:
    """How many submissions a naive condition flags."""
    return int(
        connection.execute(
            "SELECT count(DISTINCT submission_id) FROM relation "
            f"WHERE status <> 'unknown' AND {condition}"
        ).fetchall()[0][0]
    )


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
            made[name] = Slipped(slipped, kind if errors == 1 else f"{errors} errors", right)
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
    for count in counts:
        count["tables"] += 1
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
    family = whole["family"] / 1000 / max(1, whole["seen"])
    print(f"blaming the family: guilty cell first by chance {100 * family:.1f}%")
    print("told confidence against how often cell and figure were right:")
    calibration(tally)
    tables = max(1, whole["tables"])
    print(f"ms a table: judge {1000 * took[0] / tables:.1f}, locate {1000 * took[1] / tables:.1f}")


def share(part: float, whole: float) -> str:
    """A percentage, seven wide."""
    return f"{100 * part / whole:6.1f}%"


def calibration(tally: Tally) -> None:
    """Print the reliability of the told confidence, class by class."""
    from expectations.locate.confidence import calibrated  # noqa: PLC0415

    low = 0.0
    for high in CLASSES:
        own = [
            (calibrated(raw), right)
            for raw, _, right in tally.told
            if low < calibrated(raw) <= high
        ]
        if own:
            told = sum(one for one, _ in own) / len(own)
            right = sum(one for _, one in own) / len(own)
            print(f"  {low:4.2f}..{high:4.2f}: {len(own):6} told {told:5.3f} right {right:5.3f}")
        low = high


def fit(tally: Tally) -> None:
    """Print the points of a growing curve from raw scores to shares of right answers."""
    told = sorted((raw, right) for raw, _, right in tally.told)
    pools: list[list[float]] = []
    for raw, right in told:
        pools.append([raw, float(right), 1.0])
        while len(pools) > 1 and pools[-2][1] / pools[-2][2] >= pools[-1][1] / pools[-1][2]:
            last = pools.pop()
            pools[-1] = [a + b for a, b in zip(pools[-1], last, strict=True)]

    print("raw,right")
    for raw, right, many in ((p[0] / p[2], p[1] / p[2], p[2]) for p in pools):
        print(f"{raw:.4f},{right:.4f}  # {many:.0f}")


if __name__ == "__main__":
    main()
