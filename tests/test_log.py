"""The log holds no secret and no personal data, even if a caller slips."""

import logging
from pathlib import Path

import pytest

from desk import log


@pytest.mark.parametrize("secret", ["13800001234", "11010519491231002X", "ab" * 32])
def test_personal_data_and_secrets_are_cut_out(tmp_path: Path, secret: str) -> None:
    log.start(tmp_path)
    try:
        log.get("test").warning("visit 7 of %s", secret)
    finally:
        log.stop()
    written = (tmp_path / "desk.log").read_text(encoding="utf-8")
    assert "visit 7 of ***" in written
    assert secret not in written


def test_a_stopped_log_writes_no_more(tmp_path: Path) -> None:
    log.start(tmp_path)
    log.stop()
    log.get("test").warning("late")
    assert (tmp_path / "desk.log").read_text(encoding="utf-8") == ""


def test_stopping_leaves_the_handler_of_the_command_line(tmp_path: Path) -> None:
    root, quiet = logging.getLogger("desk"), logging.NullHandler()
    root.addHandler(quiet)
    try:
        log.start(tmp_path)
        log.stop()
        assert quiet in root.handlers
    finally:
        root.removeHandler(quiet)
