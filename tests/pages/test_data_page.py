"""Data: an admin brings files, sees what they hold, decides, tries, loads, and takes it back; nobody else can."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from jobrec_ui.data.versions import data_version
from jobrec_ui.settings import settings
from jobrec_ui.warehouse import Warehouse
from tests.foreign_export import FILES, write_export
from tests.pages.app_steps import press, run_until, said

OpenPage = Callable[..., AppTest]


@pytest.fixture(scope="module")
def own_installation(make_installation: Callable[..., Any], reach: Any) -> Any:
    """One installation for all tests of this file, which leave it as they found it."""
    return make_installation(reach)


@pytest.fixture
def installation(own_installation: Any, monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    """The file's installation, with the settings of this process pointing to it."""
    monkeypatch.setenv("JOBREC_HOME", str(own_installation.home))
    monkeypatch.setenv("JOBREC_WAREHOUSE", own_installation.warehouse_url)
    monkeypatch.delenv("JOBREC_USERS", raising=False)
    settings.cache_clear()
    yield own_installation
    settings.cache_clear()


@pytest.fixture
def export(tmp_path: Path) -> Path:
    """A folder with the files of another system."""
    write_export(tmp_path, vacancies=12, people=40)
    return tmp_path


def bring(app: AppTest, folder: Path) -> AppTest:
    app.text_input(key="import_folder_0").set_value(str(folder)).run()
    assert not app.exception
    return app


def test_recruiters_have_no_such_page(open_page: OpenPage) -> None:
    app = open_page("data")
    assert not [one for one in app.text_input if one.label == "Folder"]
    assert "Import files" not in said(app)


@pytest.mark.over_the_wire
def test_from_files_to_lists_and_back(open_page: OpenPage, warehouse: Warehouse, export: Path) -> None:
    before = data_version(warehouse)
    assert before is not None
    app = bring(open_page("data", role="admin"), export)
    for name in FILES:
        assert name.split(".")[0] in said(app)
    assert "Taken for stages that people reached on postings" in said(app)
    press(app, "import_check")
    run_until(app, "**12 new postings, 40 new people")
    assert data_version(warehouse) == before
    press(app, "import_load")
    run_until(app, "Loaded: 12 new postings, 40 new people")
    loaded = data_version(warehouse)
    assert loaded is not None
    assert (loaded.postings - before.postings, loaded.candidates - before.candidates) == (12, 40)

    assert "added 12 postings, 40 people and " in said(app)
    press(app, "undo_load_sure")
    run_until(app, "The last load is taken back.")
    now = data_version(warehouse)
    assert now is not None
    assert (now.postings, now.candidates, now.interactions) == (
        before.postings,
        before.candidates,
        before.interactions,
    )


def test_a_column_is_used_for_something_else(open_page: OpenPage, export: Path) -> None:
    app = bring(open_page("data", role="admin"), export)
    choice = next(one for one in app.selectbox if one.label == "What the column Department is used for")
    assert choice.value == ("postings.area",)
    choice.set_value(("postings.company",)).run()
    assert not app.exception
    changed = next(one for one in app.selectbox if one.label == "What the column Department is used for")
    assert changed.value == ("postings.company",)


def test_what_is_needed_and_not_there_is_said(open_page: OpenPage, export: Path) -> None:
    app = bring(open_page("data", role="admin"), export)
    choice = next(one for one in app.selectbox if one.label == "What the column Job Name is used for")
    choice.set_value(()).run()
    assert "It lacks what is needed" in said(app)
    assert app.button(key="import_check").disabled


def test_words_for_stages_are_decided(open_page: OpenPage, export: Path) -> None:
    file = export / FILES[2]
    file.write_bytes(file.read_bytes().replace(b"Phone Screen", b"Kaffee"))
    app = bring(open_page("data", role="admin"), export)
    assert "Please say what these words of yours mean" in said(app)
    choice = next(one for one in app.selectbox if one.label == "What Kaffee means")
    choice.set_value("shortlisted").run()
    assert not app.exception
    press(app, "import_check")
    run_until(app, "**12 new postings")
    assert "cannot be taken" not in said(app)


def test_a_folder_that_is_not_there(open_page: OpenPage, tmp_path: Path) -> None:
    app = bring(open_page("data", role="admin"), tmp_path / "nowhere")
    assert "is not there, or the app may not read it" in said(app)
