"""Publications: whole or absent, with the columns that were promised, each explained."""

import subprocess
import sys
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb
import pytest
from landed_readings import document, finding, landed, observation, rejected

from warehouse import building, dictionary, places
from warehouse.database import WarehouseBusy, open_published, open_working
from warehouse.publish import hash_file, is_stale, parquet_folder, publications, publish, sha256_of
from warehouse.store import set_statuses, store_readings

DISTRICT = ("610", "Đắk Glei", "district")

# DESIGN section 8, to the letter.
REVIEW = {
    "submission": "submission_id sha256 file_name province_code province_name title "
    "reference_year received_at revision status reason",
    "cell": "submission_id sheet cell typed_text role why",
    "observation": "observation_id submission_id file_name table_title sheet cell typed_text "
    "area_code area_name area_level indicator group_code period scenario value value_literal "
    "unit unit_printed decimals half_width obs_status",
    "relation": "relation_id rule kind submission_id status computed low high found gap",
    "finding": "finding_id submission_id file_name rule kind severity status sheet culprit_cell "
    "typed_text suggestion suggested_value confidence expected_low expected_high found gap "
    "cause_id message_vi message_en first_seen score",
    "finding_cell": "finding_id sheet cell typed_text part",
}
MARTS = [
    "coverage_by_province_year",
    "coverage_by_district_year",
    "participants_by_group",
    "labour_coverage",
    "targets",
    "visits",
    "facilities",
    "spending",
    "staff",
    "document",
    "data_quality",
    "flagged_figures",
    "figures",
]


def report(**other: Any) -> dict[str, Any]:
    figures = [
        observation("population_avg", "523034", "E4"),
        observation("bhyt_participants", "474863", "E5"),
        observation("bhyt_coverage_pct", "90.79", "E6", unit="percent"),
        observation("bhyt_participants", "60921", "E14", group="household"),
        observation("bhyt_participant_share_pct", "12.90", "E15", group="household"),
        observation("bhyt_participants", "47000", "F5", area=DISTRICT),
        observation("population", "48000", "F4", area=DISTRICT),
        observation("bhyt_coverage_pct", "91.5", "G6", scenario="plan", unit="percent"),
        observation("labour_force", "300000", "H4"),
        observation("bhxh_participants", "30000", "H5"),
        observation("bhyt_visits", "1008058", "J5", unit="visits"),
        observation("bhyt_facilities", "123", "J6", unit="facilities"),
        observation("bhyt_expenditure_in_province", "324428982000", "J7", unit="VND"),
        observation("bhyt_staff", "30", "J8", group="si_sector", unit="staff"),
    ]
    return landed(*figures, documents=(document("1", "12/QĐ", 4),), **other)


def load(home: Path, *readings: dict[str, Any]) -> Path:
    with open_working(home) as connection:
        stored = store_readings(connection, readings)
        set_statuses(connection, [one.submission_id for one in stored])
        return publish(connection, home)


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    home = tmp_path_factory.mktemp("home")
    quarantined = report(
        title="Khác", findings=(finding(severity="critical", cell="E15"),), province_code="20"
    )
    load(home, report(), quarantined, rejected())
    with duckdb.connect(str(places.current_link(home)), read_only=True) as connection:
        yield connection


def ask(published: Any, sql: str) -> list[tuple[Any, ...]]:
    return published.execute(sql).fetchall()


@pytest.mark.parametrize("name", REVIEW)
def test_review_has_the_columns_that_were_promised(published: Any, name: str) -> None:
    published.execute(f"SELECT * FROM review.{name} LIMIT 0")
    assert [column[0] for column in published.description] == REVIEW[name].split()


def test_every_mart_with_figures_has_rows_for_the_report(published: Any) -> None:
    empty = [name for name in MARTS if not ask(published, f"SELECT 1 FROM mart.{name} LIMIT 1")]
    assert empty == []


def test_everything_published_is_explained(published: Any) -> None:
    assert dictionary.uncommented(published) == []


def test_the_dictionary_explains_nothing_that_is_not_there(published: Any) -> None:
    rows = ask(
        published,
        "SELECT schema_name || '.' || table_name, column_name FROM duckdb_columns() "
        "WHERE NOT internal",
    )
    tables = {table for table, _ in rows}
    assert set(dictionary.table_meanings()) == tables
    known = {(table.partition(".")[2], column) for table, column in rows}
    known |= {("", column) for _, column in rows}
    assert set(dictionary.column_meanings()) - known == set()


def test_coverage_is_reported_recomputed_and_planned(published: Any) -> None:
    assert ask(
        published,
        "SELECT province_code, year, bhyt_participants_people, bhyt_coverage_reported_pct, "
        "bhyt_coverage_recomputed_pct, recomputed_from, bhyt_coverage_planned_pct, "
        "province_name_today FROM mart.coverage_by_province_year WHERE scenario = 'actual'",
    ) == [
        (
            "62",
            2018,
            474863,
            Decimal("90.79"),
            Decimal("90.7901"),
            "population_avg",
            Decimal("91.5"),
            "Quảng Ngãi",
        )
    ]


def test_districts_carry_their_province(published: Any) -> None:
    assert ask(
        published,
        "SELECT province_name, district_name, bhyt_coverage_recomputed_pct "
        "FROM mart.coverage_by_district_year",
    ) == [("Kon Tum", "Đắk Glei", Decimal("97.9167"))]


def test_shares_are_recomputed_beside_the_reported(published: Any) -> None:
    assert ask(
        published,
        "SELECT bhyt_participant_share_reported_pct, bhyt_participant_share_recomputed_pct, "
        "parent_group_code FROM mart.participants_by_group WHERE group_code = 'household'",
    ) == [(Decimal("12.90"), Decimal("12.8292"), "total")]


def test_marts_hold_accepted_figures_only_and_review_all(published: Any) -> None:
    assert ask(published, "SELECT DISTINCT province_code FROM mart.figures") == [("62",)]
    assert ask(published, "SELECT count(*) FROM review.observation") == [(28,)]


def test_documents_are_there_whatever_the_status(published: Any) -> None:
    assert ask(published, "SELECT submission_status FROM mart.document ORDER BY ALL") == [
        ("accepted",),
        ("quarantined",),
    ]


def test_flagged_figures_lead_to_their_meaning(published: Any) -> None:
    assert ask(
        published,
        "SELECT cell, is_culprit, indicator, group_code, message_en FROM mart.flagged_figures",
    ) == [("E15", True, "bhyt_participant_share_pct", "household", "Cell E15 was not understood.")]


def test_a_figure_in_two_places_is_taken_once_where_it_is_most_precise(tmp_path: Path) -> None:
    rough = observation("population", "523000", "A1", half_width=Decimal(500))
    fine = observation("population", "523034", "B1")
    draft = observation("population", "1", "C1", hidden=True, half_width=Decimal("0.1"))
    load(tmp_path, landed(rough, fine, draft))
    with open_published(places.current_link(tmp_path)) as reader:
        assert ask(reader, "SELECT cell, value, places FROM mart.figures") == [("B1", 523034, 3)]


def test_superseded_figures_leave_review_and_marts(tmp_path: Path) -> None:
    load(tmp_path, landed(observation("population", "1", "A1")))
    load(tmp_path, landed(observation("population", "2", "A1")))
    with open_published(places.current_link(tmp_path)) as reader:
        assert ask(reader, "SELECT value FROM review.observation") == [(2,)]
        assert ask(reader, "SELECT value FROM mart.figures") == [(2,)]
        assert ask(reader, "SELECT count(*) FROM main.observation") == [(2,)]


def test_an_empty_warehouse_can_be_published(tmp_path: Path) -> None:
    load(tmp_path)
    with open_published(places.current_link(tmp_path)) as reader:
        for name in MARTS:
            assert ask(reader, f"SELECT * FROM mart.{name}") == []


def test_readers_of_the_old_publication_keep_it(tmp_path: Path) -> None:
    load(tmp_path, landed(observation("population", "1", "A1")))
    with open_published(places.current_link(tmp_path)) as early:
        load(tmp_path, landed(observation("population", "2", "A1")))
        assert ask(early, "SELECT value FROM mart.figures") == [(1,)]
        with open_published(places.current_link(tmp_path)) as late:
            assert ask(late, "SELECT value FROM mart.figures") == [(2,)]


def test_the_hash_beside_a_publication_is_its_own(tmp_path: Path) -> None:
    path = load(tmp_path, report())
    assert hash_file(path).read_text() == f"{sha256_of(path)}  {path.name}\n"
    assert places.current_link(tmp_path).resolve() == path.resolve()


def test_a_publication_made_by_another_recipe_is_stale(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert is_stale(tmp_path)
    load(tmp_path)
    assert not is_stale(tmp_path)
    monkeypatch.setattr(building, "RECIPE", ("review", "marts"))
    assert is_stale(tmp_path)


@pytest.mark.parametrize(
    ("code", "year", "today"),
    [("62", "2018", "Quảng Ngãi"), ("62", "2026", "Quảng Ngãi"), ("51", "2026", "Quảng Ngãi")],
)
def test_old_provinces_lead_to_the_provinces_of_today(
    tmp_path: Path, code: str, year: str, today: str
) -> None:
    area = (code, "?", "province")
    load(tmp_path, landed(observation("bhyt_participants", "1", "A1", area=area, period=year)))
    with open_published(places.current_link(tmp_path)) as reader:
        assert ask(reader, "SELECT province_name_today FROM mart.coverage_by_province_year") == [
            (today,)
        ]


def test_only_the_newest_publications_are_kept(tmp_path: Path) -> None:
    with open_working(tmp_path) as connection:
        paths = [publish(connection, tmp_path, keep=2) for _ in range(4)]
    folder = places.publications_folder(tmp_path)
    assert publications(folder) == paths[-2:]
    beside = [of(path) for path in paths[-2:] for of in (hash_file, parquet_folder)]
    assert sorted(folder.iterdir()) == sorted(paths[-2:] + beside)


def test_publishing_keeps_the_lock_on_the_working_file(tmp_path: Path) -> None:
    with open_working(tmp_path) as connection:
        publish(connection, tmp_path)
        script = (
            "import sys; from pathlib import Path; from warehouse.database import open_working\n"
            "with open_working(Path(sys.argv[1])): pass"
        )
        second = subprocess.run(
            [sys.executable, "-c", script, str(tmp_path)],
            check=False,
            capture_output=True,
            text=True,
        )
    assert WarehouseBusy.__name__ in second.stderr


def test_the_publication_is_readable_by_older_tools(tmp_path: Path) -> None:
    load(tmp_path, report())
    with open_published(places.current_link(tmp_path)) as reader:
        tags = ask(reader, "SELECT tags FROM duckdb_databases() LIMIT 1")
    assert tags[0][0]["storage_version"].startswith("v1.4.0")


def test_every_select_says_its_question() -> None:
    for folder in ("review", "marts"):
        for name, select in building.selects(folder).items():
            assert select.startswith("-- "), name
