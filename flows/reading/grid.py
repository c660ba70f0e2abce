"""A sheet as a sparse grid of cells with its merged ranges."""

from dataclasses import dataclass, field
from typing import NamedTuple

from warehouse.model import Cell


@dataclass(frozen=True, slots=True)
class Merge:
    """A merged range, 1-based and inclusive."""

    top: int
    left: int
    bottom: int
    right: int


class Aside(NamedTuple):
    """A text beside the cells: `kind` is a comment or a text box, `cell` where it is anchored."""

    kind: str
    cell: str
    text: str


@dataclass(slots=True)
class Grid:
    """One sheet: `cells[(row, column)]` for non-empty cells only, 1-based."""

    sheet: str
    cells: dict[tuple[int, int], Cell] = field(default_factory=dict)
    merges: list[Merge] = field(default_factory=list)
    hidden: bool = False
    formats_known: bool = True
    column_widths: dict[int, float] = field(default_factory=dict)
    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: frozenset[int] = frozenset()
    asides: list[Aside] = field(default_factory=list)


@dataclass(slots=True)
class Workbook:
    """All sheets of one file, in the file's order, with what reading them showed."""

    file_type: str
    grids: list[Grid] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)


class Unreadable(Exception):
    """A file that cannot be read; `reason` is a key of the wording catalogue."""

    def __init__(self, reason: str, **facts: object) -> None:
        super().__init__(reason)
        self.reason = reason
        self.facts = {name: str(value) for name, value in facts.items()}
