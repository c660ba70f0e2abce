"""What the desk's pages cost under 20 visitors with 100,000 findings, against its emptiest page.

    python -m bench desk [--submissions 1000] [--findings 100000] [--visitors 20] [--rounds 8]
                         [--workbooks 150]

The samples' night is copied in the warehouse until it holds that many submissions and findings,
then published; visitors ask for random pages of every kind at once, over HTTP: first some rounds
while nothing else runs, then for as long as a night reads that many new workbooks of the same home.
"""

import argparse
import random
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import httpx

from bench.workbooks import make_workbooks
from expectations.desk.accounts import add_account, change_password
from expectations.desk.publication import Publication
from flows.ingest import run_night
from warehouse.database import open_working
from warehouse.places import current_link
from warehouse.publish import publish

ROOT = Path(__file__).parents[1]
PASSWORD = "a long sentence to measure with"
PORT = 8765
NAMED = {
    "submission": ("submission_id",),
    "source_table": ("submission_id",),
    "sheet": ("submission_id",),
    "cell": ("submission_id",),
    "observation": ("submission_id", "observation_id"),
    "relation": ("submission_id", "relation_id"),
    "relation_term": ("submission_id", "relation_id", "observation_id"),
    "finding": ("submission_id", "relation_id", "finding_id"),
    "finding_cell": ("submission_id", "finding_id"),
}
EMPTY, EMPTIEST = "/login", "empty (login)"


def main() -> None:
    """Make the warehouse, serve it, visit it, print p95 and its ratio to the emptiest page."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--submissions", type=int, default=1000)
    parser.add_argument("--findings", type=int, default=100_000)
    parser.add_argument("--visitors", type=int, default=20)
    parser.add_argument("--rounds", type=int, default=8)
    parser.add_argument("--workbooks", type=int, default=150)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="baophu-bench-") as folder:
        home = Path(folder)
        fill(home, asked.submissions, asked.findings)
        command = [str(ROOT / ".venv/bin/baophu"), "desk", "--home", folder, "--port", str(PORT)]
        server = subprocess.Popen(command, stderr=subprocess.DEVNULL)
        try:
            crew = Crew(home, asked.visitors)
            idle = crew.visit(lambda done: done >= asked.rounds)
            busy, state = while_a_night_runs(crew, home, asked.workbooks)
            report(idle, busy)
            print(f"the night: {state}")
        finally:
            server.terminate()
            server.wait()


def while_a_night_runs(
    crew: "Crew", home: Path, workbooks: int
) -> tuple[dict[str, list[float]], str]:
    """Seconds of every answer while a night reads new workbooks; the night's last words."""
    make_workbooks(home / "raw" / "inbox", workbooks)
    command = [str(ROOT / ".venv/bin/baophu"), "nightly", "--home", str(home)]
    with tempfile.TemporaryFile("w+") as words:
        night = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=words)
        seconds = crew.visit(lambda _: night.poll() is not None)
        words.seek(0)
        return seconds, f"exit {night.wait()}, {words.read().strip().splitlines()[-1:]}"


def fill(home: Path, submissions: int, findings: int) -> None:
    """A night on the samples, its rows copied, published, and an account to look at them."""
    inbox = home / "raw" / "inbox"
    inbox.mkdir(parents=True)
    for path in (ROOT / "raw" / "samples").glob("*.xlsx"):
        shutil.copy(path, inbox)
    run_night(home, inbox)
    with open_working(home) as connection:
        times = submissions // 5 - 1
        for table, names in NAMED.items():
            copies = ", ".join(f"{name} || '-' || k AS {name}" for name in names)
            connection.execute(
                f"INSERT INTO {table} SELECT t.* REPLACE ({copies}) "
                f"FROM {table} t, range({times}) r(k)"
            )
        [(held,)] = connection.execute("SELECT count(*) FROM finding").fetchall()
        more = max(0, -(-findings // held) - 1)
        for table in ("finding", "finding_cell"):
            connection.execute(
                f"INSERT INTO {table} SELECT t.* REPLACE (finding_id || '+' || k AS finding_id) "
                f"FROM {table} t, range({more}) r(k)"
            )
        publish(connection, home)
    add_account(home, "bench", "admin")
    change_password(home, "bench", PASSWORD, "")


class Crew:
    """Visitors at once, who look at random places of a home."""

    def __init__(self, home: Path, visitors: int) -> None:
        reader = Publication(current_link(home).resolve())
        self.places = reader.rows(
            "SELECT submission_id, sheet, cell FROM main.observation USING SAMPLE 500"
        )
        self.names = [
            row["finding_id"] for row in reader.rows("SELECT finding_id FROM main.finding")
        ]
        reader.close()
        self.cookies = log_in()
        self.visitors = visitors
        print(f"{len(self.names)} findings, {visitors} visitors at once")

    def visit(self, is_over: Callable[[int], bool]) -> dict[str, list[float]]:
        """Seconds of every answer by kind of page, until it is over after so many rounds."""
        seconds: dict[str, list[float]] = {}
        crew = [
            threading.Thread(target=visit, args=(self, is_over, seconds))
            for _ in range(self.visitors)
        ]
        for one in crew:
            one.start()
        for one in crew:
            one.join()
        return seconds


def log_in() -> httpx.Cookies:
    """The cookies of a session, as soon as the desk answers."""
    with httpx.Client(base_url=f"http://127.0.0.1:{PORT}") as client:
        for _ in range(600):
            try:
                page = client.get(EMPTY)
                break
            except httpx.TransportError:
                time.sleep(0.1)
        found = re.search(r'name="csrf" value="([^"]+)"', page.text)
        token = found[1] if found else ""
        client.post("/login", data={"csrf": token, "name": "bench", "password": PASSWORD})
        return client.cookies


def visit(crew: Crew, is_over: Callable[[int], bool], seconds: dict[str, list[float]]) -> None:
    """Ask for every kind of page in a random order, round after round."""
    address = f"http://127.0.0.1:{PORT}"
    with httpx.Client(base_url=address, cookies=crew.cookies, timeout=120) as client:
        done = 0
        while not is_over(done):
            pages = pages_of(random.choice(crew.places), random.choice(crew.names))
            for kind, path in random.sample(sorted(pages.items()), len(pages)):
                started = time.perf_counter()
                headers = {"HX-Request": "true"} if "part" in kind else {}
                client.get(path, headers=headers).raise_for_status()
                seconds.setdefault(kind, []).append(time.perf_counter() - started)
            done += 1


def pages_of(place: dict[str, str], finding: str) -> dict[str, str]:
    """Every kind of page with an address of it."""
    own = f"/submission/{place['submission_id']}"
    return {
        "empty (login)": EMPTY,
        "morning": f"/?page={random.randint(1, 30)}",
        "submission": own,
        "cell (part)": f"{own}?name={place['sheet']}&c={place['cell']}",
        "compare": f"{own}/compare",
        "finding": f"/finding/{finding}",
        "provinces": "/provinces",
        "province": "/province/62",
        "calendar": "/calendar",
        "rules": "/rules",
        "figures": "/figures",
        "mart": "/figures/coverage_by_province_year",
        "history": "/history",
        "check": "/check",
    }


def report(idle: dict[str, list[float]], busy: dict[str, list[float]]) -> None:
    """The 95th percentile of each page, and how many emptiest pages that is, idle and busy."""
    print(f"{'':16} {'idle':>12} {'× empty':>8} {'in a night':>12} {'× empty':>8}")
    for kind in sorted(idle, key=lambda one: p95(idle[one])):
        parts = []
        for seconds in (idle, busy):
            taken = p95(seconds[kind])
            parts.append(f"{taken * 1000:9.0f} ms {taken / p95(seconds[EMPTIEST]):8.1f}")
        print(f"{kind:16} {' '.join(parts)}")
    print(
        f"answers: {sum(map(len, idle.values()))} idle, {sum(map(len, busy.values()))} in a night"
    )


def p95(taken: Sequence[float]) -> float:
    """The 95th percentile."""
    return statistics.quantiles(taken, n=20)[-1]


if __name__ == "__main__":
    sys.exit(main())
