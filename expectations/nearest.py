"""The known spellings nearest to a label that is not understood, for whoever adds it."""

from functools import cache

from rapidfuzz.fuzz import token_sort_ratio
from rapidfuzz.process import extract

from expectations.folding import strip_text
from expectations.vocabulary import entries

LEAST_LIKENESS = 55.0  # of 100; below it a proposal only distracts


@cache
def _spellings() -> dict[str, tuple[str, str]]:
    """Folded spelling -> (meaning, spelling), without words that mean nothing."""
    return {
        strip_text(spelling): (meaning, spelling)
        for meaning, spelling in entries()
        if not meaning.startswith(("filler", "unit"))
    }


def nearest_spellings(label: str, limit: int = 3) -> list[tuple[str, str, int]]:
    """(meaning, spelling, likeness of 100) of the nearest spellings, one a meaning, best first."""
    hits = extract(
        strip_text(label),
        list(_spellings()),
        scorer=token_sort_ratio,
        score_cutoff=LEAST_LIKENESS,
        limit=limit * 4,
    )
    best: dict[str, tuple[str, str, int]] = {}
    for key, score, _index in hits:
        meaning, spelling = _spellings()[key]
        best.setdefault(meaning, (meaning, spelling, round(score)))
    return list(best.values())[:limit]
