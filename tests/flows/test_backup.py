"""Backups: a home that was destroyed is the same again, and a damaged backup restores nothing."""

import datetime as dt
import shutil
import tarfile
from collections.abc import Callable
from pathlib import Path

import duckdb
import pytest

from flows.backup import DamagedBackup, HomeInUse, back_up, restore
from flows.ingest import run_night
from flows.night import NightBusy, NightReport, night_lock
from warehouse.decision import Decision
from warehouse.decisions import all_decisions, record
from warehouse.doctor import examine
from warehouse.places import current_link

DropReport = Callable[..., Path]


def night(home: Path) -> NightReport:
    return run_night(home, home / "raw" / "inbox")


@pytest.fixture
def lived_in(home: Path, drop_report: DropReport) -> Path:
    drop_report("bac-giang/2018.xlsx", 2018)
    drop_report("bac-giang/2019.xlsx", 2019, total=384_400)
    night(home)
    return home


def test_a_destroyed_home_is_the_same_again(lived_in: Path, tmp_path: Path) -> None:
    before = night(lived_in)
    safe = tmp_path / "safe" / "backup.tar"
    safe.parent.mkdir()
    done = back_up(lived_in, safe)
    for folder in ("raw", "warehouse"):
        shutil.rmtree(lived_in / folder)
    assert restore(lived_in, safe) == done
    assert examine(lived_in) == []
    with duckdb.connect(str(current_link(lived_in)), read_only=True) as published:
        assert published.execute("SELECT count(*) FROM review.submission").fetchall() == [(2,)]
    after = night(lived_in)
    assert (after.reason, after.content_hash) == ("nothing new", before.content_hash)


def test_decisions_come_back(lived_in: Path, tmp_path: Path) -> None:
    decide_something(lived_in)
    made = all_decisions(lived_in)
    back_up(lived_in, tmp_path / "backup.tar")
    restored = tmp_path / "restored"
    restore(restored, tmp_path / "backup.tar")
    assert made
    assert all_decisions(restored) == made


def decide_something(home: Path) -> None:
    decision = Decision(
        "d1", "f1", "s1", "ab", "series", "matter", "sum_districts", "accept", "chi-lan",
        dt.datetime(2026, 11, 22, 3), "đã kiểm tra", None, None, "", "", ()
    )  # fmt: skip
    record(home, [decision], {})


def test_a_used_home_is_left_alone(lived_in: Path, tmp_path: Path) -> None:
    back_up(lived_in, tmp_path / "backup.tar")
    with pytest.raises(HomeInUse, match="restore into a home that holds nothing"):
        restore(lived_in, tmp_path / "backup.tar")


@pytest.mark.parametrize("byte", [600, 30_000, -2_000_000])
def test_a_changed_byte_restores_nothing(lived_in: Path, tmp_path: Path, byte: int) -> None:
    backup = tmp_path / "backup.tar"
    back_up(lived_in, backup)
    content = bytearray(backup.read_bytes())
    content[byte] ^= 0xFF
    backup.write_bytes(content)
    restored = tmp_path / "restored"
    with pytest.raises(DamagedBackup):
        restore(restored, backup)
    assert [path.name for path in restored.rglob("*") if path.is_file()] == ["night.lock"]


def test_a_cut_backup_restores_nothing(lived_in: Path, tmp_path: Path) -> None:
    backup = tmp_path / "backup.tar"
    back_up(lived_in, backup)
    backup.write_bytes(backup.read_bytes()[:50_000])
    with pytest.raises(DamagedBackup, match=r"is no whole backup|is damaged"):
        restore(tmp_path / "restored", backup)


def test_a_backup_never_leaves_its_home(tmp_path: Path) -> None:
    (tmp_path / "evil").write_text("evil")
    with tarfile.open(tmp_path / "backup.tar", "w") as tar:
        tar.add(tmp_path / "evil", arcname="../outside")
    with pytest.raises(DamagedBackup):
        restore(tmp_path / "deep" / "home", tmp_path / "backup.tar")
    assert not (tmp_path / "deep" / "outside").exists()


def test_no_backup_while_a_night_runs(lived_in: Path, tmp_path: Path) -> None:
    with night_lock(lived_in), pytest.raises(NightBusy):
        back_up(lived_in, tmp_path / "backup.tar")
