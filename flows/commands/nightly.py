"""`baophu nightly`: one night now, embedded, and its summary."""

import logging
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from flows.commands.console import (
    STATUS_STYLES,
    HomeOption,
    JsonOption,
    data,
    fail,
    make_table,
    say,
    styled,
    words,
)

if TYPE_CHECKING:
    from flows.night import NightReport


def nightly(
    home: HomeOption = None,
    inbox: Annotated[
        Path | None,
        typer.Option("--inbox", help="Take workbooks from here instead of the home's raw/inbox."),
    ] = None,
    samples: Annotated[
        bool,
        typer.Option("--samples", help="In a home that never received anything, read the samples."),
    ] = False,
    as_json: JsonOption = False,
) -> None:
    """Run one night: land, read, judge and publish what lies in the inbox.

    No service needs to run. Exit code 0: the night completed, quarantined workbooks
    included; 1: it did not.

    Example: baophu nightly --home /srv/baophu
    """
    from flows.home import find_home, inbox_folder, refused_inbox

    folder = find_home(home)
    _refuse_lonely_cluster()
    if inbox is not None and not inbox.is_dir():
        fail(f"There is no folder {inbox}.")
    if inbox is not None and (refusal := refused_inbox(folder, inbox)):
        fail(refusal)
    source = inbox.resolve() if inbox else inbox_folder(folder)
    source.mkdir(parents=True, exist_ok=True)
    if samples:
        offer_samples(folder, source)
    report = _run(folder, source)
    if as_json:
        _print_json(report)
    else:
        _print_summary(report, source)
    if report.state == "Incomplete":
        raise typer.Exit(1)


def _refuse_lonely_cluster() -> None:
    """The server that a night starts for itself answers on this machine only."""
    spread = os.environ.get("BAOPHU_RUNNER", "").startswith("dask:")
    if spread and not os.environ.get("PREFECT_API_URL"):
        fail(
            "BAOPHU_RUNNER=dask needs a Prefect server that its machines reach: "
            "set PREFECT_API_URL."
        )


def _run(home: Path, inbox: Path) -> "NightReport":
    from flows.inbox import is_empty
    from flows.night_server import lend_server
    from flows.settings import STARTUP_SECONDS, settle_prefect

    settle_prefect(home)
    server_answers = lend_server(STARTUP_SECONDS)
    with _progress():
        from flows.nightly import run_embedded

        if not is_empty(inbox):
            from flows.judging import warm_up

            warm_up()  # while the server starts on the other core
        server_answers()
        return run_embedded(home, inbox)


def offer_samples(home: Path, inbox: Path) -> None:
    """Fill the inbox of a home that never received a file with the sample workbooks."""
    from flows.home import samples_folder
    from flows.inbox import find_arrivals
    from flows.receipts import list_receipts

    if find_arrivals(inbox) or list_receipts(home):
        return
    workbooks = sorted(samples_folder().glob("*.xlsx"))
    for workbook in workbooks:
        shutil.copy2(workbook, inbox / workbook.name)
    say(f"The inbox was empty: {len(workbooks)} sample workbooks were put into it.")


@contextmanager
def _progress() -> Iterator[None]:
    """Show on a terminal what the night is doing; into a file, nothing."""
    console = words()
    if not console.is_terminal:
        yield
        return
    logger = logging.getLogger("baophu")
    with console.status("starting Prefect") as status:

        class Show(logging.Handler):
            def emit(self, record: logging.LogRecord) -> None:
                status.update(record.getMessage())

        handler = Show(logging.INFO)
        logger.addHandler(handler)
        logger.setLevel(logging.INFO)
        try:
            yield
        finally:
            logger.removeHandler(handler)


def _print_json(report: "NightReport") -> None:
    from dataclasses import asdict

    from flows.exact_json import dumps

    typer.echo(dumps(asdict(report), indent=1))


def _print_summary(report: "NightReport", inbox: Path) -> None:
    from rich.text import Text

    if report.submissions:
        figures = ("số liệu", "critical", "warning")
        table = make_table("file", "tỉnh", "trạng thái", *figures, right=figures)
        for line in report.submissions:
            counts = (line.observations, line.critical, line.warnings)
            table.add_row(
                Text(line.file_name),
                Text(line.province_name),
                styled(line.status, STATUS_STYLES),
                *(f"{count:,}" for count in counts),
            )
        data().print(table)
    results = Path(report.publication).with_name("docs") / "index.html"
    if report.submissions and results.exists():
        say(f"Validation results: {results}")
    for line in report.submissions:
        if line.status == "rejected":
            say(f"{line.file_name}: {line.reason_vi} / {line.reason_en}")
    for file in report.inbox:
        if file.outcome != "landed" or file.why:
            say(f"{file.file_name}: {file.outcome}, {file.why}")
    for night in report.interrupted:
        say(f"The night {night} was interrupted; this one did what it left undone.")
    for word in ("lapsed", "unmatched", "expired"):
        if count := getattr(report, word):
            say(f"{count} decisions {word}: `baophu decisions` says why.")
    say(f"Night {report.state}: {report.reason}.")
    _say_where_next(report, inbox)


def _say_where_next(report: "NightReport", inbox: Path) -> None:
    if report.publication:
        say(f"Published: {report.publication}")
    if any(line.critical or line.warnings for line in report.submissions):
        say("Next: `baophu findings` lists what is wrong; `baophu explain FILE` shows a workbook.")
    elif not report.submissions:
        say(f"Drop workbooks into {inbox}/<reporter>/ and run it again.")
