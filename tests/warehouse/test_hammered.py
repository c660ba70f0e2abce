"""Readers hammer the current publication while others replace it: each sees a whole one."""

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

from landed_readings import landed, observation

from warehouse import places
from warehouse.database import open_working
from warehouse.publish import publish
from warehouse.store import set_statuses, store_readings

PUBLICATIONS = int(
    os.environ.get("BAOPHU_PUBLICATIONS", "30")
)  # a hundred on an idle machine: minutes
READERS = 2
# Every revision says its number in two areas; a torn publication would mix them or lack one.
READER = """
import sys, time
from pathlib import Path
import duckdb
link, stop = Path(sys.argv[1]), Path(sys.argv[2])
reads, seen = 0, set()
while not stop.exists() or not reads:
    with duckdb.connect(str(link), read_only=True) as reader:
        rows = reader.execute(
            "SELECT (SELECT list(value ORDER BY area_code) FROM mart.figures),"
            " (SELECT max(revision) FROM review.submission),"
            " (SELECT count(*) FROM mart.revisions)"
        ).fetchall()
    values, revision, revised = rows[0]
    assert [int(value) for value in values] == [revision, revision], rows
    assert revised == 2 * (revision - 1), rows
    reads += 1
    seen.add(revision)
    time.sleep(0.02)  # leave the writer some of the machine
print(reads, len(seen))
"""


def revision(number: int) -> dict[str, Any]:
    areas = [("62", "Kon Tum", "province"), ("610", "Đắk Glei", "district")]
    figures = [
        observation("population", str(number), f"A{n}", area=area) for n, area in enumerate(areas)
    ]
    return landed(*figures)


def test_readers_see_whole_publications_only(tmp_path: Path) -> None:
    stop = tmp_path / "stop"
    with open_working(tmp_path) as connection:
        readers: list[subprocess.Popen[str]] = []
        try:
            for number in range(1, PUBLICATIONS + 1):
                stored = store_readings(connection, [revision(number)])
                set_statuses(connection, [one.submission_id for one in stored])
                publish(connection, tmp_path, keep=5)
                if number == 1:
                    readers = [_start(places.current_link(tmp_path), stop) for _ in range(READERS)]
        finally:
            stop.touch()
            ended = [(*one.communicate(), one.returncode) for one in readers]
    assert [(err, code) for _, err, code in ended] == [("", 0)] * READERS
    for out, _, _ in ended:
        reads, seen = map(int, out.split())
        assert reads >= seen > 1


def _start(link: Path, stop: Path) -> "subprocess.Popen[str]":
    return subprocess.Popen(
        [sys.executable, "-c", READER, str(link), str(stop)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
