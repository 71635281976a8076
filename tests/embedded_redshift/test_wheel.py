"""The wheel: built, installed by itself into a new environment beside nothing but what it asks for, and used there."""

import importlib.metadata
import os
import re
import subprocess
import sys
import venv
import zipfile
from pathlib import Path

import pytest

from tests.embedded_redshift.conftest import ROOT
from tests.embedded_redshift.test_alone import SCRIPT

PACKAGE = ROOT / "embedded_redshift"
_NAME = re.compile(r"[A-Za-z0-9._-]+")

pytestmark = [pytest.mark.process, pytest.mark.training]


@pytest.fixture(scope="module")
def wheel(tmp_path_factory):
    """The wheel, built from the package's folder."""
    folder = tmp_path_factory.mktemp("wheel")
    _run([sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)], PACKAGE)
    [found] = folder.glob("*.whl")
    return found


@pytest.fixture(scope="module")
def python(wheel, tmp_path_factory):
    """The Python of a new environment with the wheel, what it asks for, what that asks for, and pytest; no more.

    What the wheel asks for is not fetched again: it is linked from this environment.
    """
    home = tmp_path_factory.mktemp("environment")
    venv.create(home, with_pip=True)
    python = home / "bin" / "python"
    [packages] = home.glob("lib/python*/site-packages")
    metadata = zipfile.ZipFile(wheel).read(next(n for n in zipfile.ZipFile(wheel).namelist() if n.endswith("METADATA")))
    for name in _closure([*re.findall(r"^Requires-Dist: ([\w.-]+)", metadata.decode(), re.MULTILINE), "pytest"]):
        _link(importlib.metadata.distribution(name), packages)
    _run([str(python), "-m", "pip", "install", "--quiet", "--no-index", str(wheel)], home)
    return python


def _closure(names):
    """These distributions and all that they need, as far as they are installed here."""
    found, open_names = set(), list(names)
    while open_names:
        name = re.sub(r"[-_.]+", "-", open_names.pop()).lower()
        try:
            needs = importlib.metadata.requires(name) or []
        except importlib.metadata.PackageNotFoundError:
            continue
        if name not in found:
            found.add(name)
            open_names += [_NAME.match(need)[0] for need in needs if "extra ==" not in need]
    return found


def _link(distribution, packages):
    """Links what the distribution put into site-packages."""
    for top in {Path(file).parts[0] for file in distribution.files if Path(file).parts[0] not in ("..", "__pycache__")}:
        target = Path(distribution.locate_file(top))
        if target.exists() and not (packages / top).exists():
            (packages / top).symlink_to(target)


def _run(command, folder):
    environment = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
    done = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, timeout=300)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def test_it_has_every_file_of_the_package(wheel):
    there = {name for name in zipfile.ZipFile(wheel).namelist() if ".dist-info/" not in name}
    wanted = {str(file.relative_to(ROOT)) for kind in ("py", "sql", "txt") for file in PACKAGE.rglob(f"*.{kind}")}
    assert there == wanted | {"embedded_redshift/py.typed"}


def test_it_trains_and_scores_there(python, tmp_path):
    assert _run([str(python), "-c", SCRIPT], tmp_path).splitlines() == ["600 True", "1.0"]


def test_the_app_and_what_only_the_app_needs_are_not_there(python, tmp_path):
    script = "import importlib.util as u; print([n for n in ('jobrec_ui', 'streamlit', 'faker') if u.find_spec(n)])"
    assert _run([str(python), "-c", script], tmp_path) == "[]\n"


def test_sqlalchemy_knows_the_address_without_an_import(python, tmp_path):
    script = "import sqlalchemy as sa; print(sa.create_engine('redshift+local:///a.duckdb').dialect.name)"
    assert _run([str(python), "-c", script], tmp_path) == "redshift\n"


def test_pytest_has_the_fixtures(python, tmp_path):
    (tmp_path / "test_theirs.py").write_text(
        "import sqlalchemy as sa\n\n"
        "def test_theirs(redshift_engine):\n"
        "    with redshift_engine.connect() as connection:\n"
        "        assert connection.execute(sa.text('SELECT 7 / 2')).scalar() == 3\n"
    )
    assert "1 passed" in _run([str(python), "-m", "pytest", "-q", "-p", "no:cacheprovider"], tmp_path)


def test_the_shell_is_there(python, tmp_path):
    printed = _run([str(python), "-m", "embedded_redshift", "a.duckdb", "-c", "SELECT 7 / 2 AS n"], tmp_path)
    assert printed.startswith("n\n-\n3\n")


def test_type_checkers_see_its_types(python, wheel, tmp_path):
    (tmp_path / "theirs.py").write_text(
        "from embedded_redshift import dbapi\n\nreveal_type(dbapi.connect('a').cursor().fetchone())\ndbapi.connect(7)\n"
    )
    command = [sys.executable, "-m", "mypy", "--python-executable", str(python), "--follow-imports=silent", "theirs.py"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, timeout=300)
    assert 'Revealed type is "tuple[Any, ...] | None"' in done.stdout.replace("builtins.", "")
    assert 'incompatible type "int"; expected "str"' in done.stdout
