"""Who is on duty now, each with a button to end it."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from desk.text import _
from desk.ui.context import Context
from desk.ui.parts.boxes import label, row
from desk.ui.parts.card import Card

if TYPE_CHECKING:
    from desk.services.duty import OnDuty


class DutyCard(Card):
    """在岗代表."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(_("在岗代表"), parent=parent)
        self._context = context
        self._people: list[QWidget] = []
        self._lines = QVBoxLayout()
        self._lines.setSpacing(4)
        self._nobody = label(_("还没有代表上岗。请代表用 PIN 上岗，或在名册里选人上岗。"), "soft", wrap=True)
        self.add(self._nobody)
        self.add(self._lines)

    def show_duty(self, on_duty: Sequence["OnDuty"]) -> None:
        """Show these."""
        for line in self._people:
            self._lines.removeWidget(line)
            line.deleteLater()
        self._people = [self._line(on) for on in on_duty]
        for line in self._people:
            self._lines.addWidget(line)
        self._nobody.setVisible(not on_duty)
        self.set_aside(_("{count} 位").format(count=len(on_duty)) if on_duty else "")

    def _line(self, on: "OnDuty") -> QWidget:
        since = _("{levels} · {time} 起").format(levels=on.levels_text, time=f"{on.since:%H:%M}")
        end = QPushButton(_("下岗"))
        end.setProperty("kind", "row")
        end.setAccessibleName(_("{name}下岗").format(name=on.name))
        end.clicked.connect(lambda: self._end(on.duty_id))
        line = QWidget()
        line.setLayout(row(label(on.name, "strong"), label(since, "label"), None, end, gap=8))
        return line

    def _end(self, duty_id: str) -> None:
        services = self._context.services
        self._context.tasks.run(lambda: services.duty.end(duty_id), owner=self, lane="write")
