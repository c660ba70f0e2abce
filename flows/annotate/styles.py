"""The style sheet with our fills: each style of a marked cell copied with another fill."""

from flows.annotate.parts import NotPatchable
from flows.annotate.tags import Edits, Tag, find_tags, with_attribute
from warehouse.model import Severity

Look = tuple[Severity, bool]
# Guilty cells in full colour, witnesses in a tint; all with black text at 7:1 and more.
FILLS: dict[Look, str] = {
    ("critical", True): "FFFF8A80",
    ("critical", False): "FFFFE3E0",
    ("warning", True): "FFFFC24D",
    ("warning", False): "FFFFF3D6",
    ("info", True): "FF9CC9F0",
    ("info", False): "FFE6F1FB",
}
WRAPPED, LINE = -1, -2  # styles made anew, not copied from a cell's
FONTS = {"bold": "<b/>", "link": '<u/><color rgb="FF0B57D0"/>'}


class StyleSheet:
    """The cell styles of a workbook, and those added to mark its cells."""

    def __init__(self, content: bytes) -> None:
        """Raises NotPatchable when the style sheet lacks fills or cell styles."""
        self._content = content
        found = find_tags(content, "fills", "fill", "fonts", "font", "cellXfs", "xf")
        root = found[0].path[0] if found else ""
        self._lists = {tag.name: tag for tag in found if tag.path[:-1] == (root,)}
        if not {"fills", "fonts", "cellXfs"} <= self._lists.keys():
            raise NotPatchable("a style sheet without fills, fonts or cell styles")
        self._fills = _children(found, "fills")
        self._fonts = _children(found, "fonts")
        self._styles = _children(found, "cellXfs")
        self._added: list[str] = []
        self._known: dict[tuple[int, Look | str], int] = {}

    def marked(self, style: int, look: Look) -> int:
        """The number of the style that is like `style` but for the fill of a mark."""
        fill = len(self._fills) + list(FILLS).index(look)
        return self._add(style, look, {"fillId": str(fill), "applyFill": "1"})

    def plain(self, kind: str, look: Look | None = None) -> int:
        """A style of the sheet of results, maybe filled: `wrapped`, `bold` or `link` text in a
        table, or one `line` that runs over the cells beside it, `bold line` for a title.
        """
        changes = {"applyAlignment": "1", "quotePrefix": "1"}
        if (font_kind := kind.partition(" ")[0]) in FONTS:
            font = len(self._fonts) + list(FONTS).index(font_kind)
            changes |= {"fontId": str(font), "applyFont": "1"}
        if look:
            fill = len(self._fills) + list(FILLS).index(look)
            changes |= {"fillId": str(fill), "applyFill": "1"}
        return self._add(LINE if "line" in kind else WRAPPED, f"{kind} {look}", changes)

    def done(self) -> bytes:
        """The style sheet with the added fills, fonts and styles."""
        edits = Edits(self._content)
        prefix = self._prefix
        fills = [
            f'<{prefix}fill><{prefix}patternFill patternType="solid"><{prefix}fgColor '
            f'rgb="{colour}"/><{prefix}bgColor indexed="64"/></{prefix}patternFill></{prefix}fill>'
            for colour in FILLS.values()
        ]
        fonts = [
            f'<{prefix}font>{extra.replace("<", f"<{prefix}")}<{prefix}sz val="11"/>'
            f'<{prefix}name val="Calibri"/></{prefix}font>'
            for extra in FONTS.values()
        ]
        lists = {
            "fills": (self._fills, fills),
            "fonts": (self._fonts, fonts),
            "cellXfs": (self._styles, self._added),
        }
        for name, (there, added) in lists.items():
            _extend(edits, self._lists[name], len(there), added)
        return edits.done()

    @property
    def _prefix(self) -> str:
        prefix = self._lists["cellXfs"].prefix
        return f"{prefix}:" if prefix else ""

    def _add(self, style: int, key: Look | str, changes: dict[str, str]) -> int:
        if (style, key) not in self._known:
            self._known[style, key] = len(self._styles) + len(self._added)
            self._added.append(self._made(style, changes))
        return self._known[style, key]

    def _made(self, style: int, changes: dict[str, str]) -> str:
        if style < 0:
            wrapped = int(style == WRAPPED)
            wrap = f'<{self._prefix}alignment vertical="top" wrapText="{wrapped}"/>'
            head = f'<{self._prefix}xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0">'
            body = f"{wrap}</{self._prefix}xf>"
        else:
            known = style if style < len(self._styles) else 0
            tag = self._styles[known]
            head = self._content[tag.start : tag.after].decode()
            body = self._content[tag.after : tag.close].decode()
        for name, value in changes.items():
            head = with_attribute(head, name, value)
        return head + body


def _children(found: list[Tag], parent: str) -> list[Tag]:
    return [tag for tag in found if len(tag.path) == 3 and tag.path[1] == parent]


def _extend(edits: Edits, tag: Tag, there: int, added: list[str]) -> None:
    """Append to a counted list and set its count, in one edit of each place."""
    head = edits.content[tag.start : tag.after].decode()
    counted = with_attribute(head, "count", str(there + len(added)))
    if tag.is_empty:
        raise NotPatchable(f"an empty list of {tag.name}")
    edits.replace(tag.start, tag.after, counted)
    edits.insert(tag.end, "".join(added))
