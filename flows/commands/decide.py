"""`baophu decide` and `baophu decisions`: what stewards say of findings, from the shell."""

from typing import TYPE_CHECKING, Annotated, Literal

import typer

from flows.commands.console import (
    SEVERITY_STYLES,
    HomeOption,
    JsonOption,
    data,
    fail,
    make_table,
    say,
    styled,
)

if TYPE_CHECKING:
    import datetime as dt

    from expectations.deciding.preview import Effect, Outcome

DECISIONS = """
SELECT decision_id, finding_id, submission_id, file_name, rule, action, who, decided_at, d.reason,
    until, value, typed_figure, d.status, why_vi, why_en
FROM review.decision AS d LEFT JOIN review.submission AS s USING (submission_id)
ORDER BY decided_at DESC, decision_id
"""


def decide(
    finding: Annotated[str, typer.Argument(help="Name of the finding.", metavar="FINDING")],
    action: Annotated[
        Literal["accept", "correct", "return", "undo"],
        typer.Argument(help="accept, correct, return (to the province) or undo."),
    ],
    *,
    by: Annotated[str, typer.Option("--by", help="Who decides.")],
    reason: Annotated[str, typer.Option("--reason", help="Why.")],
    value: Annotated[
        str, typer.Option("--value", help="The right figure as the clerk would type it.")
    ] = "",
    cell: Annotated[
        str, typer.Option("--cell", help="The cell to correct, where the finding blames none.")
    ] = "",
    until: Annotated[
        str, typer.Option("--until", help="Last day of the decision, YYYY-MM-DD.")
    ] = "",
    cause: Annotated[
        bool, typer.Option("--cause", help="All open findings of the same cause.")
    ] = False,
    home: HomeOption = None,
    as_json: JsonOption = False,
) -> None:
    """Decide a finding; the submission is judged again and published at once.

    A figure is read as the cell that it replaces was: 59.042 people, 15,0 percent.

    Example: baophu decide f-b9f3ce25be464162 correct --value 59.042 --cell M17 --by Lan
    --reason "gõ nhầm chữ số"
    """
    from expectations.deciding.drafting import DecisionRefused, Request
    from flows.deciding.decide import decide as record
    from flows.home import find_home
    from warehouse.decisions import AlreadyDecided

    request = Request(finding, action, by, reason, value, cell, _day(until), cause)
    try:
        outcome = record(find_home(home), request)
    except (DecisionRefused, AlreadyDecided) as error:
        fail(str(error))
    if as_json:
        _print_json(outcome)
    else:
        _print_effect(outcome)


def decisions(home: HomeOption = None, as_json: JsonOption = False) -> None:
    """List the decisions, the newest first, and why those that no longer count do not.

    Example: baophu decisions --json
    """
    from rich.text import Text

    from flows.exact_json import dumps
    from flows.home import find_home
    from warehouse.database import open_published
    from warehouse.places import current_link
    from warehouse.rows import fetch_records

    with open_published(current_link(find_home(home))) as connection:
        records = fetch_records(connection, DECISIONS)
    if as_json:
        typer.echo(dumps(records, indent=1))
        return
    table = make_table("phát hiện", "quyết định", "số", "ai", "khi nào", "lý do", "hiệu lực", "vì")
    for one in records:
        words = ("finding_id", "action", "typed_figure", "who")
        when = one["decided_at"].isoformat(" ", "minutes")
        facts = (*(one[name] for name in words), when, one["reason"], one["status"], one["why_vi"])
        table.add_row(*(Text(str(fact)) for fact in facts))
    data().print(table)
    say(f"{len(records)} decision{'' if len(records) == 1 else 's'}.")


def _day(text: str) -> "dt.date | None":
    import datetime as dt

    if not text:
        return None
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        fail(f"--until {text}: not a day; write it as 2027-03-31.", 2)


def _print_json(outcome: "Outcome") -> None:
    from dataclasses import asdict

    from flows.exact_json import dumps

    made = [
        {
            "decision_id": one.decision_id,
            "finding_id": one.finding_id,
            "action": one.action,
            "value": one.value,
            "undoes": one.undoes,
        }
        for one in outcome.decisions
    ]
    record = {"decisions": made, "effect": asdict(outcome.effect), "waits": outcome.waits}
    typer.echo(dumps(record, indent=1))


def _print_effect(outcome: "Outcome") -> None:
    from rich.text import Text

    effect = outcome.effect
    table = make_table("phát hiện", "mức", "nay", "nội dung")
    for one in (*effect.decided, *effect.resolved, *effect.new):
        severity = styled(one.severity, SEVERITY_STYLES)
        table.add_row(one.finding_id, severity, one.status, Text(one.message_vi))
    data().print(table)
    say(_told(effect))
    if outcome.waits:
        say("Đêm đang chạy sẽ áp dụng quyết định này. / The night at work will apply it.")


def _told(effect: "Effect") -> str:
    critical = sum(one.severity == "critical" for one in effect.left)
    return (
        f"{effect.submission_id}: {effect.status_before} → {effect.status_after}; "
        f"{len(effect.resolved)} resolved, {len(effect.new)} new, {len(effect.left)} still open "
        f"({critical} critical)."
    )
