"""``python -m embedded_redshift`` prints what is covered; with the README's path it brings the README up to date."""

from __future__ import annotations

import sys
from pathlib import Path

from embedded_redshift.coverage import PARTS, updated


def main(arguments: list[str]) -> None:
    """Prints the tables, or writes them into the files that are named."""
    for path in map(Path, arguments):
        path.write_text(updated(path.read_text(encoding="utf-8")), encoding="utf-8")
    if not arguments:
        print("\n\n".join(make() for make in PARTS.values()))


if __name__ == "__main__":
    main(sys.argv[1:])
