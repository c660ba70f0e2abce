"""What tests of several rooms share."""

from collections.abc import Iterator

import pytest

from tests.postgres import Postgres, find_programs, running


@pytest.fixture(scope="session")
def postgres() -> Iterator[Postgres]:
    """A PostgreSQL server; a test makes its own database in it with `new_database()`.

    Where PostgreSQL is not installed the test is skipped; `.ci/run` installs it.
    """
    programs = find_programs()
    if programs is None:
        pytest.skip("PostgreSQL is not installed (Debian: apt-get install postgresql)")
    with running(programs) as server:
        yield server
