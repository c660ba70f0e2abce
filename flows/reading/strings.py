"""Texts of cells: shared strings, inline strings, rich text and its dominant font."""

import re
from typing import NamedTuple
from xml.etree.ElementTree import Element

from flows.reading.package import Package
from flows.reading.styles import Font, child, local, read_font

_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")


class Text(NamedTuple):
    """A cell's text as typed, with the font of most of it where its runs name one."""

    text: str
    font: Font | None = None


def unescape(text: str) -> str:
    """Characters that XML cannot hold are written `_x000D_` (ECMA-376 part 1, 22.9.2.19)."""
    if "_x" not in text:
        return text
    return _ESCAPED.sub(lambda match: chr(int(match[1], 16)), text)


def read_text(item: Element) -> Text:
    """The text of an `si` or `is` element: plain or in runs; readings (phonetics) left out."""
    if len(item) == 1 and item[0].tag.endswith("}t"):
        return Text(unescape(item[0].text or ""))
    pieces: list[str] = []
    weights: dict[Font, int] = {}
    for part in item:
        name = local(part.tag)
        if name == "t":
            pieces.append(part.text or "")
        elif name == "r":
            run = child(part, "t")
            text = "" if run is None else run.text or ""
            pieces.append(text)
            properties = child(part, "rPr")
            if properties is not None and text.strip():
                font = read_font(properties, "rFont")
                weights[font] = weights.get(font, 0) + len(text)
    whole = "".join(pieces)
    dominant = [font for font, weight in weights.items() if weight * 2 > len(whole)]
    return Text(unescape(whole), dominant[0] if dominant else None)


def read_shared_strings(package: Package, part: str | None) -> list[Text]:
    """All shared strings of a workbook, in the order in which cells refer to them."""
    found: list[Text] = []
    if part is None:
        return found
    for element in package.elements(part):
        if local(element.tag) == "si":
            found.append(read_text(element))
            element.clear()
    return found
