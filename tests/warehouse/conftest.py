"""An sql/ directory of a test's own."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from jobrec_ui.warehouse import sqlfiles


@pytest.fixture
def sql_root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[str, str], None]]:
    """Writes SQL files; the named statements come from them until the test ends."""
    root = tmp_path / "sql"
    shutil.copytree(sqlfiles.SQL_ROOT / "session", root / "session")  # what every use of a connection needs
    monkeypatch.setattr(sqlfiles, "SQL_ROOT", root)
    sqlfiles.read.cache_clear()

    def write(name: str, text: str) -> None:
        path = root / f"{name}.sql"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")

    yield write
    sqlfiles.read.cache_clear()
