"""The tree that row labels form: by codes (I, A, 1, 1.1), dashes, indentation or bold."""

import re
from collections import Counter
from dataclasses import dataclass, field
from itertools import pairwise

from expectations.folding import squash, strip_text
from expectations.vocabulary import read_label
from flows.reading.columns import Column
from flows.reading.heads import heads_rows
from flows.reading.kinds import is_code
from flows.reading.regions import Region
from warehouse.model import Cell

_LEADING = re.compile(
    r"^[\s\u00a0]*(?P<code>[-+*•–]|\d{1,2}(?:\.\d{1,2})+\.?|\(?\d{1,2}[.)]|[a-zđ][.)]|[IVX]{1,5}[.)]"
    r"|[A-H][.)])[\s\u00a0]+(?=\S)|^[\s\u00a0]*(?P<dash>[-+•–])(?=\w)"
)
_SUBTOTAL = re.compile(r"^(?:cong|tong)(?:nhom|muc|phan|khoi)?(?P<code>[ivx]{1,5}|[a-h]|\d{1,2})$")
_PART = re.compile(r"^\W*trong do\s*:?\s*\w")
_LISTED = frozenset("-+*•")  # marks of the deepest level, never above a code or a plain label
_ROMANS = tuple(
    f"{ten}{one}"
    for ten in ("", "X")
    for one in ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X")
)


@dataclass(slots=True)
class RowLabel:
    """The labels of one body row, nearest first, and the rows above it in the tree."""

    row: int
    cells: list[Cell]
    code: str = ""
    alone: bool = False
    spans: bool = False
    parents: list["RowLabel"] = field(default_factory=list)

    @property
    def text(self) -> str:
        """The path as a person reads it, from the root to this row."""
        labels = [*reversed(self.parents), self]
        return " › ".join(
            " ".join(cell.typed_text.split()) for label in labels for cell in label.cells
        )


def read_outline(region: Region, columns: list[Column]) -> dict[int, RowLabel]:
    """The labels of every body row with their ancestors."""
    label_columns = [column for column in columns if column.role in ("label", "period")]
    ordinals = [column.number for column in columns if column.role == "ordinal"]
    rows = [_row_label(region, row, label_columns, ordinals) for row in region.body_rows]
    _settle_codes(rows)
    _attach(rows)
    return {label.row: label for label in rows}


def _row_label(
    region: Region, row: int, label_columns: list[Column], ordinals: list[int]
) -> RowLabel:
    code = next(
        (
            cell.typed_text.strip(" \u00a0.)")
            for number in ordinals
            if (cell := region.sheet.cell(row, number)) and is_code(cell.typed_text)
        ),
        "",
    )
    cells = [
        cell for column in label_columns if (cell := _label_at(region, row, column, label_columns))
    ]
    stray = [
        cell
        for number in ordinals
        if (cell := region.sheet.cell(row, number)) and not is_code(cell.typed_text)
    ]
    # a section title typed over the ordinal column, perhaps merged over the labels too
    cells = stray + [cell for cell in cells if cell not in stray]
    if not code and cells and (found := _LEADING.match(cells[-1].typed_text)):
        code = (found["code"] or found["dash"]).strip("(). ")
    named = {*ordinals, *(column.number for column in label_columns)}
    beyond = [cell for cell in region.cells(row) if cell.column not in named]
    if label_columns and not cells and len(beyond) == 1 and heads_rows(region.sheet, beyond[0]):
        return RowLabel(row, beyond, alone=True, spans=True)
    return RowLabel(row, cells, code, alone=not beyond)


def _label_at(region: Region, row: int, column: Column, columns: list[Column]) -> Cell | None:
    """The label at a place; an outer one left blank is the one above it (fill-down).

    | Bảo Lâm | Dân số   | 1 |
    |         | BHYT     | 2 |     the second row is Bảo Lâm's too
    """
    cell = region.sheet.covering(row, column.number)
    if cell is not None or column is columns[-1]:
        return cell
    inner = columns[columns.index(column) + 1 :]
    if not any(region.sheet.cell(row, other.number) for other in inner):
        return None
    above = [number for number in region.body_rows if number < row]
    for number in reversed(above):
        if found := region.sheet.cell(number, column.number):
            alone = not any(region.sheet.cell(number, other.number) for other in inner)
            total = read_label(found.typed_text).first("total")
            return None if total and not alone else found
    return None


def _settle_codes(rows: list[RowLabel]) -> None:
    """Tell the Roman I, V, C, D from the letters: after A and B, C is a letter."""
    last_letter, last_roman = "", 0
    for label in rows:
        code = label.code
        if code in _ROMANS and _ROMANS.index(code) == last_roman and _next(last_letter) != code:
            last_roman += 1
            label.code = f"roman:{code}"
        elif len(code) == 1 and code.isalpha() and code.isupper():
            last_letter = code
            label.code = f"letter:{code}"
        elif code in _ROMANS:
            last_roman = _ROMANS.index(code) + 1
            label.code = f"roman:{code}"


def _next(letter: str) -> str:
    return chr(ord(letter) + 1) if letter else ""


def _kind(label: RowLabel) -> str:
    """The level marker of a row: rows with the same one are siblings."""
    code = label.code
    if code.startswith(("roman:", "letter:")):
        return code.split(":")[0]
    if re.fullmatch(r"\d+(?:\.\d+)+", code):
        return f"number{code.count('.')}"
    if code.isdigit():
        return "number"
    if code and code in "-+*•–":
        return "-" if code == "–" else code
    if code:
        return "small"
    return f"plain{_indent(label.cells[-1]) if label.cells else 0}"


def _indent(cell: Cell) -> int:
    """How far a label is moved in, by the cell's format or by typed blanks."""
    text = cell.typed_text.replace("\u00a0", " ")
    return cell.indent * 3 + len(text) - len(text.lstrip())


def _attach(rows: list[RowLabel]) -> None:
    """Give every row its ancestors by a stack of level markers."""
    coded = any(label.code for label in rows)
    bold = _bold_parents(rows) if not coded else set()
    stack: list[tuple[str, RowLabel]] = []
    repeated = Counter(squash(label.cells[-1].typed_text) for label in rows if label.cells)
    for label in rows:
        if section := _closed_section(label, rows, stack, repeated):
            label.cells, label.parents = [], [section, *section.parents]
            continue
        if not label.cells:
            label.parents = [entry for _kind_of, entry in reversed(stack)]
            continue
        if read_label(label.cells[-1].typed_text).first("total"):
            stack = []  # a row "Toàn tỉnh" is over all rows and above none
            continue
        kind = "bold" if label.row in bold else _kind(label)
        if label.spans or (
            label.alone and kind.startswith("plain") and (not coded or _is_period(label))
        ):
            kind = "section"  # "Năm 2014" alone above its rows
        kinds = [entry for entry, _label in stack]
        if kind in kinds:
            stack = stack[: kinds.index(kind)]
        elif kind not in _LISTED:
            stack = [entry for entry in stack if not _is_below(entry, kind)]
        if kind.startswith("plain") and not coded:
            stack = [entry for entry in stack if _shallower(entry[0], kind)]
        label.parents = [entry for _kind_of, entry in reversed(stack)]
        stack.append((kind, label))
    _attach_parts(rows)


def _closed_section(
    label: RowLabel,
    rows: list[RowLabel],
    stack: list[tuple[str, RowLabel]],
    repeated: Counter[str],
) -> RowLabel | None:
    """The section whose total a row is: `Cộng nhóm I`, or one `Cộng` of several."""
    if not label.cells or label.alone:
        return None
    text = squash(label.cells[-1].typed_text)
    if match := _SUBTOTAL.match(text):
        code = match["code"]
        above = [other for other in rows if other.row < label.row and other.cells]
        return next((o for o in reversed(above) if squash(o.code.split(":")[-1]) == code), None)
    if repeated[text] > 1 and stack and stack[0][1].alone and _is_total(label):
        return stack[0][1]
    return None


def _is_total(label: RowLabel) -> bool:
    return read_label(label.cells[-1].typed_text).first("total") is not None


def _attach_parts(rows: list[RowLabel]) -> None:
    """`Trong đó: Hộ gia đình` is a part of the row above it, whatever their codes."""
    for above, label in pairwise(rows):
        text = strip_text(label.cells[-1].typed_text) if label.cells else ""
        if _PART.match(text) and above.cells and above not in label.parents:
            label.parents = [above, *above.parents]


def _is_below(entry: tuple[str, RowLabel], kind: str) -> bool:
    """Whether an open row cannot be above a row of this level: a dash never is, nor a plain
    row with figures of its own above a numbered one."""
    level, label = entry
    if level in _LISTED:
        return True
    return level.startswith("plain") and not kind.startswith("plain") and not label.alone


def _shallower(outer: str, inner: str) -> bool:
    """Whether a level stands above an indentation: bold rows, and smaller indents."""
    return outer in ("bold", "section") or (
        outer.startswith("plain") and int(outer[5:]) < int(inner[5:])
    )


def _is_period(label: RowLabel) -> bool:
    meaning = read_label(label.cells[-1].typed_text)
    return bool(meaning.periods) and not meaning.all("subject")


def _bold_parents(rows: list[RowLabel]) -> set[int]:
    """Rows in bold that head others: only where a table mixes bold and plain labels."""
    labelled = [label for label in rows if label.cells]
    bold = {label.row for label in labelled if label.cells[-1].bold}
    if not bold or len(bold) == len(labelled):
        return set()
    return bold
