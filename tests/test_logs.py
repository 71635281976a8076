"""The log: readable by its owner only, and without anything personal in it."""

import logging
import shutil
import stat
from collections.abc import Iterator
from pathlib import Path

import pytest

from jobrec_ui import logs, matching
from jobrec_ui.access import accounts
from jobrec_ui.errors import WarehouseError
from jobrec_ui.settings import Settings, local_url
from jobrec_ui.warehouse import Warehouse


@pytest.fixture(autouse=True)
def _loggers_as_before() -> Iterator[None]:
    loggers = [logging.getLogger(name) for name in ("jobrec_ui", "embedded_redshift")]
    before = [(logger.handlers, logger.level, logger.propagate) for logger in loggers]
    for logger in loggers:
        logger.handlers = []
    yield
    for logger, (handlers, level, propagate) in zip(loggers, before, strict=True):
        for handler in logger.handlers:
            handler.close()
        logger.handlers, logger.level, logger.propagate = handlers, level, propagate


def test_goes_to_a_private_file_and_warnings_to_stderr(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    logs.set_up(tmp_path / "home", to_stderr=True)
    logger = logging.getLogger("jobrec_ui.something")
    logger.info("quiet")
    logger.warning("loud")
    file = tmp_path / "home" / "jobrec.log"
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert [line.split(" ", 2)[2] for line in file.read_text().splitlines()] == [
        "INFO jobrec_ui.something: quiet",
        "WARNING jobrec_ui.something: loud",
    ]
    shown = capsys.readouterr().err
    assert "loud" in shown
    assert "quiet" not in shown


def test_without_a_folder_warnings_still_show(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "file").write_text("")
    logs.set_up(tmp_path / "file", to_stderr=False)
    logging.getLogger("jobrec_ui").warning("loud")
    assert "loud" in capsys.readouterr().err


def test_nothing_personal_is_written(tmp_path: Path, demo_warehouse: Path) -> None:
    shutil.copyfile(demo_warehouse, tmp_path / "warehouse.duckdb")
    logs.set_up(tmp_path, to_stderr=False)
    wh = Warehouse(local_url(tmp_path / "warehouse.duckdb"))
    somebody = matching.find_candidates(wh, "", 1).iloc[0]
    with pytest.raises(WarehouseError):  # a value that is not what the statement wants
        wh.query("matching/find_candidates", {"words": ";", "text": "", "limit": somebody["name"]})
    current = Settings(tmp_path, wh.url, tmp_path / "users.yaml")
    wh.execute("schema/app_login")
    for _ in range(6):
        with pytest.raises(accounts.LoginRefused):
            accounts.log_in(wh, current, somebody["name"], "hunter2 hunter2")
    wh.close()

    text = (tmp_path / "jobrec.log").read_text()
    assert "matching/find_candidates" in text
    for personal in (somebody["name"], somebody["name"].lower(), somebody["candidate_id"], "hunter2"):
        assert personal not in text
