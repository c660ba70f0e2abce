"""What is marked: each failing cell with its severity, its part and the words of its comment."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from typing import Any

from expectations.rules.rule import load_rules
from expectations.typing_style import TypingStyle, plain
from warehouse.model import Severity

Record = Mapping[str, Any]
# A finding of more cells than this (a whole table typed in two forms) is told at its first cell
# only: a sheet full of the same comment helps nobody. All of its cells are filled.
MOST_COMMENTS = 30
GRAVEST_FIRST: dict[str, int] = {"critical": 0, "warning": 1, "info": 2}
SEVERITY_VI = {"critical": "Nghiêm trọng", "warning": "Cảnh báo", "info": "Lưu ý"}
# What the province has to mend; what a steward accepted or a correction resolved is no longer said.
TO_MEND = frozenset({"open", "returned", "corrected"})
STATUS_VI = {"returned": "Đề nghị sửa và gửi lại", "corrected": "Đã tạm sửa trong kho"}


@dataclass(frozen=True, slots=True)
class Mark:
    """A cell to fill, and to comment where there is a text; guilty cells look unlike witnesses."""

    sheet: str
    cell: str
    severity: Severity
    is_culprit: bool
    text: str

    @property
    def look(self) -> tuple[Severity, bool]:
        """What decides the fill."""
        return self.severity, self.is_culprit


@dataclass(frozen=True, slots=True)
class ResultLine:
    """One line of the sheet of results: a finding, and the cell to look at first."""

    severity: Severity
    sheet: str
    cell: str
    typed_text: str
    message_vi: str
    suggestion: str
    status_vi: str
    message_en: str


def to_mend(findings: Iterable[Record]) -> list[Record]:
    """The findings that the province has to mend, the gravest first, as they stand in the file."""
    wanted = [one for one in findings if one["status"] in TO_MEND]
    return sorted(
        wanted,
        key=lambda one: (GRAVEST_FIRST[one["severity"]], one["sheet"], one["finding_id"]),
    )


def marks_of(findings: Iterable[Record]) -> list[Mark]:
    """One mark a cell: the look of its gravest finding, the words of all of them."""
    texts: dict[tuple[str, str], list[tuple[int, bool, str, Severity]]] = defaultdict(list)
    for finding in findings:
        culprits = _culprits(finding)
        places = list(dict.fromkeys((cell["sheet"], cell["cell"]) for cell in finding["cells"]))
        for place in places:
            guilty = place in culprits
            text = _accusation(finding) if guilty else _testimony(finding)
            if len(places) > MOST_COMMENTS and not guilty and place != places[0]:
                text = ""
            rank = GRAVEST_FIRST[finding["severity"]]
            texts[place].append((rank, not guilty, text, finding["severity"]))
    return [_mark(place, said) for place, said in texts.items()]


def result_lines(findings: Iterable[Record]) -> list[ResultLine]:
    """The lines of the sheet of results, in the order of the findings."""
    return [
        ResultLine(
            finding["severity"],
            *_place_to_look(finding),
            finding["message_vi"],
            finding["suggestion"],
            _status(finding),
            finding["message_en"],
        )
        for finding in findings
    ]


def _status(finding: Record) -> str:
    """What became of a finding, with what the steward wrote to the province."""
    status = STATUS_VI.get(finding["status"], "")
    return ": ".join(filter(None, (status, finding.get("steward_message", ""))))


def _mark(place: tuple[str, str], said: list[tuple[int, bool, str, Severity]]) -> Mark:
    _, witness, _, severity = min(said, key=lambda one: one[:2])
    in_order = sorted(said, key=lambda one: one[:2])
    texts = dict.fromkeys(text for _, _, text, _ in in_order if text)
    return Mark(*place, severity, not witness, "\n\n".join(texts))


def _culprits(finding: Record) -> set[tuple[str, str]]:
    """The cells to blame: the one that was found guilty; without one, of few cells, all."""
    named = {cell.strip() for cell in str(finding["culprit_cell"]).split(",") if cell.strip()}
    cells = {(cell["sheet"], cell["cell"]) for cell in finding["cells"]}
    guilty = {place for place in cells if place[1] in named}
    if len(guilty) > len(named):
        guilty = {place for place in guilty if place[0] == finding["sheet"]}
    if guilty or len(cells) != 1:
        return guilty
    return cells


def _place_to_look(finding: Record) -> tuple[str, str, str]:
    """Sheet, cell and typed text of the cell that a reader should see first."""
    cells = {(cell["sheet"], cell["cell"]): cell["typed_text"] for cell in finding["cells"]}
    if not cells:
        return finding["sheet"], "", ""
    place = min(_culprits(finding) or cells, key=list(cells).index)
    return *place, cells[place]


def _accusation(finding: Record) -> str:
    """The comment of a guilty cell: the rule, what was found, what is expected, the repair."""
    lines = [f"{SEVERITY_VI[finding['severity']]}: {_title(finding['rule'])}".rstrip(": ")]
    lines.append(finding["message_vi"])
    low, high = finding["expected_low"], finding["expected_high"]
    if low is not None and high is not None:
        lines.append(f"Khoảng hợp lý của con số được kiểm tra: {_figure(low)} đến {_figure(high)}")
    if finding["suggestion"]:
        lines.append(f"Gợi ý: {finding['suggestion']}")
    if finding.get("steward_message"):
        lines.append(f"Lời nhắn: {finding['steward_message']}")
    return "\n".join(lines)


def _testimony(finding: Record) -> str:
    """The comment of a cell that only takes part in a relation that fails."""
    blamed = finding["culprit_cell"]
    where = f" (xem ô {blamed})" if blamed else ""
    return f"Có trong phép kiểm tra không khớp{where}: {finding['message_vi']}"


def _figure(value: Decimal) -> str:
    return TypingStyle().written(value, min(plain(value), 2))


def _title(rule_id: str) -> str:
    return _titles().get(rule_id, "")


@cache
def _titles() -> dict[str, str]:
    return {rule.rule_id: rule.title_vi for rule in load_rules()}
