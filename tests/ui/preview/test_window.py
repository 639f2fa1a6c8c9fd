"""A paper in a window of its own: the recovery sheet of the wizard."""

from dataclasses import replace
from pathlib import Path

from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot

from desk.models.store import Store
from desk.ui.preview.window import PaperWindow, show_paper
from tests.fakes import FakeClock
from tests.ui.paper_stage import stage
from tests.ui.test_accessible import nameless


def test_the_sheet_is_seen_printed_and_saved(
    qtbot: QtBot, store: Store, fake_clock: FakeClock, tmp_path: Path
) -> None:
    made = stage(store, tmp_path)
    parent = QWidget()
    qtbot.addWidget(parent)
    sheet = made.desk.papers.recovery_sheet("7K2M-9QRT")
    shown = PaperWindow(sheet, made.context, parent, made.printers)
    shown.open()
    assert shown.windowTitle() == "恢复单"
    assert nameless(shown) == []
    shown.print_button.click()
    assert made.printers.out.exists()
    shown.save_button.click()
    assert (tmp_path / "saved").read_bytes() == sheet.pdf
    assert [job.state for job in made.desk.print_jobs.of_record("")] == ["printed", "saved"]
    shown.close_button.click()


def test_it_opens_over_its_parent(qtbot: QtBot, store: Store, fake_clock: FakeClock, tmp_path: Path) -> None:
    made = stage(store, tmp_path)
    parent = QWidget()
    qtbot.addWidget(parent)
    shown = show_paper(made.desk.papers.operation_card(), made.context, parent)
    assert shown.isVisible()
    shown.reject()


def test_it_says_how_many_are_needed_and_prints_as_many(
    qtbot: QtBot, store: Store, fake_clock: FakeClock, tmp_path: Path
) -> None:
    """MED-12: 一式3份 is seen, and the printer is set to it."""
    made = stage(store, tmp_path)
    parent = QWidget()
    qtbot.addWidget(parent)
    needed = replace(made.desk.papers.operation_card(), note="一式3份", copies=3)
    shown = PaperWindow(needed, made.context, parent, made.printers)
    shown.open()
    assert "一式3份" in [each.text() for each in shown.findChildren(QLabel)]
    shown.print_button.click()
    (job,) = made.desk.print_jobs.of_record("")
    assert job.copies == 3
    shown.close_button.click()
