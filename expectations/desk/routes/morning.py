"""The morning: what the night found, and what to do first."""

from fastapi import APIRouter
from fastapi.responses import Response

from expectations.desk.claims import claims
from expectations.desk.queries.calendar import owed_now
from expectations.desk.queries.morning import morning
from expectations.desk.web import Visiting, show

router = APIRouter()


@router.get("/")
def morning_page(made: Visiting, province: str = "", mine: str = "", page: int = 1) -> Response:
    """Last night in one look and the queue."""
    wanted = province if made.account.sees_all else made.account.province_code
    with made.desk.publications.reading() as publication:
        facts = morning(
            publication,
            claims(made.desk.home),
            province_code=wanted,
            taken_by=made.account.name if mine else "",
            page=page,
        )
        overdue = sum(one.status == "overdue" for one in owed_now(publication))
    return show(made, "morning.html", morning=facts, overdue=overdue, province=province, mine=mine)
