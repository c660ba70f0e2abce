"""The stewards' desk as one application over one home."""

from pathlib import Path

from fastapi import FastAPI, HTTPException, Request
from fastapi.responses import Response
from fastapi.staticfiles import StaticFiles
from starlette.exceptions import HTTPException as AnyHTTPException

from expectations.desk import register
from expectations.desk.guard import guard
from expectations.desk.publication import Publications
from expectations.desk.routes import ROUTERS
from expectations.desk.services import Services
from expectations.desk.web import ROOM, Desk, LoginNeeded, go, render, session_of, speaker
from warehouse.database import NoPublication


def create_app(home: Path, services: Services | None = None) -> FastAPI:
    """The desk of a home; `services` are the functions of other rooms that it may call."""
    register.prepare(home)
    app = FastAPI(title="baophu", docs_url=None, redoc_url=None, openapi_url=None)
    app.state.desk = Desk(home, Publications(home), services or Services())
    app.middleware("http")(guard)
    app.mount("/static", StaticFiles(directory=ROOM / "static"), "static")
    for router in ROUTERS:
        app.include_router(router)
    app.add_exception_handler(LoginNeeded, _ask_login)
    app.add_exception_handler(NoPublication, _say_nothing_yet)
    app.add_exception_handler(AnyHTTPException, _say_error)
    return app


def _ask_login(request: Request, error: Exception) -> Response:
    wanted = request.url.path + (f"?{request.url.query}" if request.url.query else "")
    return go("/login", next=wanted if request.method == "GET" and wanted != "/" else "")


def _say_nothing_yet(request: Request, error: Exception) -> Response:
    return _message(request, "error.nothing_published", 503)


def _say_error(request: Request, error: Exception) -> Response:
    """An error as a page; a redirect as what it is."""
    if not isinstance(error, AnyHTTPException):
        raise error
    if error.status_code < 400:
        return Response(status_code=error.status_code, headers=error.headers)
    known = isinstance(error, HTTPException) or error.status_code not in (404, 405)
    text = error.detail if known else speaker(request)("error.missing")
    return _page(request, text, error.status_code)


def _message(request: Request, key: str, status: int) -> Response:
    return _page(request, speaker(request)(key), status)


def _page(request: Request, text: str, status: int) -> Response:
    session = session_of(request)
    return render(
        request,
        "error.html",
        speaker(request),
        status,
        text=text,
        account=session.account if session else None,
        csrf=session.csrf if session else "",
    )
