"""Who may come in: passwords, one-time passwords, throttling, roles, sessions."""

import datetime as dt
import sqlite3
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from expectations.desk import accounts, sessions
from expectations.desk.app import create_app
from expectations.desk.register import prepare, register_file
from tests.desk.conftest import Visitor
from tests.desk.visiting import PASSWORD, csrf, finding_at, submission_of


def client_of(home: Path) -> TestClient:
    return TestClient(create_app(home), follow_redirects=False)


def try_login(client: TestClient, name: str, password: str) -> int:
    token = csrf(client.get("/login").text)
    data = {"csrf": token, "name": name, "password": password}
    return client.post("/login", data=data).status_code


def test_the_first_start_makes_one_admin_with_a_one_time_password(tmp_path: Path) -> None:
    password = accounts.ensure_admin(tmp_path)
    assert accounts.ensure_admin(tmp_path) == ""
    [admin] = accounts.accounts(tmp_path)
    assert (admin.name, admin.role, admin.must_change) == ("admin", "admin", True)
    client = client_of(tmp_path)
    assert try_login(client, "admin", password) == 303
    assert client.get("/rules").headers["location"] == "/password"
    token = csrf(client.get("/password").text)
    data = {"csrf": token, "password": PASSWORD, "again": PASSWORD}
    reached = client.post("/password", data=data).headers["location"]
    assert reached.startswith("/login")
    assert "Đã đổi mật khẩu." in client.get(reached).text
    assert try_login(client, "admin", password) == 401
    assert try_login(client, "admin", PASSWORD) == 303


def test_passwords_are_kept_as_argon2_hashes_in_a_file_of_this_user_alone(tmp_path: Path) -> None:
    password = accounts.add_account(tmp_path, "lan", "steward")
    with sqlite3.connect(register_file(tmp_path)) as register:
        [(kept,)] = register.execute("SELECT password_hash FROM account").fetchall()
    assert kept.startswith("$argon2id$")
    assert password not in kept
    assert register_file(tmp_path).stat().st_mode & 0o077 == 0


@pytest.mark.parametrize(
    ("name", "role", "province"),
    [
        ("", "viewer", ""),
        ("a", "boss", ""),
        ("a", "province", ""),
        ("a", "viewer", "02"),
        ("a", "province", "999"),
        ("lan", "viewer", ""),
    ],
)
def test_accounts_that_make_no_sense_are_refused(
    tmp_path: Path, name: str, role: str, province: str
) -> None:
    accounts.add_account(tmp_path, "lan", "steward")
    with pytest.raises(accounts.AccountError):
        accounts.add_account(tmp_path, name, role, province)


def test_a_wrong_password_and_an_unknown_name_are_told_alike(tmp_path: Path) -> None:
    accounts.add_account(tmp_path, "lan", "steward")
    client = client_of(tmp_path)
    pages = []
    for name in ("lan", "nobody"):
        token = csrf(client.get("/login").text)
        answer = client.post("/login", data={"csrf": token, "name": name, "password": "x"})
        pages.append((answer.status_code, answer.text))
    assert pages[0] == pages[1]
    assert "không đúng" in pages[0][1]


def test_after_five_failures_the_right_password_waits_too(tmp_path: Path) -> None:
    password = accounts.add_account(tmp_path, "lan", "steward")
    client = client_of(tmp_path)
    assert [try_login(client, "lan", "wrong") for _ in range(5)] == [401] * 5
    assert try_login(client, "lan", password) == 429


def test_the_throttle_ends_with_its_window(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    password = accounts.add_account(tmp_path, "lan", "steward")
    client = client_of(tmp_path)
    for _ in range(5):
        try_login(client, "lan", "wrong")
    later = sessions.now() + sessions.THROTTLE_WINDOW + dt.timedelta(seconds=1)
    monkeypatch.setattr(sessions, "now", lambda: later)
    assert try_login(client, "lan", password) == 303


def test_logins_are_written_down_and_the_audit_cannot_be_changed(tmp_path: Path) -> None:
    password = accounts.add_account(tmp_path, "lan", "steward")
    client = client_of(tmp_path)
    try_login(client, "lan", "wrong")
    try_login(client, "lan", password)
    with sqlite3.connect(register_file(tmp_path)) as register:
        said = register.execute("SELECT account, action FROM audit ORDER BY number").fetchall()
        assert said == [("", "account_added"), ("lan", "login_failed"), ("lan", "login")]
        with pytest.raises(sqlite3.IntegrityError, match="never changed"):
            register.execute("UPDATE audit SET account = 'minh'")
        with pytest.raises(sqlite3.IntegrityError, match="never shortened"):
            register.execute("DELETE FROM audit")


def test_the_session_cookie_is_hardened_and_kept_only_hashed(tmp_path: Path) -> None:
    password = accounts.add_account(tmp_path, "lan", "steward")
    secure = TestClient(
        create_app(tmp_path), base_url="https://desk.example", follow_redirects=False
    )
    token = csrf(secure.get("/login").text)
    answer = secure.post("/login", data={"csrf": token, "name": "lan", "password": password})
    [cookie] = [
        one for one in answer.headers.get_list("set-cookie") if one.startswith("baophu_session=")
    ]
    for hardening in ("HttpOnly", "SameSite=lax", "Secure", "Path=/"):
        assert hardening in cookie
    value = cookie.split("=", 1)[1].split(";")[0]
    assert value.encode() not in register_file(tmp_path).read_bytes()


def test_a_session_ends_by_logging_out_by_time_and_with_its_account(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    prepare(tmp_path)
    password = accounts.add_account(tmp_path, "lan", "steward")
    first = sessions.log_in(tmp_path, "lan", password, "") or ""
    assert sessions.find_session(tmp_path, first)
    sessions.log_out(tmp_path, first, "")
    assert sessions.find_session(tmp_path, first) is None
    second = sessions.log_in(tmp_path, "lan", password, "") or ""
    idle = sessions.now() + sessions.LONGEST_IDLE + dt.timedelta(seconds=1)
    with monkeypatch.context() as later:
        later.setattr(sessions, "now", lambda: idle)
        assert sessions.find_session(tmp_path, second) is None
    assert sessions.find_session(tmp_path, second)
    accounts.remove_account(tmp_path, "lan")
    assert sessions.find_session(tmp_path, second) is None


def test_without_a_session_every_page_leads_to_the_login(night: Path) -> None:
    client = client_of(night)
    assert client.get("/").headers["location"] == "/login"
    for page in ("/submission/x", "/finding/x", "/history", "/provinces", "/accounts"):
        assert client.get(page).headers["location"].startswith("/login?next="), page


def test_after_login_one_is_where_one_wanted_to_go_but_never_elsewhere(night: Path) -> None:
    client = client_of(night)
    for wanted, reached in (
        ("/rules?x=1", "/rules?x=1"),
        ("https://evil.example/", "/"),
        ("//evil.example", "/"),
        ("/\\evil.example", "/"),
    ):
        token = csrf(client.get("/login").text)
        data = {"csrf": token, "name": "xem", "password": PASSWORD, "next": wanted}
        assert client.post("/login", data=data).headers["location"] == reached
        client.cookies.delete("baophu_session")


def test_a_province_sees_its_own_reports_and_no_others(night: Path, reading_desk: Visitor) -> None:
    client = reading_desk("tỉnh")
    page = client.get("/").text
    assert "Hà Giang" in page
    assert "Kon Tum" not in page
    assert client.get(f"/submission/{submission_of(night, 'Hà Giang', 2013)}").status_code == 200
    assert client.get(f"/finding/{finding_at(night, 'M17', 'Hà Giang')}").status_code == 200
    other = submission_of(night, "Kon Tum", 2019)
    for path in (
        f"/submission/{other}",
        f"/submission/{other}?c=E40",
        f"/submission/{other}/compare",
        f"/submission/{other}/marked",
        f"/finding/{finding_at(night, 'E40', 'Kon Tum')}",
        "/history",
        "/figures",
        "/query",
        "/province/62",
        "/accounts",
    ):
        assert client.get(path).status_code == 403, path


def test_only_stewards_decide(night: Path, reading_desk: Visitor) -> None:
    finding = finding_at(night, "M17", "Hà Giang")
    for name in ("xem", "tỉnh"):
        client = reading_desk(name)
        page = client.get(f"/finding/{finding}").text
        assert "/preview" not in page
        data = {"csrf": csrf(page), "action": "accept", "reason": "vì"}
        for step in ("preview", "decide"):
            assert client.post(f"/finding/{finding}/{step}", data=data).status_code == 403
