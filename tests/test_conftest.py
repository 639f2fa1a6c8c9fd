"""Each guard fails a bad test. The bad tests run in a process of their own with only the guards loaded."""

from pathlib import Path

import pytest

from desk import clock, paths
from tests.fakes import MORNING, FakeClock

ROOT = Path(__file__).resolve().parent.parent

SETTINGS = """
[pytest]
qt_api = pyside6
qt_log_level_fail = WARNING
filterwarnings = error
markers = modal: may open a modal dialog
"""

BAD = {
    "a limit of memory": (
        """
        import resource
        def test_bad():
            resource.setrlimit(resource.RLIMIT_AS, (64 << 30, resource.RLIM_INFINITY))
        """,
        "this process may use less memory",
    ),
    "a thread": (
        """
        import threading
        def test_bad():
            threading.Thread(target=threading.Event().wait, args=(99,), name="forgotten", daemon=True).start()
        """,
        "thread forgotten",
    ),
    "a timer": (
        """
        from PySide6.QtCore import QTimer
        kept = []
        def test_bad(qapp):
            timer = QTimer()
            timer.setObjectName("forgotten")
            timer.start(60000)
            kept.append(timer)
        """,
        "QTimer 'forgotten' started at *_bad.py:6",
    ),
    "an animation": (
        """
        from PySide6.QtCore import QVariantAnimation
        kept = []
        def test_bad(qapp):
            animation = QVariantAnimation()
            animation.setDuration(60000)
            animation.setStartValue(0)
            animation.setEndValue(1)
            animation.start()
            kept.append(animation)
        """,
        "QVariantAnimation '' started at *_bad.py:8",
    ),
    "a window": (
        """
        from PySide6.QtWidgets import QWidget
        kept = []
        def test_bad(qapp):
            window = QWidget()
            window.setObjectName("forgotten")
            window.show()
            kept.append(window)
        """,
        "window QWidget 'forgotten'",
    ),
    "a modal dialog": (
        """
        from PySide6.QtWidgets import QDialog
        def test_bad(qtbot):
            dialog = QDialog()
            qtbot.addWidget(dialog)
            try:
                dialog.exec()
            except AssertionError:
                pass
        """,
        "a modal dialog was met: QDialog.exec at *_bad.py:6",
    ),
    "a message box": (
        """
        from PySide6.QtWidgets import QMessageBox
        def test_bad(qapp):
            QMessageBox.question(None, "a", "b")
        """,
        "a modal dialog was met: QMessageBox.question at *_bad.py:3",
    ),
    "a Qt warning": (
        """
        from PySide6.QtCore import qWarning
        def test_bad(qapp):
            qWarning("something is wrong")
        """,
        "something is wrong",
    ),
    "a Python warning": (
        """
        import warnings
        def test_bad():
            warnings.warn("something is old", DeprecationWarning)
        """,
        "something is old",
    ),
    "a replaced clock": (
        """
        from datetime import datetime
        from desk import clock
        def test_bad():
            clock.set_source(lambda: datetime(2026, 1, 1).astimezone())
        """,
        "desk.clock has a replaced source",
    ),
}


def run_alone(
    pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch, patience_s: str = "120", **files: str
) -> pytest.RunResult:
    monkeypatch.setenv("PYTHONPATH", str(ROOT))
    monkeypatch.setenv("QT_QPA_PLATFORM", "offscreen")
    monkeypatch.setenv("GUARDS_PATIENCE_S", patience_s)
    pytester.makeini(SETTINGS)
    pytester.makepyfile(**files)
    return pytester.runpytest_subprocess("-p", "tests.guards", "-p", "no:cacheprovider")


def test_a_bad_test_fails(pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch) -> None:
    """All in one run, each in a file of its own: what one left behind is not blamed on a later one."""
    files = {f"test_{n:02}_bad": body for n, (body, _said) in enumerate(BAD.values())}
    result = run_alone(pytester, monkeypatch, patience_s="0.1", **files)
    assert result.ret == pytest.ExitCode.TESTS_FAILED
    for name, (_body, said) in zip(files, BAD.values(), strict=True):
        result.stdout.fnmatch_lines_random([f"*{said}*", f"[EF][RA][RI][OL]*{name}.py*"])


def test_a_good_test_passes(pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch) -> None:
    result = run_alone(
        pytester,
        monkeypatch,
        test_good="""
        import threading
        import pytest
        from PySide6.QtCore import QTimer
        from PySide6.QtWidgets import QDialog, QWidget
        def test_good(qtbot):
            thread = threading.Thread(target=int)
            thread.start()
            window = QWidget()
            timer = QTimer(window)
            timer.start(60000)
            qtbot.addWidget(window)
            window.show()
        @pytest.mark.modal
        def test_modal(qtbot):
            dialog = QDialog()
            qtbot.addWidget(dialog)
            QTimer.singleShot(0, dialog.accept)
            assert dialog.exec() == QDialog.DialogCode.Accepted
        """,
    )
    result.assert_outcomes(passed=2)


def test_each_test_has_its_own_data_folder(data_folder: Path, tmp_path: Path) -> None:
    assert paths.data_folder() == data_folder
    assert data_folder.is_relative_to(tmp_path)


def test_the_fake_clock_moves_only_when_told(fake_clock: FakeClock) -> None:
    assert clock.now() == clock.now() == MORNING
    fake_clock.forward(minutes=5)
    assert (clock.now() - MORNING).total_seconds() == 300
    assert fake_clock.set("2026-01-01T00:00:00+08:00") < MORNING
