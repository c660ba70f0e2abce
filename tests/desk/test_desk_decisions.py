"""Deciding at the desk: preview first, effect at once, the second of two stewards is told, undo."""

import io
import re
from html import unescape
from pathlib import Path

from fastapi.testclient import TestClient
from openpyxl import load_workbook

from tests.desk.conftest import Visitor
from tests.desk.visiting import finding_at, submission_of
from warehouse.database import open_published
from warehouse.decisions import all_decisions
from warehouse.places import current_link


def form_of(page: str, action: str) -> dict[str, str]:
    """The fields of a decision's form as the page prefills them."""
    [form] = [
        one
        for one in re.findall(r"<form[^>]*preview.*?</form>", page, re.S)
        if f'name="action" value="{action}"' in one
    ]
    fields = dict(re.findall(r'<input[^>]*name="(\w+)"[^>]* value="([^"]*)"', form))
    fields.pop("cause", None)
    reason = re.search(r"<textarea[^>]*>([^<]*)</textarea>", form)
    return fields | {"reason": reason[1] if reason else ""}


def decide(client: TestClient, finding: str, action: str, **changed: str) -> str:
    """Open the finding, take the prefilled form, see the preview and confirm it."""
    form = form_of(client.get(f"/finding/{finding}").text, action) | changed
    preview = client.post(f"/finding/{finding}/preview", data=form)
    assert preview.status_code == 200, preview.text
    assert "Chưa có gì được ghi." in preview.text
    [confirm] = re.findall(r"<form[^>]*/decide.*?</form>", preview.text, re.S)
    fields = dict(re.findall(r'name="(\w+)" value="([^"]*)"', confirm))
    done = client.post(f"/finding/{finding}/decide", data=fields)
    assert done.status_code == 200, done.text
    return done.text


def value_at(home: Path, cell: str) -> tuple[int, str]:
    with open_published(current_link(home)) as connection:
        [(value, status)] = connection.execute(
            "SELECT value, obs_status FROM review.observation o JOIN review.submission s "
            "USING (submission_id) WHERE o.cell = ? AND province_name = 'Hà Giang'",
            [cell],
        ).fetchall()
    return int(value), str(status)


def test_a_correction_takes_the_suggestion_and_counts_at_once(desk: Visitor, home: Path) -> None:
    client = desk("lan")
    finding = finding_at(home, "M17", "Hà Giang")
    page = decide(client, finding, "correct")
    assert "Đã ghi quyết định." in page
    assert "sửa thành 59.042" in page
    assert value_at(home, "M17") == (59042, "E")
    [made] = all_decisions(home)
    assert (made.who, made.action, made.typed_figure) == ("lan", "correct", "59.042")
    panel = client.get(f"/submission/{submission_of(home, 'Hà Giang', 2013)}?c=M17").text
    assert "sửa từ 55.042" in panel
    decide(client, finding, "undo")
    assert value_at(home, "M17") == (55042, "A")


def test_nothing_is_recorded_by_looking(desk: Visitor, home: Path) -> None:
    client = desk("lan")
    finding = finding_at(home, "M17", "Hà Giang")
    form = form_of(client.get(f"/finding/{finding}").text, "correct")
    assert client.post(f"/finding/{finding}/preview", data=form).status_code == 200
    assert all_decisions(home) == ()
    assert value_at(home, "M17") == (55042, "A")


def test_the_second_of_two_stewards_is_told_who_was_first(desk: Visitor, home: Path) -> None:
    lan, minh = desk("lan"), desk("minh")
    finding = finding_at(home, "M17", "Hà Giang")
    late = form_of(minh.get(f"/finding/{finding}").text, "accept") | {"reason": "đúng rồi"}
    decide(lan, finding, "correct")
    answer = minh.post(f"/finding/{finding}/decide", data=late)
    assert answer.status_code == 409
    assert "lan đã quyết định phát hiện này" in answer.text
    assert len(all_decisions(home)) == 1


def test_accepting_names_a_reason_and_a_last_day(desk: Visitor, home: Path) -> None:
    client = desk("lan")
    finding = finding_at(home, "M17", "Hà Giang")
    page = decide(client, finding, "accept", reason="Tỉnh đã giải trình", until="2026-12-31")
    assert "đến hết 31/12/2026" in page
    [made] = all_decisions(home)
    assert str(made.until) == "2026-12-31"
    history = client.get("/history?who=lan&action=accept&province=Hà Giang").text
    assert "Tỉnh đã giải trình" in history
    assert "Tỉnh đã giải trình" not in client.get("/history?who=minh").text


def test_returning_shows_at_the_province_what_it_has_to_mend(desk: Visitor, home: Path) -> None:
    finding = finding_at(home, "M17", "Hà Giang")
    decide(desk("lan"), finding, "return")
    province = desk("tỉnh")
    page = province.get("/province/02").text
    assert finding in page
    [made] = all_decisions(home)
    assert made.reason.startswith("Đề nghị kiểm tra và gửi lại:")
    assert made.reason in unescape(page)
    file = province.get(f"/submission/{submission_of(home, 'Hà Giang', 2013)}/marked").content
    workbook = load_workbook(io.BytesIO(file))
    assert made.reason in workbook["Phụ biểu"]["M17"].comment.text
    lines = [row[7].value for row in workbook.worksheets[0].iter_rows(min_row=5)]
    assert f"Đề nghị sửa và gửi lại: {made.reason}" in lines


def test_findings_of_one_cause_are_decided_together(desk: Visitor, home: Path) -> None:
    client = desk("lan")
    with open_published(current_link(home)) as connection:
        [(finding, same)] = connection.execute(
            "SELECT min(finding_id), count(*) FROM review.finding "
            "WHERE cause_id <> '' AND status = 'open' "
            "GROUP BY submission_id, cause_id ORDER BY count(*) DESC, 1 LIMIT 1"
        ).fetchall()
    assert same > 1
    decide(client, finding, "accept", reason="Hai mẫu số", cause="1")
    assert len(all_decisions(home)) == same


def test_what_is_wrong_with_a_form_is_said(desk: Visitor, home: Path) -> None:
    client = desk("lan")
    path = f"/finding/{finding_at(home, 'M17', 'Hà Giang')}"
    form = form_of(client.get(path).text, "correct")
    for wrong in (
        {"reason": ""},
        {"figure": ""},
        {"figure": "nhiều"},
        {"action": "burn"},
        {"until": "31/12/2026"},
        {"reason": "x" * 2001},
    ):
        answer = client.post(f"{path}/decide", data=form | wrong)
        assert answer.status_code == 422, wrong
        assert 'role="alert"' in answer.text
    assert all_decisions(home) == ()
