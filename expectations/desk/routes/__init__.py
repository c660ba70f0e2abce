"""The pages' addresses: one file a page."""

from expectations.desk.routes import (
    accounts,
    calendar,
    check,
    figures,
    finding,
    history,
    login,
    morning,
    province,
    rules,
    submission,
)

ROUTERS = (
    login.router,
    morning.router,
    submission.router,
    finding.router,
    province.router,
    calendar.router,
    rules.router,
    figures.router,
    history.router,
    check.router,
    accounts.router,
)
