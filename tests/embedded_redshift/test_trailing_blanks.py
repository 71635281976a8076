"""Which columns have no trailing blanks: looked up once, forgotten when the table is written."""

from collections.abc import Callable

import pytest

from embedded_redshift import dbapi
from embedded_redshift.trailing_blanks import TrailingBlanks

Connect = Callable[[], dbapi.Connection]
QUERY = "SELECT COUNT(*) FROM t WHERE s = 'x'"


def test_comparison_sees_a_blank_written_later(connect: Connect) -> None:
    reader, writer = connect(), connect()
    reader.autocommit = writer.autocommit = True
    writer.cursor().execute("CREATE TABLE t (s VARCHAR(10))")
    writer.cursor().execute("INSERT INTO t VALUES ('x')")
    assert reader.cursor().execute(QUERY).fetchone() == (1,)
    writer.cursor().execute("INSERT INTO t VALUES ('x  ')")
    assert reader.cursor().execute(QUERY).fetchone() == (2,), "the kept translation must not be used any more"


def test_comparison_sees_a_blank_of_its_own_transaction(connect: Connect) -> None:
    connection = connect()
    cursor = connection.cursor()
    cursor.execute("CREATE TABLE t (s VARCHAR(10))")
    cursor.execute("INSERT INTO t VALUES ('x')")
    connection.commit()
    assert cursor.execute(QUERY).fetchone() == (1,)
    cursor.execute("INSERT INTO t VALUES ('x ')")
    assert cursor.execute(QUERY).fetchone() == (2,)


def test_old_transaction_keeps_its_own_view(connect: Connect) -> None:
    old, writer = connect(), connect()
    writer.autocommit = True
    writer.cursor().execute("CREATE TABLE t (s VARCHAR(10))")
    writer.cursor().execute("INSERT INTO t VALUES ('x ')")
    assert old.cursor().execute("SELECT COUNT(*) FROM t").fetchone() == (1,)
    writer.cursor().execute("DELETE FROM t")
    writer.cursor().execute("INSERT INTO t VALUES ('x')")
    assert writer.cursor().execute(QUERY).fetchone() == (1,)
    assert old.cursor().execute(QUERY).fetchone() == (1,), "it still sees the row with the blank, and must trim it"


def test_what_is_known_is_forgotten_by_a_write(connection: dbapi.Connection, cursor: dbapi.Cursor) -> None:
    cursor.execute("CREATE TABLE t (s VARCHAR(10))")
    cursor.execute("INSERT INTO t VALUES ('x')")
    blanks, table = TrailingBlanks(), ("public", "t")
    lookup = connection.session.database.session()
    assert blanks.column_has(lookup, table, "s", blanks.clock) is False
    before = blanks.clock
    with blanks.writing([table]):
        assert blanks.column_has(lookup, table, "s", blanks.clock) is None, "nothing is known while it is being written"
        cursor.execute("INSERT INTO t VALUES ('y ')")
    assert blanks.column_has(lookup, table, "s", blanks.clock) is True
    assert blanks.column_has(lookup, table, "s", before) is None
    assert not blanks.unchanged_since(before, [table])
    lookup.close()


@pytest.mark.parametrize("other", ["public.u", "t2"])
def test_write_of_another_table_changes_nothing(connection: dbapi.Connection, cursor: dbapi.Cursor, other: str) -> None:
    cursor.execute("CREATE TABLE t (s VARCHAR(10))")
    cursor.execute(f"CREATE TABLE {other} (s VARCHAR(10))")
    blanks = connection.session.database.blanks
    clock = blanks.clock
    cursor.execute(f"INSERT INTO {other} VALUES ('x')")
    assert blanks.clock > clock
    assert blanks.unchanged_since(clock, [("public", "t")])
