"""A record that is read again for an open form: what comes late, or does not come, hits no other one."""

from collections.abc import Callable
from typing import Any

import pytest
from pytestqt.qtbot import QtBot

from desk.errors import AccessProblem, InputProblem, Problem, StoreProblem
from desk.ui.context import Context
from desk.ui.live import Live
from desk.ui.navigator import Navigator
from desk.ui.parts.beginning import Beginning
from desk.ui.parts.follower import Follower, OpenForm
from desk.ui.parts.overtaken_bar import OvertakenBar
from tests.fakes import RecordingNotices, SlowTasks
from tests.ui.parts.test_beginning import Form


class Open:
    """An open form whose record cannot be read."""

    def __init__(self, qtbot: QtBot, problem: Problem) -> None:
        self.notices, live = RecordingNotices(), Live()
        self.tasks = SlowTasks(self.notices, live)
        services: Any = None
        context = Context(services, self.tasks, self.notices, Navigator(), live)  # type: ignore[arg-type]  # a fake
        self.stamp, self.dirty, self.gone = "first", False, False
        bar = OvertakenBar()
        qtbot.addWidget(bar)

        def read() -> tuple[Any, Any]:
            raise problem

        def look() -> Callable[[], tuple[Any, Any]]:
            return read

        form = OpenForm(look, lambda: self.stamp, Form, lambda _form: None, lambda: self.dirty, "")
        self.follower = Follower(context, bar, Beginning(Form()), form, bar)
        self.follower.gone.connect(self._on_gone)

    def _on_gone(self) -> None:
        self.gone = True


@pytest.mark.parametrize(
    ("problem", "gone"),
    [(InputProblem("没有了"), True), (AccessProblem("看不到"), True), (StoreProblem("正忙"), False)],
)
def test_only_what_cannot_be_seen_any_more_is_gone(qtbot: QtBot, problem: Problem, gone: bool) -> None:
    form = Open(qtbot, problem)
    form.follower.refresh()
    assert form.gone is gone
    assert form.notices.problems == [problem]


def test_what_cannot_be_read_late_does_not_close_the_form_opened_since(qtbot: QtBot) -> None:
    form = Open(qtbot, InputProblem("没有了"))
    form.tasks.hold("read")
    form.follower.refresh()
    form.stamp = "second"
    form.tasks.let_go()
    assert (form.gone, form.notices.said) == (False, [])
