"""What a file holds beside its cells' values, or lacks, said once a sheet."""

from flows.reading.grid import Grid, Workbook
from flows.reading.report import Report

_SHOWN = 5  # texts told in a finding; their number is told too


def tell_unseen(workbook: Workbook, report: Report) -> None:
    """Say of every sheet that its comments and text boxes, or its number formats, are not read."""
    for grid in workbook.grids:
        if grid.asides:
            _tell_asides(grid, report)
        if not grid.formats_known and any(cell.printed for cell in grid.cells.values()):
            report.find("reading.no_formats", [], sheet=grid.sheet, file_type=workbook.file_type)


def _tell_asides(grid: Grid, report: Report) -> None:
    by_address = {cell.address: cell for cell in grid.cells.values()}
    cells = [by_address[one.cell] for one in grid.asides if one.cell in by_address]
    told = [f'{one.cell or one.kind}: "{one.text}"' for one in grid.asides[:_SHOWN]]
    more = ["…"] if len(grid.asides) > _SHOWN else []
    facts = {"sheet": grid.sheet, "count": str(len(grid.asides)), "texts": "; ".join(told + more)}
    report.find("reading.asides", cells, facts=facts)
