"""Where the elements of an XML part are, as byte offsets, so that a change touches nothing else."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from xml.parsers import expat
from xml.sax.saxutils import escape, quoteattr

from flows.annotate.parts import NotPatchable

Wanted = Callable[[str, dict[str, str]], bool]
_TAG = re.compile(rb"(?:[^>\"']|\"[^\"]*\"|'[^']*')*>")
_UNSAFE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


@dataclass(frozen=True, slots=True)
class Tag:
    """One element: its local name, its path of local names, its attributes, where it is.

    `start` is the offset of its start tag and `after` the offset behind that; `end` is the offset
    of its end tag (that of `after` in an empty element) and `close` the offset behind the whole.
    """

    name: str
    prefix: str
    path: tuple[str, ...]
    attributes: dict[str, str]
    start: int
    after: int
    end: int
    close: int

    @property
    def is_empty(self) -> bool:
        """Whether it was written `<name/>`."""
        return self.end == self.after == self.close


def find_tags(content: bytes, *names: str, wanted: Wanted | None = None) -> list[Tag]:
    """The elements of these local names in the order of their start tags.

    `wanted` says by local name and attributes which of them (of a million cells, a few).

    Raises NotPatchable when the part is not UTF-8: offsets and what is put in would not agree.
    """
    return _Finder(content, frozenset(names), wanted).find()


def root_of(content: bytes) -> Tag:
    """The root element."""
    finder = _Finder(content, frozenset(), None)
    finder.find()
    if finder.root is None:
        raise NotPatchable("a part without a root element")
    return finder.root


class _Finder:
    def __init__(self, content: bytes, names: frozenset[str], wanted: Wanted | None) -> None:
        declared = re.match(rb"\s*(?:\xef\xbb\xbf)?<\?xml[^>]*encoding=[\"']([\w-]+)", content)
        if declared and declared[1].lower() not in (b"utf-8", b"us-ascii"):
            raise NotPatchable(f"a part in {declared[1].decode()}")
        if content[:2] in (b"\xff\xfe", b"\xfe\xff"):
            raise NotPatchable("a part in UTF-16")
        self._content, self._names, self._wanted = content, names, wanted
        self._path: list[str] = []
        self._open: list[tuple[str, dict[str, str], int]] = []
        self._found: list[Tag] = []
        self.root: Tag | None = None

    def find(self) -> list[Tag]:
        self._parser = expat.ParserCreate()
        self._parser.StartElementHandler = self._start
        self._parser.EndElementHandler = self._end
        try:
            self._parser.Parse(self._content, True)
        except expat.ExpatError as error:
            raise NotPatchable(f"a part that is no XML: {error}") from error
        return sorted(self._found, key=lambda tag: tag.start)

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        start = self._parser.CurrentByteIndex
        self._path.append(name.rpartition(":")[2])
        self._open.append((name, attributes, start))

    def _end(self, _: str) -> None:
        name, attributes, start = self._open.pop()
        prefix, _, local = name.rpartition(":")
        is_named = local in self._names and (not self._wanted or self._wanted(local, attributes))
        if is_named or not self._open:
            after = _end_of_tag(self._content, start)
            empty = self._content[after - 2 : after] == b"/>"
            end = after if empty else self._parser.CurrentByteIndex
            close = after if empty else _end_of_tag(self._content, end)
            path = tuple(self._path)
            tag = Tag(local, prefix, path, attributes, start, after, end, close)
            if is_named:
                self._found.append(tag)
            if not self._open:
                self.root = tag
        self._path.pop()


def _end_of_tag(content: bytes, start: int) -> int:
    """The offset behind the tag that starts here; `>` may stand inside quotes."""
    found = _TAG.match(content, start)
    if found is None:
        raise NotPatchable("a tag without an end")
    return found.end()


class Edits:
    """Replacements in one part, all by the offsets of the original."""

    def __init__(self, content: bytes) -> None:
        self.content = content
        self._edits: list[tuple[int, int, bytes]] = []

    def replace(self, start: int, end: int, text: str) -> None:
        """Put a text in the place of the bytes from start to end."""
        self._edits.append((start, end, text.encode()))

    def insert(self, place: int, text: str) -> None:
        """Put a text before the byte at an offset."""
        self.replace(place, place, text)

    def append_to(self, tag: Tag, text: str) -> None:
        """Put a text at the end of an element's content, opening an empty element."""
        if tag.is_empty:
            head = self.content[tag.start : tag.after].decode()[:-2].rstrip()
            name = f"{tag.prefix}:{tag.name}" if tag.prefix else tag.name
            self.replace(tag.start, tag.after, f"{head}>{text}</{name}>")
        else:
            self.insert(tag.end, text)

    def prepend_to(self, tag: Tag, text: str) -> None:
        """Put a text at the beginning of an element's content."""
        if tag.is_empty:
            self.append_to(tag, text)
        else:
            self.insert(tag.after, text)

    def set_attribute(self, tag: Tag, name: str, value: str) -> None:
        """Set an attribute of an element without touching the others."""
        head = self.content[tag.start : tag.after].decode()
        self.replace(tag.start, tag.after, with_attribute(head, name, value))

    def done(self) -> bytes:
        """The part with all edits made."""
        result, place = [], 0
        for start, end, text in sorted(self._edits, key=lambda edit: edit[:2]):
            if start < place:
                raise NotPatchable("two changes of one place")
            result += [self.content[place:start], text]
            place = end
        return b"".join([*result, self.content[place:]])


def with_attribute(head: str, name: str, value: str) -> str:
    """A start tag with one attribute set."""
    pattern = re.compile(rf"(\s){re.escape(name)}\s*=\s*(\"[^\"]*\"|'[^']*')")
    written = f"{name}={quoteattr(value)}"
    if pattern.search(head):
        return pattern.sub(lambda found: found[1] + written, head, count=1)
    cut = -2 if head.endswith("/>") else -1
    return f"{head[:cut].rstrip()} {written}{head[cut:]}"


def clean(text: str) -> str:
    """A text without the signs that XML cannot hold."""
    return _UNSAFE.sub("", text)


def xml_text(text: str) -> str:
    """A text as XML content, without the signs that XML cannot hold."""
    return escape(clean(text))


def xml_attribute(text: str) -> str:
    """A text as a quoted XML attribute, without the signs that XML cannot hold."""
    return quoteattr(clean(text))
