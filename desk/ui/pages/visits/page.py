"""来访接待: the open visits, and as its second tab the list of all visits."""

from collections.abc import Callable, Iterator

from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QVBoxLayout

from desk import clock
from desk.services.visit_values import Visit, VisitForm
from desk.text import _
from desk.ui.context import Context
from desk.ui.navigator import LIST, NEW, NEXT, PERSON, SWITCH
from desk.ui.page import Page
from desk.ui.pages.visits.list_page import ListPage
from desk.ui.pages.visits.reception import Reception
from desk.ui.parts.boxes import row
from desk.ui.parts.key_hint import KeyButton
from desk.ui.parts.one_in_view import OneInView
from desk.ui.turns import dress

BACKFILL = "backfill"
_BELOW = frozenset({"visit", "matter", "companion", "receiver", "consent", "report"})


class VisitsPage(Page):
    """Reception and list in one page; the row on top goes from one to the other."""

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.reception = Reception(context)
        self._list: ListPage | None = None
        # The visit asked for last and still looked for, as in the reception.
        self._awaited = ""
        self._list_steps = self._build_list()
        self._then: Callable[[ListPage], None] | None = None
        self._stack = OneInView()
        self._stack.addWidget(self.reception)
        self._backfill = KeyButton(_("补录"), kind="row")
        self._to_list = KeyButton(_("来访列表"), "Ctrl F2", "row")
        self._to_list.setCheckable(True)
        head = row(gap=8)
        head.addWidget(self.reception.tabs, 1)
        for button in (self._backfill, self._to_list):
            head.addWidget(button)
        box = QVBoxLayout(self)
        box.setContentsMargins(18, 16, 18, 8)
        box.setSpacing(10)
        box.addLayout(head)
        box.addWidget(self._stack, 1)
        self._backfill.clicked.connect(lambda: self.show_record(BACKFILL))
        # Not `clicked`: a screen reader toggles a button without clicking it.
        self._to_list.toggled.connect(self._on_switch)
        self.reception.ready.connect(lambda: context.tasks.by_turns(self._list_steps, owner=self))
        self.reception.emptied.connect(lambda: context.navigator.show("today"))
        for elsewhere in (self.reception.tabs.selected, self.reception.tabs.invited):
            elsewhere.connect(self._on_elsewhere)
        self.reception.tabs.tabBarClicked.connect(lambda _at: self._to_reception())
        context.live.changed.connect(self._on_changed)

    @property
    def list(self) -> ListPage:
        """The list, built in the turns after the first form; what is not built yet of it is built now."""
        while self._list is None:
            next(self._list_steps)
        return self._list

    def _build_list(self) -> Iterator[None]:
        view = ListPage(self.context, self._stack)
        yield from view.build()
        view.continued.connect(self._open)
        self._stack.addWidget(view)
        self._list = view
        yield
        yield from dress(view)

    @property
    def title(self) -> str:
        """The page's name."""
        return _("来访接待")

    @property
    def help_text(self) -> str:
        """What can be done here."""
        return _(
            "F2 新来访：姓名（或不愿透露）加一句事由，回车就有号，可以先打回执（Ctrl P），其余的话后补。\n"
            "Alt 1 笑脸和热茶，Alt 4 安慰；记录、反馈、满意有了凭据自动亮。\n"
            "Ctrl Enter 完成接待，缺什么会指出来；接着请来访人评价。\n"
            "Shift F2 轮换正在接待的来访；Ctrl F2 看来访列表；Ctrl S 保存。\n"
            "接待代表只列在岗的；别的代表来了，在名单最后一行按 S 请其上岗，就选上了。\n"
            "纸上登记的用“补录”，写明真实接待时间和空白表编号。"
        )

    @property
    def hints(self) -> str:
        """The keys of a reception; the list says its own on its buttons."""
        return _("F1 帮助 · Tab 下一项 · Ctrl Enter 完成 · Ctrl P 打印回执")

    def load(self) -> None:
        """Ask for what is in view."""
        self.reception.load()
        if self._list is not None and self._stack.currentWidget() is self._list:
            self._list.load()

    def begin_day(self) -> None:
        """Ask anew for what is in view, and say of a half-written form that it is of the day before."""
        self.load()
        self.reception.refresh()

    def show_record(self, record_id: str) -> None:
        """Start, go round, backfill, list, show a person, or open one visit."""
        self._awaited, self._then = "", None
        if record_id == SWITCH:
            self._on_switch()
        elif record_id == LIST:
            self._show_list(_begin)
        elif record_id.startswith(PERSON):
            person_id = record_id.removeprefix(PERSON)
            self._show_list(lambda view: view.show_person(person_id))
        elif record_id in (NEW, NEXT, BACKFILL):
            self._to_reception()
            if record_id == NEXT:
                self.reception.next()
            else:
                backfill = VisitForm(backfilled=True, received_at=clock.now())
                self.reception.start_new(backfill if record_id == BACKFILL else None)
        else:
            self._open(record_id)

    def hideEvent(self, event: QHideEvent) -> None:
        """Put the words of the tab in view where they are safe."""
        super().hideEvent(event)
        # Under the lock or a closing window only the draft is written: it needs nobody's right.
        around = self.parentWidget()
        self.reception.leave(to_record=around is not None and around.isVisible())

    def _on_elsewhere(self) -> None:
        self._awaited = ""

    def _open(self, visit_id: str) -> None:
        self._awaited = visit_id
        if self.reception.has(visit_id):
            self._to_reception()
            self.reception.open_visit(visit_id)
            return
        visits = self.context.services.visits
        self.context.tasks.run(
            lambda: visits.get(visit_id), done=self._on_found, owner=self, topic=f"open {visit_id}"
        )

    def _on_found(self, visit: Visit) -> None:
        if visit.id != self._awaited:
            # Something else was asked for since: it stays in view, and an open visit gets its tab beside.
            if visit.state != "finished":
                self.reception.open_visit(visit.id, behind=True)
        elif visit.state == "finished":
            self._show_list(lambda view: view.show_visit(visit.id))
        else:
            self._to_reception()
            self.reception.open_visit(visit.id)

    def _on_switch(self) -> None:
        if self._stack.currentWidget() is self._list:
            self._to_reception()
        else:
            self.show_record(LIST)

    def _to_reception(self) -> None:
        self._then = None
        self._show(list_shown=False)

    def _show_list(self, then: Callable[[ListPage], None]) -> None:
        """Bring the list into view and go on there; one not built yet comes some turns later.

        Not if somebody has gone back to the reception meanwhile.
        """
        self._then = then
        if self._list is None:
            self.context.tasks.by_turns(self._list_steps, done=self._go_to_list, owner=self)
        else:
            self._go_to_list()

    def _go_to_list(self) -> None:
        then, self._then = self._then, None
        if then is not None:
            self.reception.leave()
            self._show(list_shown=True)
            then(self.list)

    def _show(self, *, list_shown: bool) -> None:
        self._stack.setCurrentWidget(self.list if list_shown else self.reception)
        blocked = self._to_list.blockSignals(True)
        self._to_list.setChecked(list_shown)
        self._to_list.blockSignals(blocked)
        self.reception.tabs.rest(on=list_shown)

    def _on_changed(self, kinds: frozenset[str]) -> None:
        if kinds & {"visit", "duty", "deputy", "profile"} and self.isVisible():
            self.load()
        if kinds & _BELOW and self.isVisible():
            self.reception.refresh()


def _begin(view: ListPage) -> None:
    view.load()
    view.back()
