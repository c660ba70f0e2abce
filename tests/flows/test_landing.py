"""Landing: files reach raw/landed once and whole, whatever happens on the way."""

import hashlib
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from flows.inbox import find_arrivals
from flows.landing import Landed, land, landed_name
from flows.receipts import list_receipts, receipts_folder
from warehouse.places import landed_folder

Drop = Callable[[str, bytes], Path]


def land_home(home: Path) -> list[Landed]:
    return land(home, home / "raw" / "inbox")


def outcomes(home: Path) -> list[tuple[str, str]]:
    return [(landed.outcome, landed.why) for landed in land_home(home)]


def test_a_file_is_copied_under_its_hash_and_leaves_the_inbox(home: Path, drop: Drop) -> None:
    original = drop("so-y-te/báo cáo.xlsx", b"figures")
    [landed] = land_home(home)
    assert landed.outcome == "landed"
    assert landed.receipt is not None
    assert landed.receipt.reporter == "so-y-te"
    assert landed.receipt.file_name == "báo cáo.xlsx"
    copy = landed_folder(home) / landed.receipt.landed_name
    assert copy.name == f"{hashlib.sha256(b'figures').hexdigest()[:16]}__báo_cáo.xlsx"
    assert copy.read_bytes() == b"figures"
    assert copy.stat().st_mode & 0o222 == 0
    assert not original.exists()


def test_a_file_directly_in_the_inbox_has_no_reporter(home: Path, drop: Drop) -> None:
    drop("a.xlsx", b"figures")
    [landed] = land_home(home)
    assert landed.reporter == ""


def test_the_same_bytes_twice_are_said_and_kept_once(home: Path, drop: Drop) -> None:
    drop("one/a.xlsx", b"figures")
    land_home(home)
    again = drop("two/b.xlsx", b"figures")
    assert outcomes(home) == [("known", "the same bytes were received before as a.xlsx from one")]
    assert not again.exists()
    assert len(list(landed_folder(home).iterdir())) == 1


@pytest.mark.parametrize(
    ("name", "why"),
    [
        ("~$a.xlsx", "lock file of an open office program"),
        (".a.xlsx.swp", "hidden file"),
        ("a.xlsx.part", "unfinished download"),
    ],
)
def test_an_unfinished_file_waits(home: Path, drop: Drop, name: str, why: str) -> None:
    path = drop(name, b"half")
    assert outcomes(home) == [("waiting", why)]
    assert path.exists()


def test_a_file_that_somebody_still_writes_waits(home: Path) -> None:
    path = home / "raw" / "inbox" / "a.xlsx"
    with path.open("wb") as stream:
        stream.write(b"half")
        stream.flush()
        os.utime(path, (1_700_000_000, 1_700_000_000))
        assert outcomes(home) == [("waiting", "still being written")]
    assert path.exists()
    assert [outcome for outcome, _ in outcomes(home)] == ["landed"]


SLOW_WRITER = """
import sys, time
for _ in range(60):
    open(sys.argv[1], "ab").write(b"x")
    time.sleep(0.05)
"""


def test_a_file_that_grows_between_two_looks_waits(home: Path) -> None:
    path = home / "raw" / "inbox" / "a.xlsx"
    path.write_bytes(b"")
    with subprocess.Popen([sys.executable, "-c", SLOW_WRITER, str(path)]) as writer:
        while path.stat().st_size == 0:
            pass
        assert [arrival.why for arrival in find_arrivals(path.parent)] == ["still being written"]
        writer.kill()


def test_links_and_pipes_are_never_followed(home: Path) -> None:
    secret = home / "secret.txt"
    secret.write_text("not for the warehouse")
    (home / "raw" / "inbox" / "a.xlsx").symlink_to(secret)
    (home / "raw" / "inbox" / "folder").symlink_to(home)
    os.mkfifo(home / "raw" / "inbox" / "pipe.xlsx")
    assert outcomes(home) == [
        ("waiting", "symbolic link"),
        ("waiting", "symbolic link"),
        ("waiting", "not an ordinary file"),
    ]
    assert list(landed_folder(home).iterdir()) == []


def test_damaged_landed_bytes_keep_the_original_in_the_inbox(home: Path, drop: Drop) -> None:
    drop("a.xlsx", b"figures")
    [landed] = land_home(home)
    assert landed.receipt is not None
    copy = landed_folder(home) / landed.receipt.landed_name
    copy.chmod(0o644)
    copy.write_bytes(b"figurez")
    original = drop("a.xlsx", b"figures")
    assert outcomes(home) == [
        ("failed", f"the landed copy {copy.name} is damaged; run `baophu doctor`")
    ]
    assert original.exists()


def test_an_empty_inbox_or_none_lands_nothing(home: Path) -> None:
    (home / "raw" / "inbox" / ".gitkeep").touch()
    assert land_home(home) == []
    assert land(home, home / "nowhere") == []


@pytest.mark.parametrize(
    ("file_name", "ending"),
    [
        ("báo cáo (1).xlsx", "__báo_cáo_1_.xlsx"),
        ("../../etc/passwd", "__etc_passwd"),
        ("...", "__file"),
        ("a" * 400 + ".xlsx", "__" + "a" * 175 + ".xlsx"),
        ("line\nbreak\x00.xls", "__line_break_.xls"),
    ],
)
def test_landed_names_are_safe(file_name: str, ending: str) -> None:
    assert landed_name("0" * 64, file_name) == "0" * 16 + ending


def test_a_name_that_is_not_text_is_landed(home: Path) -> None:
    raw = os.fsencode(home / "raw" / "inbox") + b"/bad\xff.xlsx"
    Path(os.fsdecode(raw)).write_bytes(b"figures")
    [landed] = land_home(home)
    assert (landed.outcome, landed.file_name) == ("landed", "bad?.xlsx")


KILLED_LANDING = """
import os, signal, sys
from pathlib import Path
from flows.landing import land
home, step = Path(sys.argv[1]), int(sys.argv[2])
def count(event, facts):
    global step
    if event in {"open", "os.rename", "os.remove", "os.chmod"} and str(home) in str(facts[0]):
        step -= 1
        if step == 0:
            os.kill(os.getpid(), signal.SIGKILL)
sys.addaudithook(count)
land(home, home / "raw" / "inbox")
"""


def kill_landing(home: Path, step: int) -> bool:
    """Land in a child that kills itself before its nth touch of the disk; False: it finished."""
    arguments = [sys.executable, "-c", KILLED_LANDING, str(home), str(step)]
    return subprocess.run(arguments, check=False).returncode != 0


def test_killed_before_any_step_the_next_night_ends_the_same(tmp_path: Path) -> None:
    content = b"figures" * 1000
    step = 1
    while True:
        home = tmp_path / str(step)
        original = home / "raw" / "inbox" / "so-y-te" / "a.xlsx"
        original.parent.mkdir(parents=True)
        original.write_bytes(content)
        os.utime(original, (1_700_000_000, 1_700_000_000))
        killed = kill_landing(home, step)
        kept = list((home / "raw").rglob("*a.xlsx"))
        assert any(path.read_bytes() == content for path in kept), f"lost at step {step}"
        land_home(home)
        [receipt] = list_receipts(home)
        assert (receipt.reporter, receipt.size) == ("so-y-te", len(content))
        assert [p.read_bytes() for p in landed_folder(home).iterdir()] == [content]
        assert [p.name for p in receipts_folder(home).iterdir()] == [f"{receipt.sha256}.json"]
        assert list((home / "raw" / "inbox").rglob("*.xlsx")) == []
        if not killed:
            break
        step += 1
    assert step > 8


def test_a_damaged_receipt_is_said_and_made_anew(home: Path, drop: Drop) -> None:
    drop("so-y-te/a.xlsx", b"figures")
    land_home(home)
    [path] = receipts_folder(home).iterdir()
    path.write_text("{")
    [(outcome, why)] = outcomes(home)
    assert outcome == "failed"
    assert why.startswith(f"damaged receipt {path}")
    [receipt] = list_receipts(home)
    assert (receipt.file_name, receipt.reporter) == ("a.xlsx", "")


def test_landed_files_restored_without_receipts_are_adopted(home: Path, drop: Drop) -> None:
    drop("so-y-te/a.xlsx", b"figures")
    land_home(home)
    for path in receipts_folder(home).iterdir():
        path.unlink()
    land_home(home)
    [receipt] = list_receipts(home)
    assert (receipt.file_name, receipt.reporter, receipt.size) == ("a.xlsx", "", 7)
    assert receipt.sha256 == hashlib.sha256(b"figures").hexdigest()
