"""SVG as text: elements, colours and the frame that every picture shares."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from xml.sax.saxutils import escape, quoteattr

FONT = "'Be Vietnam Pro', 'Segoe UI', Roboto, 'Noto Sans', 'DejaVu Sans', sans-serif"
INK, QUIET, RULE, PAPER, NONE = "#1b2733", "#5b6b7a", "#d9e0e6", "#ffffff", "#e9edf0"
# Told apart with any colour vision (Okabe and Ito), the dark ones first.
SERIES = ("#0072b2", "#d55e00", "#009e73", "#a0529a", "#b8860b", "#4f6d7a", "#8c3b3b", "#3b5b8c")
# Light to dark: the more, the darker.
SCALE = ("#e3eff9", "#bcd8ee", "#8abde0", "#559fcf", "#2b7fb8", "#13609a", "#0b4272")
Number = int | float | Decimal


def element(name: str, *children: str, **attributes: object) -> str:
    """One element; an attribute `font_size` is written `font-size`, None is left out."""
    said = "".join(
        f" {key.rstrip('_').replace('_', '-')}={quoteattr(_plain(value))}"
        for key, value in attributes.items()
        if value is not None
    )
    return f"<{name}{said}>{''.join(children)}</{name}>" if children else f"<{name}{said}/>"


def text(x: Number, y: Number, words: str, **attributes: object) -> str:
    """A line of text; `anchor` is start, middle or end."""
    anchor = attributes.pop("anchor", None)
    settings: dict[str, object] = {"font_size": 13, "fill": INK, "text_anchor": anchor}
    return element("text", escape(words), x=x, y=y, **(settings | attributes))


def line(x1: Number, y1: Number, x2: Number, y2: Number, **attributes: object) -> str:
    """A straight line."""
    return element("line", x1=x1, y1=y1, x2=x2, y2=y2, **({"stroke": RULE} | attributes))


def titled(words: str, *children: str) -> str:
    """A group that says what it is when it is pointed at, or read aloud."""
    return element("g", element("title", escape(words)), *children)


@dataclass(frozen=True, slots=True)
class Words:
    """What stands around a picture: title and subtitle above it, the source below."""

    title: str
    subtitle: str
    source: str


def picture(width: int, height: int, words: Words, parts: Iterable[str]) -> str:
    """A whole picture with the words around it."""
    return element(
        "svg",
        element("title", escape(words.title)),
        element("desc", escape(f"{words.subtitle} {words.source}")),
        element("rect", width=width, height=height, fill=PAPER),
        text(24, 36, words.title, font_size=20, font_weight=700),
        text(24, 58, words.subtitle, fill=QUIET),
        *parts,
        text(24, height - 14, words.source, font_size=11, fill=QUIET),
        xmlns="http://www.w3.org/2000/svg",
        viewBox=f"0 0 {width} {height}",
        width=width,
        height=height,
        role="img",
        font_family=FONT,
    )


def percent(value: Decimal, decimals: int = 1) -> str:
    """A percentage as Vietnam writes it: 90,8 %."""
    return f"{round(value, decimals)}".replace(".", ",") + " %"


def shade(value: Decimal, low: Decimal, high: Decimal) -> tuple[str, str]:
    """The fill for a value on a scale, and the colour of the text upon it."""
    span = high - low
    place = (value - low) / span if span else Decimal(1)
    step = min(max(int(place * len(SCALE)), 0), len(SCALE) - 1)
    return SCALE[step], INK if step < 3 else PAPER


def _plain(value: object) -> str:
    if isinstance(value, float | Decimal):
        return f"{value:.2f}".rstrip("0").rstrip(".")
    return str(value)
