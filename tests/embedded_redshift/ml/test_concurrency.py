"""Models are made, called and dropped by many threads at once: nothing crashes, hangs or gives a wrong answer."""

import random
import threading
import time
from collections.abc import Callable

import pytest

from embedded_redshift import dbapi
from tests.embedded_redshift.conftest import create_model

pytestmark = pytest.mark.training

THREADS = 20
SECONDS = 4
EXPECTED = ("does not exist", "already exists", "not ready", "1023")


@pytest.mark.usefixtures("training_data")
def test_models_come_and_go_under_load(path: str, connection: dbapi.Connection) -> None:
    connection.cursor().execute(create_model("ml.steady", function="steady"))
    assert connection.wait_for_trainings(60)
    query = "SELECT SUM(ml.steady(a, b, n)) FROM ml.train"
    expected = connection.cursor().execute(query).fetchone()
    ends = time.monotonic() + SECONDS
    surprises: list[str] = []
    right = [0] * THREADS

    def work(number: int) -> None:
        choose = random.Random(number)
        mine = dbapi.connect(path)
        cursor = mine.cursor()

        def steady() -> None:
            assert cursor.execute(query).fetchone() == pytest.approx(expected)
            right[number] += 1

        name = choose.randrange(3)
        actions: list[Callable[[], object]] = [
            steady,
            lambda: cursor.execute(create_model(f"ml.m{name}", function=f"f{name}")),
            lambda: cursor.execute(f"DROP MODEL IF EXISTS ml.m{name}"),
            lambda: cursor.execute(f"SELECT SUM(ml.f{name}(a, b, n)) FROM ml.train").fetchall(),
            lambda: cursor.execute("SHOW MODEL ALL").fetchall(),
        ]
        while time.monotonic() < ends:
            mine.autocommit = choose.random() < 0.5
            try:
                choose.choice(actions)()
                mine.commit() if choose.random() < 0.7 else mine.rollback()
            except dbapi.Error as error:
                mine.rollback()
                if not any(words in str(error) for words in EXPECTED):
                    surprises.append(str(error))
            except AssertionError:
                surprises.append("a wrong answer")
        mine.close()

    threads = [threading.Thread(target=work, args=(number,)) for number in range(THREADS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert not any(thread.is_alive() for thread in threads), "a thread hangs"
    assert surprises == []
    assert sum(right) > 0
    assert connection.wait_for_trainings(60)


@pytest.mark.usefixtures("training_data")
def test_drop_while_others_predict(path: str, connection: dbapi.Connection, cursor: dbapi.Cursor) -> None:
    cursor.execute(create_model())
    assert connection.wait_for_trainings(60)
    wide = "SELECT SUM(ml.m1_score(t.a, t.b, t.n)) FROM ml.train t CROSS JOIN ml.train u"
    started = threading.Event()
    results: list[str] = []

    def predict() -> None:
        mine = dbapi.connect(path)
        started.set()
        try:
            while True:
                mine.cursor().execute(wide)
                mine.rollback()
        except dbapi.ProgrammingError as error:
            results.append(str(error))
        mine.close()

    thread = threading.Thread(target=predict)
    thread.start()
    assert started.wait(10)
    time.sleep(0.2)
    cursor.execute("DROP MODEL ml.m1")
    thread.join(60)
    assert not thread.is_alive()
    assert len(results) == 1
    assert "ml.m1_score" in results[0]
    assert "does not exist" in results[0]
