"""The child process that opens untrusted files: bounded first, then one file a line.

    python -I -m flows.reading.child SECONDS MEMORY_BYTES FILE_BYTES

reads requests as JSON lines from stdin and answers each with one JSON line.
"""

import gc
import json
import resource
import sys
import traceback
from pathlib import Path

from flows.reading.grid import Unreadable
from flows.reading.wire import Wire, to_packed_wire
from warehouse.model import Reading

OPEN_FILES = 64  # the interpreter's own modules need a dozen at a time
COLLECT_EVERY = 100  # files, which leave some hundred unreachable objects


def main(arguments: list[str]) -> int:
    """Answer requests until stdin ends."""
    seconds, memory_bytes, file_bytes = (int(argument) for argument in arguments)
    bound(memory_bytes, file_bytes)
    gc.freeze()
    gc.disable()  # cells make no cycles, and the process ends after a batch of files
    for number, line in enumerate(sys.stdin.buffer, 1):
        allow_cpu(seconds)
        answer = json.dumps(_answer(json.loads(line)), ensure_ascii=False).encode("utf-8")
        sys.stdout.buffer.write(answer + b"\n")
        sys.stdout.buffer.flush()
        if number % COLLECT_EVERY == 0:
            gc.collect()
    return 0


def bound(memory_bytes: int, file_bytes: int = 0) -> None:
    """Give up what a hostile file could use: memory, files, writing to disk, core dumps.

    `file_bytes` is the largest file that may be written; the readers, whose stdout is a pipe,
    write none.
    """
    resource.setrlimit(resource.RLIMIT_AS, (memory_bytes, memory_bytes))
    resource.setrlimit(resource.RLIMIT_NOFILE, (OPEN_FILES, OPEN_FILES))
    resource.setrlimit(resource.RLIMIT_FSIZE, (file_bytes, file_bytes))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def allow_cpu(seconds: int) -> None:
    """Let the next file use this many CPU seconds; then the kernel ends the process."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    limit = int(used.ru_utime + used.ru_stime) + seconds + 1
    hard = resource.getrlimit(resource.RLIMIT_CPU)[1]
    resource.setrlimit(resource.RLIMIT_CPU, (limit, hard))


def _answer(request: dict[str, str]) -> Wire:
    """The reading of one file, a rejected one when it cannot be read."""
    try:
        return to_packed_wire(_read(request))
    except Unreadable as refusal:
        return _reject(request, refusal.reason, refusal.facts)
    except MemoryError:
        return _reject(request, "reading.too_much_memory", {})
    except Exception as error:
        if isinstance(error, ImportError) and "failed to map" in str(error):
            return _reject(request, "reading.too_much_memory", {})  # full when a library came
        # A fault of ours in one file must not end the night; the reason says whose fault it is.
        print(traceback.format_exc()[-4_000:], file=sys.stderr)
        return _reject(request, "reading.failed", {"error": f"{type(error).__name__}: {error}"})


def _read(request: dict[str, str]) -> Reading:
    from flows.reading.workbook import open_workbook  # noqa: PLC0415, after the bounds

    workbook = open_workbook(Path(request["path"]))

    from flows.reading.parse import read_workbook  # noqa: PLC0415, a refused file needs it not

    return read_workbook(
        workbook,
        file_name=request["file_name"],
        sha256=request["sha256"],
        reporter=request["reporter"],
    )


def _reject(request: dict[str, str], reason: str, facts: dict[str, str]) -> Wire:
    from flows.reading.rejected import rejected_reading  # noqa: PLC0415

    return to_packed_wire(rejected_reading(request["file_name"], request["sha256"], reason, facts))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
