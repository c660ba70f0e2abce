"""The folder of an export: filled beside its place, then put there in one step."""

import shutil
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

MARK = "datapackage.json"
"""What a folder holds that an export made: such a folder may be replaced by the next one."""


class FolderTaken(FileExistsError):
    """The folder holds something that no export put there."""


@contextmanager
def replaced(folder: Path) -> Iterator[Path]:
    """A new empty folder to fill; when all went well it takes the place of `folder`.

    When anything raises, the folder stays as it was. Raises FolderTaken when it holds files
    of somebody else.
    """
    if folder.exists() and any(folder.iterdir()) and not (folder / MARK).exists():
        raise FolderTaken(f"{folder} holds other files; name an empty or a new folder.")
    folder.parent.mkdir(parents=True, exist_ok=True)
    draft = folder.with_name(f".{folder.name}-{uuid.uuid4().hex}")
    draft.mkdir()
    try:
        yield draft
        _put(draft, folder)
    finally:
        shutil.rmtree(draft, ignore_errors=True)


def _put(draft: Path, folder: Path) -> None:
    old = draft.with_name(f"{draft.name}-old")
    if folder.exists():
        folder.rename(old)
    draft.rename(folder)
    shutil.rmtree(old, ignore_errors=True)
