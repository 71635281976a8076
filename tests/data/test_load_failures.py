"""Loads that go wrong: whatever happens, the warehouse is as it was, and the message says what to do."""

import os
import subprocess
import sys
import textwrap

import pytest
import sqlalchemy as sa

from jobrec_ui.data.load import load
from jobrec_ui.data.versions import data_version
from jobrec_ui.errors import InputError
from jobrec_ui.warehouse import Warehouse

BEFORE = "posting_id,title\np1,Cook\n"


@pytest.fixture
def loaded(wh, files):
    load(wh, files(postings=BEFORE))
    return wh


def assert_as_before(wh):
    with wh.engine.connect() as connection:
        assert connection.execute(sa.text("SELECT posting_id, title FROM hiring.postings")).fetchall() == [
            ("p1", "Cook")
        ]
    assert data_version(wh).version == 1


def in_another_process(body, *arguments):
    """Runs Python code that has `load` and the arguments at hand, in a process that may be killed or starved."""
    start = "import sys\nfrom pathlib import Path\nfrom jobrec_ui.data.load import load\n"
    start += "from jobrec_ui.warehouse import Warehouse\n"
    code = start + textwrap.dedent(body)
    return subprocess.run(
        [sys.executable, "-c", code, *map(str, arguments)], capture_output=True, text=True, timeout=120
    )


def test_a_file_that_changes_while_it_is_read(loaded, files):
    directory = files(postings="posting_id,title\np1,Chef\n", candidates="candidate_id\nc1\n")

    def append(step):
        if step.startswith("Reading postings.csv"):
            with (directory / "postings.csv").open("a") as file:
                file.write("p2,Nurse\n")

    with pytest.raises(InputError, match=r"postings\.csv changed while it was read\. Nothing was loaded"):
        load(loaded, directory, progress=append)
    assert_as_before(loaded)


def test_a_file_that_changes_after_it_was_read(loaded, files):
    directory = files(postings="posting_id,title\np1,Chef\n", candidates="candidate_id\nc1\n")

    def append(step):
        if step == "Writing to the warehouse":
            os.truncate(directory / "postings.csv", 20)

    with pytest.raises(InputError, match=r"postings\.csv changed while it was read"):
        load(loaded, directory, progress=append)
    assert_as_before(loaded)


def test_a_bad_file_after_a_good_one(loaded, files):
    with pytest.raises(InputError, match=r"interactions\.csv lacks the columns stage, occurred_at"):
        load(loaded, files(postings="posting_id,title\np1,Chef\n", interactions="posting_id,candidate_id\np1,c1\n"))
    assert_as_before(loaded)


def test_a_reasons_file_that_cannot_be_written(loaded, files, tmp_path):
    directory = files(postings="posting_id,title\np1,Chef\np2,\n")
    with pytest.raises(InputError, match=r"reasons\.csv could not be written .* Nothing was loaded"):
        load(loaded, directory, reasons_file=tmp_path / "missing" / "reasons.csv")
    assert_as_before(loaded)


def test_an_interruption(loaded, files):
    def interrupt(step):
        if step == "Writing to the warehouse":
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        load(loaded, files(postings="posting_id,title\np1,Chef\n"), progress=interrupt)
    assert_as_before(loaded)


@pytest.mark.process
def test_a_killed_process(wh, files):
    load(wh, files(postings=BEFORE))
    url = wh.url
    wh.close()
    directory = files(postings="posting_id,title\n" + "".join(f"p{n},Chef\n" for n in range(20_000)))
    killed = in_another_process(
        """
        import os, signal
        def kill(step):
            if step == "Writing to the warehouse":
                os.kill(os.getpid(), signal.SIGKILL)
        load(Warehouse(sys.argv[1]), Path(sys.argv[2]), progress=kill)
        """,
        url, directory,
    )  # fmt: skip
    assert killed.returncode == -9, killed.stderr
    again = Warehouse(url)
    assert_as_before(again)
    assert load(again, directory).version.version == 2
    again.close()


@pytest.mark.process
def test_a_full_disk(wh, files):
    """A limit on the size of files stands in for the full disk: the warehouse's writes fail in the same way."""
    load(wh, files(postings=BEFORE))
    url = wh.url
    wh.close()
    text = "".join(f"p{n},Chef,{' '.join(str(n * k * 7919 % 100003) for k in range(60))}\n" for n in range(20_000))
    directory = files(postings="posting_id,title,description\n" + text)
    starved = in_another_process(
        """
        import resource, signal
        from jobrec_ui.errors import JobrecError
        wh = Warehouse(sys.argv[1])
        wh.query("data/data_version")
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (3_000_000, 3_000_000))
        try:
            load(wh, Path(sys.argv[2]))
        except JobrecError as error:
            print(type(error).__name__, error)
        """,
        url, directory,
    )  # fmt: skip
    assert starved.stdout.startswith("WarehouseError Nothing was loaded: "), starved.stdout + starved.stderr
    assert "File too large" in starved.stdout
    assert "Free some space on that disk, and load again." in starved.stdout
    again = Warehouse(url)
    assert_as_before(again)
    again.close()
