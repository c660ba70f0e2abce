"""Prefect's server for one night, starting while the night's own code is still being imported.

Prefect would start the same server itself, but only when the flow begins, and would import all
of it here too, merely to start it: on two cores that makes every night three seconds longer.
"""

import atexit
import os
import socket
import subprocess
import sys
from collections.abc import Callable

from flows.server import die_with_parent, stop_server, wait_for_server

ENVIRONMENT = {"PREFECT_UI_ENABLED": "0", "PREFECT__SERVER_EPHEMERAL": "1"}
"""What Prefect sets for its own temporary server: no pages, no scheduler."""


def lend_server(seconds: float) -> Callable[[], None]:
    """Start a server unless PREFECT_API_URL names one; returns what waits until it answers.

    To be called before Prefect is imported: it then takes PREFECT_API_URL from here, and at the
    end of the process hands in its last events before the server is stopped. Waiting raises
    ServerFailed when the server ends, or does not answer within so many seconds.
    """
    if os.environ.get("PREFECT_API_URL"):
        return lambda: None
    holder = _hold_port()
    port = holder.getsockname()[1]
    api = f"http://127.0.0.1:{port}/api"
    server = _start(port)
    atexit.register(stop_server, server)
    os.environ["PREFECT_API_URL"] = api

    def wait() -> None:
        with holder:
            wait_for_server(server, f"{api}/health", seconds)

    return wait


def _start(port: int) -> "subprocess.Popen[bytes]":
    command = [sys.executable, "-m", "uvicorn", "--factory", "prefect.server.api.server:create_app"]
    where = ["--host", "127.0.0.1", "--port", str(port), "--log-level", "error"]
    return subprocess.Popen(
        [*command, *where, "--lifespan", "on"],
        env=os.environ | ENVIRONMENT,
        stdout=subprocess.DEVNULL,
        preexec_fn=die_with_parent,  # noqa: PLW1509 (one call of libc, no locks)
    )


def _hold_port() -> socket.socket:
    """A free port that nobody but the server is given while this is open."""
    holder = socket.socket()
    holder.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    holder.bind(("127.0.0.1", 0))
    return holder
