"""`baophu forms` and `baophu form`: what reports need beyond their words, and a first draft."""

from pathlib import Path
from typing import Annotated, Any

import typer

from flows.commands.console import JsonOption, add_row, data, fail, make_table, say

forms = typer.Typer(
    name="forms",
    help="The forms: what the words of a kind of report leave open.\n\nExample: baophu forms list",
    no_args_is_help=True,
)
form = typer.Typer(
    name="form",
    help="Work on one form.\n\nExample: baophu form draft report.xlsx",
    no_args_is_help=True,
)


@forms.command("list")
def list_forms(as_json: JsonOption = False) -> None:
    """List the forms, and those that cannot be used with line and remedy.

    Exit code 1: a form is broken.

    Example: baophu forms list
    """
    from expectations.form_read import load_forms

    loaded = load_forms()
    if as_json:
        _print_json({"forms": [_record(one) for one in loaded.forms], "broken": loaded.broken})
    else:
        table = make_table("form", "title", "valid", "provinces", "titles")
        for one in loaded.forms:
            valid = f"{one.valid_from or ''} – {one.valid_to or ''}".strip(" –")
            add_row(
                table,
                one.form_id,
                one.title,
                valid,
                ", ".join(one.provinces),
                "; ".join(one.titles),
            )
        data().print(table)
        say(f"{len(loaded.forms)} form(s). Most reports need none.")
    if loaded.broken:
        fail("\n".join(loaded.broken))


@forms.command("show")
def show_form(
    name: Annotated[str, typer.Argument(help="The form's name: its file without .yml.")],
    as_json: JsonOption = False,
) -> None:
    """Show all that a form says.

    Example: baophu forms show quarterly
    """
    from expectations.form_file import FormError
    from expectations.form_read import FORMS, read_form

    path = FORMS / f"{name}.yml"
    if name not in {one.stem for one in FORMS.glob("*.yml")}:
        fail(f"There is no form {name!r}; baophu forms list shows the forms.")
    try:
        found = read_form(path)
    except FormError as error:
        fail(str(error))
    if as_json:
        _print_json(_record(found))
        return
    typer.echo(path.read_text("utf-8"), nl=False)


@form.command("draft")
def draft(
    file: Annotated[Path, typer.Argument(help="A workbook.")],
    out: Annotated[Path | None, typer.Option("--output", "-o", help="Write the form here.")] = None,
) -> None:
    """Propose a form from a workbook: its tables, and its labels that are not understood.

    Exit code 2: the workbook cannot be read.

    Example: baophu form draft raw/samples/report.xlsx -o expectations/forms/report.yml
    """
    from flows.drafting import draft_form
    from flows.readings import read_files_at

    [reading] = read_files_at([file])
    if reading["status"] == "rejected":
        fail(f"{file}: {reading['reason_vi']} / {reading['reason_en']}", 2)
    text = draft_form(reading)
    if out is None:
        typer.echo(text, nl=False)
        return
    if out.exists():
        fail(f"{out} exists already and was left as it is. Name another file.")
    out.write_text(text, "utf-8")
    say(f"Written: {out}. Edit it; baophu forms list tells what is still wrong in it.")


def _record(found: Any) -> dict[str, Any]:
    from dataclasses import asdict

    return asdict(found)


def _print_json(rows: Any) -> None:
    from flows.exact_json import dumps

    typer.echo(dumps(rows, indent=1))
