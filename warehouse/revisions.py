"""Which submissions are revisions of one another: reporter, folded title and year."""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection


@dataclass(frozen=True, slots=True)
class Series:
    """What successive revisions of one report share.

    The reference year belongs to it: provinces send the same title every year, and
    2019's report must not supersede 2018's.
    """

    reporter: str
    title: str
    reference_year: int | None


@dataclass(frozen=True, slots=True)
class Latest:
    """The newest revision of a series."""

    submission_id: str
    revision: int


def series_of(submission: Mapping[str, Any]) -> Series:
    """The series of a submission; one without a title goes by its file name.

    A province is known by its code; a workbook that does not say its province by the
    inbox folder it came in.
    """
    return Series(
        submission["province_code"] or f"inbox:{submission['reporter']}",
        fold_title(submission["title"]) or f"file:{fold_title(submission['file_name'])}",
        submission["reference_year"],
    )


def fold_title(title: str) -> str:
    """A title without what retyping changes: case, accents, spaces and punctuation.

    `BIỂU SỐ 1:  Tình hình` and `Biểu số 1 - tình hình` are the same title.
    """
    lowered = unicodedata.normalize("NFKD", title).casefold().replace("đ", "d").replace("ð", "d")
    letters = "".join(mark for mark in lowered if not unicodedata.combining(mark))
    return " ".join(re.findall(r"\w+", letters))


def latest_revisions(
    connection: "DuckDBPyConnection", submissions: Iterable[Mapping[str, Any]]
) -> dict[Series, Latest]:
    """The newest stored revision of every series that these submissions may continue."""
    wanted = list(submissions)
    rows = connection.execute(
        "SELECT submission_id, reporter, province_code, title, file_name, reference_year, revision "
        "FROM submission WHERE status NOT IN ('rejected', 'superseded') "
        "AND (list_contains(?, province_code) OR list_contains(?, reporter)) "
        "ORDER BY revision, submission_id",
        [
            sorted({row["province_code"] for row in wanted}),
            sorted({row["reporter"] for row in wanted}),
        ],
    ).fetchall()
    names = ("submission_id", "reporter", "province_code", "title", "file_name", "reference_year")
    return {
        series_of(dict(zip(names, row[:-1], strict=True))): Latest(row[0], row[-1]) for row in rows
    }
