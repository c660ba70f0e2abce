"""Logging in and out, changing one's password, and the language switch."""

import secrets

from fastapi import APIRouter, Request
from fastapi.responses import Response

from expectations.desk.accounts import AccountError, change_password
from expectations.desk.sessions import TooManyTries, log_in, log_out
from expectations.desk.web import (
    FORM_COOKIE,
    LANGUAGE_COOKIE,
    SESSION_COOKIE,
    Form,
    Visiting,
    address_of,
    desk_of,
    go,
    go_back,
    is_secure,
    own_path,
    render,
    show,
    speaker,
    text_of,
)

router = APIRouter()
LANGUAGE_SECONDS = 365 * 24 * 3600


@router.get("/login")
def login_page(request: Request, next: str = "", done: str = "") -> Response:
    """The form of name and password; after a change of the password it says so."""
    return _login_form(request, own_path(next), said="password.changed" if done else "")


@router.post("/login")
def login(request: Request, form: Form) -> Response:
    """Start a session, or say plainly that it was not."""
    name, password = text_of(form, "name"), form.get("password", "")
    target = own_path(text_of(form, "next") or "/")
    try:
        token = log_in(desk_of(request).home, name, str(password), address_of(request))
    except TooManyTries:
        return _login_form(request, target, "login.throttled", 429)
    if token is None:
        return _login_form(request, target, "login.wrong", 401)
    answer = go_back(target)
    _set_cookie(request, answer, SESSION_COOKIE, token)
    answer.delete_cookie(FORM_COOKIE)
    return answer


@router.post("/logout")
def logout(request: Request, form: Form) -> Response:
    """End the session."""
    log_out(desk_of(request).home, request.cookies.get(SESSION_COOKIE, ""), address_of(request))
    answer = go("/login")
    answer.delete_cookie(SESSION_COOKIE)
    return answer


@router.get("/password")
def password_page(made: Visiting) -> Response:
    """The form of a new password."""
    return show(made, "password.html", problem="")


@router.post("/password")
def set_password(made: Visiting, form: Form) -> Response:
    """Replace the password; all sessions end, so that a stolen one does too."""
    password, again = str(form.get("password", "")), str(form.get("again", ""))
    if password != again:
        return show(made, "password.html", 422, problem=made.say("password.differs"))
    try:
        change_password(made.desk.home, made.account.name, password, made.address)
    except AccountError as error:
        return show(made, "password.html", 422, problem=str(error))
    answer = go("/login", done="password")
    answer.delete_cookie(SESSION_COOKIE)
    return answer


@router.post("/language")
def switch_language(request: Request, form: Form) -> Response:
    """Vietnamese or English, kept in a cookie."""
    answer = go_back(text_of(form, "next") or "/")
    language = "en" if text_of(form, "language") == "en" else "vi"
    _set_cookie(request, answer, LANGUAGE_COOKIE, language, LANGUAGE_SECONDS)
    return answer


def _login_form(
    request: Request, target: str, problem: str = "", status: int = 200, *, said: str = ""
) -> Response:
    say = speaker(request)
    token = request.cookies.get(FORM_COOKIE) or secrets.token_urlsafe(24)
    texts = {"problem": say(problem) if problem else "", "said": say(said) if said else ""}
    answer = render(request, "login.html", say, status, csrf=token, next=target, **texts)
    _set_cookie(request, answer, FORM_COOKIE, token)
    return answer


def _set_cookie(
    request: Request, answer: Response, name: str, value: str, seconds: int | None = None
) -> None:
    answer.set_cookie(
        name, value, seconds, httponly=True, samesite="lax", secure=is_secure(request), path="/"
    )
