"""What the desk needs from the flows: deciding, reading an upload, the marked workbook."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from expectations.desk.publication import Reader
from expectations.desk.services import MarkedWorkbook, Services
from flows.deciding.decide import decide, foresee


def desk_services() -> Services:
    """The functions that the desk calls."""
    return Services(
        foresee=foresee,
        decide=decide,
        read_upload=read_upload,
        mark_upload=mark_upload,
        mark_submission=mark_submission,
    )


@contextmanager
def read_upload(path: Path) -> Iterator[tuple[Reader, str]]:
    """An uploaded file read by a child process behind the night's guards, and judged in memory."""
    from flows.checking import judged  # noqa: PLC0415
    from flows.readings import read_files_at  # noqa: PLC0415

    [reading] = read_files_at([path])
    with judged(reading) as (connection, submission_id):
        yield Reader(connection), submission_id


def mark_upload(path: Path) -> MarkedWorkbook | None:
    """An uploaded file with its failing cells marked; None when it cannot be read."""
    from flows.annotate.annotate import annotate  # noqa: PLC0415
    from flows.checking import check_files  # noqa: PLC0415

    [checked] = check_files([path])
    if checked.status == "rejected":
        return None
    made = annotate(path, path.name, checked.findings)
    return MarkedWorkbook(_marked_name(path.name, made.ending), made.content)


def mark_submission(home: Path, submission_id: str) -> MarkedWorkbook:
    """A stored submission's file with its failing cells marked."""
    from flows.annotate.submission import annotate_submission  # noqa: PLC0415

    file_name, made = annotate_submission(home, submission_id)
    return MarkedWorkbook(_marked_name(file_name, made.ending), made.content)


def _marked_name(file_name: str, ending: str) -> str:
    return f"{Path(file_name).stem} - ket qua kiem tra{ending}"
