"""A hundred consistent workbooks, read from their files and judged: no rule raises anything."""

from pathlib import Path

from expectations.relations import judge
from flows.readings import read_files_at, store
from tests.generator.layouts import LAYOUTS, make_workbook
from warehouse.database import open_memory
from warehouse.store import submission_id_of

SEEDS = range(4)


def test_consistent_workbooks_raise_nothing(tmp_path: Path) -> None:
    files = []
    for layout in LAYOUTS:
        for seed in SEEDS:
            book, _truths, _style = make_workbook(layout, 5000 + seed, gaps=0.0)
            files.append(tmp_path / f"{layout}-{seed}.xlsx")
            book.save(files[-1])
    with open_memory() as connection:
        readings = read_files_at(files)
        store(connection, readings)
        results = judge(connection, [submission_id_of(one["sha256"]) for one in readings])
        alarms = connection.execute(
            "SELECT s.file_name, f.rule, f.severity, f.message_en FROM finding f "
            "JOIN submission s USING (submission_id) WHERE f.kind <> 'reading' ORDER BY ALL"
        ).fetchall()
    assert len(files) >= 90
    assert [one.error for one in results if one.error] == []
    assert sum(one.holds + one.rounding for one in results) > 10_000
    assert alarms == []
