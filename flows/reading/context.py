"""What a workbook says of itself: its province, its document's number, kind and date."""

import calendar
import datetime as dt
import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from expectations.folding import squash, strip_text, tidy
from flows.reading.areas import country, homes_of, spell_on
from warehouse.reference import Area, provinces

_DOCUMENT = re.compile(
    r"(?P<kind>bao cao|ke hoach|quyet dinh|cong van|to trinh|nghi quyet|thong bao)\s+so\s*:?\s*"
    r"(?P<number>[\w /.\-]*?)\s*,?\s*ngay\s+(?P<date>[\d/\-. ]+|\d+\s+thang\s+\d+\s+nam\s+\d+)"
)
_NUMERIC_DATE = re.compile(r"(\d{1,2})\s*[/\-.]\s*(\d{1,2})\s*[/\-.]\s*((?:19|20)\d{2})")
_WORD_DATE = re.compile(r"(\d{1,2})\s+thang\s+(\d{1,2})\s+nam\s+((?:19|20)\d{2})")
_MONTH_DATE = re.compile(r"(\d{1,2})\s*[/\-.]\s*((?:19|20)\d{2})")
_PLACE_DATE = re.compile(r",\s*ngay\s+(\d{1,2})\s+thang\s+(\d{1,2})\s+nam\s+((?:19|20)\d{2})")
_LETTER_NUMBER = re.compile(r"^so\s*:\s*([\w/.\-]+)")
_COUNTRY = re.compile(r"\b(?:ca nuoc|toan quoc)\b")
_NATIONAL_SOURCE = re.compile(
    r"^\W*(?:nguon|source)\b.*\b(?:bao hiem xa hoi viet nam|bhxh viet nam|tong cuc thong ke"
    r"|vietnam social security|general statistics office)\b"
)
_MANY_PROVINCES = 4  # no province has more than one district that is named like a province
_CAPTION_WEIGHT = 3  # a title that names the province counts as much as three of its districts


@dataclass(frozen=True, slots=True)
class DocumentFacts:
    """Kind (`ke hoach`, `bao cao` …), number and date of the document a workbook belongs to."""

    kind: str = ""
    number: str = ""
    date: dt.date | None = None
    printed_date: str = ""


def read_document_facts(texts: Iterable[str]) -> DocumentFacts:
    """The first `(Kèm theo … số … ngày …)`, or the letterhead's number and date."""
    number, date, printed = "", None, ""
    facts: list[DocumentFacts] = []
    for text in texts:
        plain = strip_text(text)
        match = _DOCUMENT.search(plain)
        if match:
            typed = tidy(text)[match.start("number") : match.end("number")]
            day, shown = read_date(plain[match.start("date") :])
            facts.append(DocumentFacts(match["kind"], typed.replace(" ", ""), day, shown))
        letter = _LETTER_NUMBER.match(plain)
        number = number or (tidy(text)[letter.start(1) : letter.end(1)] if letter else "")
        signed = _PLACE_DATE.search(plain)
        if signed and date is None:
            date, printed = read_date(signed[0])
    facts.sort(key=lambda found: found.date is None)
    dated = [found for found in facts if found.date] or facts
    return _fullest(dated) if dated else DocumentFacts("", number, date, printed)


def _fullest(facts: list[DocumentFacts]) -> DocumentFacts:
    """The fact printed with a whole date: one annex says 03/2018, the other 3/3/2018."""
    return max(facts, key=lambda found: (found.date is not None, len(found.printed_date)))


def read_date(plain: str) -> tuple[dt.date | None, str]:
    """A date from accent-free text and how it was printed; a month stands for its last day."""
    for pattern in (_NUMERIC_DATE, _WORD_DATE):
        match = pattern.search(plain)
        if match:
            day, month, year = (int(part) for part in match.groups())
            if 1 <= month <= 12 and 1 <= day <= calendar.monthrange(year, month)[1]:
                return dt.date(year, month, day), match[0]
    match = _MONTH_DATE.search(plain)
    if match and 1 <= int(match[1]) <= 12:
        month, year = int(match[1]), int(match[2])
        return dt.date(year, month, calendar.monthrange(year, month)[1]), match[0]
    return None, ""


@cache
def _province_names() -> dict[str, tuple[Area, ...]]:
    """Every spell by name: Quảng Trị was 45 until 2025-06-30 and is 44 since."""
    spells: dict[str, tuple[Area, ...]] = {}
    for area in provinces():
        name = strip_text(area.name)
        spells[name] = (*spells.get(name, ()), area)
    return spells


@cache
def _mention() -> re.Pattern[str]:
    names = "|".join(sorted(map(re.escape, _province_names()), key=len, reverse=True))
    return re.compile(rf"\b(?:tinh|tinh uy|thanh pho|thanh uy|tp\.?)\s+({names})\b")


@cache
def _bare_name() -> re.Pattern[str]:
    names = sorted(map(re.escape, _province_names()), key=len, reverse=True)
    return re.compile(rf"\b({'|'.join(names)})\b".replace(r"\ \-\ ", r"\s*-?\s*"))


@cache
def _province_keys() -> dict[str, tuple[Area, ...]]:
    return {squash(name): spells for name, spells in _province_names().items()}


def find_province(
    texts: Iterable[str],
    labels: Iterable[str],
    day: dt.date | None,
    sources: Iterable[str] = (),
) -> Area | None:
    """The province that titles name and districts belong to, None if nothing names one.

    Where no title names a province, a list of several of them, or figures of `Cả nước`,
    speak for the country; so does, where nothing else names a place, a table whose source
    (in the notes below it) is a national office.
    """
    votes: Counter[str] = Counter()
    plain = {strip_text(text) for text in texts}
    for text in plain:
        for name in _mention().findall(text):
            votes[spell_on(_province_names()[name], day).code] += _CAPTION_WEIGHT
    named = {squash(text): text for text in labels}
    listed = named.keys() & _province_keys().keys()
    if not votes and (len(listed) >= _MANY_PROVINCES or any(map(_COUNTRY.search, plain))):
        return country()
    if not votes:  # "SỐ NGƯỜI THAM GIA BHYT - BÀ RỊA-VŨNG TÀU": a name alone
        named_bare = {squash(name) for text in plain for name in _bare_name().findall(text)}
        votes.update(spell_on(_province_keys()[key], day).code for key in named_bare)
    if len(listed) > 1:
        # a list of provinces: "Bắc Ninh" in it is not the town of that name
        named = {key: text for key, text in named.items() if key not in _province_keys()}
    for label in named.values():
        for code in homes_of(label):
            votes[code] += 1
    if not votes:
        national = any(_NATIONAL_SOURCE.search(strip_text(text)) for text in sources)
        return country() if national else None
    (best, count), *others = votes.most_common(2)
    if others and others[0][1] == count:  # nothing tells the two apart: a finding, not a guess
        return None
    return spell_on(tuple(area for area in provinces() if area.code == best), day)


def province_of_folder(folder: str, day: dt.date | None) -> Area | None:
    """The province that an inbox folder is named after: `kon-tum`, `tp-ho-chi-minh`, `62`.

    `viet-nam` and `vn` are the country's.
    """
    key = re.sub(r"^(?:tinh|thanhpho|tp)", "", squash(folder))
    if key in ("vn", squash(country().name)):
        return country()
    spells = tuple(
        area for area in provinces() if folder.strip() == area.code or key == squash(area.name)
    )
    return spell_on(spells, day) if spells else None
