"""New files of the camera's folder are offered once they are whole, and deleted only on somebody's word."""

import os
from pathlib import Path

import pytest

from desk.services.attachments.camera import Camera
from desk.services.settings import Settings
from desk.settings import CAMERA_FOLDER
from tests.fakes import FakeClock
from tests.unit.services.visit_stage import Stage


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The folder the scanner saves into."""
    made = tmp_path / "高拍仪"
    made.mkdir()
    return made


@pytest.fixture
def camera(stage: Stage, folder: Path) -> Camera:
    """A camera whose folder is chosen."""
    settings = Settings(stage.store, stage.session)
    settings.set(CAMERA_FOLDER, str(folder))
    return Camera(settings)


def _shoot(folder: Path, name: str, clock: FakeClock, body: bytes = b"photo") -> Path:
    path = folder / name
    path.write_bytes(body)
    at = clock.moment.timestamp()
    os.utime(path, (at, at))
    return path


def _names(camera: Camera) -> list[str]:
    return [offer.name for offer in camera.news()]


def test_a_photo_is_offered_at_the_second_look(camera: Camera, folder: Path, fake_clock: FakeClock) -> None:
    _shoot(folder, "1.jpg", fake_clock)
    assert _names(camera) == []
    assert _names(camera) == ["1.jpg"]
    _shoot(folder, "1.jpg", fake_clock, b"photo, longer")
    assert _names(camera) == []
    assert _names(camera) == ["1.jpg"]


def test_only_what_a_camera_makes_and_of_today(camera: Camera, folder: Path, fake_clock: FakeClock) -> None:
    for name in ("b.jpg", "a.PDF", "notes.txt", ".hidden.jpg", "desktop.ini"):
        _shoot(folder, name, fake_clock)
    (folder / "sub.jpg").mkdir()
    old = _shoot(folder, "old.jpg", fake_clock)
    os.utime(old, (0, 0))
    _names(camera)
    assert _names(camera) == ["a.PDF", "b.jpg"]


def test_what_was_taken_or_put_aside_is_not_offered_again(
    camera: Camera, folder: Path, fake_clock: FakeClock
) -> None:
    _shoot(folder, "1.jpg", fake_clock)
    camera.news()
    camera.put_aside(camera.news())
    assert _names(camera) == []


def test_originals_go_on_a_word_and_never_another_file(
    camera: Camera, folder: Path, fake_clock: FakeClock, tmp_path: Path
) -> None:
    first, second = _shoot(folder, "1.jpg", fake_clock), _shoot(folder, "2.jpg", fake_clock)
    camera.news()
    offers = camera.news()
    _shoot(folder, "2.jpg", fake_clock, b"another photo under the same name")
    assert camera.delete(offers) == 1
    assert not first.exists()
    assert second.exists()


def test_without_a_folder_or_with_one_that_is_gone_there_is_nothing(stage: Stage, tmp_path: Path) -> None:
    settings = Settings(stage.store, stage.session)
    assert Camera(settings).news() == ()
    assert Camera(settings).folder() is None
    settings.set(CAMERA_FOLDER, str(tmp_path / "stick is out"))
    assert Camera(settings).news() == ()
