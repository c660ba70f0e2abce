"""Words that stand for others in labels: KCB is khám chữa bệnh, wherever it stands."""

from functools import cache
from pathlib import Path

from expectations.folding import strip_word, words
from expectations.yaml_files import read_yaml

ABBREVIATIONS = Path(__file__).parent / "spellings" / "abbreviations.yml"


@cache
def _abbreviations() -> dict[tuple[str, ...], tuple[str, ...]]:
    """What is typed for what is meant, as words; the keys without accents."""
    meant: dict[tuple[str, ...], tuple[str, ...]] = {}
    read = read_yaml(ABBREVIATIONS)
    for full, typed in read.items():
        for short in typed:
            meant[tuple(strip_word(word) for word in words(short))] = tuple(words(full))
    return meant


def spell_out(typed: list[str]) -> list[str]:
    """The words with every abbreviation written out: KCB is khám chữa bệnh."""
    known = _abbreviations()
    longest = max(len(short) for short in known)
    plain = [strip_word(word) for word in typed]
    written: list[str] = []
    place = 0
    while place < len(typed):
        for length in range(min(longest, len(typed) - place), 0, -1):
            full = known.get(tuple(plain[place : place + length]))
            if full:
                written.extend(full)
                place += length
                break
        else:
            written.append(typed[place])
            place += 1
    return written
