"""Whether words are well-formed Vietnamese syllables, by their onset, rhyme and tone."""

import unicodedata
from functools import cache, lru_cache
from pathlib import Path

from expectations.yaml_files import read_yaml

PARTS = Path(__file__).parent / "letters" / "syllables.yml"
_TONES = "\u0300\u0301\u0303\u0309\u0323"
_SHARP_OR_HEAVY = frozenset(("\u0301", "\u0323"))
_BEFORE_BACK_VOWELS, _FRONT_VOWELS = ("c", "ng"), frozenset("ieêy")
_STOPS = ("c", "ch", "k", "p", "t")


@cache
def _parts() -> tuple[tuple[str, ...], frozenset[str]]:
    """Onsets, longest first, and rhymes."""
    read = read_yaml(PARTS)
    onsets = sorted(read["onsets"], key=len, reverse=True)
    rhymes = frozenset(rhyme for line in read["rhymes"] for rhyme in line)
    return tuple(onsets), rhymes


@lru_cache(maxsize=50_000)
def is_syllable(word: str) -> bool:
    """Whether a word is one Vietnamese syllable, in one case or capitalised: `Tỉnh`, `HUYỆN`."""
    if not (word.islower() or word.isupper() or (word[0].isupper() and word[1:].islower())):
        return False
    letters = unicodedata.normalize("NFD", word.lower())
    tones = [letter for letter in letters if letter in _TONES]
    plain = unicodedata.normalize("NFC", "".join(x for x in letters if x not in _TONES))
    if len(tones) > 1:
        return False
    onsets, rhymes = _parts()
    for onset in onsets:
        rhyme = plain.removeprefix(onset)
        if plain.startswith(onset) and rhyme in rhymes:
            if onset in _BEFORE_BACK_VOWELS and rhyme[0] in _FRONT_VOWELS:
                return False  # "có" may be typed for "cĩ", but no such word is
            return not rhyme.endswith(_STOPS) or (bool(tones) and tones[0] in _SHARP_OR_HEAVY)
    return False
