"""JSON for machines: the exact decimals, as they were printed."""

import datetime as dt
import json
from decimal import Decimal

import pytest

from flows.exact_json import dumps


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("12.830000000000", "12.83"),
        ("474863.000000000000", "474863"),
        ("1E+3", "1000"),
        ("0E-12", "0"),
        ("-4000.50", "-4000.5"),
        ("12345678901234567890123456.000000000001", "12345678901234567890123456.000000000001"),
    ],
)
def test_decimals_keep_every_digit(value: str, text: str) -> None:
    assert dumps({"value": Decimal(value)}) == f'{{"value": {text}}}'


def test_a_machine_reads_back_what_was_written() -> None:
    written: dict[str, object] = {
        "file": 'Biểu "02".xlsx',
        "cells": [{"sheet": "Biểu 02", "cell": "C7"}, None],
        "empty": [{}, []],
        "flags": [True, False, 3],
        "rate": Decimal("90.79"),
    }
    for indent in (None, 2):
        assert json.loads(dumps(written, indent), parse_float=Decimal) == written


def test_dates_are_iso_text() -> None:
    assert dumps([dt.date(2018, 12, 31), dt.datetime(2018, 12, 31, 1)]) == (
        '["2018-12-31", "2018-12-31T01:00:00"]'
    )


def test_an_unknown_type_is_refused() -> None:
    with pytest.raises(TypeError, match="no JSON for set"):
        dumps({1})
