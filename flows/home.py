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


def refused_inbox(home: Path, inbox: Path) -> str:
    """Why a folder cannot be an inbox, "" when it can: landing empties it.

    What is kept must never be taken for what just arrived: the landed files and their
    receipts, the warehouse, the samples of the repository.
    """
    folder = inbox.resolve()
    for kept in _kept_folders(home):
        if folder == kept or folder.is_relative_to(kept) or kept.is_relative_to(folder):
            return f"{inbox} cannot be an inbox: a night empties its inbox, and {kept} is kept."
    return ""


def _kept_folders(home: Path) -> list[Path]:
    kept = [home / "raw" / "landed", home / "raw" / "receipts", home / "warehouse"]
    return [folder.resolve() for folder in (samples_folder(), *kept)]
