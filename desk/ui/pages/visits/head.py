"""The head of the form: the number, what is saved, and the buttons that fit the state of the visit."""

from datetime import date

from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QWidget

from desk import clock
from desk.rules.numerals import plain_date
from desk.services.visit_values import Visit
from desk.text import _
from desk.ui.parts.boxes import label, one_layout, row
from desk.ui.parts.key_hint import KeyButton


class HeadPart(QWidget):
    """Title, number and state on the left, the verbs on the right."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        # Wraps where large text leaves it little room: the window may not grow for it.
        self._number = label("", "label", wrap=True)
        self._written: date | None = None
        self._is_new = False
        self.drop = KeyButton(_("不登记了"))
        self.wait = KeyButton(_("登记等候"))
        self.open = KeyButton(_("先给号"), _("Enter"))
        self.receipt = KeyButton(_("打印回执"), "Ctrl P")
        self.receive = KeyButton(_("开始接待"), "Ctrl Enter", "main")
        self.finish = KeyButton(_("完成接待"), "Ctrl Enter", "main")
        self.buttons = (self.drop, self.wait, self.open, self.receipt, self.receive, self.finish)
        self._line = row(label(_("来访登记"), "heading"), gap=8)
        # In line with the fields below, which leave room for a scroll bar.
        self._line.setContentsMargins(0, 0, 8, 0)
        self._line.addWidget(self._number, 1)
        for button in self.buttons:
            self._line.addWidget(button)
        self.setLayout(self._line)
        self.show_visit(None)

    def hang(self, chip: QWidget) -> None:
        """Take a chip in beside the title."""
        self._line.insertWidget(1, chip)

    def show_visit(self, visit: Visit | None) -> None:
        """Show the buttons of the state: a new form, somebody waiting, somebody being received."""
        with one_layout(self):
            self._show(visit)

    def _show(self, visit: Visit | None) -> None:
        waiting = visit is not None and visit.state == "waiting"
        for button in (self.wait, self.open):
            button.setVisible(visit is None)
        self.drop.setVisible(visit is None or waiting)
        self.drop.setText(_("人走了") if waiting else _("不登记了"))
        self.drop.setAccessibleName(self.drop.text())
        # Somebody who waits has no number yet, so there is nothing to print.
        self.receipt.setVisible(visit is not None and not waiting)
        self.receive.setVisible(waiting)
        self.finish.setVisible(not waiting)

    def set_narrow(self, *, narrow: bool) -> None:
        """Leave the keys of the buttons to their tool tips and the footer, where the words need the room."""
        for button in self.buttons:
            button.show_key(shown=not narrow)

    def set_written(self, day: date) -> None:
        """Know on which day a form was written on; one from before today stays so until it has a number."""
        if self._before_today() is None:
            self._written = day

    def say_state(self, visit: Visit | None, *, dirty: bool) -> None:
        """Say number and state, such as LF2026-A0312 · 草稿已保存; `dirty` words are in the draft only.

        Of a form without a number, on which day before today it was written on.
        """
        self._is_new = visit is None
        if visit is None:
            self._say_new()
            return
        state = _("草稿已保存") if dirty else _("待补记") if visit.incomplete else _("已保存")
        self._number.setText(f"{visit.number or _('还没有号')} · {state}")

    def showEvent(self, event: QShowEvent) -> None:
        """Say it anew: out of view a form may have become one of the day before."""
        super().showEvent(event)
        self.begin_day()

    def begin_day(self) -> None:
        """Say anew of a form without a number on which day it was written on."""
        if self._is_new:
            self._say_new()

    def _say_new(self) -> None:
        # Never thrown away, and never taken for one of today: it is gone on with or let go of.
        old = self._before_today()
        words = _("姓名、事由，回车给号")
        if old is not None:
            words = _("{day}写到一半，还没给号").format(day=plain_date(old))
        self._number.setText(words)

    def _before_today(self) -> date | None:
        return self._written if self._written is not None and self._written < clock.today() else None
