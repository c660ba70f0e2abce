"""Ask a publication a person's question: SQL in a throw-away process with limits on everything."""

import datetime as dt
import json
import os
import subprocess
import sys
import tempfile
from dataclasses import asdict, dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

from warehouse.database import published_file

Value = None | bool | int | float | str | Decimal | dt.date | dt.datetime


@dataclass(frozen=True, slots=True)
class Limits:
    """What a question may cost. Beyond `rows` and `bytes` the answer is cut, and says so."""

    rows: int = 10_000
    bytes: int = 16_000_000
    seconds: float = 30.0
    cpu_seconds: int = 30
    memory_mb: int = 512


@dataclass(frozen=True, slots=True)
class Answer:
    """The rows of an answer in the order asked; `cut` says that there were more."""

    columns: tuple[str, ...]
    types: tuple[str, ...]
    rows: tuple[tuple[Value, ...], ...]
    cut: bool


class QuestionRefused(ValueError):
    """The SQL was not one SELECT, failed, or cost too much; the message is one sentence."""


def ask(path: Path, sql: str, limits: Limits | None = None) -> Answer:
    """Run one SELECT on a published file, read-only and with nothing outside in reach.

    Decimals come without trailing zeros. Raises QuestionRefused with a sentence for the
    person who asked, NoPublication when there is nothing to ask. Some queries cannot be
    interrupted, so the process is killed.
    """
    limits = limits or Limits()
    question = {"path": str(published_file(path)), "sql": sql, "limits": asdict(limits)}
    with tempfile.TemporaryDirectory(prefix="baophu-ask-") as folder:
        said = _run(json.dumps(question), folder, limits)
    if "error" in said:
        raise QuestionRefused(said["error"])
    columns, types = tuple(said["columns"]), tuple(said["types"])
    rows = tuple(tuple(map(_value, row, types)) for row in said["rows"])
    return Answer(columns, types, rows, said["cut"])


def _run(question: str, folder: str, limits: Limits) -> dict[str, Any]:
    with subprocess.Popen(
        [sys.executable, "-I", "-m", "warehouse.sandbox"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        encoding="utf-8",
        cwd=folder,
        env={"HOME": folder, "PATH": os.defpath, "LANG": "C.UTF-8"},
        start_new_session=True,
    ) as child:
        try:
            out, err = child.communicate(question, timeout=limits.seconds)
        except subprocess.TimeoutExpired as late:
            child.kill()
            raise QuestionRefused(
                f"The question took longer than {limits.seconds:g} seconds and was stopped."
            ) from late
    return _said(out, err, child.returncode)


def _said(out: str, err: str, code: int) -> dict[str, Any]:
    if code == 0:
        said: dict[str, Any] = json.loads(out)
        return said
    if code < 0 or "MemoryError" in err:
        raise QuestionRefused(
            "The question used more processor time or memory than it may and was stopped."
        )
    raise RuntimeError(f"The process that answers questions failed: {err.strip()}")


def _value(wire: Any, kind: str) -> Value:
    if wire is None:
        return None
    if kind.startswith("DECIMAL"):
        return Decimal(wire)
    if kind == "DATE":
        return dt.date.fromisoformat(wire)
    if kind == "TIMESTAMP":
        return dt.datetime.fromisoformat(wire)
    value: Value = wire
    return value
