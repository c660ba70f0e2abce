"""The accounts, for the admin: who may come in, as what, and the audit of what was done."""

import datetime as dt

from fastapi import APIRouter
from fastapi.responses import Response

from expectations.desk.accounts import (
    ROLES,
    AccountError,
    accounts,
    add_account,
    remove_account,
    reset_password,
)
from expectations.desk.register import look_up
from expectations.desk.web import Form, Visit, Visiting, show, text_of
from warehouse import reference

router = APIRouter()
AUDIT = "SELECT at, account, action, subject, address FROM audit ORDER BY number DESC LIMIT 200"


@router.get("/accounts")
def accounts_page(made: Visiting) -> Response:
    """The accounts and the latest of the audit."""
    return _show(made)


@router.post("/accounts/{step}")
def change(made: Visiting, step: str, form: Form) -> Response:
    """Add, reset or remove an account; a new one-time password is shown once."""
    made.refuse_unless(made.account.role == "admin")
    name, home, by = text_of(form, "name"), made.desk.home, made.account.name
    role, province = text_of(form, "role"), text_of(form, "province")
    password = ""
    try:
        if step == "add":
            password = add_account(home, name, role, province, by=by)
        elif step == "reset":
            password = reset_password(home, name, by=by)
        elif step == "remove" and name != by:
            remove_account(home, name, by=by)
        else:
            raise made.missing()
    except AccountError as error:
        return _show(made, 422, problem=str(error))
    return _show(made, name=name, password=password)


def _show(
    made: Visit, status: int = 200, *, problem: str = "", name: str = "", password: str = ""
) -> Response:
    made.refuse_unless(made.account.role == "admin")
    with look_up(made.desk.home) as register:
        audit = [
            {**dict(row), "at": dt.datetime.fromisoformat(row["at"])}
            for row in register.execute(AUDIT)
        ]
    today = [one for one in reference.areas() if one.level == "province"]
    provinces = sorted({(one.code, one.name) for one in today}, key=lambda pair: pair[1])
    return show(
        made,
        "accounts.html",
        status,
        accounts=accounts(made.desk.home),
        roles=ROLES,
        provinces=provinces,
        audit=audit,
        problem=problem,
        name=name,
        password=password,
    )
