"""Decisions from asking to publication, on the plan of Hà Giang with its real slips."""

import datetime as dt
import shutil
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from threading import Thread

import pytest

from expectations.deciding.applying import apply_decisions
from expectations.deciding.drafting import DecisionRefused, Request
from flows.deciding.decide import decide, foresee
from flows.night import night_lock
from tests.flows.deciding_home import (
    drop_sample,
    finding_at,
    finding_status,
    night,
    published,
    status_of,
)
from warehouse.content import content_hash, kept_content_hash
from warehouse.database import open_working
from warehouse.decision import today_in_vietnam
from warehouse.decisions import AlreadyDecided, all_decisions
from warehouse.places import publications_folder, working_file

SAMPLE = "ha-giang_*.xlsx"
SHEET = "Phụ biểu"
RATES = (("O8", "N7"), ("O9", "N7"), ("O20", "N19"), ("O50", "N49"))


@pytest.fixture(scope="module")
def judged_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = tmp_path_factory.mktemp("judged")
    drop_sample(home, SAMPLE)
    night(home)
    return home


@pytest.fixture
def home(judged_home: Path, tmp_path: Path) -> Iterator[Path]:
    """The home after its first night, to be changed by one test."""
    shutil.copytree(judged_home, tmp_path / "home", symlinks=True)
    yield tmp_path / "home"
    with open_working(tmp_path / "home") as connection:
        assert kept_content_hash(connection) == content_hash(connection)


def correct(home: Path, finding: str, figure: str, by: str = "Lan", **more: object) -> None:
    decide(home, Request(finding, "correct", by, "gõ nhầm", figure, **more))  # type: ignore[arg-type]


def accept(home: Path, finding: str, until: dt.date | None = None) -> None:
    decide(home, Request(finding, "accept", "Lan", "làm tròn kế hoạch", until=until))


def observation(home: Path, cell: str) -> tuple[Decimal, Decimal, str]:
    [row] = published(
        home,
        "SELECT value, value_literal, obs_status FROM review.observation WHERE cell = $cell",
        cell=cell,
    )
    return row["value"], row["value_literal"], row["obs_status"]


def decisions(home: Path) -> list[tuple[str, str]]:
    rows = published(home, "SELECT action, status FROM review.decision ORDER BY decided_at")
    return [(row["action"], row["status"]) for row in rows]


def test_a_corrected_report_leaves_quarantine_and_undoing_puts_it_back(home: Path) -> None:
    quang_binh = finding_at(home, "M17")
    correct(home, quang_binh, "59.042")
    assert observation(home, "M17") == (Decimal(59042), Decimal(55042), "E")
    assert finding_status(home, quang_binh) == "corrected"
    [fallen] = published(
        home, "SELECT status FROM review.finding WHERE rule = 'targets_do_not_fall'"
    )
    assert fallen["status"] == "resolved"  # 58.219 people, then 55.042: a fall no more
    assert status_of(home) == "quarantined"
    correct(home, finding_at(home, "M27"), "3.722")
    correct(home, finding_at(home, "O20"), "15,0")
    for rate in (("O8",), ("O9",), ("O50",)):
        accept(home, finding_at(home, *rate))
    assert status_of(home) == "accepted"
    in_mart = "SELECT value, obs_status FROM mart.figures WHERE cell = 'M17'"
    assert published(home, in_mart) == [{"value": Decimal(59042), "obs_status": "E"}]
    outcome = decide(home, Request(quang_binh, "undo", "Hoa", "chưa chắc"))
    assert (outcome.effect.status_before, outcome.effect.status_after) == (
        "accepted",
        "quarantined",
    )
    assert observation(home, "M17") == (Decimal(55042), Decimal(55042), "A")
    assert finding_status(home, quang_binh) == "open"
    assert published(home, in_mart) == []
    assert decisions(home)[0] == ("correct", "undone")


def test_what_a_correction_would_do_is_seen_before_it_is_made(home: Path) -> None:
    finding = finding_at(home, "M17")
    before = published(home, "SELECT * FROM review.finding ORDER BY ALL")
    effect = foresee(home, Request(finding, "correct", "Lan", "gõ nhầm", "59.042"))
    assert [one.finding_id for one in effect.decided] == [finding]
    assert effect.new == ()
    wrong = foresee(home, Request(finding, "correct", "Lan", "gõ nhầm", "59.142"))
    assert finding in {one.finding_id for one in wrong.left}
    assert published(home, "SELECT * FROM review.finding ORDER BY ALL") == before
    assert all_decisions(home) == ()


def test_a_correction_that_repairs_nothing_silences_nothing(home: Path) -> None:
    finding = finding_at(home, "M17")
    correct(home, finding, "59.142")
    assert observation(home, "M17")[0] == 59142
    assert finding_status(home, finding) == "open"


def test_one_corrected_figure_resolves_the_other_findings_that_it_caused(home: Path) -> None:
    """Hà Giang's labour force of 2013 is the base of two rates: 12,0 and 9,0 both fail with it."""
    social, unemployment = finding_at(home, "O8", "N7"), finding_at(home, "O9", "N7")
    effect = decide(home, Request(social, "correct", "Lan", "thử", "394.917", cell="N7")).effect
    assert [one.finding_id for one in effect.resolved] == [unemployment]
    assert finding_status(home, unemployment) == "resolved"
    decide(home, Request(social, "undo", "Lan", "thử xong"))
    assert {finding_status(home, one) for one in (social, unemployment)} == {"open"}


def test_an_acceptance_counts_until_its_last_day(home: Path) -> None:
    finding = finding_at(home, "O8")
    today = today_in_vietnam()
    accept(home, finding, until=today)
    assert finding_status(home, finding) == "accepted"
    with open_working(home) as connection:
        applied = apply_decisions(connection, home, today + dt.timedelta(days=1))
        assert len(applied.expired) == 1
        status = "SELECT status FROM finding WHERE finding_id = ?"
        assert connection.execute(status, [finding]).fetchall() == [("open",)]
        assert apply_decisions(connection, home, today).expired == ()
        assert connection.execute(status, [finding]).fetchall() == [("accepted",)]


def test_an_expired_acceptance_may_be_given_anew(home: Path) -> None:
    finding = finding_at(home, "O8")
    accept(home, finding, until=today_in_vietnam() - dt.timedelta(days=1))
    assert finding_status(home, finding) == "open"
    accept(home, finding)
    assert finding_status(home, finding) == "accepted"
    assert sorted(decisions(home)) == [("accept", "active"), ("accept", "expired")]


def test_a_returned_finding_keeps_its_report_in_quarantine(home: Path) -> None:
    for cell in ("M27", "O8", "O9", "O20", "O50"):
        accept(home, finding_at(home, cell))
    finding = finding_at(home, "M17")
    decide(home, Request(finding, "return", "Lan", "đề nghị tỉnh xem lại"))
    assert (finding_status(home, finding), status_of(home)) == ("returned", "quarantined")


def test_a_decision_lapses_when_the_clerk_types_another_figure(home: Path) -> None:
    finding = finding_at(home, "M17")
    accept(home, finding)
    drop_sample(home, SAMPLE, (SHEET, "M17", "58.042"))
    night(home)
    again = finding_at(home, "M17")
    assert finding_status(home, again) == "open"
    [row] = published(home, "SELECT status, why_vi, why_en FROM review.decision")
    assert row["status"] == "lapsed"
    assert "«55.042»" in row["why_vi"] and "«58.042»" in row["why_vi"]
    assert "M17" in row["why_en"]
    assert finding_status(home, finding) == "accepted"


def test_a_resubmission_that_repairs_a_finding_resolves_it(home: Path) -> None:
    repaired, kept = finding_at(home, "M17"), finding_at(home, "M27")
    drop_sample(home, SAMPLE, (SHEET, "M17", "59.042"))
    night(home)
    assert finding_status(home, repaired) == "resolved"
    assert finding_status(home, kept) == "superseded"


def test_decisions_follow_a_report_that_comes_again_with_the_same_figures(home: Path) -> None:
    old = finding_at(home, "M17")
    correct(home, old, "59.042")
    drop_sample(home, SAMPLE, (SHEET, "M27", "3.722"))
    night(home)
    assert observation(home, "M17") == (Decimal(59042), Decimal(55042), "E")
    [row] = published(home, "SELECT finding_id, status FROM review.decision")
    assert (row["status"], row["finding_id"] != old) == ("active", True)
    assert finding_status(home, row["finding_id"]) == "corrected"
    with pytest.raises(AlreadyDecided, match="Lan"):
        accept(home, row["finding_id"])
    decide(home, Request(row["finding_id"], "undo", "Hoa", "chưa chắc"))
    assert observation(home, "M17")[2] == "A"


def test_a_decision_that_matches_nothing_is_reported(home: Path) -> None:
    accept(home, finding_at(home, "M17"))
    shutil.rmtree(home / "raw")
    shutil.rmtree(working_file(home).parent)
    drop_sample(home, "cao-bang_*.xlsx")
    night(home)
    assert decisions(home) == [("accept", "unmatched")]


def test_decisions_survive_a_rebuild_of_the_warehouse(home: Path) -> None:
    correct(home, finding_at(home, "M17"), "59.042")
    before = published(home, "SELECT finding_id, status FROM review.finding ORDER BY ALL")
    shutil.rmtree(working_file(home).parent)
    shutil.rmtree(publications_folder(home))
    night(home)
    after = published(home, "SELECT finding_id, status FROM review.finding ORDER BY ALL")
    assert after == before
    assert observation(home, "M17")[2] == "E"


def test_the_second_of_two_stewards_is_told(home: Path) -> None:
    finding = finding_at(home, "M17")
    correct(home, finding, "59.042", by="Lan")
    with pytest.raises(AlreadyDecided, match="Lan đã quyết định") as told:
        decide(home, Request(finding, "accept", "Hoa", "để vậy", seen=""))
    assert told.value.by.typed_figure == "59.042"
    assert [one.who for one in all_decisions(home)] == ["Lan"]


def test_two_corrections_of_one_cell_must_agree(home: Path) -> None:
    correct(home, finding_at(home, "O8", "N7"), "394.917", cell="N7")
    decide(home, Request(finding_at(home, "O8", "N7"), "undo", "Lan", "thử"))
    correct(home, finding_at(home, "O8", "N7"), "410.000", cell="N7")
    with pytest.raises(DecisionRefused, match=r"already corrected to 410\.000 by Lan"):
        correct(home, finding_at(home, "O9", "N7"), "394.917", cell="N7")


def test_a_decision_during_a_night_waits_for_its_end(home: Path) -> None:
    finding = finding_at(home, "M17")
    with night_lock(home):
        outcome = decide(home, Request(finding, "accept", "Lan", "đúng theo tỉnh"), patience=0)
        assert outcome.waits
        assert [one.status for one in outcome.effect.decided] == ["accepted"]
        assert finding_status(home, finding) == "open"
    night(home)
    assert finding_status(home, finding) == "accepted"


def test_two_decisions_at_the_same_moment_are_both_applied(home: Path) -> None:
    findings = [finding_at(home, cell) for cell in ("M17", "M27")]
    stewards = [Thread(target=accept, args=(home, finding)) for finding in findings]
    for steward in stewards:
        steward.start()
    for steward in stewards:
        steward.join()
    assert [finding_status(home, one) for one in findings] == ["accepted", "accepted"]


def test_the_next_decision_applies_those_that_waited(home: Path) -> None:
    waiting, next_one = finding_at(home, "M17"), finding_at(home, "M27")
    with night_lock(home):
        decide(home, Request(waiting, "accept", "Lan", "đúng theo tỉnh"), patience=0)
    accept(home, next_one)
    assert finding_status(home, waiting) == "accepted"


@pytest.mark.parametrize(
    ("request_", "said"),
    [
        (Request("f-nothing", "accept", "Lan", "x"), "no finding f-nothing"),
        (Request("", "accept", " ", "x"), "Say who decides"),
        (Request("", "accept", "Lan", ""), "Give a reason"),
        (Request("", "correct", "Lan", "x"), "needs the right figure"),
        (Request("", "accept", "Lan", "x", "59.042"), "Only a correction takes a figure"),
        (Request("", "correct", "Lan", "x", "năm mươi"), "“năm mươi” is no figure"),
        (Request("", "correct", "Lan", "x", "59.04"), "no whole number"),
        (Request("", "correct", "Lan", "x", "59.042", cell="Z1"), "no figure in cell “Z1”"),
        (Request("", "undo", "Lan", "x"), "no decision"),
    ],
)
def test_what_cannot_be_decided_is_refused_in_a_sentence(
    judged_home: Path, request_: Request, said: str
) -> None:
    wanted = replace(request_, finding_id=request_.finding_id or finding_at(judged_home, "M17"))
    with pytest.raises(DecisionRefused, match=said):
        decide(judged_home, wanted)
    assert all_decisions(judged_home) == ()
