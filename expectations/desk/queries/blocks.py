"""A shown sheet in blocks, each with the head that stays in sight while one scrolls through it."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from expectations.desk.publication import Row

MOST_HEAD_ROWS = 6
"""A taller head would fill the window that it stays in; only its last rows stay."""
HEADS = ("column head", "column head repeated at a page break")
STUBS = ("row label",)


def blocks_of(numbers: Sequence[int], cells: Iterable[Row]) -> list[tuple[list[int], list[int]]]:
    """The shown rows as blocks of head rows and body rows; the first block may have no head."""
    heads = head_rows(cells)
    blocks: list[tuple[list[int], list[int]]] = [([], [])]
    before = 0
    for number in numbers:
        if number in heads:
            follows = before in heads and not blocks[-1][1]
            if not follows:
                blocks.append(([], []))
            blocks[-1][0].append(number)
        else:
            blocks[-1][1].append(number)
        before = number
    return [_bounded(head, body) for head, body in _used(blocks)]


def head_rows(cells: Iterable[Row]) -> set[int]:
    """The rows that hold column heads and no figures."""
    said: dict[int, set[str]] = {}
    for cell in cells:
        kind = "figure" if cell["role"] == "observation" else cell["why"]
        said.setdefault(cell["row_number"], set()).add(kind)
    return {row for row, kinds in said.items() if kinds & {*HEADS} and "figure" not in kinds}


def stub_of(rows: Sequence[int], cells: Iterable[Row]) -> int:
    """The column of a block whose labels name its rows, which stays in sight; 0 without one."""
    own = [cell for cell in cells if cell["row_number"] in set(rows)]
    figures = [cell["column_number"] for cell in own if cell["role"] == "observation"]
    labels = Counter(cell["column_number"] for cell in own if cell["why"] in STUBS)
    left = {
        column: count for column, count in labels.items() if not figures or column < min(figures)
    }
    return max(left, key=lambda column: (left[column], column), default=0)


def _used(blocks: list[tuple[list[int], list[int]]]) -> Iterator[tuple[list[int], list[int]]]:
    return (block for block in blocks if block[0] or block[1])


def _bounded(head: list[int], body: list[int]) -> tuple[list[int], list[int]]:
    """A head of no more rows than may stay; those above them are rows like others."""
    kept = head[-MOST_HEAD_ROWS:]
    return (kept, body) if len(kept) == len(head) else ([], [*head, *body])
