"""A culprit in the clerk's own figures and in words."""

from dataclasses import dataclass
from decimal import Context, Decimal
from fractions import Fraction
from itertools import islice

from expectations.locate.confidence import calibrated
from expectations.locate.graph import Figure, Graph
from expectations.locate.verdict import Culprit
from expectations.locate.weighing import Repair, Weighing
from expectations.typing_style import Typed, TypingStyle, retyped, usual_style
from expectations.wording import Sentence, sentence

# From here on a cell is called almost sure, likely; below, one of several.
SURE, LIKELY = 0.9, 0.5
EXACT = Context(prec=40)
# So many figures show how a table is typed.
ENOUGH = 150


@dataclass(frozen=True, slots=True)
class Told:
    """What is written of a culprit; the value is in base units."""

    figure: Figure
    suggestion: str
    value: Decimal
    confidence: float
    clause: Sentence


def decimal_of(value: Fraction) -> Decimal:
    """A fraction on a decimal grid as a decimal; exact there."""
    return EXACT.divide(Decimal(value.numerator), Decimal(value.denominator))


class Teller:
    """Tells of the culprits of one graph."""

    def __init__(self, graph: Graph, weighing: Weighing) -> None:
        self.graph, self.weighing = graph, weighing
        self._styles: dict[tuple[str, str], TypingStyle] = {}

    def told(self, culprit: Culprit) -> Told:
        """The guilty cell, its figure as the clerk would type it, and the clause that says so."""
        repair = culprit.repair
        figure = self.graph.figures[repair.name]
        confidence = round(calibrated(culprit.confidence), 3)
        suggestion = self.retyped(repair)
        facts: dict[str, str | Sentence] = {
            "cell": figure.cell,
            "figure": suggestion,
            "slip": self._slip(culprit),
            "percent": f"{100 * confidence:.0f}",
            "others": self._others(culprit),
        }
        tier = "sure" if confidence >= SURE else "likely" if confidence >= LIKELY else "possible"
        clause = sentence(f"locate.{tier}", facts)
        return Told(figure, suggestion, decimal_of(repair.value), confidence, clause)

    def retyped(self, repair: Repair) -> str:
        """A repaired figure as the clerk would have typed it."""
        figure = self.graph.figures[repair.name]
        typed, step = typed_of(figure), self.weighing.step(repair.name)
        unit, decimals = Fraction(typed.factor), 0
        while unit > step:
            unit, decimals = unit / 10, decimals + 1
        return retyped(typed, decimal_of(repair.value), decimals, self._style(figure))

    def _style(self, figure: Figure) -> TypingStyle:
        place = (figure.table_id, figure.unit)
        if place not in self._styles:
            peers = self.graph.peers[figure.table_id]
            alike = (typed_of(one) for one in peers if one.unit == figure.unit)
            self._styles[place] = usual_style(islice(alike, ENOUGH))
        return self._styles[place]

    def _slip(self, culprit: Culprit) -> Sentence:
        if culprit.swapped_with:
            cell = self.graph.figures[culprit.swapped_with].cell
            return sentence("locate.swapped", {"cell": cell})
        if culprit.slip:
            return sentence(f"locate.{culprit.slip}")
        ways = self.weighing.keyed(culprit.repair.name).ways(culprit.repair.value)
        return sentence(f"locate.{max(ways, key=lambda sort: ways[sort])}")

    def _others(self, culprit: Culprit) -> str | Sentence:
        named = [
            sentence(
                "locate.other",
                {"cell": self.graph.figures[one.name].cell, "figure": self.retyped(one)},
            )
            for one in culprit.others
        ]
        if not named:
            return ""
        joined = Sentence(", ".join(one.vi for one in named), ", ".join(one.en for one in named))
        return sentence("locate.others", {"others": joined})


def typed_of(figure: Figure) -> Typed:
    """A figure as typed."""
    value, half = decimal_of(figure.value), decimal_of(figure.half)
    return Typed(figure.typed_text.strip(), value, half, figure.decimals)
