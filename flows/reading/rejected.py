"""The reading of a file that was refused: no tables, and the reason in words."""

from collections.abc import Mapping

from expectations.reasons import sentence
from warehouse.model import Reading


def rejected_reading(
    file_name: str, sha256: str, reason: str, facts: Mapping[str, str], file_type: str = ""
) -> Reading:
    """A rejected reading; `reason` is a key of `expectations/reasons.yml`."""
    vietnamese, english = sentence(reason, facts)
    return Reading(
        file_name=file_name,
        sha256=sha256,
        status="rejected",
        reason=reason,
        reason_vi=vietnamese,
        reason_en=english,
        file_type=file_type,
        title="",
        province_code="",
        province_name="",
        reference_year=None,
        document_number="",
        document_date="",
        tables=(),
        cells=(),
        observations=(),
        documents=(),
        findings=(),
    )
