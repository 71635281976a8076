"""What admins do with the company's data, and that nobody else can."""

from contextlib import ExitStack
from dataclasses import replace

import pytest

from jobrec_ui.access import audit
from jobrec_ui.access.accounts import User
from jobrec_ui.data.reading.files import find_files
from jobrec_ui.data.undo import last_load
from jobrec_ui.data.versions import data_version
from jobrec_ui.errors import InputError, NotAllowed
from jobrec_ui.intake import admin
from jobrec_ui.models.feature_builds import why_stale
from tests.foreign_export import write_export

BOSS, ANN = User("boss", "Boss", "admin", ""), User("ann", "Ann", "recruiter", "")


@pytest.fixture
def files(export):
    with ExitStack() as stack:
        yield stack.enter_context(find_files(export))


def ended(running):
    assert running.wait(60)
    assert running.error is None
    return running.result


def counts(wh):
    loaded = data_version(wh)
    return (loaded.postings, loaded.candidates, loaded.interactions)


class TestLoad:
    def test_makes_the_features_too(self, wh, files, tmp_path):
        report = ended(admin.load(wh, BOSS, admin.propose(wh, BOSS, files), tmp_path / "reasons.csv"))
        assert {table.table: table.new for table in report.tables}["candidates"] == 40
        assert counts(wh)[:2] == (12, 40)
        assert why_stale(wh) is None
        assert not (tmp_path / "reasons.csv").exists()  # nothing to say

    def test_is_in_the_audit_log(self, wh, files, tmp_path):
        ended(admin.load(wh, BOSS, admin.propose(wh, BOSS, files), tmp_path / "reasons.csv"))
        entry = audit.latest(wh).iloc[0]
        assert (entry["username"], entry["action"], entry["subject"]) == ("boss", "data loaded", "data version 1")

    def test_what_was_decided_is_proposed_again(self, wh, files, tmp_path):
        plan = admin.propose(wh, BOSS, files)
        decided = replace(plan, stages={**plan.stages, "Phone Screen": "rejected"})
        ended(admin.load(wh, BOSS, decided, tmp_path / "reasons.csv"))
        assert admin.propose(wh, BOSS, files).stages["Phone Screen"] == "rejected"


class TestCheck:
    def test_changes_nothing(self, wh, files, tmp_path):
        report = ended(admin.check(wh, BOSS, admin.propose(wh, BOSS, files), tmp_path / "reasons.csv"))
        assert {table.table: table.new for table in report.tables}["candidates"] == 40
        assert data_version(wh) is None
        assert last_load(wh) is None


class TestTakeBack:
    def test_the_data_are_as_before(self, wh, files, tmp_path):
        ended(admin.load(wh, BOSS, admin.propose(wh, BOSS, files), tmp_path / "reasons.csv"))
        before = counts(wh)
        more = tmp_path / "more"
        more.mkdir()
        with find_files(write_export(more, vacancies=14, people=50, seed=6)) as second:
            ended(admin.load(wh, BOSS, admin.propose(wh, BOSS, second), tmp_path / "reasons.csv"))
        assert counts(wh) != before
        ended(admin.take_back(wh, BOSS, 2))
        assert counts(wh) == before
        assert why_stale(wh) is None

    def test_only_the_last(self, wh, files, tmp_path):
        ended(admin.load(wh, BOSS, admin.propose(wh, BOSS, files), tmp_path / "reasons.csv"))
        with pytest.raises(InputError, match="data version 7 cannot be taken back"):
            admin.take_back(wh, BOSS, 7)


class TestRecruiters:
    def test_are_refused_by_each_action(self, wh, files, tmp_path):
        plan = admin.propose(wh, BOSS, files)
        for action in (
            lambda: admin.propose(wh, ANN, files),
            lambda: admin.check(wh, ANN, plan, tmp_path / "reasons.csv"),
            lambda: admin.load(wh, ANN, plan, tmp_path / "reasons.csv"),
            lambda: admin.take_back(wh, ANN, 1),
        ):
            with pytest.raises(NotAllowed):
                action()
        assert data_version(wh) is None
        assert list(audit.latest(wh)["action"]) == ["refused"] * 4
