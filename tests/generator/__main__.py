"""`python -m tests.generator --layout X --seed N --out FILE` and `... score --count 200`."""

import argparse
import csv
import sys
from pathlib import Path

from tests.generator.layouts import LAYOUTS, make_workbook


def main() -> None:
    """Write one workbook (its truth beside it), or score the reader on many."""
    parser = argparse.ArgumentParser(prog="python -m tests.generator", description=__doc__)
    parser.add_argument("command", nargs="?", choices=("make", "score"), default="make")
    parser.add_argument("--layout", choices=sorted(LAYOUTS), action="append")
    parser.add_argument("--seed", type=int, default=0, help="the first seed")
    parser.add_argument("--out", type=Path, default=Path("made.xlsx"))
    parser.add_argument("--count", type=int, default=100, help="workbooks in all")
    parser.add_argument("--faults", type=int, default=5, help="faults to show of each layout")
    asked = parser.parse_args()
    layouts = asked.layout or list(LAYOUTS)
    if asked.command == "score":
        score_all(layouts, asked.seed, asked.count, asked.faults)
        return
    book, truths, style = make_workbook(layouts[0], asked.seed)
    book.save(asked.out)
    print(style, file=sys.stderr)
    names = list(truths[0].__slots__)
    with asked.out.with_suffix(".csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(names)
        writer.writerows([getattr(truth, name) for name in names] for truth in truths)


def score_all(layouts: list[str], first: int, count: int, faults: int) -> None:
    """Read `count` workbooks spread over the layouts and print what came out."""
    # the reader is needed for scoring alone, not for making
    from tests.generator.score import Score, print_table, score_even_a_crash  # noqa: PLC0415

    scores: dict[str, Score] = {}
    for layout in layouts:
        scores[layout] = Score()
        for seed in range(first, first + max(1, count // len(layouts))):
            scores[layout].add(score_even_a_crash(layout, seed))
        for fault in scores[layout].faults[:faults]:
            print(fault)
    whole = Score()
    for score in scores.values():
        whole.add(score)
    print_table({**scores, "all": whole})


if __name__ == "__main__":
    main()
