"""Prefect's own server as a child of `baophu serve`: local, with its database in the home."""

import ctypes
import os
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager

STOP_SECONDS = 20
PR_SET_PDEATHSIG = 1


class ServerFailed(RuntimeError):
    """Prefect's server did not start."""


@contextmanager
def run_server(port: int, start_seconds: float) -> Iterator[str]:
    """Run Prefect's server on this machine; yields the address of its API.

    Raises ServerFailed when it ends, or does not answer within `start_seconds`.
    """
    api = f"http://127.0.0.1:{port}/api"
    environment = os.environ | {"PREFECT_API_URL": api, "PREFECT_UI_API_URL": api}
    command = [sys.executable, "-m", "prefect", "server", "start"]
    server = subprocess.Popen(
        [*command, "--host", "127.0.0.1", "--port", str(port)],
        env=environment,
        stdout=subprocess.DEVNULL,
        preexec_fn=die_with_parent,  # noqa: PLW1509 (one call of libc, no locks)
    )
    try:
        wait_for_server(server, f"{api}/health", start_seconds)
        yield api
    finally:
        stop_server(server)


def die_with_parent() -> None:
    """Ask Linux to end the server when its parent is killed: it would keep the port for itself."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)


def wait_for_server(server: "subprocess.Popen[bytes]", url: str, seconds: float) -> None:
    """Wait until a server answers; raises ServerFailed."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if server.poll() is not None:
            raise ServerFailed(f"Prefect's server ended with code {server.returncode}.")
        try:
            with urllib.request.urlopen(url, timeout=5) as answer:  # noqa: S310 (our own address)
                if answer.status == 200:
                    return
        except (urllib.error.URLError, TimeoutError, ConnectionError):
            time.sleep(0.2)
    raise ServerFailed(f"Prefect's server did not answer within {seconds:.0f} seconds.")


def stop_server(server: "subprocess.Popen[bytes]") -> None:
    """End the server; its first SIGTERM may go unheard while it starts."""
    for _ in range(2):
        server.terminate()
        try:
            server.wait(STOP_SECONDS / 2)
            return
        except subprocess.TimeoutExpired:
            continue
    server.kill()
    server.wait()
