"""What the camera has new is offered, taken on a word, and its originals deleted on another."""

import os
from pathlib import Path

import pytest

from tests.fakes import FakeClock
from tests.ui.attachments.conftest import Table
from tests.unit.services.attachments import samples


def _shoot(table: Table, name: str, clock: FakeClock) -> Path:
    path = table.folder / name
    path.write_bytes((samples.PHOTOS / "tiny.jpg").read_bytes() + name.encode())
    at = clock.moment.timestamp()
    os.utime(path, (at, at))
    return path


@pytest.mark.parametrize("delete", [True, False])
def test_what_the_camera_has_new_is_offered_and_deleted_only_on_a_word(
    table: Table, fake_clock: FakeClock, delete: bool
) -> None:
    path = _shoot(table, "IMG_1.jpg", fake_clock)
    table.notices.yes = delete
    table.collector._camera.look()
    table.collector._camera.look()
    assert table.strip._offer.text() == "相机里有 1 张新照片，收进来"
    assert path.exists()
    table.strip._offer.click()
    assert table.listed() == ["IMG_1.jpg"]
    assert ("ask", "1 张照片已加密收好。相机文件夹里的原图没有加密，要删掉吗？") in table.notices.said
    assert path.exists() is not delete
    table.collector._camera.look()
    assert not table.strip._offer.isVisible()


def test_what_the_camera_has_can_be_put_aside(table: Table, fake_clock: FakeClock) -> None:
    path = _shoot(table, "IMG_1.jpg", fake_clock)
    for _look in range(2):
        table.collector._camera.look()
    table.strip._aside.click()
    for _look in range(2):
        table.collector._camera.look()
    assert not table.strip._offer.isVisible()
    assert path.exists()


def test_nobody_looks_while_the_strip_is_out_of_view(table: Table) -> None:
    assert table.collector._camera._timer.isActive()
    table.strip.hide()
    assert not table.collector._camera._timer.isActive()
    table.strip.show()
    assert table.collector._camera._timer.isActive()
    table.collector.stop()
    assert not table.collector._camera._timer.isActive()
