"""Exports: exact, described, harmless, whole or as before, valid against their own structure."""

import csv
import json
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pyarrow.parquet as pq
import pytest
from landed_readings import landed, observation

from flows.exports.export import FORMATS, export
from warehouse import places
from warehouse.database import open_working
from warehouse.exports.folder import FolderTaken
from warehouse.exports.sdmx import InvalidExport, validate
from warehouse.publish import publish, sha256_of
from warehouse.store import set_statuses, store_readings

EVIL = "=HYPERLINK(1)"


@pytest.fixture(scope="module")
def current(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A publication whose file name, sheets and typed texts begin like formulas."""
    home = tmp_path_factory.mktemp("home")
    figures = [
        observation("bhyt_coverage_pct", "90.79", "A1", unit="percent", typed_text="+90,79"),
        observation("bhyt_participants", "60921", "A2", group="household", typed_text="-60.921"),
        observation("population", "-4000", "A3", sheet="@ph", typed_text="\t4000"),
    ]
    with open_working(home) as connection:
        stored = store_readings(connection, [landed(*figures, file_name=EVIL)])
        set_statuses(connection, [one.submission_id for one in stored])
        publish(connection, home)
    return places.current_link(home)


def read_csv(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as lines:
        return list(csv.DictReader(lines))


def test_parquet_keeps_decimals_and_texts_as_they_are(current: Path, tmp_path: Path) -> None:
    export(current, tmp_path / "out", "parquet")
    table = pq.read_table(tmp_path / "out" / "figures" / "province=62" / "part-0.parquet")
    rows = {row["indicator"]: row for row in table.to_pylist()}
    assert rows["bhyt_coverage_pct"]["value"] == Decimal("90.79")
    assert rows["bhyt_coverage_pct"]["file_name"] == EVIL


def test_csv_is_exact_and_runs_no_formula(current: Path, tmp_path: Path) -> None:
    export(current, tmp_path / "out", "csv")
    rows = {row["indicator"]: row for row in read_csv(tmp_path / "out" / "figures.csv")}
    assert rows["bhyt_coverage_pct"]["value"] == "90.79"
    assert rows["population"]["value"] == "-4000"
    assert rows["population"]["file_name"] == f"'{EVIL}"
    assert [rows[name]["typed_text"] for name in sorted(rows)] == ["'+90,79", "'-60.921", "'\t4000"]


def test_a_workbook_holds_texts_not_formulas(current: Path, tmp_path: Path) -> None:
    export(current, tmp_path / "out", "xlsx")
    book = openpyxl.load_workbook(tmp_path / "out" / "baophu.xlsx")
    sheet = book["figures"]
    heads = [cell.value for cell in sheet[1]]
    column = heads.index("file_name")
    assert {row[column].value for row in sheet.iter_rows(min_row=2)} == {f"'{EVIL}"}
    kinds = {cell.data_type for one in book for row in one.iter_rows() for cell in row}
    assert "f" not in kinds
    values = {row[heads.index("value")].value for row in sheet.iter_rows(min_row=2)}
    assert 60921 in values


def test_sdmx_is_valid_against_its_own_structure(current: Path, tmp_path: Path) -> None:
    export(current, tmp_path / "out", "sdmx")
    assert validate(tmp_path / "out") == 3
    rows = read_csv(tmp_path / "out" / "figures.csv")
    household = next(row for row in rows if row["GROUP"] == "household")
    assert household["OBS_VALUE"] == "60921"
    assert (household["FREQ"], household["REF_AREA"], household["CONF_STATUS"]) == ("A", "62", "F")
    assert household["SOURCE_FILE"] == f"'{EVIL}"


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [(",62,", ",99,", "REF_AREA holds codes"), (",A,F,", ",A,Z,", "CONF_STATUS holds codes")],
)
def test_sdmx_that_breaks_its_structure_is_refused(
    current: Path, tmp_path: Path, old: str, new: str, said: str
) -> None:
    export(current, tmp_path / "out", "sdmx")
    data = tmp_path / "out" / "figures.csv"
    data.write_text(data.read_text("utf-8").replace(old, new), "utf-8")
    with pytest.raises(InvalidExport, match=said):
        validate(tmp_path / "out")


@pytest.mark.parametrize("form", FORMATS)
def test_the_package_describes_every_file(current: Path, tmp_path: Path, form: Any) -> None:
    export(current, tmp_path / "out", form)
    package = json.loads((tmp_path / "out" / "datapackage.json").read_text("utf-8"))
    described: set[Path] = set()
    for resource in package["resources"]:
        paths = resource["path"] if isinstance(resource["path"], list) else [resource["path"]]
        described |= {tmp_path / "out" / path for path in paths}
        assert all(field["description"] for field in resource["schema"]["fields"])
        if "hash" in resource:
            assert resource["hash"] == f"sha256:{sha256_of(tmp_path / 'out' / resource['path'])}"
    there = {path for path in (tmp_path / "out").rglob("*") if path.is_file()}
    assert there - described <= {
        tmp_path / "out" / "datapackage.json",
        tmp_path / "out" / "structure.json",
    }
    assert described <= there


def test_units_are_in_the_package(current: Path, tmp_path: Path) -> None:
    export(current, tmp_path / "out", "csv")
    package = json.loads((tmp_path / "out" / "datapackage.json").read_text("utf-8"))
    fields = {
        field["name"]: field.get("unit")
        for resource in package["resources"]
        for field in resource["schema"]["fields"]
    }
    assert fields["bhyt_participants_people"] == "people"
    assert fields["bhyt_coverage_reported_pct"] == "percent"
    assert fields["bhyt_coverage_against_plan_pct_points"] == "percentage points"
    assert fields["bhyt_revenue_vnd"] == "VND"


def test_a_former_export_is_replaced_and_other_folders_are_not(
    current: Path, tmp_path: Path
) -> None:
    export(current, tmp_path / "out", "csv")
    export(current, tmp_path / "out", "parquet")
    assert not list((tmp_path / "out").glob("*.csv"))
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "thesis.txt").write_text("!")
    with pytest.raises(FolderTaken):
        export(current, tmp_path / "mine", "csv")
    assert [path.name for path in (tmp_path / "mine").iterdir()] == ["thesis.txt"]
    assert sorted(path.name for path in tmp_path.iterdir()) == ["mine", "out"]
