"""A clerk's words: one spelling a workbook for each thing, dressed in the clerk's letters."""

import random
import unicodedata
from dataclasses import dataclass, field

from tests.generator import spelling
from tests.generator.places import Place
from tests.generator.spelling_groups import GROUPS
from tests.generator.style import Style
from tests.generator.world import World

OLD_TONE = {"òa": "oà", "óa": "oá", "ỏa": "oả", "õa": "oã", "ọa": "oạ", "úy": "uý", "ủy": "uỷ"}
SHORT = {"Huyện": "H.", "Thành phố": "TP.", "Thị xã": "TX.", "Quận": "Q."}
FOOTNOTES = (" (1)", "*", " (*)", "¹", "(1)")


@dataclass(slots=True)
class Voice:
    """Chooses words for a workbook and remembers them, so that it speaks with one voice."""

    rng: random.Random
    style: Style
    world: World
    said: dict[str, str] = field(default_factory=dict)
    marked: str = ""
    slipped: str = ""
    mark: str = ""
    marks_used: bool = False

    def __post_init__(self) -> None:
        codes = [place.code for place in self.world.districts]
        if self.style.marks and codes:
            self.marked, self.mark = self.rng.choice(codes), self.rng.choice(FOOTNOTES)
        if self.style.slip and codes:
            self.slipped = self.rng.choice(codes)

    def choose(self, key: str, options: tuple[str, ...]) -> str:
        """One of the spellings, the same one whenever it is asked for again."""
        if key not in self.said:
            self.said[key] = self.rng.choice(options) if self.style.synonyms else options[0]
        return self.said[key]

    def phrase(self, name: str) -> str:
        """A word of the page: the head of the number column, a unit line."""
        return self.choose(name, spelling.PHRASES[name])

    def indicator(self, code: str) -> str:
        """An indicator's label that stands for itself."""
        return self.choose(code, spelling.INDICATORS[code])

    def group(self, code: str) -> str:
        """A group's label."""
        return self.choose(code, GROUPS[code])

    def total(self) -> str:
        """What the province's own row or column is called."""
        name = self.style.total_name
        if self.world.province.type == "Thành phố":
            return name.replace("tỉnh", "thành phố")
        return name

    def place(self, place: Place) -> str:
        """A district as this clerk types it, with its footnote mark or its slip."""
        text = self.prefixed(place)
        if place.code == self.slipped:
            text = slip(text, len(text) - len(place.bare))
        if place.code != self.marked:
            return text
        self.marks_used = True
        return text + self.mark

    def prefixed(self, place: Place) -> str:
        """`Huyện Sa Pa`, `Sa Pa`, `H. Sa Pa` or `H.Sa Pa`."""
        habit = self.style.places
        if habit == "full" or not place.type:
            return place.name
        if habit == "bare":
            return place.name if place.code in self.world.typed_with_type else place.bare
        return SHORT[place.type] + (" " if habit == "short" else "") + place.bare

    def dress(self, text: str) -> str:
        """The same words in the clerk's letters: NFD, U+00D0, old tone marks, NBSP."""
        if self.style.letters == "nfd":
            return unicodedata.normalize("NFD", text)
        if self.style.letters == "eth":
            return text.replace("Đ", "\u00d0")
        if self.style.letters == "tone":
            for new, old in OLD_TONE.items():
                text = text.replace(new, old)
            return text
        if self.style.letters == "nbsp":
            return text.replace(" ", "\u00a0", 1)
        return f" {text.replace(' ', '  ', 1)} " if self.style.letters == "spaces" else text


def slip(text: str, start: int) -> str:
    """The name with one accent lost, as OCR does: `Mường Tè` is `Mương Tè`."""
    for index in range(start, len(text)):
        plain = unicodedata.normalize("NFD", text[index])
        if len(plain) > 1:
            return text[:index] + unicodedata.normalize("NFC", plain[:-1]) + text[index + 1 :]
    return text
