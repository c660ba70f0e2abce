"""Comparison keys for Vietnamese text: what is the same word must get the same key."""

import re
import unicodedata
from functools import lru_cache

# Letters that look right on the screen and are another code point: an Icelandic eth typed for Đ
# (U+00D0 in "Ðăk Hà"), curly quotes of "Ia H’Drai", and the accents left alone by a broken font.
_LOOKALIKES = str.maketrans(
    {
        "\u00d0": "Đ",
        "\u0189": "Đ",
        "\u00f0": "đ",
        "\u2018": "'",
        "\u2019": "'",
        "\u02bc": "'",
        "\u00b4": "'",
        "`": "'",
        "\u201c": '"',
        "\u201d": '"',
        "\u2010": "-",
        "\u2011": "-",
        "\u2012": "-",
        "\u2013": "-",
        "\u2014": "-",
        "\u2212": "-",
        "\u00a0": " ",
        "\u202f": " ",
        "\u2009": " ",
        "\u200b": "",
        "\u200c": "",
        "\u200d": "",
        "\ufeff": "",
        "\u00ad": "",
    }
)
_TONES = "\u0300\u0301\u0303\u0309\u0323"
_WIDE = re.compile(r"[\uff00-\uffef]")
_WORD = re.compile(r"[^\W\d_]+|\d+|[%/&]")


def tidy(text: str) -> str:
    """The text in NFC with lookalikes folded and every run of blanks as one space."""
    folded = unicodedata.normalize("NFC", text.translate(_LOOKALIKES))
    if _WIDE.search(folded):
        folded = unicodedata.normalize("NFKC", folded)
    return " ".join(folded.split())


@lru_cache(maxsize=100_000)
def fold_word(word: str) -> str:
    """Lower case with the tone mark moved to the end of the syllable: hoà = hòa, uỷ = ủy."""
    letters = unicodedata.normalize("NFD", word.lower())
    tones = "".join(letter for letter in letters if letter in _TONES)
    rest = "".join(letter for letter in letters if letter not in _TONES)
    return unicodedata.normalize("NFC", rest) + tones


@lru_cache(maxsize=100_000)
def strip_word(word: str) -> str:
    """Lower case without any accent; đ becomes d, and 06 is 6."""
    if word.isdigit():
        return word.lstrip("0") or "0"
    letters = unicodedata.normalize("NFD", word.lower())
    plain = "".join(letter for letter in letters if not unicodedata.combining(letter))
    return plain.replace("đ", "d")


def words(text: str) -> list[str]:
    """The words, numbers and the signs % / & of a tidied text, in order."""
    return _WORD.findall(tidy(text))


@lru_cache(maxsize=50_000)
def squash(text: str) -> str:
    """Letters and digits only, without accents: Ia H’Drai = IaHdrai, Kon Plông = Kon Plong."""
    return "".join(strip_word(word) for word in words(text) if word not in "%/&")


@lru_cache(maxsize=50_000)
def strip_text(text: str) -> str:
    """The tidied text in lower case without accents, its blanks and signs kept."""
    return strip_word(tidy(text))
