"""Forms read from their files, every value checked; what is wrong names file, line and remedy."""

import datetime as dt
from functools import cache
from pathlib import Path

from expectations.form import ExpectedTable, Form, Forms, Ignored, KnownException, LabelMeaning
from expectations.form_file import Block, FormError, Text, read_block
from warehouse import reference

FORMS = Path(__file__).parent / "forms"
UNDECIDED = "?"  # what a draft leaves for its editor to fill in
_FIELDS = "title valid_from valid_to provinces titles periods tables labels ignore exceptions"
_SPOKEN = "area care filler group modifier scenario scheme scope subject"
KEYS, DIMENSIONS = _FIELDS.split(), _SPOKEN.split()


@cache
def load_forms(folder: Path = FORMS) -> Forms:
    """The forms of a folder by name; one broken file does not take the others away."""
    forms, broken = [], []
    for path in sorted(folder.glob("*.yml")):
        try:
            forms.append(read_form(path))
        except FormError as error:
            broken.append(str(error))
    return Forms(tuple(forms), tuple(broken))


def read_form(path: Path) -> Form:
    """The form of a file; raises FormError with file, line and remedy."""
    block = read_block(path)
    block.check_keys(KEYS)
    if not block.lists.get("titles"):
        raise block.wrong('"titles" is missing. Add words of the report\'s title: titles: ["..."]')
    return Form(
        form_id=path.stem,
        title=block.needed("title").value,
        valid_from=_day(block.text("valid_from")),
        valid_to=_day(block.text("valid_to")),
        provinces=tuple(_province(text) for text in block.lists.get("provinces", [])),
        titles=tuple(text.value for text in block.lists["titles"]),
        periods=tuple(text.value for text in block.lists.get("periods", [])),
        tables=tuple(_table(one) for one in block.blocks.get("tables", [])),
        labels=tuple(_label(one) for one in block.blocks.get("labels", [])),
        ignored=tuple(_ignored(one) for one in block.blocks.get("ignore", [])),
        exceptions=tuple(_exception(one) for one in block.blocks.get("exceptions", [])),
    )


def _day(text: Text | None) -> dt.date | None:
    try:
        return dt.date.fromisoformat(text.value) if text else None
    except ValueError as error:
        assert text is not None
        raise text.wrong(f'"{text.value}" is no day. Write it as "2019-01-31"') from error


def _province(text: Text) -> str:
    if text.value not in {area.code for area in reference.provinces()}:
        raise text.wrong(
            f'"{text.value}" is no province. Take the code from: baophu codes list areas'
        )
    return text.value


def _table(block: Block) -> ExpectedTable:
    block.check_keys(["title", "indicators"])
    indicators = block.lists.get("indicators", [])
    for text in indicators:
        _check_code(text, "indicator", text.value)
    return ExpectedTable(
        block.needed("title").value, tuple(text.value for text in indicators), block.where
    )


def _label(block: Block) -> LabelMeaning:
    block.check_keys(["label", "means", "table"])
    label, means = block.needed("label"), block.needed("means")
    atoms, area_code = [], ""
    for pair in means.value.split():
        dimension, sign, value = pair.partition("=")
        if UNDECIDED in pair:
            raise means.wrong(f'"{means.value}" is left open. Fill it in, or delete this label')
        if not sign or dimension not in DIMENSIONS:
            raise means.wrong(
                f'"{pair}" is no meaning. Write dimension=value with one of {", ".join(DIMENSIONS)}'
            )
        _check_code(means, dimension, value)
        if dimension == "area":
            area_code = value
        else:
            atoms.append((dimension, value))
    table = block.text("table")
    return LabelMeaning(
        label.value, table.value if table else "", tuple(atoms), area_code, block.where
    )


def _check_code(text: Text, dimension: str, value: str) -> None:
    if dimension == "area":
        known = any(area.code == value for area in reference.areas())
    elif dimension == "group":
        known = any(group.code.endswith(value) for group in reference.groups())
    else:
        known = dimension != "indicator" or value in {row.code for row in reference.indicators()}
    if not known:
        raise text.wrong(f'there is no {dimension} "{value}". See: baophu codes list {dimension}s')


def _ignored(block: Block) -> Ignored:
    block.check_keys(["label", "text", "reason"])
    label, text = block.text("label"), block.text("text")
    if (label is None) == (text is None):
        raise block.wrong('either "label" or "text" is needed. Name the row or column, or the cell')
    reason = block.needed("reason")
    return Ignored(
        label.value if label else "", text.value if text else "", reason.value, block.where
    )


def _exception(block: Block) -> KnownException:
    names = ["sheet", "cell", "typed", "finding", "reason"]
    block.check_keys(names)
    sheet, cell, typed, finding, reason = (block.needed(name).value for name in names)
    return KnownException(sheet, cell, typed, finding, reason, block.where)
