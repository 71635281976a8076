"""Tables of a company's own, read through views: `check`, `setup`, `refresh` and `load` on them, over the wire."""

import re
import shutil
from pathlib import Path

import pytest
import sqlalchemy as sa
from redshift_wire.harm import refuse
from redshift_wire.refusals import RefusedError

from jobrec_ui import matching
from jobrec_ui.commands import cli
from jobrec_ui.commands.doctor import database
from jobrec_ui.data.tables import TABLES
from jobrec_ui.data.versions import data_version
from jobrec_ui.settings import ROOT, local_url, settings
from jobrec_ui.warehouse import Warehouse, setup, sqlfiles

VIEWS = ROOT / "docs" / "views" / "hiring_views.sql"

YOURS = """
CREATE SCHEMA your_schema;
CREATE TABLE your_schema.jobs (
    job_number BIGINT, job_title VARCHAR(100), job_text VARCHAR(1000), client_name VARCHAR(9), department VARCHAR(9),
    city VARCHAR(9), state VARCHAR(9), country VARCHAR(9), level VARCHAR(9), contract VARCHAR(9),
    pay_from NUMERIC(9, 2), pay_to NUMERIC(9, 2), pay_currency VARCHAR(3), published_on DATE, filled_on DATE,
    job_state VARCHAR(9)
);
CREATE TABLE your_schema.people (person_number BIGINT, first_name VARCHAR(9), last_name VARCHAR(9), email VARCHAR(9),
    phone VARCHAR(9), current_role VARCHAR(9), resume_text VARCHAR(9), skill_list VARCHAR(9), city VARCHAR(9),
    state VARCHAR(9), country VARCHAR(9), years_of_work INTEGER, came_from VARCHAR(9), changed_at TIMESTAMP);
CREATE TABLE your_schema.applications (job_number BIGINT, person_number BIGINT, step VARCHAR(30), step_at TIMESTAMP);
CREATE TABLE your_schema.declared (person_number BIGINT, declared_gender VARCHAR(9));
"""


def run(wh, text):
    with wh.transaction() as tx:
        for statement in sqlfiles.split(text):
            tx.connection.execute(sa.text(statement))


@pytest.fixture(scope="module")
def views_file(tmp_path_factory):
    """The file of such a company's warehouse, after `setup`."""
    path = tmp_path_factory.mktemp("views") / "warehouse.duckdb"
    wh = Warehouse(local_url(path))
    run(wh, YOURS)
    run(wh, VIEWS.read_text(encoding="utf-8"))
    setup.set_up(wh)
    wh.close()
    return path


@pytest.fixture
def server(make_server, views_file, tmp_path):
    return make_server(Path(shutil.copyfile(views_file, tmp_path / "views.duckdb")))


@pytest.fixture
def wh(server, monkeypatch, tmp_path):
    monkeypatch.setenv("JOBREC_HOME", str(tmp_path))
    monkeypatch.setenv("JOBREC_WAREHOUSE", server.url())
    settings.cache_clear()
    warehouse = Warehouse(server.url())
    yield warehouse
    warehouse.close()
    settings.cache_clear()


def findings(wh):
    return {one.subject: one for one in database.look(wh)}


def test_the_views_to_edit_are_what_is_needed(wh):
    found = findings(wh)
    assert [found[f"Columns of hiring.{name}"].state for name in TABLES] == ["ok"] * 4


def test_a_column_of_another_type_is_found(wh):
    text = VIEWS.read_text(encoding="utf-8").split("CREATE VIEW hiring.candidates")[0]
    wrong = text.replace("CAST(j.published_on AS DATE) AS opened_at", "CAST(1 AS INTEGER) AS opened_at")
    run(wh, "DROP VIEW hiring.postings;" + wrong)
    found = findings(wh)["Columns of hiring.postings"]
    assert found.state == "wrong"
    assert "opened_at is integer, expected DATE" in found.detail
    assert "CAST(opened_at AS DATE)" in found.remedy


def test_a_column_that_is_missing_is_found(wh):
    text = VIEWS.read_text(encoding="utf-8").split("CREATE VIEW hiring.candidates")[0]
    run(wh, "DROP VIEW hiring.postings;" + re.sub(r"    CAST\(j.job_text.*\n", "", text))
    found = findings(wh)["Columns of hiring.postings"]
    assert (found.state, "description" in found.detail) == ("wrong", True)


def test_keys_that_repeat_and_unknown_stages_are_found(wh):
    run(wh, "INSERT INTO your_schema.jobs (job_number, job_title) VALUES (1, 'a'), (1, 'b'), (NULL, 'c');"
               "INSERT INTO your_schema.applications VALUES (1, 1, 'Hired', '2026-01-02');"
               "DELETE FROM hiring.stages WHERE stage = 'hired'")  # fmt: skip
    found = findings(wh)
    assert "1 rows repeat" in found["Keys of hiring.postings"].detail
    assert "hired (1)" in found["Stages"].detail


def test_an_admin_who_may_make_no_schema_refreshes_and_files_are_refused(wh, server, tmp_path, capsys):
    """`setup` has made all schemas: the admins' role has no CREATE on the database, and needs none."""
    server.harm("CREATE SCHEMA", refuse(RefusedError("42501", "permission denied for database dev")), times=99)
    run(wh, "INSERT INTO your_schema.jobs (job_number, job_title, job_text) VALUES (1, 'Cook', 'Cooks soup'), "
            "(2, 'Nurse', 'Cares');"
            "INSERT INTO your_schema.people (person_number, first_name, last_name, skill_list) "
            "VALUES (7, 'Ann', 'A', 'soup'), (8, 'Bob', 'B', 'care');"
            "INSERT INTO your_schema.applications VALUES (1, 7, 'Hired', '2026-01-02')")  # fmt: skip
    assert cli.main(["refresh"]) == 0
    version = data_version(wh)
    assert (version.version, version.postings, version.candidates, version.interactions) == (1, 2, 2, 1)
    assert list(matching.find_candidates(wh, "", 5)["name"]) == ["Ann A", "Bob B"]

    folder = tmp_path / "files"
    folder.mkdir()
    (folder / "postings.csv").write_text("posting_id,title\n3,Driver\n")
    assert cli.main(["load", str(folder)]) == cli.ERROR
    assert capsys.readouterr().err.splitlines()[-1] == (
        "hiring.postings is a view on the company's own tables, so no file can be loaded into it. "
        "`python -m jobrec_ui refresh` reads what the views show."
    )
    assert data_version(wh).version == 1
