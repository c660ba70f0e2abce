"""Workbooks given back: the same values, marked cells, and every other part as it was."""

import io
import re
import shutil
import subprocess
import sys
import zipfile
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl.chart import BarChart, Reference
from openpyxl.comments import Comment
from openpyxl.formatting.rule import CellIsRule
from openpyxl.worksheet.datavalidation import DataValidation

from expectations.deciding.drafting import Request
from flows.annotate.annotate import annotate
from flows.annotate.patch import patch
from flows.annotate.submission import NoSuchSubmission, annotate_submission
from flows.annotate.verify import differences
from flows.checking import check_files
from flows.deciding.decide import decide
from flows.home import samples_folder
from flows.reading.workbook import open_workbook
from tests.flows.deciding_home import drop_sample, finding_at, night
from tests.flows.drawing import draw_report

SAMPLES = sorted(samples_folder().glob("*.xlsx"))
RESULTS = "Kết quả kiểm tra"


def a_finding(cell: str, *witnesses: str, sheet: str = "Sheet", **other: Any) -> dict[str, Any]:
    """A row of review.finding that blames one cell."""
    return {
        "finding_id": f"f-{cell}",
        "rule": "sum_districts",
        "severity": "critical",
        "status": "open",
        "sheet": sheet,
        "culprit_cell": cell,
        "typed_text": "7",
        "suggestion": "8",
        "expected_low": Decimal("7.5"),
        "expected_high": Decimal("8.5"),
        "message_vi": "Các huyện cộng lại 8, toàn tỉnh ghi 7.",
        "message_en": "The districts add up to 8, the province says 7.",
        "cells": [{"sheet": sheet, "cell": one, "typed_text": "7"} for one in (cell, *witnesses)],
    } | other


def parts_of(content: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        return {name: package.read(name) for name in package.namelist()}


def opened(content: bytes) -> openpyxl.Workbook:
    return openpyxl.load_workbook(io.BytesIO(content))


@pytest.mark.parametrize("sample", SAMPLES, ids=[path.name[:12] for path in SAMPLES])
def test_samples_come_back_with_the_same_values_and_their_findings(sample: Path) -> None:
    [checked] = check_files([sample])
    given = annotate(sample, sample.name, checked.findings)
    assert given.how == "patched"
    before, after = openpyxl.load_workbook(sample), opened(given.content)
    assert after.sheetnames == [RESULTS, *before.sheetnames]
    for sheet in before:
        twin = after[sheet.title]
        assert [[cell.value for cell in row] for row in twin] == [
            [cell.value for cell in row] for row in sheet
        ]
        assert sorted(map(str, twin.merged_cells.ranges)) == sorted(
            map(str, sheet.merged_cells.ranges)
        )
    told = {
        (sheet.title, cell.coordinate)
        for sheet in after
        for row in sheet
        for cell in row
        if cell.comment
    }
    blamed = {
        (one["sheet"], one["culprit_cell"])
        for one in checked.findings
        if one["culprit_cell"] and "," not in one["culprit_cell"]
    }
    assert blamed <= told
    assert after[RESULTS].max_row == 4 + len(checked.findings)
    changed = {
        "[Content_Types].xml",
        "xl/workbook.xml",
        "xl/_rels/workbook.xml.rels",
        "xl/styles.xml",
    }
    old, new = parts_of(sample.read_bytes()), parts_of(given.content)
    assert {name for name in old if old[name] != new[name]} - changed == {
        name for name in old if name.startswith("xl/worksheets/") and old[name] != new[name]
    }
    assert old["xl/theme/theme1.xml"] == new["xl/theme/theme1.xml"]


DRAWN_BOX = """<xdr:wsDr xmlns:xdr="http://schemas.openxmlformats.org/drawingml/2006/\
spreadsheetDrawing"><!-- a text box that no library keeps --></xdr:wsDr>"""


@pytest.fixture
def rich(tmp_path: Path) -> Path:
    """
    |   | A         | B        |  a cached formula, a merge, a chart, a validation, a print area,
    | 1 | Tổng      | =SUM(..) |  a comment on B2, a conditional format, a text box, and a
    | 2 | Huyện Một | 7        |  namespace that only Excel knows
    """
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["Tổng", "=SUM(B2:B3)"])
    sheet.append(["Huyện Một", 7])
    sheet.append(["Huyện Hai", 1])
    sheet.merge_cells("A5:B5")
    sheet["B2"].comment = Comment("Số của huyện", "Văn thư")
    chart = BarChart()
    chart.add_data(Reference(sheet, min_col=2, min_row=2, max_row=3))
    sheet.add_chart(chart, "D2")
    rule = DataValidation(type="whole", operator="greaterThan", formula1="0")
    rule.add("B2:B3")
    sheet.add_data_validation(rule)
    sheet.conditional_formatting.add("B2:B3", CellIsRule(operator="lessThan", formula=["0"]))
    sheet.print_area = "A1:B3"
    plain = tmp_path / "plain.xlsx"
    book.save(plain)
    return _with(plain, tmp_path / "rich.xlsx")


def _with(plain: Path, rich: Path) -> Path:
    """What openpyxl cannot write: a cached result, a foreign namespace, a part of its own."""
    parts = parts_of(plain.read_bytes())
    sheet = parts["xl/worksheets/sheet1.xml"].decode()
    # openpyxl writes an empty element as its XML library does: `<v />`, `<v/>` or `<v></v>`
    sheet, cached = re.subn(r"(<f>SUM\(B2:B3\)</f>)<v *(?:/>|></v>)", r"\g<1><v>8</v>", sheet)
    assert cached == 1
    sheet = sheet.replace(
        "<worksheet ",
        '<worksheet xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
        'xmlns:x14ac="urn:only-excel" mc:Ignorable="x14ac" x14ac:note="giữ" ',
        1,
    )
    parts["xl/worksheets/sheet1.xml"] = sheet.encode()
    parts["xl/drawings/box.xml"] = DRAWN_BOX.encode()
    with zipfile.ZipFile(rich, "w") as package:
        for name, content in parts.items():
            package.writestr(name, content)
    return rich


def test_all_that_a_workbook_holds_survives(rich: Path) -> None:
    given = annotate(rich, "rich.xlsx", [a_finding("B2", "B1", "B3")])
    assert given.how == "patched"
    old, new = parts_of(rich.read_bytes()), parts_of(given.content)
    drawings = [name for name in old if "chart" in name or "drawings/" in name]
    assert "xl/drawings/box.xml" in drawings
    comments = [name for name in old if "omment" in name]
    for name in set(drawings) - set(comments):
        assert new[name] == old[name], name
    sheet = new["xl/worksheets/sheet1.xml"].decode()
    assert "<f>SUM(B2:B3)</f><v>8</v>" in sheet
    assert 'mc:Ignorable="x14ac" x14ac:note="giữ"' in sheet
    made = opened(given.content)["Sheet"]
    assert made["B1"].value == "=SUM(B2:B3)"
    assert [str(one) for one in made.merged_cells.ranges] == ["A5:B5"]
    assert made.data_validations.dataValidation[0].sqref.ranges
    assert made.conditional_formatting["B2:B3"]
    assert len(made._charts) == 1
    assert made.print_area == "'Sheet'!$A$1:$B$3"
    assert opened(given.content).sheetnames == [RESULTS, "Sheet"]


def test_the_province_s_own_comment_keeps_its_words(rich: Path) -> None:
    given = annotate(rich, "rich.xlsx", [a_finding("B2", "B1")])
    sheet = opened(given.content)["Sheet"]
    own, ours = sheet["B2"].comment.text, sheet["B1"].comment.text
    assert own.startswith("Số của huyện")
    assert "Các huyện cộng lại 8" in own
    assert "Gợi ý: 8" in own
    assert "7,5 đến 8,5" in own
    assert ours.startswith("Có trong phép kiểm tra không khớp (xem ô B2)")


def test_a_guilty_cell_looks_unlike_its_witnesses_and_warnings(rich: Path) -> None:
    findings = [a_finding("B2", "B1"), a_finding("B3", "B2", severity="warning")]
    sheet = opened(annotate(rich, "rich.xlsx", findings).content)["Sheet"]
    fills = {cell: sheet[cell].fill.fgColor.rgb for cell in ("A1", "B1", "B2", "B3")}
    assert len(set(fills.values())) == 4
    assert fills["A1"] == "00000000"


def test_the_sheet_of_results_leads_to_the_cells_and_runs_nothing(rich: Path) -> None:
    evil = a_finding("B2", message_vi='=cmd|" /C calc"!A0', suggestion="+1", severity="info")
    accepted = a_finding("B3", status="accepted")
    made = opened(annotate(rich, "rich.xlsx", [evil, accepted]).content)
    results = made[RESULTS]
    assert made.active.title == RESULTS
    assert [sheet.title for sheet in made if sheet.sheet_view.tabSelected] == [RESULTS]
    assert [cell.value for cell in results[5]][1:7] == [
        *("Lưu ý", "Sheet", "B2", "7", '=cmd|" /C calc"!A0', "+1")
    ]
    assert {cell.data_type for cell in results[5] if cell.value} == {"s"}
    assert results["D5"].hyperlink.location == "'Sheet'!B2"
    assert results.max_row == 5


def test_a_second_annotation_adds_to_the_first(rich: Path, tmp_path: Path) -> None:
    once = tmp_path / "once.xlsx"
    once.write_bytes(annotate(rich, "rich.xlsx", [a_finding("B1")]).content)
    twice = annotate(once, "once.xlsx", [a_finding("B3")])
    assert twice.how == "patched"
    made = opened(twice.content)
    assert made.sheetnames == [f"{RESULTS} (2)", RESULTS, "Sheet"]
    assert all(made["Sheet"][cell].comment for cell in ("B1", "B2", "B3"))


def test_a_copy_that_says_something_else_is_noticed(rich: Path, tmp_path: Path) -> None:
    original = open_workbook(rich)
    assert differences(original, patch(rich, "rich.xlsx", [], []), tmp_path / "copy.xlsx") == []
    other = openpyxl.load_workbook(rich)
    other["Sheet"]["B2"].value = 8
    other.save(tmp_path / "other.xlsx")
    found = differences(original, (tmp_path / "other.xlsx").read_bytes(), tmp_path / "copy.xlsx")
    assert "Sheet: row 2, column 2" in found


def test_a_signed_workbook_is_left_alone_and_its_results_come_apart(
    rich: Path, tmp_path: Path
) -> None:
    signed = tmp_path / "signed.xlsx"
    shutil.copyfile(rich, signed)
    with zipfile.ZipFile(signed, "a") as package:
        package.writestr("_xmlsignatures/origin.sigs", b"")
    given = annotate(signed, "signed.xlsx", [a_finding("B2")])
    assert given.how == "results"
    assert "tệp riêng" in given.why_vi
    assert "digital signature" in given.why_en
    made = opened(given.content)
    assert made.sheetnames == [RESULTS]
    assert made[RESULTS]["F5"].value == "Các huyện cộng lại 8, toàn tỉnh ghi 7."


def test_a_csv_comes_back_as_an_xlsx_twin_whose_texts_stay_texts(tmp_path: Path) -> None:
    path = tmp_path / "bao-cao.csv"
    path.write_text("Đơn vị,Số người\nHuyện Một,=1+1\nHuyện Hai,7\n", encoding="utf-8")
    sheet = open_workbook(path).grids[0].sheet
    given = annotate(path, path.name, [a_finding("B3", "B2", sheet=sheet)])
    assert (given.how, given.ending) == ("twin", ".xlsx")
    made = opened(given.content)
    copied = made.worksheets[1]
    assert [[cell.value for cell in row] for row in copied] == [
        ["Đơn vị", "Số người"],
        ["Huyện Một", "=1+1"],
        ["Huyện Hai", "7"],
    ]
    assert copied["B2"].data_type == "s"
    assert "Gợi ý: 8" in copied["B3"].comment.text
    assert made.worksheets[0]["D5"].hyperlink.location == f"'{copied.title}'!B3"


def baophu(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    script = Path(sys.executable).with_name("baophu")
    return subprocess.run([script, *arguments], capture_output=True, text=True, check=False)


def test_check_writes_the_marked_workbook(tmp_path: Path) -> None:
    draw_report(tmp_path / "2019.xlsx", 2019, 384_400)
    out = tmp_path / "marked.xlsx"
    run = baophu("check", tmp_path / "2019.xlsx", "--annotate", out)
    assert run.returncode == 1
    assert "marked.xlsx (patched)." in run.stderr
    made = openpyxl.load_workbook(out)
    assert "384400" in str(made[RESULTS]["F5"].value)
    assert any(cell.comment for row in made.worksheets[1] for cell in row)
    run = baophu("check", tmp_path / "2019.xlsx", "--annotate", tmp_path / "marked.csv")
    assert (run.returncode, run.stderr.splitlines()[-1].endswith("must be named *.xlsx.")) == (
        2,
        True,
    )


def test_a_stored_submission_comes_back_without_what_was_accepted(tmp_path: Path) -> None:
    drop_sample(tmp_path, "ha-giang_*.xlsx")
    night(tmp_path)
    decide(tmp_path, Request(finding_at(tmp_path, "O8"), "accept", "Lan", "làm tròn kế hoạch"))
    name, given = annotate_submission(tmp_path, SAMPLES[1].name)
    assert name == SAMPLES[1].name
    cells = [row[3].value for row in opened(given.content)[RESULTS].iter_rows(min_row=5)]
    assert "M17" in cells
    assert "O8" not in cells
    with pytest.raises(NoSuchSubmission, match="no submission nothing"):
        annotate_submission(tmp_path, "nothing")
