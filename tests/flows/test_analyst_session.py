"""The first-time analyst's session of docs/analyst.md, block by block, as it is written."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PAGE = ROOT / "docs" / "analyst.md"
BLOCK = re.compile(r"^```(bash|text)\n(.*?)\n```$", re.DOTALL | re.MULTILINE)


def blocks() -> list[tuple[str, str]]:
    """Each `bash` block with the `text` block that follows it, "" where none does."""
    found = BLOCK.findall(PAGE.read_text("utf-8"))
    pairs = zip(found, [*found[1:], ("bash", "")], strict=True)
    return [
        (said, after if kind == "text" else "")
        for (name, said), (kind, after) in pairs
        if name == "bash"
    ]


def run(command: str, home: Path) -> str:
    folder = Path(sys.executable).parent
    environment = {
        **os.environ,
        "BAOPHU_HOME": str(home),
        "PATH": f"{folder}{os.pathsep}{os.environ['PATH']}",
    }
    done = subprocess.run(
        ["bash", "-euo", "pipefail", "-c", command],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, f"{command}\n{done.stderr}"
    return done.stdout.rstrip("\n")


@pytest.mark.xdist_group("analyst")
def test_the_session_goes_as_it_is_written(tmp_path: Path) -> None:
    home = tmp_path / "baophu"
    for command, expected in blocks():
        assert run(command, home) == expected, command


def test_the_page_has_five_questions_a_picture_and_an_export() -> None:
    text = PAGE.read_text("utf-8")
    assert len(re.findall(r"^\*\*[^*]+\?\*\*", text, re.MULTILINE)) == 5
    commands = "\n".join(command for command, _ in blocks())
    assert "baophu plot" in commands
    assert "baophu export" in commands
