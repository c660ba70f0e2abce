"""Charts drawn by hand as SVG: nothing loaded, nothing run, every figure also in a table."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from markupsafe import Markup, escape

WIDTH, HEIGHT = 460, 150
LEFT, RIGHT, TOP, BOTTOM = 8, 8, 22, 22
COLOURS = ("#11606d", "#a9201a", "#80560a", "#2c5686", "#6a3d7c", "#23663a")
DASHED = "5 4"


@dataclass(frozen=True, slots=True)
class Point:
    """One point: where along the axis, how high, and what its label says."""

    at: str
    value: Decimal
    label: str
    strong: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """One named line of points; a dashed one is planned, not measured."""

    name: str
    points: Sequence[Point]
    dashed: bool = False


def line_chart(
    title: str, lines: Sequence[Line], width: int = WIDTH, height: int = HEIGHT
) -> Markup:
    """Lines over a common axis of texts in their order; "" when there is nothing to draw."""
    ticks = sorted({point.at for line in lines for point in line.points})
    values = [point.value for line in lines for point in line.points]
    if len(ticks) < 2:
        return Markup("")
    low, high = min(values), max(values)
    spread = (high - low) or Decimal(1)
    step = Decimal(width - LEFT - RIGHT - 40) / (len(ticks) - 1)

    def place(point: Point) -> tuple[Decimal, Decimal]:
        across = LEFT + 20 + step * ticks.index(point.at)
        up = (point.value - low) / spread * (height - TOP - BOTTOM)
        return round(across, 1), round(height - BOTTOM - up, 1)

    parts = [_axis(ticks, step, width, height)]
    for number, line in enumerate(lines):
        parts.append(_line(line, COLOURS[number % len(COLOURS)], place))
    name = escape(title)
    head = Markup('<svg class="chart" viewBox="0 0 {} {}" role="img" aria-label="{}">').format(
        width, height, name
    )
    return head + Markup("").join(parts) + Markup("</svg>")


def _axis(ticks: Sequence[str], step: Decimal, width: int, height: int) -> Markup:
    every = -(-len(ticks) // 8)
    marks = [
        Markup('<text x="{}" y="{}" text-anchor="middle">{}</text>').format(
            round(LEFT + 20 + step * number, 1), height - 6, tick
        )
        for number, tick in enumerate(ticks)
        if number % every == 0 or number == len(ticks) - 1
    ]
    base = Markup('<line x1="{}" x2="{}" y1="{}" y2="{}" stroke="#dcd9d0"/>').format(
        LEFT, width - RIGHT, height - BOTTOM + 4, height - BOTTOM + 4
    )
    return base + Markup("").join(marks)


def _line(line: Line, colour: str, place: Callable[[Point], tuple[Decimal, Decimal]]) -> Markup:
    points = sorted(line.points, key=lambda point: point.at)
    placed = [(point, *place(point)) for point in points]
    path = " ".join(f"{x},{y}" for _, x, y in placed)
    drawn = [
        Markup('<polyline points="{}" fill="none" stroke="{}" stroke-width="2"{}/>').format(
            path, colour, Markup(' stroke-dasharray="{}"').format(DASHED) if line.dashed else ""
        )
    ]
    for number, (point, x, y) in enumerate(placed):
        drawn.append(
            Markup(
                '<circle cx="{}" cy="{}" r="{}" fill="{}"><title>{}: {}</title></circle>'
            ).format(x, y, 5 if point.strong else 3, colour, point.at, point.label)
        )
        if point.strong or number in (0, len(placed) - 1) or len(placed) <= 6:
            anchor = "start" if number == 0 else "end" if number == len(placed) - 1 else "middle"
            drawn.append(
                Markup('<text x="{}" y="{}" text-anchor="{}">{}</text>').format(
                    x, max(y - 8, Decimal(11)), anchor, point.label
                )
            )
    return Markup("").join(drawn)
