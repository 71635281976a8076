"""The command line: what it prints, what it leaves, and how it fails."""

import os
import re
import shutil
import signal
import socket
import stat
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import pandas as pd
import pytest
import sqlalchemy as sa

from jobrec_ui import matching
from jobrec_ui.access import accounts
from jobrec_ui.commands import cli, exit_codes, first_start, serve
from jobrec_ui.errors import InputError, WarehouseError
from jobrec_ui.settings import local_url, settings
from jobrec_ui.warehouse import Warehouse

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def home(tmp_path, monkeypatch):
    """An empty home folder, which the settings of this process point to."""
    folder = tmp_path / "home"
    monkeypatch.setenv("JOBREC_HOME", str(folder))
    # Set first, so that what a command puts there is undone after the test.
    monkeypatch.setenv("JOBREC_WAREHOUSE", "")
    monkeypatch.delenv("JOBREC_USERS", raising=False)
    settings.cache_clear()
    yield folder
    settings.cache_clear()


@pytest.fixture
def demo_home(home, demo_warehouse):
    """A home folder with the demo warehouse."""
    home.mkdir()
    shutil.copyfile(demo_warehouse, home / "warehouse.duckdb")
    return home


def _run(*arguments: str | Path) -> int:
    return cli.main([str(argument) for argument in arguments])


class TestData:
    def test_load_reports_and_lists_reasons(self, home, tmp_path, capsys):
        files = tmp_path / "files"
        files.mkdir()
        (files / "postings.csv").write_text("posting_id,title\nP1,Baker\nP2,Nurse\n,Nobody\n")
        (files / "candidates.csv").write_text("candidate_id\nC1\nC2\n")
        (files / "interactions.csv").write_text(
            "posting_id,candidate_id,stage,occurred_at\nP1,C1,applied,2026-01-02\nP1,C9,hired,2026-01-03\n"
        )
        reasons = tmp_path / "reasons.csv"

        assert _run("load", files, "--reasons", reasons) == 0

        shown = capsys.readouterr()
        assert re.search(r"postings.csv +3 +2 +0 +0 +1\n", shown.out)
        assert re.search(r"interactions.csv +2 +1 +0 +0 +1\n", shown.out)
        assert "Reading postings.csv" in shown.err
        assert set(pd.read_csv(reasons)["file"]) == {"postings.csv", "interactions.csv"}
        wh = Warehouse(local_url(home / "warehouse.duckdb"))
        assert matching.find_postings(wh, "", limit=9).shape[0] == 2
        wh.close()

    @pytest.mark.company
    def test_demo_writes_the_same_files_for_a_seed(self, home, tmp_path, capsys):
        sizes = ["--candidates", "50", "--postings", "5", "--interactions", "200", "--format", "csv"]
        for folder, seed, until in (("a", "1", "2025-03-01"), ("b", "1", "2025-03-01"), ("c", "2", "2025-03-01")):
            assert _run("demo", *sizes, "--seed", seed, "--until", until, "--out", tmp_path / folder) == 0
        texts = [(tmp_path / folder / "candidates.csv").read_bytes() for folder in "abc"]
        assert texts[0] == texts[1] != texts[2]
        assert len(pd.read_csv(tmp_path / "a" / "candidates.csv")) == 50
        occurred = pd.read_csv(tmp_path / "a" / "interactions.csv")["occurred_at"]
        assert "2023-03-01" <= occurred.min() < occurred.max() < "2025-03-01"
        assert str(tmp_path / "c" / "postings.csv") in capsys.readouterr().out
        assert not (home / "warehouse.duckdb").exists()

    def test_demo_does_not_mix_with_other_data(self, demo_home, capsys):
        assert _run("demo", "--candidates", "10") == cli.ERROR
        assert "already holds data (600 candidates, 60 postings)" in capsys.readouterr().err

    def test_another_warehouse(self, home, demo_warehouse, tmp_path, capsys):
        copy = tmp_path / "other.duckdb"
        shutil.copyfile(demo_warehouse, copy)
        assert _run("demo", "--warehouse", local_url(copy)) == cli.ERROR
        assert "already holds data" in capsys.readouterr().err
        assert not (home / "warehouse.duckdb").exists()


class TestModel:
    def test_train_tells_quality_beside_plain_text(self, demo_home, capsys):
        assert _run("train", "--wait") == exit_codes.HELD_BACK
        out, err = capsys.readouterr()
        assert "Version 2 is held back. Too few postings" in err
        assert "Version 2 is held back, and version 1 serves on: match_v2" in out
        assert "Too few postings were held out to tell whether it is better than match_v1" in out
        assert re.search(r"Judged on \d+ postings from \d\d \w+ \d{4} to", out)
        assert re.search(r"\d\d\.\d% +\d\d\.\d%  a put-forward candidate is placed above another one \(AUC\)", out)

    def test_rank_and_score(self, demo_home, tmp_path, capsys):
        wh = Warehouse(local_url(demo_home / "warehouse.duckdb"))
        found = matching.find_postings(wh, "", limit=3)
        wh.close()
        postings, ranks, scores = tmp_path / "postings.csv", tmp_path / "ranks.csv", tmp_path / "scores.csv"
        found[["posting_id"]].to_csv(postings, index=False)

        assert _run("rank", "--postings", postings, "--top", "4", "--out", ranks) == 0
        assert "3 rows read, 12 written by match_v1" in capsys.readouterr().out
        assert _run("score", "--pairs", ranks, "--out", scores) == 0

        ranked, scored = pd.read_csv(ranks), pd.read_csv(scores)
        both = ranked.merge(scored, on=["posting_id", "candidate_id"], suffixes=("", "_again"))
        assert len(both) == 12
        assert both["score"].to_numpy() == pytest.approx(both["score_again"].to_numpy(), abs=1e-6)

    def test_train_without_data(self, home, capsys):
        assert _run("train", "--wait") == cli.ERROR
        assert capsys.readouterr().err.strip().endswith("Load postings, candidates and interactions first.")


class TestErrors:
    @pytest.mark.process
    def test_are_a_sentence_without_traceback(self, tmp_path):
        environment = os.environ | {"JOBREC_HOME": str(tmp_path)}
        command = [sys.executable, "-m", "jobrec_ui", "load", str(tmp_path / "none")]
        done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True)
        assert done.returncode == 2
        assert done.stderr == f"The directory {tmp_path / 'none'} cannot be read (No such file or directory).\n"
        assert done.stdout == ""

    @pytest.mark.parametrize("url", ["nonsense://x", "sqlite:///x", "x"])
    def test_unknown_warehouse(self, home, capsys, url):
        for command in (["train", "--wait"], ["models", "list"]):
            assert _run(*command, "--warehouse", url) == cli.ERROR
            assert "not one this app knows" in capsys.readouterr().err

    @pytest.mark.parametrize(
        "command",
        [
            "load x", "demo", "train", "models list", "check", "setup", "refresh", "rank --postings x --out y",
            "score --pairs x --out y", "run",
        ],
    )  # fmt: skip
    def test_every_command_takes_a_warehouse(self, command):
        assert cli._parser().parse_args([*command.split(), "--warehouse", "some:///url"]).warehouse == "some:///url"

    def test_an_empty_warehouse(self, home, capsys):
        assert _run("models", "list") == 0
        assert capsys.readouterr().out == "There are no versions yet.\n"

    def test_ctrl_c(self, home, monkeypatch, capsys):
        def interrupted(*_: object, **__: object) -> None:
            raise KeyboardInterrupt

        monkeypatch.setattr("jobrec_ui.data.load.load", interrupted)
        assert _run("load", home) == cli.INTERRUPTED
        assert capsys.readouterr().err == "Stopped.\n"

    def test_what_nobody_foresaw(self, home, monkeypatch, capsys):
        def fail(*_: object, **__: object) -> None:
            raise ZeroDivisionError("Ana Souza")

        monkeypatch.setattr("jobrec_ui.data.load.load", fail)
        assert _run("load", home) == cli.ERROR
        shown = capsys.readouterr().err
        number = re.fullmatch(r"Something went wrong that should not\. .* under the number ([0-9A-F]{8})\.\n", shown)[1]
        log = (home / "jobrec.log").read_text()
        assert f"command load failed, reference {number}: ZeroDivisionError at test_cli.py" in log
        assert "Ana" not in log

    def test_a_home_that_cannot_be_made(self, tmp_path, monkeypatch, capsys, home):
        (tmp_path / "file").write_text("in the way")
        monkeypatch.setenv("JOBREC_HOME", str(tmp_path / "file"))
        for arguments in (["load", tmp_path], ["user", "add", "bo", "--generate"]):
            assert _run(*arguments) == cli.ERROR
            assert str(tmp_path / "file") in capsys.readouterr().err.splitlines()[-1]

    @pytest.mark.process
    def test_help_imports_nothing_heavy(self):
        code = (
            "import sys\nfrom jobrec_ui.commands import cli\n"
            "try: cli.main(['rank', '--help'])\nexcept SystemExit: pass\n"
            "print(sorted({'pandas', 'duckdb', 'streamlit', 'xgboost', 'pyarrow', 'sqlglot'} & set(sys.modules)))"
        )
        done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
        assert done.stdout.rstrip().endswith("[]")


class TestUsers:
    def test_a_user_comes_and_goes(self, home, monkeypatch, capsys):
        file = home / "users.yaml"
        monkeypatch.setattr("sys.stdin", open(os.devnull))  # noqa: SIM115
        assert _run("user", "add", "ana", "--role", "admin", "--name", "Ana Souza") == cli.ERROR
        assert "no password on the standard input" in capsys.readouterr().err

        assert _run("user", "add", "ana", "--role", "admin", "--name", "Ana Souza", "--generate") == 0
        first = re.search(r"Password: (\S+)", capsys.readouterr().out)[1]
        assert accounts._authenticate(file, "ana", first).role == "admin"

        assert _run("user", "passwd", "ana", "--generate") == 0
        capsys.readouterr()
        assert accounts._authenticate(file, "ana", first) is None

        assert _run("user", "list") == 0
        assert capsys.readouterr().out == "ana\tadmin\tAna Souza\n"
        assert _run("user", "remove", "ana") == 0
        assert accounts.list_users(file) == []

    def test_password_from_standard_input(self, home, monkeypatch, tmp_path):
        (tmp_path / "password").write_text("correct horse battery\n")
        with open(tmp_path / "password") as stdin:
            monkeypatch.setattr("sys.stdin", stdin)
            assert _run("user", "add", "bo") == 0
        assert accounts._authenticate(home / "users.yaml", "bo", "correct horse battery").role == "recruiter"

    def test_two_different_passwords(self, home, monkeypatch, capsys):
        typed = iter(["correct horse battery", "another one entirely"])
        monkeypatch.setattr("sys.stdin.isatty", lambda: True, raising=False)
        monkeypatch.setattr("getpass.getpass", lambda prompt: next(typed))
        assert _run("user", "add", "bo") == cli.ERROR
        assert "differ" in capsys.readouterr().err
        assert accounts.list_users(home / "users.yaml") == []


class TestLogins:
    def test_are_kept_for_the_owner_until_changed(self, home):
        made = serve.prepare_logins(settings())
        kept = home / "demo_logins.txt"
        assert set(made) == {"recruiter", "admin"}
        assert stat.S_IMODE(kept.stat().st_mode) == 0o600
        assert serve.prepare_logins(settings()) == made

        accounts.set_password(settings().users_file, "admin", "something else 1")
        assert serve.prepare_logins(settings()) == {"recruiter": made["recruiter"]}

    def test_are_not_made_where_there_are_users(self, home):
        accounts.add_user(settings().users_file, "ana", "correct horse battery", "admin")
        assert serve.prepare_logins(settings()) == {}
        assert [user.username for user in accounts.list_users(settings().users_file)] == ["ana"]


class TestRun:
    def test_serves_prints_logins_and_stops(self, demo_home):
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port = probe.getsockname()[1]
        command = [sys.executable, "-m", "jobrec_ui", "run", "--port", str(port)]
        environment = os.environ | {"JOBREC_HOME": str(demo_home), "PYTHONPATH": str(ROOT)}
        with open(demo_home / "out", "w") as out:
            # In another folder: what it serves must not depend on where it is started.
            server = subprocess.Popen(command, cwd=demo_home, env=environment, stdout=out, stderr=subprocess.STDOUT)
        try:
            text = _wait_for_text(demo_home / "out", f"http://localhost:{port}", server)
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/", timeout=60) as page:
                assert page.status == 200
            passwords = dict(line.split() for line in (demo_home / "demo_logins.txt").read_text().splitlines())
            assert set(passwords) == {"recruiter", "admin"}
            assert all(re.search(rf"{name} +{password}\n", text) for name, password in passwords.items())
            assert "making the demo company" not in text
            assert not any(password in (demo_home / "jobrec.log").read_text() for password in passwords.values())

            taken = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True)
            assert taken.returncode == 2
            assert f"port {port}" in taken.stderr
        finally:
            server.send_signal(signal.SIGINT)
            assert server.wait(timeout=120) in (0, cli.INTERRUPTED)
        assert "Traceback" not in (demo_home / "out").read_text()

    @pytest.mark.company
    def test_first_start_goes_on_where_it_was_interrupted(self, home, tmp_path, monkeypatch):
        def interrupted(*_: object, **__: object) -> None:
            raise KeyboardInterrupt

        wh = Warehouse(local_url(tmp_path / "warehouse.duckdb"))
        build = first_start.build
        sizes = {"candidates": 300, "postings": 40, "interactions": 4000}
        monkeypatch.setattr(first_start, "build", lambda wh, until, progress: build(wh, **sizes, progress=progress))
        with monkeypatch.context() as during:
            during.setattr(serve.models, "train", interrupted)
            with pytest.raises(KeyboardInterrupt):
                serve.prepare_data(wh, lambda step: None)
        with wh.engine.begin() as connection:  # as another version left it: its features are made once, not twice
            connection.execute(sa.text("DROP TABLE features.stages_reached"))
        steps: list[str] = []

        serve.prepare_data(wh, steps.append)

        assert steps[0] == "There is data but no model yet: training one"
        assert len([step for step in steps if step.startswith("Another version")]) == 1
        assert len([step for step in steps if step == "Reading postings and candidates"]) == 1
        assert serve.models.live_version(wh).version == 1
        with pytest.raises(InputError, match="already holds data"):
            serve.refuse_if_loaded(wh)
        steps.clear()
        serve.prepare_data(wh, steps.append)
        assert steps == []
        wh.close()

    @pytest.mark.parametrize(
        "other",
        ["ALTER TABLE features.candidate_facts DROP COLUMN last_event_at", "DROP TABLE features.stages_reached"],
    )
    def test_features_of_another_version_are_made_anew(self, demo_home, tmp_path, other):
        shutil.copyfile(demo_home / "warehouse.duckdb", tmp_path / "older.duckdb")
        wh = Warehouse(local_url(tmp_path / "older.duckdb"))
        version = serve.models.live_version(wh)
        (posting,) = matching.find_postings(wh, "", 1)["posting_id"]
        before = matching.rank_candidates(wh, posting, version)
        with wh.engine.begin() as connection:
            connection.execute(sa.text(other))
        with pytest.raises(WarehouseError):
            matching.rank_candidates(wh, posting, version)
        steps: list[str] = []
        serve.prepare_data(wh, steps.append)
        assert steps[0] == "Another version of the app made the features: making them anew"
        pd.testing.assert_frame_equal(matching.rank_candidates(wh, posting, version), before)
        steps.clear()
        serve.prepare_data(wh, steps.append)
        assert steps == []
        wh.close()

    @pytest.mark.parametrize(("least", "shared"), [(0, False), (10_000, True)])
    def test_a_small_company_has_one_core_for_each_statement(self, demo_home, monkeypatch, least, shared):
        monkeypatch.setattr(serve, "_ONE_CORE_EACH", least)
        wh = Warehouse(local_url(demo_home / "warehouse.duckdb"))
        serve.share_cores(wh)
        with wh.engine.connect() as connection:
            cursor = connection.connection.driver_connection.session.cursor
            [(threads,)] = cursor.execute("SELECT current_setting('threads')").fetchall()
        assert (threads == 1) == (shared or os.cpu_count() == 1)
        wh.close()

    def test_the_first_visitor_finds_it_warm(self, demo_home):
        wh = Warehouse(local_url(demo_home / "warehouse.duckdb"))
        asked: list[str] = []

        class Listening(Warehouse):
            """Notes what is ranked and explained."""

            def query(self, name, params=None, names=None, *, scores=False):
                if scores:
                    asked.append(names["score_function"])
                return super().query(name, params, names, scores=scores)

        listening = Listening(wh.url)
        serve._warm_up(listening)
        assert asked == [serve.models.live_version(wh).function] * 2
        listening.close()
        wh.close()

    def test_nothing_to_warm_up_before_there_are_data(self, tmp_path, caplog):
        wh = Warehouse(local_url(tmp_path / "warehouse.duckdb"))
        serve.models.create_schema(wh)
        with pytest.raises(WarehouseError):
            matching.find_postings(wh, "", 1)  # what is looked for is not there yet
        caplog.clear()
        serve._warm_up(wh)
        assert caplog.records == []
        wh.close()


def _wait_for_text(path: Path, wanted: str, server: subprocess.Popen[bytes]) -> str:
    deadline = time.monotonic() + 240
    while time.monotonic() < deadline:
        text = path.read_text()
        assert server.poll() is None, text
        if wanted in text and text.rstrip().endswith("Ctrl-C."):
            return text
        time.sleep(0.1)
    raise AssertionError(f"The server did not say {wanted!r}:\n{path.read_text()}")
