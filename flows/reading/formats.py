"""Stored numbers as their number format prints them, in exact decimals."""

from collections.abc import Callable
from dataclasses import dataclass
from decimal import ROUND_HALF_EVEN, ROUND_HALF_UP, Context, Decimal, DecimalException
from functools import lru_cache
from typing import NamedTuple

from flows.reading.formatcodes import Piece, Section, sections

# A double carries 15 significant decimal digits through a spreadsheet; what is stored beyond
# them is the noise of binary fractions: 0.94599999999999995 was typed as 0.946.
FIFTEEN = Context(prec=15, rounding=ROUND_HALF_EVEN)
# A double has at most 309 digits before the point, so nothing is ever lost in here.
WIDE = Context(prec=700, rounding=ROUND_HALF_UP)
LARGEST_EXPONENT = 308


class Printed(NamedTuple):
    """A number as printed: its text, the number shown, its decimals, whether in percent.

    `printed` is the number that the text shows (94.6 for `94.6%`, 520 for 519538
    under `#,##0,`); None when the format shows no figure, a word instead, say.
    """

    text: str
    printed: Decimal | None
    decimals: int | None
    percent: bool = False


# A Printed without its names: one is made for each of a night's million figures.
BarePrinted = tuple[str, Decimal | None, int | None, bool]
Printer = Callable[[Decimal], BarePrinted]


def exact(text: str) -> Decimal:
    """The number that was typed, from its stored text: 15 significant digits, no exponent.

    Raises ValueError for what is no finite number of a spreadsheet.
    """
    if len(text) <= 15 and text.isdigit():
        return Decimal(text)
    if len(text) <= 15 and text[-1:] != "0" and text.replace(".", "", 1).isdigit():
        return Decimal(text)  # in its plain form already, as nearly all stored numbers are
    try:
        value = FIFTEEN.create_decimal(text)
    except DecimalException as error:
        raise ValueError(text) from error
    if not value.is_finite() or abs(value.adjusted()) > LARGEST_EXPONENT:
        raise ValueError(text)
    return plain(value)


def plain(value: Decimal) -> Decimal:
    """The same number without trailing zeros after the point and without an exponent."""
    value = value.normalize(WIDE)
    if not value:
        return Decimal(0)
    exponent = value.as_tuple().exponent
    return WIDE.quantize(value, Decimal(1)) if isinstance(exponent, int) and exponent > 0 else value


def render(value: Decimal, number_format: str) -> Printed:
    """`value` as `number_format` prints it: 0.946 under `0.0%` is `94.6%`."""
    return Printed(*printer(number_format)(value))


@lru_cache(maxsize=4096)
def printer(number_format: str) -> Printer:
    """The function that prints numbers under this format; cached, formats are few."""
    if number_format in ("General", "", "@"):
        return _print_general
    found = sections(number_format)
    numeric = found[:3] if len(found) == 4 or len(found) < 3 else found
    printers = [_section_printer(section, index) for index, section in enumerate(numeric)]
    if len(printers) == 1 and numeric[0].condition is None:
        return printers[0]
    return lambda value: printers[_chosen(value, numeric)](value)


def _chosen(value: Decimal, found: tuple[Section, ...]) -> int:
    """Which section prints `value`: by conditions where there are any, else by sign."""
    if any(section.condition for section in found):
        for index, section in enumerate(found):
            if section.condition and _satisfies(value, *section.condition):
                return index
        open_ones = [index for index, section in enumerate(found) if not section.condition]
        return open_ones[-1] if open_ones else 0
    if value < 0:
        return 1
    return 2 if value == 0 and len(found) > 2 else 0


def _satisfies(value: Decimal, operator: str, limit_text: str) -> bool:
    limit = Decimal(limit_text)
    return {
        "<": value < limit,
        "<=": value <= limit,
        ">": value > limit,
        ">=": value >= limit,
        "=": value == limit,
        "<>": value != limit,
    }[operator]


def _print_general(value: Decimal) -> BarePrinted:
    text = str(value)
    if "E" in text:
        text = format(value, "f")
    point = text.find(".")
    return text, value, len(text) - point - 1 if point >= 0 else 0, False


@dataclass(frozen=True, slots=True)
class _Shape:
    """How the digits of one section are laid out."""

    prefix: str
    suffix: str
    zone: tuple[Piece, ...]
    whole: int
    least_decimals: int
    most_decimals: int
    grouped: bool
    scale: int
    percent: bool

    @property
    def interleaved(self) -> bool:
        """Whether literals stand between the digits: `#"."##0`."""
        marks = (Piece("plain", ","), Piece("plain", "."))
        return any(piece.kind != "digit" and piece not in marks for piece in self.zone)


def _section_printer(section: Section, index: int) -> Printer:
    if section.has("general"):
        return _general_between(section)
    if not section.has("digit"):
        return _words(section)
    fraction = section.has("plain") and any(piece.text == "/" for piece in section.pieces)
    if section.has("scientific", "date", "elapsed") or fraction:
        return _print_general
    signless = index == 1 and (section.condition is None or section.condition[0] in ("<", "<="))
    return _figures(_shape(section), signless)


def _general_between(section: Section) -> Printer:
    at = next(i for i, piece in enumerate(section.pieces) if piece.kind == "general")
    before, after = _literal(section.pieces[:at]), _literal(section.pieces[at + 1 :])

    def show(value: Decimal) -> BarePrinted:
        text, printed, decimals, percent = _print_general(value)
        return (before + text + after).strip(), printed, decimals, percent

    return show


def _words(section: Section) -> Printer:
    """A section without digits: the accounting dash for zero, a word, or nothing at all."""
    text = _literal(section.pieces).strip()

    def show(value: Decimal) -> BarePrinted:
        return (text, value, 0, False) if value == 0 else (text, None, None, False)

    return show


def _shape(section: Section) -> _Shape:
    pieces = section.pieces
    places = [i for i, piece in enumerate(pieces) if piece.kind == "digit"]
    first, last = places[0], places[-1]
    if first and pieces[first - 1] == Piece("plain", "."):
        first -= 1
    while last + 1 < len(pieces) and pieces[last + 1].text in (",", "."):
        if pieces[last + 1].kind != "plain":
            break
        last += 1
    zone = pieces[first : last + 1]
    point = next((i for i, piece in enumerate(zone) if piece == Piece("plain", ".")), len(zone))
    whole = "".join(piece.text for piece in zone[:point] if piece.kind in ("digit", "plain"))
    decimals = "".join(piece.text for piece in zone[point:] if piece.kind in ("digit", "plain"))
    scaled = len(whole) - len(whole.rstrip(",")) + len(decimals) - len(decimals.rstrip(","))
    percents = sum(piece == Piece("plain", "%") for piece in pieces)
    digits = [mark for mark in decimals if mark in "0#?"]
    return _Shape(
        prefix=_literal(pieces[:first]),
        suffix=_literal(pieces[last + 1 :]),
        zone=zone,
        whole=_least_digits(whole),
        least_decimals=max((i + 1 for i, mark in enumerate(digits) if mark != "#"), default=0),
        most_decimals=len(digits),
        grouped="," in whole.rstrip(","),
        scale=2 * percents - 3 * scaled,
        percent="%" in _literal(pieces),
    )


def _least_digits(whole: str) -> int:
    marks = [mark for mark in whole if mark in "0#?"]
    return len(marks) - marks.index("0") if "0" in marks else 0


def _figures(shape: _Shape, signless: bool) -> Printer:
    """The printer of an ordinary section: rounded half up to the decimals it has."""
    step = Decimal(1).scaleb(-shape.most_decimals)
    prefix, suffix = shape.prefix.lstrip(), shape.suffix.rstrip()
    scale, decimals, percent = shape.scale, shape.most_decimals, shape.percent
    ordinary = shape.whole == 1 and shape.least_decimals == decimals and not shape.interleaved
    # A text of up to three digits before the point needs no groups.
    ungrouped = 3 + (decimals + 1 if decimals else 0) if shape.grouped else 1_000

    def show(value: Decimal) -> BarePrinted:
        number = value.scaleb(scale, WIDE) if scale else value
        shown = number.quantize(step, ROUND_HALF_UP, WIDE)
        size = shown.copy_abs()
        text = str(size) if decimals <= 6 else format(size, "f")
        if len(text) > ungrouped:
            text = format(size, ",f")
        fitted = decimals
        if not ordinary:
            text, fitted = _fit(text, shape)
            shown = WIDE.quantize(shown, Decimal(1).scaleb(-fitted))
        if not shown:
            shown = shown.copy_abs()
        sign = "" if signless or not shown.is_signed() else "-"
        return sign + prefix + text + suffix, shown, fitted, percent

    return show


def _fit(text: str, shape: _Shape) -> tuple[str, int]:
    """Digits fitted to optional places: `0.##`, `000`, `#.00`, `#"."##0`."""
    whole, _, decimals = text.partition(".")
    while len(decimals) > shape.least_decimals and decimals.endswith("0"):
        decimals = decimals[:-1]
    if shape.whole == 0 and whole == "0":
        whole = ""
    bare = whole.replace(",", "")
    if len(bare) < shape.whole:
        bare = bare.zfill(shape.whole)
        whole = f"{int(bare):0{shape.whole}d}" if not shape.grouped else _grouped(bare)
    if shape.interleaved:
        return _interleave(bare, decimals, shape), len(decimals)
    has_point = any(piece == Piece("plain", ".") for piece in shape.zone)
    return whole + ("." if has_point else "") + decimals, len(decimals)


def _grouped(digits: str) -> str:
    head = len(digits) % 3
    groups = [digits[:head]] if head else []
    return ",".join(groups + [digits[i : i + 3] for i in range(head, len(digits), 3)])


def _interleave(whole: str, decimals: str, shape: _Shape) -> str:
    """Digits put into their places from the point outwards, literals left where they stand."""
    point = next(
        (i for i, piece in enumerate(shape.zone) if piece == Piece("plain", ".")), len(shape.zone)
    )
    left = list(whole)
    out: list[str] = []
    places = sum(piece.kind == "digit" for piece in shape.zone[:point])
    for piece in reversed(shape.zone[:point]):
        if piece.kind == "digit":
            places -= 1
            out.append(left.pop() if left else ("0" if piece.text == "0" else ""))
            if not places:
                out.extend(reversed(left))
        elif piece.text != ",":
            out.append(_literal((piece,)))
    tail: list[str] = []
    rest = iter(decimals)
    for piece in shape.zone[point:]:
        tail.append(next(rest, "") if piece.kind == "digit" else _literal((piece,)))
    return "".join(reversed(out)) + "".join(tail)


def _literal(pieces: tuple[Piece, ...]) -> str:
    """The text that pieces other than digits print; `_x` is a gap, `*x` fills the column."""
    out = []
    for piece in pieces:
        if piece.kind in ("quoted", "escaped", "plain"):
            out.append(piece.text if piece != Piece("plain", "@") else "")
        elif piece.kind in ("space", "digit"):
            out.append(" ")
    return "".join(out)
