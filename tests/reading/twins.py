"""One small report as every file type that a province may send, by hand where no library can."""

import struct
import zipfile
from pathlib import Path

import openpyxl
from openpyxl.styles import Font

# Typed text as every twin shows it; stored numbers with their format codes.
TITLE = "Biểu 1: Số người tham gia BHYT"
REPORT = [
    [TITLE, None, None],
    ["Đơn vị", "Số người", "Tỷ lệ"],
    ["Đồng Văn", (519538, "#,##0"), (0.946, "0.0%")],
    ["Mèo Vạc", (-823, "#,##0;(#,##0)"), (12.9, "0.00")],
    ["  Yên Minh", "502,1", "85,01%"],
]
SHOWN = {
    (1, 1): TITLE,
    (2, 1): "Đơn vị", (2, 2): "Số người", (2, 3): "Tỷ lệ",
    (3, 1): "Đồng Văn", (3, 2): "519,538", (3, 3): "94.6%",
    (4, 1): "Mèo Vạc", (4, 2): "(823)", (4, 3): "12.90",
    (5, 1): "  Yên Minh", (5, 2): "502,1", (5, 3): "85,01%",
}  # fmt: skip
SHEET = "Biểu 1"


def shown_rows() -> list[list[str]]:
    """The report as a person sees it, row by row."""
    return [[SHOWN.get((r, c), "") for c in range(1, 4)] for r in range(1, len(REPORT) + 1)]


def write_xlsx(path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = SHEET
    for r, row in enumerate(REPORT, start=1):
        for c, content in enumerate(row, start=1):
            value, code = content if isinstance(content, tuple) else (content, "General")
            cell = sheet.cell(r, c, value)
            cell.number_format = code
    sheet["A1"].font = Font(name="Times New Roman", bold=True)
    sheet.merge_cells("A1:C1")
    sheet.row_dimensions[5].hidden = True
    sheet.column_dimensions["C"].hidden = True
    book.save(path)


def write_csv(path: Path, delimiter: str = ",", encoding: str = "utf-8") -> None:
    quoted = [
        ['"' + text + '"' if delimiter in text else text for text in row] for row in shown_rows()
    ]
    text = "".join(delimiter.join(row) + "\r\n" for row in quoted)
    path.write_bytes(text.encode(encoding))


def write_html(path: Path) -> None:
    rows = shown_rows()
    body = f"<tr><td colspan=3><b>{TITLE}</b></td></tr>"
    for number, row in enumerate(rows[1:], start=2):
        hidden = ' style="display:none"' if number == 5 else ""
        cells = "".join(f"<td>{text.replace('  ', '&nbsp;&nbsp;')}</td>" for text in row)
        body += f"<tr{hidden}>{cells}</tr>\n"
    path.write_text(
        '<html xmlns:x="urn:schemas-microsoft-com:office:excel"><head>'
        f"<style>td {{}}</style></head><body><table>{body}</table></body></html>",
        "utf-8",
    )


def write_mhtml(path: Path) -> None:
    html = path.with_suffix(".part")
    write_html(html)
    page = html.read_text("utf-8")
    html.unlink()
    path.write_bytes(
        b'MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary="x"\r\n\r\n--x\r\n'
        b"Content-Type: text/html; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n\r\n"
        + page.encode()
        + b"\r\n--x--\r\n"
    )


def write_xml2003(path: Path) -> None:
    codes = ["#,##0", "0.0%", "#,##0;(#,##0)", "0.00"]
    styles = "".join(
        f'<Style ss:ID="s{i}"><NumberFormat ss:Format="{code}"/></Style>'
        for i, code in enumerate(codes)
    )
    rows = ""
    for number, row in enumerate(REPORT, start=1):
        cells = ""
        for content in row:
            if content is None:
                continue
            merged = ' ss:MergeAcross="2" ss:StyleID="title"' if number == 1 else ""
            if isinstance(content, tuple):
                cells += (
                    f'<Cell ss:StyleID="s{codes.index(content[1])}">'
                    f'<Data ss:Type="Number">{content[0]}</Data></Cell>'
                )
            else:
                cells += f'<Cell{merged}><Data ss:Type="String">{content}</Data></Cell>'
        hidden = ' ss:Hidden="1"' if number == 5 else ""
        rows += f"<Row{hidden}>{cells}</Row>"
    path.write_text(
        '<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?>'
        '<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet" '
        'xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet"><Styles>'
        '<Style ss:ID="title"><Font ss:FontName="Times New Roman" ss:Bold="1"/></Style>'
        f'{styles}</Styles><Worksheet ss:Name="{SHEET}"><Table>'
        f'<Column ss:Index="3" ss:Hidden="1"/>{rows}</Table></Worksheet></Workbook>',
        "utf-8",
    )


def write_docx(path: Path) -> None:
    def paragraph(text: str) -> str:
        return f'<w:p><w:r><w:t xml:space="preserve">{text}</w:t></w:r></w:p>'

    rows = (
        "<w:tr><w:tc><w:tcPr><w:gridSpan w:val='3'/></w:tcPr>" + paragraph(TITLE) + "</w:tc></w:tr>"
    )
    for row in shown_rows()[1:]:
        rows += "<w:tr>" + "".join(f"<w:tc>{paragraph(text)}</w:tc>" for text in row) + "</w:tr>"
    document = (
        '<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">'
        f"<w:body><w:tbl>{rows}</w:tbl><w:p/></w:body></w:document>"
    )
    _write_package(path, "word/document.xml", document, _WORD)


_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"


def _write_package(path: Path, part: str, data: str | bytes, content_type: str) -> None:
    """A package with one document part."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr(
            "[Content_Types].xml",
            '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
            f'<Override PartName="/{part}" ContentType="{content_type}"/></Types>',
        )
        package.writestr(
            "_rels/.rels",
            '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
            '<Relationship Id="r1" Target="' + part + '" Type="http://schemas.openxmlformats.org/'
            'officeDocument/2006/relationships/officeDocument"/></Relationships>',
        )
        package.writestr(part, data)


_ODS = "urn:oasis:names:tc:opendocument:xmlns:"
_ODS_NAMES = " ".join(
    f'xmlns:{prefix}="{_ODS}{name}"'
    for prefix, name in {
        "office": "office:1.0", "table": "table:1.0", "text": "text:1.0", "style": "style:1.0",
        "number": "datastyle:1.0", "fo": "xsl-fo-compatible:1.0",
    }.items()
)  # fmt: skip
_ODS_STYLES = """
<style:font-face style:name="TNR" svg:font-family="&apos;Times New Roman&apos;"
 xmlns:svg="urn:svg"/>
<number:number-style style:name="N0"><number:number number:decimal-places="0"
 number:min-integer-digits="1" number:grouping="true"/></number:number-style>
<number:percentage-style style:name="N1"><number:number number:decimal-places="1"
 number:min-integer-digits="1"/><number:text>%</number:text></number:percentage-style>
<number:number-style style:name="N2"><number:text>(</number:text><number:number
 number:decimal-places="0" number:min-integer-digits="1" number:grouping="true"/>
 <number:text>)</number:text><style:map style:condition="value()&gt;=0"
 style:apply-style-name="N0"/></number:number-style>
<number:number-style style:name="N3"><number:number number:decimal-places="2"
 number:min-integer-digits="1"/></number:number-style>
<style:style style:name="title" style:family="table-cell"><style:text-properties
 style:font-name="TNR" fo:font-weight="bold"/></style:style>"""


def write_ods(path: Path) -> None:
    codes = ["#,##0", "0.0%", "#,##0;(#,##0)", "0.00"]
    styles = _ODS_STYLES + "".join(
        f'<style:style style:name="c{i}" style:family="table-cell" style:data-style-name="N{i}"/>'
        for i in range(4)
    )
    rows = ""
    for number, row in enumerate(REPORT, start=1):
        cells = ""
        for content in row:
            if isinstance(content, tuple):
                kind = "percentage" if "%" in content[1] else "float"
                cells += (
                    f'<table:table-cell table:style-name="c{codes.index(content[1])}" '
                    f'office:value-type="{kind}" office:value="{content[0]}"/>'
                )
            elif content is None:
                cells += "<table:covered-table-cell/>"
            else:
                merged = ""
                if number == 1:
                    merged = 'table:number-columns-spanned="3" table:style-name="title" '
                text = content.replace("  ", '<text:s text:c="2"/>')
                cells += (
                    f'<table:table-cell {merged}office:value-type="string">'
                    f"<text:p>{text}</text:p></table:table-cell>"
                )
        hidden = ' table:visibility="collapse"' if number == 5 else ""
        rows += f"<table:table-row{hidden}>{cells}</table:table-row>"
    content = (
        f"<office:document-content {_ODS_NAMES}><office:automatic-styles>{styles}"
        "</office:automatic-styles><office:body><office:spreadsheet>"
        f'<table:table table:name="{SHEET}"><table:table-column '
        'table:number-columns-repeated="2"/><table:table-column table:visibility="collapse"/>'
        f'{rows}<table:table-row table:number-rows-repeated="1048571"><table:table-cell '
        'table:number-columns-repeated="16384"/></table:table-row></table:table>'
        "</office:spreadsheet></office:body></office:document-content>"
    )
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet", 0)
        package.writestr("content.xml", content)


def write_xls(path: Path) -> None:
    """BIFF8 records in an OLE container."""
    codes = ["#,##0", "0.0%", "#,##0;(#,##0)", "0.00"]
    begin = _record(0x809, struct.pack("<HHHHII", 0x600, 5, 0, 0, 0, 0))
    head = begin + _font("Arial", 400) + _font("Times New Roman", 700)
    for i, code in enumerate(codes):
        head += _record(0x41E, struct.pack("<H", 164 + i) + _biff_text(code))
    looks = [(0, 0), (1, 0), *((0, 164 + i) for i in range(4))]
    head += _record(0xE0, struct.pack("<HHHBBBB10x", 0, 0, 0xFFF5, 0, 0, 0, 0)) + b"".join(
        _record(0xE0, struct.pack("<HHHBBBB10x", font, key, 0, 0, 0, 0, 0)) for font, key in looks
    )
    bound = struct.pack("<BBBB", 0, 0, len(SHEET), 1) + SHEET.encode("utf-16-le")
    end = _record(0x0A, b"")
    start = len(head) + 4 + 4 + len(bound) + len(end)
    head += _record(0x85, struct.pack("<I", start) + bound) + end
    _write_ole(path, "Workbook", head + _biff_sheet(codes))


def _biff_sheet(codes: list[str]) -> bytes:
    sheet = _record(0x809, struct.pack("<HHHHII", 0x600, 0x10, 0, 0, 0, 0))
    sheet += _record(0x7D, struct.pack("<HHHHHH", 2, 2, 2560, 1, 1, 0))
    sheet += _record(0x200, struct.pack("<IIHHH", 0, len(REPORT), 0, 3, 0))
    sheet += _record(0x208, struct.pack("<HHHHHHI", 4, 0, 3, 255, 0, 0, 0x20 | 0x100))
    for r, row in enumerate(REPORT):
        for c, content in enumerate(row):
            if isinstance(content, tuple):
                look = 3 + codes.index(content[1])
                sheet += _record(0x203, struct.pack("<HHHd", r, c, look, content[0]))
            elif content is not None:
                look = 2 if r == 0 else 1
                sheet += _record(0x204, struct.pack("<HHH", r, c, look) + _biff_text(content))
    merged = struct.pack("<HHHHH", 1, 0, 0, 0, 2)
    return sheet + _record(0xE5, merged) + _record(0x0A, b"")


def _record(number: int, data: bytes) -> bytes:
    return struct.pack("<HH", number, len(data)) + data


def _biff_text(text: str) -> bytes:
    return struct.pack("<HB", len(text), 1) + text.encode("utf-16-le")


def _font(name: str, weight: int) -> bytes:
    head = struct.pack("<HHHHHBBBB", 200, 0, 0x7FFF, weight, 0, 0, 0, 0, 0)
    return _record(0x31, head + struct.pack("<BB", len(name), 1) + name.encode("utf-16-le"))


def write_xlsb(path: Path) -> None:
    """BIFF12 records in a package: values as stored, no formats."""
    book = _record12(131) + _record12(143) + _record12(
        156, struct.pack("<II", 0, 1) + _wide("rId1") + _wide(SHEET)
    ) + _record12(144) + _record12(132)  # fmt: skip
    data = _record12(129) + _record12(148, struct.pack("<IIII", 0, len(REPORT) - 1, 0, 2))
    data += _record12(145)
    for r, row in enumerate(REPORT):
        data += _record12(0, struct.pack("<IIH7x", r, 0, 300))
        for c, content in enumerate(row):
            if isinstance(content, tuple):
                data += _record12(5, struct.pack("<IId", c, 0, content[0]))
            elif content is not None:
                data += _record12(6, struct.pack("<II", c, 0) + _wide(content))
    data += _record12(146) + _record12(130)
    _write_package(path, "xl/workbook.bin", book, _XLSB)
    with zipfile.ZipFile(path, "a") as package:
        package.writestr("xl/worksheets/sheet1.bin", data)
        package.writestr("xl/_rels/workbook.bin.rels", _SHEET_RELATION)


_XLSB = "application/vnd.ms-excel.sheet.binary.macroEnabled.main"
_SHEET_RELATION = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    '<Relationship Id="rId1" Target="worksheets/sheet1.bin" Type="http://schemas.openxmlformats'
    '.org/officeDocument/2006/relationships/worksheet"/></Relationships>'
)


def _record12(number: int, data: bytes = b"") -> bytes:
    return _varint(number) + _varint(len(data)) + data


def _varint(number: int) -> bytes:
    low, high = number & 0x7F, number >> 7
    return bytes([low | 0x80, high]) if high else bytes([low])


def _wide(text: str) -> bytes:
    return struct.pack("<I", len(text)) + text.encode("utf-16-le")


def _write_ole(path: Path, stream: str, data: bytes) -> None:
    """A compound file with one stream, long enough to need no mini stream."""
    path.write_bytes(ole_file(stream, data))


def ole_file(stream: str, data: bytes) -> bytes:
    """The bytes of a compound file: header, allocation table, directory, one stream."""
    data = data.ljust(max(4096, -(-len(data) // 512) * 512), b"\0")
    sectors = len(data) // 512
    table = [0xFFFFFFFD, 0xFFFFFFFE, *range(3, 2 + sectors), 0xFFFFFFFE]
    table += [0xFFFFFFFF] * (128 - len(table))
    header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 16
    header += struct.pack("<HHHHH6x", 0x3E, 3, 0xFFFE, 9, 6)
    header += struct.pack("<IIIIIIIII", 0, 1, 1, 0, 4096, 0xFFFFFFFE, 0, 0xFFFFFFFE, 0)
    header += struct.pack("<I", 0) + struct.pack("<I", 0xFFFFFFFF) * 108
    directory = _entry("Root Entry", 5, 1, 0xFFFFFFFE, 0) + _entry(
        stream, 2, 0xFFFFFFFF, 2, len(data)
    )
    return header + struct.pack("<128I", *table) + directory.ljust(512, b"\0") + data


def _entry(name: str, kind: int, child: int, start: int, size: int) -> bytes:
    encoded = (name + "\0").encode("utf-16-le")
    return (
        encoded.ljust(64, b"\0")
        + struct.pack("<HBBIII", len(encoded), kind, 1, 0xFFFFFFFF, 0xFFFFFFFF, child)
        + b"\0" * 36
        + struct.pack("<IQ", start, size)
    )
