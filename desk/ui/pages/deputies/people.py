"""The list of deputies beside who is on duty and the one in view."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from desk.text import _
from desk.ui.context import Context
from desk.ui.pages.deputies.duty_card import DutyCard
from desk.ui.pages.deputies.person_card import PersonCard
from desk.ui.parts.card import Card
from desk.ui.parts.columns import Columns, scrolled, stack
from desk.ui.parts.empty import EmptyState
from desk.ui.parts.row_room import RowRoom
from desk.ui.parts.table import Column, PagedTable

if TYPE_CHECKING:
    from desk.services.deputies import DeputyRow
    from desk.services.duty import OnDuty

_FOLD_BELOW = 1090  # pixels at 100 % that the columns of the list need beside the cards
_ROWS = 8  # seen at once at any text size; the page scrolls for the rest


class People(QWidget):
    """All deputies; Enter or a click shows one on the right.

    Signals:
        import_wanted: there is nobody yet and the person wants to begin.
    """

    import_wanted = Signal()

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.table = PagedTable(_("代表名册"), _columns())
        RowRoom(self.table, _ROWS)
        self.duty = DutyCard(context)
        self.person = PersonCard(context)
        self.table.chosen.connect(self.person.show_deputy)
        empty = EmptyState(
            _("还没有代表。"), _("先导入人大给的代表花名册，表格不用整理。"), _("导入花名册"), ""
        )
        assert empty.button is not None
        empty.button.clicked.connect(self.import_wanted)
        self._list = QStackedWidget()
        self._list.addWidget(empty)
        self._list.addWidget(self.table)
        card = Card()
        card.add(self._list, 1)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        cards = stack(self.duty, self.person)
        box.addWidget(scrolled(Columns(card, cards, stretch=(5, 2), fold_below=_FOLD_BELOW)))

    def show_deputies(self, deputies: Sequence["DeputyRow"]) -> None:
        """Show the list, keeping the row in view."""
        self._list.setCurrentIndex(1 if deputies else 0)
        self.table.show_rows(deputies)
        self.person.setVisible(bool(deputies))
        if self.table.key():
            self.person.show_deputy(self.table.key())
        elif deputies:
            self.table.choose(deputies[0].id)

    def show_duty(self, on_duty: Sequence["OnDuty"]) -> None:
        """Show who is on duty."""
        self.duty.show_duty(on_duty)
        self.person.show_duty({on.deputy_id for on in on_duty})

    def choose(self, deputy_id: str) -> None:
        """Bring one deputy into view if the list has it."""
        self.table.choose(deputy_id)


def _columns() -> tuple[Column, ...]:
    return (
        Column(_("姓名"), lambda deputy: deputy.name, 10, strong=True),
        Column(_("层级"), lambda deputy: deputy.levels_text, 7),
        Column(_("选区 / 选举单位"), lambda deputy: deputy.constituency, 8),
        Column(_("工作单位及职务"), lambda deputy: deputy.post),
        Column(_("电话"), lambda deputy: deputy.phone_masked, 7, soft=True),
        Column(_("状态"), _state, 5, tone=lambda deputy: "green" if deputy.state == "active" else "plain"),
    )


def _state(deputy: "DeputyRow") -> str:
    return _("在任") if deputy.state == "active" else _("已离任")
