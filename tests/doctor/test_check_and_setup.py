"""`check` and `setup` on the embedded warehouse: what is missing is found with what mends it."""

import re
import shutil

import pytest
import sqlalchemy as sa

from jobrec_ui import cli, doctor, setup
from jobrec_ui.data.tables import TABLES
from jobrec_ui.doctor import deep
from jobrec_ui.errors import WarehouseError
from jobrec_ui.settings import ROOT, local_url, settings
from jobrec_ui.warehouse import Warehouse, sqlfiles
from jobrec_ui.warehouse.dialect import RedshiftDialect

VIEWS = ROOT / "docs" / "views" / "hiring_views.sql"


@pytest.fixture
def url(tmp_path, monkeypatch):
    monkeypatch.setenv("JOBREC_HOME", str(tmp_path))
    settings.cache_clear()
    yield f"redshift+local:///{tmp_path}/warehouse.duckdb"
    settings.cache_clear()


@pytest.fixture
def wh(url):
    warehouse = Warehouse(url)
    yield warehouse
    warehouse.close()


@pytest.fixture
def ready(url, set_up_file, tmp_path):
    """The address of a warehouse after `setup`."""
    shutil.copyfile(set_up_file, tmp_path / "warehouse.duckdb")
    return url


def findings(wh):
    found = doctor.examine(wh, lambda text: None)
    return {one.subject: one for one in found}


def run(wh, text):
    with wh.transaction() as tx:
        for statement in sqlfiles.split(text):
            tx.connection.execute(sa.text(statement))


def test_an_empty_warehouse_lacks_everything(wh):
    found = findings(wh)
    assert found["Tables of hiring"].state == "wrong"
    assert "hiring.postings" in found["Tables of hiring"].detail
    assert found["Tables of hiring"].remedy == "python -m jobrec_ui setup"
    with pytest.raises(WarehouseError, match="wrong"):
        doctor.conclude(list(found.values()))


def test_after_setup_nothing_is_wrong_and_looking_changes_nothing(ready, wh):
    tables = setup.known_tables(wh)
    found = findings(wh)
    assert setup.known_tables(wh) == tables
    assert {one.subject for one in found.values() if one.state == "wrong"} == set()
    assert found["Columns of hiring.postings"].state == "ok"
    assert found["Roles"].state == "ok"
    assert doctor.conclude(list(found.values())) == "Nothing is wrong."


def test_setting_up_again_changes_nothing(ready, wh):
    tables, roles = setup.known_tables(wh), setup.known_roles(wh)
    setup.set_up(wh)
    assert setup.known_tables(wh) == tables
    assert setup.known_roles(wh) == roles == {"jobrec_recruiter", "jobrec_admin"}


def test_the_recruiters_role_appends_and_reads_and_no_more():
    granted = COMMENTS.sub("", sqlfiles.read("setup/grant_recruiter"))
    verbs = set(re.findall(r"\b(SELECT|INSERT|UPDATE|DELETE|CREATE|DROP|ALL(?! TABLES))\b", granted))
    assert verbs == {"SELECT", "INSERT"}
    assert re.findall(r"INSERT ON ALL TABLES IN SCHEMA (\w+)", granted) == ["app"]
    assert "demographics" not in granted
    admin = sqlfiles.read("setup/grant_admin")
    assert "IN SCHEMA app" not in admin  # nothing is taken out of what is append-only


COMMENTS = re.compile(r"--[^\n]*")


def test_printing_is_the_same_sql(capsys, monkeypatch):
    assert cli.main(["setup", "--print"]) == 0
    printed = capsys.readouterr().out
    assert "CREATE TABLE IF NOT EXISTS app.decisions" in printed
    assert "CREATE ROLE jobrec_recruiter;" in printed
    assert "GRANT CREATE MODEL TO ROLE jobrec_admin;" in printed
    assert not re.search(r"\{\w+\}", printed)


def test_the_command_ends_with_an_error_while_something_is_wrong(url, capsys):
    assert cli.main(["check", "--warehouse", url]) == 2
    assert cli.main(["setup", "--warehouse", url]) == 0
    printed = capsys.readouterr()
    assert "mend:  python -m jobrec_ui setup" in printed.out
    assert "wrong; see above what mends it." in printed.err


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


class TestYourTables:
    @pytest.fixture(scope="class")
    def views_file(self, tmp_path_factory):
        """The file of a warehouse of a company with tables of its own, after `setup`."""
        path = tmp_path_factory.mktemp("views") / "warehouse.duckdb"
        wh = Warehouse(local_url(path))
        run(wh, YOURS)
        run(wh, VIEWS.read_text(encoding="utf-8"))
        setup.set_up(wh)
        wh.close()
        return path

    @pytest.fixture
    def views(self, wh, views_file, tmp_path):
        shutil.copyfile(views_file, tmp_path / "warehouse.duckdb")
        return wh

    def test_the_views_to_edit_are_what_is_needed(self, views):
        found = findings(views)
        assert [found[f"Columns of hiring.{name}"].state for name in TABLES] == ["ok"] * 4

    def test_a_column_of_another_type_is_found(self, views):
        text = VIEWS.read_text(encoding="utf-8").split("CREATE VIEW hiring.candidates")[0]
        wrong = text.replace("CAST(j.published_on AS DATE) AS opened_at", "CAST(1 AS INTEGER) AS opened_at")
        run(views, "DROP VIEW hiring.postings;" + wrong)
        found = findings(views)["Columns of hiring.postings"]
        assert found.state == "wrong"
        assert "opened_at is integer, expected DATE" in found.detail
        assert "CAST(opened_at AS DATE)" in found.remedy

    def test_a_column_that_is_missing_is_found(self, views):
        text = VIEWS.read_text(encoding="utf-8").split("CREATE VIEW hiring.candidates")[0]
        run(views, "DROP VIEW hiring.postings;" + re.sub(r"    CAST\(j.job_text.*\n", "", text))
        found = findings(views)["Columns of hiring.postings"]
        assert (found.state, "description" in found.detail) == ("wrong", True)

    def test_keys_that_repeat_and_unknown_stages_are_found(self, views):
        run(views, "INSERT INTO your_schema.jobs (job_number, job_title) VALUES (1, 'a'), (1, 'b'), (NULL, 'c');"
                   "INSERT INTO your_schema.applications VALUES (1, 1, 'Hired', '2026-01-02');"
                   "DELETE FROM hiring.stages WHERE stage = 'hired'")  # fmt: skip
        found = findings(views)
        assert "1 rows repeat" in found["Keys of hiring.postings"].detail
        assert "hired (1)" in found["Stages"].detail


def test_types_have_redshifts_words():
    words = [RedshiftDialect().type_word(code) for code in (1043, 701, 16, 1082, 1114, 23, 99)]
    assert words == ["varchar", "double precision", "boolean", "date", "timestamp", "integer", "type 99"]


def test_the_deep_trials_on_the_embedded_warehouse(ready, wh):
    before = setup.known_tables(wh)
    found = list(deep.look(wh, poll_seconds=0.1, leave_after=0.2))
    assert [(one.subject, one.state) for one in found] == [
        ("Rows through staging", "ok"),
        ("Leaving a query", "ok"),
        ("Trial training", "ok"),
    ]
    assert setup.known_tables(wh) == before
