"""The parts of an OOXML package: read, replaced, added, and written with all others untouched."""

import io
import zipfile
from pathlib import Path

from flows.reading.package import Package


class NotPatchable(ValueError):
    """A package whose parts cannot be patched safely; the words say why."""


class Parts:
    """A package's parts by name; those that are not set are written byte for byte."""

    def __init__(self, path: Path) -> None:
        """Open a package that keeps the guards' bounds; raises Unreadable when it does not."""
        Package(path).close()
        with zipfile.ZipFile(path) as source:
            self._entries = [entry for entry in source.infolist() if not entry.is_dir()]
            self._bytes = {entry.filename: source.read(entry) for entry in self._entries}
        self._names = {_key(name): name for name in self._bytes}
        self.changed: set[str] = set()

    def __contains__(self, name: str) -> bool:
        return _key(name) in self._names

    def names(self) -> list[str]:
        """The names of all parts."""
        return list(self._bytes)

    def read(self, name: str) -> bytes:
        """The bytes of a part; raises NotPatchable when there is none."""
        if name not in self:
            raise NotPatchable(f"the part {name} is missing")
        return self._bytes[self._names[_key(name)]]

    def write(self, name: str, content: bytes) -> None:
        """Replace a part, or add one."""
        known = self._names.setdefault(_key(name), name)
        self._bytes[known] = content
        self.changed.add(known)

    def free_name(self, pattern: str) -> str:
        """The first name of a pattern with a number that no part has: `xl/comments{}.xml`."""
        number = 1
        while pattern.format(number) in self:
            number += 1
        return pattern.format(number)

    def packed(self) -> bytes:
        """The package as a file: the parts in their order, new ones last."""
        target = io.BytesIO()
        known = {entry.filename for entry in self._entries}
        with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as package:
            for entry in self._entries:
                package.writestr(entry, self._bytes[entry.filename], entry.compress_type)
            for name in self._bytes:
                if name not in known:
                    package.writestr(name, self._bytes[name])
        return target.getvalue()


def _key(name: str) -> str:
    return name.replace("\\", "/").lstrip("/").lower()
