"""The calendar: who owes which report until when."""

from fastapi import APIRouter
from fastapi.responses import Response

from expectations.desk.queries.calendar import STATUSES, calendar
from expectations.desk.web import Visiting, show

router = APIRouter()


@router.get("/calendar")
def calendar_page(made: Visiting, province: str = "", status: str = "") -> Response:
    """What is owed; a province's account sees its own."""
    wanted = province if made.account.sees_all else made.account.province_code
    with made.desk.publications.reading() as publication:
        facts = calendar(publication, wanted, status)
    return show(
        made, "calendar.html", page=facts, statuses=STATUSES, province=wanted, status=status
    )
