"""A workbook annotated by a bounded child process, or its results alone where that fails."""

import base64
import json
import tempfile
from collections.abc import Iterable, Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any

from expectations.reasons import sentence
from flows.annotate.given import Annotated, apart
from flows.annotate.marks import marks_of, result_lines, to_mend
from flows.reading.childprocess import ChildEnded, ChildProcess

CHILD = "flows.annotate.child"
TIMEOUT_SECONDS = 120
"""A workbook is read twice and written once; reading it once may take 60 seconds."""
COPY_BYTES = 128 << 20
"""What the child may write: the copy that it reads again. A file of 50 MB grows little."""


def annotate(
    path: Path,
    file_name: str,
    findings: Iterable[Mapping[str, Any]],
    timeout_seconds: float = TIMEOUT_SECONDS,
) -> Annotated:
    """A file with what its province has to mend, marked and explained in Vietnamese.

    `findings` are rows of `review.finding`, each with its `cells` (sheet, cell, typed_text)
    and maybe a `steward_message` to the province.
    The file itself is never changed; only a child process, bounded as the night's readers are,
    opens it. Every value of the copy is compared with the original before it is given out.
    """
    wanted = to_mend(findings)
    lines = result_lines(wanted)
    request = {
        "path": str(path.resolve()),
        "file_name": file_name,
        "marks": [asdict(mark) for mark in marks_of(wanted)],
        "lines": [asdict(line) for line in lines],
    }
    try:
        answer = _asked(request, timeout_seconds)
    except ChildEnded as end:
        return apart(file_name, lines, *sentence(end.reason, end.facts))
    return Annotated(**answer | {"content": base64.b64decode(answer["content"])})


def _asked(request: dict[str, Any], timeout_seconds: float) -> dict[str, Any]:
    """The child's answer; its scratch folder goes with it, however it ended."""
    with tempfile.TemporaryDirectory(prefix="baophu-annotate-") as scratch:
        child = ChildProcess(timeout_seconds, module=CHILD, file_bytes=COPY_BYTES)
        try:
            line = json.dumps(request | {"scratch": scratch}).encode("ascii")
            answer: dict[str, Any] = json.loads(child.ask(line))
        finally:
            child.stop()
    return answer
