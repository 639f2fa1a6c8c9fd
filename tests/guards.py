"""Guards that fail a test which leaves something behind: a thread, a timer, a window, a replaced clock,
a limit of memory.

A test that meets a modal dialog fails at once instead of waiting for ever. A Qt warning fails a test by
`qt_log_level_fail` and a Python warning by `filterwarnings`, both in pyproject.toml.
Each guard is proved by a bad test in test_conftest.py.
"""

import gc
import os
import resource
import threading
import traceback
import weakref
from collections.abc import Callable, Iterator
from typing import Any

import pytest
import shiboken6
from PySide6.QtCore import QAbstractAnimation, QCoreApplication, QEvent, QThread, QThreadPool, QTimer
from PySide6.QtPrintSupport import QPageSetupDialog, QPrintDialog, QPrintPreviewDialog
from PySide6.QtWidgets import QApplication, QDialog, QFileDialog, QInputDialog, QMenu, QMessageBox, QWidget

from desk import clock, ids

# How long a thread that was told to stop may take to end, in seconds; bad tests need not wait for it.
_PATIENCE = float(os.environ.get("GUARDS_PATIENCE_S", "120"))

_MODAL: dict[type, tuple[str, ...]] = {
    QDialog: ("exec",),
    QMenu: ("exec",),
    QPrintDialog: ("exec",),
    QPageSetupDialog: ("exec",),
    QPrintPreviewDialog: ("exec",),
    QMessageBox: ("question", "information", "warning", "critical", "about"),
    QFileDialog: ("getOpenFileName", "getOpenFileNames", "getSaveFileName", "getExistingDirectory"),
    QInputDialog: ("getText", "getItem", "getInt", "getDouble", "getMultiLineText"),
}

# Windows Qt makes for itself and keeps.
_OWN_WINDOWS = {"QTipLabel"}

# What was started since the test began, each with the line that started it.
_started: "weakref.WeakKeyDictionary[Any, str]" = weakref.WeakKeyDictionary()


class _Modal:
    """The modal dialogs the running test has met; they are refused as long as `allowed` is false."""

    def __init__(self) -> None:
        self.allowed = False
        self.met: list[str] = []


_modal = _Modal()


def pytest_configure() -> None:
    """Put the watchers in place, once for the whole run."""
    for started in (QTimer, QThread, QAbstractAnimation):
        _watch_start(started)
    for dialog, names in _MODAL.items():
        for name in names:
            _refuse(dialog, name)


def _watch_start(kind: Any) -> None:
    original: Callable[..., Any] = kind.start

    def start(self: Any, *arguments: Any, **named: Any) -> Any:
        _started[self] = _caller()
        return original(self, *arguments, **named)

    kind.start = start


def _refuse(kind: Any, name: str) -> None:
    original: Callable[..., Any] = getattr(kind, name)

    def meet(*arguments: Any, **named: Any) -> Any:
        if _modal.allowed:
            return original(*arguments, **named)
        _modal.met.append(f"{kind.__name__}.{name} {_caller()}")
        raise AssertionError(f"a modal dialog would wait for ever: {kind.__name__}.{name}")

    setattr(kind, name, meet)


def _caller() -> str:
    frame = traceback.extract_stack(limit=3)[0]
    return f"at {frame.filename}:{frame.lineno}"


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_runtest_protocol(item: pytest.Item) -> Iterator[None]:
    """Forget what earlier tests started or met."""
    _started.clear()
    _modal.met.clear()
    _modal.allowed = item.get_closest_marker("modal") is not None
    item.stash[_BEFORE] = _Before()
    return (yield)


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_runtest_teardown(item: pytest.Item) -> Iterator[None]:
    """After all fixtures are gone, look at what is left and fail the test that left it."""
    result = yield
    left = item.stash[_BEFORE].left_behind()
    if left:
        pytest.fail(
            "the test leaves something behind:\n" + "\n".join(f"- {each}" for each in left), pytrace=False
        )
    return result


class _Before:
    """What was there before the test, and with it the judgement on what is there afterwards."""

    def __init__(self) -> None:
        self._threads = set(threading.enumerate())
        self._windows = set(_windows())
        self._memory = resource.getrlimit(resource.RLIMIT_AS)

    def left_behind(self) -> list[str]:
        """Return one line for each thing the test left, with the way out."""
        return [
            *(f"a modal dialog was met: {met}" for met in _modal.met),
            *self._left_threads(),
            *_left_timers(),
            *self._left_windows(),
            *_left_sources(),
            *self._left_limit(),
        ]

    def _left_threads(self) -> Iterator[str]:
        # Threads that Qt started show up as dummies; the thread pool below stands for them.
        for thread in set(threading.enumerate()) - self._threads:
            if not isinstance(thread, threading._DummyThread):
                thread.join(_PATIENCE)
                if thread.is_alive():
                    yield f"thread {thread.name}: stop and join it"
        if QCoreApplication.instance() and not QThreadPool.globalInstance().waitForDone(
            int(_PATIENCE * 1000)
        ):
            yield "the global thread pool is busy: wait for the work with waitSignal"

    def _left_windows(self) -> Iterator[str]:
        if QCoreApplication.instance() is None:
            return
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        if _windows() - self._windows:
            gc.collect()
        for window in _windows() - self._windows:
            yield f"window {window.metaObject().className()} {window.objectName()!r}: qtbot.addWidget(it)"

    def _left_limit(self) -> Iterator[str]:
        if resource.getrlimit(resource.RLIMIT_AS) != self._memory:
            yield "this process may use less memory than before: `child.limit` is for a process apart"


_BEFORE = pytest.StashKey[_Before]()


def _windows() -> set[QWidget]:
    if not isinstance(QCoreApplication.instance(), QApplication):
        return set()
    return {
        each for each in QApplication.topLevelWidgets() if each.metaObject().className() not in _OWN_WINDOWS
    }


def _left_timers() -> Iterator[str]:
    for each, place in list(_started.items()):
        if not shiboken6.isValid(each):
            continue
        kind = type(each).__name__
        if isinstance(each, QTimer) and each.isActive():
            yield f"{kind} {each.objectName()!r} started {place}: stop it or give it a parent that is closed"
        elif isinstance(each, QThread) and each.isRunning():
            yield f"{kind} {each.objectName()!r} started {place}: quit() and wait() for it"
        elif isinstance(each, QAbstractAnimation) and each.state() == QAbstractAnimation.State.Running:
            yield f"{kind} {each.objectName()!r} started {place}: stop it"


def _left_sources() -> Iterator[str]:
    for module, setter in ((clock, clock.set_source), (ids, ids.set_source)):
        if module._source is not None:
            setter(None)
            yield f"{module.__name__} has a replaced source: set_source(None)"
