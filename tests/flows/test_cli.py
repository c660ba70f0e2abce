"""The commands as people type them: exit codes, data on stdout, words on stderr."""

import json
import subprocess
import sys
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import pytest

from flows.commands.nightly import offer_samples
from flows.ingest import run_night
from tests.flows.drawing import draw_report

DropReport = Callable[..., Path]
Run = subprocess.CompletedProcess[str]


def baophu(*arguments: str | Path) -> Run:
    script = Path(sys.executable).with_name("baophu")
    return subprocess.run([script, *arguments], capture_output=True, text=True, check=False)


@pytest.fixture(scope="module")
def lived_in(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home after a night with one sound report, one with a wrong total and one broken file."""
    home = tmp_path_factory.mktemp("home")
    inbox = home / "raw" / "inbox"
    inbox.mkdir(parents=True)
    draw_report(inbox / "2018.xlsx", 2018, None)
    draw_report(inbox / "2019.xlsx", 2019, 384_400)
    (inbox / "broken.xlsx").write_bytes(b"")
    run_night(home, inbox)
    return home


@pytest.mark.parametrize(
    ("total", "status", "code"), [(None, "accepted", 0), (384_400, "quarantined", 1)]
)
def test_check_judges_without_storing(
    tmp_path: Path, total: int | None, status: str, code: int
) -> None:
    draw_report(tmp_path / "2018.xlsx", 2018, total)
    run = baophu("check", tmp_path / "2018.xlsx", "--json")
    assert run.returncode == code
    result = json.loads(run.stdout, parse_float=Decimal)
    assert list(result) == [
        "file",
        "sha256",
        "status",
        "reason",
        "observations",
        "cells",
        "findings",
    ]
    assert (result["status"], result["reason"]) == (status, "")
    figure = next(one for one in result["observations"] if one["cell"] == "D6")
    assert (figure["indicator"], figure["period"], figure["value"]) == (
        "bhyt_participants",
        "2018",
        203_400,
    )
    assert {cell["role"] for cell in result["cells"]} <= {"observation", "label", "note", "ignored"}
    assert [sorted(cell) for one in result["findings"] for cell in one["cells"]] == (
        [["cell", "sheet", "typed_text"]] * 3 if total else []
    )
    assert [path.name for path in tmp_path.iterdir()] == ["2018.xlsx"]


def test_check_tells_an_unreadable_file_from_a_wrong_one(tmp_path: Path) -> None:
    draw_report(tmp_path / "wrong.xlsx", 2019, 384_400)
    (tmp_path / "empty.xlsx").write_bytes(b"")
    files = [tmp_path / "wrong.xlsx", tmp_path / "empty.xlsx", tmp_path / "nowhere.xlsx"]
    run = baophu("check", *files, "--json")
    assert run.returncode == 2
    results = [json.loads(line) for line in run.stdout.splitlines()]
    assert [(Path(one["file"]).name, one["status"]) for one in results] == [
        ("wrong.xlsx", "quarantined"),
        ("empty.xlsx", "rejected"),
        ("nowhere.xlsx", "rejected"),
    ]
    assert results[1]["reason"] == "reading.empty"
    assert "Traceback" not in run.stderr


def test_findings_and_submissions_are_listed(lived_in: Path) -> None:
    run = baophu("submissions", "--home", lived_in, "--json")
    submissions = json.loads(run.stdout)
    assert {one["file_name"]: one["status"] for one in submissions} == {
        "2018.xlsx": "accepted",
        "2019.xlsx": "quarantined",
        "broken.xlsx": "rejected",
    }
    run = baophu("findings", "--home", lived_in, "--status", "open", "--json")
    [finding] = json.loads(run.stdout)
    assert (finding["file_name"], finding["severity"], finding["found"]) == (
        "2019.xlsx",
        "critical",
        384_400,
    )
    assert [cell["cell"] for cell in finding["cells"]] == ["D4", "D5", "D6"]
    assert baophu("findings", "--home", lived_in, "--status", "accepted").stderr == "0 findings.\n"
    before = baophu("--home", lived_in, "findings", "--status", "accepted")
    assert before.stderr == "0 findings.\n"


def test_lists_are_readable_by_people(lived_in: Path) -> None:
    run = baophu("findings", "--home", lived_in)
    assert (run.returncode, run.stderr) == (0, "1 finding.\n")
    assert "critical" in run.stdout
    assert "384400" in run.stdout


def test_query_answers_exactly(lived_in: Path) -> None:
    sql = "SELECT cell, value FROM review.observation WHERE cell = 'D4' ORDER BY value"
    assert json.loads(baophu("query", sql, "--home", lived_in, "--json").stdout) == [
        {"cell": "D4", "value": 374_400},
        {"cell": "D4", "value": 384_400},
    ]
    assert baophu("query", sql, "--home", lived_in, "--csv").stdout == (
        "cell,value\nD4,374400\nD4,384400\n"
    )


def test_query_refuses_what_is_no_question(lived_in: Path) -> None:
    run = baophu("query", "DROP TABLE main.submission", "--home", lived_in)
    assert run.returncode == 1
    assert run.stdout == ""
    assert "Traceback" not in run.stderr


def test_a_home_without_a_publication_says_what_to_do(tmp_path: Path) -> None:
    for command in (["findings"], ["submissions"], ["query", "SELECT 1"]):
        run = baophu(*command, "--home", tmp_path)
        assert run.returncode == 1
        assert run.stderr.startswith(f"Nothing is published at {tmp_path}/warehouse/current.duckdb")


def test_doctor_finds_a_changed_file(lived_in: Path) -> None:
    sound = baophu("doctor", "--home", lived_in)
    assert (sound.returncode, sound.stderr) == (0, f"{lived_in} is sound.\n")
    [landed] = (lived_in / "raw" / "landed").glob("*2018.xlsx")
    content = landed.read_bytes()
    landed.chmod(0o644)
    landed.write_bytes(content[:-1])
    ill = baophu("doctor", "--home", lived_in, "--json")
    landed.write_bytes(content)
    assert ill.returncode == 1
    assert [(one["kind"], one["where"]) for one in json.loads(ill.stdout)] == [
        ("landed_changed", str(landed))
    ]


def test_explain_shows_each_figure_with_its_meaning(tmp_path: Path) -> None:
    draw_report(tmp_path / "2018.xlsx", 2018, None)
    run = baophu("explain", tmp_path / "2018.xlsx")
    assert run.returncode == 0
    assert "D6 203400: bhyt_participants, total, Lục Ngạn, 2018, actual = 203400" in run.stdout


def test_explain_writes_a_page_in_which_a_province_s_text_stays_text(tmp_path: Path) -> None:
    path = tmp_path / "2018.xlsx"
    draw_report(path, 2018, None, remark="<script>alert(1)</script>")
    run = baophu("explain", path, "--html", tmp_path / "page.html")
    assert (run.returncode, run.stderr) == (0, f"Written: {tmp_path / 'page.html'}\n")
    page = (tmp_path / "page.html").read_text("utf-8")
    assert "<script" not in page
    assert "&lt;script&gt;alert(1)" in page
    assert "http" not in page.replace("http-equiv", "")
    assert "bhyt_participants, total, Lục Ngạn, 2018" in page


def test_explain_says_why_a_file_cannot_be_read(tmp_path: Path) -> None:
    run = baophu("explain", tmp_path / "nowhere.xlsx")
    assert run.returncode == 2
    assert "nowhere.xlsx" in run.stderr
    assert "Traceback" not in run.stderr


def test_rules_and_codes_are_told() -> None:
    rules = json.loads(baophu("rules", "list", "--json").stdout)
    assert "pct_sum_100" in {rule["rule_id"] for rule in rules}
    assert "100%" in baophu("rules", "show", "pct_sum_100").stdout
    assert baophu("rules", "show", "nothing").returncode == 1
    [code] = json.loads(baophu("codes", "show", "bhyt_participants", "--json").stdout)
    assert (code["list"], code["unit"]) == ("indicators", "people")
    assert baophu("codes", "show", "nothing").returncode == 1
    assert baophu("codes", "list", "nothing").returncode == 1
    assert "areas" in baophu("codes", "list").stdout


def test_samples_are_offered_only_to_a_home_that_received_nothing(home: Path) -> None:
    inbox = home / "raw" / "inbox"
    offer_samples(home, inbox)
    offered = sorted(path.name for path in inbox.iterdir())
    assert len(offered) == 5
    (inbox / offered[0]).unlink()
    offer_samples(home, inbox)
    assert sorted(path.name for path in inbox.iterdir()) == offered[1:]
    run_night(home, inbox)
    offer_samples(home, inbox)
    assert list(inbox.iterdir()) == []
