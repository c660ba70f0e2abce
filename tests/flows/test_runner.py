"""Where batches are read and judged: what BAOPHU_RUNNER may say, a cluster that is not there."""

import os
import subprocess
import sys
from pathlib import Path

import dask
import pytest
from prefect.settings import PREFECT_API_URL, temporary_settings

from flows.runner import READERS, UnknownRunner, count_places, find_runner, is_cluster

NOWHERE = {"BAOPHU_RUNNER": "dask:tcp://127.0.0.1:9"}


@pytest.mark.parametrize("said", [{}, {"BAOPHU_RUNNER": ""}, {"BAOPHU_RUNNER": "threads"}])
def test_one_machine_is_the_default(said: dict[str, str]) -> None:
    runner = find_runner(said)
    assert (is_cluster(runner), count_places(runner)) == (False, READERS)


@pytest.mark.parametrize("said", ["ray", "dask", "tcp://127.0.0.1:8786"])
def test_anything_else_is_refused_with_what_may_be_said(said: str) -> None:
    with pytest.raises(UnknownRunner, match="say threads, or dask:tcp://HOST:PORT"):
        find_runner({"BAOPHU_RUNNER": said})


def test_a_cluster_that_is_not_there_has_no_places(caplog: pytest.LogCaptureFixture) -> None:
    api = {PREFECT_API_URL: "http://127.0.0.1:9/api"}
    with temporary_settings(api), dask.config.set({"distributed.comm.timeouts.connect": "1s"}):
        runner = find_runner(NOWHERE)
        assert is_cluster(runner)
        assert count_places(runner) == 0
    assert "the night stays here" in caplog.text


def test_a_cluster_needs_a_server_that_its_machines_reach(home: Path) -> None:
    kept = {name: value for name, value in os.environ.items() if name != "PREFECT_API_URL"}
    night = subprocess.run(
        [Path(sys.executable).with_name("baophu"), "nightly", "--home", home],
        env=kept | NOWHERE,
        capture_output=True,
        text=True,
        check=False,
    )
    assert night.returncode == 1
    assert night.stderr.splitlines() == [
        "BAOPHU_RUNNER=dask needs a Prefect server that its machines reach: set PREFECT_API_URL."
    ]
