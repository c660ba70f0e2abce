"""What the desk's pages cost under 20 visitors with 100,000 findings, against its emptiest page.

    python -m bench desk [--submissions 1000] [--findings 100000] [--visitors 20] [--rounds 15]

The samples' night is copied in the warehouse until it holds that many submissions and findings,
then published; visitors ask for random pages of every kind at once, over HTTP.
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
from collections.abc import Sequence
from pathlib import Path

import httpx

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
EMPTY = "/login"


def main() -> None:
    """Make the warehouse, serve it, visit it, print p95 and its ratio to the emptiest page."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--submissions", type=int, default=1000)
    parser.add_argument("--findings", type=int, default=100_000)
    parser.add_argument("--visitors", type=int, default=20)
    parser.add_argument("--rounds", type=int, default=15)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="baophu-bench-") as folder:
        home = Path(folder)
        fill(home, asked.submissions, asked.findings)
        command = [str(ROOT / ".venv/bin/baophu"), "desk", "--home", folder, "--port", str(PORT)]
        server = subprocess.Popen(command, stderr=subprocess.DEVNULL)
        try:
            report(visit_all(home, asked.visitors, asked.rounds))
        finally:
            server.terminate()
            server.wait()


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


def visit_all(home: Path, visitors: int, rounds: int) -> dict[str, list[float]]:
    """Seconds of every answer by kind of page."""
    reader = Publication(current_link(home).resolve())
    places = reader.rows("SELECT submission_id, sheet, cell FROM main.observation USING SAMPLE 500")
    names = [row["finding_id"] for row in reader.rows("SELECT finding_id FROM main.finding")]
    print(f"{len(names)} findings, {visitors} visitors at once")
    reader.close()
    cookies = log_in()
    seconds: dict[str, list[float]] = {}
    crew = [
        threading.Thread(target=visit, args=(cookies, places, names, rounds, seconds))
        for _ in range(visitors)
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


def visit(
    cookies: httpx.Cookies,
    places: Sequence[dict[str, str]],
    names: Sequence[str],
    rounds: int,
    seconds: dict[str, list[float]],
) -> None:
    """Ask for every kind of page in a random order, some rounds."""
    with httpx.Client(base_url=f"http://127.0.0.1:{PORT}", cookies=cookies, timeout=120) as client:
        for _ in range(rounds):
            place = random.choice(places)
            own = f"/submission/{place['submission_id']}"
            pages = {
                "empty (login)": EMPTY,
                "morning": f"/?page={random.randint(1, 30)}",
                "submission": own,
                "cell (part)": f"{own}?name={place['sheet']}&c={place['cell']}",
                "finding": f"/finding/{random.choice(names)}",
                "province": "/province/62",
                "calendar": "/calendar",
                "rules": "/rules",
                "figures": "/figures/coverage_by_province_year",
                "history": "/history",
            }
            for kind, path in random.sample(sorted(pages.items()), len(pages)):
                started = time.perf_counter()
                headers = {"HX-Request": "true"} if "part" in kind else {}
                client.get(path, headers=headers).raise_for_status()
                seconds.setdefault(kind, []).append(time.perf_counter() - started)


def report(seconds: dict[str, list[float]]) -> None:
    """The 95th percentile of each page, and how many emptiest pages that is."""
    floor = p95(seconds["empty (login)"])
    for kind, taken in sorted(seconds.items(), key=lambda one: p95(one[1])):
        ratio = p95(taken) / floor
        print(f"{kind:16} p95 {p95(taken) * 1000:7.0f} ms  {ratio:6.1f} × the emptiest page")


def p95(taken: Sequence[float]) -> float:
    """The 95th percentile."""
    return statistics.quantiles(taken, n=20)[-1]


if __name__ == "__main__":
    sys.exit(main())
