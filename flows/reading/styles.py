"""The looks that cells refer to by number: number format, font, bold, indent."""

from dataclasses import dataclass, field
from functools import cached_property
from typing import NamedTuple
from xml.etree.ElementTree import Element

from flows.reading.formatcodes import BUILT_IN, is_date
from flows.reading.formats import Printer, printer


class Look(NamedTuple):
    """What one style says of the cells that use it."""

    number_format: str
    font: str
    bold: bool
    indent: int
    is_date: bool
    printer: Printer


class Font(NamedTuple):
    """A font's name and whether it is bold."""

    name: str
    bold: bool


def local(tag: str) -> str:
    """An element's name without its namespace (transitional and strict differ in it)."""
    return tag.rpartition("}")[2]


def child(parent: Element | None, name: str) -> Element | None:
    """The first child with this local name."""
    if parent is None:
        return None
    return next((element for element in parent if local(element.tag) == name), None)


def is_true(text: str | None) -> bool:
    """An xsd:boolean attribute."""
    return text in ("1", "true", "on")


def read_font(properties: Element | None, name: str = "name") -> Font:
    """The font of a `font` element, or with `name="rFont"` of a run of rich text."""
    named, bold = child(properties, name), child(properties, "b")
    is_bold = bold is not None and bold.get("val") not in ("0", "false")
    return Font("" if named is None else named.get("val", ""), is_bold)


@dataclass
class Styles:
    """The style sheet of a workbook; looks are made when a cell first asks for one.

    Workbooks pasted together over the years carry 60,000 styles and use twenty.
    """

    root: Element | None
    _looks: dict[int, Look] = field(default_factory=dict)

    def look(self, index: int) -> Look:
        """The look of style number `index`; an unknown number is the default style."""
        if index not in self._looks:
            self._looks[index] = self._make(index)
        return self._looks[index]

    @cached_property
    def _formats(self) -> dict[int, str]:
        codes = dict(BUILT_IN)
        for element in child(self.root, "numFmts") or ():
            codes[int(element.get("numFmtId", "0"))] = element.get("formatCode", "General")
        return codes

    @cached_property
    def _fonts(self) -> list[Element]:
        return list(child(self.root, "fonts") or ())

    @cached_property
    def _formats_of_cells(self) -> list[Element]:
        return list(child(self.root, "cellXfs") or ())

    def _make(self, index: int) -> Look:
        if not 0 <= index < len(self._formats_of_cells):
            return Look("General", "", False, 0, False, printer("General"))
        style = self._formats_of_cells[index]
        font_number = int(style.get("fontId", "0"))
        known = 0 <= font_number < len(self._fonts)
        font = read_font(self._fonts[font_number]) if known else Font("", False)
        alignment = child(style, "alignment")
        indent = 0 if alignment is None else int(alignment.get("indent", "0"))
        code = self._formats.get(int(style.get("numFmtId", "0")), "General") or "General"
        return Look(code, font.name, font.bold, indent, is_date(code), printer(code))
