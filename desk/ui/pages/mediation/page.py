"""矛盾调解: the list of disputes, and beside it the open ones as tabs."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QHideEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QVBoxLayout

from desk.services.drafts import Draft
from desk.services.mediation.values import CaseFilter, CaseFrame, CasePage
from desk.text import _
from desk.ui.context import Context
from desk.ui.navigator import NEW, NEXT, NUMBER
from desk.ui.page import Page
from desk.ui.pages.mediation import later
from desk.ui.pages.mediation.list_view import ListView
from desk.ui.pages.mediation.open_cases import OpenCases
from desk.ui.parts.one_in_view import OneInView
from desk.ui.parts.tabs import TabStrip
from desk.ui.turns import dress

if TYPE_CHECKING:
    from desk.services.kit import Services
    from desk.ui.interest_tool import InterestTool
    from desk.ui.pages.mediation.figures_view import FiguresView

LIST = "list"
FIGURES = "figures"
INTERESTS = "interests"
_BELOW = frozenset(
    {"attachment", "claim", "party", "agent", "case_mediator", "participant", "extension", "report"}
    | {"inquiry", "sitting", "presence", "agreement", "agreement_term", "signature", "follow_up"}
    | {"confirmation", "conflict_check", "local_value"}
)
_HEARD = frozenset({"mediation", *_BELOW, "committee", "mediator", "profile"})


@dataclass(frozen=True)
class Opening:
    """What the page needs before the first form: what it offers, and what was half typed."""

    frame: CaseFrame
    drafts: tuple[Draft, ...]


class MediationPage(Page):
    """Tabs on top: the list first, then each open dispute, last the invitation to register one."""

    told_by_day = True

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.tabs = TabStrip(_("打开的案件"), _("＋ 登记纠纷"))
        self.stack = OneInView()
        self.list = ListView(context)
        self.stack.addWidget(self.list)
        self.cases = OpenCases(context, self.stack)
        self._current = LIST
        box = QVBoxLayout(self)
        box.setContentsMargins(18, 12, 18, 8)
        box.setSpacing(10)
        box.addWidget(self.tabs)
        box.addWidget(self.stack, 1)
        self._figures: FiguresView | None = None
        self._interests: InterestTool | None = None
        self._frame: CaseFrame | None = None
        self._show_tabs()
        self.tabs.selected.connect(self._show)
        self.tabs.invited.connect(lambda: self.cases.open(""))
        self.cases.changed.connect(self._show_tabs)
        self.cases.wanted.connect(lambda key: self._show(key or LIST))
        self.list.opened.connect(self.cases.open)
        self.list.new_wanted.connect(lambda: self.cases.open(""))
        self.list.interests_wanted.connect(lambda: self._show(INTERESTS))
        self.list.setup_wanted.connect(lambda: context.navigator.show("settings", _("调委会")))
        QShortcut(QKeySequence(Qt.Key.Key_Escape), self, self._on_escape)
        QShortcut(QKeySequence("Shift+F3"), self, self.tabs.next)
        self.list.table.filled.connect(self._on_filled)
        context.live.changed.connect(self._on_changed)

    @property
    def title(self) -> str:
        """The page's name."""
        return _("矛盾调解")

    @property
    def help_text(self) -> str:
        """What can be done here."""
        return _(
            "列表按登记时间排列，期限快到的有颜色和字；回车打开，Ctrl F 在列表里找。\n"
            "Ctrl N 登记纠纷。小纠纷一页办完：当事人、事实、约定，Ctrl Enter 达成协议。\n"
            "难办的点“按程序分步办”：受理、当事人、调查、调解过程、协议、履行与回访、卷宗各占一页签。\n"
            "每一步还差什么，点了会指出来并带到那一栏。Ctrl S 保存，写到一半的字随时在盘上。\n"
            "回避关系：调解员在这里申报近亲属、顾问单位，是对方当事人时系统请换人。\n"
            "统计与排查：各期间的数、今年的排查、以案定补，都能存为表格或打印。\n"
            "卷宗 ▾ 里有本案的文书，Ctrl P 打印待印的；"
            "列表上的空白文书 ▾ 是停电或下村时手写用的，不占案号。\n"
            "Shift F3 轮换打开的案件；Esc 回列表，打开的案件都留着。"
        )

    @property
    def hints(self) -> str:
        """The keys of a case."""
        return _("F1 帮助 · Tab 下一项 · Ctrl S 保存 · Ctrl Enter 完成 · Esc 返回")

    @property
    def figures(self) -> "FiguresView":
        """The sums, built when they are first looked at."""
        for _step in self._make_figures():
            pass
        assert self._figures is not None, "it has just been made"
        return self._figures

    def load(self) -> None:
        """Ask for what the forms offer, for the list, and for the sums where they are in view."""
        services = self.context.services
        self.context.tasks.run(lambda: _gather(services), done=self._on_opening, owner=self)
        self.list.load()
        self.cases.refresh()
        if self._current == FIGURES and self._figures is not None:
            self._figures.load()

    def show_record(self, record_id: str) -> None:
        """Show the list, start a dispute, go round the open ones, or open one case."""
        if record_id in (LIST, FIGURES, INTERESTS):
            self._show(record_id)
        elif record_id == NEXT:
            self.tabs.next()
        elif record_id.startswith(NUMBER):
            cases, narrow = (
                self.context.services.mediation.cases,
                CaseFilter(text=record_id.removeprefix(NUMBER)),
            )
            self.context.tasks.run(lambda: cases.page(narrow, limit=1), done=self._on_found, owner=self)
        else:
            self.cases.open("" if record_id == NEW else record_id)

    def hideEvent(self, event: QHideEvent) -> None:
        """Put the words of every open case on disk."""
        super().hideEvent(event)
        self.cases.leave()

    def _on_opening(self, opening: Opening) -> None:
        self._frame = opening.frame
        if self._figures is not None:
            self._figures.set_frame(opening.frame)
        self.list.set_frame(opening.frame)
        self.cases.set_frame(opening.frame, opening.drafts)

    def _on_found(self, page: CasePage) -> None:
        for found in page.rows:
            self.cases.open(found.id)

    def _show_tabs(self) -> None:
        may_sum = self._frame is not None and self._frame.may_sum
        figures = [(FIGURES, _("统计与排查"))] if may_sum else []
        self.tabs.set_tabs([(LIST, _("调解列表")), *figures, *self.cases.tabs()], self._current)

    def _show(self, key: str) -> None:
        if self._current != key:
            self.cases.leave()
        self._current = key if self.cases.has(key) or key in (FIGURES, INTERESTS) else LIST
        if not self.cases.has(self._current):
            self.cases.rest()
        if self._current == FIGURES:
            self.context.tasks.run(later.figures, done=self._build_figures, owner=self, topic="figures")
        elif self._current == INTERESTS:
            work = partial(later.interests, self.context.services)
            self.context.tasks.run(work, done=self._show_interests, owner=self, topic="interests")
        elif self._current == LIST:
            self.stack.setCurrentWidget(self.list)
            self.list.load()
            self.list.table.setFocus()
        else:
            self.cases.bring(self._current)
        self._show_tabs()

    def _build_figures(self, _kind: object) -> None:
        def steps() -> Iterator[None]:
            yield from self._make_figures()
            yield from dress(self.figures)

        self.context.tasks.by_turns(steps(), done=self._show_figures, owner=self)

    def _make_figures(self) -> Iterator[None]:
        made: FiguresView | None = None
        if self._figures is None:
            made = later.figures()(self.context)
            yield
            yield from made.build()
        if made is None:
            return
        if self._figures is not None:
            made.deleteLater()  # somebody could not wait
            return
        made.opened.connect(self.cases.open)
        if self._frame is not None:
            made.set_frame(self._frame)
        self.stack.addWidget(made)
        self._figures = made
        yield

    def _show_figures(self) -> None:
        if self._current == FIGURES:
            self.stack.setCurrentWidget(self.figures)
            self.figures.load()

    def _show_interests(self, kind: "type[InterestTool]") -> None:
        if self._interests is None:
            self._interests = kind(self.context)
            self.stack.addWidget(self._interests)
        if self._current == INTERESTS:
            self.stack.setCurrentWidget(self._interests)
            self._interests.load()
            self._interests.setFocus()

    def _on_filled(self) -> None:
        """Import what a case is made of, now that the list is there: opening one finds it done."""
        self.list.table.filled.disconnect(self._on_filled)
        self.context.tasks.run(partial(later.cases, self.context.services), owner=self, topic="ahead")

    def _on_escape(self) -> None:
        if self._current == LIST:
            self.context.navigator.back()
        else:
            self._show(LIST)

    def _on_changed(self, kinds: frozenset[str]) -> None:
        if kinds & _HEARD and self.isVisible():
            if kinds & {"committee", "mediator", "profile"}:
                self.load()
            elif self._current == LIST:
                self.list.load()
            else:
                self.cases.refresh()


def _gather(services: "Services") -> Opening:
    """Read what the page needs; runs in the background."""
    return Opening(services.mediation.cases.frame(), services.drafts.load_all("mediation"))
