"""The view of a workbook: what is shown where, and in which words."""

from typing import Any

from flows.explaining.page import render_page
from flows.explaining.terminal import render
from flows.explaining.view import make_sheets, meaning

FIGURE = {
    "sheet": "Biểu 1",
    "cell": "B3",
    "indicator": "bhyt_participants",
    "group_code": "total",
    "area_name": "Lục Ngạn",
    "period": "2018",
    "scenario": "actual",
    "value_literal": "203400.000",
    "half_width": "50.0",
    "unit": "people",
    "header_path": "Số người",
    "label_path": "Huyện Lục Ngạn",
}


def cell(address: str, row: int, column: int, text: str, role: str) -> dict[str, Any]:
    place = {"sheet": "Biểu 1", "cell": address, "row": row, "column": column}
    return place | {"typed_text": text, "role": role, "why": "as drawn"}


def reading() -> dict[str, Any]:
    """
    |   | A              | B        |
    | 1 | Bảo hiểm y tế (merged)    |
    | 3 | Huyện Lục Ngạn | 203,4    |
    """
    return {
        "file_name": "a.xlsx",
        "title": "Biểu 1",
        "province_name": "",
        "reference_year": 2018,
        "observations": [FIGURE],
        "cells": [
            cell("A1", 1, 1, "Bảo hiểm y tế", "label"),
            cell("A3", 3, 1, "Huyện Lục Ngạn", "label"),
            cell("B3", 3, 2, "203,4", "observation"),
        ],
        "layout": [{"sheet": "Biểu 1", "merges": [[1, 1, 1, 2]]}],
    }


def test_a_figure_s_meaning_is_exact() -> None:
    assert meaning(FIGURE) == (
        "bhyt_participants, total, Lục Ngạn, 2018, actual = 203400 ± 50 people"
        "  [Số người · Huyện Lục Ngạn]"
    )


def test_empty_rows_are_left_out_and_merged_cells_stay_merged() -> None:
    [sheet] = make_sheets(reading())
    assert (sheet.rows, sheet.columns) == ([1, 3], [1, 2])
    assert sheet.spans() == {(1, 1): (1, 2), (1, 2): (0, 0)}
    assert '<td class="label" colspan="2" title="A1: as drawn">Bảo hiểm y tế</td></tr>' in (
        render_page(reading())
    )


def test_a_stray_cell_far_away_does_not_stretch_the_page() -> None:
    stray = reading()
    stray["cells"].append(cell("XFD3", 3, 16384, "x", "unread"))
    [sheet] = make_sheets(stray)
    assert sheet.columns == [1, 2, 16384]


def test_a_figure_names_the_labels_that_gave_it_and_how_surely() -> None:
    [sheet] = make_sheets(reading() | {"province_code": "24"})
    [figure] = sheet.cells[3, 2].figures
    assert [label.line for label in figure.spoken] == [
        '"Số người" → modifier count',
        '"Huyện Lục Ngạn" → Huyện Lục Ngạn (219)',
    ]
    assert figure.name == "Số người tham gia BHYT"


def test_a_forgiven_slip_shows_its_score() -> None:
    slipped = reading() | {"province_code": "24"}
    slipped["observations"] = [FIGURE | {"label_path": "Huyện Lục Ngan", "match_score": 0.9}]
    [sheet] = make_sheets(slipped)
    assert sheet.cells[3, 2].score == 0.9
    assert '<td class="observation unsure"' in render_page(slipped)


def test_an_unread_cell_says_why_in_both_languages() -> None:
    unread = reading()
    unread["cells"].append(cell("C3", 3, 3, "1O5", "unread"))
    unread["findings"] = [
        {
            "severity": "critical",
            "facts": {"sheet": "Biểu 1"},
            "message_vi": "Không phải một con số.",
            "message_en": "Not one number.",
            "cells": [{"sheet": "Biểu 1", "cell": "C3", "typed_text": "1O5", "part": "cell"}],
        }
    ]
    page = render_page(unread)
    assert '<td colspan="5">Không phải một con số. / Not one number.</td>' in page
    assert '<li class="critical">Không phải một con số.<br>' in page


def test_a_title_alone_in_its_row_runs_on_as_in_a_spreadsheet() -> None:
    titled = reading()
    titled["cells"].append(cell("A2", 2, 1, "Tình hình tham gia bảo hiểm y tế", "label"))
    [sheet] = make_sheets(titled)
    assert sheet.spans()[2, 1] == (1, 2)


def test_what_a_province_typed_is_never_taken_for_markup() -> None:
    hostile = reading()
    hostile["cells"].append(cell("C3", 3, 3, "<script>alert(1)</script>", "note"))
    assert "<script" not in render_page(hostile)


def test_the_terminal_shows_each_label_once() -> None:
    lines = [str(part) for part in render(reading() | {"province_code": "24"})]
    assert sum('"Số người" → modifier count' in line for line in lines) == 1
