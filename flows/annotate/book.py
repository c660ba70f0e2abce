"""The workbook part with the sheet of results as its first sheet."""

from dataclasses import dataclass

from flows.annotate.parts import NotPatchable, Parts
from flows.annotate.relations import add_relation, add_type, relations_of
from flows.annotate.results import TITLE
from flows.annotate.sheets import OFFICE, leave_tab, relation_id_of
from flows.annotate.tags import Edits, find_tags, xml_attribute

SHEET_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"


@dataclass(frozen=True, slots=True)
class Book:
    """The workbook part of a package, its sheets' parts by name and its style sheet's name."""

    part: str
    sheets: dict[str, str]
    styles: str


def read_book(parts: Parts, part: str) -> Book:
    """What the workbook part says of its sheets."""
    relations = {one.relation_id: one for one in relations_of(parts, part)}
    sheets = {}
    for tag in find_tags(parts.read(part), "sheet"):
        relation = relations.get(relation_id_of(tag.attributes))
        if relation is not None and relation.kind == "worksheet":
            sheets[tag.attributes.get("name", "")] = relation.part
    styles = [one.part for one in relations.values() if one.kind == "styles"]
    if not styles:
        raise NotPatchable("a workbook without a style sheet")
    return Book(part, sheets, styles[0])


def add_first_sheet(parts: Parts, book: Book, content: bytes) -> str:
    """Add a worksheet before all others and open the workbook on it; returns its name."""
    part = parts.free_name("xl/worksheets/baophu{}.xml")
    parts.write(part, content)
    add_type(parts, part, SHEET_TYPE)
    relation_id = add_relation(parts, book.part, "worksheet", part)
    workbook = parts.read(book.part)
    tags = find_tags(workbook, "sheets", "sheet", "workbookView", "definedName")
    sheets = next((tag for tag in tags if tag.name == "sheets"), None)
    if sheets is None or sheets.is_empty:
        raise NotPatchable("a workbook without sheets")
    own = [tag for tag in tags if tag.name == "sheet"]
    name = free_title({tag.attributes.get("name", "").casefold() for tag in own})
    number = 1 + max(int(tag.attributes.get("sheetId", "0")) for tag in own)
    prefix = f"{sheets.prefix}:" if sheets.prefix else ""
    edits = Edits(workbook)
    edits.prepend_to(
        sheets,
        f'<{prefix}sheet xmlns:r="{OFFICE}" name={xml_attribute(name)} sheetId="{number}" '
        f'r:id="{relation_id}"/>',
    )
    for tag in tags:  # both count sheets from the first, which is another one now
        if tag.name == "definedName" and "localSheetId" in tag.attributes:
            moved = str(int(tag.attributes["localSheetId"]) + 1)
            edits.set_attribute(tag, "localSheetId", moved)
        elif tag.name == "workbookView":
            edits.set_attribute(tag, "activeTab", "0")
    parts.write(book.part, edits.done())
    _leave_tabs(parts, book)
    return name


def free_title(taken: set[str]) -> str:
    """A name for the sheet of results that no sheet has."""
    names = [TITLE, *(f"{TITLE} ({number})" for number in range(2, len(taken) + 3))]
    return next(name for name in names if name.casefold() not in taken)


def _leave_tabs(parts: Parts, book: Book) -> None:
    for part in book.sheets.values():
        content = parts.read(part)
        left = leave_tab(content)
        if left != content:
            parts.write(part, left)
