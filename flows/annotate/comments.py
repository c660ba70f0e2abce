"""Comments of a worksheet: ours beside those that the province wrote, with their boxes."""

import re
from collections.abc import Sequence

from flows.annotate.marks import Mark
from flows.annotate.parts import Parts
from flows.annotate.relations import add_default_type, add_relation, add_type, relations_of
from flows.annotate.sheets import MAIN, attach_drawing, drawing_of
from flows.annotate.tags import Edits, Tag, find_tags, xml_text
from flows.reading.addresses import column_number

AUTHOR = "baophu"
COMMENTS_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.comments+xml"
VML_TYPE = "application/vnd.openxmlformats-officedocument.vmlDrawing"
EMPTY_COMMENTS = (
    f'<comments xmlns="{MAIN}"><authors></authors><commentList></commentList></comments>'
)
EMPTY_DRAWING = """<xml xmlns:v="urn:schemas-microsoft-com:vml" \
xmlns:o="urn:schemas-microsoft-com:office:office" xmlns:x="urn:schemas-microsoft-com:office:excel">\
<o:shapelayout v:ext="edit"><o:idmap v:ext="edit" data="{number}"/></o:shapelayout></xml>"""
SHAPE_TYPE = """<v:shapetype xmlns:v="urn:schemas-microsoft-com:vml" \
xmlns:o="urn:schemas-microsoft-com:office:office" id="_x0000_t202" coordsize="21600,21600" \
o:spt="202" path="m,l,21600r21600,l21600,xe"><v:stroke joinstyle="miter"/>\
<v:path gradientshapeok="t" o:connecttype="rect"/></v:shapetype>"""
SHAPE = """<v:shape xmlns:v="urn:schemas-microsoft-com:vml" \
xmlns:o="urn:schemas-microsoft-com:office:office" xmlns:x="urn:schemas-microsoft-com:office:excel" \
id="_x0000_s{number}" type="#_x0000_t202" style="position:absolute;margin-left:60pt;\
margin-top:1.5pt;width:240pt;height:{height}pt;z-index:{number};visibility:hidden" \
fillcolor="#fffbe6" o:insetmode="auto"><v:fill color2="#fffbe6"/><v:shadow on="t" color="black" \
obscured="t"/><v:path o:connecttype="none"/><v:textbox style="mso-direction-alt:auto">\
<div style="text-align:left"></div></v:textbox><x:ClientData ObjectType="Note"><x:MoveWithCells/>\
<x:SizeWithCells/><x:Anchor>{left}, 15, {top}, 2, {right}, 31, {bottom}, 1</x:Anchor>\
<x:AutoFill>False</x:AutoFill><x:Row>{row}</x:Row><x:Column>{column}</x:Column></x:ClientData>\
</v:shape>"""
LETTERS_A_LINE = 44  # in a box of 240 points


def add_comments(parts: Parts, sheet_part: str, marks: Sequence[Mark]) -> None:
    """Comment the marked cells of a worksheet; a comment that is there keeps its words."""
    related = {relation.kind: relation.part for relation in relations_of(parts, sheet_part)}
    name = related.get("comments") or _new_comments(parts, sheet_part)
    content = parts.read(name)
    there = {tag.attributes.get("ref", ""): tag for tag in find_tags(content, "comment")}
    parts.write(name, _written(content, there, marks))
    fresh = [mark for mark in marks if mark.cell not in there]
    _draw(parts, sheet_part, fresh)


def _new_comments(parts: Parts, sheet_part: str) -> str:
    name = parts.free_name("xl/comments{}.xml")
    parts.write(name, EMPTY_COMMENTS.encode())
    add_type(parts, name, COMMENTS_TYPE)
    add_relation(parts, sheet_part, "comments", name)
    return name


def _written(content: bytes, there: dict[str, Tag], marks: Sequence[Mark]) -> bytes:
    edits = Edits(content)
    tags = {tag.name: tag for tag in find_tags(content, "authors", "commentList")}
    texts = find_tags(content, "text")
    prefix = f"{tags['authors'].prefix}:" if tags["authors"].prefix else ""
    author = len(find_tags(content, "author"))
    edits.append_to(tags["authors"], f"<{prefix}author>{AUTHOR}</{prefix}author>")
    new = []
    for mark in marks:
        old = there.get(mark.cell)
        if old is None:
            new.append(
                f'<{prefix}comment ref="{mark.cell}" authorId="{author}"><{prefix}text>'
                f"{_run(mark.text, prefix)}</{prefix}text></{prefix}comment>"
            )
            continue
        own = next((tag for tag in texts if old.start < tag.start < old.close), None)
        if own is not None:
            edits.append_to(own, _run(f"\n\n[{AUTHOR}] {mark.text}", prefix))
    edits.append_to(tags["commentList"], "".join(new))
    return edits.done()


def _run(text: str, prefix: str) -> str:
    return (
        f'<{prefix}r><{prefix}rPr><{prefix}sz val="9"/><{prefix}rFont val="Tahoma"/></{prefix}rPr>'
        f'<{prefix}t xml:space="preserve">{xml_text(text)}</{prefix}t></{prefix}r>'
    )


def _draw(parts: Parts, sheet_part: str, marks: Sequence[Mark]) -> None:
    """The boxes of new comments, in the drawing that the sheet has or in a new one."""
    content = parts.read(sheet_part)
    drawings = {one.relation_id: one.part for one in relations_of(parts, sheet_part)}
    name = drawings.get(drawing_of(content), "")
    if not name:
        name = parts.free_name("xl/drawings/vmlDrawing{}.vml")
        number = 900 + len([part for part in parts.names() if part.endswith(".vml")])
        parts.write(name, EMPTY_DRAWING.format(number=number).encode())
        add_default_type(parts, "vml", VML_TYPE)
        relation_id = add_relation(parts, sheet_part, "vmlDrawing", name)
        parts.write(sheet_part, attach_drawing(content, relation_id))
    drawing = parts.read(name)
    end = drawing.rindex(b"</xml>")
    taken = [int(number) for number in re.findall(rb"_x0000_s(\d+)", drawing)]
    data = re.search(rb"idmap[^>]*data=[\"'](\d+)", drawing)
    first = max([*taken, 1024 * int(data[1] if data else 1)]) + 1
    shapes = [_shape(mark, first + number) for number, mark in enumerate(marks)]
    if b'id="_x0000_t202"' not in drawing:
        shapes.insert(0, SHAPE_TYPE)
    parts.write(name, drawing[:end] + "".join(shapes).encode() + drawing[end:])


def _shape(mark: Mark, number: int) -> str:
    letters = mark.cell.rstrip("0123456789")
    row, column = int(mark.cell[len(letters) :]) - 1, column_number(letters) - 1
    lines = sum(1 + len(line) // LETTERS_A_LINE for line in mark.text.splitlines())
    rows = max(3, lines + 1)
    return SHAPE.format(
        number=number,
        height=rows * 13,
        left=column + 1,
        right=column + 5,
        top=max(0, row - 1),
        bottom=max(0, row - 1) + rows,
        row=row,
        column=column,
    )
