"""One night without Prefect: land, read, store, judge, publish; every step may run again."""

import datetime as dt
import logging
import math
import os
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import ParamSpec, Protocol, TypeVar

from expectations.relations import FIGURES_AT_ONCE
from flows.closing import Seen
from flows.course import Course, count_rows
from flows.judging import Judged
from flows.last_night import keep_failed_night, keep_last_night
from flows.ledger import name_night
from flows.night import NightReport, night_lock
from flows.reading.pool import children_kept
from flows.receipts import Receipt
from flows.steps import (
    close_night,
    find_pending,
    judge,
    judge_ahead,
    judge_bundle,
    keep_judgement,
    load,
    pack_unjudged,
    read_batch,
    take_in,
)
from warehouse.migrations import utc_now
from warehouse.store import submission_id_of

logger = logging.getLogger("baophu.night")

LARGEST_BATCH = 100
"""Workbooks read by one task: Prefect's server costs some 60 ms a task, as much as two
workbooks; more only holds more memory."""

LARGEST_SPREAD = 25
"""Workbooks of a batch on another machine: what is read once more when the machine goes away."""

P = ParamSpec("P")
R = TypeVar("R")
T = TypeVar("T")


class Engine(Protocol):
    """What runs the steps of a night: plain calls, or Prefect's tasks.

    `places` is how many parcels are worked on at once; `is_spread`: on other machines.
    """

    @property
    def places(self) -> int: ...

    @property
    def is_spread(self) -> bool: ...

    def call(self, step: Callable[P, R], /, *args: P.args, **kwargs: P.kwargs) -> R:
        """Run one step and return its result."""
        ...

    def each(self, step: Callable[[T], R], parcels: Sequence[T], /) -> Iterator[R | Exception]:
        """Run a step over many parcels; a parcel whose step fails yields its exception."""
        ...


class PlainEngine:
    """Runs every step as a plain call, one after the other."""

    places = os.cpu_count() or 1
    is_spread = False

    def call(self, step: Callable[P, R], /, *args: P.args, **kwargs: P.kwargs) -> R:
        """Run one step and return its result."""
        return step(*args, **kwargs)

    def each(self, step: Callable[[T], R], parcels: Sequence[T], /) -> Iterator[R | Exception]:
        """Run a step over many parcels; the first fault of the machine ends the night."""
        for parcel in parcels:
            yield step(parcel)


def run_night(home: Path, inbox: Path, engine: Engine | None = None) -> NightReport:
    """One night over everything in the inbox and all that earlier nights left undone.

    Raises NightBusy when another night is at work in this home.
    """
    started_at = utc_now()
    with night_lock(home):
        try:
            report = _run(home, inbox, engine or PlainEngine(), started_at)
        except Exception as error:
            keep_failed_night(home, started_at, error)
            raise
        keep_last_night(home, report)
        return report


def _run(home: Path, inbox: Path, engine: Engine, started_at: dt.datetime) -> NightReport:
    course = Course(name_night(started_at))
    with course.step("landing"):
        logger.info("landing %s", inbox)
        landed = engine.call(take_in, home, inbox)
        pending = engine.call(find_pending, home, started_at)
    course.landed(landed)
    with children_kept():
        before, faults = _read_and_load(home, pending, engine, course)
    with course.step("judging"):
        logger.info("judging")
        if engine.is_spread:
            before = _judge_elsewhere(home, engine)
        judged = engine.call(judge, home, before)
    ids = {submission_id_of(receipt.sha256) for receipt in pending} | {*judged.submission_ids}
    seen = Seen(tuple(sorted(ids)), (*faults, *judged.faults))
    with course.step("publishing"):
        logger.info("publishing")
        report = engine.call(close_night, home, started_at, landed, seen)
    course.judged(report.submissions)
    return replace(report, seconds=tuple(course.seconds.items()))


def _read_and_load(
    home: Path, pending: Sequence[Receipt], engine: Engine, course: Course
) -> tuple[Judged, list[str]]:
    """Read in batches, load each as it comes, and judge what is loaded while more is read.

    Returns what is judged already, and the faults that left files unread. Where other machines
    read, they judge too, afterwards.
    """
    judged, faults = Judged(), []
    loaded = waiting = 0
    results = engine.each(read_batch, [(home, batch) for batch in _batches(pending, engine)])
    while True:
        with course.step("reading"):
            result = next(results, None)
        if result is None:
            break
        if isinstance(result, Exception):
            faults.append(f"{type(result).__name__}: {result}")
            continue
        figures = sum(count_rows(reading["observations"]) for reading in result)
        if waiting and waiting + figures > FIGURES_AT_ONCE and not engine.is_spread:
            with course.step("judging"):
                judged = engine.call(judge_ahead, home, judged)
            waiting = 0
        with course.step("loading"):
            engine.call(load, home, result)
        course.read(result)
        waiting += figures
        loaded += len(result)
        logger.info("read %d of %d workbooks", loaded, len(pending))
    return judged, faults


def _judge_elsewhere(home: Path, engine: Engine) -> Judged:
    """What other machines judged and is stored; what they leave is judged here afterwards."""
    ids: list[str] = []
    faults: list[str] = []
    bundles = engine.call(pack_unjudged, home, engine.places)
    for result in engine.each(judge_bundle, bundles):
        if isinstance(result, Exception):
            logger.warning("judged here, since elsewhere it failed: %s", result)
            continue
        engine.call(keep_judgement, home, result)
        ids += result.submission_ids
        faults += result.faults
    return Judged(tuple(ids), tuple(faults))


def _batches(pending: Sequence[Receipt], engine: Engine) -> Iterator[tuple[Receipt, ...]]:
    """The files in order of arrival, in batches that keep every place busy."""
    most = LARGEST_SPREAD if engine.is_spread else LARGEST_BATCH
    size = min(most, math.ceil(len(pending) / engine.places))
    for start in range(0, len(pending), size or 1):
        yield tuple(pending[start : start + size])
