"""The borders between packages (pyproject.toml) hold, and what crosses one makes `make lint` fail."""

import ast
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from jobrec_ui.settings import ROOT

pytestmark = pytest.mark.process

CHECKED = ("embedded_redshift", "jobrec_ui", "pages")


@pytest.fixture(scope="module")
def checkout(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The code as it is, to write into."""
    folder = tmp_path_factory.mktemp("checkout")
    for name in CHECKED:
        shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copyfile(ROOT / "pyproject.toml", folder / "pyproject.toml")
    return folder


def lint(folder: Path) -> subprocess.CompletedProcess[str]:
    """What `make lint` does about imports."""
    command = [str(Path(sys.executable).with_name("lint-imports")), "--no-cache", "--no-logo"]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True)


def test_every_border_holds(checkout: Path) -> None:
    done = lint(checkout)
    assert done.returncode == 0, done.stdout
    assert " 0 broken" in done.stdout


@pytest.mark.parametrize(
    ("file", "line", "broken"),
    [
        ("jobrec_ui/matching/lookup.py", "import embedded_redshift", "do not know each other"),
        ("embedded_redshift/errors.py", "from jobrec_ui import errors", "do not know each other"),
        ("jobrec_ui/warehouse/values.py", "def f():\n    from jobrec_ui.desk import marks", "Imports point down"),
        ("jobrec_ui/web/text.py", "from jobrec_ui.commands import cli", "Imports point down"),
        (
            "jobrec_ui/models/gate.py",
            "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    from jobrec_ui.matching import ranking",
            "Imports point down",
        ),
        ("jobrec_ui/access/audit.py", "from jobrec_ui.access import blind_review", "No circles"),
        ("jobrec_ui/desk/news.py", "import streamlit", "Only web imports Streamlit"),
        ("pages/recruiter/home.py", "from jobrec_ui.desk import news", "Pages import web alone"),
    ],
)
def test_what_crosses_a_border_is_found(checkout: Path, file: str, line: str, broken: str) -> None:
    path = checkout / file
    before = path.read_text(encoding="utf-8")
    try:
        path.write_text(f"{before}\n{line}\n", encoding="utf-8")
        done = lint(checkout)
    finally:
        path.write_text(before, encoding="utf-8")
    assert done.returncode == 1
    verdicts = re.findall(r"([A-Z].*?) (KEPT|BROKEN)", " ".join(done.stdout.split()))
    assert [name for name, verdict in verdicts if verdict == "BROKEN" and broken in name]


def test_the_entry_page_imports_web_alone() -> None:
    tree = ast.parse((ROOT / "streamlit_app.py").read_text(encoding="utf-8"))
    modules = {node.module for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    assert {module for module in modules if module.startswith("jobrec_ui")} - {"jobrec_ui.web"} == {
        module for module in modules if module.startswith("jobrec_ui.web.")
    }
