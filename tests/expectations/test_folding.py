"""What is the same word to a Vietnamese reader has the same key, however it was typed."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from expectations.folding import fold_word, squash, strip_text, strip_word, tidy, words


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("hoà", "hòa"), ("Hoá", "HÓA"), ("uỷ", "ủy"), ("thuỷ", "thủy"), ("khoẻ", "khỏe"),
        ("Đ", "\u00d0"), ("đ", "\u00f0"), ("Đắk", "\u0189ắk"),
    ],
)  # fmt: skip
def test_one_word_typed_in_two_ways(one: str, other: str) -> None:
    assert fold_word(tidy(one)) == fold_word(tidy(other))


@pytest.mark.parametrize(
    ("one", "other"), [("hoa", "hòa"), ("tỉnh", "tính"), ("thẻ", "thế"), ("nam", "năm")]
)
def test_other_accents_are_another_word(one: str, other: str) -> None:
    assert fold_word(one) != fold_word(other)
    assert strip_word(one) == strip_word(other)


letters = st.text(
    st.sampled_from("aăâbcdđeêghiklmnoôơpqrstuưvxyAĂÂĐÊÔƠƯáàảãạắằẳẵặấầẩẫậéèẻẽẹếềểễệ ốờợứíỳ"),
    max_size=20,
)


@given(letters)
def test_composed_and_decomposed_text_are_one(text: str) -> None:
    decomposed = unicodedata.normalize("NFD", text)
    assert tidy(decomposed) == tidy(text)
    assert strip_text(decomposed) == strip_text(text)
    assert squash(decomposed) == squash(text)


@given(letters)
def test_folding_twice_changes_nothing(text: str) -> None:
    assert tidy(tidy(text)) == tidy(text)
    assert squash(squash(text)) == squash(text)
    assert strip_text(strip_text(text)) == strip_text(text)


@given(letters)
def test_a_stripped_text_stays_as_long_as_the_tidied_one(text: str) -> None:
    """Periods found in the accent-free text are cut out of the tidied one by position."""
    assert len(strip_text(text)) == len(tidy(text))


def test_invisible_and_strange_signs_are_folded() -> None:
    assert tidy(" Dân\u00a0 số\u200b \n(nghìn  người) ") == "Dân số (nghìn người)"
    assert tidy("Ia H\u2019Drai \u2013 \u201cBHYT\u201d") == 'Ia H\'Drai - "BHYT"'
    assert tidy("ＢＨＹＴ\u00ad") == "BHYT"


@pytest.mark.parametrize("typed", ["Ia H'Drai", "IaHdrai", "Ia H\u2019 Drai", "IA H`DRAI"])
def test_marks_inside_names_do_not_count(typed: str) -> None:
    assert squash(typed) == "iahdrai"


def test_words_keep_the_signs_that_speak() -> None:
    assert words("Tỷ lệ (%) BHYT/dân số: 2 & 3") == [
        "Tỷ", "lệ", "%", "BHYT", "/", "dân", "số", "2", "&", "3",
    ]  # fmt: skip
