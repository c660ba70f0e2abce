"""`baophu backup` and `baophu restore`: a home in one file, and back from it."""

from pathlib import Path
from typing import Annotated

import typer

from flows.commands.console import HomeOption, say


def backup(
    to: Annotated[Path, typer.Option("--to", help="The file to write.", dir_okay=False)],
    home: HomeOption = None,
) -> None:
    """Write landed files, warehouse, decisions and accounts into one file.

    A night must not be running. What lies in the inbox is not in it.

    Example: baophu backup --to /backup/baophu-2026-11-22.tar
    """
    from flows.backup import back_up
    from flows.home import find_home

    done = back_up(find_home(home), to.resolve())
    say(f"{done.files} files, {done.size / 1e6:.1f} MB, in {to}.")


def restore(
    file: Annotated[Path, typer.Argument(help="A file that `baophu backup` wrote.")],
    home: HomeOption = None,
) -> None:
    """Put a backup into a home that holds nothing yet, after checking every byte of it.

    Example: baophu restore /backup/baophu-2026-11-22.tar --home /srv/baophu
    """
    from flows.backup import restore as put_back
    from flows.home import find_home

    folder = find_home(home)
    done = put_back(folder, file)
    say(f"{done.files} files, {done.size / 1e6:.1f} MB, restored into {folder}.")
    say("Next: `baophu doctor` examines it.")
