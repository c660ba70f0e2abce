"""Sessions and the throttle of logins."""

import datetime as dt
import hashlib
import secrets
from dataclasses import dataclass
from pathlib import Path

from expectations.desk.accounts import Account, account_of, verify
from expectations.desk.register import look_up, note, now, open_register

LONGEST_SESSION = dt.timedelta(hours=12)
LONGEST_IDLE = dt.timedelta(hours=2)
SEEN_EVERY = dt.timedelta(minutes=5)
"""A session is written anew only this often: reading a page costs no write."""
THROTTLE_WINDOW = dt.timedelta(minutes=15)
MOST_FAILURES = {"both": 5, "address": 30, "account": 30}
"""Failed logins in the window: of one name from one address, of an address, of a name."""


class TooManyTries(Exception):
    """Logins of this name or from this address wait until the window is over."""


@dataclass(frozen=True, slots=True)
class Session:
    """A logged-in account, and the token its forms must carry."""

    account: Account
    csrf: str


def log_in(home: Path, name: str, password: str, address: str) -> str | None:
    """Start a session and return its token; None when name or password is wrong.

    Raises TooManyTries before looking at the password.
    """
    _refuse_many(home, name, address)
    account = verify(home, name, password)
    token = secrets.token_urlsafe(32)
    with open_register(home) as register:
        note(register, name, "login" if account else "login_failed", "", address)
        if account is None:
            return None
        moment = now().isoformat()
        register.execute(
            "DELETE FROM session WHERE started_at < ?", ((now() - LONGEST_SESSION).isoformat(),)
        )
        register.execute(
            "INSERT INTO session VALUES (?, ?, ?, ?, ?)",
            (_hash(token), name, secrets.token_urlsafe(32), moment, moment),
        )
    return token


def find_session(home: Path, token: str) -> Session | None:
    """The session of a cookie's token, None when there is none or it is over."""
    with look_up(home) as register:
        row = register.execute(
            "SELECT * FROM session JOIN account ON name = account WHERE token_hash = ?",
            (_hash(token),),
        ).fetchone()
    if row is None:
        return None
    started, seen = (dt.datetime.fromisoformat(row[name]) for name in ("started_at", "seen_at"))
    if now() - started > LONGEST_SESSION or now() - seen > LONGEST_IDLE:
        return None
    if now() - seen > SEEN_EVERY:
        with open_register(home) as register:
            register.execute(
                "UPDATE session SET seen_at = ? WHERE token_hash = ?",
                (now().isoformat(), _hash(token)),
            )
    return Session(account_of(row), row["csrf"])


def log_out(home: Path, token: str, address: str) -> None:
    """End a session."""
    with open_register(home) as register:
        row = register.execute(
            "DELETE FROM session WHERE token_hash = ? RETURNING account", (_hash(token),)
        ).fetchone()
        if row:
            note(register, row["account"], "logout", "", address)


def _refuse_many(home: Path, name: str, address: str) -> None:
    since = (now() - THROTTLE_WINDOW).isoformat()
    with look_up(home) as register:
        row = register.execute(
            "SELECT count(*) FILTER (WHERE account = :name AND address = :address) AS both, "
            "count(*) FILTER (WHERE address = :address) AS address, "
            "count(*) FILTER (WHERE account = :name) AS account "
            "FROM audit WHERE action = 'login_failed' AND at > :since",
            {"name": name, "address": address, "since": since},
        ).fetchone()
    if any(row[kind] >= most for kind, most in MOST_FAILURES.items()):
        raise TooManyTries


def _hash(token: str) -> str:
    """Tokens are kept hashed: a copy of the register logs nobody in."""
    return hashlib.sha256(token.encode()).hexdigest()
