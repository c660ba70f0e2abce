"""Forms are read from YAML; what is wrong in one names file, line and remedy."""

import datetime as dt
from pathlib import Path

import pytest

from expectations.form import Form
from expectations.form_file import FormError
from expectations.form_read import FORMS, load_forms, read_form
from expectations.nearest import nearest_spellings

WHOLE = """\
title: "Báo cáo quý"
titles:
  - "kết quả thực hiện bảo hiểm y tế"
periods: ["quý"]
provinces: ["24"]
valid_from: "2019-01-01"
valid_to: "2021-01-01"
tables:
  - title: "biểu 2"
    indicators: ["bhyt_participants"]
labels:
  - label: "Nhóm VI"
    means: "group=employer_only"
    table: "biểu 2"
  - label: "Khối văn phòng"
    means: "area=213"
ignore:
  - label: "Dự phòng"
    reason: "Không phải số liệu báo cáo"
exceptions:
  - sheet: "Biểu 2"
    cell: "C7"
    typed: "12.8O"
    finding: "reading.not_a_number"
    reason: "Bản in mờ"
"""


def written(folder: Path, text: str, name: str = "quarterly.yml") -> Path:
    path = folder / name
    path.write_text(text, "utf-8")
    return path


def read(folder: Path, text: str) -> Form:
    return read_form(written(folder, text))


def test_a_form_says_what_words_leave_open(tmp_path: Path) -> None:
    form = read(tmp_path, WHOLE)
    assert form.form_id == "quarterly"
    assert (form.valid_from, form.valid_to) == (dt.date(2019, 1, 1), dt.date(2021, 1, 1))
    assert [one.atoms for one in form.labels] == [(("group", "employer_only"),), ()]
    assert form.labels[1].area_code == "213"
    assert form.tables[0].indicators == ("bhyt_participants",)
    assert form.ignored[0].reason == "Không phải số liệu báo cáo"
    assert form.exceptions[0].where == "quarterly.yml:21"


TITLE = ["KẾT QUẢ THỰC HIỆN BẢO HIỂM Y TẾ QUÝ II NĂM 2019"]


@pytest.mark.parametrize(
    ("titles", "province", "day", "fits"),
    [
        (TITLE, "24", dt.date(2019, 6, 30), True),
        (TITLE, "24", None, True),
        (TITLE, "22", dt.date(2019, 6, 30), False),
        (TITLE, "24", dt.date(2018, 12, 31), False),
        (TITLE, "24", dt.date(2020, 12, 31), True),
        (TITLE, "24", dt.date(2021, 1, 1), False),
        (["KẾT QUẢ THỰC HIỆN BẢO HIỂM Y TẾ NĂM 2019"], "24", dt.date(2019, 6, 30), False),
        (["Thu quỹ quý II"], "24", dt.date(2019, 6, 30), False),
    ],
)
def test_a_report_is_found_by_title_province_period_and_day(
    tmp_path: Path, titles: list[str], province: str, day: dt.date | None, fits: bool
) -> None:
    assert read(tmp_path, WHOLE).fits(titles, province, day) is fits


def test_of_two_forms_the_one_that_asks_for_more_counts(tmp_path: Path) -> None:
    written(tmp_path, WHOLE)
    written(tmp_path, 'title: "Mọi báo cáo"\ntitles: ["bảo hiểm y tế"]\n', "any.yml")
    forms = load_forms(tmp_path)
    assert [one.form_id for one in forms.find(TITLE, "24", None)] == ["quarterly"]
    assert [one.form_id for one in forms.find(TITLE, "22", None)] == ["any"]


ERRORS = """
title: "Báo cáo quý" => # => 2: "title" is missing. Add a line title: "..."
provinces: ["24"] => provinces: [24] => 5: 24 is read as a number. Put it in quotes: "24"
provinces: ["24"] => provinces: ["99"] => 5: "99" is no province. Take the code from: %areas
"2019-01-01" => "1/1/2019" => 6: "1/1/2019" is no day. Write it as "2019-01-31"
periods: => period: => 1: "period" is no key here. Known are: title, valid_from, valid_to, provinces
group=employer_only => ? => 13: "?" is left open. Fill it in, or delete this label
group=employer_only => group=bosses => 13: there is no group "bosses". See: %groups
group=employer_only => payer=boss => 13: "payer=boss" is no meaning. Write dimension=value with one
bhyt_participants => bhyt_people => 10: there is no indicator "bhyt_people". See: %indicators
    reason: "Không phải số liệu báo cáo" => # => 18: "reason" is missing. Add a line reason: "..."
label: "Dự phòng" => text: "" => 18: either "label" or "text" is needed. Name the row or column
typed: "12.8O" => # => 21: "typed" is missing. Add a line typed: "..."
periods: ["quý"] => periods: ["quý" => 5: not YAML:
periods: ["quý"] => title: "Hai" => 4: "title" stands twice. Keep one of them
"""


@pytest.mark.parametrize("line", ERRORS.strip().splitlines())
def test_an_error_names_file_line_and_remedy(tmp_path: Path, line: str) -> None:
    old, new, message = line.split(" => ")
    assert old in WHOLE
    with pytest.raises(FormError) as caught:
        read(tmp_path, WHOLE.replace(old, new, 1))
    said = str(caught.value)
    assert said.startswith("quarterly.yml:" + message.replace("%", "baophu codes list "))


def test_a_broken_form_does_not_take_the_others_away(tmp_path: Path) -> None:
    written(tmp_path, WHOLE)
    written(tmp_path, "- a\n", "broken.yml")
    forms = load_forms(tmp_path)
    assert [one.form_id for one in forms.forms] == ["quarterly"]
    assert forms.broken == ('broken.yml:1: no keys. Start the file with title: "..."',)


def test_the_forms_that_we_ship_are_whole() -> None:
    assert load_forms(FORMS).broken == ()


def test_the_nearest_spellings_lead_to_the_meaning() -> None:
    found = nearest_spellings("Nhóm do ngân sách Nhà nước bảo đảm đóng toàn bộ")
    assert found[0][0] == "group=state_budget_full"
