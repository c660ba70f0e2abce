"""Visiting the desk: logging in, tokens of forms, and where the samples' findings are."""

import re
from pathlib import Path

from fastapi.testclient import TestClient

from expectations.desk.app import create_app
from flows.desk_services import desk_services
from warehouse.database import open_published
from warehouse.places import current_link

PASSWORD = "một câu dài dễ nhớ"


def visitor(home: Path, name: str) -> TestClient:
    return log_in(TestClient(create_app(home, desk_services()), follow_redirects=True), name)


def log_in(client: TestClient, name: str, password: str = PASSWORD) -> TestClient:
    token = csrf(client.get("/login").text)
    answer = client.post("/login", data={"csrf": token, "name": name, "password": password})
    assert answer.status_code == 200, answer.text
    return client


def csrf(page: str) -> str:
    """The token that a page's forms carry."""
    found = re.search(r'name="csrf" value="([^"]+)"', page)
    assert found, page[:500]
    return found[1]


def submission_of(home: Path, province: str, year: int) -> str:
    with open_published(current_link(home)) as connection:
        [(found,)] = connection.execute(
            "SELECT submission_id FROM review.submission "
            "WHERE province_name = ? AND reference_year = ?",
            [province, year],
        ).fetchall()
    return str(found)


def finding_at(home: Path, cell: str, province: str) -> str:
    """The open critical finding that blames a cell."""
    with open_published(current_link(home)) as connection:
        rows = connection.execute(
            "SELECT finding_id FROM review.finding f JOIN review.submission s "
            "USING (submission_id) WHERE culprit_cell = ? AND province_name = ? "
            "AND severity = 'critical' ORDER BY finding_id",
            [cell, province],
        ).fetchall()
    return str(rows[0][0])
