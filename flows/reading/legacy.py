"""Texts typed in the fonts of old Vietnamese systems, recognised and put into Unicode.

The cells of one font are judged together: by the font's name (`.VnTime`, `VNI-Times`), and by
how many of their words are Vietnamese syllables as typed and after each conversion. A cell
is converted when that is clear and loses nothing; else it stays as typed and is said.
"""

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from flows.reading.grid import Grid, Workbook
from flows.reading.legacy_letters import ENCODINGS, convert
from flows.reading.report import Report
from flows.reading.syllables import is_syllable
from warehouse.model import Cell

# A font that is named after an encoding needs half of its words to bear that out; any
# other font needs nearly all of several words, which as typed are mostly no Vietnamese.
NAMED_SHARE, CLEAR_SHARE, TYPED_SHARE, ENOUGH_WORDS = 0.5, 0.8, 0.5, 2
_NAMES = {"tcvn3": "TCVN3 (ABC)", "vni": "VNI"}
_WORD = re.compile(r"(?:[^\W\d_]|[\u00a1-\u00bf\u00d7\u00f7])+")
_TCVN3_FONT = re.compile(r"^\.?vn(?!i)\w", re.I)
_VNI_FONT = re.compile(r"^vni\b|^vni[-_ ]?\w", re.I)


@dataclass(slots=True)
class Converted:
    """A workbook in Unicode; by sheet and encoding the cells that were converted (as they
    were typed), and by sheet those that look like legacy text and stay as typed."""

    workbook: Workbook
    converted: dict[tuple[str, str], list[Cell]] = field(default_factory=dict)
    unclear: dict[str, list[Cell]] = field(default_factory=dict)


def convert_workbook(workbook: Workbook) -> Converted:
    """The workbook with its legacy texts in Unicode.

    `Cell.typed_text` becomes what the person saw on the screen, as that is what the font drew;
    `Cell.value` keeps the stored letters.
    """
    by_font: dict[str, list[Cell]] = defaultdict(list)
    for grid in workbook.grids:
        for cell in grid.cells.values():
            if not cell.typed_text.isascii():
                by_font[cell.font].append(cell)
    voices = {font: _listen(font, cells) for font, cells in by_font.items()}
    found = Converted(workbook)
    if any(voice.encoding or voice.unclear for voice in voices.values()):
        grids = [_convert_grid(grid, voices, found) for grid in workbook.grids]
        found.workbook = replace(workbook, grids=grids)
    return found


def tell_legacy(found: Converted, report: Report) -> None:
    """Findings: what was converted from which encoding, and what was left as typed."""
    for (_sheet, encoding), cells in found.converted.items():
        report.find("reading.legacy_text", cells, "label", encoding=_NAMES[encoding])
    for cells in found.unclear.values():
        report.find("reading.legacy_unclear", cells, "label")


def legacy_share(texts: Iterable[str]) -> float:
    """The share of words that are Vietnamese after the better conversion, as code page 1252."""
    words = _words_of(texts)
    return max(_share(words, encoding) for encoding in ENCODINGS) if words else 0.0


def syllable_share(texts: Iterable[str]) -> float:
    """The share of words beyond ASCII that are Vietnamese as they stand."""
    words = _words_of(texts)
    return _share(words, "") if words else 0.0


@dataclass(frozen=True, slots=True)
class _Voice:
    """What the cells of one font speak: an encoding, none, or nobody can tell; `mixed` says
    that others of them are in Unicode."""

    encoding: str = ""
    unclear: bool = False
    mixed: bool = False
    upper: bool = False


def _listen(font: str, cells: list[Cell]) -> _Voice:
    texts = [cell.typed_text for cell in cells]
    words = _words_of(text for text in texts if not _is_unicode(text))
    mixed = any(map(_is_unicode, texts))
    if not words:
        return _Voice()
    typed = _share(words, "")
    named = _encoding_of_font(font)
    if named and _share(words, named) >= max(NAMED_SHARE, typed):
        return _Voice(named, False, mixed, _draws_capitals(font))
    best = max(ENCODINGS, key=lambda encoding: _share(words, encoding))
    share = _share(words, best)
    if typed > TYPED_SHARE or share < NAMED_SHARE:
        return _Voice(unclear=bool(named) and typed < NAMED_SHARE)
    if named or share < CLEAR_SHARE or len(words) < ENOUGH_WORDS:
        return _Voice(unclear=True)
    return _Voice(best, False, mixed)


def _convert_grid(grid: Grid, voices: dict[str, _Voice], found: Converted) -> Grid:
    cells = dict(grid.cells)
    for place, cell in grid.cells.items():
        voice = voices.get(cell.font)
        words = _words_of([cell.typed_text]) if voice else []
        if voice is None or not words or _is_unicode(cell.typed_text):
            continue
        text = _convert_cell(cell, words, voice)
        if text is not None:
            cells[place] = replace(cell, typed_text=text)
            found.converted.setdefault((grid.sheet, voice.encoding), []).append(cell)
        elif _share(words, "") <= TYPED_SHARE and (voice.unclear or voice.encoding):
            found.unclear.setdefault(grid.sheet, []).append(cell)
    return replace(grid, cells=cells)


def _convert_cell(cell: Cell, words: list[str], voice: _Voice) -> str | None:
    """One cell's text, None where its own words speak against the voice of its font."""
    if not voice.encoding:
        return None
    typed = _share(words, "")
    if _share(words, voice.encoding) < typed or (voice.mixed and typed > TYPED_SHARE):
        return None
    return convert(cell.typed_text, voice.encoding, voice.upper)


def _encoding_of_font(font: str) -> str:
    if _VNI_FONT.match(font):
        return "vni"
    return "tcvn3" if _TCVN3_FONT.match(font) else ""


def _draws_capitals(font: str) -> bool:
    """Whether a TCVN3 font is one of capitals: `.VnTimeH`, `.VnArial NarrowH`."""
    return bool(_TCVN3_FONT.match(font)) and font.endswith("H")


def _is_unicode(text: str) -> bool:
    """Whether a text holds a letter that no Western code page has: ố, ă, ư."""
    return any(letter > "\xff" and letter.isalpha() for letter in text)


def _words_of(texts: Iterable[str]) -> list[str]:
    """The different words that hold a letter beyond ASCII: only they tell an encoding."""
    return list(
        dict.fromkeys(
            word
            for text in texts
            for word in _WORD.findall(text)
            if not word.isascii() and (any(map(str.isalpha, word)) or _is_drawn(word))
        )
    )


def _is_drawn(word: str) -> bool:
    """Whether signs alone are a syllable in an old font: `§¹` is drawn as `Đạ` (Đạ Huoai)."""
    drawn = convert(word, "tcvn3") if len(word) > 1 else None
    return drawn is not None and is_syllable(drawn)


def _share(words: list[str], encoding: str) -> float:
    """The share of words that are syllables in an encoding; "" for the words as typed."""
    meant = [convert(word, encoding) if encoding else word for word in words]
    return sum(word is not None and is_syllable(word) for word in meant) / len(words)
