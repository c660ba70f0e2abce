"""A person's SQL: answers with exact figures, and none of the known ways out."""

import datetime as dt
from decimal import Decimal
from pathlib import Path

import pytest
from landed_readings import landed, observation

from warehouse import places
from warehouse.ask import Answer, Limits, QuestionRefused, ask
from warehouse.database import NoPublication, open_working
from warehouse.publish import publish
from warehouse.store import set_statuses, store_readings
from warehouse.tables_out import to_csv, to_json

FOREVER = "WITH RECURSIVE r(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM r) SELECT count(*) FROM r"


@pytest.fixture(scope="module")
def current(tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = tmp_path_factory.mktemp("home")
    reading = landed(
        observation("bhyt_participants", "474863", "E5"),
        observation("bhyt_coverage_pct", "90.79", "E6", unit="percent"),
        file_name="=cmd|' /C calc'!A0.xlsx",
    )
    with open_working(home) as connection:
        set_statuses(connection, [store_readings(connection, [reading])[0].submission_id])
        publish(connection, home)
    return places.current_link(home)


def test_a_question_is_answered_with_exact_figures(current: Path) -> None:
    answer = ask(current, "SELECT indicator, value, year FROM mart.figures ORDER BY indicator")
    assert answer.columns == ("indicator", "value", "year")
    assert answer.rows == (
        ("bhyt_coverage_pct", Decimal("90.79"), 2018),
        ("bhyt_participants", Decimal("474863"), 2018),
    )
    assert not answer.cut


def test_dates_and_moments_come_back_as_such(current: Path) -> None:
    answer = ask(current, "SELECT DATE '2018-12-31', TIMESTAMP '2026-11-22 01:00:00', NULL, true")
    assert answer.rows == ((dt.date(2018, 12, 31), dt.datetime(2026, 11, 22, 1), None, True),)


@pytest.mark.parametrize("sql", ["DESCRIBE mart.visits", "SHOW TABLES", "FROM mart.visits"])
def test_looking_around_is_allowed(current: Path, sql: str) -> None:
    assert ask(current, sql).columns


def test_a_long_answer_is_cut_and_says_so(current: Path) -> None:
    answer = ask(current, "FROM range(100)", Limits(rows=7))
    assert len(answer.rows) == 7
    assert answer.cut
    wide = ask(current, "SELECT repeat('x', 1000) FROM range(100)", Limits(bytes=5000))
    assert len(wide.rows) < 5
    assert wide.cut


ESCAPES = {
    "read_csv": "SELECT * FROM read_csv('/etc/passwd')",
    "read_text": "SELECT * FROM read_text('/etc/passwd')",
    "read_blob": "SELECT * FROM read_blob('/etc/passwd')",
    "read_parquet": "SELECT * FROM read_parquet('/etc/passwd')",
    "read_json": "SELECT * FROM read_json('/proc/self/environ')",
    "sniff_csv": "SELECT * FROM sniff_csv('/etc/passwd')",
    "a file as a table": "SELECT * FROM '/etc/passwd'",
    "glob": "SELECT * FROM glob('/*')",
    "getenv": "SELECT getenv('HOME')",
    "a variable of the process": "SELECT * FROM question",
    "query": "SELECT * FROM query('SELECT * FROM read_text(''/etc/passwd'')')",
    "COPY out": "COPY (SELECT 1) TO '/tmp/baophu-escape.csv'",
    "COPY in": "COPY mart.figures FROM '/etc/passwd'",
    "EXPORT": "EXPORT DATABASE '/tmp/baophu-escape'",
    "IMPORT": "IMPORT DATABASE '/tmp'",
    "ATTACH": "ATTACH '/tmp/baophu-escape.duckdb' AS other",
    "ATTACH memory": "ATTACH ':memory:' AS other",
    "INSTALL": "INSTALL httpfs",
    "LOAD": "LOAD httpfs",
    "PRAGMA": "PRAGMA database_list",
    "SET": "SET enable_external_access = true",
    "RESET": "RESET lock_configuration",
    "CALL": "CALL pragma_version()",
    "CREATE": "CREATE TEMP TABLE t AS SELECT 1",
    "INSERT": "INSERT INTO main.observation SELECT * FROM main.observation",
    "DELETE": "DELETE FROM main.submission",
    "DROP": "DROP TABLE main.observation",
    "PREPARE": "PREPARE p AS SELECT 1",
    "EXPLAIN ANALYZE": "EXPLAIN ANALYZE COPY (SELECT 1) TO '/tmp/baophu-escape.csv'",
    "two statements": "SELECT 1; SELECT 2",
    "nothing": "-- nothing",
}


@pytest.mark.parametrize("way", ESCAPES)
def test_no_way_out(current: Path, way: str) -> None:
    with pytest.raises(QuestionRefused) as said:
        ask(current, ESCAPES[way])
    assert "\n" not in str(said.value)
    assert not Path("/tmp/baophu-escape.csv").exists()
    assert not Path("/tmp/baophu-escape.duckdb").exists()


def test_the_process_that_answers_knows_no_secrets(current: Path) -> None:
    assert ask(current, "SELECT * FROM duckdb_secrets()").rows == ()


@pytest.mark.parametrize(
    ("sql", "said"),
    [
        ("SELECT 1; SELECT 2", "Ask with one SELECT; a text of 2 statements is not allowed here."),
        ("SET threads = 1", "Ask with one SELECT; SET is not allowed here."),
        ("SELECT FROM WHERE", 'Parser Error: syntax error at or near "WHERE"'),
    ],
)
def test_a_refusal_is_one_sentence(current: Path, sql: str, said: str) -> None:
    with pytest.raises(QuestionRefused) as refused:
        ask(current, sql)
    assert str(refused.value) == said


def test_a_question_that_never_ends_is_stopped(current: Path) -> None:
    with pytest.raises(QuestionRefused, match="took longer than 1 seconds and was stopped"):
        ask(current, FOREVER, Limits(seconds=1))
    with pytest.raises(QuestionRefused, match="more processor time or memory"):
        ask(current, FOREVER, Limits(cpu_seconds=1))


def test_a_question_that_needs_too_much_memory_is_stopped(current: Path) -> None:
    with pytest.raises(QuestionRefused, match=r"(?i)memory"):
        ask(current, "SELECT list(range) FROM range(100000000)", Limits(memory_mb=100))


def test_without_a_publication_there_is_nothing_to_ask(tmp_path: Path) -> None:
    with pytest.raises(NoPublication, match="Nothing is published"):
        ask(tmp_path / "current.duckdb", "SELECT 1")


def test_json_is_exact_and_trimmed(current: Path) -> None:
    answer = ask(
        current,
        "SELECT value AS figure, NULL AS gap, 'Đắk' AS area, DATE '2018-12-31' AS day "
        "FROM mart.figures WHERE unit = 'percent'",
    )
    assert to_json(answer) == (
        '[{"figure": 90.79, "gap": null, "area": "Đắk", "day": "2018-12-31"}]'
    )


def test_a_text_that_looks_like_a_formula_is_made_harmless_in_csv() -> None:
    texts = ("=1+1", "+84", "-x", "@a", "\tx", "\rx", "Kon Tum", "1=1")
    answer = Answer(
        ("=name", "figure"), ("VARCHAR", "DECIMAL"), ((texts[0], Decimal(-4000)),), False
    )
    assert to_csv(answer) == "'=name,figure\n'=1+1,-4000\n"
    made = [to_csv(Answer(("t",), ("VARCHAR",), ((text,),), False)) for text in texts]
    assert [text.lstrip('t\n"').startswith("'") for text in made] == [True] * 6 + [False] * 2


def test_a_file_name_cannot_run_in_a_spreadsheet(current: Path) -> None:
    answer = ask(current, "SELECT file_name FROM review.submission")
    assert to_csv(answer) == "file_name\n'=cmd|' /C calc'!A0.xlsx\n"
