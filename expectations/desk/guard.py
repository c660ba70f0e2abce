"""What every answer carries and every request must keep to: headers, sizes."""

from collections.abc import Awaitable, Callable

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

LARGEST_BODY = 51 * 1024 * 1024
"""A workbook of 50 MB, the largest that is read, and the form around it."""
CONTENT_SECURITY = (
    "default-src 'self'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
    "object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
)
HEADERS = {
    "Content-Security-Policy": CONTENT_SECURITY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=()",
}
LONG = "public, max-age=31536000, immutable"


async def guard(request: Request, answer: Callable[[Request], Awaitable[Response]]) -> Response:
    """Refuse bodies that are too large or of unknown size; add the headers of safety."""
    response = _refuse(request) or await answer(request)
    for name, value in HEADERS.items():
        response.headers[name] = value
    response.headers.setdefault("Cache-Control", "no-store")
    if request.url.path.startswith("/static/") and response.status_code < 400:
        response.headers["Cache-Control"] = LONG
    if request.url.scheme == "https":
        response.headers["Strict-Transport-Security"] = "max-age=31536000"
    return response


def _refuse(request: Request) -> Response | None:
    if request.method in ("GET", "HEAD"):
        return None
    length = request.headers.get("content-length", "")
    if not length.isdecimal():
        return PlainTextResponse("Length required.", 411)
    if int(length) > LARGEST_BODY:
        return PlainTextResponse("The file is larger than 50 MB. / Tệp lớn hơn 50 MB.", 413)
    return None
