"""What would be found in a workbook that was not sent yet: findings with their arithmetic."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from expectations.desk.language import Speaker
from expectations.desk.publication import Reader, Row
from expectations.desk.queries import relations
from expectations.desk.queries.relations import Arithmetic
from expectations.desk.queries.submission import SubmissionPage, find_submission, submission_page


@dataclass(frozen=True, slots=True)
class Uploaded:
    """What the page shows of an upload: as a submission's, with the arithmetic of findings."""

    submission: Row
    page: SubmissionPage
    arithmetic: Mapping[str, Arithmetic]
    sheet_names: Sequence[str]

    @property
    def critical(self) -> int:
        """How many findings would keep the workbook in quarantine."""
        return sum(one["severity"] == "critical" for one in self.page.findings)


def uploaded_page(reader: Reader, submission_id: str, say: Speaker, sheet_name: str) -> Uploaded:
    """The page of a workbook that only `reader`'s memory holds."""
    submission = find_submission(reader, submission_id)
    if submission is None:
        raise LookupError(f"The reading of {submission_id} is not in its own warehouse.")
    first = submission_page(reader, submission, say, place=None, cell="", row=None)
    names = [one["sheet"] for one in first.sheets]
    if sheet_name in names:
        place = names.index(sheet_name)
        first = submission_page(reader, submission, say, place=place, cell="", row=None)
    written = {
        one["finding_id"]: arithmetic
        for one in first.findings
        if (arithmetic := relations.of_finding(reader, submission_id, one["relation_id"], say))
    }
    return Uploaded(submission, first, written, names)
