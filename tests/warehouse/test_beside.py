"""Parquet beside each publication: the marts' own rows, and only what changed written anew."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pyarrow.parquet as pq
import pytest
from landed_readings import landed, observation

from warehouse import catalog, places
from warehouse.database import open_published, open_working
from warehouse.doctor import examine
from warehouse.exports import beside
from warehouse.past import restore
from warehouse.publish import parquet_folder, publish
from warehouse.store import set_statuses, store_readings

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

LANG_SON = ("20", "Lạng Sơn", "province")


def kon_tum(year: int, people: int) -> dict[str, Any]:
    """Two figures: a count of the year, staff of its last day."""
    return landed(
        observation("population", str(people), "A1", period=str(year)),
        observation("bhyt_staff", "30", "A2", period=f"{year}-12-31", unit="staff"),
        year=year,
    )


def lang_son(year: int) -> dict[str, Any]:
    figure = observation("population", "781655", "A1", area=LANG_SON, period=str(year))
    return landed(figure, reporter="lang-son", province_code="20", year=year)


def load(connection: "DuckDBPyConnection", home: Path, *readings: dict[str, Any]) -> Path:
    stored = store_readings(connection, readings)
    set_statuses(connection, [one.submission_id for one in stored])
    return parquet_folder(publish(connection, home))


@pytest.fixture
def working(tmp_path: Path) -> Iterator["DuckDBPyConnection"]:
    with open_working(tmp_path) as connection:
        yield connection


def inodes(folder: Path) -> dict[str, int]:
    return {
        path.relative_to(folder).as_posix(): path.stat().st_ino
        for path in folder.rglob("*.parquet")
    }


def written_anew(old: Path, new: Path) -> set[str]:
    before = inodes(old)
    return {name for name, inode in inodes(new).items() if before.get(name) != inode}


def assert_same_rows(home: Path) -> None:
    """Every mart's rows are in its files, and nothing else."""
    folder = places.current_parquet(home)
    said = json.loads((folder / "datapackage.json").read_text("utf-8"))
    resources = {one["name"].replace("-", "_"): one for one in said["resources"]}
    with open_published(places.current_link(home)) as reader:
        offers = [one for one in catalog.offers(reader) if one.name != "recipe"]
        assert {one.name for one in offers} == set(resources)
        for offer in offers:
            files = resources[offer.name]["files"]
            found = [row for one in files for row in rows_of(folder / one["path"])]
            table = reader.sql(f"FROM mart.{offer.name}").to_arrow_table()
            assert sorted(found) == sorted(map(str, table.to_pylist())), offer.name
    listed = {fact["path"] for one in resources.values() for fact in one["files"]}
    assert listed == set(inodes(folder))


def rows_of(path: Path) -> list[str]:
    return [str(row) for row in pq.ParquetFile(path).read().to_pylist()]


@pytest.mark.parametrize("large", [1, 100_000])
def test_the_files_hold_what_the_marts_hold(
    working: "DuckDBPyConnection", tmp_path: Path, monkeypatch: pytest.MonkeyPatch, large: int
) -> None:
    monkeypatch.setattr(beside, "LARGE", large)
    monkeypatch.setattr(beside, "AT_ONCE", 2)
    load(working, tmp_path, kon_tum(2017, 1), kon_tum(2018, 2), lang_son(2018))
    assert_same_rows(tmp_path)
    load(working, tmp_path, kon_tum(2018, 3), lang_son(2019))
    assert_same_rows(tmp_path)
    assert examine(tmp_path / "elsewhere") == []


def test_a_night_writes_the_province_that_reported(
    working: "DuckDBPyConnection", tmp_path: Path
) -> None:
    first = load(working, tmp_path, kon_tum(2018, 1), lang_son(2018))
    second = load(working, tmp_path, lang_son(2019))
    anew = written_anew(first, second)
    assert {name for name in anew if name.startswith("figures")} == {
        "figures/province=20/all.parquet"
    }
    assert "areas.parquet" not in anew


def test_a_large_province_is_written_by_its_years(
    working: "DuckDBPyConnection", tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(beside, "LARGE", 1)
    first = load(working, tmp_path, kon_tum(2017, 1), kon_tum(2018, 2))
    second = load(working, tmp_path, kon_tum(2018, 3))
    assert "staff/2018.parquet" not in inodes(second)
    assert {"staff/undated.parquet", "coverage_by_area_year.parquet"} <= set(inodes(second))
    assert set(inodes(second / "figures")) == {
        f"province=62/{year}.parquet" for year in ("2017", "2018", "undated")
    }
    assert "figures/province=62/2017.parquet" not in written_anew(first, second)


def test_readers_are_shown_the_files_of_the_publication_they_get(
    working: "DuckDBPyConnection", tmp_path: Path
) -> None:
    first = load(working, tmp_path, kon_tum(2018, 1))
    second = load(working, tmp_path, kon_tum(2018, 2))
    link = places.current_parquet(tmp_path)
    assert link.resolve() == second.resolve()
    restore(tmp_path, first.stem)
    assert link.resolve() == first.resolve()


def test_files_can_be_left_out(
    working: "DuckDBPyConnection", tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    load(working, tmp_path, kon_tum(2018, 1))
    monkeypatch.setenv("BAOPHU_PARQUET", "off")
    assert not load(working, tmp_path, kon_tum(2018, 2)).exists()
    assert not places.current_parquet(tmp_path).is_symlink()
    monkeypatch.setenv("BAOPHU_PARQUET", "on")
    load(working, tmp_path, kon_tum(2018, 3))
    assert_same_rows(tmp_path)


def test_a_damaged_file_is_named(tmp_path: Path) -> None:
    with open_working(tmp_path) as connection:
        folder = load(connection, tmp_path, kon_tum(2018, 1))
    path = folder / "figures" / "province=62" / "all.parquet"
    path.chmod(0o644)
    path.write_bytes(path.read_bytes()[:-1])
    assert ("publication_changed", str(path)) in [
        (one.kind, one.where) for one in examine(tmp_path)
    ]
