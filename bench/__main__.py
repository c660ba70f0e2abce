"""The benches by name: `python -m bench` lists them, `python -m bench night` runs one."""

import ast
import runpy
import sys
from pathlib import Path

ROOM = Path(__file__).parent


def main(arguments: list[str]) -> None:
    """List the benches, or run the one that is named with the options that follow."""
    benches = find_benches()
    if not arguments:
        for name, purpose in benches.items():
            print(f"python -m bench {name:10} {purpose}")
        return
    name = arguments[0]
    if name not in benches:
        sys.exit(f"There is no bench {name!r}; there are {', '.join(benches)}.")
    sys.argv = [f"bench {name}", *arguments[1:]]
    runpy.run_module(f"bench.{name}", run_name="__main__")


def find_benches() -> dict[str, str]:
    """Every module of this room that can be run, with its opening sentence."""
    benches = {}
    for path in sorted(ROOM.glob("*.py")):
        text = path.read_text("utf-8")
        if path.name != "__main__.py" and '__name__ == "__main__"' in text:
            benches[path.stem] = (ast.get_docstring(ast.parse(text)) or "").split("\n")[0]
    return benches


if __name__ == "__main__":
    main(sys.argv[1:])
