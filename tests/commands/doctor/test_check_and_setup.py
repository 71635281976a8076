"""`check` and `setup` on the embedded warehouse: what is missing is found with what mends it."""

import re
import shutil

import pytest
import sqlalchemy as sa

from jobrec_ui import models
from jobrec_ui.commands import cli, doctor
from jobrec_ui.commands.doctor import deep
from jobrec_ui.data.load import load_tables
from jobrec_ui.errors import WarehouseError
from jobrec_ui.settings import settings
from jobrec_ui.warehouse import Warehouse, setup, sqlfiles
from jobrec_ui.warehouse.dialect import RedshiftDialect
from tests.models.company_shapes import Shape, company


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


def test_an_empty_warehouse_lacks_everything(wh):
    found = findings(wh)
    assert found["Tables of hiring"].state == "wrong"
    assert "hiring.postings" in found["Tables of hiring"].detail
    assert found["Tables of hiring"].remedy == found["Schemas"].remedy == "python -m jobrec_ui setup"
    # What follows from it is not told again with another remedy, nor as if it were in order.
    assert "Columns of hiring.postings" not in found
    assert found["Appending to app"].state == found["Model"].state == "skipped"
    assert "Loading and training" not in found
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


def test_statuses_that_nobody_knows_are_told_with_what_mends_it(ready, wh):
    assert findings(wh)["Statuses"].state == "ok"
    with wh.engine.begin() as connection:
        connection.execute(
            sa.text("INSERT INTO hiring.postings (posting_id, title, status) VALUES ('a', 'Cook', 'Phase 2')")
        )
    found = findings(wh)["Statuses"]
    assert (found.state, "Phase 2 (1)" in found.detail) == ("note", True)
    assert "INSERT INTO hiring.posting_statuses" in found.remedy


def test_features_that_a_load_did_not_come_to_make(ready, wh):
    load_tables(wh, company(Shape(postings=8, people=30, text=False)).tables())
    found = findings(wh)
    assert found["Features"].state == "wrong"
    assert found["Features"].detail.startswith("The features of data version 1 were never finished.")
    assert found["Features"].remedy == "python -m jobrec_ui refresh"
    assert found["Model"].state == "note"
    models.refresh_features(wh)
    found = findings(wh)
    assert found["Features"].state == "ok"
    assert "30 of 30 candidates have neither a text nor an earlier application" in found["Model"].detail
    assert found["Model"].remedy == ""  # training would end in the same sentence


def test_setting_up_again_changes_nothing(ready, wh):
    tables, roles = setup.known_tables(wh), setup.known_roles(wh)
    setup.set_up(wh)
    assert setup.known_tables(wh) == tables
    assert setup.known_roles(wh) == roles == {"jobrec_recruiter", "jobrec_admin"}


def test_the_recruiters_role_appends_and_reads_and_no_more():
    granted = COMMENTS.sub("", sqlfiles.read("warehouse/setup/grant_recruiter"))
    verbs = set(re.findall(r"\b(SELECT|INSERT|UPDATE|DELETE|CREATE|DROP|ALL(?! TABLES))\b", granted))
    assert verbs == {"SELECT", "INSERT"}
    assert re.findall(r"INSERT ON ALL TABLES IN SCHEMA (\w+)", granted) == ["app"]
    assert "demographics" not in granted
    admin = sqlfiles.read("warehouse/setup/grant_admin")
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


def test_types_have_redshifts_words():
    words = [RedshiftDialect().type_word(code) for code in (1043, 701, 16, 1082, 1114, 23, 99)]
    assert words == ["varchar", "double precision", "boolean", "date", "timestamp", "integer", "type 99"]


@pytest.mark.training
def test_the_deep_trials_on_the_embedded_warehouse(ready, wh, monkeypatch):
    some = [name for name in sqlfiles.questions() if name.startswith(("access/", "desk/shortlists/", "matching/rank_"))]
    monkeypatch.setattr(sqlfiles, "questions", lambda: some)  # over the wire all of them are asked
    before = setup.known_tables(wh)
    found = list(deep.look(wh, poll_seconds=0.1, leave_after=0.2))
    assert [(one.subject, one.state) for one in found] == [
        ("The app's questions", "ok"),
        ("Rows through staging", "ok"),
        ("Leaving a query", "ok"),
        ("Trial training", "ok"),
    ]
    assert re.fullmatch(r"All \d\d that .* answered; \d+ more need a model, and none is live yet\.", found[0].detail)
    assert setup.known_tables(wh) == before


def test_questions_that_the_warehouse_refuses_are_named(ready, wh, monkeypatch):
    wh.run("commands/doctor/deep_drop_table", names={"stored": "app.audit_log"})
    monkeypatch.setattr(
        sqlfiles, "questions", lambda: ["access/audit_latest", "access/blind_review/latest", "commands/doctor/clock"]
    )
    found = deep._questions(wh)
    assert (found.state, found.detail[:59]) == ("wrong", "1 of 2 were refused, the first: access/audit_latest (relati")
