"""Files are read by bounded children: one hostile file is one rejection, the rest is read."""

import hashlib
import json
import os
import signal
import threading
from pathlib import Path

import pytest

from flows.reading.childprocess import ChildEnded, ChildProcess
from flows.reading.pool import ReadRequest, children_kept, read_files
from flows.reading.wire import from_wire
from tests.reading.hostile import CORPUS, SHEET1, sheet, with_part

SAMPLES = sorted((Path(__file__).parents[2] / "raw" / "samples").glob("*.xlsx"))


def ask_for(path: Path) -> ReadRequest:
    return ReadRequest(path, path.name, hashlib.sha256(path.read_bytes()).hexdigest())


@pytest.fixture(scope="module")
def corpus(tmp_path_factory) -> dict[str, Path]:
    """Every hostile file, and a good one."""
    folder = tmp_path_factory.mktemp("hostile")
    paths = {}
    for build in CORPUS:
        paths[build.__name__] = folder / f"{build.__name__}.xlsx"
        build(paths[build.__name__])
    return paths


@pytest.fixture(scope="module")
def answers(corpus) -> dict[str, dict]:
    """What reading the corpus and the samples together gave, by file."""
    requests = [ask_for(path) for path in (*corpus.values(), *SAMPLES)]
    found = list(read_files(requests, workers=2))
    assert len(found) == len(requests)
    return {answer["file_name"]: answer for answer in found}


def test_each_hostile_file_is_refused_for_what_it_is(answers):
    reasons = {build.__name__: answers[f"{build.__name__}.xlsx"]["reason"] for build in CORPUS}
    assert reasons == {build.__name__: reason for build, reason in CORPUS.items()}


def test_good_files_are_read_beside_hostile_ones(answers):
    assert {answers[path.name]["status"] for path in SAMPLES} == {"read"}


def test_every_rejection_says_in_both_languages_what_to_do(answers, corpus):
    for path in corpus.values():
        answer = answers[path.name]
        assert answer["status"] == "rejected"
        assert len(answer["reason_vi"].split()) > 8
        assert len(answer["reason_en"].split()) > 8


def test_a_reading_comes_back_whole(answers):
    for path in SAMPLES:
        reading = from_wire(answers[path.name])
        assert reading.status == "read"
        assert len(reading.cells) == len({(cell.sheet, cell.cell) for cell in reading.cells})


def test_files_that_are_too_slow_end_one_by_one():
    """No child starts within a millisecond: each is ended and named, however fast the machine."""
    answers = list(read_files([ask_for(path) for path in SAMPLES[:2]], timeout_seconds=0.001))
    assert {answer["file_name"] for answer in answers} == {path.name for path in SAMPLES[:2]}
    for answer in answers:
        assert (answer["status"], answer["reason"]) == ("rejected", "reading.too_slow")


def test_a_file_that_needs_too_much_memory_ends_alone(tmp_path):
    """Within every guard, yet half a million different texts."""
    texts = "".join(f"<row><c t='str'><v>{i:06d}{'x' * 40}</v></c></row>" for i in range(300_000))
    with_part(tmp_path / "hungry.xlsx", SHEET1, sheet(texts))
    requests = [ask_for(tmp_path / "hungry.xlsx"), ask_for(SAMPLES[0])]
    hungry, good = read_files(requests, workers=1, memory_bytes=160 << 20)
    assert (hungry["status"], hungry["reason"]) == ("rejected", "reading.too_much_memory")
    assert good["status"] == "read"


def test_a_child_that_dies_is_named(corpus):
    child = ChildProcess(timeout_seconds=60)
    request = {"path": str(corpus["countless_cells"]), "file_name": "a", "sha256": "b"}
    killer = threading.Timer(0.5, os.kill, (child.pid, signal.SIGSEGV))
    killer.start()
    with pytest.raises(ChildEnded) as end:
        child.ask(json.dumps({**request, "reporter": ""}).encode())
    child.stop()
    assert (end.value.reason, end.value.facts) == ("reading.child_died", {"how": "SIGSEGV"})


def test_children_are_replaced_after_a_batch():
    requests = [ask_for(path) for path in SAMPLES]
    answers = list(read_files(requests, workers=1, batch=2))
    assert [answer["status"] for answer in answers] == ["read"] * len(SAMPLES)


def test_a_kept_child_reads_the_next_batch_and_ends_with_the_keeping():
    before = children_of_this_process()
    with children_kept():
        list(read_files([ask_for(SAMPLES[0])], workers=1))
        kept = children_of_this_process() - before
        list(read_files([ask_for(SAMPLES[1])], workers=1))
        assert children_of_this_process() - before == kept
        assert len(kept) == 1
    assert children_of_this_process() == before


def children_of_this_process() -> set[str]:
    """By each process's own word on its parent: threads end while one looks through them."""
    found = set()
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            parent = stat.read_text().rpartition(")")[2].split()[1]
        except OSError:
            continue  # a process that ended while we looked is none that is kept
        if parent == str(os.getpid()):
            found.add(stat.parent.name)
    return found


def test_no_file_no_answer():
    assert list(read_files([])) == []


def test_a_caller_who_stops_early_leaves_no_worker_behind():
    before = threading.active_count()
    answers = read_files([ask_for(path) for path in SAMPLES], workers=2)
    next(answers)
    answers.close()
    assert threading.active_count() == before
