"""Export the current publication into a folder: the marts in one format, with their package."""

from pathlib import Path
from typing import Literal, get_args

from warehouse.database import open_published, published_file
from warehouse.exports.folder import replaced
from warehouse.exports.package import write_package
from warehouse.past import content_of

Format = Literal["parquet", "csv", "sdmx", "xlsx"]
FORMATS: tuple[Format, ...] = get_args(Format)


def export(current: Path, folder: Path, form: Format) -> int:
    """Export the publication that a path or link shows; returns how many tables it wrote.

    The folder is whole or as it was before. Raises NoPublication, FolderTaken, InvalidExport
    (SDMX) and TooManyRows (xlsx).
    """
    publication = published_file(current)
    with open_published(publication) as connection, replaced(folder) as draft:
        if form == "xlsx":
            from flows.exports.xlsx import write_workbook  # noqa: PLC0415

            resources = write_workbook(connection, draft / "baophu.xlsx")
        elif form == "sdmx":
            from warehouse.exports.sdmx import resources_of, write_sdmx  # noqa: PLC0415

            write_sdmx(connection, draft)
            resources = resources_of(connection, draft)
        else:
            from warehouse.exports.tables import write_tables  # noqa: PLC0415

            resources = write_tables(connection, draft, form)
        write_package(draft, publication.stem, content_of(connection), resources)
    return len(resources)
