"""YAML files whose errors name file, line and remedy: every value is a quoted text."""

from dataclasses import dataclass, field
from pathlib import Path

import yaml

_BARE = {
    "tag:yaml.org,2002:int": "a number",
    "tag:yaml.org,2002:float": "a number",
    "tag:yaml.org,2002:bool": "yes or no",
    "tag:yaml.org,2002:timestamp": "a date",
}


class FormError(ValueError):
    """A form that cannot be used; the message names file, line and remedy."""


@dataclass(frozen=True, slots=True)
class Text:
    """A value with the place it was written at."""

    value: str
    where: str

    def wrong(self, what: str) -> FormError:
        """The error that this value causes."""
        return FormError(f"{self.where}: {what}")


@dataclass(slots=True)
class Block:
    """A mapping of a file: texts, lists of texts, and lists of further blocks, by key."""

    where: str
    texts: dict[str, Text] = field(default_factory=dict)
    lists: dict[str, list[Text]] = field(default_factory=dict)
    blocks: dict[str, list["Block"]] = field(default_factory=dict)

    def wrong(self, what: str) -> FormError:
        """The error that this block causes."""
        return FormError(f"{self.where}: {what}")

    def text(self, key: str) -> Text | None:
        """The text of a key; one left empty counts as absent."""
        found = self.texts.get(key)
        return found if found and found.value.strip() else None

    def needed(self, key: str) -> Text:
        """The text of a key that must be there; raises FormError."""
        found = self.text(key)
        if found is None:
            raise self.wrong(f'"{key}" is missing. Add a line {key}: "..."')
        return found

    def check_keys(self, known: list[str]) -> None:
        """Raises FormError for a key that means nothing here."""
        for key in (*self.texts, *self.lists, *self.blocks):
            if key not in known:
                raise self.wrong(f'"{key}" is no key here. Known are: {", ".join(known)}')


def read_block(path: Path) -> Block:
    """The file as a block; raises FormError."""
    try:
        node = yaml.compose(path.read_text(encoding="utf-8"), Loader=yaml.SafeLoader)
    except UnicodeDecodeError as error:
        raise FormError(f"{path.name}: not UTF-8 text. Save the file as UTF-8") from error
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        raise FormError(
            f"{path.name}:{line}: not YAML: {error.problem}. Check quotes, colons and indents"
        ) from error
    if not isinstance(node, yaml.MappingNode):
        raise FormError(f'{path.name}:1: no keys. Start the file with title: "..."')
    return _block(node, path.name)


def _block(node: yaml.MappingNode, file: str) -> Block:
    block = Block(_where(node, file))
    for key_node, value in node.value:
        key = str(key_node.value)
        if key in block.texts or key in block.lists or key in block.blocks:
            raise FormError(f'{_where(key_node, file)}: "{key}" stands twice. Keep one of them')
        if isinstance(value, yaml.ScalarNode):
            block.texts[key] = _text(value, file)
        elif isinstance(value, yaml.SequenceNode):
            _take_list(block, key, value, file)
        else:
            raise FormError(f'{_where(value, file)}: "{key}" needs a text or a list ("- ...")')
    return block


def _take_list(block: Block, key: str, value: yaml.SequenceNode, file: str) -> None:
    if all(isinstance(item, yaml.MappingNode) for item in value.value):
        block.blocks[key] = [_block(item, file) for item in value.value]
    elif all(isinstance(item, yaml.ScalarNode) for item in value.value):
        block.lists[key] = [_text(item, file) for item in value.value]
    else:
        raise FormError(f'{_where(value, file)}: the items of "{key}" are not all of one kind')


def _text(node: yaml.ScalarNode, file: str) -> Text:
    if node.tag in _BARE:
        kind = _BARE[node.tag]
        raise FormError(
            f"{_where(node, file)}: {node.value} is read as {kind}. "
            f'Put it in quotes: "{node.value}"'
        )
    return Text(str(node.value), _where(node, file))


def _where(node: yaml.Node, file: str) -> str:
    return f"{file}:{node.start_mark.line + 1}"
