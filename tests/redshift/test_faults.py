"""What goes wrong between the app and Redshift: the sentence that people get, and that nothing is written twice."""

import logging
import threading
import time

import pytest
from redshift_wire import Certificate, harm

from embedded_redshift import dbapi
from jobrec_ui.settings import Limits
from jobrec_ui.warehouse import Warehouse, warehouse
from jobrec_ui.warehouse.failures import LOST, Cancelled, ConnectionLost, TooLarge, Unreachable, WriteConflict
from jobrec_ui.warehouse.purpose import used_for
from tests.redshift.conftest import PASSWORD

MANY = 20_200
DOWN = "The warehouse does not answer at its address: paused, behind a firewall, or the port is another."


@pytest.fixture
def open_warehouse(monkeypatch, sql_root):
    """Opens warehouses that wait only a moment before they try again, and the statements of these tests."""
    monkeypatch.setattr(warehouse, "PAUSES", (0.05, 0.3))
    sql_root("t/add", "INSERT INTO public.t (n) VALUES (:n)")
    sql_root("t/add_two", "INSERT INTO public.t (n) VALUES (:n); INSERT INTO public.t (n) VALUES (:n)")
    sql_root("t/read", "SELECT COUNT(*) AS n FROM public.t")
    sql_root("t/many", "SELECT n, 'row ' || CAST(n AS VARCHAR) AS word FROM public.many")
    opened = []

    def open_it(url, **limits):
        opened.append(Warehouse(url, Limits(**limits)))
        return opened[-1]

    yield open_it
    for one in opened:
        one.close()


@pytest.fixture
def behind(server):
    """The warehouse behind the server, past the wire: an empty table t, and one of MANY rows."""
    connection = dbapi.connect(str(server.path))
    connection.autocommit = True
    cursor = connection.cursor()
    cursor.execute("CREATE TABLE public.t (n INTEGER)")
    cursor.execute("CREATE TABLE public.many (n INTEGER)")
    cursor.execute("INSERT INTO public.many VALUES " + ", ".join(f"({n})" for n in range(100)))
    cursor.execute("INSERT INTO public.many SELECT a.n FROM public.many AS a, public.many AS b")
    cursor.execute("INSERT INTO public.many SELECT n FROM public.many")
    yield cursor
    connection.close()


@pytest.fixture
def wh(server, behind, open_warehouse):
    """A warehouse whose connection is warm."""
    found = open_warehouse(server.url(), page=2, batch=2)
    found.query("t/read")
    found.execute("t/add", {"n": 0})
    behind.execute("DELETE FROM public.t")
    return found


def written(behind):
    """The numbers that made it into the table, each as often as it did."""
    return [row[0] for row in behind.execute("SELECT n FROM public.t ORDER BY n").fetchall()]


class TestServerGone:
    def test_at_the_start(self, server, behind, open_warehouse):
        server.stop()
        with pytest.raises(Unreachable) as raised:
            open_warehouse(server.url()).query("t/read")
        assert str(raised.value) == DOWN

    def test_and_back_before_the_second_try_nobody_notices(self, server, wh):
        server.stop()
        timer = threading.Timer(0.1, server.start)
        timer.start()
        assert wh.query("t/read")["n"][0] == 0
        timer.join()

    def test_and_back_after_a_minute(self, server, behind, wh):
        """Shortened: what matters is that the same warehouse object goes on."""
        server.stop()
        for ask in (lambda: wh.query("t/read"), lambda: wh.execute("t/add", {"n": 1})):
            with pytest.raises(Unreachable) as raised:
                ask()
            assert str(raised.value) == DOWN
        server.start()
        wh.execute("t/add", {"n": 2})
        assert wh.query("t/read")["n"][0] == 1
        assert written(behind) == [2]


class TestConnectionCut:
    def test_while_idle_nobody_notices(self, server, behind, wh):
        server.cut_all()
        assert wh.query("t/read")["n"][0] == 0
        server.cut_all()
        wh.execute("t/add", {"n": 1})
        assert written(behind) == [1]

    @pytest.mark.parametrize("how", [harm.break_line, harm.break_after(0), harm.break_after(3), harm.break_after(20)])
    def test_in_mid_read_it_is_asked_again(self, server, wh, how):
        server.harm("FROM public.t", how)
        assert wh.query("t/read")["n"][0] == 0
        assert sum("FROM public.t" in sql for sql in server.statements[-4:]) == 2

    def test_in_mid_result_it_is_asked_again(self, server, wh):
        server.harm("FROM public.many", harm.break_after(100_000))
        assert len(wh.query("t/many")) == MANY

    @pytest.mark.parametrize("how", [harm.break_line, harm.break_after(0), harm.break_after(100_000)])
    def test_every_time_it_is_one_sentence(self, server, wh, how):
        server.harm("FROM public.many", how, times=100)
        with pytest.raises(ConnectionLost) as raised:
            wh.query("t/many")
        assert str(raised.value) == LOST
        assert wh.query("t/read")["n"][0] == 0

    @pytest.mark.parametrize("how", [harm.break_line, harm.break_after(0)])
    def test_in_mid_write_nothing_of_it_is_kept_and_it_is_told(self, server, behind, wh, how):
        server.harm("INSERT INTO public.t", how)
        with pytest.raises(ConnectionLost) as raised:
            wh.execute("t/add_two", {"n": 1})
        assert str(raised.value) == LOST
        assert written(behind) == []
        wh.execute("t/add", {"n": 2})
        assert written(behind) == [2]

    def test_at_the_commit_it_is_told_and_not_written_again(self, server, behind, wh):
        """The server has committed and the answer is lost: only the user can know whether to do it again."""
        server.harm("^commit", harm.break_after(0))
        with pytest.raises(ConnectionLost):
            wh.execute("t/add_two", {"n": 1})
        assert written(behind) == [1, 1]

    def test_of_a_single_statement_it_is_told_and_not_written_again(self, server, behind, wh):
        """A transaction by itself, that the server has committed when the answer is lost."""
        server.harm("INSERT INTO public.t", harm.break_after(0))
        with pytest.raises(ConnectionLost):
            wh.execute("t/add", {"n": 1})
        assert written(behind) == [1]

    def test_before_the_commit_nothing_is_kept(self, server, behind, wh):
        server.harm("^commit", harm.break_line)
        with pytest.raises(ConnectionLost):
            wh.execute("t/add_two", {"n": 1})
        assert written(behind) == []


class TestConflict:
    @pytest.mark.parametrize("where", ["INSERT INTO public.t", "^commit"])
    def test_once_nobody_notices_and_it_is_written_once(self, server, behind, wh, where):
        server.harm(where, harm.conflict)
        wh.execute("t/add_two", {"n": 1})
        assert written(behind) == [1, 1]

    def test_of_a_single_statement_once_nobody_notices(self, server, behind, wh):
        server.harm("INSERT INTO public.t", harm.conflict)
        wh.execute("t/add", {"n": 1})
        assert written(behind) == [1]

    def test_every_time_it_is_told_and_nothing_is_written(self, server, behind, wh):
        server.harm("^commit", harm.conflict, times=100)
        with pytest.raises(WriteConflict) as raised:
            wh.execute("t/add_two", {"n": 1})
        assert str(raised.value) == (
            "1023: somebody else changed the same data at the same moment, so nothing was saved. Try again."
        )
        assert written(behind) == []

    def test_ten_writers_at_once_each_write_once(self, server, behind, wh):
        threads = [threading.Thread(target=wh.execute, args=("t/add", {"n": n})) for n in range(10)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert written(behind) == list(range(10))


class TestSlow:
    def test_a_query_beyond_its_limit_is_stopped(self, server, wh):
        server.harm("FROM public.t", harm.slow(60))
        with pytest.raises(Cancelled) as raised:
            wh.query("t/read")
        assert str(raised.value) == (
            "The warehouse took longer than the 2 seconds allowed. Ask for less, or try when it is less busy."
        )
        assert wh.query("t/read")["n"][0] == 0

    def test_a_query_that_nobody_waits_for_is_cancelled_by_its_number(self, server, behind, open_warehouse, sql_root):
        sql_root("t/slow", "SELECT COUNT(MD5(CAST(a.n * b.n AS VARCHAR))) AS n FROM public.many AS a, public.many AS b")
        patient = open_warehouse(server.url(), page=100)
        left = threading.Event()
        threading.Timer(0.5, left.set).start()
        started = time.monotonic()
        with used_for("page", "test", left.is_set), pytest.raises(Cancelled, match="nobody was waiting"):
            patient.query("t/slow")
        assert time.monotonic() - started < 30
        assert any("PG_CANCEL_BACKEND" in sql for sql in server.statements)
        assert patient.query("t/read")["n"][0] == 0


class TestLogin:
    def test_refused(self, server, open_warehouse, caplog):
        caplog.set_level(logging.DEBUG)
        with pytest.raises(Exception) as raised:  # noqa: PT011 - its sentence is what counts
            open_warehouse(server.url(password="not the right one")).query("t/read")
        assert str(raised.value) == (
            "The warehouse refused the login. `python -m jobrec_ui check` says which statement mends it."
        )
        chain, error = [], raised.value
        while error is not None:
            chain.append(repr(error))
            error = error.__cause__ or error.__context__
        assert len(chain) > 1
        for text in (str(raised.value), caplog.text, *chain):
            assert "not the right one" not in text
            assert PASSWORD not in text

    def test_a_certificate_that_nobody_vouches_for(self, server, open_warehouse, monkeypatch, tmp_path):
        monkeypatch.setenv("SSL_CERT_FILE", str(Certificate.make(tmp_path, "other.example").path))
        with pytest.raises(
            ConnectionLost, match=r"certificate is not the one to be expected \(self.signed.*SSL_CERT_FILE="
        ):
            open_warehouse(server.url()).query("t/read")
        assert server.counts.logins == 0

    def test_a_certificate_for_another_name(self, make_server, open_warehouse, monkeypatch, tmp_path):
        other = Certificate.make(tmp_path, "other.example")
        monkeypatch.setenv("SSL_CERT_FILE", str(other.path))
        server = make_server(tls=other.context)
        with pytest.raises(
            ConnectionLost, match=r"certificate is not the one to be expected \(Hostname mismatch"
        ) as it:
            open_warehouse(server.url()).query("t/read")
        assert str(it.value).endswith("Connect by the cluster's own host name.")
        assert server.counts.logins == 0

    def test_no_tls_where_it_is_wanted(self, make_server, open_warehouse):
        with pytest.raises(ConnectionLost, match="does not speak TLS on this port"):
            open_warehouse(make_server(tls=None).url()).query("t/read")


class TestFarLargerThanExpected:
    def test_it_arrives_whole_within_the_limit(self, wh):
        found = wh.query("t/many")
        assert len(found) == MANY
        assert (found["word"] == "row " + found["n"].astype(str)).all()

    def test_beyond_it_it_is_broken_off_and_told(self, server, behind, open_warehouse, sql_root):
        sql_root("t/large", f"SELECT n, '{'x' * 1000}' AS word FROM public.many")  # 20 MB
        narrow = open_warehouse(server.url(), page_answer=1)
        with server.counted() as gone, pytest.raises(TooLarge) as raised:
            narrow.query("t/large")
        assert str(raised.value) == (
            "The answer of the warehouse is larger than the 1 MB allowed ([limits] in the settings), so it was broken "
            "off. Ask for less."
        )
        assert gone.sent < 15_000_000  # what the sockets between them hold
        assert sum("xxx" in sql for sql in server.statements) == 1  # and not asked again
        assert narrow.query("t/read")["n"][0] == 0
        with used_for("batch", "test"):
            assert len(narrow.query("t/large")) == MANY
