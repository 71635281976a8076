"""SQLAlchemy over the embedded warehouse: engines, pools, pandas, names of tables."""

import threading
from collections.abc import Iterator
from pathlib import Path

import pandas as pd
import pytest
import sqlalchemy as sa

from embedded_redshift.dialect import SessionPool


@pytest.fixture
def url(path: str) -> str:
    return f"redshift+local:///{path}"


@pytest.fixture
def engine(url: str) -> Iterator[sa.Engine]:
    engine = sa.create_engine(url, pool_pre_ping=True)
    yield engine
    engine.dispose()


def test_text_statements_with_names(engine: sa.Engine) -> None:
    with engine.begin() as connection:
        connection.execute(sa.text("CREATE TABLE t (a INTEGER, s VARCHAR(10))"))
        connection.execute(sa.text("INSERT INTO t VALUES (:a, :s)"), [{"a": 1, "s": "50%"}, {"a": 2, "s": "é"}])
    with engine.connect() as connection:
        found = connection.execute(sa.text("SELECT s, a::BIGINT FROM t WHERE a >= :least ORDER BY a"), {"least": 1})
        assert found.fetchall() == [("50%", 1), ("é", 2)]


def test_block_that_raises_is_rolled_back(engine: sa.Engine) -> None:
    with engine.begin() as connection:
        connection.execute(sa.text("CREATE TABLE t (a INTEGER)"))
    with pytest.raises(sa.exc.ProgrammingError):  # noqa: SIM117, PT012 - the block as a whole is what raises
        with engine.begin() as connection:
            connection.execute(sa.text("INSERT INTO t VALUES (1)"))
            connection.execute(sa.text("SELECT * FROM nowhere"))
    with engine.connect() as connection:
        assert connection.execute(sa.text("SELECT COUNT(*) FROM t")).scalar() == 0


def test_autocommit_level(engine: sa.Engine) -> None:
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(sa.text("CREATE TABLE t (a INTEGER)"))
    with engine.connect() as connection:
        assert connection.execute(sa.text("SELECT COUNT(*) FROM t")).scalar() == 0
        assert connection.get_isolation_level() == "SERIALIZABLE"


def test_errors_are_sqlalchemys(engine: sa.Engine) -> None:
    with engine.connect() as connection, pytest.raises(sa.exc.ProgrammingError, match="does not exist"):
        connection.execute(sa.text("SELECT * FROM nowhere"))


def test_pandas_reads_and_writes(engine: sa.Engine) -> None:
    frame = pd.DataFrame({"a": [1, 2], "s": ["x", None], "at": pd.to_datetime(["2024-01-02", None])})
    frame.to_sql("frame", engine, index=False)
    found = pd.read_sql(sa.text("SELECT * FROM frame ORDER BY a"), engine)
    assert found["a"].tolist() == [1, 2]
    assert found["s"].iloc[0] == "x"
    assert pd.isna(found["s"].iloc[1])
    assert found["at"].iloc[0] == pd.Timestamp("2024-01-02")
    frame.to_sql("frame", engine, index=False, if_exists="append")
    assert len(pd.read_sql("SELECT a FROM frame", engine)) == 4


def test_core_expressions(engine: sa.Engine) -> None:
    table = sa.Table("core", sa.MetaData(), sa.Column("id", sa.String(10)), sa.Column("n", sa.Integer))
    with engine.begin() as connection:
        table.create(connection)
        connection.execute(table.insert(), [{"id": "a", "n": 1}, {"id": "b", "n": 2}])
        assert connection.execute(sa.select(table.c.id).where(table.c.n > 1)).scalars().all() == ["b"]


def test_names_of_tables_and_columns(engine: sa.Engine) -> None:
    with engine.begin() as connection:
        connection.execute(sa.text("CREATE SCHEMA hiring"))
        connection.execute(sa.text("CREATE TABLE hiring.t (a INTEGER, s VARCHAR(12), x NUMERIC(8,2), at TIMESTAMP)"))
    inspector = sa.inspect(engine)
    assert inspector.has_table("t", schema="hiring")
    assert not inspector.has_table("t")
    assert inspector.get_table_names(schema="hiring") == ["t"]
    assert "hiring" in inspector.get_schema_names()
    kinds = {column["name"]: column["type"] for column in inspector.get_columns("t", schema="hiring")}
    assert isinstance(kinds["a"], sa.Integer)
    assert isinstance(kinds["s"], sa.String)
    assert kinds["s"].length == 12
    assert isinstance(kinds["x"], sa.Numeric)
    assert isinstance(kinds["at"], sa.DateTime)
    with pytest.raises(sa.exc.NoSuchTableError):
        inspector.get_columns("nowhere", schema="hiring")


def test_twenty_threads_at_once(engine: sa.Engine) -> None:
    with engine.begin() as connection:
        connection.execute(sa.text("CREATE TABLE t (a INTEGER)"))
    assert isinstance(engine.pool, SessionPool)
    together = threading.Barrier(20)
    sums: list[int] = []

    def work(number: int) -> None:
        with engine.begin() as connection:  # all twenty have a connection at the same time
            together.wait(30)
            connection.execute(sa.text("INSERT INTO t VALUES (:n)"), {"n": number})
        with engine.connect() as connection:
            sums.append(
                connection.execute(sa.text("SELECT SUM(a * 2) FROM t WHERE a = :n"), {"n": number}).scalar_one()
            )

    threads = [threading.Thread(target=work, args=(number,)) for number in range(20)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(sums) == [2 * number for number in range(20)]


def test_options_in_the_address(url: str) -> None:
    engine = sa.create_engine(f"{url}?threads=1&memory_limit=500MB")
    with engine.connect() as connection:
        assert connection.execute(sa.text("SELECT 1")).scalar() == 1
        raw = connection.connection.driver_connection
        assert raw is not None
        assert raw.session.cursor.execute("SELECT current_setting('threads')").fetchone() == (1,)
    engine.dispose()


@pytest.mark.parametrize(
    ("address", "message"),
    [
        ("redshift+local://", "names a file"),
        ("redshift+local:///:memory:", "names a file"),
        ("redshift+local:///x.duckdb?color=red", "unknown option color"),
    ],
)
def test_addresses_that_cannot_be(address: str, message: str, tmp_path: Path) -> None:
    with pytest.raises(sa.exc.ArgumentError, match=message):
        sa.create_engine(address).connect()
