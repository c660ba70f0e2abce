"""What a file really is, told from its bytes and never from its name."""

import codecs
import re
import zipfile
import zlib
from pathlib import Path
from typing import Literal

FileType = Literal[
    "xlsx", "xlsm", "xlsb", "xls", "ods", "csv", "html", "xml2003", "mhtml", "docx",
    "encrypted", "ole-other", "zip-other", "xml-other", "empty", "pdf", "rtf", "image", "other",
]  # fmt: skip

_HEAD = 8192
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_MAGIC: tuple[tuple[bytes, FileType], ...] = (
    (b"%PDF", "pdf"),
    (b"{\\rtf", "rtf"),
    (b"\x89PNG", "image"),
    (b"\xff\xd8\xff", "image"),
    (b"GIF8", "image"),
)
# Streams that tell what an OLE file holds; the first found decides, for a letter may embed a sheet.
_STREAMS: tuple[tuple[str, FileType], ...] = (
    ("EncryptedPackage", "encrypted"),
    ("WordDocument", "ole-other"),
    ("PowerPoint Document", "ole-other"),
    ("Workbook", "xls"),
    ("Book", "xls"),
)
_CONTENT: tuple[tuple[bytes, FileType], ...] = (
    (b"ms-excel.sheet.macroEnabled.main+xml", "xlsm"),
    (b"ms-excel.template.macroEnabled.main+xml", "xlsm"),
    (b"ms-excel.addin.macroEnabled.main+xml", "xlsm"),
    (b"ms-excel.sheet.binary.macroEnabled.main", "xlsb"),
    (b"spreadsheetml.sheet.main+xml", "xlsx"),
    (b"spreadsheetml.template.main+xml", "xlsx"),
    (b"wordprocessingml.document.main+xml", "docx"),
    (b"ms-word.document.macroEnabled.main+xml", "docx"),
    (b"wordprocessingml.template.main+xml", "docx"),
)
_HTML = re.compile(rb"<(?:!doctype\s+html|html|head|body|table|meta|style|div|tr)\b", re.IGNORECASE)
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f]")
_BIFF_STARTS = (b"\x09\x08", b"\x09\x04", b"\x09\x02", b"\x09\x00")


def sniff(path: Path) -> FileType:
    """The file's real type; `other` for what is none of the known ones."""
    with path.open("rb") as file:
        head = file.read(_HEAD)
    if not head.strip(b"\0 \t\r\n") and path.stat().st_size <= _HEAD:
        return "empty"
    for magic, file_type in _MAGIC:
        if head.startswith(magic):
            return file_type
    if head.startswith(b"PK\x03\x04"):
        return _sniff_zip(path)
    if head.startswith(_OLE):
        return _sniff_ole(path)
    if head[:2] in _BIFF_STARTS and head[3:4] == b"\0" and len(head) > 8:
        return "xls"
    return _sniff_text(head)


def _sniff_zip(path: Path) -> FileType:
    try:
        with zipfile.ZipFile(path) as package:
            names = {name.replace("\\", "/").lower(): name for name in package.namelist()}
            if "mimetype" in names:
                return _sniff_open_document(_start(package, names["mimetype"]))
            if "[content_types].xml" in names:
                content = _start(package, names["[content_types].xml"]).replace(b"\0", b"")
                return next((kind for mark, kind in _CONTENT if mark in content), "zip-other")
    except (zipfile.BadZipFile, zlib.error, EOFError, ValueError, NotImplementedError, OSError):
        return "xlsx"  # looks like a package whose directory is gone: opening it says so
    except RuntimeError:  # what zipfile raises when a part needs a password
        return "encrypted"
    return "zip-other"


def _start(package: zipfile.ZipFile, name: str) -> bytes:
    with package.open(name) as part:
        return part.read(1 << 20)


def _sniff_open_document(mimetype: bytes) -> FileType:
    return "ods" if b"opendocument.spreadsheet" in mimetype else "zip-other"


def _sniff_ole(path: Path) -> FileType:
    data = path.read_bytes()
    for stream, file_type in _STREAMS:
        if (stream + "\0").encode("utf-16-le") in data:
            return file_type
    return "ole-other"


def _sniff_text(head: bytes) -> FileType:
    ascii_head = head.replace(b"\0", b"").lstrip(codecs.BOM_UTF8 + b"\xff\xfe").lstrip()
    if ascii_head[:300].lower().startswith(b"mime-version:") and b"multipart" in ascii_head.lower():
        return "mhtml"
    if b"urn:schemas-microsoft-com:office:spreadsheet" in ascii_head and b"<" in ascii_head[:1]:
        return "html" if _HTML.match(ascii_head) else "xml2003"
    if ascii_head.startswith(b"<"):
        if _HTML.search(ascii_head):
            return "html"
        return "xml-other" if ascii_head.startswith(b"<?xml") else "other"
    return "csv" if _is_text(head) else "other"


def _is_text(head: bytes) -> bool:
    """Whether these bytes are letters, in any of the encodings that are read."""
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        text = head[: len(head) // 2 * 2].decode("utf-16", errors="replace")
        return not _CONTROL.search(text)
    if b"\0" in head:
        return head[1::2].count(0) * 2 > len(head[1::2]) and not _CONTROL.search(
            head[: len(head) // 2 * 2].decode("utf-16-le", errors="replace")
        )
    return not _CONTROL.search(head.decode("latin-1"))
