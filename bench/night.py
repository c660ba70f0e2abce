"""What a night costs, end to end, as a ratio to the floor measured in the same run.

    python -m bench night [--workbooks 100 300 1000] [--naive 10]

The night is `baophu nightly` in a home of its own, embedded, with everything it starts. The floor
is what no system can avoid: python-calamine reading the same files, DuckDB taking the same rows in
bulk, plain SQL of the same checks. The naive stack is the card's five packages used as their
tutorials say, on the first few of the same files, scaled to all of them without its start.
"""

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from statistics import linear_regression

from bench.workbooks import make_workbooks

ROOT = Path(__file__).parents[1]
LARGE = 10_000


@dataclass(frozen=True, slots=True)
class Cost:
    """Seconds and megabytes of a command with all its children."""

    wall: float
    cpu: float
    peak_mb: float
    said: str


def main() -> None:
    """Make the workbooks, measure nights, floor and naive stack, print the ratios."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--workbooks", type=int, nargs="+", default=[100, 300, 1000])
    parser.add_argument("--naive", type=int, default=10, help="files for the naive stack; 0: none")
    parser.add_argument("--made", type=Path, help="keep the made workbooks here")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="baophu-bench-") as folder:
        books = make_workbooks(asked.made or Path(folder) / "books", max(asked.workbooks))
        bench(Path(folder), books, sorted(asked.workbooks), asked.naive)


def bench(folder: Path, books: Sequence[Path], sizes: Sequence[int], naive: int) -> None:
    """Everything over the same files, one after the other.

    All nights share one database of Prefect, as those of one home do: the first makes it.
    """
    first = run_night(folder / "first", [])
    start = run_night(folder / "first", [])
    nights = {size: run_night(folder / f"of {size}", books[:size]) for size in sizes}
    whole, home = nights[sizes[-1]], folder / f"of {sizes[-1]}"
    again = run_night(home, [])
    floor = run_floor(home, books)
    say("first night of a home, empty", first, floor)
    say("start: a night in an empty home", start, floor)
    for size, night in nights.items():
        say(f"night of {size}", night, floor)
    say("night with nothing new", again, floor)
    say("floor", floor, floor)
    print(f"floor: {floor.said}")
    print(f"wall of the night / CPU of the floor: {whole.wall / floor.cpu:.2f} (goal: 4)")
    print(f"CPU of the night / CPU of the floor:  {whole.cpu / floor.cpu:.2f}")
    tell_growth({size: night.cpu for size, night in nights.items()})
    if naive:
        compare_naive(home, books, naive, whole)


def tell_growth(costs: dict[int, float]) -> None:
    """What a workbook costs from each size to the next, and the line through all sizes."""
    for (few, cheap), (many, dear) in pairwise(costs.items()):
        print(f"from {few} to {many}: {1000 * (dear - cheap) / (many - few):.1f} CPU ms a workbook")
    if len(costs) > 1:
        slope, start = linear_regression(list(costs), list(costs.values()))
        print(f"fitted: {start:.1f} s + {1000 * slope:.1f} ms a workbook; ", end="")
        print(f"a night of {LARGE:,} would take {start + slope * LARGE:,.0f} CPU s")


def compare_naive(home: Path, books: Sequence[Path], naive: int, whole: Cost) -> None:
    """The naive stack on two numbers of files, so that its start is not scaled."""
    few = run_part("naive", home, books[:1])
    more = run_part("naive", home, books[: naive + 1])
    each = (more.cpu - few.cpu) / naive
    scaled = few.cpu + each * (len(books) - 1)
    print(
        f"naive: {each:.2f} s of CPU a workbook over {naive}, {more.said}; "
        f"{len(books)} would need {scaled:.0f} s, {scaled / whole.cpu:.1f} x the night's CPU"
    )


def run_night(home: Path, books: Sequence[Path]) -> Cost:
    """A night over these files; the copying into the inbox is not counted."""
    inbox = home / "raw" / "inbox"
    inbox.mkdir(parents=True, exist_ok=True)
    for book in books:
        shutil.copy(book, inbox / book.name)
    command = [Path(sys.executable).with_name("baophu"), "nightly", "--home", home, "--json"]
    cost = measure(command, {"PREFECT_HOME": str(home.parent / "prefect")})
    report = json.loads(cost.said)
    steps = ", ".join(f"{step} {seconds:.1f}" for step, seconds in report["seconds"])
    said = f"{report['state']}: {report['reason']} (wall s: {steps})"
    return Cost(cost.wall, cost.cpu, cost.peak_mb, said)


def run_floor(home: Path, books: Sequence[Path]) -> Cost:
    """The floor's own three parts; neither its start nor the fetching of its rows count."""
    cost = run_part("floor", home, books)
    parts = json.loads(cost.said)
    cpu = sum(parts[name] for name in ("calamine", "bulk insert", "plain SQL"))
    said = ", ".join(f"{name} {round(value, 2):,}" for name, value in parts.items())
    return Cost(cost.wall, cpu, cost.peak_mb, said)


def run_part(part: str, home: Path, books: Sequence[Path]) -> Cost:
    """The floor or the naive stack, in a process of its own."""
    return measure([sys.executable, "-m", f"bench.{part}_night", home, *books])


def measure(command: Sequence[str | Path], settings: Mapping[str, str] | None = None) -> Cost:
    """Run a command; CPU of it and of all its children, memory of all of them together."""
    before, started = os.times(), time.perf_counter()
    with subprocess.Popen(
        command,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        cwd=ROOT,
        env=os.environ | (settings or {}),
    ) as process:
        peak = Peak(process.pid)
        peak.start()
        said, errors = process.communicate()
        peak.stop()
    if process.returncode:
        raise SystemExit(errors)
    after = os.times()
    cpu = sum(after[2:4]) - sum(before[2:4])
    return Cost(time.perf_counter() - started, cpu, peak.bytes / 2**20, said.strip())


class Peak(threading.Thread):
    """Watches the memory of a process and its descendants five times a second.

    Shared pages are shared out among those who share them (PSS), so that nothing counts twice.
    """

    def __init__(self, pid: int) -> None:
        super().__init__(daemon=True)
        self.pid = pid
        self.bytes = 0
        self._ended = threading.Event()

    def run(self) -> None:
        """Look again and again."""
        while not self._ended.wait(0.2):
            self.bytes = max(self.bytes, sum(map(_memory, _family(self.pid))))

    def stop(self) -> None:
        """Stop looking."""
        self._ended.set()
        self.join()


def _family(pid: int) -> list[int]:
    try:
        tasks = list(Path(f"/proc/{pid}/task").iterdir())
        children = " ".join((task / "children").read_text() for task in tasks).split()
    except OSError:
        return []
    return [pid, *(one for child in children for one in _family(int(child)))]


def _memory(pid: int) -> int:
    try:
        rollup = Path(f"/proc/{pid}/smaps_rollup").read_text()
    except OSError:
        return 0
    shares = [line.split() for line in rollup.splitlines() if line.startswith("Pss:")]
    return sum(int(words[1]) * 1024 for words in shares)


def say(name: str, cost: Cost, floor: Cost) -> None:
    """One line: seconds, ratio of CPU to the floor's, peak of memory."""
    print(
        f"{name:32} wall {cost.wall:7.1f} s  cpu {cost.cpu:7.1f} s  "
        f"{cost.cpu / floor.cpu:6.2f} x floor  peak {cost.peak_mb:6.0f} MB  "
        + (cost.said if cost is not floor else "")
    )


if __name__ == "__main__":
    main()
