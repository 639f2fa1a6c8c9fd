"""The list of deputies beside who is on duty and the one in view."""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from desk.text import _
from desk.ui.context import Context
from desk.ui.pages.deputies.duty_card import DutyCard
from desk.ui.pages.deputies.person_card import PersonCard
from desk.ui.pages.deputies.person_form import PersonForm
from desk.ui.parts.card import Card
from desk.ui.parts.columns import Columns, scrolled, stack
from desk.ui.parts.empty import EmptyState
from desk.ui.parts.row_room import RowRoom
from desk.ui.parts.table import Column, PagedTable

if TYPE_CHECKING:
    from desk.services.deputies import DeputyRow
    from desk.services.deputy_form import DeputyForm
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
        self._context = context
        self._wanted = ""

    def build(self) -> Iterator[None]:
        """Build list and cards in slices; nothing else is asked of them before."""
        context = self._context
        self.table = PagedTable(_("代表名册"), columns())
        RowRoom(self.table, _ROWS)
        yield
        self.duty = DutyCard(context)
        self.person = PersonCard(context)
        yield
        self.table.chosen.connect(self.person.show_deputy)
        self.form = PersonForm(context)
        yield
        self.form.hide()
        self.form.left.connect(lambda: self._show_form(shown=False))
        self.form.saved.connect(self._on_saved)
        self.person.correction_wanted.connect(self.correct)
        empty = EmptyState(
            _("还没有代表。"), _("先导入人大给的代表花名册，表格不用整理。"), _("导入花名册"), ""
        )
        assert empty.button is not None
        empty.button.clicked.connect(self.import_wanted)
        self._list = QStackedWidget()
        self._list.addWidget(empty)
        self._list.addWidget(self.table)
        self._card = Card()
        self._card.add(self._list, 1)
        yield
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        cards = stack(self.duty, self.person, self.form)
        yield
        self._columns = Columns(self._card, cards, stretch=(5, 2), fold_below=_FOLD_BELOW)
        self._area = scrolled(self._columns)
        yield
        box.addWidget(self._area)

    def show_deputies(self, deputies: Sequence["DeputyRow"]) -> None:
        """Show the list, keeping the row in view."""
        self._list.setCurrentIndex(1 if deputies else 0)
        self.table.show_rows(deputies)
        self.person.setVisible(bool(deputies) and self.form.isHidden())
        if self._wanted:
            self.table.choose(self._wanted)
            self._wanted = ""
        if self.table.key():
            self.person.show_deputy(self.table.key())
        elif deputies:
            self.table.choose(deputies[0].id)

    def show_duty(self, on_duty: Sequence["OnDuty"]) -> None:
        """Show who is on duty."""
        self.duty.show_duty(on_duty)
        self.person.show_duty({on.deputy_id for on in on_duty})

    def write_new(self) -> None:
        """Begin to write somebody new by hand, unless a form is open already."""
        if self.form.isHidden():
            self._show_form(shown=True)
            self.form.write_new()
            self._to_top()

    def correct(self, deputy_id: str = "") -> None:
        """Begin to correct a deputy, the one in view without an id."""
        wanted = deputy_id or self.table.key()
        if not wanted or not self.form.isHidden():
            return
        deputies = self._context.services.deputies
        self._context.tasks.run(
            lambda: deputies.form(wanted), done=lambda form: self._on_form(wanted, form), owner=self
        )

    def choose(self, deputy_id: str) -> None:
        """Bring one deputy into view if the list has it."""
        self.table.choose(deputy_id)

    def _on_form(self, deputy_id: str, form: "DeputyForm") -> None:
        self._show_form(shown=True)
        self.form.correct(deputy_id, form)
        self._to_top()

    def _to_top(self) -> None:
        """Show the beginning of the form; hiding what had the focus may have scrolled the page."""
        self._area.verticalScrollBar().setValue(0)

    def _on_saved(self, deputy_id: str) -> None:
        self._wanted = deputy_id

    def _show_form(self, *, shown: bool) -> None:
        """Put the form in the place of the cards, or the cards back in the place of the form."""
        self.form.setVisible(shown)
        self.duty.setVisible(not shown)
        self.person.setVisible(not shown and self.table.rows.rowCount() > 0)
        # Where the cards fold, the form would stand below the whole list.
        self._card.setVisible(not (shown and self._columns.folded))
        if not shown:
            self.table.setFocus()


def columns() -> tuple[Column, ...]:
    """Return the columns of a list of deputies."""
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
