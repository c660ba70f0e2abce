"""One child process seen from its parent: ask it a line, wait for a line, end it."""

import math
import os
import selectors
import signal
import subprocess
import sys
import time
from typing import IO

MEMORY_BYTES = 1 << 30  # what a child may take: twice what a package may inflate to
ANSWER_BYTES = 256 << 20  # a workbook of 3 million cells answers with less
_ERROR_BYTES = 64 << 10


class ChildEnded(Exception):
    """The child did not answer; `reason` is a key of the wording catalogue."""

    def __init__(self, reason: str, **facts: str) -> None:
        super().__init__(reason)
        self.reason = reason
        self.facts = facts


class ChildProcess:
    """A running child (`module`), isolated from the environment of its parent."""

    def __init__(
        self,
        timeout_seconds: float,
        memory_bytes: int = MEMORY_BYTES,
        *,
        module: str = "flows.reading.child",
        file_bytes: int = 0,
    ) -> None:
        self._timeout = timeout_seconds
        bounds = [str(math.ceil(timeout_seconds)), str(memory_bytes), str(file_bytes)]
        self._process = subprocess.Popen(
            [sys.executable, "-I", "-m", module, *bounds],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            env={"LC_ALL": "C.UTF-8", "PATH": os.defpath},
            bufsize=0,
        )

    @property
    def pid(self) -> int:
        """The number of the process."""
        return self._process.pid

    def is_alive(self) -> bool:
        """Whether the child still runs."""
        return self._process.poll() is None

    def ask(self, line: bytes) -> bytes:
        """Send one request line and return the answer line; raises ChildEnded."""
        try:
            self._stdin.write(line + b"\n")
        except OSError as error:
            raise self._ended() from error
        return self._answer(time.monotonic() + self._timeout)

    def stop(self) -> None:
        """Kill the child, wait for it and close its pipes."""
        self._process.kill()
        self._process.wait()
        for pipe in (self._process.stdin, self._process.stdout, self._process.stderr):
            if pipe is not None:
                pipe.close()

    def _answer(self, deadline: float) -> bytes:
        pieces: list[bytes] = []
        size = 0
        with selectors.DefaultSelector() as selector:
            selector.register(self._stdout, selectors.EVENT_READ)
            while size <= ANSWER_BYTES:
                if not selector.select(max(deadline - time.monotonic(), 0)):
                    raise ChildEnded("reading.too_slow", seconds=f"{self._timeout:g}")
                piece = os.read(self._stdout.fileno(), 1 << 20)
                if not piece:
                    raise self._ended()
                pieces.append(piece)
                size += len(piece)
                if piece.endswith(b"\n"):
                    return b"".join(pieces)
        raise ChildEnded("reading.child_died", how="endless answer")

    def _ended(self) -> ChildEnded:
        """Why the child closed its pipe: by its exit status and its last words."""
        try:
            status = self._process.wait(timeout=5)
        except subprocess.TimeoutExpired:
            return ChildEnded("reading.child_died", how="closed its output")
        words = os.read(self._stderr.fileno(), _ERROR_BYTES)
        if status in (-signal.SIGXCPU, -signal.SIGALRM):
            return ChildEnded("reading.too_slow", seconds=f"{self._timeout:g}")
        # Only the kernel's out-of-memory killer sends SIGKILL here; Rust aborts on a failed malloc.
        if status == -signal.SIGKILL or b"memory allocation" in words or b"MemoryError" in words:
            return ChildEnded("reading.too_much_memory")
        return ChildEnded("reading.child_died", how=_status(status))

    @property
    def _stdin(self) -> IO[bytes]:
        return _pipe(self._process.stdin)

    @property
    def _stdout(self) -> IO[bytes]:
        return _pipe(self._process.stdout)

    @property
    def _stderr(self) -> IO[bytes]:
        return _pipe(self._process.stderr)


def _pipe(pipe: IO[bytes] | None) -> IO[bytes]:
    if pipe is None:  # never: all three were asked for
        raise ValueError("the child has no such pipe")
    return pipe


def _status(status: int) -> str:
    return signal.Signals(-status).name if status < 0 else f"exit {status}"
