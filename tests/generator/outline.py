"""Numbers a list of indicators and groups the way clerks do: codes, dashes, indentation, bold."""

from dataclasses import dataclass

from tests.generator.page import Meaning
from tests.generator.table import Row

ROMAN = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII")
KINDS = ("roman", "numbers", "letters", "dash", "indent", "spaces", "bold")


@dataclass(frozen=True, slots=True)
class Point:
    """One line before it is numbered: level from 0, label, meaning; `empty` is `Trong đó:`."""

    level: int
    label: str
    meaning: Meaning
    empty: bool = False
    unit: str = ""


def number_points(points: list[Point], kind: str) -> list[Row]:
    """Rows with codes, marks or looks that show each point's level."""
    counts = [0, 0, 0]
    rows = []
    for point in points:
        if point.empty:
            rows.append(Row(point.label, point.meaning, indent=point.level, empty=True))
            continue
        counts[point.level] += 1
        counts[point.level + 1 :] = [0] * (2 - point.level)
        code, label, indent = mark_point(point, counts, kind)
        bold = point.level == 0 and kind in {"bold", "indent", "roman", "letters"}
        rows.append(Row(label, point.meaning, code, bold, indent, point.empty, unit=point.unit))
    return rows


def mark_point(point: Point, counts: list[int], kind: str) -> tuple[str | int, str, int]:
    """Code, label and indentation of one point."""
    level, label = point.level, point.label
    here = counts[level]
    if kind == "numbers":
        code = ".".join(str(count) for count in counts[: level + 1])
        return (here if level == 0 else code), label, 0
    if kind in {"roman", "letters"}:
        first = ROMAN[here - 1] if kind == "roman" else chr(64 + here)
        return (first, here, "-")[level], label, 0
    if kind == "dash":
        return (here if level == 0 else ""), ("", "- ", "+ ")[level] + label, 0
    if kind == "spaces":
        return (here if level == 0 else ""), "   " * level + label, 0
    return (here if level == 0 else ""), label, level if kind == "indent" else 0
