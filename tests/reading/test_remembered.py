"""What a child remembers of the workbooks before changes nothing of what it reads next.

A label, a header path, and what a row and a column say together are settled once a process;
here each workbook is read by a reader that has forgotten all, and by one that has read others.
"""

import sys
from pathlib import Path
from random import Random

import pytest

from flows.reading.parse import read_workbook
from flows.reading.wire import Wire, to_wire
from flows.reading.workbook import open_workbook
from tests.generator.layouts import LAYOUTS, make_workbook

ROOMS = ("flows.reading.", "expectations.")


def forget() -> None:
    """Forget everything that functions remember of earlier calls."""
    for name, module in list(sys.modules.items()):
        if name.startswith(ROOMS):
            for remembered in vars(module).values():
                if hasattr(remembered, "cache_clear"):
                    remembered.cache_clear()


def read(path: Path) -> Wire:
    return to_wire(read_workbook(open_workbook(path), file_name=path.name, sha256="0" * 64))


@pytest.mark.parametrize("seed", [11, 12])
def test_a_reader_that_read_others_reads_as_one_that_read_none(seed: int, tmp_path: Path) -> None:
    layouts = sorted(LAYOUTS)
    Random(seed).shuffle(layouts)
    for layout in layouts:
        make_workbook(layout, seed)[0].save(tmp_path / layout)
    warm = {layout: read(tmp_path / layout) for layout in layouts}
    for layout in layouts:
        forget()
        assert read(tmp_path / layout) == warm[layout]
