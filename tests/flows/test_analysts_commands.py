"""The analysts' commands, as typed: marts, traces, publications, exports, pictures."""

import json
import os
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from flows.cli import app
from flows.closing import published_hash
from flows.ingest import run_night
from tests.flows.drawing import draw_report
from warehouse import past, places


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home after a night with one good report; no test changes what is stored in it."""
    home = tmp_path_factory.mktemp("home")
    _drop(home, 2018)
    run_night(home, home / "raw" / "inbox")
    return home


def _drop(home: Path, year: int) -> None:
    path = home / "raw" / "inbox" / "kho" / f"bao-cao-{year}.xlsx"
    path.parent.mkdir(parents=True, exist_ok=True)
    draw_report(path, year, None)
    os.utime(path, (1_700_000_000, 1_700_000_000))


def baophu(home: Path, *arguments: str) -> Result:
    return CliRunner().invoke(app, [*arguments, "--home", str(home)])


def test_marts_are_listed_and_shown(published: Path) -> None:
    listed = json.loads(baophu(published, "mart", "list", "--json").stdout)
    rows = {one["name"]: one["rows"] for one in listed}
    assert rows["figures"] > 0
    shown = json.loads(baophu(published, "mart", "show", "mart.figures", "--json").stdout)
    assert len(shown["rows"]) == min(10, rows["figures"])
    assert all(column["meaning"] for column in shown["columns"])


def test_a_mart_that_is_not_there_is_told(published: Path) -> None:
    result = baophu(published, "mart", "show", "happiness")
    assert result.exit_code == 1
    assert "There is no mart 'happiness'" in result.stderr


def test_a_published_figure_is_traced_to_its_cell(published: Path) -> None:
    figure = json.loads(
        baophu(published, "mart", "show", "figures", "--rows", "1", "--json").stdout
    )["rows"][0]
    key = (figure["area_code"], figure["indicator"], figure["period"], figure["group_code"])
    traced = json.loads(baophu(published, "trace", *key, "--json").stdout)
    place = traced["places"][0]["facts"]
    assert (place["sheet"], place["cell"]) == (figure["sheet"], figure["cell"])
    assert figure["typed_text"] in baophu(published, "trace", *key).stdout


def test_what_nobody_reported_is_told(published: Path) -> None:
    result = baophu(published, "trace", "01", "bhyt_staff", "1999")
    assert result.exit_code == 1
    assert "No submission reports bhyt_staff of 01 for 1999" in result.stderr


def test_a_night_publishes_again_what_was_restored_away(tmp_path: Path) -> None:
    published = tmp_path / "home"
    _drop(published, 2018)
    run_night(published, published / "raw" / "inbox")
    first = past.kept(published)[0].name
    _drop(published, 2019)
    run_night(published, published / "raw" / "inbox")
    wanted = published_hash(places.current_link(published))
    assert baophu(published, "publication", "restore", first).exit_code == 0
    assert published_hash(places.current_link(published)) != wanted
    assert run_night(published, published / "raw" / "inbox").published_now
    assert published_hash(places.current_link(published)) == wanted
    rows = json.loads(baophu(published, "publication", "diff", first, "--json").stdout)
    assert {row["change"] for row in rows} == {"added"}


def test_an_export_does_not_overwrite_other_files(published: Path, tmp_path: Path) -> None:
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "thesis.txt").write_text("!")
    result = baophu(published, "export", "--to", str(tmp_path / "mine"), "--format", "csv")
    assert result.exit_code == 1
    assert baophu(published, "export", "--to", str(tmp_path / "new")).exit_code == 0
    assert (tmp_path / "new" / "datapackage.json").exists()


def test_a_picture_goes_to_stdout_or_to_a_file(published: Path, tmp_path: Path) -> None:
    drawn = baophu(published, "plot", "coverage")
    assert drawn.exit_code == 0, drawn.stderr
    assert drawn.stdout.startswith("<svg")
    target = tmp_path / "map.svg"
    assert baophu(published, "plot", "tiles", "--svg", str(target)).exit_code == 0
    assert "Hoàng Sa" in target.read_text("utf-8")


def test_a_picture_of_nothing_is_told(published: Path) -> None:
    result = baophu(published, "plot", "coverage", "--area", "999")
    assert result.exit_code == 1
    assert "No accepted report has the coverage of 999" in result.stderr
