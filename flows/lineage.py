"""Lineage: one OpenLineage event a night, to a file or to a collector's address.

BAOPHU_LINEAGE=/var/log/baophu/lineage.jsonl                 appended, one event a line
BAOPHU_LINEAGE=http://127.0.0.1:5000/api/v1/lineage          sent by POST

The event is written here, not by the standard's own client: that brings four more packages that
open connections for a document of twenty lines.
"""

import datetime as dt
import json
import logging
import os
import urllib.request
import uuid
from pathlib import Path
from typing import Any

from flows.night import NightReport
from warehouse.places import current_link, landed_folder

SPEC = "https://openlineage.io/spec/2-0-2/OpenLineage.json#/$defs/RunEvent"
MESSAGE = "https://openlineage.io/spec/facets/1-0-1/ErrorMessageRunFacet.json"
PRODUCER = "urn:baophu:night"
PATIENCE = 30
"""Seconds that a collector may take; a night does not hang on it."""

logger = logging.getLogger("baophu.lineage")


def emit_lineage(home: Path, report: NightReport) -> None:
    """Tell of a night where BAOPHU_LINEAGE says; what fails here never fails the night."""
    target = os.environ.get("BAOPHU_LINEAGE", "")
    if not target:
        return
    line = json.dumps(event_of(home, report), ensure_ascii=False)
    try:
        if target.startswith(("http://", "https://")):
            _post(target, line)
        else:
            with Path(target).open("a", encoding="utf-8") as stream:
                stream.write(line + "\n")
    except OSError as error:
        logger.error("lineage was not told: %s", error)


def event_of(home: Path, report: NightReport) -> dict[str, Any]:
    """The event that ends the night's run: landed files in, a publication out."""
    facets = {}
    if report.state == "Incomplete":
        facets["errorMessage"] = {
            "_producer": PRODUCER,
            "_schemaURL": MESSAGE,
            "message": report.reason,
            "programmingLanguage": "python",
        }
    return {
        "eventType": "FAIL" if report.state == "Incomplete" else "COMPLETE",
        "eventTime": _moment(report.finished_at),
        "producer": PRODUCER,
        "schemaURL": SPEC,
        "run": {"runId": str(uuid.uuid5(uuid.NAMESPACE_URL, report.night_id)), "facets": facets},
        "job": {"namespace": "baophu", "name": "nightly"},
        "inputs": [_file(path) for path in _read_files(home, report)],
        "outputs": [_file(current_link(home).resolve())] if report.published_now else [],
    }


def _read_files(home: Path, report: NightReport) -> list[Path]:
    """The landed files of the submissions that the night decided on."""
    ids = {line.submission_id for line in report.submissions}
    folder = landed_folder(home)
    return sorted(path for path in folder.glob("*__*") if path.name.partition("__")[0] in ids)


def _file(path: Path) -> dict[str, str]:
    """A dataset is named by its whole path on the machine's file system."""
    return {"namespace": "file", "name": str(path)}


def _moment(moment: dt.datetime) -> str:
    return moment.replace(tzinfo=dt.UTC).isoformat().replace("+00:00", "Z")


def _post(address: str, line: str) -> None:
    headers = {"Content-Type": "application/json; charset=utf-8"}
    request = urllib.request.Request(address, line.encode(), headers)  # noqa: S310 (the operator's)
    with urllib.request.urlopen(request, timeout=PATIENCE):  # noqa: S310
        pass
