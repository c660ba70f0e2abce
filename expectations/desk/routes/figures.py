"""Figures for analysts: the marts, their plots, and questions in SQL asked in a sandbox."""

from fastapi import APIRouter
from fastapi.responses import Response

from expectations.desk.queries.figures import mart, marts
from expectations.desk.routes.submission import download
from expectations.desk.web import Form, OpenVisiting, show, text_of
from warehouse.ask import Limits, QuestionRefused, ask
from warehouse.places import current_link
from warehouse.tables_out import to_csv

router = APIRouter()
SHOWN = Limits(rows=500, seconds=15, cpu_seconds=15)
KEPT = Limits(rows=100_000, seconds=30)
EXAMPLE = """SELECT province_name, year, bhyt_coverage_reported_pct
FROM mart.coverage_by_province_year
ORDER BY province_name, year"""


@router.get("/figures")
def figures_page(made: OpenVisiting) -> Response:
    """The questions that the marts answer."""
    with made.desk.publications.reading() as publication:
        rows = publication.remember("marts", lambda: marts(publication))
    return show(made, "figures.html", marts=rows)


@router.get("/figures/{name}")
def mart_page(made: OpenVisiting, name: str, measure: str = "", province: str = "") -> Response:
    """One mart: a plot and its first rows."""
    with made.desk.publications.reading() as publication:
        found = mart(publication, name, measure, province, made.say)
    if found is None:
        raise made.missing()
    return show(made, "mart.html", page=found, province=province)


@router.get("/query")
def query_page(made: OpenVisiting, sql: str = EXAMPLE) -> Response:
    """The form of a question in SQL."""
    return show(made, "query.html", sql=sql, answer=None, problem="")


@router.post("/query")
def ask_query(made: OpenVisiting, form: Form) -> Response:
    """Ask in a process of its own: read-only, one SELECT, bounded; as a page or as CSV."""
    sql = text_of(form, "sql")
    as_csv = text_of(form, "as") == "csv"
    try:
        answer = ask(current_link(made.desk.home), sql, KEPT if as_csv else SHOWN)
    except QuestionRefused as error:
        return show(made, "query.html", 422, sql=sql, answer=None, problem=str(error))
    if as_csv:
        return download("baophu.csv", to_csv(answer).encode("utf-8-sig"), "text/csv; charset=utf-8")
    return show(made, "query.html", sql=sql, answer=answer, problem="")
