"""Workbooks as files: clean ones of every layout, and the same with figures typed wrong."""

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from pathlib import Path

from openpyxl import Workbook
from openpyxl.utils import get_column_letter

from bench.file_slips import KINDS, Sheets, Spot
from tests.generator.desk import Desk
from tests.generator.layouts import LAYOUTS
from tests.generator.page import Page
from tests.generator.style import Style, draw_style

Place = tuple[str, str]  # sheet and cell


@dataclass(frozen=True, slots=True)
class MadeFile:
    """One workbook on disk; `right` has the true value of each cell that was typed wrong."""

    path: Path
    layout: str
    seed: int
    kind: str
    right: dict[Place, Decimal]


def make_files(
    folder: Path, seed: int, layouts: Sequence[str] = (), kinds: Sequence[str] = KINDS
) -> Iterator[MadeFile]:
    """A clean workbook of each layout, then one with each kind of slip that it has room for."""
    for layout in layouts or LAYOUTS:
        rng = random.Random(f"checked/{layout}/{seed}")
        desk = Desk(rng, draw_clerk(rng))
        LAYOUTS[layout](desk)
        sheets = Sheets(rng, desk.pages)
        yield _saved(folder, sheets.pages, (layout, seed, "clean"), {})
        for kind in kinds:
            changes = sheets.slip(kind)
            right = {_place(sheets, spot): sheets.typed(spot).literal for spot in changes}
            if right:
                yield _saved(folder, sheets.slipped_pages(changes), (layout, seed, kind), right)


def draw_clerk(rng: random.Random) -> Style:
    """Any clerk who leaves no cell blank; some type percentages without decimals."""
    style = replace(draw_style(rng), gaps=0.0)
    typed = style.rates in {"text", "percent_text"}
    return replace(style, rate_decimals=0) if typed and rng.random() < 0.2 else style


def _place(sheets: Sheets, spot: Spot) -> Place:
    page = sheets.pages[spot[0]]
    row, column = page.at(*spot[1])
    return page.name, f"{get_column_letter(column)}{row}"


def _saved(
    folder: Path, pages: Sequence[Page], named: tuple[str, int, str], right: dict[Place, Decimal]
) -> MadeFile:
    book = Workbook()
    book.remove(book.worksheets[0])
    for page in pages:
        page.render(book.create_sheet())
    layout, seed, kind = named
    path = folder / f"{layout}-{seed}-{kind}.xlsx"
    book.save(path)
    return MadeFile(path, layout, seed, kind, right)
