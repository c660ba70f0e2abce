"""The bounds a file must keep before and while it is read; each breach is one `Unreadable`."""

import codecs
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple
from xml.parsers import expat
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipInfo

from flows.reading.grid import Merge, Unreadable


class Limit(NamedTuple):
    """A bound and why it lies there."""

    value: int
    why: str


MB = 1 << 20
FILE_BYTES = Limit(50 * MB, "the largest ordinary workbook of 497 seen had 9 MB")
ENTRIES = Limit(2_000, "a sheet needs two parts; 200 sheets with drawings stay below")
PART_BYTES = Limit(256 * MB, "a sheet of 3 million cells inflates to about 150 MB")
TOTAL_BYTES = Limit(512 * MB, "half of the child's memory")
RATIO = Limit(200, "ordinary sheets shrink 10 to 40 times; deflate ends at 1,032")
RATIO_FROM = Limit(8 * MB, "small parts of blank cells shrink a lot and hurt nobody")
CELLS = Limit(3_000_000, "a table of every commune and month has 1 million")
MERGES = Limit(20_000, "a merged header has dozens")
MERGED_CELLS = Limit(3_000_000, "merges are laid out cell by cell, so their area counts as cells")
SHEETS = Limit(200, "63 provinces, three sheets each")
DEPTH = Limit(256, "the deepest part of an ordinary package nests 30 elements")
TEXT_BYTES = Limit(50 * MB, "as for the file: csv and HTML do not inflate")

_ENCODING = re.compile(rb"""<\?xml[^>]{0,200}?encoding\s*=\s*["']([A-Za-z0-9._-]+)""")
_ENCODINGS = frozenset(("utf-8", "utf8", "utf-16", "utf-16le", "utf-16be", "us-ascii", "ascii"))
_DECLARATION = re.compile(rb"<!(?:DOCTYPE|ENTITY)")
_OVERLAP = 32  # bytes kept between two pieces, so that a declaration cut in two is seen
_STRIDE = 512  # bytes between two looks at the depth: 256 levels need more than that


def check_file_size(size: int) -> None:
    """Refuse an empty file and one that is too large on disk."""
    if size == 0:
        raise Unreadable("reading.empty")
    if size > FILE_BYTES.value:
        raise Unreadable("reading.too_big", size_mb=size // MB, limit_mb=FILE_BYTES.value // MB)


def check_entries(entries: Sequence[ZipInfo]) -> None:
    """Refuse a package by its directory alone: counts, names, methods, declared sizes."""
    if len(entries) > ENTRIES.value:
        raise Unreadable("reading.zip_entries", found=len(entries), limit=ENTRIES.value)
    seen: set[str] = set()
    for entry in entries:
        _check_name(entry.filename, seen)
        if entry.flag_bits & 1:
            raise Unreadable("reading.encrypted", part=entry.filename)
        if entry.compress_type not in (ZIP_STORED, ZIP_DEFLATED):
            raise Unreadable("reading.damaged", part=entry.filename)
        check_inflated(entry, entry.file_size)
    check_total(sum(entry.file_size for entry in entries))


def _check_name(name: str, seen: set[str]) -> None:
    plain = name.replace("\\", "/")
    if plain.startswith("/") or ".." in plain.split("/") or re.match(r"[A-Za-z]:", plain):
        raise Unreadable("reading.zip_names", part=name)
    if plain.lower() in seen:
        raise Unreadable("reading.zip_duplicate", part=name)
    seen.add(plain.lower())


def check_inflated(entry: ZipInfo, inflated: int) -> None:
    """Refuse a part that is, or became while inflating, too large for what it was packed into."""
    if inflated > PART_BYTES.value:
        raise Unreadable("reading.zip_bomb", part=entry.filename, size_mb=inflated // MB)
    packed = max(entry.compress_size, 1)
    if inflated > RATIO_FROM.value and inflated > packed * RATIO.value:
        raise Unreadable("reading.zip_bomb", part=entry.filename, size_mb=inflated // MB)


def check_total(inflated: int) -> None:
    """Refuse a package whose parts together inflate to too much."""
    if inflated > TOTAL_BYTES.value:
        raise Unreadable("reading.zip_bomb", part="*", size_mb=inflated // MB)


@dataclass(slots=True)
class XmlScan:
    """Watches the bytes of one XML part go by: its encoding, declarations and depth.

    Packages may use UTF-8 and UTF-16 only, so that a declaration cannot hide in
    an exotic encoding; in UTF-16 it is found after the zero bytes are dropped.
    """

    part: str
    tail: bytes = b""
    depth: int = 0
    wide: bool = False
    begun: bool = False
    seems_deep: bool = False

    def see(self, piece: bytes) -> None:
        """Look at the next piece; raises Unreadable."""
        if not self.begun:
            self._begin(piece)
        if self.wide:
            piece = piece.replace(b"\0", b"")
        seen = self.tail + piece
        if _DECLARATION.search(seen):
            raise Unreadable("reading.doctype", part=self.part)
        self._estimate_depth(seen[len(self.tail[:-1]) :])
        self.tail = seen[-_OVERLAP:]

    def _begin(self, piece: bytes) -> None:
        self.begun = True
        head = piece[:512]
        self.wide = b"\0" in head[:4] or head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
        declared = _ENCODING.search(head.replace(b"\0", b"") if self.wide else head)
        if declared and declared[1].decode("ascii").lower() not in _ENCODINGS:
            raise Unreadable("reading.encoding", part=self.part, encoding=declared[1].decode())

    def _estimate_depth(self, piece: bytes) -> None:
        """Add up tags by counting marks: cheap, and off where comments hold tags.

        Hence only a suspicion, which `check_depth` confirms; the last byte waits
        for its neighbour, since the marks have two bytes.
        """
        for start in range(0, len(piece) - 1, _STRIDE):
            look = piece[start : start + _STRIDE + 1]
            one = look[:_STRIDE] if start + _STRIDE < len(piece) else look[:-1]
            self.depth += one.count(b"<") - 2 * look.count(b"</") - look.count(b"/>")
            self.depth -= look.count(b"<?") + look.count(b"<!")
            if self.depth > DEPTH.value:
                self.seems_deep = True


def check_depth(part: str, pieces: Iterable[bytes]) -> None:
    """Refuse a part whose elements nest too deep; exact, and slower than the estimate."""
    depth = 0

    def start(_name: str, _attributes: dict[str, str]) -> None:
        nonlocal depth
        depth += 1
        if depth > DEPTH.value:
            raise Unreadable("reading.too_deep", part=part, limit=DEPTH.value)

    def end(_name: str) -> None:
        nonlocal depth
        depth -= 1

    parser = expat.ParserCreate()
    parser.StartElementHandler, parser.EndElementHandler = start, end
    try:
        for piece in pieces:
            parser.Parse(piece, False)
    except expat.ExpatError as error:
        raise Unreadable("reading.damaged", part=part) from error


@dataclass(slots=True)
class Count:
    """What a workbook has used of its bounds so far."""

    cells: int = 0
    merges: int = 0
    merged_cells: int = 0
    sheets: int = 0

    def add_cells(self, number: int) -> None:
        """Count cells as they are met."""
        self.cells += number
        if self.cells > CELLS.value:
            raise Unreadable("reading.too_many_cells", limit=CELLS.value)

    def add_merges(self, merges: Iterable[Merge]) -> None:
        """Count merged ranges and the area that they cover."""
        for merge in merges:
            self.merges += 1
            area = (merge.bottom - merge.top + 1) * (merge.right - merge.left + 1)
            self.merged_cells += area
            if self.merges > MERGES.value:
                raise Unreadable("reading.too_many_merges", limit=MERGES.value)
            if self.merged_cells > MERGED_CELLS.value:
                raise Unreadable("reading.giant_merge", limit=MERGED_CELLS.value)

    def add_sheets(self, number: int) -> None:
        """Count sheets."""
        self.sheets += number
        if self.sheets > SHEETS.value:
            raise Unreadable("reading.too_many_sheets", found=self.sheets, limit=SHEETS.value)
