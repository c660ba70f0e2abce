"""What is given back: the bytes of a workbook, how it was made, and why it is not the file."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from flows.annotate.marks import ResultLine
from flows.annotate.twin import make_results

How = Literal["patched", "twin", "results"]


@dataclass(frozen=True, slots=True)
class Annotated:
    """A workbook to give back: its bytes, the ending of its name, and how it was made.

    `patched`: the very file with marks; `twin`: an xlsx file with the same cells; `results`: a
    workbook that only lists what was found. `why_vi` and `why_en` say why it is not the file.
    """

    content: bytes
    ending: str
    how: How
    why_vi: str = ""
    why_en: str = ""


def apart(file_name: str, lines: Sequence[ResultLine], why_vi: str, why_en: str = "") -> Annotated:
    """The results in a workbook of their own, and why they are not in the file."""
    return Annotated(
        make_results(file_name, lines),
        ".xlsx",
        "results",
        f"Không đánh dấu được ngay trong tệp ({why_vi.rstrip('.')}); kết quả ở tệp riêng.",
        f"The file itself could not be marked ({(why_en or why_vi).rstrip('.')}); "
        "the results are in a workbook of their own.",
    )
