"""What a sheet of an xlsx file says beside its cells, comments and text boxes, kept as text."""

from collections.abc import Iterator
from itertools import islice
from xml.etree.ElementTree import Element

from flows.reading.grid import Aside
from flows.reading.ooxml import relations_of
from flows.reading.package import Package
from flows.reading.styles import child, local
from warehouse.model import a1

MOST = 200  # of one sheet; a report has a handful, and a hostile file must not fill the memory
_LONGEST = 300
_DIGITS = 8
_OURS = "baophu"  # wrote the comments of a workbook that was given back
_ANCHORS = frozenset({"twoCellAnchor", "oneCellAnchor", "absoluteAnchor"})


def read_asides(package: Package, part: str) -> list[Aside]:
    """The comments and text boxes of a worksheet; a threaded comment once."""
    found: dict[tuple[str, str], Aside] = {}
    for relation in relations_of(package, part).values():
        if relation.kind in _READERS and relation.part in package:
            for aside in islice(_READERS[relation.kind](package, relation.part), MOST):
                found[aside.kind, aside.cell or aside.text] = aside
    return list(found.values())


def _comments(package: Package, part: str) -> Iterator[Aside]:
    authors: list[str] = []
    for element in package.elements(part):
        if local(element.tag) == "author":
            authors.append((element.text or "").strip())
        elif local(element.tag) == "comment":
            number = element.get("authorId", "")
            ours = dict(zip(map(str, range(MOST)), authors, strict=False)).get(number) == _OURS
            if (text := _text(element)) and not ours:
                yield Aside("comment", element.get("ref", ""), text)
            element.clear()


def _threads(package: Package, part: str) -> Iterator[Aside]:
    for element in package.elements(part):
        if local(element.tag) == "threadedComment":
            if text := " ".join(" ".join(element.itertext()).split()):
                yield Aside("comment", element.get("ref", ""), text[:_LONGEST])
            element.clear()


def _boxes(package: Package, part: str) -> Iterator[Aside]:
    for element in package.elements(part):
        if local(element.tag) in _ANCHORS:
            if text := _text(element):
                yield Aside("text box", _place(element), text)
            element.clear()


def _text(element: Element) -> str:
    """The runs of text inside an element, as one line."""
    runs = [one.text or "" for one in element.iter() if local(one.tag) == "t"]
    return " ".join(" ".join(runs).split())[:_LONGEST]


def _place(anchor: Element) -> str:
    start = child(anchor, "from")
    row, column = child(start, "row"), child(start, "col")
    places = [(one.text or "").strip() for one in (row, column) if one is not None]
    if len(places) < 2 or not all(place.isdecimal() and len(place) < _DIGITS for place in places):
        return ""
    return a1(int(places[0]) + 1, int(places[1]) + 1)


_READERS = {"comments": _comments, "threadedComment": _threads, "drawing": _boxes}
