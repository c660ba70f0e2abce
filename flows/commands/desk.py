"""`baophu desk`: the stewards' pages, and who may use them."""

from typing import Annotated

import typer

from flows.commands.console import HomeOption, data, fail, make_table, say

OPEN_ADDRESSES = ("127.0.0.1", "localhost", "::1")

desk = typer.Typer(
    name="desk",
    help="The stewards' pages.\n\nExample: baophu desk --port 8080",
    invoke_without_command=True,
)
user = typer.Typer(
    help="Who may use the pages.\n\nExample: baophu desk user list", no_args_is_help=True
)
desk.add_typer(user, name="user")


@desk.callback()
def serve_desk(
    context: typer.Context,
    home: HomeOption = None,
    host: Annotated[
        str,
        typer.Option(
            "--host",
            help="Address to listen on; others than this machine's own "
            "only behind a proxy with https.",
        ),
    ] = "127.0.0.1",
    port: Annotated[int, typer.Option("--port", help="Port to listen on.")] = 8080,
) -> None:
    """Serve the stewards' pages until stopped.

    The first start makes the account `admin` and prints its one-time password.

    Example: baophu desk --home /srv/baophu --port 8080
    """
    if context.invoked_subcommand:
        return
    import uvicorn

    from expectations.desk.accounts import ensure_admin
    from expectations.desk.app import create_app
    from flows.desk_services import desk_services
    from flows.home import find_home

    folder = find_home(home)
    password = ensure_admin(folder)
    if password:
        say("Tài khoản đầu tiên / First account: admin")
        say(f"Mật khẩu dùng một lần / One-time password: {password}")
    if host not in OPEN_ADDRESSES:
        say("Listening beyond this machine: put a proxy with https in front (docs/operations.md).")
    say(f"http://{host}:{port}/")
    uvicorn.run(
        create_app(folder, desk_services()),
        host=host,
        port=port,
        log_level="warning",
        server_header=False,
    )


@user.command("add")
def add_user(
    name: Annotated[str, typer.Argument(help="Name of the account.")],
    role: Annotated[str, typer.Option("--role", help="viewer, steward, admin or province.")],
    province: Annotated[
        str, typer.Option("--province", help="Code of the province that a province's account sees.")
    ] = "",
    home: HomeOption = None,
) -> None:
    """Add an account and print its one-time password.

    Example: baophu desk user add lan --role steward
    """
    from expectations.desk.accounts import AccountError, add_account
    from flows.home import find_home

    try:
        password = add_account(find_home(home), name, role, province)
    except AccountError as error:
        fail(str(error))
    say("Mật khẩu dùng một lần / One-time password:")
    typer.echo(password)


@user.command("list")
def list_users(home: HomeOption = None) -> None:
    """List the accounts.

    Example: baophu desk user list
    """
    from rich.text import Text

    from expectations.desk.accounts import accounts
    from expectations.desk.register import prepare
    from flows.home import find_home

    folder = find_home(home)
    prepare(folder)
    table = make_table("tài khoản", "vai trò", "tỉnh")
    for one in accounts(folder):
        table.add_row(Text(one.name), one.role, one.province_code)
    data().print(table)


@user.command("reset")
def reset_user(
    name: Annotated[str, typer.Argument(help="Name of the account.")], home: HomeOption = None
) -> None:
    """Give an account a new one-time password, print it, and end its sessions.

    Example: baophu desk user reset lan
    """
    from expectations.desk.accounts import AccountError, reset_password
    from flows.home import find_home

    try:
        password = reset_password(find_home(home), name)
    except AccountError as error:
        fail(str(error))
    typer.echo(password)


@user.command("remove")
def remove_user(
    name: Annotated[str, typer.Argument(help="Name of the account.")], home: HomeOption = None
) -> None:
    """Remove an account and end its sessions.

    Example: baophu desk user remove lan
    """
    from expectations.desk.accounts import AccountError, remove_account
    from flows.home import find_home

    try:
        remove_account(find_home(home), name)
    except AccountError as error:
        fail(str(error))
    say(f"{name}: đã xoá / removed")
