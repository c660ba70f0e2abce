"""The pages' addresses: one file a page."""

from expectations.desk.routes import finding, login, morning, submission

ROUTERS = (login.router, morning.router, submission.router, finding.router)
