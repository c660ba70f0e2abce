"""`baophu trace`: the way from a published figure back to the cell that it came from."""

from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated, Any

import typer

from flows.commands.console import HomeOption, JsonOption, data, fail

if TYPE_CHECKING:
    from warehouse.trace import Place, Trace

Record = dict[str, Any]


def trace(
    area: Annotated[str, typer.Argument(help="Code of the area: 62, or 610 for a district.")],
    indicator: Annotated[str, typer.Argument(help="Code of the indicator.")],
    period: Annotated[str, typer.Argument(help="2018, 2018-Q2, 2018-06 or 2018-12-31.")],
    group: Annotated[str, typer.Argument(help="Code of the group.")] = "total",
    scenario: Annotated[str, typer.Option("--scenario", help="actual, plan or estimate.")] = (
        "actual"
    ),
    home: HomeOption = None,
    as_json: JsonOption = False,
) -> None:
    """Show where a figure comes from: file, sheet, cell, typed text, rules, decisions, revisions.

    Example: baophu trace 62 bhyt_participants 2018
    """
    from flows.home import find_home
    from warehouse.database import open_published
    from warehouse.places import current_link
    from warehouse.trace import Meaning
    from warehouse.trace import trace as find

    meaning = Meaning(area, indicator, period, group, scenario)
    with open_published(current_link(find_home(home))) as connection:
        found = find(connection, meaning)
    if not found.places:
        fail(
            f"No submission reports {indicator} of {area} for {period} ({group}, {scenario}); "
            "`baophu codes list` shows the codes."
        )
    if as_json:
        from flows.exact_json import dumps

        typer.echo(dumps(asdict(found), indent=1))
    else:
        _print(found, meaning.indicator)


def _print(found: "Trace", indicator: str) -> None:
    out = data()
    for line in (*_figure_lines(found.figure, indicator), *_place_lines(found.places)):
        out.print(line, markup=False, soft_wrap=True)


def _figure_lines(figure: Record | None, indicator: str) -> list[str]:
    if figure is None:
        return ["mart.figures: no row, for no accepted submission reports it."]
    return [
        f"{figure['area_name']} · {indicator} · {figure['group_code']} · {figure['period']} · "
        f"{figure['scenario']}",
        f"mart.figures: {_text(figure['value'])} {figure['unit']} "
        f"(± {_text(figure['half_width'])}, status {figure['obs_status']}, "
        f"reported in {figure['places']} cell{'' if figure['places'] == 1 else 's'})",
    ]


def _place_lines(places: "list[Place]") -> list[str]:
    lines = []
    for place in places:
        lines += ["", *_cell_lines(place.facts)]
        lines += [f"    {_relation(one)}" for one in place.relations]
        lines += [f"    {_finding(one)}" for one in place.findings]
        lines += [f"    {_decision(one)}" for one in place.decisions]
    return lines


def _cell_lines(facts: Record) -> list[str]:
    corrected = facts["value"] != facts["value_literal"]
    value = f"{_text(facts['value_literal'])} {facts['unit']}"
    value += f", corrected to {_text(facts['value'])}" if corrected else ""
    return [
        f"{'→' if facts['published'] else ' '} {facts['file_name']} "
        f"(revision {facts['revision']}, {facts['status']}, submission {facts['submission_id']})",
        f"    {facts['sheet']}!{facts['cell']}  “{facts['typed_text']}”  = {value}",
        f"    column: {facts['header_path']}",
        f"    row:    {facts['label_path']}",
    ]


def _relation(one: Record) -> str:
    if one["status"] == "unknown":
        return f"rule {one['rule']}: unknown, for another figure of it is missing"
    low, high = ("" if end is None else _text(end) for end in (one["low"], one["high"]))
    found = f"found {_text(one['found'])}, allowed {low} .. {high}"
    return f"rule {one['rule']}: {one['status']} ({found}; this cell is its {one['part']})"


def _finding(one: Record) -> str:
    return f"finding {one['finding_id']} ({one['severity']}, {one['status']}): {one['message_vi']}"


def _decision(one: Record) -> str:
    value = "" if one["value"] is None else f" {_text(one['value'])}"
    return (
        f"decision {one['decision_id']} ({one['status']}): {one['action']}{value} "
        f"by {one['who']}, {one['decided_at']:%Y-%m-%d %H:%M} UTC: {one['reason']}"
    )


def _text(value: Any) -> str:
    from decimal import Decimal

    from warehouse.figures import plain

    return plain(value) if isinstance(value, Decimal) else "?" if value is None else str(value)
