"""A submission: its sheets as laid out, its cells, who has it, and the marked workbook."""

from urllib.parse import quote

from fastapi import APIRouter
from fastapi.responses import Response

from expectations.desk.claims import claims, give_back, take
from expectations.desk.publication import Reader, Row
from expectations.desk.queries.compare import compare
from expectations.desk.queries.sheet import sheets
from expectations.desk.queries.submission import (
    cell_panel,
    find_submission,
    revisions_of,
    submission_page,
)
from expectations.desk.web import Form, StewardVisiting, Visit, Visiting, go, show

router = APIRouter()
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@router.get("/submission/{submission_id}")
def submission(
    made: Visiting,
    submission_id: str,
    *,
    s: int | None = None,
    name: str = "",
    c: str = "",
    row: int | None = None,
) -> Response:
    """The sheet `s` (or of that name) around a row, the cell `c` explained.

    htmx asks for the cell alone.
    """
    c = c.upper()
    with made.desk.publications.reading() as publication:
        found = own_submission(publication, made, submission_id)
        names = [one["sheet"] for one in sheets(publication, submission_id)]
        place = names.index(name) if name in names else s
        if made.wants_part and c and names:
            place = min(max(place or 0, 0), len(names) - 1)
            panel = cell_panel(publication, found, names[place], c, made.say)
            return show(made, "_panel.html", panel=panel, submission=found, sheet_names=names)
        page = submission_page(publication, found, made.say, place=place, cell=c, row=row)
    taken_by = claims(made.desk.home).get(submission_id, "")
    return show(made, "submission.html", page=page, taken_by=taken_by, chosen=c, sheet_names=names)


@router.get("/submission/{submission_id}/compare")
def compare_page(made: Visiting, submission_id: str, to: str = "") -> Response:
    """What a revision changed against an earlier one, by default the one before it."""
    with made.desk.publications.reading() as publication:
        found = own_submission(publication, made, submission_id)
        revisions = revisions_of(publication, found)
        earlier = [one for one in revisions if one["revision"] < found["revision"]]
        chosen = next((one for one in earlier if one["submission_id"] == to), None)
        before = chosen or next(iter(earlier), None)
        facts = compare(publication, found, before) if before else None
    return show(made, "compare.html", submission=found, earlier=earlier, before=before, page=facts)


@router.get("/submission/{submission_id}/marked")
def marked(made: Visiting, submission_id: str) -> Response:
    """The workbook to give back, its failing cells filled and explained."""
    with made.desk.publications.reading() as publication:
        own_submission(publication, made, submission_id)
    if made.desk.services.mark_submission is None:
        raise made.missing()
    workbook = made.desk.services.mark_submission(made.desk.home, submission_id)
    return download(workbook.file_name, workbook.content, XLSX)


@router.post("/submission/{submission_id}/take")
def take_it(made: StewardVisiting, submission_id: str, form: Form) -> Response:
    """Take the submission, so that colleagues see who works on it."""
    with made.desk.publications.reading() as publication:
        own_submission(publication, made, submission_id)
    take(made.desk.home, submission_id, made.account.name, made.address)
    return go(f"/submission/{submission_id}")


@router.post("/submission/{submission_id}/give-back")
def give_it_back(made: StewardVisiting, submission_id: str, form: Form) -> Response:
    """Give the submission back to the queue."""
    give_back(made.desk.home, submission_id, made.account.name, made.address)
    return go(f"/submission/{submission_id}")


def own_submission(publication: Reader, made: Visit, submission_id: str) -> Row:
    """A submission that the account may see; 404 when there is none, 403 when it may not."""
    found = find_submission(publication, submission_id)
    if found is None:
        raise made.missing()
    made.refuse_unless(made.account.may_see(found["province_code"]))
    return found


def download(file_name: str, content: bytes, media_type: str) -> Response:
    """A file to keep, under its own name."""
    disposition = f"attachment; filename*=UTF-8''{quote(file_name)}"
    return Response(content, media_type=media_type, headers={"Content-Disposition": disposition})
