"""The sheet of results: what was found, a line a finding, with links to the cells."""

from collections.abc import Callable, Sequence

from flows.annotate.marks import SEVERITY_VI, ResultLine
from flows.annotate.sheets import MAIN
from flows.annotate.styles import StyleSheet
from flows.annotate.tags import xml_attribute, xml_text
from warehouse.model import a1

TITLE = "Kết quả kiểm tra"
HEADS = (
    *("STT", "Mức độ", "Trang tính", "Ô", "Đang ghi", "Nội dung", "Gợi ý", "Tình trạng"),
    "In English",
)
WIDTHS = (6, 14, 18, 9, 14, 70, 18, 20, 60)
NOTHING = "Không có điểm nào cần sửa. / Nothing to mend."
LINK = 4  # the column of the cell's address
FIRST_LINE = 5
LINE_HEIGHT = 15
LETTERS = 0.88
"""Of a column's width, what words fill that break at its end, in fonts wider than Calibri too."""


def heading(file_name: str, lines: Sequence[ResultLine]) -> tuple[str, str]:
    """The title and the summary above the lines."""
    counts = [
        f"{sum(line.severity == severity for line in lines)} {word.lower()}"
        for severity, word in SEVERITY_VI.items()
    ]
    return f"{TITLE}: {file_name}", ", ".join(counts) if lines else NOTHING


def row_of(number: int, line: ResultLine) -> tuple[str, ...]:
    """The cells of one line, in the order of the heads."""
    return (
        *(str(number), SEVERITY_VI[line.severity], line.sheet, line.cell, line.typed_text),
        *(line.message_vi, line.suggestion, line.status_vi, line.message_en),
    )


def height_of(texts: Sequence[str]) -> int:
    """The height in points that a row's wrapped texts need; programs do not work it out."""
    fitting = [max(1, round(width * LETTERS)) for width in WIDTHS]
    lines = [-(-len(text) // letters) for text, letters in zip(texts, fitting, strict=True)]
    return LINE_HEIGHT * max(1, *lines)


def location(line: ResultLine) -> str:
    """Where a link leads inside the workbook: `'Phụ biểu'!M17`."""
    quoted = line.sheet.replace("'", "''")
    return f"'{quoted}'!{line.cell}"


def results_part(file_name: str, lines: Sequence[ResultLine], styles: StyleSheet) -> bytes:
    """The worksheet part; every text is inline, so that none can become a formula."""
    title, summary = heading(file_name, lines)
    bold, wrapped, link = (styles.plain(kind) for kind in ("bold", "wrapped", "link"))
    rows = [
        _row(1, (title,), lambda _: styles.plain("bold line")),
        _row(2, (summary,), lambda _: styles.plain("line")),
    ]
    rows.append(_row(FIRST_LINE - 1, HEADS, lambda _: bold))
    links = []
    for number, line in enumerate(lines, start=1):
        row = FIRST_LINE - 1 + number
        filled = styles.plain("wrapped", (line.severity, True))
        looks = {2: filled, LINK: link if line.cell else wrapped}
        rows.append(_row(row, row_of(number, line), lambda column, k=looks: k.get(column, wrapped)))  # type: ignore[misc]
        if line.cell:
            target = xml_attribute(location(line))
            links.append(f'<hyperlink ref="{a1(row, LINK)}" location={target}/>')
    columns = "".join(
        f'<col min="{number}" max="{number}" width="{width}" customWidth="1"/>'
        for number, width in enumerate(WIDTHS, start=1)
    )
    hyperlinks = f"<hyperlinks>{''.join(links)}</hyperlinks>" if links else ""
    return (
        f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<worksheet xmlns="{MAIN}">'
        f'<sheetPr><tabColor rgb="FFD93025"/><pageSetUpPr fitToPage="1"/></sheetPr>'
        f'<sheetViews><sheetView tabSelected="1" workbookViewId="0">'
        f'<pane ySplit="{FIRST_LINE - 1}" topLeftCell="A{FIRST_LINE}" activePane="bottomLeft" '
        f'state="frozen"/></sheetView></sheetViews><cols>{columns}</cols>'
        f"<sheetData>{''.join(rows)}</sheetData>{hyperlinks}"
        f'<pageSetup orientation="landscape" fitToHeight="0"/></worksheet>'
    ).encode()


def _row(number: int, texts: Sequence[str], style: Callable[[int], int]) -> str:
    cells = [
        f'<c r="{a1(number, column)}" s="{style(column)}" t="inlineStr"><is>'
        f'<t xml:space="preserve">{xml_text(text)}</t></is></c>'
        for column, text in enumerate(texts, start=1)
        if text
    ]
    height = f' ht="{height_of(texts)}" customHeight="1"' if len(texts) > 1 else ""
    return f'<row r="{number}"{height}>{"".join(cells)}</row>'
