"""A home and its lake: the lake's own environment does the work, we ask it.

DuckLake's extension is packaged for one DuckDB only, so what works on a lake runs in an
environment beside ours (`make lake`), as a program that answers in JSON.
"""

import json
import logging
import os
import subprocess
from pathlib import Path
from typing import Any

from flows.home import ROOT
from warehouse.places import current_link

logger = logging.getLogger("baophu.lake")


class LakeFailed(RuntimeError):
    """The lake could not be worked on; the message says why in its last line."""


def is_wanted() -> bool:
    """Whether BAOPHU_LAKE names a lake."""
    return bool(os.environ.get("BAOPHU_LAKE"))


def ask_lake(*arguments: str) -> Any:
    """Let the lake's environment do one thing (`warehouse.lakeside`); returns its answer.

    Raises LakeFailed.
    """
    python = Path(os.environ.get("BAOPHU_LAKE_PYTHON") or ROOT / ".venv-lake" / "bin" / "python")
    if not python.exists():
        raise LakeFailed(f"{python} is missing: run `make lake` once.")
    done = subprocess.run(
        [str(python), "-m", "warehouse.lakeside", *arguments],
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        last = (done.stderr.strip().splitlines() or ["it ended without a word"])[-1]
        raise LakeFailed(f"The lake could not be worked on: {last}")
    return json.loads(done.stdout)


def write_publication(home: Path) -> dict[str, int]:
    """Bring the lake to what the home's current publication says; see `warehouse.lake.write`."""
    written: dict[str, int] = ask_lake("write", str(current_link(home)))
    logger.info("lake: %(submissions)d submissions written, %(tries)d tries", written)
    return written
