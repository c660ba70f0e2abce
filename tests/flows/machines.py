"""Machines that a night is spread over, as processes of this one: servers, workers, a cluster."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import TypeVar

PROGRAMS = Path(sys.executable).parent
ROOT = Path(__file__).parents[2]
T = TypeVar("T")


def until(look: Callable[[], T], *, pause: float = 0.2) -> T:
    """Look again and again until there is something to see; the runner of tests ends what hangs."""
    while not (seen := look()):
        time.sleep(pause)
    return seen


class Machine:
    """A process with all that it starts, which can be frozen, thawed and switched off."""

    def __init__(self, *command: str | Path, environment: Mapping[str, str], log: Path) -> None:
        self.log = log
        with log.open("ab") as words:
            self.process = subprocess.Popen(
                [str(part) for part in command],
                env=dict(environment),
                cwd=ROOT,
                stdin=subprocess.DEVNULL,
                stdout=words,
                stderr=words,
                start_new_session=True,
            )

    def freeze(self) -> None:
        """Stop its processes where they are."""
        self._signal(signal.SIGSTOP)

    def thaw(self) -> None:
        """Let them go on."""
        self._signal(signal.SIGCONT)

    def switch_off(self) -> None:
        """Kill -9 to all of its processes at once, as when its power goes."""
        self._signal(signal.SIGKILL)
        self.process.wait()

    def family(self) -> list[int]:
        """The process and its descendants, whatever sessions they made."""
        return _family(self.process.pid)

    def _signal(self, number: int) -> None:
        for pid in self.family():
            try:
                os.kill(pid, number)
            except ProcessLookupError:
                continue


def _family(pid: int) -> list[int]:
    try:
        tasks = list(Path(f"/proc/{pid}/task").iterdir())
        children = " ".join((task / "children").read_text() for task in tasks).split()
    except OSError:
        return [pid]
    return [pid, *(one for child in children for one in _family(int(child)))]


class Site:
    """Starts machines that share an environment, and switches all of them off in the end."""

    def __init__(self, folder: Path, environment: Mapping[str, str]) -> None:
        self.folder = folder
        self.environment = dict(environment)
        self.machines: list[Machine] = []

    def start(self, name: str, program: str, *arguments: str | Path, **more: str) -> Machine:
        """Start one of the programs beside this Python."""
        machine = Machine(
            PROGRAMS / program,
            *arguments,
            environment=self.environment | more,
            log=self.folder / f"{name}.log",
        )
        self.machines.append(machine)
        return machine

    def run(self, program: str, *arguments: str | Path, **more: str) -> str:
        """Run a program to its end; what it says."""
        done = subprocess.run(
            [str(PROGRAMS / program), *map(str, arguments)],
            env=self.environment | more,
            cwd=ROOT,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout


@contextmanager
def site(folder: Path, environment: Mapping[str, str]) -> Iterator[Site]:
    """A site whose machines end with the context."""
    made = Site(folder, environment)
    try:
        yield made
    finally:
        for machine in made.machines:
            machine.thaw()
            machine.switch_off()
