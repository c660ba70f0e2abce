"""How well a check of files finds what was typed wrong, over every layout and kind of slip.

    python -m bench.check [--seeds 3] [--first 0] [--clean 0] [--layout NAME] [--show]

Writes clean workbooks and the same with figures typed wrong, reads them as the night does (in
child processes), judges and locates them, and scores what the province would be told: whether the
error was found, the guilty cell, the figure and how it is typed, one cause, and false alarms.
"""

import argparse
import tempfile
import time
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bench.file_slips import KINDS
from bench.locate import is_identifiable
from bench.made_files import MadeFile, Place, make_files
from bench.naive import NAIVE, count_flagged
from bench.reliability import print_reliability, share
from expectations.locate.graph import Graph
from expectations.locate.loading import load_graphs
from expectations.locate.locate import locate
from expectations.relations import judge
from flows.readings import read_files_at, store
from warehouse.database import open_memory
from warehouse.store import submission_id_of

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

FINDINGS = """
SELECT submission_id, rule, kind, severity, sheet, culprit_cell, suggestion, suggested_value,
    confidence, cause_id, message_vi FROM finding"""
TYPED = "SELECT sheet, cell, typed_text FROM observation WHERE submission_id = ?"
COLUMNS = ("rule", "kind", "severity", "sheet", "cell", "suggestion", "value", "sure", "cause")
Finding = dict[str, Any]


@dataclass(slots=True)
class Tally:
    """What was measured, by kind of slip and in all; sentences of what went wrong."""

    counts: dict[str, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))
    alarms: Counter[str] = field(default_factory=Counter)
    told: list[tuple[float, bool]] = field(default_factory=list)
    misses: list[str] = field(default_factory=list)
    typed: dict[tuple[str, int], dict[Place, str]] = field(default_factory=dict)
    seconds: Counter[str] = field(default_factory=Counter)


def main() -> None:
    """Make, read, judge, locate, score, print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--seeds", type=int, default=3)
    parser.add_argument("--first", type=int, default=0)
    parser.add_argument("--clean", type=int, default=0, help="seeds of clean workbooks besides")
    parser.add_argument("--layout", action="append", default=[])
    parser.add_argument("--show", action="store_true")
    wanted = parser.parse_args()
    tally = Tally()
    many = wanted.seeds + wanted.clean
    for number, seed in enumerate(range(wanted.first, wanted.first + many)):
        kinds = KINDS if number < wanted.seeds else ()
        with tempfile.TemporaryDirectory() as folder:
            by_kind: dict[str, list[MadeFile]] = defaultdict(list)
            for made in make_files(Path(folder), seed, wanted.layout, kinds):
                by_kind[made.kind].append(made)
            for files in by_kind.values():
                measure(files, tally)
    report(tally)
    if wanted.show:
        print(*tally.misses, sep="\n")


def measure(files: Sequence[MadeFile], tally: Tally) -> None:
    """Check the files of one kind and score them; clean ones must come first."""
    readings = read_files_at([made.path for made in files])
    ids = [submission_id_of(reading["sha256"]) for reading in readings]
    with open_memory() as connection:
        store(connection, readings)
        start = time.process_time()
        judge(connection, ids)
        judged = time.process_time()
        faults = locate(connection, ids)
        tally.seconds["judge"] += judged - start
        tally.seconds["locate"] += time.process_time() - judged
        assert not faults, faults
        graphs = load_graphs(connection, ids)
        found: dict[str, list[Finding]] = defaultdict(list)
        for submission_id, *row in connection.execute(FINDINGS).fetchall():
            found[submission_id].append(dict(zip((*COLUMNS, "message"), row, strict=True)))
        for made, submission_id in zip(files, ids, strict=True):
            if made.kind == "clean":
                score_clean(connection, made, submission_id, found[submission_id], tally)
            else:
                score(made, found[submission_id], graphs.get(submission_id), tally)
        for method, condition in NAIVE.items():
            flagged = count_flagged(connection, condition)
            tally.counts[files[0].kind][f"naive {method}"] += flagged


def score_clean(
    connection: "DuckDBPyConnection",
    made: MadeFile,
    submission_id: str,
    findings: Sequence[Finding],
    tally: Tally,
) -> None:
    """Count what is raised without cause; remember how the right figures are typed."""
    rows = connection.execute(TYPED, [submission_id]).fetchall()
    tally.typed[made.layout, made.seed] = {(sheet, cell): text for sheet, cell, text in rows}
    count = tally.counts["clean"]
    count["tables"] += 1
    for severity in ("critical", "warning"):
        own = {one["rule"] for one in findings if one["severity"] == severity}
        count[severity] += bool(own)
        tally.alarms.update(f"{severity} {rule}" for rule in own)
    for one in findings:
        if one["severity"] != "info":
            tally.misses.append(f"ALARM {made.path.name}: {one['message']}")


def score(made: MadeFile, findings: Sequence[Finding], graph: Graph | None, tally: Tally) -> None:
    """Score one workbook with errors: what is told of each wrong cell, and of others."""
    counts = [tally.counts[made.kind], tally.counts["all"]]
    told = {(one["sheet"], one["cell"]): one for one in findings if one["cell"]}
    judged = [one for one in findings if one["kind"] != "reading"]
    add(counts, "tables", 1)
    add(counts, "found", bool(findings))
    add(counts, "critical", any(one["severity"] == "critical" for one in findings))
    names = {(one.sheet, one.cell): one for one in graph.figures.values()} if graph else {}
    for place, value in made.right.items():
        figure = names.get(place)
        failing = (
            [r for r in graph.touching.get(figure.observation_id, []) if r.fails]
            if graph and figure
            else []
        )
        if not graph or not figure or not failing:
            continue
        known = is_identifiable(graph, figure.observation_id, failing)
        one = told.get(place)
        exact = bool(one) and one["value"] == value
        clean = tally.typed[made.layout, made.seed].get(place)
        typed = bool(one) and one["suggestion"] == clean
        add(counts, "seen", 1)
        for name, so in (("first", bool(one)), ("exact", exact), ("typed", typed)):
            add(counts, name, so)
            add(counts, f"{name} known", so and known)
        add(counts, "known", known)
        if known and not typed:
            tally.misses.append(_miss(made, place, str(value), clean, one, told))
    if len(made.right) == 1 and any(place in told for place in made.right):
        add(counts, "single", 1)
        add(counts, "one cause", len({one["cause"] for one in judged}) == 1)
    for place, one in told.items():
        if one["kind"] != "reading":
            tally.told.append((one["sure"], one["value"] == made.right.get(place)))


def add(counts: Sequence[Counter[str]], name: str, number: int) -> None:
    """Count in several tallies."""
    for count in counts:
        count[name] += number


def _miss(
    made: MadeFile,
    place: Place,
    value: str,
    clean: str | None,
    one: Finding | None,
    told: dict[Place, Finding],
) -> str:
    blamed = {cell: (f["suggestion"], f["sure"]) for (_, cell), f in told.items()}
    said = f"{one['suggestion']} = {one['value']}" if one else "nothing"
    return f"MISS {made.path.name} {place}: was {clean} = {value}, told {said}; blamed {blamed}"


def report(tally: Tally) -> None:
    """Print everything that was measured."""
    clean = tally.counts["clean"]
    print(f"clean workbooks {clean['tables']}: with critical findings {clean['critical']}", end="")
    print(f", with warnings {clean['warning']}; by rule: {dict(tally.alarms)}")
    print(f"  naive: exact comparison {clean['naive exact']}, flat 1% {clean['naive flat 1%']}")
    heads = ("slip", "books", "found", "seen", "first", "exact", "typed")
    print("{:16}{:>6}{:>7}{:>6}{:>8}{:>8}{:>8}".format(*heads), end="")
    print("   known{:>8}{:>8}{:>8} one cause  naive exact, 1%".format("first", "exact", "typed"))
    for kind in [*sorted(set(tally.counts) - {"all", "clean"}), "all"]:
        print_row(kind, tally.counts[kind])
    print_reliability(tally.told)
    tables = clean["tables"] + tally.counts["all"]["tables"]
    spent = {name: round(1000 * s / max(1, tables), 1) for name, s in tally.seconds.items()}
    print(f"CPU ms a workbook: {spent}")


def print_row(kind: str, count: Counter[str]) -> None:
    """One line of the table."""
    seen, known = max(1, count["seen"]), max(1, count["known"])
    tables = max(1, count["tables"])
    print(f"{kind:16}{count['tables']:6}{share(count['found'], tables)}{count['seen']:6} ", end="")
    print(" ".join(share(count[name], seen) for name in ("first", "exact", "typed")), end="")
    print(f"{count['known']:8} ", end="")
    names = ("first known", "exact known", "typed known")
    print(" ".join(share(count[name], known) for name in names), end="")
    print(f"  {share(count['one cause'], max(1, count['single']))}", end="")
    print(f"   {count['naive exact']:6}{count['naive flat 1%']:6}")


if __name__ == "__main__":
    main()
