"""What the pages say in both languages: one catalogue, figures as each language writes them."""

import datetime as dt
from collections.abc import Mapping
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Literal

from warehouse import reference
from warehouse.decision import VIETNAM
from warehouse.figures import plain

Language = Literal["vi", "en"]
LANGUAGES: tuple[Language, ...] = ("vi", "en")
CATALOGUE = Path(__file__).with_name("messages.yml")
MINUS = "\u2212"
MOST_DECIMALS = 4
"""Computed figures are shown with at most this many decimals; printed ones as printed."""


class NoSuchMessage(KeyError):
    """A key that the catalogue lacks."""


@cache
def catalogue() -> Mapping[str, Mapping[str, str]]:
    """Every message by its key, in both languages."""
    import yaml  # noqa: PLC0415

    entries: Mapping[str, Mapping[str, str]] = yaml.safe_load(CATALOGUE.read_text("utf-8"))
    return entries


class Speaker:
    """Says things in one language; templates call it `say`."""

    def __init__(self, language: Language) -> None:
        self.language = language

    def __call__(self, key: str, **facts: object) -> str:
        """A message of the catalogue with its facts; raises NoSuchMessage."""
        try:
            return catalogue()[key][self.language].format(**facts)
        except KeyError as error:
            raise NoSuchMessage(f"{CATALOGUE.name}: {key}: {error}") from error

    def either(self, vi: str, en: str) -> str:
        """Whichever of two texts is in this language."""
        return vi if self.language == "vi" else en

    def figure(self, value: Decimal | int | float | None, decimals: int | None = None) -> str:
        """A figure as this language writes it: `59.042` or `59,042`; `–` for none."""
        if value is None:
            return "–"
        exact = value if isinstance(value, Decimal) else Decimal(str(value))
        exact = round(exact, MOST_DECIMALS if decimals is None else decimals)
        text = f"{abs(exact):,f}" if decimals is not None else _grouped(plain(abs(exact)))
        if self.language == "vi":
            text = text.translate(str.maketrans(",.", ".,"))
        return (MINUS if exact < 0 else "") + text

    def share(self, value: float | None) -> str:
        """A confidence or a rate as a whole percentage."""
        return "–" if value is None else f"{value:.0%}"

    def moment(self, value: dt.datetime | None) -> str:
        """A moment (UTC) as the clock in Vietnam shows it: `22/11/2026 01:00`."""
        if value is None:
            return "–"
        return value.replace(tzinfo=dt.UTC).astimezone(VIETNAM).strftime("%d/%m/%Y %H:%M")

    def day(self, value: dt.date | None) -> str:
        """A day: `22/11/2026`."""
        return "–" if value is None else value.strftime("%d/%m/%Y")

    def indicator(self, code: str) -> str:
        """The name of an indicator; its code where the code lists lost it."""
        names = _indicators().get(code)
        return self.either(*names) if names else code

    def group(self, code: str) -> str:
        """The name of a group; its code where the code lists lost it."""
        names = _groups().get(code)
        return self.either(*names) if names else code

    def question(self, mart: str, comment: str) -> str:
        """The question that a mart answers; the warehouse's own comment for one added since."""
        key = f"mart.{mart}"
        return self(key) if key in catalogue() else comment

    def unit(self, code: str) -> str:
        """The name of a unit."""
        key = f"unit.{code}"
        return self(key) if key in catalogue() else code


def _grouped(text: str) -> str:
    whole, dot, rest = text.partition(".")
    return f"{int(whole):,}{dot}{rest}"


@cache
def _indicators() -> Mapping[str, tuple[str, str]]:
    return {one.code: (one.name_vi, one.name_en) for one in reference.indicators()}


@cache
def _groups() -> Mapping[str, tuple[str, str]]:
    return {one.code: (one.name_vi, one.name_en) for one in reference.groups()}
