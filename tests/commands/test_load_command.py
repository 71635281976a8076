"""``load``: a folder of foreign files, what it says about each of them, and what scripts can rely on."""

import subprocess
import sys
import tomllib
from pathlib import Path

import pandas as pd
import pytest

from jobrec_ui import models
from jobrec_ui.commands import cli
from jobrec_ui.data.versions import data_version
from jobrec_ui.settings import local_url, settings
from jobrec_ui.warehouse import Warehouse, setup
from tests.foreign_export import write_export

ROOT = Path(__file__).resolve().parents[2]
JOBS = 'Job ID,Job Title,Skills\nJ1,Cook,"CI/CD, Baking"\nJ2,Nurse,Care\n'
PEOPLE = "Candidate ID,Vorname,Nachname\nC1,Ann,Lee\nC2,Işıl,Weiß\n"
STAGES = "Job ID,Candidate ID,Stage,Stage Date\nJ1,C1,Blue,2024-01-02\nJ2,C2,Hired,2024-01-03\n"


@pytest.fixture
def home(tmp_path, monkeypatch):
    folder = tmp_path / "home"
    monkeypatch.setenv("JOBREC_HOME", str(folder))
    monkeypatch.setenv("JOBREC_WAREHOUSE", "")
    settings.cache_clear()
    # What follows a load is the other tests' matter, and that of the one here that runs in a process of its own.
    monkeypatch.setattr(models, "refresh_features", lambda wh, progress: None)
    yield folder
    settings.cache_clear()


@pytest.fixture
def folder(tmp_path):
    """Writes files of these contents by name into a folder, and returns it."""
    made = tmp_path / "export"
    made.mkdir()

    def write(contents):
        for name, content in contents.items():
            (made / name).write_text(content)
        return made

    return write


def run(*arguments):
    return cli.main([str(argument) for argument in arguments])


def rows(home, table, columns):
    wh = Warehouse(local_url(home / "warehouse.duckdb"))
    try:
        return sorted(map(tuple, pd.read_sql(f"SELECT {columns} FROM hiring.{table}", wh.engine).values.tolist()))
    finally:
        wh.close()


def test_files_of_any_names(home, folder, capsys):
    directory = folder({"all work.csv": JOBS, "Leute.csv": PEOPLE, "weather.csv": "wind\n1\n", "cv.pdf": "%PDF"})
    assert run("load", directory) == 0
    shown = capsys.readouterr().out
    assert "Leute.csv: columns read: Vorname as person: first name; Nachname as person: last name" in shown
    assert "all work.csv: skills: read as lists with commas, such as 'CI/CD, Baking': CI/CD · Baking" in shown
    assert "  cv.pdf: it is a document\n" in shown
    assert "  weather.csv: nothing that the app knows\n" in shown
    assert rows(home, "candidates", "candidate_id, name") == [("C1", "Ann Lee"), ("C2", "Işıl Weiß")]
    assert rows(home, "postings", "posting_id, skills") == [("J1", "CI/CD; Baking"), ("J2", "Care")]


def test_a_proposal_is_written_changed_and_used(home, folder, tmp_path, capsys):
    directory = folder({"work.csv": JOBS, "people.csv": PEOPLE, "steps.csv": STAGES})
    mapping, reasons = tmp_path / "mapping.toml", tmp_path / "reasons.csv"

    assert run("load", directory, "--propose", mapping) == 0
    shown = capsys.readouterr().out
    assert "work.csv: postings: it has columns such as" in shown
    assert "  Blue (1 rows): nothing is known about it, so its rows would be rejected" in shown
    assert f"load {directory} --mapping {mapping}" in shown
    content = tomllib.loads(mapping.read_text())
    assert {one["file"]: one["holds"] for one in content["sheets"]} == {
        "work.csv": ["postings"], "people.csv": ["candidates"], "steps.csv": ["interactions"],
    }  # fmt: skip
    wh = Warehouse(local_url(home / "warehouse.duckdb"))
    assert "hiring.postings" not in setup.known_tables(wh)  # nothing was loaded
    wh.close()

    assert run("load", directory, "--mapping", mapping, "--reasons", reasons) == 0
    assert "unknown stage" in capsys.readouterr().out
    assert pd.read_csv(reasons)[["file", "line", "value"]].values.tolist() == [["steps.csv", 2, "Blue"]]

    text = mapping.read_text()
    assert "[stages]\n" in text
    mapping.write_text(text.replace("[stages]\n", '[stages]\nBlue = "offered"\n'))
    assert run("load", directory, "--mapping", mapping) == 0
    assert rows(home, "interactions", "candidate_id, stage") == [("C1", "offered"), ("C2", "hired")]


def test_a_mapping_that_is_wrong_loads_nothing(home, folder, tmp_path, capsys):
    directory = folder({"work.csv": JOBS})
    (tmp_path / "bad.toml").write_text('[[sheets]]\nfile = "work.csv"\nholds = ["posting"]\n')
    assert run("load", directory, "--mapping", tmp_path / "bad.toml") == 2
    assert "'posting' is none of postings" in capsys.readouterr().err
    assert run("load", directory, "--propose", tmp_path / "missing" / "mapping.toml") == 2
    assert "could not be written" in capsys.readouterr().err


def test_a_whole_file_that_was_lost_is_an_exit_code(home, folder, capsys):
    directory = folder({"work.csv": JOBS, "people.csv": PEOPLE, "steps.csv": STAGES.replace("2024", "2224")})
    assert run("load", directory) == 1
    shown = capsys.readouterr()
    assert "Nothing of steps.csv was taken." in shown.err
    assert "lies in the future" in shown.out
    assert len(rows(home, "postings", "posting_id")) == 2


def test_a_file_that_cannot_be_read_is_an_exit_code(home, folder, capsys):
    directory = folder({"work.csv": JOBS, "more.json": '[{"id": '})
    assert run("load", directory) == 1
    shown = capsys.readouterr()
    assert "Nothing of more.json was taken." in shown.err
    assert "  more.json: is not JSON: line 1" in shown.out


def test_a_folder_of_nothing_names_what_is_there(home, folder, capsys):
    assert run("load", folder({"weather.csv": "wind\n1\n", "cv.pdf": "%PDF"})) == 2
    told = capsys.readouterr().err
    assert "holds no file to load. Expected: postings, candidates, interactions, demographics" in told
    assert "cv.pdf: it is a document." in told
    assert "weather.csv: nothing that the app knows." in told


def test_what_is_not_sure_is_not_loaded(home, folder, capsys):
    directory = folder({"a.csv": "Job ID,Requisition ID,Title\n1,R1,Cook\n2,R2,Nurse\n"})
    assert run("load", directory) == 2
    told = capsys.readouterr().err
    assert "a.csv is taken for postings" in told
    assert "it has two columns for the posting id: Job ID and Requisition ID. Nothing was loaded." in told
    assert "--propose mapping.toml" in told


def test_nothing_waits_for_whoever_reads_the_output(tmp_path):
    """``load DIR | true``: the reader is gone before the report comes, and all is there."""
    export = tmp_path / "export"
    export.mkdir()
    write_export(export, vacancies=6, people=20)
    home = tmp_path / "home"
    command = [sys.executable, "-m", "jobrec_ui", "load", str(export)]
    environment = {"JOBREC_HOME": str(home), "PATH": "/usr/bin:/bin", "PYTHONPATH": str(ROOT)}
    load = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=environment, cwd=tmp_path)
    load.stdout.close()
    _, told = load.communicate(timeout=300)
    assert b"Traceback" not in told
    wh = Warehouse(local_url(home / "warehouse.duckdb"))
    assert data_version(wh).candidates == 20
    assert pd.read_sql("SELECT COUNT(*) FROM features.candidate_facts", wh.engine).iloc[0, 0] == 20
    wh.close()
