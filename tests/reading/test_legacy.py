"""Workbooks typed in TCVN3 and VNI fonts say the same as in Unicode, or say that they do not."""

from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest

from flows.reading.grid import Grid, Workbook
from flows.reading.legacy import convert_workbook
from flows.reading.legacy_letters import convert
from flows.reading.parse import read_workbook
from flows.reading.workbook import open_workbook
from tests.reading.draw import grid, read, roles, rules, told, workbook
from warehouse.model import Reading

SAMPLES = sorted((Path(__file__).parents[2] / "raw" / "samples").glob("*.xlsx"))
_UNICODE = (
    "á à ả ã ạ ă ắ ằ ẳ ẵ ặ â ấ ầ ẩ ẫ ậ đ é è ẻ ẽ ẹ ê ế ề ể ễ ệ í ì ỉ ĩ ị "
    "ó ò ỏ õ ọ ô ố ồ ổ ỗ ộ ơ ớ ờ ở ỡ ợ ú ù ủ ũ ụ ư ứ ừ ử ữ ự ý ỳ ỷ ỹ ỵ"
)
# How a keyboard driver of the nineties wrote the same letters, as code page 1252 shows them.
_TCVN3 = (
    "¸ µ ¶ · ¹ ¨ ¾ » ¼ ½ Æ © Ê Ç È É Ë ® Ð Ì Î Ï Ñ ª Õ Ò Ó Ô Ö Ý × Ø Ü Þ "
    "ã ß á â ä « è å æ ç é ¬ í ê ë ì î ó ï ñ ò ô \u00ad ø õ ö ÷ ù ý ú û ü þ"
)
TCVN3_CAPITALS = dict(zip("ĂÂÊÔƠƯĐ", "¡¢£¤¥¦§", strict=True))
_VNI = (
    "aù aø aû aõ aï aê aé aè aú aü aë aâ aá aà aå aã aä ñ eù eø eû eõ eï eâ eá eà eå eã eä "
    "í ì æ ó ò où oø oû oõ oï oâ oá oà oå oã oä ô ôù ôø ôû ôõ ôï "
    "uù uø uû uõ uï ö öù öø öû öõ öï yù yø yû yõ î"
)
UNICODE, TCVN3, VNI = _UNICODE.split(), _TCVN3.split(" "), _VNI.split()


def to_tcvn3(text: str) -> str:
    letters = dict(zip(UNICODE, TCVN3, strict=True)) | TCVN3_CAPITALS
    small = {letter: letters[letter.lower()] for letter in map(str.upper, UNICODE)}
    return "".join((small | letters).get(letter, letter) for letter in text)


def to_vni(text: str) -> str:
    letters = dict(zip(UNICODE, VNI, strict=True))
    capitals = {letter.upper(): typed.upper() for letter, typed in letters.items()}
    return "".join((letters | capitals).get(letter, letter) for letter in text)


def retyped(book: Workbook, encode: object, font: str) -> Workbook:
    """The workbook as a clerk with an old font would have typed it."""
    assert callable(encode)
    return replace(book, grids=[_retyped(one, encode, font) for one in book.grids])


def _retyped(one: Grid, encode: object, font: str) -> Grid:
    assert callable(encode)
    cells = {
        place: replace(
            cell,
            typed_text=encode(cell.typed_text),
            value=encode(cell.value) if isinstance(cell.value, str) else cell.value,
            font=font,
        )
        for place, cell in one.cells.items()
    }
    return replace(one, cells=cells)


@cache
def opened(path: Path) -> Workbook:
    return open_workbook(path)


def figures(reading: Reading) -> dict[str, tuple[object, ...]]:
    return {
        one.observation_id: (
            one.area_code,
            one.indicator,
            one.group_code,
            one.period,
            one.scenario,
            one.value_literal,
            one.half_width,
            one.unit,
        )
        for one in reading.observations
    }


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.stem)
@pytest.mark.parametrize(
    ("encode", "font"),
    [(to_tcvn3, ".VnTime"), (to_vni, "VNI-Times"), (to_tcvn3, "Arial"), (to_vni, "")],
    ids=["tcvn3 by font", "vni by font", "tcvn3 by words", "vni by words"],
)
def test_the_samples_say_the_same_in_old_fonts(path: Path, encode: object, font: str) -> None:
    plain = read_workbook(opened(path), path.name, "0" * 64)
    old = read_workbook(retyped(opened(path), encode, font), path.name, "0" * 64)
    assert figures(old) == figures(plain)
    assert rules(old) - rules(plain) == {"reading.legacy_text"}
    assert roles(old, "unread") == []
    assert [len(old.documents), old.province_code] == [len(plain.documents), plain.province_code]


def test_every_letter_of_both_tables_comes_back() -> None:
    for encoding, encode in (("tcvn3", to_tcvn3), ("vni", to_vni)):
        assert [convert(encode(letter), encoding) for letter in UNICODE] == UNICODE
    capitals = [letter.upper() for letter in UNICODE]
    assert [convert(to_vni(letter), "vni") for letter in capitals] == capitals
    assert convert("¡¢£¤¥¦§", "tcvn3") == "ĂÂÊÔƠƯĐ"


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("B¶o hiÓm y tÕ", "Bảo hiểm y tế"),
        ("TØNH B¾C GIANG", "TỈNH BẮC GIANG"),
        ("Sè l\u00adîng", "Số lượng"),  # the soft hyphen is the letter ư
        ("Sè TT", "SỐ TT"),
        ("Tû lÖ (%)", "Tỷ lệ (%)"),
    ],
)
def test_tcvn3_words(typed: str, meant: str) -> None:
    assert convert(typed, "tcvn3") == meant


def test_a_font_of_capitals_draws_capitals() -> None:
    assert convert("tØnh b¾c giang", "tcvn3", upper=True) == "TỈNH BẮC GIANG"


def test_a_letter_that_the_encoding_lacks_is_not_guessed() -> None:
    assert convert("Hà Giang", "tcvn3") is None
    assert convert("tháng", "vni") is None


TABLE = """
    | Số người tham gia BHYT tỉnh Bắc Giang năm 2018 |        |
    | Huyện                                          | Số người |
    | Huyện Lục Ngạn                                 | 203.400  |
    | Huyện Việt Yên                                 | 180.250  |
"""


def test_a_unicode_text_in_an_old_font_stays_as_it_is() -> None:
    book = retyped(workbook(TABLE), str, ".VnTime")
    assert convert_workbook(book).workbook.grids == book.grids


def test_a_column_typed_in_another_font_is_converted_alone() -> None:
    one = grid(TABLE)
    place = (3, 1)
    one.cells[place] = replace(
        one.cells[place], typed_text=to_tcvn3("Huyện Lục Ngạn"), font=".VnTime"
    )
    reading = read(one)
    assert told(reading)["B3"] == "Lục Ngạn bhyt_participants 2018 203400"
    [finding] = [f for f in reading.findings if f.rule == "reading.legacy_text"]
    assert [cell.cell for cell in finding.cells] == ["A3"]
    assert "TCVN3" in finding.message_vi
    assert to_tcvn3("Huyện Lục Ngạn") in finding.message_vi


def test_words_of_no_known_encoding_stay_and_are_said() -> None:
    one = grid(TABLE)
    one.cells[3, 1] = replace(one.cells[3, 1], typed_text="Huy®ÿn Lþÿc Ng§§n", font=".VnTime")
    reading = read(one)
    assert "reading.legacy_unclear" in rules(reading)
    assert "B3" in roles(reading, "unread")


def test_names_from_elsewhere_are_not_converted() -> None:
    book = workbook("""
        | Tên       | Số |
        | Müller    | 1  |
        | José      | 2  |
        | Citroën   | 3  |
    """)
    assert convert_workbook(book).converted == {}


def test_csv_bytes_of_both_encodings(tmp_path: Path) -> None:
    rows = "Bảo hiểm y tế tỉnh Bắc Giang năm 2018;\nHuyện;Số người tham gia BHYT\n"
    rows += "Huyện Lục Ngạn;203.400\nHuyện Việt Yên;180.250\n"
    for name, encode in (("tcvn3", to_tcvn3), ("vni", to_vni)):
        path = tmp_path / f"{name}.csv"
        path.write_bytes(encode(rows).encode("cp1252"))
        reading = read_workbook(open_workbook(path), path.name, "0" * 64)
        assert [told(reading)[cell] for cell in ("B3", "B4")] == [
            "Lục Ngạn bhyt_participants 2018 203400",
            "Việt Yên bhyt_participants 2018 180250",
        ]
