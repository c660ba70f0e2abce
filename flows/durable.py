"""Writing to disk so that a power cut leaves the old file or the new one, never a half."""

import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

TEMPORARY = ".writing-"


def sync_folder(folder: Path) -> None:
    """Make the names in a folder durable; a rename is not until its folder is."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


@contextmanager
def new_file(folder: Path) -> Iterator[tuple[BinaryIO, Path]]:
    """A temporary file in `folder`, durable when the block ends well, gone when it fails."""
    path = folder / f"{TEMPORARY}{secrets.token_hex(8)}"
    try:
        with path.open("xb") as stream:
            yield stream, path
            stream.flush()
            os.fsync(stream.fileno())
    except BaseException:
        path.unlink(missing_ok=True)
        raise


def write_text(path: Path, text: str) -> None:
    """Write a small file atomically and durably, replacing what was there."""
    with new_file(path.parent) as (stream, temporary):
        stream.write(text.encode("utf-8"))
    temporary.replace(path)
    sync_folder(path.parent)


def sweep(folder: Path) -> int:
    """Remove the temporary files that a killed night left in a folder; returns how many."""
    leftovers = list(folder.glob(f"{TEMPORARY}*"))
    for leftover in leftovers:
        leftover.unlink(missing_ok=True)
    return len(leftovers)
