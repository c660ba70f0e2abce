"""Exports are what they say by others' validators: SDMX's official schemas, Frictionless."""

import datetime as dt
import json
from collections.abc import Iterator
from pathlib import Path

import frictionless
import pytest
from landed_readings import finding, landed, observation
from pysdmx.errors import Invalid
from pysdmx.io import get_datasets, read_sdmx, write_sdmx
from pysdmx.io.format import Format
from pysdmx.model.message import Header

from flows.exports.export import export
from warehouse import places
from warehouse.database import open_published, open_working
from warehouse.exports.structure import code_lists, structures
from warehouse.publish import publish
from warehouse.store import set_statuses, store_readings

DISTRICT = ("610", "Đắk Glei", "district")


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Figures of a year, a day and a group with a parent, one of them flagged."""
    home = tmp_path_factory.mktemp("home")
    figures = [
        observation("bhyt_coverage_pct", "90.79", "A1", unit="percent"),
        observation("bhyt_participants", "60921", "A2", group="household", area=DISTRICT),
        observation("bhyt_staff", "30", "A3", period="2018-12-31", unit="staff"),
        observation("population", "523034", "A4", sheet="=1+1", scenario="plan"),
    ]
    with open_working(home) as connection:
        stored = store_readings(connection, [landed(*figures, findings=(finding(cell="A1"),))])
        set_statuses(connection, [one.submission_id for one in stored])
        publish(connection, home)
    return home


@pytest.fixture(scope="module")
def sdmx(home: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("sdmx") / "out"
    export(places.current_link(home), folder, "sdmx")
    return folder


def test_the_structure_obeys_the_official_json_schema(sdmx: Path) -> None:
    message = read_sdmx(sdmx / "structure.json", validate=True)
    assert len(message.get_codelists()) == 8
    assert [one.id for one in message.get_dataflows()] == ["COVERAGE"]


def test_the_official_schema_would_refuse_another(sdmx: Path, tmp_path: Path) -> None:
    said = json.loads((sdmx / "structure.json").read_text("utf-8"))
    said["data"]["dataStructures"][0]["dataStructureComponents"]["groups"] = []
    (tmp_path / "structure.json").write_text(json.dumps(said), "utf-8")
    with pytest.raises(Invalid, match="groups"):
        read_sdmx(tmp_path / "structure.json", validate=True)


@pytest.mark.parametrize("version", ["2_1", "3_0", "3_1"])
def test_the_structure_obeys_the_official_xml_schemas(
    home: Path, tmp_path: Path, version: str
) -> None:
    path = tmp_path / "structure.xml"
    with open_published(places.current_link(home)) as connection:
        said = structures(code_lists(connection))
    header = Header(id="baophu", prepared=dt.datetime.now(dt.UTC))
    write_sdmx(said, Format[f"STRUCTURE_SDMX_ML_{version}"], str(path), header=header)
    assert len(read_sdmx(path, validate=True).structures or ()) == len(said)


def test_pysdmx_joins_the_data_to_their_structure(sdmx: Path) -> None:
    [dataset] = get_datasets(sdmx / "figures.csv", sdmx / "structure.json", validate=True)
    names = {component.id for component in dataset.structure.components}
    assert {*dataset.data.columns} == names
    assert len(dataset.data) == 4


def csv_and_parquet(home: Path, folder: Path) -> Iterator[Path]:
    export(places.current_link(home), folder / "csv", "csv")
    yield folder / "csv" / "datapackage.json"
    yield places.current_parquet(home) / "datapackage.json"


def test_the_description_is_a_data_package(home: Path, tmp_path: Path) -> None:
    for path in csv_and_parquet(home, tmp_path):
        said = json.loads(path.read_text("utf-8"))
        assert list(frictionless.Package.metadata_validate(said)) == []
        figures = frictionless.Package.from_descriptor(said).get_resource("figures")
        assert figures.schema.primary_key[:2] == ["area_level", "area_code"]
    broken = said | {"resources": [{"name": "Not A Name"}]}
    assert list(frictionless.Package.metadata_validate(broken)) != []


def test_every_csv_holds_what_its_description_says(home: Path, tmp_path: Path) -> None:
    path = next(csv_and_parquet(home, tmp_path))
    report = frictionless.validate(path)
    assert report.stats["tasks"] > 20
    assert report.flatten(["name", "rowNumber", "fieldName", "note"]) == []
