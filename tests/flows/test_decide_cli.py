"""`baophu decide` and `baophu decisions` as stewards type them."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from flows.ingest import run_night
from tests.flows.drawing import draw_report


def baophu(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    script = Path(sys.executable).with_name("baophu")
    return subprocess.run([script, *arguments], capture_output=True, text=True, check=False)


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A home with one report whose total is wrong: 384400 where the districts make 374400."""
    inbox = tmp_path / "raw" / "inbox"
    inbox.mkdir(parents=True)
    draw_report(inbox / "2019.xlsx", 2019, 384_400)
    run_night(tmp_path, inbox)
    return tmp_path


def the_finding(home: Path) -> dict[str, object]:
    run = baophu("findings", "--home", home, "--json")
    [finding] = [one for one in json.loads(run.stdout) if one["severity"] == "critical"]
    return dict(finding)


def test_a_steward_corrects_and_undoes_from_the_shell(home: Path) -> None:
    finding = str(the_finding(home)["finding_id"])
    said = ("--by", "Lan", "--reason", "gõ nhầm", "--home", home)
    run = baophu("decide", finding, "correct", "--value", "374.400", "--cell", "D4", *said)
    assert run.returncode == 0, run.stderr
    assert "quarantined → accepted" in run.stderr
    assert the_finding(home)["status"] == "corrected"
    run = baophu("decide", finding, "accept", *said)
    assert (run.returncode, "Lan đã quyết định" in run.stderr) == (1, True)
    run = baophu("decide", finding, "undo", "--json", *said)
    record = json.loads(run.stdout)
    assert (record["effect"]["status_after"], record["waits"]) == ("quarantined", False)
    listed = json.loads(baophu("decisions", "--home", home, "--json").stdout)
    assert [(one["action"], one["status"], one["value"]) for one in listed] == [
        ("undo", "undone", None),
        ("correct", "undone", 374_400),
    ]
    assert "2 decisions." in baophu("decisions", "--home", home).stderr


def test_what_is_wrong_is_one_sentence(home: Path) -> None:
    finding = str(the_finding(home)["finding_id"])
    who = ("--by", "Lan", "--reason", "x", "--home", home)
    for arguments, sentence, code in (
        (("f-nothing", "accept"), "no finding f-nothing", 1),
        ((finding, "accept", "--until", "mai"), "not a day", 2),
        ((finding, "correct"), "needs the right figure", 1),
        ((finding, "perhaps"), "perhaps", 2),
    ):
        run = baophu("decide", *arguments, *who)
        assert (run.returncode, sentence in run.stderr) == (code, True), run.stderr
        assert "Traceback" not in run.stderr
    assert not (home / "warehouse" / "decisions.sqlite").exists()
