"""The way to Amazon Redshift without one: addresses and their types, percent signs, lost connections, autocommit."""

import socket
import ssl
import struct

import numpy as np
import pandas as pd
import pytest
import redshift_connector
import sqlalchemy as sa

from jobrec_ui.errors import WarehouseError
from jobrec_ui.warehouse import Warehouse, failures
from jobrec_ui.warehouse.dialect import RedshiftDialect
from jobrec_ui.warehouse.failures import ConnectionLost, ModelNotReady, WriteConflict

URL = "redshift+redshift_connector://app:se%40cret@cluster.example:5439/dev"


def arguments(query=""):
    return RedshiftDialect().create_connect_args(sa.make_url(URL + query))[1]


class TestAddress:
    def test_tls_is_checked_in_full_unless_said_otherwise(self):
        found = arguments()
        assert (found["ssl"], found["sslmode"]) == (True, "verify-full")
        assert (found["user"], found["password"], found["host"], found["port"], found["database"]) == (
            "app", "se@cret", "cluster.example", 5439, "dev",
        )  # fmt: skip
        assert found["tcp_keepalive"] is True

    @pytest.mark.parametrize(
        ("query", "name", "value"),
        [
            ("?ssl=false", "ssl", False),
            ("?ssl=true", "ssl", True),
            ("?sslmode=verify-ca", "sslmode", "verify-ca"),
            ("?iam=True&cluster_identifier=c1&db_user=app", "iam", True),
            ("?db_groups=a,b", "db_groups", ["a", "b"]),
            ("?db_groups=a&db_groups=b", "db_groups", ["a", "b"]),
            ("?tcp_keepalive_idle=20", "tcp_keepalive_idle", 20),
            ("?is_serverless=on&serverless_work_group=w", "serverless_work_group", "w"),
            ("?client_protocol_version=0", "client_protocol_version", 0),
        ],
    )
    def test_options_have_the_types_of_the_driver(self, query, name, value):
        found = arguments(query)[name]
        assert found == value
        assert type(found) is type(value)

    @pytest.mark.parametrize(
        ("query", "words"),
        [
            ("?sslmode=disable", "sslmode=disable"),
            ("?sslmode=require", "verify-full and verify-ca"),
            ("?ssl=perhaps", "ssl=perhaps"),
            ("?tcp_keepalive_idle=soon", "whole number"),
            ("?timeout=30", "limits"),
            ("?no_such=1", "no_such"),
        ],
    )
    def test_what_is_wrong_is_said_at_once(self, query, words):
        with pytest.raises(WarehouseError, match=words) as raised:
            Warehouse(URL + query)
        assert "cret" not in str(raised.value)
        assert "cret" not in str(raised.value.__cause__)


@pytest.mark.parametrize(
    ("text", "sent"),
    [
        ("SELECT '50%'", "SELECT '50%'"),
        ("SELECT 7 % 4", "SELECT 7 %% 4"),
        ("SELECT '%' || :a -- 10 %", "SELECT '%' || %s -- 10 %"),
        ("SELECT \"a%b\", 'it''s %', 5%3", "SELECT \"a%b\", 'it''s %', 5%%3"),
    ],
)
def test_a_percent_sign_arrives_as_it_was_written(text, sent):
    """The driver halves what is doubled outside of quotes and leaves what is inside as it is."""
    assert str(sa.text(text).compile(dialect=RedshiftDialect())) == sent
    driver, _ = redshift_connector.core.convert_paramstyle("format", sent)
    assert driver == text.replace(":a", "$1")


class Exchange:
    """A connection and its cursor in one, whose next statement ends as the test wants."""

    def __init__(self, error=None, rows=()):
        self.error, self.autocommit, self.last_used, self.in_transaction, self.sent = error, False, -1e9, False, []

    @property
    def _c(self):
        return self

    def cursor(self):
        return self

    def close(self):
        pass

    def execute(self, statement, parameters=None):
        self.sent.append((statement, parameters, self.autocommit))
        if self.error:
            raise self.error


class TestLost:
    @pytest.mark.parametrize(
        "error",
        [
            ConnectionResetError("reset"),
            BrokenPipeError(),
            ssl.SSLEOFError("EOF occurred in violation of protocol"),
            struct.error("unpack requires a buffer of 5 bytes"),
            KeyError(b"\x00"),
            ValueError("write to closed file"),
            redshift_connector.InterfaceError("BrokenPipe: server socket closed. Please check that …"),
            redshift_connector.InterfaceError("connection is closed"),
            redshift_connector.ProgrammingError({"C": "57P01", "M": "terminating connection due to administrator"}),
        ],
    )
    def test_is_recognised_however_it_shows(self, error):
        dialect, connection = RedshiftDialect(), Exchange(error)
        with pytest.raises(redshift_connector.Error) as raised:
            dialect.do_execute(connection, "SELECT 1", ())
        assert dialect.is_disconnect(raised.value, connection, None)
        assert isinstance(failures.explained(raised.value), ConnectionLost)
        assert str(failures.explained(raised.value)) == failures.LOST

    @pytest.mark.parametrize("code", ["42P01", "28000", "57014", "XX000", "25P02"])
    def test_what_the_server_refuses_is_not(self, code):
        error = redshift_connector.ProgrammingError({"C": code, "M": "no"})
        assert not RedshiftDialect().is_disconnect(error, None, None)

    def test_a_ping_is_sent_outside_a_transaction(self):
        connection = Exchange()
        assert RedshiftDialect().do_ping(connection)
        assert connection.sent[0][2] is True
        assert connection.autocommit is False

    def test_a_connection_that_just_worked_is_not_asked(self):
        connection = Exchange()
        RedshiftDialect().do_execute(connection, "SELECT 1", ())
        assert RedshiftDialect().do_ping(connection)
        assert len(connection.sent) == 1

    def test_a_ping_without_an_answer_raises_an_error_of_the_driver(self):
        with pytest.raises(redshift_connector.InterfaceError):
            RedshiftDialect().do_ping(Exchange(BrokenPipeError()))


def test_a_change_of_isolation_sends_nothing():
    dialect, connection = RedshiftDialect(), Exchange(AssertionError("sent"))
    dialect.set_isolation_level(connection, "AUTOCOMMIT")
    assert connection.autocommit is True
    dialect.set_isolation_level(connection, "SERIALIZABLE")
    assert connection.autocommit is False


def test_values_are_sent_as_plain_python():
    connection = Exchange()
    at = pd.Timestamp("2026-02-03 04:05:06")
    RedshiftDialect().do_execute(connection, "SELECT %s", (np.int64(3), np.float32(0.5), np.bool_(True), at, pd.NaT))
    sent = connection.sent[0][1]
    assert sent == [3, 0.5, True, at.to_pydatetime(), None]
    assert [type(value).__name__ for value in sent] == ["int", "float", "bool", "datetime", "NoneType"]


class TestSentences:
    @pytest.mark.parametrize(
        ("error", "kind", "words"),
        [
            (
                # As recorded in aws-sdk-pandas issue 665.
                {"S": "ERROR", "C": "XX000", "M": "1023", "D": "Serializable isolation violation on table - 119371"},
                WriteConflict,
                "nothing was saved",
            ),
            (
                {"C": "XX000", "M": "The ML model is not ready, check STV_ML_MODEL_INFO for its status."},
                ModelNotReady,
                "training is still running, or has failed",
            ),
            ({"C": "28000", "M": 'password authentication failed for user "app"'}, WarehouseError, "refused the login"),
            ({"C": "42501", "M": "permission denied for schema ml"}, WarehouseError, "permission denied for schema ml"),
            ({"C": "XX000", "M": "User a does not have ASSUMEROLE permission on IAM role"}, WarehouseError, "GRANT"),
            ({"C": "XX000", "M": "S3ServiceException:Access Denied,Status 403"}, WarehouseError, "S3 refused"),
            ({"C": "XX000", "M": "The specified bucket does not exist NoSuchBucket"}, WarehouseError, "bucket"),
            ({"C": "42P01", "M": 'relation "x" does not exist'}, WarehouseError, 'relation "x" does not exist'),
        ],
    )
    def test_of_the_server(self, error, kind, words):
        found = failures.explained(redshift_connector.ProgrammingError(error))
        assert type(found) is kind
        assert words in str(found)

    @pytest.mark.parametrize(
        ("cause", "words"),
        [
            (socket.gaierror(-2, "Name or service not known"), "host name is not known"),
            (ConnectionRefusedError(111, "refused"), "does not answer"),
            (ConnectionResetError(104, "reset"), "lost"),
            (OSError(113, "No route to host"), "cannot be reached"),
            (ssl.SSLError(1, "wrong version number"), "TLS"),
        ],
    )
    def test_of_the_way(self, cause, words):
        found = failures.explained(redshift_connector.InterfaceError("communication error", cause))
        assert type(found) is ConnectionLost
        assert words in str(found)


def test_a_server_that_is_not_there_is_one_sentence_and_not_a_wait(monkeypatch):
    monkeypatch.setattr("jobrec_ui.warehouse.warehouse.PAUSES", (0.0, 0.0))
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))  # bound and not listening
        wh = Warehouse(f"redshift+redshift_connector://u:p@127.0.0.1:{taken.getsockname()[1]}/dev")
        with pytest.raises(ConnectionLost, match="does not answer"):
            wh.query("data/data_version")
        wh.close()
