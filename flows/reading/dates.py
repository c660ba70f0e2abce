"""Serial numbers of days as dates, and dates as their format prints them."""

import datetime as dt
from decimal import Decimal

from flows.reading.formatcodes import Piece, Section, sections

_EPOCH_1900 = dt.datetime(1899, 12, 30)
_EPOCH_1904 = dt.datetime(1904, 1, 1)
_LAST_DAY = 2_958_465  # 9999-12-31, the last day that a spreadsheet can show
_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July",
    "August", "September", "October", "November", "December",
)  # fmt: skip
_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


def from_serial(serial: Decimal, from_1904: bool) -> dt.datetime | None:
    """The moment of a serial number of days; None outside what a spreadsheet can show.

    The 1900 system counts a 29 February 1900 that never was, so days before it
    start one day later.
    """
    if serial < 0 or serial >= _LAST_DAY + 1:
        return None
    epoch = _EPOCH_1904 if from_1904 else _EPOCH_1900
    if not from_1904 and 1 <= serial < 60:
        serial += 1
    milliseconds = int((serial * 86_400_000).to_integral_value())
    try:
        return epoch + dt.timedelta(milliseconds=milliseconds)
    except OverflowError:
        return None


def render_date(moment: dt.datetime, number_format: str) -> str:
    """`moment` as the format prints it: `31/12/2018` under `dd/mm/yyyy`."""
    section = sections(number_format)[0]
    noon = section.has("noon")
    minutes = _minute_places(section)
    out: list[str] = []
    for place, piece in enumerate(section.pieces):
        out.append(_part(moment, piece, noon=noon, minute=place in minutes))
    return "".join(out).strip()


def _minute_places(section: Section) -> set[int]:
    """Where `m` means minutes: right after hours or right before seconds."""
    places = [(i, p.text[0].lower()) for i, p in enumerate(section.pieces) if p.kind == "date"]
    found = set()
    for at, (place, letter) in enumerate(places):
        before = places[at - 1][1] if at else ""
        after = places[at + 1][1] if at + 1 < len(places) else ""
        if letter == "m" and (before == "h" or after == "s"):
            found.add(place)
    return found


def _part(moment: dt.datetime, piece: Piece, noon: bool, minute: bool) -> str:
    if piece.kind == "date":
        return _field(moment, piece.text.lower(), noon, minute)
    if piece.kind == "noon":
        marks = piece.text.split("/")
        return marks[0] if moment.hour < 12 else marks[1]
    if piece.kind == "digit":
        return str(moment.microsecond // 100_000)
    if piece.kind == "space":
        return " "
    return piece.text if piece.kind in ("quoted", "escaped", "plain") and piece.text != "@" else ""


def _field(moment: dt.datetime, letters: str, noon: bool, minute: bool) -> str:
    letter, width = letters[0], len(letters)
    if letter == "y":
        return f"{moment.year:04d}" if width > 2 else f"{moment.year % 100:02d}"
    if letter == "m" and not minute and width >= 3:
        name = _MONTHS[moment.month - 1]
        return {3: name[:3], 5: name[0]}.get(width, name)
    if letter == "d" and width >= 3:
        name = _DAYS[moment.weekday()]
        return name[:3] if width == 3 else name
    hour = (moment.hour % 12 or 12) if noon else moment.hour
    month_or_minute = moment.minute if minute else moment.month
    number = {"m": month_or_minute, "d": moment.day, "h": hour, "s": moment.second}[letter]
    return f"{number:0{min(width, 2)}d}"
