"""法律咨询: one consultation on the page, and as its second tab the list of all."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QHideEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QVBoxLayout

from desk.rules.consultation_states import ENDED
from desk.services.consultation.forms import ConsultationForm
from desk.services.consultation.values import Consultation, ConsultationFrame
from desk.services.drafts import Draft
from desk.text import _
from desk.ui.context import Context
from desk.ui.navigator import NEW
from desk.ui.page import Page
from desk.ui.pages.consultation import later
from desk.ui.pages.consultation.form_pairs import from_pairs
from desk.ui.pages.consultation.half_done import HalfDone
from desk.ui.pages.consultation.list_page import ListPage
from desk.ui.pages.consultation.reading import read
from desk.ui.pages.consultation.sheet_builder import SheetBuilder
from desk.ui.parts.boxes import row
from desk.ui.parts.key_hint import KeyButton
from desk.ui.parts.one_in_view import OneInView

if TYPE_CHECKING:
    from desk.services.kit import Services
    from desk.ui.pages.consultation.sheet import Sheet
    from desk.ui.pages.consultation.sheet_view import SheetView
    from desk.ui.pages.consultation.tools import Tools

LIST = "list"
_BELOW = frozenset({"consultation", "opponent", "citation", "consent", "conflict_check"})
Opening = tuple[ConsultationFrame, tuple[Draft, ...]]
Found = tuple[Consultation, ConsultationForm | None, Draft | None]


class ConsultationPage(Page):
    """The consultation in view, the list, and the tools beside it; the row on top goes between them."""

    told_by_day = True

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.list = ListPage(context)
        self._sheet: Sheet | None = None
        self._frame: ConsultationFrame | None = None
        self._wish = ""
        # Whether somebody's sheet is being gone on with: what the button looks like says no more than that
        # it may be pressed.
        self._at_work = False
        self._view: SheetView | None = None
        self._drafts: tuple[Draft, ...] = ()
        self._tools: Tools | None = None
        self._stack = OneInView()
        self._stack.addWidget(self.list)
        self._builder = SheetBuilder(context, self._stack)
        self.new = KeyButton(_("新咨询"), "Ctrl N", "row")
        self.to_sheet = KeyButton(_("正在办理"), kind="row")
        self.to_list = KeyButton(_("咨询列表"), "Ctrl F4", "row")
        for button in (self.to_sheet, self.to_list):
            button.setCheckable(True)
        # There is nothing in work before a sheet is begun.
        self.to_sheet.setEnabled(False)
        box = QVBoxLayout(self)
        box.setContentsMargins(18, 12, 18, 8)
        box.setSpacing(8)
        self.half_done = HalfDone(context, lambda: self._sheet.keeper.key if self._sheet is not None else "")
        box.addLayout(row(self.to_sheet, self.to_list, None, self.half_done, self.new, gap=8))
        box.addWidget(self._stack, 1)
        self.new.clicked.connect(lambda: self.show_record(NEW))
        # Not `clicked`: a screen reader toggles a button without clicking it.
        self.to_list.toggled.connect(lambda _on: self.show_record(LIST))
        self.to_sheet.toggled.connect(lambda _on: self._to_sheet())
        self.list.continued.connect(self._open)
        self.half_done.wanted.connect(self._restore)
        self.list.tools.connect(self._show_tools)
        for keys, verb in (("Ctrl+N", self.new.click), ("Ctrl+F4", lambda: self.show_record(LIST))):
            QShortcut(QKeySequence(keys), self, verb)
        QShortcut(QKeySequence(Qt.Key.Key_Escape), self, self._on_escape)
        self._builder.built.connect(self._on_built)
        self.list.table.filled.connect(lambda _count: self._builder.want())
        context.live.changed.connect(self._on_changed)
        _check(self.to_list, self.to_sheet)

    @property
    def title(self) -> str:
        """The page's name."""
        return _("法律咨询")

    @property
    def help_text(self) -> str:
        """What can be done here."""
        return _(
            "Ctrl N 新咨询：填姓名（或不愿透露），回车就有号；来访里选“转咨询”的，人和话都带过来。\n"
            "填好对方当事人（或勾选没有对方）和解答人，Alt C 做利益冲突检查；没有冲突才能写解答意见。\n"
            "提示“请换人解答或改约”时：换解答人再检查，或改约、请拨 12348、转其他站。原因只有站长能看。\n"
            "Alt L 找条文，输入“民法典 188”这样的字，回车引用，版本自动带上；Esc 收起。\n"
            "右边自动算诉讼时效等期限和法律援助的路；先勾选“已告知”。\n"
            "Ctrl Enter 完成并打印，缺什么会指出来；Ctrl S 保存；Ctrl F4 看列表。"
        )

    @property
    def hints(self) -> str:
        """The keys of a consultation."""
        return _("F1 帮助 · Tab 下一项 · Alt C 检查 · Alt L 条文 · Ctrl Enter 完成")

    def load(self) -> None:
        """Ask for choices, drafts and the list."""
        services = self.context.services
        self.context.tasks.run(lambda: _gather(services), done=self._on_opening, owner=self)
        self.list.load()

    def show_record(self, record_id: str) -> None:
        """Start one, show the list, or open one by its id."""
        if record_id == LIST:
            self._leave()
            self._stack.setCurrentWidget(self.list)
            _check(self.to_list, self.to_sheet)
            if self.list.reads:
                self.list.back()
        elif self._sheet is None:
            self._wish = record_id
            self._builder.want()
        elif record_id == NEW:
            self._begin(ConsultationForm())
        else:
            self._open(record_id)

    def hideEvent(self, event: QHideEvent) -> None:
        """Put the words in view where they are safe; under a lock only the draft, which needs no right."""
        super().hideEvent(event)
        around = self.parentWidget()
        self._leave(to_record=around is not None and around.isVisible())

    def _on_opening(self, opening: Opening) -> None:
        self._frame, self._drafts = opening
        self._builder.allow()
        self.list.set_frame(self._frame)
        if self._sheet is not None:
            self._sheet.set_frame(self._frame)
        elif self._wish or self._drafts or self.list.is_filled:
            self._builder.want()

    def _on_built(self, sheet: "type[Sheet]", view: "SheetView") -> None:
        assert self._frame is not None, "the form comes after the frame"
        drafts, self._view = self._drafts, view
        self._sheet = sheet(self.context, view, self)
        self._sheet.set_frame(self._frame)
        self._sheet.closed.connect(self._on_closed)
        self._sheet.ended.connect(self._on_ended)
        self._sheet.verbs.late.connect(lambda _key, _card: self.half_done.look())
        wish, self._wish = self._wish, ""
        if wish:
            self.show_record(wish)
        elif drafts:
            self._restore(drafts[-1])

    def _restore(self, draft: Draft) -> None:
        """Bring back what was half typed, with the cursor where it was."""
        if not draft.record_id:
            self._begin(from_pairs(draft.fields), draft=draft)
            return
        desk = self.context.services.consultation.consultations

        def show(found: tuple[Consultation, ConsultationForm | None]) -> None:
            card, form = found
            self._begin(from_pairs(draft.fields) if form is None else form, card, draft=draft)

        self.context.tasks.run(lambda: read(desk, draft.record_id), done=show, owner=self, topic="open")

    def _open(self, consultation_id: str) -> None:
        if self.list.reads:
            self.list.back()
        # One that has just ended is still known to the sheet, but it is read in the list now.
        if self._sheet is not None and self._at_work and self._sheet.consultation_id == consultation_id:
            self._to_sheet()
            return
        desk = self.context.services.consultation.consultations

        drafts = self.context.services.drafts

        def work() -> Found:
            card = desk.get(consultation_id)
            going_on = card.readable and card.state not in ENDED
            mine = [each for each in drafts.load_all("consultation") if each.record_id == consultation_id]
            return card, desk.form(consultation_id) if going_on else None, mine[-1] if mine else None

        self.context.tasks.run(work, done=self._on_found, owner=self, topic="open")

    def _on_found(self, found: Found) -> None:
        card, form, draft = found
        if form is not None:
            self._begin(form, card, draft=draft)
        else:
            self._leave()
            self._stack.setCurrentWidget(self.list)
            _check(self.to_list, self.to_sheet)
            self.list.open(card.id)

    def _begin(
        self, form: ConsultationForm, card: Consultation | None = None, *, draft: Draft | None = None
    ) -> None:
        if self._sheet is not None:
            self._leave()
            self._at_work = True
            self.to_sheet.setEnabled(True)
            self._to_sheet()
            self._sheet.start(form, card, draft=draft)
            self.half_done.look()

    def _to_sheet(self) -> None:
        if self._view is None or self._sheet is None or not self._at_work:
            _check(self.to_list, self.to_sheet)
            return
        self._stack.setCurrentWidget(self._view)
        _check(self.to_sheet, self.to_list)
        # While it was out of view it heard of no change.
        self._sheet.follower.refresh()

    def _show_tools(self, which: str) -> None:
        def show(kind: "type[Tools]") -> None:
            if self._tools is None:
                self._tools = kind(self.context)
                self._tools.left.connect(lambda: self.show_record(LIST))
                self._stack.addWidget(self._tools)
            self._stack.setCurrentWidget(self._tools)
            self._tools.show_tool(which)

        self.context.tasks.run(later.tools, done=show, owner=self, topic="tools")

    def _leave(self, *, to_record: bool = True) -> None:
        if self._sheet is not None and self._stack.currentWidget() is self._view:
            self._sheet.leave(to_record=to_record)

    def _on_closed(self) -> None:
        self._at_work = False
        self.to_sheet.setEnabled(False)
        self.half_done.look()
        self._stack.setCurrentWidget(self.list)
        _check(self.to_list, self.to_sheet)

    def _on_ended(self, card: Consultation) -> None:
        self._on_closed()
        if card.state in ENDED:
            self.list.open(card.id)
        if card.state in ("finished", "appointed"):
            self.context.navigator.show("paper", f"consultation:{card.id}")

    def _on_escape(self) -> None:
        if self._view is not None and self._stack.currentWidget() is self._view:
            if self._view.side.cite.isVisible():
                self._view.side.cite.left.emit()
            else:
                self.context.navigator.back()
        elif self._stack.currentWidget() is not self.list or self.list.reads:
            self.show_record(LIST)
        else:
            self.context.navigator.back()

    def _on_changed(self, kinds: frozenset[str]) -> None:
        if kinds & {"consultation", "user", "profile", "conflict_check"} and self.isVisible():
            self.list.load()
        if "joint_day" in kinds and self._tools is not None and self._tools.joint.isVisible():
            self._tools.joint.load()
        if kinds & _BELOW and self._sheet is not None and self._sheet.view.isVisible():
            self._sheet.follower.refresh()


def _check(chosen: KeyButton, other: KeyButton) -> None:
    """Mark which of the two is in view without telling anybody."""
    for button in (chosen, other):
        blocked = button.blockSignals(True)
        button.setChecked(button is chosen)
        button.blockSignals(blocked)


def _gather(services: "Services") -> Opening:
    """Ask for what the page needs before the first form; runs in the background."""
    return services.consultation.advice.frame(), services.drafts.load_all("consultation")
