"""What every test stands on: its own data folder, no screen, Chinese dates, no real keyring."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from PySide6.QtCore import QLocale
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from desk import clock
from tests.fakes import FakeClock

_BY_CHANCE = (
    HealthCheck.too_slow,
    HealthCheck.data_too_large,
    HealthCheck.filter_too_much,
    HealthCheck.large_base_example,
)

pytest_plugins = ("pytester", "tests.guards", "tests.stores", "tests.sign_on", "tests.decoding")


def pytest_configure() -> None:
    """Set what must stand before the first QApplication, question to a keyring and property test."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    os.environ["PYTHON_KEYRING_BACKEND"] = "keyring.backends.fail.Keyring"
    QLocale.setDefault(QLocale("zh_CN"))
    # How long an example takes says how busy the machine is; the first one builds the tables of Unicode, too.
    # Whether much is drawn that is too large, or not wanted, is chance, and says nothing of the desk.
    settings.register_profile("patient", deadline=None, suppress_health_check=_BY_CHANCE)
    settings.load_profile("patient")


@pytest.fixture(autouse=True)
def data_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give the test a data folder of its own through DESK_DATA and return its path; the program makes it."""
    folder = tmp_path / "data"
    monkeypatch.setenv("DESK_DATA", str(folder))
    return folder


_PATIENCE_MS = 60_000


class PatientBot(QtBot):
    """Waits as long as a busy machine needs; a wait ends when what it waits for is there."""

    def waitUntil(self, callback: Callable[[], bool | None], *, timeout: int = _PATIENCE_MS) -> None:
        """Wait for the condition; five seconds, the usual limit, are short beside another test process."""
        super().waitUntil(callback, timeout=timeout)

    def waitSignal(self, signal: Any, *, timeout: int = _PATIENCE_MS, **more: Any) -> Any:
        """Wait for the signal."""
        return super().waitSignal(signal, timeout=timeout, **more)

    def waitSignals(self, signals: Any, *, timeout: int = _PATIENCE_MS, **more: Any) -> Any:
        """Wait for them all."""
        return super().waitSignals(signals, timeout=timeout, **more)

    def waitActive(self, widget: QWidget, *, timeout: int = _PATIENCE_MS) -> Any:
        """Wait until a window has the keys."""
        return super().waitActive(widget, timeout=timeout)

    def waitExposed(self, widget: QWidget, *, timeout: int = _PATIENCE_MS) -> Any:
        """Wait until a window is seen."""
        return super().waitExposed(widget, timeout=timeout)


@pytest.fixture
def qtbot(qapp: QApplication, request: pytest.FixtureRequest) -> QtBot:
    """Give the test hands that are patient."""
    return PatientBot(request)


@pytest.fixture
def fake_clock() -> Iterator[FakeClock]:
    """Let the desk read a clock that the test moves."""
    fake = FakeClock()
    fake.install()
    yield fake
    clock.set_source(None)
