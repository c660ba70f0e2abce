"""The rules, each with its record."""

from fastapi import APIRouter
from fastapi.responses import Response

from expectations.desk.queries.relations import rule_title
from expectations.desk.queries.rules import rule_records
from expectations.desk.web import OpenVisiting, show

router = APIRouter()


@router.get("/rules")
def rules_page(made: OpenVisiting) -> Response:
    """How often each rule alarms and is confirmed."""
    with made.desk.publications.reading() as publication:
        records = publication.remember("rules", lambda: rule_records(publication))
    titles = {one.rule_id: rule_title(one.rule_id, made.say) for one in records}
    return show(made, "rules.html", records=records, titles=titles)
