"""One figure through the periods, drawn: what was measured and what was planned."""

from markupsafe import Markup

from expectations.desk.charts import Line, Point, line_chart
from expectations.desk.language import Speaker
from expectations.desk.publication import Row
from expectations.desk.queries.submission import Figure


def series_chart(figure: Figure, say: Speaker) -> Markup:
    """The chart of a figure among those of the same meaning; one value a period and scenario."""
    found: dict[tuple[str, str], Row] = {}
    for row in (*figure.other_periods, figure.row):
        found[row["scenario"], row["period"]] = row
    lines = []
    for scenario in sorted({scenario for scenario, _ in found}):
        points = [
            Point(period, row["value"], say.figure(row["value"]), row is figure.row)
            for (kind, period), row in found.items()
            if kind == scenario
        ]
        lines.append(Line(say(f"scenario.{scenario}"), points, scenario == "plan"))
    return line_chart(say("chart.series"), lines)
