"""DuckDB's errors in Redshift's words."""

import duckdb
import pytest

from embedded_redshift import dbapi, errors


@pytest.mark.parametrize(
    ("statement", "kind", "message"),
    [
        ("SELECT nothing FROM t", dbapi.ProgrammingError, 'column "nothing" does not exist'),
        ("SELECT * FROM nowhere", dbapi.ProgrammingError, 'relation "nowhere" does not exist'),
        ("CREATE TABLE t (a INTEGER)", dbapi.ProgrammingError, 'Relation "t" already exists'),
        ("INSERT INTO nowhere.t VALUES (1)", dbapi.ProgrammingError, "does not exist"),
        ("INSERT INTO t VALUES (NULL, 'x')", dbapi.IntegrityError, "Cannot insert a NULL value into column a"),
        ("SELECT 'x'::INTEGER", dbapi.ProgrammingError, "x"),
        ("SELECT 1 / 0", dbapi.ProgrammingError, "Divide by zero"),
        ("SELEC 1", dbapi.ProgrammingError, "line 1"),
    ],
)
def test_statements_that_fail(cursor: dbapi.Cursor, statement: str, kind: type[Exception], message: str) -> None:
    cursor.execute("CREATE TABLE t (a INTEGER NOT NULL, s VARCHAR(10))")
    with pytest.raises(kind) as raised:
        cursor.execute(statement)
    assert message.lower() in str(raised.value).lower()
    assert "Error:" not in str(raised.value), "DuckDB's own prefix must be gone"


@pytest.mark.parametrize(
    ("error", "kind", "message"),
    [
        (duckdb.OutOfMemoryException("Out of Memory Error: failed to pin"), errors.OperationalError, "more memory"),
        (duckdb.IOException("IO Error: Could not write: No space left"), errors.OperationalError, "disk"),
        (duckdb.IOException("IO Error: Could not read"), errors.OperationalError, "could not be read or written"),
        (duckdb.FatalException("FATAL Error: database invalidated"), errors.InternalError, "opened again"),
        (duckdb.TransactionException("Conflict on tuple deletion!"), errors.ProgrammingError, "1023"),
        (duckdb.ConnectionException("Connection already closed!"), errors.InterfaceError, "closed"),
        (duckdb.InterruptException("Interrupted!"), errors.OperationalError, "cancelled"),
    ],
)
def test_errors_of_the_machine(error: Exception, kind: type[Exception], message: str) -> None:
    found = errors.from_duckdb(error)
    assert type(found) is kind
    assert message in str(found)


def test_type_words() -> None:
    assert errors.type_word("DECIMAL(10,2)") == "numeric"
    assert errors.type_word("STRING_LITERAL") == "character varying"
