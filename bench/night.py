"""What a night costs, end to end, as a ratio to the floor measured in the same run.

    python -m bench night [--workbooks 1000] [--naive 10]

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
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from bench.workbooks import make_workbooks

ROOT = Path(__file__).parents[1]
SMALL = 100


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
    parser.add_argument("--workbooks", type=int, default=1000)
    parser.add_argument("--naive", type=int, default=10, help="files for the naive stack; 0: none")
    parser.add_argument("--made", type=Path, help="keep the made workbooks here")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="baophu-bench-") as folder:
        books = make_workbooks(asked.made or Path(folder) / "books", asked.workbooks)
        bench(Path(folder), books, asked.naive)


def bench(folder: Path, books: Sequence[Path], naive: int) -> None:
    """Everything over the same files, one after the other."""
    start = run_night(folder / "start", [])
    small = run_night(folder / "small", books[:SMALL])
    whole = run_night(folder / "whole", books)
    again = run_night(folder / "whole", [])
    floor = run_floor(folder / "whole", books)
    say("start (empty home)", start, floor)
    say(f"night of {min(SMALL, len(books))}", small, floor)
    say(f"night of {len(books)}", whole, floor)
    say("night with nothing new", again, floor)
    say("floor", floor, floor)
    print(f"floor: {floor.said}")
    print(f"wall of the night / CPU of the floor: {whole.wall / floor.cpu:.2f}")
    print(f"CPU of the night / CPU of the floor:  {whole.cpu / floor.cpu:.2f}")
    if len(books) > SMALL:
        slope = (whole.cpu - small.cpu) / (len(books) - SMALL)
        first = (small.cpu - start.cpu) / SMALL
        print(
            f"CPU a workbook: {1000 * first:.1f} ms in the first {SMALL}, "
            f"{1000 * slope:.1f} ms from {SMALL} to {len(books)}"
        )
    if naive:
        compare_naive(folder, books, naive, whole)


def compare_naive(folder: Path, books: Sequence[Path], naive: int, whole: Cost) -> None:
    """The naive stack on two numbers of files, so that its start is not scaled."""
    few = run_part("naive", folder / "whole", books[:1])
    more = run_part("naive", folder / "whole", books[: naive + 1])
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
    cost = measure(command)
    report = json.loads(cost.said)
    return Cost(cost.wall, cost.cpu, cost.peak_mb, f"{report['state']}: {report['reason']}")


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


def measure(command: Sequence[str | Path]) -> Cost:
    """Run a command; CPU of it and of all its children, memory of all of them together."""
    before, started = os.times(), time.perf_counter()
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, cwd=ROOT
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
        f"{name:24} wall {cost.wall:7.1f} s  cpu {cost.cpu:7.1f} s  "
        f"{cost.cpu / floor.cpu:6.2f} x floor  peak {cost.peak_mb:6.0f} MB  "
        + (cost.said if cost is not floor else "")
    )


if __name__ == "__main__":
    main()
