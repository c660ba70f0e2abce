"""The home: the folder that holds `raw/` and the warehouse's data files."""

import os
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
"""The repository: the home unless `--home` or BAOPHU_HOME names another."""


def find_home(option: Path | None) -> Path:
    """The home a command works in: its option, else BAOPHU_HOME, else the repository."""
    chosen = option or Path(os.environ.get("BAOPHU_HOME") or ROOT)
    return chosen.expanduser().resolve()


def inbox_folder(home: Path) -> Path:
    """Where workbooks are dropped: `raw/inbox/<reporter>/<file>`."""
    return home / "raw" / "inbox"


def samples_folder() -> Path:
    """The sample workbooks that come with the repository."""
    return ROOT / "raw" / "samples"
