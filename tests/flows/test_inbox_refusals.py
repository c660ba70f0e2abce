"""Which folders can be an inbox, and one that cannot be emptied."""

import os
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from flows.home import refused_inbox, samples_folder

KEPT = ("raw/landed", "raw/landed/deeper", "raw/receipts", "warehouse", "raw", ".")


@pytest.mark.parametrize("folder", KEPT)
def test_a_folder_that_is_kept_is_no_inbox(home: Path, folder: str) -> None:
    inbox = home / folder
    assert refused_inbox(home, inbox).startswith(f"{inbox} cannot be an inbox: ")


def test_the_samples_are_no_inbox_of_any_home(home: Path) -> None:
    assert "is kept" in refused_inbox(home, samples_folder())
    assert "is kept" in refused_inbox(home, samples_folder().parent)
    link = home / "samples"
    link.symlink_to(samples_folder())
    assert "is kept" in refused_inbox(home, link)


def test_any_other_folder_may_be_an_inbox(home: Path, tmp_path: Path) -> None:
    assert refused_inbox(home, home / "raw" / "inbox") == ""
    assert refused_inbox(home / "deep", tmp_path / "inbox") == ""


def test_the_command_refuses_in_one_sentence_and_takes_nothing(home: Path) -> None:
    landed = home / "raw" / "landed"
    landed.mkdir()
    (landed / "a.xlsx").write_bytes(b"figures")
    script = Path(sys.executable).with_name("baophu")
    run = subprocess.run(
        [script, "nightly", "--home", home, "--inbox", landed],
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == 1
    assert run.stderr == (
        f"{landed} cannot be an inbox: a night empties its inbox, and {landed} is kept.\n"
    )
    assert [path.name for path in landed.iterdir()] == ["a.xlsx"]


LAND_AS_NOBODY = """
import os, sys
from pathlib import Path
from flows.landing import land
if os.getuid() == 0:
    os.setuid(65534)  # root may remove from any folder
home = Path(sys.argv[1])
for _ in range(2):
    for landed in land(home, home / "inbox"):
        print(landed.outcome, landed.why)
"""


def test_an_inbox_that_cannot_be_emptied_is_landed_and_said() -> None:
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        home.chmod(0o777)
        inbox = home / "inbox"
        inbox.mkdir()
        (inbox / "a.xlsx").write_bytes(b"figures")
        os.utime(inbox / "a.xlsx", (1_700_000_000, 1_700_000_000))
        inbox.chmod(0o555)
        run = subprocess.run(
            [sys.executable, "-c", LAND_AS_NOBODY, folder],
            capture_output=True,
            text=True,
            check=True,
        )
        inbox.chmod(0o755)
        assert run.stdout.splitlines() == [
            "landed it stays in the inbox (Permission denied)",
            "known the same bytes were received before as a.xlsx; "
            "it stays in the inbox (Permission denied)",
        ]
        assert (inbox / "a.xlsx").exists()
        assert len(list((home / "raw" / "landed").iterdir())) == 1
