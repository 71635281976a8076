"""``models …`` on the command line: what it prints and what it refuses; nothing is trained here."""

import shutil
from types import SimpleNamespace

import pandas as pd
import pytest

from jobrec_ui import models
from jobrec_ui.commands import cli, exit_codes
from jobrec_ui.errors import InputError
from jobrec_ui.models import admin, card, lifecycle, preview
from jobrec_ui.models.costs import Prices, prices
from jobrec_ui.models.experiment import comparison
from jobrec_ui.quality import drift, figures
from jobrec_ui.quality.drift import Verdict
from jobrec_ui.quality.panels import PANELS
from jobrec_ui.settings import ROOT, local_url, settings
from jobrec_ui.warehouse import Warehouse
from jobrec_ui.web.model.training import what_it_costs


@pytest.fixture(scope="module")
def url(demo_warehouse, tmp_path_factory):
    """A copy of the demo company."""
    path = tmp_path_factory.mktemp("command") / "warehouse.duckdb"
    shutil.copyfile(demo_warehouse, path)
    return local_url(path)


@pytest.fixture
def run(url, monkeypatch, capsys):
    """run("list") -> exit code, what was printed, what went wrong."""
    monkeypatch.setenv("JOBREC_WAREHOUSE", url)

    def run_it(*arguments):
        code = cli.main(["models", *arguments])
        printed = capsys.readouterr()
        return code, printed.out, printed.err

    yield run_it
    settings.cache_clear()


def test_list(run):
    code, out, _ = run("list")
    assert code == 0
    header, line = out.splitlines()
    assert header.split()[:2] == ["version", "state"]
    assert line.split()[:2] == ["1", "live"]
    assert "The first version" in line


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["train", "--set", "eta=7"], "eta must be between 0.1 and 0.5, not 7."),
        (["train", "--set", "eta"], "--set takes a name and a value"),
        (["train", "--set", "eta=much"], "eta must be a number, not 'much'."),
        (["train", "--set", "tree_method=gpu"], "tree_method must be one of auto, exact, approx, hist"),
        (["train", "--set", "tree_method=exact"], "set colsample_bynode to 1, or choose the tree_method hist"),
        (
            ["train", "--set", "tree_method=exact", "--set", "colsample_bynode=0.5"],
            "tree_method exact takes no colsample_bynode below 1, and it is 0.5: set",
        ),
        (
            ["train", "--set", "tree_method=exact", "--set", "colsample_bynode=1", "--set", "max_depth=0"],
            "set max_depth from 1 to 10",
        ),
        (["train", "--type", "forest"], "There is no model type 'forest'."),
        (["train", "--leave-out", "age"], "There is no feature 'age' to leave out."),
        (["promote", "1", "--reason", "why not"], "Version 1 is live already."),
        (["promote", "7", "--reason", "why not"], "There is no version 7."),
        (["rollback", "--reason", "worse"], "There is no earlier version to roll back to"),
        (["drop", "1", "--reason", "old"], "Version 1 serves recruiters now."),
        (["share", "1", "0.5", "--reason", "try"], "choose one that is not live"),
        (["stop", "1", "--reason", "wrong"], "Version 1 is not on its way any more"),
    ],
)
def test_what_is_refused(run, arguments, says):
    code, out, err = run(*arguments)
    assert (code, out) == (cli.ERROR, "")
    assert says in err


def test_conditions_of_a_training(run, monkeypatch):
    def asked(*_arguments):
        raise InputError("It would train now.")

    monkeypatch.setattr(admin, "request_training", asked)
    code, out, _ = run("train", "--if-older-than", "30d")
    assert code == 0
    assert out.startswith("Nothing was trained: the last training, of version 1")
    assert "It would train now." in run("train", "--if-older-than", "0h")[2]
    for state, says in ((drift.NOTHING, "Nothing was trained: "), (drift.RETRAIN, "It would train now.")):
        monkeypatch.setattr(figures, "drift_verdict", lambda wh, version, state=state: Verdict(state, ("Because.",)))
        _, out, err = run("train", "--if-drifted", "--if-older-than", "30d")
        assert says in out + err
    with pytest.raises(SystemExit):
        run("train", "--if-older-than", "soon")


def test_the_model_card_as_a_file(run, url, tmp_path, monkeypatch):
    monkeypatch.setattr(card, "PANELS", {"lift": PANELS["lift"]})  # drawing takes a moment
    code, out, _ = run("card", "1", "--out", str(tmp_path / "card.html"))
    assert (code, "card.html" in out) == (0, True)
    made = (tmp_path / "card.html").read_text("utf-8")
    assert "Model card: version 1" in made
    assert made.count("<svg") == 1
    assert "cannot be written" in run("card", "1", "--out", str(tmp_path / "none" / "card.html"))[2]
    assert "There is no version 7" in run("card", "7", "--out", str(tmp_path / "card.html"))[2]
    wh = Warehouse(url)
    log = wh.query("access/audit_latest", {"limit": 5})
    assert log[["username", "action", "subject"]].to_numpy().tolist() == [
        ["command line", "export of model card", "match_v1"]
    ]
    wh.close()


def test_nothing_to_advance(run):
    assert run("advance")[1].strip() == "No training is on its way."


def test_the_preview_counts_what_the_training_had(url):
    wh = Warehouse(url)
    before = (models.list_versions(wh), models.in_use(wh).data)
    found, record = preview.preview(wh, models.TrainingChoices(), *before), models.version_record(wh, 1)
    assert record.examples <= found.examples <= record.examples * 1.1  # who is drawn twice counts once
    assert (found.positives, found.holdout_positives) == (record.positives, record.holdout_positives)
    assert (found.holdout_from, found.holdout_to) == (record.holdout_from, record.holdout_to)
    assert found.cells == found.examples * (len(record.features) + 1)
    assert (found.cost, found.prices, prices(wh)) == (0, None, None)
    assert found.seconds > 0
    choices = models.TrainingChoices(left_out=("views",), cutoffs=2, negatives_per_positive=3)
    fewer = preview.preview(wh, choices, *before)
    assert fewer.examples < found.examples
    assert any("Features left out: views." in change for change in fewer.changes)
    wh.close()


def test_prices_by_tier():
    """Each tier's price for the cells in it: 125 million cost 200 + 1,350 + 175 by AWS's list."""
    tiers = ((10e6, 20.0), (90e6, 15.0), (float("inf"), 7.0))
    told = Prices(tiers, "USD", "a book", None)
    assert [told.of(cells) for cells in (0, 1_000_000, 10_000_000, 125_000_000)] == [0, 20, 200, 200 + 1350 + 175]


def test_where_prices_come_from(tmp_path, monkeypatch):
    """From the file that comes with the app, or one of the installation's own."""
    elsewhere = SimpleNamespace(in_aws=True)
    settings.cache_clear()
    told = prices(elsewhere)
    assert told.of(1_000_000) == 20
    assert f"as of {told.as_of.day} {told.as_of:%b %Y}" in what_it_costs(told)
    own = tmp_path / "prices.toml"
    monkeypatch.setenv("JOBREC_TRAINING_PRICES", str(own))
    settings.cache_clear()
    own.write_text('currency = "EUR"\nsource = "our contract"\nas_of = 2026-01-31\n[[tiers]]\nprice = 3\n')
    assert what_it_costs(prices(elsewhere)) == "The cost is an estimate at most, by our contract, as of 31 Jan 2026."
    own.write_text("currency = 3")
    with pytest.raises(InputError, match="cannot be read"):
        prices(elsewhere)
    settings.cache_clear()


def test_what_recruiters_did_with_two_versions():
    rows = pd.DataFrame(
        {
            "model_version": [1] * 6 + [2] * 6 + [3],
            "shortlisted_of_top_10": [0, 0, 1, 1, 0, 1, 2, 2, 3, 2, 2, 2, 9],
            "hours_to_first": [None, None, 4.0, 6.0, None, 8.0, 1.0, 1.0, 2.0, 1.0, 1.0, 3.0, 9.0],
        }
    )
    found = comparison(rows, 1, 2)
    assert (found.live.postings, found.live.waiting, found.live.shortlisted.value) == (6, 3, 0.5)
    assert (found.challenger.hours.value, found.live.hours.value) == (1.0, 6.0)
    assert found.live.hours.interval is None  # of three postings
    low, high = found.shortlisted_difference.interval
    assert 0 < low < found.shortlisted_difference.value < high


def test_conditions_while_a_training_is_on_its_way(run, url):
    wh = Warehouse(url)
    number = models.request(wh, models.TrainingChoices(), "ann")
    wh.close()
    code, out, _ = run("train", "--if-older-than", "30d")
    assert (code, out) == (0, f"Nothing was trained: version {number} is on its way.\n")
    assert run("stop", str(number), "--reason", "a test")[0] == 0


def requested(url, **choices):
    """Asks for a version, as the page or a scheduled query does, and gives its number."""
    wh = Warehouse(url)
    number = models.request(wh, models.TrainingChoices(**choices), "ann")
    wh.close()
    return number


def test_advance_waits_where_the_warehouse_trains_in_the_process(run, url):
    number = requested(url, hyperparameters={"num_round": 5, "colsample_bynode": 1}, tree_method="exact")
    code, out, err = run("advance")
    assert code == exit_codes.HELD_BACK, err
    assert f"Version {number} is held back" in out
    assert f"Version {number} is held back. Too few postings" in err
    assert run("advance")[:2] == (exit_codes.DONE, "No training is on its way.\n")


def test_a_training_that_failed_has_an_exit_code_of_its_own(run, url, monkeypatch):
    def nothing_to_learn(*_arguments):
        raise InputError("There is nothing to learn from.")

    number = requested(url)
    monkeypatch.setattr(lifecycle, "_gather", nothing_to_learn)
    code, out, err = run("advance")
    assert (code, out) == (exit_codes.FAILED, "")
    assert f"Version {number} is failed. There is nothing to learn from." in err


def test_where_it_trains_elsewhere_advance_does_not_wait(run, url, monkeypatch):
    number = requested(url)
    record = SimpleNamespace(version=number, state="training", detail="", is_open=True)
    monkeypatch.setattr("jobrec_ui.models.costs.trains_elsewhere", lambda _wh: True)
    monkeypatch.setattr(models, "advance", lambda *_arguments: record)
    code, out, _ = run("advance")
    assert (code, out) == (exit_codes.DONE, f"Version {number} is training.\n")
    assert run("stop", str(number), "--reason", "a test")[0] == 0


@pytest.mark.parametrize("arguments", [["--help"], ["models", "advance", "--help"], ["train", "--help"]])
def test_help_has_the_table_of_exit_codes(arguments, capsys):
    with pytest.raises(SystemExit):
        cli.main(arguments)
    assert exit_codes.help_text() in capsys.readouterr().out


def test_the_documents_have_the_table_of_exit_codes():
    text = (ROOT / "docs" / "retrain.md").read_text("utf-8")
    assert exit_codes.as_markdown() in text
