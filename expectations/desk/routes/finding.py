"""A finding: the rule in words, its arithmetic and history, and the decision with its preview."""

import datetime as dt

from fastapi import APIRouter
from fastapi.responses import Response
from starlette.datastructures import FormData

from expectations.deciding.drafting import DecisionRefused, Request
from expectations.deciding.preview import JudgementFailed
from expectations.desk.publication import Reader, Row
from expectations.desk.queries.finding import find_finding, finding_page
from expectations.desk.queries.relations import rule_title
from expectations.desk.register import note, open_register
from expectations.desk.web import Form, StewardVisiting, Visit, Visiting, go, show, text_of
from warehouse.decisions import AlreadyDecided, all_decisions

router = APIRouter()
ACTIONS = ("correct", "accept", "return", "undo")
LONGEST_REASON = 2000


class FormWrong(ValueError):
    """A form that cannot be a decision; the message is for the person who sent it."""


@router.get("/finding/{finding_id}")
def finding(made: Visiting, finding_id: str, done: str = "") -> Response:
    """The page of one finding."""
    said = made.say(f"done.{done}") if done in ("recorded", "waits") else ""
    return show_finding(made, finding_id, said=said)


@router.post("/finding/{finding_id}/preview")
def preview(made: StewardVisiting, finding_id: str, form: Form) -> Response:
    """What a decision would change; nothing is recorded."""
    if made.desk.services.foresee is None:
        return show_finding(made, finding_id, 503, made.say("error.unavailable"))
    try:
        request = _request(made, finding_id, form)
        effect = made.desk.services.foresee(made.desk.home, request)
    except (FormWrong, DecisionRefused, AlreadyDecided, JudgementFailed) as error:
        return show_finding(made, finding_id, 422, told(made, error))
    with made.desk.publications.reading() as publication:
        found = own_finding(publication, made, finding_id)
    names = ("action", "figure", "cell", "reason", "until", "cause", "seen")
    hidden = {name: text_of(form, name) for name in names}
    return show(made, "preview.html", finding=found, draft=request, effect=effect, hidden=hidden)


@router.post("/finding/{finding_id}/decide")
def decide(made: StewardVisiting, finding_id: str, form: Form) -> Response:
    """Record a decision and apply it; the second of two stewards is told who was first."""
    if made.desk.services.decide is None:
        return show_finding(made, finding_id, 503, made.say("error.unavailable"))
    try:
        request = _request(made, finding_id, form)
        outcome = made.desk.services.decide(made.desk.home, request)
    except AlreadyDecided as error:
        return show_finding(made, finding_id, 409, told(made, error))
    except (FormWrong, DecisionRefused, JudgementFailed) as error:
        return show_finding(made, finding_id, 422, told(made, error))
    with open_register(made.desk.home) as register:
        for one in outcome.decisions:
            subject = f"{one.finding_id} {one.decision_id}"
            note(register, made.account.name, one.action, subject, made.address)
    return go(f"/finding/{finding_id}", done="waits" if outcome.waits else "recorded")


def show_finding(
    made: Visit, finding_id: str, status: int = 200, problem: str = "", said: str = ""
) -> Response:
    """The page of one finding, with what became of a form that was sent from it."""
    decisions = all_decisions(made.desk.home)
    with made.desk.publications.reading() as publication:
        found = own_finding(publication, made, finding_id)
        facts = finding_page(publication, found, decisions, made.say, made.account.province_code)
    own = (found, *facts.same_cause)
    return show(
        made,
        "finding.html",
        status,
        page=facts,
        problem=problem,
        said=said,
        rule_title=rule_title(found["rule"], made.say),
        sheet_names=facts.sheet_names,
        fates=facts.fates,
        draft=None,
        seen=facts.history[0].decision_id if facts.history else "",
        reasons=_default_reasons(made, found),
        open_in_cause=sum(one["status"] == "open" for one in own),
        decided_in_cause=sum(one["status"] not in ("open", "superseded") for one in own),
    )


def own_finding(publication: Reader, made: Visit, finding_id: str) -> Row:
    """A finding that the account may see; 404 when there is none, 403 when it may not."""
    found = find_finding(publication, finding_id)
    if found is None:
        raise made.missing()
    made.refuse_unless(made.account.may_see(found["province_code"]))
    return found


def told(made: Visit, error: Exception) -> str:
    """An error in the visitor's language; ours are written `tiếng Việt / English`."""
    vi, _, en = str(error).partition(" / ")
    return made.say.either(vi, en or vi)


def _request(made: Visit, finding_id: str, form: FormData) -> Request:
    action = text_of(form, "action")
    if action not in ACTIONS:
        raise FormWrong(made.say("decide.unknown_action"))
    reason = text_of(form, "reason")
    if len(reason) > LONGEST_REASON:
        raise FormWrong(made.say("decide.long_reason", most=LONGEST_REASON))
    return Request(
        finding_id,
        action,  # type: ignore[arg-type]
        made.account.name,
        reason,
        figure=text_of(form, "figure") if action == "correct" else "",
        cell=text_of(form, "cell") if action == "correct" else "",
        until=_day(made, text_of(form, "until")),
        cause=text_of(form, "cause") == "1",
        seen=text_of(form, "seen"),
    )


def _day(made: Visit, text: str) -> dt.date | None:
    if not text:
        return None
    try:
        return dt.date.fromisoformat(text)
    except ValueError as error:
        raise FormWrong(made.say("decide.no_day", text=text)) from error


def _default_reasons(made: Visit, found: Row) -> dict[str, str]:
    """The texts that the forms open with; the message to the province is in Vietnamese."""
    typed, suggestion = found["typed_text"].strip(), found["suggestion"]
    return {
        "correct": made.say("decide.default.correct", typed=typed, suggestion=suggestion)
        if suggestion
        else "",
        "accept": "",
        "return": made.say("decide.default.return", message=found["message_vi"]),
        "undo": made.say("decide.default.undo"),
    }
