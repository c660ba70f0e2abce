"""Our own YAML files mean the same to libyaml as to the reader in pure Python."""

from pathlib import Path

import pytest
import yaml

from expectations.yaml_files import read_yaml

ROOM = Path(__file__).parents[2] / "expectations"


@pytest.mark.parametrize("path", sorted(ROOM.rglob("*.yml")), ids=lambda path: str(path.name))
def test_every_file_is_read_alike(path: Path) -> None:
    assert read_yaml(path) == yaml.safe_load(path.read_text(encoding="utf-8"))


def test_nothing_is_made_but_plain_values(tmp_path: Path) -> None:
    file = tmp_path / "file.yml"
    file.write_text("made: !!python/object/apply:os.getcwd []\n", encoding="utf-8")
    with pytest.raises(yaml.YAMLError):
        read_yaml(file)
