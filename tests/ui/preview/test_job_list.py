"""The print ledger of a record: what went out, and a spoilt paper voided with its reason."""

from dataclasses import replace
from pathlib import Path

from PySide6.QtWidgets import QLabel, QPushButton
from pytestqt.qtbot import QtBot

from desk.models.store import Store
from desk.ui.preview.job_list import JobList
from tests.fakes import FakeClock
from tests.ui.paper_stage import PaperStage, stage


def _list(made: PaperStage, qtbot: QtBot) -> JobList:
    shown = JobList(made.context)
    qtbot.addWidget(shown)
    return shown


def _words(shown: JobList) -> str:
    return " ".join(each.text() for line in shown._lines for each in line.findChildren(QLabel))


def test_a_spoilt_paper_is_voided_with_its_reason(
    qtbot: QtBot, store: Store, fake_clock: FakeClock, tmp_path: Path
) -> None:
    made = stage(store, tmp_path)
    jobs = made.desk.print_jobs
    jobs.printed(jobs.queue("receipt", "v1", copies=2).value.id)
    shown = _list(made, qtbot)
    shown.show_record("v1")
    assert "2 份" in _words(shown)
    (void,) = shown.findChildren(QPushButton)
    made.notices.words = "卡纸撕坏"
    void.click()
    (job,) = jobs.of_record("v1")
    assert (job.state, job.note) == ("voided", "卡纸撕坏")
    assert "卡纸撕坏" in _words(shown)
    assert not shown._lines[0].findChildren(QPushButton)


def test_what_the_reader_may_not_void_has_no_button(
    qtbot: QtBot, store: Store, fake_clock: FakeClock, tmp_path: Path
) -> None:
    made = stage(store, tmp_path)
    jobs = made.desk.print_jobs
    jobs.printed(jobs.queue("receipt", "v1").value.id)
    found = [replace(job, may_void=False) for job in jobs.of_record("v1")]
    shown = _list(made, qtbot)
    shown.show_found(lambda: found)
    assert len(shown._lines) == 1
    assert not shown.findChildren(QPushButton)
