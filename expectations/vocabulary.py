"""What labels mean: the spellings of `spellings/*.yml` looked up in a label's words.

A label is read as a sequence of phrases, longest first, each giving atoms such
as `scheme=bhyt`; words that no phrase takes are its unexplained rest.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache, lru_cache
from pathlib import Path
from typing import NamedTuple

from rapidfuzz.distance import DamerauLevenshtein
from rapidfuzz.process import extractOne

from expectations.abbreviations import ABBREVIATIONS, spell_out
from expectations.folding import fold_word, squash, strip_word, tidy, words
from expectations.gloss import without_gloss
from expectations.periods import Period, find_periods
from expectations.yaml_files import read_yaml

ROOM = Path(__file__).parent
SPELLINGS = ROOM / "spellings"
GROUP_PATHS = ROOM / "group_paths.csv"
PER_HEAD = ROOM / "per_head.csv"
# These speak only as a whole label: "Chỉ tiêu" over a column of labels is a head, inside a
# sentence it is a word like others.
WHOLE = frozenset(
    {"head", "total", "subtotal", "issuer", "docnumber", "doctitle", "docdate"},
)
WHOLE_KEY = "whole "  # opens a key of the files whose spellings speak only as a whole label
_FOOTNOTE = re.compile(r"(?:\s*\(\s*(?:\d{1,2}|\*+)\s*\)|\s*\*+|[¹²³⁴⁵⁶⁷⁸⁹])+$")
# "Trong đó: Nam", "Gồm: Nữ" are whole labels but for how they open
_OPENING = re.compile(r"^\W*(?:trong đó|tr\.?\s?đó|chia ra|bao gồm|gồm)(?: có)?\s*:\s*(?=\w)", re.I)
_OUTLINE = re.compile(r"^(?:[IVX]{1,5}|[A-H])\s*[.)/]\s*(?=\w)")  # "III. BHTN", "B) Nông thôn"
_SHARE = re.compile(r"\s*%?\s*/")  # "%/tổng số" is a share of the total, not the total
# "Tổng cộng (I+II)", "Cộng (1 + 2)": of which rows a total is made
_FORMULA = re.compile(r"\s*\(\s*[IVX\d]{1,5}(?:\s*[+\-]\s*[IVX\d]{1,5})+\s*\)\s*$")
# "(QĐ 1167/QĐ-TTg)", "(NQ số 20/NQ-HĐND ngày 10/12/2018)": the document that set a plan
_DOCUMENT = re.compile(r"\s*\((?:theo )?(?:qđ|nq|quyết định|nghị quyết)\b[^()\d]*\d[^()]*\)", re.I)
_PARENTHESES = re.compile(r"\(([^()]*)\)|\[([^\[\]]*)\]")
_PLAIN_SCORE, _SLIP_SCORE, _FUZZY_SCORE = 0.97, 0.9, 0.85
_SURE_UNITS = ("VND", "percent")  # whose names name nothing else
_FUZZY_LENGTH = 4  # shorter words have too many neighbours: "chi", "thu", "tha"


@dataclass(frozen=True, slots=True)
class Phrase:
    """One spelling: its words without accents, with accents, and what it means."""

    plain: tuple[str, ...]
    folded: tuple[str, ...]
    atoms: tuple[tuple[str, str], ...]


class Unit(NamedTuple):
    """A unit as printed: base unit and how many of it one printed unit is."""

    code: str
    factor: int
    printed: str


@dataclass(frozen=True, slots=True)
class Meaning:
    """What one label says, with its unexplained words and the weakest match's score."""

    text: str
    atoms: tuple[tuple[str, str], ...] = ()
    periods: tuple[Period, ...] = ()
    ranges: tuple[tuple[int, int], ...] = ()
    compared_with: int | None = None
    unit: Unit | None = None
    unexplained: tuple[str, ...] = ()
    word_count: int = 0
    score: float = 1.0

    def __hash__(self) -> int:
        return hash(self.text)  # equal meanings are of equal texts

    def all(self, dimension: str) -> tuple[str, ...]:
        """Every value that the label gives a dimension, in the order of the words."""
        said = [value for name, value in self.atoms if name == dimension]
        return tuple(dict.fromkeys(said)) if said else ()

    def first(self, dimension: str) -> str | None:
        """The first value that the label gives a dimension."""
        for name, value in self.atoms:
            if name == dimension:
                return value
        return None

    @property
    def explained(self) -> float:
        """The share of the label's words that some phrase took."""
        return 1 - len(self.unexplained) / self.word_count if self.word_count else 1.0


@dataclass(slots=True)
class Lexicon:
    """All phrases by their first word, whole labels by their squashed key, units by theirs."""

    phrases: dict[str, list[Phrase]] = field(default_factory=lambda: defaultdict(list))
    whole: dict[str, tuple[tuple[str, str], ...]] = field(default_factory=dict)
    bare: dict[str, tuple[tuple[str, str], ...]] = field(default_factory=dict)
    units: dict[str, Unit] = field(default_factory=dict)
    known_words: dict[str, None] = field(default_factory=dict)


def entries() -> Iterator[tuple[str, str]]:
    """Every spelling of the files with its meaning: `("group=household", "hộ gia đình")`."""
    for path in sorted(SPELLINGS.glob("*.yml")):
        if path == ABBREVIATIONS:
            continue
        for meaning, spellings in read_yaml(path).items():
            for spelling in spellings:
                yield meaning, spelling


def _whole_key(text: str) -> str:
    """The key of a whole label: one word keeps its accents (Nam is no Năm), more lose them."""
    spelled = [word for word in spell_out(words(text)) if word not in "%/&"]
    if len(spelled) == 1:
        return fold_word(spelled[0])
    return "".join(strip_word(word) for word in spelled)


def _whole(text: str) -> tuple[tuple[str, str], ...]:
    """What a whole label says; a word typed without any accent stands for the accented one."""
    key = _whole_key(_OPENING.sub("", text))
    return lexicon().whole.get(key) or lexicon().bare.get(key, ())


def unit_key(text: str) -> str:
    """The key of a printed unit: `(Nghìn người.)` and `nghìn người` are one; `%` is itself."""
    return squash(text) or ("%" if "%" in text else "")


@cache
def lexicon() -> Lexicon:
    """The spellings of all files, read once."""
    made = Lexicon()
    for meaning, spelling in entries():
        whole = meaning.startswith(WHOLE_KEY)
        pairs = meaning.removeprefix(WHOLE_KEY).split(" ")
        atoms = tuple((pair.split("=")[0], pair.split("=")[1]) for pair in pairs)
        if atoms[0][0] == "unit":
            code, factor = atoms[0][1].split(":")
            printed = "%" if code == "percent" else spelling  # "Tỷ lệ" and "tỷ lệ %" print it too
            made.units[unit_key(spelling)] = Unit(code, int(factor), printed)
        elif whole or atoms[0][0] in WHOLE:
            key = _whole_key(spelling)
            made.whole[key] = made.whole.get(key, ()) + atoms
            made.bare.setdefault(strip_word(key), atoms)
        else:
            spelled = spell_out(words(spelling))
            folded = tuple(fold_word(word) for word in spelled)
            plain = tuple(strip_word(word) for word in spelled)
            made.phrases[plain[0]].append(Phrase(plain, folded, atoms))
    for phrases in made.phrases.values():
        phrases.sort(key=lambda phrase: (-len(phrase.plain), phrase.atoms[0][0] == "filler"))
    made.known_words = {
        word: None
        for phrases in made.phrases.values()
        for phrase in phrases
        for word in phrase.plain
    }
    return made


@lru_cache(maxsize=50_000)
def read_label(text: str) -> Meaning:
    """What a label says; never raises, the rest that is not understood is in `unexplained`."""
    clean = _FORMULA.sub("", _FOOTNOTE.sub("", _OUTLINE.sub("", _own_words(text))))
    found = find_periods(clean)
    unit, rest = _take_unit(found.rest)
    alone = _unit_alone(rest)
    unit = unit or alone
    whole = () if _SHARE.match(rest) else _whole(rest)
    if whole:
        whole += (("modifier", "ratio"),) if "%" in rest else ()  # "Đạt %"
        return Meaning(text, whole, found.periods, found.ranges, found.compared_with, unit, (), 1)
    typed = words(rest)
    atoms, unexplained, score = _scan(spell_out(typed))
    if found.is_ratio and not {("modifier", "change"), ("modifier", "growth")}.intersection(atoms):
        atoms.append(("modifier", "index"))
    return Meaning(
        text,
        tuple(atoms),
        found.periods,
        found.ranges,
        found.compared_with,
        unit,
        () if alone else tuple(unexplained),
        sum(1 for word in typed if word not in "%/&"),
        score,
    )


def _own_words(text: str) -> str:
    """A label in Vietnamese, without the document that it refers to."""
    return _DOCUMENT.sub("", tidy(without_gloss(text)))


@lru_cache(maxsize=10_000)
def read_unit(text: str) -> Unit | None:
    """The unit that a text names as a whole, `Đơn vị tính: nghìn người` or `(tỷ đồng)`."""
    vietnamese = tidy(without_gloss(text))
    key = unit_key(
        re.sub(r"^\W*(?:[đd][ơo]n v[ịi](?: t[íi]nh)?|[đd]vt)\s*[:.]?", "", vietnamese, flags=re.I)
    )
    return lexicon().units.get(key)


def _take_unit(text: str) -> tuple[Unit | None, str]:
    """A unit in parentheses, `Dân số (nghìn người)`, and the text without it."""
    for match in _PARENTHESES.finditer(text):
        unit = read_unit(match[1] or match[2] or "")
        if unit:
            return unit, f"{text[: match.start()]} {text[match.end() :]}"
    for mark in (",", " -"):  # "Dân số, nghìn người", "Chỉ số phát triển - %"
        head, found, tail = text.rpartition(mark)
        unit = read_unit(tail) if found else None
        if unit and (unit.factor > 1 or unit.code in _SURE_UNITS):
            return unit, head
    return None, text


def _unit_alone(text: str) -> Unit | None:
    """The unit that a label is as a whole: `Triệu đồng` below `Số thu`.

    `Lao động`, `Thẻ` and their like are rather what is counted.
    """
    unit = lexicon().units.get(unit_key(text))
    return unit if unit and (unit.code in _SURE_UNITS or unit.factor > 1) else None


def _scan(label_words: list[str]) -> tuple[list[tuple[str, str]], list[str], float]:
    atoms: list[tuple[str, str]] = []
    unexplained: list[str] = []
    score, position = 1.0, 0
    plain = [strip_word(word) for word in label_words]
    slips = {place for place, word in enumerate(plain) if _correct(word) != word}
    plain = [_correct(word) for word in plain]
    while position < len(plain):
        if plain[position] == "%" and position and plain[position - 1].isdigit():
            position += 1  # "ngân sách đóng 100%" names a group, no rate
            continue
        phrase, quality = _longest(plain, label_words, position)
        if phrase is None:
            if plain[position] not in "%/&" and not plain[position].isdigit():
                unexplained.append(label_words[position])
            position += 1
            continue
        atoms.extend(phrase.atoms)
        if phrase.atoms[0][0] != "filler":
            taken = range(position, position + len(phrase.plain))
            score = min(score, quality, _FUZZY_SCORE if slips.intersection(taken) else 1.0)
        position += len(phrase.plain)
    return atoms, unexplained, score


def _longest(plain: list[str], typed: list[str], start: int) -> tuple[Phrase | None, float]:
    """The longest phrase at a position; among equally long ones the one with the right accents."""
    best: Phrase | None = None
    best_quality = 0.0
    for phrase in lexicon().phrases.get(plain[start], ()):
        length = len(phrase.plain)
        if best is not None and length < len(best.plain):
            break
        if tuple(plain[start : start + length]) == phrase.plain:
            quality = _accents(phrase.folded, typed[start : start + length])
            if length == 1 and quality == _SLIP_SCORE:
                continue  # one word with other accents is another word: "thẻ" is no slip of "thế"
            if quality > best_quality:
                best, best_quality = phrase, quality
    return best, best_quality


def _accents(expected: Iterable[str], typed: Iterable[str]) -> float:
    """1 where all accents agree, less where some are missing, least where some are wrong."""
    quality = 1.0
    for want, word in zip(expected, typed, strict=True):
        if fold_word(word) != want:
            bare = strip_word(word) == word.lower()
            quality = min(quality, _PLAIN_SCORE if bare else _SLIP_SCORE)
    return quality


@lru_cache(maxsize=10_000)
def _correct(word: str) -> str:
    """The known word that is one slip away, as a clerk's or a scanner's error; else the word."""
    known = lexicon().known_words
    if len(word) < _FUZZY_LENGTH or not word.isalpha() or word in known:
        return word
    hit = extractOne(word, list(known), scorer=DamerauLevenshtein.distance, score_cutoff=1)
    return str(hit[0]) if hit and len(hit[0]) >= _FUZZY_LENGTH else word
