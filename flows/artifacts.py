"""The night's artifacts in Prefect: a summary to read, tables of what needs a person."""

from prefect.artifacts import create_markdown_artifact, create_table_artifact

from flows.night import NightReport, SubmissionLine


def publish_artifacts(report: NightReport) -> None:
    """Leave the summary and the tables of findings and of refused workbooks with the run."""
    create_markdown_artifact(
        key="night-summary", markdown=summary_markdown(report), description=report.reason
    )
    create_table_artifact(
        key="night-findings",
        table=[
            {
                "file": line.file_name,
                "province": line.province_name,
                "status": line.status,
                "critical": line.critical,
                "warnings": line.warnings,
                "people": round(line.score),
            }
            for line in sorted(report.submissions, key=_most_consequential_first)
            if line.critical or line.warnings
        ],
        description="Workbooks with findings, most consequential first: see `baophu findings`",
    )
    create_table_artifact(
        key="night-held",
        table=[
            {
                "file": line.file_name,
                "status": line.status,
                "lý do": line.reason_vi,
                "reason": line.reason_en,
            }
            for line in report.submissions
            if line.status in {"quarantined", "rejected"}
        ],
        description="Quarantined and rejected workbooks",
    )


def _most_consequential_first(line: SubmissionLine) -> tuple[bool, float, str]:
    return (not line.critical, -line.score, line.file_name)


def summary_markdown(report: NightReport) -> str:
    """The night in a few lines of Markdown."""
    lines = [
        f"# {report.state}: {report.reason}",
        "",
        "| tệp / file | tỉnh / province | trạng thái / status | figures | critical | warnings |",
        "| --- | --- | --- | ---: | ---: | ---: |",
    ]
    lines.extend(
        f"| {_cell(line.file_name)} | {_cell(line.province_name)} | {line.status} "
        f"| {line.observations} | {line.critical} | {line.warnings} |"
        for line in report.submissions
    )
    left = [file for file in report.inbox if file.outcome != "landed" or file.why]
    lines.extend(f"- {_cell(file.file_name)}: {file.outcome}, {_cell(file.why)}" for file in left)
    lines.extend(f"- interrupted before: night {night}" for night in report.interrupted)
    decided = {word: getattr(report, word) for word in ("lapsed", "unmatched", "expired")}
    lines.extend(f"- decisions {word}: {count}" for word, count in decided.items() if count)
    lines.extend(["", f"Published: `{report.publication}`", f"Content: `{report.content_hash}`"])
    return "\n".join(lines) + "\n"


def _cell(text: str) -> str:
    """A province's text inside a Markdown table: no markup, no line break, no column bar."""
    safe = text.replace("\\", "\\\\").replace("|", "\\|").replace("<", "&lt;").replace("`", "'")
    return " ".join(safe.split())
