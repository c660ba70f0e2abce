"""What brute force over the drawn figures finds broken, the judge flags; and nothing else."""

import random

from bench.locate import fails_by_arithmetic, is_visible
from bench.made_tables import MadeWorkbook, make_tables, store
from bench.slipping import slip
from expectations.locate.loading import load_graphs
from expectations.relations import judge
from tests.generator.layouts import LAYOUTS
from warehouse.database import open_memory

SEED = 77_001
KINDS = ("one_digit", "transposed", "separator", "copied", "swapped")


def slipped_books() -> dict[str, tuple[MadeWorkbook, bool]]:
    """Every layout with two slips of its own, and whether any relation can see them."""
    rng = random.Random(SEED)
    books = {}
    for place, layout in enumerate(LAYOUTS):
        right = make_tables(layout, SEED)
        for kind in (KINDS[place % 5], KINDS[(place + 2) % 5]):
            wrong, changed = slip(rng, right, kind)
            if changed:
                books[f"{layout}-{kind}"] = (wrong, is_visible(right, wrong))
    return books


def test_the_judge_flags_what_brute_force_sees_and_nothing_else() -> None:
    books = slipped_books()
    with open_memory() as connection:
        store(connection, {name: book for name, (book, _) in books.items()})
        judge(connection, list(books))
        graphs = load_graphs(connection, list(books))
    flagged = {
        name for name, graph in graphs.items() if any(map(fails_by_arithmetic, graph.relations))
    }
    visible = {name for name, (_, seen) in books.items() if seen}
    assert flagged == visible
    assert len(visible) > 25
    assert len(books) - len(visible) > 2
