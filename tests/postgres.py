"""A PostgreSQL of the tests' own: started in a folder that goes with it, on this machine only."""

import getpass
import os
import shutil
import socket
import subprocess
import tempfile
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

DEBIAN = Path("/usr/lib/postgresql")  # Debian keeps a folder a version, outside PATH
UNPRIVILEGED = "nobody"  # PostgreSQL refuses to run as root
USER = "baophu"
TRIES = 5
QUICK = ("fsync=off", "synchronous_commit=off", "full_page_writes=off", "max_connections=60")


@dataclass(frozen=True, slots=True)
class Postgres:
    """A running server that trusts everybody on this machine, with its programs."""

    programs: Path
    port: int
    host: str = "127.0.0.1"
    user: str = USER

    def new_database(self) -> str:
        """Make an empty database and return its name."""
        name = f"test_{uuid.uuid4().hex[:12]}"
        self._run("createdb", name)
        return name

    def url(self, database: str, scheme: str = "postgresql") -> str:
        """Where a database is, for SQLAlchemy and Prefect (`postgresql+asyncpg`)."""
        return f"{scheme}://{self.user}@{self.host}:{self.port}/{database}"

    def options(self, database: str) -> str:
        """Where a database is, in libpq's words."""
        return f"dbname={database} host={self.host} port={self.port} user={self.user}"

    def ask(self, database: str, sql: str) -> str:
        """What `psql` answers to one statement, without headers."""
        return self._run("psql", "-X", "-A", "-t", "-d", database, "-c", sql).strip()

    def _run(self, program: str, *arguments: str) -> str:
        where = ["-h", self.host, "-p", str(self.port), "-U", self.user]
        command = [str(self.programs / program), *where, *arguments]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr
        return done.stdout


def find_programs() -> Path | None:
    """The folder of PostgreSQL's programs, the newest version's; None when there is none."""
    found = sorted(DEBIAN.glob("*/bin/initdb"), key=lambda path: float(path.parts[-3]))
    on_path = shutil.which("initdb")
    if found:
        return found[-1].parent
    return Path(on_path).resolve().parent if on_path else None


@contextmanager
def running(programs: Path) -> Iterator[Postgres]:
    """Start a server; it is stopped and its folder removed when the context ends."""
    folder = Path(tempfile.mkdtemp(prefix="baophu-pg-"))
    owner = UNPRIVILEGED if os.geteuid() == 0 else getpass.getuser()
    try:
        if os.geteuid() == 0:
            shutil.chown(folder, owner)
        initdb = [str(programs / "initdb"), "--no-sync", "-A", "trust", "-U", USER, "-E", "UTF8"]
        _as(owner, [*initdb, "--locale=C", "-D", "data"], folder)
        port = _start(programs, folder, owner)
        try:
            yield Postgres(programs, port)
        finally:
            _as(owner, [str(programs / "pg_ctl"), "-D", "data", "-m", "immediate", "stop"], folder)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _start(programs: Path, folder: Path, owner: str) -> int:
    """Start on a free port and return it; another one is tried when somebody was quicker."""
    for left in reversed(range(TRIES)):
        port = _free_port()
        settings = ["listen_addresses=127.0.0.1", f"port={port}", *QUICK]
        said = " ".join(f"-c {one}" for one in [*settings, f"unix_socket_directories={folder}"])
        start = [str(programs / "pg_ctl"), "-D", "data", "-l", "log", "-w", "-t", "120"]
        try:
            _as(owner, [*start, "-o", said, "start"], folder)
        except AssertionError:
            if not left:
                raise
        else:
            return port
    raise AssertionError("no try was left")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _as(owner: str, command: list[str], folder: Path) -> None:
    """Run a program of PostgreSQL in the folder as its owner; its words on failure."""
    words = folder / f"{Path(command[0]).name}.out"
    user = owner if os.geteuid() == 0 else None
    # A file, not a pipe: the server inherits it and would hold a pipe open.
    with words.open("a+") as out:
        done = subprocess.run(
            command,
            cwd=folder,
            user=user,
            stdin=subprocess.DEVNULL,
            stdout=out,
            stderr=subprocess.STDOUT,
            env={"PATH": os.defpath, "LC_ALL": "C"},
            check=False,
        )
    log = folder / "log"
    said = words.read_text() + (log.read_text() if log.exists() else "")
    assert done.returncode == 0, said
