"""Our own YAML files, read by libyaml where it is there: a tenth of the time of pure Python."""

from pathlib import Path
from typing import Any


def read_yaml(path: Path) -> Any:
    """What a file says; tags that make other than plain values are refused, as by `safe_load`."""
    import yaml  # noqa: PLC0415, a refused workbook and a judged night may never need it

    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    return yaml.load(path.read_text(encoding="utf-8"), Loader=loader)  # noqa: S506, both are safe
