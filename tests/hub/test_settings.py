"""What workers are told."""

from pathlib import Path

import pytest

from desk.hub.settings import Settings


def test_settings_come_through_the_environment() -> None:
    settings = Settings("folder", "host=x", 9000, 4, 2, "10.0.0.5", "hub.pem", "hub.key")
    assert Settings.from_environment(settings.to_environment()) == settings
    assert Settings.from_environment({}) == Settings()


def test_no_number_is_refused() -> None:
    with pytest.raises(ValueError, match="invalid literal"):
        Settings.from_environment({"DESK_HUB_PORT": "many"})


def test_the_folder_is_a_whole_path() -> None:
    assert Settings("x").folder == Path("x").resolve()
    assert Settings().folder.name == "hub-data"
