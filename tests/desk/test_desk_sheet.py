"""A sheet on the page: heads and row labels stay in sight, windows, merged ranges."""

from typing import Any

from expectations.desk.queries.blocks import MOST_HEAD_ROWS, blocks_of, stub_of
from expectations.desk.queries.drawing import WIDEST_STUB, ShownSheet, draw
from expectations.desk.queries.layout import Layout

HEAD, STUB, CODE, FIGURE = "column head", "row label", "row code or ordinal", ""


def cells(drawn: str) -> list[dict[str, Any]]:
    """
    Cells of a drawn sheet, a row a line, columns parted by `|`: `^` begins a column head, `>` a
    row label, `#` an ordinal; figures begin with a digit, `-` is an empty place.
    """
    whys = {"^": HEAD, ">": STUB, "#": CODE}
    found = []
    for row, line in enumerate(drawn.strip().splitlines(), start=1):
        for column, text in enumerate((one.strip() for one in line.split("|")), start=1):
            if text == "-":
                continue
            why = whys.get(text[0], "" if text[0].isdigit() else "caption")
            found.append(
                {
                    "cell": f"{chr(64 + column)}{row}",
                    "row_number": row,
                    "column_number": column,
                    "typed_text": text.lstrip("^>#"),
                    "role": "label" if why else "observation",
                    "why": why,
                }
            )
    return found


TWO_TABLES = """
Biểu 1   | -          | -       | -
^TT      | ^Huyện     | ^Số     | -
-        | -          | ^Nam    | ^Nữ
#1       | >Đồng Văn  | 10      | 20
#2       | >Mèo Vạc   | 11      | 21
Biểu 2   | -          | -       | -
^TT      | ^Nhóm      | ^Số     | ^%
#1       | >Hộ nghèo  | 5       | 7
"""


def shown(drawn: str, layout: Layout | None = None, columns: int = 4) -> ShownSheet:
    found = cells(drawn)
    last = max(cell["row_number"] for cell in found)
    numbers = list(range(1, last + 1))
    return draw(
        "Biểu",
        found,
        list(range(1, columns + 1)),
        numbers,
        layout=layout or Layout(),
        marked={},
        ends=(1, last, last),
    )


def test_each_table_of_a_sheet_keeps_its_own_head() -> None:
    sheet = shown(TWO_TABLES)
    assert [
        ([row.number for row in block.head], [row.number for row in block.body])
        for block in sheet.blocks
    ] == [([], [1]), ([2, 3], [4, 5, 6]), ([7], [8])]


def test_the_labels_of_rows_stay_and_their_ordinals_do_not() -> None:
    sheet = shown(TWO_TABLES)
    assert sheet.stub_columns == [False, True, False, False]
    labels = [row.cells[1] for row in sheet.blocks[1].body]
    assert [(cell.text, cell.is_stub) for cell in labels[:2]] == [
        ("Đồng Văn", True),
        ("Mèo Vạc", True),
    ]
    assert sheet.blocks[1].head[0].cells[1].is_stub
    assert not any(row.cells[0].is_stub for row in sheet.blocks[1].body)


def test_labels_right_of_the_figures_do_not_stay() -> None:
    assert stub_of([1], cells("12 | >Ghi chú")) == 0


def test_a_label_column_leaves_room_for_figures() -> None:
    sheet = shown(TWO_TABLES, Layout(widths={1: 60, 2: 60}))
    assert sheet.widths[1] == WIDEST_STUB < sheet.widths[0]


def test_a_merged_head_ends_where_the_rows_below_it_begin() -> None:
    """A merge that a clerk drew from the head down into the figures covers no figure."""
    sheet = shown(TWO_TABLES, Layout(merges=[(2, 2, 4, 2), (2, 3, 2, 4)]))
    head, body = sheet.blocks[1].head, sheet.blocks[1].body
    assert (head[0].cells[1].row_span, head[0].cells[2].column_span) == (2, 2)
    assert len(head[1].cells) == 3
    assert [cell.text for cell in body[0].cells] == ["1", "Đồng Văn", "10", "20"]


def test_an_empty_merged_head_over_the_labels_is_taken_apart_to_stay_too() -> None:
    drawn = "-  | -     | ^Số\n#1 | >Đồng Văn | 10"
    [block] = shown(drawn, Layout(merges=[(1, 1, 1, 2)]), columns=3).blocks
    assert [cell.column_span for cell in block.head[0].cells] == [1, 1, 1]
    assert block.head[0].cells[1].is_stub


def test_a_head_that_would_fill_the_window_scrolls_away_like_other_rows() -> None:
    tall = "\n".join(["^Đầu"] * (MOST_HEAD_ROWS + 1) + ["5"])
    found = cells(tall)
    numbers = list(range(1, MOST_HEAD_ROWS + 3))
    assert blocks_of(numbers, found) == [([], numbers)]


def test_rows_left_out_between_others_show_as_a_gap() -> None:
    drawn = "Biểu 1\n-\n^Số\n10"
    sheet = shown(drawn, columns=1)
    assert [row.gap for block in sheet.blocks for row in (*block.head, *block.body)] == [
        False,
        True,
        False,
    ]
