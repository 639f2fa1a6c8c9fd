"""Copies and checks with what this PC has chosen."""

from pathlib import Path

import pytest
from sqlalchemy import select

from desk.errors import AccessProblem, StoreProblem
from desk.models.audit import Audit
from desk.services.safekeeping import Backups, Verifier
from desk.services.settings import Settings
from desk.settings import BACKUP_FOLDER
from tests.fakes import FakeClock
from tests.unit.services.visit_stage import Stage


def backups(stage: Stage) -> Backups:
    settings = Settings(stage.store, stage.session)
    return Backups(stage.store, stage.session, settings, stage.profiles)


def test_a_folder_must_be_chosen_first(stage: Stage) -> None:
    with pytest.raises(StoreProblem, match="备份文件夹"):
        backups(stage).run()
    assert backups(stage).last() is None


def test_a_copy_is_made_there_and_written_down(stage: Stage, tmp_path: Path) -> None:
    folder = tmp_path / "usb"
    folder.mkdir()
    with stage.store.write_local() as rows:
        from desk.models.local import SettingValue

        rows.add(SettingValue(key=BACKUP_FOLDER.key, value=str(folder)))
    made = backups(stage).run()
    assert made.path.parent == folder
    assert backups(stage).last() == made.at
    with stage.store.read() as rows:
        assert "backup" in rows.scalars(select(Audit.action)).all()


def test_sec_04_only_an_administrator_names_another_folder(stage: Stage, tmp_path: Path) -> None:
    with pytest.raises(AccessProblem):
        backups(stage).run(tmp_path)
    assert backups(stage.as_user("u9", "周某某", "head")).run(tmp_path).path.parent == tmp_path


def test_the_check_of_a_store_at_work(stage: Stage) -> None:
    stage.finished()
    report = Verifier(stage.store).run()
    assert report.ok, report.lines


@pytest.mark.parametrize("days", [1, -400])
def test_a_copy_is_due_daily_and_after_one_from_the_future(
    stage: Stage, tmp_path: Path, fake_clock: FakeClock, days: int
) -> None:
    """A clock that stood a year ahead must not keep the station without copies for a year."""
    Settings(stage.store, stage.as_user("u9", "周某某", "head").session).set(BACKUP_FOLDER, str(tmp_path))
    service = backups(stage)
    assert service.run_if_due().value is not None
    assert service.run_if_due().value is None
    fake_clock.forward(days=days)
    assert service.run_if_due().value is not None


def test_what_was_saved_is_moved_in_while_nobody_waits(stage: Stage) -> None:
    for _n in range(3):
        stage.finished()
    before = stage.store.path.stat().st_size
    Verifier(stage.store).tidy()
    assert stage.store.path.stat().st_size > before
    assert Verifier(stage.store).run().ok
