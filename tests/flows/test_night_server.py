"""The server that a night starts for itself goes with the night, however that ends."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from flows.night_server import lend_server
from flows.settings import STARTUP_SECONDS

pytestmark = [pytest.mark.server, pytest.mark.xdist_group("server")]


def test_a_named_server_is_used_and_none_is_started(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PREFECT_API_URL", "http://prefect.example/api")
    lend_server(0)()
    assert os.environ["PREFECT_API_URL"] == "http://prefect.example/api"


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere the kernel does not tell children")
def test_a_night_that_is_killed_leaves_no_server_behind(home: Path) -> None:
    script = Path(sys.executable).with_name("baophu")
    kept = {name: value for name, value in os.environ.items() if not name.startswith("PREFECT_")}
    with subprocess.Popen([script, "nightly", "--home", home], env=kept) as night:
        server = wait_for(lambda: server_of(night.pid))
        night.send_signal(signal.SIGKILL)
    wait_for(lambda: 1 if has_ended(server) else 0)


def wait_for(look: Callable[[], int]) -> int:
    """What a look finds at last; it need not be soon."""
    deadline = time.monotonic() + STARTUP_SECONDS
    while time.monotonic() < deadline:
        if found := look():
            return int(found)
        time.sleep(0.1)
    raise AssertionError("never seen")


def server_of(pid: int) -> int:
    """The child of a process that is Prefect's server, 0 while there is none."""
    try:
        children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
        said = {int(child): Path(f"/proc/{child}/cmdline").read_bytes() for child in children}
    except OSError:
        return 0
    return next((child for child, words in said.items() if b"uvicorn" in words), 0)


def has_ended(pid: int) -> bool:
    """Whether a process is gone, or waits only for somebody to ask how it ended."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] == "Z"
    except OSError:
        return True
