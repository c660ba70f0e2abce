"""A corpus of files made to harm whoever opens them, each built on the spot."""

import io
import zipfile
from collections.abc import Callable
from pathlib import Path

import openpyxl

from tests.reading.twins import ole_file

SHEET1 = "xl/worksheets/sheet1.xml"
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
Parts = dict[str, bytes]


def good_parts() -> Parts:
    """The parts of an ordinary small workbook."""
    buffer = io.BytesIO()
    book = openpyxl.Workbook()
    book.active["A1"] = "Số người"
    book.save(buffer)
    with zipfile.ZipFile(buffer) as package:
        return {name: package.read(name) for name in package.namelist()}


def pack(path: Path, parts: Parts) -> None:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
        for name, data in parts.items():
            package.writestr(name, data)


def sheet(rows: str, rest: str = "") -> bytes:
    return f'<worksheet xmlns="{MAIN}"><sheetData>{rows}</sheetData>{rest}</worksheet>'.encode()


def with_part(path: Path, name: str, data: bytes) -> None:
    pack(path, {**good_parts(), name: data})


def one_huge_part(path: Path) -> None:
    with_part(path, SHEET1, sheet(" " * (100 << 20)))


def many_parts(path: Path) -> None:
    blank = b" " * (7 << 20)
    extra = {f"xl/media/image{i}.xml": blank for i in range(80)}
    pack(path, {**good_parts(), **extra})


def too_many_entries(path: Path) -> None:
    pack(path, {**good_parts(), **{f"xl/media/image{i}.png": b"" for i in range(2_001)}})


def nested_zips(path: Path) -> None:
    data = b"\0" * (4 << 20)
    for level in range(4):
        buffer = io.BytesIO()
        with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as package:
            for copy in range(4):
                package.writestr(f"{level}-{copy}.zip", data)
        data = buffer.getvalue()
    path.write_bytes(data)


def entity_bomb(path: Path) -> None:
    entities = "".join(f'<!ENTITY a{i} "{f"&a{i - 1};" * 10}">' for i in range(1, 10))
    head = f'<!DOCTYPE w [<!ENTITY a0 "lol">{entities}]>'
    with_part(path, SHEET1, head.encode() + sheet("<row><c><v>&a9;</v></c></row>"))


def external_entity(path: Path) -> None:
    head = b'<!DOCTYPE w [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
    with_part(path, "xl/workbook.xml", head + good_parts()["xl/workbook.xml"])


def entity_in_utf_16(path: Path) -> None:
    text = '<?xml version="1.0" encoding="utf-16"?><!DOCTYPE w []>' + sheet("").decode()
    with_part(path, SHEET1, text.encode("utf-16"))


def entity_in_ebcdic(path: Path) -> None:
    declaration = b'<?xml version="1.0" encoding="cp037"?>'
    with_part(path, SHEET1, declaration + ("<!DOCTYPE w []>" + sheet("").decode()).encode("cp037"))


def entity_in_a_part_nobody_reads(path: Path) -> None:
    with_part(path, "docProps/app.xml", b"<!DOCTYPE a []><a/>")


def path_traversal(path: Path) -> None:
    with_part(path, "../../etc/cron.d/evil", b"x")


def absolute_name(path: Path) -> None:
    with_part(path, "/etc/passwd", b"x")


def windows_traversal(path: Path) -> None:
    with_part(path, "xl\\..\\..\\evil.xml", b"<a/>")


def duplicate_names(path: Path) -> None:
    with zipfile.ZipFile(path, "w") as package:
        for name, data in good_parts().items():
            package.writestr(name, data)
        package.writestr(SHEET1.upper(), b"<worksheet/>")


def endless_shared_strings(path: Path) -> None:
    """Few bytes on disk, three million tiny strings once inflated."""
    items = b"<si><t>a</t></si>" * (3 << 20)
    with_part(path, "xl/sharedStrings.xml", b"<sst>" + items + b"</sst>")


def giant_merge(path: Path) -> None:
    merge = '<mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells>'
    with_part(path, SHEET1, sheet("<row><c><v>1</v></c></row>", merge))


def countless_merges(path: Path) -> None:
    refs = "".join(f'<mergeCell ref="A{i}:B{i}"/>' for i in range(1, 20_002))
    with_part(path, SHEET1, sheet("<row><c><v>1</v></c></row>", f"<mergeCells>{refs}</mergeCells>"))


def deep_nesting(path: Path) -> None:
    deep = "<a>" * 100_000 + "</a>" * 100_000
    with_part(path, SHEET1, sheet("", deep))


def countless_cells(path: Path) -> None:
    """Three million empty cells and one, in varied rows so that the ratio stays ordinary."""
    rows = "".join(
        f'<row r="{i}" q="{i * 7919 % 1_000_003}">{"<c/>" * 300}</row>' for i in range(1, 10_002)
    )
    with_part(path, SHEET1, sheet(rows))


def countless_sheets(path: Path) -> None:
    here = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    sheets = "".join(
        f'<sheet xmlns:r="{here}" name="{i}" sheetId="{i}" r:id="rId1"/>' for i in range(1, 202)
    )
    workbook = good_parts()["xl/workbook.xml"].decode()
    head, _, rest = workbook.partition("<sheets>")
    tail = rest.partition("</sheets>")[2]
    with_part(path, "xl/workbook.xml", f"{head}<sheets>{sheets}</sheets>{tail}".encode())


def encrypted(path: Path) -> None:
    path.write_bytes(ole_file("EncryptedPackage", b"\x17" * 6_000))


def ole_garbage(path: Path) -> None:
    path.write_bytes(ole_file("Workbook", bytes(range(256)) * 40))


def understated_size(path: Path) -> None:
    """The directory claims that a part inflates to 100 bytes less than it does."""
    pack(path, good_parts())
    with zipfile.ZipFile(path) as package:
        info = package.getinfo("xl/styles.xml")
    true, false = (size.to_bytes(4, "little") for size in (info.file_size, info.file_size - 100))
    path.write_bytes(path.read_bytes().replace(true, false))


def truncated_zip(path: Path) -> None:
    pack(path, good_parts())
    path.write_bytes(path.read_bytes()[:-200])


def broken_deflate(path: Path) -> None:
    pack(path, good_parts())
    data = bytearray(path.read_bytes())
    data[100:160] = b"\xff" * 60
    path.write_bytes(data)


def broken_xml(path: Path) -> None:
    with_part(path, SHEET1, sheet("<row><c><v>1</row>"))


def empty(path: Path) -> None:
    path.write_bytes(b"")


def only_zeros(path: Path) -> None:
    path.write_bytes(b"\0" * 4_000)


def pdf_polyglot(path: Path) -> None:
    pack(path, good_parts())
    path.write_bytes(b"%PDF-1.7\n" + path.read_bytes())


def random_bytes(path: Path) -> None:
    path.write_bytes(bytes(i * i % 251 for i in range(5_000)))


CORPUS: dict[Callable[[Path], None], str] = {
    one_huge_part: "reading.zip_bomb",
    many_parts: "reading.zip_bomb",
    too_many_entries: "reading.zip_entries",
    nested_zips: "reading.not_a_workbook",
    entity_bomb: "reading.doctype",
    external_entity: "reading.doctype",
    entity_in_utf_16: "reading.doctype",
    entity_in_ebcdic: "reading.encoding",
    entity_in_a_part_nobody_reads: "reading.doctype",
    path_traversal: "reading.zip_names",
    absolute_name: "reading.zip_names",
    windows_traversal: "reading.zip_names",
    duplicate_names: "reading.zip_duplicate",
    endless_shared_strings: "reading.zip_bomb",
    giant_merge: "reading.giant_merge",
    countless_merges: "reading.too_many_merges",
    deep_nesting: "reading.too_deep",
    countless_cells: "reading.too_many_cells",
    countless_sheets: "reading.too_many_sheets",
    encrypted: "reading.encrypted",
    ole_garbage: "reading.damaged",
    understated_size: "reading.damaged",
    truncated_zip: "reading.damaged",
    broken_deflate: "reading.damaged",
    broken_xml: "reading.damaged",
    empty: "reading.empty",
    only_zeros: "reading.empty",
    pdf_polyglot: "reading.not_a_workbook",
    random_bytes: "reading.not_a_workbook",
}
