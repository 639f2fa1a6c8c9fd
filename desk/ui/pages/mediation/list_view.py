"""The list of disputes: newest first, page by page, each with its state and its most urgent clock."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from desk import clock
from desk.rules.mediation_states import TAKEN, TO_PERFORM
from desk.services.mediation.values import CaseFrame, CaseRow, GroupCount
from desk.text import _
from desk.ui.conflict_marks import flag_rows
from desk.ui.context import Context
from desk.ui.pages.mediation.blank_menu import BlankMenu
from desk.ui.pages.mediation.list_filters import ListFilters
from desk.ui.parts.boxes import label, row
from desk.ui.parts.card import Card
from desk.ui.parts.empty import EmptyState
from desk.ui.parts.key_hint import KeyButton
from desk.ui.parts.one_in_view import OneInView
from desk.ui.parts.table import Column, PagedTable

if TYPE_CHECKING:
    from desk.services.kit import Services

CLOCK_TONES = {"red": "red", "yellow": "amber", "white": "plain"}
STATE_TONES = {
    **dict.fromkeys(TAKEN, "blue"),
    **dict.fromkeys(TO_PERFORM, "amber"),
    **dict.fromkeys(("performed", "followed_up", "archived"), "green"),
}


def columns() -> list[Column]:
    """Return the columns of the list."""
    return [
        Column(_("期限"), _clock, width=8, tone=_clock_tone),
        Column(_("案号"), lambda case: case.case_no or case.number, width=13, soft=True),
        Column(_("纠纷"), lambda case: case.title, strong=True, least=14),
        Column(_("当事人"), lambda case: case.parties_text, width=8),
        Column(_("类型"), _type, width=5, soft=True, spare=True),
        Column(_("状态"), lambda case: case.state_label, width=7, tone=state_tone),
        Column(_("调解员"), lambda case: case.mediators_text, width=6, soft=True, spare=True),
        Column(_("登记"), _registered, width=4, soft=True, spare=True),
    ]


def state_tone(case: CaseRow) -> str:
    """Return the tone of a state's pill; the word beside it says the same."""
    return STATE_TONES.get(case.state, "plain")


class ListView(QWidget):
    """Chips, choices and table; Enter opens a case in a tab of its own.

    Signals:
        opened: a case is to be opened; its id.
        new_wanted: a dispute is to be registered.
        interests_wanted: a mediator wants to declare whom not to mediate for.
        setup_wanted: there is no committee yet and one is to be set up.
    """

    opened = Signal(str)
    new_wanted = Signal()
    setup_wanted = Signal()
    interests_wanted = Signal()

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self.filters = ListFilters()
        self.table = PagedTable(_("矛盾调解列表"), columns(), tasks=context.tasks)
        flag_rows(context.live, self.table, 2, "mediation")
        self._due = label("", "label", wrap=True)
        self.interests = KeyButton(_("回避关系"))
        self.new = KeyButton(_("登记纠纷"), "Ctrl N", "main")
        self.blanks = BlankMenu(context)
        title, why, way = (
            _("还没有设立调委会"),
            _("没有人民调解委员会，协议没有人民调解的效力。请站长先在“设置 › 调委会”里登记调委会和调解员。"),
            _("去设置调委会"),
        )
        self._no_committee = EmptyState(title, why, way)
        self._set_up = KeyButton(way, kind="row")
        self._lacking = _bar(f"{title}。{why}", self._set_up)
        self._nothing = EmptyState(
            _("还没有登记过纠纷"),
            _("按 Ctrl N 登记：小纠纷一页办完，难办的按程序分步办。来访选“转调解”的也会到这里。"),
        )
        self._none_found = EmptyState(_("没有符合条件的案件"), _("换个状态、类型或词再找。"), _("看全部"))
        self._stack = OneInView()
        for widget in (self.table, self._nothing, self._none_found, self._no_committee):
            self._stack.addWidget(widget)
        self._has_committee = True
        # Whether there are cases is not known before; said too early it would stand there for a moment.
        self._is_read = False
        self._lay_out()
        self._connect()

    def load(self) -> None:
        """Ask for the counts and as many cases as are shown."""
        services = self._context.services
        self._context.tasks.run(lambda: _counted(services), done=self._on_counts, owner=self)
        self.fetch(stay=True)

    def set_frame(self, frame: CaseFrame) -> None:
        """Offer what there is to choose from."""
        self._has_committee = bool(frame.committees)
        self.interests.setVisible(frame.may_decide)
        self.filters.set_frame(frame)
        if self._is_read:
            self._show_state(self.table.rows.rowCount())

    def fetch(self, *, stay: bool = False) -> None:
        """Ask for the cases as the filters are set."""
        cases, chosen = self._context.services.mediation.cases, self.filters.value()
        self.table.show_pages(lambda after: cases.page(chosen, after), stay=stay)

    def _lay_out(self) -> None:
        head = row(label(_("矛盾调解"), "title"), gap=12)
        head.addWidget(self._due, 1)
        head.addWidget(self.blanks)
        head.addWidget(self.interests)
        head.addWidget(self.new)
        card = Card()
        card.add(self._lacking)
        card.add(self._stack, 1)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(10)
        box.addLayout(head)
        box.addWidget(self.filters)
        box.addWidget(card, 1)

    def _connect(self) -> None:
        self.filters.changed.connect(self.fetch)
        self.table.opened.connect(self.opened)
        self.table.filled.connect(self._show_state)
        self.interests.clicked.connect(self.interests_wanted)
        self.new.clicked.connect(self.new_wanted)
        if self._no_committee.button is not None:
            self._no_committee.button.clicked.connect(self.setup_wanted)
        self._set_up.clicked.connect(self.setup_wanted)
        if self._none_found.button is not None:
            self._none_found.button.clicked.connect(self._on_all)
        inside = Qt.ShortcutContext.WidgetWithChildrenShortcut
        QShortcut(QKeySequence("Ctrl+N"), self, self.new.click, context=inside)
        QShortcut(QKeySequence("Ctrl+F"), self, self.filters.text.setFocus, context=inside)

    def _on_counts(self, counted: tuple[Sequence[GroupCount], int]) -> None:
        counts, due = counted
        self.filters.set_counts(counts, due)
        self._due.setText(_("{n} 件事快到期或已到期").format(n=due) if due else "")
        self._context.live.badge("mediation", due)

    def _on_all(self) -> None:
        self.filters.clear()
        self.fetch()

    def _show_state(self, count: int) -> None:
        self._is_read = True
        # A visit may have made a case before there is a committee: the way out stays in view above the list.
        self._lacking.setVisible(not self._has_committee and (count > 0 or self.filters.is_set()))
        if count:
            self._stack.setCurrentWidget(self.table)
        elif self.filters.is_set():
            self._stack.setCurrentWidget(self._none_found)
        else:
            self._stack.setCurrentWidget(self._nothing if self._has_committee else self._no_committee)


def _bar(words: str, button: KeyButton) -> QFrame:
    made = QFrame()
    made.setProperty("role", "bar")
    made.setProperty("tone", "amber")
    line = row(gap=10, margin=8)
    line.addWidget(label(words, wrap=True), 1)
    line.addWidget(button)
    made.setLayout(line)
    made.hide()
    return made


def _counted(services: "Services") -> tuple[Sequence[GroupCount], int]:
    """Read the counts of the chips; runs in the background."""
    cases = services.mediation.cases
    return cases.counts(), cases.badge()


def _clock(case: CaseRow) -> str:
    if case.clock is None:
        return ""
    return _("{what} {left}").format(what=case.clock.label, left=case.clock.left_text)


def _clock_tone(case: CaseRow) -> str:
    return CLOCK_TONES.get(case.clock.colour, "") if case.clock is not None else ""


def _type(case: CaseRow) -> str:
    return case.dispute_label.removesuffix(_("纠纷"))


def _registered(case: CaseRow) -> str:
    at = case.registered_at
    if at is None:
        return ""
    return f"{at:%m-%d}" if at.year == clock.today().year else f"{at:%Y-%m}"
