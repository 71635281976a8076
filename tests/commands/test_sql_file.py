"""`sql run`: a file of statements on either warehouse, what it shows, and what it says when one fails."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from jobrec_ui.commands import cli, sql_file
from jobrec_ui.errors import InputError, WarehouseError
from jobrec_ui.warehouse import Warehouse
from tests.warehouse_copies import ask, opened_copy


@pytest.fixture
def wh(set_up_file: Path, tmp_path: Path, reach: Callable[[Path], str]) -> Iterator[Warehouse]:
    with opened_copy(set_up_file, tmp_path, reach) as warehouse:
        yield warehouse


@pytest.fixture
def run(wh: Warehouse, tmp_path: Path) -> Callable[..., None]:
    """Runs a file with this text."""

    def run_it(text: str, limit: int = 50, **values: str) -> None:
        path = tmp_path / "own.sql"
        path.write_text(text, encoding="utf-8")
        sql_file.run(wh, path, values, limit)

    return run_it


OWN = """-- Our own table: it's another shape; and a view of it.
CREATE SCHEMA own;
CREATE TABLE own.staff (id INTEGER, name VARCHAR(80));
INSERT INTO own.staff VALUES (1, 'Ann: "A;B"'), (20, NULL), (3, 'Zoë');
CREATE VIEW own.people AS SELECT id AS person, name FROM own.staff;
"""


@pytest.mark.over_the_wire
def test_views_are_made_and_looked_at(run: Callable[..., None], capsys: pytest.CaptureFixture[str]) -> None:
    run(OWN)
    capsys.readouterr()
    run("SELECT person, name FROM own.people\nWHERE person >= :least ORDER BY person;", least="1")
    assert capsys.readouterr().out.splitlines() == [
        "own.sql, line 1: SELECT person, name FROM own.people WHERE person >= :least ORDER BY person",
        "person  name",
        "------  ----------",
        '     1  Ann: "A;B"',
        "     3  Zoë",
        "    20  NULL",
        "3 rows.",
        "",
    ]


@pytest.mark.over_the_wire
def test_an_error_has_its_place_and_says_what_ran(wh: Warehouse, run: Callable[..., None]) -> None:
    with pytest.raises(WarehouseError) as raised:
        run(f"{OWN}SELECT person,\n       nome FROM own.people;\nSELECT 1;\nSELECT 2;")
    first, *lines = str(raised.value).splitlines()
    assert "own.sql, line " in first
    assert '"nome" does not exist' in first or "nome" in first
    assert lines == [
        "    SELECT person,",
        "           nome FROM own.people",
        "Statements 1 to 4 were run before it. Statements 6 to 7 were not run.",
    ]
    assert len(ask(wh, "SELECT person FROM own.people")) == 3


def test_the_line_and_column_are_those_of_the_file(run: Callable[..., None]) -> None:
    with pytest.raises(WarehouseError, match=r'own\.sql, line 7, column 8: column "nome" does not exist\n'):
        run(f"{OWN}SELECT person,\n       nome FROM own.people;")
    with pytest.raises(WarehouseError, match=r"own\.sql, line 2, column 9: .*\n    SELEC 1\nNothing ran before it\."):
        run("-- look\n  SELEC 1;")


def test_numbers_and_texts(run: Callable[..., None], capsys: pytest.CaptureFixture[str]) -> None:
    run("SELECT :a AS a, :b AS b, :c AS c, :d AS d, :e + 1 AS e", a="x", b="'5'", c="007", d="o'clock", e="1.5")
    assert capsys.readouterr().out.splitlines()[3] == "x  5  007  o'clock  2.5"


def test_many_rows_are_counted_and_the_first_shown(
    run: Callable[..., None], capsys: pytest.CaptureFixture[str]
) -> None:
    rows = " UNION ALL ".join(f"SELECT {number} AS n" for number in range(30))
    run(f"{rows} ORDER BY n", limit=3)
    assert capsys.readouterr().out.splitlines()[1:] == ["n", "-", "0", "1", "2", "30 rows, the first 3 shown.", ""]


def test_values_stay_on_their_line_and_steer_no_terminal(
    run: Callable[..., None], capsys: pytest.CaptureFixture[str]
) -> None:
    run("SELECT :short AS short, :long AS long", short="a\n\x1b[31mb", long="x" * 200)
    line = capsys.readouterr().out.splitlines()[3]
    assert line == f"a [31mb  {'x' * 59}…"


class TestTransactions:
    @pytest.mark.over_the_wire
    def test_all_of_it_or_nothing(self, wh: Warehouse, run: Callable[..., None]) -> None:
        run(f"BEGIN;\n{OWN}COMMIT;")
        with pytest.raises(WarehouseError, match="What was done since BEGIN in line 1 was undone"):
            run("BEGIN; DELETE FROM own.staff;\nSELECT nothing FROM own.staff;")
        assert len(ask(wh, "SELECT id FROM own.staff")) == 3

    @pytest.mark.over_the_wire
    def test_one_that_does_not_end_is_undone(self, wh: Warehouse, run: Callable[..., None]) -> None:
        run(OWN)
        with pytest.raises(InputError, match=r"line 2: the transaction that begins here does not end"):
            run("SELECT 1;\nBEGIN;\nDELETE FROM own.staff;")
        assert len(ask(wh, "SELECT id FROM own.staff")) == 3


class TestRefusedBeforeAnythingRuns:
    @pytest.mark.parametrize(
        ("text", "values", "says"),
        [
            ("CREATE SCHEMA own;\nSELECT :since;", {}, r"line 2: this statement wants a value for :since\."),
            ("CREATE SCHEMA own; SELECT :a", {"a": "1", "b": "2"}, r"has no :b\. It binds: :a\. Nothing was run"),
            ("CREATE SCHEMA own", {"b": "2"}, r"has no :b\. It binds: nothing"),
            ("-- nothing;\n;", {}, "holds no statement"),
        ],
    )
    def test_values(
        self, wh: Warehouse, run: Callable[..., None], text: str, values: dict[str, str], says: str
    ) -> None:
        with pytest.raises(InputError, match=says):
            run(text, **values)
        run("CREATE SCHEMA own")  # is not there yet

    def test_limits(self, run: Callable[..., None]) -> None:
        for limit in (0, -1, 10_001):
            with pytest.raises(InputError, match="Between 1 and 10,000 rows"):
                run("SELECT 1", limit=limit)

    def test_files(self, wh: Warehouse, tmp_path: Path) -> None:
        with pytest.raises(InputError, match="cannot be read"):
            sql_file.run(wh, tmp_path / "nowhere.sql", {}, 5)
        with pytest.raises(InputError, match="cannot be read"):
            sql_file.run(wh, tmp_path, {}, 5)
        (tmp_path / "latin.sql").write_bytes("SELECT 'ö'".encode("latin-1"))
        with pytest.raises(InputError, match="not in UTF-8"):
            sql_file.run(wh, tmp_path / "latin.sql", {}, 5)


def test_on_the_command_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys) -> None:
    monkeypatch.setenv("JOBREC_HOME", str(tmp_path))
    monkeypatch.delenv("JOBREC_WAREHOUSE", raising=False)
    (tmp_path / "one.sql").write_text("\ufeffSELECT :n AS n;", encoding="utf-8")
    assert cli.main(["sql", "run", str(tmp_path / "one.sql"), "--param", "n=7"]) == 0
    assert capsys.readouterr().out.splitlines()[1:4] == ["n", "-", "7"]
    assert cli.main(["sql", "run", str(tmp_path / "one.sql"), "--param", "n"]) == cli.ERROR
    assert "given as its name and what it is" in capsys.readouterr().err
