"""prefect.yaml says what `baophu serve` does: the same flow, moment and collision strategy."""

from pathlib import Path

import yaml

from flows.deploy import CRON, DEPLOYMENT, TIMEZONE, make_deployment

ROOT = Path(__file__).parents[2]


def test_the_file_and_the_schedule_agree(tmp_path: Path) -> None:
    written = yaml.safe_load((ROOT / "prefect.yaml").read_text("utf-8"))
    [deployment] = written["deployments"]
    served = make_deployment(tmp_path)
    assert deployment["name"] == DEPLOYMENT
    assert deployment["entrypoint"] == served.entrypoint == "flows.nightly.nightly"
    assert deployment["schedules"] == [{"cron": CRON, "timezone": TIMEZONE}]
    assert deployment["concurrency_limit"]["limit"] == served.concurrency_limit
    assert deployment["concurrency_limit"]["collision_strategy"] == "ENQUEUE"
    assert list(deployment["parameters"]) == list(served.parameters)
