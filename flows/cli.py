"""The one script, `baophu`: its commands, and how errors are told to people."""

import os
import sys

import typer

from flows.commands.annotate import annotate
from flows.commands.backup import backup, restore
from flows.commands.check import check
from flows.commands.codes import codes
from flows.commands.console import HomeOption
from flows.commands.decide import decide, decisions
from flows.commands.desk import desk
from flows.commands.doctor import doctor
from flows.commands.explain import explain
from flows.commands.export import export
from flows.commands.forms import form, forms
from flows.commands.lake import lake
from flows.commands.lists import findings, submissions
from flows.commands.mart import mart
from flows.commands.nightly import nightly
from flows.commands.owed import calendar
from flows.commands.plot import plot
from flows.commands.publication import publication
from flows.commands.query import query
from flows.commands.remind import remind
from flows.commands.rules import rules
from flows.commands.serve import serve
from flows.commands.status import status
from flows.commands.trace import trace

app = typer.Typer(
    name="baophu",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)
for command in (
    nightly,
    status,
    check,
    explain,
    submissions,
    findings,
    query,
    trace,
    plot,
    export,
    decide,
    decisions,
    annotate,
    calendar,
    remind,
    doctor,
    backup,
    restore,
    serve,
):
    app.command()(command)
for group in (desk, mart, publication, lake, rules, codes, forms, form):
    group.rich_markup_mode = None
    app.add_typer(group)


@app.callback()
def choose_home(home: HomeOption = None) -> None:
    """Reads, proves and publishes what Vietnam's provinces report about insurance coverage.

    Example: baophu nightly
    """
    if home is not None:  # `baophu --home DIR nightly` is `baophu nightly --home DIR`
        os.environ["BAOPHU_HOME"] = str(home)


def main() -> None:
    """Run a command; what a person can mend is one sentence on stderr and exit code 1."""
    try:
        app()
    except Exception as error:
        if not _says_it_all(error):
            raise
        sys.stderr.write(f"{error}\n")
        sys.exit(1)


PLAIN = {
    "BrokenPublication",
    "CalendarError",
    "DamagedBackup",
    "DamagedPublication",
    "DamagedReceipt",
    "EditedMigration",
    "InvalidExport",
    "JudgementFailed",
    "LakeFailed",
    "HomeInUse",
    "NightBusy",
    "NoPublication",
    "NoSuchPublication",
    "RuleBroke",
    "RuleError",
    "ServerFailed",
    "TooManyRows",
    "UnknownRunner",
    "WarehouseBusy",
}
"""Errors by name, so that the rooms that raise them need not be imported for `--help`."""


def _says_it_all(error: Exception) -> bool:
    """Whether an error's own sentence is all that a person needs, without a traceback."""
    return isinstance(error, OSError | MemoryError) or type(error).__name__ in PLAIN
