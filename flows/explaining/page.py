"""A workbook's understanding as one HTML page: nothing loaded, nothing run, all text escaped."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from flows.explaining.view import make_sheets
from warehouse.model import a1

ROLES = {
    "observation": "số liệu",
    "label": "nhãn",
    "note": "ghi chú",
    "ignored": "bỏ qua có lý do",
    "unread": "chưa hiểu",
}


def render_page(reading: Mapping[str, Any]) -> str:
    """The page of a reading in its wire form."""
    from jinja2 import Environment, FileSystemLoader, StrictUndefined  # noqa: PLC0415

    pages = Environment(
        loader=FileSystemLoader(Path(__file__).parent), autoescape=True, undefined=StrictUndefined
    )
    sheets = make_sheets(reading)
    return pages.get_template("page.html").render(
        reading=reading,
        sheets=sheets,
        roles=ROLES,
        counts={role: sum(sheet.count(role) for sheet in sheets) for role in ROLES},
        letters=lambda column: a1(1, column)[:-1],
    )
