"""Forms: what words leave open in the reports of one kind, declared as `forms/*.yml`.

A form is found by the words of a report's title, its province and its periods, never by
a file's name. Most reports need none. See docs/forms.md.
"""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from expectations.folding import squash, strip_text
from expectations.vocabulary import Meaning


@dataclass(frozen=True, slots=True)
class ExpectedTable:
    """A table that a report must hold: words of its title, indicators that it must give."""

    title: str
    indicators: tuple[str, ...]
    where: str


@dataclass(frozen=True, slots=True)
class LabelMeaning:
    """What a label says in this report; `table` limits it to tables with these title words."""

    label: str
    table: str
    atoms: tuple[tuple[str, str], ...]
    area_code: str
    where: str

    @property
    def meaning(self) -> Meaning:
        """The meaning as the vocabulary would have given it."""
        return Meaning(self.label, self.atoms, word_count=1)


@dataclass(frozen=True, slots=True)
class Ignored:
    """Rows or columns under a label, or cells of one text, that are no figures, and why."""

    label: str
    text: str
    reason: str
    where: str


@dataclass(frozen=True, slots=True)
class KnownException:
    """A finding of reading that is known to be all right while its cell says the same."""

    sheet: str
    cell: str
    typed: str
    finding: str
    reason: str
    where: str


@dataclass(frozen=True, slots=True)
class Form:
    """One form; `valid_to` is the first day on which it no longer holds."""

    form_id: str
    title: str
    valid_from: dt.date | None
    valid_to: dt.date | None
    provinces: tuple[str, ...]
    titles: tuple[str, ...]
    periods: tuple[str, ...]
    tables: tuple[ExpectedTable, ...]
    labels: tuple[LabelMeaning, ...]
    ignored: tuple[Ignored, ...]
    exceptions: tuple[KnownException, ...]

    def fits(self, titles: Iterable[str], province_code: str, day: dt.date | None) -> bool:
        """Whether a report is of this form: all of what the form asks for must hold."""
        said = " ".join(strip_text(text) for text in titles)
        return (
            any(strip_text(words) in said for words in self.titles)
            and (not self.provinces or province_code in self.provinces)
            and (not self.periods or any(strip_text(words) in said for words in self.periods))
            and self.is_valid(day)
        )

    def is_valid(self, day: dt.date | None) -> bool:
        """Whether the form holds on a day; a report without a date meets every form."""
        return day is None or (
            (self.valid_from is None or self.valid_from <= day)
            and (self.valid_to is None or day < self.valid_to)
        )

    @property
    def precision(self) -> int:
        """How much the form asks for: of two forms that fit, the one that asks more counts."""
        longest = max(len(squash(words)) for words in self.titles)
        return longest + 1000 * bool(self.provinces) + 1000 * bool(self.periods)


@dataclass(frozen=True, slots=True)
class Forms:
    """The forms of a folder, and the sentences that tell which of its files cannot be used."""

    forms: tuple[Form, ...] = ()
    broken: tuple[str, ...] = ()

    def find(self, titles: list[str], province_code: str, day: dt.date | None) -> tuple[Form, ...]:
        """The form of a report; none, or several that ask for equally much."""
        fitting = [form for form in self.forms if form.fits(titles, province_code, day)]
        most = max((form.precision for form in fitting), default=0)
        return tuple(form for form in fitting if form.precision == most)
