"""The examples under docs/deploy: units that systemd takes, commands and metrics that exist."""

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import typer.main
import yaml

from flows.cli import app
from flows.ingest import run_night
from flows.metrics import registry_of

DEPLOY = Path(__file__).parents[2] / "docs" / "deploy"
UNITS = sorted(path.name for path in [*DEPLOY.glob("*.service"), *DEPLOY.glob("*.timer")])
SERVICES = [name for name in UNITS if name.endswith(".service")]


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="systemd is not here to ask")
def test_systemd_takes_the_units(tmp_path: Path) -> None:
    """The user and the place of the programs are those of this machine; nothing else is changed."""
    for name in UNITS:
        text = (DEPLOY / name).read_text("utf-8").replace("User=baophu", "User=daemon")
        (tmp_path / name).write_text(text.replace("/opt/baophu/.venv/bin/baophu", sys.executable))
    verified = subprocess.run(
        ["systemd-analyze", "verify", *UNITS],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )
    about = [line for line in verified.stderr.splitlines() if "baophu" in line]
    assert (verified.returncode, about) == (0, [])


@pytest.mark.parametrize("name", SERVICES)
def test_units_run_commands_that_exist(name: str) -> None:
    [line] = re.findall(r"^ExecStart=(.*)$", (DEPLOY / name).read_text("utf-8"), re.MULTILINE)
    command, options = re.findall(r"/bin/baophu (\w+)((?: --\w+ \S+)*)", line)[0]
    known = typer.main.get_command(app).commands[command]  # type: ignore[attr-defined]
    offered = {option for parameter in known.params for option in parameter.opts}
    assert set(re.findall(r"--\w+", options)) <= offered
    assert "ReadWritePaths=/srv/baophu" in (DEPLOY / name).read_text("utf-8")


def test_services_of_the_compose_file_share_one_home_and_one_pool() -> None:
    services = yaml.safe_load((DEPLOY / "compose.yaml").read_text("utf-8"))["services"]
    ours = [name for name, one in services.items() if one["image"] == "baophu"]
    programs = {services[name]["command"][0] for name in ours if name != "deployment"}
    assert all((DEPLOY.parents[1] / program).exists() for program in programs)
    prefect = yaml.safe_load((DEPLOY.parents[1] / "prefect.yaml").read_text("utf-8"))
    pool = prefect["deployments"][0]["work_pool"]["name"]
    assert services["worker"]["command"][-3:] == [pool, "--type", "process"]
    assert services["worker"]["environment"] == services["reader"]["environment"]
    address = services["worker"]["environment"]["BAOPHU_RUNNER"].removeprefix("dask:")
    assert address in services["reader"]["command"]


def test_the_compose_file_makes_pool_schedule_and_automation_as_the_guide_says() -> None:
    services = yaml.safe_load((DEPLOY / "compose.yaml").read_text("utf-8"))["services"]
    shell, options, script = services["deployment"]["command"]
    assert (shell, options) == ("sh", "-ec")
    guide = (DEPLOY.parent / "operations.md").read_text("utf-8")
    said = [line.partition("#")[0].strip() for line in guide.splitlines()]
    for line in script.splitlines():
        assert line.removeprefix(".venv/bin/").removesuffix(" --overwrite") in said
    assert script.split()[-1] == "flows.watching"
    assert (
        services["deployment"]["environment"]["PREFECT_API_URL"]
        == (services["worker"]["environment"]["PREFECT_API_URL"])
    )


def test_alerts_ask_for_metrics_that_are_told(home: Path) -> None:
    run_night(home, home / "raw" / "inbox")
    told = {metric.name for metric in registry_of(home).collect()}
    rules = yaml.safe_load((DEPLOY / "alerts.yml").read_text("utf-8"))["groups"][0]["rules"]
    asked = {name for rule in rules for name in re.findall(r"baophu_\w+", rule["expr"])}
    assert asked - told == set()
    assert len(asked) == len(rules)
