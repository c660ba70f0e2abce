"""A worksheet part with its marked cells filled and its comments attached."""

from collections.abc import Mapping, Sequence

from flows.annotate.marks import Mark
from flows.annotate.parts import NotPatchable
from flows.annotate.styles import StyleSheet
from flows.annotate.tags import Edits, find_tags, root_of, xml_attribute

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
# What stands behind `legacyDrawing` in a worksheet, as the schema orders it.
BEHIND = (
    *("legacyDrawingHF", "drawingHF", "picture", "oleObjects", "controls", "webPublishItems"),
    *("tableParts", "extLst", "AlternateContent"),
)


def fill_cells(content: bytes, marks: Sequence[Mark], styles: StyleSheet) -> bytes:
    """The part with the style of each marked cell exchanged for a filled one."""
    by_cell = {mark.cell: mark for mark in marks}
    edits = Edits(content)
    for tag in find_tags(content, "c", wanted=lambda _, facts: facts.get("r") in by_cell):
        mark = by_cell[tag.attributes["r"]]
        style = styles.marked(int(tag.attributes.get("s", "0")), mark.look)
        edits.set_attribute(tag, "s", str(style))
    return edits.done()


def leave_tab(content: bytes) -> bytes:
    """The part no longer as the selected tab: the sheet of results is opened first.

    Two selected tabs would be a group, and typing into one would type into both.
    """
    edits = Edits(content)
    for tag in find_tags(content, "sheetView"):
        if tag.attributes.get("tabSelected") in ("1", "true"):
            edits.set_attribute(tag, "tabSelected", "0")
    return edits.done()


def attach_drawing(content: bytes, relation_id: str) -> bytes:
    """The part with a `legacyDrawing`, where its schema wants it, that shows the comments."""
    root = root_of(content)
    behind = [tag for tag in find_tags(content, "sheetData", *BEHIND) if len(tag.path) == 2]
    data = next((tag for tag in behind if tag.name == "sheetData"), None)
    if data is None or root.is_empty:
        raise NotPatchable("a worksheet without rows")
    later = [tag.start for tag in behind if tag.start > data.start]
    prefix = f"{root.prefix}:" if root.prefix else ""
    edits = Edits(content)
    edits.insert(
        min(later, default=root.end),
        f'<{prefix}legacyDrawing xmlns:r="{OFFICE}" r:id={xml_attribute(relation_id)}/>',
    )
    return edits.done()


def drawing_of(content: bytes) -> str:
    """The id of the relationship of a worksheet's `legacyDrawing`, "" without one."""
    for tag in find_tags(content, "legacyDrawing"):
        return relation_id_of(tag.attributes)
    return ""


def relation_id_of(attributes: Mapping[str, str]) -> str:
    """The `r:id` of an element, whatever the prefix."""
    return next((value for name, value in attributes.items() if name.endswith(":id")), "")
