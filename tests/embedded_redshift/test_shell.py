"""The SQL shell: what it prints, what it leaves, how it ends."""

import io
import os
import pty
import subprocess
import sys
import time
from decimal import Decimal

import pytest

from embedded_redshift import shell
from tests.embedded_redshift.conftest import ROOT, create_model


@pytest.fixture
def type_lines(connection):
    """Types lines into a shell on an empty database; gives what it prints and whether it ended."""
    out = io.StringIO()
    one = shell.Shell(connection, stdout=out)

    def type_them(*lines):
        out.seek(0)
        out.truncate()
        ended = [one.onecmd(line) for line in lines][-1]
        return out.getvalue(), ended

    return type_them


def test_numbers_stand_to_the_right_and_long_lines_are_cut():
    rows = [(1, "a\nb", Decimal("2.50")), (20, None, Decimal("10.00"))]
    assert shell.table(["n", "word", "amount"], rows, 80).splitlines() == [
        "n  | word | amount",
        "---+------+-------",
        " 1 | a\\nb |   2.50",
        "20 | NULL |  10.00",
    ]
    assert {len(line) for line in shell.table(["word"], [("x" * 99,)], 20).splitlines()[1:]} == {20}
    assert shell.table(["n"], [], 80) == "n\n-"


def test_a_statement_goes_on_to_its_semicolon(type_lines):
    assert type_lines("SELECT 'a;", "b' AS word") == ("", False)
    printed, ended = type_lines(", 2 AS n; SELECT 3 AS m;")
    assert not ended
    assert [line for line in printed.splitlines() if not line.startswith("(")] == [
        "word  | n", "------+--", "a;\\nb | 2", "m", "-", "3",
    ]  # fmt: skip


def test_what_is_refused_is_a_sentence_and_the_shell_goes_on(type_lines):
    printed, ended = type_lines("SELECT nothing FROM nowhere;")
    assert printed.startswith('ERROR: relation "nowhere" does not exist')
    assert not ended
    assert "(1 row, " in type_lines("SELECT 1;")[0]


def test_a_transaction_is_undone(type_lines):
    type_lines("CREATE TABLE t (n INTEGER);", "BEGIN;", "INSERT INTO t VALUES (1), (2);")
    assert " 2\n(1 row" in type_lines("SELECT COUNT(*) FROM t;")[0]
    type_lines("ROLLBACK;")
    assert " 0\n(1 row" in type_lines("SELECT COUNT(*) FROM t;")[0]


def test_tables_and_their_columns(type_lines):
    type_lines("CREATE SCHEMA s; CREATE TABLE s.t (n INTEGER, word VARCHAR(9));", "CREATE TABLE t (f REAL);")
    listed = type_lines("\\d")[0].splitlines()[2:-1]
    assert [line.replace("|", " ").split()[:2] for line in listed] == [["public", "t"], ["s", "t"]]
    assert "character varying | 9" in type_lines("\\d S.T")[0]
    assert [line.split()[2] for line in type_lines("\\d t")[0].splitlines()[2:-1]] == ["f", "n", "word"]


@pytest.mark.training
@pytest.mark.usefixtures("training_data")
def test_models(type_lines):
    type_lines(create_model() + ";")
    assert type_lines("\\w") == ("", False)
    assert "ml          | m1" in type_lines("\\m")[0]
    assert "READY" in type_lines("\\m ml.m1")[0]


def test_a_file_runs_to_its_first_refused_statement(type_lines, tmp_path):
    file = tmp_path / "made.sql"
    file.write_text("CREATE TABLE t (n INTEGER);\n\nSELECT 1 / 0;\nCREATE TABLE u (n INTEGER);")
    printed, _ = type_lines(f"\\i {file}")
    assert printed.splitlines()[1:] == [
        "ERROR: Divide by zero",
        f"in {file}, in the statement at line 3; the rest was not run",
    ]
    assert "does not exist" in type_lines("SELECT * FROM u;")[0]
    assert "cannot be read" in type_lines(f"\\i {tmp_path}/nothing.sql")[0]


def test_long_answers_are_told_and_cut(type_lines):
    printed, _ = type_lines(
        "WITH RECURSIVE s (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM s WHERE n < 300) SELECT n FROM s;"
    )
    assert len(printed.splitlines()) == shell.MAX_ROWS + 3
    assert printed.splitlines()[-1].startswith("(300 rows, the first 200 of them shown, ")


def test_one_line_for_each_column(type_lines):
    type_lines("\\x")
    assert type_lines("SELECT 1 AS a, 'b' AS word;")[0].startswith("-- row 1\na    | 1\nword | b\n(1 row")


@pytest.mark.parametrize("line", ["\\q", "EOF"])
def test_it_ends(type_lines, line):
    assert type_lines(line)[1]


@pytest.mark.process
@pytest.mark.parametrize(
    ("arguments", "typed", "code", "last"),
    [
        (["-c", "SELECT 7 AS n"], "", 0, "7"),
        ([], "SELECT 1;\nSELECT 8 AS n", 0, "8"),
        (["-c", "SELECT 1 / 0; SELECT 9"], "", 1, "ERROR: Divide by zero"),
    ],
)
def test_without_a_terminal(path, arguments, typed, code, last):
    command = [sys.executable, "-m", "embedded_redshift", path, *arguments]
    done = subprocess.run(command, input=typed, capture_output=True, text=True, cwd=ROOT, timeout=120)
    assert (done.returncode, done.stderr) == (code, "")
    lines = [line for line in done.stdout.splitlines() if not line.startswith("(")]
    assert lines[-1] == last


def test_a_file_that_is_no_database(tmp_path, capsys):
    (tmp_path / "note.txt").write_text("Dear diary " * 400)
    assert shell.main([str(tmp_path / "note.txt"), "-c", "SELECT 1"]) == 1
    [line] = capsys.readouterr().err.splitlines()
    assert "note.txt" in line


@pytest.mark.process
@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no terminals of this kind")
def test_what_was_typed_comes_back_in_the_next_shell(path, tmp_path):
    def typed(*lines):
        ours, theirs = pty.openpty()
        process = subprocess.Popen(
            [sys.executable, "-m", "embedded_redshift", path], stdin=theirs, stdout=theirs, stderr=theirs,
            cwd=ROOT, env={**os.environ, "HOME": str(tmp_path), "TERM": "dumb"},
        )  # fmt: skip
        shown = ""
        for line in lines:
            while not shown.endswith("=# "):
                shown += os.read(ours, 4096).decode()
            os.write(ours, line.encode())
            deadline = time.monotonic() + 60
            shown = ""
            while "\n" not in shown and time.monotonic() < deadline:
                shown += os.read(ours, 4096).decode()
        assert process.wait(60) == 0
        os.close(theirs)
        os.close(ours)

    typed("SELECT 1 AS remembered;\n", "\\q\n")
    history = tmp_path / shell.HISTORY.name
    assert history.read_text() == "SELECT 1 AS remembered;\n\\q\n"
    assert history.stat().st_mode & 0o077 == 0
    typed("\x1b[A\x1b[A\n", "\\q\n")
    assert history.read_text().splitlines() == ["SELECT 1 AS remembered;", "\\q", "SELECT 1 AS remembered;", "\\q"]
