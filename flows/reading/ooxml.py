"""An Office Open XML workbook: its sheets, styles and strings, found by relationships."""

import posixpath
from dataclasses import dataclass
from xml.etree.ElementTree import Element

from flows.reading.grid import Unreadable
from flows.reading.guards import Count
from flows.reading.package import Package
from flows.reading.strings import Text, read_shared_strings
from flows.reading.styles import Styles, child, is_true, local


@dataclass(frozen=True, slots=True)
class SheetPart:
    """One worksheet: its name, the part that holds it, whether it is hidden."""

    name: str
    part: str
    hidden: bool


@dataclass(frozen=True, slots=True)
class Book:
    """What all sheets of one workbook share."""

    sheets: tuple[SheetPart, ...]
    styles: Styles
    strings: list[Text]
    from_1904: bool
    remarks: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Relation:
    """Where a relationship leads: its kind (`worksheet`) and its part."""

    kind: str
    part: str


def read_book(package: Package, count: Count) -> Book:
    """Read everything of a workbook but its sheets."""
    main = main_part(package)
    root = package.tree(main)
    relations = relations_of(package, main)
    sheets, remarks = _sheets(root, relations, count)
    by_kind = {relation.kind: relation.part for relation in relations.values()}
    style_part = by_kind.get("styles", "")
    properties = child(root, "workbookPr")
    return Book(
        sheets=tuple(sheets),
        styles=Styles(package.tree(style_part) if style_part in package else None),
        strings=read_shared_strings(package, by_kind.get("sharedStrings")),
        from_1904=properties is not None and is_true(properties.get("date1904")),
        remarks=tuple(remarks),
    )


def main_part(package: Package) -> str:
    """The part that the package says is its document."""
    for relation in relations_of(package, "").values():
        if relation.kind == "officeDocument":
            return relation.part
    raise Unreadable("reading.missing_part", part="officeDocument")


def relations_of(package: Package, part: str) -> dict[str, Relation]:
    """The relationships of a part by id; external targets are left out, never followed."""
    folder, name = posixpath.split(part)
    source = posixpath.join(folder, "_rels", f"{name}.rels")
    found: dict[str, Relation] = {}
    if source not in package:
        return found
    for element in package.tree(source):
        if local(element.tag) != "Relationship" or element.get("TargetMode") == "External":
            continue
        target = element.get("Target", "").replace("\\", "/")
        kind = posixpath.basename(element.get("Type", ""))
        found[element.get("Id", "")] = Relation(kind, _resolve(folder, target))
    return found


def _resolve(folder: str, target: str) -> str:
    joined = target if target.startswith("/") else posixpath.join("/", folder, target)
    return posixpath.normpath(joined).lstrip("/")


def _sheets(
    root: Element, relations: dict[str, Relation], count: Count
) -> tuple[list[SheetPart], list[str]]:
    """The worksheets in their order; charts and macro sheets hold no figures of their own."""
    sheets: list[SheetPart] = []
    remarks: list[str] = []
    for element in child(root, "sheets") or ():
        count.add_sheets(1)
        name = element.get("name", "")
        key = next((v for k, v in element.items() if local(k) == "id" and "}" in k), "")
        relation = relations.get(key)
        if relation is None:
            raise Unreadable("reading.missing_part", part=f"sheet {name!r}")
        if relation.kind != "worksheet":
            remarks.append(f"{name}: {relation.kind}")
            continue
        hidden = element.get("state", "visible") != "visible"
        sheets.append(SheetPart(name, relation.part, hidden))
    return sheets, remarks
