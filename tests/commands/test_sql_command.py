"""`sql list` and `sql show`: every statement can be read whole, with its parts marked, and run by hand."""

import functools
import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pandas as pd
import pyarrow as pa
import pytest
import sqlglot

from jobrec_ui import matching, models
from jobrec_ui.access.viewer import Viewer
from jobrec_ui.commands import cli, statements
from jobrec_ui.commands.statements import About
from jobrec_ui.data.tables import TABLES
from jobrec_ui.errors import InputError
from jobrec_ui.matching import filters
from jobrec_ui.matching.filters import CandidateFilters
from jobrec_ui.settings import local_url, settings
from jobrec_ui.warehouse import Warehouse, setup, sqlfiles

STATEMENTS = [name for name in sqlfiles.names() if not sqlfiles.used_in(name)]
# What cannot be run on a company's warehouse just so.
NOT_RUN = {
    "warehouse/staging/copy_staging": "reads from a bucket in S3",
    "warehouse/staging/create_staging": "one column of its table only",
    "warehouse/staging/insert_staging": "one column of its table only",
    "warehouse/session/cancel": "ends a session of a server",
    "commands/doctor/default_iam_role": "a function of Redshift's server",
    "commands/doctor/may_assume": "a function of Redshift's server",
    "commands/doctor/deep_label": "a view of Redshift's server",
    "commands/doctor/system_privileges": "a view of Redshift's server",
    "commands/doctor/deep_scores": "a table of the trial training",
    "commands/doctor/deep_slow": "a table of the trial training",
    "commands/doctor/deep_staged": "a table of the trial training",
    "commands/doctor/deep_model": "a table of the trial training",
    "commands/doctor/create_nothing": "makes a table that is there",
    "models/typical_values": "makes a table that is there",
    "models/create_match_model": "trains",
    "models/create_auto_model": "trains",
    "models/drop_model": "drops the live model",
    "commands/doctor/deep_drop_model": "drops the live model",
    "commands/doctor/deep_examples": "makes a table that is there",
}


@pytest.fixture(scope="module")
def wh(
    demo_warehouse: Path, reach: Callable[[Path], str], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Warehouse]:
    """A demo company with every table; what a test writes is undone."""
    path = tmp_path_factory.mktemp("sql") / "warehouse.duckdb"
    shutil.copyfile(demo_warehouse, path)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("JOBREC_S3_BUCKET", "bucket-of-a-test")
        settings.cache_clear()
        warehouse = Warehouse(reach(path))
        setup.make_tables(warehouse, setup.files())
        _fill_staging(warehouse)
        yield warehouse
        warehouse.close()
    settings.cache_clear()


def _fill_staging(wh: Warehouse) -> None:
    """The tables in which loads and nightly lists have rows for a moment."""
    with wh.transaction() as tx:
        tx.execute("data/prepare")
        tx.execute("data/undo/forget")
        for spec in TABLES.values():
            tx.stage(spec.name, spec.arrow_schema.append(pa.field("row_index", pa.int64())).empty_table())
        ids = {"posting_id": ["none"], "candidate_id": ["none"], "batch": [1]}
        tx.stage("wanted_postings", pa.table({name: ids[name] for name in ("posting_id", "batch")}))
        tx.stage("wanted_pairs", pa.table(ids))


def ask(wh: Warehouse, text: str) -> pd.DataFrame:
    """Runs what was shown as somebody would who pastes it into a client; what it writes is undone."""
    with wh.engine.connect() as connection:
        for statement in sqlfiles.split(text):
            result = connection.exec_driver_sql(statement.replace("%", "%%") if wh.in_aws else statement)
        rows = pd.DataFrame(result.fetchall(), columns=list(result.keys())) if result.returns_rows else pd.DataFrame()
        connection.rollback()
    return rows


@pytest.fixture(scope="module")
def first(wh: Warehouse) -> tuple[str, str]:
    """The posting and the candidate that statements are shown about unless others are named."""
    posting, candidate = matching.find_postings(wh, "", 1), matching.find_candidates(wh, "", 1)
    return str(posting["posting_id"].iloc[0]), str(candidate["candidate_id"].iloc[0])


@pytest.fixture
def asked_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is the same for all statements is looked up for the first: who is live, and the names of all files."""
    monkeypatch.setattr(models, "live_version", _live_version)
    monkeypatch.setattr(sqlfiles, "names", _names)


_live_version = functools.cache(models.live_version)
_names = functools.cache(sqlfiles.names)


@pytest.mark.over_the_wire
@pytest.mark.parametrize("name", STATEMENTS)
@pytest.mark.usefixtures("asked_once")
def test_what_is_shown_runs(wh: Warehouse, first: tuple[str, str], name: str) -> None:
    wanted = filters.trial() if "counted" in sqlfiles.slots(name) else CandidateFilters()
    text = statements.shown(wh, name, About(*first, wanted))
    for statement in sqlfiles.split(text):
        assert sqlglot.parse_one(statement, dialect="redshift")
    if name not in NOT_RUN:
        ask(wh, text)


def test_what_is_not_run_is_there() -> None:
    assert set(NOT_RUN) <= set(STATEMENTS)


@pytest.mark.over_the_wire
def test_a_ranking_is_shown_with_its_parts_and_gives_the_same_people(wh: Warehouse) -> None:
    posting = str(matching.find_postings(wh, "", 1)["posting_id"].iloc[0])
    wanted = CandidateFilters(must_have=("Excel",), place="Berlin", within_km=500.0, text="sales OR data")
    text = statements.shown(wh, "matching/rank_candidates", About(posting_id=posting, filters=wanted))
    for part in ("features/pair_features", "matching/filters/place_around", "matching/filters/text", "matching/named"):
        assert text.index(f"-- ==== {part} ====") < text.index(f"-- ==== end of {part} ====")
    assert f"--   :posting_id = '{posting}'" in text.splitlines()
    assert ":posting_id" not in text.split("\nWITH ")[1]
    version = models.live_version(wh)
    assert version is not None
    ranked = matching.rank_candidates(wh, posting, version, wanted, limit=50)
    assert ask(wh, text)["candidate_id"].tolist() == ranked["candidate_id"].tolist()
    blind = statements.shown(wh, "matching/rank_candidates", About(viewer=Viewer(blind=True)))
    assert "matching/nameless" in blind
    assert "matching/named" not in blind


def test_translated_is_what_the_embedded_warehouse_runs(wh: Warehouse) -> None:
    text = statements.shown(wh, "desk/user_state", About())
    translated = wh.translated(text)
    assert "SYSDATE" in text
    assert "SYSDATE" not in translated
    with wh.engine.connect() as connection:
        rows = connection.connection.driver_connection.session.cursor.execute(translated).fetchall()
    assert len(rows) == len(ask(wh, text)) > 0


class TestRefused:
    def test_what_is_no_statement(self, wh: Warehouse) -> None:
        with pytest.raises(InputError, match="no statement 'nothing'"):
            statements.shown(wh, "nothing", About())

    def test_a_part_names_what_it_is_in(self, wh: Warehouse) -> None:
        with pytest.raises(InputError, match=r"a part of other statements.*matching/filter_values"):
            statements.shown(wh, "matching/choices/stage", About())

    def test_counts_of_no_filter(self, wh: Warehouse) -> None:
        with pytest.raises(InputError, match="--filters"):
            statements.shown(wh, "matching/filter_counts", About())

    def test_a_value_that_is_not_bound(self, wh: Warehouse) -> None:
        with pytest.raises(InputError, match=r"access/audit_latest binds no pool\. It binds: limit"):
            statements.shown(wh, "access/audit_latest", About(others={"pool": "3"}))
        with pytest.raises(InputError, match="limit cannot be 'many'"):
            statements.shown(wh, "access/audit_latest", About(others={"limit": "many"}))
        assert "LIMIT 7" in statements.shown(wh, "access/audit_latest", About(others={"limit": "7"}))

    @pytest.mark.parametrize(
        ("given", "says"),
        [
            ("colour=red", "There is no filter 'colour'"),
            ("within_km=far", "within_km cannot be 'far'"),
            ("exclude_known=perhaps", "exclude_known cannot be 'perhaps'"),
            ("available_by=soon", "available_by cannot be 'soon'"),
        ],
    )
    def test_a_filter_that_is_none(self, given: str, says: str) -> None:
        with pytest.raises(InputError, match=says):
            statements.filters_from([given])

    def test_filters_are_read(self) -> None:
        given = [
            "must_have=SQL; Excel",
            "within_km=50",
            "place=Berlin",
            "exclude_known=true",
            "active_since=2026-01-02",
        ]
        assert statements.filters_from(given) == CandidateFilters(
            must_have=("SQL", "Excel"),
            within_km=50.0,
            place="Berlin",
            exclude_known=True,
            active_since=pd.Timestamp("2026-01-02").date(),
        )


def test_quotes_and_signs_in_values_are_written_so_that_they_stay_values() -> None:
    written = statements.with_literals("SELECT :a AS a, :b AS b", {"a": "O'Brien 100% \\ :x", "b": None})
    assert written == "SELECT 'O''Brien 100% \\ :x' AS a, NULL AS b"


def test_on_the_command_line(demo_warehouse: Path, tmp_path: Path, monkeypatch, capsys) -> None:
    monkeypatch.setenv("JOBREC_HOME", str(tmp_path))
    shutil.copyfile(demo_warehouse, tmp_path / "warehouse.duckdb")
    assert cli.main(["sql", "list"]) == 0
    listed = capsys.readouterr().out.splitlines()
    assert [line.split()[0] for line in listed] == sqlfiles.names()
    assert next(line for line in listed if line.startswith("matching/filters/pay ")).endswith("(a part)")
    assert cli.main(["sql", "show", "matching/filter_counts", "--filters", "seniority=Senior", "pay_min=1000"]) == 0
    assert "matching/filters/pay" in capsys.readouterr().out
    assert cli.main(["sql", "show", "matching/filter_counts", "--filters", "pay_max=1", "--translated"]) == 0
    assert "==== matching" not in capsys.readouterr().out
    assert cli.main(["sql", "show", "models/nothing"]) == cli.ERROR
    assert "There is no statement" in capsys.readouterr().err


def test_an_empty_warehouse_shows_statements_too(tmp_path: Path) -> None:
    empty = Warehouse(local_url(tmp_path / "warehouse.duckdb"))
    shown = statements.shown(empty, "matching/rank_candidates", About())
    assert "ml.match_v" not in shown
    assert "abs(likeness)" in re.sub(r"\s", "", shown)
    empty.close()
