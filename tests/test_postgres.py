"""The PostgreSQL that tests are given: empty databases, gone when the tests end."""

from pathlib import Path

import pytest

from tests.postgres import Postgres, find_programs, running

pytestmark = pytest.mark.postgres


def test_each_test_gets_a_database_of_its_own(postgres: Postgres) -> None:
    first, second = postgres.new_database(), postgres.new_database()
    postgres.ask(first, "CREATE TABLE kept (one INTEGER)")
    assert postgres.ask(first, "SELECT count(*) FROM kept") == "0"
    assert postgres.ask(second, "SELECT to_regclass('kept') IS NULL") == "t"


def test_a_server_leaves_nothing(postgres: Postgres) -> None:
    programs = find_programs()
    assert programs == postgres.programs
    with running(postgres.programs) as server:
        assert server.port != postgres.port
        database = server.new_database()
        folder = Path(server.ask(database, "SHOW data_directory"))
        assert folder.exists()
    assert not folder.parent.exists()
