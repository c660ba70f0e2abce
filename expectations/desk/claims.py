"""Who has what: a steward takes a submission, so that two do not work on the same one."""

from pathlib import Path

from expectations.desk.register import look_up, note, now, open_register


def claims(home: Path) -> dict[str, str]:
    """The account that has taken each submission."""
    with look_up(home) as register:
        rows = register.execute("SELECT submission_id, account FROM claim").fetchall()
    return {row["submission_id"]: row["account"] for row in rows}


def take(home: Path, submission_id: str, account: str, address: str) -> bool:
    """Take a submission; False when another has it already."""
    with open_register(home) as register:
        taken = register.execute(
            "INSERT INTO claim VALUES (?, ?, ?) ON CONFLICT DO NOTHING",
            (submission_id, account, now().isoformat()),
        ).rowcount
        if taken:
            note(register, account, "taken", submission_id, address)
    return bool(taken)


def give_back(home: Path, submission_id: str, account: str, address: str) -> None:
    """Give a submission back that this account has taken."""
    with open_register(home) as register:
        given = register.execute(
            "DELETE FROM claim WHERE submission_id = ? AND account = ?", (submission_id, account)
        ).rowcount
        if given:
            note(register, account, "given_back", submission_id, address)
