"""Tables of Word annexes, each a grid with the paragraphs above it as rows above it."""

from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from xml.etree.ElementTree import Element

from flows.reading.grid import Grid, Workbook
from flows.reading.guards import Count
from flows.reading.ooxml import main_part
from flows.reading.package import Package
from flows.reading.plaincells import SpanGrid, make_look
from flows.reading.styles import Look, child, local

_WRAPPERS = frozenset(("sdt", "sdtContent", "ins", "customXml", "smartTag"))
_SKIPPED = frozenset(("Fallback", "del", "moveFrom", "p", "tabs"))


def read_workbook(path: Path, file_type: str) -> Workbook:
    """Each table of the document as one sheet; what follows the last table is below it."""
    with closing(Package(path)) as package:
        body = child(package.tree(main_part(package)), "body")
    count = Count()
    grids: list[SpanGrid] = []
    above: list[Element] = []
    for block in _blocks(body):
        if local(block.tag) == "p":
            above.append(block)
            continue
        count.add_sheets(1)
        spans = SpanGrid(Grid(f"Bảng {len(grids) + 1}"), count)
        _add_paragraphs(spans, above)
        above = []
        _add_table(spans, block)
        grids.append(spans)
    if grids:
        _add_paragraphs(grids[-1], above)
    return Workbook(file_type, [spans.grid for spans in grids])


def _blocks(parent: Element | None) -> Iterator[Element]:
    """Paragraphs and tables in their order, content controls unwrapped."""
    for element in parent if parent is not None else ():
        name = local(element.tag)
        if name in ("p", "tbl"):
            yield element
        elif name in _WRAPPERS:
            yield from _blocks(element)


def _add_paragraphs(spans: SpanGrid, paragraphs: list[Element]) -> None:
    for paragraph in paragraphs:
        text = _text(paragraph)
        if text.strip():
            spans.start_row()
            spans.add(text, _look(paragraph))


@dataclass
class _Open:
    """A cell that may go on in the rows below (`vMerge`)."""

    row: int
    column: int
    columns: int
    rows: int
    element: Element


def _add_table(spans: SpanGrid, table: Element) -> None:
    """Rows of a table: first how far each cell reaches down, then the cells in their order."""
    rows: list[tuple[int, list[_Open]]] = []
    running: dict[int, _Open] = {}
    for number, row in enumerate(_rows(table)):
        skip = column = _number(child(row, "trPr"), "gridBefore", 0)
        own: list[_Open] = []
        for element in _cells(row):
            properties = child(element, "tcPr")
            columns = _number(properties, "gridSpan", 1)
            merge = child(properties, "vMerge")
            goes_on = merge is not None and _value(merge) != "restart"
            if goes_on and column in running:
                running[column].rows = number - running[column].row + 1
            else:
                cell = _Open(number, column, columns, 1, element)
                own.append(cell)
                running.pop(column, None)
                if merge is not None:
                    running[column] = cell
            column += columns
        rows.append((skip, own))
    for skip, own in rows:
        spans.start_row(skip)
        for cell in own:
            spans.add(_text(cell.element), _look(cell.element), cell.rows, cell.columns)


def _rows(table: Element) -> Iterator[Element]:
    for element in table:
        if local(element.tag) == "tr":
            yield element
        elif local(element.tag) in _WRAPPERS:
            yield from _rows(element)


def _cells(row: Element) -> Iterator[Element]:
    for element in row:
        if local(element.tag) == "tc":
            yield element
        elif local(element.tag) in _WRAPPERS:
            yield from _cells(element)


def _text(element: Element) -> str:
    """The text of a paragraph, or of a cell with its paragraphs on lines of their own."""
    if local(element.tag) == "p":
        return "".join(_letters(element))
    return "\n".join("".join(_letters(p)) for p in element.iter() if local(p.tag) == "p").strip(
        "\n"
    )


def _letters(element: Element) -> Iterator[str]:
    for part in element:
        name = local(part.tag)
        if name == "t":
            yield part.text or ""
        elif name in ("br", "cr"):
            yield "\n"
        elif name == "tab":
            yield "\t"
        elif name == "noBreakHyphen":
            yield "-"
        elif name not in _SKIPPED:
            yield from _letters(part)


def _look(element: Element) -> Look:
    """The font of the first run that has letters."""
    for run in element.iter():
        if local(run.tag) == "r" and "".join(_letters(run)).strip():
            properties = child(run, "rPr")
            fonts, bold = child(properties, "rFonts"), child(properties, "b")
            name = "" if fonts is None else _attribute(fonts, "ascii")
            return make_look(name, bold is not None and _value(bold) not in ("0", "false"))
    return make_look()


def _attribute(element: Element, name: str) -> str:
    return next((value for key, value in element.items() if local(key) == name), "")


def _value(element: Element) -> str:
    return _attribute(element, "val")


def _number(properties: Element | None, name: str, default: int) -> int:
    element = child(properties, name)
    text = "" if element is None else _value(element)
    return int(text) if text.isdigit() and len(text) < 6 else default
