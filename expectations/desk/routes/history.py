"""The history of decisions."""

from fastapi import APIRouter
from fastapi.responses import Response

from expectations.desk.queries.history import Wanted, history
from expectations.desk.web import OpenVisiting, show
from warehouse.decisions import all_decisions

router = APIRouter()


@router.get("/history")
def history_page(
    made: OpenVisiting,
    *,
    who: str = "",
    action: str = "",
    province: str = "",
    status: str = "",
    page: int = 1,
) -> Response:
    """Every decision, by whom, filtered."""
    wanted = Wanted(who, action, province, status)
    with made.desk.publications.reading() as publication:
        facts = history(publication, all_decisions(made.desk.home), wanted, page)
    return show(made, "history.html", page=facts, wanted=wanted)
