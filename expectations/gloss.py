"""The English gloss of a bilingual label, set aside: `TỔNG SỐ - TOTAL`, `Nam` over `Male`.

Huyện Hải Hậu - Hai Hau district  →  Huyện Hải Hậu
Sơ bộ / Prel. 2022                →  Sơ bộ 2022        the number is in no other part
"""

import re
from functools import cache, lru_cache
from pathlib import Path

from expectations.folding import strip_word, tidy, words
from expectations.yaml_files import read_yaml

ENGLISH = Path(__file__).parent / "english.yml"
_BETWEEN = re.compile(r"(\n|\s[-–—]\s?|\s?[-–—]\s|/|\(|\)|;|:)")
_SHARED = 0.5  # "Hai Hau district": its other words are those of the Vietnamese part


@cache
def _english() -> tuple[frozenset[str], frozenset[str]]:
    """The words that prove a gloss, and all English words known."""
    read = read_yaml(ENGLISH)
    certain = frozenset(read["certain"])
    return certain, certain | frozenset(read["common"])


@cache
def _any_english() -> re.Pattern[str]:
    return re.compile(rf"\b(?:{'|'.join(sorted(_english()[0]))})\b", re.I)


@lru_cache(maxsize=50_000)
def without_gloss(text: str) -> str:
    """The label without its English parts; the label itself where nothing else would be left."""
    if not _any_english().search(text):
        return text
    pieces = _BETWEEN.split(text)
    glossed = {place for place in range(0, len(pieces), 2) if _is_gloss(pieces, place)}
    kept = [
        _numbers(piece, pieces, place) if place in glossed else _without_tail(piece)
        for place, piece in enumerate(pieces)
    ]
    said = [piece for place, piece in enumerate(kept) if place % 2 == 0 and place not in glossed]
    if not any(word.isalpha() for piece in said for word in words(piece)):
        return text
    return tidy(re.sub(r"\(\s*\)|[-–—/;:]\s*$", " ", " ".join(kept)))


def _is_gloss(pieces: list[str], place: int) -> bool:
    """Whether a part is English: proven by a word, its other words English or those of the rest."""
    certain, known = _english()
    own = [word for word in _plain(pieces[place]) if word.isalpha()]
    if not certain.intersection(own):
        return False
    rest = {word for other in range(0, len(pieces), 2) if other != place
            for word in _plain(pieces[other])}  # fmt: skip
    english = sum(word in known for word in own)
    strange = sum(word not in known and word not in rest for word in own)
    typed_plain = all(word.isascii() for word in words(pieces[place]) if word not in rest)
    return strange <= english * _SHARED and (typed_plain or strange == 0)


def _without_tail(piece: str) -> str:
    """`Tổng số Total` on one line: the English words at its end are left out."""
    certain, known = _english()
    typed = piece.split()
    end = len(typed)
    while end and (said := _plain(typed[end - 1])) and all(word in known for word in said):
        end -= 1
    tail = {word for one in typed[end:] for word in _plain(one)}
    return " ".join(typed[:end]) if 0 < end < len(typed) and tail & certain else piece


def _numbers(piece: str, pieces: list[str], place: int) -> str:
    """The numbers of a gloss that no other part holds: the 2022 of `Prel. 2022`."""
    others = {word for other, one in enumerate(pieces) if other != place for word in words(one)}
    return " ".join(w for w in words(piece) if (w.isdigit() or w == "%") and w not in others)


def _plain(text: str) -> list[str]:
    return [strip_word(word) for word in words(text)]
