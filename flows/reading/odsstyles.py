"""The styles of an OpenDocument sheet: number styles as format codes, fonts, hidden tables."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element

from flows.reading.formatcodes import is_date
from flows.reading.formats import printer
from flows.reading.plaincells import PLAIN
from flows.reading.styles import Look, child, local

_NUMBER_STYLES = frozenset(
    ("number-style", "percentage-style", "currency-style", "date-style", "time-style", "text-style")
)
_CONDITION = re.compile(r"value\(\)\s*(<=|>=|!=|<|>|=)\s*(-?[0-9.]+)")
_DATE_FIELDS = {
    "day": ("d", "dd"),
    "year": ("yy", "yyyy"),
    "hours": ("h", "hh"),
    "minutes": ("m", "mm"),
    "seconds": ("s", "ss"),
    "day-of-week": ("ddd", "dddd"),
}


def get(element: Element | None, name: str) -> str:
    """An attribute by its local name; empty when absent."""
    items = () if element is None else element.items()
    return next((value for key, value in items if local(key) == name), "")


@dataclass
class OdsStyles:
    """Looks by name of the cell style; a style takes over what its parent says."""

    cell_styles: dict[str, Element] = field(default_factory=dict)
    table_styles: dict[str, Element] = field(default_factory=dict)
    number_styles: dict[str, Element] = field(default_factory=dict)
    fonts: dict[str, str] = field(default_factory=dict)
    made: dict[str, Look] = field(default_factory=dict)

    def collect(self, root: Element) -> None:
        """Take in the styles of one part, `styles.xml` or `content.xml`."""
        for element in root.iter():
            kind, name = local(element.tag), get(element, "name")
            if kind == "style" and get(element, "family") == "table-cell":
                self.cell_styles[name] = element
            elif kind == "style" and get(element, "family") == "table":
                self.table_styles[name] = element
            elif kind in _NUMBER_STYLES:
                self.number_styles[name] = element
            elif kind == "font-face":
                self.fonts[name] = get(element, "font-family").strip("'\"")

    def is_hidden(self, table_style: str) -> bool:
        """Whether tables of this style are not shown."""
        return get(child(self.table_styles.get(table_style), "table-properties"), "display") == (
            "false"
        )

    def look(self, name: str) -> Look:
        """The look of a cell style; an unknown one is plain."""
        if name not in self.made:
            self.made[name] = PLAIN  # ends a circle of parents
            self.made[name] = self._make(name)
        return self.made[name]

    def _make(self, name: str) -> Look:
        style = self.cell_styles.get(name)
        if style is None:
            return PLAIN
        look = self.look(get(style, "parent-style-name") or "Default")
        text = child(style, "text-properties")
        font = get(text, "font-name") and self.fonts.get(get(text, "font-name"), "")
        font = font or get(text, "font-family").strip("'\"")
        weight = get(text, "font-weight")
        look = look._replace(font=font or look.font, bold=weight == "bold" if weight else look.bold)
        number = get(style, "data-style-name")
        if number:
            code = self.format_code(number)
            look = look._replace(number_format=code, is_date=is_date(code), printer=printer(code))
        return look

    def format_code(self, name: str) -> str:
        """A number style as a format code: a percentage style of one decimal is `0.0%`."""
        style = self.number_styles.get(name)
        if style is None:
            return "General"
        own = _section(style)
        others = []
        for rule in style:
            match = _CONDITION.match(get(rule, "condition")) if local(rule.tag) == "map" else None
            applied = self.number_styles.get(get(rule, "apply-style-name"))
            if match and applied is not None:
                others.append((match[1], match[2], _section(applied)))
        return _joined(own, others)


def _joined(own: str, others: list[tuple[str, str, str]]) -> str:
    """Sections in the order of a format code: positive, negative, zero; or with conditions."""
    by_sign = {(operator, limit.rstrip("0").rstrip(".") or "0"): c for operator, limit, c in others}
    if not others:
        return own
    if set(by_sign) == {(">=", "0")}:
        return f"{by_sign['>=', '0']};{own}"
    if set(by_sign) == {("<", "0")}:
        return f"{own};{by_sign['<', '0']}"
    if set(by_sign) == {(">", "0"), ("<", "0")}:
        return f"{by_sign['>', '0']};{by_sign['<', '0']};{own}"
    conditions = [f"[{'<>' if op == '!=' else op}{limit}]{code}" for op, limit, code in others]
    return ";".join([*conditions, own])


def _section(style: Element) -> str:
    return "".join(_pieces(style, local(style.tag) == "percentage-style")) or "General"


def _pieces(style: Element, percent: bool) -> Iterable[str]:
    for part in style:
        kind, long = local(part.tag), get(part, "style") == "long"
        if kind == "number":
            yield _digits(part)
        elif kind in ("text", "currency-symbol"):
            yield _quoted(part.text or "", percent)
        elif kind == "month":
            width = (3 if get(part, "textual") == "true" else 1) + long
            yield "m" * width
        elif kind in _DATE_FIELDS:
            yield _DATE_FIELDS[kind][long]
        elif kind == "am-pm":
            yield "AM/PM"
        elif kind in ("fraction", "scientific-number"):
            yield "General"
        elif kind == "text-content":
            yield "@"


def _digits(number: Element) -> str:
    places = get(number, "decimal-places")
    if not places and get(number, "min-integer-digits") in ("", "1"):
        return "#,##0" if get(number, "grouping") == "true" else "General"
    most = min(int(places or 0), 30)
    least = min(int(get(number, "min-decimal-places") or most), most)
    whole = "0" * min(int(get(number, "min-integer-digits") or 1), 30) or "#"
    if get(number, "grouping") == "true":
        whole = "#,##0" if len(whole) <= 1 else whole[0] + "," + whole[1:]
    thousands = {"1000": ",", "1000000": ",,"}.get(get(number, "display-factor"), "")
    decimals = "." + "0" * least + "#" * (most - least) if most else ""
    return whole + decimals + thousands


def _quoted(text: str, percent: bool) -> str:
    if not text:
        return ""
    if percent and "%" in text:
        before, _, after = text.partition("%")
        return _quoted(before, False) + "%" + _quoted(after, False)
    return text if text in ("/", "-", ".", ":", " ", "(", ")") else f'"{text}"'
