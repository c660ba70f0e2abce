"""Each bound holds at its edge: what lies on it passes, one more is refused with the reason."""

from zipfile import ZIP_DEFLATED, ZIP_LZMA, ZipInfo

import pytest

from flows.reading import guards
from flows.reading.grid import Merge, Unreadable
from flows.reading.guards import Count, XmlScan, check_depth, check_entries, check_file_size

MB = 1 << 20


def entry(name="xl/a.xml", size=10, packed=10, method=ZIP_DEFLATED) -> ZipInfo:
    info = ZipInfo(name)
    info.file_size, info.compress_size, info.compress_type = size, packed, method
    return info


def refusal(call, *arguments) -> str:
    """The reason with which a call refuses."""
    with pytest.raises(Unreadable) as refused:
        call(*arguments)
    return refused.value.reason


def test_every_limit_has_a_reason():
    limits = [limit for limit in vars(guards).values() if isinstance(limit, guards.Limit)]
    assert len(limits) == 12
    assert all(len(limit.why.split()) >= 5 for limit in limits)


def test_size_on_disk():
    check_file_size(50 * MB)
    assert refusal(check_file_size, 50 * MB + 1) == "reading.too_big"
    assert refusal(check_file_size, 0) == "reading.empty"


def test_number_of_parts():
    check_entries([entry(f"xl/{i}") for i in range(2_000)])
    assert refusal(check_entries, [entry(f"xl/{i}") for i in range(2_001)]) == "reading.zip_entries"


def test_size_of_one_part():
    check_entries([entry(size=256 * MB, packed=20 * MB)])
    too_large = [entry(size=256 * MB + 1, packed=20 * MB)]
    assert refusal(check_entries, too_large) == "reading.zip_bomb"


def test_size_of_all_parts():
    check_entries([entry(f"{i}", 128 * MB, 10 * MB) for i in range(4)])
    parts = [*(entry(f"{i}", 128 * MB, 10 * MB) for i in range(4)), entry("4", 1)]
    assert refusal(check_entries, parts) == "reading.zip_bomb"


def test_ratio_counts_from_eight_megabytes_on():
    check_entries([entry(size=8 * MB, packed=1)])
    check_entries([entry(size=20_000_000, packed=100_000)])
    assert refusal(check_entries, [entry(size=20_000_001, packed=100_000)]) == "reading.zip_bomb"


@pytest.mark.parametrize("name", ["../a", "a/../../b", "/a", "\\a", "C:\\a", "a\\..\\b"])
def test_unsafe_names(name):
    assert refusal(check_entries, [entry(name)]) == "reading.zip_names"


def test_names_with_dots_are_safe():
    check_entries([entry("xl/a..b.xml"), entry("..xml"), entry("[Content_Types].xml")])


def test_names_that_differ_in_case_only_are_the_same():
    assert refusal(check_entries, [entry("a/B"), entry("A\\b")]) == "reading.zip_duplicate"


def test_passwords_and_exotic_compression():
    locked = entry()
    locked.flag_bits = 1
    assert refusal(check_entries, [locked]) == "reading.encrypted"
    assert refusal(check_entries, [entry(method=ZIP_LZMA)]) == "reading.damaged"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("declaration", ["<!DOCTYPE a>", '<!ENTITY a "b">'])
def test_declarations_are_seen_in_any_encoding_even_when_cut_in_two(encoding, declaration):
    data = f"<?xml version='1.0'?>{declaration}<a/>".encode(encoding)
    for cut in range(4, len(data)):
        scan = XmlScan("a.xml")
        with pytest.raises(Unreadable, match=r"reading\.doctype"):
            for piece in (data[:cut], data[cut:]):
                scan.see(piece)


def test_the_words_doctype_and_entity_in_a_cell_are_no_declaration():
    XmlScan("a.xml").see(b"<a>&lt;!DOCTYPE html&gt; DOCTYPE ENTITY</a>")


@pytest.mark.parametrize("size", [1, 7, 511, 512, 513, 100_000])
def test_depth_is_seen_whatever_the_pieces(size):
    def seems_deep(data: bytes) -> bool:
        scan = XmlScan("a.xml")
        for start in range(0, len(data), size):
            scan.see(data[start : start + size])
        return scan.seems_deep

    assert seems_deep(b"<abcd>" * 400 + b"</abcd>" * 400)
    assert not seems_deep(b"<a>" + b"<b><c r='1'/>x</b><!-- y --><?z?>" * 5_000 + b"</a>")


def test_depth_is_counted_exactly():
    check_depth("a.xml", [b"<a>" * 256 + b"</a>" * 256])
    assert refusal(check_depth, "a.xml", [b"<a>" * 257]) == "reading.too_deep"
    check_depth("a.xml", [b"<a><!-- " + b"<b>" * 400 + b" --></a>"])


def test_cells_merges_and_sheets_are_counted_over_the_workbook():
    count = Count()
    count.add_cells(2_999_999)
    count.add_cells(1)
    assert refusal(count.add_cells, 1) == "reading.too_many_cells"
    count.add_sheets(200)
    assert refusal(count.add_sheets, 1) == "reading.too_many_sheets"
    count.add_merges(Merge(row, 1, row, 2) for row in range(1, 20_001))
    assert refusal(count.add_merges, [Merge(1, 1, 1, 2)]) == "reading.too_many_merges"


def test_merged_area_counts_as_cells():
    count = Count()
    count.add_merges([Merge(1, 1, 1_000_000, 3)])
    assert refusal(count.add_merges, [Merge(1, 5, 1, 6)]) == "reading.giant_merge"
