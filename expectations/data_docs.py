"""Data Docs of a night: Great Expectations' validation results as one page, Vietnamese first.

The results are Great Expectations' own objects; the page is ours. Its site builder loads styles,
scripts and pictures from five hosts and speaks English only, and its pages could not link to the
steward's. This one refers to no host but the desk's, and needs no script.
"""

import datetime as dt
import os
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

TEMPLATE = Path(__file__).with_name("data_docs.html")
# Where stewards reach their desk from the page; the desk's own default address.
DESK_ADDRESS = "http://localhost:8080"
# A month of nights, 30 kB each.
NIGHTS_KEPT = 31
COUNTS = ("element_count", "unexpected_count", "missing_count")

Validation = Mapping[str, Any]
"""An `ExpectationSuiteValidationResult` in its JSON form."""


@dataclass(slots=True)
class Line:
    """One expectation over all batches of the night; `fault` says why it could not be evaluated."""

    rule: str
    suite: str
    title_vi: str
    title_en: str
    severity: str
    evaluated: int = 0
    fails: int = 0
    unknown: int = 0
    fault: str = ""
    sample: list[dict[str, str]] = field(default_factory=list)


def write_data_docs(
    folder: Path, validations: Iterable[Validation], at: dt.datetime, keep: int = NIGHTS_KEPT
) -> Path:
    """Write the page of the night that judged at a moment (UTC); all but the last nights' go.

    Returns the page's file; `index.html` beside it is the same page.
    """
    folder.mkdir(parents=True, exist_ok=True)
    text = page(validations, at, os.environ.get("BAOPHU_DESK_URL", DESK_ADDRESS).rstrip("/"))
    night = folder / f"night-{at:%Y-%m-%dT%H%M%SZ}.html"
    for file in (night, folder / "index.html"):
        unfinished = file.with_suffix(".part")
        unfinished.write_text(text, encoding="utf-8")
        unfinished.replace(file)
    for old in sorted(folder.glob("night-*.html"))[:-keep]:
        old.unlink()
    return night


def page(validations: Iterable[Validation], at: dt.datetime, desk: str) -> str:
    """The page as HTML; everything that is printed into it is escaped."""
    from jinja2 import Environment  # noqa: PLC0415

    template = Environment(autoescape=True).from_string(TEMPLATE.read_text(encoding="utf-8"))
    return template.render(lines=lines_of(validations), at=at, desk=desk)


def lines_of(validations: Iterable[Validation]) -> list[Line]:
    """The expectations in the order of their suites, each added up over the night's batches."""
    lines: dict[str, Line] = {}
    for validation in validations:
        for result in validation["results"]:
            config = result["expectation_config"]
            rule = config["kwargs"]["rule_id"]
            titles = (config["description"], config["notes"], config["severity"])
            line = lines.setdefault(rule, Line(rule, validation["suite_name"], *titles))
            _add(line, result)
    return list(lines.values())


def _add(line: Line, result: Mapping[str, Any]) -> None:
    counted = result["result"]
    evaluated, fails, unknown = (int(counted.get(name) or 0) for name in COUNTS)
    line.evaluated += evaluated
    line.fails += fails
    line.unknown += unknown
    line.sample += counted.get("partial_unexpected_list") or []
    if not counted:
        line.fault = line.fault or _fault(result["exception_info"])


def _fault(info: Mapping[str, Any]) -> str:
    """Great Expectations gives one fault, or one for each metric that raised."""
    faults = [info] if "exception_message" in info else list(info.values())
    return next((str(one["exception_message"]) for one in faults), "")
