"""The database file: one instance in a process, one process at a time, and what goes wrong when opening it."""

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import duckdb
import pytest

from embedded_redshift import database, dbapi
from embedded_redshift.translate import SETUP_STATEMENTS

OPEN = """
import sys
from embedded_redshift import dbapi
try:
    dbapi.connect(sys.argv[1])
except dbapi.OperationalError as error:
    print(error)
"""


def test_connections_of_a_process_share_the_file(connect: Callable[[], dbapi.Connection], path: str) -> None:
    first, second = connect(), connect()
    first.cursor().execute("CREATE TABLE t (a INTEGER)")
    first.commit()
    assert second.cursor().execute("SELECT COUNT(*) FROM t").fetchone() == (0,)
    same_file = os.path.join(os.path.dirname(path), ".", os.path.basename(path))
    third = dbapi.connect(same_file)
    assert third.cursor().execute("SELECT COUNT(*) FROM t").fetchone() == (0,)
    third.close()


def threads(connection: dbapi.Connection) -> int:
    [(found,)] = connection.session.cursor.execute("SELECT current_setting('threads')").fetchall()
    return int(found)


def test_one_core_each_is_for_all_connections_of_the_process(connect: Callable[[], dbapi.Connection]) -> None:
    first, second = connect(), connect()
    first.session.database.one_core_each()
    assert [threads(one) for one in (first, second, connect())] == [1, 1, 1]


def test_an_address_that_says_on_how_many_cores(path: str) -> None:
    connection = dbapi.connect(path, threads="3")
    connection.session.database.one_core_each()
    assert threads(connection) == 3
    connection.close()


def test_last_connection_lets_go_of_the_file(path: str) -> None:
    connection = dbapi.connect(path)
    connection.cursor().execute("CREATE TABLE t (a INTEGER)")
    connection.commit()
    connection.close()
    with duckdb.connect(path) as plain:  # would refuse a file that is open in another configuration
        assert plain.execute("SELECT COUNT(*) FROM public.t").fetchone() == (0,)


@pytest.mark.process
def test_second_process_is_told_who_has_the_file(connection: dbapi.Connection, path: str) -> None:
    found = subprocess.run([sys.executable, "-c", OPEN, path], capture_output=True, text=True, check=True)
    assert f"in use by process {os.getpid()}" in found.stdout
    assert "stop the other one" in found.stdout
    assert "Traceback" not in found.stderr


def test_file_that_is_no_database(tmp_path: Path) -> None:
    file = tmp_path / "notes.txt"
    file.write_text("not a database " * 50)
    with pytest.raises(dbapi.OperationalError, match="is not a warehouse file"):
        dbapi.connect(str(file))
    assert file.read_text().startswith("not a database")


def test_folder_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(dbapi.OperationalError, match="There is no folder"):
        dbapi.connect(str(tmp_path / "missing" / "warehouse.duckdb"))


def test_folder_instead_of_a_file(tmp_path: Path) -> None:
    with pytest.raises(dbapi.OperationalError, match="is a folder"):
        dbapi.connect(str(tmp_path))


def test_folder_that_cannot_be_written(path: str, monkeypatch: pytest.MonkeyPatch) -> None:
    # Tests may run as root, who may write anywhere.
    monkeypatch.setattr(database.os, "access", lambda *_: False)
    with pytest.raises(dbapi.OperationalError, match="cannot be written"):
        dbapi.connect(path)


def test_disk_full_is_said_so(connection: dbapi.Connection, monkeypatch: pytest.MonkeyPatch) -> None:
    cursor = connection.cursor()

    class Full:
        def execute(self, *_: object) -> None:
            raise duckdb.IOException("IO Error: Could not write file: No space left on device")

    monkeypatch.setattr(connection.session, "cursor", Full())
    with pytest.raises(dbapi.OperationalError, match="disk that holds the warehouse is full"):
        cursor.execute("CREATE TABLE t (a INTEGER)")
    monkeypatch.undo()


def test_after_a_fatal_error_the_file_is_opened_anew(path: str) -> None:
    broken = dbapi.connect(path)
    broken.autocommit = True
    broken.cursor().execute("CREATE TABLE t (a INTEGER)")
    broken._database.broken = True  # as session.py sets it when DuckDB reports a fatal error
    fresh = dbapi.connect(path)
    assert fresh._database is not broken._database
    assert fresh.cursor().execute("SELECT COUNT(*) FROM t").fetchone() == (0,)
    with pytest.raises(dbapi.InterfaceError):
        broken.cursor().execute("SELECT 1")
    broken.close()
    fresh.close()


def test_sql_cannot_reach_files_or_python(cursor: dbapi.Cursor, tmp_path: Path) -> None:
    (tmp_path / "x.csv").write_text("a\n1\n")
    frame = [1]  # noqa: F841 - a name that DuckDB would look up if it were let
    with pytest.raises(dbapi.ProgrammingError):
        cursor.execute(f"SELECT * FROM '{tmp_path}/x.csv'")
    with pytest.raises(dbapi.ProgrammingError):
        cursor.execute(f"SELECT * FROM read_csv('{tmp_path}/x.csv')")
    with pytest.raises(dbapi.ProgrammingError, match="does not exist"):
        cursor.execute("SELECT * FROM frame")


def test_a_file_of_an_older_version_gets_what_this_one_needs(path: str, monkeypatch: pytest.MonkeyPatch) -> None:
    dbapi.connect(path).close()
    monkeypatch.setattr(database, "SETUP_STATEMENTS", (*SETUP_STATEMENTS, "CREATE MACRO _redshift.new_here() AS 5"))
    for _ in range(2):  # once is enough
        connection = dbapi.connect(path)
        assert connection.session.cursor.execute("SELECT _redshift.new_here()").fetchall() == [(5,)]
        connection.close()
