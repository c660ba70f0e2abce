"""Accounts: names, roles and hashed passwords; a province's account sees only its own."""

import secrets
import sqlite3
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from expectations.desk.register import look_up, note, now, open_register, prepare

if TYPE_CHECKING:
    from argon2 import PasswordHasher

Role = Literal["viewer", "steward", "admin", "province"]
ROLES: tuple[Role, ...] = ("viewer", "steward", "admin", "province")
SHORTEST_PASSWORD = 12
"""Long enough that guessing at the throttled pace is hopeless, with no rules about signs."""
LONGEST_PASSWORD = 200
ONE_TIME_BYTES = 12


class AccountError(ValueError):
    """An account that cannot be made or changed so; the message says why."""


@dataclass(frozen=True, slots=True)
class Account:
    """Who uses the desk; `must_change` until a one-time password was replaced."""

    name: str
    role: Role
    province_code: str = ""
    must_change: bool = False

    @property
    def decides(self) -> bool:
        """Whether this account may decide findings."""
        return self.role in ("steward", "admin")

    @property
    def sees_all(self) -> bool:
        """Whether every province's reports are open to this account."""
        return self.role != "province"

    def may_see(self, province_code: str) -> bool:
        """Whether the reports of a province are open to this account."""
        return self.sees_all or self.province_code == province_code


def ensure_admin(home: Path) -> str:
    """Make the first account, `admin`, where there is none; returns its one-time password or ""."""
    prepare(home)
    return "" if accounts(home) else add_account(home, "admin", "admin")


def add_account(home: Path, name: str, role: str, province_code: str = "", by: str = "") -> str:
    """Add an account and return its one-time password; `by` is for the audit, "" the shell.

    Raises AccountError for a name that is taken, an unknown role or province, or a province's
    account without its province.
    """
    _refuse_unfit(name, role, province_code)
    prepare(home)
    password = secrets.token_urlsafe(ONE_TIME_BYTES)
    row = (name, role, province_code, hasher().hash(password), 1, now().isoformat())
    try:
        with open_register(home) as register:
            register.execute("INSERT INTO account VALUES (?, ?, ?, ?, ?, ?)", row)
            note(register, by, "account_added", f"{name} {role} {province_code}".strip(), "")
    except sqlite3.IntegrityError as error:
        raise AccountError(f"There is an account {name!r} already.") from error
    return password


def remove_account(home: Path, name: str, by: str = "") -> None:
    """Remove an account and end its sessions. Raises AccountError when there is none."""
    prepare(home)
    with open_register(home) as register:
        if not register.execute("DELETE FROM account WHERE name = ?", (name,)).rowcount:
            raise AccountError(f"There is no account {name!r}.")
        note(register, by, "account_removed", name, "")


def reset_password(home: Path, name: str, by: str = "") -> str:
    """Give an account a new one-time password and end its sessions."""
    password = secrets.token_urlsafe(ONE_TIME_BYTES)
    prepare(home)
    with open_register(home) as register:
        _replace_password(register, name, password, must_change=True)
        note(register, by, "password_reset", name, "")
    return password


def change_password(home: Path, name: str, password: str, address: str) -> None:
    """Replace an account's password by one it chose. Raises AccountError when it is too short."""
    if not SHORTEST_PASSWORD <= len(password) <= LONGEST_PASSWORD:
        raise AccountError(
            f"Mật khẩu phải dài từ {SHORTEST_PASSWORD} đến {LONGEST_PASSWORD} ký tự. / "
            f"A password has {SHORTEST_PASSWORD} to {LONGEST_PASSWORD} characters."
        )
    with open_register(home) as register:
        _replace_password(register, name, password, must_change=False)
        note(register, name, "password_changed", name, address)


def accounts(home: Path) -> list[Account]:
    """All accounts by name."""
    with look_up(home) as register:
        rows = register.execute("SELECT * FROM account ORDER BY name").fetchall()
    return [account_of(row) for row in rows]


def verify(home: Path, name: str, password: str) -> Account | None:
    """The account of a name and password; takes as long for a name that nobody has."""
    from argon2.exceptions import VerifyMismatchError  # noqa: PLC0415

    with look_up(home) as register:
        row = register.execute("SELECT * FROM account WHERE name = ?", (name,)).fetchone()
    try:
        hasher().verify(row["password_hash"] if row else _nobody(), password[:LONGEST_PASSWORD])
    except VerifyMismatchError:
        return None
    return account_of(row) if row else None


def account_of(row: sqlite3.Row) -> Account:
    """The account of a row of the register."""
    return Account(row["name"], row["role"], row["province_code"], bool(row["must_change"]))


@cache
def hasher() -> "PasswordHasher":
    """Argon2id with the library's settings (64 MiB, RFC 9106's second choice)."""
    from argon2 import PasswordHasher  # noqa: PLC0415

    return PasswordHasher()


@cache
def _nobody() -> str:
    return hasher().hash(secrets.token_urlsafe())


def _replace_password(
    register: sqlite3.Connection, name: str, password: str, *, must_change: bool
) -> None:
    changed = register.execute(
        "UPDATE account SET password_hash = ?, must_change = ? WHERE name = ?",
        (hasher().hash(password), must_change, name),
    )
    if not changed.rowcount:
        raise AccountError(f"There is no account {name!r}.")
    register.execute("DELETE FROM session WHERE account = ?", (name,))


def _refuse_unfit(name: str, role: str, province_code: str) -> None:
    from warehouse import reference  # noqa: PLC0415

    if not name.strip() or len(name) > 60 or not name.isprintable():
        raise AccountError("An account needs a name of up to 60 printable signs.")
    if role not in ROLES:
        raise AccountError(f"A role is one of {', '.join(ROLES)}; {role!r} is none.")
    if (role == "province") != bool(province_code):
        raise AccountError("A province's account, and only that, names its province (--province).")
    known = {area.code for area in reference.areas() if area.level == "province"}
    if province_code and province_code not in known:
        raise AccountError(f"There is no province {province_code!r}; see `baophu codes list`.")
