"""Where the warehouse keeps its files under a home directory."""

from pathlib import Path


def warehouse_folder(home: Path) -> Path:
    """The folder of all the warehouse's data files."""
    return home / "warehouse"


def working_file(home: Path) -> Path:
    """The one file that is written to; private to the process that has it open."""
    return warehouse_folder(home) / "work" / "baophu.duckdb"


def spill_folder(home: Path) -> Path:
    """Where DuckDB puts what does not fit into memory; empty between nights."""
    return warehouse_folder(home) / "work" / "spill"


def publications_folder(home: Path) -> Path:
    """The immutable copies that readers open, with their sha256 beside them."""
    return warehouse_folder(home) / "publications"


def current_link(home: Path) -> Path:
    """The symbolic link to the newest publication."""
    return warehouse_folder(home) / "current.duckdb"


def data_docs_folder(home: Path) -> Path:
    """The pages that show each night's validation results."""
    return warehouse_folder(home) / "docs"


def current_parquet(home: Path) -> Path:
    """The symbolic link to the newest publication's folder of Parquet files."""
    return warehouse_folder(home) / "current.parquet"


def landed_folder(home: Path) -> Path:
    """The submitted files as received, `<sha256[:16]>__<name>`."""
    return home / "raw" / "landed"


def decisions_file(home: Path) -> Path:
    """The stewards' decisions: append-only, in SQLite, beside the warehouse and outliving it."""
    return warehouse_folder(home) / "decisions.sqlite"


def lock_file(home: Path) -> Path:
    """Held by the night that runs; the file stays, the lock goes with its process."""
    return warehouse_folder(home) / "night.lock"
