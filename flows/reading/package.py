"""A zip package (OOXML, ODF) opened within its bounds: parts by name, inflated and scanned."""

import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import IO
from xml.etree import ElementTree
from xml.etree.ElementTree import Element, ParseError

from flows.reading import guards
from flows.reading.grid import Unreadable

_CHUNK = 1 << 18
_XML_ENDINGS = (".xml", ".rels", ".vml")


class Package:
    """The parts of one package; every XML part was seen by the guards before it is given out."""

    def __init__(self, path: Path) -> None:
        guards.check_file_size(path.stat().st_size)
        try:
            self._zip = zipfile.ZipFile(path)
        except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError) as error:
            raise Unreadable("reading.damaged", part=path.name) from error
        entries = [entry for entry in self._zip.infolist() if not entry.is_dir()]
        guards.check_entries(entries)
        self._entries = {_key(entry.filename): entry for entry in entries}
        self._kept: dict[str, bytes] = {}
        self._inflated = 0
        for key in self._entries:
            if key.endswith(_XML_ENDINGS):
                self._scan(key)

    def close(self) -> None:
        """Close the file."""
        self._zip.close()

    def __contains__(self, name: str) -> bool:
        return _key(name) in self._entries

    def names(self) -> list[str]:
        """The parts' names, lower case, in the order of the package's directory."""
        return list(self._entries)

    def is_small(self, name: str) -> bool:
        """Whether the part is small enough to be read as one tree."""
        return _key(name) in self._kept

    def chunks(self, name: str) -> Iterator[bytes]:
        """The bytes of a part in pieces; raises Unreadable when it is missing or damaged."""
        key = _key(name)
        if key not in self._entries:
            raise Unreadable("reading.missing_part", part=name)
        if not key.endswith(_XML_ENDINGS):
            self._scan(key)
        kept = self._kept.get(key)
        return iter((kept,)) if kept is not None else self._inflate(key)

    def tree(self, name: str) -> Element:
        """A small XML part as a tree."""
        parser = ElementTree.XMLParser()  # noqa: S314, the guards have seen every byte
        try:
            for piece in self.chunks(name):
                parser.feed(piece)
            root: Element = parser.close()
        except ParseError as error:
            raise Unreadable("reading.damaged", part=name) from error
        return root

    def elements(self, name: str) -> Iterator[Element]:
        """The elements of a large XML part as they end, the root last; clear what is done with."""
        parser: ElementTree.XMLPullParser[Element] = ElementTree.XMLPullParser(("end",))
        try:
            for piece in self.chunks(name):
                parser.feed(piece)
                yield from _ended(parser)
            parser.close()
            yield from _ended(parser)
        except ParseError as error:
            raise Unreadable("reading.damaged", part=name) from error

    def _scan(self, key: str) -> None:
        """Inflate a part once, counting and looking at every byte; keep it if it is small."""
        scan = guards.XmlScan(key)
        first, count = b"", 0
        for piece in self._inflate(key):
            scan.see(piece)
            self._inflated += len(piece)
            guards.check_total(self._inflated)
            first, count = first or piece, count + 1
        if scan.seems_deep:
            guards.check_depth(key, self._inflate(key))
        if count <= 1:
            self._kept[key] = first

    def _inflate(self, key: str) -> Iterator[bytes]:
        entry = self._entries[key]
        inflated = 0
        try:
            with self._zip.open(entry) as part:
                for piece in _pieces(part):
                    inflated += len(piece)
                    guards.check_inflated(entry, inflated)
                    yield piece
        except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, OSError) as error:
            raise Unreadable("reading.damaged", part=entry.filename) from error


def _key(name: str) -> str:
    return name.replace("\\", "/").lstrip("/").lower()


def _ended(parser: "ElementTree.XMLPullParser[Element]") -> Iterator[Element]:
    for _, element in parser.read_events():  # type: ignore[misc]
        if isinstance(element, Element):
            yield element


def _pieces(part: IO[bytes]) -> Iterator[bytes]:
    while piece := part.read(_CHUNK):
        yield piece
