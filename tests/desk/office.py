"""Workbooks as LibreOffice shows them: pictures of their pages, and the colours in them."""

import shutil
import subprocess
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

import pytest

OFFICE, PICTURES = shutil.which("soffice"), shutil.which("pdftoppm")
Colour = tuple[int, int, int]
Test = TypeVar("Test", bound=Callable[..., None])


def needs_office(test: Test) -> Test:
    """Mark a test that prints workbooks with LibreOffice."""
    missing = pytest.mark.skipif(not (OFFICE and PICTURES), reason="no LibreOffice on this machine")
    return pytest.mark.office(missing(test))


@dataclass(frozen=True)
class Picture:
    """A page as LibreOffice prints it, in binary PPM."""

    content: bytes

    @property
    def colours(self) -> Counter[Colour]:
        """How many of its pixels have each colour."""
        _, _, _, pixels = self.content.split(b"\n", 3)
        parts = (pixels[offset::3] for offset in range(3))
        return Counter(zip(*parts, strict=True))


def pictures_of(workbook: Path, folder: Path) -> list[Picture]:
    """The pages of a workbook, printed by a LibreOffice with a profile of its own."""
    profile = f"-env:UserInstallation={(folder / 'profile').resolve().as_uri()}"
    command = [str(OFFICE), profile, "--headless", "--norestore", "--convert-to", "pdf"]
    subprocess.run(
        [*command, "--outdir", folder, workbook], check=True, capture_output=True, timeout=300
    )
    printed = folder / f"{workbook.stem}.pdf"
    subprocess.run([str(PICTURES), "-r", "72", printed, folder / "page"], check=True)
    return [Picture(path.read_bytes()) for path in sorted(folder.glob("page*.ppm"))]


def rgb(argb: str) -> Colour:
    """`FFFF8A80` as three parts of 255."""
    return int(argb[2:4], 16), int(argb[4:6], 16), int(argb[6:8], 16)
