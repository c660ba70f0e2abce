"""The guilty cells of the real reports, and that their repairs leave nothing to repair."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest
from truth_fixture import load_truth

from expectations.locate.locate import locate
from expectations.relations import judge
from warehouse.database import open_memory

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

# What a person found (golden/causes.csv): cell as typed, cell repaired, least and most confidence.
SURE, LIKELY, DOUBTFUL = (0.9, 1.0), (0.5, 0.97), (0.0, 0.5)
KNOWN = {
    ("E40", "12.90"): ("12.83", SURE),  # G01
    ("C102", "4"): ("3", SURE),  # G02
    ("M17", "55.042"): ("59.042", SURE),  # G03
    ("M27", "3 729"): ("3.722", SURE),  # G04
    ("O20", "15,2"): ("15,0", SURE),  # G06
    ("O50", "30,2"): ("30,0", SURE),  # G07
    ("O8", "12,0"): ("11,6", LIKELY),  # G08: made with another labour force
    ("O9", "9,0"): ("8,7", LIKELY),
    ("A24", "495.876"): ("495.176", DOUBTFUL),  # G11: two denominators
    ("C44", "480.197"): ("480.195", LIKELY),  # G15
}


@pytest.fixture
def located() -> Iterator["DuckDBPyConnection"]:
    with open_memory() as connection:
        submission_ids = load_truth(connection)
        judge(connection, submission_ids)
        locate(connection, submission_ids)
        yield connection


def findings(connection: "DuckDBPyConnection", columns: str) -> list[tuple[object, ...]]:
    return connection.execute(
        f"SELECT DISTINCT culprit_cell, typed_text, {columns} FROM finding "
        "WHERE severity = 'critical' AND kind NOT IN ('reading', 'weighted')"
    ).fetchall()


def test_each_finding_names_the_cell_and_the_figure(located: "DuckDBPyConnection") -> None:
    told = {(cell, text): suggestion for cell, text, suggestion in findings(located, "suggestion")}
    assert told == {place: figure for place, (figure, _) in KNOWN.items()}


def test_confidence_is_what_a_person_would_say(located: "DuckDBPyConnection") -> None:
    for cell, text, confidence in findings(located, "confidence"):
        least, most = KNOWN[str(cell), str(text)][1]
        assert least <= confidence <= most, (cell, confidence)


def test_findings_of_one_cause_share_it(located: "DuckDBPyConnection") -> None:
    causes: dict[object, set[object]] = {}
    for cell, text, cause in findings(located, "cause_id"):
        causes.setdefault(cause, set()).add((cell, text))
    assert "" not in causes
    both_rates = {("O8", "12,0"), ("O9", "9,0")}
    assert both_rates in causes.values()
    assert sum(len(cells) for cells in causes.values()) == len(KNOWN)


def test_the_sentence_says_how_it_was_mistyped(located: "DuckDBPyConnection") -> None:
    [(vi, en)] = located.execute(
        "SELECT message_vi, message_en FROM finding "
        "WHERE culprit_cell = 'M17' AND severity = 'critical'"
    ).fetchall()
    assert "Gần như chắc chắn ô M17 phải là 59.042 (gõ nhầm một chữ số), độ chắc" in vi
    assert "Almost surely cell M17 should read 59.042 (one digit mistyped)," in en


def test_what_a_repair_mends_besides_has_its_cause(located: "DuckDBPyConnection") -> None:
    """Quang Bình's 55.042 makes the year after leap and the targets fall; 3.729 the steps odd."""
    rows = located.execute(
        "SELECT culprit_cell, rule, message_en FROM finding WHERE severity = 'warning' "
        "AND kind <> 'reading' AND culprit_cell <> '' ORDER BY ALL"
    ).fetchall()
    assert [(cell, rule) for cell, rule, _ in rows] == [
        ("M17", "growth_like_its_peers"),
        ("M17", "growth_like_its_peers"),
        ("M17", "targets_do_not_fall"),
        ("M27", "steps_are_round"),
        ("M27", "steps_are_round"),
    ]
    assert rows[0][2].endswith("Cell M17 is the cause: with 59.042 in it this holds.")


def test_one_cause_that_is_no_cell_stands_behind_all_years(located: "DuckDBPyConnection") -> None:
    [(cause, culprit, years, vi)] = located.execute(
        "SELECT cause_id, culprit_cell, count(*), any_value(message_vi) FROM finding "
        "WHERE rule = 'weighted_population' GROUP BY ALL"
    ).fetchall()
    assert (cause[:2], culprit, years) == ("c-", "", 7)
    assert vi.endswith("được tính trên dân số khác; không một ô nào giải thích được.")


def test_the_guilty_cell_is_marked_among_the_cells(located: "DuckDBPyConnection") -> None:
    marked = located.execute(
        "SELECT DISTINCT cell, typed_text FROM finding_cell WHERE part = 'culprit'"
    ).fetchall()
    assert set(marked) == set(KNOWN)


def test_repaired_reports_have_nothing_left_to_repair(located: "DuckDBPyConnection") -> None:
    located.execute(
        "UPDATE observation SET value = f.suggested_value FROM finding f "
        "WHERE f.submission_id = observation.submission_id AND f.sheet = observation.sheet "
        "AND f.culprit_cell = observation.cell AND f.typed_text = observation.typed_text"
    )
    judge(located, [row[0] for row in located.execute("FROM submission").fetchall()])
    left = located.execute(
        "SELECT DISTINCT rule FROM finding WHERE severity = 'critical' AND kind <> 'reading'"
    ).fetchall()
    assert left == [("weighted_population",)]  # G16, which no cell explains


def test_locating_twice_says_everything_once(located: "DuckDBPyConnection") -> None:
    before = located.execute("FROM finding ORDER BY finding_id").fetchall()
    locate(located, [row[0] for row in located.execute("FROM submission").fetchall()])
    assert located.execute("FROM finding ORDER BY finding_id").fetchall() == before
