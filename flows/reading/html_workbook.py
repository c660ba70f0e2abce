"""HTML files that agencies name `.xls`, and web archives of them, as grids of texts."""

import email
import email.policy
import re
from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path

from flows.reading.decoding import decode
from flows.reading.grid import Grid, Workbook
from flows.reading.guards import Count
from flows.reading.plaincells import SpanGrid, make_look

_SPACE = re.compile(r"[ \t\r\n\f]+")
_CHARSET = re.compile(rb"""charset\s*=\s*["']?([A-Za-z0-9_-]+)""", re.IGNORECASE)
_SILENT = frozenset(("script", "style", "head", "title", "xml"))
_BREAKS = frozenset(("p", "div", "h1", "h2", "h3", "h4", "h5", "h6", "li", "ul", "ol", "center"))
_BOLD = frozenset(("b", "strong", "th"))


def read_workbook(path: Path, file_type: str) -> Workbook:
    """Each HTML document of the file as one sheet: its paragraphs and tables from top to bottom."""
    count = Count()
    pages = _archived(path.read_bytes()) if file_type == "mhtml" else [path.read_bytes()]
    grids = []
    for number, page in enumerate(pages, start=1):
        count.add_sheets(1)
        name = path.stem if len(pages) == 1 else f"{path.stem} {number}"
        reader = _PageReader(SpanGrid(Grid(name), count))
        reader.feed(_decode_page(page))
        reader.close()
        reader.finish()
        if reader.spans.grid.cells:
            grids.append(reader.spans.grid)
    return Workbook(file_type, grids)


def _archived(data: bytes) -> list[bytes]:
    """The HTML parts of a web archive, in their order."""
    message = email.message_from_bytes(data, policy=email.policy.default)
    found = []
    for part in message.walk():
        if part.get_content_type() == "text/html":
            payload = part.get_payload(decode=True)
            found.append(payload if isinstance(payload, bytes) else b"")
    return found


def _decode_page(data: bytes) -> str:
    declared = _CHARSET.search(data[:4096])
    name = declared[1].decode("ascii").lower() if declared else ""
    if name in ("windows-1258", "cp1258"):
        return data.decode("cp1258", errors="replace")
    return decode(data)[0]


@dataclass
class _Text:
    """What is being collected: the letters of a cell, or of a paragraph outside of tables."""

    pieces: list[str] = field(default_factory=list)
    rows: int = 1
    columns: int = 1
    font: str = ""
    bold: bool = False
    hidden: bool = False

    @property
    def text(self) -> str:
        lines = "".join(self.pieces).split("\n")
        return "\n".join(line.strip(" ") for line in lines).strip("\n")


class _PageReader(HTMLParser):
    """Lays a page out as a sheet; a table inside a cell adds its text to that cell."""

    def __init__(self, spans: SpanGrid) -> None:
        super().__init__(convert_charrefs=True)
        self.spans = spans
        self._cell: _Text | None = None
        self._paragraph = _Text()
        self._silent = 0
        self._depth = 0
        self._hidden_row = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """A tag opens: of a table's frame, of a font, or a break."""
        attributes = {name: value or "" for name, value in attrs}
        if tag in _SILENT:
            self._silent += 1
        elif tag == "table":
            self._depth += 1
            self._end_paragraph()
        elif self._depth <= 1 and tag == "tr":
            self._end_cell()
            self._hidden_row = _is_hidden(attributes)
            self.spans.start_row()
        elif self._depth <= 1 and tag in ("td", "th"):
            self._start_cell(tag, attributes)
        elif tag == "br":
            self._write("\n")
        elif tag in _BREAKS:
            self._break()
        self._mark(tag, attributes)

    def handle_endtag(self, tag: str) -> None:
        """A tag closes."""
        if tag in _SILENT:
            self._silent = max(self._silent - 1, 0)
        elif tag == "table":
            if self._depth == 1:
                self._end_cell()
                self.spans.clip()
            self._depth = max(self._depth - 1, 0)
        elif self._depth <= 1 and tag in ("td", "th", "tr"):
            self._end_cell()
        elif tag in _BREAKS:
            self._break()

    def handle_data(self, data: str) -> None:
        """Text, with its blanks run together as a browser shows them."""
        if not self._silent:
            self._write(_SPACE.sub(" ", data))

    def finish(self) -> None:
        """Put away what was not closed."""
        self._end_cell()
        self._end_paragraph()

    def _start_cell(self, tag: str, attributes: dict[str, str]) -> None:
        self._end_cell()
        if not self.spans.row:
            self.spans.start_row()
        hidden = self._hidden_row or _is_hidden(attributes)
        self._cell = _Text(
            rows=_span(attributes.get("rowspan")),
            columns=_span(attributes.get("colspan")),
            bold=tag == "th",
            hidden=hidden,
        )

    def _write(self, text: str) -> None:
        (self._cell or self._paragraph).pieces.append(text)

    def _break(self) -> None:
        if self._cell is None:
            self._end_paragraph()
        elif self._cell.text:
            self._write("\n")

    def _mark(self, tag: str, attributes: dict[str, str]) -> None:
        target = self._cell or self._paragraph
        if tag == "font" and attributes.get("face"):
            target.font = attributes["face"].split(",")[0].strip(" '\"")
        if tag in _BOLD and not target.text:
            target.bold = True

    def _end_cell(self) -> None:
        cell, self._cell = self._cell, None
        if cell is not None:
            look = make_look(cell.font, cell.bold)
            self.spans.add(cell.text, look, cell.rows, cell.columns, cell.hidden)

    def _end_paragraph(self) -> None:
        paragraph, self._paragraph = self._paragraph, _Text()
        if self._cell is None and paragraph.text.strip():
            self.spans.start_row()
            self.spans.add(paragraph.text, make_look(paragraph.font, paragraph.bold))


def _span(text: str | None) -> int:
    return int(text) if text and text.isdigit() and len(text) < 8 else 1


def _is_hidden(attributes: dict[str, str]) -> bool:
    style = attributes.get("style", "").replace(" ", "").lower()
    return "display:none" in style or "hidden" in attributes
