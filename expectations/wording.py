"""The sentences people read, Vietnamese first: one catalogue, filled with facts."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from expectations.yaml_files import read_yaml

CATALOGUE = Path(__file__).with_name("wording.yml")


class NoSuchSentence(KeyError):
    """A key that the catalogue lacks, or a fact that its sentence lacks."""


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence in both languages."""

    vi: str
    en: str

    def filled(self, facts: Mapping[str, "str | Sentence"]) -> "Sentence":
        """The sentence with its facts; a fact may itself be in both languages."""
        try:
            return Sentence(
                self.vi.format_map({name: _in(fact, "vi") for name, fact in facts.items()}),
                self.en.format_map({name: _in(fact, "en") for name, fact in facts.items()}),
            )
        except KeyError as error:
            raise NoSuchSentence(f"{self.vi!r} needs the fact {error}.") from error

    def __add__(self, other: "Sentence") -> "Sentence":
        return Sentence(self.vi + other.vi, self.en + other.en)


def sentence(key: str, facts: Mapping[str, "str | Sentence"] | None = None) -> Sentence:
    """The sentence of a key with its facts; raises NoSuchSentence when either is missing."""
    try:
        return catalogue()[key].filled(facts or {})
    except KeyError as error:
        raise NoSuchSentence(f"{CATALOGUE.name} has no sentence {key!r}: {error}.") from error


@cache
def catalogue() -> Mapping[str, Sentence]:
    """Every sentence by its key."""
    entries: dict[str, dict[str, Any]] = read_yaml(CATALOGUE)
    return {key: Sentence(entry["vi"], entry["en"]) for key, entry in entries.items()}


def _in(fact: "str | Sentence", language: str) -> str:
    return fact if isinstance(fact, str) else str(getattr(fact, language))
