"""The start of a connection: TLS, passwords, protocol versions, and what the driver says when one is wrong."""

import ssl

import pytest
import redshift_connector
from redshift_wire import Certificate


def one(connection):
    return connection.cursor().execute("SELECT 1").fetchall()


@pytest.mark.parametrize("method", ["md5", "sha256"])
class TestPassword:
    def test_the_right_one_gets_in(self, make_server, connect, method):
        assert one(connect(make_server(method=method))) == ([1],)

    def test_a_wrong_one_does_not(self, make_server, connect, method):
        with pytest.raises(redshift_connector.InterfaceError) as raised:
            connect(make_server(method=method), password="guess")
        fields = raised.value.args[0]
        assert (fields["S"], fields["C"]) == ("FATAL", "28000")
        assert fields["M"] == 'password authentication failed for user "recruiting"'

    def test_an_unknown_user_hears_the_same(self, make_server, connect, method):
        with pytest.raises(redshift_connector.InterfaceError) as raised:
            connect(make_server(method=method), user="nobody")
        assert raised.value.args[0]["M"] == 'password authentication failed for user "nobody"'


class TestTls:
    @pytest.mark.parametrize("host", ["localhost", "127.0.0.1"])
    def test_the_line_is_encrypted_and_the_name_checked(self, server, connect, host):
        connection = connect(server, host=host)
        assert connection._usock.version() == "TLSv1.3"
        assert one(connection) == ([1],)

    def test_a_certificate_that_nobody_vouches_for(self, server, connect, monkeypatch, tmp_path):
        monkeypatch.setenv("SSL_CERT_FILE", str(Certificate.make(tmp_path, "other.example").path))
        with pytest.raises(redshift_connector.InterfaceError) as raised:
            connect(server)
        assert isinstance(raised.value.args[1], ssl.SSLCertVerificationError)

    def test_a_certificate_for_another_name(self, make_server, connect, monkeypatch, tmp_path):
        other = Certificate.make(tmp_path, "other.example")
        monkeypatch.setenv("SSL_CERT_FILE", str(other.path))
        server = make_server(tls=other.context)
        with pytest.raises(redshift_connector.InterfaceError) as raised:
            connect(server)
        assert "localhost" in str(raised.value.args[1])
        assert one(connect(server, sslmode="verify-ca")) == ([1],)

    def test_a_server_without_it(self, make_server, connect):
        server = make_server(tls=None)
        with pytest.raises(redshift_connector.InterfaceError, match="Server refuses SSL"):
            connect(server)
        assert one(connect(server, ssl=False)) == ([1],)


@pytest.mark.parametrize(
    ("of_server", "of_client", "spoken"), [(2, 2, 2), (2, 1, 1), (2, 0, 0), (1, 2, 1), (0, 2, 0), (None, 2, 0)]
)
def test_both_sides_speak_the_lower_version(make_server, connect, of_server, of_client, spoken):
    """A server too old to say its version speaks 0, as the driver takes it to."""
    connection = connect(make_server(protocol=of_server), client_protocol_version=of_client)
    assert connection._client_protocol_version == spoken
    assert one(connection) == ([1],)


def test_the_driver_takes_it_for_redshift(server, connect):
    connection = connect(server)
    assert str(connection._server_version) == "8.0.2"
    assert "Redshift" in connection.cursor().execute("select version()").fetchone()[0]
