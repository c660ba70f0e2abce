"""What the desk is given from outside: the flows' reading of an upload and the marked workbook."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path

from expectations.deciding.drafting import Request
from expectations.deciding.preview import Effect, Outcome
from expectations.desk.publication import Reader


@dataclass(frozen=True, slots=True)
class MarkedWorkbook:
    """A workbook to give back: its file name and its bytes."""

    file_name: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Services:
    """The functions of other rooms that pages call.

    `foresee` says what a decision would change, `decide` records and applies it. `read_upload`
    reads and judges a file where it lies, by itself, and stores nothing: a warehouse that holds
    only that submission, and its id; `mark_upload` gives the file back marked, None when it
    cannot be read; `mark_submission` does so for a stored submission. A function that is None
    is not there: the desk was started without it.
    """

    foresee: Callable[[Path, Request], Effect] | None = None
    decide: Callable[[Path, Request], Outcome] | None = None
    read_upload: Callable[[Path], AbstractContextManager[tuple[Reader, str]]] | None = None
    mark_upload: Callable[[Path], MarkedWorkbook | None] | None = None
    mark_submission: Callable[[Path, str], MarkedWorkbook] | None = None
