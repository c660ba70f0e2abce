"""Figures inside a sentence: `Dân số TB các năm lần lượt là: 462.705; 473.251; …`."""

import re
from dataclasses import dataclass

from expectations.folding import strip_text, tidy

_SERIES = re.compile(
    r"(?P<label>[^:;.]{3,160}?)\s*:\s*(?P<figures>\d[\d.,]*\d(?:\s*;\s*\d[\d.,]*\d){2,})"
)


@dataclass(frozen=True, slots=True)
class Series:
    """A label and the figures that a sentence lists for it, one a period."""

    label: str
    figures: tuple[str, ...]


def find_series(text: str) -> list[Series]:
    """The series of a note, only where the sentence says that they follow the periods."""
    found: list[Series] = []
    for match in _SERIES.finditer(tidy(text)):
        label = match["label"].lstrip("-+* ")
        if "lan luot" in strip_text(label) or "cac nam" in strip_text(label):
            figures = tuple(part.strip().rstrip(".,") for part in match["figures"].split(";"))
            found.append(Series(label, figures))
    return found
