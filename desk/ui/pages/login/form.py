"""What the three ways in have in common: try in the background, say what was wrong, wait when told to."""

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QPushButton, QVBoxLayout, QWidget

from desk.errors import Problem, StoreProblem
from desk.text import _
from desk.ui import style
from desk.ui.parts.boxes import label
from desk.ui.parts.fields import LineField
from desk.ui.parts.form_row import FormRow
from desk.ui.parts.hold import Hold
from desk.ui.tasks import Tasks

# Reasons of a StoreProblem that trying again does not mend.
_BROKEN = frozenset({"damaged", "key", "plain", "missing"})


class WayIn(QWidget):
    """One way to open the desk.

    Signals:
        opened: the store is open; carries what the login service returned.
        back: the person wants the user list again.
        broken: the secret was right, but the store does not open.
    """

    opened = Signal(object)
    back = Signal()
    broken = Signal()

    def __init__(self, tasks: Tasks) -> None:
        super().__init__()
        self._tasks = tasks
        self._words = ""
        self.line = label("", "small", wrap=True)
        self.enter = QPushButton()
        self.enter.setProperty("kind", "main")
        self.enter.setDefault(True)
        self.hold = Hold(self)
        self.hold.ticked.connect(self.say_problem)
        self.hold.ended.connect(self._on_waited)

    def say(self, text: str) -> None:
        """Show a quiet sentence under the button."""
        self._say(text, "small")

    def say_problem(self, text: str) -> None:
        """Show what is wrong."""
        self._say(text, "problem")

    def attempt(self, work: Callable[[], Any], saying: str) -> None:
        """Run `work`, which takes about a second, and open or say why not."""
        if self.hold.is_on or not self.enter.isEnabled():
            return
        self._words = self.enter.text()
        self.enter.setEnabled(False)
        self.enter.setText(saying)
        self._tasks.run(
            work,
            done=self.opened.emit,
            failed=self._on_refused,
            ended=self._on_ended,
            owner=self,
            lane="free",
        )

    def clear(self) -> None:
        """Forget every secret typed."""
        for field in self.findChildren(QLineEdit):
            field.clear()

    def _on_refused(self, problem: Problem) -> None:
        self.clear_secrets()
        self.say_problem("\n".join(part for part in (problem.sentence, problem.way_out) if part))
        self.hold.start(int(getattr(problem, "wait_s", 0)))
        if isinstance(problem, StoreProblem) and problem.field in _BROKEN:
            self.broken.emit()

    def clear_secrets(self) -> None:
        """Clear what was wrong, so that it can be typed again."""
        for field in self.findChildren(LineField):
            if field.echoMode() == QLineEdit.EchoMode.Password:
                field.clear()

    def _on_ended(self) -> None:
        self.enter.setText(self._words)
        self.enter.setEnabled(not self.hold.is_on)

    def _on_waited(self) -> None:
        self.enter.setEnabled(True)
        self.say(_("可以再试了"))

    def _say(self, text: str, role: str) -> None:
        self.line.setText(text)
        # Stacked pages are asked for their height without a width: a long refusal must claim its own lines.
        self.line.setMinimumHeight(self.line.heightForWidth(max(self.line.width(), 200)))
        if self.line.property("role") != role:
            self.line.setProperty("role", role)
            style.repolish(self.line)


class CodeWay(WayIn):
    """A way in by a code on paper, which sets a password of one's own, typed twice."""

    def __init__(
        self, tasks: Tasks, heading: str, asked: Sequence[FormRow], password: str, doing: str
    ) -> None:
        """Args: `asked` stands above the fields of the `password`, `doing` on the button."""
        super().__init__(tasks)
        self._first = secret(password, hint=_("至少 8 个字符"))
        self._again = secret(_("再输一次{password}").format(password=password))
        self._again.returnPressed.connect(self._on_enter)
        self.enter.setText(doing)
        self.enter.clicked.connect(self._on_enter)
        back = QPushButton(_("返回"))
        back.setProperty("kind", "link")
        back.clicked.connect(self.back)
        twice = (FormRow(password, self._first), FormRow(_("再输一次"), self._again))
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(8)
        for part in (label(heading, "subtitle"), *asked, *twice, self.enter, self.line, back):
            box.addWidget(part)
        box.addStretch(1)

    def missing(self) -> str:
        """Return what is still to be typed above the password, "" for nothing."""
        raise NotImplementedError

    def work(self, password: str) -> Callable[[], Any]:
        """Return what opens the desk with the code and sets this password; it runs in the background."""
        raise NotImplementedError

    def _on_enter(self) -> None:
        missing, password = self.missing(), self._first.text()
        if missing:
            self.say_problem(missing)
        elif password != self._again.text():
            self.say_problem(_("两次输入的密码不一样"))
        else:
            self.attempt(self.work(password), _("正在核对…"))


def secret(name: str, *, hint: str = "") -> LineField:
    """Return a field that shows dots."""
    field = LineField(name, limit=128, hint=hint)
    field.setEchoMode(QLineEdit.EchoMode.Password)
    return field
