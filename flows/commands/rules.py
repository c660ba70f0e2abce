"""`baophu rules`: what is expected of the figures, in words."""

from dataclasses import asdict
from typing import Annotated

import typer

from flows.commands.console import (
    SEVERITY_STYLES,
    JsonOption,
    add_row,
    data,
    fail,
    make_table,
    say,
    styled,
)

rules = typer.Typer(
    name="rules",
    help="The rules that figures must keep.\n\nExample: baophu rules list",
    no_args_is_help=True,
)


@rules.command("list")
def list_rules(as_json: JsonOption = False) -> None:
    """List the rules with their severity.

    Example: baophu rules list --json
    """
    from expectations.rules.rule import load_rules

    declared = load_rules()
    if as_json:
        from flows.exact_json import dumps

        typer.echo(dumps([asdict(rule) for rule in declared], indent=1))
        return
    table = make_table("rule", "severity", "tiếng Việt", "English")
    for rule in declared:
        severity = styled(rule.severity, SEVERITY_STYLES)
        table.add_row(rule.rule_id, severity, rule.title_vi, rule.title_en)
    data().print(table)
    say(f"{len(declared)} rules.")


@rules.command("show")
def show_rule(
    rule_id: Annotated[str, typer.Argument(help="A rule's id, as `baophu rules list` names it.")],
    as_json: JsonOption = False,
) -> None:
    """Show one rule: what it attaches to, how grave it is, what a steward reads.

    Example: baophu rules show pct_sum_100
    """
    from expectations.rules.rule import load_rules

    declared = {rule.rule_id: rule for rule in load_rules()}
    if rule_id not in declared:
        fail(f"There is no rule {rule_id!r}; baophu rules list shows them.")
    facts = asdict(declared[rule_id])
    if as_json:
        from flows.exact_json import dumps

        typer.echo(dumps(facts, indent=1))
        return
    table = make_table("", "")
    table.show_header = False
    for key, value in facts.items():
        add_row(table, key, value)
    data().print(table)
