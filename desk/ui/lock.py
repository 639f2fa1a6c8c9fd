"""The locked desk: who locked it, and the PIN or the password to come back. The pages stay alive below."""

from typing import Protocol

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QPushButton, QWidget

from desk.errors import Problem
from desk.text import _
from desk.ui.parts.boxes import column, label, row
from desk.ui.parts.card import Card
from desk.ui.parts.fields import LineField
from desk.ui.parts.form_row import FormRow
from desk.ui.parts.hold import Hold
from desk.ui.tasks import Tasks


class Gate(Protocol):
    """What locking needs of the sign-on; app.py makes it of the login service and the session."""

    @property
    def user_name(self) -> str:
        """Who is signed on."""

    def lock(self) -> None:
        """Forget the user's key; the store stays open."""

    def pin_is_enough(self) -> bool:
        """Tell whether the PIN alone opens the lock (within 30 minutes of locking)."""

    def unlock_with_pin(self, pin: str) -> None:
        """Open with the PIN. Raises AccessProblem."""

    def unlock_with_password(self, password: str) -> None:
        """Open with the password. Raises AccessProblem."""


class LockPage(QWidget):
    """Asks for the PIN, or for the password when the PIN is no longer enough.

    Signals:
        locked: the desk has just been locked.
        unlocked: the right person is back.
        leaving: somebody else wants to sign on.
    """

    locked = Signal()
    unlocked = Signal()
    leaving = Signal()

    def __init__(self, gate: Gate, tasks: Tasks) -> None:
        super().__init__()
        self.setProperty("role", "ground")
        self._gate = gate
        self._tasks = tasks
        self._by_pin = True
        self._hold = Hold(self)
        self._field = LineField(_("PIN"), limit=64)
        self._field.setEchoMode(QLineEdit.EchoMode.Password)
        self._field.returnPressed.connect(self._on_enter)
        self._row = FormRow(_("PIN 或密码"), self._field)
        self._hold.ticked.connect(self._row.set_problem)
        self._hold.ended.connect(self._on_waited)
        self._way = QPushButton(_("改用密码"))
        self._way.setProperty("kind", "link")
        self._way.clicked.connect(self._on_way)
        self._enter = QPushButton(_("返回接待台"))
        self._enter.setProperty("kind", "main")
        self._enter.clicked.connect(self._on_enter)
        other = QPushButton(_("换人开站"))
        other.setProperty("kind", "link")
        other.clicked.connect(self.leaving)
        self._who = label("", "title")
        card = Card()
        card.setMinimumWidth(360)
        for part in (
            self._who,
            label(_("已锁定。填写的内容都在，返回后接着写。"), "soft"),
            self._row,
            self._enter,
        ):
            card.add(part)
        card.add(row(self._way, None, other))
        self.setLayout(column(None, row(None, card, None), None))

    def lock(self) -> None:
        """Lock the session and ask for the way back."""
        self._gate.lock()
        self._who.setText(self._gate.user_name)
        self._ask_for(pin=self._gate.pin_is_enough())
        self._field.setFocus()
        self.locked.emit()

    def _ask_for(self, *, pin: bool) -> None:
        self._by_pin = pin
        self._field.clear()
        self._field.setAccessibleName(_("六位 PIN") if pin else _("密码"))
        self._field.setPlaceholderText(_("六位 PIN") if pin else _("密码"))
        self._way.setText(_("改用密码") if pin else _("改用 PIN"))
        self._way.setVisible(pin or self._gate.pin_is_enough())
        self._row.set_problem("")

    def _on_way(self) -> None:
        self._ask_for(pin=not self._by_pin)
        self._field.setFocus()

    def _on_enter(self) -> None:
        typed, gate = self._field.text(), self._gate
        if not typed or self._hold.is_on:
            return
        way = gate.unlock_with_pin if self._by_pin else gate.unlock_with_password
        self._enter.setEnabled(False)
        self._tasks.run(
            lambda: way(typed), done=self._on_open, failed=self._on_refused, owner=self, lane="free"
        )

    def _on_open(self, _result: object) -> None:
        self._enter.setEnabled(True)
        self._field.clear()
        self.unlocked.emit()

    def _on_refused(self, problem: Problem) -> None:
        self._enter.setEnabled(True)
        self._field.clear()
        self._field.setFocus()
        if self._by_pin and not self._gate.pin_is_enough():
            self._ask_for(pin=False)
        self._row.set_problem(" ".join(part for part in (problem.sentence, problem.way_out) if part))
        seconds = int(getattr(problem, "wait_s", 0))
        if seconds:
            self._let(typing=False)
            self._hold.start(seconds)

    def _on_waited(self) -> None:
        self._let(typing=True)
        self._row.set_problem("")
        self._field.setFocus()

    def _let(self, *, typing: bool) -> None:
        self._field.setEnabled(typing)
        self._enter.setEnabled(typing)
