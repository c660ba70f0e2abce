"""The provinces, and one province."""

from fastapi import APIRouter
from fastapi.responses import Response

from expectations.desk.queries.province import province, provinces
from expectations.desk.queries.relations import rule_title
from expectations.desk.web import Visiting, show

router = APIRouter()


@router.get("/provinces")
def provinces_page(made: Visiting) -> Response:
    """All provinces that the account sees."""
    with made.desk.publications.reading() as publication:
        rows = provinces(publication, made.account.province_code)
    return show(made, "provinces.html", provinces=rows)


@router.get("/province/{code}")
def province_page(made: Visiting, code: str) -> Response:
    """One province."""
    made.refuse_unless(made.account.may_see(code))
    with made.desk.publications.reading() as publication:
        found = province(publication, code)
    if found is None:
        raise made.missing()
    titles = {one["rule"]: rule_title(one["rule"], made.say) for one in found.slips}
    return show(made, "province.html", page=found, titles=titles)
