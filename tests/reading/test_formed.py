"""A form gives a report's vague labels their meaning, and nothing to other reports."""

from pathlib import Path

import pytest

from expectations.form import Forms
from expectations.form_read import load_forms
from flows.drafting import draft_form
from flows.reading.parse import read_workbook
from flows.reading.wire import to_wire
from tests.reading.draw import roles, rules, told, workbook
from warehouse.model import Reading

REPORT = """
    | Kết quả thực hiện bảo hiểm y tế tỉnh Bắc Giang năm 2018 |          |
    | Chỉ tiêu                                  | Số người |
    | Hộ gia đình                               | 203.400  |
    | Khối Z                                    | 180.250  |
    | Dự phòng                                  | 17.000   |
    | Người LĐ và NSDLĐ                         | 12.8O0   |
"""
FORM = """\
title: "Báo cáo năm"
titles: ["kết quả thực hiện bảo hiểm y tế"]
tables:
  - title: "kết quả thực hiện"
    indicators: ["bhyt_participants"]
labels:
  - label: "Khối Z"
    means: "group=si_agency"
ignore:
  - label: "Dự phòng"
    reason: "Số dự phòng, không phải người tham gia"
exceptions:
  - sheet: "Sheet1"
    cell: "B6"
    typed: "12.8O0"
    finding: "reading.not_a_number"
    reason: "Bản in mờ, chờ bản chính"
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "yearly.yml").write_text(FORM, "utf-8")
    return tmp_path


def read(drawing: str, forms: Forms) -> Reading:
    return read_workbook(workbook(drawing), "a.xlsx", "0" * 64, forms=forms)


def test_without_a_form_vague_labels_stay_unread() -> None:
    reading = read(REPORT, Forms())
    assert set(told(reading)) == {"B3"}
    assert roles(reading, "unread") == ["B4", "B5", "B6"]


def test_a_form_gives_labels_their_meaning_and_excuses_what_is_known(folder: Path) -> None:
    reading = read(REPORT, load_forms(folder))
    assert told(reading) == {
        "B3": "Bắc Giang bhyt_participants@household 2018 203400",
        "B4": "Bắc Giang bhyt_participants@si_agency 2018 180250",
    }
    assert roles(reading, "ignored") == ["B5", "B6"]
    assert roles(reading, "unread") == []
    assert rules(reading) == {"reading.known_exception"}


def test_an_exception_lapses_when_its_cell_changes(folder: Path) -> None:
    reading = read(REPORT.replace("12.8O0", "12.9O0"), load_forms(folder))
    assert {"reading.exception_lapsed", "reading.not_a_number"} <= rules(reading)
    assert "B6" in roles(reading, "unread")


def test_an_exception_that_excuses_nothing_is_said(folder: Path) -> None:
    form = FORM.replace("reading.not_a_number", "reading.unit_doubtful")
    (folder / "yearly.yml").write_text(form, "utf-8")
    reading = read(REPORT, load_forms(folder))
    [lapsed] = [f for f in reading.findings if f.rule == "reading.exception_lapsed"]
    assert lapsed.facts["why"] == "nothing to excuse"


def test_a_table_that_the_form_expects_is_missed(folder: Path) -> None:
    form = FORM.replace('["bhyt_participants"]', '["bhyt_participants", "population"]')
    (folder / "yearly.yml").write_text(form, "utf-8")
    reading = read(REPORT, load_forms(folder))
    [missed] = [f for f in reading.findings if f.rule == "reading.form_table_missing"]
    assert missed.facts["missing"] == "population"


def test_a_form_says_nothing_to_another_report(folder: Path) -> None:
    other = REPORT.replace("Kết quả thực hiện bảo hiểm y tế", "Số người tham gia BHYT")
    assert "B4" not in told(read(other, load_forms(folder)))


def test_a_broken_form_is_said_on_the_reports_that_it_might_have_concerned(folder: Path) -> None:
    (folder / "broken.yml").write_text("title: 1\n", "utf-8")
    [said] = [
        f for f in read(REPORT, load_forms(folder)).findings if f.rule == "reading.form_broken"
    ]
    assert 'broken.yml:1: 1 is read as a number. Put it in quotes: "1"' in said.message_en


def test_two_forms_that_fit_alike_are_not_chosen_from(folder: Path) -> None:
    (folder / "twin.yml").write_text(FORM, "utf-8")
    reading = read(REPORT, load_forms(folder))
    assert "reading.form_ambiguous" in rules(reading)
    assert "B4" not in told(reading)


def test_a_draft_is_a_form_once_its_question_marks_are_filled_in(tmp_path: Path) -> None:
    text = draft_form(to_wire(read(REPORT, Forms())))
    assert '  - label: "Khối Z" # Sheet1!A4\n    means: "?"' in text
    filled = text.replace('label: "Dự phòng"', 'label: "Dự trữ"').replace(
        '"?"', '"group=si_agency"'
    )
    (tmp_path / "drafted.yml").write_text(filled, "utf-8")
    forms = load_forms(tmp_path)
    assert forms.broken == ()
    reading = read(REPORT, forms)
    assert told(reading)["B4"] == "Bắc Giang bhyt_participants@si_agency 2018 180250"
