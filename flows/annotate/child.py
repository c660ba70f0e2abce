"""The child process that marks an untrusted workbook: bounded first, then one file a line.

    python -I -m flows.annotate.child SECONDS MEMORY_BYTES FILE_BYTES

reads requests as JSON lines from stdin and answers each with one JSON line; the workbook is in
base64. A fault ends it, and the parent gives the results in a workbook of their own.
"""

import base64
import json
import sys
from dataclasses import asdict
from pathlib import Path
from typing import Any

from flows.reading.child import allow_cpu, bound


def main(arguments: list[str]) -> int:
    """Answer requests until stdin ends."""
    seconds, memory_bytes, file_bytes = (int(argument) for argument in arguments)
    bound(memory_bytes, file_bytes)
    for line in sys.stdin.buffer:
        allow_cpu(seconds)
        answer = json.dumps(_answer(json.loads(line))).encode("ascii")
        sys.stdout.buffer.write(answer + b"\n")
        sys.stdout.buffer.flush()
    return 0


def _answer(request: dict[str, Any]) -> dict[str, Any]:
    from flows.annotate.giving import give_back  # noqa: PLC0415, after the bounds
    from flows.annotate.marks import Mark, ResultLine  # noqa: PLC0415

    made = give_back(
        Path(request["path"]),
        request["file_name"],
        [Mark(**mark) for mark in request["marks"]],
        [ResultLine(**line) for line in request["lines"]],
        Path(request["scratch"]),
    )
    return asdict(made) | {"content": base64.b64encode(made.content).decode("ascii")}


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
