"""Between requests and pages: who asks, in which language, with which token, and the answer."""

import hashlib
import secrets
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, cast
from urllib.parse import quote, urlencode, urlsplit

from fastapi import Depends, HTTPException, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from starlette.datastructures import FormData

from expectations.desk.accounts import Account
from expectations.desk.language import LANGUAGES, Speaker
from expectations.desk.publication import Publications
from expectations.desk.series import series_chart
from expectations.desk.services import Services
from expectations.desk.sessions import Session, find_session

if TYPE_CHECKING:
    from jinja2 import Environment

ROOM = Path(__file__).parent
SESSION_COOKIE, LANGUAGE_COOKIE, FORM_COOKIE = "baophu_session", "baophu_language", "baophu_form"
FORM_FIELD = "csrf"


class LoginNeeded(Exception):
    """A page that only accounts see was asked for without a session."""


@dataclass(frozen=True, slots=True)
class Desk:
    """What all pages share; kept in the application's state."""

    home: Path
    publications: Publications
    services: Services


@dataclass(frozen=True, slots=True)
class Visit:
    """One request by one account."""

    request: Request
    desk: Desk
    account: Account
    csrf: str
    say: Speaker

    @property
    def address(self) -> str:
        """Where the request comes from, for the audit."""
        return address_of(self.request)

    @property
    def wants_part(self) -> bool:
        """Whether htmx asks for a part of a page to put into the one that is shown."""
        return self.request.headers.get("hx-request") == "true"

    def refuse_unless(self, allowed: bool) -> None:
        """Answer 403 unless the account may see what it asked for."""
        if not allowed:
            raise HTTPException(403, self.say("error.forbidden"))

    def missing(self) -> HTTPException:
        """The answer for what is not there."""
        return HTTPException(404, self.say("error.missing"))


def desk_of(request: Request) -> Desk:
    """What all pages share."""
    return cast(Desk, request.app.state.desk)


def visit(request: Request) -> Visit:
    """The visit of a request. Raises LoginNeeded; sends one-time passwords to be changed."""
    session = session_of(request)
    if session is None:
        raise LoginNeeded
    if session.account.must_change and request.url.path not in ("/password", "/logout"):
        raise HTTPException(303, headers={"Location": "/password"})
    return Visit(request, desk_of(request), session.account, session.csrf, speaker(request))


def steward_visit(request: Request) -> Visit:
    """The visit of somebody who may decide."""
    made = visit(request)
    made.refuse_unless(made.account.decides)
    return made


def open_visit(request: Request) -> Visit:
    """The visit of an account that sees every province."""
    made = visit(request)
    made.refuse_unless(made.account.sees_all)
    return made


async def checked_form(request: Request) -> FormData:
    """The posted form, after its token and its origin were found to be this desk's own."""
    form = await request.form(max_files=1, max_fields=2000)
    session = session_of(request)
    expected = session.csrf if session else request.cookies.get(FORM_COOKIE, "")
    given = form.get(FORM_FIELD)
    matches = isinstance(given, str) and secrets.compare_digest(given.encode(), expected.encode())
    if not expected or not matches or not _same_origin(request):
        raise HTTPException(403, speaker(request)("error.csrf"))
    return form


Visiting = Annotated[Visit, Depends(visit)]
StewardVisiting = Annotated[Visit, Depends(steward_visit)]
OpenVisiting = Annotated[Visit, Depends(open_visit)]
Form = Annotated[FormData, Depends(checked_form)]


def text_of(form: FormData, name: str) -> str:
    """A field of a form, "" when it is missing or a file."""
    value = form.get(name, "")
    return value.strip() if isinstance(value, str) else ""


def session_of(request: Request) -> Session | None:
    """The session of a request, looked up once."""
    if not hasattr(request.state, "session"):
        token = request.cookies.get(SESSION_COOKIE, "")
        request.state.session = find_session(desk_of(request).home, token) if token else None
    return cast(Session | None, request.state.session)


def speaker(request: Request) -> Speaker:
    """Vietnamese, unless the visitor switched to English."""
    chosen = request.cookies.get(LANGUAGE_COOKIE, "vi")
    return Speaker("en" if chosen == "en" else LANGUAGES[0])


def address_of(request: Request) -> str:
    """The address a request comes from; behind a proxy the one that uvicorn was told to trust."""
    return request.client.host if request.client else ""


def is_secure(request: Request) -> bool:
    """Whether cookies may be kept to https."""
    return request.url.scheme == "https"


def show(made: Visit, template: str, http_status: int = 200, /, **context: Any) -> Response:
    """A page, in the visitor's language."""
    facts = {"visit": made, "account": made.account, "csrf": made.csrf, **context}
    return render(made.request, template, made.say, http_status, **facts)


def render(
    request: Request, template: str, say: Speaker, http_status: int = 200, /, **context: Any
) -> HTMLResponse:
    """A template filled; everything in it is escaped."""
    facts = {"account": None, "csrf": "", **context}
    text = pages().get_template(template).render(request=request, say=say, **facts)
    return HTMLResponse(text, http_status)


def go(path: str, **parameters: str) -> RedirectResponse:
    """Send the browser to another page after a form."""
    return RedirectResponse(link(path, **parameters), 303)


def go_back(target: str) -> RedirectResponse:
    """Send the browser to a path of this desk with its query, as `own_path` lets it through."""
    return RedirectResponse(own_path(target), 303)


def link(path: str, **parameters: object) -> str:
    """An address of ours with its parameters; those without a value are left out."""
    kept = {name: value for name, value in parameters.items() if value not in (None, "")}
    return f"{quote(path)}?{urlencode(kept)}" if kept else quote(path)


def own_path(target: str) -> str:
    """A path of this desk to go to after login; "/" for anything that leads elsewhere."""
    parts = urlsplit(target)
    elsewhere = parts.scheme or parts.netloc or not target.startswith("/")
    return "/" if elsewhere or target.startswith(("//", "/\\")) else target


@cache
def pages() -> "Environment":
    """The templates; a name that a page's context lacks is an error, not an empty place."""
    from jinja2 import Environment, FileSystemLoader, StrictUndefined  # noqa: PLC0415

    made = Environment(
        loader=FileSystemLoader(ROOM / "pages"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.globals |= {"static": static, "link": link}
    made.filters |= {"series_chart": series_chart}
    return made


@cache
def static(name: str) -> str:
    """The address of a file under static/, which changes when the file does."""
    content = (ROOM / "static" / name).read_bytes()
    return f"/static/{name}?{hashlib.sha256(content).hexdigest()[:12]}"


def _same_origin(request: Request) -> bool:
    """Browsers say where a form was sent from; where they do not, the token alone decides."""
    origin = request.headers.get("origin", "")
    return not origin or urlsplit(origin).netloc == request.headers.get("host", "")
