"""Receipts: what was landed, from whom and when, kept beside the bytes in `raw/receipts`.

A receipt is what lets the next night go on with a file whose night was killed before
the warehouse knew of it: the inbox folder that named the reporter is gone by then.
"""

import datetime as dt
import hashlib
import json
from dataclasses import asdict, dataclass
from pathlib import Path

from flows.durable import write_text
from warehouse.places import landed_folder


class DamagedReceipt(ValueError):
    """A receipt that cannot be read; the text names its file."""


@dataclass(frozen=True, slots=True)
class Receipt:
    """One landed file: `received_at` is UTC without a zone, `landed_name` lies in raw/landed."""

    sha256: str
    file_name: str
    landed_name: str
    reporter: str
    received_at: dt.datetime
    size: int


def receipts_folder(home: Path) -> Path:
    """Where the receipts of a home are kept, one JSON file for each content hash."""
    return home / "raw" / "receipts"


def landed_path(home: Path, receipt: Receipt) -> Path:
    """The landed bytes of a receipt."""
    return landed_folder(home) / receipt.landed_name


def write_receipt(home: Path, receipt: Receipt) -> None:
    """Keep a receipt durably."""
    facts = asdict(receipt) | {"received_at": receipt.received_at.isoformat()}
    text = json.dumps(facts, ensure_ascii=False, indent=1, sort_keys=True)
    write_text(receipts_folder(home) / f"{receipt.sha256}.json", text + "\n")


def read_receipt(home: Path, sha256: str) -> Receipt | None:
    """The receipt of these bytes, or None when they never landed here."""
    path = receipts_folder(home) / f"{sha256}.json"
    return parse_receipt(path) if path.exists() else None


def parse_receipt(path: Path) -> Receipt:
    """One receipt from its file; DamagedReceipt names the file."""
    try:
        facts = json.loads(path.read_text("utf-8"))
        return Receipt(**facts | {"received_at": dt.datetime.fromisoformat(facts["received_at"])})
    except (ValueError, TypeError, KeyError) as error:
        raise DamagedReceipt(f"damaged receipt {path}: {error}") from error


def list_receipts(home: Path) -> list[Receipt]:
    """All receipts whose bytes are landed, in the order in which they were received."""
    folder = receipts_folder(home)
    found = [parse_receipt(path) for path in sorted(folder.glob("*.json"))]
    landed = [receipt for receipt in found if landed_path(home, receipt).exists()]
    return sorted(landed, key=lambda receipt: (receipt.received_at, receipt.sha256))


def adopt_landed(home: Path) -> list[Receipt]:
    """Write receipts for landed files that have none (restored from a backup without them).

    Who sent such a file is not known; it was received when its bytes were last written.
    """
    known = {path.name[:16] for path in receipts_folder(home).glob("*.json")}
    orphans = [
        path
        for path in sorted(landed_folder(home).glob("*__*"))
        if path.name.partition("__")[0] not in known
    ]
    adopted = [_adopted(path) for path in orphans]
    for receipt in adopted:
        write_receipt(home, receipt)
    return adopted


def remove_damaged(home: Path) -> list[str]:
    """Remove the receipts that cannot be read, and say which; their files can be adopted."""
    said = []
    for path in sorted(receipts_folder(home).glob("*.json")):
        try:
            parse_receipt(path)
        except DamagedReceipt as error:
            path.unlink()
            said.append(str(error))
    return said


def _adopted(path: Path) -> Receipt:
    file_name = path.name.partition("__")[2]
    with path.open("rb") as stream:
        sha256 = hashlib.file_digest(stream, "sha256").hexdigest()
    status = path.stat()
    written = dt.datetime.fromtimestamp(status.st_mtime, dt.UTC).replace(tzinfo=None)
    return Receipt(sha256, file_name, path.name, "", written, status.st_size)
