"""The night's validation results as a page: whole, Vietnamese, with no host but the desk's."""

import datetime as dt
import re
from pathlib import Path

import pytest
from drawn import store

from expectations.data_docs import page, write_data_docs
from expectations.rules import ceiling
from expectations.rules.rule import load_rules
from expectations.suite import SuiteResult, run_suite
from warehouse.database import open_memory

NIGHT = dt.datetime(2026, 11, 22, 18)
DESK = "https://desk.example"
TABLE = """
                  | 2014   | 2015
bhyt_participants | 491421 | 475608
population        | 519538 | 519538
bhyt_coverage_pct | {rate} | 91.5
"""


def judged(rate: str, name: str = "s1") -> tuple[SuiteResult, str]:
    """What the suites say of the drawn table, and the finding that they lead to."""
    with open_memory() as connection:
        store(connection, name, t=TABLE.format(rate=rate))
        result = run_suite(connection, [name])
        rows = connection.execute(
            "SELECT finding_id FROM finding WHERE rule = 'ratio_count_population'"
        ).fetchall()
    return result, rows[0][0] if rows else ""


def line(text: str, rule: str) -> str:
    return next(row for row in text.split("<tr>") if f"· {rule} ·" in row)


def test_a_failing_rule_leads_to_its_finding_at_the_desk() -> None:
    result, finding = judged("96.4")
    shown = line(page(result.validations, NIGHT, DESK), "ratio_count_population")
    assert "Tỷ lệ khớp với số người chia cho dân số" in shown
    assert "không đạt" in shown
    assert f'href="{DESK}/finding/{finding}"' in shown


def test_every_rule_has_its_line_and_what_had_no_subject_says_so() -> None:
    result, _ = judged("94.6")
    text = page(result.validations, NIGHT, DESK)
    assert text.count('<th scope="row">') == len(load_rules())
    assert "đạt / holds" in line(text, "ratio_count_population")
    assert "không có gì để xét" in line(text, "plan_ratio")


def test_a_rule_that_broke_is_unknown_on_the_page(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ceiling, "compile_rule", lambda rule: "SELECT no_such_column")
    result, _ = judged("94.6")
    shown = line(page(result.validations, NIGHT, DESK), "pct_le_100")
    assert "chưa rõ / unknown" in shown
    assert "no_such_column" in shown


def test_the_page_refers_to_no_host_but_the_desk() -> None:
    result, _ = judged("96.4", name="<script src=//evil.example>")
    text = page(result.validations, NIGHT, DESK)
    assert set(re.findall(r"//([\w.:-]+)", re.sub(r"&lt;.*?&gt;", "", text))) == {"desk.example"}
    assert re.findall(r"<(script|link|img|iframe)|@import|url\(", text) == []
    assert "&lt;script src=//evil.example&gt;" in text


def test_the_last_nights_are_kept(tmp_path: Path) -> None:
    result, _ = judged("96.4")
    for day in range(4):
        write_data_docs(tmp_path, result.validations, NIGHT + dt.timedelta(days=day), keep=2)
    names = sorted(file.name for file in tmp_path.iterdir())
    assert names == [
        "index.html", "night-2026-11-24T180000Z.html", "night-2026-11-25T180000Z.html"
    ]  # fmt: skip
    assert (tmp_path / "index.html").read_text("utf-8") == (tmp_path / names[-1]).read_text("utf-8")


def test_the_desk_is_where_the_setting_says(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    result, finding = judged("96.4")
    monkeypatch.setenv("BAOPHU_DESK_URL", "https://bhxh.example/desk/")
    written = write_data_docs(tmp_path, result.validations, NIGHT)
    assert f'href="https://bhxh.example/desk/finding/{finding}"' in written.read_text("utf-8")
