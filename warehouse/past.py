"""The publications that are kept: what each holds, going back to one, and how two differ."""

import datetime as dt
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from warehouse import places
from warehouse.database import open_pair, open_published
from warehouse.publish import hash_file, publications, sha256_of, show
from warehouse.rows import Record, fetch_records

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

CONTENT = """
SELECT
    (SELECT count(*) FROM mart.figures) AS figures,
    (SELECT count(*) FROM review.submission) AS submissions,
    (SELECT arg_max(content_hash, (finished_at, night_id)) FROM review.night) AS content_hash
"""
KEY = "area_level, area_code, indicator, group_code, period, scenario"
# Values are compared, and obs_status: a correction may put the printed figure back.
DIFFERENCE = f"""
SELECT
    CASE WHEN n.observation_id IS NULL THEN 'removed'
        WHEN o.observation_id IS NULL THEN 'added'
        ELSE 'changed'
    END AS change,
    {KEY}, o.value AS old_value, n.value AS new_value, n.value - o.value AS change_value,
    coalesce(n.unit, o.unit) AS unit, o.file_name AS old_file_name, n.file_name AS new_file_name
FROM old.mart.figures AS o
FULL JOIN new.mart.figures AS n USING ({KEY})
WHERE o.value IS DISTINCT FROM n.value OR o.obs_status IS DISTINCT FROM n.obs_status
ORDER BY {KEY}
LIMIT $limit
"""


class NoSuchPublication(LookupError):
    """No publication of that name is kept."""


class DamagedPublication(RuntimeError):
    """A publication's bytes are not those that were published."""


@dataclass(frozen=True, slots=True)
class Publication:
    """One kept publication; `published_at` is UTC, `size_bytes` what the file takes."""

    name: str
    published_at: dt.datetime
    is_current: bool
    size_bytes: int
    submissions: int
    figures: int
    content_hash: str


def kept(home: Path) -> list[Publication]:
    """Every publication of a home, the newest first."""
    current = places.current_link(home).resolve()
    paths = publications(places.publications_folder(home))
    return [_publication(path, current) for path in reversed(paths)]


def restore(home: Path, name: str) -> Path:
    """Make an older publication the current one again, in one step, and return it.

    The next night that changes something publishes anew; nothing that is stored changes.
    Raises NoSuchPublication, and DamagedPublication when the file's hash is not its own.
    """
    path = find(home, name)
    said = hash_file(path)
    if not said.exists() or said.read_text(encoding="utf-8").split()[:1] != [sha256_of(path)]:
        raise DamagedPublication(f"{path} is not what was published; choose another one.")
    show(home, path)
    return path


def difference(home: Path, old: str, new: str = "current", limit: int = 1000) -> list[Record]:
    """The figures that were added, removed or changed between two publications.

    `current` names the one that readers open. At most `limit` rows.
    """
    with open_pair(find(home, old), find(home, new)) as connection:
        return fetch_records(connection, DIFFERENCE, {"limit": limit})


def find(home: Path, name: str) -> Path:
    """The file of a publication by its name or the beginning of it, or of `current`."""
    paths = publications(places.publications_folder(home))
    if name == "current":
        current = places.current_link(home).resolve()
        found = [path for path in paths if path.resolve() == current]
    else:
        found = [path for path in paths if path.name.startswith(name)]
    if len(found) != 1:
        many = "no publication" if not found else f"{len(found)} publications"
        raise NoSuchPublication(
            f"There is {many} {name!r}; `baophu publication list` shows those that are kept."
        )
    return found[0]


def content_of(connection: "DuckDBPyConnection") -> str:
    """The content hash of an open publication, "" when no night is written down in it."""
    return fetch_records(connection, CONTENT)[0]["content_hash"] or ""


def _publication(path: Path, current: Path) -> Publication:
    with open_published(path) as connection:
        content = fetch_records(connection, CONTENT)[0]
    return Publication(
        name=path.stem,
        published_at=dt.datetime.strptime(path.stem, "%Y%m%dT%H%M%S.%fZ"),
        is_current=path.resolve() == current,
        size_bytes=path.stat().st_size,
        submissions=content["submissions"],
        figures=content["figures"],
        content_hash=content["content_hash"] or "",
    )
