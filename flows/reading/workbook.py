"""The door to spreadsheets: any file a province may send, as grids of cells."""

from collections.abc import Callable
from importlib import import_module
from pathlib import Path

from flows.reading import guards
from flows.reading.grid import Unreadable, Workbook
from flows.reading.sniff import sniff

# Which module reads which type; a module is imported when the first such file comes.
_READERS = {
    "xlsx": "flows.reading.ooxml_workbook",
    "xlsm": "flows.reading.ooxml_workbook",
    "xls": "flows.reading.xls_workbook",
    "xlsb": "flows.reading.xlsb_workbook",
    "ods": "flows.reading.ods_workbook",
    "csv": "flows.reading.csv_workbook",
    "html": "flows.reading.html_workbook",
    "mhtml": "flows.reading.html_workbook",
    "xml2003": "flows.reading.xml2003_workbook",
    "docx": "flows.reading.docx_workbook",
}
_ENCRYPTED = ("encrypted",)


def open_workbook(path: Path) -> Workbook:
    """Read every sheet of the file; raises Unreadable with the reason when that is refused.

    The type is told from the file's bytes. Nothing in the file is run, followed
    or fetched: no macros, no external links, no entities.
    """
    try:
        guards.check_file_size(path.stat().st_size)
        file_type = sniff(path)
    except OSError as error:
        raise Unreadable("reading.missing_file", file=path.name) from error
    if file_type == "empty":
        raise Unreadable("reading.empty")
    if file_type in _ENCRYPTED:
        raise Unreadable("reading.encrypted")
    if file_type not in _READERS:
        raise Unreadable("reading.not_a_workbook", found=file_type)
    read: Callable[[Path, str], Workbook] = import_module(_READERS[file_type]).read_workbook
    workbook = read(path, file_type)
    if not workbook.grids:
        raise Unreadable("reading.no_sheets")
    if not any(grid.cells for grid in workbook.grids):
        raise Unreadable("reading.empty")
    return workbook
