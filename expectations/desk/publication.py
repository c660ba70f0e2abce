"""The published copy as the pages read it: opened once, opened again when a night publishes."""

import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from warehouse.database import open_published, published_file
from warehouse.places import current_link

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

Row = dict[str, Any]
T = TypeVar("T")


class Reader:
    """Rows of a warehouse as dicts; safe to use from several threads."""

    def __init__(self, connection: "DuckDBPyConnection") -> None:
        self._connection = connection

    @contextmanager
    def cursor(self) -> Iterator["DuckDBPyConnection"]:
        """A connection of one's own to the same file."""
        with self._connection.cursor() as cursor:
            yield cursor

    def rows(self, sql: str, parameters: Mapping[str, object] | None = None) -> list[Row]:
        """The rows of a query as dicts."""
        with self.cursor() as cursor:
            cursor.execute(sql, dict(parameters or {}))
            names = [column[0] for column in cursor.description or []]
            return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]

    def row(self, sql: str, parameters: Mapping[str, object] | None = None) -> Row | None:
        """The first row of a query, if any."""
        return next(iter(self.rows(sql, parameters)), None)


class Publication(Reader):
    """One publication, open for reading; what pages compute of it is kept, for it never changes."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.readers = 0
        self._open = ExitStack()
        super().__init__(self._open.enter_context(open_published(path)))
        self._known: dict[object, Any] = {}
        self._lock = threading.RLock()

    def remember(self, key: object, compute: Callable[[], T]) -> T:
        """What `compute` gives, computed once for this publication."""
        with self._lock:
            if key not in self._known:
                self._known[key] = compute()
            known: T = self._known[key]
        return known

    def close(self) -> None:
        """Let go of the file."""
        self._open.close()


class Publications:
    """The current publication of a home, one connection shared by all pages."""

    def __init__(self, home: Path) -> None:
        self._link = current_link(home)
        self._lock = threading.Lock()
        self._current: Publication | None = None
        self._retired: list[Publication] = []

    @contextmanager
    def reading(self) -> Iterator[Publication]:
        """The current publication, which stays open and the same until the page is done.

        Raises NoPublication before the first night.
        """
        with self._lock:
            publication = self._newest()
            publication.readers += 1
        try:
            yield publication
        finally:
            with self._lock:
                publication.readers -= 1
                self._close_retired()

    def _newest(self) -> Publication:
        path = published_file(self._link)
        if self._current is None or self._current.path != path:
            fresh = Publication(path)
            if self._current is not None:
                self._retired.append(self._current)
            self._current = fresh
        return self._current

    def _close_retired(self) -> None:
        for publication in [one for one in self._retired if not one.readers]:
            self._retired.remove(publication)
            publication.close()
