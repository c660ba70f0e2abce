"""Comments and text boxes are no figures, and are not lost in silence."""

import zipfile

from openpyxl import Workbook as Excel
from openpyxl.comments import Comment

from flows.reading.grid import Aside
from flows.reading.parse import read_workbook
from flows.reading.workbook import open_workbook

BOX = """<xdr:wsDr xmlns:xdr="http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing"
 xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"><xdr:twoCellAnchor><xdr:from>
<xdr:col>3</xdr:col><xdr:row>1</xdr:row></xdr:from><xdr:sp><xdr:txBody><a:p><a:r><a:t>Số liệu</a:t>
</a:r><a:r><a:t>sơ bộ</a:t></a:r></a:p></xdr:txBody></xdr:sp></xdr:twoCellAnchor></xdr:wsDr>"""
RELATION = (
    '<Relationship Id="rId77" Target="../drawings/drawing9.xml" Type="http://schemas.'
    'openxmlformats.org/officeDocument/2006/relationships/drawing"/></Relationships>'
)


def written(path, author="Chị Hoa"):
    excel = Excel()
    sheet = excel.active
    sheet.title = "BHYT"
    for row in (
        ["Số thẻ BHYT tỉnh Cà Mau"],
        ["Huyện", "Năm 2018", "Năm 2019"],
        ["Đầm Dơi", "150.000", "151.000"],
    ):
        sheet.append(row)
    sheet["B3"].comment = Comment("chưa gồm thân nhân bộ đội: 1.200", author)
    excel.save(path)
    plain = path.with_suffix(".plain")
    path.rename(plain)
    with zipfile.ZipFile(plain) as old, zipfile.ZipFile(path, "w") as new:
        for name in old.namelist():
            content = old.read(name).decode()
            if name.endswith("sheet1.xml.rels"):
                content = content.replace("</Relationships>", RELATION)
            new.writestr(name, content)
        new.writestr("xl/drawings/drawing9.xml", BOX)
    return path


def test_a_comment_and_a_text_box_are_kept_as_text(tmp_path):
    [grid] = open_workbook(written(tmp_path / "noted.xlsx")).grids
    assert set(grid.asides) == {
        Aside("comment", "B3", "chưa gồm thân nhân bộ đội: 1.200"),
        Aside("text box", "D2", "Số liệu sơ bộ"),
    }


def test_they_are_said_once_a_sheet_with_their_text(tmp_path):
    workbook = open_workbook(written(tmp_path / "noted.xlsx"))
    reading = read_workbook(workbook, "noted.xlsx", "0" * 64)
    [finding] = [one for one in reading.findings if one.rule == "reading.asides"]
    assert finding.severity == "info"
    assert "chưa gồm thân nhân bộ đội" in finding.message_vi
    assert "Số liệu sơ bộ" in finding.message_en
    assert [cell.cell for cell in finding.cells] == ["B3"]
    assert len(reading.observations) == 2


def test_our_own_comments_on_a_returned_workbook_are_not_told_again(tmp_path):
    [grid] = open_workbook(written(tmp_path / "returned.xlsx", author="baophu")).grids
    assert [aside.kind for aside in grid.asides] == ["text box"]
