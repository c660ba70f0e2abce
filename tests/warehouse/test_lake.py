"""The lake: two homes write at once, readers see whole submissions only, earlier states stay."""

import json
import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from landed_readings import landed, observation

from flows.home import ROOT
from tests.postgres import Postgres
from warehouse.content import content_hash
from warehouse.database import open_working
from warehouse.publish import publish
from warehouse.store import set_statuses, store_readings

PYTHON = ROOT / ".venv-lake" / "bin" / "python"
ROUNDS = 3
FIGURES = 4
READER = """
import json, sys
from pathlib import Path
from warehouse.lake import named_lake, open_lake

seen = set()
with open_lake(named_lake()) as lake:
    while not Path(sys.argv[1]).exists():
        seen.update(lake.execute(
            "SELECT (SELECT count(*) FROM main.submission), (SELECT count(*) FROM main.observation)"
        ).fetchall())
print(json.dumps(sorted(seen)))
"""

pytestmark = [
    pytest.mark.postgres,
    pytest.mark.skipif(not PYTHON.exists(), reason="`make lake` was not run"),
]


@pytest.fixture
def lake(postgres: Postgres, tmp_path: Path) -> dict[str, str]:
    """The environment of a program that works on a new lake."""
    catalog = f"postgres:{postgres.options(postgres.new_database())}"
    there = {"BAOPHU_LAKE": catalog, "BAOPHU_LAKE_DATA": str(tmp_path / "rows")}
    return {**os.environ, **there, "PYTHONPATH": str(ROOT)}


def report(province: str, year: int) -> dict[str, Any]:
    area = (province, province, "province")
    figures = [
        observation(
            "population", str(year + row), f"A{row}", row=row, area=area, period=str(year + row)
        )
        for row in range(FIGURES)
    ]
    return landed(*figures, reporter=province, province_code=province, year=year)


def publications(home: Path, reports: list[dict[str, Any]]) -> list[str]:
    """A publication after each report."""
    paths = []
    with open_working(home) as connection:
        for one in reports:
            stored = store_readings(connection, [one])
            set_statuses(connection, [new.submission_id for new in stored])
            paths.append(str(publish(connection, home)))
    return paths


def start(lake: Mapping[str, str], *arguments: str) -> "subprocess.Popen[str]":
    pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
    return subprocess.Popen([PYTHON, *arguments], env=lake, text=True, **pipes)


def answer(child: "subprocess.Popen[str]") -> Any:
    out, words = child.communicate()
    assert child.returncode == 0, words
    return json.loads(out)


def work(lake: Mapping[str, str], *arguments: str) -> Any:
    return answer(start(lake, "-m", "warehouse.lakeside", *arguments))


def test_two_homes_write_at_once_and_readers_see_whole_submissions(
    lake: dict[str, str], tmp_path: Path
) -> None:
    reports = {code: [report(code, 2000 + year) for year in range(ROUNDS)] for code in ("62", "20")}
    paths = {code: publications(tmp_path / code, of) for code, of in reports.items()}
    done = tmp_path / "done"
    work(lake, "write", paths["62"][0])
    reader = start(lake, "-c", READER, str(done))
    writers = [start(lake, "-m", "warehouse.lakeside", "write", *of) for of in paths.values()]
    written = [answer(writer) for writer in writers]
    done.touch()
    seen = answer(reader)
    assert [one["submissions"] for one in written] == [ROUNDS - 1, ROUNDS]
    assert {figures - FIGURES * submissions for submissions, figures in seen} == {0}
    sys.stdout.write(f"tries: {[one['tries'] for one in written]}, states seen: {len(seen)}\n")
    together = publications(tmp_path / "both", [one for of in reports.values() for one in of])
    with open_working(tmp_path / "both") as connection:
        assert work(lake, "hash") == content_hash(connection)
    assert work(lake, "write", together[-1])["submissions"] == 0


def test_an_earlier_state_can_be_read_again(lake: dict[str, str], tmp_path: Path) -> None:
    first, second = publications(
        tmp_path / "home", [report("62", 2018), report("62", 2018) | {"sha256": "c" * 64}]
    )
    statuses = "SELECT status, count(*) FROM review.submission GROUP BY ALL ORDER BY ALL"
    work(lake, "write", first)
    then = work(lake, "versions")[-1][0]
    work(lake, "write", second)
    assert work(lake, "ask", statuses)["rows"] == [["accepted", 1], ["superseded", 1]]
    assert work(lake, "ask", "--version", str(then), statuses)["rows"] == [["accepted", 1]]
    standing = "SELECT count(*) FROM mart.figures"
    assert work(lake, "ask", standing)["rows"] == [[FIGURES]]


def test_a_workbook_that_two_homes_were_given_counts_once(
    lake: dict[str, str], tmp_path: Path
) -> None:
    one = report("62", 2018)
    paths = [publications(tmp_path / name, [one])[0] for name in ("north", "south")]
    work(lake, "versions")
    for writer in [start(lake, "-m", "warehouse.lakeside", "write", path) for path in paths]:
        answer(writer)
    counts = "SELECT (SELECT count(*) FROM review.submission), (SELECT count(*) FROM mart.figures)"
    assert work(lake, "ask", counts)["rows"] == [[1, FIGURES]]
