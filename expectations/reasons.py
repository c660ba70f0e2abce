"""Why a file was refused or a cell not understood, as sentences that province and steward read."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path

from expectations.yaml_files import read_yaml

# reasons.yml: why a file was refused; unclear.yml: what reading could not settle.
FILES = tuple(Path(__file__).parent / name for name in ("reasons.yml", "unclear.yml"))


def sentence(reason: str, facts: Mapping[str, str]) -> tuple[str, str]:
    """The sentence of a reason in Vietnamese and in English, with its facts filled in.

    Raises KeyError for a reason or a fact that the catalogue does not know.
    """
    known = reasons()[reason]
    return known["vi"].format_map(facts), known["en"].format_map(facts)


@cache
def reasons() -> dict[str, dict[str, str]]:
    """The catalogue: reason -> {"vi": sentence, "en": sentence}."""
    found: dict[str, dict[str, str]] = {}
    for path in FILES:
        found |= read_yaml(path)
    return found
