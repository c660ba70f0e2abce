"""Bytes of plain text files as text: UTF-8, UTF-16 and the code pages of old Vietnamese systems."""

import codecs
import unicodedata

from flows.reading.legacy import legacy_share, syllable_share

_TONES = "\u0300\u0301\u0303\u0309\u0323"
_VOWELS = frozenset("aăâeêioôơuưyAĂÂEÊIOÔƠUƯY")


def decode(data: bytes) -> tuple[str, str]:
    """The text and the name of the encoding that it was read with.

    UTF-8 and UTF-16 prove themselves. Other bytes are CP1258 when its combining
    tone marks stand behind vowels, and CP1252 otherwise, in which the letters
    of TCVN3 and VNI fonts show (they are converted later, cell by cell).
    """
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return data.decode(encoding, errors="replace").removeprefix("\ufeff"), encoding
    if b"\0" in data[:512]:
        encoding = "utf-16-le" if data[1:512:2].count(0) > data[0:512:2].count(0) else "utf-16-be"
        return data.decode(encoding, errors="replace"), encoding
    try:
        return data.decode("utf-8"), "utf-8"
    except UnicodeDecodeError:
        return _decode_old(data)


_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)


def _decode_old(data: bytes) -> tuple[str, str]:
    """CP1258 has its tone marks behind vowels; so, by chance, may a few TCVN3 letters."""
    text = data.decode("cp1258", errors="replace")
    western = data.decode("cp1252", errors="replace")
    tones = [i for i, letter in enumerate(text) if letter in _TONES]
    if tones and all(i and text[i - 1] in _VOWELS for i in tones):
        composed = unicodedata.normalize("NFC", text)
        if syllable_share([composed]) >= legacy_share([western]):
            return composed, "cp1258"
    return western, "cp1252"
