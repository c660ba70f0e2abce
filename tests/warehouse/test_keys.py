"""One row a meaning: the keys of marts hold, whoever reports, and give rows their order."""

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from landed_readings import finding, landed, observation

from warehouse import catalog, places
from warehouse.database import open_published, open_working
from warehouse.publish import publish
from warehouse.store import set_statuses, store_readings

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

KON_TUM, LANG_SON = ("62", "Kon Tum", "province"), ("20", "Lạng Sơn", "province")


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A ministry's table of two provinces, a province's own report, and its next revision.

    ministry (no province)   population    own report       participants  coverage
    Kon Tum                      523034    Kon Tum                474863     90.79
    Lạng Sơn                     781655
    """
    home = tmp_path_factory.mktemp("home")
    ministry = landed(
        observation("population", "523034", "B2"),
        observation("population", "781655", "B3", area=LANG_SON),
        province_code="",
        province_name="",
        title="Bộ",
    )
    own = landed(
        observation("bhyt_participants", "474863", "C2"),
        observation("bhyt_coverage_pct", "90.79", "D2", unit="percent"),
        findings=(finding(cell="C2"),),
    )
    with open_working(home) as connection:
        for one in (ministry, own, own | {"sha256": "b" * 64}):
            stored = store_readings(connection, [one])
            set_statuses(connection, [new.submission_id for new in stored])
            publish(connection, home)
    return home


def test_no_two_rows_share_a_key(home: Path) -> None:
    with open_published(places.current_link(home)) as reader:
        offers = [one for one in catalog.offers(reader, "mart", "review") if one.key]
        assert len(offers) > 30
        twice = [f"{one.schema}.{one.name}" for one in offers if _twice(reader, one)]
    assert twice == []


def test_figures_of_two_reporters_meet_in_one_row(home: Path) -> None:
    with open_published(places.current_link(home)) as reader:
        rows = reader.execute(
            "SELECT province_code, province_name, population_people, bhyt_participants_people "
            "FROM mart.coverage_by_area_year ORDER BY province_code"
        ).fetchall()
    assert rows == [("62", "Kon Tum", 523034, 474863)]


def test_the_first_rows_are_those_of_the_key(home: Path) -> None:
    with open_published(places.current_link(home)) as reader:
        rows = catalog.first_rows(reader, catalog.mart_named(reader, "figures"), 9)
    assert [(row["area_code"], row["indicator"]) for row in rows] == [
        ("20", "population"),
        ("62", "bhyt_coverage_pct"),
        ("62", "bhyt_participants"),
        ("62", "population"),
    ]


def _twice(reader: "DuckDBPyConnection", offer: catalog.Offer) -> bool:
    sql = f"SELECT 1 FROM {offer.schema}.{offer.name} GROUP BY {', '.join(offer.key)}"
    return bool(reader.execute(f"{sql} HAVING count(*) > 1 LIMIT 1").fetchall())
