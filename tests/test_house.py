"""The house rules that a machine can keep: names, sizes, docstrings, doors, help."""

import ast
import csv
import importlib.metadata
import re
import subprocess
import sys
import unicodedata
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
import typer.main

from expectations.rules.rule import load_rules
from flows.cli import app

ROOT = Path(__file__).resolve().parents[1]
ROOMS = ("flows", "expectations", "warehouse")
LONGEST_FILE = 300
LONGEST_FUNCTION = 60


def tracked(*patterns: str) -> list[Path]:
    """The files under version control, or about to be, that match the patterns."""
    command = ["git", "ls-files", "--cached", "--others", "--exclude-standard", "--", *patterns]
    listed = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    return [ROOT / line for line in listed.stdout.splitlines() if (ROOT / line).is_file()]


def sources() -> list[Path]:
    return tracked(*(f"{room}/*.py" for room in ROOMS))


@cache
def tree_of(path: Path) -> ast.Module:
    return ast.parse(path.read_text("utf-8"))


def relative(path: Path) -> str:
    return str(path.relative_to(ROOT))


def imports_of(path: Path) -> Iterator[str]:
    """Every module that a file imports, wherever in it."""
    for node in ast.walk(tree_of(path)):
        if isinstance(node, ast.Import):
            yield from (name.name for name in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module


def test_there_are_sources_to_look_at() -> None:
    assert {path.relative_to(ROOT).parts[0] for path in sources()} == set(ROOMS)


def test_no_module_shadows_another_package() -> None:
    """Prefect may put flows/ first on sys.path, pytest puts the folders of tests there."""
    taken = set(sys.stdlib_module_names) | set(importlib.metadata.packages_distributions())
    taken -= set(ROOMS)
    found = [
        relative(path)
        for path in [*tracked("flows/*.py"), *tracked("tests/*.py")]
        if path.parent == ROOT / "flows" or path.is_relative_to(ROOT / "tests")
        if path.stem in taken | set(ROOMS) and path.stem != "__init__"
    ]
    assert found == []


def test_no_two_test_files_share_a_name() -> None:
    names = [path.name for path in tracked("tests/*.py") if path.name not in {"conftest.py"}]
    assert sorted(names) == sorted(set(names))


def test_every_file_opens_with_its_subject() -> None:
    found = [
        relative(path)
        for path in tracked("*.py")
        if not (ast.get_docstring(tree_of(path)) or "").partition("\n")[0].strip().endswith(".")
    ]
    assert found == []


def test_no_file_outgrows_a_room() -> None:
    lengths = {relative(path): len(path.read_text("utf-8").splitlines()) for path in sources()}
    assert {name: length for name, length in lengths.items() if length > LONGEST_FILE} == {}


def test_no_function_outgrows_a_page() -> None:
    found = [
        f"{relative(path)}:{node.name} {node.end_lineno - node.lineno + 1}"
        for path in sources()
        for node in ast.walk(tree_of(path))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and node.end_lineno
        if node.end_lineno - node.lineno + 1 > LONGEST_FUNCTION
    ]
    assert found == []


def test_public_functions_say_what_they_mean() -> None:
    found = [
        f"{relative(path)}:{node.name}"
        for path in sources()
        for node in tree_of(path).body
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef)
        if not node.name.startswith("_") and not ast.get_docstring(node)
    ]
    assert found == []


def test_imports_are_absolute() -> None:
    found = [
        relative(path)
        for path in tracked("*.py")
        for node in ast.walk(tree_of(path))
        if isinstance(node, ast.ImportFrom) and node.level
    ]
    assert found == []


DOORS = {
    "great_expectations": ("expectations/suite",),
    "prefect": ("flows/",),
    "openpyxl": ("flows/",),
    "xlrd": ("flows/reading/",),
    "python_calamine": ("flows/reading/",),
}


@pytest.mark.parametrize(("package", "rooms"), DOORS.items())
def test_doors_are_kept(package: str, rooms: tuple[str, ...]) -> None:
    found = [
        relative(path)
        for path in sources()
        if not relative(path).startswith(rooms)
        if any(name.partition(".")[0] == package for name in imports_of(path))
    ]
    assert found == []


def test_only_one_door_opens_duckdb() -> None:
    found = {
        relative(path)
        for path in sources()
        for node in ast.walk(tree_of(path))
        if isinstance(node, ast.Attribute) and node.attr == "connect"
        if isinstance(node.value, ast.Name) and node.value.id == "duckdb"
    }
    assert found == {"warehouse/database.py"}


def test_reading_is_pure() -> None:
    forbidden = {"prefect", "duckdb", "great_expectations", "pandas", "sqlalchemy"}
    found = [
        relative(path)
        for path in tracked("flows/reading/*.py")
        if forbidden & {name.partition(".")[0] for name in imports_of(path)}
    ]
    assert found == []


def test_no_registry_is_named() -> None:
    """Where packages come from is the machine's business, not the project's."""
    hosts = ("pypi." + "org", "pythonhosted." + "org", "npmjs." + "org", "--index" + "-url")
    found = [
        relative(path)
        for path in tracked("*")
        if path.suffix not in {".xlsx", ".png", ".woff2"}
        for text in [path.read_text("utf-8", "replace")]
        if any(host in text.replace("--no-emit-index-url", "") for host in hosts)
    ]
    assert found == []


def plain(text: str) -> str:
    """Letters without marks, words without spaces between: `Hà Giang` and `ha_giang` agree."""
    folded = unicodedata.normalize("NFD", text.casefold().replace("đ", "d"))
    letters = "".join(sign for sign in folded if not unicodedata.combining(sign))
    return re.sub(r"[\s_\-]+", "", letters)


def sample_provinces() -> set[str]:
    """The provinces whose workbooks are samples, from the samples' own file names."""
    return {plain(path.name.split("_")[0]) for path in (ROOT / "raw" / "samples").glob("*.xlsx")}


def test_no_code_names_a_sample() -> None:
    names = sample_provinces()
    assert len(names) > 1
    found = [
        f"{relative(path)}: {node.value[:40]}"
        for path in sources()
        for node in ast.walk(tree_of(path))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
        if id(node) not in docstrings_of(path)
        if any(name in plain(node.value) for name in names)
    ]
    assert found == []


@cache
def docstrings_of(path: Path) -> frozenset[int]:
    """The nodes of a file that are docstrings: an example from a real sheet is welcome there."""
    owners = (ast.Module, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef, ast.Expr)
    return frozenset(
        id(first.value)
        for node in ast.walk(tree_of(path))
        if isinstance(node, owners) and not isinstance(node, ast.Expr)
        for first in node.body[:1]
        if isinstance(first, ast.Expr)
    )


def commands() -> Iterator[tuple[str, str]]:
    """Every command with its path and its help."""

    def walk(command: object, path: str) -> Iterator[tuple[str, str]]:
        yield path, str(getattr(command, "help", "") or "")
        for name, child in getattr(command, "commands", {}).items():
            yield from walk(child, f"{path} {name}")

    return walk(typer.main.get_command(app), "baophu")


def test_every_command_has_help_with_an_example() -> None:
    found = dict(commands())
    assert len(found) > 10
    lacking = [path for path, text in found.items() if not re.search(r"Example: baophu \w+", text)]
    assert lacking == []


def test_an_example_shows_its_own_command() -> None:
    wrong = [
        path
        for path, text in commands()
        if not re.search(rf"Example: {path}\b", text) and path != "baophu"
    ]
    assert wrong == []


def test_every_rule_is_told_in_both_languages() -> None:
    rules = load_rules()
    assert rules
    untold = [
        rule.rule_id
        for rule in rules
        if not all((rule.title_vi, rule.title_en, rule.sentence_vi, rule.sentence_en))
    ]
    assert untold == []


def test_code_lists_hold_each_code_once_at_a_time() -> None:
    for path in tracked("warehouse/codelists/*.csv"):
        with path.open(encoding="utf-8", newline="") as stream:
            rows = list(csv.DictReader(stream))
        key = next(iter(rows[0]))
        keys = [(row[key], row.get("level"), row.get("valid_from")) for row in rows]
        assert len(keys) == len(set(keys)), path.name
