"""The folder chosen last is proposed again, as long as it is there; a failed save is not remembered."""

from pathlib import Path

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from desk.errors import PaperProblem
from desk.models.store import Store
from desk.services.settings import Settings
from desk.settings import SAVE_FOLDER
from desk.ui.preview import save_place
from tests.fakes import FakeClock
from tests.ui.paper_stage import PaperStage, stage


@pytest.fixture
def made(qtbot: QtBot, store: Store, fake_clock: FakeClock, tmp_path: Path) -> PaperStage:
    return stage(store, tmp_path)


@pytest.fixture
def settings(made: PaperStage) -> Settings:
    return made.context.services.settings


def test_the_folder_of_the_last_file_is_proposed(settings: Settings, tmp_path: Path) -> None:
    assert save_place.proposed(settings, "统计表.xlsx") == "统计表.xlsx"
    folder = tmp_path / "报表"
    folder.mkdir()
    save_place.save(settings, folder / "一.xlsx", b"one")
    assert (folder / "一.xlsx").read_bytes() == b"one"
    assert save_place.proposed(settings, "统计表.xlsx") == str(folder / "统计表.xlsx")
    (folder / "一.xlsx").unlink()
    folder.rmdir()
    assert save_place.proposed(settings, "统计表.xlsx") == "统计表.xlsx"


def test_a_save_that_failed_is_not_remembered(settings: Settings, tmp_path: Path) -> None:
    with pytest.raises(PaperProblem):
        save_place.save(settings, tmp_path / "没有" / "一.xlsx", b"one")
    assert settings.get(SAVE_FOLDER) == ""


def test_the_file_window_begins_there(
    made: PaperStage, settings: Settings, qtbot: QtBot, tmp_path: Path
) -> None:
    settings.set(SAVE_FOLDER, str(tmp_path))
    made.notices.path = tmp_path / "x.pdf"
    owner, chosen = QWidget(), []
    qtbot.addWidget(owner)
    save_place.ask(made.context, owner, "pdf", "回执.pdf", chosen.append)
    assert chosen == [tmp_path / "x.pdf"]
    assert made.notices.proposed == str(tmp_path / "回执.pdf")
