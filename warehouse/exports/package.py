"""The description of an export: a Frictionless data package of its tables, columns and units."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from warehouse.catalog import Column, Offer
from warehouse.exports.folder import MARK
from warehouse.publish import sha256_of

TYPES = {
    "VARCHAR": "string",
    "BIGINT": "integer",
    "INTEGER": "integer",
    "BOOLEAN": "boolean",
    "DATE": "date",
    "TIMESTAMP": "datetime",
    "DOUBLE": "number",
}
MEDIA = {
    "parquet": "application/vnd.apache.parquet",
    "csv": "text/csv",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


@dataclass(frozen=True, slots=True)
class Part:
    """One file of a table; it holds the same as long as `since` is the same."""

    path: str
    since: str
    rows: int
    bytes: int
    sha256: str

    @classmethod
    def read(cls, facts: Mapping[str, Any]) -> "Part":
        """A part as `datapackage.json` describes it."""
        sha256 = facts["hash"].removeprefix("sha256:")
        return cls(facts["path"], facts["since"], facts["rows"], facts["bytes"], sha256)

    def facts(self) -> dict[str, Any]:
        """The part for `datapackage.json`."""
        facts = {"path": self.path, "since": self.since, "rows": self.rows, "bytes": self.bytes}
        return facts | {"hash": f"sha256:{self.sha256}"}


@dataclass(frozen=True, slots=True)
class Resource:
    """One exported table: what it is and the files that hold it."""

    offer: Offer
    columns: Sequence[Column]
    paths: Sequence[Path]
    rows: int
    parts: Sequence[Part] = ()


def write_package(
    folder: Path,
    publication: str,
    content_hash: str,
    resources: Iterable[Resource],
    recipe: str = "",
) -> None:
    """Write `datapackage.json` (Frictionless Data Package 1) for the files of a folder.

    `publication` and `content_hash` say which state of the warehouse was exported.
    """
    described = {
        "name": "baophu",
        "title": "Bao phủ bảo hiểm theo tỉnh / Insurance coverage as the provinces report it",
        "version": publication,
        "content_hash": content_hash,
        **({"recipe": recipe} if recipe else {}),
        "resources": [_resource(folder, one) for one in resources],
    }
    text = json.dumps(described, ensure_ascii=False, indent=1)
    (folder / MARK).write_text(text + "\n", encoding="utf-8")


def damaged_files(folder: Path) -> list[Path]:
    """The files of a described folder that are not there as described; its description if torn."""
    try:
        said = json.loads((folder / MARK).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return [folder / MARK]
    facts = [fact for one in said["resources"] for fact in one.get("files", [one])]
    hashes = {folder / fact["path"]: fact["hash"] for fact in facts if "hash" in fact}
    return [
        path
        for path, said in hashes.items()
        if not path.exists() or f"sha256:{sha256_of(path)}" != said
    ]


def _resource(folder: Path, one: Resource) -> dict[str, Any]:
    paths = [path.relative_to(folder).as_posix() for path in one.paths]
    kind = one.paths[0].suffix.removeprefix(".") if paths else "parquet"
    facts: dict[str, Any] = {
        "name": one.offer.name.replace("_", "-"),
        "path": paths[0] if len(paths) == 1 else paths,
        "description": one.offer.question,
        "format": kind,
        "mediatype": MEDIA[kind],
        "rows": one.rows,
    }
    if one.parts:
        facts["files"] = [part.facts() for part in one.parts]
    elif len(paths) == 1:
        facts["bytes"] = one.paths[0].stat().st_size
        facts["hash"] = f"sha256:{sha256_of(one.paths[0])}"
    if kind == "csv":
        facts |= {"profile": "tabular-data-resource", "encoding": "utf-8"}
    facts["schema"] = {"fields": [_field(column) for column in one.columns], "missingValues": [""]}
    if one.offer.key:
        facts["schema"]["primaryKey"] = list(one.offer.key)
    return facts


def _field(column: Column) -> dict[str, str]:
    kind = TYPES.get(column.type) or ("number" if column.type.startswith("DECIMAL") else "string")
    field = {"name": column.name, "type": kind, "description": column.meaning}
    if column.unit:
        field["unit"] = column.unit
    return field
