"""`baophu doctor`: what is damaged in a home, what it means, and what to do."""

import typer

from flows.commands.console import HomeOption, JsonOption, data, say


def doctor(home: HomeOption = None, as_json: JsonOption = False) -> None:
    """Examine the landed files, the working file and the publications; change nothing.

    Exit code 0: all is sound; 1: something is wrong.

    Example: baophu doctor --home /srv/baophu
    """
    from dataclasses import asdict

    from rich.text import Text

    from flows.exact_json import dumps
    from flows.home import find_home
    from warehouse.doctor import examine

    folder = find_home(home)
    ailments = examine(folder)
    if as_json:
        typer.echo(dumps([asdict(ailment) for ailment in ailments], indent=1))
    else:
        for one in ailments:
            data().print(Text(f"{one.kind}: {one.where}", "bold"), soft_wrap=True)
            for words in (one.meaning_vi, one.remedy_vi, one.meaning_en, one.remedy_en):
                data().print(Text(f"  {words}"), soft_wrap=True)
    count = len(ailments)
    say(f"{folder} is sound." if not count else f"{count} thing{'s' * (count > 1)} to mend.")
    if ailments:
        raise typer.Exit(1)
