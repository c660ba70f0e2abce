"""The marked copy read again by our own reader and compared with the original, cell by cell."""

from pathlib import Path

from flows.reading.grid import Grid, Unreadable, Workbook
from flows.reading.workbook import open_workbook


def differences(original: Workbook, content: bytes, path: Path) -> list[str]:
    """What a copy says otherwise than its original, in words; the first few are enough.

    Compared are every cell's value, text, formula, number format and font, merged ranges,
    what is hidden and the widths; sheets that only the copy has are ours. The copy is
    written to `path` to be read, in a folder that is not kept.
    """
    path.write_bytes(content)
    try:
        copy = open_workbook(path)
    except Unreadable as error:
        return [f"the copy cannot be read: {error.reason}"]
    grids = {grid.sheet: grid for grid in copy.grids}
    found = []
    for grid in original.grids:
        if grid.sheet not in grids:
            found.append(f"sheet {grid.sheet} is missing")
        else:
            found += _between(grid, grids[grid.sheet])
    return found


def _between(before: Grid, after: Grid) -> list[str]:
    found = [
        f"{before.sheet}: {name}"
        for name in ("merges", "hidden", "column_widths", "hidden_rows", "hidden_columns")
        if getattr(before, name) != getattr(after, name)
    ]
    places = before.cells.keys() | after.cells.keys()
    changed = (at for at in sorted(places) if before.cells.get(at) != after.cells.get(at))
    return found + [f"{before.sheet}: row {row}, column {column}" for row, column in changed][:5]
