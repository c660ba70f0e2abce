"""Check before you send: a clerk's workbook read and judged as the night would; nothing stored."""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path, PurePosixPath, PureWindowsPath

from fastapi import APIRouter
from fastapi.responses import Response
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData, UploadFile

from expectations.desk.queries.upload import uploaded_page
from expectations.desk.register import note, open_register
from expectations.desk.routes.submission import XLSX, download
from expectations.desk.web import Form, Visit, Visiting, show, text_of

router = APIRouter()
LONGEST_NAME = 150


@router.get("/check")
def check_page(made: Visiting) -> Response:
    """The form to choose a workbook."""
    return show(made, "check.html", page=None, problem="")


@router.post("/check")
async def check(made: Visiting, form: Form) -> Response:
    """What would be found in the workbook, or the workbook with that marked in it."""
    file = form.get("file")
    if not isinstance(file, UploadFile) or not file.filename:
        return show(made, "check.html", 422, page=None, problem=made.say("check.no_file"))
    return await run_in_threadpool(_answer, made, form, file)


def _answer(made: Visit, form: FormData, file: UploadFile) -> Response:
    services = made.desk.services
    if services.read_upload is None or services.mark_upload is None:
        return show(made, "check.html", 503, page=None, problem=made.say("error.unavailable"))
    with open_register(made.desk.home) as register:
        note(register, made.account.name, "checked", plain_name(file.filename), made.address)
    with _kept(file) as path:
        if text_of(form, "as") == "marked":
            marked = services.mark_upload(path)
            if marked is not None:
                return download(marked.file_name, marked.content, XLSX)
        with services.read_upload(path) as (reader, submission_id):
            place = text_of(form, "sheet")
            page = uploaded_page(reader, submission_id, made.say, place)
            return show(made, "check.html", page=page, problem="")


@contextmanager
def _kept(file: UploadFile) -> Iterator[Path]:
    """The upload as a file of its own name, for as long as it is looked at."""
    with tempfile.TemporaryDirectory(prefix="baophu-check-") as folder:
        path = Path(folder) / plain_name(file.filename)
        with path.open("wb") as copy:
            while chunk := file.file.read(1 << 20):
                copy.write(chunk)
        yield path


def plain_name(sent: str | None) -> str:
    """The last part of a name as browsers send it, with nothing in it that leads elsewhere."""
    last = PurePosixPath(PureWindowsPath(sent or "").name).name.replace("\0", "")
    shown = "".join(sign for sign in last if sign.isprintable())
    return shown[-LONGEST_NAME:].lstrip(".") or "workbook"
