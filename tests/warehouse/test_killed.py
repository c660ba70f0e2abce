"""Killed at any moment: whole submissions, the last good publication, and the next run goes on."""

import json
import random
import subprocess
import sys
import time
from pathlib import Path

import duckdb
import pytest
from landed_readings import landed, observation

from warehouse import places
from warehouse.content import content_hash
from warehouse.database import open_memory, open_working
from warehouse.doctor import examine
from warehouse.publish import publications, publish
from warehouse.store import set_statuses, store_readings

FIGURES = 400
FILES = 12

# Loads and publishes file after file, saying each step when it is done.
WORK = """
import sys
from pathlib import Path
sys.path.insert(0, sys.argv[2])
from test_killed import reading, FILES
from warehouse.database import open_working
from warehouse.publish import publish
from warehouse.store import set_statuses, store_readings
home = Path(sys.argv[1])
with open_working(home) as connection:
    for number in range(FILES):
        stored = store_readings(connection, [reading(number)])
        set_statuses(connection, [stored[0].submission_id])
        print("stored", number, flush=True)
        publish(connection, home)
        print("published", number, flush=True)
"""

# Reads again and again until it sees the last file, then says what it saw.
WATCH = """
import duckdb, json, sys
seen = []
while not seen or seen[-1][0] < int(sys.argv[2]):
    with duckdb.connect(sys.argv[1], read_only=True) as connection:
        seen += connection.execute(
            "SELECT count(DISTINCT submission_id), count(*) FROM review.observation"
        ).fetchall()
print(json.dumps(seen))
"""


def reading(number: int) -> dict[str, object]:
    figures = [
        observation("population", str(number * FIGURES + row), f"A{row}", row=row, period=str(row))
        for row in range(1, FIGURES + 1)
    ]
    return landed(*figures, title=f"Biểu {number}", file_name=f"{number}.xlsx")


def said_until_killed(home: Path, seconds: float) -> list[str]:
    """Start the work, kill -9 it some time after its first word, return what it had said."""
    with subprocess.Popen(
        [sys.executable, "-c", WORK, str(home), str(Path(__file__).parent)],
        stdout=subprocess.PIPE,
        text=True,
    ) as worker:
        assert worker.stdout is not None
        first = worker.stdout.readline()
        time.sleep(seconds)
        worker.kill()
        return [first.strip(), *worker.stdout.read().split("\n")]


def counts(connection: duckdb.DuckDBPyConnection) -> list[tuple[int]]:
    return connection.execute(
        "SELECT DISTINCT count(observation_id) FROM main.submission "
        "LEFT JOIN main.observation USING (submission_id) GROUP BY submission_id"
    ).fetchall()


@pytest.mark.parametrize("seed", range(4))
def test_kill_minus_nine_leaves_whole_submissions_and_a_whole_publication(
    tmp_path: Path, seed: int
) -> None:
    said = said_until_killed(tmp_path, random.Random(seed).uniform(0.05, 1.5))
    stored = {line for line in said if line.startswith("stored")}
    published = [line for line in said if line.startswith("published")]

    link = places.current_link(tmp_path)
    if published:
        with duckdb.connect(str(link), read_only=True) as reader:
            assert counts(reader) == [(FIGURES,)]
            seen = reader.execute("SELECT count(*) FROM review.submission").fetchall()
            assert seen[0][0] >= len(published)
    with open_working(tmp_path) as connection:
        assert counts(connection) == [(FIGURES,)]
        held = connection.execute("SELECT count(*) FROM submission").fetchall()[0][0]
        assert len(stored) <= held <= len(stored) + 1
        readings = [reading(number) for number in range(FILES)]
        ids = [one.submission_id for one in store_readings(connection, readings)]
        set_statuses(connection, ids)
        publish(connection, tmp_path)
        assert content_hash(connection) == undisturbed()
    assert {one.kind for one in examine(tmp_path)} <= {"landed_missing"}
    assert link.resolve() == publications(places.publications_folder(tmp_path))[-1].resolve()


def undisturbed() -> str:
    """The content of the same files loaded in one go."""
    with open_memory() as connection:
        readings = [reading(number) for number in range(FILES)]
        ids = [one.submission_id for one in store_readings(connection, readings)]
        set_statuses(connection, ids)
        return content_hash(connection)


def test_readers_see_only_whole_publications_while_others_appear(tmp_path: Path) -> None:
    with open_working(tmp_path) as connection:
        store_readings(connection, [reading(0)])
        publish(connection, tmp_path, keep=3)
        with subprocess.Popen(
            [sys.executable, "-c", WATCH, str(places.current_link(tmp_path)), str(FILES)],
            stdout=subprocess.PIPE,
            text=True,
        ) as watcher:
            for number in range(1, FILES):
                store_readings(connection, [reading(number)])
                publish(connection, tmp_path, keep=3)
            out, _ = watcher.communicate()
    seen = json.loads(out)
    assert seen[-1] == [FILES, FILES * FIGURES]
    assert all(figures == files * FIGURES for files, figures in seen)
