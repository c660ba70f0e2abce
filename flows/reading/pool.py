"""Many files read at once by child processes; whatever one file does, the others are read."""

import json
import os
import queue
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from flows.reading.childprocess import MEMORY_BYTES, ChildEnded, ChildProcess
from flows.reading.rejected import rejected_reading
from flows.reading.wire import Wire, to_packed_wire, unpack_wire

Bounds = tuple[int, float, int]
"""Files of a child, seconds of a file, bytes of memory."""


@dataclass(frozen=True, slots=True)
class ReadRequest:
    """One landed file to read: where it lies, its name as sent, its hash, who sent it."""

    path: Path
    file_name: str
    sha256: str
    reporter: str = ""


def read_files(
    requests: Sequence[ReadRequest],
    workers: int | None = None,
    batch: int = 25,
    timeout_seconds: float = 60,
    memory_bytes: int = MEMORY_BYTES,
    *,
    packed: bool = False,
) -> Iterator[Wire]:
    """Read files with `workers` children at once (default: one a core), as they are done.

    Every request is answered once, in no particular order, with the dict of one
    `Reading` (`flows.reading.wire.from_wire` makes it one again); its cells and
    observations stay `packed` by columns for who loads them. A child is
    replaced after `batch` files, and when it dies, hangs or answers nonsense;
    the file that it was reading then gets a rejected reading.
    """
    waiting: queue.SimpleQueue[ReadRequest] = queue.SimpleQueue()
    for request in requests:
        waiting.put(request)
    crew = min(workers or os.cpu_count() or 1, len(requests))
    done: queue.Queue[Wire | BaseException] = queue.Queue(maxsize=max(2 * crew, 1))
    stop = threading.Event()
    threads = [
        threading.Thread(
            target=_work,
            args=(waiting, done, stop, _take_reader((batch, timeout_seconds, memory_bytes))),
            daemon=True,
        )
        for _ in range(crew)
    ]
    for thread in threads:
        thread.start()
    try:
        for _ in requests:
            answer = done.get()
            if isinstance(answer, BaseException):
                raise answer
            yield answer if packed else unpack_wire(answer)
    finally:
        stop.set()
        _drain(done, threads)


def _drain(done: "queue.Queue[Wire | BaseException]", threads: list[threading.Thread]) -> None:
    """Let workers that wait to hand in an answer finish."""
    for thread in threads:
        while thread.is_alive():
            while not done.empty():
                done.get_nowait()
            thread.join(timeout=0.05)


def _work(
    waiting: "queue.SimpleQueue[ReadRequest]",
    done: "queue.Queue[Wire | BaseException]",
    stop: threading.Event,
    reader: "_Reader",
) -> None:
    """One worker: its child after another, until no request waits."""
    try:
        while not stop.is_set():
            try:
                request = waiting.get_nowait()
            except queue.Empty:
                break
            done.put(reader.read(request))
    except Exception as error:  # the caller of read_files must hear of it
        done.put(error)
    finally:
        _give_back(reader)


class _Reader:
    """Reads one file after another, with a child that it replaces when needed."""

    def __init__(self, bounds: Bounds) -> None:
        self.bounds = bounds
        self._batch = bounds[0]
        self._child: ChildProcess | None = None
        self._answered = 0

    def read(self, request: ReadRequest) -> Wire:
        """The reading of one file, rejected when its child did not survive it."""
        line = json.dumps({
            "path": str(request.path),
            "file_name": request.file_name,
            "sha256": request.sha256,
            "reporter": request.reporter,
        })  # fmt: skip
        try:
            answer: Wire = json.loads(self._ready_child().ask(line.encode("ascii")))
            self._answered += 1
            if answer["sha256"] != request.sha256:
                raise ChildEnded("reading.child_died", how="answer to another file")
        except ChildEnded as end:
            self.stop()
            return _rejected(request, end)
        except (ValueError, KeyError, TypeError):
            self.stop()
            return _rejected(request, ChildEnded("reading.child_died", how="no proper answer"))
        if self._answered >= self._batch or answer["reason"] == "reading.too_much_memory":
            self.stop()
        return answer

    def stop(self) -> None:
        """End the child, if there is one."""
        if self._child is not None:
            self._child.stop()
        self._child, self._answered = None, 0

    def _ready_child(self) -> ChildProcess:
        if self._child is None or not self._child.is_alive():
            self.stop()
            _batch, seconds, memory_bytes = self.bounds
            self._child = ChildProcess(seconds, memory_bytes)
        return self._child


_waiting_readers: list[_Reader] = []
_keepers: list[object] = []  # who asked that children be kept


@contextmanager
def children_kept() -> Iterator[None]:
    """Within this, children that are done wait for the next call of `read_files`.

    A child needs 0.4 CPU seconds until it has read its first file, as much as twenty files.
    """
    keeper = object()
    _keepers.append(keeper)
    try:
        yield
    finally:
        _keepers.remove(keeper)
        while not _keepers and _waiting_readers:
            _waiting_readers.pop().stop()


def _take_reader(bounds: Bounds) -> _Reader:
    """A reader whose child waits, if there is one, else a new one."""
    with suppress(IndexError):
        reader = _waiting_readers.pop()
        if reader.bounds == bounds:
            return reader
        reader.stop()
    return _Reader(bounds)


def _give_back(reader: _Reader) -> None:
    if _keepers:
        _waiting_readers.append(reader)
    else:
        reader.stop()


def _rejected(request: ReadRequest, end: ChildEnded) -> Wire:
    return to_packed_wire(
        rejected_reading(request.file_name, request.sha256, end.reason, end.facts)
    )
