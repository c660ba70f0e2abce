"""`baophu serve`: the schedule, with Prefect's own server unless another is named."""

import os
from typing import Annotated

import typer

from flows.commands.console import HomeOption, say


def serve(
    home: HomeOption = None,
    port: Annotated[int, typer.Option("--port", help="Port of Prefect's own server.")] = 4200,
    metrics: Annotated[
        int, typer.Option("--metrics", help="Port of /metrics on this machine; 0: none.")
    ] = 0,
) -> None:
    """Run the night every day at 01:00 in Vietnam, until it is stopped.

    With PREFECT_API_URL set, that Prefect server keeps the schedule; without it one is
    started on this machine, its database under the home's .prefect/.

    Example: baophu serve --home /srv/baophu
    """
    from flows.home import find_home
    from flows.settings import STARTUP_SECONDS, settle_prefect

    folder = find_home(home)
    settle_prefect(folder, console_level="INFO")
    if metrics:
        from flows.metrics import serve_metrics

        say(f"Metrics: http://127.0.0.1:{serve_metrics(folder, metrics)}/metrics")
    if os.environ.get("PREFECT_API_URL"):
        _serve(folder)
        return
    from flows.server import run_server

    with run_server(port, STARTUP_SECONDS) as api:
        os.environ["PREFECT_API_URL"] = api
        say(f"Prefect: {api.removesuffix('/api')}")
        _serve(folder)


def _serve(folder: "os.PathLike[str]") -> None:
    from pathlib import Path

    from flows.deploy import CRON, TIMEZONE, serve_nights

    say(f"Nights by cron '{CRON}' {TIMEZONE} over {folder}; stop with Ctrl-C.")
    serve_nights(Path(folder))
