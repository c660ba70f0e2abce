"""Labels mean what their spellings say, in any typing, and no two spellings collide."""

import unicodedata
from collections import defaultdict
from collections.abc import Iterator

import pytest
import yaml

from expectations.abbreviations import ABBREVIATIONS, spell_out
from expectations.folding import tidy
from expectations.vocabulary import (
    SPELLINGS,
    WHOLE,
    WHOLE_KEY,
    lexicon,
    read_label,
    read_unit,
    unit_key,
)
from warehouse.reference import groups, indicators

FILES = sorted(path for path in SPELLINGS.glob("*.yml") if path != ABBREVIATIONS)
DIMENSIONS = {
    *WHOLE, "scheme", "subject", "modifier", "group", "unit", "care", "scope", "scenario", "base",
    "filler", "whole_year", "same_part", "authority",
}  # fmt: skip


def entries() -> Iterator[tuple[str, str, str]]:
    """Every line of data: file, meaning, spelling."""
    for path in FILES:
        for meaning, spellings in yaml.safe_load(path.read_text("utf-8")).items():
            for spelling in spellings:
                yield path.name, meaning, spelling


def atoms_of(meaning: str) -> set[tuple[str, str]]:
    pairs = meaning.removeprefix(WHOLE_KEY).split(" ")
    return {(one.partition("=")[0], one.partition("=")[2]) for one in pairs}


ENTRIES = list(entries())
HEADS_ALONE = {"thu từ"}  # without accents it is "thứ tự", which heads the column of ordinals
SPOKEN = [(meaning, spelling) for _file, meaning, spelling in ENTRIES if "unit=" not in meaning]
UNITS = [(meaning, spelling) for _file, meaning, spelling in ENTRIES if "unit=" in meaning]


def test_every_key_is_known() -> None:
    assert {name for meaning, _ in SPOKEN + UNITS for name, _v in atoms_of(meaning)} <= DIMENSIONS


def test_every_group_is_the_last_part_of_a_code() -> None:
    codes = {group.code for group in groups()}
    known = codes | {code.rpartition("/")[2] for code in codes}
    named = {value for meaning, _ in SPOKEN for name, value in atoms_of(meaning) if name == "group"}
    assert named - known == set()


def test_every_unit_is_one_of_the_indicators() -> None:
    named = {meaning.partition("=")[2].partition(":")[0] for meaning, _ in UNITS}
    assert named == {indicator.unit for indicator in indicators()}


def test_no_spelling_stands_under_two_meanings() -> None:
    """Alone, "Khu vực" may head a column or end one; a word of a sentence has one meaning."""
    told: dict[tuple[bool, str], set[str]] = defaultdict(set)
    for meaning, spelling in SPOKEN:
        whole = meaning.partition("=")[0] in WHOLE
        told[whole, " ".join(spell_out(tidy(spelling).lower().split()))].add(meaning)
    clashes = {
        spelling: meanings
        for (_whole, spelling), meanings in told.items()
        if len(meanings) > (1 + _whole) and "filler=yes" not in meanings
    }
    assert clashes == {}


def test_no_unit_stands_under_two_meanings() -> None:
    told: dict[str, set[str]] = defaultdict(set)
    for meaning, spelling in UNITS:
        told[unit_key(spelling)].add(meaning)
    assert {key: meanings for key, meanings in told.items() if len(meanings) > 1} == {}


@pytest.mark.parametrize("file", sorted({file for file, _m, _s in ENTRIES}))
def test_every_spelling_reads_back_to_its_own_meaning(file: str) -> None:
    wrong = {}
    for name, meaning, spelling in ENTRIES:
        if name != file or "unit=" in meaning or spelling in HEADS_ALONE:
            continue
        said = read_label(spelling)
        want = atoms_of(meaning)
        if meaning != "filler=yes" and not (want <= set(said.atoms) and not said.unexplained):
            wrong[spelling] = (meaning, said.atoms, said.unexplained)
    assert wrong == {}


@pytest.mark.parametrize("file", sorted({file for file, _m, _s in ENTRIES}))
@pytest.mark.parametrize("typing", ["upper", "decomposed", "spaces"])
def test_spellings_survive_other_typing(file: str, typing: str) -> None:
    changed = {
        "upper": str.upper,
        "decomposed": lambda text: unicodedata.normalize("NFD", text),
        "spaces": lambda text: "\u00a0  ".join(["", *text.split(" "), "\n"]),
    }[typing]
    wrong = {
        spelling: read_label(changed(spelling)).atoms
        for name, meaning, spelling in ENTRIES
        if name == file and read_label(changed(spelling)).atoms != read_label(spelling).atoms
    }
    assert wrong == {}


@pytest.mark.parametrize(("meaning", "spelling"), UNITS)
def test_every_unit_is_read_from_its_line(meaning: str, spelling: str) -> None:
    code, _, factor = meaning.partition("=")[2].partition(":")
    for line in (spelling, f"Đơn vị tính: {spelling}", f"ĐVT: {spelling}", spelling.upper()):
        unit = read_unit(line)
        assert unit is not None, line
        assert (unit.code, unit.factor) == (code, int(factor))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Thân nhân liệt sỹ", "Thân nhân liệt sĩ"),
        ("Tỉ lệ bao phủ BHYT", "Tỷ lệ bao phủ bảo hiểm y tế"),
        ("LLLĐ", "Lực lượng lao động"),
        ("NSNN đóng", "Ngân sách nhà nước đóng"),
        ("NLĐ và NSDLĐ đóng", "Người lao động và người sử dụng lao động đóng"),
        ("HSSV", "Học sinh, sinh viên"),
        ("\u00d0ối tượng tham gia BHYT", "Đối tượng tham gia BHYT"),
        ("Số lượt KCB", "Số lượt khám, chữa bệnh"),
        ("Tỷ trọng (%)", "Tỉ trọng (%)"),
    ],
)
def test_two_ways_to_say_one_thing(one: str, other: str) -> None:
    assert read_label(one).atoms == read_label(other).atoms
    assert read_label(one).unexplained == ()


@pytest.mark.parametrize(
    ("text", "atoms"),
    [
        ("Số người tham gia BHYT", {("subject", "participants"), ("scheme", "bhyt")}),
        ("Dân số trung bình", {("subject", "population_avg")}),
        ("BHXH bắt buộc", {("scheme", "bhxh"), ("group", "compulsory")}),
        ("Số lượt KCB nội trú", {("subject", "visits"), ("care", "inpatient")}),
        ("Trẻ em < 6 tuổi", {("group", "children_under_6")}),
        ("Toàn tỉnh", {("total", "yes")}),
        ("Chỉ tiêu", {("head", "label"), ("scenario", "plan")}),
        ("Ước thực hiện năm 2019", {("scenario", "estimate")}),
    ],
)
def test_what_labels_say(text: str, atoms: set[tuple[str, str]]) -> None:
    said = {atom for atom in read_label(text).atoms if atom[0] != "filler"}
    assert said == atoms


def test_the_longest_spelling_counts() -> None:
    """`Hộ gia đình cận nghèo` are near-poor, no household members."""
    assert read_label("Hộ gia đình cận nghèo").all("group") == ("near_poor",)
    assert read_label("Người nghèo, dân tộc thiểu số").all("group") == ("poor_ethnic",)


def test_one_slip_is_corrected_and_scored() -> None:
    right = read_label("Dân số trung bình")
    slip = read_label("Dân số trungg bình")
    assert slip.atoms == right.atoms
    assert slip.score < right.score == 1


def test_a_share_of_the_total_is_not_the_total() -> None:
    assert "share" in read_label("%/tổng số").all("modifier")
    assert read_label("/ tổng số").first("total") is None


def test_revenue_and_spending_name_their_scheme() -> None:
    assert read_label("Thu BHYT").first("scheme") == "bhyt"
    assert read_label("Chi BHYT").first("scheme") == "bhyt"


def test_missing_accents_are_read_with_a_lower_score() -> None:
    bare = read_label("Dan so trung binh")
    assert bare.first("subject") == "population_avg"
    assert 0.9 < bare.score < 1


@pytest.mark.parametrize("text", ["Xuất khẩu gạo", "Kim ngạch", "Sản lượng lúa"])
def test_foreign_words_are_left_over(text: str) -> None:
    assert read_label(text).explained < 0.5
    assert read_label(text).unexplained


def test_heads_and_totals_speak_only_alone() -> None:
    assert read_label("Đơn vị").first("head") == "area"
    assert read_label("Đơn vị sử dụng lao động").first("head") is None
    assert read_label("Tổng số").first("total") == "yes"
    assert read_label("Tổng số người tham gia BHYT").first("total") is None


@pytest.mark.parametrize(
    ("text", "code", "factor"),
    [
        ("Dân số (nghìn người)", "people", 1000),
        ("Thu BHYT (tỷ đồng)", "VND", 10**9),
        ("Chi KCB (Triệu đồng)", "VND", 10**6),
        ("Tỷ lệ (%)", "percent", 1),
        ("Số người [người]", "people", 1),
        ("Thu BHYT, triệu đồng", "VND", 10**6),
    ],
)
def test_a_label_may_carry_its_unit(text: str, code: str, factor: int) -> None:
    unit = read_label(text).unit
    assert unit is not None
    assert (unit.code, unit.factor) == (code, factor)


@pytest.mark.parametrize("mark", [" (1)", "*", " (*)", "¹", "(2)", " **"])
def test_footnote_marks_do_not_count(mark: str) -> None:
    assert read_label(f"Dân số{mark}").atoms == read_label("Dân số").atoms


def test_the_lexicon_is_not_empty() -> None:
    assert len(lexicon().phrases) > 50
    assert len(ENTRIES) > 300


def test_a_document_that_never_ends_is_read_in_its_own_length() -> None:
    """A quadratic pattern would need minutes for this one label."""
    assert read_label("Chỉ tiêu (QĐ " + "1" * 300_000).text.startswith("Chỉ tiêu")
    plan = read_label("Chỉ tiêu TTg giao (QĐ 1167/QĐ-TTg ngày 28/6/2016)")
    assert (plan.periods, plan.first("scenario")) == ((), "plan")
