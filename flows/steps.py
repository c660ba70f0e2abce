"""The steps of a night; each may be killed and run again, and does only what is not yet done."""

import datetime as dt
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from flows.closing import Seen, close
from flows.judging import Judged, judge_more, judge_unjudged
from flows.judging_apart import Bundle, judge_apart, pack, unpack
from flows.landing import Landed, land
from flows.ledger import begin
from flows.night import InboxFile, NightReport
from flows.receipts import Receipt, landed_path, list_receipts

Reading = dict[str, Any]
"""The wire form of `warehouse.model.Reading`, with reporter and moment of receipt."""


def take_in(home: Path, inbox: Path) -> list[Landed]:
    """Land the inbox of a home."""
    return land(home, inbox)


def find_pending(home: Path, started_at: dt.datetime) -> list[Receipt]:
    """Begin to store: the landed files that the warehouse does not hold yet, as they came."""
    from warehouse.database import open_working  # noqa: PLC0415

    with open_working(home) as connection:
        begin(connection, started_at)
        rows = connection.execute("SELECT sha256 FROM submission").fetchall()
    stored = {sha256 for (sha256,) in rows}
    return [receipt for receipt in list_receipts(home) if receipt.sha256 not in stored]


def read_batch(parcel: tuple[Path, Sequence[Receipt]]) -> list[Reading]:
    """Read landed files in child processes; an unreadable one is a reading that says why."""
    from flows.readings import read_landed  # noqa: PLC0415

    home, receipts = parcel
    return read_landed([(landed_path(home, receipt), receipt) for receipt in receipts])


def load(home: Path, readings: Sequence[Reading]) -> int:
    """Store readings, all of them in one transaction; returns how many were new."""
    from flows.readings import store  # noqa: PLC0415
    from warehouse.database import open_working  # noqa: PLC0415

    with open_working(home) as connection:
        return store(connection, readings)


def judge_ahead(home: Path, before: Judged) -> Judged:
    """Judge what is loaded while more is read; no submission has a status before all are judged."""
    from warehouse.database import open_working  # noqa: PLC0415

    with open_working(home) as connection:
        return judge_more(connection, before)


def judge(home: Path, before: Judged) -> Judged:
    """Judge what was read and not yet judged, this night or in a night that was killed."""
    from warehouse.database import open_working  # noqa: PLC0415
    from warehouse.places import data_docs_folder  # noqa: PLC0415

    with open_working(home) as connection:
        return judge_unjudged(connection, before, data_docs_folder(home))


def pack_unjudged(home: Path, places: int) -> list[Bundle]:
    """What judging needs of the warehouse, in a bundle for each of so many places."""
    from warehouse.database import open_working  # noqa: PLC0415

    with open_working(home) as connection:
        return pack(connection, places)


def judge_bundle(bundle: Bundle) -> Bundle:
    """Judge what a bundle holds, on whatever machine; its judgement is a bundle again."""
    return judge_apart(bundle)


def keep_judgement(home: Path, judged: Bundle) -> None:
    """Store a judgement that was made elsewhere."""
    from warehouse.database import open_working  # noqa: PLC0415

    with open_working(home) as connection:
        unpack(connection, judged)


def close_night(
    home: Path,
    started_at: dt.datetime,
    landed: Sequence[Landed],
    seen: Seen,
) -> NightReport:
    """Write the night into the ledger, publish when anything changed, and report."""
    inbox = tuple(InboxFile(one.file_name, one.reporter, one.outcome, one.why) for one in landed)
    return close(home, started_at, inbox, seen)
